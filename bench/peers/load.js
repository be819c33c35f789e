// @ts-check
// A peer by its name, or undefined where it is not installed. It stands here because a module is
// looked for from the file that imports it. Peers are not typed here: nothing of theirs is needed
// to check this repository, so each user says what it takes them for.

/**
 * @template M
 * @param {string} name
 * @returns {Promise<M | undefined>}
 */
export async function load(name) {
  try {
    return /** @type {never} */ (await import(name));
  } catch (error) {
    // A peer that is there and lacks something of its own is no missing peer.
    const missing =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (missing && error.message.includes(`'${name}'`)) return undefined;
    throw error;
  }
}
