/**
 * What is refused unless somebody says by name that it shall be taken. Each relaxation is a symbol
 * that stands in the calling code and stays visible in the key's `relaxed`, where whatever makes a
 * result of the key finds it.
 *
 * @module
 */
import { decodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import { ALLOW_RSA_1024, ALLOW_RSA_E3 } from '../primitive/rsa-policy.js';

export { ALLOW_RSA_1024, ALLOW_RSA_E3 };

/**
 * Takes HMAC secrets under 16 octets, of one octet repeated, or that read 'undefined', 'null' or
 * white space. Some providers' secrets are chosen by people. The empty secret is never taken.
 */
export const ALLOW_WEAK_SECRET: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.ALLOW_WEAK_SECRET',
);

/**
 * Takes a JWK whose x or y is shorter than its curve, as writers leave it that drop leading zeros;
 * RFC 7518, section 6.2.1.2, has the full size.
 */
export const PAD_SHORT_COORDINATE: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.PAD_SHORT_COORDINATE',
);

/** One of the relaxations. */
export type Relaxation =
  | typeof ALLOW_WEAK_SECRET
  | typeof PAD_SHORT_COORDINATE
  | typeof ALLOW_RSA_1024
  | typeof ALLOW_RSA_E3;

/** Octets below which a secret can be searched for. */
const LEAST_SECRET = 16;
/**
 * Octets below which a secret was filled up with zeros, as HMAC does itself and others do to reach the
 * size of an AES key. Of 16 octets drawn at random, 5 at the end are zero once in 2^40 draws; a bound
 * of 16 here would refuse one good secret in 256.
 */
const LEAST_FILLED = 12;
/** What a template or an environment leaves where a secret should be. */
const FORGOTTEN = /^\s*(?:(?:undefined|null)\s*)*$/;
/** How the text of a public key begins. As a secret it is everybody's: tokens were forged with it. */
const PUBLISHED = /^\s*(?:-----BEGIN |ssh-\w+ |ecdsa-sha2-|\{\s*"(?:kty|keys)")/;

/** The relaxations that a caller gave: of those that a door knows, and nothing else. */
export function readRelaxations<R extends Relaxation>(
  value: readonly R[] | undefined,
  known: readonly R[],
): readonly R[] {
  const given: unknown = value ?? [];
  if (Array.isArray(given) && given.every((one) => known.includes(one as R))) return given as R[];
  const names = known.map(({ description }) => description?.replace(/^.*\./, '')).join(', ');
  throw new TypeError(`options.relax: expected an array of ${names === '' ? 'nothing' : names}`);
}

/** Refuses a secret that anyone can guess, and says which relaxations let one through. */
export function checkSecret(
  name: string,
  secret: Uint8Array,
  relaxations: readonly Relaxation[],
): readonly Relaxation[] {
  if (secret.length === 0) {
    throw new CountersignError('ERR_KEY_EMPTY', `${name}: expected a secret, found no octets`);
  }
  const fault = weakness(secret);
  if (fault === undefined) return [];
  if (relaxations.includes(ALLOW_WEAK_SECRET)) return [ALLOW_WEAK_SECRET];
  throw new CountersignError(
    'ERR_KEY_WEAK',
    `${name}: expected a secret of ${LEAST_SECRET} octets or more that nobody can guess, found ${fault}`,
  );
}

function weakness(secret: Uint8Array): string | undefined {
  const text = textOf(secret);
  if (FORGOTTEN.test(text)) return 'a placeholder or white space';
  if (PUBLISHED.test(text)) return 'the text of a key pair';
  if (secret.every((octet) => octet === secret[0])) return 'one octet repeated';
  if (secret.length < LEAST_SECRET) return `${secret.length} octets`;
  const size = secret.findLastIndex((octet) => octet !== 0) + 1;
  return size < LEAST_FILLED ? `${size} octets filled up with zeros` : undefined;
}

/** What is no text is none that is looked for. */
function textOf(secret: Uint8Array): string {
  try {
    return decodeUtf8(secret);
  } catch {
    return '-';
  }
}
