// @ts-check
// RFC 7520's examples of signatures, section 4, as https://github.com/ietf-jose/cookbook has them: a
// file is one example, or a list of them in `cases`.
import { encodeUtf8 } from 'countersign/bytes';
import { writeJsonText } from 'countersign/canonical/json';
import {
  signFlattenedJws,
  signGeneralJws,
  signJws,
  verifyFlattenedJws,
  verifyGeneralJws,
  verifyJws,
} from 'countersign/jose/jws';
import { object, text } from '../fields.js';
import { algorithmOf, signingKey, verifyingKey } from '../jose-keys.js';
import { can, find, judge } from '../judge.js';

export const name = 'JWS cookbook';

/**
 * @typedef {import('../fields.js').Fields} Fields
 * @typedef {import('../runner.js').Case} Case
 * @typedef {NonNullable<ReturnType<typeof algorithmOf>>} Algorithm
 */

/** Where the same message is signed in the same way each time. */
const DETERMINISTIC = /^(?:HMAC|Ed25519|RSASSA-PKCS1)/;
/** A compact serialization without its payload. */
const DETACHED = /^[\w-]+\.\.[\w-]+$/;
/** `{}` */
const EMPTY = 'e30';
const FORMS = /** @type {const} */ (['compact', 'json', 'json_flat']);

/**
 * @param {import('../runner.js').File} file
 * @returns {Iterable<Case> | undefined}
 */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = /** @type {Fields | null | undefined} */ (file.json());
  const listed = Array.isArray(content?.['cases']) ? content['cases'] : [content];
  const examples = /** @type {Fields[]} */ (listed).filter(isExample);
  return examples.length === 0 || examples.length < listed.length ? undefined : cases(examples);
}

/** @param {Fields | null | undefined} content */
function isExample(content) {
  const isObject = (/** @type {unknown} */ part) => typeof part === 'object' && part !== null;
  return ['input', 'signing', 'output'].every((part) => isObject(content?.[part]));
}

/**
 * @param {readonly Fields[]} examples
 * @returns {Generator<Case>}
 */
function* cases(examples) {
  for (const [position, example] of examples.entries()) {
    const title = typeof example['title'] === 'string' ? example['title'] : String(position);
    const [input, output] = [object(example, 'input'), object(example, 'output')];
    const keys = /** @type {Fields[]} */ ([input['key']].flat());
    const names = [input['alg']].flat();
    for (const form of FORMS) {
      if (!(form in output)) continue;
      for (const [i, jwk] of keys.entries()) {
        const alg = algorithmOf(names[i]);
        const id = `${title}, ${form}${keys.length > 1 ? `, key ${i}` : ''}`;
        if (alg === undefined) {
          const reason = `out of scope: JWS with ${String(names[i])}`;
          const run = () => /** @type {const} */ ({ verdict: 'skipped', reason });
          yield { id, algorithm: String(names[i]), run };
          continue;
        }
        yield verifyCase(id, form, jwk, alg, text(input, 'payload'), output[form]);
        const isTaken = policyOf(form, output[form]) === undefined;
        if (keys.length === 1 && isTaken && isReproduced(alg, example)) {
          yield signCase(`${id}, made`, form, jwk, alg, example);
        }
      }
    }
  }
}

/**
 * @param {string} id
 * @param {typeof FORMS[number]} form
 * @param {Fields} jwk
 * @param {Algorithm} alg
 * @param {string} payload
 * @param {unknown} output
 * @returns {Case}
 */
function verifyCase(id, form, jwk, alg, payload, output) {
  const content = encodeUtf8(payload);
  const isDetached = form === 'compact' ? DETACHED.test(String(output)) : !hasPayload(output);
  const options = { understood: ['b64'], ...(isDetached ? { payload: content } : {}) };
  const run = () => {
    const found = find(() => {
      const key = verifyingKey(jwk, alg);
      if (form === 'compact') return verifyJws(String(output), key, options).payload;
      const message = encodeUtf8(JSON.stringify(output));
      return form === 'json'
        ? verifyGeneralJws(message, key, options).payload
        : verifyFlattenedJws(message, key, options).payload;
    });
    const policy = policyOf(form, output);
    return judge({
      algorithm: alg.name,
      operation: 'verify',
      label: 'valid',
      expected: content,
      found,
      ...(policy === undefined ? {} : { policy }),
    });
  };
  return { id, algorithm: alg.name, label: 'valid', run };
}

/** @param {unknown} output */
function hasPayload(output) {
  return typeof output === 'object' && output !== null && 'payload' in output;
}

/**
 * Why an example is refused although it verifies.
 * @param {typeof FORMS[number]} form
 * @param {unknown} output
 */
function policyOf(form, output) {
  const fields = /** @type {Fields} */ (Object(output));
  const signatures = /** @type {readonly Fields[]} */ (fields['signatures'] ?? [fields]);
  const encoded =
    form === 'compact'
      ? [String(output).split('.')[0]]
      : signatures.map((one) => ('protected' in one ? text(one, 'protected') : EMPTY));
  const headers = encoded.map(
    (one) => /** @type {Fields} */ (JSON.parse(Buffer.from(one ?? '', 'base64url').toString())),
  );
  const isUnencoded = headers.some((header) => header['b64'] === false);
  if (isUnencoded && headers.some((header) => header['crit'] === undefined)) {
    return 'a payload that is not encoded, and b64 not critical';
  }
  const isAttached = form === 'compact' && !DETACHED.test(String(output));
  return isUnencoded && isAttached
    ? 'a payload that is not encoded, in the compact form'
    : undefined;
}

/**
 * Whether the example can be made again to the octet. `alg` is never written unprotected here.
 * @param {Algorithm} alg
 * @param {Fields} example
 */
function isReproduced(alg, example) {
  const { protected: own } = object(example, 'signing');
  if (!DETERMINISTIC.test(alg.name) || (!can(alg.name, 'sign') && alg.kind !== 'mac')) return false;
  const encoded = object(example, 'signing')['protected_b64u'];
  const written = Buffer.from(JSON.stringify(own ?? {})).toString('base64url');
  return own !== undefined && (encoded === undefined || encoded === written);
}

/**
 * @param {string} id
 * @param {typeof FORMS[number]} form
 * @param {Fields} jwk
 * @param {Algorithm} alg
 * @param {Fields} example
 * @returns {Case}
 */
function signCase(id, form, jwk, alg, example) {
  const { protected: own, unprotected } = object(example, 'signing');
  const { b64 = true, crit: _, ...header } = /** @type {Fields} */ (own);
  const output = object(example, 'output')[form];
  const detached = form === 'compact' ? DETACHED.test(String(output)) : !hasPayload(output);
  const payload = encodeUtf8(text(object(example, 'input'), 'payload'));
  const run = () => {
    const found = find(() => {
      const key = signingKey(jwk, alg);
      const beside =
        unprotected === undefined ? {} : { unprotected: /** @type {Fields} */ (unprotected) };
      const making = { detached, b64: b64 === true };
      if (form === 'compact') return encodeUtf8(signJws(payload, key, { header, ...making }));
      return encodeUtf8(
        form === 'json'
          ? signGeneralJws(payload, [{ key, header, ...beside }], making)
          : signFlattenedJws(payload, key, { header, ...beside, ...making }),
      );
    });
    const expected = encodeUtf8(form === 'compact' ? String(output) : writeJsonText(output));
    const operation = alg.kind === 'mac' ? 'tag' : 'sign';
    return judge({ algorithm: alg.name, operation, label: 'valid', expected, found });
  };
  return { id, algorithm: alg.name, label: 'valid', run };
}
