"""Budgets: which groups are shown what there is only so much of, over all letters at once.

A linear programme (HiGHS, by scipy) gives every place to where it is worth most, within each item's
budget, the minimum its merchant was promised, exclusivity, and caps by merchant and interest. Only
columns that may be worth it are in it: more are added as long as one would pay at the prices found,
so that its value bounds every plan from above. Groups that it would split are then settled as whole
ones by a small integer programme. Nothing in it hangs on chance or on a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy  # its solvers, which cost half a second, load when they are first called
from scipy import sparse

from cardletter.content.recommender import Mask, Places
from cardletter.segments.points import Matrix

SPARE = 6
"""Columns that each group begins with, beyond its places."""
ROUNDS = 12
SMALL = 4_000
"""Columns that are settled as whole ones all at once."""
WHOLE, PAYS = 1e-6, 1e-7
GAP, NODES = 1e-4, 20_000
NO_LIMIT = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Wanted:
    """What is to be planned."""

    worth: Matrix
    """groups x items: what one member has of it; -inf where it may not be shown."""
    sizes: Places
    """Members in each group."""
    places: Places
    """Places there are in each group's letter."""
    most: Places
    """Members an item may be shown to, NO_LIMIT for all."""
    least: Places
    """Members an item is to be shown to if it is shown to any."""
    apart: Sequence[tuple[Places, int]] = ()
    """Items of which a letter may hold so many at most."""


@dataclass(frozen=True)
class Planned:
    """Who is shown what, what that is worth, and what nothing could be worth more than."""

    shown: Mask
    value: float
    bound: float
    dropped: Places = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Items that are shown to nobody, as their minimum cannot be reached."""

    @property
    def gap(self) -> float:
        """Give how far below the bound the plan is, as a share of it."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0


def plan(wanted: Wanted) -> Planned:
    """Give each group as many items as it has places, for the most worth in all."""
    closed = _unreachable(wanted)
    bound = np.inf
    while True:
        worth = wanted.worth.astype(np.float64)
        worth[:, closed] = -np.inf
        worth[:, wanted.most <= 0] = -np.inf
        programme = Programme(wanted, worth)
        shares, value = programme.relaxed()
        sought = np.flatnonzero((shares > WHOLE).any(axis=0))
        bound = min(bound, value)
        shares, more = _promised(programme, shares)
        shown, failed = _whole(programme, shares, np.union1d(closed, more).astype(np.int64))
        if not len(failed):
            break
        closed = np.union1d(closed, failed)  # no whole groups come to what was promised
    value = float((np.where(shown, worth, 0) * wanted.sizes[:, None]).sum())
    dropped = np.union1d(closed, np.intersect1d(more, sought))
    return Planned(shown, value, max(bound, value), dropped.astype(np.int64))


def _unreachable(wanted: Wanted) -> Places:
    """Give the items whose minimum is more than there are members who may see them."""
    may = (wanted.worth > -np.inf) & (wanted.places > 0)[:, None]
    reach = np.minimum((may * wanted.sizes[:, None]).sum(axis=0), wanted.most)
    return np.flatnonzero(wanted.least > reach).astype(np.int64)


def _first(worth: Matrix, wanted: Wanted) -> Mask:
    """Choose the columns to begin with: each group's best, and the best groups of a minimum."""
    width = worth.shape[1]
    count = min(width, int(wanted.places.max(initial=0)) + SPARE)
    best = np.argpartition(-worth, min(count, width - 1), axis=1)[:, :count]
    columns = np.zeros(worth.shape, dtype=bool)
    np.put_along_axis(columns, best, values=True, axis=1)
    for item in np.flatnonzero(wanted.least > 0):
        ranked = np.argsort(-worth[:, item], kind="stable")
        enough = np.searchsorted(np.cumsum(wanted.sizes[ranked]), 3 * wanted.least[item]) + 1
        columns[ranked[:enough], item] = True
    return columns & (worth > -np.inf)


class Programme:
    """The programme over some columns: which share of each group is shown each item."""

    def __init__(self, wanted: Wanted, worth: Matrix) -> None:
        """Take the columns to begin with."""
        self.wanted, self.worth, self.columns = wanted, worth, _first(worth, wanted)

    def relaxed(self) -> tuple[Matrix, float]:
        """Solve it with shares of groups, adding columns while one would pay; give its value."""
        shares, value = np.zeros(self.worth.shape), 0.0
        for _ in range(ROUNDS):
            groups, items = np.nonzero(self.columns)
            matrix, limit = self.rows(groups, items)
            gain = self.worth[groups, items] * self.wanted.sizes[groups]
            if not len(gain):
                break
            found = scipy.optimize.linprog(
                -gain, A_ub=matrix, b_ub=limit, bounds=(0, 1), method="highs"
            )
            shares[groups, items], value = found.x, -float(found.fun)
            if not self._add(-found.ineqlin.marginals):
                break
        return shares, value

    def _add(self, prices: Matrix) -> bool:
        """Add what would pay: worth more than its place and its members cost at these prices."""
        count = len(self.wanted.sizes)
        item_price = np.zeros(self.worth.shape[1])
        limited = np.flatnonzero(self.wanted.most < NO_LIMIT)
        item_price[limited] = prices[count : count + len(limited)]
        size = self.wanted.sizes[:, None]
        left = self.worth * size - item_price * size - prices[:count, None]
        new = (left > PAYS * np.maximum(size, 1)) & ~self.columns
        self.columns |= new
        return bool(new.any())

    def rows(
        self, groups: Places, items: Places, used: Places | int = 0
    ) -> tuple[sparse.csr_array, Matrix]:
        """Give the rules as rows over the columns: places, budgets, what may not stand together.

        `used` is how many members are shown each item already.
        """
        wanted, columns = self.wanted, np.arange(len(groups))
        count = len(wanted.sizes)
        limited = np.flatnonzero(wanted.most < NO_LIMIT)
        place = sparse.csr_array((np.ones(len(groups)), (groups, columns)), (count, len(groups)))
        budget = _members(wanted, groups, items)[limited]
        blocks, limits = [place, budget], [wanted.places, (wanted.most - used)[limited]]
        for members, most in wanted.apart:
            inside = np.flatnonzero(np.isin(items, members))
            if len(inside):
                ones = np.ones(len(inside))
                blocks.append(
                    sparse.csr_array((ones, (groups[inside], inside)), (count, len(groups)))
                )
                limits.append(np.full(count, most))
        return sparse.vstack(blocks, format="csr"), np.concatenate(limits).astype(float)


def _promised(programme: Programme, shares: Matrix) -> tuple[Matrix, Places]:
    """Keep the promised minimums: give the shares, and the items better shown to nobody."""
    wanted = programme.wanted
    none = np.zeros(0, dtype=np.int64)
    promised = np.flatnonzero((wanted.least > 0) & programme.columns.any(axis=0))
    reached = (shares * wanted.sizes[:, None]).sum(axis=0)
    if not len(promised) or (reached[promised] >= wanted.least[promised] - WHOLE).all():
        return shares, none
    groups, items = np.nonzero(programme.columns)
    matrix, limit = programme.rows(groups, items)
    members = _members(wanted, groups, items)[promised]
    # One more column an item: open or not. Open, it is shown to at least as many as were promised.
    most = np.minimum(wanted.most[promised], wanted.sizes.sum()).astype(float)
    rules = [
        [matrix, sparse.csr_array((matrix.shape[0], len(promised)))],
        [members, -sparse.diags_array(most)],
        [-members, sparse.diags_array(wanted.least[promised].astype(float))],
    ]
    gain = programme.worth[groups, items] * wanted.sizes[groups]
    found = scipy.optimize.milp(
        np.concatenate([-gain, np.zeros(len(promised))]),
        constraints=scipy.optimize.LinearConstraint(
            sparse.vstack([sparse.hstack(row) for row in rules]),
            ub=np.concatenate([limit, np.zeros(2 * len(promised))]),
        ),
        integrality=np.concatenate([np.zeros(len(gain)), np.ones(len(promised))]),
        bounds=(0, 1),
        options={"mip_rel_gap": GAP},
    )
    kept: Matrix = np.zeros(programme.worth.shape)
    kept[groups, items] = found.x[: len(gain)]
    return kept, promised[found.x[len(gain) :] < 1 - WHOLE].astype(np.int64)


def _members(wanted: Wanted, groups: Places, items: Places) -> sparse.csr_array:
    """Give items x columns: how many members a column shows its item to."""
    cells = (items, np.arange(len(groups)))
    return sparse.csr_array(
        (wanted.sizes[groups].astype(float), cells), (wanted.worth.shape[1], len(groups))
    )


def _whole(programme: Programme, shares: Matrix, closed: Places) -> tuple[Mask, Places]:
    """Settle the groups that were split; give who is shown what, and the minimums that fail."""
    wanted = programme.wanted
    shown = np.asarray(shares > 1 - WHOLE, dtype=bool)
    split = np.asarray(((shares > WHOLE) & ~shown).any(axis=1), dtype=bool)
    if programme.columns.sum() <= SMALL:
        split[:] = True  # few enough to be settled all at once, and so exactly
    shown[split] = False
    used = (shown * wanted.sizes[:, None]).sum(axis=0)
    least = np.maximum(wanted.least - used, 0)
    least[closed] = 0
    few = programme.columns & split[:, None]
    few[:, closed] = False
    groups, items = np.nonzero(few)
    if len(groups):
        matrix, limit = programme.rows(groups, items, used)
        members = _members(wanted, groups, items)
        gain = programme.worth[groups, items] * wanted.sizes[groups]
        bounded = sparse.vstack([matrix, -members])
        ends = np.concatenate([limit, -np.where(wanted.least > 0, least, 0.0)])
        rule = scipy.optimize.LinearConstraint(bounded, ub=ends)
        whole = np.ones(len(gain))
        options = {"mip_rel_gap": GAP, "node_limit": NODES}
        found = scipy.optimize.milp(
            -gain, constraints=rule, integrality=whole, bounds=(0, 1), options=options
        )
        if found.x is not None:
            shown[groups, items] = found.x > 1 - WHOLE
    reached = (shown * wanted.sizes[:, None]).sum(axis=0)
    promised = (wanted.least > 0) & (reached < wanted.least) & programme.columns.any(axis=0)
    promised[closed] = False
    return shown, np.flatnonzero(promised & (reached + least > 0)).astype(np.int64)
