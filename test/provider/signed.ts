// Messages that openssl signed, as cases of tests: for an engine that does not sign with RSA.
import { readFileSync } from 'node:fs';
import { importPublicKey } from '../../src/key/rsa.js';
import type { SchemeMessage } from '../../src/scheme/message.js';
import { engineOf } from '../../src/scheme/verify.js';
import type { RsaAlgorithm } from '../../src/primitive/rsa.js';
import { samples } from '../../src/testing/samples/index.js';
import { verifyOptions } from '../../src/testing/simulate.js';
import type { SchemeCase } from './cases.js';

interface Written {
  readonly method?: string;
  readonly url?: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

interface Signed {
  readonly scheme: string;
  readonly algorithm: string;
  readonly note: string;
  readonly keyId: string;
  readonly values: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly unsigned: Written;
  readonly signed: Written;
}

const file = JSON.parse(readFileSync(new URL('./signed.json', import.meta.url), 'utf8')) as {
  readonly now: number;
  readonly publicKey: string;
  readonly cases: readonly Signed[];
};

/** Each message with the key that verifies it, and none that signs. */
export const signedCases: readonly SchemeCase[] = file.cases.map((of) => {
  const sample = samples.find(({ scheme, note }) => scheme.id === of.scheme && note === of.note);
  const alg = sample?.scheme.algs.find(({ name }) => name === of.algorithm);
  if (sample === undefined || alg === undefined) throw new Error(`${of.scheme}: no such sample`);
  const { scheme } = sample;
  const { keyId: id, values, settings } = of;
  const key = importPublicKey(file.publicKey, { alg: alg as RsaAlgorithm, use: 'verify', id });
  return {
    name: `${scheme.id}, ${sample.note}, ${alg.name}, signed by openssl`,
    sample,
    scheme,
    description: engineOf(scheme).description,
    alg,
    simulated: {
      message: read(of.signed) as never,
      keys: [key],
      options: verifyOptions(scheme, file.now, settings),
      from: { message: read(of.unsigned), keys: [], values, settings },
    },
  };
});

function read({ body, ...rest }: Written): SchemeMessage {
  return { ...rest, body: new Uint8Array(Buffer.from(body, 'base64')) };
}
