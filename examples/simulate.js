// @ts-check
// A user's own test of a handler of callbacks: a genuine message is taken, and every broken one is
// answered with 400. Run it by `node --test examples/simulate.js`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CountersignError } from 'countersign/errors';
import { stripe } from 'countersign/provider/stripe';
import { secretFor, verify } from 'countersign/scheme';
import { broken, simulate } from 'countersign/testing';

const SECRET = 'whsec_2f1d5c0e9b7a4433a1f0c6d8e5b4a392';
const NOW = 1_700_000_000;

/**
 * The handler that is tested: the status that it answers with.
 *
 * @param {import('countersign/scheme').SchemeMessage} message
 */
function handle(message) {
  try {
    verify(stripe, message, secretFor(stripe, SECRET, { use: 'verify' }), { now: NOW });
    return 200;
  } catch (error) {
    if (error instanceof CountersignError) return 400;
    throw error;
  }
}

const key = secretFor(stripe, SECRET, { use: 'mac' });
const genuine = simulate(stripe, { now: NOW, key });

void test('a genuine callback is taken', () => {
  assert.equal(handle(genuine.message), 200);
});

for (const { kind, says, message } of broken(stripe, genuine).messages) {
  void test(`${kind}: ${says}`, () => {
    assert.equal(handle(message), 400);
  });
}
