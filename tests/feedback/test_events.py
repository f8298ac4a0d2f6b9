"""SES events, the forty-two that reliability.md lists (E 1 to 42), each with its answer."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cardletter.feedback.events import RefusedError
from cardletter.feedback.ingest import ingest
from cardletter.feedback.sns import verify
from cardletter.ledger import Ledger, now
from cardletter.ledger.haste import clicks_by_people
from cardletter.ledger.schema import SENDS
from cardletter.links import keyed_hash
from cardletter.workspace import Workspace
from databases import BOTH, an_empty_ledger, server  # noqa: F401 - a fixture
from told import (
    ACCOUNT,
    AT,
    EDITION,
    TOPIC,
    Told,
    address,
    became,
    bounce,
    click,
    complaint,
    delivery,
    envelope,
    kept,
    message,
    opened,
    project,
    send,
    standing,
    suppressed,
    take,
    told,
    untagged,
)


@pytest.fixture(params=BOTH)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    yield from an_empty_ledger(request, tmp_path)


@pytest.fixture
def desk(ledger: Ledger, tmp_path: Path) -> Workspace:
    """A project whose members 0 to 9 were sent the edition, and SES took it."""
    made = project(tmp_path / "letter", ledger)
    send(made, range(10))
    return made


def only(desk: Workspace) -> dict[str, object]:
    rows = kept(desk)
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize("body", ["", "hello", "{", '{"eventType": "Send"} x', "[1, 2", "'a'"])
def test_e01_what_is_not_json_is_set_aside(desk: Workspace, body: str):
    batch = Told([body, json.dumps(delivery())])
    taken = ingest(desk, [batch])
    assert (taken.set_aside, taken.new) == ({"not_json": 1}, 1)
    assert batch.settled == [0]
    assert taken.places == ["number 0"]


def test_e02_in_an_sns_envelope_raw_or_by_eventbridge_it_is_the_same_event(desk: Workspace):
    event = delivery()
    bridge = {"version": "0", "source": "aws.ses", "detail-type": "Email Delivered"}
    bare = {name: each for name, each in event.items() if name != "eventType"}
    forms = [event, envelope(event), bridge | {"detail": event}, bridge | {"detail": bare}]
    taken = take(desk, *forms)
    assert (taken.new, taken.duplicates) == (1, 3)
    assert only(desk)["message_id"] == message(0)


def test_e03_the_words_that_a_topic_was_validated_are_passed_over(desk: Workspace):
    words = "Successfully validated SNS topic for Amazon SES event publishing."
    older = {"notificationType": "AmazonSnsSubscriptionSucceeded", "message": "You have"}
    taken = take(desk, envelope(words), envelope(older))
    assert taken.passed_over == {"topic_validated": 2}
    assert kept(desk) == []


def test_e04_the_type_of_identity_notifications_is_read_too(desk: Workspace):
    event = bounce()
    event["notificationType"] = event.pop("eventType")
    assert take(desk, untagged(event)).kinds == {"bounced": 1}
    assert suppressed(desk) == [("hard_bounce", "address 0")]


def test_e05_an_unknown_type_is_kept_and_told_of(desk: Workspace):
    taken = take(desk, told("Teleport", {"timestamp": AT}))
    assert (taken.kinds, taken.warnings) == ({"unknown": 1}, {"unknown_kind": 1})
    assert only(desk)["kind"] == "unknown"


def test_e06_a_rendering_failure_is_no_sent_message_and_holds_the_edition(desk: Workspace):
    words = f"Attribute 'name' is not present in the data of {address(3)}."
    taken = take(desk, told("Rendering Failure", {"errorMessage": words, "templateName": "t"}, 3))
    assert became(desk)["m3"] == "rejected"
    assert taken.paused == [EDITION]
    edition = desk.ledger.edition(EDITION)
    assert edition is not None
    assert "could not put 1 messages together" in edition["paused"]
    assert [order["given_by"] for order in desk.ledger.orders(EDITION)] == ["breaker"]
    assert address(3) not in str(only(desk))


def test_e07_the_same_sns_message_twice_counts_once(desk: Workspace):
    for _ in range(2):
        taken = take(desk, envelope(bounce(), "sns-7"), envelope(bounce(), "sns-7"))
    assert (taken.new, taken.duplicates) == (0, 2)
    assert len(kept(desk)) == len(suppressed(desk)) == 1


def test_e08_the_same_event_in_another_sns_message_counts_once(desk: Workspace):
    other = bounce() | {"extra": 1}
    taken = take(desk, envelope(bounce(), "sns-1"), envelope(other, "sns-2"))
    assert (taken.new, taken.duplicates) == (1, 1)
    again = bounce(at="2026-11-21T10:00:00.000Z")
    assert take(desk, again).new == 1


def test_e09_a_delivery_before_our_own_commit_is_matched_by_its_tag(desk: Workspace):
    send(desk, [50], answer=False)
    assert became(desk)["m50"] == "unknown"
    assert take(desk, delivery(50)).orphans == {}
    assert became(desk)["m50"] == "sent"


def test_e10_an_open_before_its_delivery_is_kept(desk: Workspace):
    take(desk, opened(at="2026-11-20T10:00:05Z"))
    take(desk, delivery())
    assert sorted(row["kind"] for row in kept(desk)) == ["delivered", "opened"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_e11_a_bounce_after_a_delivery_counts(desk: Workspace, order: tuple[int, int]):
    events = [delivery(), bounce(at="2026-11-20T11:00:00Z")]
    for each in order:
        take(desk, events[each])
    assert suppressed(desk) == [("hard_bounce", "address 0")]
    assert desk.ledger.landed(EDITION) == 1


@pytest.mark.parametrize("before", [[], [delivery()], [opened()], [bounce()]])
def test_e12_a_complaint_after_anything_withdraws(desk: Workspace, before: list[dict[str, object]]):
    taken = take(desk, *before, complaint())
    assert standing(desk)["m0"] == "withdrawn"
    assert standing(desk)["m1"] == "granted"
    assert ("complaint", "m0") in suppressed(desk)
    assert taken.effects["newsletters withdrawn: complaint"] == 1


def test_e13_not_spam_is_no_complaint(desk: Workspace):
    taken = take(desk, complaint(complaintFeedbackType="not-spam"))
    assert (taken.kinds, taken.warnings, suppressed(desk)) == ({"unknown": 1}, {}, [])
    assert standing(desk)["m0"] == "granted"


def test_e14_a_complaint_that_lists_a_whole_domain_is_only_our_recipients(desk: Workspace):
    take(desk, complaint(4, of=[address(number) for number in range(30)]))
    assert suppressed(desk) == [("complaint", "m4")]
    assert [member for member, said in standing(desk).items() if said == "withdrawn"] == ["m4"]


def test_e15_what_the_accounts_own_list_stopped_is_mirrored_and_harms_no_rate(desk: Workspace):
    listed = complaint(1, complaintSubType="OnAccountSuppressionList", complaintFeedbackType=None)
    take(desk, bounce(0, "Permanent/OnAccountSuppressionList"), listed)
    assert suppressed(desk) == [("account_list", "address 0"), ("account_list", "address 1")]
    assert standing(desk)["m1"] == "granted"
    send(desk, range(10, 150))
    listed_all = [bounce(n, "Permanent/OnAccountSuppressionList") for n in range(10, 150)]
    assert take(desk, *listed_all).said == []


def test_e16_what_the_global_list_stopped_is_mirrored_and_counts(desk: Workspace):
    take(desk, bounce(0, "Permanent/Suppressed"))
    assert suppressed(desk) == [("provider_list", "address 0")]
    assert only(desk)["reason"] == "provider_list"


def test_e17_five_soft_bounces_in_thirty_days_and_the_address_is_suppressed(desk: Workspace):
    days = ["2026-10-25", "2026-11-01", "2026-11-08", "2026-11-15"]
    soft = [bounce(0, "Transient/MailboxFull", "4.2.2", at=f"{day}T09:00:00Z") for day in days]
    take(desk, *soft, *soft)
    assert suppressed(desk) == []
    take(desk, bounce(0, "Transient/General", "4.4.7", at="2026-11-20T09:00:00Z"))
    assert suppressed(desk) == [("soft_bounces", "address 0")]


def test_e17_five_soft_bounces_over_more_than_thirty_days_are_nothing(desk: Workspace):
    days = ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01", "2026-11-15"]
    soft = [bounce(0, "Transient/MailboxFull", "4.2.2", at=f"{day}T09:00:00Z") for day in days]
    assert take(desk, *soft).new == 5
    assert suppressed(desk) == []


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("Permanent/General", "5.7.1", ""),
        ("Permanent/General", "5.7.26", ""),
        ("Permanent/NoEmail", "5.7.1", ""),
        ("Permanent/General", "5.0.0", "smtp; 550 5.7.515 Access denied"),
        ("Transient/ContentRejected", "4.7.0", ""),
        ("Permanent/NoEmail", "5.1.1", "smtp; 550-5.7.1 blocked"),
    ],
)
def test_e18_a_refusal_for_policy_never_suppresses(
    desk: Workspace, kind: str, status: str, words: str
):
    take(
        desk,
        *(bounce(0, kind, status, words=words, at=f"2026-11-{d}T09:00:00Z") for d in range(10, 19)),
    )
    assert {row["reason"] for row in kept(desk)} == {"policy"}
    assert suppressed(desk) == []


def test_e19_an_undetermined_bounce_is_told_of_and_does_nothing(desk: Workspace):
    taken = take(desk, bounce(0, "Undetermined/Undetermined", "5.5.0"))
    assert taken.warnings == {"undetermined": 1}
    assert suppressed(desk) == []


def test_e20_a_delay_is_not_the_end(desk: Workspace):
    who = [{"emailAddress": address(0), "status": "4.4.1"}]
    section = {"timestamp": AT, "delayType": "MailboxFull", "delayedRecipients": who}
    take(desk, told("DeliveryDelay", section))
    assert (only(desk)["kind"], only(desk)["reason"]) == ("deferred", "MailboxFull")
    assert desk.ledger.landed(EDITION) == 0
    take(desk, delivery())
    assert desk.ledger.landed(EDITION) == 1


def test_e21_without_tags_a_message_is_found_by_its_id(desk: Workspace):
    taken = take(desk, untagged(bounce(3)), untagged(delivery(7)))
    assert taken.orphans == {}
    assert {row["message_id"] for row in kept(desk)} == {message(3), message(7)}
    assert suppressed(desk) == [("hard_bounce", "address 3")]


def test_e21_without_tags_and_without_an_address_it_is_found_by_its_place(desk: Workspace):
    event = untagged(told("Click", {"timestamp": AT, "link": "x", "userAgent": "x"}, 6))
    event["mail"]["destination"] = []
    take(desk, event)
    assert only(desk)["message_id"] == message(6)


def test_e21_without_tags_and_of_an_unknown_id_it_is_an_orphan(desk: Workspace):
    taken = take(desk, untagged(bounce(99)))
    assert taken.orphans == {"no_tags": 1}
    assert (only(desk)["orphan"], suppressed(desk)) == ("no_tags", [])


@pytest.mark.parametrize("edition", ["2026-11", "other-house"])
def test_e22_the_tag_of_another_edition_makes_an_orphan(desk: Workspace, edition: str):
    tags = {"edition": [edition], "message": [message(0)]}
    event = complaint()
    event["mail"]["tags"] = tags
    assert take(desk, event).orphans == {"other_edition": 1}
    assert suppressed(desk) == []


@pytest.mark.parametrize("number", [77, 123])
def test_e23_a_message_we_never_sent_is_an_orphan(desk: Workspace, number: int):
    assert take(desk, complaint(number)).orphans == {"unknown_message": 1}
    assert (len(kept(desk)), suppressed(desk)) == (1, [])


@pytest.mark.parametrize(
    "tags",
    [
        {"edition": [EDITION], "message": ["' OR 1=1 --"]},
        {"edition": [EDITION], "message": [message(0).upper()]},
        {"edition": [EDITION], "message": [message(0), message(1)]},
        {"edition": ["../../etc"], "message": [message(0)]},
        {"edition": EDITION, "message": message(0)},
        {"edition": [EDITION], "message": [message(0) + "\n"]},
        {"edition": [7], "message": [{}]},
    ],
)
def test_e23_tags_that_we_do_not_write_so_are_not_believed(
    desk: Workspace, tags: dict[str, object]
):
    event = complaint()
    event["mail"]["tags"] = tags
    taken = take(desk, event)
    assert taken.orphans.total() == 1
    assert suppressed(desk) == []


def test_e24_another_address_than_the_one_we_wrote_to_changes_nothing(desk: Workspace):
    event = bounce(1)
    event["mail"]["tags"]["message"] = [message(0)]
    assert take(desk, event).orphans == {"other_recipient": 1}
    assert suppressed(desk) == []


def test_e24_letter_case_and_a_name_do_not_make_another_address(desk: Workspace):
    event = bounce(1)
    event["bounce"]["bouncedRecipients"][0]["emailAddress"] = f"Bo <{address(1).upper()}>"
    assert take(desk, event).orphans == {}
    assert suppressed(desk) == [("hard_bounce", "address 1")]


def test_e25_headers_that_were_cut_are_noted(desk: Workspace):
    event = delivery()
    event["mail"]["headersTruncated"] = True
    assert take(desk, event).new == 1
    assert json.loads(str(only(desk)["payload"]))["headersTruncated"] is True


def test_e26_a_click_of_sixty_days_later_counts(desk: Workspace):
    at = now() - timedelta(minutes=5)
    event = click(at=at.isoformat() + "Z")
    event["mail"]["timestamp"] = (at - timedelta(days=60)).isoformat() + "Z"
    assert take(desk, event).kinds == {"clicked": 1}
    assert abs(only(desk)["occurred_at"] - at) < timedelta(seconds=1)  # type: ignore[operator]


def test_e27_what_is_told_of_an_erased_member_is_dropped_and_counted(desk: Workspace):
    key = keyed_hash(desk.hash_key, "member", "m0")
    desk.ledger.erase("m0", key, [desk.links.address_key(address(0))])
    before = desk.ledger.holdings("m0")
    taken = take(desk, complaint(), bounce(), untagged(delivery()), click())
    assert taken.dropped == {"erased": 4}
    assert kept(desk) == []
    assert desk.ledger.holdings("m0") == before == {}
    assert "m0" not in standing(desk)


@pytest.mark.parametrize(
    ("said", "warning"),
    [
        ("2026-11-20T10:00:07", "time_without_zone"),
        ("2026-11-20 10:00:07", "time_without_zone"),
        ("2099-01-01T00:00:00Z", "time_in_the_future"),
        ("1970-01-01T00:00:00.000Z", "time_too_early"),
        ("yesterday", "time_unreadable"),
        ("0001-01-01T00:00:00+14:00", "time_unreadable"),
        (1700000000, "time_unreadable"),
    ],
)
def test_e28_odd_times_are_told_of_and_mended(desk: Workspace, said: object, warning: str):
    assert take(desk, delivery(at=said)).warnings == {warning: 1}  # type: ignore[arg-type]
    mended = datetime(2026, 11, 20, 10, 0, 7 if warning == "time_without_zone" else 0)  # noqa: DTZ001
    assert only(desk)["occurred_at"] == mended


@pytest.mark.parametrize(
    "said", ["2026-11-20T10:00:07Z", "2026-11-20T10:00:07.000Z", "2026-11-20T11:00:07+01:00"]
)
def test_e28_times_with_and_without_milliseconds_and_in_any_zone_are_the_same(
    desk: Workspace, said: str
):
    assert take(desk, delivery(at=said)).warnings == {}
    assert only(desk)["occurred_at"] == datetime(2026, 11, 20, 10, 0, 7)  # noqa: DTZ001


def test_e29_a_large_event_is_read_and_a_huge_one_set_aside(desk: Workspace):
    large, huge = delivery(0), delivery(1)
    large["mail"]["headers"] = [{"name": "X", "value": "x" * 1_000}] * 290
    huge["mail"]["headers"] = [{"name": "X", "value": "x" * 10_000_000}]
    taken = take(desk, large, huge)
    assert (taken.new, taken.set_aside) == (1, {"too_large": 1})


@pytest.mark.parametrize("depth", [40, 5_000, 400_000])
def test_e30_what_is_too_deep_is_set_aside(desk: Workspace, depth: int):
    event = json.dumps(delivery())[:-1] + ', "x": ' + "[" * depth + "1" + "]" * depth + "}"
    assert take(desk, event, delivery()).set_aside == {"too_deep": 1}
    assert len(kept(desk)) == 1


def refusal(topics: list[str], **more: object) -> str:
    fetched: list[str] = []
    said = envelope(delivery(), SignatureVersion="1", Signature="AAAA", **more)
    said["SigningCertURL"] = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"
    said["Timestamp"] = now().isoformat() + "Z"

    def fetch(url: str) -> bytes:
        fetched.append(url)
        return b"no certificate"

    with pytest.raises(RefusedError) as refused:
        verify(said, topics, fetch)
    return f"{refused.value} {len(fetched)}"


def test_e31_a_bad_signature_is_refused():
    assert refusal([TOPIC]) == "bad_certificate 1"  # test_sns.py has the sixty others


def test_e32_another_topic_is_refused_and_nothing_fetched(desk: Workspace):
    assert refusal(["arn:aws:sns:eu-west-1:123456789012:others"]) == "foreign_topic 0"
    taken = take(desk, envelope(complaint()), topics=["arn:aws:sns:eu-west-1:1:others"])
    assert (taken.refused, suppressed(desk)) == ({"foreign_topic": 1}, [])
    assert take(desk, envelope(complaint()), topics=[TOPIC]).new == 1


def test_e33_a_foreign_confirmation_is_refused_and_its_url_never_fetched(desk: Workspace):
    more = {"Type": "SubscriptionConfirmation", "Token": "t"}
    more["SubscribeURL"] = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription"
    assert refusal([], **more) == "foreign_topic 0"
    taken = take(desk, envelope("You have chosen to subscribe", **more))
    assert taken.passed_over == {"subscription_confirmation": 1}


def test_e34_a_confirmation_that_we_left_a_topic_is_told_of(desk: Workspace):
    taken = take(desk, envelope("You have left", Type="UnsubscribeConfirmation"))
    assert taken.passed_over == {"unsubscribe_confirmation": 1}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (json.dumps(delivery())[:-1] + ', "x": NaN}', "not_a_number"),
        (json.dumps(delivery())[:-1] + ', "x": -Infinity}', "not_a_number"),
        (json.dumps(delivery())[:-1] + ', "eventType": "Complaint"}', "duplicate_keys"),
        (
            json.dumps(delivery()).replace('"message":', '"message": [], "message":'),
            "duplicate_keys",
        ),
    ],
)
def test_e35_no_number_and_keys_told_twice_are_set_aside(desk: Workspace, body: str, why: str):
    assert take(desk, body).set_aside == {why: 1}


@pytest.mark.parametrize("body", [b"\xff\xfe{\x00}\x00", b'{"eventType": "S\xe9nd"}'])
def test_e36_what_is_not_utf8_is_set_aside(desk: Workspace, body: bytes):
    assert take(desk, body).set_aside == {"not_utf8": 1}


def test_e37_a_link_that_is_not_ours_is_told_of_and_not_kept(desk: Workspace):
    taken = take(desk, click(link=f"https://evil.example/?who={address(0)}"))
    assert (taken.warnings, only(desk)["link"]) == ({"foreign_link": 1}, "")


def test_e37_our_own_links_are_kept_without_the_members_token(desk: Workspace):
    own = desk.links.preferences("m0", EDITION)
    assert take(desk, click(0, link=own), click(1)).warnings == {}
    links = {str(row["link"]) for row in kept(desk)}
    assert links == {"https://cardletter.example/preferences", "https://shop.example/tea?a=1&b=2"}


def test_e38_a_thousand_clicks_in_two_seconds_are_no_persons(desk: Workspace):
    start = datetime(2026, 11, 20, 12)  # noqa: DTZ001
    hasty = [click(0, f"{start + timedelta(milliseconds=2 * n)}Z") for n in range(1_000)]
    taken = take(desk, *hasty, click(1, "2026-11-20T12:00:00Z"))
    assert taken.new == 1_001
    assert list(clicks_by_people(desk.ledger, EDITION)["member_id"]) == ["m1"]


def test_e39_what_the_queue_brings_again_after_the_commit_changes_nothing(desk: Workspace):
    batch = Told([json.dumps(envelope(each)) for each in (bounce(0), complaint(1), delivery(2))])
    ingest(desk, [batch])
    before = (kept(desk), suppressed(desk), standing(desk))
    again = ingest(desk, [Told(batch.bodies)])
    assert (again.new, again.duplicates, again.effects) == (0, 3, {})
    assert (kept(desk), suppressed(desk), standing(desk)) == before


def test_e40_poison_is_left_and_the_rest_goes_on(desk: Workspace):
    batches = [Told(["poison", json.dumps(delivery(n))]) for n in range(3)]
    taken = ingest(desk, batches)  # test_sqs.py shows the dead-letter queue
    assert [batch.settled for batch in batches] == [[0]] * 3
    assert (taken.new, taken.set_aside) == (3, {"not_json": 3})


def test_e41_who_unsubscribes_at_the_provider_is_withdrawn(desk: Workspace):
    section = {"timestamp": AT, "newTopicPreferences": {"unsubscribeAll": True}}
    topic = {"topicSubscriptionStatus": [{"topicName": "a", "subscriptionStatus": "OptOut"}]}
    taken = take(
        desk,
        told("Subscription", section, 0),
        told("Subscription", {"timestamp": AT, "newTopicPreferences": topic}, 1),
        told("Subscription", {"timestamp": AT, "newTopicPreferences": {}}, 2),
    )
    assert taken.kinds == {"unsubscribed": 2, "unknown": 1}
    assert [standing(desk)[f"m{n}"] for n in range(3)] == ["withdrawn", "withdrawn", "granted"]
    assert suppressed(desk) == []


def test_e42_another_account_is_refused(desk: Workspace):
    foreign = complaint()
    foreign["mail"]["sendingAccountId"] = "999999999999"
    nameless = complaint(1)
    del nameless["mail"]["sendingAccountId"]
    taken = take(desk, foreign, nameless, complaint(2), accounts=[ACCOUNT])
    assert (taken.refused, taken.new) == ({"foreign_account": 2}, 1)
    assert suppressed(desk) == [("complaint", "m2")]


def test_nothing_of_a_person_is_kept_of_any_event(desk: Workspace):
    take(
        desk,
        bounce(0, words=f"smtp; 550 5.1.1 <{address(0)}> unknown at 198.51.100.9"),
        complaint(1, userAgent="Feedback/1.0", complaintFeedbackType=address(1)),
        opened(2),
        click(3, link=f"https://shop.example/tea?mail={address(3)}"),
        told("Reject", {"reason": f"virus for {address(4)}"}, 4),
        delivery(5),
    )
    assert len(kept(desk)) == 6
    everything = json.dumps(kept(desk), default=str)
    assert not re.search(r"@|192\.0\.2|198\.51|Mozilla|Feedback/|Subject|250 ok", everything)


def test_opens_and_clicks_of_who_may_not_be_tracked_are_dropped(desk: Workspace):
    send(desk, [60], tracked=False)
    assert take(desk, opened(60), click(60), delivery(60)).dropped == {"untracked": 2}
    assert [row["kind"] for row in kept(desk)] == ["delivered"]


def test_an_edition_is_matched_to_the_row_not_only_to_the_name(desk: Workspace):
    rows = desk.ledger.rows(select(SENDS.c.message_id).where(SENDS.c.edition == EDITION))
    assert {row["message_id"] for row in rows} == {message(n) for n in range(10)}
