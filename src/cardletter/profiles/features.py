"""Features: what each member spends, how often and how lately, by interest.

Summed up in the long form (one row per member and interest): a wide table in SQL costs ten times as
much. Members whose yes to profiling does not count, and test members, are not
looked at at all.
"""

import pandas as pd

from cardletter.consent import counting
from cardletter.errors import stop_on_errors
from cardletter.profiles.engagement import observe
from cardletter.profiles.gathering import gather
from cardletter.profiles.interests import Interests, read_interests
from cardletter.profiles.profile import MEMBERS, profiled
from cardletter.profiles.spending import write_profiles
from cardletter.profiles.windows import read_windows
from cardletter.progress import Counts
from cardletter.sources import Warehouse, checked, notes_of
from cardletter.workspace import Workspace, stage


@stage("profile")
def build(desk: Workspace) -> Counts:
    """Sum up spending by member and interest, for the members who said yes to profiling.

    Writes to the private folder profiles.parquet (by interest), members.parquet (all of it
    together), clicks.parquet, and the days that profiles are folded from; and categories.json to
    the edition's: how many purchases fell under an interest, were left out, or were unknown.
    """
    interests, findings = read_interests(desk.project)
    stop_on_errors(findings)
    windows = read_windows(desk.project)
    warehouse = Warehouse(desk.settings, desk.private)
    members = _members(desk, warehouse)
    asked = pd.Index(members.loc[members["profiled"], "member_id"]).sort_values()
    gather(desk, warehouse, asked, interests)
    written = write_profiles(desk, windows)
    clicks = observe(desk, members, written.as_of)
    told = profiled(members, written.totals, written.as_of, windows.window_days)
    told.to_parquet(desk.private / MEMBERS, index=False)
    desk.write_json("categories.json", _categories(warehouse, interests))
    counts = {"members": len(members), "profiled": len(asked), "features": written.rows}
    return counts | ({"clicks": clicks} if clicks else {})


def _members(desk: Workspace, warehouse: Warehouse) -> pd.DataFrame:
    """Give member_id, country, joined_on, and profiled; nothing else of who is not profiled."""
    table = checked(warehouse, "members")
    asked = ("member_id", "country", "joined_on", "apart")
    known = [name for name in asked if name in table.columns]
    ids: pd.DataFrame = table.select(*known).order_by("member_id").to_pandas()
    members = ids.reindex(columns=list(asked[:3])).astype("string")
    yes = counting(desk, "profiling", members[["member_id", "country"]])
    members = members.assign(profiled=members["member_id"].isin(yes) & ~ids["apart"])
    return members.assign(joined_on=members["joined_on"].where(members["profiled"]))


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
