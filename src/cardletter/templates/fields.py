"""Fields: what differs from member to member, declared once and filled in when a message is made.

In the templates a field is `{{ member.points }}`, in content and subjects `{{points}}`. Everybody
who handles one reads this declaration: rendering (where may it stand), delivery (what is its value,
how is it escaped, may it be missing), the lint and the studio (an example to show).
"""

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator
from pydantic import Field as Key

from cardletter.errors import FilesError
from cardletter.templates.locales import date, money, number
from cardletter.workspace import Workspace
from cardletter.yamlfile import YamlFile

FIELDS_FILE = "templates/fields.yaml"
FROZEN = "fields.json"
"""The fields of an edition, as its variants were rendered with them."""

FIELDS = ("greeting", "unsubscribe_url", "preferences_url")
"""What every letter has, whatever is declared."""

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
PERSONAL = "personal"
SURVEY = f"{PERSONAL}_survey"
"""The place of an edition's question."""
LONGEST = 200
"""Signs of a value, links aside."""

LINK = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*)?")
Kind = Literal["text", "number", "money", "date", "url"]


def _currency(code: str) -> str:
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError("write a currency by its three letters: USD")
    return code


class Field(BaseModel):
    """One field: what it is, where its value comes from, and what stands in where it has none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind = "text"
    """text, number, money and date stand in text; url is a whole link."""
    column: str = ""
    """The column of the members' table; empty: worked out by Cardletter."""
    fallback: str | None = Key(None, max_length=LONGEST)
    """What stands in where a member has no value; without one, such a member gets no letter."""
    currency: Annotated[str, AfterValidator(_currency)] = ""
    example: str = Key("", max_length=LONGEST)
    """What the studio shows, and the lint tries."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.kind == "money" and not self.currency:
            raise ValueError("money needs its currency: USD")
        if self.kind == "url" and self.fallback is not None and not LINK.fullmatch(self.fallback):
            raise ValueError("the fallback of a link is a link: https://...")
        return self

    def value(self, given: Any, locale: str) -> str | None:  # noqa: ANN401 - as a table holds it
        """Write a member's value as a letter in the locale shows it; None where there is none."""
        text = _clean(given)
        try:
            written = self._written(text, locale) if text else None
        except (ValueError, InvalidOperation):
            written = None
        return self.fallback if written is None else written

    def _written(self, text: str, locale: str) -> str | None:
        if self.kind == "url":
            return text if LINK.fullmatch(text) else None
        if self.kind == "number":
            return number(_decimal(text), locale)
        if self.kind == "money":
            return money(_decimal(text), self.currency, locale)
        if self.kind == "date":
            return date(dt.date.fromisoformat(text[:10]), locale)
        return text[:LONGEST]


def _decimal(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite() or abs(amount) >= Decimal(10) ** 15:
        raise ValueError
    return amount


def _clean(given: object) -> str:
    """Give a value in one line of signs that can be seen; braces would look like fields."""
    if given is None or given != given:  # noqa: PLR0124 - what is not a number
        return ""
    text = unicodedata.normalize("NFC", str(given)).translate(BRACES)
    seen = ("" if unicodedata.category(sign) in UNSEEN else sign for sign in " ".join(text.split()))
    # A dot between letters would make a link of a name in many mail programs.
    return "".join(seen).strip()


UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
BRACES = {ord("{"): "(", ord("}"): ")"}

BUILT_IN: Mapping[str, Field] = {
    "greeting": Field(example="Dear Ada,"),
    "first_name": Field(fallback="", example="Ada"),
    "unsubscribe_url": Field(kind="url", example="https://example.com/unsubscribe/token"),
    "preferences_url": Field(kind="url", example="https://example.com/preferences/token"),
}
"""Fields that every project has; their values are worked out from who the member is."""

Fields = Mapping[str, Field]


def read_fields(project: Path) -> Fields:
    """Read templates/fields.yaml, which need not be: the fields by name, our own first.

    Raises:
        FilesError: it has findings.
    """
    if not (project / FIELDS_FILE).is_file():
        return BUILT_IN
    file = YamlFile.read(project, FIELDS_FILE)
    findings = list(file.findings)
    declared: dict[str, Field] = {}
    for name in file.content if not findings else ():
        field, found = file.fit(Field, name)
        findings += found
        if problem := _misnamed(name):
            findings.append(file.finding((name,), *problem))
        elif field and not field.column:
            hint = "name the column of the members' table"
            findings.append(file.finding((name,), f"{name} has no column", hint))
        elif field:
            declared[name] = field
    if findings:
        raise FilesError(findings)
    return {**BUILT_IN, **declared}


def _misnamed(name: str) -> tuple[str, str] | None:
    if name in BUILT_IN:
        return f"{name} is a field there is already", "take another name"
    if not NAME.fullmatch(name) or len(name) > 40:  # noqa: PLR2004 - enough for any name
        return f"{name!r} cannot be a field's name", "use small letters, digits and single _"
    if name.startswith(PERSONAL) or name.endswith("_html"):
        return f"{name} is a name Cardletter uses itself", "take another name"
    return None


def keep_fields(desk: Workspace, fields: Fields) -> None:
    """Write the fields beside the variants that were rendered with them."""
    desk.write_json(FROZEN, {name: field.model_dump() for name, field in fields.items()})


def kept_fields(desk: Workspace) -> Fields:
    """Read the fields that an edition was rendered with; before there were any, our own."""
    if not desk.file(FROZEN).is_file():
        return BUILT_IN
    kept = desk.read_json(FROZEN)
    return {name: Field.model_validate(told) for name, told in kept.items()}


def columns(fields: Fields) -> list[str]:
    """Name the members' columns that fields need."""
    return sorted({field.column for field in fields.values() if field.column})


def place(name: str) -> str:
    """Give what stands in a letter for a field until the message is made."""
    return "{{" + name + "}}"


@functools.lru_cache(maxsize=64)
def places(names: tuple[str, ...]) -> re.Pattern[str]:
    """Give the pattern of the places of some fields; its group is the name."""
    return re.compile(r"\{\{(" + "|".join(map(re.escape, names)) + r")\}\}")
