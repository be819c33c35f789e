// Every key with every name that a message may claim, signed in every way that an attacker could: it
// verifies where key, name and signature belong together, and nowhere else.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signJws, verifyJws } from '../../src/jose/jws.js';
import { signatureBy } from '../../src/jose/input.js';
import { exportPublicKey } from '../../src/key/export.js';
import { createRing } from '../../src/key/ring.js';
import { codeOf, encoded, NOW, PAIRS, utf8 } from './support.js';

const payload = utf8('{"sub":"admin"}');
const NAMES = [...PAIRS.map(({ name }) => name), 'Ed25519'];
const NONE = [
  'none',
  'None',
  'NONE',
  'nOnE',
  'none ',
  '',
  'null',
  'HS1',
  'RS1',
  'HS128',
  'A128CBC-HS256',
  '__proto__',
  'constructor',
  'toString',
];

const signers = PAIRS.flatMap(({ name, signing }) =>
  signing === undefined ? [] : [{ name, signing }],
);
const isOwn = (claimed: string, name: string): boolean =>
  claimed === name || (claimed === 'Ed25519' && name === 'EdDSA');

const made = new Map<string, string>();

/** A token that claims one algorithm and is signed over that claim by another. */
function claiming(claimed: string, signer: (typeof signers)[number]): string {
  const known = made.get(`${claimed} ${signer.name}`) ?? claim(claimed, signer);
  made.set(`${claimed} ${signer.name}`, known);
  return known;
}

function claim(claimed: string, { signing }: (typeof signers)[number]): string {
  const input = `${encoded({ alg: claimed })}.${encoded(payload)}`;
  return `${input}.${encoded(signatureBy(signing, utf8(input)))}`;
}

describe.each(PAIRS)('a key for $name', ({ name, verifying }) => {
  test.each(NAMES)('takes what claims to be %s if it is its own', (claimed) => {
    for (const signer of signers) {
      const code = codeOf(() => verifyJws(claiming(claimed, signer), verifying));
      const genuine = signer.name === name ? 'accepted' : 'ERR_VERIFY_FAILED';
      expect(code, signer.name).toBe(isOwn(claimed, name) ? genuine : 'ERR_JOSE_ALGORITHM');
    }
  });

  test('takes none in no spelling, with a signature or without', () => {
    for (const alg of NONE) {
      const input = `${encoded({ alg })}.${encoded(payload)}`;
      for (const value of ['', 'AA', encoded(new Uint8Array(64))]) {
        expect(codeOf(() => verifyJws(`${input}.${value}`, verifying))).toBe('ERR_JOSE_ALGORITHM');
      }
    }
  });

  test('in a ring of all algorithms takes its own too, and of the others nothing', () => {
    const ring = createRing(PAIRS.map((pair) => ({ key: pair.verifying })));
    const options = { algs: [...new Set(PAIRS.map(({ alg }) => alg))].slice(0, 8), now: NOW };
    for (const signer of signers) {
      const isTaken = options.algs.some(
        (alg) => alg === PAIRS.find((pair) => pair.name === signer.name)?.alg,
      );
      const token = signJws(payload, signer.signing);
      expect(codeOf(() => verifyJws(token, ring, options))).toBe(
        isTaken ? 'accepted' : 'ERR_JOSE_ALGORITHM',
      );
      if (signer.name === name) continue;
      const wrong = claiming(name, signer);
      expect(codeOf(() => verifyJws(wrong, ring, options))).toMatch(
        /^ERR_(?:JOSE_ALGORITHM|VERIFY_FAILED)$/,
      );
    }
  });
});

// What went wrong elsewhere: a public key taken for an HMAC secret, in whatever text it came
// (CVE-2016-5431, CVE-2022-23541, CVE-2023-48223 and its second fix, for white space before the PEM),
// a key chosen by alg where the key says nothing (CVE-2026-22817, CVE-2026-22818), and a signature
// that is nothing (CVE-2015-9235).
describe.each(PAIRS.filter(({ verifying }) => verifying.alg.kind === 'signature'))(
  'the public key for $name',
  ({ verifying }) => {
    const pem = exportPublicKey(verifying, 'pem');
    const jwk = exportPublicKey(verifying, 'jwk');
    const texts = [
      pem,
      ` ${pem}`,
      `\n${pem}`,
      pem.trim(),
      pem.replaceAll('\n', '\r\n'),
      pem.replaceAll(/-----[^-]*-----|\n/g, ''),
      JSON.stringify(jwk),
      ...Object.values(jwk),
      Buffer.from(exportPublicKey(verifying, 'der')),
      Buffer.alloc(0),
    ];

    test('is no secret', () => {
      for (const [alg, hash] of [
        ['HS256', 'sha256'],
        ['HS384', 'sha384'],
        ['HS512', 'sha512'],
      ] as const) {
        for (const secret of texts) {
          const input = `${encoded({ alg })}.${encoded(payload)}`;
          const token = `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`;
          expect(codeOf(() => verifyJws(token, verifying))).toBe('ERR_JOSE_ALGORITHM');
        }
      }
    });
  },
);
