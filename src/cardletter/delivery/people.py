"""People: the addresses and names that messages are made out to; read for a run, never written."""

import functools
import re
import unicodedata
from collections.abc import Sequence

import pandas as pd

from cardletter.errors import SourceError
from cardletter.permission.addresses import mailbox
from cardletter.sources import Warehouse, checked
from cardletter.templates import columns, kept_fields
from cardletter.templates.greetings import PLAIN, Greeting
from cardletter.workspace import Workspace

NAME_LONGEST = 40


class People:
    """Members by id, with the address and the name that a message to them needs."""

    def __init__(self, frame: pd.DataFrame) -> None:
        """Take a frame with the columns member_id, email, first_name."""
        self._places = {member: place for place, member in enumerate(frame["member_id"])}
        self._emails = frame["email"].tolist()
        self._names = frame["first_name"].tolist()
        told = [name for name in frame.columns if name not in ("member_id", "email", "first_name")]
        self._told = {name: frame[name].tolist() for name in told}

    def of(self, members: Sequence[str]) -> list[tuple[str, object] | None]:
        """Give each member's address and first name, or None for who has no address now."""
        places = map(self._places.get, members)
        return [
            None if place is None else (self._emails[place], self._names[place]) for place in places
        ]

    def told(self, member: str) -> dict[str, object]:
        """Give what fields are filled from: a member's locale, and the columns that are named."""
        place = self._places.get(member)
        return {} if place is None else {name: row[place] for name, row in self._told.items()}


def read_people(desk: Workspace) -> People:
    """Read whom the issuer's table of members has an address of, and what fields are made from.

    Raises:
        SourceError: a column is missing that a field is made from.
    """
    more = columns(kept_fields(desk))
    members = checked(Warehouse(desk.settings, more=tuple(more)), "members")
    if missing := [name for name in more if name not in members.columns]:
        msg = f"members has no column {missing[0]}, which a field of templates/fields.yaml needs."
        raise SourceError(msg)
    every = list(dict.fromkeys(["email", "first_name", "locale", *more]))
    known = [name for name in every if name in members.columns]
    found: pd.DataFrame = members.select("member_id", *known).to_pandas()
    found["email"] = found["email"].map(mailbox, na_action="ignore")
    return People(found.reindex(columns=["member_id", *every]).dropna(subset="email"))


def greeting(first_name: object, words: Greeting = PLAIN) -> str:
    """Greet a member by name, or without one."""
    return words.of(name_of(first_name))


@functools.lru_cache(maxsize=50_000)
def name_of(first_name: object) -> str:
    """Give a member's name; what cannot be a name's is left out of it."""
    text = unicodedata.normalize("NFC", first_name) if isinstance(first_name, str) else ""
    # Marks stand beside letters: without them प्रिया is no name any more.
    spaced = (" " if c.isspace() else c for c in text)
    kept = "".join(c for c in spaced if unicodedata.category(c)[0] in "LM" or c in " '-.’·・")
    # A dot between letters would make a link of the name in many mail programs.
    name = " ".join(re.sub(r"\.(?! )", ". ", kept).split())[:NAME_LONGEST].strip()
    return name if any(map(str.isalpha, name)) else ""
