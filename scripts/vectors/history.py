"""Prints the numbers of test/key/history.engine.test.ts that are searched for:
messages whose digest begins with three zero octets, and messages for which the
first draw of k in RFC 6979, section 3.2, step h, begins with a zero octet, with
their signatures. The key is the integer 01 02 03 ... in as many octets as n."""
import hashlib
import hmac
from asymmetric_common import openssl_curve, rfc6979_k

CURVES = [("P-256", "prime256v1", "sha256"), ("P-384", "secp384r1", "sha384"),
          ("P-521", "secp521r1", "sha512"), ("secp256k1", "secp256k1", "sha256")]


def first_draw(n, x, hash_name, message):
    """The octets T of the first turn of step h, before bits2int."""
    size = (n.bit_length() + 7) // 8
    h1 = hashlib.new(hash_name, message).digest()
    z = int.from_bytes(h1, "big") >> max(0, 8 * len(h1) - n.bit_length())
    seed = x.to_bytes(size, "big") + (z % n).to_bytes(size, "big")
    mac = lambda key, data: hmac.new(key, data, hash_name).digest()
    v, k = b"\x01" * len(h1), b"\x00" * len(h1)
    for octet in (b"\x00", b"\x01"):
        k = mac(k, v + octet + seed)
        v = mac(k, v)
    t = b""
    while len(t) < size:
        v = mac(k, v)
        t += v
    return t[:size]


for title, openssl_name, hash_name in CURVES:
    c = openssl_curve(title.lower(), openssl_name)
    x = int.from_bytes(bytes(range(1, c.len + 1)), "big")
    i = 0
    while first_draw(c.n, x, hash_name, b"k %d" % i)[0] != 0:
        i += 1
    message = b"k %d" % i
    draw = int.from_bytes(first_draw(c.n, x, hash_name, message), "big")
    assert next(rfc6979_k(c.n, x, hash_name, message)) == draw >> (8 * c.len - c.n.bit_length())
    r, s = c.sign(x, hash_name, message)
    print(title, message.decode(), r.to_bytes(c.len, "big").hex() + s.to_bytes(c.len, "big").hex())

for hash_name in ("sha256", "sha384", "sha512"):
    i = 0
    while hashlib.new(hash_name, b"countersign %d" % i).digest()[:3] != bytes(3):
        i += 1
    print(hash_name, "countersign %d" % i)
