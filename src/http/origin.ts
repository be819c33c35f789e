/**
 * Origins: a scheme and an authority, `https://api.example.com`.
 *
 * @module
 */

const ORIGIN = /^(https?):\/\/([^/?#@\\\s]+)$/i;
const AUTHORITY = /^(?:[a-z0-9\-._~!$&'()*+,;=%]+|\[[0-9a-f:.]+\])(?::[0-9]{0,5})?$/;

/** The authority is in lower case, with the port where it is not the scheme's. */
export type Origin = readonly [scheme: 'https' | 'http', authority: string];

/** Reads an origin; `undefined` if the text is none. */
export function originOf(text: string): Origin | undefined {
  const [, scheme = '', host = ''] = ORIGIN.exec(text) ?? [];
  const name = scheme.toLowerCase() === 'https' ? 'https' : 'http';
  const authority = host.toLowerCase().replace(name === 'https' ? /:(?:443)?$/ : /:(?:80)?$/, '');
  return scheme !== '' && AUTHORITY.test(authority) ? [name, authority] : undefined;
}
