"""Writes vectors/legacy/dsa.json: RFC 6979 A.2.1 and A.2.2 for SHA-1 and SHA-256,
computed again, and damaged signatures; cryptography judges every case."""
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa
from asymmetric_common import computed, der, der_int, der_sig, hash_int, read, rfc6979_k, stream, write
from standard_numbers import RFC6979_DSA, h

HASH = {"sha1": ("SHA-1", hashes.SHA1()), "sha256": ("SHA-256", hashes.SHA256())}
WHERE, CHECKED = "https://www.rfc-editor.org/rfc/rfc6979", "Python integers (k, r and s computed again); cryptography 38.0.4"
cases = []


def hexed(v):
    return v.to_bytes((v.bit_length() + 7) // 8, "big").hex()


def sign(p, q, g, x, hash_name, message):
    for k in rfc6979_k(q, x, hash_name, message):
        r = pow(g, k, p) % q
        s = pow(k, -1, q) * (hash_int(q, hash_name, message) + x * r) % q
        if r and s:
            return k, r, s


for index, (name, (clause, p, q, g, x, y, signatures)) in enumerate(RFC6979_DSA.items()):
    p, q, g, x, y = (int(h(v), 16) for v in (p, q, g, x, y))
    assert pow(g, x, p) == y and pow(g, q, p) == 1 and (p - 1) % q == 0

    def case(id, note, expect, hash_name, message, signature, source=2, pub=y):
        title, crypto = HASH[hash_name]
        key = dsa.DSAPublicNumbers(pub, dsa.DSAParameterNumbers(p, q, g)).public_key()
        try:
            key.verify(signature, message, crypto)
            said = "valid"
        except InvalidSignature:
            said = "invalid"
        assert said == expect, (name, id, said)
        cases.append({"id": name + "-" + id, "note": note, "source": source, "expect": expect, "p": hexed(p),
                      "q": hexed(q), "g": hexed(g), "y": hexed(pub), "hash": title, "message": message.hex(),
                      "signature": signature.hex()})

    for message, hash_name, k, r, s in signatures:
        k, r, s = (int(h(v), 16) for v in (k, r, s))
        assert sign(p, q, g, x, hash_name, message.encode()) == (k, r, s)
        case("rfc6979-%s-%s" % (hash_name, message), "RFC 6979 " + clause, "valid", hash_name, message.encode(),
             der_sig(r, s), index)
    for hash_name in HASH:
        for n in (0, 1, 500):
            m = stream("dsa message", n)
            _, r, s = sign(p, q, g, x, hash_name, m)
            case("computed-%s-%d" % (hash_name, n), "message of %d octets" % n, "valid", hash_name, m, der_sig(r, s))
    m = b"countersign"
    _, r, s = sign(p, q, g, x, "sha256", m)
    case("negated-s", "q - s: unlike ECDSA, not valid", "invalid", "sha256", m, der_sig(r, q - s))
    for id, note, a, b in [("r-0", "r = 0", 0, s), ("s-0", "s = 0", r, 0), ("r-s-0", "r = s = 0", 0, 0),
                           ("r-1-s-1", "r = s = 1", 1, 1), ("r-1-s-0", "r = 1, s = 0", 1, 0),
                           ("r-q", "r = q", q, s), ("s-q", "s = q", r, q), ("r-plus-q", "r + q", r + q, s),
                           ("s-plus-q", "s + q", r, s + q), ("swapped", "s, r", s, r),
                           ("r-flip", "one bit of r flipped", r ^ 1, s), ("s-flip", "one bit of s flipped", r, s ^ 1),
                           ("r-p", "r = p", p, s), ("r-minus", "-r", -r, s), ("s-minus", "-s", r, -s)]:
        enc = lambda v: der_int(v) if v >= 0 else der(2, v.to_bytes(v.bit_length() // 8 + 1, "big", signed=True))
        case(id, note, "invalid", "sha256", m, der(0x30, enc(a) + enc(b)))
    good = der_sig(r, s)
    case("good", "the signature that the damaged ones start from", "valid", "sha256", m, good)
    for id, note, hash_name, message, pub in [
        ("message-flip", "one bit of the message flipped", "sha256", b"bountersign", y),
        ("message-empty", "empty message instead", "sha256", b"", y),
        ("hash-told", "SHA-1 told, SHA-256 used", "sha1", m, y),
        ("other-key", "another public key", "sha256", m, y * g % p),
        ("key-inverted", "1/y instead of y", "sha256", m, pow(y, -1, p)),
    ]:
        case(id, note, "invalid", hash_name, message, good, 2, pub)
    i = 0
    while True:
        message = b"der %d" % i
        _, r, s = sign(p, q, g, x, "sha256", message)
        i += 1
        if r.bit_length() == s.bit_length() == q.bit_length():
            break
    R, S = der_int(r), der_int(s)
    body = R + S
    size = (q.bit_length() + 7) // 8
    assert R[2] == 0 == S[2]
    case("der-good", "the signature that the damaged encodings start from", "valid", "sha256", message, der(0x30, body))
    for id, note, b in [
        ("length-non-minimal", "length of the sequence as 81 xx", b"\x30\x81" + bytes([len(body)]) + body),
        ("indefinite", "indefinite length", b"\x30\x80" + body + b"\0\0"),
        ("r-length-non-minimal", "length of r as 81 xx", der(0x30, b"\x02\x81" + R[1:] + S)),
        ("r-padded", "r with a needless leading 00", der(0x30, der(2, b"\0" + R[2:]) + S)),
        ("s-padded", "s with a needless leading 00", der(0x30, R + der(2, b"\0" + S[2:]))),
        ("r-negative", "r without its leading 00: a negative integer", der(0x30, der(2, R[3:]) + S)),
        ("s-negative", "s without its leading 00: a negative integer", der(0x30, R + der(2, S[3:]))),
        ("r-empty", "r with no octets", der(0x30, b"\x02\0" + S)), ("s-empty", "s with no octets", der(0x30, R + b"\x02\0")),
        ("trailing-after", "a zero octet after the sequence", der(0x30, body) + b"\0"),
        ("trailing-inside", "NULL inside the sequence after s", der(0x30, body + b"\x05\0")),
        ("r-only", "r only", der(0x30, R)), ("empty-sequence", "empty sequence", b"\x30\0"), ("empty", "no octets", b""),
        ("tag-set", "tag 31 for the sequence", b"\x31" + der(0x30, body)[1:]),
        ("tag-octets-r", "tag 04 for r", der(0x30, b"\x04" + R[1:] + S)),
        ("truncated", "without the last octet", der(0x30, body)[:-1]),
        ("fixed", "r || s without DER", r.to_bytes(size, "big") + s.to_bytes(size, "big")),
    ]:
        case("der-" + id, note, "invalid", "sha256", message, b)

write("legacy/dsa.json", "dsa", "DSA", [
    read("RFC 6979", "A.2.1", WHERE, CHECKED, "read in a verbatim quotation of the clause, not on the RFC Editor's own page"),
    read("RFC 6979", "A.2.2", WHERE, CHECKED, "read in a transcription of the clause in public code, not on the RFC Editor's own page"),
    computed("dsa.py", "Python 3.11.2, integers and hashlib; judged by cryptography 38.0.4")], cases)
