/**
 * How WeChat Pay signs what it sends: the headers, the choice of the key, and the window of time, which
 * responses, callbacks and statements have in common.
 *
 * @module
 */
import { rsaPkcs1Sha256, type RsaAlgorithm } from '../../primitive/rsa.js';
import { base64, type Encoding } from '../../scheme/encoding.js';
import { keyById, type Selection } from '../../scheme/keys.js';
import {
  drawn,
  header,
  type HeaderSource,
  optional,
  type TextSource,
} from '../../scheme/source.js';
import { type TimeUnit, unixSeconds } from '../../scheme/time.js';
import { foldKeyId, keyIdIn, platformKeyId, SHA256_RSA2048, unlessProbe } from './source.js';

/** The headers of all of them. */
export interface PlatformSlots {
  readonly time: HeaderSource;
  readonly nonce: HeaderSource;
  readonly serial: HeaderSource;
  readonly type: TextSource<never, true>;
  readonly signature: HeaderSource;
}

/** What follows from them. */
export interface PlatformRules {
  readonly algs: readonly [RsaAlgorithm];
  readonly algBy: {
    readonly slot: 'type';
    readonly names: Readonly<Record<typeof SHA256_RSA2048, RsaAlgorithm>>;
    readonly absent: typeof SHA256_RSA2048;
  };
  readonly keys: Selection;
  readonly signature: { readonly slot: 'signature'; readonly encoding: Encoding };
  readonly time: {
    readonly slot: 'time';
    readonly unit: TimeUnit;
    readonly past: 300;
    readonly future: 300;
    readonly edge: 'exclusive';
  };
}

/** Makes the slots of a scheme. */
export function platformSlots(): PlatformSlots {
  return {
    time: header('Wechatpay-Timestamp'),
    nonce: drawn(header('Wechatpay-Nonce')),
    serial: keyIdIn(header('Wechatpay-Serial', platformKeyId)),
    type: optional(header('Wechatpay-Signature-Type')),
    signature: unlessProbe(header('Wechatpay-Signature')),
  };
}

/** Makes the rest of it. */
export function platformRules(): PlatformRules {
  return {
    algs: [rsaPkcs1Sha256],
    // The name may be left out, as Go's library has it.
    algBy: {
      slot: 'type',
      names: { [SHA256_RSA2048]: rsaPkcs1Sha256 },
      absent: SHA256_RSA2048,
    },
    keys: keyById('serial', foldKeyId),
    signature: { slot: 'signature', encoding: base64 },
    // The libraries differ at exactly 300 seconds: Go's and Java's refuse, PHP's accepts. The stricter
    // is right for all senders, since nothing of theirs is 300 seconds on its way.
    time: { slot: 'time', unit: unixSeconds, past: 300, future: 300, edge: 'exclusive' },
  };
}
