"""What if: an edition matched as it stands and with changes, and who is shown what else then.

Nothing is written: items are banned, raised or given another budget in memory only.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cardletter.content.catalogue import Budget, Item
from cardletter.content.edition import Edition
from cardletter.content.matching import compose, read_files, read_matter
from cardletter.content.matter import Matched, Matter
from cardletter.errors import EditionError
from cardletter.segments import read_clustering
from cardletter.workspace import Workspace


@dataclass(frozen=True)
class Changes:
    """What is tried."""

    ban: tuple[str, ...] = ()
    raised: Mapping[str, float] | None = None
    """Item -> what its priority is multiplied by."""
    budgets: Mapping[str, int] | None = None
    """Item -> members it may be shown to."""

    def names(self) -> list[str]:
        """Name every item that is changed."""
        return [*self.ban, *(self.raised or {}), *(self.budgets or {})]


@dataclass(frozen=True)
class Reach:
    """How many members are shown an item, as it stands and then."""

    item_id: str
    title: str
    before: int
    after: int


@dataclass(frozen=True)
class Loss:
    """What the members of one segment's letter lose and gain."""

    segment: str
    members: int
    """0 where they are too few to be counted."""
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    lift: float
    """How much more often they are shown what they want: -0.02 is 2% less."""


@dataclass(frozen=True)
class WhatIf:
    """An edition as it stands against the same with changes."""

    reach: list[Reach]
    losses: list[Loss]
    lift: float
    gap: float
    """How far the plan with changes may be below the best there is, as a share."""
    dropped: tuple[str, ...]
    """Items that nobody is shown then, as fewer may see them than their merchant was promised."""


def what_if(desk: Workspace, changes: Changes) -> WhatIf:
    """Match an edition as it stands and with changes.

    Raises:
        EditionError: there is no such item, or the edition was not made yet.
        FilesError: the files have findings, or demands clash.
    """
    edition, items, words = read_files(desk)
    known = {item.item_id for item in items}
    if unknown := sorted(set(changes.names()) - known):
        raise EditionError(f"There is no article or offer {', '.join(unknown)}: see content/.")
    desk.read_json("variants.json")
    matter = read_matter(desk, edition, items, words)
    other = _changed(matter, edition, changes)
    return _compared(desk, (matter, compose(desk, matter)), (other, compose(desk, other)))


def _changed(matter: Matter, edition: Edition, changes: Changes) -> Matter:
    """Give the same members with another catalogue."""
    raised = changes.raised or {}
    kept = [item for item in matter.catalogue.items if item.item_id not in changes.ban]
    items = [_raised(item, raised.get(item.item_id, 1)) for item in kept]
    own = {
        item.item_id: Budget(impressions=most, minimum=min(item.budget.minimum, most))
        for item in kept
        for most in [(changes.budgets or {}).get(item.item_id)]
        if most is not None
    }
    letter = edition.model_copy(update={"budgets": edition.budgets | own})
    catalogue = replace(matter.catalogue, items=items, edition=letter)
    return replace(matter, catalogue=catalogue)


def _raised(item: Item, times: float) -> Item:
    return item.model_copy(update={"priority": item.priority * times}) if times != 1 else item


def _compared(desk: Workspace, now: tuple[Matter, Matched], then: tuple[Matter, Matched]) -> WhatIf:
    before, after = (_reach(matched) for _, matched in (now, then))
    titles = {item.item_id: item.title for item in now[0].catalogue.items}
    reach = [
        Reach(name, titles[name], before[name], after[name])
        for name in sorted(before.keys() | after.keys())
        if before[name] != after[name]
    ]
    losses = list(_losses(now[1], then[1], read_clustering(desk.project)[0].k_min, titles))
    worth = now[1].worth
    return WhatIf(
        sorted(reach, key=lambda each: (each.after - each.before, each.item_id)),
        sorted(losses, key=lambda each: (each.lift, each.segment)),
        (then[1].worth - worth) / worth if worth else 0.0,
        then[1].rations.gap,
        then[1].rations.dropped,
    )


def _reach(matched: Matched) -> Counter[str]:
    reach: Counter[str] = Counter()
    for each in matched.chosen:
        reach[matched.sheet.items[each.item].item_id] += matched.sheet.groups[each.group].size
    return reach


def _losses(now: Matched, then: Matched, least: int, titles: Mapping[str, str]) -> list[Loss]:
    """Give the segments whose letters change, by their members."""
    one, other = _by_segment(now), _by_segment(then)
    found = []
    for name, (size, shown, worth) in one.items():
        _, later, after = other.get(name, (size, Counter(), 0.0))
        lost, gained = shown - later, later - shown
        if lost or gained:
            told = [
                tuple(titles[each] for each, _ in part.most_common(3)) for part in (lost, gained)
            ]
            lift = (after - worth) / worth if worth else 0.0
            found.append(Loss(name, size if size >= least else 0, told[0], told[1], lift))
    return found


def _by_segment(matched: Matched) -> dict[str, tuple[int, Counter[str], float]]:
    """Give each segment's members, how many of them are shown each item, and what it is worth."""
    sizes: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {}
    worth: dict[str, float] = {}
    for group in matched.sheet.groups:
        sizes[group.segment.name] += group.size
    for each in matched.chosen:
        group = matched.sheet.groups[each.group]
        name = group.segment.name
        shown.setdefault(name, Counter())[matched.sheet.items[each.item].item_id] += group.size
        worth[name] = worth.get(name, 0) + matched.wanted(each) * group.size
    return {name: (sizes[name], shown.get(name, Counter()), worth.get(name, 0.0)) for name in sizes}
