/**
 * Certificates, read: `countersign/key/x509`. Whether one may be believed is for
 * `countersign/key/x509-path` to say.
 *
 * @module
 */
export {
  type Certificate,
  type CertificateExtension,
  type CertificateKey,
  readCertificate,
  readCertificates,
} from './x509-certificate.js';
export type { BasicConstraints, KeyUsage } from './x509-extensions.js';
export type { Name, NameAttribute } from './x509-name.js';
