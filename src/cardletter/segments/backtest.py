"""Backtest: would the letters have hit more of what members bought than one letter for all?

Segments are found as they would have been some weeks ago, each gets the interests that suited it
best until then, and what its members bought since is the answer. Groups drawn by lot, of the same
sizes, are the control: what they reach is luck, not taste. Sums over members only are kept.
"""

from dataclasses import asdict

import numpy as np

from cardletter.errors import stop_on_errors
from cardletter.progress import Counts, track
from cardletter.segments.choice import Choice
from cardletter.segments.choosing import chosen
from cardletter.segments.curve import page
from cardletter.segments.files import Clustering, read_clustering
from cardletter.segments.holdout import Holdout, hold_out
from cardletter.segments.lift import lifts_of
from cardletter.segments.points import Labels
from cardletter.segments.verdict import BACKTEST, Backtest, Judged
from cardletter.segments.wanted import TASKS, top_of
from cardletter.workspace import Workspace, stage

PAGE = "backtest.html"
VARIANTS = (5, 10, 25, 50, 100, 200, 400)
"""Numbers of variants that the curve is drawn through, as far as members suffice."""


@stage("backtest")
def backtest(desk: Workspace) -> Counts:
    """Hold out the last weeks and judge segments by them: backtest.json, backtest.html.

    Raises:
        FilesError: clustering.yaml has findings.
        EditionError: no profiles were built yet.
    """
    clustering, findings = read_clustering(desk.project)
    stop_on_errors(findings)
    held = hold_out(desk, clustering)
    if isinstance(held, str):
        found = Backtest(too_little=held)
    else:
        found = judge(held, clustering, chosen(desk, clustering, until=held.origin))
    desk.write_json(BACKTEST, asdict(found))
    desk.write(PAGE, page(found))
    return {"variants": found.as_set.variants if found.as_set else 0, "members": found.members}


def judge(held: Holdout, clustering: Clustering, choice: Choice) -> Backtest:
    """Judge the segments as they are set, and other numbers of them."""
    most = held.most(clustering)
    numbers = [None, *(k for k in VARIANTS if 1 < k <= most)]
    groups = [
        held.grouped(choice.features, clustering, k)
        for k in track(numbers, "numbers of variants", len(numbers))
    ]
    rows = judged(held, groups, clustering.seed)
    return Backtest(
        origin=held.origin.isoformat(),
        days=held.days,
        members=len(held),
        of=held.of,
        slots=held.slots,
        top=top_of(len(held.interests)),
        asked=0 if clustering.segments == "auto" else clustering.segments,
        features=choice.features,
        why=choice.why,
        as_set=rows[0],
        curve=sorted(rows, key=lambda each: each.variants),
    )


def judged(held: Holdout, groups: list[Labels], seed: int) -> list[Judged]:
    """Judge some groupings against one letter for all, and by lot, all on the same drawings."""
    lots = [np.random.default_rng(seed).permutation(each) for each in groups]
    hits = [held.judged(each) for each in [*groups, *lots]]
    lifts = {task: lifts_of([each[task] for each in hits], held.base[task], seed) for task in TASKS}
    return [
        Judged(
            variants=int(own.max()) + 1,
            smallest=int(np.bincount(own).min()),
            own={task: lifts[task][place] for task in TASKS},
            by_lot={task: lifts[task][len(groups) + place] for task in TASKS},
        )
        for place, own in enumerate(groups)
    ]
