// @ts-check
// One field of a database row, sealed so that it opens in its own row and column alone.
import { aes256Gcm } from 'countersign/alg/aes-gcm';
import { decodeBase64Url, decodeUtf8, encodeBase64Url, encodeUtf8 } from 'countersign/bytes';
import { CountersignError } from 'countersign/errors';
import { importSecret } from 'countersign/key/secret';
import { open, seal } from 'countersign/key/use';

// 32 octets of your key store; these are for show. A key seals, or it opens.
const stored256 = '6368616e676520746869732070617373776f726420746f206120736563726574';
const encoding = 'hex';
const sealing = importSecret(stored256, { alg: aes256Gcm, use: 'seal', encoding });
const opening = importSecret(stored256, { alg: aes256Gcm, use: 'open', encoding });

/**
 * Where the field stands. It is authenticated and not stored; no two places may share a text.
 * @param {string} column a name without a slash
 * @param {number} row
 */
function place(column, row) {
  return encodeUtf8(`customers/${column}/${row}`);
}

const stored = encodeBase64Url(
  seal(sealing, encodeUtf8('DE89370400440532013000'), place('iban', 1001)),
);
console.log(`stored        ${stored.length} characters`);

const opened = decodeUtf8(open(opening, decodeBase64Url(stored), place('iban', 1001)));
console.log(`opened        ${opened}`);
if (opened !== 'DE89370400440532013000') process.exitCode = 1;

// The same text moved to another row: it opens for nobody.
try {
  open(opening, decodeBase64Url(stored), place('iban', 1002));
  console.log('in row 1002   opened');
  process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CountersignError)) throw error;
  console.log(`in row 1002   ${error.code}`);
  if (error.code !== 'ERR_DECRYPT_FAILED') process.exitCode = 1;
}
