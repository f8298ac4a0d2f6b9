"""Matter: all that an edition is matched from, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cardletter.content.filling import Chosen
from cardletter.content.rationing import Rations
from cardletter.content.redeeming import Chances
from cardletter.content.serving import Served
from cardletter.content.sheet import Catalogue, Sheet
from cardletter.content.uptake import Uptake
from cardletter.profiles import Interest
from cardletter.segments import Segment

Key = tuple[str, str, str, str, str, str]
"""Letter, locale, product, country, wishes, discoveries: what tells groups apart."""
KEY = ("letter", "locale", "product", "country", "wishes", "discoveries")


@dataclass(frozen=True)
class Pick:
    """One item in one slot of one variant, and why."""

    slot: str
    place: int
    item_id: str
    score: float
    reason: str


@dataclass(frozen=True)
class Matter:
    """All that is matched: the catalogue, the members, and what serves them best."""

    catalogue: Catalogue
    words: Mapping[str, Interest]
    segments: Mapping[str, Segment]
    members: pd.DataFrame
    served: Served
    uptake: Uptake | None = None
    """What members took up of earlier letters' items, where anything is known."""
    chances: Chances | None = None
    """How likely they are to redeem offers, where enough was redeemed to tell."""


@dataclass(frozen=True)
class Matched:
    """The letters of an edition."""

    keys: Sequence[Key]
    """The group of members that each letter is for."""
    sheet: Sheet
    rations: Rations
    chosen: Sequence[Chosen]

    @cached_property
    def of_group(self) -> list[list[Chosen]]:
        """Give what each letter shows."""
        found: list[list[Chosen]] = [[] for _ in self.keys]
        for each in self.chosen:
            found[each.group].append(each)
        return found

    def wanted(self, chosen: Chosen) -> float:
        """Give how much a pick is wanted by whom it is shown, whatever its priority."""
        return chosen.score / self.sheet.items[chosen.item].priority
