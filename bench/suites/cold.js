// @ts-check
// Cold start: what a function that is started for one request pays.
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineCase } from '../case.js';
import { load } from '../peers/load.js';

/** @typedef {import('../cold.js').Message} Message */

const PROGRAM = fileURLToPath(new URL('../cold.js', import.meta.url));
const SECRET = 'example-secret-of-32-characters!';
const PEERS = [
  'jose',
  'stripe',
  'svix',
  'standardwebhooks',
  '@octokit/webhooks-methods',
  'node-forge',
  'jsrsasign',
];

export const suite = {
  title: 'Cold start',
  about:
    'One import and one first HMAC verification in a fresh process, timed inside it: without the ' +
    "start of Node itself, which is everybody's. Each peer verifies what it is made for.",
  cases: [
    defineCase({
      name: 'import and first verification',
      aims: [
        { least: 5, against: 'stripe' },
        { least: 2, against: 'jose' },
      ],
      async build() {
        const genuine = messageOf('{"order":"1217752501","amount":"100.00"}');
        const tampered = { ...genuine, ...tamperedParts(genuine) };
        const peers = [];
        for (const name of PEERS) {
          const there = (await load(name)) !== undefined;
          peers.push(
            there
              ? subject(name, 'peer', genuine)
              : { name, role: /** @type {const} */ ('peer'), missing: 'not installed' },
          );
        }
        return {
          inputs: [genuine],
          tampered: [tampered],
          isRight: (result) => result === true,
          subjects: [
            subject('countersign', 'ours', genuine),
            subject('countersign, through the root', 'ours', genuine),
            subject('countersign, Stripe as a scheme', 'ours', genuine),
            subject('reference', 'reference', genuine),
            ...peers,
          ],
        };
      },
    }),
  ],
};

/**
 * @param {string} name
 * @param {import('../case.js').Role} role
 * @param {Message} genuine
 * @returns {import('../case.js').Subject<Message>}
 */
function subject(name, role, genuine) {
  return {
    name,
    role,
    run: (message) => started(name, message).genuine,
    rate: () => 1000 / started(name, genuine).milliseconds,
    batch: 1,
  };
}

/** @param {string} name @param {Message} message @returns {{ milliseconds: number, genuine: boolean }} */
function started(name, message) {
  const { stdout } = spawnSync(process.execPath, [PROGRAM, name, JSON.stringify(message)], {
    encoding: 'utf8',
  });
  return /** @type {never} */ (JSON.parse(stdout));
}

/** @param {string} body @returns {Message} */
function messageOf(body) {
  const time = Math.floor(Date.now() / 1000);
  const tag = (/** @type {string} */ signed) =>
    createHmac('sha256', SECRET).update(signed).digest();
  const signed = [{ alg: 'HS256' }, body].map((part) =>
    Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url'),
  );
  return {
    body,
    secret: SECRET,
    hex: tag(body).toString('hex'),
    stripe: `t=${time},v1=${tag(`${time}.${body}`).toString('hex')}`,
    standard: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': `${time}`,
      'webhook-signature': `v1,${tag(`msg_1.${time}.${body}`).toString('base64')}`,
    },
    jws: `${signed.join('.')}.${tag(signed.join('.')).toString('base64url')}`,
  };
}

/** Another amount, under the same tags. @param {Message} genuine */
function tamperedParts({ body, jws }) {
  const changed = body.replace('100.00', '900.00');
  const [header, , tag] = jws.split('.');
  return {
    body: changed,
    jws: `${header}.${Buffer.from(changed).toString('base64url')}.${tag}`,
  };
}
