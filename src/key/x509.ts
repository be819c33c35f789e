/**
 * Certificates: `countersign/key/x509`. They are read here, and their keys imported. Whether one may
 * be believed is for `countersign/key/x509-path` to say.
 *
 * @module
 */
export type { Bytes } from '../bytes/octets.js';
export type { Key } from './handle.js';
export type { PairAlgorithm, PublicKeyOptions } from './pair.js';
export { ALLOW_RSA_1024, ALLOW_RSA_E3, type Relaxation } from './policy.js';
export {
  type Certificate,
  type CertificateExtension,
  type CertificateKey,
  readCertificate,
  readCertificates,
} from './x509-certificate.js';
export type { BasicConstraints, KeyUsage } from './x509-extensions.js';
export { importCertificate } from './x509-import.js';
export type { Name, NameAttribute } from './x509-name.js';
