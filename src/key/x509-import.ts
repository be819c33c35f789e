/**
 * The key of a certificate, made a handle. It says nothing about whose key it is: a certificate
 * becomes that by a path, and this takes one that was never verified.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { Key } from './handle.js';
import { named } from './options.js';
import { handleOf, type PairAlgorithm, type PublicKeyOptions, type PublicUse } from './pair.js';
import { ALLOW_RSA_1024, ALLOW_RSA_E3, readRelaxations } from './policy.js';
import { type Certificate, isCertificate, partsOf, readCertificate } from './x509-certificate.js';
import type { KeyUsage } from './x509-extensions.js';

type RsaRelaxation = typeof ALLOW_RSA_1024 | typeof ALLOW_RSA_E3;

/** What a key of each kind of algorithm does, and the usages that allow it. */
const USES: Readonly<
  Record<string, { readonly use: string; readonly usages: readonly KeyUsage[] }>
> = {
  signature: { use: 'verify', usages: ['digitalSignature'] },
  'weak-signature': { use: 'verify', usages: ['digitalSignature'] },
  encryption: { use: 'encrypt', usages: ['keyEncipherment', 'dataEncipherment'] },
  agreement: { use: 'peer', usages: ['keyAgreement'] },
};

/**
 * Imports the subject's public key. A key usage, RFC 5280, section 4.2.1.3, must allow the use if it
 * is there. Validity and issuer are not looked at.
 */
export function importCertificate<A extends PairAlgorithm, U extends PublicUse<A>>(
  input: string | Uint8Array | Certificate,
  options: PublicKeyOptions<A, U, RsaRelaxation>,
): Key<A, U> {
  const { alg, use, id, relax } = named(options, 'options', ['alg', 'use', 'id', 'relax']);
  const { kind, family, name } = fields(alg, 'options.alg', 'an algorithm');
  choice(family, 'options.alg.family', ['rsa', 'ec', 'ed25519', 'x25519']);
  const expected = USES[choice<string>(kind, 'options.alg.kind', Object.keys(USES))];
  choice<string>(use, 'options.use', expected === undefined ? [] : [expected.use]);
  const mayRelax = family === 'rsa' && expected?.use === 'verify';
  const allowed = readRelaxations(relax, mayRelax ? [ALLOW_RSA_1024, ALLOW_RSA_E3] : []);
  const certificate = isCertificate(input) ? input : readCertificate(input);
  const { key } = partsOf(certificate, 'input');
  if (key instanceof CountersignError) throw key;
  if (key.family !== family) {
    throw new CountersignError(
      'ERR_KEY_FAMILY',
      `${name}: expected a certificate for a key of the family ${family}, found one for ${key.family}`,
    );
  }
  const { keyUsage } = certificate;
  if (keyUsage !== undefined && expected?.usages.some((one) => keyUsage.includes(one)) !== true) {
    throw new CountersignError(
      'ERR_CERTIFICATE_USE',
      `${name}: expected the key usage ${expected?.usages.join(' or ')}, found ${keyUsage.join(', ')}`,
    );
  }
  return handleOf(alg, use, key, id, allowed);
}
