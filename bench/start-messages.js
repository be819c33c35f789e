// @ts-check
// The part of `npm start` that is about messages: JSON, a token, a request.
import { ed25519 } from 'countersign/alg/ed25519';
import { hmacSha256 } from 'countersign/alg/hmac';
import { decodeUtf8, encodeBase64Url, encodeUtf8 } from 'countersign/bytes';
import { readJson, writeJsonText } from 'countersign/canonical/json';
import { createDigest } from 'countersign/http/digest';
import { prepareRequest, readRequest } from 'countersign/http/message';
import { signMessage, verifyMessage } from 'countersign/http/signature';
import { signJwt, verifyJwt } from 'countersign/jose/jwt';
import { importPrivateKey, importPublicKey } from 'countersign/key/ed25519';
import { exportPublicKey } from 'countersign/key/export';
import { importSecret } from 'countersign/key/secret';
import * as httpFloor from './floor/http-signature.js';
import * as joseFloor from './floor/jose.js';
import { signature } from './floor/reference.js';

const NOW = 1_795_284_000;
// Test keys: octets that count.
const counting = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const edJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: encodeBase64Url(counting),
  x: encodeBase64Url(ed25519.publicOf(ed25519.privateKey(counting))),
};
const edKey = importPrivateKey(edJwk, { alg: ed25519, use: 'sign' });
const edPublic = importPublicKey(exportPublicKey(edKey, 'pem'), { alg: ed25519, use: 'verify' });
const secret = /** @type {const} */ ({ alg: hmacSha256, encoding: 'raw' });
const macKey = importSecret(counting, { ...secret, use: 'mac' });
const checkKey = importSecret(counting, { ...secret, use: 'verify' });

const order = {
  out_trade_no: '1217752501201407033233368018',
  total: { amount: 100.5, currency: 'EUR' },
  items: ['tea', 'a cup'],
};

const rules = {
  issuer: 'https://bank.example',
  audience: 'shop',
  typ: 'JWT',
  now: NOW,
  clockTolerance: 0,
};
const claims = { iss: 'https://bank.example', aud: 'shop', sub: 'po_1', iat: NOW, exp: NOW + 300 };
const token = signJwt(claims, macKey, { typ: 'JWT' });

const origin = 'https://api.example.com';
const components = ['@method', '@target-uri', 'content-digest'];
const body = encodeUtf8(writeJsonText(order));
const url = `${origin}/pay?a=1`;
const headers = { 'content-digest': createDigest(body, ['sha-256']) };
const outgoing = prepareRequest({ method: 'POST', url, headers, body });
const parameters = { created: NOW, keyid: 'shop' };
const fields = signMessage(outgoing, edKey, { label: 'sig1', components, parameters });
const rawHeaders = Object.entries({ ...headers, ...fields }).flat();
const incoming = { method: 'POST', url: '/pay?a=1', headers: {}, rawHeaders };
const asked = /** @type {const} */ ({
  required: components,
  select: { label: 'sig1' },
  now: NOW,
  tolerance: 0,
  maxAge: 300,
});

/** @param {Uint8Array} arrived */
const receive = (arrived) =>
  verifyMessage(readRequest(incoming, { origin, body: arrived }), edPublic, asked);

/**
 * Prints what verifies and what does not.
 * @param {(call: () => unknown) => string} codeOf
 */
export function showMessages(codeOf) {
  console.log(
    '\nMessages: what was signed comes back, and nothing else; the rest is refused by name:\n',
  );
  const twice = encodeUtf8('{"amount":"1.00","amount":"9.00"}');
  const none = `${encodeBase64Url(encodeUtf8('{"alg":"none"}'))}.${token.split('.')[1]}.`;
  const spoilt = encodeUtf8(decodeUtf8(body).replace('100.5', '900.5'));
  console.log(`  JSON       ${writeJsonText(order)}`);
  console.log(`  name twice ${codeOf(() => readJson(twice))}`);
  console.log(`  JWT        ${Object.keys(verifyJwt(token, checkKey, rules).claims).join(', ')}`);
  console.log(
    `  expired    ${codeOf(() => verifyJwt(token, checkKey, { ...rules, now: NOW + 300 }))}`,
  );
  console.log(`  alg none   ${codeOf(() => verifyJwt(none, checkKey, rules))}`);
  const { values } = receive(body);
  console.log(`  request    ${values['@method']} ${values['@target-uri']}`);
  console.log(`  other body ${codeOf(() => receive(spoilt))}`);
}

const jwtFloor = joseFloor.verifier('HS256', joseFloor.signatures('HS256', counting).verify, rules);
const edFloor = signature(null, edJwk);
const httpFloorOf = httpFloor.verifyRequest(
  (base, value) => edFloor.verify(base, value),
  origin,
  ['@method', 'content-digest'],
  300,
);
const floored = signMessage(outgoing, edKey, {
  label: 'sig1',
  components: ['@method', '@path', 'content-digest'],
  parameters,
});
const floorHeaders = Object.entries({ ...headers, ...floored }).flat();
const floorIncoming = { method: 'POST', url: '/pay?a=1', headers: {}, rawHeaders: floorHeaders };
const floorAsked = { ...asked, required: ['@method', 'content-digest'] };

/** Lines of the table of speeds: name, aim, and the two that take turns. */
export const MESSAGE_LINES = /** @type {const} */ ([
  [
    'canonical JSON, an order',
    0.75,
    { ours: () => writeJsonText(order), floor: () => JSON.stringify(order) },
  ],
  [
    'JWT HS256 verify',
    1,
    { ours: () => verifyJwt(token, checkKey, rules), floor: () => jwtFloor(token) },
  ],
  [
    'RFC 9421 verify, Ed25519',
    0.85,
    {
      ours: () => verifyMessage(readRequest(floorIncoming, { origin, body }), edPublic, floorAsked),
      floor: () => httpFloorOf({ ...floorIncoming, body }, NOW),
    },
  ],
]);

// A floor that refuses would be fast.
if (!httpFloorOf({ ...floorIncoming, body }, NOW) || jwtFloor(token)['sub'] !== 'po_1') {
  throw new Error('the floor refuses what is right');
}
