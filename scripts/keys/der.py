"""The little DER that corpus.py needs for encodings that openssl does not write."""

RSA = "1.2.840.113549.1.1.1"
EC = "1.2.840.10045.2.1"
ED25519 = "1.3.101.112"
X25519 = "1.3.101.110"


def value(tag, *contents):
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + content


def sequence(*values):
    return value(0x30, *values)


def integer(number):
    return value(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def octets(content):
    return value(0x04, content)


def bits(content, tag=0x03):
    return value(tag, b"\0", content)


def null():
    return value(0x05)


def oid(dotted):
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    out = b""
    for arc in [40 * first + second, *rest]:
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.insert(0, arc & 0x7F | 0x80)
        out += bytes(septets)
    return value(0x06, out)


def spki(algorithm, key):
    """RFC 5280, section 4.1; `algorithm` is the content of AlgorithmIdentifier."""
    return sequence(sequence(*algorithm), bits(key))


def pkcs8(version, algorithm, key, *rest):
    """RFC 5958, section 2."""
    return sequence(integer(version), sequence(*algorithm), octets(key), *rest)


def sec1(scalar, curve=None, point=None):
    """RFC 5915, section 3."""
    parts = [integer(1), octets(scalar)]
    if curve is not None:
        parts.append(value(0xA0, oid(curve)))
    if point is not None:
        parts.append(value(0xA1, bits(point)))
    return sequence(*parts)
