"""Writes test/provider/callbacks.json: certificates, and messages that are signed by RSA, which not
every engine can sign. Keys, certificates and signatures are openssl's; every run draws new ones.

    /usr/bin/python3 scripts/keys/callbacks.py
"""
import base64
import hashlib
import json
import os
import subprocess
import tempfile
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.path.join(ROOT, "test", "provider", "callbacks.json")
WORK = tempfile.mkdtemp()
# From 2025-01-01 for ten years, so that the times of the messages are within.
NOT_BEFORE, NOT_AFTER = "20250101000000Z", "20350101000000Z"


def run(*args, data=None):
    return subprocess.run(["openssl", *args], input=data, capture_output=True, check=True).stdout


def path(name):
    return os.path.join(WORK, name)


def read(name):
    with open(path(name)) as file:
        return file.read()


def key(name):
    run("genrsa", "-out", path(name + ".key"), "2048")


def write(name, text):
    with open(path(name), "w") as file:
        file.write(text)
    return path(name)


def request(name, subject):
    run("req", "-new", "-key", path(name + ".key"), "-subj", subject, "-out", path(name + ".csr"))


def certify(name, issuer, extensions):
    """Signs with `openssl ca`, the one command that takes both ends of the validity."""
    config = write("ca.cnf", """
[ca]
default_ca = it
[it]
new_certs_dir = %s
database = %s
serial = %s
default_md = sha256
policy = any
unique_subject = no
x509_extensions = ext
email_in_dn = no
[any]
commonName = supplied
organizationName = optional
[ext]
%s
""" % (WORK, write("index.txt", ""), write("serial", os.urandom(8).hex() + "\n"), extensions))
    args = ["ca", "-batch", "-notext", "-config", config, "-in", path(name + ".csr"),
            "-out", path(name + ".pem"), "-startdate", NOT_BEFORE, "-enddate", NOT_AFTER,
            "-keyfile", path(issuer + ".key")]
    run(*args, *(["-selfsign"] if issuer == name else ["-cert", path(issuer + ".pem")]))
    return read(name + ".pem")


def sign(name, digest, text):
    made = run("dgst", "-" + digest, "-sign", path(name + ".key"), data=text)
    return base64.b64encode(made).decode()


CA = "basicConstraints = critical,CA:TRUE\nkeyUsage = critical,keyCertSign,cRLSign"


def leaf(san):
    return ("basicConstraints = critical,CA:FALSE\nkeyUsage = critical,digitalSignature,keyEncipherment\n"
            "extendedKeyUsage = serverAuth,clientAuth\n" + san)


def chain(name, common_name, san, issuer):
    key(name)
    request(name, "/O=Example/CN=" + common_name)
    return certify(name, issuer, leaf(san))


def paypal():
    key("root")
    request("root", "/O=Example/CN=Example Root")
    root = certify("root", "root", CA)
    key("issuer")
    request("issuer", "/O=Example/CN=Example Issuer")
    issuer = certify("issuer", "root", CA)
    name = "messageverificationcerts.paypal.com"
    signer = chain("paypal", name, "subjectAltName = DNS:" + name, "issuer")
    others = {
        "otherName": chain("a", name, "subjectAltName = DNS:paypal.com.evil.example", "issuer"),
        "lookAlike": chain("b", name, "subjectAltName = DNS:notpaypal.com", "issuer"),
        "commonNameOnly": chain("c", name, "", "issuer"),
        "mailAddress": chain("d", name, "subjectAltName = email:a@x.paypal.com", "issuer"),
    }
    body = ('{"id":"WH-2WR32451HC0233532-67976317FL4543714","event_type":"PAYMENT.CAPTURE.COMPLETED",'
            '"resource":{"id":"42311647XV020574X","amount":{"currency_code":"USD","value":"1.00"}}}')
    webhook, time, id = "1JE4291016473214C", "2026-11-21T12:00:00Z", "7f0a9b36-c6d0-11f1-a8c9-0242ac120002"
    text = "%s|%s|%s|%d" % (id, time, webhook, zlib.crc32(body.encode()))
    return {
        "root": root, "chain": signer + issuer,
        "others": {name: pem + issuer for name, pem in others.items()},
        "privateKey": read("paypal.key"),
        "webhookId": webhook, "id": id, "time": time, "body": body,
        "sha256": sign("paypal", "sha256", text.encode()),
        "sha1": sign("paypal", "sha1", text.encode()),
    }


def text_of(fields):
    names = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
    return "".join("%s\n%s\n" % (name, fields[name]) for name in names if name in fields).encode()


def sns():
    key("sns")
    request("sns", "/O=Example/CN=sns.eu-central-1.amazonaws.com")
    signer = certify("sns", "sns", leaf("subjectAltName = DNS:sns.eu-central-1.amazonaws.com"))
    common = {
        "TopicArn": "arn:aws:sns:eu-central-1:123456789012:payouts",
        "Timestamp": "2026-11-21T12:00:00.125Z",
        "SigningCertURL": "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
    }
    url = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37"
    messages = {
        "notification": {"Type": "Notification", "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
                         "Subject": "Payout", "Message": "{\"payout\":\"po_1\",\n\"amount\":\"10.00 \u20ac\"}"},
        "bare": {"Type": "Notification", "MessageId": "da41e39f-ea4d-435a-b922-c6aae3915ebe",
                 "Message": "paid"},
        "confirmation": {"Type": "SubscriptionConfirmation",
                         "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
                         "Token": "2336412f37", "SubscribeURL": url,
                         "Message": "You have chosen to subscribe."},
        "farewell": {"Type": "UnsubscribeConfirmation",
                     "MessageId": "47138184-6831-46b8-8f7c-afc488602d7d",
                     "Token": "2336412f37", "SubscribeURL": url, "Message": "You have chosen to leave."},
    }
    out = {"certificate": signer, "privateKey": read("sns.key"), "topicArn": common["TopicArn"], "bodies": {}}
    for name, fields in messages.items():
        for version, digest in (("1", "sha1"), ("2", "sha256")):
            whole = {**fields, **common}
            whole["SignatureVersion"] = version
            whole["Signature"] = sign("sns", digest, text_of(whole))
            out["bodies"][name + version] = json.dumps(whole, indent=2)
    return out


with open(OUT, "w") as file:
    json.dump({"madeBy": "scripts/keys/callbacks.py", "paypal": paypal(), "sns": sns()}, file, indent=2)
    file.write("\n")
