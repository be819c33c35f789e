/**
 * The keys of SigV4 and SigV4a. Neither signs with the secret access key: SigV4 derives a key for a
 * day, a region and a service, SigV4a a key pair on P-256. Deriving costs as much as a few
 * signatures, so whoever signs or verifies often keeps the handle; nothing is kept here.
 *
 * @module
 */
import { named } from '../key/options.js';
import { text } from '../bytes/octets.js';
import { derivePair, deriveSecret } from '../key/derive.js';
import { contentsFor, type Key } from '../key/handle.js';
import type { KeyPair } from '../key/pair.js';
import type { EcdsaAlgorithm, MacAlgorithm } from '../key/use.js';
import { nameOf, partOf, writeCredential } from './sigv4-scope.js';

/** What a key of SigV4 is derived for. */
export interface SigV4KeyOptions<U> {
  readonly accessKeyId: string;
  /** Eight digits, such as `20150830`, in UTC. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly use: U;
}

/** What a key pair of SigV4a is derived for. */
export interface SigV4aKeyOptions<A> {
  readonly accessKeyId: string;
  /** `ecdsaP256Sha256`. */
  readonly alg: A;
}

/**
 * Derives the key for a day, a region and a service from a secret access key, which was imported
 * with `use: 'mac'`. Its id is the credential of the requests that it signs.
 */
export function deriveSigV4Key<A extends MacAlgorithm, U extends 'mac' | 'verify'>(
  secret: Key<A, 'mac'>,
  options: SigV4KeyOptions<U>,
): Key<A, U> {
  const names = ['accessKeyId', 'day', 'region', 'service', 'use'];
  const { use, ...given } = named(options, 'options', names);
  nameOf(contentsFor(secret, 'mac').alg);
  const accessKeyId = partOf(given.accessKeyId, 'options.accessKeyId');
  const region = partOf(given.region, 'options.region');
  const service = partOf(given.service, 'options.service');
  const day = text(given.day, 'options.day');
  if (!/^[0-9]{8}$/.test(day)) throw new TypeError('options.day: expected eight digits');
  return deriveSecret(secret, {
    prefix: 'AWS4',
    labels: [day, region, service, 'aws4_request'],
    use,
    id: writeCredential({ accessKeyId, day, region, service }),
  });
}

/** Derives the key pair of SigV4a. Its id is the access key id. */
export function deriveSigV4aKeyPair<A extends EcdsaAlgorithm>(
  secret: Key<MacAlgorithm, 'mac'>,
  options: SigV4aKeyOptions<A>,
): KeyPair<A> {
  const { accessKeyId, alg } = named(options, 'options', ['accessKeyId', 'alg']);
  const id = partOf(accessKeyId, 'options.accessKeyId');
  return derivePair(secret, {
    alg,
    prefix: 'AWS4A',
    label: 'AWS4-ECDSA-P256-SHA256',
    context: id,
    id,
  });
}
