// @ts-check
// What a peer that throws thinks of a message: false is its own refusal, by the class or the code
// that it throws for one. Any other error goes on, so that a peer called wrongly refuses nothing.

/**
 * @param {() => unknown} check
 * @param {(error: unknown) => boolean} isRefusal
 * @returns {boolean}
 */
export function verdict(check, isRefusal) {
  try {
    check();
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/**
 * @param {Promise<unknown>} checking
 * @param {(error: unknown) => boolean} isRefusal
 * @returns {Promise<boolean>}
 */
export async function verdictOf(checking, isRefusal) {
  try {
    await checking;
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
