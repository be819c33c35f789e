// @ts-check
// RFC 9421: its components, signature bases and signed messages, and a peer's cases of components.
import { decodeBase64 } from 'countersign/bytes';
import { importKey, importSecret } from 'countersign';
import { ed25519 } from 'countersign/alg/ed25519';
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { hmacSha256 } from 'countersign/alg/hmac';
import { rsaPkcs1Sha256, rsaPssSha512 } from 'countersign/alg/rsa';
import { readDictionary, writeItem } from 'countersign/canonical/structured-fields';
import {
  NO_COMPONENTS,
  NO_MAX_AGE,
  signatureBase,
  signMessage,
  verifyMessage,
} from 'countersign/http/signature';
import { lineOf, messageOf, requestOf } from '../http/message.js';
import { find, judge } from '../judge.js';

export const name = 'RFC 9421';

/**
 * @typedef {import('../http/message.js').GivenMessage} GivenMessage
 * @typedef {import('../http/message.js').FieldTypes} FieldTypes
 * @typedef {import('../runner.js').Case} Case
 * @typedef {import('../judge.js').Outcome} Outcome
 * @typedef {{ publicPem?: string, privatePem?: string, jwk?: Record<string, string>, secretBase64?: string, alg: string[] }} GivenKey
 * @typedef {{ id: string, message: GivenMessage, line?: string, component?: string, sfTypes?: FieldTypes }} Line
 * @typedef {{ component: string, message: GivenMessage, expected: string[] | 'error', conflict?: string }} PeerCase
 * @typedef {{ id: string, alg: string, keyId: string, label: string, message: GivenMessage, messageAsPrinted?: GivenMessage, request?: GivenMessage, signatureInput: string, signature: string, signatureBase?: string, result: string }} Signed
 */

const ALGORITHMS = {
  'rsa-pss-sha512': rsaPssSha512,
  'rsa-v1_5-sha256': rsaPkcs1Sha256,
  'hmac-sha256': hmacSha256,
  'ecdsa-p256-sha256': ecdsaP256Sha256,
  ed25519,
};
const DETERMINISTIC = ['rsa-v1_5-sha256', 'hmac-sha256', 'ed25519'];
const FIELDS = ['signature', 'signature-input'];
/** The types of the peer's fields, of which its files say nothing. */
const PEER_TYPES = /** @type {const} */ ({
  'example-dict': 'dictionary',
  structured: 'dictionary',
  notadict: 'list',
});

/**
 * @param {import('../runner.js').File} file
 * @returns {Iterable<Case> | undefined}
 */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = /** @type {Record<string, unknown> | null | undefined} */ (file.json());
  if (content === null || content === undefined || Array.isArray(content)) return undefined;
  const { lines, errors, cases, keys } = content;
  if (Array.isArray(lines) && Array.isArray(errors)) {
    return [
      .../** @type {Line[]} */ (lines).map(lineCase),
      .../** @type {Line[]} */ (errors).map(errorCase),
    ];
  }
  if (!Array.isArray(cases)) return isKeys(keys) ? keyCases(keys) : undefined;
  const first = /** @type {Record<string, unknown> | undefined} */ (cases[0]);
  if (first === undefined || typeof first['message'] !== 'object') return undefined;
  if ('component' in first) return /** @type {PeerCase[]} */ (cases).map(peerCase);
  if ('signatureInput' in first) return signedCases(file, /** @type {Signed[]} */ (cases));
  return 'signatureBase' in first ? /** @type {Signed[]} */ (cases).map(baseCase) : undefined;
}

/** @param {Line} given @returns {Case} */
function lineCase({ id, message, line = '', sfTypes }) {
  const component = line.slice(0, line.indexOf(': '));
  const run = () => same(line, lineOf(messageOf(message), component, sfTypes));
  return { id, algorithm: 'HTTP components', label: 'valid', run };
}

/** @param {Line} given @returns {Case} */
function errorCase({ id, message, component = '', sfTypes }) {
  const run = () => refused(() => lineOf(messageOf(message), component, sfTypes));
  return { id, algorithm: 'HTTP components', label: 'invalid', run };
}

/** @param {PeerCase} given @param {number} i @returns {Case} */
function peerCase({ component, message, expected, conflict }, i) {
  const mark = component.indexOf(';');
  const [field, rest] =
    mark < 0 ? [component, ''] : [component.slice(0, mark), component.slice(mark)];
  const text = `"${field}"${rest}`;
  const line = () => lineOf(messageOf(message), text, PEER_TYPES);
  const id = `${i} ${component}`;
  if (expected === 'error') {
    return { id, algorithm: 'HTTP components', label: 'invalid', run: () => refused(line) };
  }
  const value = `${text}: ${expected.join(', ')}`;
  const run = () => {
    if (conflict === undefined) return same(value, line());
    const found = find(() => (line() === value ? true : undefined), { typeErrorRefuses: true });
    return found.kind === 'accepted'
      ? failed('another answer than the peer', value)
      : /** @type {Outcome} */ ({ verdict: 'skipped', reason: `policy: ${conflict}` });
  };
  return { id, algorithm: 'HTTP components', label: 'valid', run };
}

/** @param {Signed} given @returns {Case} */
function baseCase({ id, message, signatureBase: base = '' }) {
  const run = () => {
    const input = base.slice(base.lastIndexOf('\n') + 1).replace('"@signature-params": ', '');
    return same(base, signatureBase(messageOf(message), partsOf(input)));
  };
  return { id, algorithm: 'HTTP signature bases', label: 'valid', run };
}

/**
 * Each message verified, its base compared, and where the algorithm is deterministic, signed again.
 * @param {import('../runner.js').File} file
 * @param {Signed[]} cases
 * @returns {Case[]}
 */
function signedCases(file, cases) {
  const { keys } = /** @type {{ keys: Record<string, GivenKey> }} */ (
    file.beside('keys.json')?.json() ?? { keys: {} }
  );
  return cases.flatMap((given) => {
    const key = keys[given.keyId];
    const algorithm = algorithmOf(given.alg);
    if (key === undefined) throw new Error(`${given.keyId} is not in keys.json`);
    const isValid = given.result === 'valid';
    /** @type {Case[]} */
    const all = [verifyCase(given, key)];
    if (given.messageAsPrinted !== undefined) {
      const printed = { ...given, message: given.messageAsPrinted, result: 'invalid' };
      all.push(verifyCase({ ...printed, id: `${given.id} as printed` }, key));
    }
    if (given.signatureBase !== undefined) all.push(baseOfCase(given));
    if (isValid && DETERMINISTIC.includes(given.alg)) {
      all.push({
        id: `${given.id} signed`,
        algorithm: algorithm.name,
        label: 'valid',
        run: (label) =>
          judge({
            algorithm: algorithm.name,
            operation: given.alg === 'hmac-sha256' ? 'tag' : 'sign',
            label,
            expected: decodeBase64(given.signature),
            found: find(() => signedAgain(given, key)),
          }),
      });
    }
    return all;
  });
}

/** @param {Signed} given @param {GivenKey} key @returns {Case} */
function verifyCase(given, key) {
  const { id, alg, label: signed, request, result } = given;
  const algorithm = algorithmOf(alg);
  const verified = () => {
    const { components } = partsOf(given.signatureInput);
    const { values, body, parameters } = verifyMessage(
      withSignature(given),
      importFor(alg, key, 'verify'),
      {
        required: components,
        select: { label: signed },
        now: Number(partsOf(given.signatureInput).parameters.created),
        tolerance: 0,
        maxAge: NO_MAX_AGE,
        ...(request === undefined ? {} : { request: requestOf(request) }),
      },
    );
    const count = components === NO_COMPONENTS ? 0 : components.length;
    const isBody = (body !== undefined) === 'content-digest' in values;
    return Object.keys(values).length === count && isBody && parameters.keyid === given.keyId;
  };
  return {
    id,
    algorithm: algorithm.name,
    label: result,
    run: (label) =>
      judge({ algorithm: algorithm.name, operation: 'verify', label, found: find(verified) }),
  };
}

/** @param {Signed} given @returns {Case} */
function baseOfCase({ id, message, request, signatureInput, signatureBase: base = '' }) {
  const run = () => {
    const sources = request === undefined ? {} : { request: requestOf(request) };
    return same(
      base,
      signatureBase(messageOf(message), { ...partsOf(signatureInput), ...sources }),
    );
  };
  return { id: `${id} base`, algorithm: 'HTTP signature bases', label: 'valid', run };
}

/** The message with the two fields, which some of the files leave out. @param {Signed} given */
function withSignature({ message, label, signatureInput, signature }) {
  const has = message.headers.some(([field]) => FIELDS.includes(field.toLowerCase()));
  /** @type {[string, string][]} */
  const added = [
    ['Signature-Input', `${label}=${signatureInput}`],
    ['Signature', `${label}=:${signature}:`],
  ];
  return messageOf({ ...message, headers: has ? message.headers : [...message.headers, ...added] });
}

/** @param {Signed} given @param {GivenKey} key */
function signedAgain({ message, alg, label, request, signatureInput }, key) {
  const headers = message.headers.filter(([field]) => !FIELDS.includes(field.toLowerCase()));
  const { signature } = signMessage(
    messageOf({ ...message, headers }),
    /** @type {never} */ (importFor(alg, key, alg === 'hmac-sha256' ? 'mac' : 'sign')),
    {
      label,
      ...partsOf(signatureInput),
      ...(request === undefined ? {} : { request: requestOf(request) }),
    },
  );
  const member = readDictionary(signature)[label];
  return member !== undefined && 'value' in member ? member.value : undefined;
}

/** What a member of Signature-Input covers and says. @param {string} input */
function partsOf(input) {
  const member = readDictionary(`x=${input}`)['x'];
  if (member === undefined || !('items' in member)) throw new Error('no Inner List');
  const components = member.items.map((item) => writeItem(item));
  const parameters = /** @type {import('countersign/http/signature').SignatureParameters} */ (
    member.params
  );
  const some = components.length === 0 ? NO_COMPONENTS : components;
  return {
    components: /** @type {import('countersign/http/signature').Components} */ (some),
    parameters,
  };
}

/** The keys, each in the forms that it has. @param {Record<string, GivenKey>} keys @returns {Case[]} */
function keyCases(keys) {
  return Object.entries(keys).map(([id, key]) => ({
    id,
    algorithm: 'HTTP signature keys',
    label: 'valid',
    run: () => {
      const alg = String(key.alg[0]);
      if (key.secretBase64 !== undefined) {
        importFor(alg, key, 'verify');
        return { verdict: 'passed' };
      }
      const { kty, crv, n, e, x, y } = key.jwk ?? {};
      const jwk = Object.fromEntries(
        Object.entries({ kty, crv, n, e, x, y }).filter(([, value]) => value !== undefined),
      );
      const options = /** @type {never} */ ({ alg: algorithmOf(alg), use: 'verify' });
      const imported = /** @type {{ id?: string }} */ (importKey(jwk, options));
      return same(String(importFor(alg, key, 'verify').id), String(imported.id));
    },
  }));
}

/**
 * @param {string} alg
 * @param {GivenKey} key
 * @param {'verify' | 'sign' | 'mac'} use
 * @returns {import('countersign/http/signature').Key<import('countersign/http/signature').HttpSignatureAlgorithm, 'verify'>}
 */
function importFor(alg, { publicPem, privatePem, secretBase64 }, use) {
  const options = /** @type {never} */ ({ alg: algorithmOf(alg), use, encoding: 'base64' });
  if (secretBase64 !== undefined) return /** @type {never} */ (importSecret(secretBase64, options));
  const pem = String(use === 'sign' ? privatePem : publicPem);
  return importKey(pem, /** @type {never} */ ({ alg: algorithmOf(alg), use }));
}

/** @param {string} alg */
function algorithmOf(alg) {
  if (!(alg in ALGORITHMS)) throw new Error(`${alg} is not registered`);
  return ALGORITHMS[/** @type {keyof typeof ALGORITHMS} */ (alg)];
}

/** @param {unknown} keys @returns {keys is Record<string, GivenKey>} */
function isKeys(keys) {
  return typeof keys === 'object' && keys !== null && 'test-shared-secret' in keys;
}

/** @param {() => unknown} call @returns {Outcome} */
function refused(call) {
  const found = find(call);
  return found.kind === 'refused' && found.text.startsWith('ERR_')
    ? { verdict: 'passed' }
    : failed('a refusal', found.text);
}

/** @param {string} expected @param {string} found @returns {Outcome} */
function same(expected, found) {
  return expected === found ? { verdict: 'passed' } : failed(expected, found);
}

/** @param {string} expected @param {string} found @returns {Outcome} */
function failed(expected, found) {
  return { verdict: 'failed', reason: `expected ${expected}, found ${found}` };
}
