// Vectors of RSA: signatures of all three schemes, and OAEP.
import * as legacy from '../../src/primitive/legacy/index.js';
import * as oaeps from '../../src/primitive/rsa-oaep.js';
import * as rsa from '../../src/primitive/rsa.js';
import { byName, type Case, type Cell, get, hex, isGood, ofKind, verdict } from './cases.js';
import type { VectorFile } from './cases.js';
import { rsaKeysOf } from './rsa-keys.js';

/** A strong or a weak algorithm, whose keys the compiler tells apart. */
interface AnyVerifier {
  publicKey(parts: rsa.RsaPublicParts): object;
  verify(key: object, message: Uint8Array, value: Uint8Array): boolean | 'weak';
}

export function rsaCells(files: readonly VectorFile[]): Cell[] {
  const { privateParts, publicParts } = rsaKeysOf(files);
  const strong = byName<rsa.RsaAlgorithm>(rsa, 'signature');
  const weak = byName<legacy.WeakRsaAlgorithm>(legacy, 'weak-signature');
  const verify = (name: string, item: Case, signature: Uint8Array): unknown => {
    const algorithm = (strong.get(name) ?? get(weak, name)) as unknown as AnyVerifier;
    const key = algorithm.publicKey(publicParts(String(item['key'])));
    return algorithm.verify(key, hex(item, 'message'), signature);
  };

  const signatures = ofKind(files, 'rsa-pkcs1', 'rsa-pss').flatMap(
    ({ file, algorithm: name, cases }): Cell[] => {
      const algorithm = get(strong, name);
      const isDeterministic = name.includes('PKCS1');
      const sign = (item: Case): Uint8Array =>
        algorithm.sign(
          algorithm.privateKey(privateParts(String(item['key']))),
          hex(item, 'message'),
        );
      return [
        {
          title: file,
          algorithm: name,
          operation: 'verify',
          cases,
          ask: (item) => [[verdict(item), () => verify(name, item, hex(item, 'signature'))]],
        },
        {
          title: file,
          algorithm: name,
          operation: 'sign',
          cases: cases.filter(isGood),
          ask: (item) =>
            isDeterministic
              ? [[String(item['signature']), () => sign(item)]]
              : [['true', () => verify(name, item, sign(item))]],
        },
      ];
    },
  );

  const weakSignatures = ofKind(files, 'rsa-sha-1').flatMap(({ file, cases }) =>
    [['pkcs1', 'RSASSA-PKCS1-v1_5 SHA-1'] as const, ['pss', 'RSASSA-PSS SHA-1'] as const].map(
      ([scheme, name]): Cell => ({
        title: `${file} ${scheme}`,
        algorithm: name,
        operation: 'verify',
        cases: cases.filter((item) => item['scheme'] === scheme),
        ask: (item) => [
          [isGood(item) ? 'weak' : 'false', () => verify(name, item, hex(item, 'signature'))],
        ],
      }),
    ),
  );

  return [...signatures, ...weakSignatures, ...oaepCells(files)];
}

function oaepCells(files: readonly VectorFile[]): Cell[] {
  const { privateParts, publicParts } = rsaKeysOf(files);
  const algorithms = [...byName<oaeps.OaepAlgorithm>(oaeps, 'encryption')];
  return ofKind(files, 'rsa-oaep').flatMap(({ file, cases }) =>
    algorithms.flatMap(([name, algorithm]): Cell[] => {
      const own = cases.filter(({ hash, mgfHash }) => {
        const suffix = hash === mgfHash ? '' : ` MGF1 ${String(mgfHash)}`;
        return name === `RSAES-OAEP ${String(hash)}${suffix}`;
      });
      const decrypt = (item: Case, ciphertext: Uint8Array): Uint8Array =>
        algorithm.decrypt(
          algorithm.privateKey(privateParts(String(item['key']))),
          ciphertext,
          hex(item, 'label'),
        );
      const encrypt = (item: Case): Uint8Array =>
        algorithm.encrypt(
          algorithm.publicKey(publicParts(String(item['key']))),
          hex(item, 'plaintext'),
          hex(item, 'label'),
        );
      const of = { title: `${file} ${name}`, algorithm: name };
      return [
        {
          ...of,
          operation: 'decrypt',
          cases: own,
          ask: (item) =>
            isGood(item)
              ? [
                  [String(item['plaintext']), () => decrypt(item, hex(item, 'ciphertext'))],
                  [String(item['plaintext']), () => decrypt(item, encrypt(item))],
                ]
              : [[String(item.expect), () => decrypt(item, hex(item, 'ciphertext'))]],
        },
        {
          ...of,
          operation: 'encrypt',
          cases: own.filter(isGood),
          ask: (item) => [[String(hex(item, 'ciphertext').length), () => encrypt(item).length]],
        },
      ];
    }),
  );
}
