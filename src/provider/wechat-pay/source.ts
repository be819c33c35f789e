/**
 * What the schemes of WeChat Pay read in a way of their own: the names of keys, and signatures that are
 * wrong on purpose.
 *
 * @module
 */
import { CountersignError } from '../../errors.js';
import { charset, type Charset } from '../../scheme/charset.js';
import type { HeaderSource } from '../../scheme/source.js';
import type { Build, Draft, TextSource } from '../../scheme/source.js';

/** The only algorithm, by the name that it has here. */
export const SHA256_RSA2048 = 'WECHATPAY2-SHA256-RSA2048';
/** Shangmi: SM2 with SM3, which nothing here computes. */
export const SM2_WITH_SM3 = 'WECHATPAY2-SM2-WITH-SM3';

/** What a signature begins with that is sent to see whether the receiver refuses it. */
const PROBE = 'WECHATPAY/SIGNTEST/';
const SERIAL = /^[0-9A-Fa-f]+$/;

/** The serial number of a certificate. */
export const serialNumber: Charset = /* @__PURE__ */ charset('hexadecimal digits', '0-9A-Fa-f');
/** The same, or the id of a public key: `PUB_KEY_ID_…`. */
export const platformKeyId: Charset = /* @__PURE__ */ charset(
  'a serial number or the id of a public key',
  '0-9A-Za-z_',
);

/** Serial numbers have one text whatever the case of their letters; ids of public keys stay. */
export function foldKeyId(id: string): string {
  return SERIAL.test(id) ? id.toUpperCase() : id;
}

/** A source of key ids, which are sent as WeChat Pay writes them. */
export function keyIdIn<Of extends TextSource>(of: Of): Of {
  return Object.freeze({
    ...of,
    place(draft: Draft, value: string) {
      of.place(draft, foldKeyId(value));
    },
  });
}

/** A source of signatures, of which those that are sent to be refused have a code of their own. */
export function unlessProbe(of: HeaderSource): HeaderSource {
  return Object.freeze({
    ...of,
    read(build: Build) {
      const read = of.read(build);
      return build.once(this, () => (call) => {
        const value = read(call);
        if (value?.startsWith(PROBE) !== true) return value;
        throw new CountersignError(
          'ERR_MESSAGE_PROBE',
          `${of.what}: found a signature that is wrong on purpose; answer as to any wrong one`,
        );
      });
    },
  });
}
