/**
 * What may be relaxed about an RSA key that verifies. Each is a symbol that stands in the calling
 * code; none is ever read from a key or a message.
 *
 * @module
 */

/** Takes a modulus of 1024 to 2047 bits, to verify alone. Old platforms sign with nothing else. */
export const ALLOW_RSA_1024: unique symbol = /* @__PURE__ */ Symbol('countersign.ALLOW_RSA_1024');

/** Takes an odd exponent from 3 to 65535, to verify alone. */
export const ALLOW_RSA_E3: unique symbol = /* @__PURE__ */ Symbol('countersign.ALLOW_RSA_E3');

/** One of the relaxations of RSA. */
export type RsaRelaxation = typeof ALLOW_RSA_1024 | typeof ALLOW_RSA_E3;
