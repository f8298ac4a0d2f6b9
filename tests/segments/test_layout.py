"""On the map boxes give way to each other until none lies on another."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.segments.layout import _meeting, untangled

SIDES = np.array([1_000.0, 720.0])


def meeting(places: np.ndarray, halves: np.ndarray) -> list[tuple[int, int]]:
    """Look at all pairs."""
    over = halves[:, None] + halves - np.abs(places[:, None] - places)
    meets = (over > 0).all(axis=2)
    np.fill_diagonal(meets, val=False)
    return [(int(one), int(other)) for one, other in zip(*np.nonzero(meets), strict=True)]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_the_boxes_that_lie_on_each_other_are_found_without_looking_at_all_pairs(
    count: int, seed: int
):
    rng = np.random.default_rng(seed)
    places = rng.integers(0, 60, (count, 2)).astype(float)
    halves = rng.integers(1, 12, (count, 2)).astype(float)
    assert list(zip(*map(np.ndarray.tolist, _meeting(places, halves)), strict=True)) == meeting(
        places, halves
    )


def test_where_there_is_room_no_box_lies_on_another_and_none_leaves_the_page():
    rng = np.random.default_rng(7)
    halves = np.c_[rng.uniform(4, 30, 60), rng.uniform(4, 12, 60)]
    places = untangled(rng.uniform(300, 500, (60, 2)), halves, SIDES)
    assert meeting(places, halves - 0.5) == []  # to half a dot
    assert (places >= halves).all()
    assert (places <= SIDES - halves).all()
