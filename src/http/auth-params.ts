/**
 * The parameters of an authentication scheme, `name="value"` parted by commas, as draft-cavage and
 * OAuth 1.0 have them: {@link https://www.rfc-editor.org/rfc/rfc9110#section-11.4 RFC 9110, section
 * 11.4}, without the second spelling that a backslash gives a value, and each name once. Names that
 * the scheme does not know are passed over, if it says which it knows.
 *
 * @module
 */
import { CountersignError } from '../errors.js';

/** A parameter; only a number stands without quotes. */
export interface AuthParam {
  readonly value: string;
  readonly isQuoted: boolean;
}

/** A token, and a token or a quoted string of RFC 9110, sections 5.6.2 and 5.6.4. */
const PARAM =
  /([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([!#$%&'*+\-.^_`|~0-9A-Za-z]+))(?:[\t ]*,[\t ]*(?=\S)|$)/y;
const NUMBER = /^[0-9]+(?:\.[0-9]+)?$/;

/** Reads parameters, all or the `known` ones; what is none is `ERR_HTTP_SIGNATURE`. */
export function readAuthParams(
  text: string,
  known?: readonly string[],
): ReadonlyMap<string, AuthParam> {
  const out = new Map<string, AuthParam>();
  PARAM.lastIndex = 0;
  for (let at = 0; at < text.length; at = PARAM.lastIndex) {
    const [, name = '', quoted, number = ''] = PARAM.exec(text) ?? [];
    if (name !== '' && known?.includes(name) === false) continue;
    const isPlain = quoted === undefined ? NUMBER.test(number) : !quoted.includes('\\');
    if (name === '' || !isPlain) {
      throw new CountersignError('ERR_HTTP_SIGNATURE', `expected name="value" at position ${at}`);
    }
    if (out.has(name)) {
      throw new CountersignError('ERR_HTTP_DUPLICATE', 'expected each parameter once');
    }
    out.set(name, { value: quoted ?? number, isQuoted: quoted !== undefined });
  }
  return out;
}

/**
 * The parameters after the name of a scheme, which is read without regard to its case; `undefined`
 * if the field is of another scheme.
 */
export function afterScheme(field: string, scheme: string): string | undefined {
  const start = field.slice(0, scheme.length + 1);
  return start.toLowerCase() === `${scheme.toLowerCase()} `
    ? field.slice(start.length).replace(/^ +/, '')
    : undefined;
}
