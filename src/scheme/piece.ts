/**
 * Pieces of a message, as the proof of one reading sees them.
 *
 * @module
 */
import type { Charset } from './charset.js';

/** What the proof of one reading looks at, piece by piece; see decodable.ts. */
export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  /** Text of these characters, of one length or of any. */
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly charset: Charset;
      readonly length?: number | undefined;
      /** Whether its length stands before it, as a part of it. */
      readonly hasLength?: boolean | undefined;
      /** Whether what stands before it says how many values it has, which may hold what ends it. */
      readonly isCounted?: boolean | undefined;
    }
  /** What can be read in two ways by itself: a list whose values may hold what separates them. */
  | { readonly kind: 'ambiguous'; readonly name: string };
