"""Writes test/provider/alipay.json: messages of an Alipay and merchants that are not real, under the keys of
vectors/rsa/keys.json, and certificates for them, made by the cryptography package alone."""
import base64
import datetime
import hashlib
import json
import os
from urllib.parse import quote_from_bytes
from cryptography import x509
from cryptography.hazmat.primitives import hashes, padding as blocks, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.x509.oid import NameOID

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
OUT = os.path.join(ROOT, "test", "provider", "alipay.json")
NOW = 1_700_000_000
CONTENT_KEY = bytes(range(16))


def load_key(name):
    with open(os.path.join(ROOT, "vectors", "rsa", "keys.json")) as f:
        case = next(c for c in json.load(f)["cases"] if c["id"] == name)
    n, e, d, p, q, dp, dq, qi = (int(case[k], 16) for k in ("n", "e", "d", "p", "q", "dp", "dq", "qi"))
    return rsa.RSAPrivateNumbers(p, q, d, dp, dq, qi, rsa.RSAPublicNumbers(e, n)).private_key()


ALIPAY, MERCHANT, ISSUER, TOP = (load_key(k) for k in ("rsa-2048-a", "rsa-2048-b", "rsa-3072", "rsa-4096"))


def sign(octets, hash_=hashes.SHA256()):
    return base64.b64encode(ALIPAY.sign(octets, padding.PKCS1v15(), hash_)).decode()


def form(pairs, drop, charset="utf-8", hash_=hashes.SHA256()):
    """The form in its order, as browsers encode it, with its signature in the middle."""
    octets = [(k.encode(), v.encode(charset)) for k, v in pairs]
    text = b"&".join(k + b"=" + v for k, v in sorted(octets) if k.decode() not in drop)
    octets.insert(2, (b"sign", sign(text, hash_).encode()))
    return "&".join(k.decode() + "=" + quote_from_bytes(v, safe="*-._ ").replace(" ", "+") for k, v in octets)


V1, V2 = ("sign", "sign_type"), ("sign",)
TRADE = [
    ("gmt_create", "2023-11-15 06:12:58"), ("charset", "utf-8"), ("subject", "雨伞 + 100% cover"), ("body", ""),
    ("fund_bill_list", '[{"amount":"19.90","fundChannel":"ALIPAYACCOUNT"}]'),
    ("notify_id", "2023111500222061320000000000000001"), ("notify_type", "trade_status_sync"),
    ("trade_status", "TRADE_SUCCESS"), ("app_id", "2021000000000000"), ("seller_id", "2088000000000000"),
    ("out_trade_no", "1042"), ("total_amount", "19.90"), ("sign_type", "RSA2"), ("version", "1.0"),
]


def changed(pairs, **values):
    return [(k, values.get(k, v)) for k, v in pairs]


def answer(text, root="alipay_trade_query_response", sn=None, hash_=hashes.SHA256()):
    beside = "" if sn is None else ',"alipay_cert_sn":"%s"' % sn
    return '{"%s":%s%s,"sign":"%s"}' % (root, text, beside, sign(text.encode(), hash_))


def encrypted(plaintext):
    padder = blocks.PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(CONTENT_KEY), modes.CBC(bytes(16))).encryptor()
    padded = padder.update(plaintext) + padder.finalize()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def name(*attributes):
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes])


C, O, OU, CN = NameOID.COUNTRY_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.COMMON_NAME
ORGANIZATION = ((C, "CN"), (O, "Finance of a test"), (OU, "Certification Authority"))
ROOT_NAME = name(*ORGANIZATION, (CN, "Test Authority R1"))
EC_NAME = name(*ORGANIZATION, (CN, "Test Authority E1"))
ISSUER_NAME = name(*ORGANIZATION, (CN, "Test Authority Class 2 R1"))
COMPANY = "支付宝(中国)网络技术有限公司-"
serials = iter(range(0x2023_1115_0000_0000_0000_0000_0000_0001, 1 << 160))


def certificate(subject, issuer, key, signer, ca):
    usage = x509.KeyUsage(not ca, not ca, not ca, not ca, False, ca, ca, False, False)
    built = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
             .serial_number(next(serials)).not_valid_before(datetime.datetime(2023, 1, 1))
             .not_valid_after(datetime.datetime(2024, 12, 31)).add_extension(usage, critical=True))
    if ca:
        built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return built.sign(signer, hashes.SHA256())


def sn(made):
    issuer = ",".join("%s=%s" % ({C: "C", O: "O", OU: "OU", CN: "CN"}[a.oid], a.value)
                      for a in reversed(list(made.issuer)))
    return hashlib.md5((issuer + str(made.serial_number)).encode()).hexdigest()


def pem(*made):
    return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in made)


EC_KEY = ec.derive_private_key(0x2023_1115, ec.SECP256R1())
root = certificate(ROOT_NAME, ROOT_NAME, TOP, TOP, True)
other_root = certificate(EC_NAME, EC_NAME, EC_KEY, EC_KEY, True)  # its signature is drawn
second_root = certificate(name((C, "CN"), (CN, "Test Authority R2")), name((C, "CN"), (CN, "Test Authority R2")),
                          ISSUER, ISSUER, True)
issuer = certificate(ISSUER_NAME, ROOT_NAME, ISSUER, TOP, True)
alipay = certificate(name((C, "CN"), (O, "A shop"), (OU, "Alipay"), (CN, COMPANY + "2088000000000000")), ISSUER_NAME,
                     ALIPAY, ISSUER, False)
merchant = certificate(name((C, "CN"), (O, "A shop"), (OU, "Alipay"), (CN, "2088000000000000-2021000000000000")),
                       ISSUER_NAME, MERCHANT, ISSUER, False)
odd = certificate(name((C, "CN"), (CN, "x")), name((C, "CN"), (CN, "A, B")), MERCHANT, ISSUER, False)
email = certificate(name((C, "CN"), (CN, "x")), name((NameOID.EMAIL_ADDRESS, "a@b.example")), MERCHANT, ISSUER, False)

CONTENT = '{"code":"10000","msg":"Success","out_trade_no":"1042","total_amount":1.10,"note":"}\\"雨 \\/ \\u96e8"}'
CALL = [
    ("app_id", "2021000000000000"), ("method", "alipay.trade.query"), ("format", "JSON"), ("charset", "utf-8"),
    ("sign_type", "RSA2"), ("timestamp", "2023-11-15 06:13:20"), ("version", "1.0"),
    ("biz_content", '{"out_trade_no":"1042","note":"雨 & 100%"}'), ("notify_url", "https://shop.example/alipay/notify"),
]
pub = ALIPAY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
call_text = "&".join("%s=%s" % pair for pair in sorted(CALL)).encode()
CIPHERTEXT = encrypted(CONTENT.encode())
before = {}
if os.path.exists(OUT):
    with open(OUT) as f:
        before = json.load(f)
out = {
    "now": NOW,
    "publicKey": pub.decode(),
    "notify": form(TRADE, V1),
    "notifySignsType": form(TRADE, V2),
    "notifySha1": form(changed(TRADE, sign_type="RSA"), V1, hash_=hashes.SHA1()),
    "notifyGbk": form(changed(TRADE, charset="GBK"), V1, charset="gbk"),
    "notifyBig5": form(changed(TRADE, charset="big5"), V1),
    "notifyNotGbk": form(changed(TRADE, charset="gbk", subject="\u0081"), V1, charset="latin-1"),
    "notifyNotUtf8": form(changed(TRADE, subject="\u0081"), V1, charset="latin-1"),
    "notifyNoCharset": form([pair for pair in TRADE if pair[0] != "charset"], V1),
    "notifyNoId": form([pair for pair in TRADE if pair[0] != "notify_id"], V1),
    "notifyEmptyDropped": form(TRADE, ("body", *V1)),
    "notifyOfCertificate": form([*TRADE, ("alipay_cert_sn", sn(alipay))], V1),
    "notifyOfAnother": form([*TRADE, ("alipay_cert_sn", "00" * 16)], V1),
    "message": form([*TRADE, ("isv_ticket", "")], V2),
    "messageSha1": form(changed(TRADE, sign_type="RSA"), V2, hash_=hashes.SHA1()),
    "return": "https://shop.example/return?" + form(TRADE, V1),
    "returnSha1": "https://shop.example/return?" + form(TRADE, V1, hash_=hashes.SHA1()),
    "content": CONTENT,
    "response": answer(CONTENT),
    "responseSha1": answer(CONTENT, hash_=hashes.SHA1()),
    "responseError": answer('{"code":"40002","msg":"Invalid Arguments"}', "error_response"),
    "responseOfCertificate": answer(CONTENT, sn=sn(alipay)),
    "responseOfAnother": answer(CONTENT, sn="00" * 16),
    "responseEncrypted": answer('"%s"' % CIPHERTEXT),
    "responsesNotDecrypted": {
        "ciphertext that was cut": answer('"%s"' % base64.b64encode(base64.b64decode(CIPHERTEXT)[:-1]).decode()),
        "no ciphertext": answer('""'),
        "no Base64": answer('"%s"' % CIPHERTEXT[:-1]),
        "another padding": answer('"%s"' % base64.b64encode(base64.b64decode(CIPHERTEXT)[:-16]).decode()),
        "no JSON": answer('"%s"' % encrypted(b"1.")),
        "JSON that was not encrypted": answer(CONTENT),
    },
    "contentKey": base64.b64encode(CONTENT_KEY).decode(),
    "ciphertext": CIPHERTEXT,
    "ciphertextOfBlock": encrypted(b"0123456789abcdef"),
    "call": {"text": call_text.decode(),
             "sign": base64.b64encode(MERCHANT.sign(call_text, padding.PKCS1v15(), hashes.SHA256())).decode()},
    "roots": pem(root, other_root, second_root),
    "certificate": pem(alipay, issuer),
    "merchant": pem(merchant, issuer),
    "odd": pem(odd),
    "email": pem(email),
    "certSn": sn(alipay),
    "appCertSn": sn(merchant),
    "rootCertSn": sn(root) + "_" + sn(second_root),
    "ecRoot": pem(other_root),
}
for drawn in ("roots", "ecRoot"):  # a rerun keeps them
    out[drawn] = before.get(drawn, out[drawn])
with open(OUT, "w") as f:
    json.dump(out, f, indent=2, ensure_ascii=False)
    f.write("\n")
