"""Appetite: how likely each member is to want each interest in the weeks that come.

Two views are mixed, each as good as the other and better together. The plain one adds the member's
own rate over the last windows, what members of like taste take, and on how many days the member
bought. The learned one is a logistic regression on the same facts, taught by the newest window as
if it were still to come. Everything is known before the day the profiles were made.
"""

from typing import Any

import numpy as np

from cardletter.content.facts import TINY, Facts
from cardletter.content.history import ALL, Bits, History, of_late
from cardletter.content.recommender import Places, Scores
from cardletter.profiles import Spending
from cardletter.segments.points import Matrix

NEIGHBOURS, HABIT = 0.15, 0.2
"""What members of like taste, and the member's own days, count against the member's own rate."""
TAUGHT = 300_000
"""Cells (a member and an interest) that the regression is taught by."""
SEED = 7


class Appetite:
    """Scores members x interests by all that is known of them."""

    def __init__(self, spending: Spending) -> None:
        """Take what is needed of the spending, whose long form may then be let go."""
        self.members, self.interests = spending.members, spending.interests
        self.history, self.usual = History.of(spending), _usual(spending)
        self.met: dict[str, Matrix] = {}
        """Task -> how many members wanted both of two interests in the last windows."""

    def of(self, task: str, groups: Places) -> Scores:
        """Score members for a task (segments.TASKS): about a chance, 0 to 1.

        `groups` is each member's segment, -1 for none. For `novel`, what a member bought of late
        scores 0: it is no discovery.
        """
        bits = self.history.wanted(task, self.usual)
        self.met[task] = self.history.together(lambda rows: bits[rows] > 0)
        model = self._taught(task, bits, groups)
        facts = Facts(self.history, bits, groups)
        plain = np.empty(bits.shape, dtype=np.float32)
        learned = np.empty(bits.shape if model else (0, 0), dtype=np.float32)

        def score(rows: slice) -> None:
            plain[rows] = self._plain(task, bits, facts, rows)
            if model:
                learned[rows] = facts.chance(model, rows)

        self.history.each(score)
        mixed = _mixed(plain, learned) if model else _level(plain)
        if task == "novel":
            for rows in self.history.parts():
                mixed[rows][self.history.recent(rows)] = 0
        return mixed

    def _plain(self, task: str, bits: Bits, facts: Facts, rows: slice) -> Matrix | Scores:
        found: Scores = np.maximum(facts.taken.score(self.history.taken(rows)), 0)
        if task == "novel":
            return found
        often = self.history.within(rows, ALL)
        most = np.maximum(often.max(axis=1, keepdims=True), 1)
        own = of_late(bits[rows], len(self.history.windows))
        whole: Matrix = NEIGHBOURS * found + own + HABIT * often / most
        return whole

    def _taught(self, task: str, bits: Bits, groups: Places) -> Any:  # noqa: ANN401 - has no types
        """Teach what was known a window ago what came then; None where there is nothing to."""
        chosen, before = self._chosen(task), self.history.before
        truth = (bits.ravel()[chosen] & 1) > 0
        if not len(truth) or truth.all() or not truth.any() or not before.met.any():
            return None
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - costs a second
        from sklearn.pipeline import make_pipeline  # noqa: PLC0415
        from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

        facts = Facts(before, bits >> np.uint8(1), groups)
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))
        return model.fit(facts.cells(chosen), truth)

    def _chosen(self, task: str) -> Places:
        """Draw some cells that may be asked about, counted row by row."""
        if task != "novel":
            return _drawn(self.history.weeks.size)
        parts = list(self.history.parts())
        free = [np.flatnonzero(~self.history.recent(rows, 1)) for rows in parts]
        width = self.history.weeks.shape[1]
        ends = np.cumsum([0, *map(len, free)])
        drawn = _drawn(int(ends[-1]))
        found = [
            cells[drawn[slice(*np.searchsorted(drawn, ends[n : n + 2]))] - ends[n]]
            + rows.start * width
            for n, (rows, cells) in enumerate(zip(parts, free, strict=True))
        ]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def _drawn(count: int) -> Places:
    """Draw some of so many cells."""
    if count <= TAUGHT:
        return np.arange(count)
    return np.sort(np.random.default_rng(SEED).choice(count, TAUGHT, replace=False))


def _mixed(plain: Scores, learned: Scores) -> Scores:
    """Give the mean of both views, the plain one at the level of the learned one."""
    plain *= np.float32(learned.mean() / max(plain.mean(), TINY))
    learned += plain
    learned /= 2
    return np.minimum(learned, 1, out=learned)


def _level(plain: Scores) -> Scores:
    plain /= np.float32(max(plain.max(initial=0), 1))
    return plain


def _usual(spending: Spending) -> Matrix:
    total = np.maximum(spending.cents, 0).sum(axis=0, dtype=np.float64)
    share = total / max(total.sum(), 1)
    found: Matrix = np.where(share > 0, share, 1)
    return found
