"""People: the addresses and names that messages are made out to; read for a run, never written."""

import functools
import re
import unicodedata
from collections.abc import Sequence

import pandas as pd

from cardletter.permission.addresses import mailbox
from cardletter.sources import Warehouse, checked
from cardletter.workspace import Workspace

NAME_LONGEST = 40


class People:
    """Members by id, with the address and the name that a message to them needs."""

    def __init__(self, frame: pd.DataFrame) -> None:
        """Take a frame with the columns member_id, email, first_name."""
        self._places = {member: place for place, member in enumerate(frame["member_id"])}
        self._emails = frame["email"].tolist()
        self._names = frame["first_name"].tolist()

    def of(self, members: Sequence[str]) -> list[tuple[str, object] | None]:
        """Give each member's address and first name, or None for who has no address now."""
        places = map(self._places.get, members)
        return [
            None if place is None else (self._emails[place], self._names[place]) for place in places
        ]


def read_people(desk: Workspace) -> People:
    """Read whom the issuer's table of members has an address of."""
    members = checked(Warehouse(desk.settings), "members")
    columns = [name for name in ("email", "first_name") if name in members.columns]
    found: pd.DataFrame = members.select("member_id", *columns).to_pandas()
    found["email"] = found["email"].map(mailbox, na_action="ignore")
    return People(
        found.reindex(columns=["member_id", "email", "first_name"]).dropna(subset="email")
    )


@functools.lru_cache(maxsize=50_000)
def greeting(first_name: object) -> str:
    """Greet a member by name; what cannot be a name's is left out of it."""
    text = unicodedata.normalize("NFC", first_name) if isinstance(first_name, str) else ""
    # Marks stand beside letters: without them प्रिया is no name any more.
    spaced = (" " if c.isspace() else c for c in text)
    kept = "".join(c for c in spaced if unicodedata.category(c)[0] in "LM" or c in " '-.’·・")
    # A dot between letters would make a link of the name in many mail programs.
    name = " ".join(re.sub(r"\.(?! )", ". ", kept).split())[:NAME_LONGEST].strip()
    return f"Dear {name}," if any(map(str.isalpha, name)) else "Hello,"
