/**
 * The DNS names of a certificate's subject: the dNSName entries of subjectAltName,
 * {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 RFC 5280, section 4.2.1.6}. A common
 * name that looks like one is none: {@link https://www.rfc-editor.org/rfc/rfc9525#section-2 RFC 9525,
 * section 2}.
 *
 * @module
 */
import { DER_TAG, derChildren, readDer } from '../bytes/der.js';
import { CountersignError } from '../errors.js';
import type { Certificate } from './x509-certificate.js';

const SUBJECT_ALT_NAME = '2.5.29.17';
/** [2], IMPLICIT IA5String. */
const DNS_NAME = 0x82;
/** A preferred name of RFC 1034, section 3.5, which may begin with a wildcard; no port, no dot at the end. */
const NAME = /^(?:\*\.)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/;

/** Returns the names as they are written; without the extension there are none. */
export function dnsNamesOf({ extensions }: Certificate): readonly string[] {
  const found = extensions.find(({ oid }) => oid === SUBJECT_ALT_NAME);
  if (found === undefined) return [];
  return derChildren(readDer(found.value, DER_TAG.sequence))
    .filter(({ tag }) => tag === DNS_NAME)
    .map(({ content }) => {
      const name = String.fromCharCode(...content.subarray(0, 256));
      // A zero octet ends the name for a reader in C, and for nobody else.
      if (content.length <= 255 && NAME.test(name)) return name;
      throw new CountersignError(
        'ERR_CERTIFICATE_NAME',
        'expected DNS names of letters and digits',
      );
    });
}
