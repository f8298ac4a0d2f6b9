"""Amazon SES as a transport: what a call says, and what each answer to it means."""

import contextlib
import json
import math
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from botocore import exceptions
from botocore.loaders import Loader

from cardletter.delivery import ses as module
from cardletter.delivery.answers import DEFINITE, ENTRIES
from cardletter.delivery.message import Letter
from cardletter.delivery.ses import Ses
from cardletter.delivery.transports import Answer, DoubtError, NotTakenError
from cardletter.errors import SettingsError
from cardletter.ledger import Limits, now
from cardletter.rehearsal import Faults
from cardletter.rehearsal.faults import KINDS, Fault
from cardletter.rehearsal.standin import Standin
from cardletter.templates import Rendered
from mailing import (
    EDITION,
    LETTER,
    SENDER,
    address,
    batch,
    mails,
    opened,
    overhear,
    recipient,
    recipients,
)

SIZES = pytest.mark.parametrize("size", [50, 1], ids=["bulk", "single"])


@pytest.fixture
def standin() -> Iterator[Standin]:
    with Standin(seed=7, keep_mails=True, faults=Faults(hang_seconds=30)) as made:
        yield made


def take(ses: Ses, count: int = 3, **more: Any) -> list[Answer]:  # noqa: ANN401 - as a batch has
    return ses.take(batch(recipients(1 if ses.settings.batch == 1 else count), **more))


# What a call says


@SIZES
def test_each_message_has_the_tags_edition_and_message(standin: Standin, size: int):
    with opened(standin.url, batch=size) as ses:
        take(ses)
    for number, one in enumerate(standin.log.accepted):
        assert one.tags == {"edition": EDITION, "message": f"id{number}"}
        assert one.address == address(number)


@SIZES
@pytest.mark.parametrize(("tracked", "said"), [(True, "ENABLED"), (False, "DISABLED")])
def test_opens_and_clicks_are_followed_only_where_that_was_agreed_to(
    standin: Standin, size: int, tracked: bool, said: str
):
    with opened(standin.url, batch=size) as ses:
        bodies = overhear(ses)
        take(ses, tracked=tracked)
    (body,) = bodies
    assert body["ConfigurationOverrides"] == {
        "Tracking": {"OpenTrackingEnabled": said, "ClickTrackingEnabled": said}
    }


@SIZES
@pytest.mark.parametrize("tenant", ["", "card-a"])
def test_a_call_names_the_configuration_set_the_sender_and_the_tenant(
    standin: Standin, size: int, tenant: str
):
    with opened(standin.url, batch=size, tenant=tenant) as ses:
        bodies = overhear(ses)
        take(ses)
    (body,) = bodies
    assert body["ConfigurationSetName"] == "letters"
    assert body["FromEmailAddress"] == SENDER
    assert body.get("TenantName", "") == tenant


def test_a_bulk_call_has_the_variant_once_and_each_members_values_beside_it(standin: Standin):
    with opened(standin.url) as ses:
        bodies = overhear(ses)
        take(ses, 50)
    (body,) = bodies
    template = body["DefaultContent"]["Template"]
    assert template["TemplateContent"]["Text"] == LETTER.rendered.text
    assert template["TemplateContent"]["Subject"] == LETTER.rendered.subject
    assert "{{greeting_html}}" in template["TemplateContent"]["Html"]
    assert len(body["BulkEmailEntries"]) == 50
    for number, entry in enumerate(body["BulkEmailEntries"]):
        assert entry["Destination"] == {"ToAddresses": [address(number)]}
        told = entry["ReplacementEmailContent"]["ReplacementTemplate"]["ReplacementTemplateData"]
        assert json.loads(told)["greeting"] == recipient(number).fields["greeting"]
    assert "Dear" not in json.dumps(template)


def test_a_single_call_has_the_text_of_one_member_all_filled_in(standin: Standin):
    with opened(standin.url, batch=1) as ses:
        bodies = overhear(ses)
        take(ses)
    (body,) = bodies
    simple = body["Content"]["Simple"]
    assert "{{" not in json.dumps(simple)
    assert simple["Body"]["Text"]["Data"].startswith("Dear Zoë no. 0,")
    assert {simple["Subject"]["Charset"], simple["Body"]["Html"]["Charset"]} == {"UTF-8"}


def test_a_sender_with_a_name_in_other_letters_is_encoded(standin: Standin):
    with opened(standin.url, sender="Café Zoë <letter@larkfield.example>") as ses:
        take(ses, 1)
    (mail,) = standin.mails
    assert mail["from"].isascii()
    assert mail["from"].endswith("<letter@larkfield.example>")


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "nobody",
        "A <a@b>",
        "A <a@b.example>\r\nBcc: c@d.example",
        "A\x00 <a@b.example>",
        "x" * 201 + " <a@b.example>",
    ],
)
def test_a_sender_that_cannot_send_is_refused_when_the_transport_is_opened(sender: str):
    with pytest.raises(SettingsError, match="sender holds no address"), opened("", sender=sender):
        pass


# What answers mean


@SIZES
def test_what_was_taken_has_the_ids_of_ses(standin: Standin, size: int):
    with opened(standin.url, batch=size) as ses:
        answers = take(ses)
    assert answers == [Answer("sent", one.ses_id) for one in standin.log.accepted]


DOUBTFUL = {  # fault -> what doubt is called, in bulk and one by one
    "hang_before": ("ReadTimeoutError",) * 2,
    "hang": ("ReadTimeoutError",) * 2,
    "reset_before": ("ConnectionClosedError",) * 2,
    "reset": ("ConnectionClosedError",) * 2,
    "half": ("answers_missing", "no_message_id"),
    "torn": ("", ""),  # however the client puts it
    "unavailable": ("ServiceUnavailableException",) * 2,
    "error_500": ("InternalFailure",) * 2,
    "error_503": ("ServiceUnavailableException",) * 2,
    "empty": ("answers_missing", "no_message_id"),
    "no_ids": ("no_message_id",) * 2,
    "fewer": ("answers_missing", "no_message_id"),
}
CLEAR = {  # fault -> what to do
    "throttle": ("slow", "TooManyRequestsException"),
    "paused": ("stop", "SendingPausedException"),
    "suspended": ("stop", "AccountSuspendedException"),
}


def test_every_fault_that_the_stand_in_knows_is_tried_here():
    assert set(DOUBTFUL) | set(CLEAR) == set(KINDS)


@SIZES
@pytest.mark.parametrize("fault", DOUBTFUL)
def test_what_leaves_a_doubt_is_a_doubt_and_one_post(standin: Standin, size: int, fault: str):
    standin.script(fault)
    with opened(standin.url, batch=size) as ses:
        if fault == "no_ids" and size > 1:
            assert take(ses) == [Answer("unknown", "no_message_id")] * 3
        else:
            with pytest.raises(DoubtError) as doubt:
                take(ses)
            assert DOUBTFUL[fault][size == 1] in {doubt.value.code, ""}
            assert doubt.value.code
        assert standin.log.posts() == 1
        before = {"hang_before", "reset_before", "unavailable"}
        assert len(standin.log.accepted) == (0 if fault in before else 3 if size > 1 else 1)


@SIZES
@pytest.mark.parametrize("fault", CLEAR)
def test_a_clear_no_is_told_as_one_and_is_one_post(standin: Standin, size: int, fault: str):
    standin.script(fault)
    with opened(standin.url, batch=size) as ses:
        with pytest.raises(NotTakenError) as no:
            take(ses)
        assert (no.value.remedy, no.value.code) == CLEAR[fault]
        assert standin.log.posts() == 1
        assert standin.log.accepted == []
        assert len(take(ses)) == (3 if size > 1 else 1)  # the transport is as good as before


@SIZES
def test_each_call_of_a_hundred_with_all_faults_is_one_post(size: int):
    shares = dict.fromkeys(set(KINDS) - {"hang", "hang_before", "torn"}, 0.06)
    with Standin(seed=3, faults=Faults(**shares)) as standin:
        with opened(standin.url, batch=size) as ses:
            for _ in range(100):
                with contextlib.suppress(DoubtError, NotTakenError):
                    take(ses)
        assert standin.log.posts() == 100
        assert len({call.invocation for call in standin.log.calls}) == 100
        assert sum(bool(call.fault) for call in standin.log.calls) > 40


@SIZES
def test_a_refused_connection_is_a_clear_no(size: int):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        with opened(url, batch=size) as ses, pytest.raises(NotTakenError) as no:
            take(ses)
    assert (no.value.remedy, no.value.code) == ("wait", "EndpointConnectionError")


def test_a_name_that_nobody_has_is_a_clear_no():
    with opened("http://ses.invalid:9") as ses, pytest.raises(NotTakenError) as no:
        take(ses)
    assert no.value.remedy == "wait"


@contextlib.contextmanager
def answering(
    status: int, body: bytes, kind: str = "", content_type: str = "application/json"
) -> Iterator[tuple[str, list[str]]]:
    """Serve one answer to whatever is asked; give the URL, and the paths that were asked."""
    asked: list[str] = []

    class Says(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            if kind:
                self.send_header("x-amzn-ErrorType", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            pass

    with HTTPServer(("127.0.0.1", 0), Says) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def told(words: str) -> bytes:
    return json.dumps({"message": words}).encode()


ERRORS = [  # (status, code, words, remedy): reliability.md, section 1.1
    (429, "TooManyRequestsException", "Maximum sending rate exceeded.", "slow"),
    (429, "TooManyRequestsException", "Daily message quota exceeded.", "quota"),
    (400, "ThrottlingException", "Maximum sending rate exceeded.", "slow"),
    (400, "ThrottlingException", "Daily message quota exceeded.", "quota"),
    (400, "Throttling", "Rate exceeded", "slow"),
    (400, "LimitExceededException", "Daily message quota exceeded.", "quota"),
    (400, "LimitExceededException", "Too many of something.", "slow"),
    (400, "AccountSuspendedException", "It has been shut down.", "stop"),
    (400, "SendingPausedException", "Sending is paused.", "stop"),
    (400, "MailFromDomainNotVerifiedException", "The domain is not verified.", "stop"),
    (404, "NotFoundException", "Configuration set <letters> does not exist.", "stop"),
    (400, "MessageRejected", "Message rejected.", "reject"),
    (400, "BadRequestException", "There is something wrong.", "reject"),
    (403, "SignatureDoesNotMatch", "Signature expired.", "stop"),
    (403, "InvalidClientTokenId", "The token is invalid.", "stop"),
    (403, "AccessDeniedException", "You may not do that.", "stop"),
    (403, "ExpiredTokenException", "The token is expired.", "stop"),
    (429, "SomethingNew", "Slow down.", "slow"),
]


@SIZES
@pytest.mark.parametrize(("status", "code", "words", "remedy"), ERRORS)
def test_an_error_of_ses_has_its_remedy(size: int, status: int, code: str, words: str, remedy: str):
    with answering(status, told(words), code) as (url, asked), opened(url, batch=size) as ses:
        with pytest.raises(NotTakenError) as no:
            take(ses)
        assert (no.value.remedy, no.value.code) == (remedy, code)
        assert len(asked) == 1


@SIZES
@pytest.mark.parametrize(
    ("status", "code"),
    [
        (500, "InternalFailure"),
        (500, ""),
        (502, ""),
        (503, "ServiceUnavailableException"),
        (504, ""),
        (400, "NobodyKnowsException"),
        (418, ""),
    ],
)
def test_an_error_that_nobody_knows_is_a_doubt(size: int, status: int, code: str):
    with answering(status, told("?"), code) as (url, asked), opened(url, batch=size) as ses:
        with pytest.raises(DoubtError) as doubt:
            take(ses)
        assert doubt.value.code in {code, str(status)}
        assert len(asked) == 1


@SIZES
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"null",
        b"[]",
        b'"yes"',
        b"<html>welcome</html>",
        b'{"BulkEmailEntryResults": null, "MessageId": null}',
        b'{"BulkEmailEntryResults": "SUCCESS", "MessageId": ""}',
        b'{"BulkEmailEntryResults": [null, null, null], "MessageId": ""}',
        b'{"BulkEmailEntryResults": [1, 2, 3], "MessageId": ""}',
    ],
)
def test_a_yes_that_says_nothing_is_a_doubt_and_no_yes(size: int, body: bytes):
    with answering(200, body) as (url, asked), opened(url, batch=size) as ses:
        try:
            answers = take(ses)
        except DoubtError:
            pass
        else:
            assert {answer.state for answer in answers} == {"unknown"}
        assert len(asked) == 1


def test_more_results_than_were_asked_for_are_a_doubt():
    result = {"Status": "SUCCESS", "MessageId": "x"}
    body = json.dumps({"BulkEmailEntryResults": [result] * 4}).encode()
    with answering(200, body) as (url, _), opened(url) as ses, pytest.raises(DoubtError) as doubt:
        take(ses, 3)
    assert doubt.value.code == "answers_missing"


def statuses() -> list[str]:
    model = Loader().load_service_model("sesv2", "service-2")
    known: list[str] = model["shapes"]["BulkEmailStatus"]["enum"]
    return known


AGAIN = {  # reliability.md, section 1.2: what may be sent later, as SES surely did not
    "TRANSIENT_FAILURE",
    "ACCOUNT_THROTTLED",
    "ACCOUNT_DAILY_QUOTA_EXCEEDED",
    "ACCOUNT_SENDING_PAUSED",
    "ACCOUNT_SUSPENDED",
    "CONFIGURATION_SET_SENDING_PAUSED",
    "CONFIGURATION_SET_NOT_FOUND",
    "INVALID_SENDING_POOL_NAME",
    "MAIL_FROM_DOMAIN_NOT_VERIFIED",
    "TEMPLATE_NOT_FOUND",
}
NEVER = {"MESSAGE_REJECTED", "INVALID_PARAMETER", "FAILED"}


def test_every_status_that_boto_knows_has_a_meaning():
    assert set(statuses()) == AGAIN | NEVER | {"SUCCESS"} == set(ENTRIES) | {"SUCCESS"}


def test_every_error_that_boto_knows_has_a_remedy():
    model = Loader().load_service_model("sesv2", "service-2")
    for operation in ("SendEmail", "SendBulkEmail"):
        known = {error["shape"] for error in model["operations"][operation]["errors"]}
        assert known <= set(DEFINITE)


@pytest.mark.parametrize("status", [*sorted(AGAIN | NEVER), "SOMETHING_NEW", ""])
def test_a_status_of_one_entry_is_about_that_one_only(status: str):
    results = [{"Status": "SUCCESS", "MessageId": f"s{n}"} for n in range(3)]
    results[1] = {"Status": status, "Error": "?"}
    body = json.dumps({"BulkEmailEntryResults": results}).encode()
    with answering(200, body) as (url, asked), opened(url) as ses:
        first, second, third = take(ses, 3)
        assert len(asked) == 1
    state = "planned" if status in AGAIN else "rejected" if status in NEVER else "unknown"
    assert second == Answer(state, status or "no_status")
    assert (first, third) == (Answer("sent", "s0"), Answer("sent", "s2"))


def test_the_stand_in_says_no_to_single_entries_and_takes_the_others(standin: Standin):
    wrong = {1: "TRANSIENT_FAILURE", 2: "ACCOUNT_THROTTLED", 3: "FAILED"}
    standin.script(Fault(entries=wrong))
    with opened(standin.url) as ses:
        states = [answer.state for answer in take(ses, 5)]
    assert states == ["sent", "planned", "planned", "rejected", "sent"]
    assert set(mails(standin)) == {address(0), address(4)}


def test_an_answer_is_never_given_to_somebody_who_was_not_asked_for(standin: Standin):
    to = recipients(6)
    for bad in (0, 3, 5):
        to[bad] = recipient(bad, address="nobody")
    with opened(standin.url) as ses:
        answers = ses.take(batch(to))
    ids = {one.address: one.ses_id for one in standin.log.accepted}
    assert answers == [
        Answer("rejected", "bad_address") if n in {0, 3, 5} else Answer("sent", ids[address(n)])
        for n in range(6)
    ]


@SIZES
def test_a_call_of_which_nobody_can_be_mailed_is_not_made(standin: Standin, size: int):
    with opened(standin.url, batch=size) as ses:
        answers = ses.take(batch([recipient(address="nobody")]))
    assert answers == [Answer("rejected", "bad_address")]
    assert standin.log.calls == []


def test_a_call_that_was_planned_larger_is_one_bulk_call_even_where_members_go_one_by_one(
    standin: Standin,
):
    with opened(standin.url, batch=1) as ses:
        answers = ses.take(batch(recipients(5)))
    assert [answer.state for answer in answers] == ["sent"] * 5
    assert [call.operation for call in standin.log.calls] == ["SendBulkEmail"]
    assert len(mails(standin)) == 5


@SIZES
def test_a_call_of_more_than_fifty_is_not_made(standin: Standin, size: int):
    with opened(standin.url, batch=size) as ses, pytest.raises(NotTakenError) as no:
        ses.take(batch(recipients(51)))
    assert (no.value.remedy, no.value.code) == ("stop", "too_many")
    assert standin.log.calls == []


# Leases, signatures


@SIZES
def test_after_its_lease_a_call_is_not_made(standin: Standin, size: int):
    with opened(standin.url, batch=size) as ses:
        with pytest.raises(NotTakenError) as no:
            take(ses, until=now() - timedelta(seconds=0.001))
        assert (no.value.remedy, no.value.code) == ("back", "lease_over")
        assert standin.log.calls == []
        take(ses)  # the lease before is forgotten
        assert standin.log.posts() == 1


@SIZES
def test_a_call_is_whole_and_signed_before_it_asks_for_leave(standin: Standin, size: int):
    steps: list[str] = []
    with opened(standin.url, batch=size) as ses:
        ses.client.meta.events.register("before-sign.sesv2", lambda **_: steps.append("signed"))
        take(ses, leave=lambda: steps.append(f"left after {standin.log.posts()} posts"))
        assert steps == ["signed", "left after 0 posts"]
        assert standin.log.posts() == 1


@SIZES
def test_a_call_that_gets_no_leave_is_not_made(standin: Standin, size: int):
    def no() -> None:
        raise NotTakenError("back", "stopped")

    def broken() -> None:
        raise ConnectionError("the ledger is away")

    with opened(standin.url, batch=size) as ses:
        for leave, remedy in ((no, "back"), (broken, "wait")):
            with pytest.raises(NotTakenError) as refused:
                take(ses, leave=leave)
            assert refused.value.remedy == remedy
    assert standin.log.calls == []


@SIZES
def test_a_lease_that_ends_while_a_call_is_written_is_seen_after_it_is_signed(
    standin: Standin, size: int
):
    with opened(standin.url, batch=size) as ses, pytest.MonkeyPatch.context() as patched:
        until = now() + timedelta(seconds=60)
        signed = []

        def slow(**_: object) -> None:
            signed.append(True)
            patched.setattr(module, "now", lambda: until)

        ses.client.meta.events.register("before-sign.sesv2", slow)
        with pytest.raises(NotTakenError, match="lease_over"):
            take(ses, until=until)
        assert signed
    assert standin.log.calls == []


@SIZES
def test_a_request_whose_signature_is_too_old_is_a_clear_no(standin: Standin, size: int):
    standin.account.ahead = standin.account.signature_seconds + 5
    with opened(standin.url, batch=size) as ses:
        with pytest.raises(NotTakenError) as no:
            take(ses)
        assert (no.value.remedy, no.value.code) == ("stop", "SignatureDoesNotMatch")
        assert "the clock" in str(no.value)
        assert (standin.log.posts(), standin.log.accepted) == (1, [])


@SIZES
def test_the_lease_of_a_call_is_for_that_call_only(standin: Standin, size: int):
    with opened(standin.url, batch=size) as ses, pytest.MonkeyPatch.context() as patched:
        take(ses, until=now() + timedelta(seconds=30))
        patched.setattr(module, "now", lambda: now() + timedelta(days=1))
        assert ses.quota_left() > 0  # as when a quota is waited for
        assert ses.ready(1).recipients > 0


def test_leases_of_calls_made_at_the_same_time_are_each_their_own(standin: Standin):
    told: dict[str, object] = {}
    with opened(standin.url, connections=2) as ses:

        def one(name: str, seconds: float) -> None:
            try:
                told[name] = take(ses, 1, until=now() + timedelta(seconds=seconds))
            except NotTakenError as no:
                told[name] = no.code

        lines = [
            threading.Thread(target=one, args=(name, seconds))
            for name, seconds in (("late", -1), ("early", 60), ("later", -2), ("first", 60))
        ]
        for line in lines:
            line.start()
        for line in lines:
            line.join()
    assert (told["late"], told["later"]) == ("lease_over", "lease_over")
    assert len(standin.log.accepted) == 2


# Secrets, and sizes


class Unsayable(exceptions.BotoCoreError):
    fmt = "it was reader0@mail.larkfield.example"


def test_a_doubt_never_says_what_was_sent(standin: Standin):
    with opened(standin.url) as ses:

        def fails(**_: object) -> None:
            raise Unsayable

        ses.client.meta.events.register("before-send.sesv2", fails)
        with pytest.raises(DoubtError) as doubt:
            take(ses)
    assert str(doubt.value) == "Unsayable"


@pytest.mark.parametrize(
    ("rate", "size"),
    [
        (150, 50),
        (120, 40),
        (14, 14),
        (70, 35),
        (1, 1),
        (0.5, 1),
        (49, 49),
        (50, 50),
        (51, 17),
        (53, 1),
        (99, 33),
        (100, 50),
        (2499, 49),
        (2500, 50),
        (10**6, 50),
    ],
)
def test_calls_are_of_a_size_that_uses_the_rate_up(rate: float, size: int):
    with opened("http://127.0.0.1:9") as ses:
        assert ses.size(Limits(rate)) == size


def test_no_size_of_calls_exceeds_the_rate_and_all_whole_rates_can_be_used():
    with opened("http://127.0.0.1:9") as ses:
        for rate in range(1, 5_001):
            size = ses.size(Limits(rate))
            assert 1 <= size <= min(50, rate)
            assert rate // size * size >= 0.98 * rate


@pytest.mark.parametrize("most", [1, 7, 50])
def test_no_call_has_more_members_than_the_settings_allow(most: int):
    with opened("http://127.0.0.1:9", batch=most) as ses:
        sizes = {ses.size(Limits(rate)) for rate in range(1, 500)}
        assert max(sizes) == most
        assert ses.size(None) == ses.size(Limits(math.inf)) == most


@pytest.mark.parametrize(("rate", "fits", "size"), [(150, 40, 30), (14, 11, 7), (150, 2**31, 50)])
def test_where_fewer_fit_into_a_call_the_rate_is_used_all_the_same(
    rate: float, fits: int, size: int
):
    with opened("http://127.0.0.1:9") as ses:
        assert ses.size(Limits(rate), fits) == size


def test_a_letter_is_proved_for_ses_before_its_first_call(standin: Standin):
    other = Letter(
        "v9", Rendered("Hi", "<p>{{greeting}}</p>", "{{greeting}}"), SENDER, LETTER.pictures
    )
    with opened(standin.url, letters=()) as ses:
        ses.prove(other, recipient())
        assert [each.state for each in ses.take(batch(recipients(2), other))] == ["sent"] * 2
    assert mails(standin)[address(1)]["text"] == recipient(1).fields["greeting"]
