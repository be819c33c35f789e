// Vectors of JWS, JWT and DPoP: a message, and the key as a JWK. What a caller states is read from the
// fields of the case, never from the message.
import type { Jwk } from '../../src/key/jwk.js';
import { NO_ACCESS_TOKEN, NO_NONCE, verifyDpop } from '../../src/jose/dpop.js';
import { verifyFlattenedJws, verifyGeneralJws, verifyJws } from '../../src/jose/jws.js';
import { ANY_AUDIENCE, verifyJwt } from '../../src/jose/jwt.js';
import type { JwsAlgorithm, VerifyingKeys } from '../../src/jose/keys.js';
import { encodeUtf8 } from '../../src/bytes/index.js';
import { importKey } from '../../src/key/index.js';
import { importSecret } from '../../src/key/secret.js';
import { ecdsaP256Sha256, ecdsaP521Sha512 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { rsaPkcs1Sha256 } from '../../src/primitive/rsa.js';
import { type Case, type Cell, hex, ofKind, type VectorFile } from './cases.js';

const ALGORITHMS: Readonly<Record<string, JwsAlgorithm>> = {
  HS256: hmacSha256,
  RS256: rsaPkcs1Sha256,
  ES256: ecdsaP256Sha256,
  ES512: ecdsaP521Sha512,
  EdDSA: ed25519,
};
const FORMS = {
  compact: (token: string, ...rest: [VerifyingKeys, object]): Uint8Array =>
    verifyJws(token, ...rest).payload,
  flattened: (token: string, ...rest: [VerifyingKeys, object]): Uint8Array =>
    verifyFlattenedJws(encodeUtf8(token), ...rest).payload,
  general: (token: string, ...rest: [VerifyingKeys, object]): Uint8Array =>
    verifyGeneralJws(encodeUtf8(token), ...rest).payload,
};

export function jwsCells(files: readonly VectorFile[]): Cell[] {
  return [
    ...cellsOf(files, 'jws', (item) => {
      const {
        form,
        token,
        understood = [],
        detached,
      } = item as unknown as {
        readonly form: keyof typeof FORMS;
        readonly token: string;
        readonly understood?: readonly string[];
        readonly detached?: boolean;
      };
      const options = {
        understood,
        ...(detached === true ? { payload: hex(item, 'payload') } : {}),
      };
      return FORMS[form](token, keyOf(item), options);
    }),
    ...cellsOf(files, 'jwt', (item) => {
      const { token, issuer, audience, typ, now } = item as unknown as Record<string, string>;
      const { claims } = verifyJwt(String(token), keyOf(item), {
        issuer: String(issuer),
        audience: audience ?? ANY_AUDIENCE,
        typ: String(typ),
        now: Number(now),
        clockTolerance: 0,
      });
      return encodeUtf8(claims['iss'] as string);
    }),
    ...cellsOf(files, 'dpop', (item) => {
      const { proof, method, url, now, thumbprint, accessToken } = item as unknown as Record<
        string,
        string
      >;
      const { jti } = verifyDpop(String(proof), {
        algs: [ecdsaP256Sha256],
        method: String(method),
        url: String(url),
        now: Number(now),
        clockTolerance: 0,
        maxAge: 60,
        nonce: NO_NONCE,
        thumbprint: String(thumbprint),
        accessToken: accessToken ?? NO_ACCESS_TOKEN,
      });
      return encodeUtf8(jti);
    }),
  ];
}

/** A cell for each algorithm of the files of a kind. */
function cellsOf(
  files: readonly VectorFile[],
  kind: string,
  verify: (item: Case) => Uint8Array,
): Cell[] {
  return ofKind(files, kind).flatMap(({ file, cases }) =>
    Object.entries(ALGORITHMS).flatMap(([name, { name: algorithm }]): Cell[] => {
      const own = cases.filter((item) => (item['alg'] ?? 'ES256') === name);
      if (own.length === 0) return [];
      const ask = (item: Case): ReturnType<Cell['ask']> => {
        const expected = item.expect ?? textOf(item, kind);
        return [[expected, () => verify(item)]];
      };
      return [{ title: `${file} ${name}`, algorithm, operation: 'verify', cases: own, ask }];
    }),
  );
}

/** In hexadecimal, what a good case gives: the payload, the issuer, or what the proof is called. */
function textOf(item: Case, kind: string): string {
  if (kind === 'jws') return String(item['payload']);
  const text = String(item[kind === 'jwt' ? 'issuer' : 'jti']);
  return Array.from(encodeUtf8(text), (octet) => octet.toString(16).padStart(2, '0')).join('');
}

function keyOf(item: Case): VerifyingKeys {
  const alg = ALGORITHMS[String(item['alg'])];
  const jwk = item['key'] as Jwk;
  if (alg === undefined) throw new Error(`${item.id}: no algorithm`);
  if (alg.kind === 'mac') {
    return importSecret(String(jwk.k), { alg, use: 'verify', encoding: 'base64url' });
  }
  return importKey(jwk, { alg, use: 'verify' });
}
