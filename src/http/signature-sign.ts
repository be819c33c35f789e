/**
 * Signs messages, {@link https://www.rfc-editor.org/rfc/rfc9421#section-3.1 RFC 9421, section 3.1}.
 *
 * @module
 */
import { encodeBase64 } from '../bytes/base64.js';
import { fields, integer, text } from '../bytes/octets.js';
import type { Dictionary } from '../canonical/structured-values.js';
import { writeDictionary } from '../canonical/structured-write.js';
import { contentsOf, Key } from '../key/handle.js';
import { named } from '../key/options.js';
import {
  macAsync,
  type RemoteMac,
  type RemoteMacAlgorithm,
  type RemoteSigner,
  signAsync,
} from '../key/remote.js';
import { mac, sign, type SigningAlgorithm } from '../key/use.js';
import { checkSources } from './component.js';
import { givenMessage } from './given.js';
import type { HttpMessage } from './message.js';
import { ECDSA_FORM, registeredName } from './signature-algorithm.js';
import { baseOf, coveredBy, type SignatureBaseOptions } from './signature-base.js';
import { checkCoveredDigest, readSignatureFields } from './signature-fields.js';

/** What signs here. */
export type HttpSigningKey = Key<SigningAlgorithm, 'sign'> | Key<RemoteMacAlgorithm, 'mac'>;

/** What signs here or elsewhere. */
export type AsyncHttpSigningKey = HttpSigningKey | RemoteSigner | RemoteMac;

/** What is signed, and how it is said. */
export interface SignMessageOptions extends SignatureBaseOptions {
  /** The name of this signature in the message, a key of RFC 9651; it is not signed. */
  readonly label: string;
  /** The most octets of the signature fields that are there already; 65,536 unless given. */
  readonly maxBytes?: number | undefined;
}

/** The two fields with this signature in them, and those that were there before. */
export interface SignedFields {
  readonly 'signature-input': string;
  readonly signature: string;
}

const OPTIONS = ['label', 'components', 'parameters', 'request', 'fieldTypes', 'maxBytes'];
/** Octets of fields. */
export const MAX_BYTES = 65_536;
const MOST_BYTES = 1 << 24;

/** Signs a message: what the two fields are to be, in the place of those that it has. */
export function signMessage(
  message: HttpMessage,
  key: HttpSigningKey,
  options: SignMessageOptions,
): SignedFields {
  const { alg, use } = contentsOf<SigningAlgorithm | RemoteMacAlgorithm, 'sign' | 'mac'>(key);
  const { octets, finish } = prepare(message, alg, options);
  if (use === 'mac') return finish(mac(key as Key<RemoteMacAlgorithm, 'mac'>, octets));
  return finish(sign(key as Key<SigningAlgorithm, 'sign'>, octets, ...formOf(alg)));
}

/** Signs with a handle or a remote key. */
export async function signMessageAsync(
  message: HttpMessage,
  key: AsyncHttpSigningKey,
  options: SignMessageOptions,
): Promise<SignedFields> {
  if (key instanceof Key) return signMessage(message, key, options);
  const { alg } = fields(key, 'key', 'a key that was imported here, or a remote one');
  fields(alg, 'key.alg', 'an algorithm');
  const { octets, finish } = prepare(message, alg, options);
  if ('mac' in key) return finish(await macAsync(key, octets));
  return finish(await signAsync(key, octets, ...formOf(alg)));
}

function prepare(
  given: HttpMessage,
  alg: SigningAlgorithm | RemoteMacAlgorithm,
  options: SignMessageOptions,
): { octets: Uint8Array; finish: (signature: Uint8Array) => SignedFields } {
  const { label, components, parameters, maxBytes } = named(options, 'options', OPTIONS);
  text(label, 'options.label');
  checkSources(options);
  const message = givenMessage(given);
  const most = readMaxBytes(maxBytes);
  const algorithm = registeredName(alg);
  const covered = coveredBy(components, parameters);
  if (covered.parameters.alg !== undefined && covered.parameters.alg !== algorithm) {
    throw new TypeError('options.parameters.alg: expected the name of the algorithm of the key');
  }
  const { inputs, signatures } = readSignatureFields(message, most) ?? NONE;
  if (Object.hasOwn(inputs, label)) {
    throw new TypeError('options.label: expected one that the message has not yet');
  }
  const { octets, values } = baseOf(message, covered, options);
  // Who signs a digest says that the body is this one.
  checkCoveredDigest(message, covered.components, values);
  // The label is checked before anything is signed.
  const name = writeDictionary({ [label]: { value: 1 } }).slice(0, -1);
  const [inputsBefore, signaturesBefore] = [before(inputs), before(signatures)];
  return {
    octets,
    finish: (value) =>
      Object.freeze({
        'signature-input': `${inputsBefore}${name}${covered.text}`,
        signature: `${signaturesBefore}${name}:${encodeBase64(value)}:`,
      }),
  };
}

/** The members that are there already, with what stands between them and the next. */
function before(members: Dictionary): string {
  return Object.keys(members).length === 0 ? '' : `${writeDictionary(members)}, `;
}

/** The limit on the signature fields, as the caller gave it. */
export function readMaxBytes(maxBytes: number | undefined): number {
  return maxBytes === undefined ? MAX_BYTES : integer(maxBytes, 'options.maxBytes', 1, MOST_BYTES);
}

const NONE = { inputs: {}, signatures: {} } as const;

/** ECDSA alone is told a form. */
function formOf(alg: SigningAlgorithm | RemoteMacAlgorithm): never {
  return ('family' in alg && alg.family === 'ec' ? [ECDSA_FORM] : []) as never;
}
