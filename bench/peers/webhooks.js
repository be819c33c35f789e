// @ts-check
// Webhook libraries, as their own documentation has them called.
import { load } from './load.js';

/** @typedef {(payload: string, headers: Record<string, string>, options?: { jsonParse: boolean }) => unknown} VerifyHeaders */
/** @typedef {{ Webhook: new (secret: string) => { verify: VerifyHeaders } }} Webhooks */
/** @typedef {(payload: string | Uint8Array, header: string, secret: string, tolerance?: number) => unknown} StripeCheck */

/** @returns {Promise<((secret: string, body: string, header: string) => Promise<boolean>) | undefined>} */
export async function octokitVerify() {
  /** @type {{ verify: (secret: string, body: string, header: string) => Promise<boolean> } | undefined} */
  const module = await load('@octokit/webhooks-methods');
  return module?.verify;
}

/** @returns {Promise<{ verifyHeader: StripeCheck, constructEvent: StripeCheck } | undefined>} */
export async function stripe() {
  /** @type {{ default: { webhooks: { constructEvent: StripeCheck, signature: { verifyHeader: StripeCheck } } } } | undefined} */
  const module = await load('stripe');
  if (module === undefined) return undefined;
  const { webhooks } = module.default;
  return {
    verifyHeader: (...args) => webhooks.signature.verifyHeader(...args),
    constructEvent: (...args) => webhooks.constructEvent(...args),
  };
}

/** @param {'svix' | 'standardwebhooks'} name @returns {Promise<Webhooks['Webhook'] | undefined>} */
export async function webhookOf(name) {
  /** @type {Webhooks | undefined} */
  const module = await load(name);
  return module?.Webhook;
}
