"""Demands that clash: what editors ask of every letter, and what cannot be had together."""

from collections.abc import Iterator

import numpy as np

from cardletter.content.catalogue import Item
from cardletter.content.edition import SECTIONS
from cardletter.content.editions import EDITIONS
from cardletter.content.filling import home, is_a
from cardletter.content.sheet import Sheet
from cardletter.errors import Finding
from cardletter.workspace import Workspace
from cardletter.yamlfile import YamlFile


def clashes(desk: Workspace, sheet: Sheet) -> list[Finding]:
    """Give every demand of an edition that cannot be met, and every two that clash."""
    look = Look(YamlFile.read(desk.project, f"{EDITIONS}/{desk.edition}.yaml"), sheet)
    return sorted({*look.together(), *look.places(), *look.kinds(), *look.caps()})


class Look:
    """Looks over what every letter must hold."""

    def __init__(self, file: YamlFile, sheet: Sheet) -> None:
        """Take the edition's file, to say where each demand stands."""
        self.file, self.sheet = file, sheet
        edition = sheet.edition
        self.held: dict[str, tuple[tuple[str, ...], str]] = {}
        """Item -> where it is asked for, and the section it stands in."""
        for section, names in edition.fixed.items():
            for place, name in enumerate(names):
                self.held[name] = (("fixed", section, str(place)), section)
        for place, name in enumerate(edition.demands.every):
            if name in sheet.column and name not in self.held:
                section = home(self.item(name), edition.slots)
                self.held[name] = (("demands", "every", str(place)), section)

    def item(self, name: str) -> Item:
        """Give an item by its id."""
        return self.sheet.items[self.sheet.column[name]]

    def together(self) -> Iterator[Finding]:
        """Find items that every letter must show, and that may not stand together."""
        known = [name for name in self.held if name in self.sheet.column]
        for number, one in enumerate(known):
            for other in known[number + 1 :]:
                if self.item(one).clashes_with(self.item(other)):
                    message = f"every letter must show {one} and {other}, which exclude each other"
                    hint = "take one out, or see their exclusive_with"
                    yield self.file.finding(self.held[other][0], message, hint)

    def places(self) -> Iterator[Finding]:
        """Find demands for which the section that they would stand in has no place left."""
        for section in SECTIONS:
            total = self.sheet.edition.slots.of(section).total
            named = [name for name, (at, where) in self.held.items() if where == section]
            for number, name in enumerate(named):
                at = self.held[name][0]
                if number >= total and at[0] == "demands":
                    message = (
                        f"every letter must show {name}, but what is fixed or demanded before it "
                        f"takes all places of {section}: {total}"
                    )
                    hint = f"add a place to {section} under slots, or take a demand out"
                    yield self.file.finding(at, message, hint)

    def kinds(self) -> Iterator[Finding]:
        """Find kinds that every letter must show, and that some members could be shown none of."""
        for place, name in enumerate(self.sheet.edition.demands.every):
            if name in self.sheet.column:
                continue
            those = np.array([is_a(item, name) for item in self.sheet.items], dtype=bool)
            at = ("demands", "every", str(place))
            if not those.any():
                message = f"every letter must show one of kind {name}, and there is none that day"
                yield self.file.finding(at, message, "write one, or take the demand out")
                continue
            asked = [not group.wishes.never for group in self.sheet.groups]
            without = ~(self.sheet.may & those).any(axis=1) & asked
            if without.any():
                where = sorted({self._called(int(row)) for row in np.flatnonzero(without)})
                message = f"every letter must show one of kind {name}, but there is none for "
                message += ", ".join(where[:3]) + (", ..." if where[3:] else "")
                yield self.file.finding(at, message, "write one that they may see")

    def _called(self, row: int) -> str:
        market = self.sheet.groups[row].market
        told = [part for part in (market.locale, market.product, market.country) if part]
        return " ".join(told) or "members without product and country"

    def caps(self) -> Iterator[Finding]:
        """Find more of one merchant or interest in every letter than one may hold."""
        demands = self.sheet.edition.demands
        items = [self.item(name) for name in self.held if name in self.sheet.column]
        named = (
            ("per_merchant", demands.per_merchant, [item.merchant for item in items]),
            ("per_interest", demands.per_interest, [(item.interests or [""])[0] for item in items]),
        )
        for key, most, names in named:
            for name in sorted(set(names) - {""}):
                if most and names.count(name) > most:
                    message = (
                        f"{names.count(name)} of {name} are in every letter, and {key} is {most}"
                    )
                    hint = f"raise {key}, or take one out of fixed or every"
                    yield self.file.finding(("demands", key), message, hint)
