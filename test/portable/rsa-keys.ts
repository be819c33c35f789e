// The RSA test keys of vectors/rsa/keys.json, by id.
import type { RsaPrivateParts, RsaPublicParts } from '../../src/primitive/rsa.js';
import { hex, ofKind, type VectorFile } from './cases.js';

export interface RsaKeys {
  privateParts(id: string): RsaPrivateParts;
  publicParts(id: string): RsaPublicParts;
}

export function rsaKeysOf(files: readonly VectorFile[]): RsaKeys {
  const keys = new Map(
    ofKind(files, 'rsa-keys').flatMap(({ cases }) =>
      cases.map((item): [string, RsaPrivateParts] => [
        item.id,
        {
          n: hex(item, 'n'),
          e: hex(item, 'e'),
          d: hex(item, 'd'),
          p: hex(item, 'p'),
          q: hex(item, 'q'),
          dp: hex(item, 'dp'),
          dq: hex(item, 'dq'),
          qi: hex(item, 'qi'),
        },
      ]),
    ),
  );
  const privateParts = (id: string): RsaPrivateParts => {
    const parts = keys.get(id);
    if (parts === undefined) throw new Error(`no RSA key ${id}`);
    return parts;
  };
  const publicParts = (id: string): RsaPublicParts => {
    const { n, e } = privateParts(id);
    return { n, e };
  };
  return { privateParts, publicParts };
}
