/**
 * Samples of `countersign/provider/github`.
 *
 * @module
 */
import { github } from '../../provider/github.js';
import { post, type Sample } from './sample.js';

export const samples: readonly Sample[] = [
  {
    scheme: github,
    message: /* @__PURE__ */ post(
      'https://shop.example/hooks/github',
      '{"zen":"Keep it logically awesome.","hook_id":4021337,"hook":{"type":"Repository","active":true,' +
        '"events":["push"],"config":{"content_type":"json","insecure_ssl":"0"}},' +
        '"repository":{"id":31,"full_name":"example/shop","description":"caf\\u00e9 \\u001b"}}',
    ),
    note: 'a ping, with escapes in it',
  },
];
