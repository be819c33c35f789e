/**
 * Key derivation.
 *
 * @module
 */
import * as node from 'node:crypto';
import { changed, type Fixture, hash, random, setOf, upper } from './shape.js';

const PATTERN = 'literal[0aFF]||algorithmId||uPartyInfo||vPartyInfo||context||label||l';

/** `t` is the second part of a hybrid secret, or a part of the fixed info, by what its group says. */
function kda(mode: 'HKDF' | 'OneStep', called: string, isHybrid: boolean): Fixture {
  const name = called.replace('SHA2-', 'sha').replace('SHA3-', 'sha3-');
  const [z, t, salt, own, theirs] = [random(32), random(8), random(16), random(16), random(16)];
  const [key, id, context, label] = [random(32), random(4), random(7), random(5)];
  const [l, literal] = [Buffer.from('00000210', 'hex'), Buffer.from('0aff', 'hex')];
  const before = Buffer.concat([literal, id, own, key, theirs, context, label, l]);
  const info = isHybrid ? before : Buffer.concat([before, t]);
  const input = isHybrid ? Buffer.concat([z, t]) : z;
  const step = (i: number) => hash(name, Buffer.from([0, 0, 0, i]), input, info);
  const dkm =
    mode === 'HKDF'
      ? new Uint8Array(node.hkdfSync(name, input, salt, info, 66))
      : Buffer.concat([step(1), step(2), step(3)]).subarray(0, 66);
  const good = {
    kdfParameter: {
      z: upper(z),
      t: upper(t),
      salt: upper(salt),
      l: 528,
      algorithmId: upper(id),
      context: upper(context),
      label: upper(label),
    },
    fixedInfoPartyU: { partyId: upper(own), ephemeralData: upper(key) },
    fixedInfoPartyV: { partyId: upper(theirs) },
    dkm: upper(dkm),
    testPassed: true,
  };
  return {
    set: setOf('KDA', mode, 'Sp800-56Cr2'),
    group: {
      testType: 'VAL',
      usesHybridSharedSecret: isHybrid,
      kdfConfiguration: {
        l: 528,
        fixedInfoPattern: isHybrid ? PATTERN : `${PATTERN}||t`,
        fixedInfoEncoding: 'concatenation',
        ...(mode === 'HKDF' ? { hmacAlg: called } : { auxFunction: called }),
      },
    },
    good,
    bad: { ...good, dkm: changed(good.dkm), testPassed: false },
    answer: 'dkm',
  };
}

const x963 = ((): Fixture => {
  const [z, info] = [random(66), random(16)];
  const step = (i: number) => hash('sha384', z, Buffer.from([0, 0, 0, i]), info);
  return {
    set: setOf('kdf-components', 'ansix9.63'),
    group: {
      testType: 'AFT',
      hashAlg: 'SHA2-384',
      fieldSize: 521,
      sharedInfoLength: 128,
      keyDataLength: 640,
    },
    good: {
      z: upper(z),
      sharedInfo: upper(info),
      keyData: upper(Buffer.concat([step(1), step(2)]).subarray(0, 80)),
    },
    answer: 'keyData',
  };
})();

export const DERIVATIONS: readonly Fixture[] = [
  ...['SHA2-256', 'SHA2-384', 'SHA2-512'].map((called) => kda('HKDF', called, true)),
  ...['SHA2-224', 'SHA3-512'].map((called) => kda('OneStep', called, true)),
  kda('HKDF', 'SHA2-256', false),
  kda('OneStep', 'SHA2-256', false),
  x963,
];
