"""SNS over HTTP: whether a posted envelope is really from a topic of ours.

A good signature alone says nothing, since anybody's topic is validly signed: so the topic is asked
about before anything else, and nothing is fetched for a topic that is not ours. `SubscribeURL` is
never fetched.
"""

import base64
import binascii
import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from cardletter.feedback.events import RefusedError

HOST = re.compile(r"sns\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?", re.ASCII)
PATH = re.compile(r"/[\w.-]+\.pem", re.ASCII)
ARN = re.compile(r"arn:aws[\w-]*:sns:([\w-]+):\d{12}:[\w-]{1,256}(?:\.fifo)?", re.ASCII)
OLDEST, AHEAD = timedelta(hours=1), timedelta(minutes=5)
NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
CONFIRMATION = (
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
)
"""What is signed, in this order."""

SIGNED = {
    "Notification": NOTIFICATION,
    "SubscriptionConfirmation": CONFIRMATION,
    "UnsubscribeConfirmation": CONFIRMATION,
}
# SNS signs with SHA1 unless a topic asks for version 2: there is no choice but to know both.
VERSIONS: Mapping[str, type[hashes.HashAlgorithm]] = {"1": hashes.SHA1, "2": hashes.SHA256}
Fetch = Callable[[str], bytes]
"""Gives the certificate (PEM) at a URL that was found to be SNS's; follows no redirect."""


def verify(
    envelope: Mapping[str, object],
    topics: Collection[str],
    fetch: Fetch,
    moment: datetime | None = None,
) -> None:
    """See that an envelope is from one of these topics, whole, and of the last hour.

    Raises:
        RefusedError: it is not; which of these, only the log is told.
    """
    topic = _text(envelope, "TopicArn")
    if topic not in topics:
        raise RefusedError("foreign_topic")
    moment = moment or datetime.now(UTC)
    _of_now(_text(envelope, "Timestamp"), moment)
    signed = _signed(envelope)
    version = VERSIONS.get(_text(envelope, "SignatureVersion"))
    if version is None:
        raise RefusedError("unknown_signature_version")
    url = _text(envelope, "SigningCertURL")
    _from_sns(url, topic)
    key = _key(fetch(url), moment)
    try:
        key.verify(_signature(envelope), signed, PKCS1v15(), version())
    except InvalidSignature:
        raise RefusedError("bad_signature") from None


def _signed(envelope: Mapping[str, object]) -> bytes:
    """Write what was signed: name and value, each with a line end, also the last."""
    names = SIGNED.get(_text(envelope, "Type"))
    if names is None:
        raise RefusedError("unknown_type")
    told = [name for name in names if name != "Subject" or envelope.get("Subject") is not None]
    for name in told:
        # The same bytes, cut elsewhere, would be signed as well.
        if name != "Message" and "\n" in _text(envelope, name):
            raise RefusedError(f"bad_{name}")
    lines = (f"{name}\n{_text(envelope, name)}\n" for name in told)
    return "".join(lines).encode(errors="replace")


def _of_now(told: str, moment: datetime) -> None:
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        raise RefusedError("bad_timestamp") from None
    if at.tzinfo is None:
        raise RefusedError("bad_timestamp")
    if not moment - OLDEST <= at <= moment + AHEAD:
        raise RefusedError("not_of_now")


def _from_sns(url: str, topic: str) -> None:
    """See that a certificate's URL is SNS's own, in the region of the topic."""
    arn = ARN.fullmatch(topic)
    try:
        parts = urlsplit(url)
        host = HOST.fullmatch(parts.netloc)  # so neither a port nor a name before an @
    except ValueError:
        raise RefusedError("foreign_certificate") from None
    plain = url == f"https://{parts.netloc}{parts.path}"
    if not (plain and host and PATH.fullmatch(parts.path)):
        raise RefusedError("foreign_certificate")
    if arn is None or host[1] != arn[1]:
        raise RefusedError("foreign_region")


def _key(pem: bytes, moment: datetime) -> RSAPublicKey:
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        key = certificate.public_key()
    except (ValueError, TypeError):
        raise RefusedError("bad_certificate") from None
    if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
        raise RefusedError("expired_certificate")
    if not isinstance(key, RSAPublicKey):
        raise RefusedError("bad_certificate")
    return key


def _signature(envelope: Mapping[str, object]) -> bytes:
    told = _text(envelope, "Signature")
    try:
        signature = base64.b64decode(told, validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError("bad_signature") from None
    if base64.b64encode(signature).decode() != told:  # the same bytes, written in another way
        raise RefusedError("bad_signature")
    return signature


def _text(envelope: Mapping[str, object], name: str) -> str:
    found = envelope.get(name)
    if not isinstance(found, str):
        raise RefusedError(f"no_{name}")
    return found
