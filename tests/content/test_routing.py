"""Routing: every member goes to the letter that serves them best, and none serves too few."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.content.routing import combined, route


def test_who_is_served_better_by_another_letter_goes_there():
    scores = np.zeros((60, 4), dtype=np.float32)
    scores[:30, 0], scores[30:, 2] = 0.9, 0.9
    home = np.repeat([0, 1], 30)
    home[:3] = 1  # in the other segment, though they want what the first is about
    letters = route(scores, home, slots=1, floor=20)
    assert letters.of.tolist() == [0] * 30 + [1] * 30
    assert letters.wants.argmax(axis=1).tolist() == [0, 2]


def test_a_letter_that_too_few_come_to_closes():
    scores = np.zeros((60, 4), dtype=np.float32)
    scores[:50, 0], scores[50:, 2] = 0.9, 0.9
    letters = route(scores, np.repeat([0, 1], [50, 10]), slots=1, floor=20)
    assert letters.kept.tolist() == [0]
    assert letters.sizes().tolist() == [60]


def test_who_has_no_segment_is_not_routed():
    home = np.array([0] * 30 + [-1] * 5)
    letters = route(np.ones((35, 3), dtype=np.float32), home, slots=2, floor=20)
    assert letters.of.tolist() == [0] * 30 + [-1] * 5


def test_nobody_at_all_is_no_letter():
    letters = route(np.zeros((0, 3), dtype=np.float32), np.zeros(0, dtype=np.int64), 2, 20)
    assert len(letters.kept) == 0


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**31), st.integers(1, 8), st.integers(1, 5))
def test_every_letter_and_every_combination_serves_as_many_as_the_floor(
    seed: int, segments: int, slots: int
):
    rng = np.random.default_rng(seed)
    scores = rng.random((segments * 25, 6)).astype(np.float32)
    home = np.repeat(np.arange(segments), 25)
    letters = route(scores, home, slots, floor=20)
    assert (letters.sizes() >= 20).all()
    assert letters.sizes().sum() == len(home)
    beside = combined(letters.of, scores[:, ::-1].copy(), letters, 1, 20)
    pairs = np.unique(np.stack([letters.of, beside]), axis=1, return_counts=True)[1]
    assert (pairs >= 20).all()
