"""Likes: what one member's spending says they enjoy, for that member's own eyes."""

from dataclasses import dataclass
from functools import lru_cache
from glob import escape
from math import log
from pathlib import Path

import duckdb

from cardletter.profiles.spending import PROFILES
from cardletter.workspace import Workspace

LIKES = 5
"""What a member likes: so many interests, those that set them apart most."""

OWN = """
    SELECT interest, greatest(cents, 0), purchases FROM read_parquet(?)
    WHERE member_id = ? ORDER BY interest
"""
EVERYBODY = """
    SELECT interest, sum(greatest(cents, 0)) FROM read_parquet($file)
    WHERE member_id IN (
        SELECT member_id FROM read_parquet($file) GROUP BY member_id HAVING sum(purchases) >= $least
    ) GROUP BY interest
"""


@dataclass(frozen=True)
class Like:
    """An interest that takes more of a member's spending than of everybody's."""

    interest: str
    share: float
    """Of the member's own spending."""
    lift: float
    """How many times everybody's share that is."""


@dataclass(frozen=True)
class Likes:
    """Interests that take more of a member's spending than of everybody's, the strongest first.

    Not looked at: nothing is known, since no profiles were built or there are too few purchases.
    """

    looked_at: bool
    interests: tuple[str, ...] = ()


def likes_of(desk: Workspace, member_id: str, least_purchases: int) -> Likes:
    """Give what a member likes by the last profiles that were built.

    Whether we may look is for the caller to know: profiles are as old as the last run.
    """
    found = set_apart(desk, member_id, least_purchases)
    if found is None:
        return Likes(looked_at=False)
    return Likes(looked_at=True, interests=tuple(like.interest for like in found))


def set_apart(desk: Workspace, member_id: str, least_purchases: int) -> list[Like] | None:
    """Give what sets a member apart, the strongest first; None where nothing is known."""
    file = desk.private / PROFILES
    try:
        overall = _everybody(file, file.stat().st_mtime_ns, least_purchases)
        with duckdb.connect() as engine:
            own = engine.execute(OWN, [escape(str(file)), member_id]).fetchall()
    except (FileNotFoundError, duckdb.Error):  # none yet, or being built at this moment
        return None
    if sum(purchases for _, _, purchases in own) < least_purchases:
        return None
    return _apart({name: cents for name, cents, _ in own}, overall)


def _apart(spend: dict[str, int], overall: dict[str, float]) -> list[Like]:
    """Rank interests by p ln(p/q), p the share of own spend and q of everybody's, where p > q."""
    total = sum(spend.values())
    shares = {name: cents / total for name, cents in spend.items() if cents > 0}
    more = [Like(n, p, p / overall[n]) for n, p in shares.items() if p > overall.get(n, p) > 0]
    return sorted(more, key=lambda like: -like.share * log(like.lift))[:LIKES]


@lru_cache(maxsize=4)
def _everybody(file: Path, _built: int, least_purchases: int) -> dict[str, float]:
    """Give each interest's share of everybody's spend, once for each time profiles are built."""
    with duckdb.connect() as engine:
        asked = {"file": escape(str(file)), "least": least_purchases}
        spend = dict(engine.execute(EVERYBODY, asked).fetchall())
    total = sum(spend.values())
    return {name: cents / total for name, cents in spend.items()} if total else {}
