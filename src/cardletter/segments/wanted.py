"""Wanted: what members bought in some weeks that a letter had done well to show them.

Three tasks, each its own answer to what a good letter shows: `favourites` are the interests a
member spent most on, `distinct` those that set the member apart, `novel` those that the member had
not bought shortly before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cardletter.profiles import Spending
from cardletter.segments.points import Labels, Matrix

Bools = npt.NDArray[np.bool_]

TASKS = ("favourites", "distinct", "novel")
TOP = 10
"""A member's favourites, and what is distinct: so many interests, a quarter of all at most."""
FADING = (1.0, 0.7, 0.5)
"""What a window counts, the newest first."""
PRIOR = 10
"""Members of everybody's taste that are added to each group: small groups do not jump about."""


@dataclass(frozen=True)
class Window:
    """What members bought in some weeks: members x interests."""

    cents: npt.NDArray[np.int64]
    """Refunds netted."""
    recent: Bools
    """Bought shortly before these weeks."""


def windows_of(spending: Spending, recent_days: int) -> list[Window]:
    """Give the last windows of a spending, newest first, as far as enough is known before each."""
    length = spending.window_days
    known = 7 * int(np.bitwise_or.reduce(spending.weeks, axis=None)).bit_length()
    needed = min(recent_days, length)
    return [
        Window(cents, bought_within(spending.weeks, length * place, recent_days))
        for place, cents in enumerate(spending.windows, start=1)
        if known - length * place >= needed
    ]


def bought_within(weeks: npt.NDArray[np.uint64], ago: int, days: int) -> Bools:
    """Say what was bought in so many days that ended so many days ago; both in whole weeks."""
    span = (1 << -(-days // 7)) - 1 << -(-ago // 7)
    return np.asarray(weeks & np.uint64(span & (1 << 64) - 1)) > 0


def wanted(task: str, window: Window, usual: Matrix) -> Bools:
    """Say what each member wanted: members x interests.

    `usual` is each interest's share of everybody's spending.
    """
    bought: Bools = window.cents > 0
    if task == "novel":
        return np.asarray(bought & ~window.recent)
    spent = np.maximum(window.cents, 0)
    if task == "favourites":
        return np.asarray(_top(spent) & bought)
    share = spent / np.maximum(spent.sum(axis=1, keepdims=True), 1)
    apart = np.zeros_like(share)
    rows, columns = np.nonzero(bought)
    own = share[rows, columns]
    apart[rows, columns] = own * np.log(own / usual[columns])
    return np.asarray(_top(apart) & (apart > 0))


def top_of(interests: int) -> int:
    """Give how many of so many interests a member's favourites are."""
    return min(TOP, max(1, interests // 4))


def _top(scores: npt.NDArray[np.int64] | Matrix) -> Bools:
    """Mark each row's highest above 0; of equals, the first."""
    count = top_of(scores.shape[1])
    least = np.partition(scores, -count, axis=1)[:, -count, None]
    marked: Bools = (scores >= least) & (scores > 0)
    odd = np.flatnonzero(marked.sum(axis=1) > count)
    best = np.argsort(-scores[odd], axis=1, kind="stable")[:, :count]
    marked[odd] = False
    marked[odd[:, None], best] = True
    return marked


def wanted_of_late(task: str, windows: Sequence[Window], usual: Matrix) -> Matrix:
    """Give how much of late each member wanted each interest, 0 to 1; newer windows count more."""
    weights = FADING[: len(windows)]
    found = np.zeros(windows[0].cents.shape)
    for weight, window in zip(weights, windows, strict=False):
        found += weight * wanted(task, window, usual)
    return found / sum(weights)


def shrunk(rates: Matrix, groups: Labels, count: int, prior: float = PRIOR) -> Matrix:
    """Give each group's mean rate, drawn towards everybody's: groups x interests.

    Rows of group -1 count for everybody only.
    """
    everybody = rates.mean(axis=0)
    inside = groups >= 0
    sizes = np.bincount(groups[inside], minlength=count)[:, None]
    total = np.zeros((count, rates.shape[1]))
    np.add.at(total, groups[inside], rates[inside])
    found: Matrix = (total + prior * everybody) / (sizes + prior)
    return found


def best(rates: Matrix, slots: int) -> Labels:
    """Give the interests of the highest rates, best first, of equals the first: rows x slots."""
    return np.argsort(-rates, axis=1, kind="stable")[:, :slots].astype(np.int64)
