"""Fields of a project's own, and personal items: each member's, in HTML, text and subject."""

import html
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import boto3
import pandas as pd
import pytest

import little
import posting
from cardletter import delivery, permission, workspace
from cardletter.delivery.message import Fragment, Letter, Recipient
from cardletter.delivery.template import template_of
from cardletter.errors import FilesError
from cardletter.rehearsal.standin import Standin
from cardletter.templates import Field, Rendered, read_fields
from cardletter.workspace import Workspace
from mailing import session, spaced

LINK = "https://larkfield.example/r/?a=1&b=%20"
VALUES: list[tuple[dict[str, str], object, str, str | None]] = [
    ({}, "Ada & <Bo>", "en", "Ada & <Bo>"),
    ({}, " two \n lines\t", "en", "two lines"),
    ({}, "Zoe\u0308", "en", "Zoë"),
    ({}, "a\u202eb\x00c", "en", "abc"),
    ({}, "{{greeting}}", "en", "((greeting))"),
    ({}, "x" * 300, "en", "x" * 200),
    ({}, "", "en", None),
    ({}, None, "en", None),
    ({}, float("nan"), "en", None),
    ({"kind": "number"}, "12480", "en", "12,480"),
    ({"kind": "number"}, 12480, "de-DE", "12.480"),
    ({"kind": "number"}, "1.5", "de-DE", "1,5"),
    ({"kind": "number"}, "many", "en", None),
    ({"kind": "number"}, "NaN", "en", None),
    ({"kind": "number"}, "1e15", "en", None),
    ({"kind": "money", "currency": "USD"}, "31", "en-US", "$31"),
    ({"kind": "money", "currency": "USD"}, "31.5", "en-US", "$31.50"),
    ({"kind": "money", "currency": "EUR"}, "31.5", "de-DE", "31,50\xa0€"),
    ({"kind": "money", "currency": "JPY"}, "3100", "ja-JP", "￥3,100"),
    ({"kind": "money", "currency": "USD"}, 31.1, "en-US", "$31.10"),
    ({"kind": "money", "currency": "USD"}, Decimal("31.10"), "en-US", "$31.10"),
    ({"kind": "money", "currency": "USD"}, 31.0, "en-US", "$31"),
    ({"kind": "money", "currency": "USD"}, "inf", "en", None),
    ({"kind": "date"}, "2026-12-03", "en-US", "December 3, 2026"),
    ({"kind": "date"}, "2026-12-03 10:00:00", "de-DE", "3. Dezember 2026"),
    ({"kind": "date"}, "2026-02-30", "en", None),
    ({"kind": "url"}, LINK, "en", LINK),
    ({"kind": "url"}, "http://larkfield.example/", "en", None),
    ({"kind": "url"}, "javascript:alert(1)", "en", None),
    ({"kind": "url"}, 'https://larkfield.example/"onclick=x', "en", None),
    ({"kind": "url"}, "https://larkfield.example/\r\nBcc: x", "en", None),
]


@pytest.mark.parametrize(("told", "given", "locale", "shown"), VALUES)
def test_a_value_is_written_as_its_kind_and_the_locale_have_it(
    told: dict[str, Any], given: object, locale: str, shown: str | None
):
    assert Field(**told).value(given, locale) == shown
    other = "https://larkfield.example/" if told.get("kind") == "url" else "what stands in"
    assert Field(**told, fallback=other).value(given, locale) == (shown or other)


MISTAKES = {
    "a kind there is not": ("points: {kind: points, column: a}\n", 1, "kind"),
    "no column": ("points: {kind: number}\n", 1, "points has no column"),
    "money without a currency": ("cash:\n  kind: money\n  column: a\n", 1, "money needs"),
    "a currency there is not": ("cash: {kind: money, column: a, currency: usd}\n", 1, "three"),
    "a link to fall back to that is none": (
        "offer: {kind: url, column: a, fallback: www.x.example}\n", 1, "the fallback of a link"),
    "a name of ours": ("\ngreeting: {column: a}\n", 2, "is a field there is already"),
    "a name we use": ("personal_1: {column: a}\n", 1, "is a name Cardletter uses itself"),
    "a name that HTML has": ("points_html: {column: a}\n", 1, "is a name Cardletter uses itself"),
    "a name that is none": ("Points: {column: a}\n", 1, "cannot be a field's name"),
    "an unknown key": ("points: {column: a, kinds: number}\n", 1, "kinds"),
    "no table": ("points: number\n", 1, "points"),
    "no YAML": ("points: {\n", 1, ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_declaration_is_told_at_its_line(
    tmp_path: Path, text: str, line: int, says: str
):
    little.put(tmp_path, "templates/fields.yaml", text)
    with pytest.raises(FilesError) as told:
        read_fields(tmp_path)
    found = told.value.findings[0]
    assert (found.path, says in found.message) == ("templates/fields.yaml", True)
    assert abs(found.line - line) <= 1


def test_nothing_declared_is_no_mistake(tmp_path: Path):
    own = list(read_fields(tmp_path))
    little.put(tmp_path, "templates/fields.yaml", "# nothing yet\n")
    assert list(read_fields(tmp_path)) == own


NASTY = '<b>"O\'Brien" & {{greeting}} =C3 https://x.example/?a=1&b=2</b>'
NAMES = ("greeting", "unsubscribe_url", "preferences_url", "motto", "personal_1")
LETTER = Letter(
    "v1",
    Rendered("For {{motto}}", "<p>{{motto}}</p>{{personal_1}}", "{{motto}}\n{{personal_1}}\n"),
    "A <a@larkfield.example>",
    Path("nowhere"),
    NAMES,
)


def test_a_value_is_text_in_html_text_and_subject_and_a_fragment_is_what_was_set():
    links = {
        f"{each}_url": "https://larkfield.example/x" for each in ("unsubscribe", "preferences")
    }
    own = {"personal_1": Fragment("<h3>Tea &amp; cake</h3>", "Tea & cake")}
    fields = {"greeting": "Hello,", "motto": NASTY, **links}
    person = Recipient("e", "m1", "1", "a@mail.example", fields, "", own)
    message = message_from_bytes(LETTER.mime(person), policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == f"For {NASTY}"
    assert words(message, "plain").strip() == f"{NASTY}\nTea & cake"
    page = f"<p>{html.escape(NASTY)}</p><h3>Tea &amp; cake</h3>"
    assert words(message, "html") == page
    told = json.loads(template_of(LETTER).data(person))
    assert (told["motto"], told["motto_html"]) == (NASTY, html.escape(NASTY))
    assert (told["personal_1"], told["personal_1_html"]) == (
        "Tea & cake",
        "<h3>Tea &amp; cake</h3>",
    )


def words(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


# A whole edition: who is shown what, by both transports


EDITION = """\
date: 2026-12-03
subject: "Tea & cake for {{points}} points"
slots: {hero: 1, stories: 1, briefs: 0, offers: 1}
personal: 2
"""
FIELDS = 'points: {kind: number, column: points, fallback: "no", example: "12"}\n'
TITLES = {name: title for name, (title, *_) in (little.ARTICLES | little.OFFERS).items()}


def points(number: int) -> str:
    """Every fifth member has none."""
    return "" if number % 5 == 0 else str(1_000 + number)


def said(number: int) -> str:
    return f"1,{number:03d}" if number % 5 else "no"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = little.unpack(tmp_path_factory.mktemp("declared") / "letter")
    little.put(project, f"content/editions/{little.EDITION}.yaml", EDITION)
    little.put(project, "templates/fields.yaml", FIELDS)
    members = pd.read_csv(project / "data/members.csv", dtype=str, keep_default_na=False)
    members["points"] = [points(number) for number in range(little.MEMBERS)]
    members.to_csv(project / "data/members.csv", index=False)
    settings = project / "pyproject.toml"
    address = 'assets_url = "https://larkfield.example/pictures"\n'
    settings.write_text(settings.read_text("utf-8") + address, "utf-8")
    little.put(project, "content/articles/a-winter-walk.md", walk(project))
    workspace.commit(little.prepare(project))
    return project


def walk(project: Path) -> str:
    """Say in a text how many points a member has."""
    text = (project / "content/articles/a-winter-walk.md").read_text("utf-8")
    return text + "\nYou have {{points}} points.\n"


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Workspace:
    project = shutil.copytree(prepared, tmp_path / "letter")
    return workspace.open_edition(little.EDITION, project)


def send(desk: Workspace) -> pd.DataFrame:
    """Send the edition; give what was chosen for each member alone."""
    permission.check(delivery.freeze(desk))
    assert delivery.send(desk)["sent"] == len(little.ALLOWED)
    return pd.read_parquet(desk.file("personal.parquet"))


def look(chosen: pd.DataFrame, mails: dict[str, tuple[str, str, str]]) -> None:
    """See that each member's mail has their own items, once each, and their own points."""
    own = chosen.groupby("member_id")["item_id"].agg(list).to_dict()
    assert len({tuple(items) for items in own.values()}) > 1
    assert len(mails) == len(little.ALLOWED)
    for number in range(little.MEMBERS):
        if little.member(number) not in little.ALLOWED:
            continue
        subject, page, text = mails[little.email(number)]
        assert subject == f"Tea & cake for {said(number)} points"
        items = own.get(little.member(number), [])
        assert page.count("Chosen for you") == text.lower().count("chosen for you") == bool(items)
        for name in items:
            for part in (html.unescape(page), text):
                assert TITLES[name] in part
                assert f"https://larkfield.example/{name}" in part
        assert not set("{}") & set(text)
        if TITLES["a-winter-walk"] in text and "You have" in text:
            assert f"You have {said(number)} points." in spaced(text)
            assert f"You have {said(number)} points." in spaced(page)


def test_in_the_outbox_each_member_has_their_own_items_and_values(desk: Workspace):
    chosen = send(desk)
    mails = {}
    for file in desk.file("outbox").glob("*.eml"):
        message = message_from_bytes(file.read_bytes(), policy=SMTP)
        assert isinstance(message, EmailMessage)
        parts = words(message, "html"), words(message, "plain")
        mails[str(message["To"])] = (str(message["Subject"]), *parts)
    look(chosen, mails)


@pytest.fixture
def standin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    monkeypatch.setattr(boto3, "Session", session)
    with Standin(seed=7, keep_mails=True) as made, posting.sent_to(made, monkeypatch, batch="10"):
        yield made


def test_through_ses_each_member_has_their_own_items_and_values(desk: Workspace, standin: Standin):
    file = desk.project / "pyproject.toml"
    settings = posting.with_ses(file.read_text("utf-8"))
    address = 'assets_url = "https://larkfield.example/pictures"\n'
    file.write_text(settings.replace(address, "", 1), "utf-8")
    chosen = send(desk)
    mails = {mail["to"][0]: (mail["subject"], mail["html"], mail["text"]) for mail in standin.mails}
    look(chosen, mails)
