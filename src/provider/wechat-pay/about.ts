/**
 * What is known of WeChat Pay, fact by fact.
 *
 * @module
 */
import type { About } from '../../scheme/about.js';
import { wechatPayRequest } from './request.js';
import { wechatPayCallback, wechatPayResponse } from './response.js';
import { wechatPayStatement } from './statement.js';

/** What is known of it. */
export const about: About = {
  name: 'WeChat Pay v3',
  schemes: { wechatPayCallback, wechatPayResponse, wechatPayRequest, wechatPayStatement },
  rotation:
    'Wechatpay-Serial names the key, and an unknown one is refused: fetch the certificates once for it, never for every message, since anybody can write a serial. Certificates overlap for a while; while a merchant goes over to a public key, messages are signed by either: give platformKeys both. A certificate that ran out while the program was idle is replaced by bootstrapCertificates, which needs none.',
  replay:
    'The time is signed and less than 300 seconds off, to both sides. A notification that is sent again has a new time and nonce and the same id, which openResource returns: keep the ids that were handled, or look at the state of the payment.',
  traps: [
    'The body is covered; a response is bound neither to the request that it answers nor to its own status. Check in the body that it is about what was asked.',
    "A response of status 2xx without signature headers is nobody's. Downloads of bills (/v3/billdownload/file) and images are not signed: leave out verification for these paths alone, by name.",
    'WeChat Pay sends some responses and callbacks with a signature that is wrong on purpose, beginning with WECHATPAY/SIGNTEST/. They are refused with ERR_MESSAGE_PROBE: answer 4xx as to any wrong signature, never SUCCESS. Anybody can send such a signature, so it excuses nothing else.',
    'The APIv3 key opens resources, and says nothing of who made them: GCM does not commit to its key, and the merchant has it too. openResource therefore takes a verified callback alone.',
    'The APIv3 key is 32 characters as they are, neither hexadecimal nor Base64.',
    "Wechatpay-Serial names the platform's key; serial_no of a request the merchant's certificate. Each refuses the other's messages.",
    'Serial numbers are written in upper case, and compared in either; ids of public keys (PUB_KEY_ID_…) are compared as they are.',
    'Times are seconds: milliseconds are answered like a time that is off.',
    'An upload is signed by its meta, the JSON text that is sent in the part meta, and not by its multipart body: sign with that text as the body, and put result.body into the part.',
    'Path and query are signed as they are sent, still encoded; send the url of the result.',
    'Requests with encrypted fields need Wechatpay-Serial with the id of the key that encrypted them; it is not signed.',
    'Statements of the overseas API cover a SHA-1 and no body: matchesStatement compares them.',
    'Any response whose body is {"sha1":"…"} verifies as a statement too: what is signed does not say which of the two it is. Verify as statements the answers of the paths of statements alone.',
    'Fields by RSAES-PKCS1-v1_5, an older way, are not decrypted: its padding can be made to tell plaintexts.',
    'Shangmi (SM2, SM3, SM4) is refused by its names.',
  ],
  facts: [
    {
      says: 'Requests: METHOD\\nTARGET\\nTIME\\nNONCE\\nBODY\\n, each line ended, RSASSA-PKCS1-v1_5 with SHA-256, Base64; pairs between quotes in any order',
      source: 'wechatpay-apiv3/wechatpay-go, core/auth/credentials/wechat_pay_credential.go',
      sure: 'source',
    },
    {
      says: 'RSA with SHA-256 of a text by a merchant key',
      source: 'wechatpay-apiv3/wechatpay-go, core/auth/signers/sha256withrsa_signer_test.go',
      sure: 'vector',
    },
    {
      says: 'Responses and callbacks: TIME\\nNONCE\\nBODY\\n; a lone line end for no body',
      source: 'wechatpay-apiv3/wechatpay-go, core/notify/notify_test.go',
      sure: 'vector',
    },
    {
      says: 'Wechatpay-Signature-Type may be missing, and any other than WECHATPAY2-SHA256-RSA2048 is an error',
      source: 'wechatpay-apiv3/wechatpay-go, core/auth/validators',
      sure: 'source',
    },
    {
      says: 'A time is refused from 300 seconds on by Go and Java, and beyond 300 by PHP; here from 300 on',
      source:
        'wechatpay-apiv3/wechatpay-go, core/auth/validators/wechat_pay_validator.go; wechatpay-java, WechatPay2Validator; wechatpay-php, MAXIMUM_CLOCK_OFFSET',
      sure: 'source',
    },
    {
      says: 'Requests more than five minutes off are answered with SIGN_ERROR',
      source: 'developers.weixin.qq.com/community/pay/doc/000e4a8697061895c3da7fa3c5b400',
      sure: 'docs',
    },
    {
      says: 'The key is the public key if its id is named, and otherwise the certificate of that serial',
      source:
        'wechatpay-apiv3/wechatpay-go, core/auth/verifiers; pay.weixin.qq.com/doc/v3/merchant/4012154180',
      sure: 'source',
    },
    {
      says: 'A small share of messages has a signature that begins WECHATPAY/SIGNTEST/ and has to be refused',
      source: 'developers.weixin.qq.com/community/pay/article/doc/0004a879f60928d89340b8b9f64c13',
      sure: 'docs',
    },
    {
      says: 'AEAD_AES_256_GCM: the key as text, a nonce of 12 characters, associated data or none, the tag behind the ciphertext',
      source: 'wechatpay-apiv3/wechatpay-java, certificate download test',
      sure: 'vector',
    },
    {
      says: 'A certificate is associated with the text certificate',
      source: 'wechatpay-apiv3/wechatpay-java, certificate download test',
      sure: 'vector',
    },
    {
      says: 'Sensitive fields: RSAES-OAEP, SHA-1 and MGF1 over SHA-1, no label',
      source: 'wechatpay-apiv3/wechatpay-java, RSAOaepMessageDigestTest',
      sure: 'vector',
    },
    {
      says: 'Sensitive fields that are empty texts stay empty',
      source: 'wechatpay-apiv3/wechatpay-go',
      sure: 'source',
    },
    {
      says: 'Statements are signed by {"sha1":"…"} of the header Wechatpay-Statement-Sha1',
      source: 'wechatpay-apiv3/wechatpay-php, src/ClientJsonTrait.php',
      sure: 'source',
    },
    {
      says: 'JSAPI signs prepay_id=…, apps the bare id',
      source:
        'wechatpay-apiv3/wechatpay-java, JsapiServiceExtension.java, AppServiceExtension.java',
      sure: 'source',
    },
    {
      says: 'Callbacks are answered with 200 or 204, or with 4xx or 5xx and {"code":"FAIL"}',
      source: 'general knowledge',
      sure: 'unsure',
    },
  ],
};
