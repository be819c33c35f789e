"""Writes vectors/http/rfc9421-*.json: the signed messages of RFC 9421, sections 2.4 and 4.3 and
appendix B. The values stand here as the RFC prints them. The base of each is built here again, and
cryptography verifies the signature over it, before anything is written."""
import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from asymmetric_common import CRYPTOGRAPHY, read, write

SOURCE = read("RFC 9421", "2.4, 4.3, B.1 to B.4", "https://www.rfc-editor.org/rfc/rfc9421", CRYPTOGRAPHY,
              "read in the last draft, and 2.4 and 4.3 in tests of other implementations that repeat "
              "the RFC; in B.2.4 the digest is the one that was signed, which is that of the body")

SECRET = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
PUBLIC_RSA = """-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----"""
PRIVATE_RSA = """-----BEGIN RSA PRIVATE KEY-----
MIIEqAIBAAKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsP
BRrwWEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsd
JKFqMGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75
jfZgkne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKI
lE0PuKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZ
SFlQPSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQABAoIBAG/JZuSWdoVHbi56
vjgCgkjg3lkO1KrO3nrdm6nrgA9P9qaPjxuKoWaKO1cBQlE1pSWp/cKncYgD5WxE
CpAnRUXG2pG4zdkzCYzAh1i+c34L6oZoHsirK6oNcEnHveydfzJL5934egm6p8DW
+m1RQ70yUt4uRc0YSor+q1LGJvGQHReF0WmJBZHrhz5e63Pq7lE0gIwuBqL8SMaA
yRXtK+JGxZpImTq+NHvEWWCu09SCq0r838ceQI55SvzmTkwqtC+8AT2zFviMZkKR
Qo6SPsrqItxZWRty2izawTF0Bf5S2VAx7O+6t3wBsQ1sLptoSgX3QblELY5asI0J
YFz7LJECgYkAsqeUJmqXE3LP8tYoIjMIAKiTm9o6psPlc8CrLI9CH0UbuaA2JCOM
cCNq8SyYbTqgnWlB9ZfcAm/cFpA8tYci9m5vYK8HNxQr+8FS3Qo8N9RJ8d0U5Csw
DzMYfRghAfUGwmlWj5hp1pQzAuhwbOXFtxKHVsMPhz1IBtF9Y8jvgqgYHLbmyiu1
mwJ5AL0pYF0G7x81prlARURwHo0Yf52kEw1dxpx+JXER7hQRWQki5/NsUEtv+8RT
qn2m6qte5DXLyn83b1qRscSdnCCwKtKWUug5q2ZbwVOCJCtmRwmnP131lWRYfj67
B/xJ1ZA6X3GEf4sNReNAtaucPEelgR2nsN0gKQKBiGoqHWbK1qYvBxX2X3kbPDkv
9C+celgZd2PW7aGYLCHq7nPbmfDV0yHcWjOhXZ8jRMjmANVR/eLQ2EfsRLdW69bn
f3ZD7JS1fwGnO3exGmHO3HZG+6AvberKYVYNHahNFEw5TsAcQWDLRpkGybBcxqZo
81YCqlqidwfeO5YtlO7etx1xLyqa2NsCeG9A86UjG+aeNnXEIDk1PDK+EuiThIUa
/2IxKzJKWl1BKr2d4xAfR0ZnEYuRrbeDQYgTImOlfW6/GuYIxKYgEKCFHFqJATAG
IxHrq1PDOiSwXd2GmVVYyEmhZnbcp8CxaEMQoevxAta0ssMK3w6UsDtvUvYvF22m
qQKBiD5GwESzsFPy3Ga0MvZpn3D6EJQLgsnrtUPZx+z2Ep2x0xc5orneB5fGyF1P
WtP+fG5Q6Dpdz3LRfm+KwBCWFKQjg7uTxcjerhBWEYPmEMKYwTJF5PBG9/ddvHLQ
EQeNC8fHGg4UXU8mhHnSBt3EA10qQJfRDs15M38eG2cYwB1PZpDHScDnDA0=
-----END RSA PRIVATE KEY-----"""
PUBLIC_PSS = """-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----"""
PUBLIC_P256 = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
-----END PUBLIC KEY-----"""
PUBLIC_ED = """-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----"""
PRIVATE_ED = """-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----"""

# method or status, target, authority, header lines, body
MESSAGE_1 = ("POST", "/foo?param=Value&Pet=dog", "example.com", [
    ("Host", "example.com"),
    ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
    ("Content-Type", "application/json"),
    ("Content-Digest", ("sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew="
                       "=:")),
    ("Content-Length", "18"),
], "{\"hello\": \"world\"}")
MESSAGE_2 = (200, "", "", [
    ("Date", "Tue, 20 Apr 2021 02:07:56 GMT"),
    ("Content-Type", "application/json"),
    ("Content-Digest", ("sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ="
                       "=:")),
    ("Content-Length", "23"),
], "{\"message\": \"good dog\"}")
MESSAGE_3 = ("POST", "/foo?param=Value&Pet=dog", "service.internal.example", [
    ("Host", "service.internal.example"),
    ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
    ("Content-Type", "application/json"),
    ("Content-Length", "18"),
    ("Client-Cert", (":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkx"
                    "BIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZ"
                    "Izj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJ"
                    "iNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAM"
                    "CBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEU"
                    "CIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:")),
], "{\"hello\": \"world\"}")
MESSAGE_4 = ("GET", "/demo?name1=Value1&Name2=value2", "example.org", [
    ("Host", "example.org"),
    ("Date", "Fri, 15 Jul 2022 14:24:55 GMT"),
    ("Accept", "application/json"),
    ("Accept", "*/*"),
], "")
MESSAGE_5 = ("GET", "/demo?name1=Value1&Name2=value2&param=added", "example.org", [
    ("Host", "example.org"),
    ("Date", "Fri, 15 Jul 2022 14:24:55 GMT"),
    ("Accept", "application/json"),
    ("Accept", "*/*"),
    ("Accept-Language", "en-US,en;q=0.5"),
], "")
MESSAGE_6 = ("GET", "/demo?name1=Value1&Name2=value2", "example.org", [
    ("Host", "example.org"),
    ("Referer", "https://developer.example.org/demo"),
    ("Accept", "application/json, */*"),
], "")
MESSAGE_7 = ("GET", "/demo?name1=Value1&Name2=value2", "example.org", [
    ("Accept", "application/json"),
    ("Accept", "*/*"),
    ("Date", "Fri, 15 Jul 2022 14:24:55 GMT"),
    ("Host", "example.org"),
], "")
MESSAGE_8 = ("POST", "/demo?name1=Value1&Name2=value2", "example.com", [
    ("Host", "example.com"),
    ("Date", "Fri, 15 Jul 2022 14:24:55 GMT"),
    ("Accept", "application/json"),
    ("Accept", "*/*"),
], "")
MESSAGE_9 = ("GET", "/demo?name1=Value1&Name2=value2", "example.org", [
    ("Host", "example.org"),
    ("Date", "Fri, 15 Jul 2022 14:24:55 GMT"),
    ("Accept", "*/*"),
    ("Accept", "application/json"),
], "")
MESSAGE_10 = ("POST", "/foo?param=Value&Pet=dog", "example.com", [
    ("Host", "example.com"),
    ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
    ("Content-Digest", ("sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew="
                       "=:")),
    ("Content-Type", "application/json"),
    ("Content-Length", "18"),
], "{\"hello\": \"world\"}")
MESSAGE_11 = (503, "", "", [
    ("Date", "Tue, 20 Apr 2021 02:07:56 GMT"),
    ("Content-Type", "application/json"),
    ("Content-Length", "62"),
    ("Content-Digest", ("sha-512=:0Y6iCBzGg5rZtoXS95Ijz03mslf6KAMCloESHObfwnHJDbkkWWQz6PhhU9kxsTbARtY2PTBOzq24uJFpHsMuAg="
                       "=:")),
], "{\"busy\": true, \"message\": \"Your call is very important to us\"}")
MESSAGE_12 = ("POST", "/foo?param=Value&Pet=dog", "example.com", [
    ("Host", "example.com"),
    ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
    ("Content-Type", "application/json"),
    ("Content-Length", "18"),
    ("Content-Digest", ("sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew="
                       "=:")),
], "{\"hello\": \"world\"}")
MESSAGE_13 = ("POST", "/foo?param=Value&Pet=dog", "origin.host.internal.example", [
    ("Host", "origin.host.internal.example"),
    ("Date", "Tue, 20 Apr 2021 02:07:56 GMT"),
    ("Content-Type", "application/json"),
    ("Content-Length", "18"),
    ("Forwarded", "for=192.0.2.123;host=example.com;proto=https"),
    ("Content-Digest", ("sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew="
                       "=:")),
], "{\"hello\": \"world\"}")

# section, key, message, the request that it answers, label, Signature-Input, signature, verdict
SIGNED = [
    ("B.2.1", "test-key-rsa-pss", MESSAGE_1, None, "sig-b21",
     "();created=1618884473;keyid=\"test-key-rsa-pss\";nonce=\"b3k2pp5k7z-50gnwp.yemd\"",
     ("d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7z"
      "FZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKh"
      "O4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gC"
      "w1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q=="), "valid"),
    ("B.2.2", "test-key-rsa-pss", MESSAGE_1, None, "sig-b22",
     ("(\"@authority\" \"content-digest\" \"@query-param\";name=\"Pet\");created=1618884473;keyid=\"test-key-rsa"
      "-pss\";tag=\"header-example\""),
     ("LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8U"
      "CMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8N"
      "V7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs"
      "0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw=="), "valid"),
    ("B.2.3", "test-key-rsa-pss", MESSAGE_1, None, "sig-b23",
     ("(\"date\" \"@method\" \"@path\" \"@query\" \"@authority\" \"content-type\" \"content-digest\" \"content-length\""
      ");created=1618884473;keyid=\"test-key-rsa-pss\""),
     ("bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2vo"
      "Tp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzN"
      "BXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBro"
      "hr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA=="), "valid"),
    ("B.2.4", "test-key-ecc-p256", MESSAGE_2, None, "sig-b24",
     ("(\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-"
      "ecc-p256\""),
     "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==", "valid"),
    ("B.2.5", "test-shared-secret", MESSAGE_1, None, "sig-b25",
     "(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"",
     "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=", "valid"),
    ("B.2.6", "test-key-ed25519", MESSAGE_1, None, "sig-b26",
     ("(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid"
      "=\"test-key-ed25519\""),
     "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==", "valid"),
    ("B.3", "test-key-ecc-p256", MESSAGE_3, None, "ttrp",
     ("(\"@path\" \"@query\" \"@method\" \"@authority\" \"client-cert\");created=1618884473;keyid=\"test-key-ecc-p"
      "256\""),
     "xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==", "valid"),
    ("B.4-1", "test-key-ed25519", MESSAGE_4, None, "transform",
     "(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"",
     "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==", "valid"),
    ("B.4-2", "test-key-ed25519", MESSAGE_5, None, "transform",
     "(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"",
     "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==", "valid"),
    ("B.4-3", "test-key-ed25519", MESSAGE_6, None, "transform",
     "(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"",
     "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==", "valid"),
    ("B.4-4", "test-key-ed25519", MESSAGE_7, None, "transform",
     "(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"",
     "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==", "valid"),
    ("B.4-5", "test-key-ed25519", MESSAGE_8, None, "transform",
     "(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"",
     "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==", "invalid"),
    ("B.4-6", "test-key-ed25519", MESSAGE_9, None, "transform",
     "(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"",
     "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==", "invalid"),
    ("2.4-1", "test-key-ecc-p256", MESSAGE_11, MESSAGE_10, "reqres",
     ("(\"@status\" \"content-digest\" \"content-type\" \"@authority\";req \"@method\";req \"@path\";req \"content-d"
      "igest\";req);created=1618884479;keyid=\"test-key-ecc-p256\""),
     "dMT/A/76ehrdBTD/2Xx8QuKV6FoyzEP/I9hdzKN8LQJLNgzU4W767HK05rx1i8meNQQgQPgQp8wq2ive3tV5Ag==", "valid"),
    ("2.4-2req", "test-key-rsa-pss", MESSAGE_10, None, "sig1",
     ("(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"content-type\" \"content-length\");creat"
      "ed=1618884475;keyid=\"test-key-rsa-pss\""),
     ("e8UJ5wMiRaonlth5ERtE8GIiEH7Akcr493nQ07VPNo6y3qvjdKt0fo8VHO8xXDjmtYoatGYBGJVlMfIp06eVMEyNW2I4vN7X"
      "DAz7m5v1108vGzaDljrd0H8+SJ28g7bzn6h2xeL/8q+qUwahWA/JmC8aOC9iVnwbOKCc0WSrLgWQwTY6VLp42Qt7jjhYT5W7"
      "/wCvfK9A1VmHH1lJXsV873Z6hpxesd50PSmO+xaNeYvDLvVdZlhtw5PCtUYzKjHqwmaQ6DEuM8udRjYsoNqp2xZKcuCO1nKc"
      "0V3RjpqMZLuuyVbHDAbCzr0pg2d2VM/OC33JAU7meEjjaNz+d7LWPg=="), "valid"),
    ("2.4-2", "test-key-ecc-p256", MESSAGE_11, MESSAGE_10, "reqres",
     ("(\"@status\" \"content-digest\" \"content-type\" \"@authority\";req \"@method\";req \"@path\";req \"@query\";r"
      "eq \"content-digest\";req \"content-type\";req \"content-length\";req);created=1618884479;keyid=\"test-"
      "key-ecc-p256\""),
     "C73J41GVKc+TYXbSobvZf0CmNcptRiWN+NY1Or0A36ISg6ymdRN6ZgR2QfrtopFNzqAyv+CeWrMsNbcV2Ojsgg==", "valid"),
    ("4.3-sig1", "test-key-ecc-p256", MESSAGE_12, None, "sig1",
     ("(\"@method\" \"@authority\" \"@path\" \"content-digest\" \"content-type\" \"content-length\");created=161888"
      "4475;keyid=\"test-key-ecc-p256\""),
     "X5spyd6CFnAG5QnDyHfqoSNICd+BUP4LYMz2Q0JXlb//4Ijpzp+kve2w4NIyqeAuM7jTDX+sNalzA8ESSaHD3A==", "valid"),
    ("4.3-proxy", "test-key-rsa", MESSAGE_13, None, "proxy_sig",
     ("(\"@method\" \"@authority\" \"@path\" \"content-digest\" \"content-type\" \"content-length\" \"forwarded\");cr"
      "eated=1618884480;keyid=\"test-key-rsa\";alg=\"rsa-v1_5-sha256\";expires=1618884540"),
     ("S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcn"
      "L9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB"
      "8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+Y"
      "uI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g=="), "valid"),
    ("4.3-sig1-after-proxy", "test-key-ecc-p256", MESSAGE_13, None, "sig1",
     ("(\"@method\" \"@authority\" \"@path\" \"content-digest\" \"content-type\" \"content-length\");created=161888"
      "4475;keyid=\"test-key-ecc-p256\""),
     "X5spyd6CFnAG5QnDyHfqoSNICd+BUP4LYMz2Q0JXlb//4Ijpzp+kve2w4NIyqeAuM7jTDX+sNalzA8ESSaHD3A==", "invalid"),
]

ALGORITHMS = {
    "test-key-rsa": ("RSASSA-PKCS1-v1_5 SHA-256", "rsa-v1_5-sha256", PUBLIC_RSA, PRIVATE_RSA),
    "test-key-rsa-pss": ("RSASSA-PSS SHA-512", "rsa-pss-sha512", PUBLIC_PSS, None),
    "test-key-ecc-p256": ("ECDSA P-256 SHA-256", "ecdsa-p256-sha256", PUBLIC_P256, None),
    "test-key-ed25519": ("Ed25519", "ed25519", PUBLIC_ED, PRIVATE_ED),
    "test-shared-secret": ("HMAC-SHA-256", "hmac-sha256", None, None),
}


def component(name, message, request):
    """The value of one component, as far as these messages have them."""
    field, _, parameters = name[1:].partition('"')
    start, target, authority, headers, _ = request if ";req" in parameters else message
    path, mark, query = target.partition("?")
    derived = {"@method": start, "@authority": authority, "@path": path, "@query": mark + query,
               "@status": str(start)}
    if field == "@query-param":
        wanted = parameters.split('name="')[1].rstrip('"')
        return dict(pair.split("=") for pair in query.split("&"))[wanted]
    if field in derived:
        return derived[field]
    return ", ".join(value for name, value in headers if name.lower() == field)


def base_of(message, request, given):
    names = given[1:given.index(")")].split(" ") if not given.startswith("()") else []
    lines = ["%s: %s" % (name, component(name, message, request)) for name in names]
    return "\n".join(lines + ['"@signature-params": ' + given])


def is_signature(key, base, signature):
    alg, _, public, _ = ALGORITHMS[key]
    if public is None:
        return hmac.compare_digest(hmac.new(base64.b64decode(SECRET), base, "sha256").digest(), signature)
    loaded = serialization.load_pem_public_key(public.encode())
    try:
        if alg == "Ed25519":
            loaded.verify(signature, base)
        elif alg.startswith("ECDSA"):
            r, s = (int.from_bytes(signature[i:i + 32], "big") for i in (0, 32))
            loaded.verify(encode_dss_signature(r, s), base, ec.ECDSA(hashes.SHA256()))
        elif "PSS" in alg:
            loaded.verify(signature, base, padding.PSS(padding.MGF1(hashes.SHA512()), 64), hashes.SHA512())
        else:
            loaded.verify(signature, base, padding.PKCS1v15(), hashes.SHA256())
        return True
    except InvalidSignature:
        return False


def written(message):
    start, target, authority, headers, body = message
    for name, value in headers:
        if name == "Content-Digest":
            assert value == "sha-512=:%s:" % base64.b64encode(hashlib.sha512(body.encode()).digest()).decode()
    row = {"method": start, "target": target, "origin": "https://" + authority} if target else {"status": start}
    return {**row, "headers": [list(line) for line in headers], "body": body.encode().hex()}


files = {}
for section, key, message, request, label, given, signature, verdict in SIGNED:
    alg, name, public, private = ALGORITHMS[key]
    base, octets = base_of(message, request, given), base64.b64decode(signature)
    assert is_signature(key, base.encode(), octets) == (verdict == "valid"), section
    row = {"id": section, "source": 0, "expect": "valid" if verdict == "valid" else "ERR_VERIFY_FAILED"}
    row.update({"secret": base64.b64decode(SECRET).hex()} if public is None else {"publicKey": public})
    if private is not None:
        row["privateKey"] = private
    row.update({"keyid": key, "message": written(message)})
    if request is not None:
        row["request"] = written(request)
    row.update({"label": label, "input": given, "base": base, "signature": octets.hex()})
    files.setdefault((alg, name), []).append(row)
for (alg, name), cases in files.items():
    write("http/rfc9421-%s.json" % name, "http-signature", alg, [SOURCE], cases)
