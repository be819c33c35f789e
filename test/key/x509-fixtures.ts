// The certificates and paths that scripts/keys/certificates.py made, with openssl's verdicts.
import { readFileSync } from 'node:fs';
import { CountersignError } from '../../src/errors.js';
import { type Certificate, readCertificate } from '../../src/key/x509.js';
import { NO_PIN, type PathOptions, verifyPath } from '../../src/key/x509-path.js';

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

interface Fixtures {
  readonly certificates: Readonly<
    Record<string, { readonly der: string; readonly openssl: Printed | null }>
  >;
  readonly cases: readonly PathCase[];
}

const file = new URL('certificates/paths.json', import.meta.url);
export const { certificates, cases } = JSON.parse(readFileSync(file, 'utf8')) as Fixtures;

/** The DER of a certificate of the fixtures. */
export function derOf(label: string): Uint8Array<ArrayBuffer> {
  const found = certificates[label];
  if (found === undefined) throw new Error(`no certificate ${label}`);
  return Uint8Array.from(Buffer.from(found.der, 'base64'));
}

export function read(label: string): Certificate {
  return readCertificate(derOf(label));
}

/** The case of that name. */
export function caseOf(name: string): PathCase {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

/** What a case is verified against. */
export function optionsOf({ roots, now, pin, purpose }: PathCase): PathOptions {
  return {
    roots: roots.map(read),
    now,
    pin: pin === 'NO_PIN' ? NO_PIN : pin,
    ...(purpose === undefined ? {} : { purpose }),
  };
}

/** `ok`, or the code of what is thrown, by the reader or by the path. */
export function outcomeOf(test: PathCase): string {
  return codeOf(() => verifyPath(test.chain.map(read), optionsOf(test)));
}

/** `ok`, or the code of what is thrown. */
export function codeOf(call: () => unknown): string {
  try {
    call();
    return 'ok';
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}
