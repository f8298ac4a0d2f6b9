"""Appetite: how likely each member is to want each interest in the weeks that come.

Two views are mixed, each as good as the other and better together. The plain one adds the member's
own rate over the last windows, what members of like taste take, and on how many days the member
bought. The learned one is a logistic regression on the same facts, taught by the newest window as
if it were still to come. Everything is known before the day the profiles were made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from cardletter.content.recommender import Ease, Mask, Places, Scores
from cardletter.content.routing import means
from cardletter.profiles import Spending
from cardletter.segments.points import Matrix
from cardletter.segments.wanted import PRIOR, Window, wanted, wanted_of_late

Weeks = npt.NDArray[np.uint64]
"""64 weeks as bits, the newest first."""

RECENT = 13
"""Weeks in which what was bought is no discovery."""
NEIGHBOURS, HABIT = 0.15, 0.2
"""What members of like taste, and the member's own days, count against the member's own rate."""
TAUGHT = 300_000
"""Cells (a member and an interest) that the regression is taught by."""
SEED = 7
SPANS = (4, RECENT, 64)
"""Weeks back from a day in which the weeks with a purchase are counted."""
TINY = 1e-3
TOGETHER = 50_000
"""Members that are looked at at once: what is made on the way takes a twentieth of a million's."""


@dataclass(frozen=True)
class History:
    """What is known of members x interests on some day, before the weeks that are asked for."""

    windows: tuple[Window, ...]
    """The newest first."""
    weeks: Weeks
    groups: Places
    """Each member's segment, -1 for none."""

    @cached_property
    def taken(self) -> Scores:
        """Give 1 where anything was ever bought."""
        return (self.weeks > 0).astype(np.float32)

    @cached_property
    def often(self) -> Scores:
        """Give in how many weeks there was a purchase."""
        return np.bitwise_count(self.weeks).astype(np.float32)

    @property
    def recent(self) -> Mask:
        """Tell what was bought of late."""
        return _within(self.weeks, RECENT) > 0

    def parts(self) -> Iterator[tuple[slice, "History"]]:
        """Give it some members at a time: all that is made on the way is then small."""
        for first in range(0, len(self.weeks), TOGETHER):
            rows = slice(first, first + TOGETHER)
            windows = tuple(Window(each.cents[rows], each.recent[rows]) for each in self.windows)
            yield rows, History(windows, self.weeks[rows], self.groups[rows])

    def wanted_of_late(self, task: str, usual: Matrix) -> Scores:
        """Give how much of late each member wanted each interest."""
        found = np.empty(self.weeks.shape, dtype=np.float32)
        for rows, part in self.parts():
            found[rows] = wanted_of_late(task, part.windows, usual)
        return found


def histories(spending: Spending, groups: Places) -> tuple[History, History]:
    """Give what is known today, and what was known a window ago."""
    step = max(1, spending.window_days // 7)
    every = [
        Window(cents, _within(_ago(spending.weeks, step * (number + 1)), RECENT) > 0)
        for number, cents in enumerate(spending.windows)
    ]
    today = History(tuple(every), spending.weeks, groups)
    return today, History(tuple(every[1:]), _ago(spending.weeks, step), groups)


def appetite(task: str, spending: Spending, groups: Places) -> Scores:
    """Score members x interests for a task (segments.TASKS): about a chance, 0 to 1.

    For `novel`, what a member bought of late scores 0: it is no discovery.
    """
    today, before = histories(spending, groups)
    usual = _usual(spending)
    plain = _plain(task, today, usual)
    mixed = _mixed(plain, _learned(task, today, before, usual))
    if task == "novel":
        mixed[today.recent] = 0
    return mixed.astype(np.float32, copy=False)


def _mixed(plain: Scores, learned: Scores | None) -> Scores:
    """Give the mean of both views, the plain one at the level of the learned one."""
    if learned is None:
        return plain / np.float32(max(plain.max(initial=0), 1))
    plain *= np.float32(learned.mean() / max(plain.mean(), TINY))
    learned += plain
    learned /= 2
    return np.minimum(learned, 1, out=learned)


def _plain(task: str, history: History, usual: Matrix) -> Scores:
    taken = history.taken
    found = Ease().fit(taken).score(taken)
    np.maximum(found, 0, out=found)
    if task == "novel":
        return found
    found *= NEIGHBOURS
    for rows, part in history.parts():
        often = part.often
        most = np.maximum(often.max(axis=1, keepdims=True), 1)
        found[rows] += wanted_of_late(task, part.windows, usual) + HABIT * often / most
    return found


def _learned(task: str, today: History, before: History, usual: Matrix) -> Scores | None:
    """Teach what was known a window ago what came then, and ask it of today; None: nothing to."""
    chosen, truth = _taught(task, today, usual)
    if not len(truth) or truth.all() or not truth.any() or not before.weeks.any():
        return None
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - costs a second
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    facts = Facts(task, before, usual)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))
    model.fit(facts.cells(chosen), truth)
    known = History(today.windows[: len(before.windows)], today.weeks, today.groups)
    return Facts(task, known, usual).chance(model)


def _taught(task: str, today: History, usual: Matrix) -> tuple[Places, Mask]:
    """Give some cells that may be asked about, counted row by row, and whether they came true."""
    came = np.empty(today.weeks.shape, dtype=bool)
    for rows, part in today.parts():
        came[rows] = wanted(task, part.windows[0], usual)
    if task == "novel":
        chosen = _sample(np.flatnonzero(~today.windows[0].recent))
    else:
        chosen = _sample(np.arange(came.size))
    return chosen, came.ravel()[chosen]


def _sample(cells: Places) -> Places:
    if len(cells) <= TAUGHT:
        return cells
    drawn: Places = np.random.default_rng(SEED).choice(cells, TAUGHT, replace=False)
    return np.sort(drawn)


class Facts:
    """What the regression is told of a member and an interest."""

    def __init__(self, task: str, history: History, usual: Matrix) -> None:
        """Learn what members have in common; what is each one's own is made when it is asked."""
        self.task, self.history, self.usual = task, history, usual
        self.own = history.wanted_of_late(task, usual)
        count = int(history.groups.max(initial=-1)) + 1
        mean = self.own.mean(axis=0)
        theirs = np.vstack([means(self.own, history.groups, count, PRIOR), mean])
        self.theirs, self.everybody = np.log(theirs + TINY), np.log(mean + TINY)
        self.taken, self.liked = Ease().fit(history.taken), Ease(30).fit(self.own)

    def of(self, rows: slice, part: History) -> Sequence[Scores]:
        """Give the facts of some members, each members x interests."""
        own = self.own[rows]
        spent = sum(np.maximum(window.cents, 0) for window in part.windows)
        total = np.maximum(np.sum(spent, axis=1, keepdims=True), 1)
        spans = [np.log1p(_within(part.weeks, weeks)) for weeks in SPANS]
        return [
            own,
            wanted(self.task, part.windows[0], self.usual).astype(np.float32),
            *spans,
            np.sqrt(spent / total),
            self.taken.score(part.taken),
            self.liked.score(own),
            self.theirs[part.groups],
            np.broadcast_to(self.everybody, own.shape),
            np.broadcast_to(spans[-1].sum(axis=1, keepdims=True), own.shape),
        ]

    def cells(self, places: Places) -> Scores:
        """Give the facts of some cells in their order, counted row by row: cells x facts."""
        rows, columns = np.unravel_index(places, self.own.shape)
        found = []
        for some, part in self.history.parts():
            own = slice(*np.searchsorted(rows, [some.start, some.stop]))
            cells = rows[own] - some.start, columns[own]
            found.append(np.stack([fact[cells] for fact in self.of(some, part)], axis=1))
        return np.concatenate(found).astype(np.float32)

    def chance(self, model: Sequence[Any]) -> Scores:
        """Give what the model makes of every cell: a sum over the facts, never all at once."""
        scaler, regression = model[0], model[1]
        weights = regression.coef_[0] / scaler.scale_
        level = float(regression.intercept_[0] - weights @ scaler.mean_)
        found: Scores = np.full(self.own.shape, level, dtype=np.float32)
        for rows, part in self.history.parts():
            for weight, fact in zip(weights, self.of(rows, part), strict=True):
                found[rows] += np.float32(weight) * fact
        np.negative(found, out=found)
        np.exp(found, out=found)
        found += 1
        return np.reciprocal(found, out=found)


def _usual(spending: Spending) -> Matrix:
    total = np.maximum(spending.cents, 0).sum(axis=0, dtype=np.float64)
    share = total / max(total.sum(), 1)
    found: Matrix = np.where(share > 0, share, 1)
    return found


def _ago(weeks: Weeks, count: int) -> Weeks:
    """Give the weeks as they were so many weeks ago."""
    found: Weeks = weeks >> np.uint64(count)
    return found


def _within(weeks: Weeks, count: int) -> Scores:
    """Count the weeks with a purchase among the newest so many."""
    mask = np.uint64((1 << count) - 1)
    found: Scores = np.bitwise_count(weeks & mask).astype(np.float32)
    return found
