"""Features: what each member spends, how often and how lately, by interest.

Summed up in the long form (one row per member and interest): a wide table in SQL costs ten times as
much. Members whose yes to profiling does not count, and test members, are not
looked at at all.
"""

import pandas as pd

from cardletter.consent import counting
from cardletter.errors import stop_on_errors
from cardletter.profiles.gathering import gather
from cardletter.profiles.interests import Interests, read_interests
from cardletter.profiles.spending import write_profiles
from cardletter.profiles.windows import read_window_days
from cardletter.progress import Counts
from cardletter.sources import Warehouse, checked, notes_of
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
    window_days = read_window_days(desk.project)
    warehouse = Warehouse(desk.settings, desk.private)
    members = _members(desk, warehouse)
    asked = pd.Index(members.loc[members["profiled"], "member_id"]).sort_values()
    gather(desk, warehouse, asked, interests)
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


def _categories(warehouse: Warehouse, interests: Interests) -> dict[str, int]:
    """Count purchases by what the allow-list says of their category."""
    kinds = {"interest": 0, "sensitive": 0, "uninformative": 0, "unknown": 0}
    for note in notes_of(warehouse).values():
        for category, rows in note["categories"].items():
            kinds[_kind(category, interests)] += rows
    return kinds


def _kind(category: str, interests: Interests) -> str:
    if category in interests.of_category:
        return "interest"
    if category in interests.sensitive:
        return "sensitive"
    return "uninformative" if category in interests.uninformative else "unknown"
