// What every compiler refuses, in the declarations that ship. Never run: each call throws, which
// test/key/types.engine.test.ts sees to. Were the types lost on the way, each line would be an error.
import {
  aes256Gcm,
  ecdsaP256Sha256,
  ed25519,
  hmacSha256,
  importKey,
  importSecret,
  type Key,
  mac,
  open,
  seal,
  sign,
  verify,
} from 'countersign';
import type { Ed25519Algorithm } from 'countersign/alg/ed25519';
import type { MacAlgorithm } from 'countersign/alg/hmac';
import * as ec from 'countersign/key/ec';
import * as ed from 'countersign/key/ed25519';
import { type DpopRequest, NO_ACCESS_TOKEN, verifyDpop } from 'countersign/jose/dpop';
import { type Verified, verifyJws, signJws } from 'countersign/jose/jws';
import { type JwtOptions, verifyJwt } from 'countersign/jose/jwt';
import { hmacSha1 } from 'countersign/legacy';

const octets = new Uint8Array(32);
const pair = ec.generateKeyPair({ alg: ecdsaP256Sha256 });
const edPair = ed.generateKeyPair({ alg: ed25519 });
const tagging = importSecret(octets, { alg: hmacSha256, use: 'mac', encoding: 'raw' });
const sealing = importSecret(octets, { alg: aes256Gcm, use: 'seal', encoding: 'raw' });

// @ts-expect-error a public key does not sign
sign(pair.publicKey, octets, { encoding: 'der', s: 'any' });
// @ts-expect-error a private key does not verify
verify(edPair.privateKey, octets, octets);
// @ts-expect-error a key that makes tags does not verify
verify(tagging, octets, octets);
// @ts-expect-error a key that seals does not open
open(sealing, octets, octets);
// @ts-expect-error an HMAC key is no key that seals
seal(tagging, octets, octets);
// @ts-expect-error text is no message
mac(tagging, 'text');
// @ts-expect-error octets are no key
mac(octets, octets);
// @ts-expect-error ECDSA wants its form
sign(pair.privateKey, octets);
// @ts-expect-error Ed25519 has no form
sign(edPair.privateKey, octets, { encoding: 'der', s: 'any' });
// @ts-expect-error additional data is not left out
seal(sealing, octets);

// @ts-expect-error the door for Ed25519 takes no ECDSA
ed.importPublicKey(octets, { alg: ecdsaP256Sha256, use: 'verify' });
// @ts-expect-error the door for curves takes no Ed25519
ec.importPublicKey(octets, { alg: ed25519, use: 'verify' });
// @ts-expect-error a public key is not for signing
ec.importPublicKey(octets, { alg: ecdsaP256Sha256, use: 'sign' });
// @ts-expect-error HMAC does not sign with half of a key pair
importKey(octets, { alg: hmacSha256, use: 'sign' });
// @ts-expect-error the encoding of a secret is given
importSecret('x', { alg: hmacSha256, use: 'mac' });
// @ts-expect-error an algorithm is a value, not its name
importKey('x', { alg: 'ES256', use: 'verify' });

// @ts-expect-error the family is part of a handle's type
export const family: Key<Ed25519Algorithm, 'verify'> = pair.publicKey;
// @ts-expect-error the use is part of a handle's type
export const use: Key<MacAlgorithm, 'verify'> = tagging;
// @ts-expect-error a handle is not made by hand
export const forged: Key<MacAlgorithm, 'mac'> = {
  alg: hmacSha256,
  use: 'mac',
  id: 'x',
  relaxed: [],
};
// @ts-expect-error a key of one algorithm value is none of another's family
hmacSha256.tag(aes256Gcm.key(octets), octets);
// @ts-expect-error a weak verdict is no boolean
export const genuine: boolean = hmacSha1.verify(hmacSha1.key(octets), octets, octets);
// @ts-expect-error a weak tag is not octets
export const tag: Uint8Array = hmacSha1.tag(hmacSha1.key(octets), octets);
// @ts-expect-error nothing is changed in a handle
tagging.use = 'verify';

declare const rules: JwtOptions;
declare const dpopRequest: DpopRequest;
// @ts-expect-error a public key signs nothing
signJws(octets, pair.publicKey);
// @ts-expect-error what makes tags verifies none
verifyJws('token', tagging);
// @ts-expect-error whose tokens, for whom, of which type and when is said each time
verifyJwt('token', pair.publicKey, { now: 0, clockTolerance: 0, issuer: 'a', audience: 'b' });
// @ts-expect-error a check is left out by a symbol
verifyJwt('token', pair.publicKey, { ...rules, audience: true });
// @ts-expect-error a proof is of the key that a token is bound to
verifyDpop('proof', { ...dpopRequest, accessToken: NO_ACCESS_TOKEN });
// @ts-expect-error what nobody verified has not the brand
export const unverified: Verified<{ sub: string }> = { sub: 'x' };
