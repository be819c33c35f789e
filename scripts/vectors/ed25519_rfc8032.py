"""Writes vectors/ed25519/rfc8032.json; each signature is made and verified again first."""
from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from asymmetric_common import read, write
from standard_numbers import RFC8032, h

cases = []
for name, seed, public, message, signature in RFC8032:
    seed, public, message, signature = h(seed), h(public), h(message), h(signature)
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    assert key.public_key().public_bytes(ser.Encoding.Raw, ser.PublicFormat.Raw).hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    cases.append({"id": name, "source": 0, "expect": "valid", "seed": seed, "publicKey": public,
                  "message": message, "signature": signature})
write("ed25519/rfc8032.json", "ed25519", "Ed25519", [
    read("RFC 8032", "7.1", "https://www.rfc-editor.org/rfc/rfc8032", "Python cryptography 38.0.4",
         "read in a verbatim copy of the RFC")], cases)
