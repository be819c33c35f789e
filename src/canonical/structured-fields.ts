/**
 * Structured field values for HTTP, {@link https://www.rfc-editor.org/rfc/rfc9651 RFC 9651}: what a
 * field says as values, and back as the one text that those values have.
 * `countersign/canonical/structured-fields`.
 *
 * @module
 */
export type { Bytes } from '../bytes/octets.js';
export {
  type FieldLines,
  readDictionary,
  readItem,
  readList,
  type ReadOptions,
} from './structured-read.js';
export {
  type BareItem,
  type Decimal,
  type Dictionary,
  type DisplayString,
  type InnerList,
  type Item,
  type List,
  type Member,
  type Parameters,
  type ReadBareItem,
  type ReadDictionary,
  type ReadInnerList,
  type ReadItem,
  type ReadList,
  type ReadMember,
  type ReadParameters,
  type SfDate,
  type Token,
} from './structured-values.js';
export { writeDictionary, writeInnerList, writeItem, writeList } from './structured-write.js';
