/**
 * The signature base, {@link https://www.rfc-editor.org/rfc/rfc9421#section-2.5 RFC 9421, section 2.5}:
 * the text that is signed.
 *
 * @module
 */
import { text } from '../bytes/octets.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import type { BareItem, Member, Parameters } from '../canonical/structured-values.js';
import { writeBareItem } from '../canonical/structured-write.js';
import { CountersignError } from '../errors.js';
import { named, seconds } from '../key/options.js';
import {
  checkSources,
  type Component,
  componentOf,
  type ComponentSources,
  componentValue,
  nothingRead,
  type ReadComponent,
  readComponent,
  type ReadParts,
} from './component.js';
import { givenMessage } from './given.js';
import type { HttpMessage } from './message.js';

/** The parameters of a signature, section 2.3. They are written in the order that they have here. */
export interface SignatureParameters {
  /** When it was made, in seconds since 1970. */
  readonly created?: number | undefined;
  /** When it ends to hold, in seconds since 1970. */
  readonly expires?: number | undefined;
  readonly nonce?: string | undefined;
  /** The registered name of the algorithm. */
  readonly alg?: string | undefined;
  readonly keyid?: string | undefined;
  /** What the signature is for, by the name of the application. */
  readonly tag?: string | undefined;
}

/** In place of components: none, which signs nothing of a message but that somebody signed. */
export const NO_COMPONENTS: unique symbol = /* @__PURE__ */ Symbol('countersign.NO_COMPONENTS');

/** Some components, or none by name. */
export type Components = readonly Component[] | typeof NO_COMPONENTS;

/** What a signature covers and says, as read. */
export interface Covered {
  readonly components: readonly ReadComponent[];
  readonly parameters: SignatureParameters;
  /** The value of `@signature-params`, section 2.3. */
  readonly text: string;
}

/** Parameters by what they are. */
const PARAMETERS: Readonly<Record<string, 'number' | 'string'>> = {
  created: 'number',
  expires: 'number',
  nonce: 'string',
  alg: 'string',
  keyid: 'string',
  tag: 'string',
};
const BASE_OPTIONS = ['components', 'parameters', 'request', 'fieldTypes'];
const PARAMETER_NAMES = Object.keys(PARAMETERS);

/** Components of one signature; each may cost as much as the longest field. */
export const MOST_COMPONENTS = 100;

/** What a signature is to cover and to say. */
export interface SignatureBaseOptions extends ComponentSources {
  /** What is covered. Cover `content-digest` to cover the body. */
  readonly components: Components;
  /** Written in the order that they have here; `created` is not put in by itself. */
  readonly parameters: SignatureParameters;
}

/** The text that `signMessage` signs and `verifyMessage` verifies, to look at. */
export function signatureBase(message: HttpMessage, options: SignatureBaseOptions): string {
  const { components, parameters } = named(options, 'options', BASE_OPTIONS);
  checkSources(options);
  return baseOf(givenMessage(message), coveredBy(components, parameters), options).base;
}

/** What a caller wants covered and said. */
export function coveredBy(components: Components, parameters: SignatureParameters): Covered {
  const read = componentsOf(components, 'components');
  const params: Record<string, BareItem> = {};
  for (const [name, value] of Object.entries(named(parameters, 'parameters', PARAMETER_NAMES))) {
    if (value === undefined) continue;
    params[name] =
      PARAMETERS[name] === 'number'
        ? seconds(value, `parameters.${name}`)
        : text(value, `parameters.${name}`);
  }
  return covered(read, params);
}

/** Reads a list of components that a caller gave; none has to be said by name. */
export function componentsOf(components: Components, what: string): readonly ReadComponent[] {
  if (components === NO_COMPONENTS) return [];
  if (!Array.isArray(components) || components.length === 0) {
    throw new TypeError(`${what}: expected components, or NO_COMPONENTS`);
  }
  return distinct((components as readonly Component[]).map(componentOf));
}

/** Reads a member of Signature-Input, section 4.1. */
export function readCovered(member: Member | undefined): Covered {
  if (member === undefined || !('items' in member)) {
    throw new CountersignError('ERR_HTTP_SIGNATURE', 'signature-input: expected an Inner List');
  }
  const { items, params = {} } = member;
  if (items.length > MOST_COMPONENTS) {
    throw new CountersignError(
      'ERR_HTTP_COMPONENT',
      `signature-input: expected at most ${MOST_COMPONENTS} components`,
    );
  }
  return covered(distinct(items.map(readComponent)), params);
}

/** A signature base, and the values of the components in it. */
export interface Base {
  readonly base: string;
  readonly octets: Uint8Array;
  /** In the order of the components. */
  readonly values: readonly string[];
}

/** Section 2.5. */
export function baseOf(
  message: HttpMessage,
  given: Covered,
  sources: ComponentSources,
  parts: ReadParts = nothingRead(),
): Base {
  const values = given.components.map((one) => componentValue(one, message, sources, parts));
  const lines = given.components.map(({ text: name }, i) => `${name}: ${values[i]}\n`);
  const base = `${lines.join('')}"@signature-params": ${given.text}`;
  return { base, octets: encodeUtf8(base), values };
}

/** Each component once, section 2.5: whoever reads a value takes one of two, and not always the same. */
export function distinct(components: readonly ReadComponent[]): readonly ReadComponent[] {
  // A few are compared faster than put into a set, and there are a hundred at most.
  const isDistinct = components.every(({ id }, i) => {
    for (let j = 0; j < i; j++) if (components[j]?.id === id) return false;
    return true;
  });
  if (isDistinct) return components;
  throw new CountersignError('ERR_HTTP_COMPONENT', 'components: expected each of them once');
}

/** The one text that components and parameters have, section 2.3; the order is theirs. */
function covered(components: readonly ReadComponent[], params: Parameters): Covered {
  const parameters: Record<string, number | string> = {};
  let written = `(${components.map((component) => component.text).join(' ')})`;
  for (const name of Object.keys(params)) {
    const value = params[name];
    const isKnown = Object.hasOwn(PARAMETERS, name) && typeof value === PARAMETERS[name];
    if (!isKnown) {
      throw new CountersignError(
        'ERR_HTTP_SIGNATURE',
        'signature-input: expected the parameters of RFC 9421, and their types',
      );
    }
    parameters[name] = value as number | string;
    written += `;${name}=${writeBareItem(value as number | string)}`;
  }
  return { components, parameters: Object.freeze(parameters), text: written };
}
