// Vectors of AES. Modes whose values take keys of every size have a cell for each size, since
// runtimes lack sizes.
import * as cbcHmac from '../../src/primitive/aes-cbc-hmac.js';
import * as gcm from '../../src/primitive/aes-gcm.js';
import * as kw from '../../src/primitive/aes-kw.js';
import { aesCbc, aesCmac, aesCtr, aesEcb, type Padding } from '../../src/primitive/aes-modes.js';
import * as fixed from '../../src/testing/index.js';
import { byName, type Case, type Cell, get, hex, ofKind } from './cases.js';
import type { VectorFile } from './cases.js';

export function aesCells(files: readonly VectorFile[]): Cell[] {
  return [
    ...ofKind(files, 'aes-gcm', 'aes-cbc-hmac').flatMap(aeadCells),
    ...ofKind(files, 'aes-kw').flatMap(kwCells),
    ...ofKind(files, 'aes-cbc').flatMap(cbcCells),
    ...ofKind(files, 'aes-ctr').flatMap(ctrCells),
    ...ofKind(files, 'aes-ecb').flatMap(ecbCells),
    ...ofKind(files, 'aes-cmac').flatMap(cmacCells),
  ];
}

function aeadCells({ file, algorithm: name, cases }: VectorFile): Cell[] {
  const algorithm = get(byName<gcm.AeadAlgorithm>({ ...gcm, ...cbcHmac }, 'aead'), name);
  return [
    {
      title: file,
      algorithm: name,
      operation: 'open',
      cases,
      ask(item) {
        const open = (): Uint8Array =>
          algorithm.openForeign(algorithm.key(hex(item, 'key')), {
            iv: hex(item, 'iv'),
            ciphertext: hex(item, 'ciphertext'),
            tag: hex(item, 'tag'),
            aad: hex(item, 'aad'),
          });
        return [[item.expect ?? String(item['plaintext']), open]];
      },
    },
    {
      title: file,
      algorithm: name,
      operation: 'seal',
      cases: cases.filter(
        (item) => item.expect === undefined && hex(item, 'iv').length === algorithm.nonceSize,
      ),
      ask(item) {
        const [iv, plaintext, aad] = [hex(item, 'iv'), hex(item, 'plaintext'), hex(item, 'aad')];
        const key = (): gcm.AeadKey => algorithm.key(hex(item, 'key'));
        const seal = (): Uint8Array => fixed.sealWithNonce(algorithm, key(), iv, plaintext, aad);
        const text = String(item['plaintext']);
        return [
          [[item['iv'], item['ciphertext'], item['tag']].join(''), seal],
          [text, () => algorithm.open(key(), seal(), aad)],
          [text, () => algorithm.open(key(), algorithm.seal(key(), plaintext, aad), aad)],
        ];
      },
    },
  ];
}

function kwCells({ file, cases }: VectorFile): Cell[] {
  return [...byName<kw.KeyWrapAlgorithm>(kw, 'wrap')].flatMap(([name, algorithm]): Cell[] => {
    const own = cases.filter((item) => hex(item, 'kek').length === algorithm.keySize);
    const key = (item: Case): kw.KeyWrapKey => algorithm.key(hex(item, 'kek'));
    const of = { title: `${file} ${name}`, algorithm: name };
    return [
      {
        ...of,
        operation: 'unwrap',
        cases: own,
        ask: (item) => [
          [
            item.expect ?? String(item['plaintext']),
            () => algorithm.unwrap(key(item), hex(item, 'wrapped')),
          ],
        ],
      },
      {
        ...of,
        operation: 'wrap',
        cases: own.filter((item) => item.expect === undefined),
        ask: (item) => [
          [String(item['wrapped']), () => algorithm.wrap(key(item), hex(item, 'plaintext'))],
        ],
      },
    ];
  });
}

function cbcCells({ file, cases }: VectorFile): Cell[] {
  return bySize(cases).flatMap(({ detail, own }): Cell[] => {
    const of = { title: `${file} ${detail}`, algorithm: 'AES-CBC', detail };
    const good = own.filter((item) => item.expect === undefined);
    return [
      {
        ...of,
        operation: 'decrypt',
        cases: own,
        ask(item) {
          const [iv, ciphertext] = [hex(item, 'iv'), hex(item, 'ciphertext')];
          const decrypt = (): Uint8Array =>
            aesCbc.decrypt(
              aesCbc.key(hex(item, 'key')),
              iv,
              ciphertext,
              item['padding'] as Padding,
            );
          return [[item.expect ?? String(item['plaintext']), decrypt]];
        },
      },
      {
        ...of,
        operation: 'encrypt',
        cases: good,
        ask(item) {
          const padding = item['padding'] as Padding;
          const roundTrip = (): Uint8Array => {
            const key = aesCbc.key(hex(item, 'key'));
            const { iv, ciphertext } = aesCbc.encrypt(key, hex(item, 'plaintext'), padding);
            return aesCbc.decrypt(key, iv, ciphertext, padding);
          };
          return [[String(item['plaintext']), roundTrip]];
        },
      },
      {
        ...of,
        title: `${file} ${detail} under its IV`,
        operation: 'encrypt',
        cases: good.filter((item) => item['padding'] === 'none'),
        ask(item) {
          const encrypt = (): Uint8Array =>
            fixed.encryptCbcWithIv(
              aesCbc.key(hex(item, 'key')),
              hex(item, 'iv'),
              hex(item, 'plaintext'),
            );
          return [[String(item['ciphertext']), encrypt]];
        },
      },
    ];
  });
}

function ctrCells({ file, cases }: VectorFile): Cell[] {
  return bySize(cases).flatMap(({ detail, own }): Cell[] => {
    const of = { title: `${file} ${detail}`, algorithm: 'AES-CTR', detail, cases: own };
    const key = (item: Case): ReturnType<typeof aesCtr.key> => aesCtr.key(hex(item, 'key'));
    return [
      {
        ...of,
        operation: 'decrypt',
        ask: (item) => [
          [
            String(item['plaintext']),
            () => aesCtr.decrypt(key(item), hex(item, 'iv'), hex(item, 'ciphertext')),
          ],
        ],
      },
      {
        ...of,
        operation: 'encrypt',
        ask(item) {
          const [iv, plaintext] = [hex(item, 'iv'), hex(item, 'plaintext')];
          const roundTrip = (): Uint8Array => {
            const fresh = aesCtr.encrypt(key(item), plaintext);
            return aesCtr.decrypt(key(item), fresh.iv, fresh.ciphertext);
          };
          return [
            [String(item['ciphertext']), () => fixed.encryptCtrWithIv(key(item), iv, plaintext)],
            [String(item['plaintext']), roundTrip],
          ];
        },
      },
    ];
  });
}

function ecbCells({ file, cases }: VectorFile): Cell[] {
  return bySize(cases).flatMap(({ detail, own }): Cell[] => {
    const of = { title: `${file} ${detail}`, algorithm: 'AES-ECB', detail, cases: own };
    const key = (item: Case): ReturnType<typeof aesEcb.key> => aesEcb.key(hex(item, 'key'));
    const padded = (item: Case): Uint8Array => aesEcb.encrypt(key(item), Uint8Array.of(7), 'pkcs7');
    return [
      {
        ...of,
        operation: 'encrypt',
        ask: (item) => [
          [
            String(item['ciphertext']),
            () => aesEcb.encrypt(key(item), hex(item, 'plaintext'), 'none'),
          ],
        ],
      },
      {
        ...of,
        operation: 'decrypt',
        ask: (item) => [
          [
            String(item['plaintext']),
            () => aesEcb.decrypt(key(item), hex(item, 'ciphertext'), 'none'),
          ],
          ['07', () => aesEcb.decrypt(key(item), padded(item), 'pkcs7')],
        ],
      },
    ];
  });
}

function cmacCells({ file, cases }: VectorFile): Cell[] {
  return bySize(cases).flatMap(({ detail, own }): Cell[] => {
    const of = { title: `${file} ${detail}`, algorithm: 'AES-CMAC', detail, cases: own };
    const key = (item: Case): ReturnType<typeof aesCmac.key> => aesCmac.key(hex(item, 'key'));
    return [
      {
        ...of,
        operation: 'tag',
        ask: (item) => [[String(item['tag']), () => aesCmac.tag(key(item), hex(item, 'message'))]],
      },
      {
        ...of,
        operation: 'verify',
        ask(item) {
          const tag = hex(item, 'tag');
          return [
            ['true', () => aesCmac.verify(key(item), hex(item, 'message'), tag)],
            ['false', () => aesCmac.verify(key(item), hex(item, 'message'), tag.subarray(1))],
          ];
        },
      },
    ];
  });
}

/** The cases by the size of their keys. */
function bySize(cases: readonly Case[]): { detail: string; own: Case[] }[] {
  const sizes = [...new Set(cases.map((item) => hex(item, 'key').length))];
  return sizes.map((size) => ({
    detail: `${size * 8}-bit key`,
    own: cases.filter((item) => hex(item, 'key').length === size),
  }));
}
