/**
 * Octets and their strict texts. `countersign/bytes`.
 *
 * @module
 */
export { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from './base64.js';
export { concat } from './concat.js';
export { crc32 } from './crc32.js';
export {
  DER_TAG,
  type DerTagName,
  type DerValue,
  derBitOctets,
  derBitString,
  derBoolean,
  derChildren,
  derEncode,
  derInteger,
  derNull,
  derObjectId,
  derObjectIdentifier,
  derOctets,
  derSequence,
  derUnsigned,
  readDer,
} from './der.js';
export { equal } from './equal.js';
export { decodeHex, encodeHex, type HexCase } from './hex.js';
export { decodeInteger, decodeUint32, encodeInteger, encodeUint32 } from './integer.js';
export { type Bytes } from './octets.js';
export { decodePem, encodePem, type PemBlock } from './pem.js';
export { decodeUtf8, encodeUtf8 } from './utf8.js';
