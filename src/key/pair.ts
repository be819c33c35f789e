/**
 * Half of a key pair made a handle, the same for every family: the algorithm value brings the
 * functions that differ.
 *
 * @module
 */
import { same } from '../bytes/equal.js';
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { AgreementAlgorithm } from '../primitive/agreement.js';
import type { EcdsaAlgorithm } from '../primitive/ecdsa.js';
import type { Ed25519Algorithm } from '../primitive/ed25519.js';
import type { WeakRsaAlgorithm } from '../primitive/legacy/rsa.js';
import type { OaepAlgorithm } from '../primitive/rsa-oaep.js';
import { rsaRelaxations } from '../primitive/rsa-policy.js';
import type { RsaAlgorithm } from '../primitive/rsa.js';
import type { KeyContent } from './container.js';
import { type KeyInput, readKey, type Wanted } from './content.js';
import { contentsOf, type Key, type KeyPurpose, makeKey } from './handle.js';
import { type PairMaterial, publicHalf } from './material.js';
import {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  PAD_SHORT_COORDINATE,
  readRelaxations,
  type Relaxation,
} from './policy.js';
import { named } from './options.js';
import { prepare } from './prepare.js';
import { isWithin, type PssRestriction } from './pss.js';
import { thumbprint } from './thumbprint.js';

/** The algorithms of key pairs. */
export type PairAlgorithm =
  | EcdsaAlgorithm
  | Ed25519Algorithm
  | RsaAlgorithm
  | WeakRsaAlgorithm
  | OaepAlgorithm
  | AgreementAlgorithm;

/** What a public key of an algorithm is for. */
export type PublicUse<A> = A extends { readonly kind: 'signature' | 'weak-signature' }
  ? 'verify'
  : A extends { readonly kind: 'encryption' }
    ? 'encrypt'
    : A extends { readonly kind: 'agreement' }
      ? 'peer'
      : never;

/** What a private key of an algorithm is for. */
export type PrivateUse<A> = A extends { readonly kind: 'signature' }
  ? 'sign'
  : A extends { readonly kind: 'encryption' }
    ? 'decrypt'
    : A extends { readonly kind: 'agreement' }
      ? 'agree'
      : never;

/** What a key is imported for. */
export interface KeyOptions<A, U> {
  readonly alg: A;
  readonly use: U;
  /** A name in place of the thumbprint of the public key. */
  readonly id?: string | undefined;
}

/** What a key that verifies is imported for. */
export interface PublicKeyOptions<A, U, R extends Relaxation> extends KeyOptions<A, U> {
  readonly relax?: readonly R[] | undefined;
}

/** A key pair drawn here, as two handles. */
export interface KeyPair<A extends PairAlgorithm> {
  readonly publicKey: Key<A, PublicUse<A>>;
  readonly privateKey: Key<A, PrivateUse<A>>;
}

type Half = 'public' | 'private';

const OPTIONS = ['alg', 'use', 'id', 'relax'];
const USES: Readonly<Record<string, Readonly<Record<Half, KeyPurpose | undefined>>>> = {
  signature: { public: 'verify', private: 'sign' },
  'weak-signature': { public: 'verify', private: undefined },
  encryption: { public: 'encrypt', private: 'decrypt' },
  agreement: { public: 'peer', private: 'agree' },
};

/** Reads a key of one kind and one family and makes it a handle. */
export function importHalf<A extends PairAlgorithm, U extends KeyPurpose>(
  input: KeyInput,
  kind: Half,
  family: PairAlgorithm['family'],
  options: PublicKeyOptions<A, U, Relaxation>,
): Key<A, U> {
  const { alg, use, id, relax: given } = named(options, 'options', OPTIONS);
  choice(fields(alg, 'options.alg', 'an algorithm').family, 'options.alg.family', [family]);
  const expected = USES[choice(alg.kind, 'options.alg.kind', Object.keys(USES) as never[])]?.[kind];
  if (expected === undefined) throw new TypeError(`options.alg: ${alg.name} only verifies`);
  choice<string>(use, 'options.use', [expected]);
  const relax = readRelaxations(given, relaxationsOf(kind, alg));
  const mayPad = relax.includes(PAD_SHORT_COORDINATE);
  const content = readKey(input, {
    kind,
    family,
    algorithm: alg.name,
    use,
    curve: curveOf(alg),
    mayPad,
  });
  return handleOf(alg, use, content, id, relax);
}

function curveOf(alg: PairAlgorithm): Wanted['curve'] {
  if (alg.family !== 'ec' || alg.curve === 'X25519') return undefined;
  return { name: alg.curve, size: alg.size };
}

/** Makes a handle of what a container held: its curve and its restriction must suit `alg`. */
export function handleOf<A extends PairAlgorithm, U extends KeyPurpose>(
  alg: A,
  use: U,
  content: KeyContent,
  id: string | undefined,
  relax: readonly Relaxation[],
): Key<A, U> {
  if (content.family === 'ec' && 'curve' in alg && content.curve !== alg.curve) {
    throw new CountersignError('ERR_KEY_CURVE', `${alg.name}: found a key on ${content.curve}`);
  }
  if (content.family === 'rsa') checkRestriction(alg, content.pss);
  const allowed = relax.filter((one) => one === ALLOW_RSA_1024 || one === ALLOW_RSA_E3);
  const relaxed: readonly Relaxation[] =
    content.family === 'rsa' && content.kind === 'public'
      ? rsaRelaxations(content.parts, allowed)
      : content.family === 'ec' && content.isPadded === true
        ? [PAD_SHORT_COORDINATE]
        : [];
  const prepared = prepare(alg, content, allowed);
  const material = complete(alg, content, prepared);
  return makeKey({ alg, use, id: id ?? thumbprint(material), relaxed, prepared, material });
}

/** Makes a handle of what another one held, for the use that its half and `alg` have. */
export function importMaterial<A extends PairAlgorithm, U extends KeyPurpose>(
  alg: A,
  use: U,
  material: PairMaterial,
  id: string | undefined,
  relax: readonly Relaxation[],
): Key<A, U> {
  const { kind } = material;
  choice(alg.family, 'options.alg.family', [material.family]);
  if (material.family === 'rsa')
    fields(material.parts, 'exported.material', 'the parts of an RSA key');
  const half = choice(kind, 'exported.material.kind', ['public', 'private']);
  const expected = USES[choice(alg.kind, 'options.alg.kind', Object.keys(USES) as never[])]?.[half];
  choice<string>(use, 'options.use', expected === undefined ? [] : [expected]);
  return handleOf(alg, use, material, id, relax);
}

/** The handle of a private key that was drawn here. */
export function privateOf<A extends PairAlgorithm>(
  alg: A,
  content: KeyContent & { readonly kind: 'private' },
  id: string | undefined,
): Key<A, PrivateUse<A>> {
  return handleOf(alg, USES[alg.kind]?.private as PrivateUse<A>, content, id, []);
}

/** Both handles of such a key, of what it is made of. */
export function pairOf<A extends PairAlgorithm>(
  alg: A,
  content: KeyContent & { readonly kind: 'private' },
  id: string | undefined,
): KeyPair<A> {
  return pairWith(privateOf(alg, content, id), id);
}

/** The handle of a drawn private key, and that of its public half. */
export function pairWith<A extends PairAlgorithm>(
  privateKey: Key<A, PrivateUse<A>>,
  id: string | undefined,
): KeyPair<A> {
  const { alg, material } = contentsOf(privateKey);
  const use = USES[alg.kind]?.public as PublicUse<A>;
  return { publicKey: handleOf(alg, use, publicHalf(material), id, []), privateKey };
}

/** What may be relaxed: nothing about a key that signs, decrypts or encrypts. */
function relaxationsOf(kind: Half, alg: PairAlgorithm): readonly Relaxation[] {
  if (kind !== 'public' || (alg.kind !== 'signature' && alg.kind !== 'weak-signature')) return [];
  if (alg.family === 'rsa') return [ALLOW_RSA_1024, ALLOW_RSA_E3];
  return alg.family === 'ec' ? [PAD_SHORT_COORDINATE] : [];
}

/**
 * A key under the identifier of RSASSA-PSS signs with that alone, RFC 4055, section 1.2, and one
 * with parameters with those hash functions and at least that salt, section 3.3.
 */
function checkRestriction(alg: PairAlgorithm, pss: PssRestriction | undefined): void {
  if (pss === undefined) return;
  const isPss = 'scheme' in alg && alg.scheme === 'pss';
  if (isPss && isWithin(pss, alg.hash)) return;
  throw new CountersignError(
    'ERR_KEY_USE',
    `${alg.name}: found a key that is restricted to ${isPss ? 'another form of ' : ''}RSASSA-PSS`,
  );
}

/** Copies what a handle keeps. A public half that came with a private one must be its own. */
function complete(alg: PairAlgorithm, content: KeyContent, prepared: object): PairMaterial {
  if (content.family === 'rsa') {
    const { n, e } = content.parts;
    const common = { n: new Uint8Array(n), e: new Uint8Array(e) };
    if (content.kind === 'public') return { kind: 'public', family: 'rsa', parts: common };
    const [d, p, q] = copies(content.parts.d, content.parts.p, content.parts.q);
    const [dp, dq, qi] = copies(content.parts.dp, content.parts.dq, content.parts.qi);
    return { kind: 'private', family: 'rsa', parts: { ...common, d, p, q, dp, dq, qi } };
  }
  if (content.kind === 'public') {
    return content.family === 'ec'
      ? { ...content, point: new Uint8Array(content.point) }
      : { ...content, octets: new Uint8Array(content.octets) };
  }
  const own = (alg as EcdsaAlgorithm).publicOf(prepared as never);
  const given = content.family === 'ec' ? content.point : content.publicOctets;
  if (given !== undefined && !same(given, own)) {
    throw new CountersignError(
      'ERR_KEY',
      `${alg.name}: expected the public key of the private one`,
    );
  }
  return content.family === 'ec'
    ? { ...content, scalar: new Uint8Array(content.scalar), point: own }
    : { ...content, octets: new Uint8Array(content.octets), publicOctets: own };
}

function copies<T extends readonly Uint8Array[]>(...values: T): { [K in keyof T]: Uint8Array } {
  return values.map((value) => new Uint8Array(value)) as { [K in keyof T]: Uint8Array };
}
