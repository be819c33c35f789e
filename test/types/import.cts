// CommonJS that imports the package when it needs it, as `module: node16` wants it.
async function tagged(message: Uint8Array): Promise<Uint8Array> {
  const { generateSecret, hmacSha256, mac } = await import('countersign');
  return mac(generateSecret({ alg: hmacSha256, use: 'mac' }), message);
}

void check();

async function check(): Promise<void> {
  const tag = await tagged(new Uint8Array([1, 2, 3]));
  if (tag.length !== 32) throw new Error('not so: the length of a tag');
}
