"""edwards25519 in plain Python integers, and our verification rule.

The rule: public key 32 octets, signature 64; S < L; A and R canonical (y < p,
and the sign bit clear where x = 0) and not of small order; then cofactorless:
encode(S*B - (h mod L)*A) is the 32 octets of R, h = SHA-512(R || A || M).
"""
import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)
ZERO = (0, 1, 1, 0)


def point(x, y):
    return x, y, 1, x * y % P


def add(s, t):
    a, b = (s[1] - s[0]) * (t[1] - t[0]), (s[1] + s[0]) * (t[1] + t[0])
    c, d = 2 * s[3] * t[3] * D, 2 * s[2] * t[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def neg(s):
    return -s[0] % P, s[1], s[2], -s[3] % P


def mul(k, s):
    out = ZERO
    while k:
        if k & 1:
            out = add(out, s)
        s = add(s, s)
        k >>= 1
    return out


def same(s, t):
    return (s[0] * t[2] - t[0] * s[2]) % P == 0 and (s[1] * t[2] - t[1] * s[2]) % P == 0


def encode(s):
    z = pow(s[2], -1, P)
    return (s[1] * z % P | (s[0] * z % P & 1) << 255).to_bytes(32, "little")


def recover_x(y):
    """An x with (x, y) on the curve, or None."""
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * I % P
    return x if (x * x - xx) % P == 0 else None


def decode(octets):
    """(point, canonical); y is taken mod p and the sign bit ignored where x = 0. None off the curve."""
    v = int.from_bytes(octets, "little")
    sign, y = v >> 255, v & (2**255 - 1)
    x = recover_x(y % P)
    if x is None:
        return None
    canonical = y < P and not (x == 0 and sign)
    if x & 1 != sign:
        x = -x % P
    return point(x, y % P), canonical


B = point(min(recover_x(4 * pow(5, -1, P) % P), P - recover_x(4 * pow(5, -1, P) % P), key=lambda x: x & 1),
          4 * pow(5, -1, P) % P)
assert same(mul(L, B), ZERO)


def small(s):
    return same(mul(8, s), ZERO)


def challenge(r, a, message):
    return int.from_bytes(hashlib.sha512(r + a + message).digest(), "little")


def judge(public, message, signature):
    """(valid by our rule, valid cofactored): the second takes every encoding that
    decodes, small orders too, but wants S < L, and asks [8](S*B - R - h*A) = 0."""
    if len(public) != 32 or len(signature) != 64:
        return False, False
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    da, dr = decode(public), decode(r)
    if s >= L or da is None or dr is None:
        return False, False
    h = challenge(r, public, message) % L
    rest = add(mul(s, B), neg(mul(h, da[0])))
    cofactored = same(mul(8, add(rest, neg(dr[0]))), ZERO)
    strict = da[1] and dr[1] and not small(da[0]) and not small(dr[0]) and encode(rest) == r
    assert cofactored or not strict
    return strict, cofactored


def expand(seed):
    d = hashlib.sha512(seed).digest()
    a = int.from_bytes(d[:32], "little") & (2**254 - 8) | 2**254
    return a, d[32:]
