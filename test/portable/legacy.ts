// Vectors of what is only read: DSA and Triple DES.
import * as legacy from '../../src/primitive/legacy/index.js';
import { type Case, type Cell, hex, isGood, ofKind, type VectorFile } from './cases.js';

export function legacyCells(files: readonly VectorFile[]): Cell[] {
  return [
    ...ofKind(files, 'dsa').flatMap(dsaCells),
    ...ofKind(files, '3des-cbc', '3des-ecb').map(tripleDesCell),
  ];
}

function dsaCells({ file, cases }: VectorFile): Cell[] {
  const hashes = [['SHA-1', legacy.dsaSha1] as const, ['SHA-256', legacy.dsaSha256] as const];
  return hashes.map(([hash, algorithm]) => ({
    title: `${file} ${hash}`,
    algorithm: algorithm.name,
    operation: 'verify',
    cases: cases.filter((item) => item['hash'] === hash),
    ask(item) {
      const parts = { p: hex(item, 'p'), q: hex(item, 'q'), g: hex(item, 'g'), y: hex(item, 'y') };
      const verify = (): unknown =>
        algorithm.verify(algorithm.publicKey(parts), hex(item, 'message'), hex(item, 'signature'));
      return [[isGood(item) ? 'weak' : 'false', verify]];
    },
  }));
}

function tripleDesCell({ file, kind, cases }: VectorFile): Cell {
  const decrypt = (item: Case): Uint8Array => {
    const key = legacy.tripleDes.key(hex(item, 'key'));
    const result =
      kind === '3des-cbc'
        ? legacy.tripleDes.decryptCbc(key, hex(item, 'iv'), hex(item, 'ciphertext'))
        : legacy.tripleDes.decryptEcb(key, hex(item, 'ciphertext'));
    return result.octets;
  };
  return {
    title: file,
    algorithm: '3DES',
    operation: 'decrypt',
    cases,
    ask: (item) => [[String(item['plaintext']), () => decrypt(item)]],
  };
}
