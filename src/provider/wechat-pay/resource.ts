/**
 * What a callback is about: its `resource`, which is encrypted.
 *
 * @module
 */
import type { Bytes } from '../../bytes/octets.js';
import { readJson } from '../../canonical/json-read.js';
import { isJsonObject, type JsonValue } from '../../canonical/json-value.js';
import { CountersignError } from '../../errors.js';
import type { Key } from '../../key/handle.js';
import type { SchemeResult } from '../../scheme/scheme.js';
import { type Verified, verified } from '../../scheme/verified.js';
import { wechatPayCallback, type WechatPayCovers } from './response.js';
import { resultOf } from './result.js';
import { type AeadAlgorithm, openSealed, textOf } from './sealed.js';

/** A callback that was verified and opened. */
export interface OpenedResource {
  /** The id of the notification, which stays when it is sent again. */
  readonly id: string;
  /** What happened: `TRANSACTION.SUCCESS`. */
  readonly eventType: string;
  readonly plaintext: Bytes;
  /** Reads the plaintext strictly, each time anew. */
  json(): JsonValue;
}

/** Opens the resource of a callback, which has to be verified before. */
export function openResource(
  callback: Verified<SchemeResult<WechatPayCovers>>,
  apiV3Key: Key<AeadAlgorithm, 'open'>,
): Verified<OpenedResource> {
  const { body } = resultOf(callback, wechatPayCallback, 'callback');
  const notification = readJson(body);
  if (!isJsonObject(notification)) {
    throw new CountersignError('ERR_MESSAGE_FORM', 'body: expected an object');
  }
  const plaintext = openSealed(notification['resource'], apiV3Key, 'resource', 'resource');
  return verified({
    id: textOf(notification['id'], 'id'),
    eventType: textOf(notification['event_type'], 'event_type'),
    plaintext,
    json: () => readJson(plaintext),
  });
}
