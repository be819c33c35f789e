// @ts-check
// The part of `npm start` that is about callbacks: one of each of several providers verified, a copy of
// it with another body refused, and one refusal explained.
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { encodeUtf8 } from 'countersign/bytes';
import { explain, SECRET_HOLDER } from 'countersign/explain';
import { importPrivateKey } from 'countersign/key/rsa';
import { alipayNotify } from 'countersign/provider/alipay';
import { github } from 'countersign/provider/github';
import { paypal } from 'countersign/provider/paypal';
import { slack } from 'countersign/provider/slack';
import { standardWebhooksAsymmetric } from 'countersign/provider/standard-webhooks';
import { stripe } from 'countersign/provider/stripe';
import { truelayerWebhook } from 'countersign/provider/truelayer';
import { wechatPayCallback } from 'countersign/provider/wechat-pay';
import { secretFor, verify } from 'countersign/scheme';
import { simulate } from 'countersign/testing';

const NOW = 1_795_284_000;

/**
 * Shows callbacks verified, refused and explained.
 * @param {(run: () => unknown) => string} codeOf
 * @param {import('countersign/key/rsa').KeyInput} rsaJwk a test key
 */
export function showCallbacks(codeOf, rsaJwk) {
  console.log(
    '\nCallbacks, each by the scheme of its provider; a copy with another body is refused:\n',
  );
  // What GitHub's documentation prints: secret, body, header.
  const documented = {
    message: {
      headers: {
        'X-Hub-Signature-256':
          'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      },
      body: encodeUtf8('Hello, World!'),
    },
    keys: secretFor(github, "It's a Secret to Everybody", { use: 'verify' }),
    options: { now: NOW },
  };
  show('GitHub', github, documented, codeOf);
  show('Stripe', stripe, simulate(stripe, { now: NOW }), codeOf);
  show('Slack', slack, simulate(slack, { now: NOW }), codeOf);
  show(
    'Standard Webhooks',
    standardWebhooksAsymmetric,
    simulate(standardWebhooksAsymmetric, { now: NOW }),
    codeOf,
  );
  const rsa = (/** @type {string} */ id) =>
    importPrivateKey(rsaJwk, { alg: rsaPkcs1Sha256, use: 'sign', id });
  const platform = rsa('5157F09EFDC096DE15EBE81A47057A7232F1B8E1');
  const wechat = simulate(wechatPayCallback, { now: NOW, key: platform });
  show('WeChat Pay', wechatPayCallback, wechat, codeOf);
  show('Alipay', alipayNotify, simulate(alipayNotify, { now: NOW, key: rsa('alipay') }), codeOf);
  show('PayPal', paypal, simulate(paypal, { now: NOW, key: rsa('paypal') }), codeOf);
  show('TrueLayer', truelayerWebhook, simulate(truelayerWebhook, { now: NOW }), codeOf);

  const { message, keys } = simulate(stripe, { now: NOW });
  const parsed = /** @type {unknown} */ (JSON.parse(new TextDecoder().decode(message.body)));
  // What a framework makes of a body: parsed, and written again.
  const rewritten = { ...message, body: encodeUtf8(JSON.stringify(parsed)) };
  const { faults } = explain(stripe, rewritten, keys, { now: NOW, secretHolder: SECRET_HOLDER });
  console.log('\nWhy one was refused, for whoever runs the receiver (docs/explain.md):\n');
  for (const { code, sentence } of faults) console.log(`  ${code}: ${sentence}`);
}

/**
 * @template {import('countersign/scheme').Covers} C
 * @template {import('countersign/scheme').AlgorithmName} A
 * @template {string} S
 * @param {string} name
 * @param {import('countersign/scheme').Scheme<C, A, S>} scheme
 * @param {{ message: import('countersign/scheme').SchemeMessage, keys: import('countersign/scheme').SchemeKeys<A>, options: import('countersign/scheme').VerifyOptions<C, S> }} received
 * @param {(run: () => unknown) => string} codeOf
 */
function show(name, scheme, { message, keys, options }, codeOf) {
  const { covers } = verify(scheme, message, keys, options);
  const changed = Uint8Array.from(message.body ?? []);
  changed[changed.length - 2] = (changed[changed.length - 2] ?? 0) ^ 1;
  const code = codeOf(() => verify(scheme, { ...message, body: changed }, keys, options));
  const binds = Object.entries(covers).map(([each, how]) =>
    how === 'checksum' ? `a checksum of ${each}` : each,
  );
  console.log(`  ${name.padEnd(18)} binds ${binds.join(', ').padEnd(46)} changed: ${code}`);
}
