/**
 * The one error that countersign throws about what it was given: a closed union of codes, and a
 * text that names what was expected and what was found, by position, size or name. The text never
 * holds a secret, a signature, a token or a piece of a message, and no error carries a `cause`,
 * since a cause would bring the backend's own text along.
 *
 * A mistake of the calling code (a string where octets belong, a missing argument) is a plain
 * `TypeError` instead: it should be seen in development, never be handled.
 *
 * @module
 */

/** Every code, in one place. A new one is an addition to the public interface. */
export type CountersignErrorCode =
  /** Text is not lower-, upper- or mixed-case hexadecimal, as was asked for. */
  | 'ERR_HEX'
  /** Text is not the one Base64 spelling of any octets (RFC 4648, section 4). */
  | 'ERR_BASE64'
  /** Text is not the one unpadded base64url spelling of any octets (RFC 4648, section 5). */
  | 'ERR_BASE64URL'
  /** Octets are not UTF-8, or text holds half of a surrogate pair. */
  | 'ERR_UTF8'
  /** Text is no structured field of the type asked for, or a value has none (RFC 9651). */
  | 'ERR_STRUCTURED_FIELD'
  /** Octets are not the one DER encoding of what was expected (X.690). */
  | 'ERR_DER'
  /** Text is not one PEM block (RFC 7468). */
  | 'ERR_PEM'
  /** A form has a pair without a name or a value, or a % without two hexadecimal digits. */
  | 'ERR_FORM'
  /** A name or a value holds what separates them, and the list could be read in two ways. */
  | 'ERR_FORM_DELIMITER'
  /** A form has two values of one name. */
  | 'ERR_FORM_DUPLICATE'
  /** A form of more octets or pairs than the caller takes. */
  | 'ERR_FORM_LIMIT'
  /** Octets are not a length-prefixed list, or one of more octets or parts than the caller takes. */
  | 'ERR_TUPLE'
  /** A length-prefixed list that was made for another purpose. */
  | 'ERR_TUPLE_LABEL'
  /** Octets are not JSON (RFC 8259), or JSON with a byte order mark before it. */
  | 'ERR_JSON'
  /** A value that contains itself has no JSON. */
  | 'ERR_JSON_CYCLE'
  /** An object of a JSON text has two members of one name. */
  | 'ERR_JSON_DUPLICATE'
  /** JSON of more octets, levels or values than the caller takes. */
  | 'ERR_JSON_LIMIT'
  /** A number that is not finite, or an integer that a double does not hold exactly. */
  | 'ERR_JSON_NUMBER'
  /** Half of a surrogate pair, which no UTF-8 can carry, in a string or a name. */
  | 'ERR_JSON_SURROGATE'
  /** A value that has no JSON: undefined, a function, a symbol, an object that is not plain. */
  | 'ERR_JSON_TYPE'
  /** Octets are no key of this algorithm: wrong length, out of range, not on the curve. */
  | 'ERR_KEY'
  /** A secret of no octets. */
  | 'ERR_KEY_EMPTY'
  /** A secret that anyone can guess; `ALLOW_WEAK_SECRET` takes it. */
  | 'ERR_KEY_WEAK'
  /** Not a key in a form that is read here, or one in two forms at once. */
  | 'ERR_KEY_FORM'
  /** A number of a key has not the size that its form prescribes. */
  | 'ERR_KEY_SIZE'
  /** A key of another family than the algorithm needs. */
  | 'ERR_KEY_FAMILY'
  /** A key on another curve than the algorithm needs, or on one given by its parameters. */
  | 'ERR_KEY_CURVE'
  /** A public key, where a private one is needed. */
  | 'ERR_KEY_PUBLIC'
  /** A private key, where a public one is needed. */
  | 'ERR_KEY_PRIVATE'
  /** A secret, where half of a key pair is needed. */
  | 'ERR_KEY_SECRET'
  /** A private key under a password. */
  | 'ERR_KEY_ENCRYPTED'
  /** An X.509 certificate, where a key is needed. */
  | 'ERR_KEY_CERTIFICATE'
  /** A certificate request, where a key is needed. */
  | 'ERR_KEY_REQUEST'
  /** A PKCS#12 file, where a key is needed. */
  | 'ERR_KEY_PKCS12'
  /** A PKCS#7 file, where a key is needed. */
  | 'ERR_KEY_PKCS7'
  /** A revocation list, where a key is needed. */
  | 'ERR_KEY_REVOCATION_LIST'
  /** The parameters of keys, where a key is needed. */
  | 'ERR_KEY_PARAMETERS'
  /** A set of JWKs, where one key is needed. */
  | 'ERR_KEY_SET'
  /** More than one PEM block, where one key is needed. */
  | 'ERR_KEY_SEVERAL'
  /** A key in OpenSSH's own format. */
  | 'ERR_KEY_SSH'
  /** A key that does something else than is asked of it. */
  | 'ERR_KEY_USE'
  /** A key was to be cloned or sent to another thread. */
  | 'ERR_KEY_NOT_TRANSFERABLE'
  /** A remote key answered with something else than was asked of it. */
  | 'ERR_KEY_REMOTE'
  /** No key of this id, algorithm and use in the ring. */
  | 'ERR_KEY_UNKNOWN'
  /** The ring has more keys of an algorithm and use than are tried without an id. */
  | 'ERR_KEY_AMBIGUOUS'
  /** A ring was to hold two keys of one id, algorithm and use. */
  | 'ERR_KEY_DUPLICATE'
  /** A key before the time from which it may be used. */
  | 'ERR_KEY_NOT_YET_VALID'
  /** A key after the time until which it may be used. */
  | 'ERR_KEY_EXPIRED'
  /** An RSA modulus that is even or outside 2048 to 8192 bits. */
  | 'ERR_RSA_MODULUS'
  /** An RSA public exponent that is even or outside 65537 to 2^32 - 1. */
  | 'ERR_RSA_EXPONENT'
  /** Octets are no signature of the encoding stated. */
  | 'ERR_SIGNATURE'
  /** Not an X.509 certificate, or not one that RFC 5280 describes. */
  | 'ERR_CERTIFICATE'
  /** A certificate of version 1 or 2, which has no word on who may issue. */
  | 'ERR_CERTIFICATE_VERSION'
  /** A serial number that is negative or longer than 20 octets. */
  | 'ERR_CERTIFICATE_SERIAL'
  /** The algorithm that was signed is not the one that stands beside the signature. */
  | 'ERR_CERTIFICATE_ALGORITHM'
  /** A name that is empty, or a string in it that its type does not allow. */
  | 'ERR_CERTIFICATE_NAME'
  /** A time that is not written as RFC 5280 has it, or that no calendar has. */
  | 'ERR_CERTIFICATE_TIME'
  /** An extension whose content its standard does not allow. */
  | 'ERR_CERTIFICATE_EXTENSION'
  /** One extension twice. */
  | 'ERR_CERTIFICATE_DUPLICATE'
  /** A key usage that does not allow what the key is imported for. */
  | 'ERR_CERTIFICATE_USE'
  /** No certificate, or more than five with the root. */
  | 'ERR_PATH_LENGTH'
  /** A certificate whose issuer is not the next one's subject. */
  | 'ERR_PATH_NAME'
  /** A certificate whose issuer is the next one's subject in all but how the name is encoded. */
  | 'ERR_PATH_NAME_ENCODING'
  /** None of the given roots has the name of the last certificate's issuer. */
  | 'ERR_PATH_ROOT'
  /** A certificate before the first second of its validity. */
  | 'ERR_PATH_NOT_YET_VALID'
  /** A certificate after the last second of its validity. */
  | 'ERR_PATH_EXPIRED'
  /** An issuer that is no CA. */
  | 'ERR_PATH_CA'
  /** An issuer whose key usage does not say that it signs certificates. */
  | 'ERR_PATH_CERT_SIGN'
  /** More certificates below an issuer than its pathLenConstraint allows. */
  | 'ERR_PATH_PATH_LEN'
  /** A critical extension that is not processed here. */
  | 'ERR_PATH_CRITICAL'
  /** An issuer with name constraints, which are not processed here. */
  | 'ERR_PATH_NAME_CONSTRAINTS'
  /** A certificate that is not for the purpose asked for, or restricted to purposes unasked. */
  | 'ERR_PATH_PURPOSE'
  /** A leaf whose key usage does not say that it signs. */
  | 'ERR_PATH_LEAF_USAGE'
  /** A leaf, or its issuer, that is not the one that the caller named. */
  | 'ERR_PATH_PIN'
  /** A certificate signed over MD5, SHA-1 or older. */
  | 'ERR_PATH_WEAK_HASH'
  /** A certificate signed in a way that is not verified here, or that its issuer's key has not. */
  | 'ERR_PATH_ALGORITHM'
  /** A certificate that its issuer's key did not sign. */
  | 'ERR_PATH_SIGNATURE'
  /** An input is longer or shorter than the algorithm can take. */
  | 'ERR_LENGTH'
  /** An initialization vector of a length that the algorithm does not take. */
  | 'ERR_IV'
  /** The one code for every way in which decryption fails. */
  | 'ERR_DECRYPT_FAILED'
  /** Not a request or response of HTTP. */
  | 'ERR_HTTP_MESSAGE'
  /** A field of an HTTP message that is not one, or not in the characters that it may have. */
  | 'ERR_HTTP_FIELD'
  /** A field that may stand once and stands several times. */
  | 'ERR_HTTP_DUPLICATE'
  /** A signature for another account, service, region or day than the caller's. */
  | 'ERR_HTTP_SCOPE'
  /** A body that is signed in a way that is not verified here, or not signed at all. */
  | 'ERR_HTTP_PAYLOAD'
  /** Text or JSON that is not of the serialization of JOSE that was asked for. */
  | 'ERR_JOSE_FORM'
  /** A header of JOSE that its standard does not allow. */
  | 'ERR_JOSE_HEADER'
  /** A header with a critical extension that its reader does not understand. */
  | 'ERR_JOSE_CRITICAL'
  /** A header that names another algorithm than its key has. */
  | 'ERR_JOSE_ALGORITHM'
  /** A token of another type than the caller takes. */
  | 'ERR_JWT_TYPE'
  /** A claim that is missing, or not what its standard has under its name. */
  | 'ERR_JWT_CLAIM'
  /** A token of another issuer. */
  | 'ERR_JWT_ISSUER'
  /** A token for another audience. */
  | 'ERR_JWT_AUDIENCE'
  /** A proof of possession for another request, by its method or its URL. */
  | 'ERR_DPOP_REQUEST'
  /** A proof of possession by another key, or of another access token. */
  | 'ERR_DPOP_BINDING'
  /** A proof of possession without the nonce that the server gave. */
  | 'ERR_DPOP_NONCE'
  /** A part of a message that its scheme needs and that isn't there. */
  | 'ERR_MESSAGE_MISSING'
  /** A part of a message that is not written as its scheme has it. */
  | 'ERR_MESSAGE_FORM'
  /** A part of a message that may stand once and stands several times. */
  | 'ERR_MESSAGE_DUPLICATE'
  /** A message of more octets, entries or signatures than are looked at. */
  | 'ERR_MESSAGE_LIMIT'
  /** A message that names an algorithm that its scheme has not. */
  | 'ERR_MESSAGE_ALGORITHM'
  /** A message that its provider signs wrongly on purpose, to see that it is refused. */
  | 'ERR_MESSAGE_PROBE'
  /** A body that is not the one whose digest stands in what is signed. */
  | 'ERR_MESSAGE_DIGEST'
  /** A part of a message that is not the one that was configured. */
  | 'ERR_MESSAGE_SETTING'
  /** A time in a message that is not one, or not in seconds. */
  | 'ERR_TIME'
  /** A message after the time until which it holds. */
  | 'ERR_EXPIRED'
  /** A message before the time from which it holds, or made in time to come. */
  | 'ERR_NOT_YET_VALID'
  /** A message older than the caller takes. */
  | 'ERR_TOO_OLD'
  /** A signature of an HTTP message that is missing, or not written as its scheme has it. */
  | 'ERR_HTTP_SIGNATURE'
  /** An algorithm that a message names and its key has not. */
  | 'ERR_HTTP_ALGORITHM'
  /** A part of a message that has to be signed and isn't, or is signed and isn't there. */
  | 'ERR_HTTP_COVERAGE'
  /** A component of a message that RFC 9421 has not, or has not in this place, or twice. */
  | 'ERR_HTTP_COMPONENT'
  /** A body that is not the one whose digest stands beside it. */
  | 'ERR_HTTP_DIGEST'
  /** A digest field without a digest of an algorithm that resists an attacker. */
  | 'ERR_HTTP_DIGEST_ALGORITHM'
  /** A signature or tag that is none of this message under this key. */
  | 'ERR_VERIFY_FAILED'
  /** The platform gives no cryptographically secure random octets. */
  | 'ERR_RANDOM_UNAVAILABLE'
  /** The chosen engine, or the runtime under it, can't do this; the text names the way out. */
  | 'ERR_UNSUPPORTED_ENGINE'
  /** The two engines of `countersign-dual` gave different answers. Stop and report it. */
  | 'ERR_ENGINE_DISAGREEMENT';

/** The error for everything that is wrong with data, keys or the platform. */
export class CountersignError extends Error {
  override readonly name = 'CountersignError';
  /** Which of the closed union; the text may change between versions, the code may not. */
  readonly code: CountersignErrorCode;

  constructor(code: CountersignErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
