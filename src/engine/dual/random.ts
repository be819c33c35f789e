/**
 * Random octets are drawn once: there is nothing to compare.
 *
 * @module
 */
export { fillRandom } from '../node/random.js';
