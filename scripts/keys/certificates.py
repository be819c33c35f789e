"""Writes test/key/certificates/paths.json: certificates and paths of them, good and bad, and what
openssl says of each. Keys and signatures are openssl's; the certificates are put together here,
since openssl refuses to make most of the bad ones. Every run draws new keys.

    /usr/bin/python3 scripts/keys/certificates.py
"""
import base64
import calendar
import hashlib
import json
import os
import re
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.path.join(ROOT, "test", "key", "certificates", "paths.json")
WORK = tempfile.mkdtemp()


def run(*args, data=None, check=True):
    done = subprocess.run(["openssl", *args], input=data, capture_output=True)
    if check and done.returncode != 0:
        raise RuntimeError("%s: %s" % (args, done.stderr.decode()))
    return done


# DER ------------------------------------------------------------------------------------------

def tlv(tag, *contents):
    body = b"".join(contents)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + body


def seq(*parts):
    return tlv(0x30, *parts)


def integer(value):
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    out = b""
    for arc in [40 * first + second, *rest]:
        septets = [arc & 0x7F]
        while arc > 0x7F:
            arc >>= 7
            septets.insert(0, (arc & 0x7F) | 0x80)
        out += bytes(septets)
    return tlv(6, out)


def bits(octets, unused=0):
    return tlv(3, bytes([unused]), octets)


def read(der, at=0):
    """The tag, the content and the end of the value at an offset."""
    size, start = der[at + 1], at + 2
    if size >= 0x80:
        count = size & 0x7F
        size = int.from_bytes(der[start:start + count], "big")
        start += count
    return der[at], der[start:start + size], start + size


def parts_of(content):
    out, at = [], 0
    while at < len(content):
        tag, inner, end = read(content, at)
        out.append((tag, inner, content[at:end]))
        at = end
    return out


TRUE, FALSE, NULL = tlv(1, b"\xff"), tlv(1, b"\x00"), tlv(5)
UTF8, PRINTABLE, TELETEX, IA5, BMP, UNIVERSAL = 0x0C, 0x13, 0x14, 0x16, 0x1E, 0x1C
CN, O, C, OU, EMAIL = "2.5.4.3", "2.5.4.10", "2.5.4.6", "2.5.4.11", "1.2.840.113549.1.9.1"

# keys -----------------------------------------------------------------------------------------

ORDER_256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Key:
    drawn = 0

    def __init__(self, kind, *options, compressed=False):
        Key.drawn += 1
        self.path = os.path.join(WORK, "key%d.pem" % Key.drawn)
        args = {
            "rsa": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
            "rsa1024": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
            "rsa-e3": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt",
                       "rsa_keygen_pubexp:3"],
            "pss": ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"],
            "pss512": ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048",
                       "-pkeyopt", "rsa_pss_keygen_md:sha512", "-pkeyopt",
                       "rsa_pss_keygen_mgf1_md:sha512", "-pkeyopt", "rsa_pss_keygen_saltlen:64"],
            "ed25519": ["-algorithm", "ED25519"],
            "x25519": ["-algorithm", "X25519"],
            "ed448": ["-algorithm", "ED448"],
        }.get(kind)
        if args is None:
            args = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + kind, *options]
        run("genpkey", *args, "-out", self.path)
        form = ["-ec_conv_form", "compressed"] if compressed else []
        self.spki = run("pkey", "-in", self.path, "-pubout", *form, "-outform", "DER").stdout
        point = parts_of(parts_of(self.spki)[0][1])[1][1][1:]
        self.id = hashlib.sha1(point).digest()

    def sign(self, octets, how):
        name = os.path.join(WORK, "tbs")
        with open(name, "wb") as file:
            file.write(octets)
        if how == "ed25519":
            return run("pkeyutl", "-sign", "-rawin", "-inkey", self.path, "-in", name).stdout
        hash_name, *padding = how.split()
        options = []
        if padding:
            salt, mgf = padding
            options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:" + salt,
                       "-sigopt", "rsa_mgf1_md:" + mgf]
        return run("dgst", "-" + hash_name, "-sign", self.path, *options, name).stdout


# how certificates are signed ------------------------------------------------------------------

HASH_OIDS = {"sha1": "1.3.14.3.2.26", "sha256": "2.16.840.1.101.3.4.2.1",
             "sha384": "2.16.840.1.101.3.4.2.2", "sha512": "2.16.840.1.101.3.4.2.3"}


def pss(hash_name, mgf, salt):
    name = lambda which: seq(oid(HASH_OIDS[which]), NULL)
    parts = []
    if hash_name != "sha1":
        parts.append(tlv(0xA0, name(hash_name)))
    if mgf != "sha1":
        parts.append(tlv(0xA1, seq(oid("1.2.840.113549.1.1.8"), name(mgf))))
    if salt != 20:
        parts.append(tlv(0xA2, integer(salt)))
    return seq(oid("1.2.840.113549.1.1.10"), seq(*parts)), "%s %d %s" % (hash_name, salt, mgf)


def rsa_with(arc, hash_name):
    return seq(oid("1.2.840.113549.1.1.%d" % arc), NULL), hash_name


def ec_with(dotted, hash_name):
    return seq(oid(dotted)), hash_name


METHODS = {
    "rsa-md5": rsa_with(4, "md5"), "rsa-sha1": rsa_with(5, "sha1"),
    "rsa-sha224": rsa_with(14, "sha224"), "rsa-sha256": rsa_with(11, "sha256"),
    "rsa-sha384": rsa_with(12, "sha384"), "rsa-sha512": rsa_with(13, "sha512"),
    "rsa-sha256-bare": (seq(oid("1.2.840.113549.1.1.11")), "sha256"),
    "pss-sha256": pss("sha256", "sha256", 32), "pss-sha384": pss("sha384", "sha384", 48),
    "pss-sha512": pss("sha512", "sha512", 64), "pss-sha1": pss("sha1", "sha1", 20),
    "pss-salt20": pss("sha256", "sha256", 20), "pss-mixed": pss("sha256", "sha512", 32),
    "ecdsa-sha1": ec_with("1.2.840.10045.4.1", "sha1"),
    "ecdsa-sha256": ec_with("1.2.840.10045.4.3.2", "sha256"),
    "ecdsa-sha384": ec_with("1.2.840.10045.4.3.3", "sha384"),
    "ecdsa-sha512": ec_with("1.2.840.10045.4.3.4", "sha512"),
    "ecdsa-null": (seq(oid("1.2.840.10045.4.3.2"), NULL), "sha256"),
    "ed25519": (seq(oid("1.3.101.112")), "ed25519"),
}

# certificates ---------------------------------------------------------------------------------

T2020, T2030, T2040 = (calendar.timegm((year, 1, 1, 0, 0, 0)) for year in (2020, 2030, 2040))
NOW = T2030


def name(*rdns):
    """Each a list of attributes (type, tag, text or octets), or one."""
    out = b""
    for rdn in rdns:
        members = []
        for kind, tag, value in rdn if isinstance(rdn, list) else [rdn]:
            if isinstance(value, str):
                value = value.encode({BMP: "utf-16-be", UNIVERSAL: "utf-32-be"}.get(tag, "utf-8"))
            members.append(seq(oid(kind), tlv(tag, value)))
        out += tlv(0x31, *sorted(members))
    return seq(out)


def named(text):
    return name((C, PRINTABLE, "XX"), (O, UTF8, "Countersign Test"), (CN, UTF8, text))


def at(seconds):
    """Time, RFC 5280, 4.1.2.5."""
    given = time.gmtime(seconds)
    if given.tm_year < 2050:
        return tlv(0x17, time.strftime("%y%m%d%H%M%SZ", given).encode())
    return tlv(0x18, time.strftime("%Y%m%d%H%M%SZ", given).encode())


def extension(dotted, value, critical=False):
    return seq(oid(dotted), *([TRUE] if critical else []), tlv(4, value))


def basic(ca, path_len=None):
    parts = ([TRUE] if ca else []) + ([] if path_len is None else [integer(path_len)])
    return extension("2.5.29.19", seq(*parts), True)


USAGES = ["digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment",
          "keyAgreement", "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly"]


def usage(*names):
    value = sum(1 << (15 - USAGES.index(one)) for one in names)
    octets = value.to_bytes(2, "big").rstrip(b"\0")
    low = octets[-1]
    return extension("2.5.29.15", bits(octets, (low & -low).bit_length() - 1), True)


def purposes(*dotted, critical=False):
    return extension("2.5.29.37", seq(*map(oid, dotted)), critical)


CERTIFICATES = {}


class Cert:
    """A certificate and the key that its subject has."""

    def __init__(self, label, der, subject, key):
        assert label not in CERTIFICATES, label
        self.label, self.der, self.subject, self.key = label, der, subject, key
        self.pem = os.path.join(WORK, "cert%d.pem" % len(CERTIFICATES))
        text = base64.encodebytes(der).decode().replace("\n", "")
        lines = "\n".join(text[i:i + 64] for i in range(0, len(text), 64))
        with open(self.pem, "w") as file:
            file.write("-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n" % lines)
        CERTIFICATES[label] = self


def make(label, issuer, key, subject=None, ca=False, path_len=None, extra=(), drop=(),
         method="ecdsa-sha256", not_before=T2020, not_after=T2040, serial=None, version=2,
         issuer_name=None, sign_key=None, how=None, outer=None, after=b"", flip=False,
         key_usage=None, whole=None, high_s=None, ids=b"", times=None, spki=None):
    """issuer None: self-signed."""
    subject = named(label) if subject is None else subject
    signer = key if issuer is None else issuer.key
    algorithm, own = METHODS[method]
    if key_usage is None:
        key_usage = usage("keyCertSign", "cRLSign") if ca else usage("digitalSignature")
    extensions = {"basic": basic(ca, path_len) if ca else extension("2.5.29.19", seq()),
                  "usage": key_usage, "ski": extension("2.5.29.14", tlv(4, key.id)),
                  "aki": extension("2.5.29.35", seq(tlv(0x80, signer.id)))}
    kept = [value for what, value in extensions.items() if what not in drop] + list(extra)
    wrapped = tlv(0xA3, seq(*kept)) if kept and whole is None else (whole or b"")
    if serial is None:
        serial = integer(int.from_bytes(hashlib.sha256(label.encode()).digest()[:8], "big") | 1)
    tbs = seq(
        b"" if version is None else tlv(0xA0, integer(version)), serial, algorithm,
        (subject if issuer is None else issuer.subject) if issuer_name is None else issuer_name,
        times or seq(at(not_before), at(not_after)), subject, spki or key.spki, ids, wrapped)
    signature = (sign_key or signer).sign(tbs, how or own)
    if high_s is not None:
        r, s = (int.from_bytes(part[1], "big") for part in parts_of(read(signature)[1]))
        s = ORDER_256 - s if (s > ORDER_256 // 2) != high_s else s
        signature = seq(integer(r), integer(s))
    if flip:
        signature = signature[:-1] + bytes([signature[-1] ^ 1])
    der = seq(tbs, outer or algorithm, bits(signature)) + after
    return Cert(label, der, subject, key)


# cases ----------------------------------------------------------------------------------------

CASES = []

WHY = {
    "ERR_PATH_PIN": "openssl verify is not told whom to expect.",
    "ERR_PATH_LEAF_USAGE": "openssl verify asks for a leaf's usage only with a purpose of its own.",
    "ERR_PATH_PURPOSE": "openssl verify knows this extension and is not told a purpose.",
    "ERR_PATH_NAME": "openssl verify searches for issuers, whatever the order of the certificates; "
                     "what a message carries beyond the path is data that nobody verified.",
    "ERR_PATH_LENGTH": "openssl verify takes paths of 100 certificates; five is our bound on work.",
    "ERR_PATH_NAME_ENCODING": "openssl verify compares names without regard to case and the types "
                              "of strings, as RFC 5280, section 7.1, has it; here octets are equal.",
    "ERR_PATH_NAME_CONSTRAINTS": "openssl verify processes name constraints; here they are not.",
    "ERR_PATH_CERT_SIGN": "openssl verify takes an issuer without keyUsage unless it is strict.",
    "ERR_RSA_MODULUS": "openssl verify takes RSA-1024 at its default level of security.",
    "ERR_PATH_CA": "openssl verify takes an issuer without basicConstraints unless it is strict.",
    "ERR_PATH_WEAK_HASH": "openssl verify takes the hash function at its default level.",
    "ERR_DER": "openssl's reader takes more encodings than DER has.",
}


def case(title, chain, roots, expect="ok", now=NOW, pin=None, purpose=None, why=None):
    if pin is None:
        pin = {"subject": {"oid": CN, "value": chain[0].label if chain else "nobody"}}
    CASES.append({"name": title, "chain": [one.label for one in chain],
                  "roots": [one.label for one in roots], "now": now, "pin": pin,
                  **({"purpose": purpose} if purpose else {}), "expect": expect, "why": why})


def openssl_verify(row, *flags):
    chain = [CERTIFICATES[label] for label in row["chain"]]
    roots = [CERTIFICATES[label] for label in row["roots"]]
    store, others = os.path.join(WORK, "roots.pem"), os.path.join(WORK, "others.pem")
    for path, certs in ((store, roots), (others, chain[1:])):
        with open(path, "w") as file:
            file.write("".join(open(one.pem).read() for one in certs))
    untrusted = ["-untrusted", others] if len(chain) > 1 else []
    done = run("verify", *flags, "-no-CApath", "-no-CAstore", "-attime", str(row["now"]), "-CAfile",
               store, *untrusted, chain[0].pem, check=False)
    if done.returncode == 0:
        return {"ok": True}
    text = done.stderr.decode() + done.stdout.decode()
    found = re.search(r"error (\d+) at (\d+) depth lookup: (.*)", text)
    if found:
        return {"ok": False, "error": int(found[1]), "depth": int(found[2]), "text": found[3]}
    reason = re.search(r"error:[0-9A-F]+:(.*?):(.*?):(.*?):", text)
    return {"ok": False, "text": "not read" + (": " + reason[3] if reason else "")}


def openssl_x509(cert):
    form = ["x509", "-in", cert.pem, "-noout"]
    done = run(*form, "-serial", "-fingerprint", "-sha256", "-startdate", "-enddate", "-subject",
               "-issuer", "-nameopt", "RFC2253,-esc_msb,utf8", check=False)
    if done.returncode != 0:
        return None
    lines = [line.split("=", 1)[1] for line in done.stdout.decode().splitlines()]
    serial, fingerprint, start, end, subject, issuer = lines
    seconds = lambda text: calendar.timegm(time.strptime(text, "%b %d %H:%M:%S %Y GMT"))
    try:
        times = [seconds(start), seconds(end)]
    except ValueError:
        times = [start, end]
    return {"serial": serial, "fingerprint": fingerprint, "notBefore": times[0],
            "notAfter": times[1], "subject": subject, "issuer": issuer}


def good_paths():
    kinds = [("RSA", "rsa", "rsa-sha256"), ("RSA and SHA-384", "rsa", "rsa-sha384"),
             ("RSA and SHA-512", "rsa", "rsa-sha512"), ("RSA-PSS", "rsa", "pss-sha256"),
             ("RSA-PSS and SHA-384", "rsa", "pss-sha384"),
             ("RSA-PSS keys", "pss", "pss-sha512"), ("RSA-PSS keys of SHA-512", "pss512", "pss-sha512"),
             ("P-256", "P-256", "ecdsa-sha256"), ("P-384", "P-384", "ecdsa-sha384"),
             ("P-521", "P-521", "ecdsa-sha512"), ("Ed25519", "ed25519", "ed25519"),
             ("P-384 and SHA-256", "P-384", "ecdsa-sha256"),
             ("P-256 and SHA-384", "P-256", "ecdsa-sha384"),
             ("P-384 and SHA-512", "P-384", "ecdsa-sha512")]
    drawn = {}
    for title, kind, method in kinds:
        root_key, leaf_key = drawn.setdefault(kind, (Key(kind), Key(kind)))
        root = make(title + " root", None, root_key, ca=True, method=method)
        leaf = make(title + " leaf", root, leaf_key, method=method)
        case(title, [leaf], [root])
    return drawn


def main():
    keys = good_paths()
    rsa_key = keys["rsa"][0]
    p256 = [Key("P-256") for _ in range(7)]
    root = make("Root", None, p256[0], ca=True)
    ca = make("CA", root, p256[1], ca=True)
    leaf = make("Leaf", ca, p256[2])
    other_root = make("Other root", None, p256[3], ca=True)

    # How much of a path a message carries, and how long it is.
    case("without the root", [leaf, ca], [root])
    case("with the root", [leaf, ca, root], [root])
    case("among other roots", [leaf, ca], [other_root, root])
    partial = "openssl verify needs -partial_chain for that; here a root is what the caller trusts."
    case("one certificate that is a root", [leaf], [leaf], why=partial)
    case("a root that is no self-signed certificate", [leaf], [ca], why=partial)
    case("a CA as leaf, with digitalSignature",
         [make("Signing CA", root, p256[4], ca=True,
               key_usage=usage("digitalSignature", "keyCertSign", "cRLSign"))], [root])
    cas = [root]
    for depth in range(1, 5):
        cas.append(make("CA %d" % depth, cas[-1], p256[depth], ca=True))
    leaf3, leaf4 = make("Leaf 3", cas[3], p256[5]), make("Leaf 4", cas[4], p256[5])
    case("four certificates", [make("Leaf 2", cas[2], p256[5]), cas[2], cas[1], root], [root])
    case("five certificates", [leaf3, cas[3], cas[2], cas[1]], [root])
    case("five certificates with the root", [leaf3, cas[3], cas[2], cas[1], root], [root])
    case("six certificates", [leaf4, *cas[4:0:-1]], [root], "ERR_PATH_LENGTH")
    case("six certificates with the root", [leaf4, *cas[4::-1]], [root], "ERR_PATH_LENGTH")
    case("no certificate that is issued by a root", [leaf, ca], [other_root], "ERR_PATH_ROOT")
    case("no intermediate", [leaf], [root], "ERR_PATH_ROOT")
    same_name = make("Root of the same name", None, p256[3], ca=True, subject=root.subject)
    case("another root of the same name", [leaf, ca], [same_name], "ERR_PATH_SIGNATURE")
    case("a root of the same name that was not given", [leaf, ca, same_name], [root],
         "ERR_PATH_SIGNATURE",
         why="openssl verify leaves out what it does not need; here all that is given must be right.")
    forged_ca = make("CA of a forged root", same_name, p256[4], ca=True)
    case("a path to a forged root of the same name", [make("Leaf of a forged root", forged_ca, p256[5]), forged_ca,
                                                      same_name], [root], "ERR_PATH_SIGNATURE")
    case("the right one of two roots of one name", [leaf, ca], [same_name, root])
    expired = make("Expired root", None, p256[0], ca=True, subject=root.subject,
                   not_before=T2020 - 9, not_after=T2020)
    case("the root that is valid, of two with one key", [leaf, ca], [expired, root])
    case("an older certificate of a root's key", [leaf, ca, expired], [root], "ERR_PATH_EXPIRED",
         why="openssl verify leaves out what it does not need; here all that is given must be right.")
    case("shuffled", [leaf, root, ca], [root], "ERR_PATH_NAME")
    case("the leaf twice", [leaf, leaf, ca], [root], "ERR_PATH_NAME")
    case("another leaf between", [leaf, make("Neighbour", ca, p256[4]), ca], [root], "ERR_PATH_NAME")

    # Who may issue.
    below = make("Below the leaf", leaf, p256[4])
    case("issued by a leaf", [below, leaf, ca], [root], "ERR_PATH_CA")
    signing = make("Leaf that may sign certificates", ca, p256[4],
                   key_usage=usage("digitalSignature", "keyCertSign"))
    case("issued by a leaf with keyCertSign", [make("Below that leaf", signing, p256[5]), signing, ca],
         [root], "ERR_PATH_CA")
    for title, expect, options in [
            ("without basicConstraints", "ERR_PATH_CA", dict(drop=["basic"])),
            ("without keyUsage", "ERR_PATH_CERT_SIGN", dict(drop=["usage"])),
            ("without keyCertSign", "ERR_PATH_CERT_SIGN",
             dict(key_usage=usage("digitalSignature", "cRLSign"))),
            ("with name constraints", "ERR_PATH_NAME_CONSTRAINTS", dict(extra=[extension(
                "2.5.29.30", seq(tlv(0xA0, seq(tlv(0xA4, seq())))), True)])),
            ("with name constraints that are not critical", "ERR_PATH_NAME_CONSTRAINTS",
             dict(extra=[extension("2.5.29.30", seq(tlv(0xA0, seq(tlv(0xA4, seq())))))])),
            ("with an unknown critical extension", "ERR_PATH_CRITICAL",
             dict(extra=[extension("1.2.3.4", NULL, True)])),
            ("expired", "ERR_PATH_EXPIRED", dict(not_after=NOW - 1)),
            ("not yet valid", "ERR_PATH_NOT_YET_VALID", dict(not_before=NOW + 1))]:
        issuer = make("CA " + title, root, p256[4], ca=True, **options)
        case("an intermediate " + title, [make("Leaf of a CA " + title, issuer, p256[5]), issuer],
             [root], expect)
        anchor = make("Root " + title, None, p256[4], ca=True, **options)
        case("a root " + title, [make("Leaf of a root " + title, anchor, p256[5])], [anchor], expect)

    def chain_of(*links):
        """Links from the root's side; the leaf is added, and the chain is leaf first."""
        chain = [root]
        for label, path_len, extra in links:
            chain.append(make(label, chain[-1], p256[1 + len(chain) % 4], ca=True, path_len=path_len, **extra))
        chain.append(make("Leaf below " + links[-1][0], chain[-1], p256[5]))
        return chain[:0:-1]

    case("pathLen 0 over a leaf", chain_of(("PL A0", 0, {})), [root])
    case("pathLen 0 over a CA", chain_of(("PL B0", 0, {}), ("PL B", None, {})), [root],
         "ERR_PATH_PATH_LEN")
    case("pathLen 1 over a CA", chain_of(("PL C1", 1, {}), ("PL C", 0, {})), [root])
    case("pathLen 1 over two CAs", chain_of(("PL D1", 1, {}), ("PL D2", 5, {}), ("PL D3", None, {})),
         [root], "ERR_PATH_PATH_LEN")
    itself = named("PL E0")
    case("pathLen 0 over the same CA with a new key",
         chain_of(("PL E0", 0, {}), ("PL E0 again", None, dict(subject=itself))), [root])
    first = make("PL F0", root, p256[1], ca=True, path_len=0)
    case("pathLen 0 of a root over a CA", [leaf0 := make("Leaf PL", (inter := make(
        "PL G", anchor := make("PL G0", None, p256[3], ca=True, path_len=0), p256[4], ca=True)),
        p256[5]), inter], [anchor], "ERR_PATH_PATH_LEN")
    case("pathLen 0 of a leaf that is a CA", [first], [root], "ERR_PATH_LEAF_USAGE")

    # Times. Both ends belong to the validity.
    last_second = "openssl verify takes the last second for expired; RFC 5280, 4.1.2.5, includes it."
    for title, now, expect in [
            ("the first second", T2020, "ok"), ("the second before", T2020 - 1, "ERR_PATH_NOT_YET_VALID"),
            ("the last second", T2040, "ok"), ("the second after", T2040 + 1, "ERR_PATH_EXPIRED")]:
        case(title, [leaf, ca], [root], expect, now=now, why=last_second)
    wide = dict(not_before=T2020 - 9, not_after=T2040 + 9)
    wide_root = make("Wide root", None, p256[0], ca=True, **wide)
    wide_ca = make("Wide CA", wide_root, p256[1], ca=True, **wide)
    short = make("Short leaf", wide_ca, p256[2])
    for title, now, expect in [
            ("first second of a leaf", T2020, "ok"), ("second before a leaf", T2020 - 1, "ERR_PATH_NOT_YET_VALID"),
            ("last second of a leaf", T2040, "ok"), ("second after a leaf", T2040 + 1, "ERR_PATH_EXPIRED")]:
        case("the " + title, [short, wide_ca], [wide_root], expect, now=now, why=last_second)
    late = make("Until 9999", root, p256[2], not_before=T2020, not_after=253402300799)
    case("a leaf without an end", [late], [root])
    y2050 = make("From 2050", None, p256[2], not_before=2524608000, not_after=2524608009, ca=False)
    case("a leaf from 2050", [y2050], [y2050], now=2524608000)
    y1950 = make("From 1950", None, p256[2], times=seq(tlv(0x17, b"500101000000Z"), tlv(0x17, b"491231235959Z")))
    case("a leaf from 1950 to 2049", [y1950], [y1950], now=2524607999, why=last_second)
    leap = make("Leap", None, p256[2], times=seq(tlv(0x17, b"280229235959Z"), tlv(0x17, b"320229000000Z")))
    case("a leaf from one leap day to another", [leap], [leap])

    # Extensions.
    unknown = extension("1.2.3.4", NULL, True)
    case("a leaf with an unknown critical extension", [make("Leaf critical", ca, p256[5], extra=[unknown]), ca],
         [root], "ERR_PATH_CRITICAL")
    case("a leaf with an unknown extension that is not critical",
         [make("Leaf extension", ca, p256[5], extra=[extension("1.2.3.4", NULL)]), ca], [root])
    case("a leaf with critical policies",
         [make("Leaf policies", ca, p256[5], extra=[extension("2.5.29.32", seq(seq(oid("1.2.3"))), True)]), ca],
         [root], "ERR_PATH_CRITICAL", why="openssl verify knows policies and is asked for none.")
    case("a leaf with policies that are not critical",
         [make("Leaf plain policies", ca, p256[5], extra=[extension("2.5.29.32", seq(seq(oid("1.2.3"))))]), ca],
         [root])
    case("a leaf with critical alternative names", [make("Leaf SAN", ca, p256[5], extra=[
        extension("2.5.29.17", seq(tlv(0x82, b"example.test")), True)]), ca], [root])
    points = seq(seq(tlv(0xA0, tlv(0xA0, tlv(0x86, b"http://example.test/crl")))))
    case("a leaf with critical distribution points", [make("Leaf CDP", ca, p256[5], extra=[
        extension("2.5.29.31", points, True)]), ca], [root])
    case("a leaf with a critical authority key identifier", [make("Leaf AKI", ca, p256[5], drop=["aki"], extra=[
        extension("2.5.29.35", seq(tlv(0x80, ca.key.id)), True)]), ca], [root], "ERR_PATH_CRITICAL")
    case("a leaf with name constraints that are not critical", [make("Leaf NC", ca, p256[5], extra=[
        extension("2.5.29.30", seq(tlv(0xA0, seq(tlv(0xA4, seq())))))]), ca], [root])
    client, server = "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"
    eku = make("Leaf EKU", ca, p256[5], extra=[purposes(client, critical=True)])
    soft = make("Leaf soft EKU", ca, p256[5], extra=[purposes(server, client)])
    any_eku = make("Leaf any EKU", ca, p256[5], extra=[purposes("2.5.29.37.0")])
    case("critical purposes, and none asked for", [eku, ca], [root], "ERR_PATH_PURPOSE")
    case("critical purposes, and one of them asked for", [eku, ca], [root], purpose=client)
    case("critical purposes, and another asked for", [eku, ca], [root], "ERR_PATH_PURPOSE", purpose=server)
    case("purposes, and none asked for", [soft, ca], [root])
    case("purposes, and one of them asked for", [soft, ca], [root], purpose=client)
    case("purposes, and another asked for", [soft, ca], [root], "ERR_PATH_PURPOSE", purpose="1.3.6.1.5.5.7.3.3")
    case("any purpose, and one asked for", [any_eku, ca], [root], "ERR_PATH_PURPOSE", purpose=client)
    case("no purpose, and one asked for", [leaf, ca], [root], "ERR_PATH_PURPOSE", purpose=client)
    eku_ca = make("CA EKU", root, p256[4], ca=True, extra=[purposes(server)])
    case("an intermediate for another purpose", [make("Leaf of CA EKU", eku_ca, p256[5], extra=[purposes(client)]),
                                                 eku_ca], [root], "ERR_PATH_PURPOSE", purpose=client)

    # The leaf.
    for title, options in [("without keyUsage", dict(drop=["usage"])),
                           ("without digitalSignature", dict(key_usage=usage("keyEncipherment", "nonRepudiation")))]:
        case("a leaf " + title, [make("Leaf " + title, ca, p256[5], **options), ca], [root], "ERR_PATH_LEAF_USAGE")
    case("a leaf that encrypts", [make("Leaf encrypts", ca, rsa_key, key_usage=usage("keyEncipherment")), ca],
         [root], "ERR_PATH_LEAF_USAGE")
    case("a leaf that agrees", [make("Leaf agrees", ca, p256[5], key_usage=usage("keyAgreement")), ca], [root],
         "ERR_PATH_LEAF_USAGE")
    case("a leaf with X25519", [make("Leaf X25519", ca, Key("x25519"), key_usage=usage("keyAgreement")), ca],
         [root], "ERR_PATH_LEAF_USAGE")
    case("a leaf with all nine usages", [make("Leaf usages", ca, p256[5], key_usage=usage(*USAGES)), ca], [root],
         why="openssl takes decipherOnly and encipherOnly as they stand.")

    # How it is signed, and by what keys.
    weak_key, e3 = Key("rsa1024"), Key("rsa-e3")
    rsa_root = CERTIFICATES["RSA root"]
    for title, method, issuer, expect in [
            ("SHA-1", "rsa-sha1", rsa_root, "ERR_PATH_WEAK_HASH"), ("MD5", "rsa-md5", rsa_root, "ERR_PATH_WEAK_HASH"),
            ("RSA-PSS and SHA-1", "pss-sha1", rsa_root, "ERR_PATH_WEAK_HASH"),
            ("ECDSA and SHA-1", "ecdsa-sha1", root, "ERR_PATH_WEAK_HASH"),
            ("SHA-224", "rsa-sha224", rsa_root, "ERR_PATH_ALGORITHM"),
            ("RSA-PSS and a short salt", "pss-salt20", rsa_root, "ERR_PATH_ALGORITHM"),
            ("RSA-PSS and two hash functions", "pss-mixed", rsa_root, "ERR_PATH_ALGORITHM"),
            ("RSA without NULL", "rsa-sha256-bare", rsa_root, "ERR_PATH_ALGORITHM"),
            ("ECDSA with NULL", "ecdsa-null", root, "ERR_PATH_ALGORITHM"),
            ("P-521 and SHA-256", "ecdsa-sha256", CERTIFICATES["P-521 root"], "ERR_PATH_ALGORITHM")]:
        case("signed with " + title, [make("Leaf with " + title, issuer, p256[5], method=method)], [issuer], expect,
             why=None if expect == "ERR_PATH_WEAK_HASH" else
             "openssl verify knows it; here a certificate is signed in the ways that SECURITY lists.")
    sha1_root = make("SHA-1 root", None, rsa_key, ca=True, method="rsa-sha1")
    case("a root that signed itself with SHA-1", [make("Leaf of a SHA-1 root", sha1_root, p256[5],
                                                      method="rsa-sha256")], [sha1_root])
    pss_root = CERTIFICATES["RSA-PSS keys root"]
    case("PKCS1-v1_5 by a key for RSA-PSS", [make("Leaf by a PSS key", pss_root, p256[5], method="rsa-sha256",
                                                  sign_key=rsa_key)], [pss_root], "ERR_PATH_ALGORITHM")
    pss512 = CERTIFICATES["RSA-PSS keys of SHA-512 root"]
    case("SHA-256 by a key for RSA-PSS with SHA-512", [make(
        "Leaf by a PSS-512 key", pss512, p256[5], method="pss-sha256", sign_key=rsa_key)], [pss512],
        "ERR_PATH_ALGORITHM")
    case("ECDSA by an issuer with an RSA key", [make("Leaf by a wrong family", rsa_root, p256[5],
                                                    sign_key=p256[0])], [rsa_root], "ERR_PATH_ALGORITHM")
    case("a leaf with RSA-1024", [make("Leaf 1024", root, weak_key)], [root], "ERR_RSA_MODULUS")
    ca1024 = make("CA 1024", root, weak_key, ca=True)
    case("an intermediate with RSA-1024", [make("Leaf of 1024", ca1024, p256[5], method="rsa-sha256"), ca1024],
         [root], "ERR_RSA_MODULUS")
    root1024 = make("Root 1024", None, weak_key, ca=True, method="rsa-sha256")
    case("a root with RSA-1024", [make("Leaf of root 1024", root1024, p256[5], method="rsa-sha256")], [root1024],
         "ERR_RSA_MODULUS")
    case("a leaf with the exponent 3", [make("Leaf e3", root, e3)], [root], "ERR_RSA_EXPONENT",
         why="openssl takes small exponents.")
    case("a leaf with Ed448", [make("Leaf Ed448", root, Key("ed448"))], [root], "ERR_KEY_FAMILY",
         why="openssl knows Ed448.")
    case("a leaf on another curve", [make("Leaf brainpool", root, Key("brainpoolP256r1"))], [root], "ERR_KEY_CURVE",
         why="openssl knows the curve.")
    explicit = Key("P-256", "-pkeyopt", "ec_param_enc:explicit")
    case("a leaf on a curve given by its parameters", [make("Leaf explicit", root, explicit)], [root],
         "ERR_KEY_CURVE")
    case("a leaf on secp256k1", [make("Leaf secp256k1", root, Key("secp256k1"))], [root])
    short_ca = make("CA with a compressed point", root, Key("P-521", compressed=True), ca=True)
    case("compressed points", [make("Leaf with a compressed point", short_ca, Key("P-256", compressed=True),
                                    method="ecdsa-sha512"), short_ca], [root])
    case("ECDSA with a low s", [make("Leaf low s", root, p256[5], high_s=False)], [root])
    case("ECDSA with a high s", [make("Leaf high s", root, p256[5], high_s=True)], [root])
    for kind, title in [("P-256", "P-256"), ("rsa", "RSA"), ("ed25519", "Ed25519")]:
        anchor = CERTIFICATES[title + " root"]
        method = {"P-256": "ecdsa-sha256", "rsa": "rsa-sha256", "ed25519": "ed25519"}[kind]
        case("signed by another key, " + title, [make("Leaf by another " + title, anchor, p256[5], method=method,
                                                      sign_key=keys[kind][1])], [anchor], "ERR_PATH_SIGNATURE")
        case("a signature with a changed bit, " + title, [make("Leaf flipped " + title, anchor, p256[5],
                                                              method=method, flip=True)], [anchor],
             "ERR_PATH_SIGNATURE")
    case("an intermediate signed by another key", [make("Leaf of a forged CA", forged := make(
        "Forged CA", root, p256[4], ca=True, sign_key=p256[3]), p256[5]), forged], [root], "ERR_PATH_SIGNATURE")
    case("a leaf under an intermediate signed by another key", [make("Forged leaf", ca, p256[5], sign_key=p256[3]),
                                                               ca], [root], "ERR_PATH_SIGNATURE")
    case("signed over SHA-256 and named SHA-384", [make(
        "Leaf of two hashes", CERTIFICATES["P-384 root"], p256[5], method="ecdsa-sha384", how="sha256")],
        [CERTIFICATES["P-384 root"]], "ERR_PATH_SIGNATURE")

    # Names.
    def other_issuer(title, text, expect, tag=UTF8, organization="Countersign Test"):
        issuer_name = name((C, PRINTABLE, "XX"), (O, tag, organization), (CN, tag, text))
        case("an issuer's name " + title, [make("Leaf " + title, ca, p256[5], issuer_name=issuer_name), ca],
             [root], expect)
        case("a root's name " + title, [make("Leaf with a root " + title, root, p256[5],
                                             issuer_name=name((C, PRINTABLE, "XX"), (O, tag, organization),
                                                              (CN, tag, text.replace("CA", "Root").replace("ca", "root"))))],
             [root], expect if expect != "ERR_PATH_NAME" else "ERR_PATH_ROOT")

    other_issuer("of another type of string", "CA", "ERR_PATH_NAME_ENCODING", PRINTABLE)
    other_issuer("in BMPString", "CA", "ERR_PATH_NAME_ENCODING", BMP)
    other_issuer("in lower case", "ca", "ERR_PATH_NAME_ENCODING")
    other_issuer("with more white space", "CA", "ERR_PATH_NAME_ENCODING", organization="Countersign   Test ")
    other_issuer("altogether", "CA of somebody else", "ERR_PATH_NAME")

    # The pin.
    cn = lambda value: {"subject": {"oid": CN, "value": value}}
    def pinned(title, subject, pin, expect="ok", **options):
        case("pin: " + title, [make("Pin " + title, ca, p256[5], subject=subject, **options), ca], [root], expect,
             pin=pin)

    pinned("none", named("anyone"), "NO_PIN")
    pinned("another name", named("evil"), cn("good"), "ERR_PATH_PIN")
    pinned("another case", named("GOOD"), cn("good"), "ERR_PATH_PIN")
    pinned("a name in another attribute", name((O, UTF8, "good"), (CN, UTF8, "evil")), cn("good"), "ERR_PATH_PIN")
    pinned("the organization", name((O, UTF8, "good"), (CN, UTF8, "x")), {"subject": {"oid": O, "value": "good"}})
    pinned("twice in the subject", name((CN, UTF8, "evil"), (CN, UTF8, "good")), cn("good"), "ERR_PATH_PIN")
    pinned("twice in one set", name([(CN, UTF8, "evil"), (CN, UTF8, "good")]), cn("good"), "ERR_PATH_PIN")
    pinned("one set of two", name([(CN, UTF8, "good"), (OU, UTF8, "unit")]), cn("good"))
    pinned("none in the subject", name((O, UTF8, "good")), cn("good"), "ERR_PATH_PIN")
    pinned("no subject", name(), cn("good"), "ERR_PATH_PIN", extra=[
        extension("2.5.29.17", seq(tlv(0x82, b"good")), True)])
    pinned("a comma and another CN in one value", name((CN, UTF8, "evil, CN=good")), cn("good"), "ERR_PATH_PIN")
    pinned("a backslash and a comma", name((CN, UTF8, "evil\\, CN=good")), cn("good"), "ERR_PATH_PIN")
    pinned("a slash and another CN", name((CN, UTF8, "evil/CN=good")), cn("good"), "ERR_PATH_PIN")
    pinned("a line and another CN", name((CN, UTF8, "evil\nCN=good")), cn("good"), "ERR_PATH_PIN")
    pinned("a zero octet", name((CN, UTF8, "good\0.evil")), cn("good"), "ERR_PATH_PIN")
    pinned("commas as they stand", name((CN, UTF8, "Shop, Ltd., CN=x/y+z=\"1\";<2>\\")),
           cn("Shop, Ltd., CN=x/y+z=\"1\";<2>\\"))
    pinned("white space as it stands", name((CN, UTF8, " #good ")), cn(" #good "))
    pinned("Chinese", name((CN, UTF8, "041@8310000000083040@中国银联股份有限公司@00016495")),
           cn("041@8310000000083040@中国银联股份有限公司@00016495"))
    pinned("a name beyond the BMP", name((CN, UTF8, "\U0001f512 Ärger")), cn("\U0001f512 Ärger"))
    pinned("another normal form", name((CN, UTF8, "A\u0308rger")), cn("\u00c4rger"), "ERR_PATH_PIN")
    pinned("BMPString", name((CN, BMP, "Grüße 中国")), cn("Grüße 中国"))
    pinned("UniversalString", name((CN, UNIVERSAL, "Grüße \U0001f512")), cn("Grüße \U0001f512"))
    pinned("TeletexString", name((CN, TELETEX, "T61 (a_b)")), cn("T61 (a_b)"))
    pinned("IA5String", name((CN, UTF8, "x"), (EMAIL, IA5, "a@example.test")),
           {"subject": {"oid": EMAIL, "value": "a@example.test"}})
    pinned("several", name((O, UTF8, "Shop"), (CN, UTF8, "good")), [cn("good"), {"subject": {"oid": O, "value": "Shop"}}])
    pinned("several, and one of them wrong", name((O, UTF8, "Shop"), (CN, UTF8, "good")),
           [cn("good"), {"subject": {"oid": O, "value": "Bank"}}], "ERR_PATH_PIN")

    apple_leaf, apple_ca = "1.2.840.113635.100.6.29", "1.2.840.113635.100.6.2.14"
    pins = [{"extension": apple_leaf, "in": "leaf"}, {"extension": apple_ca, "in": "issuer"}]
    p384 = keys["P-384"][0]
    a_root = make("Pay root", None, p384, ca=True, method="ecdsa-sha384")
    a_ca = make("Pay CA", a_root, p256[1], ca=True, path_len=0, extra=[extension(apple_ca, NULL)])
    a_leaf = make("Pay leaf", a_ca, p256[2], extra=[extension(apple_leaf, NULL)])
    case("pin: extensions as Apple Pay has them", [a_leaf, a_ca, a_root], [a_root], pin=pins)
    case("pin: no extension in the leaf", [make("Pay leaf bare", a_ca, p256[2]), a_ca], [a_root], "ERR_PATH_PIN",
         pin=pins)
    b_ca = make("Pay CA bare", a_root, p256[1], ca=True, path_len=0)
    case("pin: no extension in the issuer", [make("Pay leaf of another", b_ca, p256[2],
                                                  extra=[extension(apple_leaf, NULL)]), b_ca], [a_root],
         "ERR_PATH_PIN", pin=pins)
    case("pin: an extension of the issuer, in the leaf", [make("Pay leaf double", b_ca, p256[2], extra=[
        extension(apple_leaf, NULL), extension(apple_ca, NULL)]), b_ca], [a_root], "ERR_PATH_PIN", pin=pins)
    case("pin: an extension of the issuer, in the root", [make("Pay leaf of a root", r := make(
        "Pay root itself", None, p256[3], ca=True, extra=[extension(apple_ca, NULL)]), p256[2])], [r],
        pin={"extension": apple_ca, "in": "issuer"})
    case("pin: the issuer of a lone root", [leaf], [leaf], "ERR_PATH_PIN", pin={"extension": "2.5.29.14", "in": "issuer"})

    # What is refused when it is read.
    def unread(title, expect, why=None, **options):
        case("read: " + title, [make("Read " + title, ca, p256[5], **options), ca], [root], expect, why=why)

    v1 = make("Version 1 CA", root, p256[4], version=None, whole=b"", drop=[])
    case("an intermediate of version 1", [make("Leaf of version 1", v1, p256[5]), v1], [root],
         "ERR_CERTIFICATE_VERSION")
    v1_root = make("Version 1 root", None, p256[4], version=None, whole=b"")
    case("a root of version 1", [make("Leaf of a version 1 root", v1_root, p256[5])], [v1_root],
         "ERR_CERTIFICATE_VERSION", why="openssl takes a self-signed certificate of version 1 for a CA.")
    laxer = "openssl's reader does not look at this; "
    unread("version 2", "ERR_CERTIFICATE_VERSION", version=1, why=laxer + "version 2 has no extensions.")
    unread("version 4", "ERR_CERTIFICATE_VERSION", version=3, why=laxer + "RFC 5280, 4.1.2.1, ends at 3.")
    unread("an encoded version 1", "ERR_CERTIFICATE_VERSION", version=0,
           why=laxer + "X.690, 11.5, has a default left out.")
    unread("a serial of zero", "ok", serial=integer(0))
    unread("a negative serial", "ERR_CERTIFICATE_SERIAL", serial=integer(-5), why=laxer + "RFC 5280, 4.1.2.2.")
    unread("a serial of 21 octets", "ERR_CERTIFICATE_SERIAL", serial=integer(1 << 160), why=laxer + "RFC 5280, 4.1.2.2.")
    unread("a serial of 20 octets with its highest bit", "ok", serial=integer((1 << 160) - 1))
    unread("a serial with its highest bit", "ok", serial=integer(0xFFEE))
    unread("a serial of one digit", "ok", serial=integer(5))
    unread("a padded serial", "ERR_DER", serial=tlv(2, b"\0\x05"))
    unread("two algorithms", "ERR_CERTIFICATE_ALGORITHM", outer=METHODS["ecdsa-sha384"][0])
    unread("one algorithm in two forms", "ERR_CERTIFICATE_ALGORITHM", outer=METHODS["ecdsa-null"][0])
    unread("octets after it", "ERR_DER", after=b"\0", why="openssl reads to the end of the value alone.")
    unread("a second value after it", "ERR_DER", after=NULL, why="openssl reads to the end of the value alone.")
    unread("an extension twice", "ERR_CERTIFICATE_DUPLICATE", extra=[extension("1.2.3.4", NULL)] * 2,
           why=laxer + "RFC 5280, 4.2, has each extension once.")
    unread("basicConstraints twice", "ERR_CERTIFICATE_DUPLICATE", extra=[basic(True)])
    unread("an issuer's unique identifier", "ERR_CERTIFICATE", ids=tlv(0x81, b"\0\x01"), why=laxer + "RFC 5280, 4.1.2.8.")
    unread("a subject's unique identifier", "ERR_CERTIFICATE", ids=tlv(0x82, b"\0\x01"), why=laxer + "RFC 5280, 4.1.2.8.")
    unread("no extensions", "ERR_CERTIFICATE_EXTENSION", whole=tlv(0xA3, seq()), why=laxer + "RFC 5280, 4.1.2.9.")
    unread("version 3 without extensions", "ERR_PATH_LEAF_USAGE", whole=b"")
    unread("a value after the extensions", "ERR_CERTIFICATE", whole=tlv(0xA3, seq(usage("digitalSignature"))) + NULL)
    unread("an encoded FALSE for critical", "ERR_CERTIFICATE_EXTENSION", extra=[
        seq(oid("1.2.3.4"), FALSE, tlv(4, NULL))], why=laxer + "X.690, 11.5, has a default left out.")
    unread("an encoded FALSE for CA", "ERR_CERTIFICATE_EXTENSION", drop=["basic"], extra=[
        extension("2.5.29.19", seq(FALSE))], why=laxer + "X.690, 11.5, has a default left out.")
    unread("an encoded CA:FALSE with pathLen", "ERR_CERTIFICATE_EXTENSION", drop=["basic"], extra=[
        extension("2.5.29.19", seq(integer(0)))], why=laxer + "RFC 5280, 4.2.1.9.")
    unread("basicConstraints with something after", "ERR_CERTIFICATE_EXTENSION", drop=["basic"], extra=[
        extension("2.5.29.19", seq(TRUE, integer(0), integer(0)))])
    unread("a negative pathLen", "ERR_DER", drop=["basic"], extra=[extension("2.5.29.19", seq(TRUE, integer(-1)))])
    unread("a huge pathLen", "ERR_CERTIFICATE_EXTENSION", drop=["basic"], extra=[
        extension("2.5.29.19", seq(TRUE, integer(1 << 32)))], why=laxer + "a path has five certificates.")
    for title, value in [("of no bits", b"\0"), ("of zero bits", b"\0\0"), ("with a zero at its end", b"\6\x80"),
                         ("with too few unused bits", b"\0\x80"), ("with a bit among the unused", b"\5\x90"),
                         ("of ten bits", b"\6\x80\x40"), ("with a zero octet", b"\7\x80\0"), ("of no octets", b"")]:
        unread("a keyUsage " + title, "ERR_CERTIFICATE_EXTENSION", drop=["usage"], extra=[
            extension("2.5.29.15", tlv(3, value), True)],
            why=laxer + "X.690, 11.2.2, and RFC 5280, 4.2.1.3: named bits end with one that is set.")
    unread("no purposes", "ERR_CERTIFICATE_EXTENSION", extra=[extension("2.5.29.37", seq())],
           why=laxer + "RFC 5280, 4.2.1.12, has at least one.")
    unread("octets after an extension's value", "ERR_DER", drop=["usage"], extra=[
        extension("2.5.29.15", bits(b"\x80", 7) + NULL, True)], why=laxer + "a value has one encoding.")
    for title, start in [("without seconds", b"3001010000Z"), ("without Z", b"200101000000"),
                         ("with an offset", b"200101000000+0000"), ("of 30 February", b"200230000000Z"),
                         ("of 29 February 2023", b"230229000000Z"), ("of month 13", b"201301000000Z"),
                         ("of the day 0", b"200100000000Z"), ("of the hour 24", b"200101240000Z"),
                         ("of the second 60", b"200101000060Z"), ("with a space", b"20010100000 Z")]:
        unread("a UTCTime " + title, "ERR_CERTIFICATE_TIME",
               times=seq(tlv(0x17, start), at(T2040)))
    for title, end in [("before 2050", b"20400101000000Z"), ("with a fraction", b"20500101000000.5Z"),
                       ("with an offset", b"20500101000000+0000"), ("of 29 February 2100", b"21000229000000Z"),
                       ("with two digits for the year", b"500101000000Z")]:
        unread("a GeneralizedTime " + title, "ERR_CERTIFICATE_TIME", times=seq(at(T2020), tlv(0x18, end)),
               why=laxer + "RFC 5280, 4.1.2.5, has one form for each year.")
    unread("a time of another type", "ERR_CERTIFICATE_TIME", times=seq(at(T2020), tlv(0x16, b"400101000000Z")))
    unread("one time", "ERR_CERTIFICATE", times=seq(at(T2020)))
    for title, subject in [
            ("a PrintableString with an at sign", name((CN, PRINTABLE, "a@b"))),
            ("a PrintableString with an asterisk", name((CN, PRINTABLE, "*.example.test"))),
            ("an IA5String with an umlaut", name((CN, IA5, b"\xe4"))),
            ("a NumericString with a letter", name((CN, 0x12, "12a"))),
            ("a TeletexString with a letter of Latin-1", name((CN, TELETEX, b"\xe4"))),
            ("UTF-8 of a surrogate", name((CN, UTF8, b"\xed\xa0\x80"))),
            ("an overlong UTF-8", name((CN, UTF8, b"\xc0\xaf"))),
            ("cut UTF-8", name((CN, UTF8, b"\xe4\xb8"))),
            ("a BMPString with surrogates", name((CN, BMP, b"\xd8\x3d\xdd\x12"))),
            ("a BMPString of an odd length", name((CN, BMP, b"\0a\0"))),
            ("a UniversalString beyond Unicode", name((CN, UNIVERSAL, b"\0\x11\0\0"))),
            ("an empty string", name((CN, UTF8, ""))),
            ("an INTEGER for a string", seq(tlv(0x31, seq(oid(CN), integer(5))))),
            ("an attribute of three parts", seq(tlv(0x31, seq(oid(CN), tlv(UTF8, b"a"), NULL)))),
            ("an empty set", seq(tlv(0x31))),
            ("a set out of order", seq(tlv(0x31, *sorted([seq(oid(CN), tlv(UTF8, b"good")), seq(
                oid(O), tlv(UTF8, b"x"))], reverse=True)))),
            ("one attribute twice in a set", seq(tlv(0x31, *[seq(oid(CN), tlv(UTF8, b"good"))] * 2))),
            ("65 attributes", name(*[(OU, UTF8, "u%d" % i) for i in range(65)]))]:
        unread(title, "ERR_CERTIFICATE_NAME", subject=subject, why=laxer + "X.680, 41, X.690, 11.6, RFC 5280, 4.1.2.4.")
    unread("an empty issuer", "ERR_CERTIFICATE_NAME", issuer_name=name())
    unread("an unused bit in the public key", "ERR_DER", spki=seq(
        *[part[2] for part in parts_of(read(p256[5].spki)[1])][:1], tlv(3, b"\1" + b"\4" * 65)),
        why=laxer + "a point is whole octets.")
    unread("a point off the curve", "ok", spki=seq(
        *[part[2] for part in parts_of(read(p256[5].spki)[1])][:1], bits(b"\4" * 65)),
        why="The leaf's key is used by importCertificate, which refuses it.")
    unread("an RSA key without NULL", "ERR_KEY_FORM", spki=seq(
        seq(oid("1.2.840.113549.1.1.1")), parts_of(read(rsa_key.spki)[1])[1][2]),
        why=laxer + "RFC 3279, 2.3.1, has NULL.")

    write()


def write():
    used = set()
    for row in CASES:
        used.update(row["chain"], row["roots"])
        row["openssl"] = openssl_verify(row)
        row["strict"] = openssl_verify(row, "-x509_strict")
        why, agrees = row.pop("why"), row["openssl"]["ok"] == (row["expect"] == "ok")
        if not agrees:
            row["why"] = why or WHY.get(row["expect"])
            if row["why"] is None:
                print("no reason:", row["name"], row["expect"], row["openssl"])
    titles = [row["name"] for row in CASES]
    assert len(set(titles)) == len(titles)
    certificates = {label: {"der": base64.b64encode(cert.der).decode(), "openssl": openssl_x509(cert)}
                    for label, cert in CERTIFICATES.items() if label in used}
    data = {"source": {"how": "computed", "script": "scripts/keys/certificates.py",
                       "tool": run("version").stdout.decode().split(" (")[0].strip()},
            "certificates": certificates, "cases": CASES}
    with open(OUT, "w") as file:
        json.dump(data, file, ensure_ascii=False)
    subprocess.run(["npx", "prettier", "--write", "--log-level", "warn", OUT], cwd=ROOT, check=True)
    agree = sum(row["openssl"]["ok"] == (row["expect"] == "ok") for row in CASES)
    strict = sum(row["strict"]["ok"] == (row["expect"] == "ok") for row in CASES)
    print(len(CASES), "cases,", len(certificates), "certificates; openssl agrees with", agree, "and strictly with", strict)


if __name__ == "__main__":
    main()
