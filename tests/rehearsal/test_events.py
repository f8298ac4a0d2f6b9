"""Events: their shapes, and what becomes of messages."""

import pytest

from cardletter.rehearsal import Outcomes
from cardletter.rehearsal.standin import Standin
from standing_in import (
    NO_TRACKING,
    SENDER,
    Event,
    addresses,
    bulk,
    connected,
    entry,
    kinds,
    simple,
    told,
)

ADA = ["ada@example.com"]


def test_a_message_is_sent_and_delivered():
    send, delivery = told(Outcomes(), ADA)
    assert (send["eventType"], send["send"]) == ("Send", {})
    assert delivery["delivery"]["recipients"] == ADA
    assert delivery["delivery"]["smtpResponse"].startswith("250")
    assert delivery["delivery"]["timestamp"] > delivery["mail"]["timestamp"]


def test_every_event_says_whose_it_is():
    event = told(Outcomes(), ADA)[0]
    mail = event["mail"]
    assert (mail["source"], mail["destination"]) == (SENDER, ADA)
    assert mail["timestamp"].endswith("Z")
    assert mail["tags"]["edition"] == ["2026-12"]
    assert mail["tags"]["message"] == ["ada"]
    assert mail["tags"]["ses:configuration-set"] == ["letters"]
    assert mail["commonHeaders"]["subject"] == "December for ada"
    headers = {each["name"]: each["value"] for each in mail["headers"]}
    assert headers["List-Unsubscribe"] == "<https://larkfield.example/u/ada>"
    assert mail["messageId"] == mail["commonHeaders"]["messageId"]
    assert mail["sendingAccountId"] == "123456789012"
    assert mail["headersTruncated"] is False


BOUNCES = {
    "no_email": ("Permanent", "NoEmail", "5.1.1"),
    "general": ("Permanent", "General", "5.0.0"),
    "full": ("Transient", "MailboxFull", "4.2.2"),
    "policy": ("Permanent", "General", "5.7.1"),
}


@pytest.mark.parametrize("name", BOUNCES)
def test_a_bounce_says_of_which_kind(name: str):
    send, event = told(Outcomes(**{name: 1.0}), ADA)
    assert kinds([send, event]) == ["Send", "Bounce"]
    bounce = event["bounce"]
    (recipient,) = bounce["bouncedRecipients"]
    found = (bounce["bounceType"], bounce["bounceSubType"], recipient["status"])
    assert found == BOUNCES[name]
    assert recipient["emailAddress"] == ADA[0]
    assert bounce["feedbackId"]


def test_a_suppressed_address_bounces_by_the_account():
    events = told(Outcomes(), addresses(2), suppressed={"member0@example.com": "BOUNCE"})
    assert kinds(events) == ["Send", "Bounce", "Send", "Delivery"]
    assert events[1]["bounce"]["bounceSubType"] == "OnAccountSuppressionList"
    events = told(Outcomes(), ADA, suppressed={ADA[0]: "COMPLAINT"})
    assert kinds(events) == ["Send", "Complaint"]
    assert events[1]["complaint"]["complaintSubType"] == "OnAccountSuppressionList"


def test_a_complaint_may_list_strangers():
    plain = told(Outcomes(complained=1), ADA)[-1]["complaint"]
    assert plain["complainedRecipients"] == [{"emailAddress": ADA[0]}]
    assert (plain["complaintFeedbackType"], plain["complaintSubType"]) == ("abuse", None)
    redacted = told(Outcomes(complained=1, redacted=1), ADA)[-1]["complaint"]
    assert len(redacted["complainedRecipients"]) == 30
    assert {"emailAddress": ADA[0]} in redacted["complainedRecipients"]


def test_not_spam_comes_as_a_complaint():
    (event,) = told(Outcomes(not_spam=1), ADA)[2:]
    assert event["complaint"]["complaintFeedbackType"] == "not-spam"


def test_a_delay_a_rejection_and_an_unsubscription():
    send, delay, delivery = told(Outcomes(delayed=1), ADA)
    assert kinds([send, delay, delivery]) == ["Send", "DeliveryDelay", "Delivery"]
    assert delay["deliveryDelay"]["delayedRecipients"][0]["emailAddress"] == ADA[0]
    assert told(Outcomes(rejected=1), ADA)[1]["reject"] == {"reason": "Bad content"}
    subscription = told(Outcomes(unsubscribed=1), ADA)[-1]["subscription"]
    assert subscription["newTopicPreferences"]["unsubscribeAll"] is True


def test_a_missing_value_is_told_and_nothing_else():
    (event,) = told(Outcomes(), [], BulkEmailEntries=[entry("a@example.com")], DefaultContent=BARE)
    assert event["eventType"] == "Rendering Failure"
    assert event["failure"]["errorMessage"] == (
        "Attribute 'path' is not present in the rendering data."
    )


BARE = {"Template": {"TemplateContent": {"Subject": "Hello", "Text": "{{path}}"}}}
READ = Outcomes(opened=1, clicked=1, machine_opened=1, machine_clicked=1)


def test_people_and_machines_open_and_click():
    events = told(READ, ADA)
    assert kinds(events) == ["Send", "Delivery", "Open", "Click", "Open", "Click"]
    agents = [event[event["eventType"].lower()]["userAgent"] for event in events[2:]]
    assert "GoogleImageProxy" in agents[0]
    assert "Scanner" in agents[1]
    assert "iPhone" in agents[2]
    assert agents[2] == agents[3]
    links = {event["click"]["link"] for event in events if event["eventType"] == "Click"}
    assert links == {"https://larkfield.example/december"}


@pytest.mark.parametrize(
    ("off", "seen"),
    [
        ({"OpenTrackingEnabled": "DISABLED"}, {"Click"}),
        ({"ClickTrackingEnabled": "DISABLED"}, {"Open"}),
        (NO_TRACKING, set()),
    ],
)
def test_what_is_not_tracked_is_not_told(off: dict[str, str], seen: set[str]):
    events = told(READ, ADA, ConfigurationOverrides={"Tracking": off})
    assert set(kinds(events)) - {"Send", "Delivery"} == seen


def test_without_a_configuration_set_nothing_is_told():
    request = bulk(ADA)
    del request["ConfigurationSetName"]
    found: list[Event] = []
    with Standin(on_event=found.append) as standin, connected(standin.url) as ses:
        ses.send_bulk_email(**request)
    assert found == []


def test_a_single_message_is_told_of_too():
    found: list[Event] = []
    with Standin(on_event=found.append) as standin, connected(standin.url) as ses:
        ses.send_email(**simple(ADA[0]))
    assert kinds(found) == ["Send", "Delivery"]
    assert found[0]["mail"]["tags"]["ses:operation"] == ["SendEmail"]


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("success", "Delivery"),
        ("bounce", "Bounce"),
        ("complaint", "Complaint"),
        ("suppressionlist", "Bounce"),
        ("success+canary", "Delivery"),
    ],
)
def test_the_simulator_does_as_it_says(local: str, expected: str):
    assert kinds(told(Outcomes(no_email=0.5), [f"{local}@simulator.amazonses.com"]))[-1] == expected
