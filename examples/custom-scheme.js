// @ts-check
// A scheme of your own: `Acme-Signature: id=…;ts=…;sig=…` over `{ts}.{id}.{body}`, described once. It
// is then verified, signed, documented and explained by what serves every provider.
import { hmacSha256 } from 'countersign/alg/hmac';
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { describeScheme, secretFor, sign, verify } from 'countersign/scheme';
import {
  anyKey,
  body,
  charset,
  defineScheme,
  headerList,
  hexLower,
  pairs,
  slot,
  unixSeconds,
  hexSecret,
} from 'countersign/scheme/define';

const list = pairs(headerList('Acme-Signature'), { between: ';', equals: '=' });

const acme = defineScheme({
  id: 'acme',
  version: 1,
  title: 'Acme callbacks',
  direction: 'callback',
  slots: {
    // What an id may hold is said, so that the full stop behind it can't be a part of it: two
    // messages then never have one text. Without it this file would not run.
    id: list.one('id', charset('letters and digits', 'A-Za-z0-9')),
    time: list.one('ts'),
    signatures: list.all('sig'),
  },
  message: [slot('time'), '.', slot('id'), '.', body],
  algs: [hmacSha256],
  keys: anyKey,
  secret: hexSecret,
  signature: { slot: 'signatures', encoding: hexLower },
  // What the signature binds. That it is what `message` says, the compiler checks.
  covers: { time: 'whole', id: 'whole', body: 'whole' },
  delivery: 'id',
  time: { slot: 'time', unit: unixSeconds, past: 300, future: 60, edge: 'inclusive' },
});

const secret = '8f1c6f0e5b3d4a2997c8e1d2b3a4f5061728394a5b6c7d8e9fa0b1c2d3e4f506';
const now = 1_800_000_000;
const sent = sign(
  acme,
  { body: encodeUtf8('{"amount":"100.00"}') },
  secretFor(acme, secret, { use: 'mac' }),
  { now, values: { id: 'evt1' } },
);
const key = secretFor(acme, secret, { use: 'verify' });
const { deliveryId, timestamp, keyId, covers } = verify(acme, sent, key, { now });

console.log(`signed     ${describeScheme(acme).message}`);
console.log(`sent       ${sent.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}`);
console.log(`verified   ${JSON.stringify({ deliveryId, timestamp, keyId, covers })}`);
try {
  verify(acme, sent, key, { now: now + 301 });
  process.exitCode = 1;
} catch (error) {
  console.log(`too late   ${error instanceof CountersignError ? error.code : String(error)}`);
}
