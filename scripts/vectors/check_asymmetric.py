"""Reads the public-key vector files back and judges every case again with
cryptography (openssl), and Ed25519 with the Python reference too. Where the rule
is stricter than openssl the case is counted apart, and only for a known reason."""
import collections
import glob
import os
import re
import sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from asymmetric_common import ROOT, load, path, rfc6979_k
from ed25519_reference import decode, judge, small
from rsa_common import keys

HASH = {"SHA-1": hashes.SHA1(), "SHA-256": hashes.SHA256(), "SHA-384": hashes.SHA384(), "SHA-512": hashes.SHA512()}
EC = {"P-256": ec.SECP256R1(), "P-384": ec.SECP384R1(), "P-521": ec.SECP521R1(), "secp256k1": ec.SECP256K1()}
ORDER = {}
RSA = keys() if os.path.exists(path("rsa/keys.json")) else {}
hx = bytes.fromhex


def accepts(f, *a):
    try:
        f(*a)
        return True
    except (InvalidSignature, ValueError):
        return False


def ecdsa(algorithm, c):
    _, curve, hash_name = algorithm.split(" ")
    sig, size = hx(c["signature"]), (EC[curve].key_size + 7) // 8
    if c["encoding"] == "fixed":
        if len(sig) != 2 * size:
            return False, None
        sig = encode_dss_signature(int.from_bytes(sig[:size], "big"), int.from_bytes(sig[size:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(EC[curve], hx(c["publicKey"]))
    said = accepts(public.verify, sig, hx(c["message"]), ec.ECDSA(HASH[hash_name]))
    if "privateKey" in c:
        key = ec.derive_private_key(int(c["privateKey"], 16), EC[curve])
        assert key.public_key().public_numbers() == public.public_numbers() and len(c["privateKey"]) == 2 * size
    n = order(curve)
    if c.get("deterministic"):
        r = decode_dss_signature(sig)[0]
        k = next(rfc6979_k(n, int(c["privateKey"], 16), HASH[hash_name].name, hx(c["message"])))
        assert ec.derive_private_key(k, EC[curve]).public_key().public_numbers().x % n == r
    if said and c["s"] == "low" and decode_dss_signature(sig)[1] > n // 2:
        return False, "low-S rule"
    return said, None


def order(curve):
    if curve not in ORDER:
        from asymmetric_common import openssl_curve
        names = {"P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1", "secp256k1": "secp256k1"}
        ORDER[curve] = openssl_curve(curve, names[curve]).n
    return ORDER[curve]


def ed25519(_, c):
    public, message, sig = hx(c["publicKey"]), hx(c["message"]), hx(c["signature"])
    said = len(public) == 32 and accepts(lambda: Ed25519PublicKey.from_public_bytes(public).verify(sig, message))
    if "seed" in c:
        assert Ed25519PrivateKey.from_private_bytes(hx(c["seed"])).sign(message) == sig
    strict, cofactored = judge(public, message, sig)
    assert cofactored == c.get("cofactored", cofactored)
    if said and not strict:
        for half in (public, sig[:32]):
            point, canonical = decode(half)
            if small(point) or not canonical:
                return False, "small-order or non-canonical A or R"
    assert said == strict, c["id"]
    return said, None


def agreement(algorithm, c):
    private, peer = hx(c["privateKey"]), hx(c["peer"])
    reason = None
    try:
        if algorithm == "X25519":
            k, u = private, peer
            for _ in range(c.get("iterations", 1)):
                k, u = X25519PrivateKey.from_private_bytes(k).exchange(X25519PublicKey.from_public_bytes(u)), k
            shared = k
        else:
            curve = EC[algorithm.split(" ")[1]]
            size = (curve.key_size + 7) // 8
            if len(private) != size:
                return False, None
            public = ec.EllipticCurvePublicKey.from_encoded_point(curve, peer)
            shared = ec.derive_private_key(int.from_bytes(private, "big"), curve).exchange(ec.ECDH(), public)
            if peer[0] != 4:
                return False, "compressed point"
            if not 0 < int.from_bytes(private, "big") < order(algorithm.split(" ")[1]):
                return False, "private key not under n"
    except ValueError:
        return False, None
    if c["expect"] == "valid":
        assert shared.hex() == c["shared"], c["id"]
    return True, reason


def rsa_signature(algorithm, c):
    key, name = RSA[c["key"]], algorithm.split(" ")[-1]
    pss = "saltLength" in c
    if pss:
        assert c["saltLength"] == HASH[name].digest_size
    pad = padding.PSS(padding.MGF1(HASH[name]), c["saltLength"]) if pss else padding.PKCS1v15()
    sig = hx(c["signature"])
    said = accepts(key.public_key().verify, sig, hx(c["message"]), pad, HASH[name])
    if said and len(sig) != key.k:
        return False, "PSS signature of another length than the modulus"
    return said, None


def oaep(_, c):
    pad = padding.OAEP(padding.MGF1(HASH[c["mgfHash"]]), HASH[c["hash"]], hx(c["label"]) or None)
    try:
        plain = RSA[c["key"]].private_key().decrypt(hx(c["ciphertext"]), pad)
    except ValueError:
        return False, None
    assert c["expect"] != "valid" or plain.hex() == c["plaintext"], c["id"]
    return True, None


def rsa_key(_, c):
    key = RSA[c["id"]].private_key()  # cryptography checks the numbers
    return key.key_size == c["bits"], None


def dsa_signature(_, c):
    p, q, g, y = (int(c[f], 16) for f in "pqgy")
    key = dsa.DSAPublicNumbers(y, dsa.DSAParameterNumbers(p, q, g)).public_key()
    return accepts(key.verify, hx(c["signature"]), hx(c["message"]), HASH[c["hash"]]), None


JUDGES = {"ecdsa": ecdsa, "ed25519": ed25519, "agreement": agreement, "rsa-keys": rsa_key, "rsa-pkcs1": rsa_signature,
          "rsa-pss": rsa_signature, "rsa-sha-1": rsa_signature, "rsa-oaep": oaep, "dsa": dsa_signature}
NOT_HEX = {"id", "note", "source", "expect", "encoding", "s", "deterministic", "cofactored", "key", "hash", "mgfHash",
           "saltLength", "scheme", "iterations", "bits"}
files = sorted(glob.glob(path("ecdsa/*.json")) + glob.glob(path("ed25519/*.json")) + glob.glob(path("agreement/*.json"))
               + glob.glob(path("rsa/*.json")) + [path("legacy/dsa.json"), path("legacy/rsa-sha-1.json")])
total = wrong = 0
for file in files:
    name = os.path.relpath(file, path("")).replace(os.sep, "/")
    data = load(name)
    assert data["schema"] == "countersign/vectors/1"
    raw = open(file, encoding="utf-8").read()
    assert raw.endswith("}\n") and "\r" not in raw and ROOT not in raw
    for s in data["source"]:
        assert s["how"] in ("read", "computed")
        assert s["how"] == "read" or os.path.exists(os.path.join(ROOT, s["script"]))
    ids, count, apart = set(), collections.Counter(), collections.Counter()
    for c in data["cases"]:
        assert c["id"] not in ids and 0 <= c["source"] < len(data["source"])
        ids.add(c["id"])
        for f, v in c.items():
            assert f in NOT_HEX or re.fullmatch("([0-9a-f]{2})*", v), (c["id"], f)
        said, reason = JUDGES[data["kind"]](data["algorithm"], c)
        if said != (c["expect"] == "valid"):
            wrong += 1
            print("WRONG %s %s: %s, judged %s" % (name, c["id"], c["expect"], said))
        count[c["expect"]] += 1
        if reason:
            apart[reason] += 1
    total += len(ids)
    print("%-32s %4d  %s%s" % (name, len(ids), ", ".join("%s %d" % x for x in sorted(count.items())),
                              "".join("; openssl laxer: %d %s" % (v, k) for k, v in sorted(apart.items()))))
print("%d files, %d cases, %d wrong" % (len(files), total, wrong))
sys.exit(1 if wrong else 0)
