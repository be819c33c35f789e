/**
 * Whom a path must end at. A CA signs for all its customers, so a path that ends at a given root
 * says that somebody paid for a certificate; the pin says who.
 *
 * @module
 */
import { derObjectId } from '../bytes/der.js';
import { choice, fields, text } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import type { Certificate } from './x509-certificate.js';

/** What the leaf, or its issuer, must have. */
export type Pin = SubjectPin | ExtensionPin;

/** The leaf's subject has exactly one attribute of this type, and it has this value. */
export interface SubjectPin {
  readonly subject: {
    /** In dotted decimal; `2.5.4.3` is the common name. */
    readonly oid: string;
    /** The decoded string, character by character. */
    readonly value: string;
  };
}

/** An extension that the CA gives to nobody else. */
export interface ExtensionPin {
  /** In dotted decimal. */
  readonly extension: string;
  /** In which certificate: the leaf, or the one that issued it. */
  readonly in: 'leaf' | 'issuer';
}

/** Says that any certificate below the roots will do: they belong to a CA with one customer. */
export const NO_PIN: unique symbol = /* @__PURE__ */ Symbol('countersign.NO_PIN');

/** More than anyone needs. */
const MOST_PINS = 16;

/** The pins that a caller gave, copied. */
export function readPins(given: Pin | readonly Pin[] | typeof NO_PIN): readonly Pin[] {
  if (given === NO_PIN) return [];
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (!(1 <= list.length && list.length <= MOST_PINS)) {
    throw new TypeError(`options.pin: expected 1 to ${MOST_PINS} pins, or NO_PIN`);
  }
  return list.map((one) => readPin(one as Pin));
}

/** Refuses a leaf, or its issuer, that a pin does not fit. */
export function checkPins(
  pins: readonly Pin[],
  leaf: Certificate,
  issuer: Certificate | undefined,
): void {
  for (const pin of pins) {
    if (!('subject' in pin)) {
      const { extension, in: place } = pin;
      const extensions = (place === 'leaf' ? leaf : issuer)?.extensions ?? [];
      if (extensions.some(({ oid }) => oid === extension)) continue;
      throw pinError(`expected the extension ${extension} in the ${place}`);
    }
    const { oid, value } = pin.subject;
    const values = leaf.subject.attributes.filter((attribute) => attribute.oid === oid);
    if (values.length === 1 && values[0]?.value === value) continue;
    throw pinError(
      values.length === 1
        ? `expected another value of the attribute ${oid} in the subject of the leaf`
        : `expected one attribute ${oid} in the subject of the leaf, found ${values.length}`,
    );
  }
}

/** An object identifier as the reader writes it, so that `2.5.4.03` pins nothing by mistake. */
export function objectId(value: unknown, what: string): string {
  const dotted = text(value, what);
  derObjectId(dotted); // of one spelling alone
  return dotted;
}

function readPin(given: Pin): Pin {
  const what = 'options.pin';
  const pin = fields(given, what, '{ subject } or { extension, in }');
  const { subject, extension, in: place } = pin as Partial<SubjectPin & ExtensionPin>;
  if ((subject === undefined) === (extension === undefined)) {
    throw new TypeError(`${what}: expected { subject } or { extension, in }`);
  }
  if (subject === undefined) {
    return {
      extension: objectId(extension, `${what}.extension`),
      in: choice(place, `${what}.in`, ['leaf', 'issuer']),
    };
  }
  const { oid, value } = fields(subject, `${what}.subject`, '{ oid, value }');
  return {
    subject: {
      oid: objectId(oid, `${what}.subject.oid`),
      value: text(value, `${what}.subject.value`),
    },
  };
}

function pinError(message: string): CountersignError {
  return new CountersignError('ERR_PATH_PIN', message);
}
