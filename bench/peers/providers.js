// @ts-check
// Libraries of the providers themselves, and two of Standard Webhooks, as their own documentation
// has them called. Each function gives undefined where its library is not installed. A verdict is a
// boolean: a peer that throws to refuse gives false, and what else it throws goes on. Clocks are the
// machine's where no `now` is asked for.
//
// Slack's own check of a request comes only with @slack/bolt (68 more packages, 17 MB), and nothing
// of PayPal's on npm verifies a webhook without asking PayPal, so neither is here.
import { EventEmitter } from 'node:events';
import https from 'node:https';
import { Readable } from 'node:stream';
import { load } from './load.js';
import { verdict } from './verdict.js';

/** What sns-validator has fetched, by its URL. @type {Map<string, string>} */
const kept = new Map();

export { alipay } from './alipay.js';
export { wechatpayNode, wechatpayPlugin } from './wechatpay.js';

/**
 * @typedef {object} Stripe
 * @property {(secret: string, body: string, timestamp: number) => string} sign the header
 * @property {(secret: string, body: string | Uint8Array, header: string, options: { tolerance: number, now: number }) => boolean} verify a tolerance of 0 is none; nothing is too new
 */
/** stripe. @returns {Promise<Stripe | undefined>} */
export async function stripe() {
  /** @typedef {{ payload: string, secret: string, timestamp: number }} Test */
  /** @typedef {(body: string | Uint8Array, header: string, secret: string, tolerance: number, provider: undefined, receivedAt: number) => boolean} VerifyHeader */
  /** @typedef {{ webhooks: { generateTestHeaderString: (test: Test) => string, signature: { verifyHeader: VerifyHeader } }, errors: { StripeSignatureVerificationError: new () => Error } }} Library */
  /** @type {{ default: Library } | undefined} */
  const module = await load('stripe');
  if (module === undefined) return undefined;
  const { errors } = module.default;
  const { generateTestHeaderString, signature } = module.default.webhooks;
  return {
    sign: (secret, payload, timestamp) => generateTestHeaderString({ payload, secret, timestamp }),
    verify: (secret, body, header, { tolerance, now }) =>
      verdict(
        () => signature.verifyHeader(body, header, secret, tolerance, undefined, now * 1000),
        (error) => error instanceof errors.StripeSignatureVerificationError,
      ),
  };
}

/**
 * @typedef {object} Webhooks
 * @property {(secret: string, id: string, timestamp: number, body: string) => string} sign one entry of the list of signatures, v1
 * @property {(secret: string, body: string | Buffer, headers: Record<string, string>) => boolean} verify v1 alone, within 300 seconds of the clock
 */
/** svix takes its own names of the headers too. @param {'svix' | 'standardwebhooks'} name @returns {Promise<Webhooks | undefined>} */
export async function webhooks(name) {
  /** @typedef {{ sign: (id: string, date: Date, body: string) => string, verify: (body: string | Buffer, headers: Record<string, string>, options: { jsonParse: boolean }) => unknown }} Hook */
  /** @type {{ Webhook: new (secret: string) => Hook, WebhookVerificationError: new () => Error } | undefined} */
  const module = await load(name);
  if (module === undefined) return undefined;
  const { Webhook, WebhookVerificationError } = module;
  return {
    sign: (secret, id, timestamp, body) =>
      new Webhook(secret).sign(id, new Date(timestamp * 1000), body),
    verify: (secret, body, headers) => {
      const hook = new Webhook(secret);
      return verdict(
        () => hook.verify(body, headers, { jsonParse: false }),
        (error) => error instanceof WebhookVerificationError,
      );
    },
  };
}

/**
 * @typedef {object} Octokit
 * @property {(secret: string, body: string) => Promise<string>} sign the header
 * @property {(secret: string, body: string, header: string) => Promise<boolean>} verify
 */
/** @octokit/webhooks-methods. @returns {Promise<Octokit | undefined>} */
export async function octokit() {
  /** @type {Octokit | undefined} */
  const module = await load('@octokit/webhooks-methods');
  return module;
}

/** @typedef {Record<string, string | string[]>} Form as a parser of forms gives it: a name that comes again has a list */
/**
 * @typedef {object} Twilio
 * @property {(token: string, url: string, form: Form) => string} sign
 * @property {(body: string) => string} bodyHash what bodySHA256 of the URL says
 * @property {(token: string, signature: string, url: string, form: Form) => boolean} verify in up to six spellings of the URL
 * @property {(token: string, signature: string, url: string, body: string) => boolean} verifyBody the URL and its bodySHA256
 */
/** twilio. @returns {Promise<Twilio | undefined>} */
export async function twilio() {
  /** @type {{ default: { getExpectedTwilioSignature: Twilio['sign'], getExpectedBodyHash: Twilio['bodyHash'], validateRequest: Twilio['verify'], validateRequestWithBody: Twilio['verifyBody'] } } | undefined} */
  const module = await load('twilio');
  if (module === undefined) return undefined;
  const library = module.default;
  return {
    sign: library.getExpectedTwilioSignature,
    bodyHash: library.getExpectedBodyHash,
    verify: library.validateRequest,
    verifyBody: library.validateRequestWithBody,
  };
}

/**
 * @typedef {object} Adyen
 * @property {(item: object) => string} itemText what is signed of an item: eight fields and colons
 * @property {(key: string, item: object) => string} signItem
 * @property {(key: string, item: object) => boolean} verifyItem the signature stands in additionalData; without one it throws
 * @property {(key: string, body: string) => string} signBody
 * @property {(key: string, body: string, signature: string) => boolean} verifyBody
 */
/** @adyen/api-library; keys are hex. @returns {Promise<Adyen | undefined>} */
export async function adyen() {
  /** @typedef {{ getDataToSign: (item: object) => string, calculateHmac: (data: string | object, key: string) => string, validateHMAC: (item: object, key: string) => boolean, validateHMACSignature: (key: string, signature: string, body: string) => boolean }} Validator */
  /** @type {{ default: { hmacValidator: new () => Validator } } | undefined} */
  const module = await load('@adyen/api-library');
  if (module === undefined) return undefined;
  const validator = new module.default.hmacValidator();
  return {
    itemText: (item) => validator.getDataToSign(item),
    signItem: (key, item) => validator.calculateHmac(item, key),
    verifyItem: (key, item) => validator.validateHMAC(item, key),
    signBody: (key, body) => validator.calculateHmac(body, key),
    verifyBody: (key, body, signature) => validator.validateHMACSignature(key, signature, body),
  };
}

/** @typedef {{ verify: (message: Record<string, string>, certificate: string) => Promise<boolean> }} Sns a message as parsed, the PEM that its SigningCertURL stands for */
/**
 * sns-validator fetches the certificate with `https.get`, in the tick in which it is called, and
 * keeps it by its URL for good. That one call is answered here: no other way in.
 * @returns {Promise<Sns | undefined>}
 */
export async function sns() {
  /** @typedef {{ validate: (message: object, done: (error: Error | null) => void) => void }} Validator */
  /** @type {{ default: new () => Validator } | undefined} */
  const module = await load('sns-validator');
  if (module === undefined) return undefined;
  const validator = new module.default();
  return {
    verify: (message, certificate) =>
      new Promise((resolve, reject) => {
        const { SigningCertURL: url } = message;
        if (url !== undefined && (kept.get(url) ?? certificate) !== certificate) {
          throw new Error('sns-validator keeps the first certificate of a URL');
        }
        const genuine = https.get;
        https.get = /** @type {never} */ (
          (/** @type {string} */ from, /** @type {(response: Readable) => void} */ answer) => {
            kept.set(from, certificate);
            answer(Object.assign(Readable.from([certificate]), { statusCode: 200 }));
            return new EventEmitter();
          }
        );
        try {
          // It changes the message that it is given.
          validator.validate({ ...message }, (error) => {
            if (error === null) resolve(true);
            else if (error.message === 'The message signature is invalid.') resolve(false);
            else reject(error);
          });
        } finally {
          https.get = genuine;
        }
      }),
  };
}

/** @typedef {{ method: string, path: string, headers?: Record<string, string>, body?: string }} TrueLayerRequest */
/** @typedef {{ publicKeyPem: string } | { jwks: string }} TrueLayerKeys */
/**
 * @typedef {object} TrueLayer
 * @property {(request: TrueLayerRequest & { kid: string, privateKeyPem: string }) => string} sign Tl-Signature, over all the headers given
 * @property {(request: TrueLayerRequest & TrueLayerKeys & { signature: string, requiredHeaders?: string[] }) => boolean} verify with the path as it is, then with or without a slash at its end
 * @property {(signature: string) => string} extractKid
 * @property {(signature: string) => string | undefined} extractJku
 */
/** truelayer-signing. @returns {Promise<TrueLayer | undefined>} */
export async function trueLayer() {
  /** @type {{ default: TrueLayer & { verify: (request: object) => void, SignatureError: new () => Error } } | undefined} */
  const module = await load('truelayer-signing');
  if (module === undefined) return undefined;
  const { sign, verify, extractKid, extractJku, SignatureError } = module.default;
  return {
    sign,
    verify: (request) =>
      verdict(
        () => verify(request),
        (error) => error instanceof SignatureError,
      ),
    extractKid,
    extractJku,
  };
}

/** @typedef {{ uri: string, method: string, body: string | null, consumerKey: string, privateKey: string, pss?: boolean }} MastercardRequest */
/**
 * @typedef {object} Mastercard
 * @property {(request: MastercardRequest) => string} authorization the field, at the time of the clock, with a nonce of its own
 * @property {(uri: string, method: string, parameters: Iterable<[string, string]>) => string} baseString of those of the URI and these; encoded already, as it keeps them
 * @property {(body: string) => string} bodyHash
 */
/** mastercard-oauth1-signer: it signs alone. @returns {Promise<Mastercard | undefined>} */
export async function mastercard() {
  /** @typedef {{ getAuthorizationHeader: (...args: (string | null)[]) => string, extractQueryParams: (uri: string) => Map<string, Set<string>>, toOAuthParamString: (query: Map<string, Set<string>>, parameters: Map<string, string>) => string, getBaseUriString: (uri: string) => string, getSignatureBaseString: (method: string, uri: string, parameters: string) => string, getBodyHash: (body: string) => string }} Signer */
  /** @type {{ default: Signer } | undefined} */
  const module = await load('mastercard-oauth1-signer');
  if (module === undefined) return undefined;
  const signer = module.default;
  return {
    authorization: ({ uri, method, body, consumerKey, privateKey, pss = false }) =>
      signer.getAuthorizationHeader(
        uri,
        method,
        body,
        consumerKey,
        privateKey,
        pss ? 'RSA-PSS-SHA256' : 'RSA-SHA256',
      ),
    baseString: (uri, method, parameters) =>
      signer.getSignatureBaseString(
        method,
        signer.getBaseUriString(uri),
        signer.toOAuthParamString(signer.extractQueryParams(uri), new Map(parameters)),
      ),
    bodyHash: (body) => signer.getBodyHash(body),
  };
}
