// @ts-check
// Known answers that payment providers publish: an array of entries with `provider`, `direction`,
// `key`, `message` and `expected`. Here are those of schemes that sign requests of HTTP.
import { decodeBase64, decodeHex, encodeUtf8 } from 'countersign/bytes';
import { hmacSha256 } from 'countersign/alg/hmac';
import { rsaPkcs1Sha256 } from 'countersign/alg/rsa';
import { legacyDigest, verifyCavage } from 'countersign/http/cavage';
import { readRequest } from 'countersign/http/message';
import { oauth1BaseString, oauth1Secret, signOauth1 } from 'countersign/http/oauth1';
import { deriveSigV4Key, signSigV4, verifySigV4 } from 'countersign/http/sigv4';
import { ALLOW_RSA_1024, importPublicKey } from 'countersign/key/rsa';
import { importSecret, withUse } from 'countersign/key/secret';
import { verify } from 'countersign/key/use';
import { find, judge } from '../judge.js';

export const name = 'Providers';

/**
 * @typedef {Readonly<Record<string, string>>} Texts
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} provider
 * @property {string} direction
 * @property {Texts} key
 * @property {Texts & { readonly context: { readonly region: string, readonly service: string, readonly timestamp: string, readonly sign_body: boolean } }} message
 * @property {Texts} expected
 * @property {string} [body]
 * @property {string} [expected_header]
 * @typedef {{ algorithm: string, run: (label: string) => import('../judge.js').Outcome }} Runnable
 */

/** @param {import('../runner.js').File} file */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = file.json();
  if (!Array.isArray(content) || !content.every(isEntry)) return undefined;
  return content.length === 0 ? undefined : content.map(caseOf);
}

/** @param {unknown} value @returns {value is Entry} */
function isEntry(value) {
  const entry = /** @type {Partial<Entry> | null} */ (value);
  return typeof entry?.provider === 'string' && typeof entry.direction === 'string';
}

/** @param {Entry} entry @returns {import('../runner.js').Case} */
function caseOf(entry) {
  const { id, provider } = entry;
  const runnable = READERS[id.split('/')[0] ?? '']?.(entry) ?? PSD2[provider]?.(entry);
  const reason = `out of scope: ${provider}`;
  if (runnable === undefined) {
    return { id, algorithm: provider, run: () => ({ verdict: 'skipped', reason }) };
  }
  return { id, label: 'valid', ...runnable };
}

/** @type {Readonly<Record<string, (entry: Entry) => Runnable | undefined>>} */
const READERS = { 'aws-sigv4': sigV4, cavage, 'mastercard-oauth1': oauth1 };

/** @type {Readonly<Record<string, (entry: Entry) => Runnable | undefined>>} */
const PSD2 = { 'psd2-berlin-group/cavage': digest, 'psd2-rabobank': digest };

/** @param {Entry} entry @returns {Runnable} */
function sigV4({ key, message, expected }) {
  const { region, service, timestamp, sign_body: signsBody } = message.context;
  const run = (/** @type {string} */ label) => {
    const found = find(() => {
      const now = Date.parse(timestamp) / 1000;
      const { request, fields } = parsed(message['request'] ?? '');
      const day = timestamp.slice(0, 10).replaceAll('-', '');
      const secret = importSecret(key['value'] ?? '', {
        alg: hmacSha256,
        use: 'mac',
        encoding: 'utf8',
      });
      const accessKeyId = key['accessKeyId'] ?? '';
      const given = deriveSigV4Key(secret, { accessKeyId, day, region, service, use: 'mac' });
      // The path of these requests stands unencoded in their request line, which no sender may do:
      // it is encoded here, as it is sent, and once in what is signed.
      const path = 's3';
      const headers = fields.map(([field]) => field.toLowerCase());
      const payload = signsBody ? 'header' : 'signed';
      const made = signSigV4(request([]), given, { now, path, payload, headers });
      const verifier = withUse(given, 'verify');
      const options = {
        now,
        tolerance: 0,
        maxAge: 1,
        form: 'header',
        service,
        region,
        path,
        headers,
      };
      verifySigV4(request(made.headers), verifier, /** @type {never} */ (options));
      const isSame =
        made.canonicalRequest === message['canonicalRequest'] &&
        made.stringToSign === message['stringToSign'];
      const signature = made.headers.at(-1)?.[1].split('Signature=')[1] ?? '';
      return isSame && decodeHex(signature, 'lower');
    });
    const octets = decodeHex(expected['value'] ?? '', 'lower');
    return judge({ algorithm: hmacSha256.name, operation: 'tag', label, expected: octets, found });
  };
  return { algorithm: 'AWS4-HMAC-SHA256', run };
}

/**
 * A request as text: a line, fields, an empty line, a body.
 * @param {string} text
 */
function parsed(text) {
  const [head = '', body = ''] = text.split('\n\n');
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

/** @param {Entry} entry @returns {Runnable} */
function cavage({ key, message, expected }) {
  const run = (/** @type {string} */ label) => {
    const found = find(() => {
      const lines = (message['signingString'] ?? '').split('\n').map((line) => {
        const at = line.indexOf(': ');
        return /** @type {[string, string]} */ ([line.slice(0, at), line.slice(at + 2)]);
      });
      const value = Object.fromEntries(lines);
      const [method = '', url = ''] = (value['(request-target)'] ?? 'get /').split(' ');
      const headers = lines.map(([field]) => field);
      const parameters = [
        `keyId="${key['keyId'] ?? ''}"`,
        'algorithm="rsa-sha256"',
        `headers="${headers.join(' ')}"`,
        `signature="${expected['value'] ?? ''}"`,
      ];
      const fields = lines.filter(([field]) => !field.startsWith('('));
      const request = readRequest(
        { method, url, headers: [...fields, ['Signature', parameters.join(',')]] },
        { origin: `https://${value['host'] ?? 'example.com'}`, body: encodeUtf8(DRAFT_BODY) },
      );
      const publicKey = importPublicKey(key['value'] ?? '', {
        alg: rsaPkcs1Sha256,
        use: 'verify',
        relax: [ALLOW_RSA_1024],
      });
      const now = Date.parse(value['date'] ?? '') / 1000;
      const options = { now, tolerance: 0, maxAge: 1, time: 'date', field: 'signature', headers };
      verifyCavage(request, publicKey, /** @type {never} */ (options));
      return true;
    });
    const relaxed = ['ALLOW_RSA_1024'];
    return judge({ algorithm: rsaPkcs1Sha256.name, operation: 'verify', label, found, relaxed });
  };
  return { algorithm: 'draft-cavage-http-signatures', run };
}

/** The field `Digest` of a body; its algorithm is named in either case. @param {Entry} entry @returns {Runnable | undefined} */
function digest({ body, expected_header: expected }) {
  if (body === undefined || expected === undefined) return undefined;
  const run = (/** @type {string} */ label) => {
    const made = () => legacyDigest(encodeUtf8(body), 'SHA-256').slice(8);
    const found = find(
      () => /^sha-256=$/i.test(expected.slice(0, 8)) && made() === expected.slice(8),
    );
    return judge({ algorithm: 'SHA-256', operation: 'digest', label, found });
  };
  return { algorithm: 'Digest', run };
}

/** @param {Entry} entry @returns {Runnable} */
function oauth1({ key, message, expected }) {
  const algorithm = 'OAuth 1.0';
  const value = expected['value'] ?? '';
  if (message['canonical'] !== undefined) {
    const text = encodeUtf8(message['canonical']);
    const given = () => importPublicKey(key['value'] ?? '', { alg: rsaPkcs1Sha256, use: 'verify' });
    return question(rsaPkcs1Sha256.name, () => verify(given(), text, decodeBase64(value)));
  }
  const secrets = { consumerKey: 'consumer', consumerSecret: 'a secret of some length' };
  const own = oauth1Secret(secrets, { alg: hmacSha256, use: 'mac' });
  const request = (/** @type {string} */ url, /** @type {string} */ body) =>
    readRequest(
      { method: message['method'] ?? 'POST', url, headers: [] },
      { origin: new URL(url).origin, body: encodeUtf8(body) },
    );
  const { body, baseUri, paramString } = message;
  if (body !== undefined) {
    const options = { now: 1, consumerKey: 'consumer', query: 'raw', body: 'hash' };
    return question(hmacSha256.name, () => {
      const given = request('https://example.com/', body);
      const { header } = signOauth1(given, own, /** @type {never} */ (options));
      return header[1].includes(`oauth_body_hash="${encodeURIComponent(value)}"`);
    });
  }
  if (baseUri === undefined || new URL(baseUri).pathname === '/') {
    const reason = 'a URI without a path, which no request has';
    return { algorithm, run: () => ({ verdict: 'skipped', reason }) };
  }
  return question(
    hmacSha256.name,
    () =>
      oauth1BaseString(request(`${baseUri}?${paramString ?? ''}`, ''), [], { query: 'raw' }) ===
      value,
  );

  /** @param {string} primitive @param {() => boolean} ask @returns {Runnable} */
  function question(primitive, ask) {
    const run = (/** @type {string} */ label) =>
      judge({ algorithm: primitive, operation: 'verify', label, found: find(ask) });
    return { algorithm, run };
  }
}
