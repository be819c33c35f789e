/**
 * How the engines hide their keys and hand out results.
 *
 * @module
 */
import type { Bytes, EngineKey } from './contract.js';

/**
 * A plain `Uint8Array` over memory of its own: a Buffer would bring other methods along and may be
 * a window on a pool that holds other callers' octets.
 */
export function plain(buffer: Uint8Array): Bytes {
  return buffer.byteLength === buffer.buffer.byteLength && buffer.buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer.buffer)
    : new Uint8Array(buffer);
}

/** Hands out a state as an opaque key. */
export function hide<Kind extends string>(state: object): EngineKey<Kind> {
  return state as EngineKey<Kind>;
}

/** Looks into a key of the same engine; one process has one, and primitive/ checks the kind. */
export function look<State>(key: EngineKey<string>): State {
  return key as State;
}
