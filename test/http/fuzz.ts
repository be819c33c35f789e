// Signed messages with their fields, their target and their body changed in small ways: each gives the
// values that were signed, or a coded error.
import { encodeUtf8 } from '../../src/bytes/index.js';
import { CountersignError } from '../../src/errors.js';
import { checkDigest, createDigest, readWantDigest } from '../../src/http/digest.js';
import { type HttpRequest, readRequest } from '../../src/http/message.js';
import {
  ANY_SIGNATURE,
  NO_COMPONENTS,
  NO_MAX_AGE,
  readAcceptSignature,
  signMessage,
  verifyMessage,
} from '../../src/http/signature.js';
import { generateSecret, hmacSha256, withUse } from '../../src/index.js';
import { Random } from '../key/fuzz.js';

export interface FuzzReport {
  readonly accepted: number;
  readonly refused: Readonly<Record<string, number>>;
  /** What was thrown without a code, or accepted with other values than were signed. */
  readonly faults: readonly string[];
}

const NOW = 1_800_000_000;
const ORIGIN = 'https://api.example.com';
const BODY = encodeUtf8('{"amount":100}');
const PIECES = (
  '"|""|(|)|;|=|,|:|::| |\\|?0|?1|@|@1|%"|*|sig1|sig1=|"@method"|"@method";req|"@path"|;sf|;bs|;tr' +
  '|;key="a"|"@query-param";name="a"|content-digest|sha-256=:AAAA:|sha-512=::|created=1|alg="none"|é' +
  '|\t|\n|\u0000|999999999999999999|-1|1.5|:AA==:|__proto__'
).split('|');

export function fuzz(seed: number, count: number): FuzzReport {
  const random = new Random(seed);
  const below = (bound: number): number => random.below(bound);
  const key = generateSecret({ alg: hmacSha256, use: 'mac', id: 'k' });
  const check = withUse(key, 'verify');
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'content-digest': createDigest(BODY, ['sha-256']),
    'accept-signature': 'sig2=("@status" "@method";req);created;keyid="k"',
    'want-content-digest': 'sha-256=10, sha-512=3',
    'x-dictionary': 'a=1, b=(2 3);x',
  };
  const send = (fields: Readonly<Record<string, string>>, url = '/pay?a=1&b=2', body = BODY) =>
    readRequest({ method: 'POST', url, headers: fields }, { origin: ORIGIN, body });
  const good: Record<string, string> = {
    ...headers,
    ...signMessage(send(headers), key, {
      label: 'sig1',
      components: [
        '@method',
        '@path',
        '"@query-param";name="a"',
        '"x-dictionary";key="b"',
        'content-digest',
      ],
      parameters: { created: NOW, keyid: 'k', tag: 't' },
    }),
  };
  const names = Object.keys(good);
  const genuine = JSON.stringify(verify(send(good)).values);
  const refused: Record<string, number> = {};
  const faults: string[] = [];
  let accepted = 0;

  function verify(message: HttpRequest): { values: object; body: Uint8Array | undefined } {
    return verifyMessage(message, check, {
      required: NO_COMPONENTS,
      select: ANY_SIGNATURE,
      now: NOW,
      tolerance: 0,
      maxAge: NO_MAX_AGE,
    });
  }

  function edited(text: string): string {
    let out = text;
    for (let edits = 1 + below(3); edits > 0; edits--) {
      const at = below(out.length + 1);
      const put = below(2) === 0 ? (PIECES[below(PIECES.length)] ?? '') : '';
      out = out.slice(0, at) + put + out.slice(at + below(4));
    }
    return out;
  }

  for (let i = 0; i < count; i++) {
    const name = names[below(names.length)] ?? 'signature';
    const fields = { ...good, [name]: edited(good[name] ?? '') };
    const url = below(8) === 0 ? edited('/pay?a=1&b=2') : '/pay?a=1&b=2';
    const body =
      below(8) === 0 ? encodeUtf8(edited('{"amount":100}').replaceAll('\ud800', '')) : BODY;
    try {
      const message = send(fields, url, body);
      if (name === 'accept-signature') readAcceptSignature(message);
      if (name === 'want-content-digest') readWantDigest(fields[name] ?? '');
      if (name === 'content-digest') checkDigest(fields[name] ?? '', body);
      const { values, body: verified } = verify(message);
      accepted += 1;
      const isWhole = JSON.stringify(values) === genuine;
      const isBody = verified === body && Buffer.compare(body, BODY) === 0;
      if (!isWhole || !isBody) faults.push(`accepted: ${JSON.stringify({ fields, url })}`);
    } catch (error) {
      const code = error instanceof CountersignError ? error.code : String(error);
      refused[code] = (refused[code] ?? 0) + 1;
      if (!(error instanceof CountersignError)) faults.push(JSON.stringify({ fields, url, code }));
    }
  }
  return { accepted, refused, faults: faults.slice(0, 10) };
}
