// @ts-check
// X.509: reading a certificate, and verifying a path of a leaf, an authority and a root.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readCertificate } from 'countersign/key/x509';
import { NO_PIN, verifyPath } from 'countersign/key/x509-path';
import { defineCase, peer } from '../case.js';
import * as reference from '../floor/reference.js';
import { forge } from '../peers/forge.js';
import { jsrsasign } from '../peers/jsrsasign.js';

/** @typedef {{ der: Uint8Array, pem: string }} Input */

const NOW = 1_893_456_000;
const PATH = ['Leaf', 'CA', 'Root'];

export const suite = {
  title: 'Certificates',
  about:
    'Reading: names, times, serial, key and extensions. Reference: `X509Certificate` and what it ' +
    'tells of the same; it parses each member when it is asked for. A path is verified after its ' +
    'certificates were read: validity, names, authority, signatures.',
  cases: [readCase('RSA leaf'), readCase('P-256 leaf'), pathCase()],
};

/** @param {string} label */
function readCase(label) {
  return defineCase({
    name: `read, ${label}`,
    quick: true,
    async build() {
      const pair = [label, label.replace('leaf', 'root')].map(inputOf);
      return {
        inputs: pair,
        tampered: pair.map(({ der }) => inputFrom(der.subarray(0, der.length >> 1))),
        isRight: (result) => typeof result === 'object' && result !== null,
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: (/** @type {Input} */ { der }) => readCertificate(der),
          },
          {
            name: 'reference',
            role: 'reference',
            run: (/** @type {Input} */ { der }) => reference.certificate(der),
          },
          peer('jsrsasign', await jsrsasign(), ({ X509 }) => (/** @type {Input} */ { pem }) => {
            const read = new X509();
            read.readCertPEM(pem);
            const times = [read.getNotBefore(), read.getNotAfter()];
            const names = [read.getSubjectString(), read.getIssuerString()];
            return { times, names, serial: read.getSerialNumberHex(), key: read.getPublicKey() };
          }),
          ...(label.startsWith('RSA')
            ? [
                peer(
                  'node-forge',
                  await forge(),
                  ({ pki }) =>
                    (/** @type {Input} */ { pem }) =>
                      pki.certificateFromPem(pem),
                ),
              ]
            : []),
        ],
      };
    },
  });
}

function pathCase() {
  return defineCase({
    name: 'verify a path of three',
    quick: true,
    build() {
      const [leaf, ca, root] = PATH.map(inputOf);
      const other = inputOf('Root of the same name');
      const paths = [root, other].map((top) =>
        [leaf, ca, top].map((input) => input?.der ?? new Uint8Array(0)),
      );
      const [inputs, tampered] = paths.map((path) => [
        { ours: path.map(readCertificate), node: path.map((der) => new X509Certificate(der)) },
      ]);
      /** @typedef {NonNullable<typeof inputs>[number]} Path */
      return {
        inputs: inputs ?? [],
        tampered: tampered ?? [],
        isRight: (result) => result === true || (typeof result === 'object' && result !== null),
        subjects: [
          {
            name: 'countersign',
            role: 'ours',
            run: (/** @type {Path} */ { ours }) =>
              verifyPath(ours.slice(0, 2), { roots: ours.slice(2), now: NOW, pin: NO_PIN }),
          },
          {
            name: 'reference',
            role: 'reference',
            run: (/** @type {Path} */ { node }) =>
              reference.isPath(/** @type {never} */ (node), NOW),
          },
        ],
      };
    },
  });
}

/** A test certificate. @param {string} label @returns {Input} */
function inputOf(label) {
  const file = new URL('../../test/key/certificates/paths.json', import.meta.url);
  /** @type {{ certificates: Record<string, { der: string }> }} */
  const { certificates } = /** @type {never} */ (JSON.parse(readFileSync(file, 'utf8')));
  return inputFrom(new Uint8Array(Buffer.from(certificates[label]?.der ?? '', 'base64')));
}

/** @param {Uint8Array} der @returns {Input} */
function inputFrom(der) {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
  return { der, pem };
}
