/**
 * Samples of `countersign/provider/aws-sns`.
 *
 * @module
 */
import { awsSns } from '../../provider/aws-sns.js';
import { post, type Sample } from './sample.js';

const settings = { topicArn: 'arn:aws:sns:eu-central-1:123456789012:payouts' };
const certUrl =
  'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem';

export const samples: readonly Sample[] = [
  {
    scheme: awsSns,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/sns',
      '{\n  "UnsubscribeURL" : "https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe"\n}',
    ),
    values: {
      type: 'Notification',
      id: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      subject: 'Payout',
      message: '{"payout":"po_1",\n"amount":"10.00 \u20ac"}',
      certUrl,
    },
    settings,
    note: 'a notification',
  },
  {
    scheme: awsSns,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/sns',
      '{"Type":"SubscriptionConfirmation","MessageId":"165545c9-2a5c-472c-8df2-7ff2be2b3b1b",' +
        '"Token":"2336412f37","Message":"You have chosen to subscribe.",' +
        '"SubscribeURL":"https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription"}',
    ),
    values: { certUrl },
    settings,
    note: 'a subscription to confirm',
  },
];
