"""Messages: each one parses, says what the variant says, and opens no door for anything else."""

import html
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import little
from cardletter.delivery.message import CID, PICTURE, Letter, Recipient, fill
from cardletter.delivery.people import greeting
from cardletter.templates import Rendered, read_variant, render
from cardletter.workspace import Workspace

SENDER = "Zoë’s Letter <letter@larkfield.example>"
LINKS = {
    "unsubscribe_url": "https://larkfield.example/unsubscribe/WyJtMDAxIl0.abc-_",
    "preferences_url": "https://larkfield.example/preferences/?a=1&b=2",
}
NAMES = {
    "Zoë": "Dear Zoë,",
    "Zoe\u0308": "Dear Zoë,",
    "O'Brien": "Dear O'Brien,",
    "Anne-Marie  d’Arc ": "Dear Anne-Marie d’Arc,",
    "प्रिया": "Dear प्रिया,",
    "美咲": "Dear 美咲,",
    "J.R.": "Dear J. R.,",
    "Ann & Bo <x>": "Dear Ann Bo x,",
    "Ann\r\nBcc: bo": "Dear Ann Bcc bo,",
    "\u202eAda\u202c": "Dear Ada,",
    "A\u200bda\x00": "Dear Ada,",
    "a" * 5_000: f"Dear {'a' * 40},",
    "www.prize.example": "Dear www. prize. example,",
    "https://x.example/": "Dear httpsx. example,",
    "{{7*7}}": "Hello,",
    "{{greeting}}": "Dear greeting,",
    "{% if %}": "Dear if,",
    "4111": "Hello,",
    "- . ’": "Hello,",
    "\u0308": "Hello,",
    " ": "Hello,",
    "": "Hello,",
}


@pytest.fixture
def letter(desk: Workspace) -> Letter:
    return of_variant(desk, little.variants(desk)["s001"])


def of_variant(desk: Workspace, variant_id: str) -> Letter:
    return Letter(variant_id, read_variant(desk, variant_id), SENDER, desk.file("pictures"))


def plain_letter(text: str, page: str, subject: str = "Hi") -> Letter:
    return Letter("v1", Rendered(subject, page, text), SENDER, Path("nowhere"))


def to(name: object = "Ada", **changes: str) -> Recipient:
    fields = {"greeting": greeting(name), **LINKS} | changes
    return Recipient("2026-12", "m001", "0123456789abcdef", "ada@example.com", fields)


def read(letter: Letter, recipient: Recipient) -> EmailMessage:
    message = message_from_bytes(letter.mime(recipient), policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body
    text: str = body.get_content()
    return text.replace("\r\n", "\n")


@pytest.mark.parametrize(("name", "wanted"), NAMES.items(), ids=[n[:20] for n in NAMES])
def test_a_member_is_greeted_by_what_can_be_a_name(name: str, wanted: str):
    assert greeting(name) == wanted


@pytest.mark.parametrize("name", [None, float("nan"), pd.NA, pd.NaT, 7], ids=str)
def test_without_a_name_the_greeting_does_without_one(name: object):
    assert greeting(name) == "Hello,"


@given(st.text(max_size=80))
def test_a_greeting_is_one_short_line_without_links_or_code(name: str):
    said = greeting(name)
    assert len(said) <= 46
    assert len(said.splitlines()) == 1
    assert not re.search(r"[<>{}%@/\\\"]|\.\S*\w", said)


@pytest.mark.parametrize("name", NAMES, ids=[n[:20] for n in NAMES])
def test_both_parts_say_what_the_variant_says(letter: Letter, name: str):
    message, fields = read(letter, to(name)), to(name).fields
    assert part(message, "plain") == fill(letter.rendered.text, fields, str)
    page = PICTURE.sub(rf"cid:\1@{CID}", letter.rendered.html)
    assert part(message, "html") == fill(page, fields, html.escape)
    assert "{{" not in part(message, "plain") + part(message, "html")


@pytest.mark.parametrize("name", ["Zoë", "x" * 40, ""])
def test_a_message_parses_without_a_defect(letter: Letter, name: str):
    for each in read(letter, to(name)).walk():
        assert each.defects == []


def test_headers_say_who_writes_to_whom_and_how_to_stop_it(letter: Letter):
    message = read(letter, to())
    assert str(message["From"]) == SENDER
    assert str(message["To"]) == "ada@example.com"
    assert str(message["Subject"]) == "Tea & cake: <good> things for Renée's days"
    assert str(message["Message-ID"]) == "<0123456789abcdef@larkfield.example>"
    assert str(message["List-Unsubscribe"]) == f"<{LINKS['unsubscribe_url']}>"
    assert str(message["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert parsedate_to_datetime(str(message["Date"])).year >= 2026
    assert len(message.keys()) == len(set(message.keys())) == 9


def test_lines_are_short_and_end_as_mail_wants_them(letter: Letter):
    raw = letter.mime(to("é" * 40))
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert raw.isascii()
    for each in read(letter, to("é" * 40)).walk():
        if each["Content-Transfer-Encoding"] in ("quoted-printable", "base64"):
            body = str(each.get_payload())
            assert max(map(len, body.splitlines())) <= 76


def test_neither_boundary_begins_with_the_other(letter: Letter):
    boundaries = re.findall(rb'boundary="(.*?)"', letter.mime(to()))
    assert len(boundaries) == 2
    assert not any(a.startswith(b) for a in boundaries for b in boundaries if a != b)


def test_a_picture_is_carried_once_and_shown_from_inside(letter: Letter, desk: Workspace):
    message = read(letter, to())
    carried = [each for each in message.walk() if each.get_content_type() == "image/png"]
    ids = [str(each["Content-ID"]).strip("<>") for each in carried]
    shown = set(re.findall(r"cid:([^\"]+)", part(message, "html")))
    assert len(ids) == len(set(ids)) >= 4
    assert set(ids) == shown
    for each in carried:
        assert each.get_content_disposition() == "inline"
        assert each.get_content() == desk.file("pictures", str(each.get_filename())).read_bytes()


def test_with_an_assets_url_no_picture_is_carried(desk: Workspace, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARDLETTER_ASSETS_URL", "https://cdn.larkfield.example")
    render(desk)
    letter = of_variant(desk, little.variants(desk)["s001"])
    message = read(letter, to())
    assert [each.get_content_type() for each in message.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    assert "https://cdn.larkfield.example/logo.png" in part(message, "html")
    assert "cid:" not in part(message, "html")


@pytest.mark.parametrize("value", ["a\r\nBcc: bo@example.com", "a\nb", "zoë", "a\x00b", "a\x7f"])
@pytest.mark.parametrize("where", ["address", "message_id", "unsubscribe_url"])
def test_what_cannot_stand_in_a_header_is_refused_and_not_repeated(
    letter: Letter, where: str, value: str
):
    good = to()
    changed = {"address": good.address, "message_id": good.message_id} | {where: value}
    bad = Recipient(
        "2026-12",
        "m001",
        changed["message_id"],
        changed["address"],
        {**good.fields, **({where: value} if where in good.fields else {})},
    )
    with pytest.raises(ValueError, match="holds something that cannot stand in a header") as said:
        letter.mime(bad)
    assert value not in str(said.value)


@pytest.mark.parametrize("subject", ["Hi\r\nBcc: bo@example.com", "Hi\nthere"])
def test_a_subject_of_two_lines_is_refused(subject: str):
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        plain_letter("", "", subject).mime(to())


@pytest.mark.parametrize(
    "subject", ["x" * 120, "é" * 120, "Tea, cake & 10 % off = ?", "=?utf-8?q?", "🎄 Tea 🍰"]
)
def test_a_subject_arrives_as_it_was_written(subject: str):
    assert str(read(plain_letter("", "", subject), to())["Subject"]) == subject


TEXT = st.text(max_size=300) | st.text(alphabet="=. \t\r\né{}-_", max_size=200)


@settings(max_examples=60, deadline=None)
@given(text=TEXT, page=TEXT, hello=TEXT, link=st.text(alphabet="abc=/&?é%", max_size=90))
def test_any_text_in_a_variant_and_in_a_field_comes_back_as_it_went(
    text: str, page: str, hello: str, link: str
):
    fields = "{{greeting}}{{preferences_url}}{{greeting}}"
    letter = plain_letter(text + fields + text, page + fields + page)
    raw = letter.mime(to(greeting=hello, preferences_url=link))
    message = message_from_bytes(raw, policy=SMTP)
    assert isinstance(message, EmailMessage)
    text, page, hello = (re.sub("\r\n?", "\n", said) for said in (text, page, hello))
    assert part(message, "plain") == text + hello + link + hello + text
    assert part(message, "html") == page + html.escape(hello + link + hello) + page
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n\r\n", 1)[1].splitlines())) <= 76


def test_a_letter_that_says_something_else_is_not_proved():
    letter = plain_letter("One. {{greeting}}\n", "<p>Two. {{greeting}}</p>")
    letter.prove(to())
    other = plain_letter("One. {{greeting}} Three.\n", "<p>Two. {{greeting}}</p>")
    letter.__dict__["_pieces"] = other._pieces  # noqa: SLF001 - as a fault in the encoder would
    with pytest.raises(AssertionError, match="the plain part is not the variant"):
        letter.prove(to())


def test_a_little_project_has_a_letter_for_every_segment(desk: Workspace):
    variants = little.variants(desk)
    assert len(set(variants.values())) == 3
    assert len({of_variant(desk, each).mime(to()) for each in variants.values()}) == 3
    assert little.ALLOWED
