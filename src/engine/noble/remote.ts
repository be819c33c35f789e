/**
 * RSA through WebCrypto, the way out where the noble engine has no private keys.
 *
 * @module
 */
import type { RemoteEngine } from '../contract.js';
import { webCrypto } from '../web-crypto.js';

export const remote: RemoteEngine = webCrypto;
