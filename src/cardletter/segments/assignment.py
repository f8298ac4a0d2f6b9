"""Assignment: every member gets a segment, and every segment a name."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cardletter.errors import stop_on_errors
from cardletter.profiles import LIKES, MEMBERS, PROFILES, Interest, read_interests
from cardletter.progress import Counts
from cardletter.segments.clustering import Taste, taste
from cardletter.segments.drift import DRIFT
from cardletter.segments.files import Clustering, Name, read_clustering, read_names
from cardletter.segments.grouping import Groups, find_groups
from cardletter.segments.identity import colour
from cardletter.segments.naming import Proposal, Trait, propose, traits
from cardletter.segments.points import Labels
from cardletter.segments.wishes import granted, wishes_of
from cardletter.workspace import Workspace, stage

GENERIC = "everyone"
"""The segment of members whose spending may not, or cannot yet, shape their mail."""


@dataclass(frozen=True)
class Segment:
    """One named group: what sets it apart, and how many of those looked at like each interest.

    In a cluster everybody is looked at; for the generic segment, everybody else is.
    """

    segment_id: str
    name: str
    phrase: str
    size: int
    looked_at: int
    traits: tuple[Trait, ...]
    likes: dict[str, int]
    colour: str = ""


@stage("segment")
def assign(desk: Workspace) -> Counts:
    """Group the members by their interests: assignments.parquet, segments.json, drift.json.

    Members without profiling consent, or with too few purchases, are in the generic segment. What
    members asked for themselves is kept beside their segment, as wishes. Segments go on from the
    last run's.

    Raises:
        FilesError: clustering.yaml or names.yaml has findings.
        EditionError: what the last run left cannot be read.
    """
    clustering, names, interests = _files(desk.project)
    wishes = wishes_of(desk.ledger.declared())
    spend = _spend(pd.read_parquet(desk.private / PROFILES), list(interests), clustering)
    tastes = taste(granted(spend, wishes).to_numpy())
    found = find_groups(desk, tastes, spend.index, clustering, interests)
    segments, proposals = _describe(tastes, found, interests, names)
    members = pd.read_parquet(desk.private / MEMBERS)["member_id"]
    # Label -1, no cluster, is the last of these; so is everybody who was not looked at.
    ids = np.array([*found.ids, GENERIC], dtype=object)
    own = pd.Series(ids[found.labels], index=spend.index, dtype=str)
    assigned = own.reindex(members, fill_value=GENERIC).to_numpy()
    generic = _generic(tastes, list(interests), int((assigned == GENERIC).sum()))
    desk.write_json("segments.json", [asdict(segment) for segment in [*segments, generic]])
    table = pd.DataFrame({"member_id": members, "segment_id": assigned})
    table["wishes"] = wishes.reindex(members).fillna("").astype(str).to_numpy()
    table.to_parquet(desk.file("assignments.parquet"), index=False)
    desk.write_json(DRIFT, found.drift)
    found.identity(proposals).save(desk)
    moved = found.drift["members"]["moved"]
    counts = {"segments": len(segments), "clustered": len(spend), "generic": generic.size}
    return counts | ({"moved": moved} if found.drift["before"] else {})


def read_segments(desk: Workspace) -> list[Segment]:
    """Read the segments of a run, the generic one last."""
    return [_segment(fields) for fields in desk.read_json("segments.json")]


def _segment(fields: dict[str, Any]) -> Segment:
    found = tuple(Trait(**trait) for trait in fields.pop("traits"))
    return Segment(**fields, traits=found)


def _files(project: Path) -> tuple[Clustering, dict[str, Name], dict[str, Interest]]:
    clustering, findings = read_clustering(project)
    names, more = read_names(project)
    stop_on_errors(findings + more)
    interests, _ = read_interests(project)
    return clustering, names, interests.interests


def _spend(profiles: pd.DataFrame, interests: list[str], clustering: Clustering) -> pd.DataFrame:
    """Spread the long form into members x interests, for members with enough purchases."""
    purchases = profiles.groupby("member_id")["purchases"].sum()
    enough = purchases.index[purchases >= clustering.least_purchases]
    wide = profiles[profiles["member_id"].isin(enough)].pivot_table(
        index="member_id", columns="interest", values="cents", aggfunc="sum", fill_value=0
    )
    return wide.reindex(columns=interests, fill_value=0).sort_index()


def _describe(
    tastes: Taste, found: Groups, interests: dict[str, Interest], names: dict[str, Name]
) -> tuple[list[Segment], list[Proposal]]:
    """Describe each segment; the name that people gave it wins over the machine's."""
    rows = [np.flatnonzero(found.labels == label) for label in range(len(found.ids))]
    apart = [traits(tastes, members, list(interests.values())) for members in rows]
    given = [names.get(segment_id, Name()) for segment_id in found.ids]
    called = propose(apart, interests, [each.name for each in given], found.proposed)
    segments = [
        Segment(
            segment_id=segment_id,
            name=given[number].name or called[number].name,
            phrase=given[number].phrase or called[number].phrase,
            size=len(members),
            looked_at=len(members),
            traits=tuple(apart[number][:8]),
            likes=_likes(tastes, members, list(interests)),
            colour=colour(segment_id),
        )
        for number, (segment_id, members) in enumerate(zip(found.ids, rows, strict=True))
    ]
    return segments, called


def _likes(tastes: Taste, rows: Labels, interests: list[str]) -> dict[str, int]:
    """Count the members of the rows for whom an interest is among those that set them apart."""
    lift = tastes.lift[rows]
    best = np.argsort(-lift, axis=1, kind="stable")[:, :LIKES]
    liked = np.zeros_like(lift, dtype=bool)
    np.put_along_axis(liked, best, np.take_along_axis(lift, best, axis=1) > 0, axis=1)
    counts = liked.sum(axis=0)
    return {name: int(count) for name, count in zip(interests, counts, strict=True) if count}


def _generic(tastes: Taste, interests: list[str], size: int) -> Segment:
    """Describe the generic segment: nobody looks at its members, so all tastes stand in."""
    everybody = np.arange(len(tastes.share))
    likes = _likes(tastes, everybody, interests)
    return Segment(GENERIC, "Everyone", "", size, len(everybody), (), likes)
