/**
 * Keys for another thread. `countersign/key/worker`. A handle can't be posted: what is posted here
 * are the octets of the key in the clear, in whatever channel they are put into.
 *
 * @module
 */
import { choice, fields, octets } from '../bytes/octets.js';
import { CountersignError } from '../errors.js';
import { type AlgorithmName, contentsOf, type Key, type KeyPurpose } from './handle.js';
import type { Material } from './material.js';
import { named } from './options.js';
import {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  ALLOW_WEAK_SECRET,
  PAD_SHORT_COORDINATE,
  type Relaxation,
} from './policy.js';
import { importMaterial } from './pair.js';
import { importSecret } from './secret.js';

export type { AlgorithmName, Key, KeyPurpose, Material, Relaxation };

/** A key in the clear, as structured clone takes it. Keep it out of logs, files and databases. */
export interface WorkerKey {
  readonly format: 'countersign/worker-key/1';
  readonly algorithm: string;
  readonly use: KeyPurpose;
  readonly id: string | undefined;
  readonly relaxed: readonly string[];
  readonly material: Material;
}

const FORMAT = 'countersign/worker-key/1';
const RELAXATIONS: Readonly<Record<string, Relaxation>> = {
  ALLOW_RSA_1024,
  ALLOW_RSA_E3,
  ALLOW_WEAK_SECRET,
  PAD_SHORT_COORDINATE,
};

/** Copies a key out of its handle, in the clear, to post it to a worker of this process. */
export function exportForWorker(key: Key): WorkerKey {
  const { alg, use, id, relaxed, material } = contentsOf(key);
  const names = Object.entries(RELAXATIONS)
    .filter(([, relaxation]) => relaxed.includes(relaxation))
    .map(([name]) => name);
  return {
    format: FORMAT,
    algorithm: alg.name,
    use,
    id,
    relaxed: names,
    material: structuredCopy(material),
  };
}

/** Makes a handle of what another thread exported, for the same algorithm and the same use. */
export function importFromWorker<A extends AlgorithmName, U extends KeyPurpose>(
  exported: WorkerKey,
  options: { readonly alg: A; readonly use: U },
): Key<A, U> {
  const { alg, use } = named(options, 'options', ['alg', 'use']);
  const { name } = fields(alg, 'options.alg', 'an algorithm');
  const given = fields(exported, 'exported', 'what exportForWorker gave');
  choice(given.format, 'exported.format', [FORMAT]);
  if (given.algorithm !== name || given.use !== use) {
    throw new CountersignError(
      'ERR_KEY_USE',
      `${name}: expected a key of this algorithm and use, found one of another`,
    );
  }
  const { relaxed, id } = given;
  if (!Array.isArray(relaxed)) throw new TypeError('exported.relaxed: expected an array');
  const relax = (relaxed as unknown[]).flatMap((one) =>
    typeof one === 'string' && Object.hasOwn(RELAXATIONS, one) ? (RELAXATIONS[one] ?? []) : [],
  );
  const material = structuredCopy(given.material);
  // By the same doors as any other key: what arrives is octets that somebody posted.
  if (material.kind === 'secret') {
    const secret = { alg, use, encoding: 'raw', id, relax } as never;
    return importSecret(material.octets, secret) as unknown as Key<A, U>;
  }
  return importMaterial<never, U>(alg as never, use, material, id, relax);
}

/** The same material on memory of its own: a transfer would empty the handle's. */
function structuredCopy(material: Material): Material {
  return copyOf(material, MATERIAL_DEPTH) as Material;
}

/** Material, and in it the parts of an RSA key. */
const MATERIAL_DEPTH = 2;

function copyOf(value: unknown, depth: number): unknown {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (depth === 0 || ArrayBuffer.isView(value)) return new Uint8Array(octets(value, 'material'));
  const parts = Object.entries(fields(value as object, 'material', 'the parts of a key'));
  return Object.fromEntries(parts.map(([name, part]) => [name, copyOf(part, depth - 1)]));
}
