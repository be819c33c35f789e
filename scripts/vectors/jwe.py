"""Writes vectors/jose/jwe.json: messages that standards print, each opened by hand here first."""

import base64
import hashlib
import json

import cryptography
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

from aes_cbc_hmac import seal as cbc_hmac_seal, tag_of
from symmetric_common import PYTHON, case, computed, fixed, read, same, write

TOOL = f"{PYTHON} cryptography {cryptography.__version__}"
SCRIPT = computed(TOOL, "jwe.py")
RFC7516 = "https://www.rfc-editor.org/rfc/rfc7516"
RFC7518 = "https://www.rfc-editor.org/rfc/rfc7518"
RFC7520 = "https://www.rfc-editor.org/rfc/rfc7520"
COPY = "public test suites that give the values clause by clause"
COOKBOOK = "the files of the cookbook that the RFC is made from"
FRODO = ("You can trust us to stick with you through thick and thin\u2013to the bitter end. And you can trust us "
         "to keep any secret of yours\u2013closer than you keep it yourself. But you cannot trust us to let you face "
         "trouble alone, and go off without a word. We are your friends, Frodo.").encode()
BITS = {"P-256": (32, ec.SECP256R1()), "P-384": (48, ec.SECP384R1())}


def b64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def b64u(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def number(text):
    return int.from_bytes(b64(text), "big")


def private_of(jwk):
    if jwk["kty"] == "RSA":
        public = rsa.RSAPublicNumbers(number(jwk["e"]), number(jwk["n"]))
        parts = [number(jwk[name]) for name in ("p", "q", "d", "dp", "dq", "qi")]
        return rsa.RSAPrivateNumbers(*parts, public).private_key()
    if jwk["kty"] == "OKP":
        return X25519PrivateKey.from_private_bytes(b64(jwk["d"]))
    curve = BITS[jwk["crv"]][1]
    public = ec.EllipticCurvePublicNumbers(number(jwk["x"]), number(jwk["y"]), curve)
    return ec.EllipticCurvePrivateNumbers(number(jwk["d"]), public).private_key()


def shared(own, epk):
    if epk["kty"] == "OKP":
        return own.exchange(X25519PublicKey.from_public_bytes(b64(epk["x"])))
    peer = ec.EllipticCurvePublicNumbers(number(epk["x"]), number(epk["y"]), BITS[epk["crv"]][1])
    return own.exchange(ec.ECDH(), peer.public_key())


def concat_kdf(z, name, size, apu, apv):
    info = b"".join(len(part).to_bytes(4, "big") + part for part in (name.encode(), apu, apv))
    out = b""
    for counter in range(1, 1 + -(-size // 32)):
        out += hashlib.sha256(counter.to_bytes(4, "big") + z + info + (8 * size).to_bytes(4, "big")).digest()
    return out[:size]


def key_size(enc):
    return int(enc[1:4]) // (4 if "CBC" in enc else 8)


def cek_of(header, jwk, encrypted_key):
    alg, size = header["alg"], key_size(header["enc"])
    if alg == "dir":
        return b64(jwk["k"])
    if alg.startswith("RSA-OAEP"):
        name = {"RSA-OAEP": hashes.SHA1(), "RSA-OAEP-256": hashes.SHA256()}[alg]
        return private_of(jwk).decrypt(encrypted_key, padding.OAEP(padding.MGF1(name), name, None))
    if alg.endswith("KW") and not alg.startswith("ECDH"):
        return aes_key_unwrap(b64(jwk["k"]), encrypted_key)
    z = shared(private_of(jwk), header["epk"])
    parties = b64(header.get("apu", "")), b64(header.get("apv", ""))
    if alg == "ECDH-ES":
        return concat_kdf(z, header["enc"], size, *parties)
    wrapping = concat_kdf(z, alg, int(alg[-5:-2]) // 8, *parties)
    return aes_key_unwrap(wrapping, encrypted_key)


def seal(enc, cek, iv, plaintext, aad):
    if "CBC" in enc:
        return cbc_hmac_seal(f"sha{enc[-3:]}", cek, iv, plaintext, aad)
    sealed = AESGCM(cek).encrypt(iv, plaintext, aad)
    return sealed[:-16], sealed[-16:]


def check(id, token, jwk, plaintext):
    encoded, encrypted_key, iv, ciphertext, tag = token.split(".")
    header = json.loads(b64(encoded))
    cek = cek_of(header, jwk, b64(encrypted_key))
    assert len(cek) == key_size(header["enc"])
    again = seal(header["enc"], cek, b64(iv), plaintext, encoded.encode())
    same(f"{id} ciphertext", again[0], b64(ciphertext))
    same(f"{id} tag", again[1], b64(tag))
    return header


def message(header, encrypted_key, enc, cek, iv, plaintext):
    encoded = b64u(json.dumps(header, separators=(",", ":")).encode())
    return ".".join([encoded, *map(b64u, (encrypted_key, iv, *seal(enc, cek, iv, plaintext, encoded.encode())))])


RSA_A1 = {
    "kty": "RSA",
    "n": "oahUIoWw0K0usKNuOR6H4wkf4oBUXHTxRvgb48E-BVvxkeDNjbC4he8rUWcJoZmds2h7M70imEVhRU5djINXtqllXI4DFqcI1DgjT9Le"
         "wND8MW2Krf3Spsk_ZkoFnilakGygTwpZ3uesH-PFABNIUYpOiN15dsQRkgr0vEhxN92i2asbOenSZeyaxziK72UwxrrKoExv6kc5twXT"
         "q4h-QChLOln0_mtUZwfsRaMStPs6mS6XrgxnxbWhojf663tuEQueGC-FCMfra36C9knDFGzKsNa7LZK2djYgyD3JR_MB_4NUJW_TqOQt"
         "wHYbxevoJArm-L5StowjzGy-_bq6Gw",
    "e": "AQAB",
    "d": "kLdtIj6GbDks_ApCSTYQtelcNttlKiOyPzMrXHeI-yk1F7-kpDxY4-WY5NWV5KntaEeXS1j82E375xxhWMHXyvjYecPT9fpwR_M9gV8n"
         "9Hrh2anTpTD93Dt62ypW3yDsJzBnTnrYu1iwWRgBKrEYY46qAZIrA2xAwnm2X7uGR1hghkqDp0Vqj3kbSCz1XyfCs6_LehBwtxHIyh8R"
         "ipy40p24moOAbgxVw3rxT_vlt3UVe4WO3JkJOzlpUf-KTVI2Ptgm-dARxTEtE-id-4OJr0h-K-VFs3VSndVTIznSxfyrj8ILL6MG_Uv8"
         "YAu7VILSB3lOW085-4qE3DzgrTjgyQ",
    "p": "1r52Xk46c-LsfB5P442p7atdPUrxQSy4mti_tZI3Mgf2EuFVbUoDBvaRQ-SWxkbkmoEzL7JXroSBjSrK3YIQgYdMgyAEPTPjXv_hI2_1"
         "eTSPVZfzL0lffNn03IXqWF5MDFuoUYE0hzb2vhrlN_rKrbfDIwUbTrjjgieRbwC6Cl0",
    "q": "wLb35x7hmQWZsWJmB_vle87ihgZ19S8lBEROLIsZG4ayZVe9Hi9gDVCOBmUDdaDYVTSNx_8Fyw1YYa9XGrGnDew00J28cRUoeBB_jKI1"
         "oma0Orv1T9aXIWxKwd4gvxFImOWr3QRL9KEBRzk2RatUBnmDZJTIAfwTs0g68UZHvtc",
    "dp": "ZK-YwE7diUh0qR1tR7w8WHtolDx3MZ_OTowiFvgfeQ3SiresXjm9gZ5KLhMXvo-uz-KUJWDxS5pFQ_M0evdo1dKiRTjVw_x4NyqyXPM5"
          "nULPkcpU827rnpZzAJKpdhWAgqrXGKAECQH0Xt4taznjnd_zVpAmZZq60WPMBMfKcuE",
    "dq": "Dq0gfgJ1DdFGXiLvQEZnuKEN0UUmsJBxkjydc3j4ZYdBiMRAy86x0vHCjywcMlYYg4yoC4YZa9hNVcsjqA3FeiL19rk8g6Qn29Tt0cj8"
          "qqyFpz9vNDBUfCAiJVeESOjJDZPYHdHY8v1b-o-Z2X5tvLx-TCekf7oxyeKDUqKWjis",
    "qi": "VIMpMYbPf47dT1w_zDUXfPimsSegnMOA1zTaX7aGk_8urY6R8-ZW1FxU7AlWAyLWybqq6t16VFd7hQd0y6flUK4SlOydB61gwanOsXGO"
          "AOv82cHq0E3eL4HrtZkUuKvnPrMnsUUFlfUdybVzxyjz9JF_XyaY14ardLSjf4L_FNY",
}
TOKEN_A1 = ("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ."
            "OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZKTyKOMTYUmKoTCVJRgckCL9kiMT03JGeipsEdY3mx_etLbbWSrFr05kLzcSr4qKAq7YN7e9j"
            "wQRb23nfa6c9d-StnImGyFDbSv04uVuxIp5Zms1gNxKKK2Da14B8S4rzVRltdYwam_lDp5XnZAYpQdb76FdIKLaVmqgfwX7XWRxv2322"
            "i-vDxRfqNzo_tETKzpVLzfiwQyeyPGLBIO56YJ7eObdv0je81860ppamavo35UgoRdbYaBcoh9QcfylQr66oc6vFWXRcZ_ZT2LawVCWT"
            "Iy3brGPi6UklfCpIMfIjf7iGdXKHzg."
            "48V1_ALb6US04U3b."
            "5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A."
            "XFBoMYUZodetZdvTiFvSkQ")
OCT_A3 = {"kty": "oct", "k": "GawgguFyGrWKav7AX4VKUg"}
TOKEN_A3 = ("eyJhbGciOiJBMTI4S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0."
            "6KB707dM9YTIgHtLvtgWQ8mKwboJW3of9locizkDTHzBC2IlrT1oOQ."
            "AxY8DCtDaGlsbGljb3RoZQ.KDlTtXchhZTGufMYmOYGS4HffxPSUrfmqCHXaI9wOGY.U0m_YmjN04DJvceFICbCVQ")
EC_5_4 = {
    "kty": "EC", "kid": "peregrin.took@tuckborough.example", "use": "enc", "crv": "P-384",
    "x": "YU4rRUzdmVqmRtWOs2OpDE_T5fsNIodcG8G5FWPrTPMyxpzsSOGaQLpe2FpxBmu2",
    "y": "A8-yxCHxkfBz3hKZfI1jUYMjUhsEveZ9THuwFjH2sCNdtksRJU7D5-SkgaFL1ETP",
    "d": "iTx2pk7wW-GqJkHcEkFQb2EFyYcO7RugmaW3mRrQVAOUiPommT0IdnYK2xDlZh-j",
}
TOKEN_5_4 = (
    "eyJhbGciOiJFQ0RILUVTK0ExMjhLVyIsImtpZCI6InBlcmVncmluLnRvb2tAdHVja2Jvcm91Z2guZXhhbXBsZSIsImVwayI6eyJrdHkiOiJFQyIs"
    "ImNydiI6IlAtMzg0IiwieCI6InVCbzRrSFB3Nmtiang1bDB4b3dyZF9vWXpCbWF6LUdLRlp1NHhBRkZrYllpV2d1dEVLNml1RURzUTZ3TmROZzMi"
    "LCJ5Ijoic3AzcDVTR2haVkMyZmFYdW1JLWU5SlUyTW84S3BvWXJGRHI1eVBOVnRXNFBnRXdaT3lRVEEtSmRhWTh0YjdFMCJ9LCJlbmMiOiJBMTI4"
    "R0NNIn0.0DJjBXri_kBcC46IkU5_Jk9BqaQeHdv2.mH-G2zVqgztUtnW_."
    "tkZuOO9h95OgHJmkkrfLBisku8rGf6nzVxhRM3sVOhXgz5NJ76oID7lpnAi_cPWJRCjSpAaUZ5dOR3Spy7QuEkmKx8-3RCMhSYMzsXaEwDdXta9M"
    "n5B7cCBoJKB0IgEnj_qfo1hIi-uEkUpOZ8aLTZGHfpl05jMwbKkTe2yK3mjF6SBAsgicQDVCkcY9BLluzx1RmC3ORXaM0JaHPB93YcdSDGgpgBWM"
    "VrNU1ErkjcMqMoT_wtCex3w03XdLkjXIuEr2hWgeP-nkUZTPU9EoGSPj6fAS-bSz87RCPrxZdj_iVyC6QWcqAu07WNhjzJEPc4jVntRJ6K53NgPQ"
    "5p99l3Z408OUqj4ioYezbS6vTPlQ.WuGzxmcreYjpHGJoa17EBg")
EC_5_5 = {
    "kty": "EC", "kid": "meriadoc.brandybuck@buckland.example", "use": "enc", "crv": "P-256",
    "x": "Ze2loSV3wrroKUN_4zhwGhCqo3Xhu1td4QjeQ5wIVR0", "y": "HlLtdXARY_f55A3fnzQbPcm6hgr34Mp8p-nuzQCE0Zw",
    "d": "r_kHyZ-a06rmxM3yESK84r1otSg-aQcVStkRhA-iCM8",
}
TOKEN_5_5 = (
    "eyJhbGciOiJFQ0RILUVTIiwia2lkIjoibWVyaWFkb2MuYnJhbmR5YnVja0BidWNrbGFuZC5leGFtcGxlIiwiZXBrIjp7Imt0eSI6IkVDIiwiY3J2"
    "IjoiUC0yNTYiLCJ4IjoibVBVS1RfYkFXR0hJaGcwVHBqanFWc1AxclhXUXVfdndWT0hIdE5rZFlvQSIsInkiOiI4QlFBc0ltR2VBUzQ2ZnlXdzVN"
    "aFlmR1RUMElqQnBGdzJTUzM0RHY0SXJzIn0sImVuYyI6IkExMjhDQkMtSFMyNTYifQ..yc9N8v5sYyv3iGQT926IUg."
    "BoDlwPnTypYq-ivjmQvAYJLb5Q6l-F3LIgQomlz87yW4OPKbWE1zSTEFjDfhU9IPIOSA9Bml4m7iDFwA-1ZXvHteLDtw4R1XRGMEsDIqAYtskTTm"
    "zmzNa-_q4F_evAPUmwlO-ZG45Mnq4uhM1fm_D9rBtWolqZSF3xGNNkpOMQKF1Cl8i8wjzRli7-IXgyirlKQsbhhqRzkv8IcY6aHl24j03C-AR2le"
    "1r7URUhArM79BY8soZU0lzwI-sD5PZ3l4NDCCei9XkoIAfsXJWmySPoeRb2Ni5UZL4mYpvKDiwmyzGd65KqVw7MsFfI_K767G9C9Azp73gKZD0Dy"
    "Un1mn0WW5LmyX_yJ-3AROq8p1WZBfG-ZyJ6195_JGG2m9Csg.WCCkNa-x4BeB9hIDIfFuhg")
OCT_5_6 = {"kty": "oct", "kid": "77c7e2b8-6e13-45cf-8672-617b5b45243a", "use": "enc", "alg": "A128GCM",
           "k": "XctOhJAkA-pD9Lh7ZgW_2A"}
TOKEN_5_6 = (
    "eyJhbGciOiJkaXIiLCJraWQiOiI3N2M3ZTJiOC02ZTEzLTQ1Y2YtODY3Mi02MTdiNWI0NTI0M2EiLCJlbmMiOiJBMTI4R0NNIn0.."
    "refa467QzzKx6QAB."
    "JW_i_f52hww_ELQPGaYyeAB6HYGcR559l9TYnSovc23XJoBcW29rHP8yZOZG7YhLpT1bjFuvZPjQS-m0IFtVcXkZXdH_lr_FrdYt9HRUYkshtrMm"
    "IUAyGmUnd9zMDB2n0cRDIHAzFVeJUDxkUwVAE7_YGRPdcqMyiBoCO-FBdE-Nceb4h3-FtBP-c_BIwCPTjb9o0SbdcdREEMJMyZBH8ySWMVi1gPD9"
    "yxi-aQpGbSv_F9N4IZAxscj5g-NJsUPbjk29-s7LJAGb15wEBtXphVCgyy53CoIKLHHeJHXex45Uz9aKZSRSInZI-wjsY0yu3cT4_aQ3i1o-tiE-"
    "F8Ios61EKgyIQ4CWao8PFMj8TTnp.vbb32Xvllea2OtmHAdccRQ")
OCT_5_8 = {"kty": "oct", "kid": "81b20965-8332-43d9-a468-82160ad91ac8", "use": "enc", "alg": "A128KW",
           "k": "GZy6sIZ6wl9NJOKB-jnmVQ"}
TOKEN_5_8 = (
    "eyJhbGciOiJBMTI4S1ciLCJraWQiOiI4MWIyMDk2NS04MzMyLTQzZDktYTQ2OC04MjE2MGFkOTFhYzgiLCJlbmMiOiJBMTI4R0NNIn0."
    "CBI6oDw8MydIx1IBntf_lQcw2MmJKIQx.Qx0pmsDa8KnJc9Jo."
    "AwliP-KmWgsZ37BvzCefNen6VTbRK3QMA4TkvRkH0tP1bTdhtFJgJxeVmJkLD61A1hnWGetdg11c9ADsnWgL56NyxwSYjU1ZEHcGkd3EkU0vjHi9"
    "gTlb90qSYFfeF0LwkcTtjbYKCsiNJQkcIp1yeM03OmuiYSoYJVSpf7ej6zaYcMv3WwdxDFl8REwOhNImk2Xld2JXq6BR53TSFkyT7PwVLuq-1Gwt"
    "GHlQeg7gDT6xW0JqHDPn_H-puQsmthc9Zg0ojmJfqqFvETUxLAF-KjcBTS5dNy6egwkYtOt8EIHK-oEsKYtZRaa8Z7MOZ7UGxGIMvEmxrGCPeJa1"
    "4slv2-gaqK0kEThkaSqdYw0FkQZF.ER7MWJZ1FBI_NKvn7Zb1Lw")
# RFC 7518, appendix C: the keys, the header and the key that is agreed on.
ALICE = {"kty": "EC", "crv": "P-256", "x": "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
         "y": "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps", "d": "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"}
BOB = {"kty": "EC", "crv": "P-256", "x": "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
       "y": "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck", "d": "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"}
AGREED = "VqqN6vgjbSBcIijNcacQGg"
# RFC 8037, appendix A.6: Bob's key (its private half is RFC 7748's, section 6.1), the sender's, and the header.
BOB_25519 = {"kty": "OKP", "crv": "X25519", "kid": "Bob", "x": "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08",
             "d": "XasIfmJKikt54X-Lg4AO5m87sSkmGLb9HC-LJ_-I4Os"}
EPK_25519 = {"kty": "OKP", "crv": "X25519", "x": "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo"}

sources = [
    read("RFC 7516", "A.1, A.3", f"{RFC7516}#appendix-A", TOOL, COPY),
    read("RFC 7520", "5.4-5.6, 5.8", f"{RFC7520}#section-5", TOOL, COOKBOOK),
    read("RFC 7518", "C", f"{RFC7518}#appendix-C", TOOL, COPY),
    read("RFC 8037", "A.6", "https://www.rfc-editor.org/rfc/rfc8037#appendix-A.6", TOOL, COPY),
    SCRIPT,
]
cases = []


def add(id, source, token, jwk, plaintext, note=None, **fields):
    header = check(id, token, jwk, plaintext)
    cases.append(case(id, source, note, alg=header["alg"], enc=header["enc"], key=jwk, token=token,
                      plaintext=plaintext, **fields))


add("rfc7516-a.1", 0, TOKEN_A1, RSA_A1, b"The true sign of intelligence is not knowledge but imagination.")
add("rfc7516-a.3", 0, TOKEN_A3, OCT_A3, b"Live long and prosper.")
add("rfc7520-5.4", 1, TOKEN_5_4, EC_5_4, FRODO)
add("rfc7520-5.5", 1, TOKEN_5_5, EC_5_5, FRODO)
add("rfc7520-5.6", 1, TOKEN_5_6, OCT_5_6, FRODO)
add("rfc7520-5.8", 1, TOKEN_5_8, OCT_5_8, FRODO)

epk = {name: ALICE[name] for name in ("kty", "crv", "x", "y")}
header = {"alg": "ECDH-ES", "enc": "A128GCM", "apu": "QWxpY2U", "apv": "Qm9i", "epk": epk}
agreed = concat_kdf(shared(private_of(BOB), epk), "A128GCM", 16, b"Alice", b"Bob")
same("RFC 7518, C", agreed, b64(AGREED))
iv = fixed("jwe iv", 12)
add("rfc7518-c", 2, message(header, b"", "A128GCM", agreed, iv, b"from Alice to Bob"), BOB, b"from Alice to Bob",
    "the keys, the header and the agreed key are the RFC's; the content is made here")
same("RFC 8037, A.6 d", private_of(BOB_25519).public_key().public_bytes_raw(), b64(BOB_25519["x"]))
header = {"alg": "ECDH-ES+A128KW", "epk": EPK_25519, "enc": "A128GCM", "kid": "Bob"}
z = shared(private_of(BOB_25519), EPK_25519)
same("RFC 8037, A.6 Z", z, bytes.fromhex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"))
cek = fixed("jwe cek", 16)
wrapped = aes_key_wrap(concat_kdf(z, "ECDH-ES+A128KW", 16, b"", b""), cek)
add("rfc8037-a.6", 3, message(header, wrapped, "A128GCM", cek, iv, b"from the sender to Bob"), BOB_25519,
    b"from the sender to Bob", "the keys and the header are the RFC's; the content is made here")

# Every way to carry a key over every way to encrypt content, with one key of each kind.
OCT = {size: {"kty": "oct", "k": b64u(fixed(f"jwe oct {size}", size))} for size in (16, 24, 32, 48, 64)}
ENCS = ("A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512")
TEXT = b"content"
for enc in ENCS:
    size = key_size(enc)
    iv = fixed(f"jwe {enc} iv", 16 if "CBC" in enc else 12)
    cek = fixed(f"jwe {enc} cek", size)
    own = OCT[size]
    add(f"dir-{enc}", 4, message({"alg": "dir", "enc": enc}, b"", enc, b64(own["k"]), iv, TEXT), own, TEXT)
    for bits in (128, 192, 256):
        own = OCT[bits // 8]
        wrapped = aes_key_wrap(b64(own["k"]), cek)
        header = {"alg": f"A{bits}KW", "enc": enc}
        add(f"a{bits}kw-{enc}", 4, message(header, wrapped, enc, cek, iv, TEXT), own, TEXT)
        for own, epk, curve in ((BOB, {n: ALICE[n] for n in ("kty", "crv", "x", "y")}, "p-256"),
                                (BOB_25519, EPK_25519, "x25519")):
            header = {"alg": f"ECDH-ES+A{bits}KW", "enc": enc, "epk": epk}
            wrapping = concat_kdf(shared(private_of(own), epk), header["alg"], bits // 8, b"", b"")
            wrapped = aes_key_wrap(wrapping, cek)
            add(f"ecdh-{curve}-a{bits}kw-{enc}", 4, message(header, wrapped, enc, cek, iv, TEXT), own, TEXT)
    for own, epk, curve in ((BOB, {n: ALICE[n] for n in ("kty", "crv", "x", "y")}, "p-256"),
                            (BOB_25519, EPK_25519, "x25519")):
        header = {"alg": "ECDH-ES", "enc": enc, "epk": epk}
        agreed = concat_kdf(shared(private_of(own), epk), enc, size, b"", b"")
        add(f"ecdh-{curve}-{enc}", 4, message(header, b"", enc, agreed, iv, TEXT), own, TEXT)

# Bad ones: each is the message of RFC 7520, 5.8, or one made as above, with one thing changed.
FAILED = "ERR_DECRYPT_FAILED"


def bad(id, token, jwk, alg, enc, expect, note):
    cases.append(case(f"bad-{id}", 4, note, alg=alg, enc=enc, key=jwk, token=token, plaintext=b"", expect=expect))


kw = OCT[16]
iv = fixed("jwe bad iv", 12)


def wrapped_as(header, cek, enc="A128GCM", iv=iv, encrypted_key=None):
    carried = aes_key_wrap(b64(kw["k"]), cek) if encrypted_key is None else encrypted_key
    return message(header, carried, enc, cek, iv, TEXT)


plain = {"alg": "A128KW", "enc": "A128GCM"}
cek16, cek24 = fixed("jwe bad cek", 16), fixed("jwe bad cek", 24)
good = wrapped_as(plain, cek16)
parts = good.split(".")
bad("cek-long", ".".join([parts[0], b64u(aes_key_wrap(b64(kw["k"]), cek24)), *parts[2:]]), kw, "A128KW", "A128GCM",
    FAILED, "a wrapped key of 24 octets, where A128GCM has 16")
bad("key-spoilt", ".".join([parts[0], b64u(bytes(24)), *parts[2:]]), kw, "A128KW", "A128GCM", FAILED,
    "a wrapped key that does not unwrap")
bad("key-none", ".".join([parts[0], "", *parts[2:]]), kw, "A128KW", "A128GCM", FAILED, "no wrapped key")
bad("iv-16", wrapped_as(plain, cek16, iv=fixed("jwe bad iv", 16)), kw, "A128KW", "A128GCM", FAILED,
    "an IV of 16 octets, where RFC 7518, section 5.3, has 12")
bad("tag-short", ".".join([*parts[:4], b64u(b64(parts[4])[:15])]), kw, "A128KW", "A128GCM", FAILED,
    "a tag of 15 octets")
bad("tag-none", ".".join([*parts[:4], ""]), kw, "A128KW", "A128GCM", FAILED, "no tag")
bad("zip", wrapped_as({**plain, "zip": "DEF"}, cek16), kw, "A128KW", "A128GCM", "ERR_JOSE_HEADER", "compressed")
bad("crit", wrapped_as({**plain, "crit": ["exp"], "exp": 1}, cek16), kw, "A128KW", "A128GCM",
    "ERR_JOSE_CRITICAL", "an extension that must be understood")
bad("crit-empty", wrapped_as({**plain, "crit": []}, cek16), kw, "A128KW", "A128GCM", "ERR_JOSE_HEADER",
    "RFC 7516, section 4.1.13: crit is not empty")
bad("alg-dir", wrapped_as({"alg": "dir", "enc": "A128GCM"}, cek16), kw, "A128KW", "A128GCM",
    "ERR_JOSE_ALGORITHM", "dir, with a key that wraps")
bad("alg-none", wrapped_as({"alg": "none", "enc": "A128GCM"}, cek16), kw, "A128KW", "A128GCM",
    "ERR_JOSE_ALGORITHM", "none")
bad("alg-pbes2", wrapped_as({"alg": "PBES2-HS256+A128KW", "enc": "A128GCM", "p2c": 2147483647, "p2s": "AAAA"},
                            cek16), kw, "A128KW", "A128GCM", "ERR_JOSE_ALGORITHM", "a password, and much work")
bad("alg-missing", wrapped_as({"enc": "A128GCM"}, cek16), kw, "A128KW", "A128GCM", "ERR_JOSE_HEADER", "no alg")
bad("enc-missing", wrapped_as({"alg": "A128KW"}, cek16), kw, "A128KW", "A128GCM", "ERR_JOSE_HEADER", "no enc")
bad("enc-other", wrapped_as({**plain, "enc": "A256GCM"}, cek16), kw, "A128KW", "A128GCM",
    "ERR_JOSE_ALGORITHM", "an enc that the caller does not allow")
bad("header-twice", ".".join([b64u(b'{"alg":"A128KW","enc":"A128GCM","alg":"dir"}'), *parts[1:]]), kw, "A128KW",
    "A128GCM", "ERR_JSON_DUPLICATE", "a header with alg twice")
bad("parts-4", ".".join(parts[:4]), kw, "A128KW", "A128GCM", "ERR_JOSE_FORM", "four parts")
bad("parts-6", f"{good}.", kw, "A128KW", "A128GCM", "ERR_JOSE_FORM", "six parts")
bad("base64url-padded", f"{good}==", kw, "A128KW", "A128GCM", "ERR_BASE64URL", "padding")
bad("base64url-spare-bits", ".".join([*parts[:4], parts[4][:-1] + ("B" if parts[4][-1] in "AQgw" else "_")]), kw,
    "A128KW", "A128GCM", "ERR_BASE64URL", "the same octets in another spelling")
iv = fixed("jwe bad iv", 12)
agreed = concat_kdf(shared(private_of(BOB), ALICE), "A128GCM", 16, b"", b"")


def ecdh(epk, encrypted_key=b""):
    header = {"alg": "ECDH-ES", "enc": "A128GCM", **({} if epk is None else {"epk": epk})}
    return message(header, encrypted_key, "A128GCM", agreed, iv, TEXT)


public = {name: ALICE[name] for name in ("kty", "crv", "x", "y")}
off_curve = b64u((number(ALICE["y"]) ^ 1).to_bytes(32, "big"))
bad("epk-off-curve", ecdh({**public, "y": off_curve}), BOB, "ECDH-ES", "A128GCM", FAILED, "not a point of the curve")
bad("epk-none", ecdh(None), BOB, "ECDH-ES", "A128GCM", "ERR_JOSE_HEADER", "no epk")
bad("epk-private", ecdh(ALICE), BOB, "ECDH-ES", "A128GCM", "ERR_JOSE_HEADER", "an epk with its private half")
bad("epk-curve", ecdh({**public, "crv": "P-384"}), BOB, "ECDH-ES", "A128GCM", "ERR_JOSE_HEADER", "another curve")
bad("epk-okp", ecdh(EPK_25519), BOB, "ECDH-ES", "A128GCM", "ERR_JOSE_HEADER", "a key of X25519")
bad("epk-short", ecdh({**public, "x": b64u(b64(ALICE["x"])[1:])}), BOB, "ECDH-ES", "A128GCM", "ERR_JOSE_HEADER",
    "a coordinate of 31 octets")
bad("epk-text", ecdh("epk"), BOB, "ECDH-ES", "A128GCM", "ERR_JOSE_HEADER", "an epk that is a text")
bad("ecdh-with-key", ecdh(public, bytes(24)), BOB, "ECDH-ES", "A128GCM", FAILED,
    "RFC 7516, section 5.2, step 10: an encrypted key, where the key is agreed on")
own = OCT[16]
bad("dir-with-key", message({"alg": "dir", "enc": "A128GCM"}, bytes(24), "A128GCM", b64(own["k"]), iv, TEXT), own,
    "dir", "A128GCM", FAILED, "RFC 7516, section 5.2, step 10: an encrypted key, where the key is shared")
zero = {"kty": "OKP", "crv": "X25519", "x": b64u(bytes(32))}
header = {"alg": "ECDH-ES", "enc": "A128GCM", "epk": zero}
bad("epk-zero", message(header, b"", "A128GCM", concat_kdf(bytes(32), "A128GCM", 16, b"", b""), iv, TEXT), BOB_25519,
    "ECDH-ES", "A128GCM", FAILED, "a key of small order: the shared secret is zero for everybody")
write("jose/jwe.json", "jwe", "JWE", sources, cases)
