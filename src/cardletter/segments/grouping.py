"""Grouping: from tastes to segments, going on from where the last run left them."""

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from cardletter.profiles import Interest
from cardletter.segments import drift
from cardletter.segments.basis import Basis
from cardletter.segments.choice import Choice
from cardletter.segments.clustering import Before, Clusters, afresh, again
from cardletter.segments.files import Clustering
from cardletter.segments.hands import Ground, Handled, lay, more
from cardletter.segments.identity import (
    Identity,
    changes,
    labelled,
    numbered,
)
from cardletter.segments.naming import Proposal
from cardletter.segments.pairing import paired
from cardletter.segments.points import NOBODY, Floats, Labels, Matrix
from cardletter.segments.rules import Hands
from cardletter.segments.sizes import Sizes
from cardletter.segments.taste import Taste


@dataclass(frozen=True)
class Groups:
    """The segments of this run, in the order of their ids."""

    ids: tuple[str, ...]
    labels: Labels
    """By row of the tastes, the place of its segment among the ids; -1 for none."""
    proposed: list[Proposal | None]
    """What each was called by the machine last time."""
    drift: dict[str, Any]
    left: Identity
    """What the next run goes on from, but for the names."""
    asked: int
    """How many segments people asked for, in clustering.yaml and by hand; 0 for auto."""
    undone: dict[tuple[str, ...], str]
    """What people asked to split or merge and cannot be: key in the file -> why."""

    def identity(self, proposals: list[Proposal]) -> Identity:
        """Give what the next run goes on from."""
        return Identity(**{**vars(self.left), "proposals": tuple(proposals)})


@dataclass(frozen=True)
class Setting:
    """What segments are found from: tastes, whose they are, and what people asked for."""

    tastes: Taste
    members: pd.Index
    interests: dict[str, Interest]
    clustering: Clustering
    hands: Hands
    choice: Choice


@dataclass(frozen=True)
class Run(Setting):
    """A setting, and what the last run left to go on from."""

    last: Identity | None
    before: Labels
    """By member, the place of the segment it was in among the last run's; -1 for none."""

    @property
    def goes_on(self) -> bool:
        """Say whether there is something to go on from, and nobody asked to find all anew."""
        if self.last is None or not len(self.last.ids):
            return False
        known = set(self.last.basis.interests) & set(self.interests)
        same = self.last.choice.features == self.choice.features
        return bool(known) and same and self.last.basis_number == self.clustering.basis

    @property
    def refitted(self) -> bool:
        """Say whether all is found anew although there are segments to go on from."""
        return self.last is not None and bool(self.last.ids) and not self.goes_on


def find_groups(setting: Setting, left: tuple[Identity, pd.Series] | None) -> Groups:
    """Find the segments of all whose tastes are known, and tell how they changed.

    `left` is what the last run left: its segments, and which one each member was in.
    """
    last, assigned = left or (None, pd.Series(dtype=str))
    before = labelled(assigned.reindex(setting.members), last.ids if last else ())
    run = Run(**vars(setting), last=last, before=before)
    tastes, clustering = run.tastes, run.clustering
    clusters, alone, handled = _clusters(run)
    ids, given, labels = _identified(run, clusters.labels)
    centres = clusters.centres[list(ids)] if ids else clusters.centres[:0]
    names = tuple(ids.values())
    old = dict(zip(last.ids, last.proposals, strict=True)) if last else {}
    spread = _spread(tastes, clusters, labels, centres)
    told = _drift(run, assigned, names, labels, alone)
    kept = run.goes_on and last is not None and len(last.ids) == len(names)
    told["due"] = drift.due(
        clusters.basis.kept(tastes.features), spread, last.spread if last and kept else 0.0
    )
    told["features"] = asdict(run.choice)
    leaves = Identity(
        run=last.run + 1 if last else 1,
        basis_number=clustering.basis,
        spread=last.spread if last and kept else spread,
        given=given,
        ids=names,
        proposals=(),
        basis=clusters.basis,
        centres=centres,
        shares=drift.mean_shares(tastes.share, labels, len(names)),
        hands=tuple(sorted(handled.done)),
        choice=run.choice,
    )
    proposed = [old.get(name) for name in names]
    by_hand = more(run.hands, handled.done)
    wished = 0 if clustering.segments == "auto" else clustering.segments + by_hand
    return Groups(names, labels, proposed, told, leaves, wished, handled.undone)


def _clusters(run: Run) -> tuple[Clusters, Labels, Handled]:
    """Give the clusters, where members would be had the last centres stayed, and what hands did."""
    nobody: Labels = np.full(len(run.members), NOBODY)
    names, asked = tuple(run.interests), run.clustering
    last = run.last.basis.of(names) if run.last and run.goes_on else Basis(names, _none(names))
    nothing = Before(last, np.zeros((0, last.axes.shape[1]), np.float32), nobody, asked.margin)
    if len(run.members) < asked.k_min:
        found = Clusters(nobody, nothing.centres, last)
        return found, nobody, Handled(nothing, frozenset(run.last.hands if run.last else ()))
    if run.last and run.goes_on:
        return _onwards(run, replace(nothing, centres=run.last.centres, labels=run.before))
    return _anew(run), nobody, _anew_by_hand(run, nothing)


def _onwards(run: Run, before: Before) -> tuple[Clusters, Labels, Handled]:
    """Go on from the last run's clusters, as people split and merged them since."""
    assert run.last is not None
    features, asked, last = run.tastes.features, run.clustering, run.last
    done = frozenset(last.hands)
    handled = lay(run.hands, before, Ground(features, last.ids, asked.k_min), done)
    by_hand = more(run.hands, handled.done)
    there_were = len(last.ids) + by_hand - more(run.hands, done)
    k = asked.wanted(len(features), there_were, by_hand)
    found = again(features, handled.before, Sizes(k, asked.k_min, asked.segments != "auto"))
    return found, before.moved(features), handled


def _anew(run: Run) -> Clusters:
    features, asked = run.tastes.features, run.clustering
    auto = asked.segments == "auto"
    by_hand = more(run.hands, frozenset(run.last.hands if run.last else ()))
    sizes = Sizes(asked.wanted(len(features), by_hand=by_hand), asked.k_min)
    most = asked.looked_through(len(features)) if auto else 0
    return afresh(features, tuple(run.interests), sizes, asked.seed, most)


def _anew_by_hand(run: Run, nothing: Before) -> Handled:
    """Say what stands done by hand where all is found anew: what was, as its ids are matched."""
    if run.last is None:
        ground = Ground(run.tastes.features, (), run.clustering.k_min)
        return lay(run.hands, nothing, ground, frozenset())
    return Handled(nothing, frozenset(run.last.hands))


def _none(names: tuple[str, ...]) -> Matrix:
    return np.zeros((len(names), 1))


def _identified(run: Run, labels: Labels) -> tuple[dict[int, str], int, Labels]:
    """Give cluster -> segment id in the order of the ids, and by member the place in that order."""
    known = run.last.ids if run.last else ()
    same = {own: own for own in range(len(known))} if run.goes_on else paired(run.before, labels)
    old = {cluster: known[place] for cluster, place in same.items()}
    ids, given = numbered(labels, old, run.last.given if run.last else 0)
    ids = dict(sorted(ids.items(), key=lambda each: (len(each[1]), each[1])))
    places = np.full(labels.max(initial=0) + 2, NOBODY)
    places[list(ids)] = range(len(ids))
    return ids, given, places[labels]


def _spread(tastes: Taste, clusters: Clusters, labels: Labels, centres: Floats) -> float:
    if not len(centres):
        return 0.0
    rows = clusters.basis.reduce(tastes.features)
    return float(((rows - centres[labels]) ** 2).sum(axis=1, dtype=np.float64).mean())


def _drift(
    run: Run, assigned: pd.Series, names: tuple[str, ...], labels: Labels, alone: Labels
) -> dict[str, Any]:
    """Tell who moved since the last run, and why, in counts."""
    last = run.last
    nowhere = {"stayed": 0, "moved": 0, "came": 0, "went": 0}
    told: dict[str, Any] = {"before": last.run if last else 0, "refitted": run.refitted}
    if last is None:
        return told | {"members": nowhere, "causes": {}, "flows": [], "changes": []}
    now = pd.Series(np.array([*names, ""], dtype=object)[labels], index=run.members)
    then = assigned.where(assigned.isin(last.ids), "")
    everybody = then.index.union(now.index)
    moves = drift.Moves(
        then.reindex(everybody, fill_value=""), now.reindex(everybody, fill_value="")
    )
    stays = pd.Series(np.array([*last.ids, ""], dtype=object)[alone], index=run.members)
    called = {name: each.name for name, each in run.interests.items()}
    return told | {
        "members": moves.counts(),
        "causes": drift.causes(moves, stays, refitted=run.refitted),
        "flows": drift.flows(moves, run.tastes.share, run.members, last, called),
        "changes": _changes(moves, last),
        "kept": moves.kept(),
    }


def _changes(moves: drift.Moves, last: Identity) -> list[dict[str, str]]:
    """Record the segments that came and went, those that are gone by what they were called."""
    called = {own: each.name for own, each in zip(last.ids, last.proposals, strict=True)}
    found = changes(moves.before, moves.after, last.ids)
    return [each | {"called": called.get(each["segment_id"], "")} for each in found]
