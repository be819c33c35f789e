// Vectors of JWE: a message, the key as a JWK, and what it opens to. What a caller states is read from
// the fields of the case, never from the message.
import {
  decryptJwe,
  DIRECT_AGREEMENT,
  encryptJwe,
  type JweAlgorithm,
  type JweDecryptionKey,
  type JweEncryptionKey,
} from '../../src/jose/jwe.js';
import { importJwk, type Jwk } from '../../src/jose/jwk.js';
import { withUse } from '../../src/key/secret.js';
import * as cbcHmac from '../../src/primitive/aes-cbc-hmac.js';
import * as gcm from '../../src/primitive/aes-gcm.js';
import * as kw from '../../src/primitive/aes-kw.js';
import * as agreement from '../../src/primitive/agreement.js';
import * as oaep from '../../src/primitive/rsa-oaep.js';
import { type Case, type Cell, hex, ofKind, type VectorFile } from './cases.js';

const ENCS: Readonly<Record<string, gcm.AeadAlgorithm>> = {
  A128GCM: gcm.aes128Gcm,
  A192GCM: gcm.aes192Gcm,
  A256GCM: gcm.aes256Gcm,
  'A128CBC-HS256': cbcHmac.aes128CbcHmacSha256,
  'A192CBC-HS384': cbcHmac.aes192CbcHmacSha384,
  'A256CBC-HS512': cbcHmac.aes256CbcHmacSha512,
};
const WRAPS: Readonly<Record<string, kw.KeyWrapAlgorithm>> = {
  A128KW: kw.aes128Kw,
  A192KW: kw.aes192Kw,
  A256KW: kw.aes256Kw,
};
const CURVES: Readonly<Record<string, agreement.AgreementAlgorithm>> = {
  'P-256': agreement.ecdhP256,
  'P-384': agreement.ecdhP384,
  'P-521': agreement.ecdhP521,
  X25519: agreement.x25519,
};
const OAEP: Readonly<Record<string, oaep.OaepAlgorithm>> = {
  'RSA-OAEP': oaep.rsaOaepSha1,
  'RSA-OAEP-256': oaep.rsaOaepSha256,
  'RSA-OAEP-512': oaep.rsaOaepSha512,
};
const USES = { aead: 'open', wrap: 'unwrap', agreement: 'agree', encryption: 'decrypt' } as const;

/** What a caller says of a case: the algorithm of the key, and what else `decryptJwe` is told. */
export function wantedOf(item: { readonly alg: string; readonly enc: string; readonly jwk: Jwk }): {
  readonly alg: JweAlgorithm;
  readonly options: Parameters<typeof decryptJwe>[2];
} {
  const enc = ENCS[item.enc];
  const [name = '', wrapName] = item.alg.split('+');
  const isAgreement = name === 'ECDH-ES';
  const alg =
    name === 'dir' ? enc : isAgreement ? CURVES[String(item.jwk.crv)] : (WRAPS[name] ?? OAEP[name]);
  if (enc === undefined || alg === undefined) throw new Error(`no algorithm for ${item.alg}`);
  const wrap = wrapName === undefined ? DIRECT_AGREEMENT : WRAPS[wrapName];
  return { alg, options: { enc: [enc], wrap: isAgreement ? wrap : undefined } };
}

export function jweCells(files: readonly VectorFile[]): Cell[] {
  return ofKind(files, 'jwe').flatMap(({ file, cases }): Cell[] => {
    const groups = new Map<string, Case[]>();
    for (const item of cases) {
      const { alg, enc } = partsOf(item);
      const name = alg.startsWith('RSA') ? `RSAES-OAEP ${alg}` : enc;
      groups.set(name, [...(groups.get(name) ?? []), item]);
    }
    return [...groups].flatMap(([name, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      const parts = partsOf(first);
      const { alg, options } = wantedOf(parts);
      const of =
        alg.kind === 'encryption'
          ? ({ algorithm: alg.name, operation: 'decrypt' } as const)
          : ({ algorithm: options.enc[0]?.name ?? '', operation: 'open' } as const);
      return [{ title: `${file} ${name}`, ...of, cases: own, ask }];
    });
  });
}

function ask(item: Case): ReturnType<Cell['ask']> {
  const parts = partsOf(item);
  const { alg, options } = wantedOf(parts);
  const key = (): JweDecryptionKey =>
    importJwk(parts.jwk, {
      alg,
      use: USES[alg.kind] as never,
    }) as never;
  const open = (): Uint8Array => decryptJwe(String(item['token']), key(), options).plaintext;
  if (item.expect !== undefined) return [[item.expect, open]];
  const text = String(item['plaintext']);
  // What opens here is sealed here too, to the same key.
  const again = (): Uint8Array => {
    const [enc] = options.enc;
    if (enc === undefined) throw new Error('no enc');
    const recipient = publicOf(parts.jwk, alg, key);
    const token = encryptJwe(hex(item, 'plaintext'), recipient, { enc, wrap: options.wrap });
    return decryptJwe(token, key(), options).plaintext;
  };
  return [
    [text, open],
    [text, again],
  ];
}

function publicOf(jwk: Jwk, alg: JweAlgorithm, key: () => JweDecryptionKey): JweEncryptionKey {
  if (alg.kind === 'aead' || alg.kind === 'wrap') {
    const use = alg.kind === 'aead' ? 'seal' : 'wrap';
    return withUse(key() as never, use as never) as never;
  }
  const { kty, crv, x, y, n, e } = jwk;
  const members = Object.entries({ kty, crv, x, y, n, e }).filter(
    ([, value]) => value !== undefined,
  );
  const use = alg.kind === 'agreement' ? 'peer' : 'encrypt';
  return importJwk(Object.fromEntries(members), {
    alg,
    use: use as never,
  }) as never;
}

function partsOf(item: Case): { readonly alg: string; readonly enc: string; readonly jwk: Jwk } {
  return { alg: String(item['alg']), enc: String(item['enc']), jwk: item['key'] as Jwk };
}
