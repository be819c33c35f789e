// Vectors of digests, HMAC and key derivation.
import * as digests from '../../src/primitive/digest.js';
import * as hmacs from '../../src/primitive/hmac.js';
import * as kdf from '../../src/primitive/kdf.js';
import * as legacy from '../../src/primitive/legacy/index.js';
import { byName, type Case, type Cell, get, hex, message, ofKind } from './cases.js';
import type { VectorFile } from './cases.js';

/** A strong or a weak algorithm, whose keys the compiler tells apart. */
interface AnyMac {
  key(secret: Uint8Array): object;
  tag(key: object, message: Uint8Array): Uint8Array | legacy.WeakOctets;
  verify(key: object, message: Uint8Array, tag: Uint8Array): boolean | 'weak';
}

export function digestCells(files: readonly VectorFile[]): Cell[] {
  const strong = byName<digests.DigestAlgorithm>(digests, 'digest');
  const weak = byName<legacy.WeakDigestAlgorithm>(legacy, 'weak-digest');
  return ofKind(files, 'digest').map(({ file, algorithm, cases }) => ({
    title: file,
    algorithm,
    operation: 'digest',
    cases,
    ask(item) {
      const data = message(item, 'message', 'repeat');
      const digest = (): Uint8Array =>
        strong.get(algorithm)?.digest(data) ?? get(weak, algorithm).digest(data).octets;
      return [[String(item['digest']), digest]];
    },
  }));
}

export function hmacCells(files: readonly VectorFile[]): Cell[] {
  const strong = byName<hmacs.MacAlgorithm>(hmacs, 'mac');
  const weak = byName<legacy.WeakMacAlgorithm>(legacy, 'weak-mac');
  return ofKind(files, 'hmac').flatMap(({ file, algorithm, cases }): Cell[] => {
    const mac = (strong.get(algorithm) ?? get(weak, algorithm)) as unknown as AnyMac;
    const accepted = strong.has(algorithm) ? 'true' : 'weak';
    const data = (item: Case): Uint8Array => message(item, 'message', 'messageRepeat');
    const tag = (item: Case): Uint8Array => {
      const made = mac.tag(mac.key(hex(item, 'key')), data(item));
      return made instanceof Uint8Array ? made : made.octets;
    };
    return [
      {
        title: file,
        algorithm,
        operation: 'tag',
        cases: cases.filter((item) => item.expect === undefined),
        ask(item) {
          const prefix = item['tagPrefix'];
          return typeof prefix === 'string'
            ? [[prefix, () => tag(item).subarray(0, prefix.length / 2)]]
            : [[String(item['tag']), () => tag(item)]];
        },
      },
      {
        title: file,
        algorithm,
        operation: 'verify',
        cases,
        ask(item) {
          const isWhole = item['tag'] !== undefined && item.expect === undefined;
          const given = hex(item, item['tag'] === undefined ? 'tagPrefix' : 'tag');
          const verify = (): unknown => mac.verify(mac.key(hex(item, 'key')), data(item), given);
          return [[isWhole ? accepted : 'false', verify]];
        },
      },
    ];
  });
}

export function kdfCells(files: readonly VectorFile[]): Cell[] {
  const hkdfs = byName<kdf.HkdfAlgorithm>(kdf, 'kdf');
  const hashes = byName<digests.DigestAlgorithm>(digests, 'digest');
  const expanding = ofKind(files, 'hkdf').map(({ file, algorithm, cases }): Cell => {
    const hkdf = get(hkdfs, algorithm);
    return {
      title: file,
      algorithm,
      operation: 'derive',
      cases,
      ask(item) {
        const [ikm, salt, info] = [hex(item, 'ikm'), hex(item, 'salt'), hex(item, 'info')];
        const length = Number(item['length']);
        const okm = String(item['okm']);
        return [
          [String(item['prk']), () => hkdf.extract(ikm, salt)],
          [okm, () => hkdf.expand(hkdf.extract(ikm, salt), info, length)],
          [okm, () => hkdf.derive(ikm, salt, info, length)],
        ];
      },
    };
  });
  const oneStep = ofKind(files, 'concat-kdf', 'x963-kdf').map(({ file, kind, cases }): Cell => {
    const derive = kind === 'concat-kdf' ? kdf.concatKdf : kdf.x963Kdf;
    return {
      title: file,
      algorithm: kind === 'concat-kdf' ? 'Concat KDF' : 'X9.63 KDF',
      operation: 'derive',
      cases,
      ask(item) {
        const hash = get(hashes, String(item['hash']));
        const [z, info, length] = [hex(item, 'z'), hex(item, 'info'), Number(item['length'])];
        return [[String(item['okm']), () => derive(hash, z, info, length)]];
      },
    };
  });
  return [...expanding, ...oneStep];
}
