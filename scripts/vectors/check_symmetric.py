"""Checks every digest, HMAC, KDF, AES and triple-DES vector again, and prints "N cases agree".

The scripts that wrote the files used hashlib and cryptography. This one works from the definitions
instead: the hash functions built into CPython, HMAC and the KDFs written out, AES and its modes in
plain Python. Triple DES is put together from single DES steps and compared with openssl.
"""

import glob
import hashlib
import json
import os
import re
import subprocess
import sys

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDERS = ("digest", "hmac", "kdf", "aes", "legacy")
HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-224": "sha224", "SHA-256": "sha256", "SHA-384": "sha384",
          "SHA-512": "sha512", "SHA3-256": "sha3_256", "SHA3-384": "sha3_384", "SHA3-512": "sha3_512"}
BUILT_IN = {"md5": "_md5", "sha1": "_sha1", "sha224": "_sha256", "sha256": "_sha256", "sha384": "_sha512",
            "sha512": "_sha512", "sha3_256": "_sha3", "sha3_384": "_sha3", "sha3_512": "_sha3"}
FIELDS = {
    "digest": {"message", "repeat", "digest"},
    "hmac": {"key", "message", "messageRepeat", "tag", "tagPrefix", "expect"},
    "hkdf": {"ikm", "salt", "info", "length", "prk", "okm"},
    "concat-kdf": {"hash", "z", "info", "length", "okm"},
    "x963-kdf": {"hash", "z", "info", "length", "okm"},
    "aes-gcm": {"key", "iv", "aad", "plaintext", "ciphertext", "tag", "expect"},
    "aes-cbc-hmac": {"key", "iv", "aad", "plaintext", "ciphertext", "tag", "expect"},
    "aes-kw": {"kek", "plaintext", "wrapped", "expect"},
    "aes-cbc": {"key", "iv", "plaintext", "ciphertext", "padding", "expect"},
    "aes-ctr": {"key", "iv", "plaintext", "ciphertext"},
    "aes-ecb": {"key", "plaintext", "ciphertext"},
    "aes-cmac": {"key", "message", "tag"},
    "3des-cbc": {"key", "iv", "plaintext", "ciphertext", "padding"},
    "3des-ecb": {"key", "plaintext", "ciphertext"},
}
NOT_OCTETS = {"id", "note", "source", "expect", "padding", "hash", "length", "repeat", "messageRepeat"}


def digest(name, message):
    """The hash by CPython's own code where this build has it, and by hashlib; both must agree."""
    out = hashlib.new(name, message).digest()
    try:
        other = getattr(__import__(BUILT_IN[name]), name)(message).digest()
    except ImportError:
        return out
    if other != out:
        raise SystemExit(f"two implementations of {name} differ")
    return out


def block_size(name):
    return hashlib.new(name).block_size


def hmac(name, key, message):
    size = block_size(name)
    if len(key) > size:
        key = digest(name, key)
    key = key.ljust(size, b"\0")
    inner = digest(name, bytes(k ^ 0x36 for k in key) + message)
    return digest(name, bytes(k ^ 0x5c for k in key) + inner)


def hkdf(name, ikm, salt, info, length):
    prk = hmac(name, salt or bytes(hashlib.new(name).digest_size), ikm)
    okm = t = b""
    number = 0
    while len(okm) < length:
        number += 1
        t = hmac(name, prk, t + info + bytes([number]))
        okm += t
    return prk, okm[:length]


def counter_kdf(name, z, info, length, counter_first):
    okm = b""
    number = 0
    while len(okm) < length:
        number += 1
        counter = number.to_bytes(4, "big")
        okm += digest(name, counter + z + info if counter_first else z + counter + info)
    return okm[:length]


# AES, FIPS 197


def xtime(a):
    return (a << 1) ^ (0x11b if a & 0x80 else 0)


def times(a, b):
    out = 0
    while b:
        if b & 1:
            out ^= a
        a, b = xtime(a), b >> 1
    return out


def make_sbox():
    box = []
    for value in range(256):
        inverse = next((c for c in range(256) if times(value, c) == 1), 0)
        out = 0x63
        for shift in range(5):
            out ^= (inverse << shift | inverse >> (8 - shift)) & 0xff
        box.append(out)
    return box


SBOX = make_sbox()
INVERSE_SBOX = [SBOX.index(i) for i in range(256)]
MUL = {n: [times(i, n) for i in range(256)] for n in (2, 3, 9, 11, 13, 14)}


class AES:
    def __init__(self, key):
        words = [list(key[i:i + 4]) for i in range(0, len(key), 4)]
        nk, round_constant = len(words), 1
        self.rounds = nk + 6
        while len(words) < 4 * (self.rounds + 1):
            word = list(words[-1])
            if len(words) % nk == 0:
                word = [SBOX[b] for b in word[1:] + word[:1]]
                word[0] ^= round_constant
                round_constant = xtime(round_constant)
            elif nk > 6 and len(words) % nk == 4:
                word = [SBOX[b] for b in word]
            words.append([a ^ b for a, b in zip(words[-nk], word)])
        self.keys = [sum(words[i:i + 4], []) for i in range(0, len(words), 4)]

    def encrypt(self, block):
        state = [a ^ b for a, b in zip(block, self.keys[0])]
        for number in range(1, self.rounds + 1):
            state = [SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
            if number < self.rounds:
                state = self.mix(state, (2, 3, 1, 1))
            state = [a ^ b for a, b in zip(state, self.keys[number])]
        return bytes(state)

    def decrypt(self, block):
        state = [a ^ b for a, b in zip(block, self.keys[-1])]
        for number in range(self.rounds - 1, -1, -1):
            state = [INVERSE_SBOX[state[(i - 4 * (i % 4)) % 16]] for i in range(16)]
            state = [a ^ b for a, b in zip(state, self.keys[number])]
            if number:
                state = self.mix(state, (14, 11, 13, 9))
        return bytes(state)

    @staticmethod
    def mix(state, row):
        out = []
        for column in range(0, 16, 4):
            for i in range(4):
                value = 0
                for j in range(4):
                    factor, octet = row[(j - i) % 4], state[column + j]
                    value ^= octet if factor == 1 else MUL[factor][octet]
                out.append(value)
        return out


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def blocks(octets, size=16):
    return [octets[i:i + size] for i in range(0, len(octets), size)]


def ctr(aes, start, octets, bits=128):
    """Counter mode; only the last `bits` bits of the block count."""
    number, out = int.from_bytes(start, "big"), b""
    high, mask = number >> bits << bits, (1 << bits) - 1
    for block in blocks(octets):
        out += xor(block, aes.encrypt((high | number & mask).to_bytes(16, "big")))
        number += 1
    return out


def cbc_decrypt(decrypt, iv, ciphertext):
    out = b""
    for block in blocks(ciphertext, len(iv)):
        out += xor(decrypt(block), iv)
        iv = block
    return out


def unpad(octets):
    count = octets[-1]
    if not 1 <= count <= 16 or octets[-count:] != bytes([count]) * count:
        return None
    return octets[:-count]


def gcm_open(key, iv, aad, ciphertext, tag):
    aes = AES(key)
    h = int.from_bytes(aes.encrypt(bytes(16)), "big")

    def ghash(octets):
        y = 0
        for block in blocks(octets):
            x, v, y = y ^ int.from_bytes(block, "big"), h, 0
            for bit in range(127, -1, -1):
                if x >> bit & 1:
                    y ^= v
                v = v >> 1 ^ (0xe1 << 120 if v & 1 else 0)
        return y.to_bytes(16, "big")

    def whole(octets):
        return octets + bytes(-len(octets) % 16)

    def size(octets):
        return (8 * len(octets)).to_bytes(8, "big")

    start = iv + b"\0\0\0\1" if len(iv) == 12 else ghash(whole(iv) + bytes(8) + size(iv))
    expected = xor(ghash(whole(aad) + whole(ciphertext) + size(aad) + size(ciphertext)), aes.encrypt(start))
    if expected != tag:
        return None
    first = start[:12] + ((int.from_bytes(start[12:], "big") + 1) & 0xffffffff).to_bytes(4, "big")
    return ctr(aes, first, ciphertext, 32)


def cbc_hmac_open(name, key, iv, aad, ciphertext, tag):
    half = len(key) // 2
    size = (8 * len(aad)).to_bytes(8, "big")
    if hmac(name, key[:half], aad + iv + ciphertext + size)[:half] != tag:
        return None
    if not ciphertext or len(ciphertext) % 16:
        return None
    return unpad(cbc_decrypt(AES(key[half:]).decrypt, iv, ciphertext))


def unwrap(kek, wrapped):
    aes = AES(kek)
    a, *r = blocks(wrapped, 8)
    for j in range(5, -1, -1):
        for i in range(len(r), 0, -1):
            b = aes.decrypt((int.from_bytes(a, "big") ^ (len(r) * j + i)).to_bytes(8, "big") + r[i - 1])
            a, r[i - 1] = b[:8], b[8:]
    return b"".join(r) if a == b"\xa6" * 8 else None


def cmac(key, message):
    aes = AES(key)

    def double(octets):
        value = int.from_bytes(octets, "big") << 1
        return ((value ^ 0x87) & (1 << 128) - 1 if value >> 128 else value).to_bytes(16, "big")

    k1 = double(aes.encrypt(bytes(16)))
    parts = blocks(message) or [b""]
    last = parts.pop()
    last = xor(last, k1) if len(last) == 16 else xor((last + b"\x80").ljust(16, b"\0"), double(k1))
    state = bytes(16)
    for part in parts + [last]:
        state = aes.encrypt(xor(state, part))
    return state


# Triple DES


def des(key, encrypting):
    cipher = Cipher(algorithms.TripleDES(key * 3), modes.ECB())
    return (cipher.encryptor() if encrypting else cipher.decryptor()).update


def triple_des_block(key):
    k1, k2, k3 = blocks(key, 8)
    first, second, third = des(k3, False), des(k2, True), des(k1, False)
    return lambda block: third(second(first(block)))


def openssl_decrypt(name, key, iv, ciphertext):
    command = ["openssl", "enc", "-d", f"-{name}", "-nopad", "-K", key.hex()] + (["-iv", iv.hex()] if iv else [])
    return subprocess.run(command, input=ciphertext, capture_output=True, check=True).stdout


# The check of one case of each kind: true if it is as the file says


def check(kind, algorithm, c):
    expect = c.get("expect")
    if kind == "digest":
        message = repeated(c["repeat"]) if "repeat" in c else c["message"]
        return digest(HASHES[algorithm], message) == c["digest"]
    if kind == "hmac":
        message = repeated(c["messageRepeat"]) if "messageRepeat" in c else c["message"]
        tag = hmac(HASHES[algorithm.removeprefix("HMAC-")], c["key"], message)
        if "tagPrefix" in c:
            return 0 < len(c["tagPrefix"]) < len(tag) and tag.startswith(c["tagPrefix"])
        return expect in (None, "invalid") and (tag == c["tag"]) == (expect is None)
    if kind == "hkdf":
        name = HASHES[algorithm.removeprefix("HKDF-")]
        return hkdf(name, c["ikm"], c["salt"], c["info"], c["length"]) == (c["prk"], c["okm"])
    if kind in ("concat-kdf", "x963-kdf"):
        return counter_kdf(HASHES[c["hash"]], c["z"], c["info"], c["length"], kind == "concat-kdf") == c["okm"]
    if kind == "aes-gcm":
        if algorithm != f"AES-{8 * len(c['key'])}-GCM" or len(c["tag"]) != 16:
            return False
        return opened(gcm_open(c["key"], c["iv"], c["aad"], c["ciphertext"], c["tag"]), c)
    if kind == "aes-cbc-hmac":
        bits, hash_name = algorithm.removeprefix("AES-").split("-CBC-HMAC-")
        if 4 * len(c["key"]) != int(bits):
            return False
        return opened(cbc_hmac_open(HASHES[hash_name], c["key"], c["iv"], c["aad"], c["ciphertext"], c["tag"]), c)
    if kind == "aes-kw":
        return opened(unwrap(c["kek"], c["wrapped"]), c)
    if kind == "aes-cbc":
        out = cbc_decrypt(AES(c["key"]).decrypt, c["iv"], c["ciphertext"])
        return opened(unpad(out) if c["padding"] == "pkcs7" else out, c)
    if kind == "aes-ctr":
        return ctr(AES(c["key"]), c["iv"], c["plaintext"]) == c["ciphertext"]
    if kind == "aes-ecb":
        aes = AES(c["key"])
        return b"".join(map(aes.encrypt, blocks(c["plaintext"]))) == c["ciphertext"]
    if kind == "aes-cmac":
        return cmac(c["key"], c["message"]) == c["tag"]
    if kind == "3des-ecb":
        return b"".join(map(triple_des_block(c["key"]), blocks(c["ciphertext"], 8))) == c["plaintext"] and \
            openssl_decrypt("des-ede3", c["key"], None, c["ciphertext"]) == c["plaintext"]
    if kind == "3des-cbc":
        return c["padding"] == "none" and \
            cbc_decrypt(triple_des_block(c["key"]), c["iv"], c["ciphertext"]) == c["plaintext"] and \
            openssl_decrypt("des-ede3-cbc", c["key"], c["iv"], c["ciphertext"]) == c["plaintext"]
    raise SystemExit(f"no check for the kind {kind}")


def opened(plaintext, c):
    """A good case gives its plaintext, a bad one gives none."""
    if "expect" in c:
        return c["expect"] == "ERR_DECRYPT_FAILED" and plaintext is None
    return plaintext == c["plaintext"]


def repeated(value):
    return bytes.fromhex(value["octets"]) * value["times"]


def octets_of(path, c):
    """The case with its hexadecimal fields as octets; anything else than lower-case hexadecimal stops the check."""
    out = {}
    for name, value in c.items():
        if name in NOT_OCTETS:
            out[name] = value
        elif not re.fullmatch("(?:[0-9a-f]{2})*", value):
            raise SystemExit(f"{path}: {c['id']}: {name} is not lower-case hexadecimal")
        else:
            out[name] = bytes.fromhex(value)
    return out


def check_form(path, text, file):
    if text != json.dumps(file, indent=2) + "\n":
        raise SystemExit(f"{path}: not in the form that the scripts write")
    if file["schema"] != "countersign/vectors/1":
        raise SystemExit(f"{path}: another schema")
    ids = [c["id"] for c in file["cases"]]
    if len(set(ids)) != len(ids) or not ids:
        raise SystemExit(f"{path}: no case, or an id used twice")
    for source in file["source"]:
        needed = {"read": ("document", "clause", "where", "checked"), "computed": ("tool", "script")}[source["how"]]
        if not all(source.get(name) for name in needed):
            raise SystemExit(f"{path}: a source says too little")
        if "script" in source and not os.path.exists(os.path.join(ROOT, source["script"])):
            raise SystemExit(f"{path}: {source['script']} is missing")
    for c in file["cases"]:
        if set(c) - FIELDS[file["kind"]] - {"id", "note", "source"} or c["source"] not in range(len(file["source"])):
            raise SystemExit(f"{path}: {c['id']}: a field or a source that the kind does not have")


def main():
    count = 0
    wrong = []
    for folder in FOLDERS:
        for full in sorted(glob.glob(os.path.join(ROOT, "vectors", folder, "*.json"))):
            path = os.path.relpath(full, ROOT)
            with open(full, encoding="utf-8") as stream:
                text = stream.read()
            file = json.loads(text)
            if file["kind"] not in FIELDS:
                continue
            check_form(path, text, file)
            for c in file["cases"]:
                if check(file["kind"], file["algorithm"], octets_of(path, c)):
                    count += 1
                else:
                    wrong.append(f"{path}: {c['id']}")
    for line in wrong:
        print(line)
    print(f"{count} cases agree" + (f", {len(wrong)} do not" if wrong else ""))
    sys.exit(1 if wrong or not count else 0)


main()
