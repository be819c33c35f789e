/**
 * What goes wrong between a sender and a receiver, each under a code that stays, with a sentence and
 * what to do.
 *
 * @module
 */

/** Every code, in one place. A new one is an addition to the public interface. */
export type FaultCode =
  | 'CALL_INVALID'
  | 'CLOCK_MILLISECONDS'
  | 'CLOCK_INVALID'
  | 'SETTING_MISSING'
  | 'SETTING_BLANKS'
  | 'SETTING_OTHER'
  | 'BODY_PARSED'
  | 'BODY_TEXT'
  | 'BODY_TOO_LARGE'
  | 'HEADERS_NONE'
  | 'HEADER_RENAMED'
  | 'HEADER_DUPLICATE'
  | 'SIGNATURE_MISSING'
  | 'SIGNATURE_VERSION'
  | 'SLOT_MISSING'
  | 'SLOT_FORM'
  | 'SLOT_ENCODED'
  | 'PROVIDER_PROBE'
  | 'SIGNATURE_PREFIX'
  | 'SIGNATURE_ENCODING'
  | 'SIGNATURE_DER'
  | 'SIGNATURE_TRUNCATED'
  | 'SIGNATURE_LENGTH'
  | 'ALGORITHM_UNKNOWN'
  | 'ALGORITHM_OTHER'
  | 'KEY_NONE'
  | 'KEY_USE'
  | 'KEY_ALGORITHM'
  | 'KEYS_TOO_MANY'
  | 'KEY_ID_UNKNOWN'
  | 'KEY_ID_SPELLING'
  | 'KEY_ID_OTHER'
  | 'KEY_OUT_OF_TIME'
  | 'KEY_OWN'
  | 'KEY_OTHER_MODE'
  | 'KEY_OTHER_ACCOUNT'
  | 'KEY_FORMER'
  | 'MESSAGE_OWN'
  | 'SECRET_BLANKS'
  | 'SECRET_QUOTED'
  | 'SECRET_PREFIX_KEPT'
  | 'SECRET_PREFIX_LOST'
  | 'SECRET_DECODED'
  | 'SECRET_NOT_DECODED'
  | 'BODY_NEWLINE_ADDED'
  | 'BODY_NEWLINE_LOST'
  | 'BODY_LINE_ENDS'
  | 'BODY_MARK'
  | 'BODY_BASE64'
  | 'BODY_QUOTED'
  | 'BODY_REINDENTED'
  | 'BODY_COMPACTED'
  | 'BODY_ESCAPES'
  | 'BODY_REORDERED'
  | 'BODY_RESERIALISED'
  | 'BODY_FORM_DECODED'
  | 'BODY_FORM_ENCODED'
  | 'BODY_HTML'
  | 'BODY_CHARSET'
  | 'BODY_NORMALISED'
  | 'BODY_EMPTY'
  | 'BODY_REPLACED'
  | 'BODY_COMPRESSED'
  | 'BODY_CUT'
  | 'BODY_LENGTH'
  | 'BODY_OTHER'
  | 'URL_SCHEME'
  | 'URL_PORT'
  | 'URL_HOST'
  | 'URL_ORIGIN'
  | 'URL_SLASH'
  | 'URL_PREFIX'
  | 'URL_QUERY'
  | 'URL_ENCODING'
  | 'METHOD_OTHER'
  | 'SIGNED_BODY_ALONE'
  | 'SIGNED_WITHOUT_TIME'
  | 'SIGNED_WITHOUT_SLOT'
  | 'TIME_OLD'
  | 'TIME_AHEAD'
  | 'TIME_MILLISECONDS'
  | 'TIME_SECONDS'
  | 'TIME_FORM'
  | 'CLOCK_ZONE'
  | 'NOT_EXPLAINED';

/** What a code means. */
export interface FaultText {
  readonly says: string;
  readonly advice: string;
}

const RAW =
  'Verify the octets that arrived, before anything parses, decodes or prints them, and give those on.';
const SENDER_BASE = 'Sign what the scheme signs; `sign` of countersign/scheme shows it.';
const URL_ADVICE =
  'Give the URL that is configured at the provider, not the one that the server behind a proxy sees.';
const SECRET_ADVICE =
  'Import the text that the provider shows, as it is, by `secretFor` of countersign/scheme.';

/** Every code with its sentence and with what to do. */
export const FAULTS: Readonly<Record<FaultCode, FaultText>> = /* @__PURE__ */ Object.freeze({
  CALL_INVALID: {
    says: 'The call is wrong: `verify` throws a TypeError for it.',
    advice: 'Read the text of the TypeError; no message can be verified by this call.',
  },
  CLOCK_MILLISECONDS: {
    says: '`now` is in milliseconds.',
    advice: 'Give whole seconds: Math.floor(Date.now() / 1000).',
  },
  CLOCK_INVALID: {
    says: '`now` is no whole number of seconds since 1970.',
    advice: 'Give whole seconds: Math.floor(Date.now() / 1000).',
  },
  SETTING_MISSING: {
    says: 'A setting that the scheme signs is missing or empty.',
    advice: 'Set it; an unset variable of a deployment looks like this.',
  },
  SETTING_BLANKS: {
    says: 'The message verifies with the settings without the white space around them.',
    advice: 'Take the white space out of the configuration.',
  },
  SETTING_OTHER: {
    says: 'The message verifies with other settings that were given for comparison.',
    advice: 'The message is for another webhook or account: use its settings, or route it there.',
  },
  BODY_PARSED: {
    says: 'The body is what a parser made of it, not the octets that arrived.',
    advice: `${RAW} What was parsed can't be put back.`,
  },
  BODY_TEXT: {
    says: 'The body is text, not octets.',
    advice: RAW,
  },
  BODY_TOO_LARGE: {
    says: 'The body is larger than the limit.',
    advice: 'Set maxBodyBytes if bodies of this size are expected.',
  },
  HEADERS_NONE: {
    says: 'There are no header fields at all.',
    advice:
      'Pass the headers themselves: Object.entries(new Headers()) and a spread of it are empty.',
  },
  HEADER_RENAMED: {
    says: 'A header stands under another spelling of its name.',
    advice:
      'Pass the names as they arrived: with hyphens, and without HTTP_ before them, as CGI has it.',
  },
  HEADER_DUPLICATE: {
    says: 'A header that may stand once stands several times.',
    advice: 'Find out who adds it; which one is the right one is not for the receiver to choose.',
  },
  SIGNATURE_MISSING: {
    says: 'The signature is missing.',
    advice:
      'See that the proxy passes the header on and that the sender signs; a request from anybody looks like this too.',
  },
  SIGNATURE_VERSION: {
    says: 'There are signatures, and none of the version that the scheme reads.',
    advice: 'Use the scheme of that version; versions that a provider gave up are not taken.',
  },
  SLOT_MISSING: {
    says: 'A part that the scheme signs is missing.',
    advice: 'See that the proxy passes it on, and that it is given to the call.',
  },
  SLOT_FORM: {
    says: 'A part of the message is not written as the scheme has it.',
    advice: 'Pass it as it arrived; compare it with the documentation of the provider.',
  },
  SLOT_ENCODED: {
    says: 'The message verifies with a part decoded or encoded once: percent signs, or + for a blank.',
    advice: 'Pass values as they arrived; something on the way takes them for a form.',
  },
  PROVIDER_PROBE: {
    says: "The signature is the provider's own probe, made to be refused.",
    advice: 'Refuse it as any other, with a 4xx, and do not alert on it.',
  },
  SIGNATURE_PREFIX: {
    says: 'The message verifies with the prefix of the signature put back.',
    advice: 'Pass the header as it arrived, with what stands before the signature.',
  },
  SIGNATURE_ENCODING: {
    says: 'The message verifies with the signature read in another encoding.',
    advice:
      'The sender writes signatures in another way than the scheme has it: change the sender.',
  },
  SIGNATURE_DER: {
    says: 'The message verifies with the signature in the other form of ECDSA: DER, or fixed width.',
    advice: 'State the form in the description; at a sender, convert the signature.',
  },
  SIGNATURE_TRUNCATED: {
    says: 'The signature is the beginning of the right one.',
    advice: 'Find what cuts it: a column, a log, a copy. Parts of signatures are never taken.',
  },
  SIGNATURE_LENGTH: {
    says: 'The signature has not as many octets as the algorithm makes.',
    advice: 'It is cut, or made by another algorithm or a key of another size, or encoded twice.',
  },
  ALGORITHM_UNKNOWN: {
    says: 'The message names an algorithm that the scheme has not.',
    advice: 'Configure the sender to use one of the scheme.',
  },
  ALGORITHM_OTHER: {
    says: 'The message verifies by another algorithm than that of the scheme.',
    advice: 'Configure the sender to use that of the scheme, or use the scheme of that algorithm.',
  },
  KEY_NONE: {
    says: 'No key was given.',
    advice: 'Load the keys before messages are taken; nothing verifies without one.',
  },
  KEY_USE: {
    says: 'A key was imported for another use than to verify.',
    advice: "Import it with use: 'verify'.",
  },
  KEY_ALGORITHM: {
    says: 'None of the keys is for an algorithm of the scheme.',
    advice: 'Import the key for the algorithm that the scheme names.',
  },
  KEYS_TOO_MANY: {
    says: 'More keys were given than are tried for one message.',
    advice: 'Choose the keys of the account or endpoint before; drop those that were rotated out.',
  },
  KEY_ID_UNKNOWN: {
    says: 'The message names a key that was not given.',
    advice:
      'Fetch the current keys or certificates of the provider; it may have rotated, or may use another kind of key for this account.',
  },
  KEY_ID_SPELLING: {
    says: 'The message names a key that was given, in another spelling of its id.',
    advice: 'Give the id as the provider writes it: case, leading zeros, colons.',
  },
  KEY_ID_OTHER: {
    says: 'The message verifies with a key that was given under another id than it names.',
    advice: 'Correct the ids that the keys were imported under.',
  },
  KEY_OUT_OF_TIME: {
    says: 'The message verifies with a key of the ring that may not be used at this time.',
    advice: 'Correct notBefore or notAfter, or the clock; or see why the sender uses an old key.',
  },
  KEY_OWN: {
    says: 'The key that was given is your own one, where that of the other side belongs.',
    advice: "Give the provider's public key or platform certificate, not the merchant's.",
  },
  KEY_OTHER_MODE: {
    says: 'The message verifies with the key of the other mode: test and live are mixed up.',
    advice: 'Give the key of the mode that the endpoint is registered in.',
  },
  KEY_OTHER_ACCOUNT: {
    says: 'The message verifies with the key of another account or endpoint.',
    advice: 'Route the message to it, or give the key of this one.',
  },
  KEY_FORMER: {
    says: 'The message verifies with a former key: the sender has not rotated yet.',
    advice: 'Give the old key and the new one until the last message of the old one has come.',
  },
  MESSAGE_OWN: {
    says: 'The message verifies with your own key: it is one that you signed.',
    advice: 'Something sends your own requests back to you, or hands the wrong message over.',
  },
  SECRET_BLANKS: {
    says: 'The message verifies with the secret without the white space around it.',
    advice: 'Take the white space or line end out of the configuration.',
  },
  SECRET_QUOTED: {
    says: 'The message verifies with the secret without the quotes around it.',
    advice: 'Take the quotes out of the configuration.',
  },
  SECRET_PREFIX_KEPT: {
    says: 'The message verifies with the secret without a prefix that is no part of it.',
    advice: SECRET_ADVICE,
  },
  SECRET_PREFIX_LOST: {
    says: 'The message verifies with the secret with a prefix that is a part of it.',
    advice: SECRET_ADVICE,
  },
  SECRET_DECODED: {
    says: 'The message verifies with the text of the secret, which was decoded and should not be.',
    advice: SECRET_ADVICE,
  },
  SECRET_NOT_DECODED: {
    says: 'The message verifies with the secret decoded: its text was taken for its octets.',
    advice: SECRET_ADVICE,
  },
  BODY_NEWLINE_ADDED: {
    says: 'The message verifies without the line end at the end of the body.',
    advice: RAW,
  },
  BODY_NEWLINE_LOST: {
    says: 'The message verifies with a line end at the end of the body.',
    advice: RAW,
  },
  BODY_LINE_ENDS: {
    says: 'The message verifies with other line ends in the body.',
    advice: RAW,
  },
  BODY_MARK: {
    says: 'The message verifies with the byte order mark of the body added or taken away.',
    advice: `${RAW} Decoders of text drop the mark.`,
  },
  BODY_BASE64: {
    says: 'The message verifies with the body decoded from Base64.',
    advice: 'Decode it where the platform says isBase64Encoded, as API gateways do.',
  },
  BODY_QUOTED: {
    says: 'The message verifies with the body taken out of a JSON string.',
    advice: `${RAW} JSON.stringify was called on text.`,
  },
  BODY_REINDENTED: {
    says: 'The message verifies with the body without the white space that was put into its JSON.',
    advice: RAW,
  },
  BODY_COMPACTED: {
    says: 'The message verifies with white space in the JSON of the body that it has lost.',
    advice: `${RAW} JSON.stringify(JSON.parse(body)) is another body.`,
  },
  BODY_ESCAPES: {
    says: 'The message verifies with other escapes in the JSON of the body.',
    advice: `${RAW} JSON.stringify(JSON.parse(body)) is another body.`,
  },
  BODY_REORDERED: {
    says: 'The message verifies with the members of the JSON of the body in another order.',
    advice: RAW,
  },
  BODY_RESERIALISED: {
    says: 'The message verifies with the JSON of the body written in another way.',
    advice: `${RAW} JSON.stringify(JSON.parse(body)) is another body.`,
  },
  BODY_FORM_DECODED: {
    says: 'The message verifies with the body percent-encoded: it was decoded.',
    advice: `${RAW} A form that was decoded is another text.`,
  },
  BODY_FORM_ENCODED: {
    says: 'The message verifies with the body percent-decoded, or encoded in another way.',
    advice: RAW,
  },
  BODY_HTML: {
    says: 'The message verifies with the entities of HTML in the body replaced.',
    advice: `${RAW} A filter against scripts changes what it was not made for.`,
  },
  BODY_CHARSET: {
    says: 'The message verifies with the body in another character encoding.',
    advice: `${RAW} It was decoded as one encoding and written as another.`,
  },
  BODY_NORMALISED: {
    says: 'The message verifies with the body in another normal form of Unicode.',
    advice: RAW,
  },
  BODY_EMPTY: {
    says: 'The body is empty.',
    advice:
      'A stream can be read once: keep the octets that the first reader got, or verify before it.',
  },
  BODY_REPLACED: {
    says: 'The body holds U+FFFD: it was decoded as UTF-8 and was none. What stood there is lost.',
    advice: RAW,
  },
  BODY_COMPRESSED: {
    says: 'The body is compressed.',
    advice:
      'Find out which octets the sender signs, before or after compression, and verify those.',
  },
  BODY_CUT: {
    says: 'The body is JSON without its end.',
    advice: 'See which limit cuts it: of a proxy, a parser, a column or a queue.',
  },
  BODY_LENGTH: {
    says: 'Content-Length names another length than the body has.',
    advice: RAW,
  },
  BODY_OTHER: {
    says: 'The body is not the one whose digest stands in the message.',
    advice: RAW,
  },
  URL_SCHEME: {
    says: 'The message verifies with http for https in the URL, or the other way.',
    advice: URL_ADVICE,
  },
  URL_PORT: {
    says: 'The message verifies with another port in the URL, or with none.',
    advice: URL_ADVICE,
  },
  URL_HOST: {
    says: 'The message verifies with another spelling of the host of the URL, or another host.',
    advice: URL_ADVICE,
  },
  URL_ORIGIN: {
    says: 'The message verifies with another scheme, host and port of the URL at once.',
    advice: URL_ADVICE,
  },
  URL_SLASH: {
    says: 'The message verifies with a slash more, or less, at the end of the path.',
    advice: URL_ADVICE,
  },
  URL_PREFIX: {
    says: 'The message verifies with another beginning of the path.',
    advice: URL_ADVICE,
  },
  URL_QUERY: {
    says: 'The message verifies with another query of the URL: left out, or written in another way.',
    advice: URL_ADVICE,
  },
  URL_ENCODING: {
    says: 'The message verifies with the path of the URL percent-decoded, or encoded.',
    advice: URL_ADVICE,
  },
  METHOD_OTHER: {
    says: 'The message verifies with another method.',
    advice: 'Give the method of the request line, in upper case.',
  },
  SIGNED_BODY_ALONE: {
    says: 'The signature is over the body alone.',
    advice: SENDER_BASE,
  },
  SIGNED_WITHOUT_TIME: {
    says: 'The signature is over the message without its time.',
    advice: SENDER_BASE,
  },
  SIGNED_WITHOUT_SLOT: {
    says: 'The signature is over the message without one of its parts.',
    advice: SENDER_BASE,
  },
  TIME_OLD: {
    says: 'The message is older than is taken.',
    advice:
      'Set the clock of the receiver; verify when a message arrives, not when a queue gets to it; a message that was sent again by others looks like this too.',
  },
  TIME_AHEAD: {
    says: 'The message is from time to come.',
    advice: 'Set the clock of the receiver, or have that of the sender set.',
  },
  TIME_MILLISECONDS: {
    says: 'The time of the message is in milliseconds, where the scheme has another unit.',
    advice: 'Change the sender to the unit of the scheme.',
  },
  TIME_SECONDS: {
    says: 'The time of the message is in seconds, where the scheme has another unit.',
    advice: 'Change the sender to the unit of the scheme.',
  },
  TIME_FORM: {
    says: 'The time of the message is not written as the scheme has it.',
    advice: 'Change the sender to the form of the scheme.',
  },
  CLOCK_ZONE: {
    says: 'Clocks differ by hours, as time zones do.',
    advice: 'Make times of UTC: a local time was taken for it.',
  },
  NOT_EXPLAINED: {
    says: 'None of the causes that are looked for is there.',
    advice:
      'The message was changed in another way, or signed by another key than those given: compare the octets at the sender with those here.',
  },
});
