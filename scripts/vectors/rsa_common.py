"""RSA in plain Python integers: the keys of vectors/rsa/keys.json, the raw
operations, and the encodings of RFC 8017 with every part open to damage."""
import hashlib
from asymmetric_common import der, load, stream

NAMES = {"SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
OIDS = {"SHA-1": "2b0e03021a", "SHA-256": "608648016503040201", "SHA-384": "608648016503040202",
        "SHA-512": "608648016503040203", "MD5": "2a864886f70d0205"}


class Key:
    def __init__(self, row):
        self.id, self.bits = row["id"], row["bits"]
        for f in ("n", "e", "d", "p", "q", "dp", "dq", "qi"):
            setattr(self, f, int(row[f], 16))
        self.k = (self.bits + 7) // 8

    def private(self, m):
        """m^d mod n."""
        assert 0 <= m < self.n
        a, b = pow(m, self.dp, self.p), pow(m, self.dq, self.q)
        s = b + (a - b) * self.qi % self.p * self.q
        assert pow(s, self.e, self.n) == m
        return s

    def octets(self, v):
        return v.to_bytes(self.k, "big")

    def sign(self, em):
        return self.octets(self.private(int.from_bytes(em, "big")))

    def public_key(self):
        from cryptography.hazmat.primitives.asymmetric import rsa
        return rsa.RSAPublicNumbers(self.e, self.n).public_key()

    def private_key(self):
        from cryptography.hazmat.primitives.asymmetric import rsa
        return rsa.RSAPrivateNumbers(self.p, self.q, self.d, self.dp, self.dq, self.qi,
                                     rsa.RSAPublicNumbers(self.e, self.n)).private_key()


def keys():
    return {row["id"]: Key(row) for row in load("rsa/keys.json")["cases"]}


def digest(name, data):
    return hashlib.new(NAMES[name], data).digest()


def mgf1(name, seed, n):
    out, i = b"", 0
    while len(out) < n:
        out += digest(name, seed + i.to_bytes(4, "big"))
        i += 1
    return out[:n]


def xor(a, b):
    assert len(a) == len(b)
    return bytes(x ^ y for x, y in zip(a, b))


def digest_info(name, d, null=b"\x05\x00"):
    return der(0x30, der(0x30, der(6, bytes.fromhex(OIDS[name])) + null) + der(4, d))


def pkcs1_em(k, t, head=b"\x00\x01", fill=b"\xff", sep=b"\x00"):
    return head + fill * (k - len(head) - len(sep) - len(t)) + sep + t


def pss_em(em_bits, hash_name, message, salt, *, mgf=None, trailer=b"\xbc", sep=b"\x01", pad=None, m_hash=None,
           zeros=bytes(8), clear=True, in_hash=None):
    mgf = mgf or hash_name
    size = (em_bits + 7) // 8
    m_hash = digest(hash_name, message) if m_hash is None else m_hash
    h = digest(hash_name, zeros + m_hash + (salt if in_hash is None else in_hash))
    db = bytearray(size - len(h) - len(trailer) - len(sep) - len(salt)) + sep + salt
    if pad:
        db[pad[0]] = pad[1]
    masked = bytearray(xor(bytes(db), mgf1(mgf, h, len(db))))
    if clear:
        masked[0] &= 0xff >> (8 * size - em_bits)
    return bytes(masked) + h + trailer


def oaep_em(k, hash_name, mgf, label, plaintext, seed, *, first=0, l_hash=None, sep=b"\x01", pad=None):
    lh = digest(hash_name, label) if l_hash is None else l_hash
    n = k - 1 - len(lh)
    db = bytearray(lh + bytes(n - len(lh) - len(sep) - len(plaintext)) + sep + plaintext)
    assert len(db) == n
    if pad:
        db[pad[0]] = pad[1]
    masked = xor(bytes(db), mgf1(mgf, seed, n))
    return bytes([first]) + xor(seed, mgf1(mgf, masked, len(seed))) + masked


def below(n, make, label, size):
    """The first encoding under n that `make(salt)` gives for salts drawn from the label."""
    i = 0
    while True:
        em = make(stream("%s %d" % (label, i), size))
        if int.from_bytes(em, "big") < n:
            return em
        i += 1
