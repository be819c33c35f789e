// @ts-check
// Known answers that payment providers publish: an array of entries with `provider` and `direction`.
// A provider's entries are read by a file of the folder `providers`; what it asks becomes a case each.
import { find, judge } from '../judge.js';
import { adyen } from '../providers/adyen.js';
import { alipay } from '../providers/alipay.js';
import { cavage, digest, sigV4 } from '../providers/http.js';
import { mastercard } from '../providers/mastercard.js';
import { paypal } from '../providers/paypal.js';
import { truelayer } from '../providers/truelayer.js';
import { twilio } from '../providers/twilio.js';
import { github, slack, standardWebhooks, stripe } from '../providers/webhooks.js';
import { wechatPay } from '../providers/wechat-pay.js';

export const name = 'Providers';

/**
 * @typedef {import('../providers/entry.js').Entry} Entry
 * @typedef {import('../providers/entry.js').Question} Question
 * @typedef {import('../runner.js').Case} Case
 */

/** By what stands before the slash of an id. @type {Readonly<Record<string, import('../providers/entry.js').Reader>>} */
const BY_ID = {
  adyen,
  'aws-sigv4': sigV4,
  cavage,
  github,
  'mastercard-oauth1': mastercard,
  paypal,
  slack,
  'standard-webhooks': standardWebhooks,
  stripe,
  svix: standardWebhooks,
  truelayer,
  twilio,
};
/** By the provider, of entries whose id has no slash. @type {Readonly<Record<string, import('../providers/entry.js').Reader>>} */
const BY_PROVIDER = {
  'alipay-v2': alipay,
  'alipay-v2/v3': alipay,
  'psd2-berlin-group/cavage': digest,
  'psd2-rabobank': digest,
  'wechatpay-v3': wechatPay,
};

/** @param {import('../runner.js').File} file */
export function read(file) {
  if (!file.name.endsWith('.json')) return undefined;
  const content = file.json();
  if (!Array.isArray(content) || !content.every(isEntry)) return undefined;
  return content.length === 0 ? undefined : content.flatMap((entry) => casesOf(entry, content));
}

/** @param {unknown} value @returns {value is Entry} */
function isEntry(value) {
  const entry = /** @type {Partial<Entry> | null} */ (value);
  return typeof entry?.provider === 'string' && typeof entry.direction === 'string';
}

/**
 * @param {Entry} entry
 * @param {readonly Entry[]} all
 * @returns {readonly Case[]}
 */
function casesOf(entry, all) {
  const { id, provider } = entry;
  const reader = BY_ID[id.split('/')[0] ?? ''] ?? BY_PROVIDER[provider];
  const questions = reader?.(entry, all) ?? `out of scope: ${provider}`;
  if (typeof questions === 'string') {
    return [{ id, algorithm: provider, run: () => ({ verdict: 'skipped', reason: questions }) }];
  }
  return questions.map((question) => caseOf(entry, question));
}

/**
 * @param {Entry} entry
 * @param {Question} question
 * @returns {Case}
 */
function caseOf({ id, provider }, { what, ask, label = 'valid', ...question }) {
  return {
    id: what === undefined ? id : `${id}: ${what}`,
    algorithm: provider,
    label,
    run(asked) {
      const relaxed = /** @type {string[]} */ ([]);
      const found = find(() => ask(relaxed));
      return judge({ ...question, label: asked, found, relaxed });
    },
  };
}
