// What scripts/vectors/alipay.py made, by the cryptography package alone.
import { readFileSync } from 'node:fs';
import { files } from '../vectors.js';

type Text =
  | 'publicKey'
  | `notify${'' | 'SignsType' | 'Sha1' | 'Gbk' | 'Big5' | 'NotGbk' | 'NotUtf8' | 'NoCharset' | 'NoId'}`
  | `notify${'EmptyDropped' | 'OfCertificate' | 'OfAnother'}`
  | `message${'' | 'Sha1'}`
  | `return${'' | 'Sha1'}`
  | `response${'' | 'Sha1' | 'Error' | 'OfCertificate' | 'OfAnother' | 'Encrypted'}`
  | `content${'' | 'Key'}`
  | `ciphertext${'' | 'OfBlock'}`
  | 'roots'
  | 'ecRoot'
  | 'certificate'
  | 'merchant'
  | 'odd'
  | 'email'
  | 'certSn'
  | 'appCertSn'
  | 'rootCertSn';

export const sample = JSON.parse(
  readFileSync(new URL('alipay.json', import.meta.url), 'utf8'),
) as Readonly<Record<Text, string>> & {
  readonly now: number;
  readonly responsesNotDecrypted: Readonly<Record<string, string>>;
  readonly call: { readonly text: string; readonly sign: string };
};

/** The merchant's key pair, as a JWK. */
export function merchantJwk(): Record<string, string> & { readonly kty: string } {
  const row = files
    .find(({ kind }) => kind === 'rsa-keys')
    ?.cases.find(({ id }) => id === 'rsa-2048-b');
  const names = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
  return {
    kty: 'RSA',
    ...Object.fromEntries(
      names.map((name) => [name, Buffer.from(String(row?.[name]), 'hex').toString('base64url')]),
    ),
  };
}
