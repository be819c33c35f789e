/**
 * What a message claims about its key, so that it can be fetched before the message is verified.
 *
 * @module
 */
import { createBuild } from './build.js';
import type { AnyDescription } from './description.js';
import { openCall, type SchemeMessage } from './message.js';
import type { Identity, Scheme } from './scheme.js';
import type { Unverified } from './verified.js';
import { engineOf, readValues } from './verify.js';

/** Reads what a message claims. Nothing of it is verified. */
export function identify(scheme: Scheme, message: SchemeMessage): Unverified<Identity> {
  const engine = engineOf(scheme);
  if (engine.description === undefined) return engine.identify?.(message) as Unverified<Identity>;
  const { description } = engine;
  const known = compiled.get(description) ?? compile(description);
  compiled.set(description, known);
  return known(message) as Unverified<Identity>;
}

type Identify = (message: SchemeMessage) => Identity;

/** Of each description that was asked for. */
const compiled = /* @__PURE__ */ new WeakMap<AnyDescription, Identify>();

function compile(description: AnyDescription): Identify {
  const { keys, hints = [] } = description;
  const build = createBuild(description);
  const readId = keys.slot === undefined ? undefined : build.slot(keys.slot);
  const readers = hints.map((name) => [name, build.slot(name)] as const);
  // What is configured is in no message, and nobody is asked for it here.
  return (message) => {
    const call = openCall(message, undefined, []);
    return Object.freeze({
      keyId: readId?.(call),
      hints: Object.freeze(readValues(readers, call)) as Identity['hints'],
    });
  };
}
