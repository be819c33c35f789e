/**
 * The answer to `GET /v3/certificates`: the platform's certificates, each encrypted under the APIv3
 * key, in a response that is signed by one of them.
 *
 * Whoever has no certificate yet can't verify that response before it is opened. Then the APIv3 key
 * is what vouches for the certificates, and they for the response and its time; `bootstrapCertificates`
 * gives none of them away before all of it holds.
 *
 * @module
 */
import { fields, octets } from '../../bytes/octets.js';
import { decodeUtf8 } from '../../bytes/utf8.js';
import { readJson } from '../../canonical/json-read.js';
import { isJsonObject, type JsonValue } from '../../canonical/json-value.js';
import { CountersignError } from '../../errors.js';
import type { Key } from '../../key/handle.js';
import { type Certificate, readCertificate } from '../../key/x509-certificate.js';
import type { SchemeMessage } from '../../scheme/message.js';
import type { BaseOptions, SchemeResult } from '../../scheme/scheme.js';
import type { Verified } from '../../scheme/verified.js';
import { verify } from '../../scheme/verify.js';
import { platformKeys, platformSerial } from './platform-keys.js';
import { wechatPayResponse, type WechatPayCovers } from './response.js';
import { resultOf } from './result.js';
import { type AeadAlgorithm, openSealed, textOf } from './sealed.js';
import { foldKeyId } from './source.js';

/** More than a platform has while it replaces one, and no work to speak of. */
const MOST_CERTIFICATES = 16;

/** Opens the certificates of a response that was verified. Their times are their own. */
export function openCertificates(
  response: Verified<SchemeResult<WechatPayCovers>>,
  apiV3Key: Key<AeadAlgorithm, 'open'>,
): readonly Certificate[] {
  return openAll(resultOf(response, wechatPayResponse, 'response').body, apiV3Key);
}

/**
 * Opens the certificates of a response that nothing is there to verify with: it is opened, verified
 * with what was in it, and only then believed.
 */
export function bootstrapCertificates(
  response: SchemeMessage,
  apiV3Key: Key<AeadAlgorithm, 'open'>,
  options: Pick<BaseOptions, 'now' | 'tolerance'>,
): readonly Certificate[] {
  const { headers, rawHeaders, body } = fields(response, 'response', '{ headers, body }');
  const given = octets(body, 'response.body');
  const certificates = openAll(given, apiV3Key);
  const message = { headers, rawHeaders, body: given };
  verify(wechatPayResponse, message, platformKeys({ certificates }), options);
  return certificates;
}

function openAll(body: Uint8Array, apiV3Key: Key<AeadAlgorithm, 'open'>): readonly Certificate[] {
  const answer = readJson(body);
  const items = isJsonObject(answer) ? answer['data'] : undefined;
  if (!Array.isArray(items) || items.length === 0) {
    throw new CountersignError('ERR_MESSAGE_FORM', 'data: expected an array of certificates');
  }
  if (!(items.length <= MOST_CERTIFICATES)) {
    throw new CountersignError(
      'ERR_MESSAGE_LIMIT',
      `data: expected at most ${MOST_CERTIFICATES} certificates`,
    );
  }
  return Object.freeze(
    (items as readonly JsonValue[]).map((item, i) => openItem(item, apiV3Key, `data[${i}]`)),
  );
}

function openItem(
  item: JsonValue,
  apiV3Key: Key<AeadAlgorithm, 'open'>,
  what: string,
): Certificate {
  if (!isJsonObject(item)) {
    throw new CountersignError('ERR_MESSAGE_FORM', `${what}: expected an object`);
  }
  const sealed = item['encrypt_certificate'];
  const certificate = readCertificate(
    decodeUtf8(openSealed(sealed, apiV3Key, `${what}.encrypt_certificate`, 'certificate')),
  );
  // What stands beside it in clear is not what finds the key.
  const serial = textOf(item['serial_no'], `${what}.serial_no`);
  if (foldKeyId(serial) !== platformSerial(certificate)) {
    throw new CountersignError(
      'ERR_MESSAGE_FORM',
      `${what}.serial_no: expected the serial number of the certificate`,
    );
  }
  return certificate;
}
