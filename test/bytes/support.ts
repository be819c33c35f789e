// What the tests of src/bytes share: hexadecimal by Buffer, and refusals as text to compare.
import { CountersignError } from '../../src/errors.js';

/** Octets written in hexadecimal, with spaces anywhere. */
export function fromHex(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(digits.replaceAll(' ', ''), 'hex'));
}

export function toHex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex');
}

/**
 * How a call is refused: the code of a CountersignError, or `TypeError: ARGUMENT` for one that this
 * package throws. An error of the platform itself is no refusal and fails the test.
 */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof CountersignError) return error.code;
    const argument = error instanceof TypeError && /^(\w+): expected /.exec(error.message)?.[1];
    if (typeof argument === 'string') return `TypeError: ${argument}`;
    throw error;
  }
  return 'accepted';
}

/** Every UTF-16 code unit that `accept` does not refuse, as one string. */
export function unitsThat(accept: (unit: string) => unknown): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0; // 65,000 stacks would take most of the time
  try {
    return Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit))
      .filter((unit) => refusal(() => accept(unit)) === 'accepted')
      .join('');
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
