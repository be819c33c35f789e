/**
 * What each engine must offer, capability by capability. Types only.
 *
 * An engine computes; it decides nothing. Whether a key, a length or an encoding is acceptable is
 * decided above it, in primitive/, by one rule for every engine. So an engine may take for granted:
 * arguments are octets, keys and signatures have the stated lengths and ranges, RSA keys obey the
 * policy, and Ed25519's octets were checked. What it must do by itself is refuse what only
 * arithmetic can see: a point off the curve, a shared secret of zero, a wrong tag.
 *
 * A refusal is `undefined` or `false`, never a throw, so that no backend's error text travels.
 *
 * Key states are opaque to every caller. They are made once and hold whatever spares the backend
 * from parsing per call.
 *
 * @module
 */

/** Octets in memory of their own. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The engines, by the condition that forces each: `countersign-node` and so on. */
export type EngineName = 'node' | 'noble' | 'dual';

declare const opaque: unique symbol;
/** An engine's parsed key; only the engine that made it can look inside. */
export interface EngineKey<Kind extends string> {
  readonly [opaque]: Kind;
}

// digest ---------------------------------------------------------------------------------------

/** `#engine/digest`: one hash function. */
export interface DigestEngine {
  /** The name in FIPS 180-4 or FIPS 202. */
  readonly name: string;
  /** Octets of output. */
  readonly size: number;
  /** Octets of an input block, which HMAC pads its key to. */
  readonly blockSize: number;
  digest(data: Uint8Array): Bytes;
}

// mac ------------------------------------------------------------------------------------------

/** `#engine/mac`: HMAC over one hash function, FIPS 198-1. */
export interface MacEngine {
  key(secret: Uint8Array): EngineKey<'mac'>;
  tag(key: EngineKey<'mac'>, message: Uint8Array): Bytes;
}

/** A piece of a message: octets, or text of one octet per character, code units 0 to 255. */
export type Part = string | Uint8Array;

/**
 * `#engine/mac`, `tagParts`: the tag of the parts joined, by a key of any of the above. A function of
 * its own, so that a bundle that never signs in parts is without it.
 */
export type TagParts = (key: EngineKey<'mac'>, parts: readonly Part[]) => Bytes;

/**
 * `#engine/mac`, `tagPartsText`: the same as text in lower-case hexadecimal or in Base64, where the
 * platform writes it at once; `undefined` where it would be written from the octets.
 */
export type TagPartsText =
  | ((key: EngineKey<'mac'>, parts: readonly Part[], encoding: 'hex' | 'base64') => string)
  | undefined;

// ecdsa ----------------------------------------------------------------------------------------

/** `#engine/ecdsa`: one curve. Signatures are r ‖ s, each of `size` octets. */
export interface EcdsaEngine {
  /** Refuses (`undefined`) what is not an uncompressed point on the curve. */
  publicKey(point: Uint8Array): EngineKey<'ec-public'> | undefined;
  /** Takes a scalar from 1 to n - 1. */
  privateKey(scalar: Uint8Array): EngineKey<'ec-private'>;
  /** The uncompressed point of a private key. */
  pointOf(key: EngineKey<'ec-private'>): Bytes;
  sign(key: EngineKey<'ec-private'>, hash: DigestEngine, message: Uint8Array): Bytes;
  verify(
    key: EngineKey<'ec-public'>,
    hash: DigestEngine,
    message: Uint8Array,
    signature: Uint8Array,
  ): boolean;
  /**
   * RFC 6979, for known answers only: reached from testing/ and from nowhere else. On node it is
   * `undefined`, since node:crypto doesn't offer it.
   */
  readonly signDeterministic:
    ((key: EngineKey<'ec-private'>, hash: DigestEngine, message: Uint8Array) => Bytes) | undefined;
}

// eddsa ----------------------------------------------------------------------------------------

/** `#engine/eddsa`: Ed25519. */
export interface EddsaEngine {
  publicKey(encoded: Uint8Array): EngineKey<'ed-public'>;
  privateKey(seed: Uint8Array): EngineKey<'ed-private'>;
  publicOf(key: EngineKey<'ed-private'>): Bytes;
  sign(key: EngineKey<'ed-private'>, message: Uint8Array): Bytes;
  /** Cofactorless: encode(S·B - (h mod L)·A) equals the 32 octets of R. */
  verify(key: EngineKey<'ed-public'>, message: Uint8Array, signature: Uint8Array): boolean;
}

// rsa ------------------------------------------------------------------------------------------

/** The parts of an RSA public key, unsigned, without leading zero octets. */
export interface RsaPublicParts {
  readonly n: Uint8Array;
  readonly e: Uint8Array;
}

/** The parts of a two-prime RSA private key, RFC 8017 section 3.2, second representation too. */
export interface RsaPrivateParts extends RsaPublicParts {
  readonly d: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
  readonly dp: Uint8Array;
  readonly dq: Uint8Array;
  readonly qi: Uint8Array;
}

/** The two signature schemes of RFC 8017; the salt of PSS is as long as the digest. */
export type RsaScheme = 'pkcs1' | 'pss';

/** The hash functions and the label of RSAES-OAEP. */
export interface OaepParameters {
  readonly hash: DigestEngine;
  readonly mgfHash: DigestEngine;
  readonly label: Uint8Array;
}

/** `#engine/rsa`. There is no raw operation here: it would sign and decrypt anything. */
export interface RsaEngine {
  publicKey(parts: RsaPublicParts): EngineKey<'rsa-public'>;
  /** Throws `ERR_UNSUPPORTED_ENGINE` on noble; `undefined` when the parts don't make a key. */
  privateKey(parts: RsaPrivateParts): EngineKey<'rsa-private'> | undefined;
  /** A new key of `bits` with the exponent 65537. Throws `ERR_UNSUPPORTED_ENGINE` on noble. */
  generate(bits: number): RsaPrivateParts;
  sign(
    key: EngineKey<'rsa-private'>,
    scheme: RsaScheme,
    hash: DigestEngine,
    message: Uint8Array,
  ): Bytes;
  /** Takes a signature as long as the modulus and below it. */
  verify(
    key: EngineKey<'rsa-public'>,
    scheme: RsaScheme,
    hash: DigestEngine,
    message: Uint8Array,
    signature: Uint8Array,
  ): boolean;
  /** Takes a plaintext that fits. */
  oaepEncrypt(
    key: EngineKey<'rsa-public'>,
    parameters: OaepParameters,
    plaintext: Uint8Array,
  ): Bytes;
  /** Takes a ciphertext as long as the modulus and below it. */
  oaepDecrypt(
    key: EngineKey<'rsa-private'>,
    parameters: OaepParameters,
    ciphertext: Uint8Array,
  ): Bytes | undefined;
}

// agree ----------------------------------------------------------------------------------------

/** `#engine/agree`: Diffie-Hellman on one curve. */
export interface AgreeEngine {
  privateKey(secret: Uint8Array): EngineKey<'agree-private'>;
  publicOf(key: EngineKey<'agree-private'>): Bytes;
  /** The shared secret, or `undefined` for a peer off the curve or a result of zero. */
  agree(key: EngineKey<'agree-private'>, peer: Uint8Array): Bytes | undefined;
}

// cipher ---------------------------------------------------------------------------------------

/** `#engine/cipher`: AES in one authenticated mode. */
export interface AeadEngine {
  key(secret: Uint8Array): EngineKey<'aead'>;
  /** Writes the ciphertext and the tag of 16 octets into `out` at `at`. */
  seal(
    key: EngineKey<'aead'>,
    iv: Uint8Array,
    aad: Uint8Array,
    plaintext: Uint8Array,
    out: Bytes,
    at: number,
  ): void;
  /** The plaintext, all of it or none. */
  open(
    key: EngineKey<'aead'>,
    iv: Uint8Array,
    aad: Uint8Array,
    ciphertext: Uint8Array,
    tag: Uint8Array,
  ): Bytes | undefined;
}

/** `#engine/cipher`: AES-KW, RFC 3394. */
export interface KeyWrapEngine {
  key(secret: Uint8Array): EngineKey<'wrap'>;
  wrap(key: EngineKey<'wrap'>, plaintext: Uint8Array): Bytes;
  unwrap(key: EngineKey<'wrap'>, wrapped: Uint8Array): Bytes | undefined;
}

/** `#engine/cipher`: a block cipher in a mode without authentication, whole blocks, no padding. */
export interface BlockModeEngine {
  key(secret: Uint8Array): EngineKey<'block'>;
  encrypt(key: EngineKey<'block'>, iv: Uint8Array, data: Uint8Array): Bytes;
  decrypt(key: EngineKey<'block'>, iv: Uint8Array, data: Uint8Array): Bytes;
}

/** `#engine/cipher`: AES-CMAC, SP 800-38B. */
export interface CmacEngine {
  key(secret: Uint8Array): EngineKey<'cmac'>;
  tag(key: EngineKey<'cmac'>, message: Uint8Array): Bytes;
}

// legacy ---------------------------------------------------------------------------------------

/** The parts of a DSA public key, FIPS 186-4 section 4, unsigned, without leading zero octets. */
export interface DsaPublicParts {
  readonly p: Uint8Array;
  readonly q: Uint8Array;
  readonly g: Uint8Array;
  readonly y: Uint8Array;
}

/** `#engine/legacy`: DSA, to verify alone. Signatures are DER, already read strictly above. */
export interface DsaEngine {
  publicKey(parts: DsaPublicParts): EngineKey<'dsa-public'> | undefined;
  verify(
    key: EngineKey<'dsa-public'>,
    hash: DigestEngine,
    message: Uint8Array,
    signature: Uint8Array,
  ): boolean;
}

/** `#engine/legacy`: Triple DES in CBC mode, to decrypt alone, whole blocks, no padding. */
export interface TripleDesEngine {
  key(secret: Uint8Array): EngineKey<'3des'>;
  decrypt(key: EngineKey<'3des'>, iv: Uint8Array, data: Uint8Array): Bytes;
}

// random ---------------------------------------------------------------------------------------

/** `#engine/random`: fills octets from the platform's generator. */
export type RandomEngine = (out: Bytes) => void;

// remote ---------------------------------------------------------------------------------------

/**
 * `#engine/remote`: the private RSA operations off the calling thread: on node in libuv's pool, on
 * noble through WebCrypto, which has them where noble has not. Whether the parts of a key belong
 * together shows only in a signature: whoever wraps this verifies what comes out.
 */
export interface RemoteEngine {
  rsaPrivateKey(
    parts: RsaPrivateParts,
    scheme: RsaScheme,
    hash: DigestEngine,
  ): Promise<EngineKey<'remote-rsa'>>;
  rsaSign(key: EngineKey<'remote-rsa'>, message: Uint8Array): Promise<Bytes>;
  /** A key for RSAES-OAEP with one hash function for both of its uses. */
  oaepPrivateKey(parts: RsaPrivateParts, hash: DigestEngine): Promise<EngineKey<'remote-oaep'>>;
  /** Takes a ciphertext as long as the modulus and below it. */
  oaepDecrypt(
    key: EngineKey<'remote-oaep'>,
    label: Uint8Array,
    ciphertext: Uint8Array,
  ): Promise<Bytes | undefined>;
}
