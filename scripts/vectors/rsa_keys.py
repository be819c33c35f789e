"""Writes vectors/rsa/keys.json with new keys of openssl, unless it is there:
then it only checks it. These are test keys and secure nothing."""
import os
import re
import subprocess
from math import gcd
from asymmetric_common import computed, load, path, write

WANTED = [("rsa-2048-a", 2048), ("rsa-2048-b", 2048), ("rsa-2049", 2049), ("rsa-3072", 3072), ("rsa-4096", 4096)]
LABELS = {"modulus": "n", "publicExponent": "e", "privateExponent": "d", "prime1": "p", "prime2": "q",
          "exponent1": "dp", "exponent2": "dq", "coefficient": "qi"}


def hexed(v):
    return v.to_bytes((v.bit_length() + 7) // 8, "big").hex()


def generate(bits):
    if bits % 2:  # openssl 3.0 makes two primes of bits // 2 bits, so a modulus one bit short
        sizes = (bits + 1) // 2, bits // 2
        p, q = (int(subprocess.run(["openssl", "prime", "-generate", "-bits", str(b)], check=True,
                                   capture_output=True).stdout) for b in sizes)
        d = pow(65537, -1, (p - 1) * (q - 1) // gcd(p - 1, q - 1))
        return {"n": p * q, "e": 65537, "d": d, "p": p, "q": q, "dp": d % (p - 1), "dq": d % (q - 1),
                "qi": pow(q, -1, p)}
    pem = subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:%d" % bits],
                         check=True, capture_output=True)
    text = subprocess.run(["openssl", "pkey", "-text", "-noout"], input=pem.stdout, check=True,
                          capture_output=True).stdout.decode()
    out = {}
    for label, value in re.findall(r"^(\w+):((?:[0-9a-f:\s]+)|(?: \d+ \(0x[0-9a-f]+\)))$", text, re.M):
        if label in LABELS:
            m = re.search(r"\(0x([0-9a-f]+)\)", value)
            out[LABELS[label]] = int(m.group(1) if m else re.sub(r"[:\s]", "", value), 16)
    return out


if not os.path.exists(path("rsa/keys.json")):
    cases = []
    for id, bits in WANTED:
        row = {"id": id, "note": "test key", "source": 0, "expect": "valid", "bits": bits}
        values = generate(bits)
        row.update({f: hexed(values[f]) for f in ("n", "e", "d", "p", "q", "dp", "dq", "qi")})
        cases.append(row)
    source = computed("rsa_keys.py", "openssl 3.0.19 genpkey; for the 2049-bit key openssl prime and Python 3.11.2 integers")
    source["note"] = "random: a rerun keeps the keys that are in the file"
    write("rsa/keys.json", "rsa-keys", "RSA", [source], cases)

for row in load("rsa/keys.json")["cases"]:
    n, e, d, p, q, dp, dq, qi = (int(row[f], 16) for f in ("n", "e", "d", "p", "q", "dp", "dq", "qi"))
    assert n == p * q and n.bit_length() == row["bits"] and e == 65537
    assert e * d % ((p - 1) * (q - 1) // gcd(p - 1, q - 1)) == 1
    assert dp == d % (p - 1) and dq == d % (q - 1) and qi * q % p == 1
    assert all(row[f] == hexed(int(row[f], 16)) for f in ("n", "e", "d", "p", "q", "dp", "dq", "qi"))
print("rsa/keys.json: %d keys right" % len(load("rsa/keys.json")["cases"]))
