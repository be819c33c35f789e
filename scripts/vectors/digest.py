"""Writes vectors/digest/*.json and vectors/legacy/{md5,sha-1}.json."""

import hashlib

from symmetric_common import HASHLIB, case, computed, pattern, read, same, unhex, write

SCRIPT = computed(HASHLIB, "digest.py")
RFC6234 = read("RFC 6234", "8.5 (test array of the hashes)", "https://www.rfc-editor.org/rfc/rfc6234", HASHLIB,
               "a public copy of the RFC text")
RFC1321 = read("RFC 1321", "A.5", "https://www.rfc-editor.org/rfc/rfc1321", HASHLIB, "a public copy of the RFC text")

ABC = b"abc"
TWO_BLOCKS_64 = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
TWO_BLOCKS_128 = (b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                  b"hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu")
TEST4 = b"0123456701234567012345670123456701234567012345670123456701234567"

# name in hashlib, name in the files, block (or rate), file
SHA2 = {
    "sha1": ("SHA-1", 64, "legacy/sha-1.json"),
    "sha224": ("SHA-224", 64, "digest/sha-224.json"),
    "sha256": ("SHA-256", 64, "digest/sha-256.json"),
    "sha384": ("SHA-384", 128, "digest/sha-384.json"),
    "sha512": ("SHA-512", 128, "digest/sha-512.json"),
}
SHA3 = {
    "sha3_256": ("SHA3-256", 136, "digest/sha3-256.json"),
    "sha3_384": ("SHA3-384", 104, "digest/sha3-384.json"),
    "sha3_512": ("SHA3-512", 72, "digest/sha3-512.json"),
}

# RFC 6234, 8.5: (test number, message octets, times, digest). Tests of a bit count that is
# not a multiple of 8 (5, 7, 9) and the long ones (10) are left out.
PRINTED = {
    "sha1": [
        (1, ABC, 1, "A9993E364706816ABA3E25717850C26C9CD0D89D"),
        (2, TWO_BLOCKS_64, 1, "84983E441C3BD26EBAAE4AA1F95129E5E54670F1"),
        (3, b"a", 1000000, "34AA973CD4C4DAA4F61EEB2BDBAD27316534016F"),
        (4, TEST4, 10, "DEA356A2CDDD90C7A7ECEDC5EBB563934F460452"),
        (6, b"\x5e", 1, "5E6F80A34A9798CAFC6A5DB96CC57BA4C4DB59C2"),
    ],
    "sha224": [
        (1, ABC, 1, "23097D223405D8228642A477BDA255B32AADBCE4BDA0B3F7E36C9DA7"),
        (2, TWO_BLOCKS_64, 1, "75388B16512776CC5DBA5DA1FD890150B0C6455CB4F58B1952522525"),
        (3, b"a", 1000000, "20794655980C91D8BBB4C1EA97618A4BF03F42581948B2EE4EE7AD67"),
        (4, TEST4, 10, "567F69F168CD7844E65259CE658FE7AADFA25216E68ECA0EB7AB8262"),
        (6, b"\x07", 1, "00ECD5F138422B8AD74C9799FD826C531BAD2FCABC7450BEE2AA8C2A"),
    ],
    "sha256": [
        (1, ABC, 1, "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"),
        (2, TWO_BLOCKS_64, 1, "248D6A61D20638B8E5C026930C3E6039A33CE45964FF2167F6ECEDD419DB06C1"),
        (3, b"a", 1000000, "CDC76E5C9914FB9281A1C7E284D73E67F1809A48A497200E046D39CCC7112CD0"),
        (4, TEST4, 10, "594847328451BDFA85056225462CC1D867D877FB388DF0CE35F25AB5562BFBB5"),
        (6, b"\x19", 1, "68AA2E2EE5DFF96E3355E6C7EE373E3D6A4E17F75F9518D843709C0C9BC3E3D4"),
    ],
    "sha384": [
        (1, ABC, 1, """CB00753F45A35E8BB5A03D699AC65007272C32AB0EDED163
            1A8B605A43FF5BED8086072BA1E7CC2358BAECA134C825A7"""),
        (2, TWO_BLOCKS_128, 1, """09330C33F71147E83D192FC782CD1B4753111B173B3B05D2
            2FA08086E3B0F712FCC7C71A557E2DB966C3E9FA91746039"""),
        (3, b"a", 1000000, """9D0E1809716474CB086E834E310A4A1CED149E9C00F24852
            7972CEC5704C2A5B07B8B3DC38ECC4EBAE97DDD87F3D8985"""),
        (4, TEST4, 10, """2FC64A4F500DDB6828F6A3430B8DD72A368EB7F3A8322A70
            BC84275B9C0B3AB00D27A5CC3C2D224AA6B61A0D79FB4596"""),
        (6, b"\xb9", 1, """BC8089A19007C0B14195F4ECC74094FEC64F01F90929282C
            2FB392881578208AD466828B1C6C283D2722CF0AD1AB6938"""),
        (8, unhex("a41c497779c0375ff10a7f4e08591739"), 1, """C9A68443A005812256B8EC76B00516F0DBB74FAB26D66591
            3F194B6FFB0E91EA9967566B58109CBC675CC208E4C823F7"""),
    ],
    "sha512": [
        (1, ABC, 1, """DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA2
            0A9EEEE64B55D39A2192992A274FC1A836BA3C23A3FEEBBD
            454D4423643CE80E2A9AC94FA54CA49F"""),
        (2, TWO_BLOCKS_128, 1, """8E959B75DAE313DA8CF4F72814FC143F8F7779C6EB9F7FA1
            7299AEADB6889018501D289E4900F7E4331B99DEC4B5433A
            C7D329EEB6DD26545E96E55B874BE909"""),
        (3, b"a", 1000000, """E718483D0CE769644E2E42C7BC15B4638E1F98B13B204428
            5632A803AFA973EBDE0FF244877EA60A4CB0432CE577C31B
            EB009C5C2C49AA2E4EADB217AD8CC09B"""),
        (4, TEST4, 10, """89D05BA632C699C31231DED4FFC127D5A894DAD412C0E024
            DB872D1ABD2BA8141A0F85072A9BE1E2AA04CF33C765CB51
            0813A39CD5A84C4ACAA64D3F3FB7BAE9"""),
        (6, b"\xd0", 1, """9992202938E882E73E20F6B69E68A0A7149090423D93C81B
            AB3F21678D4ACEEEE50E4E8CAFADA4C85A54EA8306826C4A
            D6E74CECE9631BFA8A549B4AB3FBBA15"""),
        (8, unhex("8d4e3c0e3889191491816e9d98bff0a0"), 1, """CB0B67A4B8712CD73C9AABC0B199E9269B20844AFB75ACBD
            D1C153C9828924C3DDEDAAFE669C5FDD0BC66F630F677398
            8213EB1B16F517AD0DE4B2F0C95C90F8"""),
    ],
}

# RFC 1321, A.5
MD5_SUITE = [
    (b"", "d41d8cd98f00b204e9800998ecf8427e"),
    (b"a", "0cc175b9c0f1b6a831c399e269772661"),
    (b"abc", "900150983cd24fb0d6963f7d28e17f72"),
    (b"message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    (b"abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
    (b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"),
    (b"1234567890" * 8, "57edf4a22be3c955ac49da2e2107b67a"),
]


def lengths(block):
    return sorted({1, 55, 56, 63, 64, 65, 111, 112, 127, 128, block - 1, block, block + 1, 2 * block - 1,
                   2 * block, 2 * block + 1, 1000})


def by_length(name, block, source):
    return [case(f"length-{n}", source, message=pattern(n), digest=hashlib.new(name, pattern(n)).digest())
            for n in lengths(block)]


def sha2():
    for name, (algorithm, block, path) in SHA2.items():
        cases = []
        for number, octets, times, printed in PRINTED[name]:
            digest = hashlib.new(name, octets * times).digest()
            same(f"{algorithm} test {number}", digest, unhex(printed))
            if times == 1:
                cases.append(case(f"rfc6234-test-{number}", 0, message=octets, digest=digest))
            else:
                cases.append(case(f"rfc6234-test-{number}", 0, repeat={"octets": octets.hex(), "times": times},
                                  digest=digest))
        cases.append(case("empty", 1, message=b"", digest=hashlib.new(name).digest()))
        write(path, "digest", algorithm, [RFC6234, SCRIPT], cases + by_length(name, block, 1))


def sha3():
    for name, (algorithm, rate, path) in SHA3.items():
        cases = [case(id, 0, note="a customary input; the digest is computed", message=message,
                      digest=hashlib.new(name, message).digest())
                 for id, message in [("empty", b""), ("abc", ABC), ("448-bits", TWO_BLOCKS_64),
                                     ("896-bits", TWO_BLOCKS_128)]]
        cases.append(case("million-a", 0, note="a customary input; the digest is computed",
                          repeat={"octets": "61", "times": 1000000},
                          digest=hashlib.new(name, b"a" * 1000000).digest()))
        write(path, "digest", algorithm, [SCRIPT], cases + by_length(name, rate, 0))


def md5():
    cases = []
    for number, (message, printed) in enumerate(MD5_SUITE, 1):
        digest = hashlib.md5(message).digest()
        same(f"MD5 {number}", digest, unhex(printed))
        cases.append(case(f"rfc1321-{number}", 0, message=message, digest=digest))
    cases.append(case("million-a", 1, repeat={"octets": "61", "times": 1000000},
                      digest=hashlib.md5(b"a" * 1000000).digest()))
    write("legacy/md5.json", "digest", "MD5", [RFC1321, SCRIPT], cases + by_length("md5", 64, 1))


sha2()
sha3()
md5()
