// Tokens that are nearly right, and what must hold of each: a code, or what was signed and nothing
// else. A run follows from its seed.
import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import {
  signFlattenedJws,
  signGeneralJws,
  signJws,
  verifyFlattenedJws,
  verifyGeneralJws,
  verifyJws,
} from '../../src/jose/jws.js';
import { ANY_AUDIENCE, ANY_ISSUER, ANY_TYPE, NO_EXPIRY, verifyJwt } from '../../src/jose/jwt.js';
import { exportSecretInTheClear } from '../../src/key/export.js';
import { generateSecret, withUse } from '../../src/key/secret.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import type { Random } from '../key/fuzz.js';
import { encoded, NOW, utf8 } from './support.js';

const signing = generateSecret({ alg: hmacSha256, use: 'mac', id: 'k' });
const verifying = withUse(signing, 'verify');
const secret = exportSecretInTheClear(verifying);
const CLAIMS = `{"iss":"https://issuer.example","sub":"ü","aud":["a","b"],"exp":${NOW + 60},"nbf":1.5,"x":{"y":[null,true,-0.5e3]}}`;
const HEADER = '{"alg":"HS256","typ":"JWT","kid":"k","crit":["x"],"x":{"y":[1]}}';
const OPTIONS = { understood: ['x', 'b64'] };
const payload = utf8(CLAIMS);
const header = { kid: 'k', crit: ['x'], x: { y: [1] } };

const compact = signJws(payload, signing, { header });
const other = signJws(utf8('{"amount":1}'), signing, { header: { ...header, kid: 'l' } });
const flattened = signFlattenedJws(payload, signing, { header, unprotected: { z: 1 } });
const general = signGeneralJws(payload, [{ key: signing, header }, { key: signing }]);

const TEXTS = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '.',
  '=',
  '-',
  '_',
  'A',
  'z',
  '0',
  '1e400',
  ' ',
  '\u0000',
  '\u{feff}',
  'ü',
  '\u{1f600}',
  '"alg":"none"',
  '"crit":["b64"]',
  '"b64":false',

  '"__proto__":{}',
  '"exp":1',
  '"exp":"1"',
  '"kid":"l"',
  '\\u0061',
  'null',
  'true',
  '9'.repeat(40),
];

/** The verdict on one changed message; what does not hold fails the test. */
export function verdictOf(random: Random): string {
  const kind = random.below(5);
  try {
    if (kind === 0) verdictOnCompact(changed(random, compact, other));
    else if (kind === 1) verdictOnJson(changed(random, flattened, general), verifyFlattenedJws);
    else if (kind === 2) verdictOnJson(changed(random, general, flattened), verifyGeneralJws);
    else if (kind === 3) verdictOnHeader(changed(random, HEADER, CLAIMS), random.below(4) > 0);
    else verdictOnClaims(changed(random, CLAIMS, HEADER));
    return 'accepted';
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    expect(error.message.length).toBeLessThan(200);
    return error.code;
  }
}

function verdictOnCompact(token: string): void {
  const found = verifyJws(token, verifying, OPTIONS);
  expect([compact, other]).toContain(token);
  expect(encoded(found.payload)).toBe(token.split('.')[1]);
}

function verdictOnJson(
  message: string,
  verify: typeof verifyFlattenedJws | typeof verifyGeneralJws,
): void {
  expect(verify(utf8(message), verifying, OPTIONS).payload).toEqual(payload);
}

/** Whoever has the key may sign any header; what comes back is what it says. */
function verdictOnHeader(text: string, isUnderstood: boolean): void {
  const { header: found } = verifyJws(tagged(text, CLAIMS), verifying, {
    understood: isUnderstood ? OPTIONS.understood : [],
    maxBytes: 1 << 16,
  });
  expect(JSON.stringify(found)).toBe(JSON.stringify(JSON.parse(text)));
  expect(found['alg']).toBe('HS256');
}

function verdictOnClaims(text: string): void {
  const { claims } = verifyJwt(tagged('{"alg":"HS256"}', text), verifying, {
    now: NOW,
    clockTolerance: 0,
    issuer: ANY_ISSUER,
    audience: ANY_AUDIENCE,
    typ: ANY_TYPE,
    expiry: NO_EXPIRY,
    maxBytes: 1 << 16,
  });
  const read = JSON.parse(text) as { exp?: number; nbf?: number };
  expect(JSON.stringify(claims)).toBe(JSON.stringify(read));
  expect(NOW < (read.exp ?? Infinity) && (read.nbf ?? 0) <= NOW).toBe(true);
}

function tagged(head: string, body: string): string {
  const input = `${encoded(head)}.${encoded(body)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** One to four changes of a text. */
function changed(random: Random, text: string, another: string): string {
  let now = text;
  for (let left = 1 + random.below(4); left > 0; left--) {
    const [at, size] = [random.below(now.length + 1), random.below(8)];
    const [before, after] = [now.slice(0, at), now.slice(at)];
    switch (random.below(6)) {
      case 0:
        now = before + random.pick(TEXTS) + after;
        break;
      case 1:
        now = before + random.pick(TEXTS) + after.slice(size);
        break;
      case 2:
        now = before + after.slice(size);
        break;
      case 3:
        now = before + after.slice(0, size) + after;
        break;
      case 4:
        now = before + another.slice(random.below(another.length));
        break;
      default: {
        const unit = after.charCodeAt(0);
        now =
          before + String.fromCharCode((unit || 0x41) ^ (1 << random.below(7))) + after.slice(1);
      }
    }
    if (now.length > 4000) now = now.slice(0, 4000);
  }
  // Half of a surrogate pair is nothing that could be sent.
  return Buffer.from(now).toString();
}
