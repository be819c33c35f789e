/**
 * What signing hands out.
 *
 * @module
 */
import type { Bytes } from '../bytes/octets.js';
import type { SchemeMessage } from './message.js';

/**
 * A message to send as it is: `const { url, ...init } = sign(…); await fetch(url, init)`. `M` is what
 * was given to sign: what was there is there. The headers are frozen; `fetch` declares that it takes
 * arrays which aren't. There is no body where none was given and the scheme makes none, nor an empty
 * one of GET and HEAD, which `fetch` refuses.
 */
export type SignedMessage<M extends SchemeMessage = SchemeMessage> = {
  readonly method: TextOf<M, 'method'>;
  readonly url: TextOf<M, 'url'>;
  readonly headers: [name: string, value: string][];
} & (HasBody<M> extends true ? { readonly body: Bytes } : { readonly body?: Bytes });

type TextOf<M, Name extends 'method' | 'url'> =
  M extends Readonly<Record<Name, string>> ? string : string | undefined;

/** Whether a body is given, and of a method whose empty body is sent. */
type HasBody<M> = M extends { readonly body: Uint8Array }
  ? M extends { readonly method?: infer Method }
    ? MayBeWithout<Method> extends true
      ? false
      : true
    : true
  : false;

/** Whether a method may be GET or HEAD: one of another literal type, or none, isn't. */
type MayBeWithout<Method> = unknown extends Method
  ? false
  : string extends Method
    ? true
    : Extract<Uppercase<Extract<Method, string>>, 'GET' | 'HEAD'> extends never
      ? false
      : true;
