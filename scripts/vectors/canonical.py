"""Writes vectors/canonical/*.json: RFC 8785's samples, and length-prefixed lists."""

import json
import re
import struct

from symmetric_common import PYTHON, case, computed, fixed, pattern, read, same, unhex, write

TOOL = f"{PYTHON} json, struct and repr"
SCRIPT = computed(TOOL, "canonical.py")
WHERE = "https://www.rfc-editor.org/rfc/rfc8785"
COPY = "a public copy of the RFC text"


def rfc8785(clause):
    return read("RFC 8785", clause, WHERE, TOOL, COPY)


# 3.2.2, the text that is parsed.
SAMPLE = r"""{
  "numbers": [333333333.33333329, 1E30, 4.50,
              2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
}"""
# 3.2.4, its octets.
SAMPLE_OCTETS = """
7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72
75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31
65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30
30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d
"""
# 3.2.3, the data for sorting, and the values in the order that it must have.
SORTING = r"""{
  "\u20ac": "Euro Sign",
  "\r": "Carriage Return",
  "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "1": "One",
  "\ud83d\ude00": "Emoji: Grinning Face",
  "\u0080": "Control",
  "\u00f6": "Latin Small Letter O With Diaeresis"
}"""
SORTED = ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
          "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"]

# Appendix B, table 1.
NUMBERS = [
    ("0000000000000000", "0", "zero"),
    ("8000000000000000", "0", "minus zero"),
    ("0000000000000001", "5e-324", "the least positive number"),
    ("8000000000000001", "-5e-324", "the least negative number"),
    ("7fefffffffffffff", "1.7976931348623157e+308", "the largest positive number"),
    ("ffefffffffffffff", "-1.7976931348623157e+308", "the largest negative number"),
    ("4340000000000000", "9007199254740992", "2^53"),
    ("c340000000000000", "-9007199254740992", "-2^53"),
    ("4430000000000000", "295147905179352830000", "2^68"),
    ("7fffffffffffffff", None, "NaN"),
    ("7ff0000000000000", None, "infinity"),
    ("44b52d02c7e14af5", "9.999999999999997e+22", None),
    ("44b52d02c7e14af6", "1e+23", None),
    ("44b52d02c7e14af7", "1.0000000000000001e+23", None),
    ("444b1ae4d6e2ef4e", "999999999999999700000", None),
    ("444b1ae4d6e2ef4f", "999999999999999900000", None),
    ("444b1ae4d6e2ef50", "1e+21", None),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7", None),
    ("3eb0c6f7a0b5ed8d", "0.000001", None),
    ("41b3de4355555553", "333333333.3333332", None),
    ("41b3de4355555554", "333333333.33333325", None),
    ("41b3de4355555555", "333333333.3333333", None),
    ("41b3de4355555556", "333333333.3333334", None),
    ("41b3de4355555557", "333333333.33333343", None),
    ("becbf647612f3696", "-0.0000033333333333333333", None),
    ("43143ff3c1cb0959", "1424953923781206.2", "rounded to even"),
]


def double(ieee754):
    return struct.unpack(">d", bytes.fromhex(ieee754))[0]


def number(value):
    """ECMA-262, Number::toString, over the shortest digits, which repr finds."""
    if value == 0:
        return "0"
    sign, value = ("-", -value) if value < 0 else ("", value)
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    n = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits) if whole == "0" else 0)
    digits = digits.rstrip("0")
    k = len(digits)
    if k <= n <= 21:
        return sign + digits + "0" * (n - k)
    if 0 < n <= 21:
        return sign + digits[:n] + "." + digits[n:]
    if -6 < n <= 0:
        return sign + "0." + "0" * -n + digits
    e = f"e{'+' if n > 0 else '-'}{abs(n - 1)}"
    return sign + digits[0] + ("." + digits[1:] if k > 1 else "") + e


def string(value):
    """Escapes of 3.2.2.2 and nothing else: what Python writes, with its lower-case hexadecimal."""
    return json.dumps(value, ensure_ascii=False)


def canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(string(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return string(value)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return number(float(value))


def written(text):
    return canonical(json.loads(text)).encode()


same("the sample", written(SAMPLE), unhex(SAMPLE_OCTETS))
same("the order", json.dumps(re.findall(r'":"([^"]*)"', written(SORTING).decode())).encode(),
     json.dumps(SORTED).encode())
for ieee754, text, note in NUMBERS:
    if text is not None:
        same(ieee754, number(double(ieee754)).encode(), text.encode())

# Texts of our own, for what the samples leave out.
OWN = [
    ("white-space", " { \"b\" :\t[ 1 ,\n2 ] ,\r\"a\" : { } } ", None),
    ("nested", '[{"b":{"d":1,"c":[]},"a":[{"z":0,"y":0}]}]', "sorted at every level; arrays keep their order"),
    ("names-as-prefixes", '{"aa":3,"":0,"ab":4,"a":1}', None),
    ("names-of-digits", '{"10":2,"9":3,"1":1,"01":0}', "an order of numbers is not one of strings"),
    ("control-characters", json.dumps("".join(map(chr, range(0x21)))), None),
    ("not-escaped", '"\\u007f\\u0080\\u2028\\u2029\\/\\ufeff"', "only controls below U+0020 are escaped"),
    ("not-normalised", '["\\u00e9","e\\u0301"]', "3.1: no Unicode normalisation"),
    ("outside-the-bmp", '{"\\ud83d\\ude00":1,"\\ue000":2,"\\uffff":3}', "surrogates come before U+E000"),
    ("numbers", "[0.1,-1.0,100e-2,1e1,123456789012345,1e20,1e-6,1e-7,12345.678E-4]", None),
]

write(
    "canonical/jcs.json", "jcs", "RFC 8785",
    [rfc8785("3.2.2 and 3.2.4"), rfc8785("3.2.3"), SCRIPT],
    [
        case("rfc8785-sample", 0, text=SAMPLE.encode(), canonical=unhex(SAMPLE_OCTETS)),
        case("rfc8785-sorting", 1, "the RFC prints the order, the octets are computed",
             text=SORTING.encode(), canonical=written(SORTING)),
        *(case(name, 2, note, text=text.encode(), canonical=written(text)) for name, text, note in OWN),
    ],
)
write(
    "canonical/numbers.json", "jcs-number", "RFC 8785",
    [rfc8785("Appendix B")],
    [case(ieee754, 0, note, ieee754=ieee754, text=text,
          expect=None if text is not None else "ERR_JSON_NUMBER") for ieee754, text, note in NUMBERS],
)


def tuple_octets(label, parts):
    def sized(octets):
        return struct.pack(">I", len(octets)) + octets
    return sized(label.encode()) + struct.pack(">I", len(parts)) + b"".join(map(sized, parts))


LISTS = [
    ("no-parts", "a", []),
    ("one-empty-part", "a", [b""]),
    ("two-parts", "countersign/test/v1", [b"ab", b"c"]),
    ("the-same-joined", "countersign/test/v1", [b"a", b"bc"]),
    ("zeros", "countersign/test/v1", [bytes(4), bytes(8)]),
    ("longest-label", "!" * 255, [fixed("tuple", 32), pattern(300)]),
]
write(
    "canonical/tuple.json", "tuple", "tuple", [SCRIPT],
    [case(name, 0, label=label, parts=[part.hex() for part in parts], octets=tuple_octets(label, parts))
     for name, label, parts in LISTS],
)
