// The certificates and paths that scripts/keys/certificates.py made, with openssl's verdicts.
import { decodeBase64 } from '../../src/bytes/index.js';
import { type Certificate, readCertificate } from '../../src/key/x509.js';
import { NO_PIN, type PathOptions, verifyPath } from '../../src/key/x509-path.js';
import type { Cell } from './cases.js';

/** What `openssl verify` said. */
export interface Verdict {
  readonly ok: boolean;
  readonly error?: number;
  readonly depth?: number;
  readonly text?: string;
}

export interface PathCase {
  readonly name: string;
  /** Labels of certificates. */
  readonly chain: readonly string[];
  readonly roots: readonly string[];
  readonly now: number;
  readonly pin: PathOptions['pin'] | 'NO_PIN';
  readonly purpose?: string;
  readonly expect: string;
  readonly openssl: Verdict;
  readonly strict: Verdict;
  /** Why openssl's verdict is another one. */
  readonly why?: string;
}

/** What `openssl x509` printed. */
export interface Printed {
  readonly serial: string;
  readonly fingerprint: string;
  readonly notBefore: number | string;
  readonly notAfter: number | string;
  readonly subject: string;
  readonly issuer: string;
}

export interface Certificates {
  readonly certificates: Readonly<
    Record<string, { readonly der: string; readonly openssl: Printed | null }>
  >;
  readonly cases: readonly PathCase[];
}

/** What the tests of certificates read and verify. */
export interface Fixtures {
  /** The DER of a certificate of the fixtures. */
  derOf(label: string): Uint8Array<ArrayBuffer>;
  read(label: string): Certificate;
  /** What a case is verified against. */
  optionsOf(one: PathCase): PathOptions;
  verify(one: PathCase): unknown;
}

export function fixturesOf({ certificates }: Certificates): Fixtures {
  const derOf = (label: string): Uint8Array<ArrayBuffer> => {
    const found = certificates[label];
    if (found === undefined) throw new Error(`no certificate ${label}`);
    return decodeBase64(found.der);
  };
  const read = (label: string): Certificate => readCertificate(derOf(label));
  const optionsOf = ({ roots, now, pin, purpose }: PathCase): PathOptions => ({
    roots: roots.map(read),
    now,
    pin: pin === 'NO_PIN' ? NO_PIN : pin,
    ...(purpose === undefined ? {} : { purpose }),
  });
  const verify = (one: PathCase): unknown => verifyPath(one.chain.map(read), optionsOf(one));
  return { derOf, read, optionsOf, verify };
}

/** One cell: a path verifies, or breaks one rule and has its code. */
export function certificateCells(all: Certificates): Cell[] {
  const { verify } = fixturesOf(all);
  const ask: Cell['ask'] = (item) => {
    const verifies = (): string => {
      verify(item as unknown as PathCase);
      return 'ok';
    };
    return [[String(item.expect), verifies]];
  };
  const cases = all.cases.map((one) => ({ ...one, id: one.name }));
  return [{ title: 'certificates', algorithm: 'X.509', operation: 'verify', cases, ask }];
}
