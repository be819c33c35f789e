// @ts-check
// Requests of Twilio: a form with its URL, or JSON with a digest in the URL. The URL is the one that
// is configured at Twilio; a proxy in front of a server makes it another.
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { twilio, twilioJson } from 'countersign/provider/twilio';
import { secretFor, sign, textPairs, verify, verifyJson } from 'countersign/scheme';

// The auth token, as text. While it is replaced give both.
const token = '0123456789abcdef0123456789abcdef'; // from your secret store
const keys = [secretFor(twilio, token, { use: 'verify' })];
// Configured, never made of `Host` or `X-Forwarded-Host`; written as a browser writes it.
const origin = 'https://shop.example';

/**
 * What a receiver does.
 * @param {string} target path and query of the request
 * @param {import('countersign/scheme').SchemeMessage} message
 * @param {number} now
 */
function receive(target, message, now) {
  const received = { ...message, url: origin + target };
  try {
    if (target.includes('bodySHA256=')) return verifyJson(twilioJson, received, keys, { now }).json;
    const request = verify(twilio, received, keys, { now, covers: ['url', 'form'] });
    const { Body, From } = Object.fromEntries(textPairs(request.values.form));
    return { Body, From, spelling: request.alternative };
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    throw error;
  }
}

// What Twilio does, so that this file runs by itself.
const now = Math.floor(Date.now() / 1000);
const signer = secretFor(twilio, token, { use: 'mac' });
const form = encodeUtf8('From=%2B15005550006&Body=Hi%2C+caf%C3%A9');
const sms = sign(twilio, { url: `${origin}/sms`, body: form }, signer, { now });
const withPort = sign(twilio, { url: `${origin}:443/sms`, body: form }, signer, { now });
const json = encodeUtf8('{"status":"delivered"}');
const event = sign(twilioJson, { url: `${origin}/events?shop=1`, body: json }, signer, { now });
const target = event.url.slice(origin.length);
const other = encodeUtf8('{"status":"failed"}');

show('a form', receive('/sms', sms, now), '{"Body":"Hi, café","From":"+15005550006"}');
show(
  'signed with its port',
  receive('/sms', withPort, now),
  '{"Body":"Hi, café","From":"+15005550006","spelling":"other port"}',
);
show('at another path', receive('/other', sms, now), '"ERR_VERIFY_FAILED"');
show('JSON', receive(target, event, now), '{"status":"delivered"}');
show('other JSON', receive(target, { ...event, body: other }, now), '"ERR_MESSAGE_DIGEST"');

/**
 * @param {string} what
 * @param {unknown} found
 * @param {string} expected
 */
function show(what, found, expected) {
  const text = JSON.stringify(found);
  console.log(`${what.padEnd(22)} ${text}`);
  if (text !== expected) process.exitCode = 1;
}
