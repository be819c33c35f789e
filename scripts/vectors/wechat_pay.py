"""Writes test/provider/wechat-pay.json: traffic of a WeChat Pay platform and merchant that are not real,
under the keys of vectors/rsa/keys.json, made by the cryptography package alone."""
import base64
import datetime
import hashlib
import json
import os
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
OUT = os.path.join(ROOT, "test", "provider", "wechat-pay.json")
NOW = 1_700_000_000
API_V3_KEY = "an-apiv3-key-of-32-characters-xx"
PUBLIC_KEY_ID = "PUB_KEY_ID_0112345678902024110100382100000001"
NONCE = "5f0d3c1b9a8e7f6d5c4b3a2918070605"


def load_key(name):
    with open(os.path.join(ROOT, "vectors", "rsa", "keys.json")) as f:
        case = next(c for c in json.load(f)["cases"] if c["id"] == name)
    n, e, d, p, q, dp, dq, qi = (int(case[k], 16) for k in ("n", "e", "d", "p", "q", "dp", "dq", "qi"))
    return rsa.RSAPrivateNumbers(p, q, d, dp, dq, qi, rsa.RSAPublicNumbers(e, n)).private_key()


def certificate(key, serial, since, until, encrypts=True):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Platform of a test")])
    usage = x509.KeyUsage(True, False, encrypts, encrypts, False, False, False, False, False)
    built = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
             .serial_number(int(serial, 16)).not_valid_before(since).not_valid_after(until)
             .add_extension(usage, critical=False).sign(key, hashes.SHA256()))
    return built.public_bytes(serialization.Encoding.PEM).decode()


def sign(key, text):
    return base64.b64encode(key.sign(text, padding.PKCS1v15(), hashes.SHA256())).decode()


def seal(plaintext, nonce, associated):
    made = AESGCM(API_V3_KEY.encode()).encrypt(nonce.encode(), plaintext, (associated or "").encode())
    out = {"algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "ciphertext": base64.b64encode(made).decode()}
    return out if associated is None else {**out, "associated_data": associated}


def signed(key, serial, body, signs=None):
    text = b"%d\n%s\n%s\n" % (NOW, NONCE.encode(), body if signs is None else signs)
    return {"headers": {"Wechatpay-Timestamp": str(NOW), "Wechatpay-Nonce": NONCE, "Wechatpay-Serial": serial,
                        "Wechatpay-Signature": sign(key, text)},
            "body": body.decode()}


def to_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


OLD, NEW, MERCHANT, PUBLIC = (load_key(k) for k in ("rsa-2048-a", "rsa-3072", "rsa-2048-b", "rsa-2049"))
OLD_SERIAL = "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567"
NEW_SERIAL = "5C6D7E8F901234567A1B2C3D4E5F60718293A4B5"
MERCHANT_SERIAL = "7F3A9C0D1E2B4A5968778695A4B3C2D1E0F1A2B3"
day = datetime.datetime
CERTIFICATES = {
    OLD_SERIAL: certificate(OLD, OLD_SERIAL, day(2020, 1, 1), day(2024, 12, 31)),
    NEW_SERIAL: certificate(NEW, NEW_SERIAL, day(2023, 1, 1), day(2027, 12, 31), encrypts=False),
}

RESOURCE = to_json({"transaction_id": "4200000000202311140000000001", "trade_state": "SUCCESS",
                    "amount": {"total": 100, "currency": "CNY"}})


def notification(resource):
    return to_json({"id": "EV-20231114-1", "create_time": "2023-11-15T06:13:20+08:00",
                    "resource_type": "encrypt-resource", "event_type": "TRANSACTION.SUCCESS",
                    "summary": "支付成功", "resource": resource})


def item(serial, pem=None, nonce="0123456789ab", associated="certificate"):
    sealed = seal((pem or CERTIFICATES[serial]).encode(), nonce, associated)
    return {"serial_no": serial, "effective_time": "2020-01-01T08:00:00+08:00",
            "expire_time": "2024-12-31T08:00:00+08:00", "encrypt_certificate": sealed}


DOWNLOAD = to_json({"data": [item(OLD_SERIAL), item(NEW_SERIAL)]})
CALLBACK = notification(seal(RESOURCE, "nonce-of-12-", "transaction"))
CSV = b"Transaction time,Amount\n2023-11-14,100\n"
SHA1 = hashlib.sha1(CSV).hexdigest()
TARGET = "/v3/pay/transactions/id/42?mchid=1900000001&note=%E6%94%AF"
REQUEST = b'{"appid":"wx0000000000000001"}'


def request(method, target, body):
    text = b"%s\n%s\n%d\n%s\n%s\n" % (method.encode(), target.encode(), NOW, NONCE.encode(), body)
    # In another order than this package writes.
    authorization = ('WECHATPAY2-SHA256-RSA2048 signature="%s",serial_no="%s",timestamp="%d",nonce_str="%s",'
                     'mchid="1900000001"' % (sign(MERCHANT, text), MERCHANT_SERIAL, NOW, NONCE))
    return {"method": method, "url": "https://api.mch.weixin.qq.com" + target, "authorization": authorization,
            "body": body.decode()}


OAEP = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
if os.path.exists(OUT):  # random: a rerun keeps it
    with open(OUT) as f:
        FIELD = json.load(f)["field"]
else:
    FIELD = base64.b64encode(MERCHANT.public_key().encrypt("张三".encode(), OAEP)).decode()
assert MERCHANT.decrypt(base64.b64decode(FIELD), OAEP) == "张三".encode()

statement = signed(OLD, OLD_SERIAL, CSV, b'{"sha1":"%s"}' % SHA1.encode())
statement["headers"]["Wechatpay-Statement-Sha1"] = SHA1
pub = PUBLIC.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
RESOURCES = {
    "without associated data": seal(RESOURCE, "nonce-of-12-", None),
    "of Shangmi": {**seal(RESOURCE, "nonce-of-12-", "transaction"), "algorithm": "AEAD_SM4_GCM"},
    "with a nonce of 16": seal(RESOURCE, "nonce-of-16-oct.", "transaction"),
    "with other associated data": {**seal(RESOURCE, "nonce-of-12-", "transaction"), "associated_data": "refund"},
    "of a tag alone": {**seal(b"", "nonce-of-12-", "x"), "associated_data": "x"},
    "shorter than a tag": {**seal(RESOURCE, "nonce-of-12-", "transaction"), "ciphertext": "AAAA"},
    "with a number": {**seal(RESOURCE, "nonce-of-12-", "transaction"), "ciphertext": 1},
    "missing": None,
}
DOWNLOADS = {
    "of no certificates": {"data": []},
    "of another shape": [],
    "of an item of another shape": {"data": ["x"]},
    "of too many": {"data": [item(OLD_SERIAL)] * 17},
    "of another serial": {"data": [{**item(OLD_SERIAL), "serial_no": NEW_SERIAL}]},
    "of another purpose": {"data": [item(OLD_SERIAL, associated="transaction")]},
    "of no certificate": {"data": [item(OLD_SERIAL, pem="not a certificate")]},
    "of another signer": {"data": [item(OLD_SERIAL)]},
}
DOWNLOAD_SIGNERS = {"of another signer": NEW}
data = {
    "now": NOW, "apiV3Key": API_V3_KEY, "publicKeyId": PUBLIC_KEY_ID, "publicKey": pub.decode(),
    "certificates": [{"serial": s, "pem": pem} for s, pem in CERTIFICATES.items()],
    "merchantSerial": MERCHANT_SERIAL,
    "callback": signed(OLD, OLD_SERIAL, CALLBACK),
    "callbackByNew": signed(NEW, NEW_SERIAL, CALLBACK),
    "callbackByPublicKey": signed(PUBLIC, PUBLIC_KEY_ID, CALLBACK),
    "noBody": signed(OLD, OLD_SERIAL, b""),
    "statement": statement,
    "requests": [request("GET", TARGET, b""), request("POST", "/v3/pay/transactions/jsapi", REQUEST)],
    "resource": RESOURCE.decode(),
    "resources": {name: signed(OLD, OLD_SERIAL, notification(r)) for name, r in RESOURCES.items()},
    "download": signed(OLD, OLD_SERIAL, DOWNLOAD),
    "downloads": {name: signed(DOWNLOAD_SIGNERS.get(name, OLD), OLD_SERIAL, to_json(d))
                  for name, d in DOWNLOADS.items()},
    "field": FIELD,
}
with open(OUT, "w") as f:
    json.dump(data, f, ensure_ascii=False, indent=2)
    f.write("\n")
