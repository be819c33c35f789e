/**
 * The parameters of a verified message as text. Their charset is the one that was signed with them;
 * that of a header nobody signed.
 *
 * @module
 */
import { fields as fieldsOf } from '../../bytes/octets.js';
import { decodeUtf8 } from '../../bytes/utf8.js';
import { CountersignError } from '../../errors.js';
import type { SchemeResult } from '../../scheme/scheme.js';
import type { Verified } from '../../scheme/verified.js';
import type { AlipayFormCovers } from './notify.js';

/** Charsets that Alipay documents, and their superset, which platforms decode them by. */
const CHINESE: Readonly<Record<string, string>> = { gbk: 'gbk', gb2312: 'gbk', gb18030: 'gb18030' };

/**
 * Returns names and values, `charset` among them. A message without it, or in UTF-8, must be UTF-8.
 * GBK and its kin are decoded where the platform can: Node with full ICU, and browsers.
 */
export function alipayFields(
  message: Verified<SchemeResult<AlipayFormCovers>>,
): Readonly<Record<string, string>> {
  const { values } = fieldsOf(message, 'message', 'what verify returned');
  const { form } = fieldsOf(values, 'message.values', '{ form }');
  fieldsOf(form, 'message.values.form', 'names and values');
  const raw = form.map(({ name, value }) => [decodeUtf8(name), value] as const);
  const charset = raw.find(([name]) => name === 'charset')?.[1];
  const decode = decoderOf(charset === undefined ? 'utf-8' : decodeUtf8(charset).toLowerCase());
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of raw) fields[name] = decode(value);
  return Object.freeze(fields);
}

function decoderOf(charset: string): (octets: Uint8Array) => string {
  if (charset === 'utf-8' || charset === 'utf8') return decodeUtf8;
  const label = Object.hasOwn(CHINESE, charset) ? CHINESE[charset] : undefined;
  if (label === undefined) {
    throw new CountersignError(
      'ERR_MESSAGE_FORM',
      'charset: expected utf-8, gbk, gb2312 or gb18030',
    );
  }
  const decoder = newDecoder(label);
  return (octets) => {
    try {
      return decoder.decode(octets);
    } catch {
      throw new CountersignError('ERR_MESSAGE_FORM', `expected octets of ${label}`);
    }
  };
}

function newDecoder(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    throw new CountersignError(
      'ERR_UNSUPPORTED_ENGINE',
      `charset: expected a platform that decodes ${label}; send charset=utf-8 in the URL of requests`,
    );
  }
}
