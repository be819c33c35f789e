"""Writes vectors/agreement/*.json: the numbers of RFC 5903 and RFC 7748, and more
computed in plain Python; cryptography judges the cases that it can judge."""
from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from asymmetric_common import computed, openssl_curve, read, stream, write
from ed25519_reference import B, L, P, ZERO, add, encode, mul, point, recover_x, same
from standard_numbers import RFC5903, RFC7748_DH, RFC7748_ITERATED, RFC7748_SINGLE, h

TRANSCRIBED = ("read in transcriptions of the clause in public code that agree with each other, "
               "not on the RFC Editor's own page")


def nist(short, title, openssl_name, crypto_curve, foreign):
    c = openssl_curve(short, openssl_name)
    p, n, size = c.p, c.n, c.len
    clause, i, gix, giy, r, grx, gry, girx = RFC5903[short]
    sources = [read("RFC 5903", clause, "https://www.rfc-editor.org/rfc/rfc5903",
                    "Python integers; cryptography 38.0.4", TRANSCRIBED),
               computed("agreement.py", "Python 3.11.2 integers; openssl 3.0.19 for the domain parameters")]
    cases = []

    def case(id, note, d, peer, shared=None, source=1):
        """d an integer or octets, peer octets; shared None for a refusal."""
        private = d if isinstance(d, bytes) else c.octets(d)
        try:
            key = ec.derive_private_key(int.from_bytes(private, "big"), crypto_curve)
            said = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(crypto_curve, peer))
            said = said if len(private) == size else None
        except ValueError:
            said = None
        if said is not None and (shared is None):
            print("cryptography laxer: %s %s" % (short, id))
        else:
            assert said == shared, (short, id)
        row = {"id": id, "note": note, "source": source, "expect": "ERR_KEY" if shared is None else "valid",
               "privateKey": private.hex(), "peer": peer.hex()}
        if shared is not None:
            row["shared"] = shared.hex()
        cases.append(row)

    def agree(id, note, d, peer, source=1):
        case(id, note, d, c.point(peer), c.octets(c.mul(d, peer)[0]), source)

    i, r = int(h(i), 16), int(h(r), 16)
    gi, gr = (int(h(gix), 16), int(h(giy), 16)), (int(h(grx), 16), int(h(gry), 16))
    assert c.mul(i, c.g) == gi and c.mul(r, c.g) == gr and c.octets(c.mul(i, gr)[0]).hex() == h(girx)
    agree("rfc5903-initiator", "RFC 5903 %s, i with g^r" % clause, i, gr, 0)
    agree("rfc5903-responder", "RFC 5903 %s, r with g^i" % clause, r, gi, 0)
    scalar = lambda label: int.from_bytes(stream("agreement %s %s" % (short, label), size + 8), "big") % (n - 1) + 1
    d, q = scalar("d"), c.mul(scalar("q"), c.g)
    for k in range(4):
        agree("computed-%d" % k, "computed", scalar("d %d" % k), c.mul(scalar("q %d" % k), c.g))
    for id, note, v in [("1", "private key 1", 1), ("2", "private key 2", 2), ("n-minus-1", "private key n - 1", n - 1),
                        ("n-minus-2", "private key n - 2", n - 2), ("small", "private key with leading zero octets", 0xffff)]:
        agree("private-" + id, note, v, q)
    agree("peer-base-point", "peer is the base point", d, c.g)
    agree("peer-negated", "the negated peer gives the same secret", d, (q[0], p - q[1]))
    agree("peer-own", "peer is the own public key", d, c.mul(d, c.g))
    k = 1
    while c.octets(c.mul(k, q)[0])[size == 66] or size == 66 and c.octets(c.mul(k, q)[0])[0]:
        k += 1
    agree("shared-leading-zero", "the secret has leading zero octets, which stay", k, q)
    while c.octets(c.mul(k, c.g)[0])[size == 66] or size == 66 and c.octets(c.mul(k, c.g)[0])[0]:
        k += 1
    agree("peer-x-leading-zero", "x of the peer has leading zero octets", d, c.mul(k, c.g))
    while c.octets(c.mul(k, c.g)[1])[size == 66] or size == 66 and c.octets(c.mul(k, c.g)[1])[0]:
        k += 1
    agree("peer-y-leading-zero", "y of the peer has leading zero octets", d, c.mul(k, c.g))

    def lift(x):
        y = pow((x**3 + c.a * x + c.b) % p, (p + 1) // 4, p)
        return (x, y) if c.on((x, y)) else None

    if lift(0):
        agree("peer-x-0", "peer with x = 0, which is on the curve", d, lift(0))
    x = 1
    while not lift(x):
        x += 1
    agree("peer-x-small", "peer with x = %d" % x, d, lift(x))

    def root(y):
        """An x with (x, y) on the curve, where x^3 + ax + b - y^2 has one root only, else None."""
        f = [(c.b - y * y) % p, c.a, 0]  # and x^3

        def times(s, t):
            w = [0] * 5
            for a, u in enumerate(s):
                for b, v in enumerate(t):
                    w[a + b] += u * v
            for a in (4, 3):
                for b in range(3):
                    w[a - 3 + b] -= w[a] * f[b]
                w[a] %= p
            return [v % p for v in w[:3]]

        out, base, e = [1, 0, 0], [0, 1, 0], p
        while e:
            if e & 1:
                out = times(out, base)
            base = times(base, base)
            e >>= 1
        s, t = f + [1], [out[0], (out[1] - 1) % p, out[2]]
        while True:
            while t and not t[-1]:
                t.pop()
            if not t:
                break
            s, t = t, s
            inv = pow(s[-1], -1, p)
            while len(t) >= len(s):
                m = t[-1] * inv % p
                for b in range(len(s)):
                    t[len(t) - len(s) + b] = (t[len(t) - len(s) + b] - m * s[b]) % p
                t.pop()
                while t and not t[-1]:
                    t.pop()
        return -s[0] * pow(s[1], -1, p) % p if len(s) == 2 else None

    ysmall = 1
    while root(ysmall) is None:
        ysmall += 1
    xy = root(ysmall), ysmall
    assert c.on(xy)
    agree("peer-y-small", "peer with y = %d" % ysmall, d, xy)

    raw = lambda x, y: b"\x04" + c.octets(x) + c.octets(y)
    qx, qy = c.octets(q[0]), c.octets(q[1])
    bad = [
        ("off-curve-y", "y + 1: not on the curve", raw(q[0], (q[1] + 1) % p)),
        ("off-curve-x", "x + 1: not on the curve", raw((q[0] + 1) % p, q[1])),
        ("off-curve-swapped", "y, x", raw(q[1], q[0])),
        ("off-curve-0-0", "(0, 0)", raw(0, 0)), ("off-curve-1-1", "(1, 1)", raw(1, 1)),
        ("off-curve-y-0", "y = 0", raw(q[0], 0)), ("off-curve-x-0-y-1", "(0, 1)", raw(0, 1)),
        ("off-curve-negated-x", "-x", raw(p - q[0], q[1])),
        ("off-curve-bit", "one bit of x flipped", raw(q[0] ^ 1, q[1])),
        ("other-curve", "the base point of %s" % foreign.name,
         foreign.point(foreign.g)),
        ("x-plus-p", "x + p for the peer with x = %d" % x, raw(x + p, lift(x)[1])),
        ("y-plus-p", "y + p for the peer with y = %d" % ysmall, raw(xy[0], ysmall + p)),
        ("x-p", "x = p", raw(p, lift(0)[1] if lift(0) else 1)), ("y-p", "y = p", raw(q[0], p)),
        ("x-ff", "x all ff", b"\x04" + b"\xff" * size + qy), ("y-ff", "y all ff", b"\x04" + qx + b"\xff" * size),
        ("x-y-ff", "x and y all ff", b"\x04" + b"\xff" * 2 * size),
        ("infinity", "the point at infinity, 00", b"\0"),
        ("infinity-long", "zero octets in the length of a point", bytes(1 + 2 * size)),
        ("infinity-04", "04 and zero octets", b"\x04" + bytes(2 * size)),
        ("compressed-02", "compressed, 02", b"\x02" + (qx if q[1] % 2 == 0 else c.octets(c.mul(2, c.g)[0]))),
        ("compressed-own", "the peer compressed", bytes([2 | q[1] & 1]) + qx),
        ("compressed-long", "02 or 03 before x and y", bytes([2 | q[1] & 1]) + qx + qy),
        ("hybrid", "hybrid, 06 or 07 as y is even or odd", bytes([6 | q[1] & 1]) + qx + qy),
        ("hybrid-wrong", "hybrid with the wrong one of 06 and 07", bytes([6 | ~q[1] & 1]) + qx + qy),
        ("prefix-00", "prefix 00", b"\0" + qx + qy), ("prefix-01", "prefix 01", b"\x01" + qx + qy),
        ("prefix-05", "prefix 05", b"\x05" + qx + qy), ("prefix-ff", "prefix ff", b"\xff" + qx + qy),
        ("no-prefix", "x and y without 04", qx + qy), ("x-only", "x", qx), ("prefix-x", "04 and x", b"\x04" + qx),
        ("prefix-only", "04", b"\x04"), ("empty", "no octets", b""),
        ("short", "without the last octet", c.point(q)[:-1]), ("long", "a zero octet after it", c.point(q) + b"\0"),
        ("leading-zero", "a zero octet before it", b"\0" + c.point(q)),
        ("both-padded", "a zero octet before x and before y", b"\x04\0" + qx + b"\0" + qy),
        ("octet-string", "the point inside a DER octet string",
         b"\x04" + (b"\x81" if 1 + 2 * size > 127 else b"") + bytes([1 + 2 * size]) + c.point(q)),
        ("spki", "SubjectPublicKeyInfo of the peer", ec.EllipticCurvePublicKey.from_encoded_point(
            crypto_curve, c.point(q)).public_bytes(ser.Encoding.DER, ser.PublicFormat.SubjectPublicKeyInfo)),
    ]
    assert x + p < 256**size and ysmall + p < 256**size
    for id, note, peer in bad:
        case("peer-" + id, note, d, peer)
    for id, note, private in [
        ("0", "private key 0", bytes(size)), ("n", "private key n", c.octets(n)),
        ("n-plus-1", "private key n + 1", c.octets(n + 1)), ("ff", "private key of octets ff", b"\xff" * size),
        ("short", "private key without its last octet", c.octets(d)[:-1]),
        ("long", "private key with a zero octet before it", b"\0" + c.octets(d)), ("empty", "no private key", b""),
    ]:
        case("private-" + id, note, private, c.point(q))
    write("agreement/%s.json" % short, "agreement", "ECDH " + title, sources, cases)


def x25519(k, u):
    """RFC 7748 5 in integers."""
    k = int.from_bytes(k, "little") & (2**254 - 8) | 2**254
    x1 = int.from_bytes(u, "little") % 2**255 % P
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in range(254, -1, -1):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, cc, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, cc * b % P
        x3, z3 = (da + cb)**2 % P, x1 * (da - cb)**2 % P
        e = (aa - bb) % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


def montgomery():
    sources = [read("RFC 7748", "5.2", "https://www.rfc-editor.org/rfc/rfc7748", "Python integers; cryptography 38.0.4",
                    TRANSCRIBED),
               read("RFC 7748", "6.1", "https://www.rfc-editor.org/rfc/rfc7748", "Python integers; cryptography 38.0.4",
                    "read in a verbatim quotation of the clause, not on the RFC Editor's own page"),
               computed("agreement.py", "Python 3.11.2 integers")]
    cases = []
    hx = bytes.fromhex

    def case(id, note, k, u, source, iterations=None, shared=None):
        if shared is None:
            shared = x25519(k, u) if len(k) == len(u) == 32 else bytes(32)
        refused = shared == bytes(32)
        if iterations is None:
            try:
                said = X25519PrivateKey.from_private_bytes(k).exchange(X25519PublicKey.from_public_bytes(u))
            except ValueError:
                said = bytes(32)
            assert said == shared, id
        row = {"id": id, "note": note, "source": source, "expect": "ERR_KEY" if refused else "valid",
               "privateKey": k.hex(), "peer": u.hex()}
        if iterations is not None:
            row["iterations"] = iterations
        if not refused:
            row["shared"] = shared.hex()
        cases.append(row)

    for i, (k, u, out) in enumerate(RFC7748_SINGLE):
        assert x25519(hx(k), hx(u)).hex() == out
        case("rfc7748-5.2-%d" % (i + 1), "RFC 7748 5.2" + ("; the top bit of u is set and masked" if hx(u)[31] & 128 else ""),
             hx(k), hx(u), 0)
    nine = (9).to_bytes(32, "little")
    for count, out in RFC7748_ITERATED:
        k, u = nine, nine
        for _ in range(count):
            k, u = x25519(k, u), k
        assert k.hex() == out
        case("rfc7748-5.2-iterated-%d" % count,
             "each round k becomes X25519(k, u) and u the old k; shared is k after the last", nine, nine, 0, count, k)
    D = {name: hx(v) for name, v in RFC7748_DH.items()}
    assert x25519(D["a"], nine) == D["A"] and x25519(D["b"], nine) == D["B"]
    assert x25519(D["a"], D["B"]) == D["K"] == x25519(D["b"], D["A"])
    case("rfc7748-6.1-alice", "a with B", D["a"], D["B"], 1)
    case("rfc7748-6.1-bob", "b with A", D["b"], D["A"], 1)
    case("rfc7748-6.1-alice-public", "a with 9 gives A", D["a"], nine, 1)
    case("rfc7748-6.1-bob-public", "b with 9 gives B", D["b"], nine, 1)

    k, u = stream("x25519 k", 32), x25519(stream("x25519 u", 32), nine)
    assert u[31] < 128
    case("computed", "computed", k, u, 2)
    case("top-bit", "the top bit of u set: masked, so the same secret", k, u[:31] + bytes([u[31] | 128]), 2)
    case("top-bit-base-point", "u = 9 with the top bit set", k, nine[:31] + b"\x80", 2)
    for bit in (0, 1, 2, 254, 255):
        kk = bytearray(k)
        kk[bit // 8] ^= 1 << bit % 8
        case("clamp-%d" % bit, "bit %d of the private key flipped: clamped, so the same secret" % bit, bytes(kk), u, 2)
        assert x25519(bytes(kk), u) == x25519(k, u)
    for id, kk in (("zeros", bytes(32)), ("ones", b"\xff" * 32), ("order", L.to_bytes(32, "little"))):
        case("private-" + id, "private key: " + {"zeros": "zero octets, clamped to 2^254", "ones": "octets ff",
                                                 "order": "the group order before clamping"}[id], kk, u, 2)
    for v in range(2, 19):
        case("u-p-plus-%d" % v, "u = p + %d: not reduced, taken as %d" % (v, v), k, (P + v).to_bytes(32, "little"), 2)
        assert x25519(k, (P + v).to_bytes(32, "little")) == x25519(k, v.to_bytes(32, "little"))
    for v in range(2, 9):
        on = pow((v**3 + 486662 * v * v + v) % P, (P - 1) // 2, P) == 1
        case("u-%d" % v, "u = %d, on the %s" % (v, "curve" if on else "twist"), k, v.to_bytes(32, "little"), 2)
    case("u-p-minus-2", "u = p - 2", k, (P - 2).to_bytes(32, "little"), 2)
    case("u-ff", "u of octets ff", k, b"\xff" * 32, 2)
    # Torsion added to the peer changes nothing: the clamped scalar is a multiple of 8.
    i = 2
    while recover_x(i) is None or same(mul(4, mul(L, point(recover_x(i), i))), ZERO):
        i += 1
    t8 = mul(L, point(recover_x(i), i))
    as_u = lambda pt: (lambda y: (1 + y) * pow(1 - y, -1, P) % P)(int.from_bytes(encode(pt), "little") % 2**255)
    peer = mul(12345, B)
    assert len({x25519(k, as_u(add(peer, mul(j, t8))).to_bytes(32, "little")) for j in range(8)}) == 1
    for j in range(8):
        case("torsion-%d" % j, "the same peer with a point of small order added: the same secret", k,
             as_u(add(peer, mul(j, t8))).to_bytes(32, "little"), 2)
    eight = sorted({as_u(mul(j, t8)) for j in (1, 3, 5, 7)})
    assert len(eight) == 2
    low = [("0", "u = 0, order 2", 0), ("1", "u = 1, order 4", 1), ("p-minus-1", "u = p - 1, order 4 on the twist", P - 1),
           ("p", "u = p, taken as 0", P), ("p-plus-1", "u = p + 1, taken as 1", P + 1),
           ("order-8-a", "u of a point of order 8", eight[0]), ("order-8-b", "the other u of points of order 8", eight[1])]
    for id, note, v in low:
        for kk, which in ((k, ""), (D["a"], "-other")):
            case("low-" + id + which, note, kk, v.to_bytes(32, "little"), 2)
        case("low-%s-top-bit" % id, note + ", with the top bit set", k, (v | 1 << 255).to_bytes(32, "little"), 2)
    assert sum(c["expect"] == "ERR_KEY" for c in cases) == 21
    for n in (0, 31, 33, 64):
        case("peer-length-%d" % n, "peer of %d octets" % n, k, (u + u)[:n], 2)
        case("private-length-%d" % n, "private key of %d octets" % n, (k + k)[:n], u, 2)
    write("agreement/x25519.json", "agreement", "X25519", sources, cases)


K1 = openssl_curve("secp256k1", "secp256k1")
P256 = openssl_curve("P-256", "prime256v1")
nist("p-256", "P-256", "prime256v1", ec.SECP256R1(), K1)
nist("p-384", "P-384", "secp384r1", ec.SECP384R1(), openssl_curve("brainpoolP384r1", "brainpoolP384r1"))
nist("p-521", "P-521", "secp521r1", ec.SECP521R1(), P256)
montgomery()
