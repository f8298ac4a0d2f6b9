"""Assignment: every member gets a segment, and every segment a name."""

import datetime as dt
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import numpy.typing as npt
import pandas as pd

from cardletter.errors import stop_on_errors
from cardletter.profiles import (
    Interest,
    Interests,
    Spending,
    read_engagement,
    read_interests,
    read_members,
    read_spending,
)
from cardletter.progress import Counts
from cardletter.segments.choosing import chosen
from cardletter.segments.description import GENERIC, RULE, Group, Segment, describe, generic
from cardletter.segments.drift import DRIFT, by_rules
from cardletter.segments.facts import Facts
from cardletter.segments.files import Clustering, Name, read_clustering, read_names, short_of
from cardletter.segments.grouping import Groups, Setting, find_groups
from cardletter.segments.identity import last_run
from cardletter.segments.page import PAGE, page
from cardletter.segments.points import Labels, Matrix
from cardletter.segments.rules import Rules, read_rules
from cardletter.segments.ruling import NONE, RULED, Ruled, apply, undone
from cardletter.segments.taste import Taste, taste
from cardletter.segments.typical import typical
from cardletter.segments.wishes import granted, wishes_of
from cardletter.sources import Warehouse, checked
from cardletter.workspace import Workspace, stage

COLUMNS = ("product", "country", "locale")


@dataclass(frozen=True)
class Asked:
    """What people wrote of segments."""

    clustering: Clustering
    names: dict[str, Name]
    rules: Rules
    interests: Interests


@dataclass(frozen=True)
class Known:
    """What is known of the members."""

    profiles: pd.DataFrame
    """One row each, by member_id."""
    spending: Spending
    clicks: pd.DataFrame
    wishes: pd.Series

    @classmethod
    def read(cls, desk: Workspace) -> "Known":
        """Read what profiles left, and what members asked for themselves."""
        members = read_members(desk).set_index("member_id")
        wishes = wishes_of(desk.ledger.declared())
        return cls(members, read_spending(desk), read_engagement(desk), wishes)


@stage("segment")
def assign(desk: Workspace) -> Counts:
    """Group the members by their interests: assignments.parquet, segments.json, segments.html.

    Members who meet a rule of segments/rules.yaml are in its segment; the others are clustered.
    Members without profiling consent, or with too few purchases, are in the generic segment. What
    members asked for themselves is kept beside their segment, as wishes. Segments go on from the
    last run's.

    Raises:
        FilesError: clustering.yaml, names.yaml or rules.yaml has findings, or a rule would pick out
            a few members.
        EditionError: what the last run left cannot be read.
    """
    asked = read_asked(desk.project)
    interests, k_min = asked.interests.interests, asked.clustering.k_min
    told = Known.read(desk)
    ruled = _ruled(desk, asked, told)
    known, cents, days = _enough(told, asked.clustering)
    last = last_run(desk)
    choice = chosen(desk, asked.clustering, last[0] if last else None)
    tastes = taste(cents, days, choice.features)
    own = ruled.by_member.reindex(known, fill_value=NONE).to_numpy(dtype=object, copy=True)
    free = np.flatnonzero(own == NONE)
    few, hands = tastes.of(free), asked.rules.hands
    setting = Setting(few, known[free], interests, asked.clustering, hands, choice)
    found = find_groups(setting, last)
    if last:
        grouped = setting.members[found.labels >= 0]
        found.drift["rules"] = by_rules(last[1], last[0].ids, grouped, ruled.by_member.index)
    groups = [*_clusters(asked, found, free), *_rules(asked, ruled, own)]
    segments = _save(desk, tastes, found, groups, interests)
    segments = [
        replace(segment, typical=typical(told.profiles.loc[known[group.rows]], k_min))
        for segment, group in zip(segments, groups, strict=True)
    ]
    # Label -1, no cluster, is the last of these; so is everybody who was not looked at.
    own[free] = np.array([*found.ids, GENERIC], dtype=object)[found.labels]
    assigned = pd.Series(own, index=known).reindex(told.profiles.index, fill_value=GENERIC)
    assigned[ruled.by_member.index] = ruled.by_member
    rest = generic(tastes, list(interests), int((assigned == GENERIC).sum()))
    _write(desk, assigned, told.wishes)
    _tell(desk, asked, [*segments, rest], found, ruled)
    counts = {"segments": len(segments), "clustered": len(free), "generic": rest.size}
    counts |= {"ruled": len(ruled.by_member)} if ruled.told else {}
    return counts | ({"moved": found.drift["members"]["moved"]} if found.drift["before"] else {})


def read_asked(project: Path) -> Asked:
    """Read all that people wrote of segments.

    Raises:
        FilesError: it has findings.
    """
    clustering, findings = read_clustering(project)
    names, of_names = read_names(project)
    interests, _found = read_interests(project)
    rules, of_rules = read_rules(project, interests)
    stop_on_errors([*findings, *of_names, *of_rules])
    return Asked(clustering, names, rules, interests)


def _ruled(desk: Workspace, asked: Asked, known: Known) -> Ruled:
    """Give the members who are in a rule's segment; nobody whose spending may not be looked at."""
    if not asked.rules.conditions:
        return Ruled(pd.Series(dtype=object), [], [])
    told = checked(Warehouse(desk.settings), "members")
    columns = {
        name: told[name].cast("string") if name in told.columns else ibis.null("string")
        for name in COLUMNS
    }
    profiles = known.profiles[known.profiles["profiled"]]
    rows = told.select("member_id", **columns).to_pandas().set_index("member_id")
    own = rows.reindex(profiles.index)
    facts = Facts(profiles, known.spending, own, known.clicks, known.wishes)
    today = dt.datetime.now(dt.UTC).date()
    ruled = apply(asked.rules, facts, asked.clustering.k_min, today)
    stop_on_errors(ruled.findings)
    return ruled


def _enough(known: Known, clustering: Clustering) -> tuple[pd.Index, Matrix, Matrix]:
    """Give the members with enough purchases, and their cents and days as they wish it."""
    spending, clicks, wishes = known.spending, known.clicks, known.wishes
    rows = np.flatnonzero(spending.purchases.sum(axis=1) >= clustering.least_purchases)
    members, columns = spending.members[rows], list(spending.interests)
    cents, days = (
        granted(pd.DataFrame(each[rows], members, columns), clicks, wishes).to_numpy()
        for each in (spending.cents, spending.days)
    )
    return members, cents, days


def _clusters(asked: Asked, found: Groups, rows: Labels) -> list[Group]:
    return [
        Group(own, members, len(members), asked.names.get(own, Name()), found.proposed[number])
        for number, own in enumerate(found.ids)
        for members in [rows[found.labels == number]]
    ]


def _rules(asked: Asked, ruled: Ruled, own: npt.NDArray[np.object_]) -> list[Group]:
    sizes = ruled.by_member.value_counts()
    return [
        Group(
            name,
            np.flatnonzero(own == name),
            int(sizes[name]),
            asked.names.get(name, Name(name=rule.name, phrase=rule.phrase, phrases=rule.phrases)),
            kind=RULE,
        )
        for name, rule in asked.rules.rules.items()
        if name in sizes
    ]


def _save(
    desk: Workspace,
    tastes: Taste,
    found: Groups,
    groups: list[Group],
    interests: dict[str, Interest],
) -> list[Segment]:
    """Describe the segments, and leave to the next run what it goes on from."""
    segments, proposals = describe(tastes, groups, interests)
    found.identity(proposals[: len(found.ids)]).save(desk)
    desk.write_json(DRIFT, found.drift)
    kept = found.drift.get("kept", {})
    return [replace(segment, kept=kept.get(segment.segment_id)) for segment in segments]


def _write(desk: Workspace, assigned: pd.Series, wishes: pd.Series) -> None:
    said = wishes.reindex(assigned.index).fillna("").astype(str).to_numpy()
    columns = {"member_id": assigned.index, "segment_id": assigned.to_numpy(), "wishes": said}
    pd.DataFrame(columns).to_parquet(desk.file("assignments.parquet"), index=False)


def _tell(
    desk: Workspace, asked: Asked, segments: list[Segment], found: Groups, ruled: Ruled
) -> None:
    """Write what people look at: the segments, what rules did, and the page of both."""
    short = short_of(desk.project, found.asked, len(found.ids))
    findings = [*short, *ruled.findings, *undone(asked.rules, found.undone)]
    odd: dict[str, Any] = {"rules": ruled.told, "nowhere": ruled.nowhere}
    odd["findings"] = [each.as_dict() for each in findings]
    names = {name: each.name for name, each in asked.interests.interests.items()}
    desk.write_json("segments.json", [asdict(segment) for segment in segments])
    desk.write_json(RULED, odd)
    desk.write(PAGE, page(segments, (found.drift, odd), names, asked.clustering.k_min))
