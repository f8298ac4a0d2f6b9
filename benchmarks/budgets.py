"""Time the plan of budgets over all letters, and how near it comes to what nothing can beat.

python benchmarks/budgets.py
"""

import resource
import time

import numpy as np

from cardletter.content.budgets import NO_LIMIT, Wanted, plan

SIZES = ((337, 1_000, 200), (1_349, 1_000, 200), (1_349, 4_000, 200), (1_349, 1_000, 800))


def wanted(groups: int, items: int, budgets: int) -> Wanted:
    """Invent what is wanted: some budgets for a group or two, some for many."""
    rng = np.random.default_rng(1)
    worth = rng.gamma(1, 0.1, (groups, items))
    sizes = rng.integers(200, 1_283, groups)
    each = sizes.sum() * 4 / items
    limited = rng.choice(items, budgets, replace=False)
    most, least = np.full(items, NO_LIMIT), np.zeros(items, dtype=np.int64)
    most[limited] = (each * rng.uniform(0.3, 3, budgets)).astype(int)
    least[limited[: budgets // 5]] = most[limited[: budgets // 5]] // 2
    worth[:, limited] *= 1.5
    return Wanted(worth, sizes, np.full(groups, 4), most, least)


def main() -> None:
    """Plan at every size."""
    for size in SIZES:
        asked, began = wanted(*size), time.process_time()
        found = plan(asked)
        seconds = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        named = "{:,} groups x {:,} items, {} budgets".format(*size)
        print(f"{named:<42} {seconds:5.1f} cpu s, gap {found.gap:.2%}, peak {peak:.2f} GiB")


if __name__ == "__main__":
    main()
