"""The account: what it lets go, how fast, how much, and to whom."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator

from cardletter.rehearsal.answers import Request
from cardletter.rehearsal.model import service
from cardletter.rehearsal.standin import Standin
from standing_in import Client, addresses, bulk, connected, simple


def statuses(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [result["Status"] for result in answer["BulkEmailEntryResults"]]


def test_the_account_is_told(standin: Standin, ses: Client):
    standin.account.max_send_rate, standin.account.max_24_hour_send = 14, 50_000
    ses.send_bulk_email(**bulk(addresses(3)))
    told = ses.get_account()
    quota = {"Max24HourSend": 50_000, "MaxSendRate": 14, "SentLast24Hours": 3}
    assert told["SendQuota"] == quota
    assert (told["SendingEnabled"], told["ProductionAccessEnabled"]) == (True, True)
    assert told["EnforcementStatus"] == "HEALTHY"
    assert standin.log.posts("GetAccount") == 1


def test_more_than_the_rate_in_a_second_is_refused_whole(standin: Standin, ses: Client):
    standin.account.max_send_rate = 10
    ses.send_bulk_email(**bulk(addresses(6)))
    with pytest.raises(ses.exceptions.TooManyRequestsException, match="Maximum sending rate"):
        ses.send_bulk_email(**bulk(addresses(5)))
    ses.send_bulk_email(**bulk(addresses(4)))
    with pytest.raises(ses.exceptions.TooManyRequestsException, match="Maximum sending rate"):
        ses.send_email(**simple("ada@example.com"))
    assert len(standin.log.accepted) == 10
    time.sleep(1.01)
    ses.send_bulk_email(**bulk(addresses(10)))
    assert standin.log.most_in_a_second() == 10


def test_the_rate_holds_in_every_second_however_hard_it_is_tried(standin: Standin):
    standin.account.max_send_rate = 25

    def hammer(_: int) -> int:
        refused = 0
        with connected(standin.url) as ses:
            until = time.monotonic() + 1.6
            while time.monotonic() < until:
                try:
                    ses.send_bulk_email(**bulk(addresses(3)))
                except ses.exceptions.TooManyRequestsException:
                    refused += 1
        return refused

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(hammer, range(3))) > 0
    assert standin.log.most_in_a_second() == 24  # calls of 3, and at most 25 a second
    assert len(standin.log.accepted) >= 24


def test_the_daily_quota_runs_out_within_a_call_and_then_for_all(standin: Standin, ses: Client):
    standin.account.max_24_hour_send, standin.account.sent_last_24_hours = 200, 198
    answer = ses.send_bulk_email(**bulk(addresses(4)))
    over = "ACCOUNT_DAILY_QUOTA_EXCEEDED"
    assert statuses(answer) == ["SUCCESS", "SUCCESS", over, over]
    for call, request in (
        (ses.send_bulk_email, bulk(addresses(1))),
        (ses.send_email, simple("ada@example.com")),
    ):
        with pytest.raises(ses.exceptions.LimitExceededException, match="Daily message quota"):
            call(**request)
    assert len(standin.log.accepted) == 2


def test_the_sandbox_lets_mail_go_to_verified_recipients_only(standin: Standin, ses: Client):
    standin.account.production_access_enabled = False
    standin.account.identities = {"larkfield.example", "ada@example.com"}
    to = ["ada@example.com", "bo@example.com", "cy@larkfield.example", "a@simulator.amazonses.com"]
    refused = "MESSAGE_REJECTED"
    answer = ses.send_bulk_email(**bulk(to))
    assert statuses(answer) == ["SUCCESS", refused, "SUCCESS", "SUCCESS"]
    assert "not verified" in answer["BulkEmailEntryResults"][1]["Error"]
    with pytest.raises(ses.exceptions.MessageRejected, match="not verified"):
        ses.send_email(**simple("bo@example.com"))


def test_a_sender_who_is_not_verified_is_refused(standin: Standin, ses: Client):
    standin.account.identities = {"other.example"}
    with pytest.raises(ses.exceptions.MessageRejected, match=r"letter@larkfield\.example"):
        ses.send_bulk_email(**bulk(addresses(1)))


@pytest.mark.parametrize("name", ["larkfield.example", "letter@larkfield.example"])
def test_an_identity_is_verified_pending_or_unknown(standin: Standin, ses: Client, name: str):
    def verified() -> bool:
        return ses.get_email_identity(EmailIdentity=name)["VerifiedForSendingStatus"]

    assert verified()  # where nothing is said, everybody is
    standin.account.identities = {name}
    assert verified()
    standin.account.pending = {name}
    assert not verified()
    standin.account.identities, standin.account.pending = {"other.example"}, set()
    with pytest.raises(ses.exceptions.NotFoundException, match="does not exist"):
        verified()


def test_rejected_addresses_are_rejected_one_by_one(standin: Standin, ses: Client):
    standin.account.rejected = {"member1@example.com"}
    assert statuses(ses.send_bulk_email(**bulk(addresses(2)))) == ["SUCCESS", "MESSAGE_REJECTED"]
    with pytest.raises(ses.exceptions.MessageRejected):
        ses.send_email(**simple("member1@example.com"))


def test_paused_and_suspended(standin: Standin, ses: Client):
    standin.account.sending_enabled = False
    with pytest.raises(ses.exceptions.SendingPausedException):
        ses.send_bulk_email(**bulk(addresses(1)))
    standin.account.enforcement_status = "SHUTDOWN"
    with pytest.raises(ses.exceptions.AccountSuspendedException):
        ses.send_email(**simple("ada@example.com"))
    assert standin.log.accepted == []


def test_an_unknown_configuration_set_is_not_found(standin: Standin, ses: Client):
    standin.account.configuration_sets = {"others"}
    with pytest.raises(ses.exceptions.NotFoundException, match="letters"):
        ses.send_bulk_email(**bulk(addresses(1)))


def test_calls_and_questions_have_a_pace_of_their_own(standin: Standin, ses: Client):
    standin.account.calls_per_second, standin.account.asks_per_second = 2, 1
    for _ in range(2):
        ses.send_bulk_email(**bulk(addresses(1)))
    with pytest.raises(ses.exceptions.TooManyRequestsException, match="Rate exceeded"):
        ses.send_bulk_email(**bulk(addresses(1)))
    ses.get_account()
    with pytest.raises(ses.exceptions.TooManyRequestsException, match="Rate exceeded"):
        ses.get_account()


@pytest.mark.parametrize("ahead", [-400, 400])
def test_a_signature_of_another_time_is_refused(standin: Standin, ses: Client, ahead: float):
    standin.account.ahead = ahead
    with pytest.raises(ClientError, match="Signature") as refused:
        ses.send_bulk_email(**bulk(addresses(1)))
    assert refused.value.response["Error"]["Code"] == "SignatureDoesNotMatch"
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert standin.log.accepted == []
    standin.account.signature_seconds = 900
    assert ses.get_account()["SendingEnabled"]


def test_suppressed_addresses_are_taken_and_counted_but_get_nothing(standin: Standin, ses: Client):
    ses.put_suppressed_destination(EmailAddress="Member0@example.com", Reason="BOUNCE")
    assert statuses(ses.send_bulk_email(**bulk(addresses(2)))) == ["SUCCESS", "SUCCESS"]
    assert [each.fate for each in standin.log.accepted] == ["suppressed", "sent"]
    assert [mail["to"] for mail in standin.mails] == [["member1@example.com"]]
    assert standin.account.sent_last_24_hours == 2


def test_the_suppression_list_is_kept(ses: Client):
    for address, reason in (("a+b@example.com", "BOUNCE"), ("c@example.com", "COMPLAINT")):
        ses.put_suppressed_destination(EmailAddress=address, Reason=reason)
    got = ses.get_suppressed_destination(EmailAddress="a+b@example.com")["SuppressedDestination"]
    assert (got["EmailAddress"], got["Reason"]) == ("a+b@example.com", "BOUNCE")
    assert abs((got["LastUpdateTime"] - datetime.now(UTC)).total_seconds()) < 60
    listed = ses.list_suppressed_destinations(Reasons=["COMPLAINT"])
    assert [each["EmailAddress"] for each in listed["SuppressedDestinationSummaries"]] == [
        "c@example.com"
    ]
    ses.delete_suppressed_destination(EmailAddress="c@example.com")
    for call in (ses.delete_suppressed_destination, ses.get_suppressed_destination):
        with pytest.raises(ses.exceptions.NotFoundException):
            call(EmailAddress="c@example.com")


def test_the_suppression_list_comes_in_pages(standin: Standin, ses: Client):
    standin.account.suppressed = dict.fromkeys(addresses(7), "BOUNCE")
    found, token = [], {}
    while True:
        page = ses.list_suppressed_destinations(PageSize=3, **token)
        found += [each["EmailAddress"] for each in page["SuppressedDestinationSummaries"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert found == addresses(7)
    assert standin.log.posts("ListSuppressedDestinations") == 3
    with pytest.raises(ses.exceptions.InvalidNextTokenException):
        ses.list_suppressed_destinations(NextToken="x")


@pytest.mark.parametrize(
    "asked", [{"EmailAddress": "ada", "Reason": "BOUNCE"}, {"EmailAddress": "a@b.c", "Reason": "X"}]
)
def test_what_cannot_be_suppressed_is_refused(ses: Client, asked: dict[str, str]):
    with pytest.raises(ses.exceptions.BadRequestException):
        ses.put_suppressed_destination(**asked)


def test_answers_have_what_the_model_says_and_nothing_else(standin: Standin, ses: Client):
    ses.put_suppressed_destination(EmailAddress="a@example.com", Reason="BOUNCE")
    standin.account.rejected = {"member1@example.com"}
    asked = {
        "SendBulkEmail": ("POST", "outbound-bulk-emails", bulk(addresses(2))),
        "SendEmail": ("POST", "outbound-emails", simple("ada@example.com")),
        "GetAccount": ("GET", "account", None),
        "GetEmailIdentity": ("GET", "identities/larkfield.example", None),
        "ListSuppressedDestinations": ("GET", "suppression/addresses?PageSize=1", None),
        "GetSuppressedDestination": ("GET", "suppression/addresses/a%40example.com", None),
        "DeleteSuppressedDestination": ("DELETE", "suppression/addresses/a%40example.com", None),
    }
    signed = {"authorization": "x", "x-amz-date": standin.account.now().strftime("%Y%m%dT%H%M%SZ")}
    for operation, (method, target, body) in asked.items():
        path, _, query = target.partition("?")
        words = b"" if body is None else json.dumps(body).encode()
        answer = standin.ses.answer(Request(method, f"/v2/email/{path}", query, signed, words))
        shape = service("sesv2").operation_model(operation).output_shape
        told = json.loads(answer.body)
        assert answer.status == 200
        assert not ParamValidator().validate(told, shape).has_errors()
        assert told.keys() <= shape.members.keys()
