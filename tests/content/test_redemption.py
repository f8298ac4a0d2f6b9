"""Redemption: what was redeemed before says most, and nothing of the future is looked at."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from cardletter.content.redemption import HALF_LIFE, PRIOR_SHOWN, Redemption, history

SINCE = pd.Timestamp("2026-01-01")


def events(*rows: tuple[str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["member_id", "day"])
    return table.assign(day=pd.to_datetime(table["day"]))


SHOWN = events(*[("a", f"2026-0{month}-01") for month in range(1, 7)], ("b", "2026-02-01"))
REDEEMED = events(("a", "2026-01-31"), ("a", "2026-03-01"), ("a", "2026-06-01"))


def test_history_is_what_was_shown_and_redeemed_before_the_day():
    pairs = events(("a", "2026-03-02"), ("b", "2026-03-02"), ("c", "2026-03-02"))
    known = history(pairs, SHOWN, REDEEMED, SINCE)
    overall = 2 / 4  # two redeemed of the four that anybody was shown by then
    rates = [(2 + 4 * overall) / (3 + 4), 4 * overall / (1 + 4), overall]
    assert PRIOR_SHOWN == 4
    assert known["rate"].tolist() == pytest.approx(rates)
    faded = 2 ** (-30 / HALF_LIFE) + 2 ** (-1 / HALF_LIFE)
    assert known["lately"].tolist() == pytest.approx([faded, 0, 0])
    assert known["monthly"].tolist() == pytest.approx([2 / (60 / 30), 0, 0])


def test_what_happens_on_the_day_or_later_changes_nothing():
    pairs = events(("a", "2026-06-01"), ("b", "2026-04-01"), ("a", "2026-02-01"))
    later = events(("a", "2026-06-01"), ("b", "2026-06-02"), ("a", "2026-07-01"))
    before = history(pairs, SHOWN, REDEEMED[:2], SINCE)
    shown = pd.concat([SHOWN, later])
    redeemed = pd.concat([REDEEMED, later])
    pd.testing.assert_frame_equal(history(pairs, shown, redeemed, SINCE), before)


def test_pairs_come_back_in_their_own_order():
    pairs = events(("a", "2026-06-02"), ("a", "2026-01-02"), ("a", "2026-03-02"))
    counts = history(pairs, SHOWN, REDEEMED, SINCE)["lately"]
    assert counts.iloc[1] == 0
    assert counts.iloc[0] > 0
    assert counts.iloc[2] > 0


def test_a_planted_taste_for_offers_is_found_again():
    random = np.random.default_rng(3)
    features = pd.DataFrame({"rate": random.random(2_000), "noise": random.random(2_000)})
    true = 1 / (1 + np.exp(4 - 6 * np.log1p(features["rate"])))
    redeemed = random.random(2_000) < true
    model = Redemption().fit(features[:1_000], redeemed[:1_000])
    chance = model.chance(features[1_000:])
    assert ((chance > 0) & (chance < 1)).all()
    assert roc_auc_score(redeemed[1_000:], chance) > 0.95 * roc_auc_score(
        redeemed[1_000:], true[1_000:]
    )
    assert abs(chance.mean() - redeemed[1_000:].mean()) < 0.04


def test_columns_are_read_by_name_whatever_their_order():
    features = pd.DataFrame({"rate": [0.0, 1.0] * 20, "lately": [0.0, 2.0, 1.0, 0.0] * 10})
    model = Redemption().fit(features, np.array([False, True] * 20))
    swapped = features[["lately", "rate"]]
    assert model.chance(swapped).tolist() == model.chance(features).tolist()


@pytest.mark.parametrize("redeemed", [[True] * 3, [False] * 3])
def test_from_all_or_none_nothing_is_learned(redeemed: list[bool]):
    with pytest.raises(ValueError, match="some offers must have been redeemed and some not"):
        Redemption().fit(pd.DataFrame({"rate": [1, 2, 3]}), np.array(redeemed))
