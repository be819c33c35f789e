/**
 * Statements of the overseas API, `/v3/global/statements` and `/hk/v3/statements`: what is signed in
 * place of the body is `{"sha1":"…"}`, made of the header Wechatpay-Statement-Sha1.
 *
 * SHA-1 does not vouch for a body as the others' do: two files of one digest can be made by whoever
 * has a hand in their content. So the scheme covers the digest and no body, and its caller says so.
 *
 * @module
 */
import { same } from '../../bytes/equal.js';
import { decodeHex } from '../../bytes/hex.js';
import { octets } from '../../bytes/octets.js';
import { sha1 } from '../../primitive/legacy/digest.js';
import { type WeakVerdict, weakVerdict } from '../../primitive/legacy/weak.js';
import type { RsaAlgorithm } from '../../primitive/rsa.js';
import { charset } from '../../scheme/charset.js';
import { compileScheme } from '../../scheme/compile.js';
import { slot } from '../../scheme/part.js';
import type { Scheme, SchemeResult } from '../../scheme/scheme.js';
import { header } from '../../scheme/source.js';
import type { Verified } from '../../scheme/verified.js';
import { platformRules, platformSlots } from './platform-signature.js';
import { resultOf } from './result.js';

/** What the signature of a statement binds. */
export type WechatPayStatementCovers = Readonly<Record<'time' | 'nonce' | 'sha1', 'whole'>>;

/** Statements: `{time}\n{nonce}\n{"sha1":"{sha1}"}\n`. */
export const wechatPayStatement: Scheme<WechatPayStatementCovers, RsaAlgorithm, never> =
  /* @__PURE__ */ compileScheme({
    id: 'wechat-pay-statement',
    version: 1,
    title: 'WeChat Pay v3 statements of the overseas API',
    direction: 'response',
    slots: {
      .../* @__PURE__ */ platformSlots(),
      sha1: /* @__PURE__ */ header(
        'Wechatpay-Statement-Sha1',
        /* @__PURE__ */ charset('hexadecimal digits', '0-9A-Fa-f'),
      ),
    },
    message: [
      /* @__PURE__ */ slot('time'),
      '\n',
      /* @__PURE__ */ slot('nonce'),
      '\n{"sha1":"',
      /* @__PURE__ */ slot('sha1'),
      '"}\n',
    ],
    .../* @__PURE__ */ platformRules(),
    covers: { time: 'whole', nonce: 'whole', sha1: 'whole' },
  });

/**
 * Whether `content` is that of a statement, as far as SHA-1 can say so. The digest is that of the file:
 * what arrived compressed is decompressed first.
 */
export function matchesStatement(
  statement: Verified<SchemeResult<WechatPayStatementCovers>>,
  content: Uint8Array,
): WeakVerdict {
  const { values } = resultOf(statement, wechatPayStatement, 'statement');
  const made = sha1.digest(octets(content, 'content')).octets;
  return weakVerdict(same(decodeHex(values.sha1, 'either'), made));
}
