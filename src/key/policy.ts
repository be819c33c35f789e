/**
 * What is refused unless somebody says by name that it shall be taken. Each relaxation is a symbol
 * that stands in the calling code, stays visible in the key's `relaxed`, and is passed on to every
 * result that rests on the key.
 *
 * @module
 */
import { CountersignError } from '../errors.js';

/**
 * Takes HMAC secrets under 16 octets, of one octet repeated, or that read 'undefined', 'null' or
 * white space. Some providers' secrets are chosen by people. The empty secret is never taken.
 */
export const ALLOW_WEAK_SECRET: unique symbol = Symbol('countersign.ALLOW_WEAK_SECRET');

/** One of the relaxations. */
export type Relaxation = typeof ALLOW_WEAK_SECRET;

/** Octets below which a secret can be searched for. */
const LEAST_SECRET = 16;
/** What a template or an environment leaves where a secret should be. */
const FORGOTTEN = /^(undefined|null|\s+)$/;

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
  const text = secret.length < 64 ? String.fromCharCode(...secret) : '';
  if (FORGOTTEN.test(text)) return 'a placeholder or white space';
  if (secret.every((octet) => octet === secret[0])) return 'one octet repeated';
  return secret.length < LEAST_SECRET ? `${secret.length} octets` : undefined;
}
