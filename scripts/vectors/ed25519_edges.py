"""Writes vectors/ed25519/edges.json. Nothing is random: all seeds, scalars and
messages come from a label through SHAKE256, so a rerun gives the same octets."""
import hashlib
from asymmetric_common import computed, stream, write
from ed25519_reference import (B, L, P, ZERO, add, challenge, decode, encode, expand, judge, mul,
                               neg, point, recover_x, same, small)

cases = []


def case(id, note, public, message, signature):
    strict, cofactored = judge(public, message, signature)
    cases.append({"id": id, "note": note, "source": 0, "expect": "valid" if strict else "invalid",
                  "cofactored": cofactored, "publicKey": public.hex(), "message": message.hex(),
                  "signature": signature.hex()})
    return strict, cofactored


def scalar(label):
    return int.from_bytes(stream("ed25519 " + label, 64), "little") % L


def le(s):
    return s.to_bytes(32, "little")


def search(label, r, a, wanted):
    """A message for which `wanted` holds of the unreduced challenge."""
    for i in range(100000):
        m = ("%s, message %d" % (label, i)).encode()
        if wanted(challenge(r, a, m)):
            return m
    raise ValueError(label)


# The torsion subgroup: T8 generates it; t[i] = i*T8 has order 8 / gcd(i, 8).
def some_order_8():
    i = 0
    while True:
        x = recover_x(i)
        if x is not None:
            t = mul(L, point(x, i))
            if not same(mul(4, t), ZERO):
                return t
        i += 1


T8 = some_order_8()
t = [mul(i, T8) for i in range(8)]
order = [1, 8, 4, 8, 2, 8, 4, 8]
assert len({encode(p) for p in t}) == 8 and all(same(mul(order[i], t[i]), ZERO) for i in range(8))
assert not any(same(mul(order[i] // 2, t[i]), ZERO) for i in range(1, 8))

# Every 32 octets that decode to a small-order point: y and y + p where that fits, both sign bits.
SMALL = []
for y in sorted({int.from_bytes(encode(p), "little") % 2**255 for p in t}):
    for yy in (y, y + P):
        for sign in (0, 1):
            if yy < 2**255:
                e = le(yy | sign << 255)
                p, canonical = decode(e)
                i = next(i for i in range(8) if same(p, t[i]))
                SMALL.append((e, i, canonical))
assert len(SMALL) == 14 and sum(c for _, _, c in SMALL) == 8


def name(i):
    return "T%d" % order[i] if order[i] <= 2 else "T%d#%d" % (order[i], i)


def kind(i, canonical):
    return "%s small-order point of order %d" % ("canonical" if canonical else "non-canonical", order[i])


# --- ordinary signatures, and ordinary damage -------------------------------------------------
a, prefix = expand(stream("ed25519 seed 0", 32))
A = encode(mul(a, B))
a2, _ = expand(stream("ed25519 seed 1", 32))
A2 = encode(mul(a2, B))


def sign(message, a=a, public=A, r=None):
    r = scalar("r " + message.hex()) if r is None else r
    R = encode(mul(r, B))
    return R + le((r + challenge(R, public, message) * a) % L)


for n in (0, 1, 31, 32, 63, 64, 65, 111, 112, 127, 128, 129, 1000, 4096):
    m = stream("ed25519 message", n)
    assert case("ordinary-%d" % n, "ordinary signature, message of %d octets" % n, A, m, sign(m))[0]
M = b"countersign"
SIG = sign(M)
R, S = SIG[:32], int.from_bytes(SIG[32:], "little")
assert case("ordinary", "the signature that the damaged ones below start from", A, M, SIG)[0]
for id, note, pk, m, sig in [
    ("message-bit", "one bit of the message flipped", A, b"bountersign", SIG),
    ("message-short", "message without its last octet", A, M[:-1], SIG),
    ("message-long", "message with a zero octet added", A, M + b"\0", SIG),
    ("message-empty", "empty message instead", A, b"", SIG),
    ("message-sha512", "SHA-512 of the message instead of the message (Ed25519ph's mistake)", A,
     hashlib.sha512(M).digest(), SIG),
    ("other-key", "another ordinary public key", A2, M, SIG),
    ("key-negated", "A replaced by -A", encode(neg(mul(a, B))), M, SIG),
    ("r-negated", "R replaced by -R", A, M, encode(neg(decode(R)[0])) + SIG[32:]),
    ("halves-swapped", "S || R", A, M, SIG[32:] + R),
    ("s-negated", "S replaced by L - S", A, M, R + le(L - S)),
    ("s-plus-1", "S + 1", A, M, R + le((S + 1) % L)),
    ("s-big-endian", "S in big-endian order", A, M, R + SIG[32:][::-1]),
    ("all-zero-signature", "64 zero octets", A, M, bytes(64)),
    ("all-ff-signature", "64 octets ff", A, M, b"\xff" * 64),
    ("r-zero-octets", "R all zero octets (y = 0, order 4), S kept", A, M, bytes(32) + SIG[32:]),
    ("r-ff-octets", "R all ff", A, M, b"\xff" * 32 + SIG[32:]),
    ("key-ff-octets", "A all ff", b"\xff" * 32, M, SIG),
    ("key-is-base-point", "A = B, signature by another key", encode(B), M, SIG),
]:
    assert case(id, note, pk, m, sig) == (False, False), id
for bit in (0, 7, 128, 254, 255, 256, 263, 384, 500, 507, 508, 509, 510, 511):
    s = bytearray(SIG)
    s[bit // 8] ^= 1 << bit % 8
    case("signature-bit-%d" % bit, "bit %d of the signature flipped" % bit, A, M, bytes(s))
for bit in (0, 100, 254, 255):
    s = bytearray(A)
    s[bit // 8] ^= 1 << bit % 8
    case("key-bit-%d" % bit, "bit %d of the public key flipped" % bit, bytes(s), M, SIG)
for n in (0, 1, 31, 33, 64):
    case("key-length-%d" % n, "public key of %d octets" % n, (A + A)[:n], M, SIG)
case("key-leading-zero", "public key with a zero octet before it", b"\0" + A, M, SIG)
case("key-trailing-zero", "public key with a zero octet after it", A + b"\0", M, SIG)
for n in (0, 32, 63, 65, 96, 128):
    case("signature-length-%d" % n, "signature of %d octets" % n, A, M, (SIG + SIG)[:n])
case("signature-trailing-zero", "signature with a zero octet after it", A, M, SIG + b"\0")
case("signature-leading-zero", "signature with a zero octet before it", A, M, b"\0" + SIG)
case("signature-and-message", "R || S || M, the form of crypto_sign", A, M, SIG + M)

# --- S out of range ----------------------------------------------------------------------------
k = 1
while S + k * L < 2**256:
    case("s-plus-%dL" % k, "S + %d*L: the same scalar mod L" % k, A, M, R + le(S + k * L))
    k += 1
for note, v in [("S = 0", 0), ("S = 1", 1), ("S = L - 1", L - 1), ("S = L", L), ("S = L + 1", L + 1),
                ("S = 2^252", 2**252), ("S = 2^253 - 1", 2**253 - 1), ("S = 2^255 - 1", 2**255 - 1),
                ("S = 2^256 - 1", 2**256 - 1)]:
    case("s-range-" + note[4:].replace(" ", "").lower().replace("^", "e"), note + ", with an ordinary A and R",
         A, M, R + le(v))
for bit in (253, 254, 255):
    case("s-high-bit-%d" % bit, "bit %d of S set as well" % bit, A, M, R + le(S | 1 << bit))
# With A of order 1, S*B = R holds for each S, so S itself is the only thing that differs.
for v in (0, 1, L - 1, L, L + 1, 2 * L):
    case("identity-key-s-%s" % ("%d" % v if v < 2 else "L%+d" % (v - L) if v != 2 * L and v != L else "L" if v == L else "2L"),
         "A = identity, R = S*B: the equation holds for S mod L", encode(ZERO), M, encode(mul(v % L, B)) + le(v))

# --- small-order A, R, both ---------------------------------------------------------------------
for n, (e, i, canonical) in enumerate(SMALL):
    r = scalar("small A %d" % n)
    Rn = encode(mul(r, B))
    for vanish in (True, False):
        if order[i] == 1 and not vanish:
            continue
        m = search("small A %d" % n, Rn, e, lambda h: (h % L % order[i] == 0) == vanish)
        case("small-a-%d-%s" % (n, "holds" if vanish else "fails"),
             "A = %s (%s), R = rB, S = r; h*A %s 0" % (name(i), kind(i, canonical), "=" if vanish else "is not"),
             e, m, Rn + le(r))
for n, (e, i, canonical) in enumerate(SMALL):
    m = b"small R %d" % n
    case("small-r-%d" % n, "R = %s (%s), S = h*a, A ordinary" % (name(i), kind(i, canonical)), A, m,
         e + le(challenge(e, A, m) * a % L))
    if not canonical:
        c = encode(t[i])
        case("small-r-%d-rehashed" % n, "as small-r-%d, but h was taken over the canonical octets of R" % n, A, m,
             e + le(challenge(c, A, m) * a % L))
for n, (ea, i, ca) in enumerate(SMALL):
    for k, (er, j, cr) in enumerate(SMALL):
        reachable = any(same(mul(h, t[i]), neg(t[j])) for h in range(order[i]))
        m = search("small A %d R %d" % (n, k), er, ea,
                   (lambda h: same(mul(h % L % 8, t[i]), neg(t[j]))) if reachable else (lambda h: True))
        case("small-a-%d-r-%d" % (n, k), "S = 0, A = %s (%scanonical), R = %s (%scanonical); R = -h*A %s" % (
            name(i), "" if ca else "non-", name(j), "" if cr else "non-", "holds" if reachable else "cannot hold"),
            ea, m, er + bytes(32))

# --- mixed order ---------------------------------------------------------------------------------
for i in range(1, 8):
    x = scalar("mixed a %d" % i)
    pub = encode(add(mul(x, B), t[i]))
    for n in range(2):
        r = scalar("mixed A %d r %d" % (i, n))
        Rn = encode(mul(r, B))
        for vanish in (True, False):
            m = search("mixed A %d %d" % (i, n), Rn, pub, lambda h: (h % L % order[i] == 0) == vanish)
            got = case("mixed-a-%d-%d-%s" % (i, n, "holds" if vanish else "fails"),
                       "A = aB + %s, R = rB; h*T %s 0: cofactored accepts, cofactorless %s" % (
                           name(i), "=" if vanish else "is not", "accepts" if vanish else "refuses"),
                       pub, m, Rn + le((r + challenge(Rn, pub, m) * x) % L))
            assert got == (vanish, True)
    # h must be reduced mod L before it meets a point with torsion: L is odd, so h and h mod L
    # differ mod 8 by any amount.
    r = scalar("reduced h %d" % i)
    Rn = encode(mul(r, B))
    for reduced in (True, False):
        m = search("reduced h %d" % i, Rn, pub, lambda h: (h % L % order[i] == 0) == reduced
                   and (h % order[i] == 0) != reduced)
        got = case("reduced-h-%d-%s" % (i, "holds" if reduced else "fails"),
                   "A = aB + %s; (h mod L)*T %s 0 but unreduced h*T %s 0" % (
                       name(i), "=" if reduced else "is not", "is not" if reduced else "="),
                   pub, m, Rn + le((r + challenge(Rn, pub, m) * x) % L))
        assert got == (reduced, True)
    for n in range(2):
        r = scalar("mixed R %d r %d" % (i, n))
        Rn, m = encode(add(mul(r, B), t[i])), b"mixed R %d %d" % (i, n)
        got = case("mixed-r-%d-%d" % (i, n), "R = rB + %s, A = aB: cofactored accepts, cofactorless refuses" % name(i),
                   A, m, Rn + le((r + challenge(Rn, A, m) * a) % L))
        assert got == (False, True)
    for j in range(1, 8):
        r = scalar("mixed A %d R %d" % (i, j))
        Rn = encode(add(mul(r, B), t[j]))
        for cancel in (True, False):
            if cancel and not any(same(mul(h, t[i]), neg(t[j])) for h in range(8)):
                continue
            m = search("mixed A %d R %d" % (i, j), Rn, pub,
                       lambda h: same(mul(h % L % 8, t[i]), neg(t[j])) == cancel)
            got = case("mixed-a-%d-r-%d-%s" % (i, j, "cancel" if cancel else "differ"),
                       "A = aB + %s, R = rB + %s; R's torsion %s -h*T: cofactored accepts, cofactorless %s" % (
                           name(i), name(j), "=" if cancel else "is not", "accepts" if cancel else "refuses"),
                       pub, m, Rn + le((r + challenge(Rn, pub, m) * x) % L))
            assert got == (cancel, True)

# --- non-canonical y and points off the curve ----------------------------------------------------
for d in range(19):
    on = recover_x(d) is not None
    for sign in (0, 1):
        e = le(d + P | sign << 255)
        what = "y = p + %d, sign bit %d, %s" % (d, sign, "not on the curve" if not on else
                                               "small order" if small(decode(e)[0]) else
                                               "on the curve, not of small order, logarithm unknown")
        m = b"y = p + %d sign %d" % (d, sign)
        case("noncanonical-a-%d-%d" % (d, sign), "A: " + what, e, m, R + le(scalar("nc %d %d" % (d, sign))))
        case("noncanonical-r-%d-%d" % (d, sign), "R: " + what + "; S = h*a", A, m,
             e + le(challenge(e, A, m) * a % L))
found, y = 0, 2
while found < 4:
    if recover_x(y) is None:
        e, m = le(y | (found & 1) << 255), b"off the curve %d" % y
        case("off-curve-a-%d" % y, "A: y = %d is on no point of the curve" % y, e, m, R + le(S))
        case("off-curve-r-%d" % y, "R: y = %d is on no point of the curve; S = h*a" % y, A, m,
             e + le(challenge(e, A, m) * a % L))
        found += 1
    y += 1

source = computed("ed25519_edges.py")
source["note"] = ("expect is the strict cofactorless rule; cofactored is [8](S*B - R - h*A) = 0 with S < L, "
                  "taking every encoding that decodes and every order, for information only")
print("valid %d, cofactored accepts and rule refuses %d" % (
    sum(c["expect"] == "valid" for c in cases), sum(c["cofactored"] and c["expect"] == "invalid" for c in cases)))
write("ed25519/edges.json", "ed25519", "Ed25519", [source], cases)
