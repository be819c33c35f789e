// The RSA test keys of vectors/rsa/keys.json, by id.
import { rsaKeysOf } from '../portable/rsa-keys.js';
import { files } from '../vectors.js';

export const { privateParts, publicParts } = rsaKeysOf(files);
