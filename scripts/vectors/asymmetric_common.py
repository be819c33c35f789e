"""What the scripts for the public-key vectors share: the file writer, RFC 6979
and arithmetic on short Weierstrass curves, all in plain Python integers."""
import hashlib
import hmac
import json
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CRYPTOGRAPHY = "Python 3.11.2, cryptography 38.0.4"
PYTHON = "Python 3.11.2, integers and hashlib only"


def read(document, clause, where, checked, note=None):
    s = {"how": "read", "document": document, "clause": clause, "where": where, "checked": checked}
    if note:
        s["note"] = note
    return s


def computed(script, tool=PYTHON):
    return {"how": "computed", "tool": tool, "script": "scripts/vectors/" + script}


def path(name):
    return os.path.join(ROOT, "vectors", name)


def write(name, kind, algorithm, source, cases):
    ids = [c["id"] for c in cases]
    assert len(ids) == len(set(ids)), [i for i in ids if ids.count(i) > 1]
    for c in cases:
        assert 0 <= c["source"] < len(source) and "expect" in c, c["id"]
    os.makedirs(os.path.dirname(path(name)), exist_ok=True)
    with open(path(name), "w", encoding="utf-8", newline="\n") as f:
        json.dump({"schema": "countersign/vectors/1", "kind": kind, "algorithm": algorithm,
                   "source": source, "cases": cases}, f, indent=2, ensure_ascii=False)
        f.write("\n")
    print("%s: %d cases" % (name, len(cases)))


def load(name):
    with open(path(name), encoding="utf-8") as f:
        return json.load(f)


def stream(label, n):
    """n octets that depend on the label only, so that a rerun gives the same file."""
    return hashlib.shake_256(("countersign vectors: " + label).encode()).digest(n)


def rfc6979_k(q, x, hash_name, message):
    """RFC 6979 3.2, yielding the candidates for k in order."""
    qlen = q.bit_length()
    rlen = (qlen + 7) // 8

    def bits2int(b):
        v = int.from_bytes(b, "big")
        return v >> (8 * len(b) - qlen) if 8 * len(b) > qlen else v

    h1 = hashlib.new(hash_name, message).digest()
    seed = x.to_bytes(rlen, "big") + (bits2int(h1) % q).to_bytes(rlen, "big")
    mac = lambda key, data: hmac.new(key, data, hash_name).digest()
    v, k = b"\x01" * len(h1), b"\x00" * len(h1)
    k = mac(k, v + b"\x00" + seed)
    v = mac(k, v)
    k = mac(k, v + b"\x01" + seed)
    v = mac(k, v)
    while True:
        t = b""
        while len(t) < rlen:
            v = mac(k, v)
            t += v
        candidate = bits2int(t[:rlen])
        if 1 <= candidate < q:
            yield candidate
        k = mac(k, v + b"\x00")
        v = mac(k, v)


def hash_int(q, hash_name, message):
    d = hashlib.new(hash_name, message).digest()
    v = int.from_bytes(d, "big")
    return v >> max(0, 8 * len(d) - q.bit_length())


class Curve:
    """y^2 = x^3 + ax + b over F_p, order n, cofactor 1; a point is (x, y) or None."""

    def __init__(self, name, p, a, b, n, gx, gy):
        self.name, self.p, self.a, self.b, self.n, self.g = name, p, a % p, b, n, (gx, gy)
        self.len = (p.bit_length() + 7) // 8
        assert self.on(self.g) and self.mul(n, self.g) is None

    def on(self, pt):
        x, y = pt
        return (y * y - x * x * x - self.a * x - self.b) % self.p == 0

    def add(self, s, t):
        if s is None:
            return t
        if t is None:
            return s
        p = self.p
        if s[0] == t[0]:
            if (s[1] + t[1]) % p == 0:
                return None
            m = (3 * s[0] * s[0] + self.a) * pow(2 * s[1], -1, p) % p
        else:
            m = (t[1] - s[1]) * pow(t[0] - s[0], -1, p) % p
        x = (m * m - s[0] - t[0]) % p
        return x, (m * (s[0] - x) - s[1]) % p

    def mul(self, k, pt):
        out = None
        while k:
            if k & 1:
                out = self.add(out, pt)
            pt = self.add(pt, pt)
            k >>= 1
        return out

    def sign(self, d, hash_name, message, k=None):
        for k in ([k] if k else rfc6979_k(self.n, d, hash_name, message)):
            r = self.mul(k, self.g)[0] % self.n
            s = pow(k, -1, self.n) * (hash_int(self.n, hash_name, message) + r * d) % self.n
            if r and s:
                return r, s

    def verify(self, pub, hash_name, message, r, s):
        if not (0 < r < self.n and 0 < s < self.n):
            return False
        w = pow(s, -1, self.n)
        u = hash_int(self.n, hash_name, message) * w % self.n
        pt = self.add(self.mul(u, self.g), self.mul(r * w % self.n, pub))
        return pt is not None and pt[0] % self.n == r

    def octets(self, v):
        return v.to_bytes(self.len, "big")

    def point(self, pt):
        return b"\x04" + self.octets(pt[0]) + self.octets(pt[1])


def openssl_curve(name, openssl_name):
    """The domain parameters as `openssl ecparam` prints them."""
    import re
    import subprocess
    text = subprocess.run(["openssl", "ecparam", "-name", openssl_name, "-param_enc", "explicit",
                           "-text", "-noout"], check=True, capture_output=True, text=True).stdout
    part = {}
    for label, body in re.findall(r"^(Prime|A|B|Generator \(uncompressed\)|Order):\s*((?:[0-9a-f:\s]|\(0x[0-9a-f]+\))+)", text, re.M):
        part[label] = re.sub(r"\(0x.*\)|[^0-9a-f]", "", body)
    g = part["Generator (uncompressed)"]
    p = int(part["Prime"], 16)
    size = (p.bit_length() + 7) // 8
    assert g[:2] == "04" and len(g) == 2 + 4 * size
    a, b = (int(part[x], 16 if len(part[x]) > 2 else 10) for x in "AB")
    return Curve(name, p, a, b, int(part["Order"], 16), int(g[2:2 + 2 * size], 16), int(g[2 + 2 * size:], 16))


def der_length(n):
    if n < 128:
        return bytes([n])
    b = n.to_bytes((n.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(b)]) + b


def der(tag, body):
    return bytes([tag]) + der_length(len(body)) + body


def der_int(v):
    return der(2, v.to_bytes(v.bit_length() // 8 + 1, "big"))


def der_sig(r, s):
    return der(0x30, der_int(r) + der_int(s))
