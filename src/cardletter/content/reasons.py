"""Reasons: why an item stands in a letter, in words for the marketer and the member alike.

A reason is true of the many who get the letter, or of what a member said: no amounts, no merchants
of a person, and never fewer people behind it than a group must have.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from cardletter.content.company import Company
from cardletter.content.filling import Chosen
from cardletter.content.sheet import Group, Sheet
from cardletter.profiles import Interest
from cardletter.segments import Wishes

MOST, MANY = 0.6, 0.25
"""Shares of those a letter serves that a reason calls most, and many."""
OFTEN = 0.15
"""How likely it is that a member takes an interest up which others like them often take up."""
OF_ALL = "_of_all"
SENTENCES = {
    "everybody": "For every reader of this letter.",
    "asked": "Because you asked for more about {name}.",
    "most": "Most members like you enjoy {phrase}.",
    "most_of_all": "Most of our members enjoy {phrase}.",
    "many": "Many members like you enjoy {phrase}.",
    "many_of_all": "Many of our members enjoy {phrase}.",
    "change": "For a change: {name}.",
    "often": "Because members like you often come to enjoy {phrase}.",
    "often_of_all": "Because our members often come to enjoy {phrase}.",
    "sometimes": "Because members like you sometimes come to enjoy {phrase}.",
    "sometimes_of_all": "Because our members sometimes come to enjoy {phrase}.",
    "together": "Because members who enjoy {beside} often enjoy {phrase}, too.",
    "goes_with": "Because members who read what you read often read this, too.",
}
"""Every reason there is. Templates say it in other languages by its name (templates/words/)."""


def say(reason: str, interest: Interest | None = None, beside: Interest | None = None) -> str:
    """Say a reason, of an interest where it is about one, and of another beside it."""
    words = {"name": interest.name.lower(), "phrase": interest.phrase} if interest else {}
    return SENTENCES[reason].format(**words, **({"beside": beside.phrase} if beside else {}))


class Reasons:
    """Says why for the picks of a sheet."""

    def __init__(
        self, sheet: Sheet, interests: Mapping[str, Interest], company: Company | None = None
    ) -> None:
        """Take what was chosen from, the words for the interests, and what goes with what."""
        self.sheet, self.interests, self.company = sheet, interests, company

    def __call__(self, chosen: Chosen) -> str:
        """Say why one item stands where it does."""
        group, item = self.sheet.groups[chosen.group], self.sheet.items[chosen.item]
        if chosen.kind == "fixed" or not item.interests:
            return say("everybody")
        if told := asked(group.wishes, item.interests, self.interests):
            return told
        if chosen.kind == "discoveries":
            return self._found(chosen, group)
        return self._liked(chosen, group)

    def _theme(self, chosen: Chosen) -> tuple[int, Interest]:
        place = int(self.sheet.themes.of(chosen.kind)[chosen.group, chosen.item])
        return place, self.interests[self.sheet.interests[place]]

    def _found(self, chosen: Chosen, group: Group) -> str:
        place, words = self._theme(chosen)
        if beside := self.beside(chosen.group)[place]:
            return together(beside, words)
        rate = float(self.sheet.rates.discoveries[chosen.group, place])
        return discovery(words, often=rate >= OFTEN, generic=group.generic)

    def beside(self, row: int) -> list[Interest | None]:
        """Give for each interest another that goes with it, of those a letter's readers enjoy.

        Nothing is said to whose spending nobody looks at, or of what they asked less of.
        """
        group, names = self.sheet.groups[row], self.sheet.interests
        if self.company is None or group.generic:
            return [None] * len(names)
        unsaid = group.wishes.never | group.wishes.less
        liked = self.sheet.rates.favourites[row] >= MANY
        liked &= np.array([name not in unsaid for name in names])
        found = self.company.best(liked)
        return [self.interests[names[each]] if each >= 0 else None for each in found]

    def _liked(self, chosen: Chosen, group: Group) -> str:
        place, words = self._theme(chosen)
        rate = self.sheet.rates.favourites[chosen.group, place]
        if rate < MANY:
            return say("change", words)
        return say(("most" if rate >= MOST else "many") + (OF_ALL if group.generic else ""), words)


def asked(wishes: Wishes, names: Sequence[str], interests: Mapping[str, Interest]) -> str:
    """Say that members asked for one of some interests, if they did."""
    said = [name for name in names if name in wishes.more]
    return say("asked", interests[said[0]]) if said else ""


def discovery(interest: Interest, *, often: bool = True, generic: bool = False) -> str:
    """Say that others who are alike take this up."""
    return say(("often" if often else "sometimes") + (OF_ALL if generic else ""), interest)


def together(one: Interest, other: Interest) -> str:
    """Say that who enjoys the one often enjoys the other."""
    return say("together", other, one)


def goes_with() -> str:
    """Say that an item goes with what a member took up of earlier letters."""
    return say("goes_with")
