// Every vector on every engine that can, by the table of capabilities; and where an engine can't,
// that it says so.
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/engine/capabilities.js';
import * as gcm from '../../src/primitive/aes-gcm.js';
import * as kw from '../../src/primitive/aes-kw.js';
import { aesCbc, aesCmac, aesCtr, aesEcb, type Padding } from '../../src/primitive/aes-modes.js';
import * as agreement from '../../src/primitive/agreement.js';
import * as digests from '../../src/primitive/digest.js';
import * as ecdsa from '../../src/primitive/ecdsa.js';
import { ed25519 } from '../../src/primitive/ed25519.js';
import * as hmacs from '../../src/primitive/hmac.js';
import * as kdf from '../../src/primitive/kdf.js';
import * as legacy from '../../src/primitive/legacy/index.js';
import * as oaeps from '../../src/primitive/rsa-oaep.js';
import * as rsa from '../../src/primitive/rsa.js';
import * as fixed from '../../src/testing/index.js';
import { can, type Case, hex, message, ofKind, outcome, runCases } from '../vectors.js';
import { privateParts, publicParts } from './rsa-keys.js';

interface Named {
  readonly name: string;
}

/** A strong or a weak algorithm, whose keys the compiler tells apart. */
interface AnyMac {
  key(secret: Uint8Array): object;
  tag(key: object, message: Uint8Array): Uint8Array | legacy.WeakOctets;
  verify(key: object, message: Uint8Array, tag: Uint8Array): boolean | 'weak';
}
interface AnyVerifier {
  publicKey(parts: rsa.RsaPublicParts): object;
  verify(key: object, message: Uint8Array, value: Uint8Array): boolean | 'weak';
}

const NONE = new Uint8Array(0);

/** All algorithm values of a module, by the name that each carries. */
function byName<T extends Named>(module: object, kind: string): ReadonlyMap<string, T> {
  const values = Object.values(module).filter(
    (value: { kind?: string } | undefined) => value?.kind === kind,
  ) as T[];
  return new Map(values.map((value) => [value.name, value]));
}

function get<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found === undefined) throw new Error(`no algorithm is named ${name}`);
  return found;
}

/** A test of one operation on one file; where the engine can't, `use` must be refused by name. */
function cell(
  title: string,
  algorithm: string,
  operation: Operation,
  run: () => void,
  use: () => unknown,
): void {
  if (can(algorithm, operation)) test(`${title}: ${operation}`, run);
  else {
    test(`${title}: ${operation} is not on this engine`, () => {
      expect(outcome(use)).toBe('ERR_UNSUPPORTED_ENGINE');
    });
  }
}

function verdict(item: Case): string {
  return String(item.expect === undefined || item.expect === 'valid');
}

const none = (): string => 'ERR_UNSUPPORTED_ENGINE';

describe('digest', () => {
  const strong = byName<digests.DigestAlgorithm>(digests, 'digest');
  const weak = byName<legacy.WeakDigestAlgorithm>(legacy, 'weak-digest');
  for (const { file, algorithm, cases } of ofKind('digest')) {
    const digest = (data: Uint8Array): Uint8Array =>
      strong.get(algorithm)?.digest(data) ?? get(weak, algorithm).digest(data).octets;
    const run = (): void =>
      runCases(cases, (item) => ({
        expected: String(item['digest']),
        found: outcome(() => digest(message(item, 'message', 'repeat'))),
      }));
    cell(file, algorithm, 'digest', run, none);
  }
});

describe('hmac', () => {
  const strong = byName<hmacs.MacAlgorithm>(hmacs, 'mac');
  const weak = byName<legacy.WeakMacAlgorithm>(legacy, 'weak-mac');
  for (const { file, algorithm, cases } of ofKind('hmac')) {
    const mac = (strong.get(algorithm) ?? get(weak, algorithm)) as unknown as AnyMac;
    const tag = (item: Case): Uint8Array => {
      const made = mac.tag(mac.key(hex(item, 'key')), message(item, 'message', 'messageRepeat'));
      return made instanceof Uint8Array ? made : made.octets;
    };
    const verify = (item: Case, field: string): string =>
      outcome(() =>
        mac.verify(
          mac.key(hex(item, 'key')),
          message(item, 'message', 'messageRepeat'),
          hex(item, field),
        ),
      );
    const makeAll = (): void =>
      runCases(
        cases.filter((item) => item.expect === undefined),
        (item) => {
          const prefix = item['tagPrefix'];
          const found = outcome(() => tag(item));
          return typeof prefix === 'string'
            ? { expected: prefix, found: found.slice(0, prefix.length) }
            : { expected: String(item['tag']), found };
        },
      );
    const accepted = strong.has(algorithm) ? 'true' : 'weak';
    const verifyAll = (): void =>
      runCases(cases, (item) => {
        const isWhole = item['tag'] !== undefined && item.expect === undefined;
        const field = item['tag'] === undefined ? 'tagPrefix' : 'tag';
        return { expected: isWhole ? accepted : 'false', found: verify(item, field) };
      });
    cell(file, algorithm, 'tag', makeAll, none);
    cell(file, algorithm, 'verify', verifyAll, none);
  }
});

describe('kdf', () => {
  const hkdfs = byName<kdf.HkdfAlgorithm>(kdf, 'kdf');
  for (const { file, algorithm, cases } of ofKind('hkdf')) {
    const hkdf = get(hkdfs, algorithm);
    const run = (): void =>
      runCases(cases, (item) => {
        const prk = hkdf.extract(hex(item, 'ikm'), hex(item, 'salt'));
        const [info, length] = [hex(item, 'info'), Number(item['length'])];
        const found = [
          outcome(() => prk),
          outcome(() => hkdf.expand(prk, info, length)),
          outcome(() => hkdf.derive(hex(item, 'ikm'), hex(item, 'salt'), info, length)),
        ];
        return {
          expected: [item['prk'], item['okm'], item['okm']].join(),
          found: found.join(),
        };
      });
    cell(file, algorithm, 'derive', run, none);
  }
  const hashes = byName<digests.DigestAlgorithm>(digests, 'digest');
  for (const { file, kind, cases } of ofKind('concat-kdf', 'x963-kdf')) {
    const derive = kind === 'concat-kdf' ? kdf.concatKdf : kdf.x963Kdf;
    const run = (): void =>
      runCases(cases, (item) => ({
        expected: String(item['okm']),
        found: outcome(() =>
          derive(
            get(hashes, String(item['hash'])),
            hex(item, 'z'),
            hex(item, 'info'),
            Number(item['length']),
          ),
        ),
      }));
    cell(file, kind === 'concat-kdf' ? 'Concat KDF' : 'X9.63 KDF', 'derive', run, none);
  }
});

describe('ecdsa', () => {
  const algorithms = byName<ecdsa.EcdsaAlgorithm>(ecdsa, 'signature');
  for (const { file, algorithm: name, cases } of ofKind('ecdsa')) {
    const algorithm = get(algorithms, name);
    const form = (item: Case): ecdsa.EcdsaForm => ({
      encoding: item['encoding'] as 'fixed' | 'der',
      s: item['s'] as 'any' | 'low',
    });
    const verifyAll = (): void =>
      runCases(cases, (item) => ({
        expected: verdict(item),
        found: outcome(() =>
          algorithm.verify(
            algorithm.publicKey(hex(item, 'publicKey')),
            hex(item, 'message'),
            hex(item, 'signature'),
            form(item),
          ),
        ),
      }));
    const withKey = cases.filter((item) => item['privateKey'] !== undefined);
    const signAll = (): void =>
      runCases(withKey, (item) => {
        const key = algorithm.privateKey(hex(item, 'privateKey'));
        const signature = algorithm.sign(key, hex(item, 'message'), form(item));
        const publicKey = algorithm.publicKey(algorithm.publicOf(key));
        return {
          expected: 'true',
          found: outcome(() =>
            algorithm.verify(publicKey, hex(item, 'message'), signature, form(item)),
          ),
        };
      });
    const deterministic = cases.filter(
      (item) =>
        item['deterministic'] === true && item['encoding'] === 'fixed' && item['s'] === 'any',
    );
    const signature = (item: Case): Uint8Array =>
      fixed.signDeterministic(
        algorithm,
        algorithm.privateKey(hex(item, 'privateKey')),
        hex(item, 'message'),
      );
    const deterministicAll = (): void =>
      runCases(deterministic, (item) => ({
        expected: String(item['signature']),
        found: outcome(() => signature(item)),
      }));
    cell(file, name, 'verify', verifyAll, none);
    cell(file, name, 'sign', signAll, none);
    cell(file, name, 'signDeterministic', deterministicAll, () =>
      deterministic.map((item) => signature(item)),
    );
  }
});

describe('ed25519', () => {
  for (const { file, cases } of ofKind('ed25519')) {
    const verify = (item: Case): string =>
      outcome(() => {
        const key = ed25519.publicKey(hex(item, 'publicKey'));
        return ed25519.verify(key, hex(item, 'message'), hex(item, 'signature'));
      });
    const verifyAll = (): void =>
      runCases(cases, (item) => {
        const found = verify(item);
        // A key that can verify nothing is refused when it is parsed.
        return { expected: verdict(item), found: found === 'ERR_KEY' ? 'false' : found };
      });
    cell(file, 'Ed25519', 'verify', verifyAll, none);
    const withSeed = cases.filter((item) => item['seed'] !== undefined);
    if (withSeed.length === 0) continue;
    const signAll = (): void =>
      runCases(withSeed, (item) => {
        const key = ed25519.privateKey(hex(item, 'seed'));
        const found = [
          outcome(() => ed25519.publicOf(key)),
          outcome(() => ed25519.sign(key, hex(item, 'message'))),
        ];
        return { expected: [item['publicKey'], item['signature']].join(), found: found.join() };
      });
    cell(file, 'Ed25519', 'sign', signAll, none);
  }
});

describe('agreement', () => {
  const algorithms = byName<agreement.AgreementAlgorithm>(agreement, 'agreement');
  for (const { file, algorithm: name, cases } of ofKind('agreement')) {
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
    const run = (): void =>
      runCases(cases, (item) => ({
        expected: item.expect === 'valid' ? String(item['shared']) : String(item.expect),
        found: outcome(() => (item['iterations'] === undefined ? once(item) : iterated(item))),
      }));
    cell(file, name, 'agree', run, none);
  }
});

describe('rsa', () => {
  const strong = byName<rsa.RsaAlgorithm>(rsa, 'signature');
  const weak = byName<legacy.WeakRsaAlgorithm>(legacy, 'weak-signature');
  const verify = (name: string, item: Case): string => {
    const algorithm = (strong.get(name) ?? get(weak, name)) as unknown as AnyVerifier;
    const key = algorithm.publicKey(publicParts(String(item['key'])));
    return outcome(() => algorithm.verify(key, hex(item, 'message'), hex(item, 'signature')));
  };
  for (const { file, algorithm: name, cases } of ofKind('rsa-pkcs1', 'rsa-pss')) {
    const algorithm = get(strong, name);
    const verifyAll = (): void =>
      runCases(cases, (item) => ({ expected: verdict(item), found: verify(name, item) }));
    cell(file, name, 'verify', verifyAll, none);
    const good = cases.filter((item) => item.expect === 'valid');
    const isDeterministic = name.includes('PKCS1');
    const sign = (item: Case): Uint8Array =>
      algorithm.sign(algorithm.privateKey(privateParts(String(item['key']))), hex(item, 'message'));
    const signAll = (): void =>
      runCases(good, (item) => {
        const signature = outcome(() => sign(item));
        return isDeterministic
          ? { expected: String(item['signature']), found: signature }
          : { expected: 'true', found: verify(name, { ...item, signature }) };
      });
    cell(file, name, 'sign', signAll, () => good.map((item) => sign(item)));
  }
  for (const { file, cases } of ofKind('rsa-sha-1')) {
    for (const [scheme, name] of [
      ['pkcs1', 'RSASSA-PKCS1-v1_5 SHA-1'],
      ['pss', 'RSASSA-PSS SHA-1'],
    ] as const) {
      const ofScheme = cases.filter((item) => item['scheme'] === scheme);
      const run = (): void =>
        runCases(ofScheme, (item) => ({
          expected: verdict(item) === 'true' ? 'weak' : 'false',
          found: verify(name, item),
        }));
      cell(`${file} ${scheme}`, name, 'verify', run, none);
    }
  }
  const oaepByName = byName<oaeps.OaepAlgorithm>(oaeps, 'encryption');
  for (const { file, cases } of ofKind('rsa-oaep')) {
    for (const [name, algorithm] of oaepByName) {
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
      const good = own.filter((item) => item.expect === 'valid');
      const decryptAll = (): void =>
        runCases(own, (item) => ({
          expected: item.expect === 'valid' ? String(item['plaintext']) : String(item.expect),
          found: outcome(() => decrypt(item, hex(item, 'ciphertext'))),
        }));
      cell(`${file} ${name}`, name, 'decrypt', decryptAll, () =>
        own.map((item) => decrypt(item, NONE)),
      );
      const encryptAll = (): void =>
        runCases(good, (item) => {
          const ciphertext = encrypt(item);
          return can(name, 'decrypt')
            ? {
                expected: String(item['plaintext']),
                found: outcome(() => decrypt(item, ciphertext)),
              }
            : {
                expected: String(hex(item, 'ciphertext').length),
                found: String(ciphertext.length),
              };
        });
      cell(`${file} ${name}`, name, 'encrypt', encryptAll, none);
    }
  }
});

describe('aes', () => {
  const aeads = byName<gcm.AeadAlgorithm>(gcm, 'aead');
  for (const { file, algorithm: name, cases } of ofKind('aes-gcm')) {
    const algorithm = get(aeads, name);
    const openAll = (): void =>
      runCases(cases, (item) => ({
        expected: item.expect ?? String(item['plaintext']),
        found: outcome(() =>
          algorithm.openForeign(algorithm.key(hex(item, 'key')), {
            iv: hex(item, 'iv'),
            ciphertext: hex(item, 'ciphertext'),
            tag: hex(item, 'tag'),
            aad: hex(item, 'aad'),
          }),
        ),
      }));
    const ours = cases.filter((item) => item.expect === undefined && hex(item, 'iv').length === 12);
    const sealAll = (): void =>
      runCases(ours, (item) => {
        const key = algorithm.key(hex(item, 'key'));
        const [iv, plaintext, aad] = [hex(item, 'iv'), hex(item, 'plaintext'), hex(item, 'aad')];
        const sealed = fixed.sealWithNonce(algorithm, key, iv, plaintext, aad);
        const found = [
          outcome(() => sealed),
          outcome(() => algorithm.open(key, sealed, aad)),
          outcome(() => algorithm.open(key, algorithm.seal(key, plaintext, aad), aad)),
        ];
        const whole = [item['iv'], item['ciphertext'], item['tag']].join('');
        return {
          expected: [whole, item['plaintext'], item['plaintext']].join(),
          found: found.join(),
        };
      });
    cell(file, name, 'open', openAll, none);
    cell(file, name, 'seal', sealAll, none);
  }

  for (const { file, cases } of ofKind('aes-kw')) {
    const wraps = byName<kw.KeyWrapAlgorithm>(kw, 'wrap');
    for (const [name, algorithm] of wraps) {
      const own = cases.filter((item) => hex(item, 'kek').length === algorithm.keySize);
      const unwrapAll = (): void =>
        runCases(own, (item) => ({
          expected: item.expect ?? String(item['plaintext']),
          found: outcome(() =>
            algorithm.unwrap(algorithm.key(hex(item, 'kek')), hex(item, 'wrapped')),
          ),
        }));
      const wrapAll = (): void =>
        runCases(
          own.filter((item) => item.expect === undefined),
          (item) => ({
            expected: String(item['wrapped']),
            found: outcome(() =>
              algorithm.wrap(algorithm.key(hex(item, 'kek')), hex(item, 'plaintext')),
            ),
          }),
        );
      cell(`${file} ${name}`, name, 'unwrap', unwrapAll, none);
      cell(`${file} ${name}`, name, 'wrap', wrapAll, none);
    }
  }

  for (const { file, cases } of ofKind('aes-cbc')) {
    const decryptAll = (): void =>
      runCases(cases, (item) => ({
        expected: item.expect ?? String(item['plaintext']),
        found: outcome(() =>
          aesCbc.decrypt(
            aesCbc.key(hex(item, 'key')),
            hex(item, 'iv'),
            hex(item, 'ciphertext'),
            item['padding'] as Padding,
          ),
        ),
      }));
    const good = cases.filter((item) => item.expect === undefined);
    const encryptAll = (): void =>
      runCases(good, (item) => {
        const key = aesCbc.key(hex(item, 'key'));
        const padding = item['padding'] as Padding;
        const { iv, ciphertext } = aesCbc.encrypt(key, hex(item, 'plaintext'), padding);
        return {
          expected: String(item['plaintext']),
          found: outcome(() => aesCbc.decrypt(key, iv, ciphertext, padding)),
        };
      });
    const fixedAll = (): void =>
      runCases(
        good.filter((item) => item['padding'] === 'none'),
        (item) => ({
          expected: String(item['ciphertext']),
          found: outcome(() =>
            fixed.encryptCbcWithIv(
              aesCbc.key(hex(item, 'key')),
              hex(item, 'iv'),
              hex(item, 'plaintext'),
            ),
          ),
        }),
      );
    cell(file, 'AES-CBC', 'decrypt', decryptAll, none);
    cell(file, 'AES-CBC', 'encrypt', encryptAll, none);
    cell(`${file} under its IV`, 'AES-CBC', 'encrypt', fixedAll, none);
  }

  for (const { file, cases } of ofKind('aes-ctr')) {
    const run = (): void =>
      runCases(cases, (item) => {
        const key = aesCtr.key(hex(item, 'key'));
        const [iv, plaintext] = [hex(item, 'iv'), hex(item, 'plaintext')];
        const fresh = aesCtr.encrypt(key, plaintext);
        const found = [
          outcome(() => aesCtr.decrypt(key, iv, hex(item, 'ciphertext'))),
          outcome(() => fixed.encryptCtrWithIv(key, iv, plaintext)),
          outcome(() => aesCtr.decrypt(key, fresh.iv, fresh.ciphertext)),
        ];
        return {
          expected: [item['plaintext'], item['ciphertext'], item['plaintext']].join(),
          found: found.join(),
        };
      });
    cell(file, 'AES-CTR', 'decrypt', run, none);
  }

  for (const { file, cases } of ofKind('aes-ecb')) {
    const run = (): void =>
      runCases(cases, (item) => {
        const key = aesEcb.key(hex(item, 'key'));
        const found = [
          outcome(() => aesEcb.encrypt(key, hex(item, 'plaintext'), 'none')),
          outcome(() => aesEcb.decrypt(key, hex(item, 'ciphertext'), 'none')),
          outcome(() =>
            aesEcb.decrypt(key, aesEcb.encrypt(key, Uint8Array.of(7), 'pkcs7'), 'pkcs7'),
          ),
        ];
        return {
          expected: [item['ciphertext'], item['plaintext'], '07'].join(),
          found: found.join(),
        };
      });
    cell(file, 'AES-ECB', 'decrypt', run, none);
  }

  for (const { file, cases } of ofKind('aes-cmac')) {
    const run = (): void =>
      runCases(cases, (item) => {
        const key = aesCmac.key(hex(item, 'key'));
        const tag = hex(item, 'tag');
        const found = [
          outcome(() => aesCmac.tag(key, hex(item, 'message'))),
          outcome(() => aesCmac.verify(key, hex(item, 'message'), tag)),
          outcome(() => aesCmac.verify(key, hex(item, 'message'), tag.subarray(1))),
        ];
        return { expected: [item['tag'], 'true', 'false'].join(), found: found.join() };
      });
    cell(file, 'AES-CMAC', 'tag', run, none);
  }
});

describe('legacy', () => {
  for (const { file, cases } of ofKind('dsa')) {
    for (const [hash, algorithm] of [
      ['SHA-1', legacy.dsaSha1],
      ['SHA-256', legacy.dsaSha256],
    ] as const) {
      const own = cases.filter((item) => item['hash'] === hash);
      const parts = (item: Case): legacy.DsaPublicParts => ({
        p: hex(item, 'p'),
        q: hex(item, 'q'),
        g: hex(item, 'g'),
        y: hex(item, 'y'),
      });
      const run = (): void =>
        runCases(own, (item) => ({
          expected: verdict(item) === 'true' ? 'weak' : 'false',
          found: outcome(() =>
            algorithm.verify(
              algorithm.publicKey(parts(item)),
              hex(item, 'message'),
              hex(item, 'signature'),
            ),
          ),
        }));
      cell(file, algorithm.name, 'verify', run, () =>
        own.map((item) => algorithm.publicKey(parts(item))),
      );
    }
  }
  for (const { file, kind, cases } of ofKind('3des-cbc', '3des-ecb')) {
    const decrypt = (item: Case): Uint8Array => {
      const key = legacy.tripleDes.key(hex(item, 'key'));
      const result =
        kind === '3des-cbc'
          ? legacy.tripleDes.decryptCbc(key, hex(item, 'iv'), hex(item, 'ciphertext'))
          : legacy.tripleDes.decryptEcb(key, hex(item, 'ciphertext'));
      return result.octets;
    };
    const run = (): void =>
      runCases(cases, (item) => ({
        expected: String(item['plaintext']),
        found: outcome(() => decrypt(item)),
      }));
    cell(file, '3DES', 'decrypt', run, () => cases.map((item) => decrypt(item)));
  }
});
