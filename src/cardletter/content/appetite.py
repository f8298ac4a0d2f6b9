"""Appetite: how likely each member is to want each interest in the weeks that come.

Two views are mixed, each as good as the other and better together. The plain one adds the member's
own rate over the last windows, what members of like taste take, and on how many days the member
bought. The learned one is a logistic regression on the same facts, taught by the newest window as
if it were still to come. Everything is known before the day the profiles were made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

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
    level = np.float32(learned.mean() / max(plain.mean(), TINY))
    return np.minimum((learned + plain * level) / 2, 1)


def _plain(task: str, history: History, usual: Matrix) -> Scores:
    neighbours = np.maximum(Ease().fit(history.taken).score(history.taken), 0)
    if task == "novel":
        return neighbours
    own = wanted_of_late(task, history.windows, usual)
    most = np.maximum(history.often.max(axis=1, keepdims=True), 1)
    found: Scores = own + NEIGHBOURS * neighbours + HABIT * history.often / most
    return found.astype(np.float32)


def _learned(task: str, today: History, before: History, usual: Matrix) -> Scores | None:
    """Teach what was known a window ago what came then, and ask it of today; None: nothing to."""
    came = wanted(task, today.windows[0], usual)
    asked = ~today.windows[0].recent if task == "novel" else np.ones_like(came)
    chosen = _sample(np.flatnonzero(asked))
    truth = came.ravel()[chosen]
    if not len(truth) or truth.all() or not truth.any() or not before.taken.any():
        return None
    facts = Facts(task, before, usual)
    model: Pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))
    model.fit(facts.cells(chosen), truth)
    known = History(today.windows[: len(before.windows)], today.weeks, today.groups)
    return Facts(task, known, usual).chance(model)


def _sample(cells: Places) -> Places:
    if len(cells) <= TAUGHT:
        return cells
    drawn: Places = np.random.default_rng(SEED).choice(cells, TAUGHT, replace=False)
    return np.sort(drawn)


class Facts:
    """What the regression is told of a member and an interest."""

    def __init__(self, task: str, history: History, usual: Matrix) -> None:
        """Gather the facts, each members x interests."""
        own = wanted_of_late(task, history.windows, usual).astype(np.float32)
        spent = sum(np.maximum(window.cents, 0) for window in history.windows)
        total = np.maximum(np.sum(spent, axis=1, keepdims=True), 1)
        count = int(history.groups.max(initial=-1)) + 1
        theirs = np.vstack([means(own, history.groups, count, PRIOR), own.mean(axis=0)])
        spans = [np.log1p(_within(history.weeks, weeks)) for weeks in SPANS]
        self.each: Sequence[Scores] = [
            own,
            wanted(task, history.windows[0], usual).astype(np.float32),
            *spans,
            np.sqrt(spent / total),
            Ease().fit(history.taken).score(history.taken),
            Ease(30).fit(own).score(own),
            np.log(theirs[history.groups] + TINY),
            np.broadcast_to(np.log(own.mean(axis=0) + TINY), own.shape),
            np.broadcast_to(spans[-1].sum(axis=1, keepdims=True), own.shape),
        ]

    def cells(self, places: Places) -> Scores:
        """Give the facts of some cells, counted row by row: cells x facts."""
        rows, columns = np.unravel_index(places, self.each[0].shape)
        return np.stack([fact[rows, columns] for fact in self.each], axis=1).astype(np.float32)

    def chance(self, model: Pipeline) -> Scores:
        """Give what the model makes of every cell: a sum over the facts, never all at once."""
        scaler, regression = model[0], model[1]
        weights = regression.coef_[0] / scaler.scale_
        level = float(regression.intercept_[0] - weights @ scaler.mean_)
        found: Scores = np.full(self.each[0].shape, level, dtype=np.float32)
        for weight, fact in zip(weights, self.each, strict=True):
            found += np.float32(weight) * fact
        chance: Scores = (1 / (1 + np.exp(-found))).astype(np.float32)
        return chance


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
