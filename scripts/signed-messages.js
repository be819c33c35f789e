// @ts-check
// Messages signed by the openssl command with a key that it made, for engines that don't sign with
// RSA: test/provider/signed.json. Run it after a build; key and signatures are new each time.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importPublicKey } from 'countersign/key/rsa';
import { signAsync } from 'countersign/scheme';
import { samples } from 'countersign/testing';

/** @typedef {import('countersign/alg/rsa').RsaAlgorithm} RsaAlgorithm */

const NOW = 1_700_000_000;
const FILE = new URL('../test/provider/signed.json', import.meta.url);

const dir = mkdtempSync(join(tmpdir(), 'signed-'));
const [key, text] = [join(dir, 'key.pem'), join(dir, 'text')];
/** @param {string[]} args */
const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', key);
const publicKey = openssl('pkey', '-in', key, '-pubout').toString();

/**
 * @param {Uint8Array} octets
 * @param {string} name of the algorithm
 */
function signed(octets, name) {
  writeFileSync(text, octets);
  const hash = name.slice(name.indexOf('SHA-')).replace('SHA-', '-sha');
  const pss = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'];
  const options = name.startsWith('RSASSA-PSS') ? pss : [];
  return new Uint8Array(openssl('dgst', hash, '-sign', key, ...options, text));
}

/** @param {import('countersign/scheme').SchemeMessage} message */
const written = ({ method, url, headers = [], body = new Uint8Array(0) }) => ({
  method,
  url,
  headers,
  body: Buffer.from(body).toString('base64'),
});

const cases = [];
for (const { scheme, message, values = {}, settings, keyId: id = 'by-openssl', note } of samples) {
  for (const { kind, name } of scheme.algs) {
    if (kind !== 'signature' || !name.startsWith('RSA')) continue;
    const alg = /** @type {RsaAlgorithm} */ (scheme.algs.find((one) => one.name === name));
    /** @type {import('countersign/key/remote').RemoteSigner<RsaAlgorithm>} */
    const signer = {
      alg,
      publicKey: importPublicKey(publicKey, { alg, use: 'verify', id }),
      keyId: id,
      input: 'message',
      format: 'raw',
      sign: (octets) => Promise.resolve(signed(octets, name)),
    };
    const options = { now: NOW, values, settings: settings ?? {} };
    const made = await signAsync(scheme, message, /** @type {never} */ (signer), options);
    const [unsigned, sent] = [written(message), written(made)];
    const of = { scheme: scheme.id, algorithm: name, note, keyId: id };
    cases.push({ ...of, values, settings, unsigned, signed: sent });
  }
}
rmSync(dir, { recursive: true });
const madeBy = `${openssl('version').toString().trim()}, scripts/signed-messages.js`;
writeFileSync(FILE, `${JSON.stringify({ madeBy, now: NOW, publicKey, cases }, null, 2)}\n`);
process.stdout.write(`${cases.length} messages\n`);
