"""What SES would have to guess is seen before a call: no attack is in any request or in any mail.

Botocore looks at nothing here, as in the real transport; the stand-in's accept log is the judge.
"""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from attacks_on_mail import ATTACKS, SENDERS, SMUGGLED, SUBJECTS
from cardletter.delivery.message import Letter
from cardletter.delivery.people import greeting
from cardletter.delivery.ses import Ses
from cardletter.delivery.template import fields_given
from cardletter.delivery.transports import Answer, NotTakenError
from cardletter.delivery.validation import REJECTIONS, from_line, look_at
from cardletter.errors import LetterError, SettingsError
from cardletter.rehearsal.standin import Standin
from cardletter.templates import Rendered
from mailing import (
    ONE_CLICK,
    SENDER,
    Overheard,
    address,
    batch,
    headers,
    opened,
    overhear,
    recipient,
    recipients,
    spaced,
)

ENDPOINT = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with Standin(keep_mails=True) as made:
        yield made


@pytest.fixture(scope="module", params=[50, 1], ids=["bulk", "single"])
def ses(request: pytest.FixtureRequest, standin: Standin) -> Iterator[Ses]:
    with opened(standin.url, batch=request.param) as made:
        made.overheard = overhear(made)  # type: ignore[attr-defined]
        yield made


@pytest.fixture(autouse=True)
def forget(standin: Standin) -> None:
    standin.mails.clear()
    standin.log.accepted.clear()
    standin.log.calls.clear()


def heard(ses: Ses) -> Overheard:
    bodies: Overheard = ses.overheard  # type: ignore[attr-defined]
    return bodies


def test_there_are_more_than_three_hundred_attacks_and_boto_stops_none(ses: Ses):
    assert len(ATTACKS) + len(SMUGGLED) + len(SENDERS) + len(SUBJECTS) >= 300
    with pytest.raises(ClientError, match="BadRequestException"):  # of the stand-in
        ses.client.send_email()


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_rejected_with_a_word_and_nothing_of_it_is_asked_of_ses(
    ses: Ses, standin: Standin, name: str
):
    attack, word = ATTACKS[name]
    assert look_at(attack, ENDPOINT) == word
    assert word in REJECTIONS
    heard(ses).clear()
    good = [recipient(0), recipient(2)]
    if ses.settings.batch == 1:
        answers = [
            answer for each in (good[0], attack, good[1]) for answer in ses.take(batch([each]))
        ]
    else:
        answers = ses.take(batch([good[0], attack, good[1]]))
    assert answers[1] == Answer("rejected", word)
    assert [answers[0].state, answers[2].state] == ["sent", "sent"]
    assert "evil" not in json.dumps(heard(ses))
    assert [one.address for one in standin.log.accepted] == [address(0), address(2)]
    assert [one.tags["message"] for one in standin.log.accepted] == ["id0", "id2"]
    for mail, each in zip(standin.mails, good, strict=True):
        assert (mail["to"], mail["cc"], mail["bcc"]) == ([each.address], [], [])
        assert headers(mail) == {
            "list-unsubscribe": f"<{each.fields['unsubscribe_url']}>",
            "list-unsubscribe-post": ONE_CLICK,
        }


@pytest.mark.parametrize("name", SMUGGLED)
def test_what_is_smuggled_into_a_name_arrives_as_the_text_it_is(
    ses: Ses, standin: Standin, name: str
):
    value = SMUGGLED[name]
    one = recipient(0, greeting=f"Dear {value},")
    (answer,) = ses.take(batch([one]))
    assert answer.state == "sent"
    (mail,) = standin.mails
    assert spaced(mail["text"]) == spaced(
        f"Dear {value}, Tea & cake. Choose: {one.fields['preferences_url']} "
        f"Leave: {one.fields['unsubscribe_url']}"
    )
    assert f"<p>Dear {html.escape(value)},</p>" in mail["html"]
    bare = recipient(0, greeting="Dear Ada,")
    assert tags(mail["html"]) == tags(html_of(bare))
    assert mail["subject"] == 'Tea & cake: <good> things for "Renée"'
    assert set(headers(mail)) == {"list-unsubscribe", "list-unsubscribe-post"}


def tags(page: str) -> list[str]:
    return re.findall(r"<[^>]*>", page)


def html_of(one: object) -> str:
    from mailing import LETTER

    return LETTER.page(one)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SMUGGLED)
def test_a_first_name_keeps_only_what_names_are_made_of(name: str):
    said = greeting(SMUGGLED[name])
    assert not set(said) & set('{}<>=|@%$`&"\\/:;()[]#!+*_0123456789')
    assert said.endswith(",")
    assert len(said) <= 40 + len("Dear ,")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("=cmd|' /C calc'!A0", "Dear cmd' C calc'A,"),
        ("{{unsubscribe_url}}", "Dear unsubscribeurl,"),
        ('"</script>', "Dear script,"),
        ("{{7*7}}", "Hello,"),
        ("Ada\r\nBcc: x@evil.example", "Dear Ada Bcc xevil. example,"),
        ("A\u202ed\u200ba\ufeff", "Dear Ada,"),
        ("www.evil.example", "Dear www. evil. example,"),
        ("x" * 5_000, f"Dear {'x' * 40},"),
        ("\ud800", "Hello,"),
        (None, "Hello,"),
        (7, "Hello,"),
    ],
)
def test_odd_first_names_are_greeted_without_what_is_odd(name: object, said: str):
    assert greeting(name) == said


@pytest.mark.parametrize("name", SENDERS)
def test_no_odd_sender_is_let_into_the_from_line(name: str):
    with pytest.raises(SettingsError, match="sender holds no address that can send"):
        from_line(SENDERS[name])


@pytest.mark.parametrize(
    ("sender", "line"),
    [
        (SENDER, SENDER),
        ("letter@larkfield.example", "letter@larkfield.example"),
        (
            '"Tea, cake & co" <letter@larkfield.example>',
            '"Tea, cake & co" <letter@larkfield.example>',
        ),
        ("Café <letter@larkfield.example>", "=?utf-8?b?Q2Fmw6k=?= <letter@larkfield.example>"),
    ],
)
def test_a_good_sender_is_written_in_ascii(sender: str, line: str):
    assert from_line(sender) == line


@pytest.mark.parametrize("name", SUBJECTS)
def test_no_odd_subject_is_proved(ses: Ses, standin: Standin, name: str):
    letter = Letter("bad", Rendered(SUBJECTS[name], "<p>Hi</p>", "Hi"), SENDER, Path("nowhere"))
    with pytest.raises(LetterError, match="Variant bad cannot be sent through SES: its subject"):
        ses.prove(letter, recipient())
    assert standin.log.calls == []


def test_a_subject_in_other_letters_with_spaces_that_do_not_break_arrives(
    ses: Ses, standin: Standin
):
    subject = "Thé\u00a0: 美咲 👩\u200d👩\u200d👧"
    letter = Letter("fine", Rendered(subject, "<p>Hi</p>", "Hi"), SENDER, Path("nowhere"))
    ses.prove(letter, recipient())
    ses.take(batch([recipient()], letter))
    assert standin.mails[0]["subject"] == subject


def test_fifty_one_recipients_reach_nobody(ses: Ses, standin: Standin):
    with pytest.raises(NotTakenError, match="51 members"):
        ses.take(batch(recipients(51)))
    assert (standin.log.calls, standin.mails) == ([], [])


def test_a_recipient_who_is_right_has_nothing_wrong():
    assert [look_at(recipient(number), ENDPOINT) for number in range(20)] == [""] * 20
    assert fields_given(recipient())


@pytest.mark.parametrize(
    ("domain", "reserved"),
    [
        ("example.com", True),
        ("EXAMPLE.org", True),
        ("mail.example.net", True),
        ("larkfield.example", True),
        ("example", True),
        ("myexample.com", False),
        ("example.company.com", False),
        ("example.de", False),
    ],
)
def test_examples_are_mailed_in_a_rehearsal_only(domain: str, reserved: bool):
    one = recipient(address=f"ada@{domain}")
    if "." in domain:
        assert look_at(one, ENDPOINT) == ""
    assert look_at(one) == (
        "bad_address" if "." not in domain else "reserved_domain" if reserved else ""
    )


@pytest.mark.parametrize("length", [1, 256])
def test_tags_of_all_lengths_that_ses_takes_are_taken(ses: Ses, standin: Standin, length: int):
    ses.take(batch([recipient(message_id="x" * length)]))
    assert standin.log.accepted[0].tags["message"] == "x" * length


def test_a_link_as_long_as_a_header_may_be_is_taken(ses: Ses, standin: Standin):
    link = "https://larkfield.example/" + "u" * 940
    ses.take(batch([recipient(unsubscribe_url=link)]))
    assert headers(standin.mails[0])["list-unsubscribe"] == f"<{link}>"


def test_what_is_percent_encoded_stays_so(ses: Ses, standin: Standin):
    link = "https://larkfield.example/u%0d%0aBcc:%20evil%40evil.example"
    ses.take(batch([recipient(unsubscribe_url=link)]))
    (mail,) = standin.mails
    assert headers(mail) == {"list-unsubscribe": f"<{link}>", "list-unsubscribe-post": ONE_CLICK}
    assert (mail["to"], mail["bcc"]) == ([address(0)], [])
