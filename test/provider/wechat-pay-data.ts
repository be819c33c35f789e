// What scripts/vectors/wechat_pay.py made, by the cryptography package alone.
import { readFileSync } from 'node:fs';
import { encodeUtf8 } from '../../src/bytes/utf8.js';
import { importApiV3Key, platformKeys } from '../../src/provider/wechat-pay/index.js';
import type { SchemeMessage } from '../../src/scheme/index.js';
import { files, outcome } from '../vectors.js';

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Sample {
  readonly now: number;
  readonly apiV3Key: string;
  readonly publicKeyId: string;
  readonly publicKey: string;
  readonly certificates: readonly { readonly serial: string; readonly pem: string }[];
  readonly merchantSerial: string;
  readonly callback: Sent;
  readonly callbackByNew: Sent;
  readonly callbackByPublicKey: Sent;
  readonly noBody: Sent;
  readonly statement: Sent;
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly authorization: string;
    readonly body: string;
  }[];
  readonly resource: string;
  readonly resources: Readonly<Record<string, Sent>>;
  readonly download: Sent;
  readonly downloads: Readonly<Record<string, Sent>>;
  readonly field: string;
}

export const sample = JSON.parse(
  readFileSync(new URL('wechat-pay.json', import.meta.url), 'utf8'),
) as Sample;

export const NOW = sample.now;
export const certificates = sample.certificates.map(({ pem }) => pem);
export const platform = platformKeys({
  certificates,
  publicKeys: [{ id: sample.publicKeyId, key: sample.publicKey }],
});
export const apiV3Key = importApiV3Key(sample.apiV3Key);

/** As a server gets it, with some headers changed; `undefined` takes one away. */
export function received(
  { headers, body }: Sent,
  changed: Readonly<Record<string, string | undefined>> = {},
): SchemeMessage {
  return { headers: { ...headers, ...changed }, body: encodeUtf8(body) };
}

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

/** `ok`, or the code of what is thrown. */
export function outcomeOf(call: () => unknown): string {
  return outcome(() => {
    call();
    return 'ok';
  });
}
