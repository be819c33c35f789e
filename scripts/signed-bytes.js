// @ts-check
// docs/what-is-signed.md, whole: for each scheme the octets that go into the MAC or the signature,
// computed here on one request. Prints it; with --write writes it.
import { writeFileSync } from 'node:fs';
import { hmacSha256 } from 'countersign/alg/hmac';
import { decodeBase64Url, encodeHex, encodeUtf8 } from 'countersign/bytes';
import { encodeFormComponent, writeForm } from 'countersign/canonical/form';
import { writeJsonText } from 'countersign/canonical/json';
import { encodeTuple } from 'countersign/canonical/tuple';
import { legacyDigest, signCavage } from 'countersign/http/cavage';
import { createDigest } from 'countersign/http/digest';
import { prepareRequest } from 'countersign/http/message';
import { oauth1Secret, signOauth1 } from 'countersign/http/oauth1';
import { signatureBase } from 'countersign/http/signature';
import { deriveSigV4Key, signSigV4 } from 'countersign/http/sigv4';
import { signJws } from 'countersign/jose/jws';
import { signJwt } from 'countersign/jose/jwt';
import { importSecret } from 'countersign/key/secret';

const PAGE = new URL('../docs/what-is-signed.md', import.meta.url);
const NOW = 1_795_284_000;
const body = encodeUtf8('{"amount":"100.00","order":"1217752501"}');
const key = importSecret('example-secret-of-32-characters!', {
  alg: hmacSha256,
  use: 'mac',
  encoding: 'utf8',
});

/** @param {Record<string, string>} [headers] */
const request = (headers) =>
  prepareRequest({
    method: 'POST',
    url: 'https://api.example.com/v1/pay?a=1&b=two%20words',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });

/** @param {string} text */
const shown = (text) => `\`\`\`text\n${text}\n\`\`\``;

/**
 * A paragraph in lines of at most 100 columns.
 * @param {string} text
 */
const wrapped = (text) =>
  text
    .split(/\s+/)
    .reduce(
      (lines, word) => {
        const line = `${lines.at(-1)} ${word}`;
        return line.length <= 100 ? [...lines.slice(0, -1), line.trimStart()] : [...lines, word];
      },
      [''],
    )
    .join('\n');

/**
 * @param {string} title
 * @param {string} what what goes in
 * @param {string} text
 * @param {string} not what does not
 */
const section = (title, what, text, not) =>
  [`## ${title}`, wrapped(what), shown(text), wrapped(`Not signed: ${not}`)].join('\n\n');

const page = [
  `# What exactly is signed

A signature is one over octets. When one does not verify, the octets differ, and the first thing to
look at is which they were. This page has them for every scheme of this package, on one request:`,
  shown(`POST /v1/pay?a=1&b=two%20words HTTP/1.1
Host: api.example.com
Content-Type: application/json

${new TextDecoder().decode(body)}`),
  `The blocks are computed from the code by \`scripts/signed-bytes.js\`, and a test holds them against
it. Lines end with one line feed, which stands between them and not behind the last, unless a line
says otherwise. Every scheme has a function that gives you the same for a message of your own; it is
named with each.`,
  json(),
  forms(),
  tuples(),
  rfc9421(),
  cavage(),
  sigv4(),
  oauth1(),
  jws(),
  unencoded(),
  jwt(),
  `## JWE

Nothing is signed. The protected header, the first part of what \`encryptJwe\` makes, is authenticated
with the content: it is the additional data of the AEAD, in ASCII. In ECDH-ES the name of the
algorithm, the size of the key and both parties' names go into the key. Whoever has the public key
can make one, so a JWE tells nothing of its sender.

## DPoP, client assertions, access tokens

JWTs, signed as above: \`createDpopProof\`, \`createClientAssertion\` and \`signJwt\` make them. What
binds a proof to its request is claims: \`htm\` and \`htu\`, the method and the URL without query and
fragment, \`ath\`, the SHA-256 of the access token, and \`nonce\`. The query, the fields and the body
of the request are not signed.`,
].join('\n\n');

if (process.argv.includes('--write')) writeFileSync(PAGE, `${page}\n`);
else console.log(page);

function json() {
  const text = writeJsonText({ order: '1217752501', amount: 100.5, tags: ['é', '\n'], a: 1e21 });
  return section(
    'Canonical JSON',
    'RFC 8785: the whole value, in UTF-8. `writeJsonText` of `countersign/canonical/json` writes it.',
    text,
    'white space, the order of members, and how numbers and characters were spelled before.',
  );
}

function forms() {
  const text = new TextDecoder().decode(
    writeForm(
      [
        { name: encodeUtf8('b'), value: encodeUtf8('two words') },
        { name: encodeUtf8('a'), value: encodeUtf8('1') },
      ],
      { sort: 'octets', encode: 'rfc3986', equals: '=', joiner: '&' },
    ),
  );
  return section(
    'Sorted parameters',
    `What the rules say that you pass to \`writeForm\` of \`countersign/canonical/form\`; here sorted by
octets and encoded as RFC 3986 has it. (An HTML form would have written
\`${encodeFormComponent(encodeUtf8('two words'))}\`.)`,
    text,
    'the order in which they came, unless the rules keep it.',
  );
}

function tuples() {
  const octets = encodeTuple('example/payment/v1', [
    encodeUtf8('1217752501'),
    encodeUtf8('100.00'),
  ]);
  const text = (encodeHex(octets, 'lower').match(/.{1,64}/g) ?? []).join('\n');
  return section(
    'Tuples',
    `A label and a list of octet strings, each behind its length: \`encodeTuple\` of
\`countersign/canonical/tuple\`. In hexadecimal, on two lines here and in one piece there: the label
\`example/payment/v1\`, the order, the amount.`,
    text,
    'nothing is left out, and no other list has these octets.',
  );
}

function rfc9421() {
  const base = signatureBase(request({ 'Content-Digest': createDigest(body, ['sha-256']) }), {
    components: ['@method', '@target-uri', 'content-type', 'content-digest'],
    parameters: { created: NOW, keyid: 'example' },
  });
  return section(
    'HTTP Message Signatures, RFC 9421',
    `The components that the signer lists, and the list itself: \`signatureBase\` of
\`countersign/http/signature\`. A verifier says which of them it requires.`,
    base,
    `every field and part that is not in the list, and the label. The body is signed by
\`content-digest\`, if that is in the list.`,
  );
}

function cavage() {
  const { signingString } = signCavage(request({ Digest: legacyDigest(body, 'SHA-256') }), key, {
    keyId: 'example',
    headers: ['(request-target)', '(created)', 'host', 'digest'],
    algorithm: 'hs2019',
    field: 'signature',
    created: NOW,
  });
  return section(
    'draft-cavage-http-signatures-12',
    '`signCavage` of `countersign/http/cavage` gives it as `signingString`.',
    signingString,
    `\`keyId\` and \`algorithm\`; the parameters \`created\` and \`expires\` unless \`(created)\` and
\`(expires)\` are in the list. The body is signed by \`digest\`, if that is in the list.`,
  );
}

function sigv4() {
  const secret = importSecret('example/secret/access/key/of/40/letters', {
    alg: hmacSha256,
    use: 'mac',
    encoding: 'utf8',
  });
  const signing = deriveSigV4Key(secret, {
    accessKeyId: 'AKIDEXAMPLE',
    day: '20261121',
    region: 'eu-central-1',
    service: 'execute-api',
    use: 'mac',
  });
  const { canonicalRequest, stringToSign } = signSigV4(request(), signing, {
    now: NOW,
    path: 'normalized',
    payload: 'signed',
    headers: ['content-type'],
  });
  return section(
    'AWS Signature Version 4',
    `Two texts: the digest of the first is the last line of the second, which is signed.
\`signSigV4\` of \`countersign/http/sigv4\` gives them as \`canonicalRequest\` and \`stringToSign\`.`,
    `${canonicalRequest}\n\`\`\`\n\n\`\`\`text\n${stringToSign}`,
    `fields that are not in the list, but for \`host\` and \`x-amz-*\`, which must be. The body is signed
by its digest, unless \`UNSIGNED-PAYLOAD\` stands in its place.`,
  );
}

function oauth1() {
  const secret = oauth1Secret(
    { consumerKey: 'consumer', consumerSecret: 'example-secret-of-32-characters!' },
    { alg: hmacSha256, use: 'mac' },
  );
  const { baseString } = signOauth1(request(), secret, {
    now: NOW,
    consumerKey: 'consumer',
    nonce: 'n-0S6_WzA2Mj',
    query: 'decoded',
    body: 'hash',
  });
  return section(
    'OAuth 1.0a',
    `Method, URL and all parameters, sorted, encoded, and encoded once more: \`signOauth1\` of
\`countersign/http/oauth1\` gives it as \`baseString\`. One line; it is long.`,
    baseString,
    `fields, and the body unless it is a form or \`oauth_body_hash\` is there. \`realm\` is not signed.`,
  );
}

/** @param {string} token */
function input(token) {
  return token.slice(0, token.lastIndexOf('.'));
}

/** @param {string} part */
function decoded(part) {
  return new TextDecoder().decode(decodeBase64Url(part));
}

function jws() {
  const text = input(signJws(body, key, { header: { kid: 'example' } }));
  return section(
    'JWS',
    `The first two parts of the compact form, which \`signJws\` makes, with the point between them. The
first is the protected header, \`${decoded(text.split('.')[0] ?? '')}\`.`,
    text,
    'in the JSON forms the unprotected header, which therefore is not in any result.',
  );
}

function unencoded() {
  const token = signJws(body, key, { header: { kid: 'example' }, b64: false });
  const [header = ''] = token.split('.');
  return section(
    'JWS with an unencoded payload, RFC 7797',
    `The protected header in base64url, \`${decoded(header)}\`, a point, and the payload as it is.
\`signJws\` makes it with \`b64: false\`.`,
    `${header}.${new TextDecoder().decode(body)}`,
    'as above.',
  );
}

function jwt() {
  const token = signJwt(
    { iss: 'https://issuer.example', aud: 'https://api.example.com', exp: NOW + 300 },
    key,
    { typ: 'JWT' },
  );
  const [header = '', claims = ''] = token.split('.');
  return section(
    'JWT',
    `As a JWS, whose payload is the claims; \`signJwt\` makes one. Here the header is \`${decoded(header)}\` and the claims are
\`${decoded(claims)}\`.`,
    input(token),
    'nothing of the token.',
  );
}
