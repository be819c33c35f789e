/**
 * The body by a digest that the message itself carries, in a slot that is signed: `bodySHA256` in the
 * query of a URL. Nothing is added to what is signed; the body is held against the digest.
 *
 * @module
 */
import { same } from '../bytes/equal.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { CountersignError } from '../errors.js';
import type { DigestAlgorithm } from '../primitive/digest.js';
import type { Encoding } from './encoding.js';
import type { Call } from './message.js';
import type { Part, Piece } from './part.js';
import type { Build } from './source.js';
import { checkWithin } from './until.js';

const LEAST_DIGEST = 32;

/**
 * The body, by the digest in `digest`, which is a piece of the text of `within`: a slot, or a part that
 * signs one in another spelling. It has to stand in what is signed, and a spelling may leave it out.
 */
export function bodyDigestIn<const Within extends string, const Digest extends string>(
  within: Within | Part<{ readonly [N in Within]: 'whole' }, Within>,
  digest: Digest,
  algorithm: DigestAlgorithm,
  encoding: Encoding,
): Part<{ readonly body: 'whole' }, Within | Digest> {
  const { name: of, size } = algorithm;
  if (!(size >= LEAST_DIGEST)) {
    throw new TypeError(`algorithm: expected one of ${LEAST_DIGEST} octets or more, found ${of}`);
  }
  const spelling = typeof within === 'string' ? undefined : within;
  const [name] = typeof within === 'string' ? [within] : within.uses;
  if (name === undefined || (spelling !== undefined && spelling.spelled === undefined)) {
    throw new TypeError('within: expected a slot, or one in another spelling');
  }
  return Object.freeze({
    kind: 'part',
    covers: { body: 'whole' } as const,
    uses: [name, digest],
    restsOn: [name],
    within: spelling,
    text: '',
    emit(build: Build) {
      // A text that merely has the same characters in it somewhere is anybody's.
      checkWithin(build, digest, name);
      const readDigest = build.slot(digest);
      const readWithin = spelling?.spelled?.(build) ?? build.slot(name);
      return (call: Call) => {
        const found = readDigest(call) ?? '';
        const made = encoding.encode(algorithm.digest(call.body));
        // What is not in the signed text was signed by nobody.
        const isSigned = readWithin(call)?.includes(found) === true;
        if (isSigned && same(encodeUtf8(made), encodeUtf8(found))) return;
        throw new CountersignError(
          'ERR_MESSAGE_DIGEST',
          `${digest}: expected the digest of the body that arrived`,
        );
      };
    },
    pieces: (): readonly Piece[] => [],
  });
}
