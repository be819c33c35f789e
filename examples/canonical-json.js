// @ts-check
// An order signed over its canonical JSON: whoever stores it and sends it on may change the order of
// members and the white space, and nothing else. And two texts that are refused before any key is used.
import { hmacSha256 } from 'countersign/alg/hmac';
import { decodeHex, decodeUtf8, encodeHex, encodeUtf8 } from 'countersign/bytes';
import { readJson, sliceMember, writeJson } from 'countersign/canonical/json';
import { CountersignError } from 'countersign/errors';
import { importSecret } from 'countersign/key/secret';
import { mac, verify } from 'countersign/key/use';

// 32 octets of your key store; these are for show.
const stored = '6368616e676520746869732070617373776f726420746f206120736563726574';
const options = /** @type {const} */ ({ alg: hmacSha256, encoding: 'hex' });
const signing = importSecret(stored, { ...options, use: 'mac' });
const checking = importSecret(stored, { ...options, use: 'verify' });

const order = {
  id: 'ord-7',
  items: ['coffee', 'filter'],
  amount: { value: '24.90', currency: 'EUR' },
};
const tag = encodeHex(mac(signing, writeJson(order)), 'lower');
console.log(`signed        ${decodeUtf8(writeJson(order))}`);

/**
 * The order, if it is the one that was signed.
 * @param {string} text as it arrived
 */
function verified(text) {
  const value = readJson(encodeUtf8(text));
  return verify(checking, writeJson(value), decodeHex(tag, 'lower')) ? value : undefined;
}

const received =
  '{"amount": {"currency": "EUR", "value": "24.90"},\n "items": ["coffee", "filter"], "id": "ord-7"}';
const [genuine, changed] = [received, received.replace('24.90', '2.49')].map(verified);
console.log(`reordered     ${genuine === undefined ? 'refused' : 'taken'}`);
console.log(`2.49          ${changed === undefined ? 'refused' : 'taken'}`);
if (genuine === undefined || changed !== undefined) process.exitCode = 1;

// Two readers would see two amounts here; and this number is no longer the one that was sent.
for (const text of ['{"amount":1,"amount":1000}', '{"id":9007199254740993}']) {
  try {
    readJson(encodeUtf8(text));
    process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    console.log(`refused       ${error.code}`);
  }
}

// Some providers sign a piece of the text as it stands: these octets and no others.
const answer = encodeUtf8('{"trade_response": {"total":1.10, "ok":true}, "sign":"..."}');
const piece = sliceMember(answer, 'trade_response');
const signed = piece === undefined ? 'none' : decodeUtf8(piece);
console.log(`a piece       ${signed}`);
if (signed !== '{"total":1.10, "ok":true}') process.exitCode = 1;
