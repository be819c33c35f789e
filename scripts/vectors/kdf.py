"""Writes vectors/kdf/*.json."""

import hmac

import cryptography
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.x963kdf import X963KDF

from symmetric_common import PYTHON, case, computed, fixed, pattern, read, same, unhex, write

TOOL = f"{PYTHON} cryptography {cryptography.__version__}"
SCRIPT = computed(TOOL, "kdf.py")
HASHES = {"SHA-256": ("sha256", hashes.SHA256(), 32), "SHA-384": ("sha384", hashes.SHA384(), 48),
          "SHA-512": ("sha512", hashes.SHA512(), 64)}

RFC5869 = read("RFC 5869", "A.1-A.3", "https://www.rfc-editor.org/rfc/rfc5869", TOOL, "a public copy of the RFC text")
RFC7518 = read("RFC 7518", "Appendix C", "https://www.rfc-editor.org/rfc/rfc7518", TOOL,
               "a public copy of the RFC text")
CAVS = read("ANS X9.63-2001 sample values of the NIST validation tool, CAVS 12.0", "[SHA-256]",
            "https://csrc.nist.gov/projects/cryptographic-algorithm-validation-program", TOOL,
            "the test vectors of pyca/cryptography, KDF/ansx963_2001.txt")

# RFC 5869, A.1-A.3: ikm, salt, info, length, prk, okm
RFC5869_CASES = [
    (unhex("0b" * 22), unhex("000102030405060708090a0b0c"), unhex("f0f1f2f3f4f5f6f7f8f9"), 42,
     "077709362c2e32df0ddc3f0dc47bba63 90b6c73bb50f9c3122ec844ad7c2b3e5",
     "3cb25f25faacd57a90434f64d0362f2a 2d2d0a90cf1a5a4c5db02d56ecc4c5bf 34007208d5b887185865"),
    (bytes(range(0x00, 0x50)), bytes(range(0x60, 0xb0)), bytes(range(0xb0, 0x100)), 82,
     "06a6b88c5853361a06104c9ceb35b45c ef760014904671014a193f40c15fc244",
     """b11e398dc80327a1c8e7f78c596a4934 4f012eda2d4efad8a050cc4c19afa97c 59045a99cac7827271cb41c65e590e09
        da3275600c2f09b8367793a9aca3db71 cc30c58179ec3e87c14c01d5c1f3434f 1d87"""),
    (unhex("0b" * 22), b"", b"", 42,
     "19ef24a32c717b167f33a91d6f648bdf 96596776afdb6377ac434c1c293ccb04",
     "8da4e775a563c18f715f802a063c5a31 b8a11f5c5ee1879ec3454e5f3c738d2d 9d201395faa4b61a96c8"),
]

# RFC 7518, Appendix C
RFC7518_Z = bytes([158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218,
                   128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196])
RFC7518_OTHER_INFO = bytes([0, 0, 0, 7, 65, 49, 50, 56, 71, 67, 77, 0, 0, 0, 5, 65, 108, 105, 99, 101, 0, 0, 0, 3, 66,
                            111, 98, 0, 0, 0, 128])
RFC7518_KEY = bytes([86, 170, 141, 234, 248, 35, 109, 32, 92, 34, 40, 205, 113, 167, 16, 26])

# CAVS 12.0, [SHA-256]: Z, SharedInfo, key_data
CAVS_CASES = [
    ("128-bits-0", "96c05619d56c328ab95fe84b18264b08725b85e33fd34f08", "", "443024c3dae66b95e6f5670601558f71"),
    ("128-bits-1", "96f600b73ad6ac5629577eced51743dd2c24c21b1ac83ee4", "", "b6295162a7804f5667ba9070f82fa522"),
    ("128-bits-2", "de4ec3f6b2e9b7b5b6160acd5363c1b1f250e17ee731dbd6", "", "c8df626d5caaabf8a1b2a3f9061d2420"),
    ("1024-bits-0", "22518b10e70f2a3f243810ae3254139efbee04aa57c7af7d", "75eef81aa3041e33b80971203d2c0c52",
     """c498af77161cc59f2962b9a713e2b215152d139766ce34a776df11866a69bf2e
        52a13d9c7c6fc878c50c5ea0bc7b00e0da2447cfd874f6cf92f30d0097111485
        500c90c3af8b487872d04685d14c8d1dc8d7fa08beb0ce0ababc11f0bd496269
        142d43525a78e5bc79a17f59676a5706dc54d54d4d1f0bd7e386128ec26afc21"""),
    ("1024-bits-1", "7e335afa4b31d772c0635c7b0e06f26fcd781df947d2990a", "d65a4812733f8cdbcdfb4b2f4c191d87",
     """c0bd9e38a8f9de14c2acd35b2f3410c6988cf02400543631e0d6a4c1d030365a
        cbf398115e51aaddebdc9590664210f9aa9fed770d4c57edeafa0b8c14f93300
        865251218c262d63dadc47dfa0e0284826793985137e0a544ec80abf2fdf5ab9
        0bdaea66204012efe34971dc431d625cd9a329b8217cc8fd0d9f02b13f2f6b0b"""),
]


def hkdf(algorithm, ikm, salt, info, length):
    """HKDF's prk (one HMAC, RFC 5869 2.2) and okm. An absent salt is HashLen zero octets there."""
    name, function, size = HASHES[algorithm]
    prk = hmac.digest(salt or bytes(size), ikm, name)
    return prk, HKDF(function, length, salt, info).derive(ikm)


def hkdf_files():
    for algorithm, (name, _, size) in HASHES.items():
        cases = []
        for number, (ikm, salt, info, length, prk, okm) in enumerate(RFC5869_CASES, 1):
            out = hkdf(algorithm, ikm, salt, info, length)
            if algorithm == "SHA-256":
                same(f"RFC 5869 A.{number} PRK", out[0], unhex(prk))
                same(f"RFC 5869 A.{number} OKM", out[1], unhex(okm))
                cases.append(case(f"rfc5869-a{number}", 0, ikm=ikm, salt=salt, info=info, length=length, prk=out[0],
                                  okm=out[1]))
            else:
                cases.append(case(f"rfc5869-a{number}-input", 0, ikm=ikm, salt=salt, info=info, length=length,
                                  note=f"input of RFC 5869, A.{number}; the output is computed", prk=out[0],
                                  okm=out[1]))
        source = [RFC5869, SCRIPT] if algorithm == "SHA-256" else [SCRIPT]
        index = len(source) - 1
        ikm = fixed(f"hkdf/{name}/ikm", 32)
        salt = fixed(f"hkdf/{name}/salt", size)
        for length in (1, 16, size - 1, size, size + 1, 2 * size, 100, 255 * size):
            prk, okm = hkdf(algorithm, ikm, salt, b"countersign", length)
            cases.append(case(f"length-{length}", index, ikm=ikm, salt=salt, info=b"countersign", length=length,
                              prk=prk, okm=okm, note="the longest output, 255 blocks" if length == 255 * size else None))
        for id, ikm2, salt2, info2 in [
            ("no-salt", ikm, b"", b"countersign"), ("no-info", ikm, salt, b""), ("one-octet-ikm", b"\x5a", salt, b"i"),
            ("long-salt", ikm, pattern(300), b"countersign"), ("long-info", ikm, salt, pattern(300)),
            ("long-ikm", pattern(300), salt, b"countersign"),
        ]:
            prk, okm = hkdf(algorithm, ikm2, salt2, info2, 42)
            cases.append(case(id, index, ikm=ikm2, salt=salt2, info=info2, length=42, prk=prk, okm=okm))
        write(f"kdf/hkdf-{algorithm.lower()}.json", "hkdf", f"HKDF-{algorithm}", source, cases)


def by_length(kind, derive, index):
    cases = []
    for algorithm, (name, function, size) in HASHES.items():
        for length in (1, 16, size - 1, size, size + 1, 2 * size, 100, 1000):
            z = fixed(f"{kind}/{name}/z", 66)
            info = pattern(31)
            cases.append(case(f"{algorithm.lower()}-length-{length}", index, hash=algorithm, z=z, info=info,
                              length=length, okm=derive(function, length, info, z)))
        for id, z, info in [("no-info", fixed(f"{kind}/{name}/z-32", 32), b""), ("long-info", pattern(48), pattern(200)),
                            ("leading-zero", b"\0" + pattern(31), pattern(17))]:
            cases.append(case(f"{algorithm.lower()}-{id}", index, hash=algorithm, z=z, info=info, length=48,
                              okm=derive(function, 48, info, z)))
    return cases


def concat(function, length, info, z):
    return ConcatKDFHash(function, length, info).derive(z)


def x963(function, length, info, z):
    return X963KDF(function, length, info).derive(z)


def concat_file():
    okm = concat(hashes.SHA256(), 16, RFC7518_OTHER_INFO, RFC7518_Z)
    same("RFC 7518 Appendix C", okm, RFC7518_KEY)
    cases = [case("rfc7518-c", 0, hash="SHA-256", z=RFC7518_Z, info=RFC7518_OTHER_INFO, length=16, okm=okm)]
    write("kdf/concat-kdf.json", "concat-kdf", "CONCAT-KDF", [RFC7518, SCRIPT],
          cases + by_length("concat-kdf", concat, 1))


def x963_file():
    cases = []
    for id, z, info, printed in CAVS_CASES:
        z, info, printed = unhex(z), unhex(info), unhex(printed)
        okm = x963(hashes.SHA256(), len(printed), info, z)
        same(f"CAVS {id}", okm, printed)
        cases.append(case(f"cavs-sha-256-{id}", 0, hash="SHA-256", z=z, info=info, length=len(okm), okm=okm))
    write("kdf/x963-kdf.json", "x963-kdf", "X963-KDF", [CAVS, SCRIPT], cases + by_length("x963-kdf", x963, 1))


hkdf_files()
concat_file()
x963_file()
