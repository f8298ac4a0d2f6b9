"""Choosing: which features tell members apart best, tried on weeks that are known already."""

import datetime as dt
from dataclasses import asdict

import numpy as np

from cardletter.segments.choice import Choice
from cardletter.segments.files import Clustering
from cardletter.segments.holdout import Holdout, hold_out
from cardletter.segments.identity import Identity
from cardletter.segments.lift import LEAST, Lift, lifts_of
from cardletter.segments.points import Matrix
from cardletter.segments.taste import FEATURES, USUAL
from cardletter.workspace import Workspace

BY = ("favourites", "distinct")
"""The tasks that features are chosen by: what is novel no group can foretell."""


WORTH = 0.01
"""What others must come to beyond the usual ones: for less nobody need ask which there are."""


def chosen(
    desk: Workspace,
    clustering: Clustering,
    last: Identity | None = None,
    until: dt.date | None = None,
) -> Choice:
    """Give the features that clustering.yaml asks for; `auto` keeps to those of the last basis.

    Only where a basis is to be found are features tried, on what is known until a day.
    """
    if clustering.features != "auto":
        return Choice(clustering.features, "clustering.yaml says so")
    if last and last.ids and last.basis_number == clustering.basis:
        return last.choice
    return choose(hold_out(desk, clustering, until), clustering)


def choose(held: Holdout | str, clustering: Clustering) -> Choice:
    """Try all features on a holdout, and take the usual ones unless others are surely better.

    The same members are judged by each: what they come to is the mean lift of favourites and of
    what is distinct, over one letter for all.
    """
    if isinstance(held, str):
        return Choice(
            USUAL, f"the usual ones, since there is too little data to try others: {held}"
        )
    gains = {
        kind: _gain(held.judged(held.grouped(kind, clustering)), held.base) for kind in FEATURES
    }
    everywhere = _gain(held.base, held.base)
    tried = dict(zip(gains, lifts_of(list(gains.values()), everywhere), strict=True))
    against = dict(zip(gains, lifts_of(list(gains.values()), gains[USUAL]), strict=True))
    best = max(tried, key=lambda kind: tried[kind].lift)
    # What beats one letter for all by chance only is no taste: of such, some is always first.
    real = tried[best].low > 0
    better = real and against[best].low > 0 and against[best].lift >= WORTH
    taken = best if better else USUAL
    told = {kind: asdict(each) for kind, each in tried.items()}
    return Choice(taken, _why(held, tried, best, taken), told)


def _gain(hit: dict[str, Matrix], base: dict[str, Matrix]) -> Matrix:
    """Give each member's hits in units of what one letter for all hits, the mean of both tasks."""
    parts = [hit[task] / max(float(np.nanmean(base[task])), LEAST) for task in BY]
    found: Matrix = np.mean(parts, axis=0)
    return found


def _why(held: Holdout, tried: dict[str, Lift], best: str, taken: str) -> str:
    came_to = ", ".join(f"{kind} {each.lift:+.1%}" for kind, each in tried.items())
    word = "the best" if taken == best else f"the usual ones, as {best} is not clearly better"
    return (
        f"{word} on the {held.days} days from {held.origin}: hits of favourites and of what is "
        f"distinct, against one letter for all, {came_to} ({len(held):,} members)"
    )
