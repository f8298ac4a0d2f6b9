"""Jurisdictions: which acts of consent count where, and for how long; read from data."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd
import yaml

STRICTEST = "strictest"
FOREVER = 0


@dataclass(frozen=True)
class Rules:
    """The rules of all jurisdictions."""

    express: frozenset[str]
    never: frozenset[str]
    of_country: dict[str, str]
    months: dict[str, dict[str, int]]
    """jurisdiction -> method -> months after which it ends; 0 for never."""

    @property
    def methods(self) -> list[str]:
        """Give the methods by which a yes counts somewhere."""
        somewhere = {method for methods in self.months.values() for method in methods}
        return sorted(self.express | somewhere)

    def jurisdiction(self, place: str | None) -> str:
        """Give the jurisdiction of a country's code, or of a jurisdiction's own name."""
        place = (place or "").upper()
        return place if place in self.months else self.of_country.get(place, STRICTEST)

    def counts_for(self, method: str, *places: str | None) -> int | None:
        """Give for how many months a method counts in all of the places; None: it does not."""
        if method in self.express:
            return FOREVER
        if method in self.never:
            return None
        found = [self.months[self.jurisdiction(place)].get(method) for place in places]
        if not found or None in found:
            return None
        ends = [months for months in found if months]
        return min(ends) if ends else FOREVER

    def ends(self, method: str, occurred_at: datetime, *places: str | None) -> datetime | None:
        """Give when an act stops counting: at once where its method does not count; None never.

        Calendar months: six months after 31 August is the last of February.
        """
        months = self.counts_for(method, *places)
        if months is None:
            return occurred_at
        return None if months == FOREVER else _months_after(occurred_at, months)


@cache
def read_rules() -> Rules:
    """Read jurisdictions.yaml."""
    text = files("cardletter.consent").joinpath("jurisdictions.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    places = data["jurisdictions"]
    return Rules(
        express=frozenset(data["methods"]["express"]),
        never=frozenset(data["methods"]["never"]),
        of_country={code: name for name, place in places.items() for code in place["countries"]},
        months={
            name.upper() if name != STRICTEST else name: p["methods"] for name, p in places.items()
        },
    )


def _months_after(moment: datetime, months: int) -> datetime:
    after: datetime = (pd.Timestamp(moment) + pd.DateOffset(months=months)).to_pydatetime()
    return after
