"""Writes vectors/http/sigv4.json and vectors/http/sigv4a.json."""

import hashlib
import hmac
from urllib.parse import quote

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from symmetric_common import PYTHON, case, computed, read, write

TOOL = f"{PYTHON} hmac, hashlib and urllib.parse"
SCRIPT = computed(TOOL, "sigv4.py")
S3 = read("Amazon S3 API Reference", "Signature Calculations for the Authorization Header, Examples",
          "https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html", TOOL,
          "public code that gives the examples of the page with their signatures")
S3_QUERY = read("Amazon S3 API Reference", "Authenticating Requests: Using Query Parameters, An Example",
                "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html", TOOL,
                "public code that gives the example of the page with its signature")
SUITE = read("AWS signing test suite", "v4a, public-key.json",
             "https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite",
             f"{PYTHON} hmac, and the package cryptography", "public code that holds the suite's number")
SIGNED = computed(f"{PYTHON} hmac, and the package cryptography", "sigv4.py")
EMPTY = hashlib.sha256(b"").hexdigest()
MAY = 1369353600  # 2013-05-24T00:00:00Z
AUGUST = 1440938160  # 2015-08-30T12:36:00Z
TIMES = {MAY: "20130524T000000Z", AUGUST: "20150830T123600Z"}
DOCS = {"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secret": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}
TEST = {"accessKeyId": "AKIDEXAMPLE", "secret": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
BUCKET = "https://examplebucket.s3.amazonaws.com"


def tag(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def encode(text):
    return quote(text, safe="-._~")


def signed(key, scope, time, canonical):
    day, region, service, _ = scope.split("/")
    for label in (day, region, service, "aws4_request"):
        key = tag(key, label)
    to_sign = "\n".join(["AWS4-HMAC-SHA256", time, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    return to_sign, tag(key, to_sign).hex()


def one(id, source, *, method="GET", url, headers=(), body="", who, service, time, path, payload="signed", form="header",
        sign=(), token=None, expires=None, canonical_path, canonical_query, canonical_headers, printed=None, note=None):
    """A case whose canonical request is put together from parts that stand in the call."""
    region = "us-east-1"
    scope = f"{TIMES[time][:8]}/{region}/{service}/aws4_request"
    digest = "UNSIGNED-PAYLOAD" if payload == "unsigned" else hashlib.sha256(body.encode()).hexdigest()
    names = ";".join(line.split(":")[0] for line in canonical_headers)
    canonical = "\n".join([method, canonical_path, canonical_query, *canonical_headers, "", names, digest])
    to_sign, signature = signed(("AWS4" + who["secret"]).encode(), scope, TIMES[time], canonical)
    if printed and printed != signature:
        raise SystemExit(f"{id}: computed {signature}, AWS prints {printed}")
    fields = {"request": {"method": method, "url": url, "headers": [list(pair) for pair in headers], "body": body.encode().hex()},
              **who, "region": region, "service": service, "time": time, "path": path, "payload": payload, "form": form,
              "headers": list(sign)}
    if token:
        fields["sessionToken"] = token
    if expires:
        fields["expires"] = expires
    return case(id, source, note, **fields, canonicalRequest=canonical, stringToSign=to_sign, signature=signature)


def s3(id, **rest):
    return one(id, 0, who=DOCS, service="s3", time=MAY, path="s3", payload="header", **rest)


def host(*more):
    return sorted(["host:examplebucket.s3.amazonaws.com", "x-amz-date:20130524T000000Z", *more])


def plain(id, url, canonical_path, canonical_query="", *, more=(), **rest):
    lines = sorted(["host:example.amazonaws.com", "x-amz-date:20150830T123600Z", *more])
    return one(id, 2, url="https://example.amazonaws.com" + url, who=TEST, service="service", time=AUGUST,
               canonical_path=canonical_path, canonical_query=canonical_query, canonical_headers=lines,
               **{"path": "normalized", **rest})


PUT = "Welcome to Amazon S3."
PUT_HASH = hashlib.sha256(PUT.encode()).hexdigest()
PRESIGNED = ("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={who}%2F{day}%2Fus-east-1%2F{service}%2Faws4_request"
             "&X-Amz-Date={time}&X-Amz-Expires={expires}{token}&X-Amz-SignedHeaders={names}")
TOKEN = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267"

cases = [
    s3("s3-get-object", url=BUCKET + "/test.txt", headers=[("Range", "bytes=0-9")], sign=["range"],
       canonical_path="/test.txt", canonical_query="",
       canonical_headers=host("range:bytes=0-9", f"x-amz-content-sha256:{EMPTY}"),
       printed="f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
    s3("s3-put-object", method="PUT", url=BUCKET + "/test%24file.text", body=PUT, sign=["date"],
       headers=[("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
       canonical_path="/test%24file.text", canonical_query="",
       canonical_headers=host("date:Fri, 24 May 2013 00:00:00 GMT", f"x-amz-content-sha256:{PUT_HASH}",
                              "x-amz-storage-class:REDUCED_REDUNDANCY"),
       printed="98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
    s3("s3-bucket-lifecycle", url=BUCKET + "/?lifecycle", canonical_path="/", canonical_query="lifecycle=",
       canonical_headers=host(f"x-amz-content-sha256:{EMPTY}"),
       printed="fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
    s3("s3-list-objects", url=BUCKET + "/?prefix=J&max-keys=2", canonical_path="/", canonical_query="max-keys=2&prefix=J",
       canonical_headers=host(f"x-amz-content-sha256:{EMPTY}"),
       printed="34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    one("s3-presigned", 1, url=BUCKET + "/test.txt", who=DOCS, service="s3", time=MAY, path="s3", payload="unsigned",
        form="query", expires=86400, canonical_path="/test.txt",
        canonical_query=PRESIGNED.format(who="AKIAIOSFODNN7EXAMPLE", day="20130524", service="s3", time=TIMES[MAY],
                                         expires=86400, names="host", token=""),
        canonical_headers=["host:examplebucket.s3.amazonaws.com"],
        printed="aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"),
    plain("dot-segments", "/a/./b//../c/", "/a/c/"),
    plain("dot-segments-verbatim", "/a//b/%2E/c/", "/a//b/%252E/c/", path="verbatim"),
    plain("encoded-twice", "/%E1%88%B4/a%20b", "/%25E1%2588%25B4/a%2520b"),
    plain("encoded-once", "/%E1%88%B4/a%20b/!'()*", "/%E1%88%B4/a%20b/%21%27%28%29%2A", path="s3",
          note="what the URL standard leaves unencoded is encoded"),
    plain("slash-in-segment", "/a%2Fb", "/a%2Fb", path="s3", note="an encoded slash parts no segments"),
    plain("query-order", "/?b=2&a=2&a=1&A=3&b-=4&c&d=e=f", "/", "A=3&a=1&a=2&b=2&b-=4&c=&d=e%3Df"),
    plain("query-encoding", "/?%E1%88%B4=~-._%7E&p=%2B%20!*", "/", "%E1%88%B4=~-._~&p=%2B%20%21%2A"),
    plain("header-lines", "/", "/", headers=[("My-Header", "  a   b  "), ("my-header", "c"), ("My-Header", "b")],
          sign=["my-header"], more=["my-header:a b,c,b"]),
    plain("body", "/", "/", method="POST", body="Param1=value1", payload="header",
          headers=[("Content-Type", "application/x-www-form-urlencoded")],
          more=["content-type:application/x-www-form-urlencoded",
                "x-amz-content-sha256:" + hashlib.sha256(b"Param1=value1").hexdigest()]),
    plain("unsigned-body", "/", "/", method="POST", body="Param1=value1", payload="unsigned",
          more=["x-amz-content-sha256:UNSIGNED-PAYLOAD"]),
    plain("session-token", "/", "/", token=TOKEN, more=[f"x-amz-security-token:{TOKEN}"]),
    one("presigned-with-body", 2, method="POST", url="https://example.amazonaws.com/a?z=1", body="{}", who=TEST,
        service="service", time=AUGUST, path="normalized", form="query", expires=60, token=TOKEN,
        headers=[("Content-Type", "application/json")],
        canonical_path="/a",
        canonical_query=PRESIGNED.format(who="AKIDEXAMPLE", day="20150830", service="service", time=TIMES[AUGUST],
                                         expires=60, token=f"&X-Amz-Security-Token={TOKEN}",
                                         names="content-type%3Bhost") + "&z=1",
        canonical_headers=["content-type:application/json", "host:example.amazonaws.com"]),
]
write("http/sigv4.json", "sigv4", "HMAC-SHA-256", [S3, S3_QUERY, SCRIPT], cases)


def pair(who):
    """The KDF of SigV4a: SP 800-108 in counter mode, with a counter of its own in the context."""
    for counter in range(1, 255):
        message = b"\0\0\0\x01AWS4-ECDSA-P256-SHA256\0" + who["accessKeyId"].encode() + bytes([counter]) + b"\0\0\1\0"
        block = hmac.new(("AWS4A" + who["secret"]).encode(), message, hashlib.sha256).digest()
        value = int.from_bytes(block, "big")
        if value <= 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551 - 2:
            return ec.derive_private_key(value + 1, ec.SECP256R1())
    raise SystemExit("no key")


KEY = pair(TEST).public_key()
POINT = f"{KEY.public_numbers().x:064x}{KEY.public_numbers().y:064x}"
if POINT != ("b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1"
             "865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518"):
    raise SystemExit("another public key than the suite's")


def sign(who, to_sign):
    """By RFC 6979, so that a second run writes the same file; and verified."""
    signature = pair(who).sign(to_sign.encode(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    pair(who).public_key().verify(signature, to_sign.encode(), ec.ECDSA(hashes.SHA256()))
    return signature.hex()


def asymmetric(id, url, canonical_query, lines, finish):
    names = ";".join(line.split(":")[0] for line in lines)
    canonical = "\n".join(["GET", "/", canonical_query, *lines, "", names, EMPTY])
    to_sign = "\n".join(["AWS4-ECDSA-P256-SHA256", TIMES[AUGUST], "20150830/service/aws4_request",
                         hashlib.sha256(canonical.encode()).hexdigest()])
    url, headers = finish(url, sign(TEST, to_sign), names)
    return case(id, 1, None, request={"method": "GET", "url": "https://example.amazonaws.com" + url,
                                      "headers": headers, "body": ""},
                **TEST, region="us-east-1", service="service", time=AUGUST, path="normalized", publicKey="04" + POINT,
                stringToSign=to_sign)


def in_header(url, signature, names):
    credential = "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request"
    return url, [["X-Amz-Date", TIMES[AUGUST]], ["X-Amz-Region-Set", "us-*,eu-west-1"],
                 ["Authorization", f"{credential}, SignedHeaders={names}, Signature={signature}"]]


def in_query(url, signature, names):
    return f"{url}&X-Amz-Signature={signature}", []


QUERY = ("X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fservice%2Faws4_request"
         "&X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&X-Amz-Region-Set=us-east-1&X-Amz-SignedHeaders=host")
LINES = ["host:example.amazonaws.com", "x-amz-date:20150830T123600Z", "x-amz-region-set:us-*,eu-west-1"]
KEY_CASE = case("public-key", 0, "the key that is derived from the suite's secret", **TEST, publicKey="04" + POINT)
write("http/sigv4a.json", "sigv4a", "ECDSA P-256 SHA-256", [SUITE, SIGNED], [
    KEY_CASE,
    asymmetric("header", "/", "", LINES, in_header),
    asymmetric("query", f"/?{QUERY}", QUERY, ["host:example.amazonaws.com"], in_query),
])
