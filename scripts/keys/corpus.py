"""Writes test/key/corpus/corpus.json: a few keys in every encoding that openssl, ssh-keygen, shells
and environments leave them in, and what is taken for a key and is none.

Needs openssl 3 and ssh-keygen. Keys, and whatever else a tool draws at random, are kept from the
file as it is, so that a second run writes the same octets; --fresh draws them anew. The numbers of
the thumbprints and of the JWKs are those that `openssl pkey -text` prints.

`expect` is written down here by hand, from the standards and from what callers need. It is not what
the library was seen to do.
"""
import base64
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

import der

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILE = os.path.join(ROOT, "test", "key", "corpus", "corpus.json")
NOTE = "Test keys, published on purpose: never use one. Written by scripts/keys/corpus.py; see README.md."

KEPT = {}
if os.path.exists(FILE) and "--fresh" not in sys.argv:
    with open(FILE, encoding="utf-8") as file:
        KEPT = {entry["name"]: entry for entry in json.load(file)["entries"]}

WORK = tempfile.TemporaryDirectory()
KEYS = []
ENTRIES = []
BOM = "\ufeff"


# Running tools, in a folder of their own and with names of files that are no paths.

def run(command, stdin=b""):
    result = subprocess.run(shlex.split(command), input=stdin, capture_output=True, cwd=WORK.name)
    if result.returncode != 0:
        raise SystemExit("%s\n%s" % (command, result.stderr.decode()))
    return result.stdout


def put(name, content):
    with open(os.path.join(WORK.name, name), "wb", opener=lambda p, f: os.open(p, f, 0o600)) as out:
        out.write(content if isinstance(content, bytes) else content.encode())


def get(name):
    with open(os.path.join(WORK.name, name), "rb") as out:
        return out.read()


def kept(name, make):
    """What `make` draws at random: the octets of the entry of this name, if there is one."""
    if name not in KEPT:
        return make()
    entry = KEPT[name]
    return bytes.fromhex(entry["input"]) if entry["form"] == "der" else entry["input"].encode()


# Entries.

ALGORITHMS = {
    "rsa-2048": "rsaPssSha256",
    "rsa-3072": "rsaPkcs1Sha256",
    "rsa-pss": "rsaPssSha256",
    "rsa-pss-sha-256": "rsaPssSha256",
    "p-256": "ecdsaP256Sha256",
    "p-384": "ecdsaP384Sha384",
    "p-521": "ecdsaP521Sha512",
    "secp256k1": "ecdsaSecp256k1Sha256",
    "ed25519": "ed25519",
    "x25519": "x25519",
}


def entry(name, key, what, content, made, expect="ok", alg=None, named=None, every=False):
    form = "jwk" if isinstance(content, dict) else "der" if isinstance(content, bytes) else "text"
    out = {"name": name, "key": key, "what": what, "alg": alg or ALGORITHMS[key], "form": form,
           "made": made, "expect": expect}
    if named:
        out["named"] = named
    if every:
        out["everyDoor"] = True
    out["input"] = content.hex() if form == "der" else content
    if any(other["name"] == name for other in ENTRIES):
        raise SystemExit("two entries have the name " + name)
    ENTRIES.append(out)
    return content


def b64(octets):
    return base64.b64encode(octets).decode()


def b64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def body(pem):
    """The Base64 of a block, in its lines."""
    return re.search(r"-----BEGIN [^-]+-----\n([^-]*)-----END", pem)[1]


def octets_of(pem):
    return base64.b64decode(body(pem))


def pem_of(label, octets):
    text = b64(octets)
    lines = [text[i:i + 64] for i in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN %s-----" % label, *lines, "-----END %s-----" % label, ""])


def relabel(pem, label):
    return pem_of(label, octets_of(pem))


# What happens to a text on its way into a program.

SHAPES = {
    "on one line": ("newlines to spaces", lambda t: t.replace("\n", " ")),
    "on one line, trimmed": ("newlines to spaces, ends trimmed", lambda t: t.replace("\n", " ").strip()),
    "without newlines": ("newlines deleted", lambda t: t.replace("\n", "")),
    "with literal \\n": ("newlines to backslash n", lambda t: t.replace("\n", "\\n")),
    "with literal \\r\\n": ("newlines to backslash r backslash n", lambda t: t.replace("\n", "\\r\\n")),
    "with a double-escaped \\n": ("newlines to two backslashes and n", lambda t: t.replace("\n", "\\\\n")),
    "with literal \\n and a newline each": ("newlines to backslash n newline", lambda t: t.replace("\n", "\\n\n")),
    "with CRLF": ("unix2dos", lambda t: t.replace("\n", "\r\n")),
    "with CR": ("newlines to carriage returns", lambda t: t.replace("\n", "\r")),
    "indented by spaces": ("4 spaces before every line, as in YAML", lambda t: re.sub("(?m)^", "    ", t)),
    "indented by tabs": ("a tab before every line", lambda t: re.sub("(?m)^(?=.)", "\t", t)),
    "with trailing spaces": ("2 spaces after every line", lambda t: t.replace("\n", "  \n")),
    "with trailing tabs": ("a tab after every line", lambda t: t.replace("\n", "\t\n")),
    "without the last newline": ("the last newline deleted", lambda t: t.rstrip("\n")),
    "between empty lines": ("two empty lines before and after", lambda t: "\n\n" + t + "\n\n"),
    "with empty lines": ("newlines doubled", lambda t: t.replace("\n", "\n\n")),
    "after a byte order mark": ("U+FEFF in front", lambda t: BOM + t),
    "after a byte order mark, with CRLF": ("U+FEFF in front, unix2dos", lambda t: BOM + t.replace("\n", "\r\n")),
    "with one line of Base64": (
        "openssl base64 -A between the boundaries",
        lambda t: t.replace(body(t), body(t).replace("\n", "") + "\n")),
    "with lines of 76 characters": (
        "base64 -w 76 between the boundaries",
        lambda t: t.replace(body(t), re.sub("(.{76})", "\\1\n", body(t).replace("\n", "")))),
    "in double quotes": ("as .env files have it", lambda t: '"' + t + '"'),
    "in double quotes, with literal \\n": (
        "as .env files have it, one line", lambda t: '"' + t.replace("\n", "\\n") + '"'),
    "in double quotes, with a double-escaped \\n": (
        "as JSON in an environment has it", lambda t: '"' + t.replace("\n", "\\\\n") + '"'),
    "in single quotes": ("as .env files have it", lambda t: "'" + t + "'"),
    "in single quotes, with literal \\n": (
        "as .env files have it, one line", lambda t: "'" + t.replace("\n", "\\n") + "'"),
}
FEW = ("on one line", "with literal \\n", "with CRLF", "indented by spaces", "after a byte order mark")


def shapes(name, key, what, pem, made, names=tuple(SHAPES), **more):
    for shape in names:
        how, change = SHAPES[shape]
        entry("%s %s" % (name, shape), key, what, change(pem), "%s; %s" % (made, how), **more)


def bare(name, key, what, pem, made, few=False):
    """Base64 of DER without boundaries, as payment platforms show it."""
    lines = body(pem)
    entry(name + " bare Base64", key, what, lines.replace("\n", ""), made + " | openssl base64 -A")
    if few:
        return
    entry(name + " bare Base64, wrapped", key, what, lines, made + " | openssl base64")
    entry(name + " bare Base64, CRLF", key, what, lines.replace("\n", "\r\n"),
          made + " | openssl base64; unix2dos")
    entry(name + " bare Base64, literal \\n", key, what, lines.replace("\n", "\\n"),
          made + " | openssl base64; newlines to backslash n")
    entry(name + " bare Base64 in quotes", key, what, '"%s"' % lines.replace("\n", ""),
          made + " | openssl base64 -A; in double quotes")
    entry(name + " bare Base64 after a byte order mark", key, what, BOM + lines.replace("\n", ""),
          made + " | openssl base64 -A; U+FEFF in front")


# Numbers, as openssl prints them.

def printed(pem):
    """Fields of `openssl pkey -text`: label to integer."""
    text = run("openssl pkey -text -noout", pem.encode()).decode()
    out = {}
    for label, digits in re.findall(r"(?m)^(\w+):\n((?: +[0-9a-f:]+\n)+)", text):
        out[label] = bytes.fromhex(re.sub(r"[^0-9a-f]", "", digits))
    exponent = re.search(r"publicExponent: (\d+)", text)
    if exponent:
        out["publicExponent"] = int(exponent[1])
    return out


def minimal(number):
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def thumbprint(jwk):
    """RFC 7638, section 3: the required members in the order of their names."""
    members = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y"), "OKP": ("crv", "kty", "x")}
    text = json.dumps({name: jwk[name] for name in members[jwk["kty"]]}, separators=(",", ":"))
    return b64url(hashlib.sha256(text.encode()).digest())


def rsa_jwks(numbers):
    n = int.from_bytes(numbers["modulus"], "big")
    jwk = {"kty": "RSA", "n": b64url(minimal(n)), "e": b64url(minimal(numbers["publicExponent"]))}
    private = dict(jwk)
    for member, label in (("d", "privateExponent"), ("p", "prime1"), ("q", "prime2"),
                          ("dp", "exponent1"), ("dq", "exponent2"), ("qi", "coefficient")):
        private[member] = b64url(minimal(int.from_bytes(numbers[label], "big")))
    return jwk, private


def ec_jwks(crv, size, numbers):
    point = numbers["pub"]
    assert point[0] == 4 and len(point) == 1 + 2 * size
    jwk = {"kty": "EC", "crv": crv, "x": b64url(point[1:1 + size]), "y": b64url(point[1 + size:])}
    scalar = int.from_bytes(numbers["priv"], "big").to_bytes(size, "big")
    return jwk, {**jwk, "d": b64url(scalar)}


def okp_jwks(crv, numbers):
    jwk = {"kty": "OKP", "crv": crv, "x": b64url(numbers["pub"])}
    return jwk, {**jwk, "d": b64url(numbers["priv"])}


def announce(key, jwk):
    KEYS.append({"name": key, "id": thumbprint(jwk), "idMade": "RFC 7638 with hashlib, from openssl pkey -text"})


# The keys.

def common(key, pkcs8, made):
    """The encodings that every key has. `pkcs8` is in the file `<key>.pem` by now."""
    pem = "%s.pem" % key
    pkcs8_made = made
    entry(key + " PKCS#8 PEM", key, "private", pkcs8, pkcs8_made)
    made = "openssl pkey -in %s -outform DER" % pem
    entry(key + " PKCS#8 DER", key, "private", octets_of(pkcs8), made)
    bare(key + " PKCS#8", key, "private", pkcs8, made, few=key not in ("p-256", "rsa-2048"))
    made = "openssl pkey -in %s -pubout" % pem
    spki = run(made).decode()
    entry(key + " SPKI PEM", key, "public", spki, made)
    made = "openssl pkey -in %s -pubout -outform DER" % pem
    entry(key + " SPKI DER", key, "public", run(made), made)
    bare(key + " SPKI", key, "public", spki, made, few=key not in ("p-256", "rsa-2048"))
    return spki


def jwks(key, public, private):
    entry(key + " JWK public", key, "public", public, "Python, from openssl pkey -text")
    entry(key + " JWK private", key, "private", private, "Python, from openssl pkey -text")
    entry(key + " JWK public where a private key is needed", key, "private", public,
          "Python, from openssl pkey -text", "ERR_KEY_PUBLIC", named="public")
    entry(key + " JWK private where a public key is needed", key, "public", private,
          "Python, from openssl pkey -text", "ERR_KEY_PRIVATE", named="private")


def swapped(key, spki, pkcs8):
    entry(key + " SPKI where a private key is needed", key, "private", spki,
          "openssl pkey -in %s.pem -pubout" % key, "ERR_KEY_PUBLIC", named="public")
    entry(key + " PKCS#8 where a public key is needed", key, "public", pkcs8,
          "openssl pkey -in %s.pem" % key, "ERR_KEY_PRIVATE", named="private")


def generate(key, command):
    pkcs8 = kept(key + " PKCS#8 PEM", lambda: run(command)).decode()
    put(key + ".pem", pkcs8)
    return pkcs8


def printed_around(key, pkcs8, spki):
    made = "openssl pkey -in %s.pem -text" % key
    entry(key + " PKCS#8 PEM with text after it", key, "private", run(made).decode(), made)
    made = "openssl pkey -in %s.pem -pubout -text" % key
    entry(key + " SPKI PEM with text after it", key, "public", run(made).decode(), made)


def rsa(key, command, made_pkcs1=True):
    pkcs8 = generate(key, command)
    numbers = printed(pkcs8)
    public, private = rsa_jwks(numbers)
    announce(key, public)
    spki = common(key, pkcs8, command)
    # Of RSA-PSS, openssl's traditional form has no identifier, and so no restriction.
    made = "openssl rsa -in %s.pem -traditional" % key
    pkcs1 = run(made).decode()
    entry(key + " PKCS#1 private PEM", key, "private", pkcs1, made)
    made = "openssl rsa -in %s.pem -RSAPublicKey_out" % key
    pkcs1_public = run(made).decode()
    entry(key + " PKCS#1 public PEM", key, "public", pkcs1_public, made)
    if made_pkcs1:
        entry(key + " PKCS#1 private DER", key, "private", octets_of(pkcs1),
              "openssl rsa -in %s.pem -traditional -outform DER" % key)
        entry(key + " PKCS#1 public DER", key, "public", octets_of(pkcs1_public),
              "openssl rsa -in %s.pem -RSAPublicKey_out -outform DER" % key)
    jwks(key, public, private)
    swapped(key, spki, pkcs8)
    return spki, pkcs8, pkcs1_public, pkcs1, public, private, numbers


def elliptic(key, name, crv, size):
    # What `openssl ecparam -genkey` prints: the parameters, and then the key, as two blocks.
    made = "openssl ecparam -name %s -genkey" % name
    two_blocks = kept(key + " SEC1 PEM after EC PARAMETERS", lambda: run(made)).decode()
    entry(key + " SEC1 PEM after EC PARAMETERS", key, "private", two_blocks, made)
    put(key + ".pem", two_blocks)
    command = "openssl pkcs8 -topk8 -nocrypt -in %s.pem" % key
    pkcs8 = run(command).decode()
    numbers = printed(pkcs8)
    public, private = ec_jwks(crv, size, numbers)
    announce(key, public)
    spki = common(key, pkcs8, command)
    made = "openssl ec -in %s.pem" % key
    sec1 = run(made).decode()
    entry(key + " SEC1 PEM", key, "private", sec1, made)
    entry(key + " SEC1 DER", key, "private", octets_of(sec1), made + " -outform DER")
    bare(key + " SEC1", key, "private", sec1, made + " -outform DER", few=True)
    made = "openssl ec -in %s.pem -no_public" % key
    entry(key + " SEC1 PEM without the public key", key, "private", run(made).decode(), made)
    made = "openssl pkcs8 -topk8 -nocrypt -in %s-no-public.pem" % key
    put(key + "-no-public.pem", run("openssl ec -in %s.pem -no_public" % key))
    entry(key + " PKCS#8 PEM, private key made without the public key", key, "private",
          run(made).decode(), "openssl ec -in %s.pem -no_public; %s" % (key, made))
    made = "openssl ec -in %s.pem -pubout -conv_form compressed" % key
    compressed = run(made).decode()
    entry(key + " SPKI PEM with a compressed point", key, "public", compressed, made)
    made = "openssl ec -in %s.pem -conv_form compressed" % key
    entry(key + " SEC1 PEM with a compressed point", key, "private", run(made).decode(), made)
    # RFC 5480, section 2.2: what starts with anything else than 02, 03, 04 MUST be rejected.
    made = "openssl ec -in %s.pem -pubout -conv_form hybrid" % key
    entry(key + " SPKI PEM with a hybrid point", key, "public", run(made).decode(), made, "ERR_KEY")
    # RFC 5480, section 2.1.1: specifiedCurve MUST NOT be used; CVE-2020-0601.
    for what, flag, form in (("public", " -pubout", "SPKI"), ("private", "", "SEC1")):
        made = "openssl ec -in %s.pem%s -param_enc explicit" % (key, flag)
        entry("%s %s PEM with explicit parameters" % (key, form), key, what, run(made).decode(), made,
              "ERR_KEY_CURVE")
    jwks(key, public, private)
    swapped(key, spki, pkcs8)
    return spki, pkcs8, sec1, public, private, numbers


def montgomery(key, oid, crv):
    """Ed25519 and X25519, RFC 8410."""
    command = "openssl genpkey -algorithm %s" % crv
    pkcs8 = generate(key, command)
    numbers = printed(pkcs8)
    public, private = okp_jwks(crv, numbers)
    announce(key, public)
    spki = common(key, pkcs8, command)
    seed, point = numbers["priv"], numbers["pub"]
    version_2 = der.pkcs8(1, [der.oid(oid)], der.octets(seed), der.bits(point, 0x81))
    entry(key + " PKCS#8 version 2 DER", key, "private", version_2, "Python: RFC 5958 with the public key")
    entry(key + " PKCS#8 version 2 PEM", key, "private", pem_of("PRIVATE KEY", version_2),
          "Python: RFC 5958 with the public key")
    foreign = bytes([point[0] ^ 1]) + point[1:]
    entry(key + " PKCS#8 version 2 with another public key", key, "private",
          der.pkcs8(1, [der.oid(oid)], der.octets(seed), der.bits(foreign, 0x81)),
          "Python: RFC 5958 with a public key that is not this one's", "ERR_KEY")
    entry(key + " JWK private with another public key", key, "private",
          {**private, "x": b64url(foreign)}, "Python", "ERR_KEY")
    jwks(key, public, private)
    swapped(key, spki, pkcs8)
    entry(key + " raw octets", key, "public", point, "Python: the 32 octets of RFC 8410 alone")
    entry(key + " raw octets in Base64", key, "public", b64(point),
          "Python: the 32 octets of RFC 8410 alone", "ERR_KEY_FORM")
    return spki, pkcs8, public, private, numbers


RSA_2048 = rsa("rsa-2048", "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048")
RSA_3072 = rsa("rsa-3072", "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072")
RSA_PSS = rsa("rsa-pss", "openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048", False)
RSA_PSS_256 = rsa(
    "rsa-pss-sha-256",
    "openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256"
    " -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32", False)
P_256 = elliptic("p-256", "prime256v1", "P-256", 32)
P_384 = elliptic("p-384", "secp384r1", "P-384", 48)
P_521 = elliptic("p-521", "secp521r1", "P-521", 66)
SECP256K1 = elliptic("secp256k1", "secp256k1", "secp256k1", 32)
ED25519 = montgomery("ed25519", der.ED25519, "Ed25519")
X25519 = montgomery("x25519", der.X25519, "X25519")


# Texts, in every state for P-256 and for the RSA key that people paste most.

spki, pkcs8, sec1, jwk, jwk_private, numbers = P_256
shapes("p-256 SPKI PEM", "p-256", "public", spki, "openssl pkey -in p-256.pem -pubout")
shapes("p-256 PKCS#8 PEM", "p-256", "private", pkcs8, "openssl pkcs8 -topk8 -nocrypt -in p-256.pem")
shapes("p-256 SEC1 PEM", "p-256", "private", sec1, "openssl ec -in p-256.pem", FEW)
shapes("p-256 SEC1 PEM after EC PARAMETERS", "p-256", "private", get("p-256.pem").decode(),
       "openssl ecparam -name prime256v1 -genkey", FEW)
shapes("rsa-2048 PKCS#8 PEM", "rsa-2048", "private", RSA_2048[1], "openssl pkey -in rsa-2048.pem",
       FEW + ("without newlines", "in double quotes, with literal \\n", "with a double-escaped \\n"))
shapes("rsa-2048 PKCS#1 private PEM", "rsa-2048", "private", RSA_2048[3],
       "openssl rsa -in rsa-2048.pem -traditional", FEW)
shapes("rsa-2048 SPKI PEM", "rsa-2048", "public", RSA_2048[0], "openssl pkey -in rsa-2048.pem -pubout", FEW)
shapes("rsa-2048 PKCS#1 public PEM", "rsa-2048", "public", RSA_2048[2],
       "openssl rsa -in rsa-2048.pem -RSAPublicKey_out", FEW)
for key, found in (("ed25519", ED25519), ("x25519", X25519)):
    shapes(key + " SPKI PEM", key, "public", found[0], "openssl pkey -in %s.pem -pubout" % key, FEW)
    shapes(key + " PKCS#8 PEM", key, "private", found[1], "openssl pkey -in %s.pem" % key, FEW)
for key, found in (("p-384", P_384), ("p-521", P_521), ("secp256k1", SECP256K1)):
    shapes(key + " SPKI PEM", key, "public", found[0], "openssl pkey -in %s.pem -pubout" % key, FEW[:2])

# Text around the one block. RFC 7468, section 2: text before it is permitted.
for key, found in (("rsa-2048", RSA_2048), ("p-256", P_256), ("ed25519", ED25519)):
    printed_around(key, found[1], found[0])
CERTIFY = ("openssl req -new -x509 -key p-256.pem -subj /CN=countersign-test -days 3650 -set_serial 1"
           " -addext basicConstraints=critical,CA:FALSE")
certificate = kept("X.509 certificate PEM", lambda: run(CERTIFY))
put("cert.pem", certificate)
P12 = "openssl pkcs12 -export -inkey p-256.pem -in cert.pem -name countersign -passout pass:countersign"
p12 = kept("PKCS#12 DER", lambda: run(P12))
put("key.p12", p12)
FROM_P12 = "openssl pkcs12 -in key.p12 -nodes -nocerts -passin pass:countersign"
bag = run(FROM_P12).decode()
entry("p-256 PKCS#8 PEM after Bag Attributes", "p-256", "private", bag, FROM_P12)
shapes("p-256 PKCS#8 PEM after Bag Attributes", "p-256", "private", bag, FROM_P12, ("with CRLF", "with literal \\n"))
entry("p-256 SPKI PEM after a comment", "p-256", "public", "# platform key, sandbox\n" + spki,
      "openssl pkey -in p-256.pem -pubout; a line in front")

# Labels that say something else than what is between them: the issue has PEM of any label.
for key, what, pem, label, form, made in (
        ("rsa-2048", "private", RSA_2048[1], "RSA PRIVATE KEY", "PKCS#8", "openssl pkey -in rsa-2048.pem"),
        ("rsa-2048", "private", RSA_2048[3], "PRIVATE KEY", "PKCS#1 private",
         "openssl rsa -in rsa-2048.pem -traditional"),
        ("rsa-2048", "public", RSA_2048[2], "PUBLIC KEY", "PKCS#1 public",
         "openssl rsa -in rsa-2048.pem -RSAPublicKey_out"),
        ("rsa-2048", "public", RSA_2048[0], "RSA PUBLIC KEY", "SPKI", "openssl pkey -in rsa-2048.pem -pubout"),
        ("rsa-2048", "public", RSA_2048[0], "CERTIFICATE", "SPKI", "openssl pkey -in rsa-2048.pem -pubout"),
        ("p-256", "private", pkcs8, "EC PRIVATE KEY", "PKCS#8", "openssl pkey -in p-256.pem"),
        ("p-256", "private", sec1, "PRIVATE KEY", "SEC1", "openssl ec -in p-256.pem"),
        ("p-256", "public", spki, "EC PUBLIC KEY", "SPKI", "openssl pkey -in p-256.pem -pubout"),
        ("ed25519", "private", ED25519[1], "ED25519 PRIVATE KEY", "PKCS#8", "openssl pkey -in ed25519.pem")):
    entry("%s %s under the label %s" % (key, form, label), key, what, relabel(pem, label),
          made + "; another label")
entry("p-256 PKCS#8 under the label PUBLIC KEY, where a public key is needed", "p-256", "public",
      relabel(pkcs8, "PUBLIC KEY"), "openssl pkey -in p-256.pem; another label", "ERR_KEY_PRIVATE", named="private")
entry("X.509 certificate under the label PUBLIC KEY", None, "public", relabel(certificate.decode(), "PUBLIC KEY"),
      CERTIFY + "; another label", "ERR_KEY_CERTIFICATE", "ecdsaP256Sha256", "an X.509 certificate", True)

# Containers that openssl does not write.
curve = der.oid("1.2.840.10045.3.1.7")
scalar, point = numbers["priv"], numbers["pub"]
algorithm = [der.oid(der.EC), curve]
named_twice = der.sec1(scalar, "1.2.840.10045.3.1.7", point)
entry("p-256 PKCS#8 whose private key names the curve again", "p-256", "private",
      der.pkcs8(0, algorithm, named_twice), "Python: RFC 5958 around RFC 5915 with parameters")
entry("p-256 PKCS#8 whose private key names another curve", "p-256", "private",
      der.pkcs8(0, algorithm, der.sec1(scalar, "1.3.132.0.10", point)),
      "Python: RFC 5958 around RFC 5915 with the parameters of secp256k1", "ERR_KEY_CURVE")
entry("p-256 PKCS#8 with nothing but the scalar", "p-256", "private",
      der.pkcs8(0, algorithm, der.sec1(scalar)), "Python: RFC 5958 around RFC 5915")
entry("p-256 PKCS#8 version 2", "p-256", "private",
      der.pkcs8(1, algorithm, der.sec1(scalar), der.bits(point, 0x81)), "Python: RFC 5958 with the public key")
entry("p-256 PKCS#8 with attributes", "p-256", "private",
      der.pkcs8(0, algorithm, der.sec1(scalar, point=point),
                der.value(0xA0, der.sequence(der.oid("2.5.29.15"), der.value(0x31, der.bits(b"\x80"))))),
      "Python: RFC 5958 with the attribute keyUsage, as Windows writes it")
entry("p-256 SEC1 that names no curve", "p-256", "private", der.sec1(scalar, point=point),
      "Python: RFC 5915 without parameters", "ERR_KEY_CURVE")
entry("p-256 SEC1 with another public key", "p-256", "private",
      der.sec1(scalar, "1.2.840.10045.3.1.7", SECP256K1[5]["pub"]),
      "Python: RFC 5915 with a public key that is not this one's", "ERR_KEY")
entry("p-256 SPKI off the curve", "p-256", "public",
      der.spki(algorithm, point[:-1] + bytes([point[-1] ^ 1])), "Python: the last bit of y changed", "ERR_KEY")
entry("p-256 SPKI with 32 octets of point", "p-256", "public", der.spki(algorithm, point[1:33]),
      "Python: x alone", "ERR_KEY")
n, e = int.from_bytes(RSA_2048[6]["modulus"], "big"), RSA_2048[6]["publicExponent"]
entry("rsa-2048 SPKI without NULL", "rsa-2048", "public",
      der.spki([der.oid(der.RSA)], der.sequence(der.integer(n), der.integer(e))),
      "Python: RFC 3279, section 2.3.1, has NULL", "ERR_KEY_FORM")
entry("rsa-2048 SPKI with an octet after it", "rsa-2048", "public",
      octets_of(RSA_2048[0]) + b"\n", "openssl pkey -in rsa-2048.pem -pubout -outform DER; echo", "ERR_DER")
entry("p-256 SEC1 PEM after EC PARAMETERS of another curve", "p-256", "private",
      run("openssl ecparam -name secp384r1").decode() + sec1,
      "openssl ecparam -name secp384r1; openssl ec -in p-256.pem", "ERR_KEY_CURVE")

# JWKs.
made = "Python, from openssl pkey -text"
entry("p-256 JWK public with what WebCrypto adds", "p-256", "public",
      {**jwk, "ext": True, "key_ops": ["verify"]}, made)
entry("p-256 JWK private with what WebCrypto adds", "p-256", "private",
      {**jwk_private, "ext": True, "key_ops": ["sign"]}, made)
entry("p-256 JWK public with the members of a JWKS", "p-256", "public",
      {**jwk, "kid": "2026-11", "use": "sig", "alg": "ES256"}, made)
entry("rsa-2048 JWK public with the members of a JWKS", "rsa-2048", "public",
      {**RSA_2048[4], "kid": "2026-11", "use": "sig", "alg": "PS256", "x5t": "AAAA"}, made)
entry("p-256 JWK public of another algorithm", "p-256", "public", {**jwk, "alg": "ES384"}, made, "ERR_KEY_USE")
entry("p-256 JWK public to encrypt", "p-256", "public", {**jwk, "use": "enc"}, made, "ERR_KEY_USE")
entry("p-256 JWK in padded base64url", "p-256", "public", {**jwk, "x": jwk["x"] + "="}, made, "ERR_BASE64URL")
entry("rsa-2048 JWK in Base64", "rsa-2048", "public", {**RSA_2048[4], "n": b64(minimal(n))}, made, "ERR_BASE64URL")
entry("rsa-2048 JWK whose n has a sign octet", "rsa-2048", "public",
      {**RSA_2048[4], "n": b64url(b"\0" + minimal(n))}, made + "; RFC 7518, section 6.3.1.1, has none",
      "ERR_KEY_SIZE")
entry("rsa-2048 JWK private with d alone", "rsa-2048", "private",
      {name: RSA_2048[5][name] for name in ("kty", "n", "e", "d")}, made, "ERR_KEY_FORM")
entry("p-256 JWK private without the public key", "p-256", "private",
      {name: jwk_private[name] for name in ("kty", "crv", "d")}, made, "ERR_KEY_FORM")
entry("JWK of an unknown kty", None, "public", {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA"}, made,
      "ERR_KEY_FAMILY", "ecdsaP256Sha256", every=True)
entry("JWK of a secret", None, "public", {"kty": "oct", "k": b64url(hashlib.sha256(b"countersign").digest())}, made,
      "ERR_KEY_SECRET", "ecdsaP256Sha256", "secret", True)
entry("JWKS", None, "public", {"keys": [jwk]}, made, "ERR_KEY_SET", "ecdsaP256Sha256", "a set", True)
entry("JWK as JSON text", None, "public", json.dumps(jwk), made + "; JSON", "ERR_KEY_FORM",
      "ecdsaP256Sha256", "JWK", True)
entry("JWK private as JSON text", None, "private", json.dumps(RSA_2048[5], indent=2), made + "; JSON",
      "ERR_KEY_FORM", "rsaPssSha256", "JWK", True)

# Restrictions of RSASSA-PSS, RFC 4055, sections 1.2 and 3.3.
for key, alg, found in (("rsa-pss", "rsaPkcs1Sha256", RSA_PSS), ("rsa-pss-sha-256", "rsaPkcs1Sha256", RSA_PSS_256),
                        ("rsa-pss-sha-256", "rsaPssSha384", RSA_PSS_256)):
    entry("%s SPKI for %s" % (key, alg), key, "public", found[0], "openssl pkey -in %s.pem -pubout" % key,
          "ERR_KEY_USE", alg)
    entry("%s PKCS#8 for %s" % (key, alg), key, "private", found[1], "openssl pkey -in %s.pem" % key,
          "ERR_KEY_USE", alg)
entry("rsa-pss SPKI for rsaPssSha512", "rsa-pss", "public", RSA_PSS[0], "openssl pkey -in rsa-pss.pem -pubout",
      alg="rsaPssSha512")

# The right kind on another curve or of another family.
entry("p-256 SPKI for P-384", "p-256", "public", spki, "openssl pkey -in p-256.pem -pubout", "ERR_KEY_CURVE",
      "ecdsaP384Sha384")
entry("secp256k1 PKCS#8 for P-256", "secp256k1", "private", SECP256K1[1], "openssl pkey -in secp256k1.pem",
      "ERR_KEY_CURVE", "ecdsaP256Sha256")
entry("rsa-2048 SPKI for P-256", "rsa-2048", "public", RSA_2048[0], "openssl pkey -in rsa-2048.pem -pubout",
      "ERR_KEY_FAMILY", "ecdsaP256Sha256")
entry("p-256 PKCS#8 for Ed25519", "p-256", "private", pkcs8, "openssl pkey -in p-256.pem", "ERR_KEY_FAMILY",
      "ed25519")
entry("x25519 SPKI for Ed25519", "x25519", "public", X25519[0], "openssl pkey -in x25519.pem -pubout",
      "ERR_KEY_FAMILY", "ed25519")
entry("ed25519 PKCS#8 for X25519", "ed25519", "private", ED25519[1], "openssl pkey -in ed25519.pem",
      "ERR_KEY_FAMILY", "x25519")


# Wrong kinds.

def wrong(name, what, content, made, expect, alg="ecdsaP256Sha256", named=None, every=True):
    entry(name, None, what, content, made, expect, alg, named, every)


def drawn(name, command, text=True):
    out = kept(name, lambda: run(command))
    return out.decode() if text else out


ENCRYPTED = "an encrypted private key"
for name, command in (
        ("encrypted PKCS#8 PEM", "openssl pkcs8 -topk8 -in p-256.pem -passout pass:countersign"),
        ("encrypted PKCS#8 PEM, scrypt",
         "openssl pkcs8 -topk8 -scrypt -scrypt_N 2 -in p-256.pem -passout pass:countersign"),
        ("encrypted PKCS#8 PEM, PKCS#12 cipher",
         "openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -in p-256.pem -passout pass:countersign"),
        ("encrypted PKCS#8 PEM, RSA", "openssl pkcs8 -topk8 -in rsa-2048.pem -passout pass:countersign"),
        ("legacy encrypted PEM, RSA",
         "openssl rsa -aes256 -traditional -in rsa-2048.pem -passout pass:countersign"),
        ("legacy encrypted PEM, EC", "openssl ec -aes128 -in p-256.pem -passout pass:countersign")):
    pem = drawn(name, command)
    alg = "rsaPssSha256" if "RSA" in name else "ecdsaP256Sha256"
    wrong(name, "private", pem, command, "ERR_KEY_ENCRYPTED", alg, ENCRYPTED)
    if name in ("encrypted PKCS#8 PEM", "legacy encrypted PEM, RSA"):
        for shape in ("with literal \\n", "on one line", "with CRLF"):
            wrong("%s %s" % (name, shape), "private", SHAPES[shape][1](pem), command + "; " + SHAPES[shape][0],
                  "ERR_KEY_ENCRYPTED", alg, ENCRYPTED)
    if name == "encrypted PKCS#8 PEM":
        wrong("encrypted PKCS#8 DER", "private", octets_of(pem), command + " -outform DER", "ERR_KEY_ENCRYPTED",
              named=ENCRYPTED)
        wrong("encrypted PKCS#8 bare Base64", "private", body(pem).replace("\n", ""),
              command + " -outform DER | openssl base64 -A", "ERR_KEY_ENCRYPTED", named=ENCRYPTED)
with_attributes = "openssl pkcs12 -in key.p12 -nocerts -passin pass:countersign -passout pass:countersign"
wrong("encrypted PKCS#8 PEM after Bag Attributes", "private",
      drawn("encrypted PKCS#8 PEM after Bag Attributes", with_attributes), with_attributes, "ERR_KEY_ENCRYPTED",
      named=ENCRYPTED)

wrong("PKCS#12 DER", "private", p12, P12, "ERR_KEY_PKCS12", named="a PKCS#12 file")
wrong("PKCS#12 bare Base64", "private", b64(p12), P12 + " | openssl base64 -A", "ERR_KEY_PKCS12",
      named="a PKCS#12 file")

X509 = "an X.509 certificate"
cert = certificate.decode()
wrong("X.509 certificate PEM", "public", cert, CERTIFY, "ERR_KEY_CERTIFICATE", named=X509)
wrong("X.509 certificate DER", "public", octets_of(cert), CERTIFY + " -outform DER", "ERR_KEY_CERTIFICATE", named=X509)
wrong("X.509 certificate bare Base64", "public", body(cert).replace("\n", ""),
      CERTIFY + " -outform DER | openssl base64 -A", "ERR_KEY_CERTIFICATE", named=X509)
wrong("X.509 certificate PEM where a private key is needed", "private", cert, CERTIFY, "ERR_KEY_CERTIFICATE",
      named=X509)
shown = "openssl x509 -in cert.pem -text"
wrong("X.509 certificate PEM with text before it", "public", run(shown).decode(), shown, "ERR_KEY_CERTIFICATE",
      named=X509)
for shape in ("with literal \\n", "on one line"):
    wrong("X.509 certificate PEM " + shape, "public", SHAPES[shape][1](cert), CERTIFY + "; " + SHAPES[shape][0],
          "ERR_KEY_CERTIFICATE", named=X509)
REQUEST = "openssl req -new -key p-256.pem -subj /CN=countersign-test"
request = drawn("certificate request PEM", REQUEST)
put("request.pem", request)
for serial in ("7", "0"):
    name = "X.509 certificate of version 1, serial " + serial
    command = "openssl x509 -req -in request.pem -signkey p-256.pem -days 3650 -set_serial " + serial
    wrong(name, "public", drawn(name, command), command, "ERR_KEY_CERTIFICATE", named=X509)
command = ("openssl req -new -x509 -key rsa-2048.pem -subj /CN=countersign-test -days 3650 -set_serial 2")
wrong("X.509 certificate PEM, RSA", "public", drawn("X.509 certificate PEM, RSA", command), command,
      "ERR_KEY_CERTIFICATE", "rsaPssSha256", X509)
CSR = "a certificate request"
wrong("certificate request PEM", "public", request, REQUEST, "ERR_KEY_REQUEST", named=CSR)
wrong("certificate request PEM, label NEW CERTIFICATE REQUEST", "public",
      relabel(request, "NEW CERTIFICATE REQUEST"), REQUEST + " -newhdr", "ERR_KEY_REQUEST", named=CSR)
wrong("certificate request DER", "public", octets_of(request), REQUEST + " -outform DER", "ERR_KEY_REQUEST", named=CSR)

put("index.txt", "")
put("crlnumber", "01\n")
put("ca.cnf", "[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\n")
CRL = "openssl ca -gencrl -config ca.cnf -keyfile p-256.pem -cert cert.pem -crldays 3650"
crl = drawn("revocation list PEM", CRL)
wrong("revocation list PEM", "public", crl, CRL, "ERR_KEY_REVOCATION_LIST", named="revocation list")
wrong("revocation list DER", "public", octets_of(crl), CRL + "; openssl crl -outform DER", "ERR_KEY_REVOCATION_LIST",
      named="revocation list")
put("ca.cnf", "[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ndefault_md=sha256\n")
wrong("revocation list PEM, version 1", "public", drawn("revocation list PEM, version 1", CRL),
      CRL + " without crlnumber", "ERR_KEY_REVOCATION_LIST", named="revocation list")
command = "openssl crl2pkcs7 -nocrl -certfile cert.pem"
wrong("PKCS#7 PEM", "public", run(command).decode(), command, "ERR_KEY_PKCS7", named="PKCS#7")
wrong("PKCS#7 DER", "public", run(command + " -outform DER"), command + " -outform DER", "ERR_KEY_PKCS7",
      named="PKCS#7")

OPENSSH = "OpenSSH"
for kind, flags, alg in (("Ed25519", "-t ed25519", "ed25519"), ("ECDSA", "-t ecdsa -b 256", "ecdsaP256Sha256"),
                         ("RSA", "-t rsa -b 2048", "rsaPssSha256")):
    command = "ssh-keygen -q %s -N '' -C countersign-test -f %s" % (flags, kind)
    name = "OpenSSH %s private key" % kind
    pem = kept(name, lambda: (run(command), get(kind))[1]).decode()
    put(kind, pem)
    wrong(name, "private", pem, command, "ERR_KEY_SSH", alg, OPENSSH)
    command = "ssh-keygen -y -f " + kind
    wrong("OpenSSH %s public key" % kind, "public", run(command).decode(), command, "ERR_KEY_SSH", alg, OPENSSH)
for shape in ("on one line", "with literal \\n"):
    wrong("OpenSSH RSA private key " + shape, "private", SHAPES[shape][1](pem),
          "ssh-keygen; " + SHAPES[shape][0], "ERR_KEY_SSH", alg, OPENSSH)
command = "ssh-keygen -q -t ed25519 -N countersign -C countersign-test -f Encrypted"
wrong("OpenSSH private key under a password", "private",
      kept("OpenSSH private key under a password", lambda: (run(command), get("Encrypted"))[1]).decode(),
      command, "ERR_KEY_SSH", "ed25519", OPENSSH)
command = "ssh-keygen -e -f RSA"
ssh2 = re.sub('"[^"]*"', '"countersign-test"', run(command).decode())
wrong("SSH2 public key", "public", ssh2, command, "ERR_KEY_SSH", "rsaPssSha256", "SSH")

command = "openssl ecparam -name prime256v1"
wrong("EC PARAMETERS alone", "private", run(command).decode(), command, "ERR_KEY_PARAMETERS", named="parameters")
wrong("EC PARAMETERS alone, DER", "private", run(command + " -outform DER"), command + " -outform DER",
      "ERR_KEY_PARAMETERS", named="parameters")
command = "openssl ecparam -name prime256v1 -param_enc explicit"
wrong("EC PARAMETERS alone, explicit", "private", run(command).decode(), command, "ERR_KEY_PARAMETERS", named="parameters")
command = "openssl genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048"
# Two integers are an RSA public key too; the label tells, and without it the exponent does.
wrong("DH PARAMETERS PEM", "public", run(command).decode(), command, "ERR_KEY_PARAMETERS", "rsaPssSha256", "parameters")
wrong("DH PARAMETERS DER", "public", octets_of(run(command).decode()), command + " -outform DER",
      "ERR_RSA_EXPONENT", "rsaPssSha256", every=False)
command = "openssl genpkey -genparam -algorithm DHX -pkeyopt dh_rfc5114:3"
wrong("X9.42 DH PARAMETERS PEM", "public", run(command).decode(), command, "ERR_KEY_PARAMETERS", "rsaPssSha256",
      "parameters")


def foreign(kind, name, command, expect, alg, named=None, every=True):
    """A key that no door takes: both halves."""
    pem = drawn(name + " PKCS#8", command)
    put(kind + ".pem", pem)
    wrong(name + " PKCS#8", "private", pem, command, expect, alg, named, every)
    command = "openssl pkey -in %s.pem -pubout" % kind
    wrong(name + " SPKI", "public", run(command).decode(), command, expect, alg, named, every)


if "DSA PKCS#8" not in KEPT:
    put("dsa-parameters.pem", run("openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048"))
foreign("dsa", "DSA", "openssl genpkey -paramfile dsa-parameters.pem", "ERR_KEY_FAMILY", "rsaPssSha256")
command = "openssl dsa -in dsa.pem"
wrong("DSA PRIVATE KEY", "private", run(command).decode(), command, "ERR_KEY_FAMILY", "rsaPssSha256")
command = "openssl dsaparam -in dsa-parameters.pem"
wrong("DSA PARAMETERS", "public", drawn("DSA PARAMETERS", command), command, "ERR_KEY_PARAMETERS", "rsaPssSha256",
      "parameters")
foreign("dh", "DH", "openssl genpkey -algorithm DH -pkeyopt group:ffdhe2048", "ERR_KEY_FAMILY", "ecdsaP256Sha256")
foreign("ed448", "Ed448", "openssl genpkey -algorithm Ed448", "ERR_KEY_FAMILY", "ed25519")
foreign("x448", "X448", "openssl genpkey -algorithm X448", "ERR_KEY_FAMILY", "x25519")
for kind, name, group in (("p-224", "P-224", "secp224r1"), ("brainpool", "brainpoolP256r1", "brainpoolP256r1"),
                          ("sm2", "SM2", "SM2")):
    command = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:%s -pkeyopt ec_param_enc:named_curve" % group
    foreign(kind, name, command, "ERR_KEY_CURVE", "ecdsaP256Sha256", "another curve", False)
command = "openssl ec -in p-224.pem"
wrong("P-224 SEC1", "private", run(command).decode(), command, "ERR_KEY_CURVE", named="another curve", every=False)
entry("JWK on P-224", None, "public", {"kty": "EC", "crv": "P-224", "x": "AAAA", "y": "AAAA"}, "Python",
      "ERR_KEY_CURVE", "ecdsaP256Sha256")
entry("JWK on Ed448", None, "public", {"kty": "OKP", "crv": "Ed448", "x": "AAAA"}, "Python", "ERR_KEY_CURVE", "ed25519")

for kind, name, options, expect, named in (
        ("rsa-1024", "RSA of 1024 bits", "-pkeyopt rsa_keygen_bits:1024", "ERR_RSA_MODULUS", "1024"),
        ("rsa-e3", "RSA with e = 3", "-pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3", "ERR_RSA_EXPONENT",
         "exponent")):
    foreign(kind, name, "openssl genpkey -algorithm RSA " + options, expect, "rsaPssSha256", named, False)
    command = "openssl rsa -in %s.pem -traditional" % kind
    wrong(name + " PKCS#1", "private", run(command).decode(), command, expect, "rsaPssSha256", named, False)
command = "openssl genrsa -primes 3 2048"
pem = drawn("RSA of three primes PKCS#8", command)
put("rsa-3.pem", pem)
wrong("RSA of three primes PKCS#8", "private", pem, command, "ERR_KEY_FORM", "rsaPssSha256", "two-prime")
command = "openssl rsa -in rsa-3.pem -traditional"
wrong("RSA of three primes PKCS#1", "private", run(command).decode(), command, "ERR_KEY_FORM", "rsaPssSha256",
      "two-prime")

# More than one thing.
for name, what, text, made in (
        ("two public keys", "public", spki + P_384[0], "cat of two SPKI PEM"),
        ("the same public key twice", "public", spki + spki, "cat of one SPKI PEM, twice"),
        ("two private keys", "private", pkcs8 + RSA_2048[1], "cat of two PKCS#8 PEM"),
        ("two keys on one line", "public", (spki + P_384[0]).replace("\n", " "),
         "cat of two SPKI PEM; newlines to spaces"),
        ("a private key and its public key", "private", pkcs8 + spki, "cat of PKCS#8 and SPKI PEM"),
        ("a private key and its certificate", "private", pkcs8 + cert, "cat of PKCS#8 PEM and certificate"),
        ("a certificate and its private key", "private", cert + pkcs8, "cat of certificate and PKCS#8 PEM"),
        ("two EC private keys, each after EC PARAMETERS", "private",
         get("p-256.pem").decode() + get("p-384.pem").decode(), "cat of two openssl ecparam -genkey"),
        ("EC PARAMETERS twice before a key", "private",
         run("openssl ecparam -name prime256v1").decode() + get("p-256.pem").decode(), "cat of parameters and key"),
        ("EC PARAMETERS before a public key", "public",
         run("openssl ecparam -name prime256v1").decode() + spki, "cat of parameters and SPKI PEM"),
        ("EC PARAMETERS after the private key", "private",
         sec1 + run("openssl ecparam -name prime256v1").decode(), "cat of key and parameters")):
    wrong(name + " in one file", what, text, made, "ERR_KEY_SEVERAL", named="one block")
command = "openssl pkcs12 -in key.p12 -nodes -passin pass:countersign"
wrong("everything of a PKCS#12 file in one file", "private", run(command).decode(), command, "ERR_KEY_SEVERAL",
      named="one block")

# Texts that are no key.
EMPTY = "ERR_KEY_EMPTY"
for name, text in (("empty text", ""), ("white space", " \t\r\n \n"), ("a byte order mark alone", BOM),
                   ("empty quotes", '""'), ("a literal \\n alone", "\\n")):
    wrong(name, "private", text, "by hand", EMPTY)
der_text = octets_of(spki).hex()
wrong("DER in hexadecimal", "public", der_text, "openssl pkey -in p-256.pem -pubout -outform DER | xxd -p",
      "ERR_KEY_FORM", named="hexadecimal")
wrong("DER in hexadecimal, capitals", "private", octets_of(pkcs8).hex().upper(),
      "openssl pkey -in p-256.pem -outform DER | xxd -p -u", "ERR_KEY_FORM", named="hexadecimal")
wrong("Base64 of a PEM", "private", b64(pkcs8.encode()), "openssl base64 -A -in p-256.pem", "ERR_KEY_FORM",
      named="PEM")
wrong("PEM as octets", "private", pkcs8.encode(), "openssl pkey -in p-256.pem; read without an encoding",
      "ERR_KEY_FORM", named="PEM")
wrong("Base64 as octets", "public", body(spki).replace("\n", "").encode(),
      "openssl base64 -A; read without an encoding", "ERR_DER")
for name, text in (("SPKI", octets_of(RSA_2048[0])), ("PKCS#8", octets_of(RSA_2048[1]))):
    assert re.search("[-_]", b64url(text))
    wrong("DER in base64url, " + name, "private" if name == "PKCS#8" else "public", b64url(text),
          "Python: base64url of DER", "ERR_BASE64", "rsaPssSha256")
wrong("a name of a file", "private", "./keys/private.pem", "by hand", "ERR_KEY_FORM")
wrong("a word", "private", "undefined", "by hand", "ERR_KEY_FORM")

# Damaged PEM: a text with the dashes of a boundary is PEM, and without them it is some other text.
lines = spki.split("\n")
for name, text in (
        ("one dash too few before BEGIN", spki[1:]),
        ("one dash too few after END", spki.rstrip("\n")[:-1]),
        ("no END", "\n".join(lines[:-2])),
        ("no BEGIN", "\n".join(lines[1:])),
        ("another label at END", spki.replace("END PUBLIC", "END PRIVATE")),
        ("/n for newline", spki.replace("\n", "/n")),
        ("a character of Base64 lost", spki.replace(lines[1], lines[1][:-1])),
        ("a foreign character in Base64", spki.replace(lines[1], "*" + lines[1][1:])),
        ("three dots in the middle", spki.replace(lines[1], "...")),
        ("nothing between the boundaries, 5 dots", "-----BEGIN PUBLIC KEY-----\n.....\n-----END PUBLIC KEY-----\n"),
        ("a header", spki.replace("KEY-----\nM", "KEY-----\nComment: countersign-test\n\nM"))):
    wrong("damaged PEM: " + name, "public", text, "openssl pkey -in p-256.pem -pubout; damaged by hand", "ERR_PEM")
for name, text, expect in (
        ("dashes made long by a word processor", spki.replace("-----", "\u2013\u2013\u2013"), "ERR_KEY_FORM"),
        ("everything in small letters", spki.lower(), "ERR_PEM")):
    wrong("damaged PEM: " + name, "public", text, "openssl pkey -in p-256.pem -pubout; damaged by hand", expect)
wrong("damaged PEM: a line lost", "public", spki.replace(lines[1] + "\n", ""),
      "openssl pkey -in p-256.pem -pubout; a line deleted", "ERR_DER")
wrong("damaged DER: cut short", "public", octets_of(spki)[:-1],
      "openssl pkey -in p-256.pem -pubout -outform DER | head -c -1", "ERR_DER")

# Every container that is to be taken is one that openssl takes, and for the same key. Not raw octets, nor version 2
# of PKCS#8, which openssl 3.0 does not read.
SPKI = {e["key"]: e["input"] for e in ENTRIES if e["name"] == "%s SPKI DER" % e["key"]}
for e in ENTRIES:
    if e["expect"] == "ok" and e["form"] == "der" and not re.search("version 2|raw octets", e["name"]):
        public = " -pubin" if e["what"] == "public" else ""
        found = run("openssl pkey -inform DER%s -pubout -outform DER" % public, bytes.fromhex(e["input"]))
        if found.hex() != SPKI[e["key"]]:
            raise SystemExit("openssl finds another key in " + e["name"])

with open(FILE, "w", encoding="utf-8") as file:
    text = json.dumps({"note": NOTE, "keys": KEYS, "entries": ENTRIES}, indent=2)
    # As prettier has it: an array of one text stands on its line.
    file.write(re.sub(r'\[\n +("[^"]*")\n +\]', r"[\1]", text) + "\n")
WORK.cleanup()
print("%d keys, %d entries" % (len(KEYS), len(ENTRIES)))
