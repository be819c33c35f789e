// Vectors of HTTP message signatures: each verified, its base compared, and where the algorithm is
// deterministic, signed again.
import { decodeBase64, encodeUtf8 } from '../../src/bytes/index.js';
import { readDictionary, writeItem } from '../../src/canonical/structured-fields.js';
import { type HttpMessage, readRequest, readResponse } from '../../src/http/message.js';
import {
  type Components,
  type HttpSignatureAlgorithm,
  NO_COMPONENTS,
  NO_MAX_AGE,
  signatureBase,
  type SignatureParameters,
  signMessage,
  verifyMessage,
} from '../../src/http/signature.js';
import { importKey } from '../../src/key/index.js';
import { importSecret } from '../../src/key/secret.js';
import * as ecdsa from '../../src/primitive/ecdsa.js';
import * as eddsa from '../../src/primitive/ed25519.js';
import { hmacSha256 } from '../../src/primitive/hmac.js';
import * as rsa from '../../src/primitive/rsa.js';
import { byName, type Case, type Cell, get, hex, isGood, octetsOf, ofKind } from './cases.js';
import type { VectorFile } from './cases.js';

/** A message as the files have it. */
interface Given {
  readonly method?: string;
  readonly target?: string;
  readonly origin?: string;
  readonly status?: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

type Fields = readonly (readonly [string, string])[];

export function httpSignatureCells(files: readonly VectorFile[]): Cell[] {
  const algorithms = byName<HttpSignatureAlgorithm>({ ...ecdsa, ...eddsa, ...rsa }, 'signature');
  return ofKind(files, 'http-signature').flatMap(({ file, algorithm, cases }): Cell[] => {
    const isMac = algorithm === hmacSha256.name;
    const alg = isMac ? hmacSha256 : get(algorithms, algorithm);
    const keyOf = (item: Case, use: 'verify' | 'sign' | 'mac'): never => {
      if (isMac) {
        return importSecret(hex(item, 'secret'), {
          alg: hmacSha256,
          use: use as never,
          encoding: 'raw',
        }) as never;
      }
      const pem = String(item[use === 'verify' ? 'publicKey' : 'privateKey']);
      const options = { alg, use } as never;
      return importKey(pem, options) as never;
    };
    const signable = cases.filter(
      (item) => isGood(item) && (isMac || item['privateKey'] !== undefined),
    );
    const verifying: Cell = {
      title: file,
      algorithm,
      operation: 'verify',
      cases,
      ask(item) {
        const verify = (): boolean => isVerified(item, keyOf(item, 'verify'));
        const base = (): Uint8Array =>
          encodeUtf8(
            signatureBase(messageOf(item, 'message', []), { ...partsOf(item), ...sourcesOf(item) }),
          );
        return [
          [isGood(item) ? 'true' : String(item.expect), verify],
          [hexOf(encodeUtf8(String(item['base']))), base],
        ];
      },
    };
    const signing: Cell = {
      title: file,
      algorithm,
      operation: isMac ? 'tag' : 'sign',
      cases: signable,
      ask(item) {
        const sign = (): Uint8Array => {
          const { signature } = signMessage(
            messageOf(item, 'message', []),
            keyOf(item, isMac ? 'mac' : 'sign'),
            { label: String(item['label']), ...partsOf(item), ...sourcesOf(item) },
          );
          return decodeBase64(signature.slice(signature.indexOf(':') + 1, -1));
        };
        return [[String(item['signature']), sign]];
      },
    };
    return signable.length === 0 ? [verifying] : [verifying, signing];
  });
}

/** Whether everything that is covered came out, and the body where its digest is among it. */
function isVerified(item: Case, key: never): boolean {
  const { components, parameters } = partsOf(item);
  const label = String(item['label']);
  const fields: Fields = [
    ['Signature-Input', `${label}=${String(item['input'])}`],
    ['Signature', `${label}=:${base64(hex(item, 'signature'))}:`],
  ];
  const { values, body } = verifyMessage(messageOf(item, 'message', fields), key, {
    required: components,
    select: { label },
    now: Number(parameters.created),
    tolerance: 0,
    maxAge: NO_MAX_AGE,
    ...sourcesOf(item),
  });
  const count = components === NO_COMPONENTS ? 0 : components.length;
  return (
    Object.keys(values).length === count && (body !== undefined) === 'content-digest' in values
  );
}

function messageOf(item: Case, name: string, fields: Fields): HttpMessage {
  const { method, target, origin = '', status, headers, body } = item[name] as Given;
  const rawHeaders = [...headers, ...fields].flat();
  const options = { body: octetsOf(body) };
  return status === undefined
    ? readRequest({ method, url: target, headers: [], rawHeaders }, { origin, ...options })
    : readResponse({ status, headers: [], rawHeaders }, options);
}

function sourcesOf(item: Case): { readonly request?: never } {
  if (item['request'] === undefined) return {};
  return { request: messageOf(item, 'request', []) as never };
}

/** What Signature-Input says. */
function partsOf(item: Case): { components: Components; parameters: SignatureParameters } {
  const member = readDictionary(`x=${String(item['input'])}`)['x'];
  if (member === undefined || !('items' in member)) throw new Error(`${item.id} has no input`);
  const components = member.items.map(writeItem);
  return {
    components: components.length === 0 ? NO_COMPONENTS : components,
    parameters: member.params,
  };
}

function base64(octets: Uint8Array): string {
  return writeItem({ value: octets }).slice(1, -1);
}

function hexOf(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
