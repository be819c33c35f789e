// @ts-check
// Requests of HTTP signed and verified: AWS SigV4, OAuth 1.0, draft-cavage.
import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { hmacSha256 } from 'countersign/alg/hmac';
import { legacyDigest, signCavage, verifyCavage } from 'countersign/http/cavage';
import { prepareRequest, readRequest } from 'countersign/http/message';
import { oauth1Secret, signOauth1, verifyOauth1 } from 'countersign/http/oauth1';
import { deriveSigV4Key, signSigV4, verifySigV4 } from 'countersign/http/sigv4';
import { importSecret, withUse } from 'countersign/key/secret';
import { defineCase, peer } from '../case.js';
import { both, callbacks, spoilt, turn } from '../inputs.js';
import { aws4, oauth1 } from '../peers/request-signers.js';

const SIZE = 1024;
const ORIGIN = 'https://api.example';
const URL_SENT = `${ORIGIN}/v1/payments?limit=10&after=pay_1217752501`;
const TARGET = URL_SENT.slice(ORIGIN.length);
const NOW = 1_795_284_000;
const TIME = '20261121T180000Z';
const SCOPE = { day: '20261121', region: 'eu-central-1', service: 'pay' };
const SECRETS = /** @type {const} */ ([
  'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  'bPxRfiCYEXAMPLEKEYwJalrXUtnFEMI/K7MDENG+',
]);
const WINDOW = { now: NOW, tolerance: 0, maxAge: 300 };
const SIGNED_NAMES = 'content-length;content-type;host;x-amz-content-sha256;x-amz-date';
const CANONICAL_QUERY = 'after=pay_1217752501&limit=10';

/** @typedef {{ which: 0 | 1, body: Uint8Array }} Sent */
/** @typedef {Sent & { headers: [string, string][], signature: string }} Received */

export const suite = {
  title: 'Signed requests',
  about:
    'A POST of 1 KiB, from its parts to the fields to send, and from fields and octets to a result. ' +
    'Reference: the same by hand, with `createHash`, and `createHmac` on a key that was derived ' +
    'before. aws4 keeps the keys that it derives; it has no verifier, so that it signs again.',
  cases: [sigV4Sign(), sigV4Verify(), oauthSign(), oauthVerify(), cavageVerify()],
};

const accessKeyOf = (/** @type {number} */ which) => `AKIDEXAMPLE${which}`;

function sigV4Keys() {
  return both(/** @type {const} */ ([0, 1]), (which) => {
    const secret = importSecret(SECRETS[which], {
      alg: hmacSha256,
      use: 'mac',
      encoding: 'utf8',
    });
    const accessKeyId = accessKeyOf(which);
    return deriveSigV4Key(secret, { accessKeyId, ...SCOPE, use: 'mac' });
  });
}

/** The derived keys, as somebody who does it by hand keeps them. */
function sigV4Floors() {
  return both(SECRETS, (secret) => {
    const { day, region, service } = SCOPE;
    const labels = [day, region, service, 'aws4_request'];
    const key = labels.reduce(
      (previous, label) => createHmac('sha256', previous).update(label).digest(),
      Buffer.from(`AWS4${secret}`),
    );
    return createSecretKey(key);
  });
}

/** @param {import('node:crypto').KeyObject} key @param {Uint8Array} body */
function signatureByHand(key, body) {
  const digest = createHash('sha256').update(body).digest('hex');
  const canonical =
    `POST\n/v1/payments\n${CANONICAL_QUERY}\ncontent-length:${body.length}\ncontent-type:application/json\nhost:api.example\n` +
    `x-amz-content-sha256:${digest}\nx-amz-date:${TIME}\n\n${SIGNED_NAMES}\n${digest}`;
  const hashed = createHash('sha256').update(canonical).digest('hex');
  const { day, region, service } = SCOPE;
  const text = `AWS4-HMAC-SHA256\n${TIME}\n${day}/${region}/${service}/aws4_request\n${hashed}`;
  return { digest, signature: createHmac('sha256', key).update(text).digest() };
}

/** @param {import('../peers/request-signers.js').AwsSign} sign @param {Sent} input */
function signatureOfAws4(sign, { which, body }) {
  const { headers } = sign(
    {
      ...SCOPE,
      method: 'POST',
      host: 'api.example',
      path: TARGET,
      // It signs the length of a body too, and no digest beside it unless given.
      headers: {
        'Content-Type': 'application/json',
        'X-Amz-Date': TIME,
        'X-Amz-Content-Sha256': createHash('sha256').update(body).digest('hex'),
      },
      body: Buffer.from(body.buffer, body.byteOffset, body.length),
    },
    { accessKeyId: accessKeyOf(which), secretAccessKey: SECRETS[which] },
  );
  return (headers['Authorization'] ?? '').split('Signature=')[1] ?? '';
}

function sigV4Sign() {
  return defineCase({
    name: 'SigV4 sign',
    size: SIZE,
    quick: true,
    async build() {
      const [keys, floors] = [sigV4Keys(), sigV4Floors()];
      /** @type {Sent[]} */
      const inputs = callbacks(SIZE).map((body, i) => ({ which: turn(i), body }));
      const ours = (/** @type {Sent} */ { which, body }) => {
        const headers = { 'content-type': 'application/json', 'content-length': `${body.length}` };
        const request = prepareRequest({ method: 'POST', url: URL_SENT, headers, body });
        const options = {
          now: NOW,
          path: 'normalized',
          payload: 'header',
          headers: ['content-length'],
        };
        const made = signSigV4(request, keys[which], /** @type {never} */ (options));
        return made.headers.at(-1)?.[1].split('Signature=')[1] ?? '';
      };
      const byHand = (/** @type {Sent} */ { which, body }) =>
        signatureByHand(floors[which], body).signature.toString('hex');
      const expected = new Map(inputs.map((input) => [input.body, byHand(input)]));
      return {
        inputs,
        tampered: spoilt(inputs, 'body').map((input, i) => {
          const { body } = /** @type {Sent} */ (inputs[i]);
          expected.set(input.body, expected.get(body) ?? '');
          return input;
        }),
        isRight: (result, { body }) => result === expected.get(body),
        subjects: [
          { name: 'countersign', role: 'ours', run: ours },
          { name: 'reference', role: 'reference', run: byHand },
          peer(
            'aws4',
            await aws4(),
            (sign) => (/** @type {Sent} */ input) => signatureOfAws4(sign, input),
          ),
        ],
      };
    },
  });
}

function sigV4Verify() {
  return defineCase({
    name: 'SigV4 verify',
    size: SIZE,
    quick: true,
    async build() {
      const keys = both(sigV4Keys(), (key) => withUse(key, 'verify'));
      const floors = sigV4Floors();
      /** @type {Received[]} */
      const inputs = callbacks(SIZE).map((body, i) => {
        const which = turn(i);
        const { digest, signature } = signatureByHand(floors[which], body);
        const { day, region, service } = SCOPE;
        const credential = `${accessKeyOf(which)}/${day}/${region}/${service}/aws4_request`;
        const hex = signature.toString('hex');
        return {
          which,
          body,
          signature: hex,
          headers: [
            ['Host', 'api.example'],
            ['Content-Type', 'application/json'],
            ['Content-Length', `${body.length}`],
            ['X-Amz-Date', TIME],
            ['X-Amz-Content-Sha256', digest],
            [
              'Authorization',
              `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${SIGNED_NAMES}, Signature=${hex}`,
            ],
          ],
        };
      });
      const options = {
        ...WINDOW,
        form: 'header',
        service: SCOPE.service,
        region: SCOPE.region,
        path: 'normalized',
      };
      const ours = (/** @type {Received} */ { which, body, headers }) => {
        const request = readRequest(
          { method: 'POST', url: TARGET, headers },
          { origin: ORIGIN, body },
        );
        return verifySigV4(request, keys[which], /** @type {never} */ (options)).body === body;
      };
      return {
        inputs,
        tampered: spoilt(inputs, 'body'),
        isRight: (result) => result === true,
        subjects: [
          { name: 'countersign', role: 'ours', run: ours },
          {
            name: 'reference',
            role: 'reference',
            run: ({ which, body, signature }) =>
              timingSafeEqual(
                Buffer.from(signature, 'hex'),
                signatureByHand(floors[which], body).signature,
              ),
          },
          peer(
            'aws4',
            await aws4(),
            (sign) => (/** @type {Received} */ input) =>
              signatureOfAws4(sign, input) === input.signature,
          ),
        ],
      };
    },
  });
}

/** @returns {import('countersign/http/oauth1').Key<import('countersign/alg/hmac').MacAlgorithm, 'mac'>} */
const oauthKey = () =>
  oauth1Secret(
    { consumerKey: 'consumer', consumerSecret: SECRETS[0] },
    { alg: hmacSha256, use: 'mac' },
  );
const OAUTH = /** @type {const} */ ({
  now: NOW,
  consumerKey: 'consumer',
  query: 'decoded',
  body: 'hash',
});

function oauthSign() {
  return defineCase({
    name: 'OAuth 1.0 HMAC-SHA256 sign',
    quick: false,
    async build() {
      const key = oauthKey();
      const verifier = withUse(key, 'verify');
      /** @type {{ url: string, other?: string }[]} */
      const inputs = callbacks(SIZE).map((_, i) => ({ url: `${ORIGIN}/v1/payments?after=${i}` }));
      const isGood = (/** @type {string} */ header, /** @type {string} */ url) => {
        const request = readRequest(
          { method: 'GET', url: url.slice(ORIGIN.length), headers: [['Authorization', header]] },
          { origin: ORIGIN },
        );
        const time = Number(/oauth_timestamp="([0-9]+)"/.exec(header)?.[1]);
        const options = { now: time, tolerance: 0, maxAge: 1, query: 'decoded', body: 'form' };
        try {
          return verifyOauth1(request, verifier, /** @type {never} */ (options)).nonce !== '';
        } catch {
          return false;
        }
      };
      return {
        inputs,
        // A header for another request is none for this one.
        tampered: inputs.slice(0, 8).map(({ url }) => ({ url, other: `${url}0` })),
        isRight: (result, { url }) => isGood(String(result), url),
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ({ url, other = url }) => {
              const request = prepareRequest({ method: 'GET', url: other });
              return signOauth1(request, key, { ...OAUTH, body: 'none' }).header[1];
            },
          },
          peer('oauth-1.0a', await oauth1(), (make) => {
            const oauth = make({
              consumer: { key: 'consumer', secret: SECRETS[0] },
              signature_method: 'HMAC-SHA256',
              hash_function: (text, secret) =>
                createHmac('sha256', secret).update(text).digest('base64'),
            });
            return (/** @type {{ url: string, other?: string }} */ { url, other = url }) =>
              oauth.toHeader(oauth.authorize({ url: other, method: 'GET' })).Authorization;
          }),
        ],
      };
    },
  });
}

function oauthVerify() {
  return defineCase({
    name: 'OAuth 1.0 HMAC-SHA256 verify, with a body',
    size: SIZE,
    quick: false,
    build() {
      const key = oauthKey();
      const verifier = withUse(key, 'verify');
      const inputs = callbacks(SIZE).map((body) => {
        const request = prepareRequest({ method: 'POST', url: URL_SENT, body });
        return { body, headers: [[...signOauth1(request, key, OAUTH).header]] };
      });
      const options = { ...WINDOW, query: 'decoded', body: 'hash' };
      return {
        inputs,
        tampered: spoilt(inputs, 'body'),
        isRight: (result) => result === true,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ({ body, headers }) => {
              const given = { method: 'POST', url: TARGET, headers };
              const request = readRequest(/** @type {never} */ (given), { origin: ORIGIN, body });
              return verifyOauth1(request, verifier, /** @type {never} */ (options)).body === body;
            },
          },
        ],
      };
    },
  });
}

function cavageVerify() {
  return defineCase({
    name: 'draft-cavage hmac-sha256 verify, with a body',
    size: SIZE,
    quick: false,
    build() {
      const key = importSecret(SECRETS[0], {
        alg: hmacSha256,
        use: 'mac',
        encoding: 'utf8',
        id: 'k',
      });
      const verifier = withUse(key, 'verify');
      const names = ['(request-target)', 'host', 'date', 'digest'];
      const inputs = callbacks(SIZE).map((body) => {
        const fields = [
          ['Date', 'Sat, 21 Nov 2026 18:00:00 GMT'],
          ['Digest', legacyDigest(body, 'SHA-256')],
        ];
        const headers = /** @type {[string, string][]} */ (fields);
        const request = prepareRequest({ method: 'POST', url: URL_SENT, headers, body });
        const options = { keyId: 'k', headers: names, algorithm: 'hs2019', field: 'signature' };
        const { header } = signCavage(request, key, /** @type {never} */ (options));
        return { body, headers: [...headers, [...header]] };
      });
      const options = { ...WINDOW, headers: names, time: 'date', field: 'signature' };
      return {
        inputs,
        tampered: spoilt(inputs, 'body'),
        isRight: (result) => result === true,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: ({ body, headers }) => {
              const sent = { method: 'POST', url: TARGET, headers };
              const request = readRequest(/** @type {never} */ (sent), { origin: ORIGIN, body });
              return verifyCavage(request, verifier, /** @type {never} */ (options)).body === body;
            },
          },
        ],
      };
    },
  });
}
