/**
 * One JSON Web Key made a handle, of whatever family its algorithm has.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { Key } from '../key/handle.js';
import type { KeyAlgorithm, KeyUse } from '../key/index.js';
import { type Jwk, member, own } from '../key/jwk.js';
import { checkJwk } from '../key/jwk-purpose.js';
import { named } from '../key/options.js';
import { importHalf, type PairAlgorithm } from '../key/pair.js';
import {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  PAD_SHORT_COORDINATE,
  readRelaxations,
  type Relaxation,
} from '../key/policy.js';
import { importSecret, type SecretAlgorithm } from '../key/secret.js';

/** What a JWK is imported for. */
export interface ImportJwkOptions<A, U> {
  readonly alg: A;
  readonly use: U;
  /** A name in place of the key's `kid`, and of the thumbprint where it has none. */
  readonly id?: string | undefined;
  readonly relax?: readonly Relaxation[] | undefined;
}

/** What a public key does. */
export const PUBLIC_USES: readonly string[] = ['verify', 'encrypt', 'peer'];

/** RFC 7518 and RFC 8037: what only the holder of a private key, or of a secret, knows. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const RELAXATIONS: readonly Relaxation[] = [ALLOW_RSA_1024, ALLOW_RSA_E3, PAD_SHORT_COORDINATE];
const LONGEST_ID = 256;

/** Whether a JWK has more than a public key does. */
export function hasPrivateMember(jwk: Jwk): boolean {
  return PRIVATE.some((name) => Object.hasOwn(jwk, name));
}

/** Whether an algorithm takes secrets. */
export function isSecret(alg: KeyAlgorithm): alg is SecretAlgorithm {
  return !('family' in alg);
}

/**
 * Imports a JWK: a public key, a private one, or a secret (`kty` of `oct`), as the algorithm and the
 * use want it. What the key says of itself must not be otherwise.
 */
export function importJwk<A extends KeyAlgorithm, U extends KeyUse<A>>(
  jwk: Jwk,
  options: ImportJwkOptions<A, U>,
): Key<A, U> {
  const { alg, use, id, relax } = named(options, 'options', ['alg', 'use', 'id', 'relax']);
  fields(jwk, 'jwk', 'a JSON Web Key');
  fields<KeyAlgorithm>(alg, 'options.alg', 'an algorithm');
  const allowed = readRelaxations(relax, RELAXATIONS);
  const name = id ?? kidOf(jwk);
  if (isSecret(alg)) return secretOf(jwk, alg, use, name);
  const { family }: PairAlgorithm = alg;
  choice(family, 'options.alg.family', ['rsa', 'ec', 'ed25519', 'x25519']);
  const half = PUBLIC_USES.includes(use) ? 'public' : 'private';
  const fitting = use === 'verify' ? allowed.filter((one) => relaxes(one, family)) : [];
  return importHalf<PairAlgorithm, never>(jwk, half, family, {
    alg,
    use,
    id: name,
    relax: fitting,
  } as never) as never;
}

/** `kid`, where it can name a key here. */
function kidOf(jwk: Jwk): string | undefined {
  const kid = own(jwk, 'kid');
  if (kid === undefined) return undefined;
  if (typeof kid === 'string' && 0 < kid.length && kid.length <= LONGEST_ID) return kid;
  throw new CountersignError(
    'ERR_KEY_FORM',
    `expected a JWK whose kid has 1 to ${LONGEST_ID} characters`,
  );
}

function secretOf<A extends SecretAlgorithm, U extends string>(
  jwk: Jwk,
  alg: A,
  use: U,
  id: string | undefined,
): Key<never, never> {
  if (own(jwk, 'kty') !== 'oct') {
    throw new CountersignError('ERR_KEY_FAMILY', `${alg.name}: expected a JWK whose kty is oct`);
  }
  const secret = member(jwk, 'k');
  checkJwk(jwk, alg.name, use);
  // RFC 7518, section 3.2: a key as long as the hash's output, or longer.
  if (alg.kind === 'mac' && 0 < secret.length && secret.length < alg.size) {
    throw new CountersignError(
      'ERR_KEY_SIZE',
      `${alg.name}: expected a JWK whose k has ${alg.size} octets or more, found ${secret.length}`,
    );
  }
  return importSecret(secret, { alg, use, encoding: 'raw', id } as never);
}

function relaxes(one: Relaxation, family: PairAlgorithm['family']): boolean {
  if (family === 'rsa') return one === ALLOW_RSA_1024 || one === ALLOW_RSA_E3;
  return family === 'ec' && one === PAD_SHORT_COORDINATE;
}
