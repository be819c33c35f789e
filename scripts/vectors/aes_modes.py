"""Writes vectors/aes/*.json."""

import subprocess

import cryptography
from cryptography.hazmat.primitives import cmac as cmac_module
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from symmetric_common import PYTHON, case, computed, fixed, flip, pattern, read, same, unhex, write

TOOL = f"{PYTHON} cryptography {cryptography.__version__}"
OPENSSL = " ".join(subprocess.run(["openssl", "version"], capture_output=True, check=True, text=True)
                   .stdout.split()[:2]).lower()
SCRIPT = computed(TOOL, "aes_modes.py")
SP80038A = "https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38a.pdf"
CIPHER_SUITES = "public test suites that give the values clause by clause"
CTR_COPY = "the NSS test data that reproduce the clauses"
FAILED = "ERR_DECRYPT_FAILED"
LENGTHS = (0, 1, 15, 16, 17, 31, 32, 33, 1000)

# SP 800-38A, appendix F: the keys, the four plaintext blocks and the ciphertexts
KEYS = {
    128: unhex("2b7e151628aed2a6abf7158809cf4f3c"),
    192: unhex("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
    256: unhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
}
PLAINTEXT = unhex("""6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
                     30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710""")
IV = unhex("000102030405060708090a0b0c0d0e0f")
COUNTER = unhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")
F1 = {
    128: """3ad77bb40d7a3660a89ecaf32466ef97 f5d3d58503b9699de785895a96fdbaaf
            43b1cd7f598ece23881b00e3ed030688 7b0c785e27e8ad3f8223207104725dd4""",
    192: """bd334f1d6e45f25ff712a214571fa5cc 974104846d0ad3ad7734ecb3ecee4eef
            ef7afd2270e2e60adce0ba2face6444e 9a4b41ba738d6c72fb16691603c18e0e""",
    256: """f3eed1bdb5d2a03c064b5a7e3db181f8 591ccb10d410ed26dc5ba74a31362870
            b6ed21b99ca6f4f9f153e7b1beafed1d 23304b7a39f9f3ff067d8d8f9e24ecc7""",
}
F2 = {
    128: """7649abac8119b246cee98e9b12e9197d 5086cb9b507219ee95db113a917678b2
            73bed6b8e3c1743b7116e69e22229516 3ff1caa1681fac09120eca307586e1a7""",
    192: """4f021db243bc633d7178183a9fa071e8 b4d9ada9ad7dedf4e5e738763f69145a
            571b242012fb7ae07fa9baac3df102e0 08b0e27988598881d920a9e64f5615cd""",
    256: """f58c4c04d6e5f1ba779eabfb5f7bfbd6 9cfc4e967edb808d679f777bc6702c7d
            39f23369a9d9bacfa530e26304231461 b2eb05e2c39be9fcda6c19078c6a9d1b""",
}
F5 = {
    128: """874d6191b620e3261bef6864990db6ce 9806f66b7970fdff8617187bb9fffdff
            5ae4df3edbd5d35e5b4f09020db03eab 1e031dda2fbe03d1792170a0f3009cee""",
    192: """1abc932417521ca24f2b0459fe7e6e0b 090339ec0aa6faefd5ccc2c6f4ce8e94
            1e36b26bd1ebc670d1bd1d665620abf7 4f78a7f6d29809585a97daec58c6b050""",
    256: """601ec313775789a5b7a7f504bbf3d228 f443e3ca4d62b59aca84e990cacaf5c5
            2b0930daa23de94ce87017ba2d84988d dfc9c58db67aada613c2dd08457941a6""",
}
CLAUSE = {128: ("1", "2"), 192: ("3", "4"), 256: ("5", "6")}

# RFC 3394, 4.1-4.6: octets of the KEK (00 01 02 ...), key data, wrapped
KW_DATA = unhex("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F")
RFC3394 = [
    ("4.1", 16, 16, "1FA68B0A8112B447 AEF34BD8FB5A7B82 9D3E862371D2CFE5"),
    ("4.2", 24, 16, "96778B25AE6CA435 F92B5B97C050AED2 468AB8A17AD84E5D"),
    ("4.3", 32, 16, "64E8C3F9CE0F5BA2 63E9777905818A2A 93C8191E7D6E8AE7"),
    ("4.4", 24, 24, "031D33264E15D332 68F24EC260743EDC E1C6C7DDEE725A93 6BA814915C6762D2"),
    ("4.5", 32, 24, "A8F9BC1612C68B3F F6E6F4FBE30E71E4 769C8B80A32CB895 8CD5D17D6B254DA1"),
    ("4.6", 32, 32, "28C9F404C4B810F4 CBCCB35CFB87F826 3F5786E2D80ED326 CBC7F0E71A99F43B FB988B9B7A02DD21"),
]

# RFC 4493, 4 (AES-128) and SP 800-38B (AES-192, AES-256): octets of the message, tag
CMAC = {
    128: [(0, "bb1d6929 e9593728 7fa37d12 9b756746"), (16, "070a16b4 6b4d4144 f79bdd9d d04a287c"),
          (40, "dfa66747 de9ae630 30ca3261 1497c827"), (64, "51f0bebf 7e3b9d92 fc497417 79363cfe")],
    192: [(0, "d17ddf46adaacde531cac483de7a9367"), (16, "9e99a7bf31e710900662f65e617c5184"),
          (40, "8a1de5be2eb31aad089a82e6ee908b0e"), (64, "a1d5df0eed790f794d77589659f39a11")],
    256: [(0, "028962f61b7bf89efc6b551f4667d983"), (16, "28a7023f452e8f82bd4bf28d8c37c35c"),
          (40, "aaf3d8f1de5640c232f5b169b9c911e6"), (64, "e1992190549f6ed5696a2c056c315410")],
}

# The GCM specification of McGrew and Viega, appendix B: the test cases with a 96-bit IV
GCM_P = unhex("""d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
                 1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255""")
GCM_A = unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
GCM_IV = unhex("cafebabefacedbaddecaf888")
GCM_K = unhex("feffe9928665731c6d6a8f9467308308")
# key size: (number, key, iv, aad, plaintext, ciphertext, tag)
GCM = {
    128: [
        (1, bytes(16), bytes(12), b"", b"", "", "58e2fccefa7e3061367f1d57a4e7455a"),
        (2, bytes(16), bytes(12), b"", bytes(16), "0388dace60b6a392f328c2b971b2fe78",
         "ab6e47d42cec13bdf53a67b21257bddf"),
        (3, GCM_K, GCM_IV, b"", GCM_P, """42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
            21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985""", "4d5c2af327cd64a62cf35abd2ba6fab4"),
        (4, GCM_K, GCM_IV, GCM_A, GCM_P[:60], """42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
            21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091""", "5bc94fbc3221a5db94fae95ae7121a47"),
    ],
    192: [
        (7, bytes(24), bytes(12), b"", b"", "", "cd33b28ac773f74ba00ed1f312572435"),
        (8, bytes(24), bytes(12), b"", bytes(16), "98e7247c07f0fe411c267e4384b0f600",
         "2ff58d80033927ab8ef4d4587514f0fb"),
        (9, (GCM_K * 2)[:24], GCM_IV, b"", GCM_P, """3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c
            7d773d00c144c525ac619d18c84a3f4718e2448b2fe324d9ccda2710acade256""", "9924a7c8587336bfb118024db8674a14"),
        (10, (GCM_K * 2)[:24], GCM_IV, GCM_A, GCM_P[:60], """3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b4
            0ca1e19c7d773d00c144c525ac619d18c84a3f4718e2448b2fe324d9ccda2710""", "2519498e80f1478f37ba55bd6d27618c"),
    ],
    256: [
        (13, bytes(32), bytes(12), b"", b"", "", "530f8afbc74536b9a963b4f1c4cb738b"),
        (14, bytes(32), bytes(12), b"", bytes(16), "cea7403d4d606b6e074ec5d3baf39d18",
         "d0d1c8a799996bf0265b98b5d48ab919"),
        (15, GCM_K * 2, GCM_IV, b"", GCM_P, """522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
            8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad""", "b094dac5d93471bdec1a502270e3cc6c"),
        (16, GCM_K * 2, GCM_IV, GCM_A, GCM_P[:60], """522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
            8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662""", "76fc6ece0f4e1768cddf8853bb2d551b"),
    ],
}


def encrypt(key, mode, plaintext):
    encryptor = Cipher(algorithms.AES(key), mode).encryptor()
    return encryptor.update(plaintext) + encryptor.finalize()


def openssl(name, key, iv, plaintext):
    command = ["openssl", "enc", f"-aes-{len(key) * 8}-{name}", "-nopad", "-K", key.hex()]
    if iv:
        command += ["-iv", iv.hex()]
    return subprocess.run(command, input=plaintext, capture_output=True, check=True).stdout


def padded(plaintext):
    count = 16 - len(plaintext) % 16
    return plaintext + bytes([count]) * count


def appendix_f(clause, name, iv, printed, mode, **more):
    """The three examples of a clause of SP 800-38A, appendix F, checked with openssl and with cryptography."""
    cases = []
    for bits, key in KEYS.items():
        ciphertext = openssl(name, key, iv, PLAINTEXT)
        same(f"{clause} AES-{bits} (openssl)", ciphertext, unhex(printed[bits]))
        same(f"{clause} AES-{bits} (cryptography)", encrypt(key, mode, PLAINTEXT), ciphertext)
        first, second = CLAUSE[bits]
        fields = {"key": key, "iv": iv, "plaintext": PLAINTEXT, "ciphertext": ciphertext, **more}
        cases.append(case(f"sp800-38a-{clause.lower()}.{first}", 0, note=f"AES-{bits}, {clause}.{first} and "
                          f"{clause}.{second}", **fields))
    return cases


def ecb():
    source = read("NIST SP 800-38A", "F.1.1-F.1.6", SP80038A, f"{OPENSSL}; {TOOL}", CIPHER_SUITES)
    write("aes/aes-ecb.json", "aes-ecb", "AES-ECB", [source], appendix_f("F.1", "ecb", None, F1, modes.ECB()))


def cbc():
    source = read("NIST SP 800-38A", "F.2.1-F.2.6", SP80038A, f"{OPENSSL}; {TOOL}", CIPHER_SUITES)
    cases = appendix_f("F.2", "cbc", IV, F2, modes.CBC(IV), padding="none")
    for bits in KEYS:
        key = fixed(f"aes-cbc/{bits}/key", bits // 8)
        for length in LENGTHS:
            iv = fixed(f"aes-cbc/{bits}/iv-{length}", 16)
            cases.append(case(f"aes-{bits}-pkcs7-{length}", 1, key=key, iv=iv, plaintext=pattern(length),
                              ciphertext=encrypt(key, modes.CBC(iv), padded(pattern(length))), padding="pkcs7"))
        iv = fixed(f"aes-cbc/{bits}/iv-bad", 16)
        for id, note, octets in [
            ("zero", "the last octet is 00", pattern(31) + b"\x00"),
            ("seventeen", "the last octet is 11 (17 octets of padding)", pattern(31) + b"\x11"),
            ("255", "the last octet is ff", pattern(31) + b"\xff"),
            ("first-differs", "4 octets of padding, the first of them differs", pattern(28) + b"\x05\x04\x04\x04"),
            ("middle-differs", "3 octets of padding, the second of them differs", pattern(29) + b"\x03\x02\x03"),
            ("whole-block-differs", "16 octets of padding, the first of them differs",
             pattern(16) + b"\x0f" + b"\x10" * 15),
        ]:
            cases.append(case(f"aes-{bits}-bad-padding-{id}", 1, note=note, key=key, iv=iv, plaintext=b"",
                              ciphertext=encrypt(key, modes.CBC(iv), octets), padding="pkcs7", expect=FAILED))
    write("aes/aes-cbc.json", "aes-cbc", "AES-CBC", [source, SCRIPT], cases)


def ctr():
    source = read("NIST SP 800-38A", "F.5.1-F.5.6", SP80038A, f"{OPENSSL}; {TOOL}", CTR_COPY)
    cases = appendix_f("F.5", "ctr", COUNTER, F5, modes.CTR(COUNTER))
    for bits in KEYS:
        key = fixed(f"aes-ctr/{bits}/key", bits // 8)
        iv = fixed(f"aes-ctr/{bits}/iv", 16)
        for length in LENGTHS:
            cases.append(case(f"aes-{bits}-length-{length}", 1, key=key, iv=iv, plaintext=pattern(length),
                              ciphertext=encrypt(key, modes.CTR(iv), pattern(length))))
        for id, note, start in [
            ("128", "the whole counter block wraps to zero", b"\xff" * 16),
            ("128-second", "the whole counter block wraps after one block", b"\xff" * 15 + b"\xfe"),
            ("64", "the lower 64 bits wrap and carry", iv[:8] + b"\xff" * 8),
            ("32", "the lower 32 bits wrap and carry", iv[:12] + b"\xff" * 4),
            ("8", "the last octet wraps and carries", iv[:15] + b"\xff"),
        ]:
            cases.append(case(f"aes-{bits}-wrap-{id}", 1, note=note, key=key, iv=start, plaintext=pattern(50),
                              ciphertext=encrypt(key, modes.CTR(start), pattern(50))))
    write("aes/aes-ctr.json", "aes-ctr", "AES-CTR", [source, SCRIPT], cases)


def key_wrap():
    source = read("RFC 3394", "4.1-4.6", "https://www.rfc-editor.org/rfc/rfc3394", TOOL,
                  "a public copy of the RFC text")
    cases = []
    for clause, size, length, printed in RFC3394:
        kek, data = bytes(range(size)), KW_DATA[:length]
        wrapped = aes_key_wrap(kek, data)
        same(f"RFC 3394 {clause}", wrapped, unhex(printed))
        cases.append(case(f"rfc3394-{clause}", 0, kek=kek, plaintext=data, wrapped=wrapped))
    for size in (16, 24, 32):
        kek = fixed(f"aes-kw/{size * 8}/kek", size)
        for length in (16, 24, 32, 40, 64, 128):
            data = fixed(f"aes-kw/data-{length}", length)
            cases.append(case(f"aes-{size * 8}-data-{length}", 1, kek=kek, plaintext=data,
                              wrapped=aes_key_wrap(kek, data)))
    kek, data = bytes(range(16)), KW_DATA[:16]
    wrapped = aes_key_wrap(kek, data)
    for position in range(24):
        cases.append(case(f"flipped-octet-{position}", 1, note=f"the value of 4.1, a bit of octet {position} flipped",
                          kek=kek, plaintext=data, wrapped=flip(wrapped, 8 * position + position % 8), expect=FAILED))
    for clause, size, length, _ in RFC3394[1:]:
        kek, data = bytes(range(size)), KW_DATA[:length]
        wrapped = aes_key_wrap(kek, data)
        for block in range(len(wrapped) // 8):
            cases.append(case(f"flipped-{clause}-block-{block}", 1,
                              note=f"the value of {clause}, the last bit of the 64-bit block {block} flipped", kek=kek,
                              plaintext=data, wrapped=flip(wrapped, 64 * block + 63), expect=FAILED))
    kek, data = bytes(range(32)), KW_DATA
    wrapped = aes_key_wrap(kek, data)
    cases.append(case("other-kek", 1, note="the value of 4.6, one bit of the KEK flipped", kek=flip(kek, 255),
                      plaintext=data, wrapped=wrapped, expect=FAILED))
    cases.append(case("swapped-blocks", 1, note="the value of 4.6, two 64-bit blocks swapped", kek=kek, plaintext=data,
                      wrapped=wrapped[:8] + wrapped[16:24] + wrapped[8:16] + wrapped[24:], expect=FAILED))
    cases.append(case("shortened-by-a-block", 1, note="the value of 4.6 without its last 64-bit block", kek=kek,
                      plaintext=data, wrapped=wrapped[:-8], expect=FAILED))
    cases.append(case("other-initial-value", 1, note="wrapped with the initial value a6a6a6a6a6a6a6a7", kek=kek,
                      plaintext=data, wrapped=wrap_with(kek, unhex("a6a6a6a6a6a6a6a7"), data), expect=FAILED))
    same("wrap_with", wrap_with(kek, unhex("a6" * 8), data), wrapped)
    write("aes/aes-kw.json", "aes-kw", "AES-KW", [source, SCRIPT], cases)


def wrap_with(kek, initial, data):
    """RFC 3394, 2.2.1, index based, with an initial value of one's own."""
    r = [data[i:i + 8] for i in range(0, len(data), 8)]
    a = initial
    for j in range(6):
        for i in range(len(r)):
            b = encrypt(kek, modes.ECB(), a + r[i])
            a = (int.from_bytes(b[:8], "big") ^ (len(r) * j + i + 1)).to_bytes(8, "big")
            r[i] = b[8:]
    return a + b"".join(r)


def cmac(key, message):
    mac = cmac_module.CMAC(algorithms.AES(key))
    mac.update(message)
    return mac.finalize()


def cmac_file():
    source = [
        read("RFC 4493", "4", "https://www.rfc-editor.org/rfc/rfc4493", TOOL, "a public copy of the RFC text"),
        read("NIST SP 800-38B", "the examples for AES-192 and AES-256", "https://doi.org/10.6028/NIST.SP.800-38B", TOOL,
             "the test vectors of pyca/cryptography, CMAC/nist-800-38b-aes192.txt and -aes256.txt"),
        SCRIPT,
    ]
    cases = []
    for bits, values in CMAC.items():
        for length, printed in values:
            tag = cmac(KEYS[bits], PLAINTEXT[:length])
            same(f"AES-{bits} CMAC {length}", tag, unhex(printed))
            id = f"rfc4493-length-{length}" if bits == 128 else f"sp800-38b-aes-{bits}-length-{length}"
            cases.append(case(id, 0 if bits == 128 else 1, key=KEYS[bits], message=PLAINTEXT[:length], tag=tag))
    for bits in CMAC:
        key = fixed(f"aes-cmac/{bits}/key", bits // 8)
        for length in LENGTHS:
            cases.append(case(f"aes-{bits}-length-{length}", 2, key=key, message=pattern(length),
                              tag=cmac(key, pattern(length))))
    write("aes/aes-cmac.json", "aes-cmac", "AES-CMAC", source, cases)


def gcm_parts(key, iv, plaintext, aad):
    out = AESGCM(key).encrypt(iv, plaintext, aad)
    return out[:-16], out[-16:]


def gcm():
    numbers = {128: "1-4", 192: "7-10", 256: "13-16"}
    for bits, values in GCM.items():
        source = read("The Galois/Counter Mode of Operation (GCM), D. McGrew and J. Viega",
                      f"Appendix B, test cases {numbers[bits]}",
                      "http://csrc.nist.gov/groups/ST/toolkit/BCM/documents/proposedmodes/gcm/gcm-spec.pdf", TOOL,
                      "the NSS test data that reproduce the appendix")
        cases = []
        for number, key, iv, aad, plaintext, ciphertext, tag in values:
            out = gcm_parts(key, iv, plaintext, aad)
            same(f"GCM {number} ciphertext", out[0], unhex(ciphertext))
            same(f"GCM {number} tag", out[1], unhex(tag))
            cases.append(case(f"gcm-spec-{number}", 0, key=key, iv=iv, aad=aad, plaintext=plaintext, ciphertext=out[0],
                              tag=out[1]))

        key = fixed(f"aes-gcm/{bits}/key", bits // 8)

        def add(id, iv, aad, plaintext, note=None):
            ciphertext, tag = gcm_parts(key, iv, plaintext, aad)
            cases.append(case(id, 1, note=note, key=key, iv=iv, aad=aad, plaintext=plaintext, ciphertext=ciphertext,
                              tag=tag))

        for length in LENGTHS:
            add(f"length-{length}", fixed(f"aes-gcm/{bits}/iv-{length}", 12), b"", pattern(length))
            add(f"length-{length}-aad", fixed(f"aes-gcm/{bits}/iv-{length}-aad", 12), pattern(20), pattern(length))
        for length in (1, 15, 16, 17, 1000):
            add(f"aad-{length}", fixed(f"aes-gcm/{bits}/iv-aad-{length}", 12), pattern(length), b"")
        for length in (0, 1, 16, 33, 1000):
            add(f"iv-16-length-{length}", fixed(f"aes-gcm/{bits}/iv-16-{length}", 16), b"", pattern(length),
                "an IV of 16 octets, for decryption only")
        add("iv-16-aad", fixed(f"aes-gcm/{bits}/iv-16-aad", 16), pattern(20), pattern(33),
            "an IV of 16 octets, for decryption only")

        iv, aad, plaintext = fixed(f"aes-gcm/{bits}/iv-bad", 12), pattern(20), pattern(33)
        ciphertext, tag = gcm_parts(key, iv, plaintext, aad)
        for id, note, bad in [
            ("valid-of-the-tampered", "what the tampered cases are made from", {}),
            ("tampered-tag-first-bit", "first bit of the tag flipped", {"tag": flip(tag, 0)}),
            ("tampered-tag-last-bit", "last bit of the tag flipped", {"tag": flip(tag, 127)}),
            ("tampered-ciphertext-first-bit", "first bit of the ciphertext flipped", {"ciphertext": flip(ciphertext, 0)}),
            ("tampered-ciphertext-last-bit", "last bit of the ciphertext flipped",
             {"ciphertext": flip(ciphertext, 263)}),
            ("tampered-aad", "one bit of the AAD flipped", {"aad": flip(aad, 80)}),
            ("missing-aad", "the AAD left out", {"aad": b""}),
            ("shortened-aad", "the last octet of the AAD left off", {"aad": aad[:-1]}),
            ("other-iv", "one bit of the IV flipped", {"iv": flip(iv, 95)}),
        ]:
            fields = {"key": key, "iv": iv, "aad": aad, "plaintext": plaintext, "ciphertext": ciphertext, "tag": tag}
            cases.append(case(id, 1, note=note, **{**fields, **bad}, expect=FAILED if bad else None))
        iv = fixed(f"aes-gcm/{bits}/iv-bad-empty", 12)
        _, tag = gcm_parts(key, iv, b"", b"")
        cases.append(case("tampered-tag-of-nothing", 1, note="no plaintext, no AAD, one bit of the tag flipped", key=key,
                          iv=iv, aad=b"", plaintext=b"", ciphertext=b"", tag=flip(tag, 64), expect=FAILED))
        write(f"aes/aes-{bits}-gcm.json", "aes-gcm", f"AES-{bits}-GCM", [source, SCRIPT], cases)


ecb()
cbc()
ctr()
key_wrap()
cmac_file()
gcm()
