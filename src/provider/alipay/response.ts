/**
 * Answers of the gateway. What is signed is a piece of the body's text, the value of
 * `alipay_trade_query_response` for a call of `alipay.trade.query`, or of `error_response`; read and
 * written again it would be another text. An encrypted answer is a string there, and its quotes are
 * signed too.
 *
 * The name of that member is not signed, nor anything that ties an answer to its request: an answer
 * of yesterday, or to another call, verifies. Whoever reads it compares the numbers in it.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';
import type { WeakRsaAlgorithm } from '../../primitive/legacy/rsa.js';
import type { RsaAlgorithm } from '../../primitive/rsa.js';
import { anyText } from '../../scheme/charset.js';
import { compileScheme } from '../../scheme/compile.js';
import { base64 } from '../../scheme/encoding.js';
import { keyIfNamed } from '../../scheme/key-if-named.js';
import { sliceOf } from '../../scheme/member-slice.js';
import { member } from '../../scheme/member.js';
import { slot } from '../../scheme/part.js';
import type { Scheme } from '../../scheme/scheme.js';
import { type Build, optional, setting, type TextSource } from '../../scheme/source.js';
import { rsa1, rsa2 } from './form.js';

/** The JSON text of the answer, as it was sent. */
export type AlipayResponseCovers = { readonly response: 'whole' };

/** An answer, in the mode of certificates or of public keys. */
export const alipayResponse: Scheme<AlipayResponseCovers, RsaAlgorithm, 'method'> =
  /* @__PURE__ */ response('alipay-response', 'Alipay responses', rsa2);
/** The same by `RSA`, over SHA-1: for applications that can't go to RSA2 yet. */
export const alipayResponseSha1: Scheme<AlipayResponseCovers, WeakRsaAlgorithm, 'method'> =
  /* @__PURE__ */ response('alipay-response-sha1', 'Alipay responses with SHA-1', rsa1);

const ERROR = 'error_response';

/** The member of the method that was called, or that of an error: one of them, never both. */
function answer(): TextSource<never, false> {
  const what = 'JSON of the answer in body';
  return Object.freeze({
    kind: 'text',
    what,
    charset: anyText,
    isOptional: false,
    read(build: Build) {
      return build.once(this, () => (call) => {
        const { method = '' } = call.settings;
        const found = sliceOf(call, `${method.replaceAll('.', '_')}_response`);
        const error = sliceOf(call, ERROR);
        if (found === undefined || error === undefined) return found ?? error;
        throw new CountersignError('ERR_MESSAGE_DUPLICATE', `${what}: expected one, found two`);
      });
    },
    place() {
      throw new TypeError(`options.values: expected no ${what}`);
    },
  });
}

function response<A extends RsaAlgorithm | WeakRsaAlgorithm>(
  id: string,
  title: string,
  alg: A,
): Scheme<AlipayResponseCovers, A, 'method'> {
  return compileScheme({
    id,
    version: 1,
    title,
    direction: 'response',
    slots: {
      method: setting('method'),
      response: answer(),
      certSn: optional(member('alipay_cert_sn')),
      sign: member('sign'),
    },
    message: [slot('response')],
    algs: [alg],
    keys: keyIfNamed('certSn'),
    signature: { slot: 'sign', encoding: base64 },
    covers: { response: 'whole' },
    freshness: 'none',
  });
}
