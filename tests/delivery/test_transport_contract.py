"""What every transport does: one class of tests that the outbox and Amazon SES both pass."""

import contextlib
import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from cardletter.delivery.message import Letter, Recipient
from cardletter.delivery.transports import Outbox, Transport
from cardletter.errors import LetterError
from cardletter.rehearsal.standin import Standin
from cardletter.templates import Rendered
from mailing import (
    LETTER,
    NAMES,
    ONE_CLICK,
    SENDER,
    SUBJECT,
    address,
    batch,
    headers,
    mails,
    opened,
    recipient,
    recipients,
    spaced,
)


@dataclass(frozen=True)
class Got:
    """A mail as its reader has it, whichever way it came."""

    sender: str
    subject: str
    html: str
    text: str
    headers: Mapping[str, str]

    @property
    def everything(self) -> str:
        return "\n".join([self.subject, self.html, self.text, *self.headers.values()])


@dataclass(frozen=True)
class Way:
    """A transport, and how to read what it took."""

    transport: Transport
    got: Callable[[], dict[str, Got]]


def in_outbox(folder: Path) -> dict[str, Got]:
    found = {}
    for file in folder.glob("*.eml"):
        message = message_from_bytes(file.read_bytes(), policy=SMTP)
        page, text = (message.get_body((kind,)) for kind in ("html", "plain"))
        assert page is not None
        assert text is not None
        found[str(message["To"])] = Got(
            str(message["From"]),
            str(message["Subject"]),
            page.get_content(),
            text.get_content(),
            {name.lower(): str(value) for name, value in message.items()},
        )
    return found


def at_ses(standin: Standin) -> dict[str, Got]:
    return {
        to: Got(mail["from"], mail["subject"], mail["html"], mail["text"], headers(mail))
        for to, mail in mails(standin).items()
    }


@contextlib.contextmanager
def outbox(folder: Path) -> Iterator[Way]:
    yield Way(Outbox(folder), lambda: in_outbox(folder))


@contextlib.contextmanager
def ses(batch: int) -> Iterator[Way]:
    with Standin(keep_mails=True) as standin, opened(standin.url, batch=batch) as transport:
        yield Way(transport, lambda: at_ses(standin))


WAYS = {"outbox": 0, "ses in bulk": 50, "ses one by one": 1}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    size = WAYS[request.param]
    with ses(size) if size else outbox(tmp_path / "outbox") as made:
        yield made


def take(way: Way, to: list[Recipient], letter: Letter = LETTER) -> list[tuple[str, str]]:
    """Send to all of them in calls of the size that the transport asks for."""
    size = way.transport.size(way.transport.ready(len(to)), 50)
    answers = []
    for start in range(0, len(to), size):
        answers += way.transport.take(batch(to[start : start + size], letter))
    return [(answer.state, answer.told) for answer in answers]


class TestEveryTransport:
    def test_gives_an_answer_for_each_recipient_and_an_id_of_its_own(self, way: Way):
        answers = take(way, recipients(7))
        assert [state for state, _ in answers] == ["sent"] * 7
        ids = [told for _, told in answers]
        assert len(set(ids)) == 7
        assert all(ids)

    def test_takes_each_message_once(self, way: Way):
        take(way, recipients(12))
        assert set(way.got()) == {address(number) for number in range(12)}

    def test_says_in_every_part_what_the_variant_says_with_the_members_values(self, way: Way):
        take(way, recipients(len(NAMES)))
        for number, name in enumerate(NAMES):
            mail, fields = way.got()[address(number)], recipient(number).fields
            assert mail.subject == SUBJECT
            assert spaced(mail.text) == (
                f"Dear {name} no. {number}, Tea & cake. Choose: {fields['preferences_url']} "
                f"Leave: {fields['unsubscribe_url']}"
            )
            assert f"<p>Dear {html.escape(name)} no. {number},</p>" in spaced(mail.html)
            assert f'<a href="{fields["preferences_url"]}">Choose</a>' in spaced(mail.html)
            assert f'<a href="{fields["unsubscribe_url"]}">Leave</a>' in spaced(mail.html)
            assert "<p>Tea &amp; cake.</p>" in spaced(mail.html)

    def test_escapes_a_name_for_html_and_leaves_it_plain_in_the_text(self, way: Way):
        take(way, [recipient(greeting='Dear <b>Bo</b> & "Co",')])
        mail = way.got()[address(0)]
        assert "Dear &lt;b&gt;Bo&lt;/b&gt; &amp; &quot;Co&quot;," in spaced(mail.html)
        assert "<b>" not in mail.html
        assert mail.text.startswith('Dear <b>Bo</b> & "Co",')

    def test_writes_a_link_with_an_ampersand_as_each_part_needs_it(self, way: Way):
        link = "https://larkfield.example/p?a=1&b=2"
        take(way, [recipient(preferences_url=link)])
        mail = way.got()[address(0)]
        assert f"Choose: {link}" in spaced(mail.text)
        assert 'href="https://larkfield.example/p?a=1&amp;b=2"' in spaced(mail.html)

    def test_puts_both_headers_of_one_click_unsubscribing_on_every_mail(self, way: Way):
        take(way, recipients(5))
        for number in range(5):
            mail, link = way.got()[address(number)], recipient(number).fields["unsubscribe_url"]
            assert mail.headers["list-unsubscribe"] == f"<{link}>"
            assert mail.headers["list-unsubscribe-post"] == ONE_CLICK

    def test_sends_from_the_sender(self, way: Way):
        take(way, recipients(1))
        assert way.got()[address(0)].sender == SENDER

    def test_puts_nobodys_values_into_anothers_mail(self, way: Way):
        people = [recipient(number, greeting=f"Dear Q{number:03d}Q,") for number in range(20)]
        take(way, people)
        for one in people:
            own = way.got()[one.address].everything
            assert one.fields["greeting"] in own
            for other in people:
                if other is not one:
                    assert other.address not in own
                    assert not [value for value in other.fields.values() if value in own]

    def test_takes_nothing_for_nobody(self, way: Way):
        assert way.transport.take(batch([])) == []
        assert way.got() == {}

    def test_fills_a_field_as_often_as_the_letter_has_it_and_a_value_only_once(self, way: Way):
        twice = Rendered("Hello", "<p>{{greeting}}{{greeting}}</p>", "{{greeting}}|{{greeting}}")
        letter = Letter("v2", twice, SENDER, Path("nowhere"))
        way.transport.prove(letter, recipient())
        said = "Hi {{unsubscribe_url}} {{{x}}} {{#if a}}"
        take(way, [recipient(greeting=said)], letter)
        mail = way.got()[address(0)]
        assert spaced(mail.text) == f"{said}|{said}"
        assert said * 2 in spaced(mail.html)

    def test_proves_a_letter_that_is_right_and_sends_nothing_for_it(self, way: Way):
        way.transport.prove(LETTER, recipient(greeting="Dear Zoë & Søren <proof>,"))
        assert way.got() == {}

    def test_goes_on_after_taking_without_leaving_anything_behind(self, way: Way):
        first, second = recipients(4)[:2], recipients(4)[2:]
        assert len(take(way, first)) == len(take(way, second)) == 2
        assert set(way.got()) == {address(number) for number in range(4)}

    def test_has_room_for_an_edition_before_it_begins(self, way: Way):
        limits = way.transport.ready(1_000_000)
        assert limits is None or limits.recipients > 0
        assert way.transport.size(limits, 50) >= 1
        assert way.transport.quota_left() >= 1_000_000


@pytest.mark.parametrize("size", [50, 1])
def test_through_ses_one_bad_address_is_rejected_while_the_others_go(size: int):
    to = [recipient(0), recipient(1, address="bo@@mail.larkfield.example"), recipient(2)]
    with ses(size) as way:
        assert [state for state, _ in take(way, to)] == ["sent", "rejected", "sent"]
        assert set(way.got()) == {address(0), address(2)}


def test_the_two_ways_of_ses_say_the_same():
    with ses(50) as bulk, ses(1) as single:
        take(bulk, recipients(6))
        take(single, recipients(6))
        assert bulk.got() == single.got()


def test_only_the_outbox_may_be_given_a_message_twice(tmp_path: Path):
    with outbox(tmp_path / "outbox") as files, ses(50) as mail:
        assert files.transport.repeatable
        assert not mail.transport.repeatable
        for _ in range(2):
            take(files, recipients(1))
        assert len(files.got()) == 1


def test_through_ses_pictures_without_an_address_are_refused():
    page = '<p>{{greeting}}</p><img src="../../pictures/tea.png">'
    letter = Letter("v3", Rendered("Hi", page, "{{greeting}}"), SENDER, Path("nowhere"))
    with ses(50) as way, pytest.raises(LetterError, match="assets_url"):
        way.transport.prove(letter, recipient())
