// Vectors of ECDSA, Ed25519 and key agreement.
import * as agreement from '../../src/primitive/agreement.js';
import * as ecdsa from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import * as fixed from '../../src/testing/index.js';
import { byName, type Case, type Cell, get, hex, ofKind, outcome, verdict } from './cases.js';
import type { VectorFile } from './cases.js';

export function ecdsaCells(files: readonly VectorFile[]): Cell[] {
  const algorithms = byName<ecdsa.EcdsaAlgorithm>(ecdsa, 'signature');
  return ofKind(files, 'ecdsa').flatMap(({ file, algorithm: name, cases }): Cell[] => {
    const algorithm = get(algorithms, name);
    const form = (item: Case): ecdsa.EcdsaForm => ({
      encoding: item['encoding'] as 'fixed' | 'der',
      s: item['s'] as 'any' | 'low',
    });
    const privateKey = (item: Case): ecdsa.EcdsaPrivateKey =>
      algorithm.privateKey(hex(item, 'privateKey'));
    const of = { title: file, algorithm: name };
    return [
      {
        ...of,
        operation: 'verify',
        cases,
        ask(item) {
          const verify = (): boolean =>
            algorithm.verify(
              algorithm.publicKey(hex(item, 'publicKey')),
              hex(item, 'message'),
              hex(item, 'signature'),
              form(item),
            );
          return [[verdict(item), verify]];
        },
      },
      {
        ...of,
        operation: 'sign',
        cases: cases.filter((item) => item['privateKey'] !== undefined),
        ask(item) {
          const verifyOwn = (): boolean => {
            const key = privateKey(item);
            const signature = algorithm.sign(key, hex(item, 'message'), form(item));
            const publicKey = algorithm.publicKey(algorithm.publicOf(key));
            return algorithm.verify(publicKey, hex(item, 'message'), signature, form(item));
          };
          return [['true', verifyOwn]];
        },
      },
      {
        ...of,
        operation: 'signDeterministic',
        cases: cases.filter(
          (item) =>
            item['deterministic'] === true && item['encoding'] === 'fixed' && item['s'] === 'any',
        ),
        ask(item) {
          const sign = (): Uint8Array =>
            fixed.signDeterministic(algorithm, privateKey(item), hex(item, 'message'));
          return [[String(item['signature']), sign]];
        },
      },
    ];
  });
}

export function ed25519Cells(files: readonly VectorFile[]): Cell[] {
  return ofKind(files, 'ed25519').flatMap(({ file, cases }): Cell[] => {
    const of = { title: file, algorithm: 'Ed25519' };
    const verify = (item: Case): string => {
      const found = outcome(() => {
        const key = ed25519.publicKey(hex(item, 'publicKey'));
        return ed25519.verify(key, hex(item, 'message'), hex(item, 'signature'));
      });
      // A key that can verify nothing is refused when it is parsed.
      return found === 'ERR_KEY' ? 'false' : found;
    };
    const verifying: Cell = {
      ...of,
      operation: 'verify',
      cases,
      ask: (item) => [[verdict(item), () => verify(item)]],
    };
    const withSeed = cases.filter((item) => item['seed'] !== undefined);
    if (withSeed.length === 0) return [verifying];
    const signing: Cell = {
      ...of,
      operation: 'sign',
      cases: withSeed,
      ask: (item) => [
        [String(item['publicKey']), () => ed25519.publicOf(ed25519.privateKey(hex(item, 'seed')))],
        [
          String(item['signature']),
          () => ed25519.sign(ed25519.privateKey(hex(item, 'seed')), hex(item, 'message')),
        ],
      ],
    };
    return [verifying, signing];
  });
}

export function agreementCells(files: readonly VectorFile[]): Cell[] {
  const algorithms = byName<agreement.AgreementAlgorithm>(agreement, 'agreement');
  return ofKind(files, 'agreement').map(({ file, algorithm: name, cases }): Cell => {
    const algorithm = get(algorithms, name);
    const once = (item: Case): Uint8Array =>
      algorithm.agree(algorithm.privateKey(hex(item, 'privateKey')), hex(item, 'peer'));
    // RFC 7748, section 5.2: k and u change places, round after round.
    const iterated = (item: Case): Uint8Array => {
      let [k, u] = [hex(item, 'privateKey'), hex(item, 'peer')];
      for (let i = 0; i < Number(item['iterations']); i++) {
        [k, u] = [algorithm.agree(algorithm.privateKey(k), u), k];
      }
      return k;
    };
    return {
      title: file,
      algorithm: name,
      operation: 'agree',
      cases,
      ask(item) {
        const expected = item.expect === 'valid' ? item['shared'] : item.expect;
        const run = item['iterations'] === undefined ? once : iterated;
        return [[String(expected), () => run(item)]];
      },
    };
  });
}
