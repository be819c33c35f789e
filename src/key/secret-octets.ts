/**
 * Secrets whose octets are known: what importing one checks, however it was written.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { AeadAlgorithm } from '../primitive/aes-gcm.js';
import type { KeyWrapAlgorithm } from '../primitive/aes-kw.js';
import type { CmacAlgorithm } from '../primitive/aes-modes.js';
import type { MacAlgorithm } from '../primitive/hmac.js';
import type { WeakMacAlgorithm } from '../primitive/legacy/hmac.js';
import { type Key, makeKey } from './handle.js';
import { ALLOW_WEAK_SECRET, checkSecret, readRelaxations, type Relaxation } from './policy.js';

/** The algorithms that take secrets. */
export type SecretAlgorithm =
  MacAlgorithm | CmacAlgorithm | WeakMacAlgorithm | AeadAlgorithm | KeyWrapAlgorithm;

/** What a secret of an algorithm may be for. */
export type SecretUse<A> = A extends { readonly kind: 'mac' | 'weak-mac' }
  ? 'mac' | 'verify'
  : A extends { readonly kind: 'aead' }
    ? 'seal' | 'open'
    : A extends { readonly kind: 'wrap' }
      ? 'wrap' | 'unwrap'
      : never;

const USES: Readonly<Record<string, readonly string[]>> = {
  mac: ['mac', 'verify'],
  'weak-mac': ['mac', 'verify'],
  aead: ['seal', 'open'],
  wrap: ['wrap', 'unwrap'],
};

/** The options that concern every secret. */
export interface OctetsOptions<A, U> {
  readonly alg: A;
  readonly use: U;
  readonly id?: string | undefined;
  readonly relax?: readonly (typeof ALLOW_WEAK_SECRET)[] | undefined;
}

/** Imports what `read` reads, once the options were checked. */
export function importOctets<A extends SecretAlgorithm, U extends SecretUse<A>>(
  options: OctetsOptions<A, U>,
  read: () => { readonly secret: Uint8Array; readonly isTrimmed: boolean },
): Key<A, U> {
  const { alg, use, id } = checkUse(options);
  const allowed = readRelaxations(options.relax, isMac(alg) ? [ALLOW_WEAK_SECRET] : []);
  const { secret, isTrimmed } = read();
  // AES keys have one size each, and are drawn, not chosen.
  const relaxed: readonly Relaxation[] = checkSecret(alg.name, secret, allowed);
  // Every file ends with a line end, and every template leaves a space; no tag says so.
  if (!isTrimmed && relaxed.length === 0) {
    throw new CountersignError(
      'ERR_KEY_FORM',
      `${alg.name}: expected a secret without white space around it; the encoding 'raw' takes any octets`,
    );
  }
  return handleOf(alg, use, id, secret, relaxed);
}

/** Makes the handle. */
export function handleOf<A extends SecretAlgorithm, U extends SecretUse<A>>(
  alg: A,
  use: U,
  id: string | undefined,
  secret: Uint8Array,
  relaxed: readonly Relaxation[],
): Key<A, U> {
  const prepared = alg.key(secret);
  const material = { kind: 'secret', octets: new Uint8Array(secret) } as const;
  return makeKey({ alg, use, id, relaxed, prepared, material });
}

/** Checks what the secret is for. */
export function checkUse<A extends SecretAlgorithm, U>(
  options: Pick<OctetsOptions<A, U>, 'alg' | 'use' | 'id'>,
): Pick<OctetsOptions<A, U>, 'alg' | 'use' | 'id'> {
  const { alg, use } = fields(options, 'options', '{ alg, use }');
  const { kind } = fields(alg, 'options.alg', 'an algorithm');
  choice<string>(
    use,
    'options.use',
    USES[choice<string>(kind, 'options.alg.kind', Object.keys(USES))] ?? [],
  );
  return options;
}

function isMac(alg: SecretAlgorithm): boolean {
  return alg.kind === 'mac' || alg.kind === 'weak-mac';
}
