// What is sent back and forth, and keys that are drawn for it.
import { generateKeyPairSync, type KeyPairKeyObjectResult, X509Certificate } from 'node:crypto';
import { CountersignError } from '../../../src/errors.js';
import { answerOf, isThere } from '../command.js';

export const NOW = 1_795_284_000;
export const SECRET = 'a secret of no one, long enough';

/** Bodies that one library or another reads, decodes, trims or writes again on the way. */
export const BODIES: readonly string[] = [
  '{"total":1.10,"name":"é"}',
  '{"total": 1.10,\r\n  "name": "支付 😀"}\n',
  'a=1&b=+&c=%2B%20&a=2&d=%',
  ' \t\u0000\u2028 ',
  '{"__proto__":{"a":1},"e":"\\u00E9\\/","n":12345678901234567890}',
];

/** The same with one character changed at its end. */
export function changed(text: string): string {
  return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;
}

/** The code of what a call throws; `undefined` where it throws nothing. */
export function codeOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}

/** A pair as PEM, which is what the libraries take. */
export interface Pems {
  readonly publicKey: string;
  readonly privateKey: string;
}

function pemOf(pair: KeyPairKeyObjectResult): Pems {
  return {
    publicKey: String(pair.publicKey.export({ type: 'spki', format: 'pem' })),
    privateKey: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

export const rsaPair = (): Pems => pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }));
export const ecPair = (): Pems => pemOf(generateKeyPairSync('ec', { namedCurve: 'secp521r1' }));

/** A certificate of a key, for `C=CN, O=Example, CN=name`, by itself. */
export function certify(
  key: string,
  name: string,
): { readonly pem: string; readonly serial: string } {
  const subject = ['-subj', `/C=CN/O=Example/CN=${name}`, '-days', '9'];
  const { output } = answerOf('openssl', ['req', '-x509', '-key', 'key', ...subject], { key });
  const pem = Buffer.from(output).toString();
  return { pem, serial: new X509Certificate(pem).serialNumber };
}

export const hasOpenssl: boolean = isThere('openssl', 'version');

/** The value of a header of a message that is sent. */
export function headerOf(
  { headers }: { readonly headers: readonly (readonly [string, string])[] },
  name: string,
): string {
  return headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}
