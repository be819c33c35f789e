// Keys, mutated: a generator of inputs that are nearly keys, and what must hold of every door that
// they are put to. A run is its seed and its count, so that a failure can be repeated.
//
// To fuzz another door, add an entry to `TARGETS`; the mutators know nothing of keys.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  ECDH,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { inspect, isDeepStrictEqual } from 'node:util';
import { CountersignError } from '../../src/errors.js';
import * as ec from '../../src/key/ec.js';
import * as ed from '../../src/key/ed25519.js';
import { exportPublicKey } from '../../src/key/export.js';
import { Key } from '../../src/key/handle.js';
import { importKey } from '../../src/key/index.js';
import type { Jwk } from '../../src/key/jwk.js';
import { ALLOW_RSA_1024, ALLOW_RSA_E3, PAD_SHORT_COORDINATE } from '../../src/key/policy.js';
import * as rsaKeys from '../../src/key/rsa.js';
import { importSecret } from '../../src/key/secret.js';
import * as x from '../../src/key/x25519.js';
import { importCertificate, readCertificate } from '../../src/key/x509.js';
import { x25519 } from '../../src/primitive/agreement.js';
import { aes256Gcm } from '../../src/primitive/aes-gcm.js';
import { ecdsaP256Sha256, ecdsaP384Sha384 } from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import { rsaPssSha256 } from '../../src/primitive/rsa.js';
import { hex, ofKind } from '../vectors.js';

export type FuzzInput = string | Uint8Array | Jwk;

/** Numbers that follow from a seed: mulberry32, of 32 bits of state. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0 to `bound` - 1. */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

// DER, as a tree that writes itself back with right lengths, and as octets, where all is allowed.

interface Node {
  tag: number;
  content: Uint8Array | Node[];
  /** Octets before the values in a BIT STRING. */
  before: Uint8Array;
  /** How many octets too long its length is; -1 for an indefinite one. */
  excess: number;
}

const NOTHING = new Uint8Array(0);
const TAGS = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x17, 0x30, 0x31, 0xa0, 0xa1, 0x81];
const OCTETS = [0x00, 0x01, 0x02, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x85, 0x88, 0xfe, 0xff];
const OIDS = [
  '2a864886f70d010101', // rsaEncryption
  '2a864886f70d01010a', // RSASSA-PSS
  '2a8648ce3d0201', // EC
  '2a8648ce3d030107', // P-256
  '2b81040022', // P-384
  '2b8104000a', // secp256k1
  '2b656e', // X25519
  '2b6570', // Ed25519
  '2b6571', // Ed448
  '2a8648ce380401', // DSA
  '',
  '80',
  'ff'.repeat(40),
].map(fromHex);

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

/** The values that octets are made of, or nothing where they are not that. */
function parse(octets: Uint8Array, depth = 0): Node[] | undefined {
  const out: Node[] = [];
  for (let at = 0; at < octets.length;) {
    const [tag = 0, first = 0] = octets.subarray(at, at + 2);
    const more = first < 0x80 ? 0 : first - 0x80;
    let size = more === 0 ? first : 0;
    for (let i = 0; i < more; i++) size = size * 256 + (octets[at + 2 + i] ?? 0);
    const start = at + 2 + more;
    at = start + size;
    if (more > 3 || start > octets.length || at > octets.length) return undefined;
    const content = octets.subarray(start, at);
    const before = tag === 3 ? content.subarray(0, 1) : NOTHING;
    const inner = content.subarray(before.length);
    const mayHold = (tag & 0x20) !== 0 || tag === 3 || tag === 4;
    const values = mayHold && inner.length > 1 && depth < 6 ? parse(inner, depth + 1) : undefined;
    out.push({ tag, content: values ?? content, before: values ? before : NOTHING, excess: 0 });
  }
  return out;
}

function write({ tag, content, before, excess }: Node): Uint8Array {
  const parts = content instanceof Uint8Array ? [content] : content.map(write);
  const inner = Buffer.concat([before, ...parts]);
  const size = inner.length;
  if (excess < 0) return Buffer.concat([Uint8Array.of(tag, 0x80), inner, new Uint8Array(2)]);
  const digits = size < 0x100 ? [size] : [size >> 16, size >> 8, size].map((part) => part & 0xff);
  if (digits.length > 1 && digits[0] === 0) digits.shift();
  const isShort = size < 0x80 && excess === 0;
  const length = [...Array.from({ length: excess }, () => 0), ...digits];
  const head = isShort ? [tag, size] : [tag, 0x80 + length.length, ...length];
  return Buffer.concat([Uint8Array.from(head), inner]);
}

function nodesOf(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) =>
    node.content instanceof Uint8Array ? [node] : [node, ...nodesOf(node.content)],
  );
}

const NODE_MUTATIONS: readonly ((random: Random, node: Node, others: readonly Node[]) => void)[] = [
  (random, node) => (node.tag = random.pick(TAGS)),
  (random, node) => (node.tag ^= 1 << random.below(8)),
  (random, node) => (node.excess = random.pick([-1, 1, 2, 3, 4])),
  (_, node) => (node.content = NOTHING),
  // Padding and signs of integers, spare bits of bit strings.
  (random, node) => prepend(node, random.pick([0x00, 0x00, 0xff, 0x80, 0x01])),
  (random, node) =>
    (node.content = Buffer.concat([octetsOf(node), Uint8Array.of(random.pick(OCTETS))])),
  (random, node) => (node.content = flip(random, octetsOf(node))),
  (random, node) => (node.content = flip(random, octetsOf(node))),
  (random, node) => (node.content = octetsOf(node).subarray(random.below(3))),
  (random, node) => (node.content = octetsOf(node).subarray(0, -1 - random.below(2))),
  (random, node) => (node.content = random.pick(OIDS)),
  (random, node) => (node.content = new Uint8Array(random.below(70)).fill(random.pick(OCTETS))),
  (random, node) =>
    (node.content = new Uint8Array(octetsOf(node).length).fill(random.pick(OCTETS))),
  (random, node, others) => Object.assign(node, structuredClone(random.pick(others))),
  (random, node, others) => list(node)?.push(structuredClone(random.pick(others))),
  (random, node) => list(node)?.splice(random.below(list(node)?.length ?? 1), 1),
  (random, node) => {
    const values = list(node) ?? [];
    if (values.length > 0) values.push(structuredClone(random.pick(values)));
  },
  (_, node) => (node.content = list(node)?.toReversed() ?? node.content),
  (_, node) => {
    node.content = [{ ...node }];
    node.before = NOTHING;
  },
];

function list(node: Node): Node[] | undefined {
  return node.content instanceof Uint8Array ? undefined : node.content;
}

function octetsOf({ content, before }: Node): Uint8Array {
  return content instanceof Uint8Array ? content : Buffer.concat([before, ...content.map(write)]);
}

function prepend(node: Node, octet: number): void {
  node.content = Buffer.concat([Uint8Array.of(octet), octetsOf(node)]);
  node.before = NOTHING;
}

function flip(random: Random, octets: Uint8Array): Uint8Array {
  const out = Uint8Array.from(octets);
  const at = random.below(Math.max(1, out.length));
  if (out.length > 0) out[at] = (out[at] ?? 0) ^ (1 << random.below(8));
  return out;
}

const OCTET_MUTATIONS: readonly ((random: Random, octets: Buffer, other: Buffer) => Uint8Array)[] =
  [
    (random, octets) => flip(random, octets),
    (random, octets) => flip(random, flip(random, octets)),
    (random, octets) => {
      octets[random.below(octets.length)] = random.pick(OCTETS);
      return octets;
    },
    // The lengths are near the start.
    (random, octets) => {
      octets[random.below(Math.min(octets.length, 40))] = random.pick(OCTETS);
      return octets;
    },
    (random, octets) => {
      const at = random.below(Math.min(octets.length, 40));
      octets[at] = (octets[at] ?? 0) + (random.below(2) === 0 ? 1 : -1);
      return octets;
    },
    (random, octets) => octets.subarray(0, random.below(octets.length)),
    (random, octets) => octets.subarray(random.below(octets.length)),
    (random, octets) => cut(octets, random.below(octets.length), random.below(8)),
    (random, octets) => {
      const [from, at] = [random.below(octets.length), random.below(octets.length)];
      const piece = octets.subarray(from, from + random.below(40));
      return Buffer.concat([octets.subarray(0, at), piece, octets.subarray(at)]);
    },
    (random, octets, other) =>
      Buffer.concat([
        octets.subarray(0, random.below(octets.length)),
        other.subarray(random.below(other.length)),
      ]),
    (random, octets, other) => random.pick([Buffer.concat([octets, other]), other]),
    (random, octets) => Buffer.concat([octets, Buffer.alloc(random.pick([1, 2, 70_000]))]),
    (random) => Uint8Array.from({ length: random.below(80) }, () => random.below(256)),
    // Many values, a long name, a deep nest.
    (random) => {
      const unit = random.pick([fromHex('0500'), fromHex('020100'), fromHex('0681ff')]);
      const content = Buffer.alloc(random.pick([300, 9000, 60_000]), unit);
      return write({ tag: random.pick([0x30, 0x06, 0x02]), content, before: NOTHING, excess: 0 });
    },
    (random) => {
      let node: Node = { tag: 5, content: NOTHING, before: NOTHING, excess: 0 };
      for (let i = random.below(200); i > 0; i--) {
        node = { tag: 0x30, content: [node], before: NOTHING, excess: 0 };
      }
      return write(node);
    },
  ];

function cut(octets: Uint8Array, at: number, size: number): Uint8Array {
  return Buffer.concat([octets.subarray(0, at), octets.subarray(at + size)]);
}

/** Octets that are nearly the DER given. `other` lends what is spliced in. */
export function mutateDer(random: Random, der: Uint8Array, other: Uint8Array): Uint8Array {
  const isStructured = random.below(3) > 0;
  const [nodes, others] = isStructured ? [parse(der), parse(other)] : [];
  if (nodes === undefined || others === undefined) {
    return Uint8Array.from(
      random.pick(OCTET_MUTATIONS)(random, Buffer.from(der), Buffer.from(other)),
    );
  }
  const lent = nodesOf(others);
  for (let i = random.pick([1, 1, 1, 2, 3]); i > 0; i--) {
    random.pick(NODE_MUTATIONS)(random, random.pick(nodesOf(nodes)), lent);
  }
  return Uint8Array.from(Buffer.concat(nodes.map(write)));
}

// PEM.

const LABELS = [
  'PUBLIC KEY',
  'PRIVATE KEY',
  'RSA PUBLIC KEY',
  'EC PRIVATE KEY',
  'ENCRYPTED PRIVATE KEY',
  'OPENSSH PRIVATE KEY',
  'CERTIFICATE',
  'ANYTHING',
  'public key',
  ' PUBLIC KEY',
  '',
  'A-B',
  'KEY\n',
];
const CHARACTERS =
  'AZaz09+/=-_ \t\r\n\\!"\0\u{7f}\u{a0}\u{e9}\u{feff}\u{2028}\u{ff21}\u{d800}'.split('');

const TEXT_MUTATIONS: readonly ((random: Random, text: string, other: string) => string)[] = [
  (random, text) => put(text, random.below(text.length), 1, random.pick(CHARACTERS)),
  (random, text) => put(text, random.below(text.length), 0, random.pick(CHARACTERS)),
  (random, text) => put(text, random.below(text.length), random.pick([1, 1, 4, 30]), ''),
  (random, text) => text.slice(0, random.below(text.length)),
  (random, text) => text.slice(random.below(text.length)),
  (random, text) => inLines(text, (lines) => lines.splice(random.below(lines.length), 1)),
  (random, text) =>
    inLines(text, (lines) => lines.splice(random.below(lines.length), 0, random.pick(lines))),
  (_, text) => text.split('\n').toReversed().join('\n'),
  (random, text) => text.replaceAll(/(?<=BEGIN |END )[A-Z ]+/g, random.pick(LABELS)),
  (random, text) => text.replace(/(?<=BEGIN |END )[A-Z ]+/, random.pick(LABELS)),
  (random, text) =>
    inLines(text, (lines) =>
      lines.splice(1, 0, random.pick(['Proc-Type: 4,ENCRYPTED', 'Comment: x', '', ' '])),
    ),
  (random, text) =>
    text.replaceAll('\n', random.pick(['\r\n', '\\n', ' ', '', '\n\n', '\\r\\n', '\r'])),
  (random, text) => random.pick(['\u{feff}', ' ', '\n\n', 'key: ', '"', "'"]) + text,
  (random, text) => text + random.pick(['\u{feff}', ' ', '\n\n', 'x', '"', '=']),
  (_, text, other) => text + other,
  (random, text, other) =>
    text.slice(0, random.below(text.length)) + other.slice(random.below(other.length)),
  (_, text) => text.replaceAll(/-----[^-]+-----/g, ''),
  (_, text) => text.replaceAll('-----', '----'),
  (_, text) => text.toLowerCase(),
  (random, text) => text + 'A'.repeat(random.pick([4, 1000, 140_000])),
  // What a pattern may be slow with.
  (random, text) => {
    const unit = random.pick([
      '-----BEGIN A-----',
      '-----BEGIN ',
      '-----',
      '-',
      '\n',
      ' ',
      'A-',
      '=',
    ]);
    const many = unit.repeat(random.pick([3, 300, Math.floor(129_000 / unit.length)]));
    return put(text, random.pick([0, 30, text.length]), 0, many);
  },
];

function put(text: string, at: number, removed: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + removed);
}

function inLines(text: string, edit: (lines: string[]) => unknown): string {
  const lines = text.split('\n');
  edit(lines);
  return lines.join('\n');
}

/** A text that is nearly the PEM given: in its characters, or in the DER that it holds. */
export function mutatePem(random: Random, text: string, other: string): string {
  if (random.below(4) === 0) {
    const der = mutateDer(random, contentOf(text), contentOf(other));
    return pemOf(random.pick(LABELS.slice(0, 4)), der);
  }
  return random.pick(TEXT_MUTATIONS)(random, text, other);
}

/** What stands in the one block of a text, or in a text of Base64 alone. */
function contentOf(text: string): Uint8Array {
  const body = /-----BEGIN .{1,64}?-----([^-]*)-----END/s.exec(text)?.[1] ?? text;
  return Uint8Array.from(Buffer.from(body.replaceAll(/\\[nr]|[\s\u{feff}]/gu, ''), 'base64'));
}

function pemOf(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

// JWK.

const NAMES = [
  'kty',
  'crv',
  'x',
  'y',
  'd',
  'n',
  'e',
  'p',
  'q',
  'dp',
  'dq',
  'qi',
  'k',
  'oth',
  'keys',
];
const SAID = ['alg', 'use', 'key_ops', 'kid', 'ext', 'x5c', '__proto__', 'constructor', 'toString'];
const WORDS = [
  'EC',
  'RSA',
  'OKP',
  'oct',
  'P-256',
  'P-384',
  'P-521',
  'secp256k1',
  'Ed25519',
  'X25519',
];
const VALUES: readonly unknown[] = [
  undefined,
  null,
  0,
  -1,
  Number.NaN,
  1n,
  true,
  '',
  'A',
  'AA',
  'AQAB',
  'AAEAAQ',
  'none',
  'sig',
  'ES256',
  'PS256',
  ['verify'],
  ['sign', 'verify'],
  [],
  {},
  { kty: 'EC' },
  [{ kty: 'EC' }],
  new Uint8Array(32),
  Symbol('x'),
  () => 'x',
  new Date(0),
  '\u{d800}',
  'A'.repeat(1000),
  'A'.repeat(150_000),
  '='.repeat(8),
];

const MEMBER_MUTATIONS: readonly ((random: Random, value: string) => string)[] = [
  (random, value) =>
    put(
      value,
      random.below(value.length),
      1,
      random.pick(['A', 'Q', 'g', 'w', '_', '-', '0', '9']),
    ),
  (random, value) => put(value, random.below(value.length), 1, random.pick(CHARACTERS)),
  (random, value) => put(value, random.below(value.length), random.pick([1, 2, 4]), ''),
  (random, value) =>
    put(value, random.below(value.length), 0, random.pick(['A', 'AAAA', '=', ' '])),
  (_, value) => `AAAA${value}`,
  (_, value) => `${value}AAAA`,
  (_, value) => `${value}=`,
  (_, value) => value.replaceAll('-', '+').replaceAll('_', '/'),
  (_, value) => value.slice(0, -4),
  (_, value) => value + value,
  (_, value) => `${value}\n`,
  (_, value) => value.replace(/.$/, 'A'),
  (_, value) => value.toUpperCase(),
];

/** Members of an object that are nearly those given. */
export function mutateJwk(random: Random, jwk: Jwk, other: Jwk): Jwk {
  const members = new Map<string, unknown>(Object.entries(jwk));
  for (let i = random.pick([1, 1, 1, 2, 3]); i > 0; i--) {
    const name = random.pick([...members.keys()]);
    const value = members.get(name);
    const kind = random.below(8);
    if (kind === 0) members.delete(name);
    else if (kind === 1) members.set(name, random.pick(VALUES));
    else if (kind === 2) members.set(random.pick([...NAMES, ...SAID]), random.pick(VALUES));
    else if (kind === 3) members.set(name, random.pick(WORDS));
    else if (kind === 4) {
      const [from, lent] = random.pick(Object.entries(other) as [string, unknown][]);
      members.set(random.pick([name, from]), lent);
    } else if (typeof value === 'string' && value !== '') {
      members.set(name, random.pick(MEMBER_MUTATIONS)(random, value));
    }
    if (members.size === 0) members.set('kty', random.pick(WORDS));
  }
  const out = {};
  for (const [name, value] of members) {
    // Not by assignment, which would set the prototype for '__proto__'.
    Object.defineProperty(out, name, { value, enumerable: true });
  }
  return out;
}

/** An input that is nearly the one given, of its sort. */
export function mutate(random: Random, input: FuzzInput, other: FuzzInput): FuzzInput {
  if (input instanceof Uint8Array) {
    return mutateDer(random, input, other instanceof Uint8Array ? other : input);
  }
  if (typeof input === 'string') {
    return mutatePem(random, input, typeof other === 'string' ? other : input);
  }
  const isJwk = typeof other === 'object' && !(other instanceof Uint8Array);
  return mutateJwk(random, input, isJwk ? other : input);
}

// The doors.

/** A door, what it is for, and inputs that it takes. */
export interface Target {
  readonly name: string;
  readonly seeds: readonly FuzzInput[];
  /** The doors that take these inputs; one is chosen each time. */
  readonly doors: readonly ((input: never) => unknown)[];
  /** Shares of all inputs. */
  readonly weight: number;
  /** Milliseconds that a call may take. */
  readonly most: number;
}

/** `npm test` runs beside other programs, and `npm run test:long` alone. */
export const BUSY = 20;
const LONGEST_CALL = 5;
/** An RSA private key signs as it is imported, and OpenSSL checks what it can of a broken one. */
const LONGEST_RSA_PRIVATE = 50;

/** The key 01 02 03 … of each sort, in the forms of OpenSSL's; the RSA key is one of the vectors. */
const KEYS = {
  'P-256': openEc('P-256', 32),
  'P-384': openEc('P-384', 48),
  ed25519: open('302e020100300506032b657004220420', 32),
  x25519: open('302e020100300506032b656e04220420', 32),
  rsa: openRsa(),
};

function counting(size: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: size }, (_, i) => i + 1));
}

function open(head: string, size: number): KeyObject {
  const der = Buffer.concat([Buffer.from(head, 'hex'), counting(size)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function openEc(curve: 'P-256' | 'P-384', size: number, octets = counting(size)): KeyObject {
  // ECPrivateKey without its public key, RFC 5915, section 3; OpenSSL computes it.
  const oid = curve === 'P-256' ? 'a00a06082a8648ce3d030107' : 'a00706052b81040022';
  const scalar = `04${size.toString(16)}${octets.toString('hex')}`;
  const content = `020101${scalar}${oid}`;
  const der = Buffer.from(`30${(content.length / 2).toString(16)}${content}`, 'hex');
  return createPrivateKey({ key: der, format: 'der', type: 'sec1' });
}

function openRsa(): KeyObject {
  const key = ofKind('rsa-keys').flatMap(({ cases }) => cases)[0];
  if (key === undefined) throw new Error('no RSA key in the vectors');
  const names = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
  const members = names.map((name) => [name, Buffer.from(hex(key, name)).toString('base64url')]);
  const jwk = Object.fromEntries([['kty', 'RSA'], ...members]) as Record<string, string>;
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

function seedsOf(key: KeyObject, types: readonly string[]): readonly FuzzInput[] {
  const jwk = key.export({ format: 'jwk' }) as Jwk;
  return [
    ...types.flatMap((type): FuzzInput[] => {
      const der = key.export({ type: type as 'spki', format: 'der' });
      // DER twice: it is what there is most to be wrong with.
      const octets = Uint8Array.from(der);
      return [octets, octets, String(key.export({ type: type as 'spki', format: 'pem' }))];
    }),
    jwk,
  ];
}

const publicOf = (key: KeyObject, types = ['spki']): readonly FuzzInput[] =>
  seedsOf(createPublicKey(key), types);

/** A public key of SEC 1 with its point compressed, in its container and bare; and as a scalar. */
function compressedOf(key: KeyObject, curve: string): readonly FuzzInput[] {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const point = spki.subarray(spki.lastIndexOf('\x00\x04', undefined, 'latin1') + 1);
  const short = ECDH.convertKey(point, curve, undefined, undefined, 'compressed') as Buffer;
  const [spkiNode] = parse(spki) ?? [];
  const bits = spkiNode && list(spkiNode)?.[1];
  if (spkiNode === undefined || bits === undefined) throw new Error('no key');
  Object.assign(bits, { content: Buffer.concat([Buffer.of(0), short]), before: NOTHING });
  return [write(spkiNode), point, short].map((octets) => Uint8Array.from(octets));
}

/** A private key of 32 octets, bare. */
const RAW = Uint8Array.from(counting(32));

/** openssl 3.0.19 req -new -x509 -newkey ed25519 -nodes -keyout /dev/null -subj /CN=t. */
const CERTIFICATE = Uint8Array.from(
  Buffer.from(
    'MIIBLDCB36ADAgECAhR5lF2SsK0wW5gUoZRxpW7emlxs2zAFBgMrZXAwDDEKMAgGA1UEAwwBdDAeFw0yNjExMjExMTQwMDVaFw0yNjEyMjExMTQwMDVaMAwxCjAIBgNVBAMMAXQwKjAFBgMrZXADIQBaZs28ZmvSDBhb4HP7x6n/H98RdNNlRVUlkXxvcSWTpqNTMFEwHQYDVR0OBBYEFEW6ZkaAMVTeFB8oj9qsVgVisOJAMB8GA1UdIwQYMBaAFEW6ZkaAMVTeFB8oj9qsVgVisOJAMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EALUVElhbnqzrUxLYWyzujvzT7GyBfDKuDKW+DcXLJxoZprBSC2yOYFttvay9ng+LVkpM6N4pGvd1d+B/5SvDBBg==',
    'base64',
  ),
);

const P256 = { alg: ecdsaP256Sha256, relax: [PAD_SHORT_COORDINATE] } as const;
const P384 = { alg: ecdsaP384Sha384, relax: [PAD_SHORT_COORDINATE] } as const;
const RSA = { alg: rsaPssSha256, relax: [ALLOW_RSA_1024, ALLOW_RSA_E3] } as const;
const SECRETS = { alg: hmacSha256, use: 'mac' } as const;

export const TARGETS: readonly Target[] = [
  {
    name: 'EC public',
    seeds: [
      ...publicOf(KEYS['P-256']),
      ...publicOf(KEYS['P-384']),
      ...compressedOf(KEYS['P-256'], 'prime256v1'),
      ...compressedOf(KEYS['P-384'], 'secp384r1'),
    ],
    doors: [
      (input) => ec.importPublicKey(input, { ...P256, use: 'verify' }),
      (input) => ec.importPublicKey(input, { ...P384, use: 'verify' }),
      (input) => importKey(input, { ...P256, use: 'verify' }),
    ],
    weight: 34,
    most: LONGEST_CALL,
  },
  {
    name: 'EC private',
    seeds: [
      ...seedsOf(KEYS['P-256'], ['pkcs8', 'sec1']),
      ...seedsOf(KEYS['P-384'], ['pkcs8']),
      RAW,
    ],
    doors: [
      (input) => ec.importPrivateKey(input, { alg: ecdsaP256Sha256, use: 'sign' }),
      (input) => importKey(input, { alg: ecdsaP256Sha256, use: 'sign' }),
    ],
    weight: 10,
    most: LONGEST_CALL,
  },
  {
    name: 'Ed25519',
    seeds: [...publicOf(KEYS.ed25519), ...seedsOf(KEYS.ed25519, ['pkcs8']), RAW],
    doors: [
      (input) => ed.importPublicKey(input, { alg: ed25519, use: 'verify' }),
      (input) => ed.importPrivateKey(input, { alg: ed25519, use: 'sign' }),
      (input) => importKey(input, { alg: ed25519, use: 'verify' }),
    ],
    weight: 18,
    most: LONGEST_CALL,
  },
  {
    name: 'X25519',
    seeds: [...publicOf(KEYS.x25519), ...seedsOf(KEYS.x25519, ['pkcs8']), RAW],
    doors: [
      (input) => x.importPublicKey(input, { alg: x25519, use: 'peer' }),
      (input) => x.importPrivateKey(input, { alg: x25519, use: 'agree' }),
      (input) => importKey(input, { alg: x25519, use: 'peer' }),
    ],
    weight: 6,
    most: LONGEST_CALL,
  },
  {
    name: 'RSA public',
    seeds: publicOf(KEYS.rsa, ['spki', 'pkcs1']),
    doors: [
      (input) => rsaKeys.importPublicKey(input, { alg: rsaPssSha256, use: 'verify' }),
      (input) => rsaKeys.importPublicKey(input, { ...RSA, use: 'verify' }),
      (input) => importKey(input, { ...RSA, use: 'verify' }),
    ],
    weight: 22,
    most: LONGEST_CALL,
  },
  {
    name: 'RSA private',
    seeds: seedsOf(KEYS.rsa, ['pkcs8', 'pkcs1']),
    doors: [
      (input) => rsaKeys.importPrivateKey(input, { alg: rsaPssSha256, use: 'sign' }),
      (input) => importKey(input, { alg: rsaPssSha256, use: 'sign' }),
    ],
    weight: 2,
    most: LONGEST_RSA_PRIVATE,
  },
  {
    name: 'certificate',
    seeds: [CERTIFICATE, CERTIFICATE, pemOf('CERTIFICATE', CERTIFICATE)],
    doors: [
      (input) => readCertificate(input),
      (input) => importCertificate(input, { alg: ed25519, use: 'verify' }),
      (input) => importKey(input, { alg: ed25519, use: 'verify' }),
    ],
    weight: 10,
    most: LONGEST_CALL,
  },
  {
    name: 'secret as text',
    seeds: [counting(40).toString('base64'), counting(33).toString('base64url'), 'ab'.repeat(20)],
    doors: (['utf8', 'hex', 'base64', 'base64url'] as const).flatMap((encoding) => [
      (input: string) => importSecret(input, { ...SECRETS, encoding }),
      (input: string) => importKey(input, { ...SECRETS, encoding, prefix: 'AQ' }),
    ]),
    weight: 5,
    most: LONGEST_CALL,
  },
  {
    name: 'secret as octets',
    seeds: [Uint8Array.from(counting(32)), Uint8Array.from(counting(16))],
    doors: [
      (input) => importSecret(input, { ...SECRETS, encoding: 'raw' }),
      (input) => importSecret(input, { alg: aes256Gcm, use: 'seal', encoding: 'raw' }),
    ],
    weight: 3,
    most: LONGEST_CALL,
  },
];

// The run.

export interface FuzzReport {
  readonly inputs: number;
  readonly accepted: number;
  /** The accepted inputs of each target. */
  readonly acceptedOf: Readonly<Record<string, number>>;
  /** Accepted inputs that are another spelling of the seed's key. */
  readonly equivalent: number;
  /** Accepted inputs that OpenSSL does not read, so that it could not confirm which key they are. */
  readonly unconfirmed: readonly string[];
  /** Codes and how often each was given. */
  readonly codes: Readonly<Record<string, number>>;
  /** The milliseconds of the longest call, of which the shortest attempt counts. */
  readonly slowest: Readonly<Record<string, number>>;
  /** What must not be; empty when all is well. */
  readonly faults: readonly string[];
}

const WINDOW = 16;
const MOST_FAULTS = 10;
const MOST_REPEATS = 20;

/** Puts `count` mutated inputs to the doors. The same seed gives the same inputs. */
export function fuzz(
  seed: number,
  count: number,
  targets: readonly Target[] = TARGETS,
  patience = 1,
): FuzzReport {
  const random = new Random(seed);
  const schedule = targets.flatMap((target) => Array.from({ length: target.weight }, () => target));
  const faults: string[] = [];
  const codes: Record<string, number> = {};
  const slowest: Record<string, number> = {};
  const acceptedOf: Record<string, number> = {};
  const keys = new Map<string, string>();
  const unconfirmed: string[] = [];
  let [accepted, equivalent] = [0, 0];

  for (let i = 0; i < count && faults.length < MOST_FAULTS; i++) {
    const target = random.pick(schedule);
    const [input, other] = [random.pick(target.seeds), random.pick(random.pick(targets).seeds)];
    const mutant = mutate(random, input, other);
    const door = random.pick(target.doors);
    const fault = (what: string): void => {
      faults.push(`seed ${seed}, input ${i}, ${target.name}: ${what}; ${describeInput(mutant)}`);
    };
    const most = target.most * patience;
    const { result, error, time } = timed(door, mutant, most);
    slowest[target.name] = Math.max(slowest[target.name] ?? 0, time);
    if (!(time <= most)) fault(`${time.toFixed(1)} ms`);
    if (error !== undefined) {
      if (!(error instanceof CountersignError)) fault(`threw ${inspect(error)}`);
      else {
        codes[error.code] = (codes[error.code] ?? 0) + 1;
        const piece = pieceOf(mutant, error.message);
        if (piece !== undefined) fault(`the text of ${error.code} repeats the input`);
        if ('cause' in error) fault('an error with a cause');
      }
      continue;
    }
    accepted += 1;
    acceptedOf[target.name] = (acceptedOf[target.name] ?? 0) + 1;
    const key = result;
    if (!isKey(key) || key.id === undefined) continue;
    // The thumbprint names one key: the same one here, and what OpenSSL reads in the same input.
    const der = Buffer.from(exportPublicKey(key, 'der'));
    const known = keys.get(key.id);
    if (known !== undefined && known !== der.toString('hex')) fault('one id for two keys');
    keys.set(key.id, der.toString('hex'));
    if (keys.size > 50_000) keys.clear();
    const confirmed = opensslReads(key, mutant);
    if (confirmed === undefined) unconfirmed.push(`${target.name}: ${describeInput(mutant)}`);
    else if (!sameKey(confirmed, der)) fault('OpenSSL reads another key');
    if (SEED_IDS.has(key.id)) {
      equivalent += 1;
      if (!isDeclared(key, mutant)) fault('another spelling of a key, which nobody has declared');
    }
  }
  return { inputs: count, accepted, acceptedOf, equivalent, unconfirmed, codes, slowest, faults };
}

function isKey(value: unknown): value is Key {
  return value instanceof Key;
}

/**
 * A call with its time. One that takes long is repeated, and the shortest counts: what the machine
 * did meanwhile for others is not the door's.
 */
function timed(
  door: (input: never) => unknown,
  input: FuzzInput,
  most: number,
): { result?: unknown; error?: unknown; time: number } {
  let time = Infinity;
  for (let attempt = 0; ; attempt++) {
    let outcome: { result?: unknown; error?: unknown };
    const start = performance.now();
    try {
      outcome = { result: door(input as never) };
    } catch (error) {
      outcome = { error };
    }
    time = Math.min(time, performance.now() - start);
    if (time <= most || attempt === MOST_REPEATS) return { ...outcome, time };
  }
}

/** A piece of the input that a text repeats, in any of the ways that it could be written. */
function pieceOf(input: FuzzInput, message: string): string | undefined {
  const forms =
    typeof input === 'string'
      ? [input]
      : input instanceof Uint8Array
        ? (['latin1', 'hex', 'base64', 'base64url'] as const).map((encoding) =>
            Buffer.from(input).toString(encoding),
          )
        : Object.values(input).filter((value) => typeof value === 'string');
  for (let at = 0; at + WINDOW <= message.length; at++) {
    const piece = message.slice(at, at + WINDOW);
    if (forms.some((form) => form.includes(piece))) return piece;
  }
  return undefined;
}

/** The public key that OpenSSL finds in an input. */
function opensslReads(key: Key, input: FuzzInput): KeyObject | undefined {
  const readers: (() => KeyObject)[] = [];
  if (typeof input === 'object' && !(input instanceof Uint8Array)) {
    const create = Object.hasOwn(input, 'd') ? createPrivateKey : createPublicKey;
    // Node 26 looks at the further primes of a public key, which has none.
    const { oth: _, ...rest } = input;
    const read = Object.hasOwn(input, 'd') ? input : rest;
    readers.push(() => create({ key: read as never, format: 'jwk' }));
  } else {
    // A label says what it likes: what counts is what is in it.
    const der = Buffer.from(typeof input === 'string' ? contentOf(input) : input);
    const bare = containerOf(key, der);
    if (bare !== undefined) readers.push(bare);
    for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
      readers.push(() => createPrivateKey({ key: der, format: 'der', type }));
    }
    const plain = withoutAttributes(der);
    readers.push(() => createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' }));
    for (const type of ['spki', 'pkcs1'] as const) {
      readers.push(() => createPublicKey({ key: der, format: 'der', type }));
    }
    readers.push(() => new X509Certificate(der).publicKey); // importKey takes its key
  }
  for (const read of readers) {
    try {
      const found = read();
      return found.type === 'private' ? createPublicKey(found) : found;
    } catch {
      // Another form.
    }
  }
  return undefined;
}

/** PKCS #8 without its attributes, which OpenSSL reads and nobody here does. */
function withoutAttributes(der: Uint8Array): Buffer {
  const [root] = parse(der) ?? [];
  const parts = root && list(root);
  if (root === undefined || parts === undefined) return Buffer.from(der);
  return Buffer.from(write({ ...root, content: parts.filter(({ tag }) => tag !== 0xa0) }));
}

/** A bare key put into the container of its sort: nothing else says what it is. */
function containerOf(key: Key, octets: Buffer): (() => KeyObject) | undefined {
  const { name } = key.alg;
  const isPublic = key.use === 'verify' || key.use === 'peer';
  const content = octets.toString('hex');
  const der = (head: string): Buffer => Buffer.from(head + content, 'hex');
  const oid = { Ed25519: '2b6570', X25519: '2b656e' }[name];
  if (oid !== undefined && octets.length === 32) {
    return isPublic
      ? () => createPublicKey({ key: der(`302a30050603${oid}032100`), format: 'der', type: 'spki' })
      : () =>
          createPrivateKey({
            key: der(`302e02010030050603${oid}04220420`),
            format: 'der',
            type: 'pkcs8',
          });
  }
  const curve = { 'ECDSA P-256 SHA-256': 'P-256', 'ECDSA P-384 SHA-384': 'P-384' }[name];
  if (curve === undefined) return undefined;
  const size = curve === 'P-256' ? 32 : 48;
  if (!isPublic) {
    return octets.length === size ? () => openEc(curve as 'P-256', size, octets) : undefined;
  }
  if (octets.length !== 1 + size && octets.length !== 1 + 2 * size) return undefined;
  const algorithm = `06072a8648ce3d02010${curve === 'P-256' ? '6082a8648ce3d030107' : '6052b81040022'}`;
  const inner = `30${hexByte(algorithm.length / 2)}${algorithm}03${hexByte(octets.length + 1)}00`;
  return () =>
    createPublicKey({
      key: der(`30${hexByte(inner.length / 2 + octets.length)}${inner}`),
      format: 'der',
      type: 'spki',
    });
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0');
}

/** Whether a key of OpenSSL's is that of SubjectPublicKeyInfo in `der`. */
function sameKey(key: KeyObject, der: Buffer): boolean {
  // As numbers, since OpenSSL writes a point as it was read; RSASSA-PSS has no JWK, and its bits do.
  if (key.asymmetricKeyType === 'ec') {
    const other = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return isDeepStrictEqual(key.export({ format: 'jwk' }), other.export({ format: 'jwk' }));
  }
  const bits = (octets: Buffer): string | undefined => {
    const [root] = parse(octets) ?? [];
    const found = root && list(root)?.[1];
    return found && Buffer.from(octetsOf(found)).toString('hex');
  };
  return bits(key.export({ type: 'spki', format: 'der' })) === bits(der);
}

function describeInput(input: FuzzInput): string {
  if (typeof input === 'string') return JSON.stringify(input.slice(0, 2000));
  if (input instanceof Uint8Array) return Buffer.from(input.subarray(0, 2000)).toString('hex');
  const shown = Object.entries(input).map(
    ([name, value]) => `${name}: ${String(value).slice(0, 400)}`,
  );
  return `{ ${shown.join(', ')} }`;
}

/**
 * Whether an input that gave the key of a seed spells it in a way that is declared:
 *
 * - PEM of any label and with anything around its block, or bare Base64, of the same DER;
 * - PKCS #8 of version 0 or 1, with attributes that are not read, and a private key with or without
 *   its curve and its public key, which must be its own (src/key/container.ts);
 * - a point compressed, and a key of an elliptic curve that is its octets alone (src/key/content.ts);
 * - an RSA key under the identifier of RSASSA-PSS, with parameters or without (src/key/pss.ts);
 * - a certificate of it, at the doors that take one;
 * - a scalar of X25519 with other bits than RFC 7748, section 5, leaves of it;
 * - a JWK with other members, or with short coordinates where `PAD_SHORT_COORDINATE` is given;
 * - other private numbers of an RSA key than its own, if only it signs with them
 *   (src/primitive/rsa-key.ts): the id is that of n and e.
 */
function isDeclared(key: Key, input: FuzzInput): boolean {
  if (key.use === 'sign' && 'scheme' in key.alg) return true;
  if (typeof input === 'object' && !(input instanceof Uint8Array)) {
    return SEED_JWKS.has(requiredOf(input));
  }
  const der = Uint8Array.from(typeof input === 'string' ? contentOf(input) : input);
  if (key.use === 'agree' && der.length === 32) clamp(der);
  if (isCertificate(der)) return true;
  return SEED_FORMS.has(normal(der));
}

function isCertificate(der: Uint8Array): boolean {
  try {
    return new X509Certificate(der).raw.length === der.length;
  } catch {
    return false;
  }
}

/** DER without what is declared to make no difference, in hexadecimal. */
function normal(der: Uint8Array): string {
  const [root] = parse(der) ?? [];
  const parts = (root && list(root)) ?? [];
  const [version, algorithm, secret] = parts;
  const name = version && list(version)?.[0];
  if (root && version && name && Buffer.from(octetsOf(name)).equals(RSASSA_PSS)) {
    version.content = parse(RSA_ENCRYPTION) ?? [];
    return Buffer.from(write(root)).toString('hex');
  }
  if (root === undefined || version?.tag !== 2) return Buffer.from(der).toString('hex');
  if (algorithm?.tag === 4) root.content = parts.slice(0, 2);
  else {
    root.content = parts.slice(1, 3);
    const inner = secret && list(secret)?.[0];
    const values = (inner && list(inner)) ?? [];
    if (inner?.tag === 0x30 && values.length < 5) inner.content = values.slice(0, 2);
    else if (inner?.tag === 4 && algorithm && isX25519(algorithm)) clamp(octetsOf(inner));
  }
  return Buffer.from(write(root)).toString('hex');
}

const RSASSA_PSS = Buffer.from('2a864886f70d01010a', 'hex');
const RSA_ENCRYPTION = fromHex('06092a864886f70d0101010500');

function isX25519(algorithm: Node): boolean {
  return Buffer.from(octetsOf(algorithm)).toString('hex') === '06032b656e';
}

/** RFC 7748, section 5, decodeScalar25519; the octets are changed where they stand. */
function clamp(scalar: Uint8Array): void {
  scalar[0] = (scalar[0] ?? 0) & 248;
  scalar[31] = ((scalar[31] ?? 0) & 127) | 64;
}

function clamped(scalar: Uint8Array): string {
  const copy = Uint8Array.from(scalar);
  clamp(copy);
  return Buffer.from(copy).toString('hex');
}

/** The members that name a public key, with coordinates of full size. */
function requiredOf({ kty, crv, x: first, y, n, e }: Jwk): string {
  const size = crv === 'P-384' ? 48 : 32;
  const padded = (value: unknown): string =>
    Buffer.from(String(value), 'base64url')
      .toString('hex')
      .padStart(2 * size, '0');
  const members = {
    RSA: [n, e],
    EC: [crv, padded(first), padded(y)],
    OKP: [crv, first],
  }[String(kty)];
  return [kty, ...(members ?? [])].map(String).join();
}

const SEEDS = TARGETS.flatMap(({ seeds }) => seeds);
const SEED_FORMS: ReadonlySet<string> = new Set(
  SEEDS.flatMap((seed) =>
    seed instanceof Uint8Array ? [normal(Uint8Array.from(seed))] : [],
  ).concat(
    // RAW, and what Ed25519 and X25519 make of it.
    [KEYS.ed25519, KEYS.x25519].map((own) =>
      createPublicKey(own).export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex'),
    ),
    [clamped(RAW)],
  ),
);
const SEED_JWKS: ReadonlySet<string> = new Set(
  SEEDS.flatMap((seed) =>
    typeof seed === 'object' && !(seed instanceof Uint8Array) ? [requiredOf(seed)] : [],
  ),
);

/** The thumbprints of the seeds, RFC 7638, section 3, computed apart from the library. */
const SEED_IDS: ReadonlySet<string> = new Set(
  Object.values(KEYS).map((key) => {
    const { kty, crv, x: first, y, n, e } = createPublicKey(key).export({ format: 'jwk' });
    const ordered = kty === 'RSA' ? { e, kty, n } : { crv, kty, x: first, y };
    return createHash('sha256').update(JSON.stringify(ordered)).digest('base64url');
  }),
);
