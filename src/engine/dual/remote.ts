/**
 * RSA off the calling thread. PKCS#1 v1.5 is deterministic and is compared; PSS is not, so
 * node signs and noble's arithmetic must verify.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';
import type { DigestEngine, EngineKey, RemoteEngine, RsaEngine, RsaScheme } from '../contract.js';
import { rsa as nobleRsa } from '../noble/rsa.js';
import { remote as nobleRemote } from '../noble/remote.js';
import { remote as nodeRemote } from '../node/remote.js';
import { hide, look } from '../state.js';
import { halves, hashes, mustHold, pair, sameOctets } from './both.js';

interface State {
  readonly node: EngineKey<'remote-rsa'>;
  readonly noble: EngineKey<'remote-rsa'>;
  readonly verifier: EngineKey<'rsa-public'>;
  readonly scheme: RsaScheme;
  readonly hash: DigestEngine;
}

export const remote: RemoteEngine = agree(nodeRemote, nobleRemote, nobleRsa);

/** One engine of two, and a third that checks what can't be compared. */
export function agree(a: RemoteEngine, b: RemoteEngine, verifying: RsaEngine): RemoteEngine {
  return {
    async rsaPrivateKey(parts, scheme, hash) {
      const both = hashes(hash);
      const [one, other] = await Promise.allSettled([
        a.rsaPrivateKey(parts, scheme, both.node),
        b.rsaPrivateKey(parts, scheme, both.noble),
      ]);
      mustHold('an RSA private key', one.status === other.status);
      if (one.status === 'rejected' || other.status === 'rejected') throw noKey();
      const verifier = verifying.publicKey(parts);
      // Whether the parts belong together; if not, that is no disagreement between engines.
      const probe = new Uint8Array(0);
      const signature = await a.rsaSign(one.value, probe);
      if (!verifying.verify(verifier, scheme, both.noble, probe, signature)) throw noKey();
      const state: State = {
        node: one.value,
        noble: other.value,
        verifier,
        scheme,
        hash: both.noble,
      };
      return hide(state);
    },
    async rsaSign(key, message) {
      const { node, noble, verifier, scheme, hash } = look<State>(key);
      const copy = new Uint8Array(message); // the caller may go on to write into it
      const signature = await a.rsaSign(node, copy);
      if (scheme === 'pkcs1') {
        return sameOctets('an RSA signature', signature, await b.rsaSign(noble, copy));
      }
      mustHold('an RSA signature', verifying.verify(verifier, scheme, hash, copy, signature));
      return signature;
    },
    async oaepPrivateKey(parts, hash) {
      const both = hashes(hash);
      const keys = [
        await a.oaepPrivateKey(parts, both.node),
        await b.oaepPrivateKey(parts, both.noble),
      ] as const;
      return pair(...keys);
    },
    async oaepDecrypt(key, label, ciphertext) {
      const keys = halves(key);
      const [labelCopy, copy] = [new Uint8Array(label), new Uint8Array(ciphertext)];
      return sameOctets(
        'an RSA decryption',
        await a.oaepDecrypt(keys.node, labelCopy, copy),
        await b.oaepDecrypt(keys.noble, labelCopy, copy),
      );
    },
  };
}

function noKey(): CountersignError {
  return new CountersignError('ERR_KEY', 'expected the parts of an RSA private key');
}
