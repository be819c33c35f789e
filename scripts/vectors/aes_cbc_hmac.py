"""Writes vectors/aes/aes-*-cbc-hmac-*.json."""

import hashlib
import hmac

import cryptography
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from symmetric_common import PYTHON, case, computed, fixed, flip, pattern, read, same, unhex, write

TOOL = f"{PYTHON} cryptography {cryptography.__version__}"
SCRIPT = computed(TOOL, "aes_cbc_hmac.py")
WHERE = "https://www.rfc-editor.org/rfc/rfc7518#appendix-B"
COPY = "public test suites that give the values clause by clause"
FAILED = "ERR_DECRYPT_FAILED"
LENGTHS = (0, 1, 15, 16, 17, 31, 32, 33, 1000)

# RFC 7518, appendix B: one plaintext, IV and additional data; the key is 00 01 02 ...
PLAINTEXT = unhex("""41206369706865722073797374656d206d757374206e6f7420626520726571756972656420746f206265207365637265
                     742c20616e64206974206d7573742062652061626c6520746f2066616c6c20696e746f207468652068616e6473206f66
                     2074686520656e656d7920776974686f757420696e636f6e76656e69656e6365""")
IV = unhex("1af38c2dc2b96ffdd86694092341bc04")
AAD = unhex("546865207365636f6e64207072696e6369706c65206f662041756775737465204b6572636b686f666673")
# bits of the AES key, hash, clause, E, T
SUITES = (
    (128, "sha256", "1", """
        c80edfa32ddf39d5ef00c0b468834279a2e46a1b8049f792f76bfe54b903a9c9a94ac9b47ad2655c5f10f9aef71427e2
        fc6f9b3f399a221489f16362c703233609d45ac69864e3321cf82935ac4096c86e133314c54019e8ca7980dfa4b9cf1b
        384c486f3a54c51078158ee5d79de59fbd34d848b3d69550a67646344427ade54b8851ffb598f7f80074b9473c82e2db""",
     "652c3fa36b0a7c5b3219fab3a30bc1c4"),
    (192, "sha384", "2", """
        ea65da6b59e61edb419be62d19712ae5d303eeb50052d0dfd6697f77224c8edb000d279bdc14c1072654bd30944230c6
        57bed4ca0c9f4a8466f22b226d1746214bf8cfc2400add9f5126e479663fc90b3bed787a2f0ffcbf3904be2a641d5c21
        05bfe591bae23b1d7449e532eef60a9ac8bb6c6b01d35d49787bcd57ef484927f280adc91ac0c4e79c7b11efc60054e3""",
     "8490ac0e58949bfe51875d733f93ac2075168039ccc733d7"),
    (256, "sha512", "3", """
        4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd822c301dd67c373bccb584ad3e9279c2
        e6d12a1374b77f077553df829410446b36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3
        a3b75e662a2594410ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950bbe2638d09dd7a4930930806d0703b1f6""",
     "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5"),
)


def tag_of(hash_name, key, iv, ciphertext, aad):
    half = len(key) // 2
    whole = hmac.new(key[:half], aad + iv + ciphertext + (8 * len(aad)).to_bytes(8, "big"),
                     getattr(hashlib, hash_name)).digest()
    return whole[:half]


def cbc(key, iv, blocks):
    encryptor = Cipher(algorithms.AES(key[len(key) // 2:]), modes.CBC(iv)).encryptor()
    return encryptor.update(blocks) + encryptor.finalize()


def seal(hash_name, key, iv, plaintext, aad):
    count = 16 - len(plaintext) % 16
    ciphertext = cbc(key, iv, plaintext + bytes([count]) * count)
    return ciphertext, tag_of(hash_name, key, iv, ciphertext, aad)


def main():
    for bits, hash_name, clause, e, t in SUITES:
        name = f"AES-{bits}-CBC-HMAC-SHA-{hash_name[3:]}"
        size = bits // 4
        key = bytes(range(size))
        ciphertext, tag = seal(hash_name, key, IV, PLAINTEXT, AAD)
        same(f"{name} E", ciphertext, unhex(e))
        same(f"{name} T", tag, unhex(t))
        cases = [case(f"rfc7518-b.{clause}", 0, key=key, iv=IV, aad=AAD, plaintext=PLAINTEXT,
                      ciphertext=ciphertext, tag=tag)]
        own, iv = fixed(f"{name} key", size), fixed(f"{name} iv", 16)
        for length in LENGTHS:
            aad = pattern(length % 20)
            text = pattern(length)
            ciphertext, tag = seal(hash_name, own, iv, text, aad)
            cases.append(case(f"length-{length}", 1, key=own, iv=iv, aad=aad, plaintext=text,
                              ciphertext=ciphertext, tag=tag))
        text, aad = pattern(33), pattern(7)
        ciphertext, tag = seal(hash_name, own, iv, text, aad)

        def bad(id, note, **changed):
            fields = {"key": own, "iv": iv, "aad": aad, "plaintext": text, "ciphertext": ciphertext, "tag": tag}
            cases.append(case(f"bad-{id}", 1, note, **{**fields, **changed}, expect=FAILED))

        bad("tag-first-bit", "one bit of the tag changed", tag=flip(tag, 0))
        bad("tag-last-bit", "one bit of the tag changed", tag=flip(tag, 8 * len(tag) - 1))
        bad("tag-short", "the tag without its last octet", tag=tag[:-1])
        bad("tag-whole", "the whole HMAC, of which the tag is the first half", tag=hmac.new(
            own[:size // 2], aad + iv + ciphertext + (8 * len(aad)).to_bytes(8, "big"),
            getattr(hashlib, hash_name)).digest())
        bad("tag-empty", "no tag", tag=b"")
        bad("ciphertext", "one bit of the ciphertext changed", ciphertext=flip(ciphertext, 0))
        bad("ciphertext-short", "the ciphertext without its last block", ciphertext=ciphertext[:-16])
        bad("iv", "one bit of the IV changed", iv=flip(iv, 0))
        bad("aad", "one bit of the additional data changed", aad=flip(aad, 0))
        bad("aad-moved", "the last octet of the additional data moved to the IV's front",
            aad=aad[:-1], iv=(aad[-1:] + iv)[:16])
        bad("key-halves", "the halves of the key changed places", key=own[size // 2:] + own[:size // 2])
        padded = text + bytes(14) + b"\x10"
        blocks = cbc(own, iv, padded)
        bad("padding", "a good tag over blocks whose padding is none", ciphertext=blocks,
            tag=tag_of(hash_name, own, iv, blocks, aad))
        bad("no-blocks", "a good tag over no blocks", ciphertext=b"", tag=tag_of(hash_name, own, iv, b"", aad))
        bad("half-block", "a good tag over half a block", ciphertext=bytes(8),
            tag=tag_of(hash_name, own, iv, bytes(8), aad))
        source = read("RFC 7518", f"B.{clause}", WHERE, TOOL, COPY)
        write(f"aes/{name.lower()}.json", "aes-cbc-hmac", name, [source, SCRIPT], cases)


if __name__ == "__main__":
    main()
