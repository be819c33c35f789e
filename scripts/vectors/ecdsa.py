"""Writes vectors/ecdsa/*.json. The domain parameters come from openssl, the
RFC 6979 numbers from the RFC (and are computed again here), the rest by plain
Python; cryptography judges every case before it is written."""
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from asymmetric_common import (computed, der, der_int, der_sig, hash_int, openssl_curve, read, rfc6979_k,
                               stream, write)
from standard_numbers import RFC6979_EC, h

CURVES = [("p-256", "P-256", "prime256v1", "sha256", "SHA-256", ec.SECP256R1(), hashes.SHA256()),
          ("p-384", "P-384", "secp384r1", "sha384", "SHA-384", ec.SECP384R1(), hashes.SHA384()),
          ("p-521", "P-521", "secp521r1", "sha512", "SHA-512", ec.SECP521R1(), hashes.SHA512()),
          ("secp256k1", "secp256k1", "secp256k1", "sha256", "SHA-256", ec.SECP256K1(), hashes.SHA256())]


def prove_rfc6979():
    for short, (clause, x, ux, uy, signatures) in RFC6979_EC.items():
        c = openssl_curve(short, next(r[2] for r in CURVES if r[0] == short))
        x = int(h(x), 16)
        assert c.mul(x, c.g) == (int(h(ux), 16), int(h(uy), 16))
        for message, hash_name, k, r, s in signatures:
            assert next(rfc6979_k(c.n, x, hash_name, message.encode())) == int(h(k), 16)
            assert c.sign(x, hash_name, message.encode()) == (int(h(r), 16), int(h(s), 16))


def build(short, title, openssl_name, hash_name, hash_title, crypto_curve, crypto_hash):
    c = openssl_curve(short, openssl_name)
    n, size = c.n, c.len
    half = n // 2
    cases = []

    def fixed(r, s):
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    def case(id, note, expect, pub, message, signature, encoding, s="any", d=None, source=0, **more):
        # What cryptography says; it knows only DER, and no low-S rule.
        blob = signature
        if encoding == "fixed":
            blob = der_sig(*(int.from_bytes(signature[i:i + size], "big") for i in (0, size))) \
                if len(signature) == 2 * size else b""
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(crypto_curve, c.point(pub)).verify(
                blob, message, ec.ECDSA(crypto_hash))
            said = True
        except InvalidSignature:
            said = False
        high = said and s == "low" and decode_dss_signature(blob)[1] > half
        assert (expect == "valid") == (said and not high), (short, id, said, high)
        row = {"id": id, "note": note, "source": source, "expect": expect}
        if d is not None:
            assert c.mul(d, c.g) == pub
            row["privateKey"] = c.octets(d).hex()
        row.update({"publicKey": c.point(pub).hex(), "message": message.hex(), "signature": signature.hex(),
                    "encoding": encoding, "s": s}, **more)
        cases.append(row)

    def both(id, note, expect, pub, message, r, s, rule="any", d=None, source=0, **more):
        if r < 256**size and s < 256**size:
            case(id + "-fixed", note, expect, pub, message, fixed(r, s), "fixed", rule, d, source, **more)
        case(id + "-der", note, expect, pub, message, der_sig(r, s), "der", rule, d, source, **more)

    # --- deterministic signatures
    sources = [computed("ecdsa.py", "Python 3.11.2, integers and hashlib; openssl 3.0.19 for the domain parameters")]
    sources[0]["note"] = "every case judged by cryptography 38.0.4 too, with the low-S rule applied apart"
    if short in RFC6979_EC:
        clause, x, _, _, signatures = RFC6979_EC[short]
        sources.append(read("RFC 6979", clause, "https://www.rfc-editor.org/rfc/rfc6979",
                            "Python integers (k, r and s computed again); cryptography 38.0.4",
                            "read in a verbatim copy of the clause"))
        x = int(h(x), 16)
        for message, hn, _, r, s in signatures:
            if hn == hash_name:
                both("rfc6979-" + message, "RFC 6979 " + clause, "valid", c.mul(x, c.g), message.encode(),
                     int(h(r), 16), int(h(s), 16), "any", x, 1, deterministic=True)
    d = int.from_bytes(stream("ecdsa key " + short, size + 8), "big") % (n - 1) + 1
    q = c.mul(d, c.g)
    for length in (0, 1, 63, 64, 127, 128, 300):
        m = stream("ecdsa message " + short, length)
        r, s = c.sign(d, hash_name, m)
        both("deterministic-%d" % length, "RFC 6979 signature, message of %d octets" % length, "valid",
             q, m, r, s, "any", d, deterministic=True)

    # --- the low-S rule
    m = b"countersign"
    r, s = c.sign(d, hash_name, m)
    lo, hi = min(s, n - s), max(s, n - s)
    for rule in ("any", "low"):
        both("low-s-" + rule, "s <= n/2, rule: " + rule, "valid", q, m, r, lo, rule)
        both("high-s-" + rule, "s > n/2, rule: " + rule, "valid" if rule == "any" else "invalid", q, m, r, hi, rule)

    def key_for(k, s, message):
        """The private key under which (x(kG), s) is a signature of the message."""
        r = c.mul(k, c.g)[0] % n
        return r, (s * k - hash_int(n, hash_name, message)) * pow(r, -1, n) % n

    k = int.from_bytes(stream("ecdsa k " + short, size + 8), "big") % (n - 1) + 1
    for id, note, v in (("half", "s = (n - 1)/2, the greatest low s", half),
                        ("half-plus-1", "s = (n + 1)/2, the least high s", half + 1),
                        ("one", "s = 1", 1), ("n-minus-1", "s = n - 1", n - 1)):
        rr, dd = key_for(k, v, m)
        pub = c.mul(dd, c.g)
        for rule in ("any", "low"):
            both("s-%s-%s" % (id, rule), note + ", rule: " + rule,
                 "valid" if rule == "any" or v <= half else "invalid", pub, m, rr, v, rule, dd)
        if v == 1:
            both("s-one-plus-n", "s = 1 + n, the same mod n", "invalid", pub, m, rr, 1 + n)

    # --- leading zero octets: deterministic signatures, by search over messages
    limit = 1 << (n.bit_length() - 9)
    want, i = {"r": None, "s": None}, 0
    while None in want.values():
        message = b"leading zeros %d" % i
        rr, ss = c.sign(d, hash_name, message)
        if rr < limit and want["r"] is None:
            want["r"] = True
            both("leading-zeros-r", "r has leading zero octets in fixed form", "valid", q, message, rr, ss, "any", d,
                 deterministic=True)
        if ss < limit and want["s"] is None:
            want["s"] = True
            both("leading-zeros-s", "s has leading zero octets in fixed form", "valid", q, message, rr, ss, "any", d,
                 deterministic=True)
            case("leading-zeros-s-unpadded", "s without its leading zero octets", "invalid", q, message,
                 c.octets(rr) + ss.to_bytes((ss.bit_length() + 7) // 8, "big"), "fixed")
        i += 1

    # --- keys and points at the edges
    for id, note, dd in (("key-1", "private key 1", 1), ("key-n-minus-1", "private key n - 1", n - 1)):
        rr, ss = c.sign(dd, hash_name, m)
        both(id, note, "valid", c.mul(dd, c.g), m, rr, ss, "any", dd, deterministic=True)
    for id, note, kk in (("k-1", "k = 1, so r = x(G)", 1), ("k-n-minus-1", "k = n - 1, so r = x(-G)", n - 1)):
        rr, ss = c.sign(d, hash_name, m, kk)
        both(id, note, "valid", q, m, rr, ss, "any", d)
    z = hash_int(n, hash_name, m)
    rr = c.mul(k, c.g)[0] % n
    dd = z * pow(rr, -1, n) % n
    both("doubling", "u1*G = u2*Q, so that the sum is a doubling", "valid", c.mul(dd, c.g), m, rr,
         2 * z * pow(k, -1, n) % n, "any", dd)
    both("infinity", "u1*G = -u2*Q, so that the sum is the point at infinity", "invalid", c.mul(n - dd, c.g), m, rr, lo)

    def recovered(x, ss):
        """A public key under which R has abscissa x, or None where no point has it."""
        yy = (x**3 + c.a * x + c.b) % c.p
        y = pow(yy, (c.p + 1) // 4, c.p)
        if y * y % c.p != yy:
            return None
        w = pow(x % n, -1, n)
        return c.add(c.mul(ss * w % n, (x, y)), c.mul(-z * w % n, c.g))

    x = 1
    while recovered(x, lo) is None:
        x += 1
    pub = recovered(x, lo)
    both("r-small", "r = %d" % x, "valid", pub, m, x, lo)
    both("r-small-plus-n", "r = %d + n, the same mod n" % x, "invalid", pub, m, x + n, lo)
    both("r-small-plus-p", "r = %d + p, the same mod p" % x, "invalid", pub, m, x + c.p, lo)
    x = n + 1
    while recovered(x, lo) is None:
        x += 1
    pub = recovered(x, lo)
    both("x-above-n", "x(R) = n + %d, so r = %d" % (x - n, x - n), "valid", pub, m, x - n, lo)
    both("x-above-n-unreduced", "x(R) = n + %d given as r without reduction" % (x - n), "invalid", pub, m, x, lo)

    # --- damage: values
    flip = lambda v, bit: v ^ 1 << bit
    other = c.mul(d + 1, c.g)
    for id, note, pub, message, a, b in [
        ("r-0", "r = 0", q, m, 0, lo), ("s-0", "s = 0", q, m, r, 0), ("r-s-0", "r = s = 0", q, m, 0, 0),
        ("r-0-s-1", "r = 0, s = 1", q, m, 0, 1), ("r-1-s-1", "r = s = 1", q, m, 1, 1),
        ("r-n", "r = n", q, m, n, lo), ("s-n", "s = n", q, m, r, n), ("r-s-n", "r = s = n", q, m, n, n),
        ("r-n-s-0", "r = n, s = 0", q, m, n, 0), ("r-n-minus-1", "r = n - 1", q, m, n - 1, lo),
        ("r-p", "r = p", q, m, c.p, lo),
        ("r-plus-n", "r + n", q, m, r + n, lo), ("s-plus-n", "s + n", q, m, r, lo + n),
        ("s-plus-2n", "s + 2n", q, m, r, lo + 2 * n),
        ("swapped", "s || r", q, m, lo, r), ("r-negated", "n - r", q, m, n - r, lo),
        ("r-flip", "one bit of r flipped", q, m, flip(r, 0), lo),
        ("r-flip-high", "one high bit of r flipped", q, m, flip(r, 200), lo),
        ("s-flip", "one bit of s flipped", q, m, r, flip(lo, 0)),
        ("s-flip-high", "one high bit of s flipped", q, m, r, flip(lo, 200)),
        ("message-flip", "one bit of the message flipped", q, b"bountersign", r, lo),
        ("message-long", "a zero octet added to the message", q, m + b"\0", r, lo),
        ("message-empty", "empty message instead", q, b"", r, lo),
        ("other-key", "another public key", other, m, r, lo),
        ("key-negated", "-Q instead of Q", (q[0], c.p - q[1]), m, r, lo),
    ]:
        both(id, note, "invalid", pub, message, a, b)

    # --- damage: fixed form
    f = fixed(r, lo)
    for id, note, b in [
        ("short", "without the last octet", f[:-1]), ("short-front", "without the first octet", f[1:]),
        ("short-half", "r only", f[:size]), ("empty", "no octets", b""), ("one", "one zero octet", b"\0"),
        ("long", "a zero octet after it", f + b"\0"), ("leading-zero", "a zero octet before it", b"\0" + f),
        ("both-padded", "a zero octet before r and before s", b"\0" + f[:size] + b"\0" + f[size:]),
        ("twice", "the signature twice", f + f), ("little-endian", "r and s in little-endian order",
                                                  f[:size][::-1] + f[size:][::-1]),
        ("der", "DER where the fixed form is stated", der_sig(r, lo)),
        ("zeros", "all zero octets", bytes(2 * size)), ("ones", "all octets ff", b"\xff" * (2 * size)),
    ]:
        case("fixed-" + id, note, "invalid", q, m, b, "fixed")

    # --- damage: DER. R and S have their top bit set mod 8, so that they need a leading 00.
    i = 0
    while True:
        message = b"der %d" % i
        rr, ss = c.sign(d, hash_name, message)
        i += 1
        if rr.bit_length() % 8 == 0 and ss.bit_length() % 8 == 0:
            break
    R, S = der_int(rr), der_int(ss)
    good = der(0x30, R + S)
    assert R[2] == 0 and S[2] == 0 and R[3] >= 0x80 and S[3] >= 0x80
    body = R + S
    long_form = len(body) >= 128
    neg = lambda v: der(2, v)
    case("der-good", "the signature that the damaged ones below start from", "valid", q, message, good, "der", "any", d)
    for id, note, b in [
        ("length-non-minimal", "length of the sequence in a longer form than needed",
         (b"\x30\x82\x00" if long_form else b"\x30\x81") + bytes([len(body)]) + body),
        ("length-non-minimal-4", "length of the sequence in four octets", b"\x30\x84" + len(body).to_bytes(4, "big") + body),
        ("length-short-form-missing", "length octet 80 with nothing to end it", b"\x30\x80" + body),
        ("indefinite", "indefinite length, ended by 00 00", b"\x30\x80" + body + b"\0\0"),
        ("r-length-non-minimal", "length of r as 81 xx", der(0x30, b"\x02\x81" + R[1:] + S)),
        ("s-length-non-minimal", "length of s as 81 xx", der(0x30, R + b"\x02\x81" + S[1:])),
        ("r-padded", "r with a needless leading 00", der(0x30, neg(b"\0" + R[2:]) + S)),
        ("s-padded", "s with a needless leading 00", der(0x30, R + neg(b"\0" + S[2:]))),
        ("r-negative", "r without its leading 00: a negative integer", der(0x30, neg(R[3:]) + S)),
        ("s-negative", "s without its leading 00: a negative integer", der(0x30, R + neg(S[3:]))),
        ("s-minus-n", "s - n as a negative integer", der(0x30, R + neg((ss - n).to_bytes(size, "big", signed=True)))),
        ("r-empty", "r with no octets", der(0x30, b"\x02\x00" + S)),
        ("s-empty", "s with no octets", der(0x30, R + b"\x02\x00")),
        ("trailing-after", "a zero octet after the sequence", good + b"\0"),
        ("trailing-after-null", "05 00 after the sequence", good + b"\x05\0"),
        ("trailing-inside", "a zero octet inside the sequence after s", der(0x30, body + b"\0")),
        ("trailing-inside-null", "05 00 inside the sequence after s", der(0x30, body + b"\x05\0")),
        ("trailing-unused", "two octets after s that the length of the sequence leaves out", good + b"\x02\0"),
        ("third-integer", "a third integer", der(0x30, body + b"\x02\x01\x00")),
        ("r-only", "r only", der(0x30, R)), ("empty-sequence", "empty sequence", b"\x30\0"),
        ("empty", "no octets", b""), ("tag-only", "the octet 30", b"\x30"),
        ("tag-set", "tag 31 (set) for the sequence", b"\x31" + good[1:]),
        ("tag-primitive", "tag 10 for the sequence", b"\x10" + good[1:]),
        ("tag-octets-r", "tag 04 (octet string) for r", der(0x30, b"\x04" + R[1:] + S)),
        ("tag-enumerated-s", "tag 0a (enumerated) for s", der(0x30, R + b"\x0a" + S[1:])),
        ("tag-context-r", "tag 82 (context) for r", der(0x30, b"\x82" + R[1:] + S)),
        ("truncated", "without the last octet, lengths kept", good[:-1]),
        ("truncated-fixed-up", "s without its last octet, lengths made to fit", der(0x30, R + neg(S[2:-1]))),
        ("truncated-half", "the first half", good[:len(good) // 2]),
        ("length-too-long", "length of the sequence one too long", good[:len(good) - len(body) - 1]
         + bytes([len(body) + 1]) + body),
        ("length-too-short", "length of the sequence one too short", good[:len(good) - len(body) - 1]
         + bytes([len(body) - 1]) + body),
        ("r-length-swallows-s", "length of r covers s as well", der(0x30, b"\x02" + bytes([(len(body) - 2) & 127]) + body[2:])),
        ("wrapped", "the sequence inside another", der(0x30, good)),
        ("octet-string", "the sequence inside an octet string", der(0x04, good)),
        ("bit-string", "the sequence inside a bit string", der(0x03, b"\0" + good)),
        ("leading-zero", "a zero octet before the sequence", b"\0" + good),
        ("fixed", "the fixed form where DER is stated", fixed(rr, ss)),
        ("huge-length", "length of the sequence 2^32 - 1", b"\x30\x84\xff\xff\xff\xff" + body),
    ]:
        case("der-" + id, note, "invalid", q, message, b, "der")
    write("ecdsa/%s-%s.json" % (short, hash_title.lower()), "ecdsa", "ECDSA %s %s" % (title, hash_title), sources, cases)


prove_rfc6979()
for row in CURVES:
    build(*row)
