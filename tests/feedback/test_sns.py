"""SNS over HTTP: only a whole envelope of the last hour, from a topic of ours, gets through."""

import base64
import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from cardletter.feedback.events import RefusedError
from cardletter.feedback.sns import verify

TOPIC = "arn:aws:sns:eu-west-1:123456789012:letters"
URL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"
NOW = dt.datetime(2026, 12, 3, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
Envelope = dict[str, Any]
Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@functools.cache
def key(name: str = "amazon") -> rsa.RSAPrivateKey:
    assert name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(
    private: Private | None = None, since: dt.timedelta = -DAY, until: dt.timedelta = DAY
) -> bytes:
    private = private or key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(private.public_key()).serial_number(1)
    made = made.not_valid_before(NOW + since).not_valid_after(NOW + until)
    return made.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def text(envelope: Envelope) -> bytes:
    """What is signed, written out by hand: the guide's own list."""
    names = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    if envelope["Type"] != "Notification":
        names = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
    present = [name for name in names if name in envelope]
    return "".join(f"{name}\n{envelope[name]}\n" for name in present).encode()


def signed(envelope: Envelope, private: rsa.RSAPrivateKey | None = None) -> Envelope:
    algorithm = hashes.SHA256() if envelope["SignatureVersion"] == "2" else hashes.SHA1()  # noqa: S303
    made = (private or key()).sign(text(envelope), padding.PKCS1v15(), algorithm)
    return envelope | {"Signature": base64.b64encode(made).decode()}


def plain(version: str = "1", **more: object) -> Envelope:
    return {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Message": '{"eventType": "Delivery"}',
        "Timestamp": "2026-12-03T09:29:00.000Z",
        "SignatureVersion": version,
        "SigningCertURL": URL,
        "UnsubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
        **more,
    }


def confirmation(version: str = "1") -> Envelope:
    url = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"
    return plain(version, Type="SubscriptionConfirmation", Token="t" * 64, SubscribeURL=url)


class Shop:
    """Gives certificates, and remembers who asked for which."""

    def __init__(self, made: bytes = b"") -> None:
        self.made, self.asked = made or certificate(), list[str]()

    def __call__(self, url: str) -> bytes:
        self.asked.append(url)
        return self.made


def refused(
    envelope: Envelope, shop: Shop | None = None, topics: tuple[str, ...] = (TOPIC,)
) -> str:
    with pytest.raises(RefusedError) as error:
        verify(envelope, topics, shop or Shop(), NOW)
    return str(error.value)


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("more", [{}, {"Subject": "Amazon SES"}, {"Subject": ""}])
def test_what_sns_signed_gets_through(version: str, more: Envelope):
    shop = Shop()
    verify(signed(plain(version, **more)), [TOPIC], shop, NOW)
    assert shop.asked == [URL]


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("kind", ["SubscriptionConfirmation", "UnsubscribeConfirmation"])
def test_confirmations_of_our_topic_get_through_and_their_url_is_not_fetched(
    version: str, kind: str
):
    shop = Shop()
    verify(signed(confirmation(version) | {"Type": kind}), [TOPIC], shop, NOW)
    assert shop.asked == [URL]


SIGNED = ("Message", "MessageId", "Timestamp", "TopicArn", "Type", "Subject")


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("name", [*SIGNED, "Signature"])
@pytest.mark.parametrize("where", [0, -1])
def test_one_changed_byte_is_seen(version: str, name: str, where: int):
    envelope = signed(plain(version, Subject="Amazon SES"))
    value = list(envelope[name])
    # Another letter of the alphabet of base64 too; the last carries bits, unless it is padding.
    place = where if name != "Signature" else (where or 0) - 2 if where else 0
    value[place] = "A" if value[place] != "A" else "B"
    shop = Shop()
    assert refused(envelope | {name: "".join(value)}, shop)


@pytest.mark.parametrize("name", ["Message", "MessageId", "SubscribeURL", "Token"])
def test_one_changed_byte_of_a_confirmation_is_seen(name: str):
    envelope = signed(confirmation())
    assert refused(envelope | {name: envelope[name] + "x"}) == "bad_signature"


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_subject_that_was_added_or_taken_away_is_seen(version: str):
    assert refused(signed(plain(version)) | {"Subject": "x"}) == "bad_signature"
    without = signed(plain(version, Subject="x"))
    del without["Subject"]
    assert refused(without) == "bad_signature"


@pytest.mark.parametrize(
    "topic",
    [
        "arn:aws:sns:eu-west-1:123456789012:letters2",
        "arn:aws:sns:eu-west-1:999999999999:letters",
        "arn:aws:sns:us-east-1:123456789012:letters",
        "arn:aws:sns:eu-west-1:123456789012:LETTERS",
        f"{TOPIC} ",
        f"{TOPIC}\n",
        "",
    ],
)
def test_another_topic_is_refused_before_anything_is_fetched(topic: str):
    shop = Shop()
    assert refused(signed(plain(TopicArn=topic)), shop) == "foreign_topic"
    assert shop.asked == []


@pytest.mark.parametrize("envelope", [plain(), confirmation()])
def test_where_no_topic_is_allowed_nothing_gets_through(envelope: Envelope):
    shop = Shop()
    assert refused(signed(envelope), shop, ()) == "foreign_topic"
    assert shop.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://sns.eu-west-1.amazonaws.com/a.pem",
        "https://s3.amazonaws.com/evil/a.pem",
        "https://sns.s3.amazonaws.com/a.pem",
        "https://sns.eu-west-1.s3.amazonaws.com/a.pem",
        "https://evil.s3.eu-west-1.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com.evil.example/a.pem",
        "https://evil.example/sns.eu-west-1.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com@evil.example/a.pem",
        "https://evil.example#sns.eu-west-1.amazonaws.com/a.pem",
        "https://evil.example\\@sns.eu-west-1.amazonaws.com/a.pem",
        "https://user@sns.eu-west-1.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/a.pem",
        "https://sns.eu-west-1.amazonaws.com./a.pem",
        "https://SNS.eu-west-1.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com/a.pem?x=1",
        "https://sns.eu-west-1.amazonaws.com/a.pem#x",
        "https://sns.eu-west-1.amazonaws.com/../a.pem",
        "https://sns.eu-west-1.amazonaws.com/x/a.pem",
        "https://sns.eu-west-1.amazonaws.com/%2e%2e/a.pem",
        "https://sns.eu-west-1.amazonaws.com/a.txt",
        "https://sns.eu-west-1.amazonaws.com/",
        "https://sns.eu-west-1.amazonaws.com/a.pem\nx",
        "https://sns.eu-wеst-1.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&a.pem",
        "https://169.254.169.254/a.pem",
        "https://[::1]/a.pem",
        "https://[/a.pem",
        "//sns.eu-west-1.amazonaws.com/a.pem",
        "file:///etc/passwd",
        "ftp://sns.eu-west-1.amazonaws.com/a.pem",
        "",
    ],
)
def test_a_certificate_from_elsewhere_is_not_even_fetched(url: str):
    shop = Shop()
    assert refused(signed(plain(SigningCertURL=url)), shop) == "foreign_certificate"
    assert shop.asked == []


def test_a_certificate_of_another_region_is_not_even_fetched():
    shop = Shop()
    url = "https://sns.us-east-1.amazonaws.com/a.pem"
    assert refused(signed(plain(SigningCertURL=url)), shop) == "foreign_region"
    assert shop.asked == []


@pytest.mark.parametrize(
    ("since", "until"), [(-3 * DAY, -DAY), (DAY, 3 * DAY), (-DAY, dt.timedelta(seconds=-1))]
)
def test_a_certificate_out_of_date_is_refused(since: dt.timedelta, until: dt.timedelta):
    shop = Shop(certificate(None, since, until))
    assert refused(signed(plain()), shop) == "expired_certificate"


def elliptic() -> bytes:
    return certificate(ec.generate_private_key(ec.SECP256R1()))


@pytest.mark.parametrize(
    "made",
    [
        lambda: b"nothing",
        lambda: b"-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----",
        lambda: certificate()[:200],
        lambda: b"\xff" * 50,
        elliptic,
    ],
)
def test_what_is_no_certificate_of_sns_is_refused(made: Callable[[], bytes]):
    assert refused(signed(plain()), Shop(made())) == "bad_certificate"


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_signature_by_another_key_is_refused(version: str):
    assert refused(signed(plain(version), key("other"))) == "bad_signature"


@pytest.mark.parametrize("signature", ["", "AAAA", "!", "====", "é", "A" * 344, " " * 344])
def test_what_is_no_signature_is_refused(signature: str):
    assert refused(plain(Signature=signature)) == "bad_signature"


@pytest.mark.parametrize("version", ["0", "3", "", "1.0", " 1", "SHA1"])
def test_an_unknown_version_is_refused(version: str):
    assert refused(signed(plain()) | {"SignatureVersion": version}) == "unknown_signature_version"


@pytest.mark.parametrize(("signed_as", "told"), [("1", "2"), ("2", "1")])
def test_a_version_that_was_not_signed_with_is_refused(signed_as: str, told: str):
    envelope = signed(plain(signed_as)) | {"SignatureVersion": told}
    assert refused(envelope) == "bad_signature"


@pytest.mark.parametrize(
    "at",
    [
        "2026-12-03T08:29:59.000Z",
        "2026-12-02T09:30:00.000Z",
        "2025-12-03T09:30:00.000Z",
        "1970-01-01T00:00:00.000Z",
        "2026-12-03T09:36:00.000Z",
        "2099-12-03T09:30:00.000Z",
    ],
)
def test_what_is_not_of_the_last_hour_is_refused(at: str):
    shop = Shop()
    assert refused(signed(plain(Timestamp=at)), shop) == "not_of_now"
    assert shop.asked == []


@pytest.mark.parametrize("at", ["", "now", "2026-12-03T09:29:00", "1796290000", "2026-13-40T00Z"])
def test_what_is_no_time_is_refused(at: str):
    assert refused(signed(plain(Timestamp=at))) == "bad_timestamp"


@pytest.mark.parametrize("kind", ["", "Other", "notification", "Notification\n"])
def test_an_unknown_type_is_refused(kind: str):
    assert refused(signed(plain()) | {"Type": kind}) == "unknown_type"


@pytest.mark.parametrize(
    "name",
    [
        "Type",
        "MessageId",
        "TopicArn",
        "Message",
        "Timestamp",
        "SignatureVersion",
        "Signature",
        "SigningCertURL",
    ],
)
@pytest.mark.parametrize("value", [None, 7, ["x"], {"x": 1}])
def test_a_field_that_is_missing_or_no_text_is_refused(name: str, value: object):
    envelope = signed(plain())
    assert refused(envelope | {name: value}) == f"no_{name}"
    del envelope[name]
    assert refused(envelope) == f"no_{name}"


def test_a_line_end_moved_from_one_field_into_another_is_seen():
    """`Message\\nx\\nMessageId\\n...`: the same bytes, cut elsewhere."""
    envelope = signed(plain(Message="a\nMessageId\nb", MessageId="c"))
    moved = envelope | {"Message": "a", "MessageId": "b\nMessageId\nc"}
    assert text(moved) == text(envelope)
    assert refused(moved) == "bad_MessageId"
