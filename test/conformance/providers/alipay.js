// @ts-check
// Alipay v2: requests, responses, notifications and messages, the page that a payer comes back to,
// serial numbers of certificates, and encrypted content.
import { decodeBase64, encodeUtf8 } from 'countersign/bytes';
import { aesCbc } from 'countersign/alg/aes-modes';
import {
  alipayCertSn,
  alipayMessage,
  alipayNotify,
  alipayRequest,
  alipayResponse,
  alipayReturn,
  alipayRootCertSn,
  encryptContent,
  importContentKey,
} from 'countersign/provider/alipay';
import { sign, verify } from 'countersign/scheme';
import { object, text } from '../fields.js';
import {
  maybe,
  NO_KEY,
  pairedPem,
  privatePem,
  publicPem,
  refusal,
  rsaQuestion,
  rsaSigner,
  rsaSigning,
  rsaVerifier,
  UNREAD,
} from './entry.js';

/**
 * @typedef {import('./entry.js').Entry} Entry
 * @typedef {import('./entry.js').Question} Question
 */

/** Nothing signed here has a time that is looked at. */
const NOW = { now: 0 };

/** @type {import('./entry.js').Reader} */
export function alipay(entry, all) {
  if (entry.direction.includes('cert_sn') || entry.id.endsWith('-cert-sn'))
    return serialNumber(entry);
  if (maybe(entry, 'key_base64') !== undefined) return content(entry);
  if (maybe(entry, 'raw_response') !== undefined) return response(entry, all);
  const url = maybe(entry, 'url');
  const params =
    entry['params'] === undefined ? maybe(entry, 'body') : encoded(object(entry, 'params'));
  const expected = maybe(entry, 'expected_signature');
  if (params !== undefined && expected !== undefined && privatePem(entry, all) !== undefined) {
    return request(entry, all, params, expected);
  }
  const bare = params ?? (url === undefined ? undefined : new URL(url).search.slice(1));
  if (bare === undefined) return UNREAD;
  const isSigned = expected === undefined || new URLSearchParams(bare).has('sign');
  const form = isSigned ? bare : `${bare}&sign=${encodeURIComponent(expected)}`;
  const isSignTypeSigned = /(?:^|&)sign_type=/.test(maybe(entry, 'canonical_string') ?? '');
  return received(entry, all, form, isSignTypeSigned, params === undefined);
}

/** @param {import('../fields.js').Fields} params */
function encoded(params) {
  return new URLSearchParams(
    Object.entries(params).map(
      ([name, value]) => /** @type {[string, string]} */ ([name, String(value)]),
    ),
  ).toString();
}

/**
 * @param {Entry} entry
 * @param {readonly Entry[]} all
 * @param {string} form
 * @param {string} signature
 * @returns {readonly Question[]}
 */
function request(entry, all, form, signature) {
  const [secret, pem] = [privatePem(entry, all) ?? '', pairedPem(entry, all) ?? ''];
  const unsigned = new URLSearchParams(form);
  unsigned.delete('sign');
  const sent = new URLSearchParams(unsigned);
  sent.append('sign', signature);
  const ask = () => {
    const body = encodeUtf8(unsigned.toString());
    const made = sign(alipayRequest, { body }, rsaSigner(secret), NOW);
    const values = new URLSearchParams(new TextDecoder().decode(made.body));
    return decodeBase64(values.get('sign') ?? '');
  };
  return [
    {
      ...rsaQuestion((relaxed) => {
        const body = encodeUtf8(sent.toString());
        verify(alipayRequest, { body }, rsaVerifier(pem, undefined, relaxed), {
          ...NOW,
          covers: ['form'],
        });
        return true;
      }),
      what: 'verified',
    },
    { ...rsaSigning(ask, decodeBase64(signature)), what: 'signed' },
  ];
}

/**
 * A form that came, by the rule that its text has; and what the entry says that must not verify.
 * @param {Entry} entry
 * @param {readonly Entry[]} all
 * @param {string} form
 * @param {boolean} isSignTypeSigned
 * @param {boolean} isQuery
 */
function received(entry, all, form, isSignTypeSigned, isQuery) {
  const pem = publicPem(entry, all);
  if (pem === undefined) return NO_KEY;
  const certSn = new URLSearchParams(form).get('alipay_cert_sn') ?? undefined;
  /** @param {string} given @param {boolean} withType */
  const question = (given, withType) =>
    rsaQuestion((relaxed) => {
      const key = rsaVerifier(pem, certSn, relaxed);
      const message = { body: encodeUtf8(given) };
      if (withType) verify(alipayMessage, message, key, { ...NOW, covers: ['form'] });
      else if (!isQuery && new URLSearchParams(given).has('notify_id')) {
        verify(alipayNotify, message, key, { ...NOW, covers: ['form', 'notifyId'] });
      } else {
        const url = `https://shop.example/return?${given}`;
        verify(alipayReturn, { url }, key, { ...NOW, covers: ['form'] });
      }
      return true;
    });
  const right = question(form, isSignTypeSigned);
  const negative = maybe(entry, 'negative');
  if (negative === undefined) return [right];
  if (/sign_type/.test(negative)) {
    return [right, refusal(question(form, !isSignTypeSigned), 'by the other rule')];
  }
  if (/\+|space|decod/i.test(negative)) {
    return [right, refusal(question(readTwice(form), isSignTypeSigned), 'read twice')];
  }
  return UNREAD;
}

/** What a second reading makes of plus signs. @param {string} form */
function readTwice(form) {
  const pairs = [...new URLSearchParams(form)];
  return encoded(
    Object.fromEntries(
      pairs.map(([name, value]) => [name, name === 'sign' ? value : value.replaceAll('+', ' ')]),
    ),
  );
}

/** @param {Entry} entry @param {readonly Entry[]} all */
function response(entry, all) {
  const pem = publicPem(entry, all);
  if (pem === undefined) return NO_KEY;
  const [raw, name] = [text(entry, 'raw_response'), text(entry, 'response_key')];
  const signed = maybe(entry, 'signed_string') ?? maybe(entry, 'canonical_string');
  const certSn = maybe(JSON.parse(raw), 'alipay_cert_sn');
  const method =
    name === 'error_response' ? 'a.b' : name.replace(/_response$/, '').replaceAll('_', '.');
  return [
    rsaQuestion((relaxed) => {
      const { values } = verify(
        alipayResponse,
        { body: encodeUtf8(raw) },
        rsaVerifier(pem, certSn, relaxed),
        { ...NOW, settings: { method }, covers: ['response'] },
      );
      return signed === undefined || values.response === signed;
    }),
  ];
}

/** @param {Entry} entry @returns {readonly Question[] | string} */
function serialNumber(entry) {
  const pem = Object.values(entry)
    .flat()
    .filter((value) => typeof value === 'string' && value.startsWith('-----BEGIN CERTIFICATE-----'))
    .join('\n');
  const expected = maybe(entry, 'expected') ?? maybe(entry, 'expected_sn');
  if (pem === '' || expected === undefined) return UNREAD;
  const isRoot = /root/.test(`${entry.id} ${entry.direction}`);
  const ask = () => (isRoot ? alipayRootCertSn(pem) : alipayCertSn(pem)) === expected;
  return [{ algorithm: 'MD5', operation: 'digest', ask }];
}

/** The vector is zeros, as in every answer; none is verified here, so the mode itself decrypts. @param {Entry} entry @returns {readonly Question[]} */
function content(entry) {
  const [plaintext, expected] = [text(entry, 'plaintext'), text(entry, 'expected_ciphertext')];
  const secret = text(entry, 'key_base64');
  const question = { algorithm: aesCbc.name };
  return [
    {
      ...question,
      what: 'encrypted',
      operation: 'encrypt',
      ask: () => encryptContent(plaintext, importContentKey(secret)) === expected,
    },
    {
      ...question,
      what: 'decrypted',
      operation: 'decrypt',
      expected: encodeUtf8(plaintext),
      ask() {
        const key = aesCbc.key(decodeBase64(secret));
        return aesCbc.decrypt(key, new Uint8Array(16), decodeBase64(expected), 'pkcs7');
      },
    },
  ];
}
