"""Writes vectors/hmac/*.json and vectors/legacy/hmac-{md5,sha-1}.json."""

import hashlib
import hmac

from symmetric_common import PYTHON, case, computed, fixed, flip, pattern, read, same, unhex, write

TOOL = f"{PYTHON} hmac and hashlib"
SCRIPT = computed(TOOL, "hmac_tags.py")
RFC4231 = read("RFC 4231", "4.2-4.8", "https://www.rfc-editor.org/rfc/rfc4231", TOOL, "a public copy of the RFC text")
RFC6234 = read("RFC 6234", "8.5 (test array of the HMACs, case 2)", "https://www.rfc-editor.org/rfc/rfc6234", TOOL,
               "a public copy of the RFC text")
RFC2202_URL = "https://www.rfc-editor.org/rfc/rfc2202"
NIST = "https://csrc.nist.gov/CSRC/media/Projects/Cryptographic-Standards-and-Guidelines/documents/examples/"

# RFC 4231, 4.2-4.8: key and data of the seven cases
KEY_20B = unhex("0b" * 20)
RFC4231_INPUT = [
    (KEY_20B, b"Hi There"),
    (b"Jefe", b"what do ya want for nothing?"),
    (unhex("aa" * 20), unhex("dd" * 50)),
    (unhex("0102030405060708090a0b0c0d0e0f10111213141516171819"), unhex("cd" * 50)),
    (unhex("0c" * 20), b"Test With Truncation"),
    (unhex("aa" * 131), b"Test Using Larger Than Block-Size Key - Hash Key First"),
    (unhex("aa" * 131), b"This is a test using a larger than block-size key and a larger than block-size data. "
                        b"The key needs to be hashed before being used by the HMAC algorithm."),
]

# RFC 4231: the tags as printed; case 5 is truncated to 128 bits there
RFC4231_TAGS = {
    "sha224": [
        "896fb1128abbdf196832107cd49df33f 47b4b1169912ba4f53684b22",
        "a30e01098bc6dbbf45690f3a7e9e6d0f 8bbea2a39e6148008fd05e44",
        "7fb3cb3588c6c1f6ffa9694d7d6ad264 9365b0c1f65d69d1ec8333ea",
        "6c11506874013cac6a2abc1bb382627c ec6a90d86efc012de7afec5a",
        "0e2aea68a90c8d37c988bcdb9fca6fa8",
        "95e9a0db962095adaebe9b2d6f0dbce2 d499f112f2d2b7273fa6870e",
        "3a854166ac5d9f023f54d517d0b39dbd 946770db9c2b95c9f6f565d1",
    ],
    "sha256": [
        "b0344c61d8db38535ca8afceaf0bf12b 881dc200c9833da726e9376c2e32cff7",
        "5bdcc146bf60754e6a042426089575c7 5a003f089d2739839dec58b964ec3843",
        "773ea91e36800e46854db8ebd09181a7 2959098b3ef8c122d9635514ced565fe",
        "82558a389a443c0ea4cc819899f2083a 85f0faa3e578f8077a2e3ff46729665b",
        "a3b6167473100ee06e0c796c2955552b",
        "60e431591ee0b67f0d8a26aacbf5b77f 8e0bc6213728c5140546040f0ee37f54",
        "9b09ffa71b942fcb27635fbcd5b0e944 bfdc63644f0713938a7f51535c3a35e2",
    ],
    "sha384": [
        "afd03944d84895626b0825f4ab46907f 15f9dadbe4101ec682aa034c7cebc59c faea9ea9076ede7f4af152e8b2fa9cb6",
        "af45d2e376484031617f78d2b58a6b1b 9c7ef464f5a01b47e42ec3736322445e 8e2240ca5e69e2c78b3239ecfab21649",
        "88062608d3e6ad8a0aa2ace014c8a86f 0aa635d947ac9febe83ef4e55966144b 2a5ab39dc13814b94e3ab6e101a34f27",
        "3e8a69b7783c25851933ab6290af6ca7 7a9981480850009cc5577c6e1f573b4e 6801dd23c4a7d679ccf8a386c674cffb",
        "3abf34c3503b2a23a46efc619baef897",
        "4ece084485813e9088d2c63a041bc5b4 4f9ef1012a2b588f3cd11f05033ac4c6 0c2ef6ab4030fe8296248df163f44952",
        "6617178e941f020d351e2f254e8fd32c 602420feb0b8fb9adccebb82461e99c5 a678cc31e799176d3860e6110c46523e",
    ],
    "sha512": [
        """87aa7cdea5ef619d4ff0b4241a1d6cb0 2379f4e2ce4ec2787ad0b30545e17cde
           daa833b7d6b8a702038b274eaea3f4e4 be9d914eeb61f1702e696c203a126854""",
        """164B7A7BFCF819E2E395FBE73B56E0A387BD64222E831FD610270CD7EA25
           05549758BF75C05A994A6D034F65F8F0E6FDCAEAB1A34D4A6B4B636E070A38BCE737""",
        """fa73b0089d56a284efb0f0756c890be9 b1b5dbdd8ee81a3655f83e33b2279d39
           bf3e848279a722c806b485a47e67c807 b946a337bee8942674278859e13292fb""",
        """b0ba465637458c6990e5a8c5f61d4af7 e576d97ff94b872de76f8050361ee3db
           a91ca5c11aa25eb4d679275cc5788063 a5f19741120c4f2de2adebeb10a298dd""",
        "415fad6271580a531d4179bc891d87a6",
        """80b24263c7c1a3ebb71493c1dd7be8b4 9b46d1f41b4aeec1121b013783f8f352
           6b56d037e05f2598bd0fd2215d6a1e52 95e64f73f63f0aec8b915a985d786598""",
        """e37b6a775dc87dbaa4dfa9f96e5e3ffd debd71f8867289865df5a32d20cdc944
           b6022cac3c4982b10d5eeb55c3e4de15 134676fb6de0446065c97440fa8c6a58""",
    ],
}

# NIST example values HMAC_SHA3-*.pdf, samples 1-3: octets of the key (00 01 02 ...), tag
NIST_TEXT = [b"Sample message for keylen<blocklen", b"Sample message for keylen=blocklen",
             b"Sample message for keylen>blocklen"]
NIST_TAGS = {
    "sha3_256": [
        (32, "4fe8e202c4f058e8dddc23d8c34e467343e23555e24fc2f025d598f558f67205"),
        (136, "68b94e2e538a9be4103bebb5aa016d47961d4d1aa906061313b557f8af2c3faa"),
        (168, "9bcf2c238e235c3ce88404e813bd2f3a97185ac6f238c63d6229a00b07974258"),
    ],
    "sha3_384": [
        (48, """d588a3c51f3f2d906e8298c1199aa8ff6296218127f6b38a
                90b6afe2c5617725bc99987f79b22a557b6520db710b7f42"""),
        (104, """a27d24b592e8c8cbf6d4ce6fc5bf62d8fc98bf2d486640d9
                eb8099e24047837f5f3bffbe92dcce90b4ed5b1e7e44fa90"""),
        (152, """e5ae4c739f455279368ebf36d4f5354c95aa184c899d3870
                e460ebc288ef1f9470053f73f7c6da2a71bcaec38ce7d6ac"""),
    ],
    "sha3_512": [
        (64, """4efd629d6c71bf86162658f29943b1c308ce27cdfa6db0d9c3ce81763f9cbce5
                f7ebe9868031db1a8f8eb7b6b95e5c5e3f657a8996c86a2f6527e307f0213196"""),
        (72, """544e257ea2a3e5ea19a590e6a24b724ce6327757723fe2751b75bf007d80f6b3
                60744bf1b7a88ea585f9765b47911976d3191cf83c039f5ffab0d29cc9d9b6da"""),
        (136, """5f464f5e5b7848e3885e49b2c385f0694985d0e38966242dc4a5fe3fea4b37d4
                6b65ceced5dcf59438dd840bab22269f0ba7febdb9fcf74602a35666b2a32915"""),
    ],
}

# RFC 2202, 2 and 3
RFC2202 = {
    "md5": (16, ["9294727a3638bb1c13f48ef8158bfc9d", "750c783e6ab0b503eaa86e310a5db738",
                 "56be34521d144c88dbb8c733f0e8b3f6", "697eaf0aca3a3aea3a75164746ffaa79",
                 "56461ef2342edc00f9bab995690efd4c", "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd",
                 "6f630fad67cda0ee1fb1f562db3aa53e"]),
    "sha1": (20, ["b617318655057264e28bc0b6fb378c8ef146be00", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
                  "125d7342b9ac11cd91a39af48aa17b4f63f175d3", "4c9007f4026250c6bc8414f9bf50c86c2d7235da",
                  "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04", "aa4ae5e15272d00e95705637ce8a3b55ed402112",
                  "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"]),
}


def rfc2202_input(size):
    return [
        (unhex("0b" * size), b"Hi There"),
        (b"Jefe", b"what do ya want for nothing?"),
        (unhex("aa" * size), unhex("dd" * 50)),
        (unhex("0102030405060708090a0b0c0d0e0f10111213141516171819"), unhex("cd" * 50)),
        (unhex("0c" * size), b"Test With Truncation"),
        (unhex("aa" * 80), b"Test Using Larger Than Block-Size Key - Hash Key First"),
        (unhex("aa" * 80), b"Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"),
    ]


def by_size(name, block, source):
    """Keys around the block, messages of 0, 1, 1000 and 20000 octets."""
    cases = []
    for size in (block - 1, block, block + 1):
        key = fixed(f"hmac/{name}/key-{size}", size)
        for length in (0, 1, 1000):
            message = pattern(length)
            cases.append(case(f"key-{size}-message-{length}", source, key=key, message=message,
                              tag=hmac.digest(key, message, name)))
        unit = pattern(100)
        cases.append(case(f"key-{size}-message-20000", source, key=key,
                          messageRepeat={"octets": unit.hex(), "times": 200},
                          tag=hmac.digest(key, unit * 200, name)))
    return cases


def negative(name, source):
    key = fixed(f"hmac/{name}/negative", hashlib.new(name).digest_size)
    message = pattern(100)
    tag = hmac.digest(key, message, name)
    wrong = [
        ("invalid-first-bit", "first bit of the tag flipped", message, flip(tag, 0)),
        ("invalid-last-bit", "last bit of the tag flipped", message, flip(tag, 8 * len(tag) - 1)),
        ("invalid-truncated", "last octet of the tag left off", message, tag[:-1]),
        ("invalid-appended", "one zero octet after the tag", message, tag + b"\0"),
        ("invalid-empty", "an empty tag", message, b""),
        ("invalid-message", "one bit of the message flipped", flip(message, 400), tag),
    ]
    return [case("valid-of-the-invalid", source, note="the tag that the invalid cases are made from", key=key,
                 message=message, tag=tag)] + \
        [case(id, source, note=note, key=key, message=text, tag=value, expect="invalid")
         for id, note, text, value in wrong]


def sha2():
    for name, block, file in [("sha224", 64, "sha-224"), ("sha256", 64, "sha-256"), ("sha384", 128, "sha-384"),
                              ("sha512", 128, "sha-512")]:
        source = [RFC4231, SCRIPT] + ([RFC6234] if name == "sha512" else [])
        cases = []
        for number, ((key, message), printed) in enumerate(zip(RFC4231_INPUT, RFC4231_TAGS[name]), 1):
            printed = unhex(printed)
            tag = hmac.digest(key, message, name)
            same(f"RFC 4231 {name} case {number}", tag[:len(printed)], printed)
            if number == 5:
                cases.append(case("rfc4231-case-5", 0, note="the RFC prints the first 128 bits", key=key,
                                  message=message, tagPrefix=printed))
                cases.append(case("rfc4231-case-5-full", 1, note="input of case 5; the whole tag is computed", key=key,
                                  message=message, tag=tag))
            elif name == "sha512" and number == 2:
                cases.append(case("rfc4231-case-2", 2, note="also RFC 4231, 4.3", key=key, message=message, tag=tag))
            else:
                cases.append(case(f"rfc4231-case-{number}", 0, key=key, message=message, tag=tag))
        write(f"hmac/hmac-{file}.json", "hmac", f"HMAC-{file.upper()}", source,
              cases + by_size(name, block, 1) + negative(name, 1))


def sha3():
    for name, rate in [("sha3_256", 136), ("sha3_384", 104), ("sha3_512", 72)]:
        file = name.replace("_", "-")
        url = f"{NIST}HMAC_{file.upper()}.pdf"
        source = [read(f"NIST example values, HMAC_{file.upper()}.pdf", "Samples 1-3", url, TOOL,
                       "the HMAC self-test of PyCryptodome, which quotes the document"), SCRIPT]
        cases = []
        for number, (text, (size, printed)) in enumerate(zip(NIST_TEXT, NIST_TAGS[name]), 1):
            key = bytes(range(size))
            tag = hmac.digest(key, text, name)
            same(f"{file} sample {number}", tag, unhex(printed))
            cases.append(case(f"nist-sample-{number}", 0, key=key, message=text, tag=tag))
        write(f"hmac/hmac-{file}.json", "hmac", f"HMAC-{file.upper()}", source,
              cases + by_size(name, rate, 1) + negative(name, 1))


def legacy():
    for name, file, clause in [("md5", "md5", "2"), ("sha1", "sha-1", "3")]:
        size, tags = RFC2202[name]
        source = [read("RFC 2202", clause, RFC2202_URL, TOOL, "a public copy of these clauses of the RFC text"), SCRIPT]
        cases = []
        for number, ((key, message), printed) in enumerate(zip(rfc2202_input(size), tags), 1):
            tag = hmac.digest(key, message, name)
            same(f"RFC 2202 {name} case {number}", tag, unhex(printed))
            cases.append(case(f"rfc2202-case-{number}", 0, key=key, message=message, tag=tag))
        write(f"legacy/hmac-{file}.json", "hmac", f"HMAC-{file.upper()}", source, cases + by_size(name, 64, 1))


sha2()
sha3()
legacy()
