"""Recommenders: one set of tests for all, on what has a known answer."""

import numpy as np
import pytest
from scipy import sparse

from cardletter.content.recommender import (
    NOTHING,
    Drawn,
    Ease,
    OwnFrequency,
    Popularity,
    Recommender,
    recommend,
)

# Two tastes: items 0, 1, 2 go together, and 3, 4, 5; item 2 is what all of the first like best.
FIRST, SECOND = [2, 1, 3, 0, 0, 0], [0, 0, 0, 1, 1, 2]
TAKEN = np.array([FIRST] * 30 + [SECOND] * 20, dtype=np.float32)
EVERY = pytest.mark.parametrize("kind", [OwnFrequency, Popularity, Ease, Drawn])


@EVERY
class TestEvery:
    def test_scores_are_members_by_items_and_the_same_for_the_same(self, kind: type[Recommender]):
        scores = kind().fit(TAKEN).score(TAKEN)
        assert scores.shape == TAKEN.shape
        assert (scores[0] == scores[29]).all()
        assert (scores == kind().fit(TAKEN).score(TAKEN)).all()

    def test_sparse_and_dense_say_the_same(self, kind: type[Recommender]):
        dense = kind().fit(TAKEN).score(TAKEN)
        thin = sparse.csr_array(TAKEN)
        assert np.allclose(kind().fit(thin).score(thin), dense, atol=1e-4)

    def test_who_took_nothing_is_scored_too(self, kind: type[Recommender]):
        scores = kind().fit(TAKEN).score(np.zeros((1, 6), dtype=np.float32))
        assert np.isfinite(scores).all()

    def test_what_must_not_be_is_not_recommended(self, kind: type[Recommender]):
        scores = kind().fit(TAKEN).score(TAKEN)
        best = recommend(scores, 6, TAKEN > 0)
        assert not np.take_along_axis(TAKEN > 0, np.maximum(best, 0), axis=1)[best >= 0].any()
        assert (best[:, 3:] == NOTHING).all()


def test_own_frequency_goes_on_as_before():
    best = recommend(OwnFrequency().fit(TAKEN).score(TAKEN), 2)
    assert best[0].tolist() == [2, 0]
    assert best[-1].tolist() == [5, 3]


def test_own_frequency_begins_with_what_everybody_took():
    fresh = np.zeros((1, 6), dtype=np.float32)
    assert recommend(OwnFrequency().fit(TAKEN).score(fresh), 1)[0, 0] in (0, 1, 2)


def test_popularity_is_the_share_of_members_who_took_an_item():
    assert Popularity().fit(TAKEN).score(TAKEN)[0].tolist() == pytest.approx([0.6] * 3 + [0.4] * 3)


def test_ease_finds_what_goes_with_what_a_member_took():
    newcomer = np.array([[1, 1, 0, 0, 0, 0], [0, 0, 0, 1, 1, 0]], dtype=np.float32)
    best = recommend(Ease(1).fit(TAKEN).score(newcomer), 1, newcomer > 0)
    assert best.ravel().tolist() == [2, 5]


def test_equals_are_recommended_in_their_order():
    assert recommend(np.zeros((1, 4), dtype=np.float32), 3).tolist() == [[0, 1, 2]]


def test_drawn_begins_with_what_all_want_and_goes_on_with_what_a_member_took():
    members = np.array([[0, 0, 0, 0, 0, 0], [0, 0, 0, 1, 1, 0]], dtype=np.float32)
    drawn = Drawn(1).fit(TAKEN)
    scores, usual = drawn.score(members), Popularity().fit(TAKEN).score(members)
    assert scores[0].tolist() == pytest.approx(usual[0].tolist())
    assert recommend(scores, 1, members > 0)[1, 0] == 5
    assert scores[1].sum() == pytest.approx(usual[1].sum())
