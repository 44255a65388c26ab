"""A time-stamping authority of our own, made with openssl in the folder where
one is (RFC 3161): root.pem, and stamper.pem, which it has certified.
"""
import pathlib
import subprocess

CONFIGURATION = """
[req]
distinguished_name = name
prompt = no
[name]
CN = An authority of tests
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamper]
basicConstraints = critical, CA:false
extendedKeyUsage = critical, timeStamping
[other]
basicConstraints = critical, CA:false
extendedKeyUsage = critical, codeSigning
[tsa_config]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384
clock_precision_digits = 3
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def openssl(*words, fails=False):
    done = subprocess.run(["openssl", *words], capture_output=True)
    assert (done.returncode != 0) == fails, done.stderr.decode()
    return done.stdout


def certify(name, subject, section, issuer=None):
    """NAME.key and NAME.pem, certified by the issuer or by itself."""
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", name + ".key")
    openssl("req", "-new", "-utf8", "-config", "conf", "-key", name + ".key",
            "-subj", "/CN=" + subject, "-out", name + ".csr")
    signer = ["-CA", issuer + ".pem", "-CAkey", issuer + ".key", "-CAcreateserial"] if issuer \
        else ["-signkey", name + ".key"]
    openssl("x509", "-req", "-in", name + ".csr", "-extfile", "conf", "-extensions", section,
            "-days", "3650", "-out", name + ".pem", *signer)


def make():
    pathlib.Path("conf").write_text(CONFIGURATION)
    pathlib.Path("serial").write_text("01\n")
    certify("root", "Root", "root")
    certify("stamper", "Stämper", "stamper", "root")


def answer(query, name, signer="stamper"):
    openssl("ts", "-reply", "-config", "conf", "-section", "tsa_config", "-queryfile", query,
            "-signer", signer + ".pem", "-inkey", signer + ".key", "-chain", "root.pem",
            "-out", name)
