"""Reasons: why an item stands in a letter, in words for the marketer and the member alike.

A reason is true of the many who get the letter, or of what a member said: no amounts, no merchants
of a person, and never fewer people behind it than a group must have.
"""

from collections.abc import Mapping, Sequence

from cardletter.content.catalogue import Item
from cardletter.content.filling import Chosen
from cardletter.content.sheet import Group, Sheet
from cardletter.profiles import Interest
from cardletter.segments import Wishes

MOST, MANY = 0.6, 0.25
"""Shares of those a letter serves that a reason calls most, and many."""
OFTEN = 0.15
"""How likely it is that a member takes an interest up which others like them often take up."""
EVERYBODY = "For every reader of this letter."


class Reasons:
    """Says why for the picks of a sheet."""

    def __init__(self, sheet: Sheet, interests: Mapping[str, Interest]) -> None:
        """Take what was chosen from, and the words for the interests."""
        self.sheet, self.interests = sheet, interests
        self.at = {name: place for place, name in enumerate(sheet.interests)}

    def __call__(self, chosen: Chosen) -> str:
        """Say why one item stands where it does."""
        group, item = self.sheet.groups[chosen.group], self.sheet.items[chosen.item]
        if chosen.kind == "fixed" or not item.interests:
            return EVERYBODY
        if told := asked(group.wishes, item.interests, self.interests):
            return told
        if chosen.kind == "discoveries":
            best = self._best(chosen, item)
            rate = float(self.sheet.rates.discoveries[chosen.group, self.at[best]])
            return discovery(self.interests[best], often=rate >= OFTEN, generic=group.generic)
        return self._liked(chosen, group, item)

    def _best(self, chosen: Chosen, item: Item) -> str:
        found = chosen.kind == "discoveries"
        rates = self.sheet.rates.discoveries if found else self.sheet.rates.favourites
        return max(item.interests, key=lambda name: rates[chosen.group, self.at[name]])

    def _liked(self, chosen: Chosen, group: Group, item: Item) -> str:
        best = self._best(chosen, item)
        rate, words = self.sheet.rates.favourites[chosen.group, self.at[best]], self.interests[best]
        who = "of our members" if group.generic else "members like you"
        if rate >= MOST:
            return f"Most {who} enjoy {words.phrase}."
        if rate >= MANY:
            return f"Many {who} enjoy {words.phrase}."
        return f"For a change: {words.name.lower()}."


def asked(wishes: Wishes, names: Sequence[str], interests: Mapping[str, Interest]) -> str:
    """Say that members asked for one of some interests, if they did."""
    said = [name for name in names if name in wishes.more]
    return f"Because you asked for more about {interests[said[0]].name.lower()}." if said else ""


def discovery(interest: Interest, *, often: bool = True, generic: bool = False) -> str:
    """Say that others who are alike take this up."""
    who = "our members" if generic else "members like you"
    return f"Because {who} {'often' if often else 'sometimes'} come to enjoy {interest.phrase}."


def goes_with() -> str:
    """Say that an item goes with what a member took up of earlier letters."""
    return "Because members who read what you read often read this, too."
