// Paths of certificates: one rule broken at a time, each with its own code, on every engine. The
// certificates and openssl's verdicts are made by scripts/keys/certificates.py.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  derChildren,
  derEncode,
  derObjectId,
  derObjectIdentifier,
  derSequence,
  type DerValue,
  expectTag,
  readDer,
} from '../../src/bytes/der.js';
import { encodePem } from '../../src/bytes/pem.js';
import { partsOf } from '../../src/key/x509-certificate.js';
import { readKeyUsage } from '../../src/key/x509-extensions.js';
import { readName } from '../../src/key/x509-name.js';
import { type Certificate, readCertificate, readCertificates } from '../../src/key/x509.js';
import { NO_PIN, type PathOptions, type Pin, verifyPath } from '../../src/key/x509-path.js';
import {
  caseOf,
  cases,
  certificates,
  codeOf,
  derOf,
  optionsOf,
  outcomeOf,
  type Printed,
  read,
} from './x509-fixtures.js';

const good = caseOf('without the root');
const chain = good.chain.map(read);
const options = optionsOf(good);
const [leaf, ca] = chain as [Certificate, Certificate];
const [root] = options.roots as [Certificate];
const PUBLIC_KEY = 'MCowBQYDK2VwAyEAfLrtAZLL+zG3CTPxYNQ8IMDAt/n+NNpdMYR2EqbxRjM=';
const PRIVATE_KEY = 'MC4CAQAwBQYDK2VwBCIEIPQLJqcSVKHEn9g0Xz+tNYWombjmZ18iGdglDe/pO2QZ';
const REQUEST =
  'MIGLMD8CAQAwDDEKMAgGA1UEAwwBdDAqMAUGAytlcAMhAHy67QGSy/sxtwkz8WDUPCDAwLf5/jTaXTGEdhKm8UYzoAAwBQYDK2VwA0EA/Ic6fXfZORBG+C/wfuNI6gPEpfps8WhgY4/JKplWfJOdepvdR9fWRpgNv27CkM1UL/p/XM/Xt7WW77+6hD4CBw==';
const LIST =
  'MIGSMEYCAQEwBQYDK2VwMAwxCjAIBgNVBAMMAXQXDTI2MTEyMTEzMDMxMFoXDTI2MTIyMTEzMDMxMFqgDjAMMAoGA1UdFAQDAgEBMAUGAytlcANBANK5gCimAf8vgnbDtnoBs15CqpFfZWC2tg35kBJOhmiYvFXj695EZQRwIJgNsw1U5z+lRnyYQCSYqk3hZX+CywM=';
const pemOf = (label: string): string => encodePem('CERTIFICATE', derOf(label));

describe('the fixtures', () => {
  test('come out as the rules have it', () => {
    expect(cases.length).toBeGreaterThan(200);
    const wrong = cases.flatMap((one) => {
      const found = outcomeOf(one);
      return found === one.expect ? [] : [{ name: one.name, expected: one.expect, found }];
    });
    expect(wrong).toEqual([]);
  });

  test('break every rule', () => {
    const source = readFileSync(new URL('../../src/errors.ts', import.meta.url), 'utf8');
    const codes = source.match(/ERR_(?:CERTIFICATE|PATH)(?:_\w+)?/g) ?? [];
    const broken = new Set(cases.map((one) => one.expect));
    // What importCertificate alone refuses.
    expect(codes.filter((code) => !broken.has(code))).toEqual(['ERR_CERTIFICATE_USE']);
  });

  test('say why where openssl decides otherwise', () => {
    const differ = cases.filter((one) => one.openssl.ok !== (one.expect === 'ok'));
    expect(differ.filter(({ why }) => why === undefined).map(({ name }) => name)).toEqual([]);
    // What is taken here and not there: the last second, and roots that are not self-signed.
    expect(differ.filter((one) => one.expect === 'ok').map(({ name }) => name)).toEqual([
      'one certificate that is a root',
      'a root that is no self-signed certificate',
      'the last second',
      'the last second of a leaf',
      'a leaf from 1950 to 2049',
      'read: a point off the curve',
    ]);
  });
});

describe('a certificate', () => {
  const readable = Object.entries(certificates).filter(
    ([label]) => codeOf(() => read(label)) === 'ok',
  );

  test('reads as openssl x509 prints it', () => {
    expect(readable.length).toBeGreaterThan(150);
    for (const [label, { openssl }] of readable) {
      const found = read(label);
      const expected = openssl as Printed;
      expect(found.serial.hex.toUpperCase(), label).toBe(expected.serial);
      expect(found.serial.decimal).toBe(BigInt(`0x${expected.serial}`).toString());
      expect(found.fingerprint, label).toBe(expected.fingerprint.replaceAll(':', '').toLowerCase());
      expect([found.notBefore, found.notAfter], label).toEqual([
        expected.notBefore,
        expected.notAfter,
      ]);
      // openssl reverses the attributes of a set too, and has names for more types than RFC 4514.
      if (!/[+]|emailAddress/.test(expected.subject)) {
        expect(printable(found.subject.text), label).toBe(printable(expected.subject));
        expect(printable(found.issuer.text), label).toBe(printable(expected.issuer));
      }
    }
  });

  test('shows what it holds, as values that nobody changes', () => {
    expect(ca.version).toBe(3);
    expect(ca.basicConstraints).toEqual({ ca: true });
    expect(ca.keyUsage).toEqual(['keyCertSign', 'cRLSign']);
    expect(ca.publicKey).toEqual({
      family: 'ec',
      algorithm: '1.2.840.10045.2.1',
      curve: 'P-256',
    });
    expect(ca.signatureAlgorithm).toBe('1.2.840.10045.4.3.2');
    expect(ca.extensions.map(({ oid, critical }) => [oid, critical])).toEqual([
      ['2.5.29.19', true],
      ['2.5.29.15', true],
      ['2.5.29.14', false],
      ['2.5.29.35', false],
    ]);
    expect(read('PL C1').basicConstraints).toEqual({ ca: true, pathLength: 1 });
    expect(leaf.basicConstraints).toEqual({ ca: false });
    expect(leaf.extendedKeyUsage).toBe(undefined);
    expect(read('Leaf usages').keyUsage).toHaveLength(9);
    expect(read('Leaf soft EKU').extendedKeyUsage).toEqual([
      '1.3.6.1.5.5.7.3.1',
      '1.3.6.1.5.5.7.3.2',
    ]);
    expect(read('RSA root').publicKey).toMatchObject({ family: 'rsa', bits: 2048 });
    expect(read('Leaf 1024').publicKey).toMatchObject({ family: 'rsa', bits: 1024 });
    expect(read('Leaf Ed448').publicKey).toEqual({ family: 'other', algorithm: '1.3.101.113' });
    const parts = [leaf, leaf.subject, leaf.subject.attributes, leaf.serial, leaf.publicKey];
    for (const part of [...parts, leaf.extensions, leaf.keyUsage, leaf.basicConstraints]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(Object.isFrozen(verifyPath(chain, options).certificates)).toBe(true);
  });

  test('has names whose attributes are decoded one by one', () => {
    const { attributes, text } = read('Pin one set of two').subject;
    expect(attributes).toEqual([
      { oid: '2.5.4.3', value: 'good', rdn: 0 },
      { oid: '2.5.4.11', value: 'unit', rdn: 0 },
    ]);
    expect(text).toBe('CN=good+OU=unit');
    expect(leaf.issuer.attributes).toEqual([
      { oid: '2.5.4.6', value: 'XX', rdn: 0 },
      { oid: '2.5.4.10', value: 'Countersign Test', rdn: 1 },
      { oid: '2.5.4.3', value: 'CA', rdn: 2 },
    ]);
    // RFC 4514: two values that print apart, whatever is in them, and nothing that breaks a line.
    expect(read('Pin a line and another CN').subject.text).toBe(String.raw`CN=evil\0aCN=good`);
    expect(read('Pin a comma and another CN in one value').subject.text).toBe(
      String.raw`CN=evil\, CN=good`,
    );
    expect(read('Pin IA5String').subject.text).toMatch(/^1\.2\.840\.113549\.1\.9\.1=#16/);
  });

  test('is read from PEM in the states that consoles leave it in, from Base64 and from DER', () => {
    const pem = pemOf('CA');
    const base64 = certificates['CA']?.der ?? '';
    for (const input of [
      pem,
      pem.replaceAll('\n', '\r\n'),
      pem.replaceAll('\n', '\\n'),
      pem.replaceAll('\n', ' '),
      pem.replaceAll(/^/gm, '    '),
      `\u{feff}${pem}`,
      base64,
      derOf('CA'),
      Buffer.from(derOf('CA')),
    ]) {
      expect(readCertificate(input).fingerprint).toBe(ca.fingerprint);
    }
  });

  test('is no key, no request and no list', () => {
    // Made by openssl 3.0.19: genpkey -algorithm ed25519, pkey -pubout, req -new, ca -gencrl.
    expect(codeOf(() => readCertificate(REQUEST))).toBe('ERR_CERTIFICATE');
    expect(codeOf(() => readCertificate(LIST))).toBe('ERR_CERTIFICATE');
    expect(codeOf(() => readCertificate(PUBLIC_KEY))).toBe('ERR_CERTIFICATE');
    expect(codeOf(() => readCertificate(PRIVATE_KEY))).toBe('ERR_CERTIFICATE');
    expect(codeOf(() => readCertificate(''))).toBe('ERR_KEY_EMPTY');
    expect(codeOf(() => readCertificate(new Uint8Array((1 << 17) + 1)))).toBe('ERR_KEY_FORM');
    expect(() => readCertificate(5 as never)).toThrow(TypeError);
  });

  test('comes in bundles of 1 to 16', () => {
    const [one, two] = [pemOf('CA'), pemOf('Root')];
    const fingerprints = (text: string): string[] =>
      readCertificates(text).map(({ fingerprint }) => fingerprint);
    expect(fingerprints(one)).toEqual([ca.fingerprint]);
    expect(fingerprints(`\n${one}\r\n \n${two}\n\n`)).toEqual([ca.fingerprint, root.fingerprint]);
    expect(fingerprints(`${one}${two}`.replaceAll('\n', '\\n'))).toHaveLength(2);
    expect(fingerprints(one.repeat(16))).toHaveLength(16);
    // As openssl pkcs7 -print_certs and s_client -showcerts print.
    expect(fingerprints(`subject=CN = a\n\n${one}\nsubject=CN = b\n${two}and so on`)).toHaveLength(
      2,
    );
    for (const text of [
      '',
      ' ',
      one.repeat(17),
      one.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'),
      `${encodePem('PUBLIC KEY', derOf('CA'))}${one}`,
      `${one}${two.slice(0, -30)}`,
      'x'.repeat((1 << 20) + 1),
    ]) {
      expect(
        codeOf(() => readCertificates(text)),
        text.slice(0, 40),
      ).toMatch(/^ERR_(?:CERTIFICATE|PEM)$/);
    }
    expect(() => readCertificates(derOf('CA') as never)).toThrow(TypeError);
  });
});

describe('a path', () => {
  test('gives the leaf, the certificates with the root, and the time', () => {
    const path = verifyPath(chain, options);
    expect(path.leaf).toBe(leaf);
    expect(path.certificates).toEqual([leaf, ca, root]);
    expect(path.now).toBe(good.now);
    expect(verifyPath([...chain, root], options).certificates).toHaveLength(3);
  });

  test('is of certificates that were read here', () => {
    const copies = [
      { ...ca },
      Object.create(ca) as Certificate,
      new Proxy(ca, {}),
      { ...partsOf(ca, 'ca') },
      null,
      undefined,
      'x',
    ];
    for (const copy of copies) {
      expect(() => verifyPath([leaf, copy as Certificate], options)).toThrow(TypeError);
      expect(() => verifyPath(chain, { ...options, roots: [copy as Certificate] })).toThrow(
        TypeError,
      );
    }
    expect(() => structuredClone(ca)).toThrow('could not be cloned');
    expect(() => verifyPath({ length: 1, 0: leaf } as never, options)).toThrow(TypeError);
  });

  test('rests on what was read, not on what the caller has in hand', () => {
    const der = derOf('CA');
    const own = readCertificate(der);
    der.fill(0);
    own.der().fill(0);
    for (const { value } of own.extensions) value.fill(0);
    expect(own.der()).toEqual(derOf('CA'));
    expect(verifyPath([leaf, own], options).leaf).toBe(leaf);
  });

  test('has a caller that says what it is verified against', () => {
    const refused: readonly unknown[] = [
      undefined,
      { ...options, roots: [] },
      { ...options, roots: Array.from({ length: 1025 }, () => root) },
      { ...options, roots: root },
      { ...options, now: Number.NaN },
      { ...options, now: 1.5 },
      { ...options, now: -1 },
      { ...options, now: Infinity },
      { ...options, now: undefined },
      { ...options, now: new Date() },
      { ...options, purpose: 'serverAuth' },
      { ...options, purpose: '1.3.6.1.5.5.7.3.01' },
      ...[
        undefined,
        null,
        true,
        'CN=good',
        Symbol('countersign.NO_PIN'),
        [],
        [NO_PIN],
        Array.from({ length: 17 }, () => ({ extension: '1.2.3', in: 'leaf' })),
        {},
        { subject: { oid: 'CN', value: 'x' } },
        { subject: { oid: '2.5.4.03', value: 'x' } },
        { subject: { oid: '2.5.4.3' } },
        { subject: { value: 'x' } },
        { subject: 'x' },
        { extension: '1.2.3' },
        { extension: '1.2.3', in: 'root' },
        { extension: '1.2.3', in: 'leaf', subject: { oid: '2.5.4.3', value: 'x' } },
      ].map((pin) => ({ ...options, pin })),
    ];
    for (const one of refused)
      expect(() => verifyPath(chain, one as PathOptions)).toThrow(TypeError);
  });

  test('has certificates, and not too many to look at', () => {
    expect(codeOf(() => verifyPath([], options))).toBe('ERR_PATH_LENGTH');
    const many = Array.from({ length: 1_000_000 }, () => leaf);
    expect(codeOf(() => verifyPath(many, options))).toBe('ERR_PATH_LENGTH');
  });

  test('has names that are bounded, and printed when that is asked for', () => {
    // A name of control characters, each of which is printed as an escape, in an Ed25519 leaf.
    const attribute = (size: number): Uint8Array =>
      derEncode(
        0x31,
        derSequence(derObjectId('2.5.4.3'), derEncode(0x0c, new Uint8Array(size).fill(1))),
      );
    const name = (count: number): DerValue =>
      readDer(derSequence(...Array.from({ length: count }, () => attribute(1000))), 0x30);
    expect(readName(name(8)).text).toHaveLength(8 * (3 + 3000) + 7);
    expect(codeOf(() => readName(name(9)))).toBe('ERR_CERTIFICATE_NAME');
    expect(codeOf(() => readKeyUsage(derEncode(3, new Uint8Array(100_000).fill(1))))).toBe(
      'ERR_CERTIFICATE_EXTENSION',
    );
  });

  test('has what may be critical well formed', () => {
    const path = caseOf('a leaf with critical alternative names');
    const der = derOf(path.chain[0] ?? '').slice();
    // subjectAltName, critical, an OCTET STRING, and in it the SEQUENCE that becomes a SET.
    const at = der.indexOf(0x11, Buffer.from(der).indexOf(Buffer.from('0603551d11', 'hex')));
    expect([...der.subarray(at, at + 7)]).toEqual([0x11, 1, 1, 0xff, 4, 0x10, 0x30]);
    der[at + 6] = 0x31;
    const [, ...above] = path.chain.map(read);
    const verify = (): unknown => verifyPath([readCertificate(der), ...above], optionsOf(path));
    expect(codeOf(verify)).toBe('ERR_DER');
  });

  test.each([
    ['alternative names', '2.5.29.17'],
    ['distribution points', '2.5.29.31'],
  ])('has critical %s that are a SEQUENCE of some', (what, oid) => {
    const path = caseOf(`a leaf with critical ${what}`);
    const [label = '', ...above] = path.chain;
    const verify = (value: Uint8Array): string => {
      const changed = readCertificate(withExtension(derOf(label), oid, value));
      return codeOf(() => verifyPath([changed, ...above.map(read)], optionsOf(path)));
    };
    // Whatever it holds, the signature is no longer right; that is looked at last.
    expect(verify(derSequence(derEncode(0x82, Uint8Array.of(0x61))))).toBe('ERR_PATH_SIGNATURE');
    expect(verify(derSequence())).toBe('ERR_PATH_CRITICAL');
    expect(verify(derEncode(0x31, derEncode(0x05)))).toBe('ERR_DER');
    expect(verify(new Uint8Array(0))).toBe('ERR_DER');
  });

  test('ends in any of the roots, and is no longer for it', () => {
    const other = read('Other root');
    for (const roots of [
      [root, other],
      [other, root],
    ]) {
      const path = verifyPath([...chain, root], { ...options, roots });
      expect(path.certificates).toEqual([leaf, ca, root]);
      const renamed = caseOf("a root's name in lower case");
      const verify = (): unknown =>
        verifyPath(renamed.chain.map(read), {
          ...optionsOf(renamed),
          roots: [other, ...optionsOf(renamed).roots],
        });
      expect(codeOf(verify)).toBe('ERR_PATH_NAME_ENCODING');
    }
  });

  test('has 1024 roots and 16 pins at most', () => {
    const roots = Array.from({ length: 1024 }, (_, i) => (i === 1000 ? root : leaf));
    expect(codeOf(() => verifyPath(chain, { ...options, roots }))).toBe('ok');
    expect(() => verifyPath(chain, { ...options, roots: [...roots, leaf] })).toThrow(TypeError);
    const pin = Array.from({ length: 16 }, () => ({ extension: '2.5.29.19', in: 'leaf' }) as const);
    expect(codeOf(() => verifyPath(chain, { ...options, pin }))).toBe('ok');
    for (const none of [{}, { length: 2 }, 'xx', null]) {
      expect(() => verifyPath(none as never, options)).toThrow(TypeError);
    }
  });

  test('has a pin on an attribute that is there once', () => {
    const twice = caseOf('pin: twice in the subject');
    const [named] = twice.chain.map(read);
    const values = named?.subject.attributes.filter(({ oid }) => oid === '2.5.4.3') ?? [];
    expect(values).toHaveLength(2);
    for (const { value } of values) {
      const pin = { subject: { oid: '2.5.4.3', value } };
      const verify = (): unknown => verifyPath(twice.chain.map(read), { ...optionsOf(twice), pin });
      expect(codeOf(verify)).toBe('ERR_PATH_PIN');
    }
  });

  test('is tried with at most 8 roots of one name', () => {
    // The serial number of another root of the same name counted up: its own signature is not read.
    const der = derOf('Root of the same name');
    const others = Array.from({ length: 8 }, (_, i) => {
      const other = der.slice();
      other[20] = i + 1;
      return readCertificate(other);
    });
    expect(new Set(others.map(({ serial }) => serial.hex)).size).toBe(8);
    expect(others.every(({ subject }) => subject.text === root.subject.text)).toBe(true);
    const verify = (roots: readonly Certificate[]): string =>
      codeOf(() => verifyPath(chain, { ...options, roots }));
    expect(verify([...others.slice(0, 7), root])).toBe('ok');
    expect(verify(others)).toBe('ERR_PATH_SIGNATURE');
    expect(() => verify([...others, root])).toThrow(TypeError);
    // A rule that one of them breaks says more than that the others have other keys.
    const expired = read('Expired root');
    expect(verify([...others.slice(0, 3), expired])).toBe('ERR_PATH_EXPIRED');
  });

  test('is for whom the caller named', () => {
    const verify = (pin: Pin | readonly Pin[]): string =>
      codeOf(() => verifyPath(chain, { ...options, pin }));
    expect(verify({ subject: { oid: '2.5.4.3', value: 'Leaf' } })).toBe('ok');
    expect(verify({ subject: { oid: '2.5.4.3', value: 'leaf' } })).toBe('ERR_PATH_PIN');
    expect(verify([{ extension: '2.5.29.19', in: 'issuer' }])).toBe('ok');
    expect(verify({ extension: '1.2.3', in: 'issuer' })).toBe('ERR_PATH_PIN');
  });

  test('says what is wrong without a word of the certificates', () => {
    for (const one of cases.filter(({ expect: code }) => code !== 'ok')) {
      let message = '';
      try {
        verifyPath(one.chain.map(read), optionsOf(one));
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message.length, one.name).toBeGreaterThan(10);
      expect(message, one.name).not.toMatch(/good|evil|Countersign|Leaf|example/);
    }
  });
});

/** Without the two ways of writing an escape. */
function printable(text: string): string {
  return text.replaceAll(/\\[0-9A-Fa-f]{2}/g, (found) => found.toLowerCase());
}

/** A certificate with another value of an extension. */
function withExtension(der: Uint8Array, oid: string, value: Uint8Array): Uint8Array {
  const [tbs, ...signed] = derChildren(readDer(der, 0x30));
  const parts = derChildren(expectTag(tbs, 0x30));
  const extensions = derChildren(onlyChild(parts.at(-1))).map((extension) => {
    const members = derChildren(extension);
    if (derObjectIdentifier(expectTag(members[0], 0x06)) !== oid) return extension.encoding;
    const kept = members.slice(0, -1).map(({ encoding }) => encoding);
    return derSequence(...kept, derEncode(0x04, value));
  });
  const fields = parts.slice(0, -1).map(({ encoding }) => encoding);
  return derSequence(
    derSequence(...fields, derEncode(0xa3, derSequence(...extensions))),
    ...signed.map(({ encoding }) => encoding),
  );
}

function onlyChild(value: DerValue | undefined): DerValue {
  const [child] = derChildren(expectTag(value, 0xa3));
  return expectTag(child, 0x30);
}
