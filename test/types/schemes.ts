// What every compiler refuses of schemes, in the declarations that ship. Never run. That the same is
// refused at run time, where no compiler was asked, test/scheme/define.engine.test.ts shows.
import { ecdsaP256Sha256 } from 'countersign/alg/ecdsa';
import { hmacSha256, hmacSha512, type MacAlgorithm } from 'countersign/alg/hmac';
import { importSecret } from 'countersign/key/secret';
import { generateKeyPair } from 'countersign/key/ec';
import { hmacSha1, md5 } from 'countersign/legacy';
import { type Scheme, type Settings, sign, verify } from 'countersign/scheme';
import {
  anyKey,
  body,
  crc32Of,
  defineScheme,
  digestOf,
  header,
  hexLower,
  ifPresent,
  keyById,
  slot,
  unixSeconds,
} from 'countersign/scheme/define';

const slots = {
  id: header('Id'),
  time: header('Time'),
  alg: header('Alg'),
  signature: header('S'),
} as const;
const rest = {
  version: 1,
  title: 'A',
  direction: 'callback',
  keys: anyKey,
  signature: { slot: 'signature', encoding: hexLower },
} as const;
const algs = [hmacSha256] as const;
const time = { unit: unixSeconds, past: 300, future: 300, edge: 'inclusive' } as const;
const timed = [slot('time'), '\n', body] as const;
const covers = { time: 'whole', body: 'whole' } as const;

export const good = defineScheme({
  ...rest,
  id: 'good',
  algs,
  slots,
  message: timed,
  covers,
  time: { slot: 'time', ...time },
});

defineScheme({
  ...rest,
  id: 'unsigned-time',
  algs,
  slots,
  message: [body],
  covers: { body: 'whole' },
  // @ts-expect-error a time that is not signed says nothing
  time: { slot: 'time', ...time },
});
defineScheme({
  ...rest,
  id: 'checksum-time',
  algs,
  slots,
  message: [crc32Of([slot('time')]), '\n', body],
  covers: { time: 'checksum', body: 'whole' },
  // @ts-expect-error neither does one under a checksum
  time: { slot: 'time', ...time },
});
// @ts-expect-error whether it has a time is said
defineScheme({ ...rest, id: 'no-time', algs, slots, message: timed, covers });
defineScheme({
  ...rest,
  id: 'two-times',
  algs,
  slots,
  message: timed,
  covers,
  // @ts-expect-error and is said in one way
  time: { slot: 'time', ...time },
  freshness: 'none',
});
defineScheme({
  ...rest,
  id: 'less',
  algs,
  slots,
  message: timed,
  // @ts-expect-error what is signed is covered
  covers: { time: 'whole' },
  freshness: 'none',
});
defineScheme({
  ...rest,
  id: 'more',
  algs,
  slots,
  message: timed,
  // @ts-expect-error what is not signed is not
  covers: { time: 'whole', body: 'whole', id: 'whole' },
  freshness: 'none',
});
defineScheme({
  ...rest,
  id: 'crc',
  algs,
  slots,
  message: [crc32Of([body])],
  // @ts-expect-error a checksum covers no body
  covers: { body: 'whole' },
  freshness: 'none',
});
defineScheme({
  ...rest,
  id: 'md5',
  algs,
  slots,
  message: [digestOf(md5, hexLower, [body])],
  // @ts-expect-error neither does MD5
  covers: { body: 'whole' },
  freshness: 'none',
});
defineScheme({
  ...rest,
  id: 'if-present',
  algs,
  slots,
  message: [ifPresent('id', [slot('id')])],
  // @ts-expect-error what may be left out is covered where it is there
  covers: { id: 'whole' },
  freshness: 'none',
});
defineScheme({
  ...rest,
  id: 'delivery',
  algs,
  slots,
  message: timed,
  covers,
  // @ts-expect-error an id that is not signed names no delivery
  delivery: 'id',
  freshness: 'none',
});
defineScheme({
  ...rest,
  id: 'alg-by',
  algs,
  slots,
  message: timed,
  covers,
  // @ts-expect-error a message selects among the algorithms of the scheme
  algBy: { slot: 'alg', names: { a: hmacSha512, b: ecdsaP256Sha256 } },
  freshness: 'none',
});
defineScheme({
  ...rest,
  id: 'no-slot',
  algs,
  slots,
  // @ts-expect-error a part reads a slot that there is
  message: [slot('nonce'), '\n', body],
  covers: { nonce: 'whole', body: 'whole' },
  freshness: 'none',
});
defineScheme({
  ...rest,
  id: 'no-signature',
  algs,
  slots,
  message: timed,
  covers,
  // @ts-expect-error and so does a signature
  signature: { slot: 'sig', encoding: hexLower },
  freshness: 'none',
});
// @ts-expect-error a description has no default for what is covered
defineScheme({ ...rest, id: 'x', algs, slots, message: timed, freshness: 'none' });

declare const partial: Scheme<
  { readonly id: 'whole'; readonly body: 'checksum' },
  MacAlgorithm,
  'shop'
>;
const octets = new Uint8Array(32);
const key = importSecret(octets, { alg: hmacSha256, use: 'verify', encoding: 'raw' });
const weak = importSecret(octets, { alg: hmacSha1, use: 'verify', encoding: 'raw' });
const pair = generateKeyPair({ alg: ecdsaP256Sha256 });
const settings = { shop: '7' };

verify(good, { body: octets }, key, { now: 0 });
verify(partial, { body: octets }, key, { now: 0, settings, covers: ['id', 'body'] });
// @ts-expect-error a public key verifies no HMAC
verify(good, {}, pair.publicKey, { now: 0 });
// @ts-expect-error an HMAC over SHA-1 is another algorithm
verify(good, {}, weak, { now: 0 });
// @ts-expect-error what verifies does not sign
sign(good, {}, key, { now: 0 });
const tagger = importSecret(octets, { alg: hmacSha256, use: 'mac', encoding: 'raw' });
// @ts-expect-error a name that no message has would be signed by nobody
sign(good, { data: octets, headers: [] }, tagger, { now: 0 });
// What is handed out: a body where one was given, unless its method may be GET.
declare const given: { readonly method: string; readonly body: Uint8Array };
export const hook: Uint8Array = sign(good, { body: octets }, tagger, { now: 0 }).body;
export const post: Uint8Array = sign(good, { ...given, method: 'POST' }, tagger, { now: 0 }).body;
// @ts-expect-error it may be
export const any: Uint8Array = sign(good, given, tagger, { now: 0 }).body;
// @ts-expect-error none was
export const none: Uint8Array = sign(good, { method: 'POST' }, tagger, { now: 0 }).body;
// @ts-expect-error no URL was given
export const nowhere: string = sign(good, { body: octets }, tagger, { now: 0 }).url;
// @ts-expect-error the present is given
verify(good, {}, key, {});
// @ts-expect-error the body is octets
verify(good, { body: '{}' }, key, { now: 0 });
// @ts-expect-error what is configured is given
verify(partial, {}, key, { now: 0, covers: ['id', 'body'] });
// @ts-expect-error all of it, by its name
verify(partial, {}, key, { now: 0, settings: { store: '7' }, covers: ['id', 'body'] });
const configured: Settings<'shop'> = settings;
// @ts-expect-error and none that the scheme does not sign
verify(good, {}, key, { now: 0, settings: configured });
// @ts-expect-error what is not the whole body is acknowledged
verify(partial, {}, key, { now: 0, settings });
// @ts-expect-error by what it is
verify(partial, {}, key, { now: 0, settings, covers: ['id', 'amount'] });
// @ts-expect-error a checksum gives no body
export const unbound: Uint8Array = verify(partial, {}, key, {
  now: 0,
  settings,
  covers: ['id', 'body'],
}).body;
const { values } = verify(partial, {}, key, { now: 0, settings, covers: ['id', 'body'] });
// @ts-expect-error and no value of its name
export const value: unknown = values.body;
// @ts-expect-error keys are chosen by a slot's name
keyById(header('Id'));
