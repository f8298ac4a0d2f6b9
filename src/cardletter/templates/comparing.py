"""Comparing: which members see what change, from one making of an edition to another.

Nothing that would tell of few members is counted: kinds of change that fewer than `k_min` meet are
joined with another, and letters of so few, or of members with wishes, have no number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cardletter.segments import read_clustering
from cardletter.templates.changes import Change, Changes
from cardletter.templates.sides import Side, as_made, as_written, notes
from cardletter.workspace import Workspace

KINDS = {
    "same": "see the same letter",
    "changed": "see their letter changed",
    "moved": "get another letter",
    "own": "are shown other items of their own",
    "new": "get a letter for the first time",
    "gone": "get no letter any more",
}
TOLD = ("changed", "moved", "own")
"""Kinds of change that are told letter by letter."""
OTHERS = "others, each fewer than may be counted"
OWN = Change("letter", "", "other items are chosen for some members alone")


@dataclass(frozen=True)
class Row:
    """Members whose letter changes in the same way."""

    kind: str
    name: str
    before: str
    after: str
    members: int | None
    """None where they are too few to be counted."""
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Seen:
    """A change, in how many letters it stands, and how many members see it."""

    change: Change
    letters: int
    members: int | None


@dataclass(frozen=True)
class Comparison:
    """Two makings of an edition, or of two editions, against each other."""

    edition: str
    since: str
    kinds: list[tuple[str, int | None]]
    changes: list[Seen]
    rows: list[Row]
    notes: tuple[str, ...] = ()


def compare(desk: Workspace, since: Workspace | None = None) -> Comparison:
    """Compare an edition as its files are now, or as it was made, with the last making or edition.

    Raises:
        EditionError: one of them was not made yet.
        FilesError: the files have findings that stop the work.
    """
    floor = read_clustering(desk.project)[0].k_min
    if since is not None:
        pair = as_made(since), as_made(desk)
        return compared(desk.edition, f"edition {since.edition}", pair, floor)
    pair = as_made(desk), as_written(desk)
    return compared(desk.edition, "it was last made", pair, floor, tuple(notes(desk)))


def compared(
    edition: str, since: str, pair: tuple[Side, Side], floor: int, told: tuple[str, ...] = ()
) -> Comparison:
    """Compare two sides; `floor` is the fewest members that are counted."""
    before, after = pair
    changes = Changes(before.made, after.made, edition)
    flows, kinds = _flows(before, after, changes)
    rows = list(_rows(flows, changes, floor))
    return Comparison(edition, since, _floored(kinds, floor), _seen(flows, floor), rows, told)


@dataclass(frozen=True)
class _Flow:
    """Members who had one letter and get another, or the same."""

    kind: str
    before: str
    after: str
    members: int
    changes: tuple[Change, ...]


def _flows(before: Side, after: Side, changes: Changes) -> tuple[list[_Flow], Counter[str]]:
    """Follow every member from one letter to the other."""
    both = before.members.merge(after.members, on="member_id", how="outer", suffixes=("", "_now"))
    kinds = Counter(
        new=int(both["variant_id"].isna().sum()), gone=int(both["variant_id_now"].isna().sum())
    )
    both = both.dropna().rename(columns={"variant_id": "was", "variant_id_now": "now"})
    own, why = _own(both, before, after, changes)
    flows = []
    sizes: dict[Any, int] = both.groupby(["was", "now", own]).size().to_dict()
    for (was, now, alone), size in sizes.items():
        kind = _kind(before.made["letters"][was], after.made["letters"][now])
        kind = ("own" if alone else "same") if was == now else kind
        kinds[kind] += size
        if kind == "own":
            flows.append(_Flow(kind, was, now, size, why[now]))
        elif kind != "same":
            flows.append(_Flow(kind, was, now, size, changes.between(was, now)))
    return flows, kinds


def _kind(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Tell whether a letter is another's successor: one that some group of members had, and has."""
    return "changed" if _groups(one) & _groups(other) else "moved"


def _groups(letter: Mapping[str, Any]) -> set[tuple[str, ...]]:
    return {tuple(group) for group in letter["groups"]}


def _own(
    both: pd.DataFrame, before: Side, after: Side, changes: Changes
) -> tuple[pd.Series, dict[str, tuple[Change, ...]]]:
    """Tell whose own items are others, or say something else; and of each letter, what changed."""
    one, other = (_chosen(side.personal) for side in (before, after))
    ids = both["member_id"]
    differ = ids.map(one).fillna("").to_numpy() != ids.map(other).fillna("").to_numpy()
    locales = {name: letter["locale"] for name, letter in after.made["letters"].items()}
    others = (OWN,) if differ.any() else ()
    said: dict[str, dict[str, tuple[Change, ...]]] = defaultdict(dict)
    for locale in set(locales.values()) & before.made["items"].keys():
        for item in sorted(set(after.personal["item_id"])):
            if found := changes.item(item, (locale, locale)):
                said[locale][item] = found
    of_member = dict(zip(ids, both["now"].map(locales), strict=True))
    places = zip(after.personal["member_id"], after.personal["item_id"], strict=True)
    touched = {member for member, item in places if item in said[of_member.get(member, "")]}
    why = {
        name: (*(each for found in said[locale].values() for each in found), *others)
        for name, locale in locales.items()
    }
    return pd.Series(differ | ids.isin(touched).to_numpy(), index=both.index, name="own"), why


def _chosen(personal: pd.DataFrame) -> dict[str, str]:
    """Give in one line what each member alone is shown."""
    ordered = personal.sort_values(["member_id", "place"])
    found: dict[str, str] = defaultdict(str)
    for member, item, reason in zip(
        ordered["member_id"], ordered["item_id"], ordered["reason"], strict=True
    ):
        found[member] += f"{item}: {reason}\n"
    return found


def _rows(flows: Iterable[_Flow], changes: Changes, floor: int) -> Iterator[Row]:
    """Give letters and what changes in them; who moves in small numbers is one row."""
    others, few = 0, False
    for flow in sorted(flows, key=lambda each: (TOLD.index(each.kind), -each.members, each.after)):
        one, other = changes.before["letters"][flow.before], changes.after["letters"][flow.after]
        hidden = flow.members < floor or any(group[4] for group in other["groups"])
        if flow.kind == "moved" and (hidden or any(group[4] for group in one["groups"])):
            others, few = others + flow.members, True
            continue
        name = _name(other) if flow.kind != "moved" else f"{_name(one)} → {_name(other)}"
        told = None if hidden else flow.members
        yield Row(flow.kind, name, flow.before, flow.after, told, flow.changes)
    if few:
        yield Row("moved", OTHERS, "", "", others if others >= floor else None, ())


def _name(letter: Mapping[str, Any]) -> str:
    """Name a letter as the wall does: its segment, and its market."""
    return " · ".join(filter(None, [letter["segment"]["name"], *letter["groups"][0][1:4]]))


def _seen(flows: Iterable[_Flow], floor: int) -> list[Seen]:
    """Count, of every change, the letters and the members; what most see comes first.

    Who gets another letter sees all of it anew: that is told by letter.
    """
    members: Counter[Change] = Counter()
    letters: dict[Change, set[str]] = defaultdict(set)
    for flow in flows:
        for change in flow.changes if flow.kind != "moved" else ():
            members[change] += flow.members
            letters[change].add(flow.after)
    order = sorted(members, key=lambda change: (-members[change], change))
    return [
        Seen(each, len(letters[each]), members[each] if members[each] >= floor else None)
        for each in order
    ]


def _floored(kinds: Mapping[str, int], floor: int) -> list[tuple[str, int | None]]:
    """Join kinds that few members meet with the next larger, until none is small."""
    found = sorted((count, [kind]) for kind, count in kinds.items() if count)
    while len(found) > 1 and found[0][0] < floor:
        (few, names), (more, others) = found[:2]
        found = sorted([(few + more, [*names, *others]), *found[2:]])
    order = list(KINDS)
    told = sorted((min(map(order.index, names)), names, count) for count, names in found)
    return [
        (
            " or ".join(KINDS[name] for name in sorted(names, key=order.index)),
            count if count >= floor else None,
        )
        for _, names, count in told
    ]
