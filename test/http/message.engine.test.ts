// A message in each of the shapes that platforms have, and what is refused of one.
import { describe, expect, test } from 'vitest';
import {
  fieldLine,
  type FieldsInput,
  fieldValue,
  type HttpRequest,
  joinedLines,
  prepareRequest,
  readRequest,
  readResponse,
  splitTarget,
  targetUri,
} from '../../src/http/message.js';

const ORIGIN = 'https://api.example.com';

const received = (headers: FieldsInput, url = '/pay?a=1'): HttpRequest =>
  readRequest({ method: 'POST', url, headers }, { origin: ORIGIN });

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
  return 'nothing';
};

describe('a target that is a whole URL', () => {
  const url = 'https://www.example.com/path?param=value';
  const request = { method: 'GET', url, headers: {} };

  test('stands as it is where the platform hands out the request line', () => {
    const read = readRequest({ ...request, rawHeaders: [] }, { origin: ORIGIN });
    expect(read.target).toBe(url);
    expect(splitTarget(read)).toEqual(['/path', '?param=value']);
    // Whom it is for, the server says.
    expect(targetUri(read)).toBe(`${ORIGIN}/path?param=value`);
  });

  test('is none where the platform made it up', () => {
    expect(readRequest(request, { origin: ORIGIN }).target).toBe('/path?param=value');
  });

  test('has no fragment', () => {
    const line = { ...request, url: `${url}#a`, rawHeaders: [] };
    expect(refusal(() => readRequest(line, { origin: ORIGIN }))).toBe('ERR_HTTP_MESSAGE');
  });
});

describe('a request is the same', () => {
  const pairs = [
    ['Content-Type', 'application/json'],
    ['X-Id', 'a'],
    ['X-List', 'a, b'],
  ] as const;
  const shapes: readonly (readonly [string, FieldsInput])[] = [
    ['pairs', pairs],
    ['rawHeaders', pairs.flat()],
    ['a plain object', Object.fromEntries(pairs)],
    [
      'a plain object in lower case',
      { 'content-type': 'application/json', 'x-id': 'a', 'x-list': 'a, b' },
    ],
    [
      'a plain object of lists',
      { 'Content-Type': ['application/json'], 'X-Id': 'a', 'x-list': ['a, b'] },
    ],
    ['a Map', new Map(pairs)],
    ['Headers', new Headers(pairs.map(([name, value]): [string, string] => [name, value]))],
  ];

  test.each(shapes)('in the shape of %s', (_, headers) => {
    const { headers: read } = received(headers);
    expect(Object.fromEntries(read.lines)).toEqual({
      'content-type': ['application/json'],
      'x-id': ['a'],
      'x-list': ['a, b'],
    });
    expect(fieldLine(read, 'X-ID')).toBe('a');
    expect(fieldLine(read, 'x-none')).toBeUndefined();
  });

  test('as Request of fetch and as IncomingMessage of Node', () => {
    const fetched = readRequest(
      new Request('https://internal.example/pay?a=1#part', {
        method: 'POST',
        headers: { 'X-Id': 'a' },
      }),
      { origin: ORIGIN },
    );
    const node = readRequest(
      // `headers` lacks what `rawHeaders` has, and is not read.
      { method: 'POST', url: '/pay?a=1', headers: {}, rawHeaders: ['x-id', 'a'], rawTrailers: [] },
      { origin: 'HTTPS://API.example.com:443' },
    );
    expect({ ...fetched, headers: 0 }).toEqual({ ...node, headers: 0 });
    expect(fieldLine(fetched.headers, 'x-id')).toBe(fieldLine(node.headers, 'x-id'));
  });
});

describe('the origin', () => {
  test('is the one that was given, whatever the message says', () => {
    const request = received([['Host', 'evil.example']], 'http://evil.example:8080/x');
    expect(request).toMatchObject({ scheme: 'https', authority: 'api.example.com', target: '/x' });
    expect(targetUri(request)).toBe('https://api.example.com/x');
  });

  test.each([
    ['https://A.Example:443', 'https', 'a.example'],
    ['https://a.example:', 'https', 'a.example'],
    ['http://a.example:80', 'http', 'a.example'],
    ['http://a.example:443', 'http', 'a.example:443'],
    ['https://[::1]:8443', 'https', '[::1]:8443'],
  ])('%s is %s and %s', (origin, scheme, authority) => {
    expect(readRequest({ method: 'GET', url: '/', headers: [] }, { origin })).toMatchObject({
      scheme,
      authority,
    });
  });

  test.each([
    [''],
    ['api.example.com'],
    ['ftp://a.example'],
    ['https://'],
    ['https://a.example/'],
    ['https://a@b.example'],
    ['https://a b'],
    ['https://a.example\\b'],
    ['https://a.example:x'],
    [undefined],
    [null],
  ])('is not %s', (origin) => {
    expect(
      refusal(() =>
        readRequest({ method: 'GET', url: '/', headers: [] }, { origin: origin as string }),
      ),
    ).toBe('TypeError');
  });
});

describe('the target', () => {
  test.each([
    ['/a/../b//c?x=%7e&y', '/a/../b//c', '?x=%7e&y'],
    ['/?', '/', '?'],
    ['/', '/', undefined],
    ['https://x.example', '/', undefined],
    ['https://x.example?a', '/', '?a'],
    ['*', '/', undefined],
    ['x.example:443', '/', undefined],
  ])('%s has the path %s and the query %s', (url, path, query) => {
    const [found, rest] = splitTarget(received([], url));
    expect([found, rest]).toEqual([path, query]);
  });

  test.each([[''], ['a'], ['/a b'], ['/a\r\nX: y'], ['/ä'], ['ftp://a/'], ['//\u0000'], ['?a']])(
    'is not %j',
    (url) => {
      expect(refusal(() => received([], url))).toBe('ERR_HTTP_MESSAGE');
    },
  );

  // One character for each octet is signed, and the octet of U+0141 is that of A.
  test.each([['\u0141.example:443'], ['\u0000:1'], ['a\u007f:1'], ['\u0141:\u010a\u0168:1']])(
    'nor %j, as an authority',
    (url) => {
      const line = { method: 'CONNECT', url, headers: [] };
      expect(refusal(() => readRequest(line, { origin: ORIGIN }))).toBe('ERR_HTTP_MESSAGE');
      const whole = { ...line, url: `http://${url}/`, rawHeaders: [] };
      expect(refusal(() => readRequest(whole, { origin: ORIGIN }))).toBe('ERR_HTTP_MESSAGE');
    },
  );

  test('is an authority in printable ASCII', () => {
    const line = { method: 'CONNECT', url: 'a.example:443', headers: [] };
    expect(readRequest(line, { origin: ORIGIN }).target).toBe('a.example:443');
  });

  test.each([[''], ['GET '], ['G\nT'], ['GET:']])('nor is the method %j', (method) => {
    expect(refusal(() => readRequest({ method, url: '/', headers: [] }, { origin: ORIGIN }))).toBe(
      'ERR_HTTP_MESSAGE',
    );
  });
});

describe('fields', () => {
  test.each([
    ['  a \t', 'a'],
    ['a\r\n b', 'a b'],
    ['a  \n\t  b\r\n c ', 'a b c'],
    ['', ''],
    [' \t ', ''],
    ['ÿ', 'ÿ'],
  ])('%j is read as %j', (value, expected) => {
    expect(joinedLines(received([['X', value]]).headers, 'x')).toBe(expected);
  });

  test.each([['a\nb'], ['a\r\nb'], ['a\rb'], ['\u0000'], ['\u007f'], ['€']])(
    'the value %j is refused',
    (value) => {
      expect(refusal(() => received([['X', value]]))).toBe('ERR_HTTP_FIELD');
    },
  );

  test.each([[''], ['X '], ['X:'], ['Ä'], ['a\nb']])('the name %j is refused', (name) => {
    expect(refusal(() => received([[name, 'a']]))).toBe('ERR_HTTP_FIELD');
  });

  test('white space costs as much as it is long', () => {
    const value = `a${' \t'.repeat(30_000)}b\n c`;
    const start = performance.now();
    expect(joinedLines(received([['X', value]]).headers, 'x')).toHaveLength(60_004);
    expect(performance.now() - start).toBeLessThan(200);
  });

  test('pseudo-fields of HTTP/2 are none', () => {
    expect([...received([':path', '/', 'a', 'b']).headers.lines.keys()]).toEqual(['a']);
  });

  test('a name like a property of objects is a name', () => {
    expect(
      fieldLine(
        received([
          ['__proto__', 'a'],
          ['constructor', 'b'],
        ]).headers,
        '__proto__',
      ),
    ).toBe('a');
    expect(fieldLine(received([]).headers, 'constructor')).toBeUndefined();
  });

  test.each([
    ['a name without a value', ['a']],
    ['a pair of three', [['a', 'b', 'c']]],
    ['a pair that is text', new Set(['ab'])],
    ['a number', [['a', 1]]],
    ['a number in an object', { a: 1 }],
    ['null', null],
    ['text', 'a: b'],
  ])('%s is the mistake of the caller', (_, headers) => {
    expect(refusal(() => received(headers as never))).toBe('TypeError');
  });

  test('are limited in size, trailers with them', () => {
    const headers = [['a', 'b'.repeat(9)]] as const;
    const trailers = [['c', 'd'.repeat(9)]] as const;
    const read = (maxHeaderBytes?: number): unknown =>
      readRequest(
        { method: 'GET', url: '/', headers, trailers },
        { origin: ORIGIN, maxHeaderBytes },
      );
    expect(refusal(() => read(19))).toBe('ERR_LENGTH');
    expect(refusal(() => read(20))).toBe('nothing');
    expect(refusal(() => received([['a', 'b'.repeat(65_535)]]))).toBe('nothing');
    expect(refusal(() => received([['a', 'b'.repeat(65_536)]]))).toBe('ERR_LENGTH');
    expect(refusal(() => read(Number.NaN))).toBe('TypeError');
  });
});

describe('a field that stands several times', () => {
  const twice = received(['Signature', 'a', 'signature', 'b']).headers;
  const fetched = received(
    new Headers([
      ['Signature', 'a'],
      ['Signature', 'b'],
    ]),
  ).headers;

  test('is not read as one', () => {
    expect(refusal(() => fieldLine(twice, 'Signature'))).toBe('ERR_HTTP_DUPLICATE');
    expect(refusal(() => fieldValue(twice, 'Signature'))).toBe('ERR_HTTP_DUPLICATE');
    expect(joinedLines(twice, 'Signature')).toBe('a, b');
  });

  test('is seen by its comma where it was joined', () => {
    expect(refusal(() => fieldValue(fetched, 'Signature'))).toBe('ERR_HTTP_DUPLICATE');
    expect(fieldLine(fetched, 'Signature')).toBe('a, b');
    expect(fieldValue(received(['Date', 'Tue, 1']).headers, 'Date')).toBe('Tue, 1');
  });

  test('is printable', () => {
    expect(refusal(() => fieldLine(received([['a', 'ÿ']]).headers, 'a'))).toBe('ERR_HTTP_FIELD');
    expect(refusal(() => fieldLine(received([['a', 'b\tc']]).headers, 'a'))).toBe('ERR_HTTP_FIELD');
  });
});

describe('a request to send', () => {
  test('is described as it will be sent', () => {
    const url = new URL("https://User.example:443/a/../b//c|d?q='é#part");
    const body = new Uint8Array([1]);
    const request = prepareRequest({ method: 'POST', url, headers: { a: 'b' }, body });
    expect(request).toMatchObject({
      scheme: 'https',
      authority: 'user.example',
      // What WHATWG's URL makes of it, https://url.spec.whatwg.org/#url-parsing
      target: '/b//c|d?q=%27%C3%A9',
      body,
    });
    expect(prepareRequest({ method: 'POST', url: url.href }).target).toBe(request.target);
  });

  test.each([
    ['https://a.example'],
    ['https://A.example/'],
    ['https://a.example/a/../b'],
    ['https://a.example:443/'],
    ["https://a.example/?q='"],
    ['https://a.example/ä'],
    ['https://u:p@a.example/'],
    ['ftp://a.example/'],
    ['/a'],
    [''],
    [undefined],
    [null],
  ])('has no URL that is sent otherwise: %s', (url) => {
    expect(refusal(() => prepareRequest({ method: 'GET', url: url as string }))).toBe('TypeError');
  });

  test.each([['get'], ['Post'], ['']])('has no method that is sent otherwise: %j', (method) => {
    expect(refusal(() => prepareRequest({ method, url: 'https://a.example/' }))).toBe('TypeError');
  });

  test('has the methods that are sent as they are', () => {
    expect(prepareRequest({ method: 'patch', url: 'https://a.example/' }).method).toBe('patch');
  });
});

describe('a response', () => {
  test('is read from fetch and from Node', () => {
    const headers = { 'X-Id': 'a' };
    expect(readResponse(new Response(null, { status: 202, headers }))).toMatchObject({
      kind: 'response',
      status: 202,
    });
    expect(readResponse({ statusCode: 202, headers, rawHeaders: ['X-Id', 'b'] }).headers).toEqual({
      lines: new Map([['x-id', ['b']]]),
      joined: false,
    });
  });

  test.each([[undefined], [99], [1000], ['200'], [Number.NaN]])('has no status %s', (status) => {
    expect(refusal(() => readResponse({ status: status as number, headers: [] }))).toBe(
      'TypeError',
    );
  });
});

test('an option that is not one is a mistake', () => {
  const input = { method: 'GET', url: '/', headers: [] };
  expect(refusal(() => readRequest(input, { origin: ORIGIN, maxBytes: 1 } as never))).toBe(
    'TypeError',
  );
  expect(
    refusal(() => readResponse({ status: 200, headers: [] }, { origin: ORIGIN } as never)),
  ).toBe('TypeError');
  expect(refusal(() => readRequest(input, undefined as never))).toBe('TypeError');
  expect(refusal(() => readRequest(undefined as never, { origin: ORIGIN }))).toBe('TypeError');
});
