// @ts-check
// WeChat Pay v3: texts that merchants sign, responses and callbacks, what is encrypted in them, and
// sensitive fields.
import { decodeBase64, decodeUtf8, encodeUtf8 } from 'countersign/bytes';
import { aes128Gcm } from 'countersign/alg/aes-gcm';
import { rsaOaepSha1 } from 'countersign/alg/rsa-oaep';
import { importPrivateKey } from 'countersign/key/rsa';
import { importSecret } from 'countersign/key/secret';
import { openForeign, sign as signBy, verify as verifyBy } from 'countersign/key/use';
import {
  decryptField,
  importApiV3Key,
  openCertificates,
  openResource,
  platformKeys,
  wechatPayCallback,
  wechatPayRequest,
  wechatPayResponse,
} from 'countersign/provider/wechat-pay';
import { readCertificate } from 'countersign/key/x509';
import { sign, verify } from 'countersign/scheme';
import { object, text } from '../fields.js';
import { find } from '../judge.js';
import { isRefused } from '../policy.js';
import {
  maybe,
  NO_KEY,
  pairedPem,
  privatePem,
  publicPem,
  rsaQuestion,
  rsaSigner,
  rsaSigning,
  rsaVerifier,
  UNREAD,
} from './entry.js';
import { fromPlatform } from './platform.js';

/**
 * @typedef {import('./entry.js').Entry} Entry
 * @typedef {import('./entry.js').Question} Question
 */

/** @type {import('./entry.js').Reader} */
export function wechatPay(entry, all) {
  const nonce = maybe(entry, 'nonce');
  const ciphertext = maybe(entry, 'ciphertext') ?? maybe(entry, 'expected_ciphertext');
  if (ciphertext !== undefined) {
    return nonce === undefined ? field(entry, all) : sealed(entry, nonce, ciphertext);
  }
  if (entry['headers'] !== undefined) return reply(entry, all);
  const signed = maybe(entry, 'canonical_string') ?? maybe(entry, 'message');
  const signature = maybe(entry, 'expected_signature') ?? maybe(entry, 'signature');
  if (signed === undefined || signature === undefined) return UNREAD;
  return request(entry, all, signed, signature);
}

/**
 * A text that a merchant signs: of a request, where it is one.
 * @param {Entry} entry
 * @param {readonly Entry[]} all
 * @param {string} signed
 * @param {string} signature
 */
function request(entry, all, signed, signature) {
  const octets = encodeUtf8(signed);
  const [, method, target, time, nonce, body] =
    /^([A-Z]+)\n(\/[^\n]*)\n([0-9]+)\n([^\n]+)\n([^]*)\n$/.exec(signed) ?? [];
  const serial = maybe(entry, 'serial_no') ?? '0A';
  const [secret, pem] = [privatePem(entry, all), pairedPem(entry, all)];
  if (pem === undefined) return NO_KEY;
  const url = `https://api.mch.weixin.qq.com${target ?? ''}`;
  const mchid = maybe(entry, 'mchid') ?? '1';
  const sent = encodeUtf8(body ?? '');
  const now = Number(time);
  /** @param {Uint8Array} of */
  const question = (of) =>
    rsaQuestion((relaxed) => {
      const verifier = rsaVerifier(pem, serial.toUpperCase(), relaxed);
      if (time === undefined) return verifyBy(verifier, of, decodeBase64(signature));
      const credentials = `mchid="${mchid}",nonce_str="${nonce ?? ''}",signature="${signature}",timestamp="${time}",serial_no="${serial}"`;
      const headers = { Authorization: `WECHATPAY2-SHA256-RSA2048 ${credentials}` };
      const received = { method: method ?? '', url, headers, body: sent };
      verify(wechatPayRequest, received, verifier, { now, tolerance: 0 });
      return true;
    });
  const questions = [{ ...question(octets), what: 'verified' }];
  const other = /message "([^"]*)"/.exec(maybe(entry, 'negative') ?? '')?.[1];
  if (other !== undefined && time === undefined) {
    const ask = question(encodeUtf8(other)).ask;
    questions.push({ ...rsaQuestion(ask), what: 'another message', label: 'invalid' });
  }
  if (secret === undefined) return questions;
  const ask = () => {
    const signer = rsaSigner(secret, serial);
    if (time === undefined) return signBy(signer, octets);
    const given = { method: method ?? '', url, body: sent };
    const values = { nonce: nonce ?? '', mchid };
    const made = sign(wechatPayRequest, given, signer, { now, values });
    return decodeBase64(/signature="([^"]*)"/.exec(made.headers.at(-1)?.[1] ?? '')?.[1] ?? '');
  };
  return [...questions, { ...rsaSigning(ask, decodeBase64(signature)), what: 'signed' }];
}

/** A response or a callback. @param {Entry} entry @param {readonly Entry[]} all */
function reply(entry, all) {
  const pem = publicPem(entry, all);
  if (pem === undefined) return NO_KEY;
  const headers = Object.fromEntries(
    Object.entries(object(entry, 'headers')).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]),
  );
  const [time, serial] = [text(headers, 'wechatpay-timestamp'), text(headers, 'wechatpay-serial')];
  const body = encodeUtf8(text(entry, 'body'));
  const scheme = /callback|notify/.test(entry.direction) ? wechatPayCallback : wechatPayResponse;
  const [secret, plaintext] = [maybe(entry, 'apiv3_key'), maybe(entry, 'expected_plaintext')];
  return [
    rsaQuestion((relaxed) => {
      const verifier = rsaVerifier(pem, serial, relaxed);
      const options = { now: Number(time), tolerance: 1 };
      const result = verify(scheme, { headers, body }, verifier, options);
      if (pem.includes('CERTIFICATE') && serialOf(pem) === serial) {
        verify(scheme, { headers, body }, platformKeys({ certificates: [pem] }), options);
      }
      if (secret === undefined || plaintext === undefined) return true;
      return decodeUtf8(openResource(result, importApiV3Key(secret)).plaintext) === plaintext;
    }),
  ];
}

/** @param {string} pem */
function serialOf(pem) {
  return readCertificate(pem).serial.hex.toUpperCase();
}

/**
 * What is under the APIv3 key. It is opened by the provider's own doors, in a message of a platform of
 * our own; where they refuse it, by the one for ciphertexts of others.
 * @param {Entry} entry
 * @param {string} nonce
 * @param {string} ciphertext
 * @returns {readonly Question[] | string}
 */
function sealed(entry, nonce, ciphertext) {
  const secret = maybe(entry, 'apiv3_key') ?? maybe(entry, 'key');
  if (secret === undefined) return UNREAD;
  const aad = maybe(entry, 'associated_data') ?? '';
  const resource = { algorithm: 'AEAD_AES_256_GCM', nonce, associated_data: aad, ciphertext };
  const plaintext = maybe(entry, 'expected_plaintext') ?? maybe(entry, 'plaintext');
  const serial = maybe(entry, 'serial_no');
  const isCertificate = aad === 'certificate' && (plaintext === undefined || serial !== undefined);
  if (!isCertificate && plaintext === undefined) return UNREAD;
  const is256 = encodeUtf8(secret).length === 32;
  /** @param {string[]} relaxed */
  const ask = (relaxed) => {
    const octets = decodeBase64(ciphertext);
    const [iv, tagAt] = [encodeUtf8(nonce), octets.length - aes128Gcm.tagSize];
    const parts = {
      iv,
      ciphertext: octets.subarray(0, tagAt),
      tag: octets.subarray(tagAt),
      aad: encodeUtf8(aad),
    };
    if (!is256) {
      if (!isRefused(() => importApiV3Key(secret))) throw new Error('a short key was taken');
      relaxed.push('AES-128-GCM, since importApiV3Key refuses the key');
      const as = /** @type {const} */ ({ alg: aes128Gcm, use: 'open', encoding: 'utf8' });
      return openForeign(importSecret(secret, as), parts);
    }
    const key = importApiV3Key(secret);
    const callback = fromPlatform(wechatPayCallback, { id: '1', event_type: 'A', resource });
    if (isCertificate) {
      // Its number, where none is given, is taken from the certificate: that it is one is all there is.
      const number = serial ?? serialOf(decodeUtf8(openForeign(key, parts)));
      const item = { serial_no: number, encrypt_certificate: resource };
      const response = fromPlatform(wechatPayResponse, { data: [item] });
      return openCertificates(response, key)[0]?.serial.hex.toUpperCase() === number.toUpperCase();
    }
    // What was sealed as a certificate is opened as one alone, and this entry is none.
    if (aad === 'certificate') return openForeign(key, parts);
    const opened = find(() => openResource(callback, key).plaintext);
    if (opened.text !== 'ERR_IV') return openResource(callback, key).plaintext;
    relaxed.push('an IV of another size, since openResource refuses it');
    return openForeign(key, parts);
  };
  const algorithm = is256 ? 'AES-256-GCM' : aes128Gcm.name;
  return isCertificate
    ? [{ algorithm, operation: 'open', ask }]
    : [{ algorithm, operation: 'open', ask, expected: encodeUtf8(plaintext ?? '') }];
}

/** A sensitive field. @param {Entry} entry @param {readonly Entry[]} all @returns {readonly Question[] | string} */
function field(entry, all) {
  const pem = privatePem(entry, all);
  const plaintext = maybe(entry, 'expected_plaintext') ?? maybe(entry, 'plaintext');
  const ciphertext = text(entry, 'ciphertext');
  if (pem === undefined) return NO_KEY;
  if (plaintext === undefined) return UNREAD;
  const isOld = /pkcs1.?v1_?5/i.test(`${entry.id} ${entry.direction}`);
  return [
    {
      algorithm: rsaOaepSha1.name,
      operation: 'decrypt',
      ...(isOld ? { policy: 'RSAES-PKCS1-v1_5' } : {}),
      expected: encodeUtf8(plaintext),
      ask: () =>
        encodeUtf8(
          decryptField(ciphertext, importPrivateKey(pem, { alg: rsaOaepSha1, use: 'decrypt' })),
        ),
    },
  ];
}
