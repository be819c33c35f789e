// Libraries of others, where they are installed.

/** The peer, or undefined where it is not installed. CI has them all. */
export async function installed<P>(
  name: string,
  peer: Promise<P | undefined>,
): Promise<P | undefined> {
  const found = await peer;
  if (found === undefined && process.env['CI'] === 'true') throw new Error(`${name} is missing`);
  return found;
}
