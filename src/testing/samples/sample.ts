/**
 * A message of a scheme as its provider would send it, before it is signed. Bodies are of our own
 * making, in the shape that the provider documents.
 *
 * @module
 */
import { encodeUtf8 } from '../../bytes/utf8.js';
import type { SchemeMessage, Settings } from '../../scheme/message.js';
import type { Scheme } from '../../scheme/scheme.js';

/** One message of a scheme. A scheme of several forms of message has several of them. */
export interface Sample {
  readonly scheme: Scheme;
  /** What is sent, without what signing adds. */
  readonly message: SchemeMessage;
  /** The texts of slots that nobody draws: an id. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** What the receiver has configured. */
  readonly settings?: Settings | undefined;
  /** The id of its keys, where the provider's have a form of their own. */
  readonly keyId?: string | undefined;
  /** Which of the provider's messages it is. */
  readonly note: string;
}

/** A request with a body. */
export function post(url: string, body: string): SchemeMessage {
  return { method: 'POST', url, body: encodeUtf8(body) };
}
