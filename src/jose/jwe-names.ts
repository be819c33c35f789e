/**
 * The names that JOSE has for encryption, beside those that the algorithm values carry:
 * {@link https://www.rfc-editor.org/rfc/rfc7518#section-4.1 RFC 7518, sections 4.1} and
 * {@link https://www.rfc-editor.org/rfc/rfc7518#section-5.1 5.1}. A table of texts: no algorithm is
 * brought along by it, and a name in a message is only ever compared with what the caller's key and
 * the caller's list of algorithms prescribe.
 *
 * @module
 */
import { choice, fields } from '../bytes/octets.js';
import type {
  AeadAlgorithm,
  AgreementAlgorithm,
  KeyWrapAlgorithm,
  OaepAlgorithm,
} from '../key/use.js';

/** What the key of a recipient may be for. */
export type JweAlgorithm = OaepAlgorithm | KeyWrapAlgorithm | AeadAlgorithm | AgreementAlgorithm;

/**
 * Passed as `wrap` of a key that agrees, has the agreed secret encrypt the content by itself:
 * `ECDH-ES` without a key wrap, RFC 7518, section 4.6.
 */
export const DIRECT_AGREEMENT: unique symbol = /* @__PURE__ */ Symbol(
  'countersign.DIRECT_AGREEMENT',
);

/** What is done with an agreed secret; the algorithm of the key doesn't say. */
export type AgreementWrap = KeyWrapAlgorithm | typeof DIRECT_AGREEMENT;

const NAMES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['RSAES-OAEP SHA-1', 'RSA-OAEP'],
  ['RSAES-OAEP SHA-256', 'RSA-OAEP-256'],
  ['RSAES-OAEP SHA-512', 'RSA-OAEP-512'],
  ['AES-128-KW', 'A128KW'],
  ['AES-192-KW', 'A192KW'],
  ['AES-256-KW', 'A256KW'],
  ['AES-128-GCM', 'A128GCM'],
  ['AES-192-GCM', 'A192GCM'],
  ['AES-256-GCM', 'A256GCM'],
  ['AES-128-CBC-HMAC-SHA-256', 'A128CBC-HS256'],
  ['AES-192-CBC-HMAC-SHA-384', 'A192CBC-HS384'],
  ['AES-256-CBC-HMAC-SHA-512', 'A256CBC-HS512'],
]);

/** What JOSE has and is not here, and why. */
const REFUSED: readonly (readonly [name: RegExp, why: string])[] = [
  [/^RSA1_5$/, 'RSA1_5, whose padding tells an attacker what was encrypted'],
  [/^PBES2-/, 'PBES2, whose sender sets how much work a password is'],
  [/^A\d+GCMKW$/, 'AES-GCM key wrap'],
];

/** The `enc` of an algorithm that encrypts content. */
export function contentName(enc: AeadAlgorithm, what: string): string {
  const { kind, name } = fields(enc, what, 'an algorithm that encrypts content');
  choice<string>(kind, `${what}: expected one that encrypts content; its kind`, ['aead']);
  const found = NAMES.get(name);
  if (found !== undefined) return found;
  throw new TypeError(`${what}: expected one that JOSE has a name for`);
}

/** The `alg` of a recipient's key. */
export function managementName(alg: JweAlgorithm, wrap: AgreementWrap | undefined): string {
  if (alg.kind === 'aead') {
    contentName(alg, 'key');
    return 'dir';
  }
  if (alg.kind === 'agreement') {
    if (wrap === DIRECT_AGREEMENT) return 'ECDH-ES';
    if (wrap?.kind === 'wrap') return `ECDH-ES+${NAMES.get(wrap.name)}`;
    throw new TypeError(
      'options.wrap: expected AES key wrap or DIRECT_AGREEMENT, with a key that agrees',
    );
  }
  const found = NAMES.get(alg.name);
  if (found !== undefined) return found;
  throw new TypeError(`key: expected an algorithm that JOSE has a name for, found ${alg.name}`);
}

/** What is said of an `alg` that is not the key's. */
export function refusedName(name: string): string {
  return REFUSED.find(([pattern]) => pattern.test(name))?.[1] ?? 'another';
}
