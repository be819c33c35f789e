/**
 * RSA, both engines. Private operations are node's alone; what it signs both must verify.
 *
 * @module
 */
import type { EngineKey, OaepParameters, RsaEngine, RsaPublicParts } from '../contract.js';
import * as noble from '../noble/rsa.js';
import { sha256 } from '../node/digest.js';
import * as node from '../node/rsa.js';
import { hide, look } from '../state.js';
import { halves, hashes, mustHold, pair, sameVerdict } from './both.js';

interface PrivateState {
  readonly node: EngineKey<'rsa-private'>;
  /** The public half, on both engines. */
  readonly verifier: EngineKey<'rsa-public'>;
}

export const rsa: RsaEngine = agree(node.rsa, noble.rsa);

/** One engine of two. */
export function agree(a: RsaEngine, b: RsaEngine): RsaEngine {
  const dual: RsaEngine = {
    publicKey: (parts) => pair(a.publicKey(parts), b.publicKey(parts)),
    privateKey(parts) {
      const key = a.privateKey(parts);
      if (key === undefined || !signsFor(a, key, parts)) return undefined;
      return hide({ node: key, verifier: dual.publicKey(parts) } satisfies PrivateState);
    },
    // node's alone; primitive/ sees that the new key signs, on both.
    generate: (bits) => a.generate(bits),
    sign(key, scheme, hash, message) {
      const { node: privateKey, verifier } = look<PrivateState>(key);
      const signature = a.sign(privateKey, scheme, hashes(hash).node, message);
      mustHold('an RSA signature', dual.verify(verifier, scheme, hash, message, signature));
      return signature;
    },
    verify(key, scheme, hash, message, signature) {
      const [keys, both] = [halves(key), hashes(hash)];
      return sameVerdict(
        'an RSA signature',
        a.verify(keys.node, scheme, both.node, message, signature),
        b.verify(keys.noble, scheme, both.noble, message, signature),
      );
    },
    // Random on either engine, and readable with the private key alone, so nothing can be compared.
    oaepEncrypt: (key, parameters, plaintext) =>
      a.oaepEncrypt(halves(key).node, nodeParameters(parameters), plaintext),
    oaepDecrypt: (key, parameters, ciphertext) =>
      a.oaepDecrypt(look<PrivateState>(key).node, nodeParameters(parameters), ciphertext),
  };
  return dual;
}

/** Whether the parts belong together; if not, that is no disagreement between engines. */
function signsFor(
  engine: RsaEngine,
  key: EngineKey<'rsa-private'>,
  parts: RsaPublicParts,
): boolean {
  const message = new Uint8Array(0);
  try {
    const signature = engine.sign(key, 'pkcs1', sha256, message);
    return engine.verify(engine.publicKey(parts), 'pkcs1', sha256, message, signature);
  } catch {
    return false; // OpenSSL took the parts and can't compute with them; its own text stays here
  }
}

function nodeParameters({ hash, mgfHash, label }: OaepParameters): OaepParameters {
  return { hash: hashes(hash).node, mgfHash: hashes(mgfHash).node, label };
}
