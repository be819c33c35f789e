// @ts-check
// Messages as the files have them, by the package's own readers.
import { encodeUtf8 } from 'countersign/bytes';
import { readRequest, readResponse } from 'countersign/http/message';
import { signatureBase } from 'countersign/http/signature';

/**
 * @typedef {object} GivenMessage
 * @property {string} [kind]
 * @property {string} [method]
 * @property {string} [url]
 * @property {string} [requestTarget]
 * @property {string} [scheme]
 * @property {string} [authority]
 * @property {number} [status]
 * @property {[string, string][]} headers
 * @property {[string, string][]} [trailers]
 * @property {string} [body]
 *
 * @typedef {import('countersign/http/message').HttpMessage} HttpMessage
 * @typedef {import('countersign/http/message').HttpRequest} HttpRequest
 * @typedef {import('countersign/http/signature').FieldTypes} FieldTypes
 */

/** @param {GivenMessage} given @returns {HttpMessage} */
export function messageOf(given) {
  const { status, body, headers, trailers = [] } = given;
  if (status === undefined) return requestOf(given);
  const options = body === undefined ? {} : { body: encodeUtf8(body) };
  return readResponse({ status, headers, trailers }, options);
}

/** @param {GivenMessage} given @returns {HttpRequest} */
export function requestOf({ method, url, requestTarget, scheme, authority, headers, ...rest }) {
  const { trailers = [], body } = rest;
  const options = body === undefined ? {} : { body: encodeUtf8(body) };
  // A request target stands in a request line; a URL was made by a platform.
  if (requestTarget !== undefined) {
    return readRequest(
      { method, url: requestTarget, headers, rawHeaders: headers.flat(), trailers },
      { ...options, origin: `${scheme}://${authority}` },
    );
  }
  const origin = /^https?:\/\/[^/?#]+/.exec(String(url))?.[0] ?? '';
  return readRequest({ method, url, headers, trailers }, { ...options, origin });
}

/**
 * The line that one component has in a signature base.
 * @param {HttpMessage} message
 * @param {string} component
 * @param {FieldTypes} [fieldTypes]
 */
export function lineOf(message, component, fieldTypes) {
  const base = signatureBase(message, { components: [component], parameters: {}, fieldTypes });
  return base.split('\n')[0] ?? '';
}
