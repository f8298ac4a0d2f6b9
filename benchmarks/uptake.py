"""How many members must have taken up items before it is worth learning what goes with what.

Members of planted tastes are shown half of a catalogue and take up what they like more often. Of
what is left, the two best by what all want and the two best by what goes with what a member took
up are held against how likely the member truly is to take them up.

    python benchmarks/uptake.py
"""

import numpy as np
from scipy import sparse

from cardletter.content.recommender import Drawn, Popularity, Recommender

ITEMS, TASTES, FLOOR, TURNS = 120, 6, 20, 5
USUAL, LOVED = 0.02, 0.10
"""How often an item is taken up that is shown, and one of the member's own taste."""


def gain(members: int, seed: int) -> tuple[int, float]:
    """Give who took up two items or more, and what is gained over what all want."""
    rng = np.random.default_rng(seed)
    taste, about = rng.integers(0, TASTES, members), rng.integers(0, TASTES, ITEMS)
    true = np.where(taste[:, None] == about, LOVED, USUAL) * rng.gamma(2, 0.5, ITEMS)
    shown = rng.random(true.shape) < 0.5
    took = shown & (rng.random(true.shape) < true)
    known = took.sum(axis=0) >= FLOOR
    several = took.sum(axis=1) > 1
    taken = sparse.csr_array(took[:, known].astype(np.float32))

    def worth(kind: Recommender) -> float:
        scores = np.where(shown[:, known], -1, kind.fit(taken).score(taken))
        best = np.argsort(-scores, axis=1, kind="stable")[:, :2]
        return float(np.take_along_axis(true[:, known], best, axis=1)[several].mean())

    return int(several.sum()), worth(Drawn()) / worth(Popularity()) - 1


def main() -> None:
    """Print what is gained by the members there are."""
    for members in (1_000, 1_700, 3_000, 10_000, 30_000):
        found = [gain(members, seed) for seed in range(TURNS)]
        several, gains = (np.array(each) for each in zip(*found, strict=True))
        print(
            f"{several.mean():8,.0f} took up two or more: {gains.mean():+.0%}"
            f" ({gains.min():+.0%} to {gains.max():+.0%})"
        )


if __name__ == "__main__":
    main()
