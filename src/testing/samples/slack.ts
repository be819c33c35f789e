/**
 * Samples of `countersign/provider/slack`.
 *
 * @module
 */
import { slack } from '../../provider/slack.js';
import { post, type Sample } from './sample.js';

export const samples: readonly Sample[] = [
  {
    scheme: slack,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/slack',
      'team_id=T0EXAMPLE&team_domain=shop&channel_id=C0EXAMPLE&user_id=U0EXAMPLE&command=%2Frefund' +
        '&text=order+1042&response_url=https%3A%2F%2Fhooks.example%2Fcommands%2F1&trigger_id=13.37',
    ),
    note: 'a slash command, which is a form',
  },
  {
    scheme: slack,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/slack',
      '{"type":"event_callback","team_id":"T0EXAMPLE","event_id":"Ev0EXAMPLE","event_time":1700000000,' +
        '"event":{"type":"message","channel":"C0EXAMPLE","user":"U0EXAMPLE","text":"paid \\ud83d\\udcb6"}}',
    ),
    note: 'an event, which is JSON',
  },
];
