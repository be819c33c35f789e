// @ts-check
// A callback that is refused, and why: for whoever runs the receiver. The octets of the message and its
// headers were kept when it was refused.
import { encodeUtf8 } from 'countersign/bytes';
import { explain, explanationText, SECRET_HOLDER } from 'countersign/explain';
import { stripe } from 'countersign/provider/stripe';
import { secretFor, sign } from 'countersign/scheme';

const now = 1_795_284_000; // seconds; the time at which it arrived
const secret = 'whsec_2f1d5c0e9b7a4433a1f0c6d8e5b4a392';
const key = secretFor(stripe, secret, { use: 'verify' });

// What was sent, and what a framework made of it: parsed, and written again for people.
const body = encodeUtf8('{"id":"evt_1","amount":100}');
const { headers } = sign(stripe, { body }, secretFor(stripe, secret, { use: 'mac' }), { now });
const received = { headers, body: encodeUtf8('{\n  "id": "evt_1",\n  "amount": 100\n}') };

const explanation = explain(stripe, received, key, { now, secretHolder: SECRET_HOLDER });
console.log(explanationText(explanation));

// For programs: codes that stay, and nothing of the message or the secret.
const codes = explanation.faults.map(({ code }) => code);
if (codes.join() !== 'BODY_REINDENTED') process.exitCode = 1;
