"""Writes vectors/rsa/{pkcs1,pss}-sha-*.json, vectors/rsa/oaep.json and
vectors/legacy/rsa-sha-1.json. Encodings and the raw private operation are plain
Python; cryptography judges every case. The few cases that cryptography itself
made at random are read back from the file that is there."""
import os
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from asymmetric_common import CRYPTOGRAPHY, computed, der, load, path, stream, write
from rsa_common import (OIDS, below, digest, digest_info, keys, oaep_em, pkcs1_em, pss_em)

KEYS = keys()
A, KB, K2049 = KEYS["rsa-2048-a"], KEYS["rsa-2048-b"], KEYS["rsa-2049"]
HASH = {"SHA-1": hashes.SHA1, "SHA-256": hashes.SHA256, "SHA-384": hashes.SHA384, "SHA-512": hashes.SHA512}
OTHER = {"SHA-1": "SHA-256", "SHA-256": "SHA-512", "SHA-384": "SHA-256", "SHA-512": "SHA-256"}
M = b"countersign"
OWN = computed("rsa.py")
OWN["note"] = "encoding and private operation in Python; every case judged by cryptography 38.0.4 too"
LIB = computed("rsa.py", CRYPTOGRAPHY)
LIB["note"] = "made by cryptography with a random salt or seed: a rerun keeps what is in the file"


def kept(name, id):
    if os.path.exists(path(name)):
        for c in load(name)["cases"]:
            if c["id"] == id:
                return c
    return None


def to_int(b):
    return int.from_bytes(b, "big")


class Signatures:
    def __init__(self, file, hash_name, pss, prefix="", more=None):
        self.file, self.hash, self.pss, self.prefix, self.more = file, hash_name, pss, prefix, more or {}
        self.cases = []

    def pad(self):
        h = HASH[self.hash]()
        return padding.PSS(padding.MGF1(h), h.digest_size) if self.pss else padding.PKCS1v15()

    def case(self, id, note, expect, key, message, signature, source=0):
        try:
            key.public_key().verify(signature, message, self.pad(), HASH[self.hash]())
            said = "valid"
        except InvalidSignature:
            said = "invalid"
        if said == "valid" and len(signature) != key.k:
            # RFC 8017 8.1.2 and 8.2.2 step 1; openssl takes a short PSS signature.
            print("openssl laxer:", self.file, self.prefix + id)
            said = "invalid"
        assert said == expect, (self.file, self.prefix + id, said)
        row = {"id": self.prefix + id, "note": note, "source": source, "expect": expect, **self.more, "key": key.id}
        if self.pss:
            row["saltLength"] = len(digest(self.hash, b""))
        row.update({"message": message.hex(), "signature": signature.hex()})
        self.cases.append(row)

    def library(self, id, note, key, message):
        """A signature that cryptography made: read back, or made now."""
        old = kept(self.file, self.prefix + id)
        if old and old["key"] == key.id and old["message"] == message.hex():
            signature = bytes.fromhex(old["signature"])
        else:
            signature = key.private_key().sign(message, self.pad(), HASH[self.hash]())
        self.case(id, note, "valid", key, message, signature, 1)

    def common(self, em):
        """What is wrong with the number or its octets whatever the encoding is. `em(key, message, label)`
        gives a right encoding of the whole modulus length."""
        k = A.k
        sig = A.sign(em(A, M, "base"))
        self.case("base", "the signature that the ones below start from", "valid", A, M, sig)
        for id, note, key, message, s in [
            ("message-flip", "one bit of the message flipped", A, b"bountersign", sig),
            ("message-empty", "empty message instead", A, b"", sig),
            ("message-long", "a zero octet added to the message", A, M + b"\0", sig),
            ("message-digest", "the digest of the message instead of the message", A, digest(self.hash, M), sig),
            ("other-key", "another key of the same size", KB, M,
             sig if to_int(sig) < KB.n else A.octets(to_int(sig) % KB.n)),
            ("other-key-longer", "a longer key", KEYS["rsa-3072"], M, sig),
            ("flip-first", "one bit of the first octet flipped", A, M, bytes([sig[0] ^ 1]) + sig[1:]),
            ("flip-last", "one bit of the last octet flipped", A, M, sig[:-1] + bytes([sig[-1] ^ 1])),
            ("little-endian", "octets in reverse order", A, M, sig[::-1]),
            ("short-last", "without its last octet", A, M, sig[:-1]),
            ("short-first", "without its first octet", A, M, sig[1:]),
            ("leading-zero", "a zero octet before it", A, M, b"\0" + sig),
            ("trailing-zero", "a zero octet after it", A, M, sig + b"\0"),
            ("half", "the first half", A, M, sig[:k // 2]), ("twice", "the signature twice", A, M, sig + sig),
            ("empty", "no octets", A, M, b""), ("one-octet", "one zero octet", A, M, b"\0"),
            ("s-0", "s = 0", A, M, bytes(k)), ("s-1", "s = 1", A, M, A.octets(1)),
            ("s-n-minus-1", "s = n - 1", A, M, A.octets(A.n - 1)), ("s-n", "s = n", A, M, A.octets(A.n)),
            ("s-n-plus-1", "s = n + 1", A, M, A.octets(A.n + 1)),
            ("s-ff", "all octets ff", A, M, b"\xff" * k),
            ("negated", "n - s", A, M, A.octets(A.n - to_int(sig))),
            ("encoded", "the encoded message itself, not signed", A, M, em(A, M, "base")),
            ("twice-signed", "the private operation done twice", A, M, A.sign(sig)),
        ]:
            self.case(id, note, "invalid", key, message, s)
        # s + n where it fits, and a signature with a leading zero octet: both by search.
        i = 0
        while True:
            message = b"s plus n %d" % i
            s = A.private(to_int(em(A, message, "plus n %d" % i)))
            if s + A.n < 256**k:
                break
            i += 1
        self.case("s-small", "a signature small enough that s + n fits", "valid", A, message, A.octets(s))
        self.case("s-plus-n", "s + n: the same mod n", "invalid", A, message, A.octets(s + A.n))
        i = 0
        while True:
            message = b"leading zero %d" % i
            s = A.octets(A.private(to_int(em(A, message, "leading zero %d" % i))))
            if s[0] == 0:
                break
            i += 1
        self.case("zero-octet", "a signature whose first octet is 0", "valid", A, message, s)
        self.case("zero-octet-stripped", "the same without that octet", "invalid", A, message, s[1:])
        for key in KEYS.values():
            for n in (0, 1, 1000):
                m = stream("rsa message %s" % key.id, n)
                self.case("%s-%d" % (key.id, n), "%d bits, message of %d octets" % (key.bits, n), "valid", key, m,
                          key.sign(em(key, m, "%s %d" % (key.id, n))))
        m = b"2049 bits"
        s = K2049.private(to_int(em(K2049, m, "2049")))
        for c in (1, 2, 30):
            self.case("rsa-2049-plus-%dn" % c, "s + %d*n in the 257 octets" % c, "invalid", K2049, m,
                      K2049.octets(s + c * K2049.n))

    def pkcs1(self):
        name, other = self.hash, OTHER[self.hash]
        self.common(lambda key, m, label: pkcs1_em(key.k, digest_info(name, digest(name, m))))
        d, k = digest(name, M), A.k
        t = digest_info(name, d)
        garbage = stream("garbage", 400)
        good = pkcs1_em(k, t)
        oid = der(6, bytes.fromhex(OIDS[name]))

        def put(i, v):
            return good[:i] + bytes([v]) + good[i + 1:]

        sep = k - len(t) - 1
        for id, note, em in [
            ("wrong-hash", "%s of the message under the identifier of %s" % (other, other),
             pkcs1_em(k, digest_info(other, digest(other, M)))),
            ("wrong-identifier", "%s of the message under the identifier of %s" % (name, other),
             pkcs1_em(k, digest_info(other, d))),
            ("wrong-digest", "%s of the message under the identifier of %s" % (other, name),
             pkcs1_em(k, digest_info(name, digest(other, M)))),
            ("digest-flip", "last bit of the digest flipped", good[:-1] + bytes([good[-1] ^ 1])),
            ("digest-short", "digest without its last octet", pkcs1_em(k, digest_info(name, d[:-1]))),
            ("digest-long", "digest with a zero octet added", pkcs1_em(k, digest_info(name, d + b"\0"))),
            ("digest-empty", "empty digest", pkcs1_em(k, digest_info(name, b""))),
            ("double-digest", "digest of the digest", pkcs1_em(k, digest_info(name, digest(name, d)))),
            ("no-null", "DigestInfo without NULL parameters", pkcs1_em(k, digest_info(name, d, b""))),
            ("null-twice", "NULL parameters twice", pkcs1_em(k, digest_info(name, d, b"\x05\0\x05\0"))),
            ("null-content", "NULL with content", pkcs1_em(k, digest_info(name, d, b"\x05\x01\0"))),
            ("null-long-length", "NULL with its length in the form 81 00", pkcs1_em(k, digest_info(name, d, b"\x05\x81\0"))),
            ("parameters-octets", "an octet string instead of NULL", pkcs1_em(k, digest_info(name, d, b"\x04\0"))),
            ("parameters-garbage", "garbage in the parameters, so that the padding is short",
             pkcs1_em(k, digest_info(name, d, der(4, garbage[:100])))),
            ("no-digest-info", "the digest alone, no DigestInfo", pkcs1_em(k, d)),
            ("digest-octets-only", "an octet string with the digest, no identifier", pkcs1_em(k, der(4, d))),
            ("identifier-only", "DigestInfo without the digest", pkcs1_em(k, der(0x30, der(0x30, oid + b"\x05\0")))),
            ("ber-outer", "length of DigestInfo in the form 81 xx", pkcs1_em(k, b"\x30\x81" + t[1:])),
            ("ber-outer-82", "length of DigestInfo in the form 82 00 xx", pkcs1_em(k, b"\x30\x82\0" + t[1:])),
            ("ber-digest", "length of the digest in the form 81 xx",
             pkcs1_em(k, der(0x30, der(0x30, oid + b"\x05\0") + b"\x04\x81" + bytes([len(d)]) + d))),
            ("ber-indefinite", "DigestInfo with indefinite length", pkcs1_em(k, b"\x30\x80" + t[2:] + b"\0\0")),
            ("digest-bit-string", "a bit string for the digest",
             pkcs1_em(k, der(0x30, der(0x30, oid + b"\x05\0") + der(3, b"\0" + d)))),
            ("info-trailing", "a NULL after the digest inside DigestInfo",
             pkcs1_em(k, der(0x30, der(0x30, oid + b"\x05\0") + der(4, d) + b"\x05\0"))),
            ("trailing-one", "one zero octet after DigestInfo", pkcs1_em(k, t + b"\0")),
            ("trailing-garbage", "garbage after DigestInfo, 8 octets of padding (Bleichenbacher 2006)",
             b"\0\x01" + b"\xff" * 8 + b"\0" + t + garbage[:k - 11 - len(t)]),
            ("trailing-zeros", "zero octets after DigestInfo, 8 octets of padding",
             b"\0\x01" + b"\xff" * 8 + b"\0" + t + bytes(k - 11 - len(t))),
            ("padding-none", "no padding, garbage after DigestInfo", b"\0\x01\0" + t + garbage[:k - 3 - len(t)]),
            ("padding-7", "7 octets of padding, garbage after DigestInfo",
             b"\0\x01" + b"\xff" * 7 + b"\0" + t + garbage[:k - 10 - len(t)]),
            ("padding-short-head", "right padding and DigestInfo, shifted by a zero octet in front",
             b"\0" + good[:2] + good[3:]),
            ("padding-first", "first octet of the padding 00", put(2, 0)),
            ("padding-first-fe", "first octet of the padding fe", put(2, 0xfe)),
            ("padding-middle", "an octet in the middle of the padding 7f", put(k // 3, 0x7f)),
            ("padding-middle-zero", "an octet in the middle of the padding 00", put(k // 3, 0)),
            ("padding-last", "last octet of the padding fe", put(sep - 1, 0xfe)),
            ("padding-zeros", "padding of 00 octets", pkcs1_em(k, t, fill=b"\0")),
            ("padding-random", "block type 01 with random padding", b"\0\x01" + bytes(x | 1 for x in garbage[:sep - 2]) + b"\0" + t),
            ("no-separator", "no 00 between padding and DigestInfo", pkcs1_em(k, t, sep=b"")),
            ("separator-01", "01 between padding and DigestInfo", put(sep, 1)),
            ("separator-ff", "ff between padding and DigestInfo", put(sep, 0xff)),
            ("separator-twice", "two 00 octets between padding and DigestInfo", pkcs1_em(k, t, sep=b"\0\0")),
            ("type-00", "block type 00", put(1, 0)), ("type-02", "block type 02", put(1, 2)),
            ("type-02-random", "block type 02 with random padding", b"\0\x02" + bytes(x | 1 for x in garbage[:sep - 2]) + b"\0" + t),
            ("type-ff", "block type ff", put(1, 0xff)), ("first-01", "first octet 01", put(0, 1)),
            ("shifted-left", "without the first 00, a zero octet after DigestInfo", good[1:] + b"\0"),
            ("all-zero", "encoded message of zero octets", bytes(k)),
            ("pss", "an RSASSA-PSS encoding", pss_em(A.bits - 1, name, M, stream("pss in pkcs1", len(d)))),
        ]:
            assert len(em) == k, (id, len(em), k)
            if to_int(em) < A.n:
                self.case(id, note, "invalid", A, M, A.sign(em))
            else:
                assert id == "shifted-left", id

    def pss_cases(self):
        name, other = self.hash, OTHER[self.hash]
        h = len(digest(name, b""))

        def em(key, m, label):
            e = pss_em(key.bits - 1, name, m, stream("pss %s %s" % (name, label), h))
            return bytes(key.k - len(e)) + e

        self.common(em)
        for key in KEYS.values():
            self.library("library-" + key.id, "%d bits, salt drawn by cryptography" % key.bits, key, M)
        self.case("salt-zeros", "a salt of zero octets", "valid", A, M, A.sign(pss_em(A.bits - 1, name, M, bytes(h))))
        self.case("salt-ff", "a salt of ff octets", "valid", A, M, A.sign(pss_em(A.bits - 1, name, M, b"\xff" * h)))

        def bad(id, note, make, key=A, size=h):
            e = below(key.n, lambda salt: b"\0" * (key.k - len(make(salt))) + make(salt), "pss %s %s" % (name, id), size)
            self.case(id, note, "invalid", key, M, key.sign(e))

        bits, size = A.bits - 1, A.k
        most = size - h - 2
        for n in (0, 1, 20, 32, 48, 64, h - 1, h + 1, most - 1, most):
            if n != h and "%ssalt-%d" % (self.prefix, n) not in [c["id"] for c in self.cases]:
                bad("salt-%d" % n, "salt of %d octets instead of %d" % (n, h),
                    lambda salt: pss_em(bits, name, M, salt), size=n)
        edge = size - 2 * h - 2  # where the 01 stands
        for id, note, more in [
            ("wrong-hash", "%s of the message inside, all else %s" % (other, name), {"m_hash": digest(other, M)}),
            ("wrong-mgf", "MGF1 with %s" % other, {"mgf": other}),
            ("message-unhashed", "the message instead of its digest inside", {"m_hash": M}),
            ("digest-twice", "the digest of the digest inside", {"m_hash": digest(name, digest(name, M))}),
            ("no-zero-octets", "without the 8 zero octets before the digest", {"zeros": b""}),
            ("zero-octets-7", "7 zero octets before the digest", {"zeros": bytes(7)}),
            ("ff-octets", "8 octets ff before the digest", {"zeros": b"\xff" * 8}),
            ("salt-differs", "another salt in the digest than in the data block", {"in_hash": bytes(h)}),
            ("salt-not-hashed", "the digest taken without the salt", {"in_hash": b""}),
            ("trailer-bd", "trailer bd", {"trailer": b"\xbd"}), ("trailer-00", "trailer 00", {"trailer": b"\0"}),
            ("trailer-cc", "two-octet trailer with the hash of ISO/IEC 10118", {"trailer": b"\x34\xcc"}),
            ("trailer-bc-twice", "trailer bc bc", {"trailer": b"\xbc\xbc"}),
            ("padding-second", "second octet of the padding 01", {"pad": (1, 1)}),
            ("padding-second-80", "second octet of the padding 80", {"pad": (1, 0x80)}),
            ("padding-first", "first octet of the padding 40", {"pad": (0, 0x40)}),
            ("padding-last", "last octet of the padding 01, so that the salt seems one octet longer",
             {"pad": (edge - 1, 1)}),
            ("padding-last-ff", "last octet of the padding ff", {"pad": (edge - 1, 0xff)}),
            ("separator-00", "00 instead of 01 before the salt", {"sep": b"\0"}),
            ("separator-02", "02 instead of 01 before the salt", {"sep": b"\x02"}),
            ("separator-81", "81 instead of 01 before the salt", {"sep": b"\x81"}),
            ("separator-missing", "no 01 before the salt", {"sep": b""}),
            ("separator-early", "01 an octet early, 00 in its place", {"sep": b"\x01\0"}),
        ]:
            bad(id, note, lambda salt: pss_em(bits, name, M, salt, **more))
        for n, (id, note, wrong) in enumerate([("wrong-hash-all", "every hash %s" % other, (other, other))]):
            bad(id, note, lambda salt: pss_em(bits, wrong[0], M, salt), size=h)
        top = lambda e, v: bytes([e[0] | v]) + e[1:]
        bad("top-bit", "the leftmost bit set, which stands outside the 2047",
            lambda salt: top(pss_em(bits, name, M, salt), 0x80))

        def h_flip(salt):
            e = bytearray(pss_em(bits, name, M, salt))
            e[-2] ^= 1
            return bytes(e)
        bad("h-flip", "last bit of H flipped", h_flip)
        bad("pkcs1", "an RSASSA-PKCS1-v1_5 encoding",
            lambda salt: pkcs1_em(size, digest_info(name, digest(name, M))))
        bad("all-zero", "encoded message of zero octets", lambda salt: bytes(size))
        bad("only-trailer", "encoded message of zero octets but for bc", lambda salt: bytes(size - 1) + b"\xbc")

        # 2049 bits: emBits is 2048, so EM has 256 octets where the modulus has 257.
        key = K2049
        i = 0
        while True:
            e = pss_em(2048, name, M, stream("pss top %s %d" % (name, i), h))
            if e[0] & 0x80:
                break
            i += 1
        self.case("rsa-2049-top-bit", "EM with its leftmost bit set, which counts with 2049 bits", "valid", key, M,
                  key.sign(b"\0" + e))
        bad("rsa-2049-leading-01", "01 in the octet before EM", lambda salt: b"\x01" + pss_em(2048, name, M, salt), key)
        bad("rsa-2049-long", "EM of 257 octets, its first 00", lambda salt: pss_em(2049, name, M, salt), key)
        bad("rsa-2049-short", "EM of 255 octets", lambda salt: pss_em(2040, name, M, salt), key)
        bad("rsa-2049-shifted", "EM one octet to the left, as if the modulus had 256 octets",
            lambda salt: pss_em(2047, name, M, salt) + b"\0", key)
        bad("rsa-2049-padding", "first octet of the padding 80", lambda salt: pss_em(2048, name, M, salt, pad=(0, 0x80)), key)
        bad("rsa-2049-trailer", "trailer bd", lambda salt: pss_em(2048, name, M, salt, trailer=b"\xbd"), key)
        bad("rsa-2049-salt-0", "salt of 0 octets", lambda salt: pss_em(2048, name, M, salt), key, size=0)


for hash_name in ("SHA-256", "SHA-384", "SHA-512"):
    f = Signatures("rsa/pkcs1-%s.json" % hash_name.lower(), hash_name, False)
    f.pkcs1()
    write(f.file, "rsa-pkcs1", "RSASSA-PKCS1-v1_5 " + hash_name, [OWN], f.cases)
    f = Signatures("rsa/pss-%s.json" % hash_name.lower(), hash_name, True)
    f.pss_cases()
    write(f.file, "rsa-pss", "RSASSA-PSS " + hash_name, [OWN, LIB], f.cases)
old1 = Signatures("legacy/rsa-sha-1.json", "SHA-1", False, "pkcs1-", {"scheme": "pkcs1"})
old1.pkcs1()
old2 = Signatures("legacy/rsa-sha-1.json", "SHA-1", True, "pss-", {"scheme": "pss"})
old2.pss_cases()
write("legacy/rsa-sha-1.json", "rsa-sha-1", "RSA SHA-1", [OWN, LIB], old1.cases + old2.cases)

# --- OAEP ----------------------------------------------------------------------------------------
cases = []
ALL = ("SHA-1", "SHA-256", "SHA-512")


def oaep(id, note, key, hash_name, mgf, label, ciphertext, plaintext=None, source=0):
    try:
        said = key.private_key().decrypt(ciphertext, padding.OAEP(
            padding.MGF1(HASH[mgf]()), HASH[hash_name](), label or None))
    except ValueError:
        said = None
    assert said == plaintext, (id, said)
    row = {"id": id, "note": note, "source": source, "expect": "ERR_DECRYPT_FAILED" if plaintext is None else "valid",
           "key": key.id, "hash": hash_name, "mgfHash": mgf, "label": label.hex()}
    if plaintext is not None:
        row["plaintext"] = plaintext.hex()
    row["ciphertext"] = ciphertext.hex()
    cases.append(row)


def encrypt(key, em):
    m = to_int(em)
    assert m < key.n
    return key.octets(pow(m, key.e, key.n))


def make(key, hash_name, mgf, label, plaintext, name, **more):
    h = len(digest(hash_name, b""))
    return encrypt(key, below(key.n, lambda seed: oaep_em(key.k, hash_name, mgf, label, plaintext, seed, **more),
                              "oaep " + name, h))


for hash_name in ALL:
    for mgf in ALL:
        h = len(digest(hash_name, b""))
        most = A.k - 2 * h - 2
        tag = "%s-%s" % (hash_name.lower(), mgf.lower())
        for label in (b"", b"countersign label"):
            for what, pt in (("text", b"attack at dawn"), ("empty", b""), ("max", stream("oaep max " + tag, most))):
                id = "%s-%s%s" % (tag, what, "-label" if label else "")
                note = "plaintext of %d octets, %s" % (len(pt), "with a label" if label else "no label")
                old = kept("rsa/oaep.json", "library-" + id)
                if old and old["key"] == A.id and old["plaintext"] == pt.hex():
                    ct = bytes.fromhex(old["ciphertext"])
                else:
                    ct = A.public_key().encrypt(pt, padding.OAEP(padding.MGF1(HASH[mgf]()), HASH[hash_name](), label or None))
                oaep("library-" + id, note, A, hash_name, mgf, label, ct, pt, 1)
        oaep("own-" + tag, "seed from a fixed label", A, hash_name, mgf, b"L", make(A, hash_name, mgf, b"L", b"own", tag), b"own")
        ct = make(A, hash_name, mgf, b"L", b"own", tag)
        for other in ALL:
            if other != mgf:
                oaep("%s-told-mgf-%s" % (tag, other.lower()), "mgfHash was %s" % mgf, A, hash_name, other, b"L", ct)
            if other != hash_name:
                oaep("%s-told-hash-%s" % (tag, other.lower()), "hash was %s" % hash_name, A, other, mgf, b"L", ct)
for key in KEYS.values():
    for hash_name in ALL:
        most = key.k - 2 * len(digest(hash_name, b"")) - 2
        for n in (0, 32, most):
            pt = stream("oaep %s %d" % (key.id, n), n)
            id = "%s-%s-%d" % (key.id, hash_name.lower(), n)
            oaep(id, "%d bits, plaintext of %d octets" % (key.bits, n), key, hash_name, hash_name, b"",
                 make(key, hash_name, hash_name, b"", pt, id), pt)
for id, note, pt in [("zeros", "plaintext of zero octets", bytes(32)), ("one-zero", "plaintext of one zero octet", b"\0"),
                     ("ones", "plaintext of octets 01", b"\x01" * 16), ("zero-one", "plaintext 00 01", b"\0\x01"),
                     ("ff", "plaintext of octets ff", b"\xff" * 16)]:
    oaep("plaintext-" + id, note, A, "SHA-256", "SHA-256", b"", make(A, "SHA-256", "SHA-256", b"", pt, "pt " + id), pt)
oaep("label-long", "label of 1000 octets", A, "SHA-256", "SHA-256", stream("label", 1000),
     make(A, "SHA-256", "SHA-256", stream("label", 1000), b"long", "label long"), b"long")
oaep("label-zero", "label of one zero octet", A, "SHA-256", "SHA-256", b"\0",
     make(A, "SHA-256", "SHA-256", b"\0", b"zero", "label zero"), b"zero")
oaep("seed-zeros", "seed of zero octets", A, "SHA-256", "SHA-256", b"",
     encrypt(A, oaep_em(A.k, "SHA-256", "SHA-256", b"", b"seed", bytes(32))), b"seed")

P = b"attack at dawn"
for hash_name in ALL:
    h = len(digest(hash_name, b""))
    lh = digest(hash_name, b"L")
    most = A.k - 2 * h - 2
    sep = A.k - 1 - h - len(P) - 1  # of the 01 in the data block
    t = hash_name.lower() + "-"
    good = make(A, hash_name, hash_name, b"L", P, t + "good")
    oaep(t + "good", "the ciphertext that the damaged ones below start from", A, hash_name, hash_name, b"L", good, P)

    def bad(id, note, key=A, plaintext=P, label=b"L", **more):
        oaep(t + id, note, key, hash_name, hash_name, b"L",
             make(key, hash_name, hash_name, label, plaintext, t + id, **more))

    bad("first-01", "first octet 01", first=1)
    bad("first-02", "first octet 02", first=2)
    bad("first-80", "first octet 80", first=0x80)
    bad("lhash-first", "first octet of lHash wrong", pad=(0, lh[0] ^ 1))
    bad("lhash-last", "last octet of lHash wrong", pad=(h - 1, lh[-1] ^ 1))
    bad("lhash-zero", "lHash of zero octets", l_hash=bytes(h))
    bad("lhash-empty-label", "lHash of the empty label", label=b"")
    bad("separator-missing", "no 01 at all, plaintext of zero octets", plaintext=bytes(14), sep=b"")
    bad("separator-missing-all-zero", "only zero octets after lHash", plaintext=b"", sep=b"")
    bad("separator-00", "00 instead of 01, plaintext follows", sep=b"\0")
    bad("separator-02", "02 instead of 01", sep=b"\x02")
    bad("separator-81", "81 instead of 01", sep=b"\x81")
    bad("separator-ff", "ff instead of 01", sep=b"\xff")
    bad("padding-first", "first octet of the padding 02", pad=(h, 2))
    bad("padding-middle", "an octet in the middle of the padding ff", pad=((h + sep) // 2, 0xff))
    bad("padding-last", "the octet before 01 is 02", pad=(sep - 1, 2))
    bad("first-01-and-lhash", "first octet 01 and lHash wrong", first=1, pad=(0, lh[0] ^ 1))
    bad("rsa-2049-first-01", "first octet 01 with 2049 bits", key=K2049, first=1)
    bad("rsa-3072-first-01", "first octet 01 with 3072 bits", key=KEYS["rsa-3072"], first=1)
    for id, note, label in [("label-empty", "no label told, one was used", b""), ("label-case", "label l instead of L", b"l"),
                            ("label-longer", "label with a zero octet added", b"L\0")]:
        oaep(t + id, note, A, hash_name, hash_name, label, good)
    i = 0
    while True:
        c = to_int(encrypt(A, below(A.n, lambda seed: oaep_em(A.k, hash_name, hash_name, b"L", P, seed),
                                    "oaep plus n %s %d" % (hash_name, i), h)))
        if c + A.n < 256**A.k:
            break
        i += 1
    oaep(t + "c-small", "a ciphertext small enough that c + n fits", A, hash_name, hash_name, b"L", A.octets(c), P)
    oaep(t + "c-plus-n", "c + n: the same mod n", A, hash_name, hash_name, b"L", A.octets(c + A.n))
    i = 0
    while True:
        c = make(A, hash_name, hash_name, b"L", P, "leading zero %s %d" % (hash_name, i))
        if c[0] == 0:
            break
        i += 1
    oaep(t + "zero-octet", "a ciphertext whose first octet is 0", A, hash_name, hash_name, b"L", c, P)
    oaep(t + "zero-octet-stripped", "the same without that octet", A, hash_name, hash_name, b"L", c[1:])
    c = make(K2049, hash_name, hash_name, b"L", P, t + "2049")
    oaep(t + "rsa-2049-plus-n", "c + n in the 257 octets", K2049, hash_name, hash_name, b"L",
         K2049.octets(to_int(c) + K2049.n))
    for id, note, key, b in [
        ("c-0", "c = 0", A, bytes(A.k)), ("c-1", "c = 1", A, A.octets(1)), ("c-n-minus-1", "c = n - 1", A, A.octets(A.n - 1)),
        ("c-n", "c = n", A, A.octets(A.n)), ("c-n-plus-1", "c = n + 1", A, A.octets(A.n + 1)),
        ("c-ff", "all octets ff", A, b"\xff" * A.k), ("negated", "n - c", A, A.octets(A.n - to_int(good))),
        ("flip-first", "one bit of the first octet flipped", A, bytes([good[0] ^ 1]) + good[1:]),
        ("flip-last", "one bit of the last octet flipped", A, good[:-1] + bytes([good[-1] ^ 1])),
        ("short-last", "without its last octet", A, good[:-1]), ("short-first", "without its first octet", A, good[1:]),
        ("leading-zero", "a zero octet before it", A, b"\0" + good), ("trailing-zero", "a zero octet after it", A, good + b"\0"),
        ("empty", "no octets", A, b""), ("twice", "the ciphertext twice", A, good + good),
        ("reversed", "octets in reverse order", A, good[::-1]),
        ("other-key", "another key of the same size", KB, good),
        ("other-key-longer", "a longer key", KEYS["rsa-3072"], good),
        ("pkcs1", "RSAES-PKCS1-v1_5 instead", A,
         encrypt(A, b"\0\x02" + bytes(x | 1 for x in stream("pkcs1 encryption", A.k - 3 - len(P))) + b"\0" + P)),
        ("unpadded", "the plaintext without any padding", A, encrypt(A, bytes(A.k - len(P)) + P)),
        ("plain", "the encoded message, not encrypted", A, oaep_em(A.k, hash_name, hash_name, b"L", P, bytes(h))),
    ]:
        oaep(t + id, note, key, hash_name, hash_name, b"L", b)
write("rsa/oaep.json", "rsa-oaep", "RSAES-OAEP", [OWN, LIB], cases)
