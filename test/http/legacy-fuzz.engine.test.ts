// Changed requests of the older schemes: a coded error or the same result, and nothing else; and what
// is signed at random is verified, while one changed character of what is signed is refused.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CountersignError } from '../../src/errors.js';
import { ACCEPT_UNDATED, legacyDigest, signCavage, verifyCavage } from '../../src/http/cavage.js';
import { type HttpRequest, readRequest } from '../../src/http/message.js';
import {
  ACCEPT_UNSIGNED_BODY,
  oauth1Secret,
  signOauth1,
  verifyOauth1,
} from '../../src/http/oauth1.js';
import { deriveSigV4Key, presignSigV4, signSigV4, verifySigV4 } from '../../src/http/sigv4.js';
import { importSecret, withUse } from '../../src/key/secret.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';

const NOW = 1_795_284_000;
const ORIGIN = 'https://a.example';
const ALG = { alg: hmacSha256, use: 'mac', encoding: 'utf8' } as const;
const secret = importSecret('a secret of some length', { ...ALG, id: 'k' });
const SCOPE = {
  accessKeyId: 'AKID',
  day: '20261121',
  region: 'r',
  service: 's',
  use: 'mac',
} as const;
const aws = deriveSigV4Key(secret, SCOPE);
const oauth = oauth1Secret(
  { consumerKey: 'consumer', consumerSecret: 'a secret of some length' },
  { alg: hmacSha256, use: 'mac' },
);
const CLOCK = { now: NOW, tolerance: 0, maxAge: 60 };

type Lines = readonly (readonly [string, string])[];
interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Lines;
  readonly body: Uint8Array;
}

const read = ({ method, target, headers, body }: Sent): HttpRequest =>
  readRequest({ method, url: target, headers }, { origin: ORIGIN, body });

interface Scheme {
  readonly sign: (sent: Sent) => Sent;
  /** What was verified, as text. */
  readonly verify: (sent: Sent) => string;
}

const SCHEMES: Readonly<Record<string, Scheme>> = {
  SigV4: {
    sign(sent) {
      const made = signSigV4(read(sent), aws, { now: NOW, path: 'normalized', payload: 'header' });
      return { ...sent, headers: [...sent.headers, ...made.headers] };
    },
    verify(sent) {
      const options = {
        ...CLOCK,
        form: 'header',
        service: 's',
        region: 'r',
        path: 'normalized',
      } as const;
      return JSON.stringify(verifySigV4(read(sent), withUse(aws, 'verify'), options));
    },
  },
  'SigV4 in a query': {
    sign(sent) {
      const options = { now: NOW, path: 's3', payload: 'signed', expires: 60 } as const;
      // The body of S3 stands in no URL: another service, with the paths of S3.
      return {
        ...sent,
        target: presignSigV4(read(sent), aws, { ...options, path: 'verbatim' }).target,
      };
    },
    verify(sent) {
      const options = {
        ...CLOCK,
        form: 'query',
        service: 's',
        region: 'r',
        path: 'verbatim',
      } as const;
      return JSON.stringify(verifySigV4(read(sent), withUse(aws, 'verify'), options));
    },
  },
  'draft-cavage': {
    sign(sent) {
      const headers = [...sent.headers, ['Digest', legacyDigest(sent.body, 'SHA-512')] as const];
      const { header } = signCavage(read({ ...sent, headers }), secret, {
        keyId: 'k',
        headers: ['(request-target)', 'host', 'digest', 'x-a', '(created)'],
        algorithm: 'none',
        field: 'signature',
        created: NOW,
      });
      return { ...sent, headers: [...headers, header] };
    },
    verify(sent) {
      return JSON.stringify(
        verifyCavage(read(sent), withUse(secret, 'verify'), {
          ...CLOCK,
          headers: ['(request-target)', 'digest'],
          time: ACCEPT_UNDATED,
          field: 'signature',
        }),
      );
    },
  },
  'OAuth 1.0': {
    sign(sent) {
      const { header } = signOauth1(read(sent), oauth, {
        now: NOW,
        consumerKey: 'consumer',
        nonce: 'n',
        query: 'decoded',
        body: 'hash',
      });
      return { ...sent, headers: [...sent.headers, header] };
    },
    verify(sent) {
      return JSON.stringify(
        verifyOauth1(read(sent), withUse(oauth, 'verify'), {
          ...CLOCK,
          query: 'decoded',
          body: ACCEPT_UNSIGNED_BODY,
        }),
      );
    },
  },
};

const word = fc
  .stringMatching(/^[a-z0-9%.~!*'()/=-]{0,12}$/)
  .map((text) => text.replaceAll('%', '%41'));
const sentAtRandom: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT'),
  target: fc
    .tuple(word, fc.array(fc.tuple(word, word), { maxLength: 4 }))
    .map(
      ([path, pairs]) =>
        `/${path}?${pairs.map(([a, b]) => `${a.replaceAll('=', '')}=${b}`).join('&')}`,
    ),
  headers: fc.stringMatching(/^[ -~]{0,20}$/).map((value): Lines => [
    ['X-A', value],
    ['X-Amz-A', value],
  ]),
  body: fc.uint8Array({ maxLength: 40 }),
});

const CHARACTERS = [...'",=%&;:/\\ \t+-_.~0aAzZ\u{e9}\u{0}\n'.split(''), ''];

/** One character of one place of a request replaced, removed or doubled. */
const changeAtRandom = fc.record({
  place: fc.nat(5),
  at: fc.nat(2000),
  by: fc.constantFrom(...CHARACTERS),
});

function changed(sent: Sent, { place, at, by }: { place: number; at: number; by: string }): Sent {
  const edit = (text: string): string => {
    const i = at % (text.length + 1);
    return text.slice(0, i) + by + text.slice(i + 1);
  };
  if (place === 0) return { ...sent, target: edit(sent.target) };
  if (place === 1) return { ...sent, method: edit(sent.method) };
  const which = at % sent.headers.length;
  const headers = sent.headers.map(([name, value], i): readonly [string, string] =>
    i !== which ? [name, value] : place === 2 ? [edit(name), value] : [name, edit(value)],
  );
  return { ...sent, headers };
}

describe.each(Object.entries(SCHEMES))('%s', (_name, { sign, verify }) => {
  test('what is signed is verified, and is no other body or method', () => {
    fc.assert(
      fc.property(sentAtRandom, (sent) => {
        const made = sign(sent);
        expect(verify(made)).not.toBe('');
        expect(() => verify({ ...made, method: 'PATCH' })).toThrow(CountersignError);
        expect(() => verify({ ...made, body: Uint8Array.of(...made.body, 1) })).toThrow(
          CountersignError,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('changed, is refused with a code, or says the same', () => {
    let refused = 0;
    fc.assert(
      fc.property(sentAtRandom, changeAtRandom, (sent, change) => {
        const made = sign(sent);
        try {
          expect(verify(changed(made, change))).toBe(verify(made));
        } catch (error) {
          if (!(error instanceof CountersignError)) throw error;
          refused += 1;
        }
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});
