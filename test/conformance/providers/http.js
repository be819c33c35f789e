// @ts-check
// Schemes that sign requests of HTTP: AWS Signature Version 4, draft-cavage, and digests of bodies.
import { decodeHex, encodeUtf8 } from 'countersign/bytes';
import { hmacSha256 } from 'countersign/alg/hmac';
import { legacyDigest, verifyCavage } from 'countersign/http/cavage';
import { readRequest } from 'countersign/http/message';
import { deriveSigV4Key, signSigV4, verifySigV4 } from 'countersign/http/sigv4';
import { importSecret, withUse } from 'countersign/key/secret';
import { object, text } from '../fields.js';
import { maybe, NO_KEY, pairedPem, rsaQuestion, rsaVerifier } from './entry.js';

/** @typedef {import('./entry.js').Reader} Reader */

/** @type {Reader} */
export function sigV4(entry) {
  const message = object(entry, 'message');
  const expected = decodeHex(text(object(entry, 'expected'), 'value'), 'lower');
  const ask = () => signatureOf(object(entry, 'key'), message);
  return [{ algorithm: hmacSha256.name, operation: 'tag', expected, ask }];
}

/**
 * @param {import('../fields.js').Fields} key
 * @param {import('../fields.js').Fields} message
 */
function signatureOf(key, message) {
  const context = object(message, 'context');
  const [region, service] = [text(context, 'region'), text(context, 'service')];
  const timestamp = text(context, 'timestamp');
  const now = Date.parse(timestamp) / 1000;
  const { request, fields } = parsed(text(message, 'request'));
  const day = timestamp.slice(0, 10).replaceAll('-', '');
  const as = /** @type {const} */ ({ alg: hmacSha256, use: 'mac', encoding: 'utf8' });
  const secret = importSecret(text(key, 'value'), as);
  const accessKeyId = text(key, 'accessKeyId');
  const given = deriveSigV4Key(secret, { accessKeyId, day, region, service, use: 'mac' });
  // The path of these requests stands unencoded in their request line, which no sender may do:
  // it is encoded here, as it is sent, and once in what is signed.
  const path = 's3';
  const headers = fields.map(([field]) => field.toLowerCase());
  const payload = context['sign_body'] === true ? 'header' : 'signed';
  const made = signSigV4(request([]), given, { now, path, payload, headers });
  const form = /** @type {const} */ ('header');
  const options = { now, tolerance: 0, maxAge: 1, form, service, region, path, headers };
  const verifier = withUse(given, 'verify');
  verifySigV4(request(made.headers), verifier, /** @type {never} */ (options));
  const isSame =
    made.canonicalRequest === message['canonicalRequest'] &&
    made.stringToSign === message['stringToSign'];
  const signature = made.headers.at(-1)?.[1].split('Signature=')[1] ?? '';
  return isSame && decodeHex(signature, 'lower');
}

/**
 * A request as text: a line, fields, an empty line, a body.
 * @param {string} given
 */
function parsed(given) {
  const [head = '', body = ''] = given.split('\n\n');
  const [line = '', ...rest] = head.trimEnd().split('\n');
  const [, method = '', target = ''] = /^(\S+) (.*) HTTP\/1\.1$/.exec(line) ?? [];
  const fields = rest.map((field) => {
    const at = field.indexOf(':');
    return /** @type {[string, string]} */ ([field.slice(0, at), field.slice(at + 1)]);
  });
  const host = fields.find(([field]) => field.toLowerCase() === 'host')?.[1] ?? '';
  return {
    fields,
    request: (/** @type {readonly (readonly [string, string])[]} */ more) =>
      readRequest(
        { method, url: encodeURI(target), headers: [...fields, ...more] },
        { origin: `https://${host}`, body: encodeUtf8(body) },
      ),
  };
}

/** The body of the examples in the draft's appendix C. */
const DRAFT_BODY = '{"hello": "world"}';

/** A string that was signed, of the draft's examples. @type {Reader} */
export function cavage(entry, all) {
  const { key, message, expected } = entry;
  const signed = maybe(message, 'signingString') ?? maybe(entry, 'canonical_string');
  const value = maybe(expected, 'value') ?? maybe(entry, 'expected_signature');
  const pem = maybe(key, 'value') ?? pairedPem(entry, all);
  if (pem === undefined) return NO_KEY;
  const lines = (signed ?? '').split('\n').map((line) => {
    const at = line.indexOf(': ');
    return /** @type {[string, string]} */ ([line.slice(0, at), line.slice(at + 2)]);
  });
  const of = Object.fromEntries(lines);
  const [method = '', url = ''] = (of['(request-target)'] ?? 'get /').split(' ');
  const headers = lines.map(([field]) => field);
  const parameters = [
    `keyId="${maybe(key, 'keyId') ?? ''}"`,
    'algorithm="rsa-sha256"',
    `headers="${headers.join(' ')}"`,
    `signature="${value ?? ''}"`,
  ];
  const fields = lines.filter(([field]) => !field.startsWith('('));
  return [
    rsaQuestion((relaxed) => {
      const request = readRequest(
        { method, url, headers: [...fields, ['Signature', parameters.join(',')]] },
        { origin: `https://${of['host'] ?? 'example.com'}`, body: encodeUtf8(DRAFT_BODY) },
      );
      const now = Date.parse(of['date'] ?? '') / 1000;
      const options = { now, tolerance: 0, maxAge: 1, time: 'date', field: 'signature', headers };
      const verifier = rsaVerifier(pem, undefined, relaxed);
      verifyCavage(request, verifier, /** @type {never} */ (options));
      return true;
    }),
  ];
}

/** The field `Digest` of a body, whose algorithm is named in either case, or a signature. @type {Reader} */
export function digest(entry, all) {
  const [body, expected] = [maybe(entry, 'body'), maybe(entry, 'expected_header')];
  if (body === undefined || expected === undefined) return cavage(entry, all);
  const ask = () =>
    /^sha-256=$/i.test(expected.slice(0, 8)) &&
    legacyDigest(encodeUtf8(body), 'SHA-256').slice(8) === expected.slice(8);
  return [{ algorithm: 'SHA-256', operation: 'digest', ask }];
}
