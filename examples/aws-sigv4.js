// @ts-check
// A request signed by AWS SigV4, and the gateway that takes it: the key is for a day, a region and a
// service, and whoever verifies says which.
import { hmacSha256 } from 'countersign/alg/hmac';
import { encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { prepareRequest, readRequest } from 'countersign/http/message';
import { deriveSigV4Key, identifySigV4, signSigV4, verifySigV4 } from 'countersign/http/sigv4';
import { importSecret } from 'countersign/key/secret';

const now = 1_795_284_000; // seconds; from your clock
const secret = importSecret('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', {
  alg: hmacSha256,
  use: 'mac',
  encoding: 'utf8',
});
const scope = { accessKeyId: 'AKIDEXAMPLE', region: 'eu-central-1', service: 'payouts' };

// The sender derives its key once a day, and signs.
const key = deriveSigV4Key(secret, { ...scope, day: '20261121', use: 'mac' });
const body = encodeUtf8('{"total":"100.00"}');
const url = 'https://payouts.example/v1/payouts?dry=1';
const outgoing = prepareRequest({ method: 'POST', url, body });
const { headers } = signSigV4(outgoing, key, { now, path: 'normalized', payload: 'header' });
console.log(headers.map(([name]) => name).join(', '));

// The gateway reads who claims to have signed, derives the key of that account, and verifies.
const received = { method: 'POST', url: '/v1/payouts?dry=1', headers };
const request = readRequest(received, { origin: 'https://payouts.example', body });
const { day } = identifySigV4(request);
const verifier = deriveSigV4Key(secret, { ...scope, day, use: 'verify' });
/** @type {import('countersign/http/sigv4').SigV4VerifyOptions} */
const options = {
  now,
  tolerance: 30,
  maxAge: 300,
  form: 'header',
  region: scope.region,
  service: scope.service,
  path: 'normalized',
};
const claims = verifySigV4(request, verifier, options);
console.log(claims.accessKeyId, claims.method, claims.path, claims.query);

// Another body is refused, and so is the same request a day later.
for (const [changed, later] of /** @type {const} */ ([
  [{ ...request, body: encodeUtf8('{"total":"999.00"}') }, 0],
  [request, 86_400],
])) {
  try {
    verifySigV4(changed, verifier, { ...options, now: now + later });
    process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    console.log(error.code);
  }
}
