"""Features: what each member spends, how often and how lately, by interest.

Summed up where the data is, in the long form (one row per member and interest): a wide table in SQL
costs ten times as much. Members whose yes to profiling does not count, and test members, are not
looked at at all.
"""

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from cardletter.consent import counting
from cardletter.errors import stop_on_errors
from cardletter.profiles.interests import Interests, read_interests
from cardletter.profiles.spending import DAYS, write_profiles
from cardletter.profiles.windows import read_window_days
from cardletter.progress import Counts
from cardletter.sources import Warehouse, checked
from cardletter.workspace import Workspace, stage

MEMBERS = "members.parquet"
"""private/: member_id, profiled (may spending shape the mail), one row per member, sorted."""


@stage("profile")
def build(desk: Workspace) -> Counts:
    """Sum up spending by member and interest, for the members who said yes to profiling.

    Writes profiles.parquet, the days it is folded from, and members.parquet to the private folder,
    and categories.json to the edition's: how many purchases fell under an interest, were left out,
    or were unknown.
    """
    interests, findings = read_interests(desk.project)
    stop_on_errors(findings)
    warehouse = Warehouse(desk.settings)
    members = _members(desk, warehouse)
    window_days = read_window_days(desk.project)
    _write_days(desk, warehouse, members, interests)
    features = write_profiles(desk, window_days)
    members.to_parquet(desk.private / MEMBERS, index=False)
    desk.write_json("categories.json", _categories(warehouse, interests))
    return {
        "members": len(members),
        "profiled": int(members["profiled"].sum()),
        "features": features,
    }


def _members(desk: Workspace, warehouse: Warehouse) -> pd.DataFrame:
    table = checked(warehouse, "members")
    known = [name for name in ("member_id", "country", "apart") if name in table.columns]
    ids: pd.DataFrame = table.select(*known).order_by("member_id").to_pandas()
    members = ids.reindex(columns=["member_id", "country"]).astype("string")
    yes = counting(desk, "profiling", members)
    return ids[["member_id"]].assign(profiled=ids["member_id"].isin(yes) & ~ids["apart"])


def _write_days(
    desk: Workspace, warehouse: Warehouse, members: pd.DataFrame, interests: Interests
) -> None:
    asked = ibis.memtable(members.loc[members["profiled"], ["member_id"]].astype("string"))
    spending = _by_interest(warehouse, interests).inner_join(asked, "member_id")
    summed = spending.group_by("member_id", "interest", day=_.occurred_at.date()).agg(
        cents=_.cents.sum().cast("int64"), purchases=(_.cents > 0).sum().cast("int32")
    )
    folder = desk.private / DAYS
    folder.mkdir(exist_ok=True)
    part = folder / ".all.parquet.part"
    warehouse.connection.to_parquet(summed, part)
    part.replace(folder / "all.parquet")


def _by_interest(warehouse: Warehouse, interests: Interests) -> Table:
    allowed = pd.DataFrame(interests.of_category.items(), columns=["category", "interest"])
    transactions = checked(warehouse, "transactions")
    return transactions.inner_join(ibis.memtable(allowed), "category")


def _categories(warehouse: Warehouse, interests: Interests) -> dict[str, int]:
    """Count purchases by what the allow-list says of their category."""
    counted = checked(warehouse, "transactions").group_by("category").agg(rows=_.count())
    kinds = {"interest": 0, "sensitive": 0, "uninformative": 0, "unknown": 0}
    for row in counted.to_pandas().itertuples():
        kinds[_kind(str(row.category), interests)] += int(row.rows)
    return kinds


def _kind(category: str, interests: Interests) -> str:
    if category in interests.of_category:
        return "interest"
    if category in interests.sensitive:
        return "sensitive"
    return "uninformative" if category in interests.uninformative else "unknown"
