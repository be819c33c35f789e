/**
 * A message of every scheme, for tests of all of them at once.
 *
 * @module
 */
import { samples as adyen } from './adyen.js';
import { samples as alipay } from './alipay.js';
import { samples as awsSns } from './aws-sns.js';
import { samples as github } from './github.js';
import { samples as mastercard } from './mastercard.js';
import { samples as paypal } from './paypal.js';
import type { Sample } from './sample.js';
import { samples as slack } from './slack.js';
import { samples as standardWebhooks } from './standard-webhooks.js';
import { samples as stripe } from './stripe.js';
import { samples as truelayer } from './truelayer.js';
import { samples as wechatPay } from './wechat-pay.js';
import { samples as twilio } from './twilio.js';

export type { Sample };

/** A provider's samples stand in a file of its name; a new one is added here. */
export const samples: readonly Sample[] = /* @__PURE__ */ [
  adyen,
  alipay,
  awsSns,
  github,
  mastercard,
  paypal,
  slack,
  standardWebhooks,
  stripe,
  truelayer,
  wechatPay,
  twilio,
].flat();
