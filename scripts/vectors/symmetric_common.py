"""What the scripts for digest, HMAC, KDF, AES and triple-DES vectors share."""

import hashlib
import json
import os
import platform

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMA = "countersign/vectors/1"

PYTHON = f"Python {platform.python_version()}"
HASHLIB = f"{PYTHON} hashlib"


def pattern(length):
    """The message octets of every computed case: i * 7 mod 256."""
    return bytes(i * 7 % 256 for i in range(length))


def fixed(label, length):
    """Test keys and nonces: SHA-256 over the label and a counter. No randomness."""
    out = b""
    counter = 0
    while len(out) < length:
        out += hashlib.sha256(f"{label}/{counter}".encode()).digest()
        counter += 1
    return out[:length]


def unhex(text):
    """Octets of a value as a standard prints it, with its spaces and line breaks."""
    return bytes.fromhex("".join(text.split()))


def flip(octets, bit):
    """The octets with one bit flipped; bit 0 is the most significant one of the first octet."""
    out = bytearray(octets)
    out[bit // 8] ^= 0x80 >> (bit % 8)
    return bytes(out)


def same(label, computed, printed):
    """A value read from a standard is written only if the tool gives the same one."""
    if computed != printed:
        raise SystemExit(f"{label}: computed {computed.hex()}, the standard prints {printed.hex()}")


def read(document, clause, where, checked, read_in=None):
    source = {"how": "read", "document": document, "clause": clause, "where": where, "checked": checked}
    if read_in:
        source["note"] = f"read in {read_in}"
    return source


def computed(tool, script):
    return {"how": "computed", "tool": tool, "script": f"scripts/vectors/{script}"}


def case(id, source, note=None, **fields):
    out = {"id": id}
    if note:
        out["note"] = note
    out["source"] = source
    for name, value in fields.items():
        if value is not None:
            out[name] = value.hex() if isinstance(value, bytes) else value
    return out


def write(path, kind, algorithm, source, cases):
    ids = [c["id"] for c in cases]
    if len(set(ids)) != len(ids):
        raise SystemExit(f"{path}: an id is used twice")
    used = {c["source"] for c in cases}
    if used != set(range(len(source))):
        raise SystemExit(f"{path}: a source is not used, or is missing")
    full = os.path.join(ROOT, "vectors", path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    body = {"schema": SCHEMA, "kind": kind, "algorithm": algorithm, "source": source, "cases": cases}
    with open(full, "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(body, indent=2) + "\n")
    print(f"vectors/{path}: {len(cases)} cases")
