/**
 * Samples of `countersign/provider/twilio`.
 *
 * @module
 */
import { twilio, twilioJson } from '../../provider/twilio.js';
import { post, type Sample } from './sample.js';

export const samples: readonly Sample[] = [
  {
    scheme: twilio,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/sms?shop=1',
      'MessageSid=SM0EXAMPLE&AccountSid=AC0EXAMPLE&From=%2B15005550006&To=%2B15005550001' +
        '&Body=Order+1042%3A+caf%C3%A9+%26+cake&NumMedia=0',
    ),
    note: 'a message, which is a form',
  },
  {
    scheme: twilioJson,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/events?shop=1',
      '[{"specversion":"1.0","type":"com.twilio.messaging.message.delivered","id":"EZ0EXAMPLE",' +
        '"data":{"messageSid":"SM0EXAMPLE"}}]',
    ),
    note: 'an event, which is JSON',
  },
];
