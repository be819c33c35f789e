"""Writes vectors/legacy/3des-{ecb,cbc}.json. The library only decrypts with triple DES."""

import subprocess

import cryptography
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from symmetric_common import PYTHON, case, computed, fixed, pattern, read, same, unhex, write

TOOL = f"{PYTHON} cryptography {cryptography.__version__}"
OPENSSL = " ".join(subprocess.run(["openssl", "version"], capture_output=True, check=True, text=True)
                   .stdout.split()[:2]).lower()
SCRIPT = computed(TOOL, "triple_des.py")
SP80067 = read("NIST SP 800-67", "the example of the TDEA cipher operations with three keys",
               "https://doi.org/10.6028/NIST.SP.800-67r2", f"{OPENSSL}; {TOOL}",
               "public test suites that quote the example")

# SP 800-67, the example: "The qufck brown fox jump"
EXAMPLE_KEY = unhex("0123456789ABCDEF 23456789ABCDEF01 456789ABCDEF0123")
EXAMPLE_PLAINTEXT = unhex("5468652071756663 6B2062726F776E20 666F78206A756D70")
EXAMPLE_CIPHERTEXT = unhex("A826FD8CE53B855F CCE21C8112256FE6 68D5C05DD9B6B900")


def odd(octets):
    """A DES key of the octets: the last bit of each one makes its parity odd."""
    return bytes((o & 0xfe) | (bin(o >> 1).count("1") + 1) % 2 for o in octets)


def encrypt(key, mode, plaintext):
    encryptor = Cipher(algorithms.TripleDES(key), mode).encryptor()
    return encryptor.update(plaintext) + encryptor.finalize()


def openssl(name, key, iv, plaintext):
    command = ["openssl", "enc", f"-{name}", "-nopad", "-K", key.hex()] + (["-iv", iv.hex()] if iv else [])
    return subprocess.run(command, input=plaintext, capture_output=True, check=True).stdout


def keys(kind):
    three = odd(fixed(f"{kind}/three-key", 24))
    two = odd(fixed(f"{kind}/two-key", 16))
    return [("three-key", "K1, K2, K3", three), ("two-key", "K1, K2, K1", two + two[:8]),
            ("no-parity", "K1, K2, K3 without parity bits", bytes(o & 0xfe for o in three))]


def ecb():
    same("SP 800-67 (openssl)", openssl("des-ede3", EXAMPLE_KEY, None, EXAMPLE_PLAINTEXT), EXAMPLE_CIPHERTEXT)
    same("SP 800-67 (cryptography)", encrypt(EXAMPLE_KEY, modes.ECB(), EXAMPLE_PLAINTEXT), EXAMPLE_CIPHERTEXT)
    cases = [case("sp800-67-example", 0, key=EXAMPLE_KEY, plaintext=EXAMPLE_PLAINTEXT, ciphertext=EXAMPLE_CIPHERTEXT)]
    for id, note, key in keys("3des-ecb"):
        for length in (8, 16, 64, 1000):
            ciphertext = encrypt(key, modes.ECB(), pattern(length))
            same(f"3des-ecb {id} {length}", openssl("des-ede3", key, None, pattern(length)), ciphertext)
            cases.append(case(f"{id}-length-{length}", 1, note=note, key=key, plaintext=pattern(length),
                              ciphertext=ciphertext))
    write("legacy/3des-ecb.json", "3des-ecb", "3DES-ECB", [SP80067, SCRIPT], cases)


def cbc():
    cases = []
    for id, note, key in keys("3des-cbc"):
        for length in (8, 16, 24, 64, 1000):
            iv = fixed(f"3des-cbc/{id}/iv-{length}", 8)
            ciphertext = encrypt(key, modes.CBC(iv), pattern(length))
            same(f"3des-cbc {id} {length}", openssl("des-ede3-cbc", key, iv, pattern(length)), ciphertext)
            cases.append(case(f"{id}-length-{length}", 0, note=note, key=key, iv=iv, plaintext=pattern(length),
                              ciphertext=ciphertext, padding="none"))
    iv = bytes(8)
    ciphertext = encrypt(EXAMPLE_KEY, modes.CBC(iv), EXAMPLE_PLAINTEXT)
    same("3des-cbc example input", openssl("des-ede3-cbc", EXAMPLE_KEY, iv, EXAMPLE_PLAINTEXT), ciphertext)
    same("3des-cbc example input, first block", ciphertext[:8], EXAMPLE_CIPHERTEXT[:8])
    cases.append(case("sp800-67-input-zero-iv", 0, note="key and plaintext of the SP 800-67 example, IV of zeros",
                      key=EXAMPLE_KEY, iv=iv, plaintext=EXAMPLE_PLAINTEXT, ciphertext=ciphertext, padding="none"))
    write("legacy/3des-cbc.json", "3des-cbc", "3DES-CBC", [SCRIPT], cases)


ecb()
cbc()
