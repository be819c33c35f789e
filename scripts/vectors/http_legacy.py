"""Writes vectors/http/cavage.json and vectors/http/oauth1.json."""

import base64
import hashlib
import hmac
import json
import os
from urllib.parse import parse_qsl, quote, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from symmetric_common import PYTHON, ROOT, case, computed, fixed, read, write

TOOL = f"{PYTHON} hmac, hashlib and urllib.parse, and the package cryptography"
OWN = computed(TOOL, "http_legacy.py")
DRAFT = read("draft-cavage-http-signatures-12", "C.1-C.3",
             "https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12", TOOL,
             "public code that holds the examples and says which fields C.3 really signs")
RFC5849 = read("RFC 5849", "1.2, 3.1, 3.4.1.1", "https://www.rfc-editor.org/rfc/rfc5849", TOOL, "a public copy of the RFC text")


def b64u(octets):
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def uint(number, size=None):
    return number.to_bytes(size or (number.bit_length() + 7) // 8, "big")


def rsa_key(id):
    with open(os.path.join(ROOT, "vectors", "rsa", "keys.json"), encoding="utf-8") as file:
        row = next(c for c in json.load(file)["cases"] if c["id"] == id)
    v = {name: int(row[name], 16) for name in ("n", "e", "d", "p", "q", "dp", "dq", "qi")}
    public = rsa.RSAPublicNumbers(v["e"], v["n"])
    key = rsa.RSAPrivateNumbers(v["p"], v["q"], v["d"], v["dp"], v["dq"], v["qi"], public).private_key()
    return key, {"kty": "RSA", **{name: b64u(uint(value)) for name, value in v.items()}}


def public_jwk(key):
    numbers = key.public_numbers()
    return {"kty": "RSA", "n": b64u(uint(numbers.n)), "e": b64u(uint(numbers.e))}


RSA, RSA_JWK = rsa_key("rsa-2048-a")
EC = ec.derive_private_key(int.from_bytes(fixed("http/ec", 32), "big"), ec.SECP256R1())
EC_POINT = EC.public_key().public_numbers()
EC_JWK = {"kty": "EC", "crv": "P-256", "x": b64u(uint(EC_POINT.x, 32)), "y": b64u(uint(EC_POINT.y, 32)),
          "d": b64u(uint(EC.private_numbers().private_value, 32))}
ED = ed25519.Ed25519PrivateKey.from_private_bytes(fixed("http/ed25519", 32))
ED_JWK = {"kty": "OKP", "crv": "Ed25519", "x": b64u(ED.public_key().public_bytes_raw()), "d": b64u(fixed("http/ed25519", 32))}
SECRET = fixed("http/hmac", 32).hex()

# draft-cavage-http-signatures-12, appendix C: the public half of its key of 1024 bits
DRAFT_KEY = load_pem_public_key(b"""-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----
""")
DRAFT_REQUEST = {"method": "POST", "url": "https://example.com/foo?param=value&pet=dog", "headers": [
    ["Host", "example.com"], ["Date", "Sun, 05 Jan 2014 21:31:40 GMT"], ["Content-Type", "application/json"],
    ["Digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="], ["Content-Length", "18"]],
    "body": b'{"hello": "world"}'.hex()}
DRAFT_TIME = 1388957500  # 2014-01-05T21:31:40Z

SIGN = {
    "RSASSA-PKCS1-v1_5 SHA-256": ("rsa-sha256", RSA_JWK, lambda m: RSA.sign(m, padding.PKCS1v15(), hashes.SHA256())),
    "RSASSA-PKCS1-v1_5 SHA-512": ("rsa-sha512", RSA_JWK, lambda m: RSA.sign(m, padding.PKCS1v15(), hashes.SHA512())),
    "HMAC-SHA-256": ("hmac-sha256", SECRET, lambda m: hmac.new(bytes.fromhex(SECRET), m, hashlib.sha256).digest()),
    "ECDSA P-256 SHA-256": ("ecdsa-sha256", EC_JWK,
                            lambda m: EC.sign(m, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))),
    "Ed25519": ("ed25519", ED_JWK, ED.sign),
}


def line(request, name, created, expires):
    parts = urlsplit(request["url"])
    if name == "(request-target)":
        return f"{name}: {request['method'].lower()} {parts.path}{'?' + parts.query if parts.query else ''}"
    if name in ("(created)", "(expires)"):
        return f"{name}: {created if name == '(created)' else expires}"
    if name == "host":
        return f"host: {parts.netloc}"
    return f"{name}: " + ", ".join(v.strip(" \t") for n, v in request["headers"] if n.lower() == name)


def draft(id, names, printed):
    string = "\n".join(line(DRAFT_REQUEST, name, None, None) for name in names)
    DRAFT_KEY.verify(base64.b64decode(printed), string.encode(), padding.PKCS1v15(), hashes.SHA256())
    value = f'keyId="Test",algorithm="rsa-sha256",headers="{" ".join(names)}",signature="{printed}"'
    return case(id, 0, None, alg="RSASSA-PKCS1-v1_5 SHA-256", key=public_jwk(DRAFT_KEY), relaxed=True, request=DRAFT_REQUEST,
                now=DRAFT_TIME, keyId="Test", names=names, algorithm="own", signingString=string, value=value)


def own(id, alg, algorithm, names, created=None, expires=None, note=None):
    name, key, sign = SIGN[alg]
    request = {"method": "PUT", "url": "https://bank.example/v1/payments?id=%C3%A9&x=", "headers": [
        ["Date", "Sat, 21 Nov 2026 18:00:00 GMT"], ["X-Request-ID", " 99391c7e-ad88 "], ["X-List", "a"], ["X-Empty", ""],
        ["X-List", "b,c"], ["Digest", "SHA-512=" + base64.b64encode(hashlib.sha512(b"{}").digest()).decode()]],
        "body": b"{}".hex()}
    string = "\n".join(line(request, one, created, expires) for one in names)
    signature = base64.b64encode(sign(string.encode())).decode()
    said = {"own": name, "hs2019": "hs2019", "none": None}[algorithm]
    parts = ['keyId="k 1"', said and f'algorithm="{said}"', created and f"created={created}", expires and f"expires={expires}",
             f'headers="{" ".join(names)}"', f'signature="{signature}"']
    return case(id, 1, note, alg=alg, key=key, request=request, now=1795284000, keyId="k 1", names=names, algorithm=algorithm,
                created=created, expires=expires, signingString=string, value=",".join(part for part in parts if part))


NAMES = ["(request-target)", "host", "date", "x-request-id", "digest"]
write("http/cavage.json", "cavage", "several", [DRAFT, OWN], [
    draft("c1", ["date"], "SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS"
                          "+lavg7T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM="),
    draft("c2", ["(request-target)", "host", "date"],
          "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3"
          "nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0="),
    draft("c3", ["(request-target)", "host", "date", "content-type", "digest", "content-length"],
          "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZF"
          "ukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE="),
    *(own(f"{name}-own", alg, "own", NAMES) for alg, (name, *_) in SIGN.items()),
    *(own(f"{name}-hs2019", alg, "hs2019", ["(created)", "(request-target)", "(expires)"], 1795284000, 1795284300)
      for alg, (name, *_) in SIGN.items()),
    own("lines", "HMAC-SHA-256", "none", ["date", "x-list", "x-empty"], note="several lines, and one of no characters"),
])


def pct(text):
    return quote(text, safe="-._~")


def spare(text):
    """As Mastercard's signers leave values in the field"""
    return quote(text, safe="-._~!*'()+/=")


def base_string(request, parameters, form, raw):
    parts = urlsplit(request["url"])
    query = [pair.partition("=")[::2] for pair in parts.query.split("&") if pair]
    if not raw:
        query = [(pct(a), pct(b)) for a, b in parse_qsl(parts.query, keep_blank_values=True)]
    body = parse_qsl(bytes.fromhex(request["body"]).decode(), keep_blank_values=True) if form else []
    # Raw are the parameters too, as they stand in the field
    write = spare if raw else pct
    pairs = [(pct(a), write(b)) for a, b in parameters] + [(pct(a), pct(b)) for a, b in body] + query
    normal = "&".join(f"{a}={b}" for a, b in sorted(pairs))
    port = {"https": ":443", "http": ":80"}[parts.scheme]
    host = parts.netloc.lower().removesuffix(port)
    return "&".join([request["method"].upper(), pct(f"{parts.scheme}://{host}{parts.path}"), pct(normal)])


OAUTH_SIGN = {
    "HMAC-SHA-1": ("HMAC-SHA1", lambda k, m: hmac.new(k, m, hashlib.sha1).digest()),
    "HMAC-SHA-256": ("HMAC-SHA256", lambda k, m: hmac.new(k, m, hashlib.sha256).digest()),
    "RSASSA-PKCS1-v1_5 SHA-1": ("RSA-SHA1", lambda k, m: RSA.sign(m, padding.PKCS1v15(), hashes.SHA1())),
    "RSASSA-PKCS1-v1_5 SHA-256": ("RSA-SHA256", lambda k, m: RSA.sign(m, padding.PKCS1v15(), hashes.SHA256())),
}


def oauth(id, source, alg, request, parameters, *, secrets=None, token=None, body="form", query="decoded", printed=None,
          base=None, expect=None, note=None):
    method, sign = OAUTH_SIGN[alg]
    key = secrets and "&".join(map(pct, secrets)).encode()
    string = base_string(request, parameters, body == "form", query == "raw")
    if base and base != string:
        raise SystemExit(f"{id}: computed {string}")
    signature = base64.b64encode(sign(key, string.encode())).decode()
    if printed and printed != signature:
        raise SystemExit(f"{id}: computed {signature}, the RFC prints {printed}")
    given = dict(parameters)
    write = spare if query == "raw" else pct
    all = [(pct(a), write(b)) for a, b in parameters] + [("oauth_signature", pct(signature))]
    value = 'OAuth realm="Photos", ' + ", ".join(f'{a}="{b}"' for a, b in all)
    return case(id, source, note, alg=alg, request=request, secrets=secrets and list(secrets), key=None if secrets else RSA_JWK,
                consumerKey=given["oauth_consumer_key"], token=token, now=int(given["oauth_timestamp"]), body=body, query=query,
                baseString=string, parameters=[list(pair) for pair in parameters], signature=signature, value=value,
                expect=expect)


def sent(method, url, headers=(), body=b""):
    return {"method": method, "url": url, "headers": [list(pair) for pair in headers], "body": body.hex()}


def params(consumer, method, time, nonce, token=None, *more):
    out = [("oauth_consumer_key", consumer), ("oauth_signature_method", method), ("oauth_timestamp", str(time)),
           ("oauth_nonce", nonce)]
    return out + ([("oauth_token", token)] if token else []) + list(more)


PHOTOS = "dpf43f3p2l4k3l03"
FORM = [("Content-Type", "application/x-www-form-urlencoded")]
CARD = "https://sandbox.api.mastercard.com/v1/x?a=token1%3Atoken2&b=z"
BODY = b'{"amount":1}'
HASH = ("oauth_body_hash", base64.b64encode(hashlib.sha256(BODY).digest()).decode())
EMPTY = ("oauth_body_hash", base64.b64encode(hashlib.sha256(b"").digest()).decode())
ONE = ("oauth_version", "1.0")
TWO = ("consumer secret & more", "")
write("http/oauth1.json", "oauth1", "several", [RFC5849, OWN], [
    oauth("rfc5849-1.2-initiate", 0, "HMAC-SHA-1", sent("POST", "https://photos.example.net/initiate"),
          params(PHOTOS, "HMAC-SHA1", 137131200, "wIjqoS", None, ("oauth_callback", "http://printer.example.com/ready")),
          secrets=("kd94hf93k423kf44", ""), printed="74KNZJeDHnMBp0EMJ9ZHt/XKycU="),
    oauth("rfc5849-1.2-token", 0, "HMAC-SHA-1", sent("POST", "https://photos.example.net/token"),
          params(PHOTOS, "HMAC-SHA1", 137131201, "walatlh", "hh5s93j4hdidpola", ("oauth_verifier", "hfdp7dh39dks9884")),
          secrets=("kd94hf93k423kf44", "hdhd0244k9j7ao03"), token="hh5s93j4hdidpola", printed="gKgrFCywp7rO0OXSjdot/IHF7IU="),
    oauth("rfc5849-1.2-photos", 0, "HMAC-SHA-1", sent("GET", "http://photos.example.net/photos?file=vacation.jpg&size=original"),
          params(PHOTOS, "HMAC-SHA1", 137131202, "chapoH", "nnch734d00sl2jdk"),
          secrets=("kd94hf93k423kf44", "pfkkdhi9sl3r4s00"), token="nnch734d00sl2jdk", printed="MdpQcU8iPSUjWoN/UDMsK2sui9I=",
          note="the RFC does not print the scheme; its signature is that of http"),
    oauth("rfc5849-3.4.1.1", 0, "HMAC-SHA-1",
          sent("POST", "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", FORM, b"c2&a3=2+q"),
          params("9djdj82h48djs9d2", "HMAC-SHA1", 137131201, "7d8f3e4a", "kkk9d7dh3k39sjv7"),
          secrets=("j49sk3j29djd", "dh893hdasih9"), token="kkk9d7dh3k39sjv7",
          base="POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26"
               "c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26"
               "oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7",
          note="the signature that the RFC prints in section 3.1 is another one; this is computed"),
    oauth("default-port", 1, "HMAC-SHA-256", sent("get", "http://EXAMPLE.com:80/r%20v/X?id=123"),
          params("consumer", "HMAC-SHA256", 1795284000, "n", None, ONE), secrets=TWO),
    oauth("other-port", 1, "HMAC-SHA-256", sent("GET", "https://www.example.net:8080/?q=1&q=1&q=%C3%A9&q=!*'()&~=-._"),
          params("consumer", "HMAC-SHA256", 1795284000, "n", None, ONE), secrets=TWO),
    oauth("hash", 1, "HMAC-SHA-256", sent("POST", CARD, [("Content-Type", "application/json")], BODY),
          [HASH] + params("consumer", "HMAC-SHA256", 1795284000, "n", None, ONE), secrets=TWO, body="hash"),
    oauth("mastercard", 1, "RSASSA-PKCS1-v1_5 SHA-256", sent("POST", CARD, [("Content-Type", "application/json")], BODY),
          [HASH] + params("aaa!aaa", "RSA-SHA256", 1795284000, "n", None, ONE), body="hash"),
    oauth("mastercard-raw-query", 1, "RSASSA-PKCS1-v1_5 SHA-256", sent("GET", CARD + "&c=!:&c=%21"),
          [EMPTY] + params("aaa!aaa", "RSA-SHA256", 1795284000, "n", None, ONE), body="hash", query="raw"),
    oauth("rsa-sha1", 1, "RSASSA-PKCS1-v1_5 SHA-1", sent("GET", "https://photos.example.net/photos?file=vacation.jpg"),
          params(PHOTOS, "RSA-SHA1", 137131202, "chapoH")),
])
