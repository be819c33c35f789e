// RFC 9421: what a verifier asks for, one thing at a time, and what it hands back.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/bytes/index.js';
import { CountersignError } from '../../src/errors.js';
import { createDigest } from '../../src/http/digest.js';
import { type HttpRequest, readRequest, readResponse } from '../../src/http/message.js';
import {
  ANY_SIGNATURE,
  CALLER_CHECKS_BODY,
  type Component,
  NO_COMPONENTS,
  NO_MAX_AGE,
  signatureBase,
  signMessage,
  signMessageAsync,
  type SignMessageOptions,
  verifyMessage,
  type VerifyMessageOptions,
} from '../../src/http/signature.js';
import {
  aes256Gcm,
  ALLOW_WEAK_SECRET,
  createRing,
  ecdsaP256Sha256,
  ecdsaP384Sha384,
  ecdsaP521Sha512,
  ed25519,
  exportPublicKey,
  generateSecret,
  hmacSha256,
  hmacSha512,
  importKey,
  importSecret,
  type Key,
  rsaPkcs1Sha256,
  rsaPssSha512,
  sign,
  withUse,
} from '../../src/index.js';
import * as ecKeys from '../../src/key/ec.js';
import * as edKeys from '../../src/key/ed25519.js';
import { makeKey } from '../../src/key/handle.js';
import * as rsaKeys from '../../src/key/rsa.js';
import { refusal } from '../bytes/support.js';
import { engineName } from '../vectors.js';

const NOW = 1_800_000_000;
const ORIGIN = 'https://api.example.com';
const BODY = encodeUtf8('{"amount":100}');
const DIGEST = createDigest(BODY, ['sha-256']);

const pair = edKeys.generateKeyPair({ alg: ed25519 });
const macKey = generateSecret({ alg: hmacSha256, use: 'mac', id: 'shared' });
const checkKey = withUse(macKey, 'verify');

type Headers = readonly (readonly [string, string])[];
const HEADERS: Headers = [
  ['Content-Digest', DIGEST],
  ['Content-Type', 'application/json'],
  ['X-Uncovered', 'anything'],
];

const request = (headers: Headers = HEADERS, body: Uint8Array = BODY): HttpRequest =>
  readRequest({ method: 'POST', url: '/pay?a=1&b=2', headers }, { origin: ORIGIN, body });

const COMPONENTS = ['@method', '@authority', '@path', 'content-digest'] as const;
const SIGN: SignMessageOptions = {
  label: 'sig1',
  components: COMPONENTS,
  parameters: { created: NOW, keyid: 'shared', tag: 'payment' },
};
const VERIFY: VerifyMessageOptions = {
  required: COMPONENTS,
  select: { label: 'sig1' },
  now: NOW,
  tolerance: 0,
  maxAge: 60,
};

/** A message with a signature; its other headers as given afterwards. */
function signed(
  options: Partial<SignMessageOptions> = {},
  headers: Headers = HEADERS,
  body: Uint8Array = BODY,
): HttpRequest {
  const fields = signMessage(request(headers, body), macKey, { ...SIGN, ...options });
  return request([...headers, ...Object.entries(fields)], body);
}

const checked = (message: HttpRequest, options: Partial<VerifyMessageOptions> = {}) =>
  verifyMessage(message, checkKey, { ...VERIFY, ...options });
const refused = (message: HttpRequest, options: Partial<VerifyMessageOptions> = {}): string =>
  refusal(() => checked(message, options));

/** The message with one header changed in one way. */
function edited(message: HttpRequest, name: string, edit: (value: string) => string): HttpRequest {
  const lines = new Map(message.headers.lines);
  lines.set(name, (lines.get(name) ?? []).map(edit));
  return { ...message, headers: { ...message.headers, lines } };
}

describe('what is verified', () => {
  test('is what was covered, and nothing else', () => {
    const result = checked(signed());
    expect(result).toEqual({
      label: 'sig1',
      values: Object.assign(Object.create(null) as object, {
        '@method': 'POST',
        '@authority': 'api.example.com',
        '@path': '/pay',
        'content-digest': DIGEST,
      }),
      parameters: { created: NOW, keyid: 'shared', tag: 'payment' },
      alg: 'hmac-sha256',
      keyId: 'shared',
      relaxed: [],
      body: BODY,
      digests: ['sha-256'],
    });
    expect(Object.isFrozen(result)).toBe(true);
    expect(Object.isFrozen(result.values)).toBe(true);
    expect(Object.isFrozen(result.parameters)).toBe(true);
    expect(JSON.stringify(result)).not.toContain('anything');
  });

  test('has no body where no digest is covered, or no body was given', () => {
    const required = ['@method'];
    expect(checked(signed({ components: required }), { required }).body).toBeUndefined();
    const bodiless = { ...signed(), body: undefined };
    expect(checked(bodiless, { body: CALLER_CHECKS_BODY })).toMatchObject({
      body: undefined,
      digests: [],
    });
  });

  test('is a digest that nobody compared only where the caller says so', () => {
    const bodiless = { ...signed(), body: undefined };
    expect(refused(bodiless)).toBe('ERR_HTTP_DIGEST');
    expect(refused(bodiless, { required: ['@method'] })).toBe('accepted');
    expect(() => checked(bodiless, { body: true as never })).toThrow(TypeError);
  });

  test('names the first component that is missing', () => {
    expect(() => checked(signed(), { required: ['@method', '"date";bs'] })).toThrow('"date";bs');
  });

  test('shows what the key was forgiven', () => {
    const weak = importSecret('short', {
      alg: hmacSha256,
      use: 'mac',
      encoding: 'utf8',
      relax: [ALLOW_WEAK_SECRET],
    });
    const message = request([...HEADERS, ...Object.entries(signMessage(request(), weak, SIGN))]);
    const result = verifyMessage(message, withUse(weak, 'verify'), VERIFY);
    expect(result.relaxed).toEqual([ALLOW_WEAK_SECRET]);
  });
});

describe('required components', () => {
  test.each(COMPONENTS)('%s has to be covered', (component) => {
    const components = COMPONENTS.filter((one) => one !== component);
    expect(refused(signed({ components }))).toBe('ERR_HTTP_COVERAGE');
    expect(refused(signed({ components }), { required: components })).toBe('accepted');
  });

  test('are stated: none only by name', () => {
    expect(() => checked(signed(), { required: [] })).toThrow(/^options\.required: expected/);
    expect(() => checked(signed(), { required: undefined as never })).toThrow(TypeError);
    expect(refused(signed(), { required: NO_COMPONENTS })).toBe('accepted');
    const nothing = signed({ components: NO_COMPONENTS });
    expect(refused(nothing)).toBe('ERR_HTTP_COVERAGE');
    expect(checked(nothing, { required: NO_COMPONENTS }).values).toEqual({});
    expect(() => signed({ components: [] })).toThrow(TypeError);
  });

  test('are told apart by their parameters, whose order says nothing', () => {
    const covered: Component = { component: 'content-digest', key: 'sha-256', tr: true };
    const message = readRequest(
      { method: 'POST', url: '/', headers: [], trailers: [['Content-Digest', DIGEST]] },
      { origin: ORIGIN, body: BODY },
    );
    const fields = signMessage(message, macKey, {
      ...SIGN,
      components: ['"content-digest";tr;key="sha-256"'],
    });
    const headers = { lines: new Map(), joined: false };
    for (const [name, value] of Object.entries(fields)) headers.lines.set(name, [value]);
    const sent = { ...message, headers };
    const { values, digests, body } = checked(sent, { required: [covered] });
    expect(Object.keys(values)).toEqual(['"content-digest";key="sha-256";tr']);
    expect([digests, body]).toEqual([['sha-256'], BODY]);
    expect(refused(sent, { required: ['content-digest'] })).toBe('ERR_HTTP_COVERAGE');
  });
});

describe('a covered digest', () => {
  test('is compared with the body', () => {
    const other = encodeUtf8('{"amount":999}');
    expect(refused({ ...signed(), body: other })).toBe('ERR_HTTP_DIGEST');
    expect(refused({ ...signed(), body: new Uint8Array(0) })).toBe('ERR_HTTP_DIGEST');
  });

  test('has to be of an algorithm that resists', () => {
    const weak: Headers = [['Content-Digest', 'md5=:Sd/dVLAcvNLSq16eXua5uQ==:']];
    const fields = signMessage({ ...request(weak), body: undefined }, macKey, SIGN);
    const message = request([...weak, ...Object.entries(fields)]);
    expect(refused(message)).toBe('ERR_HTTP_DIGEST_ALGORITHM');
  });

  test('of one member says nothing of the others', () => {
    const both: Headers = [['Content-Digest', `${DIGEST}, sha-512=:AAAA:`]];
    const components: readonly Component[] = [{ component: 'content-digest', key: 'sha-256' }];
    const message = signed({ components }, both);
    expect(checked(message, { required: components }).digests).toEqual(['sha-256']);
    const bad: Headers = [['Content-Digest', `sha-256=:AAAA:, ${createDigest(BODY, ['sha-512'])}`]];
    const fields = signMessage({ ...request(bad), body: undefined }, macKey, {
      ...SIGN,
      components,
    });
    const sent = request([...bad, ...Object.entries(fields)]);
    expect(refused(sent, { required: components })).toBe('ERR_HTTP_DIGEST');
  });

  test('of several members has to be of one such algorithm, in each section', () => {
    const md5 = 'md5=:Sd/dVLAcvNLSq16eXua5uQ==:';
    const sent = (components: readonly Component[], headers: string, trailers: string): string => {
      const message = readRequest(
        {
          method: 'POST',
          url: '/',
          headers: [['Content-Digest', headers]],
          trailers: [['Content-Digest', trailers]],
        },
        { origin: ORIGIN, body: BODY },
      );
      const bare = { ...message, body: undefined };
      const fields = signMessage(bare, macKey, { ...SIGN, components });
      const lines = new Map(message.headers.lines);
      for (const [name, value] of Object.entries(fields)) lines.set(name, [value]);
      const whole = { ...message, headers: { lines, joined: false } };
      return refused(whole, { required: components });
    };
    const key = (name: string): Component => ({ component: 'content-digest', key: name });
    const trailer = (name: string): Component => ({
      component: 'content-digest',
      key: name,
      tr: true,
    });
    const both = `${md5}, ${DIGEST}`;
    expect(sent([key('md5'), key('sha-256')], both, both)).toBe('accepted');
    expect(sent([key('md5'), trailer('sha-256')], both, both)).toBe('ERR_HTTP_DIGEST_ALGORITHM');
    const strict: Component = { component: 'content-digest', key: 'sha-256', sf: true };
    expect(sent([key('md5'), key('sha-256'), strict], both, both)).toBe('accepted');
    const wrong = `${DIGEST}, sha-512=:AAAA:`;
    expect(sent([key('sha-256'), key('sha-512')], wrong, both)).toBe('ERR_HTTP_DIGEST');
    expect(sent([key('sha-256'), 'content-digest'], wrong, both)).toBe('ERR_HTTP_DIGEST');
  });

  test('is compared before it is signed', () => {
    const wrong = request(HEADERS, encodeUtf8('another body'));
    expect(refusal(() => signMessage(wrong, macKey, SIGN))).toBe('ERR_HTTP_DIGEST');
  });
});

describe('the time', () => {
  const at = (created: number, options: Partial<VerifyMessageOptions> = {}) =>
    refused(signed({ parameters: { created } }), options);

  test.each([
    [NOW - 60, 'accepted'],
    [NOW - 61, 'ERR_TOO_OLD'],
    [NOW, 'accepted'],
    [NOW + 1, 'ERR_NOT_YET_VALID'],
  ])('created at %i is %s', (created, code) => {
    expect(at(created)).toBe(code);
  });

  test('has a tolerance both ways', () => {
    expect(at(NOW - 65, { tolerance: 5 })).toBe('accepted');
    expect(at(NOW - 66, { tolerance: 5 })).toBe('ERR_TOO_OLD');
    expect(at(NOW + 5, { tolerance: 5 })).toBe('accepted');
    expect(at(NOW + 6, { tolerance: 5 })).toBe('ERR_NOT_YET_VALID');
  });

  test('has to be there where an age is asked for', () => {
    expect(refused(signed({ parameters: {} }))).toBe('ERR_TIME');
    expect(refused(signed({ parameters: {} }), { maxAge: NO_MAX_AGE })).toBe('accepted');
    expect(at(NOW - 1e6, { maxAge: NO_MAX_AGE })).toBe('accepted');
    expect(at(NOW + 1, { maxAge: NO_MAX_AGE })).toBe('ERR_NOT_YET_VALID');
  });

  test.each([
    [NOW + 1, 'accepted'],
    [NOW, 'ERR_EXPIRED'],
    [NOW - 1, 'ERR_EXPIRED'],
  ])('expires at %i is %s, whatever is asked for', (expires, code) => {
    const message = signed({ parameters: { created: NOW, expires } });
    expect(refused(message)).toBe(code);
    expect(refused(message, { maxAge: NO_MAX_AGE })).toBe(code);
  });

  test.each([undefined, null, Number.NaN, '1', NOW * 1000, Number.POSITIVE_INFINITY])(
    'is not %s',
    (now) => {
      expect(() => checked(signed(), { now: now as number })).toThrow(TypeError);
      expect(() => checked(signed(), { maxAge: now as number })).toThrow(TypeError);
    },
  );

  test('beyond any calendar is refused', () => {
    const message = signed();
    const [input = ''] = message.headers.lines.get('signature-input') ?? [];
    const late = input.replace(/created=[0-9]+/, 'created=999999999999999');
    const lines = new Map(message.headers.lines).set('signature-input', [late]);
    const headers = { ...message.headers, lines };
    expect(refused({ ...message, headers }, { maxAge: NO_MAX_AGE })).toBe('ERR_TIME');
    const milliseconds = { created: NOW * 1000 };
    expect(() => signed({ parameters: milliseconds })).toThrow(/milliseconds/);
    expect(() => signed({ parameters: { ...SIGN.parameters, expires: NOW * 1000 } })).toThrow(
      /milliseconds/,
    );
  });
});

describe('the signature that is meant', () => {
  const two = (): HttpRequest => {
    const first = signed({ parameters: { created: NOW, tag: 'other' } });
    const second = signMessage(first, macKey, { ...SIGN, label: 'sig2' });
    const headers = HEADERS.filter(([name]) => !name.startsWith('Signature'));
    return request([...headers, ...Object.entries(second)]);
  };

  test('is chosen by label, by tag, by both, or any', () => {
    expect(checked(two()).label).toBe('sig1');
    expect(checked(two(), { select: { label: 'sig2' } }).label).toBe('sig2');
    expect(checked(two(), { select: { tag: 'payment' } }).label).toBe('sig2');
    expect(checked(two(), { select: ANY_SIGNATURE }).label).toBe('sig1');
    expect(refused(two(), { select: { label: 'sig1', tag: 'payment' } })).toBe(
      'ERR_HTTP_SIGNATURE',
    );
    expect(refused(two(), { select: { label: 'sig3' } })).toBe('ERR_HTTP_SIGNATURE');
    expect(refused(two(), { select: { tag: 'none' } })).toBe('ERR_HTTP_SIGNATURE');
    expect(refused(signed({ parameters: { created: NOW } }), { select: { tag: 'payment' } })).toBe(
      'ERR_HTTP_SIGNATURE',
    );
  });

  test('is any that satisfies everything, where any is meant', () => {
    const spoilt = edited(two(), 'signature', (value) => value.replace(/sig1=:..../, 'sig1=:AAAA'));
    expect(refused(spoilt)).toBe('ERR_VERIFY_FAILED');
    expect(checked(spoilt, { select: ANY_SIGNATURE }).label).toBe('sig2');
    expect(refused(spoilt, { select: { tag: 'other' } })).toBe('ERR_VERIFY_FAILED');
  });

  test('is not looked for further where the engines disagree', () => {
    const torn = makeKey({
      alg: {
        ...hmacSha256,
        verify() {
          throw new CountersignError('ERR_ENGINE_DISAGREEMENT', 'torn');
        },
      },
      use: 'verify',
      id: 'torn',
      relaxed: [],
      prepared: {},
      material: { kind: 'secret', octets: new Uint8Array(1) },
    });
    const parameters = { created: NOW, keyid: 'torn' };
    const first = signed({ parameters: { created: NOW, keyid: 'unknown' } });
    const second = signMessage(first, macKey, { ...SIGN, label: 'sig2', parameters });
    const message = request([...HEADERS, ...Object.entries(second)]);
    const options = { ...VERIFY, select: ANY_SIGNATURE, algs: [torn.alg] } as const;
    expect(refusal(() => verifyMessage(message, createRing([{ key: torn }]), options))).toBe(
      'ERR_ENGINE_DISAGREEMENT',
    );
  });

  test('has to be said', () => {
    for (const select of [{}, undefined, null, 'sig1', { Label: 'sig1' }, { label: 1 }]) {
      expect(() => checked(signed(), { select: select as never })).toThrow(TypeError);
    }
  });

  test('is one of at most eight', () => {
    let message = signed({ label: 'a0' });
    for (let i = 1; i < 9; i++) {
      expect(refused(message, { select: { label: 'a0' } })).toBe('accepted');
      const fields = signMessage(message, macKey, { ...SIGN, label: `a${i}` });
      message = request([...HEADERS, ...Object.entries(fields)]);
    }
    expect(refused(message, { select: { label: 'a0' } })).toBe('ERR_HTTP_SIGNATURE');
  });
});

describe('the fields', () => {
  test.each([
    ['no signature', (message: HttpRequest) => edited(message, 'signature', () => '')],
    ['no input', (message: HttpRequest) => edited(message, 'signature-input', () => '')],
    ['a label in one alone', (m: HttpRequest) => edited(m, 'signature', (v) => `${v}, b=:AA==:`)],
    ['another label', (m: HttpRequest) => edited(m, 'signature', (v) => v.replace('sig1', 'sig2'))],
    ['a Token', (m: HttpRequest) => edited(m, 'signature', () => 'sig1=abc')],
    ['an Inner List', (m: HttpRequest) => edited(m, 'signature', () => 'sig1=(:AA==:)')],
    ['a parameter', (m: HttpRequest) => edited(m, 'signature', (v) => `${v};a`)],
    ['an Item for input', (m: HttpRequest) => edited(m, 'signature-input', () => 'sig1="@method"')],
    [
      'an unknown parameter',
      (m: HttpRequest) => edited(m, 'signature-input', (v) => `${v};extra=1`),
    ],
    [
      'a parameter of another type',
      (m: HttpRequest) =>
        edited(m, 'signature-input', (v) => v.replace('keyid="shared"', 'keyid=shared')),
    ],
    [
      'a time with a fraction',
      (m: HttpRequest) => edited(m, 'signature-input', (v) => v.replace(String(NOW), `${NOW}.0`)),
    ],
  ])('with %s are refused', (_, edit) => {
    expect(refused(edit(signed()))).toBe('ERR_HTTP_SIGNATURE');
  });

  test.each([
    ['a label twice', 'signature-input', (value: string) => `${value}, ${value}`],
    ['a signature twice', 'signature', (value: string) => `${value}, ${value}`],
    ['a parameter twice', 'signature-input', (value: string) => `${value};created=${NOW}`],
    ['text that is none', 'signature-input', (value: string) => `${value},`],
  ])('with %s are refused', (_, name, edit) => {
    expect(refused(edited(signed(), name, edit))).toBe('ERR_STRUCTURED_FIELD');
  });

  test('are missing, which is no pass', () => {
    expect(refused(request())).toBe('ERR_HTTP_SIGNATURE');
    const { lines } = signed().headers;
    for (const name of ['signature', 'signature-input']) {
      const some = new Map([...lines].filter(([key]) => key !== name));
      const message = { ...signed(), headers: { lines: some, joined: false } };
      expect(refused(message, { select: ANY_SIGNATURE })).toBe('ERR_HTTP_SIGNATURE');
    }
  });

  test('over their limit are not read', () => {
    const size = (message: HttpRequest): number =>
      ['signature', 'signature-input'].reduce(
        (sum, name) => sum + (message.headers.lines.get(name)?.join('').length ?? 0),
        0,
      );
    const message = signed();
    expect(refused(message, { maxBytes: size(message) })).toBe('accepted');
    expect(refused(message, { maxBytes: size(message) - 1 })).toBe('ERR_LENGTH');
    expect(refused(edited(message, 'signature', () => ','.repeat(65_536)))).toBe('ERR_LENGTH');
  });

  test('may stand on several lines, and be spelled in another way', () => {
    // The value of @signature-params is the one text of what was read, section 3.2, step 7.
    const spaced = edited(signed(), 'signature-input', (value) =>
      value.replace('("@method" ', '(  "@method"   ').replace(';keyid', '; keyid'),
    );
    expect(refused(spaced)).toBe('accepted');
    const { lines } = signed().headers;
    const inputs = ['a=()', lines.get('signature-input')?.[0] ?? ''];
    const signatures = ['a=:AA==:', lines.get('signature')?.[0] ?? ''];
    const several = new Map([...lines, ['signature-input', inputs], ['signature', signatures]]);
    expect(refused({ ...signed(), headers: { lines: several, joined: false } })).toBe('accepted');
  });

  test('of another order of parameters are another signature', () => {
    const turned = edited(signed(), 'signature-input', (value) =>
      value.replace(`;created=${NOW};keyid="shared"`, `;keyid="shared";created=${NOW}`),
    );
    expect(refused(turned)).toBe('ERR_VERIFY_FAILED');
  });

  test('with any bit of the signature changed are refused', () => {
    const message = signed();
    const [value = ''] = message.headers.lines.get('signature') ?? [];
    for (let at = value.indexOf(':') + 1; at < value.length - 1; at++) {
      const other = value[at] === 'A' ? 'B' : 'A';
      const code = refused(
        edited(message, 'signature', () => value.slice(0, at) + other + value.slice(at + 1)),
      );
      expect(['ERR_VERIFY_FAILED', 'ERR_STRUCTURED_FIELD']).toContain(code);
    }
  });
});

describe('a covered component', () => {
  test.each([
    ['"@method" "@method"'],
    ['"content-digest" "content-digest"'],
    ['"@query-param";name="a" "@query-param";name="a"'],
    ['"content-digest";sf;req "content-digest";req;sf'],
  ])('stands once: %s', (list) => {
    const message = edited(signed(), 'signature-input', (v) => v.replace(/\(.*\)/, `(${list})`));
    expect(refused(message, { required: NO_COMPONENTS })).toBe('ERR_HTTP_COMPONENT');
    expect(refusal(() => signed({ components: list.split(' ') }))).toBe('ERR_HTTP_COMPONENT');
  });

  test('and there are at most a hundred', () => {
    const list = (count: number): string =>
      Array.from({ length: count }, (_, i) => `"@query-param";name="p${i}"`).join(' ');
    const of = (count: number): string =>
      refused(
        edited(signed(), 'signature-input', (value) => value.replace(/\(.*\)/, `(${list(count)})`)),
        { required: NO_COMPONENTS },
      );
    expect(of(100)).toBe('ERR_HTTP_COVERAGE');
    expect(of(101)).toBe('ERR_HTTP_COMPONENT');
  });

  test.each([
    ['@signature-params', 'ERR_HTTP_COMPONENT'],
    ['@nonsense', 'ERR_HTTP_COMPONENT'],
    ['constructor', 'ERR_HTTP_COVERAGE'],
    ['@constructor', 'ERR_HTTP_COMPONENT'],
    ['__proto__', 'ERR_HTTP_COVERAGE'],
    ['', 'ERR_HTTP_COMPONENT'],
    ['Content-Digest', 'ERR_HTTP_COMPONENT'],
    ['a b', 'ERR_HTTP_COMPONENT'],
    ['@query-param', 'ERR_HTTP_COMPONENT'],
    ['@status', 'ERR_HTTP_COMPONENT'],
    ['"@method";req', 'ERR_HTTP_COMPONENT'],
    ['"@method";sf', 'ERR_HTTP_COMPONENT'],
    ['"@path";name="a"', 'ERR_HTTP_COMPONENT'],
    ['"@query-param";name="c"', 'ERR_HTTP_COVERAGE'],
    ['"@query-param";name=a', 'ERR_HTTP_COMPONENT'],
    ['"content-digest";bs;sf', 'ERR_HTTP_COMPONENT'],
    ['"content-digest";bs;key="sha-256"', 'ERR_HTTP_COMPONENT'],
    ['"content-digest";sf=?0', 'ERR_HTTP_COMPONENT'],
    ['"content-digest";sf=1', 'ERR_HTTP_COMPONENT'],
    ['"content-digest";name="a"', 'ERR_HTTP_COMPONENT'],
    ['"content-digest";other', 'ERR_HTTP_COMPONENT'],
    ['"content-digest";key="md5"', 'ERR_HTTP_COVERAGE'],
    ['"content-digest";tr', 'ERR_HTTP_COVERAGE'],
    ['"content-type";sf', 'ERR_HTTP_COMPONENT'],
    ['"content-type";key="a"', 'ERR_STRUCTURED_FIELD'],
    ['x-none', 'ERR_HTTP_COVERAGE'],
    ['"content-digest', 'ERR_STRUCTURED_FIELD'],
    ['"a";sf;sf', 'ERR_STRUCTURED_FIELD'],
  ])('%s is %s', (component, code) => {
    expect(
      refusal(() => signatureBase(request(), { components: [component], parameters: {} })),
    ).toBe(code);
  });

  test('is printable ASCII on one line, whatever made the message', () => {
    const of = (value: string, component: Component = 'x-uncovered'): string =>
      refusal(() =>
        signatureBase(
          edited(request(), 'x-uncovered', () => value),
          { components: [component], parameters: {} },
        ),
      );
    expect(of('a\tb')).toBe('accepted');
    for (const value of ['a\n"@method": GET', 'a\rb', 'é', '\u0000', '\u007f']) {
      expect(of(value), JSON.stringify(value)).toBe('ERR_HTTP_COMPONENT');
    }
    expect(of('é', '"x-uncovered";bs')).toBe('accepted');
  });

  test('of a query is the only one of its name, in UTF-8', () => {
    const of = (query: string, name = 'a'): string => {
      const message = { ...request(), target: `/pay${query}` };
      const base = signatureBase(message, {
        components: [{ component: '@query-param', name }],
        parameters: {},
      });
      return base.split('\n')[0]?.replace(/^.*?: /, '') ?? '';
    };
    expect(of('?a=1&b=2')).toBe('1');
    expect(of('?b&a')).toBe('');
    expect(of('?&a=x=y&&')).toBe('x%3Dy');
    expect(of('?a=+%2b~%7e%2')).toBe('%20%2B%7E%7E%252');
    expect(of('?b=%FF&a=1')).toBe('1');
    expect(of('?%61=1')).toBe('1');
    expect(of("?f%c3%a4'=1", 'f%C3%A4%27')).toBe('1');
    for (const [query, code] of [
      ['?a=1&a=1', 'ERR_HTTP_COMPONENT'],
      ['?a=1&%61=2', 'ERR_HTTP_COMPONENT'],
      ['?a=%FF', 'ERR_HTTP_COMPONENT'],
      ['', 'ERR_HTTP_COVERAGE'],
      ['?A=1', 'ERR_HTTP_COVERAGE'],
    ] as const) {
      expect(
        refusal(() => of(query)),
        query,
      ).toBe(code);
    }
  });
});

describe('the key', () => {
  const fields = (options: Partial<SignMessageOptions> = {}) =>
    request([
      ...HEADERS,
      ...Object.entries(signMessage(request(), pair.privateKey, { ...SIGN, ...options })),
    ]);

  test('is compared with the algorithm that the message names', () => {
    const named = (alg: string) => {
      const message = signed({ parameters: { created: NOW, keyid: 'shared' } });
      return edited(message, 'signature-input', (value) => `${value};alg="${alg}"`);
    };
    for (const alg of ['ed25519', 'HMAC-SHA256', 'hmac-sha512', 'none', '', 'rsa-v1_5-sha256']) {
      expect(refused(named(alg)), alg).toBe('ERR_HTTP_ALGORITHM');
    }
    const own = signed({ parameters: { created: NOW, alg: 'hmac-sha256' } });
    expect(checked(own).parameters.alg).toBe('hmac-sha256');
    expect(() => signed({ parameters: { alg: 'ed25519' } })).toThrow(
      /^options\.parameters\.alg: expected/,
    );
  });

  test('of another kind verifies nothing, whatever the message says of it', () => {
    const ed = fields();
    expect(refusal(() => verifyMessage(ed, checkKey, VERIFY))).toBe('ERR_VERIFY_FAILED');
    expect(refusal(() => verifyMessage(signed(), pair.publicKey, VERIFY))).toBe(
      'ERR_VERIFY_FAILED',
    );
    // A public key in place of a secret, as the attack on JWT has it.
    const forged = importSecret(exportPublicKey(pair.publicKey, 'der'), {
      alg: hmacSha256,
      use: 'mac',
      encoding: 'raw',
    });
    const message = request([...HEADERS, ...Object.entries(signMessage(request(), forged, SIGN))]);
    expect(refusal(() => verifyMessage(message, pair.publicKey, VERIFY))).toBe('ERR_VERIFY_FAILED');
  });

  test('is found in a ring by its id among the algorithms that are allowed', () => {
    const other = generateSecret({ alg: hmacSha256, use: 'verify', id: 'other' });
    const edKey = importKey(exportPublicKey(pair.publicKey, 'pem'), {
      alg: ed25519,
      use: 'verify',
      id: 'ed',
    });
    const ring = createRing([{ key: other }, { key: checkKey }, { key: edKey }]);
    const of = (message: HttpRequest, algs: never) =>
      verifyMessage(message, ring, { ...VERIFY, algs });
    expect(of(signed(), [hmacSha256] as never).keyId).toBe('shared');
    expect(of(signed(), [ed25519, hmacSha256] as never).alg).toBe('hmac-sha256');
    const ed = fields({ parameters: { created: NOW, keyid: 'ed' } });
    expect(of(ed, [ed25519] as never).keyId).toBe('ed');
    expect(refusal(() => of(ed, [hmacSha256] as never))).toBe('ERR_KEY_UNKNOWN');
    expect(
      refusal(() =>
        of(signed({ parameters: { created: NOW, keyid: 'x' } }), [hmacSha256] as never),
      ),
    ).toBe('ERR_KEY_UNKNOWN');
    const alg = { created: NOW, keyid: 'shared', alg: 'hmac-sha256' };
    expect(refusal(() => of(signed({ parameters: alg }), [ed25519] as never))).toBe(
      'ERR_HTTP_ALGORITHM',
    );
    for (const algs of [undefined, [], [hmacSha512], [aes256Gcm], ['hmac-sha256']]) {
      expect(() => of(signed(), algs as never)).toThrow(TypeError);
    }
    expect(() => checked(signed(), { algs: [hmacSha256] })).toThrow(/^options\.algs/);
  });

  test('is one of few in a ring where the message names none', () => {
    const anonymous = signed({ parameters: { created: NOW } });
    const secrets = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        key: generateSecret({ alg: hmacSha256, use: 'verify', id: `s${i}` }),
      }));
    const options = { ...VERIFY, algs: [hmacSha256] };
    const eight = createRing([...secrets(7), { key: checkKey }]);
    expect(verifyMessage(anonymous, eight, options).keyId).toBe('shared');
    const nine = createRing([...secrets(8), { key: checkKey }]);
    expect(refusal(() => verifyMessage(anonymous, nine, options))).toBe('ERR_KEY_AMBIGUOUS');
    const kinds = createRing([...secrets(8), { key: pair.publicKey }]);
    const algs = [hmacSha256, ed25519];
    expect(refusal(() => verifyMessage(anonymous, kinds, { ...VERIFY, algs }))).toBe(
      'ERR_KEY_AMBIGUOUS',
    );
    const three = [0, 1, 2].map((i) =>
      i === 0
        ? ecKeys.generateKeyPair({ alg: ecdsaP256Sha256 })
        : edKeys.generateKeyPair({ alg: ed25519 }),
    );
    const others = three.map(({ publicKey }) => ({ key: publicKey }));
    const both = { ...VERIFY, algs: [ecdsaP256Sha256, ed25519, hmacSha256] };
    const two = createRing([...others.slice(0, 2), { key: checkKey }]);
    expect(verifyMessage(anonymous, two, both).keyId).toBe('shared');
    const many = createRing([...others, { key: checkKey }]);
    expect(refusal(() => verifyMessage(anonymous, many, both))).toBe('ERR_KEY_AMBIGUOUS');
    const none = createRing([{ key: pair.publicKey }]);
    expect(refusal(() => verifyMessage(anonymous, none, options))).toBe('ERR_KEY_UNKNOWN');
    const strangers = createRing(secrets(2));
    expect(refusal(() => verifyMessage(anonymous, strangers, options))).toBe('ERR_VERIFY_FAILED');
  });

  test('outside its time is refused', () => {
    const ring = createRing([{ key: checkKey, notAfter: NOW - 1 }]);
    const options = { ...VERIFY, algs: [hmacSha256] };
    expect(refusal(() => verifyMessage(signed(), ring, options))).toBe('ERR_KEY_EXPIRED');
  });

  test('is of one of the six algorithms', () => {
    const long = generateSecret({ alg: hmacSha512, use: 'mac' });
    const curve = ecKeys.generateKeyPair({ alg: ecdsaP521Sha512 });
    expect(() => signMessage(request(), long, SIGN)).toThrow(/six algorithms/);
    expect(() => signMessage(request(), curve.privateKey, SIGN)).toThrow(/six algorithms/);
    expect(() => verifyMessage(signed(), curve.publicKey, VERIFY)).toThrow(/six algorithms/);
    const sealing = generateSecret({ alg: aes256Gcm, use: 'seal' });
    expect(() => signMessage(request(), sealing as never, SIGN)).toThrow();
    expect(() => verifyMessage(signed(), macKey as never, VERIFY)).toThrow();
  });

  const p256 = ecKeys.generateKeyPair({ alg: ecdsaP256Sha256 });
  const p384 = ecKeys.generateKeyPair({ alg: ecdsaP384Sha384 });
  const rsa = (alg: typeof rsaPssSha512) =>
    engineName === 'noble' ? [] : [rsaKeys.generateKeyPair({ alg, bits: 2048 })];
  const pairs = [pair, p256, p384, ...rsa(rsaPssSha512), ...rsa(rsaPkcs1Sha256)];

  test.each(pairs.map((one) => [one.publicKey.alg.name, one] as const))(
    'of %s signs and verifies, here and elsewhere',
    async (_, { publicKey, privateKey }) => {
      const secret = privateKey as Key<typeof ed25519, 'sign'>;
      const open = publicKey as Key<typeof ed25519, 'verify'>;
      const isEcdsa = (publicKey.alg as { family: string }).family === 'ec';
      const remote = {
        alg: open.alg,
        publicKey: open,
        keyId: 'elsewhere',
        input: 'message',
        format: isEcdsa ? 'fixed' : 'raw',
        sign: (input: Uint8Array) =>
          Promise.resolve(
            sign(secret, input, ...((isEcdsa ? [{ encoding: 'fixed', s: 'any' }] : []) as [])),
          ),
      } as const;
      for (const made of [
        signMessage(request(), secret, SIGN),
        await signMessageAsync(request(), secret, SIGN),
        await signMessageAsync(request(), remote, SIGN),
      ]) {
        const message = request([...HEADERS, ...Object.entries(made)]);
        expect(verifyMessage(message, open, VERIFY).body).toBe(BODY);
        const changed = { ...message, method: 'PUT' };
        expect(refusal(() => verifyMessage(changed, open, VERIFY))).toBe('ERR_VERIFY_FAILED');
      }
    },
  );

  test('may be a remote secret', async () => {
    const remote = {
      alg: hmacSha256,
      keyId: 'elsewhere',
      mac: (input: Uint8Array) => Promise.resolve(new Uint8Array(input.length > 0 ? 32 : 0)),
    };
    const made = await signMessageAsync(request(), remote, SIGN);
    expect(made.signature).toBe(`sig1=:${'A'.repeat(43)}=:`);
    await expect(signMessageAsync(request(), {} as never, SIGN)).rejects.toThrow(TypeError);
  });
});

describe('a response', () => {
  const components: readonly Component[] = [
    '@status',
    '"@method";req',
    { component: '@query-param', name: 'a', req: true },
    { component: 'content-digest', req: true },
  ];
  const response = (headers: Headers = []) => readResponse({ status: 201, headers }, {});
  const made = signMessage(response(), macKey, { ...SIGN, components, request: request() });
  const sent = response(Object.entries(made));
  const of = (options: Partial<VerifyMessageOptions> = {}) =>
    verifyMessage(sent, checkKey, { ...VERIFY, required: components, ...options });

  test('is bound to the request that it answers', () => {
    expect(of({ request: request() }).values).toEqual({
      '@status': '201',
      '"@method";req': 'POST',
      '"@query-param";name="a";req': '1',
      '"content-digest";req': DIGEST,
    });
    const other = { ...request(), target: '/pay?a=2' };
    expect(refusal(() => of({ request: other }))).toBe('ERR_VERIFY_FAILED');
    expect(refusal(() => of())).toBe('ERR_HTTP_COMPONENT');
    expect(() => of({ request: sent as never })).toThrow(/^request: expected a request/);
  });

  test('has no digest of its own in that of its request', () => {
    const withBody = { ...sent, body: encodeUtf8('of the response') };
    const result = verifyMessage(withBody, checkKey, {
      ...VERIFY,
      required: components,
      request: request(),
    });
    expect(result.body).toBeUndefined();
    // Nor in one that stands there and is not covered, right or wrong.
    for (const text of ['of the response', 'of another']) {
      const line = createDigest(encodeUtf8(text), ['sha-256']);
      const lines = new Map(sent.headers.lines).set('content-digest', [line]);
      const headers = { ...sent.headers, lines };
      const options = { ...VERIFY, required: components, request: request() };
      const found = verifyMessage({ ...withBody, headers }, checkKey, options);
      expect([found.body, found.digests]).toEqual([undefined, []]);
    }
  });
});

describe('strict fields', () => {
  const base = (component: Component, value: string, type?: 'dictionary' | 'list' | 'item') =>
    signatureBase(request([['X', value]]), {
      components: [component],
      parameters: {},
      ...(type === undefined ? {} : { fieldTypes: { x: type } }),
    }).split('\n')[0];

  test('are written by their type', () => {
    expect(base('"x";sf', ' a=1,  b;c ', 'dictionary')).toBe('"x";sf: a=1, b;c');
    expect(base('"x";sf', '1,(2  3)', 'list')).toBe('"x";sf: 1, (2 3)');
    expect(base('"x";sf', '1.50;a=?1', 'item')).toBe('"x";sf: 1.5;a');
    expect(base('"x";sf', '', 'list')).toBe('"x";sf: ');
    expect(base('"x";sf', '', 'dictionary')).toBe('"x";sf: ');
    expect(base('"x";key="b"', 'a=1, b=(1  2);c')).toBe('"x";key="b": (1 2);c');
  });

  test('are read once, however many of their members are covered', () => {
    const members = Array.from({ length: 50_000 }, (_, i) => `k${i}="some text"`).join();
    const message = readRequest(
      { method: 'GET', url: '/', headers: { X: members } },
      { origin: ORIGIN, maxHeaderBytes: 1 << 21 },
    );
    const milliseconds = (count: number): number => {
      const components = Array.from({ length: count }, (_, i) => `"x";key="k${i}"`);
      const start = performance.now();
      signatureBase(message, { components, parameters: {} });
      return performance.now() - start;
    };
    const best = (count: number): number =>
      Math.min(...Array.from({ length: 3 }, () => milliseconds(count)));
    expect(best(100)).toBeLessThan(20 * best(1));
  });

  /** Eight signatures of these components, none of which holds. */
  const forged = (components: string): Headers => {
    const labels = Array.from({ length: 8 }, (_, i) => `s${i}`);
    return [
      ['Signature-Input', labels.map((one) => `${one}=(${components});created=${NOW}`).join()],
      ['Signature', labels.map((one) => `${one}=:AAAA:`).join()],
    ];
  };
  const ANY = { required: NO_COMPONENTS, select: ANY_SIGNATURE } as const;

  test('are read and written once for all signatures of a message', () => {
    let reads = 0;
    const lines = new Proxy(['1, (2  3)'], {
      get: (target, name, receiver) => {
        if (name === 'map') reads++;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    const message = request(forged('"x";sf'));
    const headers = { ...message.headers, lines: new Map(message.headers.lines).set('x', lines) };
    const options = { ...ANY, fieldTypes: { x: 'list' } } as const;
    expect(refused({ ...message, headers }, options)).toBe('ERR_VERIFY_FAILED');
    expect(reads).toBe(1);
  });

  test('of 64 KiB cost little before a message is refused', () => {
    const names = Array.from({ length: 45 }, (_, i) => `k${i}`);
    let members = names.map((name) => `${name}=1`).join();
    for (let i = 0; members.length < 48_000; i++) members += `,z${i}`;
    const components = [
      ...names.map((name) => `"x";key="${name}"`),
      ...names.map((name) => `"@query-param";name="${name}"`),
      '"x";sf',
      '"x";bs',
    ];
    const headers: Headers = [['X', members], ...forged(components.join(' '))];
    const query = `${names.map((name) => `${name}=%61`).join('&')}&${'%61&'.repeat(16_000)}`;
    const message = readRequest({ method: 'GET', url: `/?${query}`, headers }, { origin: ORIGIN });
    const options = { ...ANY, fieldTypes: { x: 'dictionary' } } as const;
    const start = performance.now();
    expect(refused(message, options)).toBe('ERR_VERIFY_FAILED');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('with one key twice say two things', () => {
    expect(refusal(() => base('"x";key="a"', 'a=1, a=2'))).toBe('ERR_STRUCTURED_FIELD');
    expect(refusal(() => base('"x";sf', 'a=1, a=2', 'dictionary'))).toBe('ERR_STRUCTURED_FIELD');
  });
});

describe('any change', () => {
  const message = signed();
  const lines = [...message.headers.lines].filter(([name]) => name !== 'x-uncovered');

  test('of one character of what is covered or of the fields is refused', () => {
    fc.assert(
      fc.property(
        fc.nat(lines.length - 1),
        fc.nat(400),
        fc.integer({ min: 0x20, max: 0x7e }),
        (which, where, code) => {
          const [name, values] = lines[which] ?? ['', []];
          const value = values[0] ?? '';
          const at = where % Math.max(1, value.length);
          const changed = value.slice(0, at) + String.fromCharCode(code) + value.slice(at + 1);
          if (changed === value || name === 'content-type') return;
          const found = refused(edited(message, name, () => changed));
          expect(found).toMatch(/^ERR_/);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('of the message itself is refused', () => {
    for (const [name, value] of [
      ['method', 'PUT'],
      ['authority', 'api.example.org'],
      ['target', '/pay2?a=1&b=2'],
    ] as const) {
      expect(refused({ ...message, [name]: value }), name).toBe('ERR_VERIFY_FAILED');
    }
    expect(refused({ ...message, target: '/pay?a=9' })).toBe('accepted'); // no query is covered
  });
});

describe('callers', () => {
  test('spell options right', () => {
    expect(() => checked(signed(), { requires: [] } as never)).toThrow(/^options: expected/);
    expect(() => signed({ created: 1 } as never)).toThrow(/^options: expected/);
    expect(() => signed({ parameters: { keyId: 'x' } as never })).toThrow(/^parameters: expected/);
    expect(() => signed({ parameters: { created: -1 } })).toThrow(TypeError);
    expect(() => signed({ parameters: { created: '1' as never } })).toThrow(TypeError);
  });

  test('give a message that was read', () => {
    const platform = new Request('https://a.example/') as never;
    expect(() => verifyMessage(platform, checkKey, VERIFY)).toThrow(/^message: expected what/);
    expect(() => signMessage(platform, macKey, SIGN)).toThrow(/^message: expected what/);
  });

  test('use a label once', () => {
    expect(() => signMessage(signed(), macKey, SIGN)).toThrow(/^options\.label: expected/);
    expect(refusal(() => signed({ label: 'Sig' }))).toBe('ERR_STRUCTURED_FIELD');
    expect(signed({ label: 'constructor' }).headers.lines.get('signature')?.[0]).toMatch(
      /^constructor=:/,
    );
  });
});
