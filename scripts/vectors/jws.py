"""Writes vectors/jose/jws.json, jwt.json and dpop.json: signatures that standards print, each
verified by hand here first, and the same with one thing wrong."""

import base64
import hashlib
import hmac
import json

import cryptography
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from symmetric_common import PYTHON, case, computed, flip, read, write

TOOL = f"{PYTHON} cryptography {cryptography.__version__}"
COPY = "public test suites that give the values clause by clause"
RFC = "https://www.rfc-editor.org/rfc/rfc"


def b64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def b64u(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def number(text):
    return int.from_bytes(b64(text), "big")


def is_signature(alg, jwk, octets, value):
    try:
        if alg == "HS256":
            return hmac.compare_digest(hmac.new(b64(jwk["k"]), octets, hashlib.sha256).digest(), value)
        if alg == "RS256":
            key = rsa.RSAPublicNumbers(number(jwk["e"]), number(jwk["n"])).public_key()
            key.verify(value, octets, padding.PKCS1v15(), hashes.SHA256())
        elif alg == "EdDSA":
            Ed25519PublicKey.from_public_bytes(b64(jwk["x"])).verify(value, octets)
        else:
            curve, hash_of = {"ES256": (ec.SECP256R1(), hashes.SHA256()), "ES512": (ec.SECP521R1(), hashes.SHA512())}[alg]
            half = len(value) // 2
            r, s = int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big")
            key = ec.EllipticCurvePublicNumbers(number(jwk["x"]), number(jwk["y"]), curve).public_key()
            key.verify(encode_dss_signature(r, s), octets, ec.ECDSA(hash_of))
        return True
    except InvalidSignature:
        return False


def good(alg, jwk, header, payload, value):
    """A signature as it is printed, which must verify; `payload` as it is signed."""
    if not is_signature(alg, jwk, header.encode() + b"." + payload, b64(value)):
        raise SystemExit(f"{header}: the printed signature does not verify")
    return value


# RFC 7515, appendix A.
OCT = {"kty": "oct", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}
RSA = {
    "kty": "RSA",
    "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    "e": "AQAB",
}
P256 = {"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
P521 = {
    "kty": "EC", "crv": "P-521",
    "x": "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk",
    "y": "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2",
}
CLAIMS = b'{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}'
A1 = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
PAYLOAD = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
assert b64(PAYLOAD) == CLAIMS
A1_TAG = good("HS256", OCT, A1, PAYLOAD.encode(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
RS256, ES256, ES512 = "eyJhbGciOiJSUzI1NiJ9", "eyJhbGciOiJFUzI1NiJ9", "eyJhbGciOiJFUzUxMiJ9"
A2_SIG = good("RS256", RSA, RS256, PAYLOAD.encode(), "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw")
A3_SIG = good("ES256", P256, ES256, PAYLOAD.encode(), "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")
A4_SIG = good("ES512", P521, ES512, b"UGF5bG9hZA", "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn")
SIGNED_BY_TWO = {
    "payload": PAYLOAD,
    "signatures": [
        {"protected": RS256, "header": {"kid": "2010-12-29"}, "signature": A2_SIG},
        {"protected": ES256, "header": {"kid": "e9bc097a-ce51-4036-9562-d2ade882db0d"}, "signature": A3_SIG},
    ],
}
FLATTENED = {"payload": PAYLOAD, **SIGNED_BY_TWO["signatures"][1]}
E_TOKEN = "eyJhbGciOiJub25lIiwNCiAiY3JpdCI6WyJodHRwOi8vZXhhbXBsZS5jb20vVU5ERUZJTkVEIl0sDQogImh0dHA6Ly9leGFtcGxlLmNvbS9VTkRFRklORUQiOnRydWUNCn0.RkFJTA."

# RFC 8037, appendix A.4.
OKP = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
ED_HEADER, ED_PAYLOAD = "eyJhbGciOiJFZERTQSJ9", "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
ED_SIG = good("EdDSA", OKP, ED_HEADER, ED_PAYLOAD.encode(), "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")

# RFC 7797, section 4.
HS256 = "eyJhbGciOiJIUzI1NiJ9"
PLAIN = "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19"
CONTROL_TAG = good("HS256", OCT, HS256, b"JC4wMg", "5mvfOroL-g7HyqJoozehmsaqmvTYGEq5jTI1gVvoEoQ")
PLAIN_TAG = good("HS256", OCT, PLAIN, b"$.02", "A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY")

# RFC 7520, sections 4.5, 4.7 and 4.8.
FRODO = "SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4"
KID = "018c0ae5-4d9b-471b-bfd6-eef314bc7037"
SHIRE = {"kty": "oct", "k": "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"}
NAMED = "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9"
NAMED_TAG = good("HS256", SHIRE, NAMED, FRODO.encode(), "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0")
BARE_TAG = good("HS256", SHIRE, "", FRODO.encode(), "xuLifqLGiblpv9zBpuZczWhNj1gARaLV3UxvxhJxZuk")
CONTENT_ONLY = {"payload": FRODO, "header": {"alg": "HS256", "kid": KID}, "signature": BARE_TAG}

# RFC 9449: the key of its figures, the proofs of figures 2 and 12, and the access token.
HOLDER = {"kty": "EC", "crv": "P-256", "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs", "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}
JKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
thumb = json.dumps({name: HOLDER[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
assert b64u(hashlib.sha256(thumb.encode()).digest()) == JKT
ACCESS = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"
assert b64u(hashlib.sha256(ACCESS.encode()).digest()) == "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"
DPOP_HEADER = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19"


def proof(claims, value):
    payload = b64u(json.dumps(claims, separators=(",", ":")).encode())
    return f"{DPOP_HEADER}.{payload}.{good('ES256', HOLDER, DPOP_HEADER, payload.encode(), value)}"


FIGURE_2 = proof(
    {"jti": "-BwC3ESc6acc2lTc", "htm": "POST", "htu": "https://server.example.com/token", "iat": 1562262616},
    "2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg",
)
FIGURE_12 = proof(
    {"jti": "e1j3V_bKic8-LAEB", "htm": "GET", "htu": "https://resource.example.org/protectedresource", "iat": 1562262618,
     "ath": "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"},
    "2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA",
)


def text(value):
    return json.dumps(value, separators=(",", ":"))


def signature_cases():
    frodo = b64(FRODO)
    a1 = f"{A1}.{PAYLOAD}.{A1_TAG}"
    compact = {"form": "compact"}
    yield case("rfc7515-a.1", 0, **compact, alg="HS256", key=OCT, token=a1, payload=CLAIMS)
    yield case("rfc7515-a.2", 0, **compact, alg="RS256", key=RSA, token=f"{RS256}.{PAYLOAD}.{A2_SIG}", payload=CLAIMS)
    yield case("rfc7515-a.3", 0, **compact, alg="ES256", key=P256, token=f"{ES256}.{PAYLOAD}.{A3_SIG}", payload=CLAIMS)
    yield case("rfc7515-a.4", 0, **compact, alg="ES512", key=P521, token=f"{ES512}.UGF5bG9hZA.{A4_SIG}", payload=b"Payload")
    yield case("rfc7515-a.5", 0, "no signature", **compact, alg="HS256", key=OCT, token=f"eyJhbGciOiJub25lIn0.{PAYLOAD}.", expect="ERR_JOSE_ALGORITHM")
    yield case("rfc7515-a.6-rsa", 0, form="general", alg="RS256", key=RSA, token=text(SIGNED_BY_TWO), payload=CLAIMS)
    yield case("rfc7515-a.6-ec", 0, form="general", alg="ES256", key=P256, token=text(SIGNED_BY_TWO), payload=CLAIMS)
    yield case("rfc7515-a.7", 0, form="flattened", alg="ES256", key=P256, token=text(FLATTENED), payload=CLAIMS)
    yield case("rfc7515-e", 0, "crit with a name that nobody knows", **compact, alg="HS256", key=OCT, token=E_TOKEN, expect="ERR_JOSE_CRITICAL")
    yield case("rfc8037-a.4", 1, **compact, alg="EdDSA", key=OKP, token=f"{ED_HEADER}.{ED_PAYLOAD}.{ED_SIG}", payload=b"Example of Ed25519 signing")
    yield case("rfc7797-4.1", 2, **compact, alg="HS256", key=OCT, token=f"{HS256}.JC4wMg.{CONTROL_TAG}", payload=b"$.02")
    plain = {"alg": "HS256", "key": OCT, "payload": b"$.02", "understood": ["b64"]}
    yield case("rfc7797-4.2", 2, **compact, **plain, token=f"{PLAIN}..{PLAIN_TAG}", detached=True)
    yield case("rfc7797-4.2-json", 2, form="flattened", **plain, token=text({"protected": PLAIN, "payload": "$.02", "signature": PLAIN_TAG}))
    named = {"alg": "HS256", "key": SHIRE, "payload": frodo}
    yield case("rfc7520-4.4", 3, **compact, **named, token=f"{NAMED}.{FRODO}.{NAMED_TAG}")
    yield case("rfc7520-4.5", 3, **compact, **named, token=f"{NAMED}..{NAMED_TAG}", detached=True)
    yield case("rfc7520-4.5-json", 3, form="flattened", **named, token=text({"protected": NAMED, "signature": NAMED_TAG}), detached=True)
    yield case("rfc7520-4.7", 3, form="flattened", **named, token=text(CONTENT_ONLY))

    not_critical = b64u(b'{"alg":"HS256","b64":false}')
    tag = b64u(hmac.new(b64(OCT["k"]), f"{not_critical}.$.02".encode(), hashlib.sha256).digest())
    bad = {"alg": "HS256", "key": OCT}
    yield case("b64-not-critical", 4, **compact, **plain, token=f"{not_critical}..{tag}", detached=True, expect="ERR_JOSE_HEADER")
    yield case("b64-not-understood", 4, **compact, **{**plain, "understood": None}, token=f"{PLAIN}..{PLAIN_TAG}", detached=True, expect="ERR_JOSE_CRITICAL")
    yield case("other-payload", 4, **compact, **bad, token=f"{A1}.{b64u(flip(CLAIMS, 100))}.{A1_TAG}", expect="ERR_VERIFY_FAILED")
    yield case("other-tag", 4, **compact, **bad, token=f"{A1}.{PAYLOAD}.{b64u(flip(b64(A1_TAG), 0))}", expect="ERR_VERIFY_FAILED")
    yield case("cut-tag", 4, **compact, **bad, token=f"{A1}.{PAYLOAD}.{b64u(b64(A1_TAG)[:16])}", expect="ERR_VERIFY_FAILED")
    yield case("no-tag", 4, **compact, **bad, token=f"{A1}.{PAYLOAD}.", expect="ERR_VERIFY_FAILED")
    yield case("other-key", 4, **compact, alg="HS256", key=SHIRE, token=a1, expect="ERR_VERIFY_FAILED")
    yield case("other-algorithm", 4, **compact, alg="ES256", key=P256, token=a1, expect="ERR_JOSE_ALGORITHM")
    yield case("spare-bits", 4, "the last character of the tag with a spare bit set", **compact, **bad, token=a1[:-1] + "l", expect="ERR_BASE64URL")
    yield case("padding", 4, **compact, **bad, token=a1 + "=", expect="ERR_BASE64URL")
    yield case("four-parts", 4, **compact, **bad, token=a1 + ".", expect="ERR_JOSE_FORM")
    twice = b64u(b'{"alg":"HS256","alg":"HS256"}')
    tag = b64u(hmac.new(b64(OCT["k"]), f"{twice}.{PAYLOAD}".encode(), hashlib.sha256).digest())
    yield case("name-twice", 4, **compact, **bad, token=f"{twice}.{PAYLOAD}.{tag}", expect="ERR_JSON_DUPLICATE")
    both = {"protected": HS256, "header": {"alg": "HS256"}, "payload": "JC4wMg", "signature": CONTROL_TAG}
    yield case("alg-twice", 4, form="flattened", **bad, token=text(both), expect="ERR_JOSE_HEADER")


def token_cases():
    a1 = {"alg": "HS256", "key": OCT, "token": f"{A1}.{PAYLOAD}.{A1_TAG}", "issuer": "joe", "typ": "JWT"}
    yield case("rfc7519-3.1", 0, **a1, now=1300819379, payload=CLAIMS)
    yield case("expired", 1, **a1, now=1300819380, expect="ERR_EXPIRED")
    yield case("other-issuer", 1, **{**a1, "issuer": "joe "}, now=1300819379, expect="ERR_JWT_ISSUER")
    yield case("other-type", 1, **{**a1, "typ": "at+jwt"}, now=1300819379, expect="ERR_JWT_TYPE")
    yield case("no-audience", 1, **a1, now=1300819379, audience="api", expect="ERR_JWT_AUDIENCE")


def proof_cases():
    first = {"proof": FIGURE_2, "method": "POST", "url": "https://server.example.com/token", "now": 1562262616}
    second = {"proof": FIGURE_12, "method": "GET", "url": "https://resource.example.org/protectedresource", "now": 1562262618, "accessToken": ACCESS}
    yield case("rfc9449-figure-2", 0, **first, thumbprint=JKT, jti="-BwC3ESc6acc2lTc")
    yield case("rfc9449-figure-12", 0, **second, thumbprint=JKT, jti="e1j3V_bKic8-LAEB")
    yield case("other-url-same-resource", 1, **{**second, "url": "HTTPS://RESOURCE.example.org:443/protectedresource?x#y"}, thumbprint=JKT, jti="e1j3V_bKic8-LAEB")
    yield case("other-thumbprint", 1, **second, thumbprint="A" + JKT[1:], expect="ERR_DPOP_BINDING")
    yield case("other-token", 1, **{**second, "accessToken": ACCESS + "U"}, thumbprint=JKT, expect="ERR_DPOP_BINDING")
    yield case("no-token-in-proof", 1, **first, accessToken=ACCESS, thumbprint=JKT, expect="ERR_DPOP_BINDING")
    yield case("other-method", 1, **{**second, "method": "POST"}, thumbprint=JKT, expect="ERR_DPOP_REQUEST")
    yield case("other-url", 1, **{**second, "url": "https://resource.example.org/protectedresource/"}, thumbprint=JKT, expect="ERR_DPOP_REQUEST")
    yield case("too-old", 1, **{**second, "now": 1562262679}, thumbprint=JKT, expect="ERR_TOO_OLD")
    yield case("not-yet", 1, **{**second, "now": 1562262617}, thumbprint=JKT, expect="ERR_NOT_YET_VALID")


SCRIPT = computed(TOOL, "jws.py")
write("jose/jws.json", "jws", "JWS", [
    read("RFC 7515", "A, E", f"{RFC}7515#appendix-A", TOOL, COPY),
    read("RFC 8037", "A.4", f"{RFC}8037#appendix-A.4", TOOL, "the files of the cookbook that RFC 7520 is made from"),
    read("RFC 7797", "4", f"{RFC}7797#section-4", TOOL, COPY),
    read("RFC 7520", "4.4, 4.5, 4.7", f"{RFC}7520#section-4", TOOL, "the files of the cookbook that the RFC is made from"),
    SCRIPT,
], list(signature_cases()))
write("jose/jwt.json", "jwt", "JWT", [
    read("RFC 7519", "3.1", f"{RFC}7519#section-3.1", TOOL, COPY),
    SCRIPT,
], list(token_cases()))
write("jose/dpop.json", "dpop", "DPoP", [
    read("RFC 9449", "figures 2 and 12", f"{RFC}9449", TOOL, COPY),
    SCRIPT,
], list(proof_cases()))
