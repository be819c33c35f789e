// @ts-check
// Hex, Base64, base64url, DER, PEM. Whoever forgives, Buffer among them, is given the same
// strictness: what was read is written again and compared.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import {
  decodeBase64,
  decodeBase64Url,
  decodeHex,
  decodePem,
  derChildren,
  encodeBase64,
  encodeBase64Url,
  encodeHex,
  readDer,
} from 'countersign/bytes';
import { defineCase, peer } from '../case.js';
import * as reference from '../floor/reference.js';
import { messages, spoilt, TAMPERED, twoPairs } from '../inputs.js';
import { forge } from '../peers/forge.js';
import { joseBase64Url } from '../peers/jose.js';

/** @typedef {{ octets: Uint8Array, text: string }} Input */
/** @typedef {'hex' | 'base64' | 'base64url'} Encoding */
/** @typedef {{ encode: (octets: Uint8Array) => string, decode: (text: string) => Uint8Array }} Codec */

const SIZES = [32, 256, 1024];
/** DER of a SEQUENCE. */
const SEQUENCE = 0x30;

const REFERENCE_DECODERS = {
  hex: reference.hex,
  base64: reference.base64,
  base64url: reference.base64url,
};

/** @type {Record<Encoding, Codec>} */
const ours = {
  hex: {
    encode: (octets) => encodeHex(octets, 'lower'),
    decode: (text) => decodeHex(text, 'lower'),
  },
  base64: { encode: encodeBase64, decode: decodeBase64 },
  base64url: { encode: encodeBase64Url, decode: decodeBase64Url },
};

export const suite = {
  title: 'Codecs',
  about:
    'Reference: `Buffer`, with what was decoded written again and compared, since its decoders ' +
    'take what is no hex and no Base64. The same is done around a peer that forgives.',
  cases: [
    ...SIZES.flatMap((size) =>
      /** @type {const} */ (['hex', 'base64', 'base64url']).flatMap((encoding) => [
        codecCase(encoding, 'decode', size),
        codecCase(encoding, 'encode', size),
      ]),
    ),
    derCase(),
    pemCase(),
  ],
};

/** @param {Encoding} encoding @param {'encode' | 'decode'} job @param {number} size */
function codecCase(encoding, job, size) {
  return defineCase({
    name: `${encoding} ${job}`,
    size,
    quick: size === 32,
    async build() {
      /** @type {Input[]} */
      const inputs = messages(size).map((octets) => {
        return { octets, text: Buffer.from(octets).toString(encoding) };
      });
      const run = (/** @type {Codec} */ codec) =>
        job === 'encode'
          ? (/** @type {Input} */ { octets }) => codec.encode(octets)
          : (/** @type {Input} */ { text }) => codec.decode(text);
      const peers =
        encoding === 'hex'
          ? [peer('@noble/hashes', { bytesToHex, hexToBytes }, () => run(nobleHex))]
          : [];
      if (encoding === 'base64url') {
        peers.push(
          peer('jose', await joseBase64Url(), ({ encode, decode }) =>
            run({ encode, decode: strictly({ encode, decode }) }),
          ),
        );
      }
      return {
        inputs,
        tampered: job === 'encode' ? spoilt(inputs, 'octets') : forgivenTexts(inputs, encoding),
        isRight: (result, { octets, text }) =>
          job === 'encode'
            ? result === text
            : result instanceof Uint8Array && Buffer.compare(result, octets) === 0,
        subjects: [
          { name: 'countersign', role: 'ours', run: run(ours[encoding]) },
          { name: 'reference', role: 'reference', run: run(referenceCodec(encoding)) },
          ...peers,
        ],
      };
    },
  });
}

/**
 * Texts that forgiving decoders read as the octets of the genuine one.
 * @param {readonly Input[]} inputs
 * @param {Encoding} encoding
 */
function forgivenTexts(inputs, encoding) {
  return inputs.slice(0, TAMPERED).map((input, i) => {
    if (encoding === 'hex') return { ...input, text: `${input.text}${i % 2 === 0 ? 'g' : '0'}` };
    if (encoding === 'base64')
      return { ...input, text: `${input.text.slice(0, 8)}\n${input.text.slice(8)}` };
    return { ...input, text: i % 2 === 0 ? `${input.text}=` : ` ${input.text}` };
  });
}

/** @type {Codec} */
const nobleHex = {
  encode: bytesToHex,
  // It takes capital letters as well.
  decode: strictly({ encode: bytesToHex, decode: hexToBytes }),
};

/** @param {Codec} codec @returns {Codec['decode']} */
function strictly({ encode, decode }) {
  return (text) => {
    const octets = decode(text);
    if (encode(octets) !== text) throw new Error('another spelling');
    return octets;
  };
}

/** @param {Encoding} encoding @returns {Codec} */
function referenceCodec(encoding) {
  return {
    encode: (octets) =>
      Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString(encoding),
    decode: REFERENCE_DECODERS[encoding],
  };
}

function derCase() {
  return defineCase({
    name: 'DER, the fields of an RSA private key',
    quick: true,
    async build() {
      const inputs = twoPairs('RSA 2048').map(({ privateKey }) => {
        const der = privateKey.export({ format: 'der', type: 'pkcs1' });
        return { der: new Uint8Array(der) };
      });
      const cut = inputs.map(({ der }) => ({ der: der.subarray(0, -1) }));
      return {
        inputs,
        tampered: cut,
        isRight: (result) => result === 9,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: (/** @type {{ der: Uint8Array }} */ { der }) =>
              derChildren(readDer(der, SEQUENCE)).length,
          },
          peer(
            'node-forge',
            await forge(),
            ({ fromDer }) =>
              (/** @type {{ der: Uint8Array }} */ { der }) => {
                const { value } = /** @type {{ value: unknown[] }} */ (fromDer(der));
                return value.length;
              },
          ),
        ],
      };
    },
  });
}

function pemCase() {
  return defineCase({
    name: 'PEM, an RSA private key',
    quick: true,
    build() {
      const inputs = twoPairs('RSA 2048').map(({ privatePem, privateKey }) => {
        const der = privateKey.export({ format: 'der', type: 'pkcs8' });
        return { pem: privatePem, der: new Uint8Array(der) };
      });
      /** @typedef {typeof inputs[number]} Pem */
      return {
        inputs,
        tampered: inputs.map(({ pem, der }) => ({ pem: pem.replace('M', 'M!'), der })),
        isRight: (result, { der }) =>
          result instanceof Uint8Array && Buffer.compare(result, der) === 0,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: (/** @type {Pem} */ { pem }) => decodePem(pem).content,
          },
          {
            name: 'reference',
            role: 'reference',
            run: (/** @type {Pem} */ { pem }) => reference.pem(pem, 'PRIVATE KEY'),
          },
        ],
      };
    },
  });
}
