// @ts-check
// The three engines beside each other. Each has a process of its own, which is told round by round
// what to do, so that they take turns all the same.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { defineCase } from '../case.js';
import { hmac, signature as reference } from '../floor/reference.js';
import { messages, spoilt, turn, twoPairs, twoSecrets } from '../inputs.js';

/** @typedef {import('../engine.js').Signed} Signed */
/** @typedef {{ message: Uint8Array, signature: Uint8Array, key: string }} Input */
/** @typedef {{ engine: string, verdicts?: boolean[], rate?: number }} Answer */

const PROGRAM = fileURLToPath(new URL('../engine.js', import.meta.url));
const ENGINES = /** @type {const} */ (['node', 'noble', 'dual']);
const SIZE = 256;

/** @type {Record<string, () => Input[]>} */
const families = {
  'HMAC-SHA-256'() {
    const secrets = twoSecrets(32);
    return messages(SIZE).map((message, i) => {
      const secret = secrets[turn(i)];
      const signature = hmac('sha256', secret).tag(message);
      return { message, signature, key: Buffer.from(secret).toString('base64') };
    });
  },
  'RSA 2048 PKCS#1': () => signed('RSA 2048', 'sha256', {}),
  'ECDSA P-256': () => signed('P-256', 'sha256', { dsaEncoding: 'ieee-p1363' }),
  Ed25519: () => signed('Ed25519', null, {}),
};

export const suite = {
  title: 'Engines',
  about:
    'Verification of 256 octets on the node engine, on the noble engine and on both (dual), which ' +
    'costs what both cost. Chosen by condition, each in its own process.',
  cases: Object.keys(families).map((family) => caseOf(family)),
};

/** @param {string} family */
function caseOf(family) {
  return defineCase({
    name: `${family} verify`,
    quick: family === 'ECDSA P-256',
    build() {
      const inputs = families[family]?.() ?? [];
      return {
        inputs,
        tampered: spoilt(inputs, 'message'),
        isRight: (result) => result === true,
        subjects: ENGINES.map((engine) => {
          const ask = processOf(engine);
          return {
            name: engine,
            role: 'ours',
            async run(/** @type {Input} */ input) {
              const answer = await ask({ job: 'check', family, signed: [sent(input)] });
              if (answer.engine !== engine) throw new Error(`runs on ${answer.engine}`);
              return answer.verdicts?.[0];
            },
            async rate(/** @type {number} */ calls) {
              const order = { job: 'rate', family, calls, signed: inputs.map(sent) };
              return (await ask(order)).rate ?? NaN;
            },
          };
        }),
      };
    },
  });
}

/**
 * A process on an engine, which lives until nothing else is left to do here.
 * @param {string} engine
 * @returns {(order: object) => Promise<Answer>}
 */
function processOf(engine) {
  const child = fork(PROGRAM, { execArgv: [`--conditions=countersign-${engine}`] });
  child.unref();
  child.channel?.unref();
  return async (order) => {
    child.channel?.ref();
    child.send(order);
    const answers = /** @type {Answer[]} */ (await once(child, 'message'));
    child.channel?.unref();
    return answers[0] ?? { engine: 'none' };
  };
}

/** @param {Input} input @returns {Signed} */
function sent({ message, signature, key }) {
  const text = (/** @type {Uint8Array} */ octets) => Buffer.from(octets).toString('base64');
  return { message: text(message), signature: text(signature), key };
}

/**
 * @param {import('../inputs.js').PairName} name
 * @param {string | null} hash
 * @param {{ dsaEncoding?: 'ieee-p1363' }} options
 * @returns {Input[]}
 */
function signed(name, hash, options) {
  const pairs = twoPairs(name);
  return messages(SIZE).map((message, i) => {
    const { privateJwk, publicPem } = pairs[turn(i)];
    const signature = reference(hash, privateJwk, options).sign(message);
    return { message, signature, key: publicPem };
  });
}
