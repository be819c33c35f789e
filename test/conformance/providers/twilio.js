// @ts-check
// Twilio's requests: a URL and a form, or a URL that carries the digest of a body.
import { encodeUtf8 } from 'countersign/bytes';
import { hmacSha1 } from 'countersign/legacy';
import { twilio as withForm, twilioJson } from 'countersign/provider/twilio';
import { sign, verify } from 'countersign/scheme';
import { object, text } from '../fields.js';
import { macQuestion, maybe, schemeSecret } from './entry.js';

/** @type {import('./entry.js').Reader} */
export function twilio(entry) {
  const [message, expected] = [object(entry, 'message'), object(entry, 'expected')];
  const secret = text(object(entry, 'key'), 'value');
  const [url, header, value] = [
    text(message, 'url'),
    text(expected, 'header'),
    text(expected, 'value'),
  ];
  const json = maybe(message, 'body');
  const body = encodeUtf8(json ?? formOf(message['params'] ?? {}));
  return [
    macQuestion((relaxed) => {
      const received = { url, headers: { [header]: value }, body };
      const octets = encodeUtf8(secret);
      const keys = /** @type {const} */ ({
        verifies: schemeSecret(withForm, secret, 'verify', octets, relaxed),
        signs: schemeSecret(withForm, secret, 'mac', octets, relaxed),
      });
      if (json === undefined) {
        verify(withForm, received, keys.verifies, { now: 0, covers: ['url', 'form'] });
      } else verify(twilioJson, received, keys.verifies, { now: 0 });
      const scheme = json === undefined ? withForm : twilioJson;
      const made = sign(/** @type {typeof withForm} */ (scheme), { url, body }, keys.signs, {
        now: 0,
      });
      return made.headers.at(-1)?.[1] === value;
    }, hmacSha1.name),
  ];
}

/** A list stands for a name that comes again. @param {unknown} params */
function formOf(params) {
  const pairs = Object.entries(/** @type {Record<string, string | readonly string[]>} */ (params));
  const flat = pairs.flatMap(([name, value]) =>
    [value].flat().map((each) => /** @type {[string, string]} */ ([name, each])),
  );
  return new URLSearchParams(flat).toString();
}
