"""Matching: which letter each member gets, and what stands in it, with a score and a reason.

Each member goes to the letter that serves them best (see `routing`), which is tuned where members
asked for something themselves, and told apart where what they may see differs. All letters are
filled at once, within the budgets.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import pandas as pd

from cardletter.content.appetite import Appetite
from cardletter.content.audience import DRAWN, draw
from cardletter.content.catalogue import Item
from cardletter.content.demands import clashes
from cardletter.content.edition import Edition
from cardletter.content.editions import read_edition
from cardletter.content.filling import Chosen, fill
from cardletter.content.linked import write_linked
from cardletter.content.locales import read_locales
from cardletter.content.matter import KEY, Key, Matched, Matter, Pick
from cardletter.content.past import past_of
from cardletter.content.personal import write_personal
from cardletter.content.rationing import ration
from cardletter.content.reading import read_catalogue
from cardletter.content.reasons import Reasons
from cardletter.content.redeeming import Chances, read_chances
from cardletter.content.serving import Asked, serve
from cardletter.content.sheet import Catalogue, Group, Rates, spread
from cardletter.content.uptake import read_uptake
from cardletter.content.variants import Market, Variant, markets, write_variants
from cardletter.errors import EditionError, stop_on_errors
from cardletter.profiles import Interest, read_interests, read_spending
from cardletter.progress import Counts
from cardletter.segments import GENERIC, Segment, Wishes, read_clustering, read_segments
from cardletter.workspace import Workspace, stage

ASSIGNED = ["member_id", "segment_id", "wishes", "variant_id", *DRAWN]


@stage("match")
def match(desk: Workspace) -> Counts:
    """Fill the edition's slots: selections.parquet, variants.json, personal.parquet, links.json.

    Each member's variant is added to assignments.parquet; groups whose letters would be the same
    share one.

    Raises:
        FilesError: the catalogue or the edition has findings that stop the work.
        EditionError: there is nothing to say to some members who did not ask for that.
    """
    edition, items, words = read_files(desk)
    draw(desk, edition)
    matter = read_matter(desk, edition, items, words)
    matched = compose(desk, matter)
    variants = _write(desk, matter, matched)
    write_linked(desk, matter.catalogue.items)
    counts = {"variants": len(variants), "items": len(items)}
    counts["shown"] = len({each.item for each in matched.chosen})
    if matched.rations.dropped:
        counts["promised_too_much"] = len(matched.rations.dropped)
    if edition.personal:
        counts["personal"] = write_personal(desk, matter, matched)
    return counts


def read_files(desk: Workspace) -> tuple[Edition, list[Item], Mapping[str, Interest]]:
    """Read what people wrote.

    Raises:
        FilesError: it has findings that stop the work.
    """
    interests, _findings = read_interests(desk.project)
    items, findings = read_catalogue(desk.project, interests)
    edition, more = read_edition(desk.project, desk.edition, items, interests)
    stop_on_errors(findings + more)
    assert edition is not None  # without findings there is one
    return edition, items, interests.interests


def read_matter(
    desk: Workspace, edition: Edition, items: Sequence[Item], words: Mapping[str, Interest]
) -> Matter:
    """Read whom the edition is for, and find the letter that serves each member best."""
    locales, _found = read_locales(desk.project)
    shown = [item for item in items if item.priority and edition.may_show(item)]
    catalogue = Catalogue(edition, tuple(words), shown, locales)
    segments = {segment.segment_id: segment for segment in read_segments(desk)}
    assigned = pd.read_parquet(desk.file("assignments.parquet"))
    floor = read_clustering(desk.project)[0].k_min
    asked = Asked(edition.slots, edition.personal, floor, edition.favour)
    appetite, chances = _learn(desk, items, edition)
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - costs time, few commands need it

    with threadpool_limits(
        limits=1
    ):  # products are small: threads of BLAS only wait for each other
        served = serve(appetite, assigned, list(segments.values()), asked)
    places = assigned.merge(markets(desk, shown, locales), on="member_id", how="left")
    routed = served.members.reindex(places["member_id"])
    places["letter"] = routed["letter"].to_numpy()
    places["letter"] = places["letter"].fillna(GENERIC)
    # Who is in a segment by a rule, and whose spending is not looked at, has its letter too.
    own = (places["letter"] == GENERIC) & (places["segment_id"].map(_kinds(segments)) == "rule")
    places.loc[own, "letter"] = places.loc[own, "segment_id"]
    places["discoveries"] = routed["discoveries"].to_numpy()
    named = {name: "" for name in (*KEY, "wishes") if name in places}
    uptake = read_uptake(desk, items, served.members.index, floor)
    members = places.fillna(named)
    return Matter(catalogue, words, segments, members, served, uptake, chances)


def _learn(
    desk: Workspace, items: Sequence[Item], edition: Edition
) -> tuple[Appetite, Chances | None]:
    """Take what is needed of the spending, and let its long form go: it is as large as the rest."""
    spending = read_spending(desk)
    return Appetite(spending), read_chances(desk, items, spending, edition.date)


def _kinds(segments: Mapping[str, Segment]) -> dict[str, str]:
    return {name: segment.kind for name, segment in segments.items()}


def compose(desk: Workspace, matter: Matter) -> Matched:
    """Fill the letters of all groups.

    Raises:
        FilesError: demands clash.
        EditionError: there is nothing to say to some members who did not ask for that.
    """
    keys, groups = _groups(matter)
    rates = Rates(
        matter.served.wants([key[0] for key in keys]),
        matter.served.finds([key[5] or key[0] for key in keys]),
    )
    sheet = spread(matter.catalogue, groups, rates, past_of(desk, matter, keys))
    stop_on_errors(clashes(desk, sheet))
    rations = ration(sheet)
    matched = Matched(keys, sheet, rations, fill(sheet, rations.allowed))
    told = {each.group for each in matched.chosen}
    if any(group.wishes == Wishes() for row, group in enumerate(groups) if row not in told):
        day = matter.catalogue.edition.date
        msg = f"Nothing in content/ may be shown to everybody on {day}: see from and until."
        raise EditionError(msg)
    return matched


def _groups(matter: Matter) -> tuple[list[Key], list[Group]]:
    """Give the groups: by segment in the order there is, those without wishes first."""
    place = {name: number for number, name in enumerate(matter.segments)}
    sizes = matter.members.groupby(list(KEY)).size()
    keys = sorted(sizes.index, key=lambda key: (place[key[0]], bool(key[4]), key[1:]))
    groups = [
        Group(
            matter.segments[key[0]],
            Wishes.read(key[4]),
            int(sizes[key]),
            Market(*key[1:4]),
            key[5],
            generic=key[0] == GENERIC,
        )
        for key in keys
    ]
    return keys, groups


def _write(desk: Workspace, matter: Matter, matched: Matched) -> list[Variant]:
    """Write what was picked, and which variant each member gets."""
    picks = picks_of(matter, matched)
    # Wishes may leave nothing to say: such members get no letter, and the gate says why.
    ids = {
        key: _variant_id(desk.edition, matched.sheet.groups[row], picks[row])
        for row, key in enumerate(matched.keys)
        if picks[row]
    }
    row_of = {key: row for row, key in enumerate(matched.keys)}
    rows = [
        {"variant_id": variant, **asdict(pick)}
        for variant, key in sorted({v: k for k, v in ids.items()}.items())
        for pick in picks[row_of[key]]
    ]
    pd.DataFrame(rows).to_parquet(desk.file("selections.parquet"), index=False)
    sizes = {key: group.size for key, group in zip(matched.keys, matched.sheet.groups, strict=True)}
    variants = _variants(sizes, ids)
    write_variants(desk, variants)
    members = matter.members
    keys = pd.MultiIndex.from_frame(members[list(KEY)])
    members["variant_id"] = pd.Series(ids).reindex(keys).to_numpy()
    members[ASSIGNED].to_parquet(desk.file("assignments.parquet"), index=False)
    return variants


def picks_of(matter: Matter, matched: Matched) -> list[list[Pick]]:
    """Give the picks of each letter, with their reasons."""
    reason = Reasons(matched.sheet, matter.words, matter.served.company)
    items = matched.sheet.items

    def pick(each: Chosen) -> Pick:
        told = (items[each.item].item_id, round(each.score, 4), reason(each))
        return Pick(each.slot, each.place, *told)

    return [[pick(each) for each in letter] for letter in matched.of_group]


def _variants(sizes: Mapping[Key, int], ids: Mapping[Key, str]) -> list[Variant]:
    """Give each variant once, told by its first group, with all its members."""
    members: Counter[str] = Counter()
    for key, variant_id in ids.items():
        members[variant_id] += sizes[key]
    first: dict[str, Key] = {}
    for key, variant_id in ids.items():
        first.setdefault(variant_id, key)
    return [
        Variant(variant_id, *key[:5], members=members[variant_id], discoveries=key[5])
        for variant_id, key in first.items()
    ]


def _variant_id(edition: str, group: Group, picks: Sequence[Pick]) -> str:
    """Name a variant after what it is made of, opaque to whoever sees it in a link."""
    told = [group.segment.phrase, group.market.locale]
    made_of = json.dumps([edition, *told, [asdict(pick) for pick in picks]])
    return "v" + hashlib.sha256(made_of.encode()).hexdigest()[:12]
