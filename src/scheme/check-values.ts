/**
 * Whether the values of a description are of their kinds. The types say so to whoever compiles; a
 * program in JavaScript hears it here, by the name of what is wrong.
 *
 * @module
 */
import { choice, fields, text } from '../bytes/octets.js';
import type { AnyDescription } from './description.js';

/** It is bound into keys of replays, and stands in file names and addresses. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const DIRECTIONS = ['callback', 'request', 'response', 'client'] as const;
const EDGES = ['inclusive', 'exclusive'] as const;

/** Refuses what is not of its kind. */
export function checkValues(description: AnyDescription): void {
  const { id, version, title, direction, slots, message, attempts, algs } = description;
  const { keys, secret, signature, covers, time } = description;
  if (!ID.test(text(id, at('id')))) throw wrong('id', "lower case, digits and '-': my-scheme");
  if (!(Number.isSafeInteger(version) && version >= 1)) throw wrong('version', 'an integer from 1');
  if (text(title, at('title')) === '') throw wrong('title', 'text');
  choice(direction, at('direction'), DIRECTIONS);
  for (const [name, of] of Object.entries(fields(slots, at('slots'), 'sources by their names'))) {
    if (!has(of, 'read')) throw wrong(`slots.${name}`, "a source, such as header('X-Id')");
  }
  checkParts(message, 'message');
  for (const attempt of list(attempts ?? [], 'attempts')) {
    text(fields(attempt, at('attempts'), '{ name, message }').name, at('attempts: name'));
    checkParts(attempt.message, 'attempts: message');
  }
  for (const alg of list(algs, 'algs')) {
    if (!isAlgorithm(alg)) throw wrong('algs', 'algorithms, such as hmacSha256');
  }
  if (algs.length === 0) throw wrong('algs', 'an algorithm');
  if (!has(keys, 'compile')) throw wrong('keys', 'anyKey or keyById(slot)');
  const { encoding } = fields(signature, at('signature'), '{ slot, encoding }');
  if (!has(encoding, 'decode') || !has(encoding, 'encode')) {
    throw wrong('signature.encoding', 'an encoding, such as hexLower');
  }
  fields(covers, at('covers'), 'what the message says');
  checkSecretText(secret, algs);
  if (time === undefined) return;
  const { unit, edge } = fields(time, at('time'), '{ slot, unit, past, future, edge }');
  if (!has(unit, 'read') || !has(unit, 'write')) {
    throw wrong('time.unit', 'a unit, such as unixSeconds');
  }
  choice(edge, at('time.edge'), EDGES);
}

/** A shared secret is text somewhere, and how it becomes octets is said; of public keys there is none. */
function checkSecretText(secret: AnyDescription['secret'], algs: AnyDescription['algs']): void {
  const isShared = algs.some(({ kind }) => !kind.endsWith('signature'));
  if (!isShared && secret !== undefined) throw wrong('secret', 'none, since it has public keys');
  if (isShared && !has(secret, 'read')) {
    throw wrong('secret', 'how its text becomes octets: utf8Secret, hexSecret or base64Secret()');
  }
}

function checkParts(parts: readonly unknown[], what: string): void {
  for (const part of list(parts, what)) {
    if (typeof part !== 'string' && !has(part, 'emit')) {
      throw wrong(what, "parts, such as slot('time'), '.', body");
    }
  }
}

function list<T>(value: T, what: string): T {
  if (Array.isArray(value)) return value;
  throw wrong(what, 'an array');
}

function isAlgorithm(value: unknown): boolean {
  return typeof (value as { readonly kind?: unknown } | null | undefined)?.kind === 'string';
}

/** Whether a value is what a constructor of this folder makes: it has a function of this name. */
function has(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return typeof (value as Readonly<Record<string, unknown>>)[name] === 'function';
}

function at(what: string): string {
  return `description: ${what}`;
}

function wrong(what: string, expected: string): TypeError {
  return new TypeError(`${at(what)}: expected ${expected}`);
}
