/**
 * A plain hash of a text with the secret in it, as providers of an older time sign: `…&key=SECRET`
 * under MD5. It is no MAC. Results are marked weak, and a text that goes on behind the secret is
 * refused where its hash can be continued; see secret-place.ts.
 *
 * @module
 */
import { same } from '../bytes/equal.js';
import { octets } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { contentsOf } from '../key/handle.js';
import type { DigestAlgorithm } from '../primitive/digest.js';
import type { WeakDigestAlgorithm } from '../primitive/legacy/digest.js';
import type { WeakMacAlgorithm } from '../primitive/legacy/hmac.js';
import { weak, weakVerdict } from '../primitive/legacy/weak.js';
import { PreparedKey, stateOf } from '../primitive/prepared.js';
import type { Call, Chunk } from './message.js';
import type { Part } from './part.js';

/** A hash whose text holds the secret. */
export interface HashWithSecret extends WeakMacAlgorithm {
  /** The name of the hash. */
  readonly secretHash: string;
  /** What stands in the text for the secret of a key. */
  shown(key: PreparedKey<'secret', 'weak-mac'>): Uint8Array;
}

interface State {
  readonly shown: Uint8Array;
}

/**
 * Makes such an algorithm of a hash, once for a scheme. `as` is how the secret stands in the text,
 * where that is not as it is: UnionPay has a digest of it there.
 */
export function hashWithSecret(
  digest: DigestAlgorithm | WeakDigestAlgorithm,
  as: (secret: Uint8Array) => Uint8Array = (secret) => secret,
): HashWithSecret {
  const name = `${digest.name} of a text with its secret`;
  const digestOf = (message: Uint8Array) => {
    const made = digest.digest(message);
    return 'octets' in made ? made.octets : made;
  };
  const algorithm: HashWithSecret = {
    kind: 'weak-mac',
    strength: 'weak',
    name,
    secretHash: digest.name,
    size: digest.size,
    key(secret) {
      secret = new Uint8Array(octets(secret, 'secret'));
      if (secret.length === 0) {
        throw new CountersignError('ERR_KEY_EMPTY', `${name}: expected a secret, found no octets`);
      }
      return new PreparedKey(algorithm, 'secret', { shown: as(secret) } satisfies State);
    },
    shown: (key) => stateOf<State>(key, algorithm, 'secret').shown,
    tag(key, message) {
      // Without it everybody makes the same tag.
      if (!includes(octets(message, 'message'), algorithm.shown(key))) {
        throw new TypeError(`message: expected the secret in it, for ${name}`);
      }
      return weak(digestOf(message));
    },
    verify(key, message, tag) {
      tag = octets(tag, 'tag');
      return weakVerdict(same(algorithm.tag(key, message).octets, tag));
    },
  };
  return Object.freeze(algorithm);
}

/**
 * The secret, in a text that is hashed. A digest that tells whether a message is sent again leaves it
 * out.
 */
export const secretPart: Part<never, never> = /* @__PURE__ */ Object.freeze<Part<never, never>>({
  kind: 'part',
  isSecret: true,
  // Nothing.
  covers: {} as never,
  uses: [],
  text: '{the secret}',
  emit: () => (call: Call, out: Chunk[]) => {
    if (call.key === undefined) return;
    const { alg, prepared, material } = contentsOf(call.key);
    if ('shown' in alg) out.push((alg as HashWithSecret).shown(prepared as never));
    else if (material.kind === 'secret') out.push(material.octets);
  },
  // It is the same in every message of a key, and so it says nothing of where a text ends.
  pieces: () => [{ kind: 'literal', text: '' }] as const,
});

function includes(message: Uint8Array, secret: Uint8Array): boolean {
  const [first = 0] = secret;
  for (let at = message.indexOf(first); at >= 0; at = message.indexOf(first, at + 1)) {
    if (secret.every((octet, i) => message[at + i] === octet)) return true;
  }
  return false;
}
