// @ts-check
// One import and one first verification, in a process that has done neither. Nothing is imported
// before the clock runs. Started as `node bench/cold.js SUBJECT MESSAGE`, it prints milliseconds
// and the verdict.
import { load } from './peers/load.js';

/**
 * A body and its tag, in the forms that subjects read.
 * @typedef {{ body: string, secret: string, hex: string, stripe: string, standard: Record<string, string>, jws: string }} Message
 */

/** @type {Record<string, (message: Message) => Promise<boolean>>} */
const subjects = {
  async countersign(message) {
    // At once, as a program's imports are.
    const [{ hmacSha256 }, { decodeHex, encodeUtf8 }, { importSecret }, { verify }] =
      await Promise.all([
        import('countersign/alg/hmac'),
        import('countersign/bytes'),
        import('countersign/key/secret'),
        import('countersign/key/use'),
      ]);
    const key = importSecret(message.secret, { alg: hmacSha256, use: 'verify', encoding: 'utf8' });
    return verify(key, encodeUtf8(message.body), decodeHex(message.hex, 'lower'));
  },
  async 'countersign, through the root'(message) {
    const { decodeHex, encodeUtf8, hmacSha256, importSecret, verify } = await import('countersign');
    const key = importSecret(message.secret, { alg: hmacSha256, use: 'verify', encoding: 'utf8' });
    return verify(key, encodeUtf8(message.body), decodeHex(message.hex, 'lower'));
  },
  async 'countersign, Stripe as a scheme'(message) {
    const [{ stripe }, { secretFor, verify }] = await Promise.all([
      import('countersign/provider/stripe'),
      import('countersign/scheme'),
    ]);
    const key = secretFor(stripe, message.secret, { use: 'verify' });
    const received = {
      headers: { 'stripe-signature': message.stripe },
      body: new TextEncoder().encode(message.body),
    };
    const now = Math.floor(Date.now() / 1000);
    return verify(stripe, received, key, { now }).scheme === 'stripe';
  },
  async reference(message) {
    const { createHmac, timingSafeEqual } = await import('node:crypto');
    const expected = createHmac('sha256', message.secret).update(message.body).digest();
    const given = Buffer.from(message.hex, 'hex');
    return expected.length === given.length && timingSafeEqual(expected, given);
  },
  async jose(message) {
    /** @type {{ compactVerify: (jws: string, key: Uint8Array) => Promise<unknown> } | undefined} */
    const jose = await load('jose');
    await present(jose).compactVerify(message.jws, new TextEncoder().encode(message.secret));
    return true;
  },
  async stripe(message) {
    const { stripe } = await import('./peers/webhooks.js');
    return (
      present(await stripe()).verifyHeader(message.body, message.stripe, message.secret, 300) ===
      true
    );
  },
  svix: (message) => webhook('svix', message),
  standardwebhooks: (message) => webhook('standardwebhooks', message),
  async '@octokit/webhooks-methods'(message) {
    const { octokitVerify } = await import('./peers/webhooks.js');
    const check = present(await octokitVerify());
    return check(message.secret, message.body, `sha256=${message.hex}`);
  },
  async 'node-forge'(message) {
    const { forge } = await import('./peers/forge.js');
    const tagOf = present(await forge()).hmac('sha256', Buffer.from(message.secret));
    return Buffer.from(tagOf(Buffer.from(message.body))).toString('hex') === message.hex;
  },
  async jsrsasign(message) {
    /** @type {{ KJUR: { crypto: { Mac: new (options: object) => { updateString: (text: string) => void, doFinal: () => string } } } } | undefined} */
    const jsrsasign = await load('jsrsasign');
    const { Mac } = present(jsrsasign).KJUR.crypto;
    const mac = new Mac({ alg: 'HmacSHA256', pass: { utf8: message.secret } });
    mac.updateString(message.body);
    return mac.doFinal() === message.hex;
  },
};

/** @param {'svix' | 'standardwebhooks'} name @param {Message} message */
async function webhook(name, message) {
  const { webhookOf } = await import('./peers/webhooks.js');
  const hook = new (present(await webhookOf(name)))(Buffer.from(message.secret).toString('base64'));
  hook.verify(message.body, message.standard);
  return true;
}

/** @template T @param {T | undefined} module @returns {T} */
function present(module) {
  if (module === undefined) throw new Error('not installed');
  return module;
}

const [name = '', given = ''] = process.argv.slice(2);
/** @type {Message} */
const message = /** @type {never} */ (JSON.parse(given));
const started = performance.now();
let genuine = false;
try {
  genuine = (await subjects[name]?.(message)) ?? false;
} catch {
  genuine = false; // how most of them refuse
}
console.log(JSON.stringify({ milliseconds: performance.now() - started, genuine }));
