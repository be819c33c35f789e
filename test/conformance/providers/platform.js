// @ts-check
// A platform of WeChat Pay of our own: what entries have without the message that it came in is put
// into one that is signed here, since what is not verified is not opened.
import { createSign, generateKeyPairSync } from 'node:crypto';
import { encodeUtf8 } from 'countersign/bytes';
import { platformKeys } from 'countersign/provider/wechat-pay';
import { verify } from 'countersign/scheme';
import { once } from '../runner.js';

const NOW = 1_700_000_000;
const ID = 'PUB_KEY_ID_1';

const platform = once(() => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = String(publicKey.export({ type: 'spki', format: 'pem' }));
  return { privateKey, keys: platformKeys({ publicKeys: [{ id: ID, key }] }) };
});

/**
 * A message with this content, verified.
 * @template {import('countersign/scheme').Scheme<import('countersign/provider/wechat-pay').WechatPayCovers, import('countersign/alg/rsa').RsaAlgorithm, never>} S
 * @param {S} scheme
 * @param {object} content
 */
export function fromPlatform(scheme, content) {
  const { privateKey, keys } = platform();
  const body = JSON.stringify(content);
  const signed = createSign('sha256').update(`${NOW}\nn\n${body}\n`);
  const headers = {
    'Wechatpay-Timestamp': String(NOW),
    'Wechatpay-Nonce': 'n',
    'Wechatpay-Serial': ID,
    'Wechatpay-Signature': signed.sign(privateKey, 'base64'),
  };
  return verify(scheme, { headers, body: encodeUtf8(body) }, keys, { now: NOW });
}
