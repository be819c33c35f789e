/**
 * JSON as octets: one strict reader and one canonical writer. `countersign/canonical/json`.
 *
 * @module
 */
export type { Bytes } from '../bytes/octets.js';
export { readJson, type ReadJsonOptions } from './json-read.js';
export { sliceMember } from './json-slice.js';
export {
  ALLOW_BIG_INTEGERS,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonOptions,
  type JsonValue,
} from './json-value.js';
export { writeJson, writeJsonText, type WriteJsonOptions } from './json-write.js';
