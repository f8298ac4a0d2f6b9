"""Engagement: what members followed links about in their letters, observed and not declared.

Clicks of people count, of members who let us record them and let us look at what they do; both are
asked again each time, so that a yes taken back takes what it allowed with it.
"""

import datetime as dt
import json
from pathlib import Path

import pandas as pd

from cardletter.consent import counting
from cardletter.ledger.haste import clicks_by_people
from cardletter.workspace import Workspace

ENGAGEMENT = "clicks.parquet"
"""private/: member_id, interest, letters (of the last year, in which a link about it was followed).
"""

LINKED = "links.json"
"""An edition's: by link of a letter, the interests that it speaks of."""

YEAR = dt.timedelta(days=365)
COLUMNS = ["member_id", "interest", "letters"]


def observe(desk: Workspace, members: pd.DataFrame, as_of: dt.date) -> int:
    """Write how often each member (member_id, country, profiled) followed links, by interest.

    Gives the number of rows.
    """
    files = sorted(desk.root.glob(f"editions/[!.]*/{LINKED}"))
    found = [_clicked(desk, file) for file in files]
    clicks = pd.concat([pd.DataFrame(columns=["at", "message_id", *COLUMNS[:2]]), *found])
    clicks = clicks[pd.to_datetime(clicks["at"]) >= pd.Timestamp(as_of - YEAR)]
    asked = members[members["profiled"] & members["member_id"].isin(clicks["member_id"])]
    yes = counting(desk, "tracking", asked[["member_id", "country"]]) if len(asked) else set()
    clicks = clicks[clicks["member_id"].isin(yes)]
    letters = clicks.groupby(COLUMNS[:2])["message_id"].nunique().rename("letters").reset_index()
    letters.astype({"letters": "int32"}).to_parquet(desk.private / ENGAGEMENT, index=False)
    return len(letters)


def read_engagement(desk: Workspace) -> pd.DataFrame:
    """Read member_id, interest, letters; no rows where nothing was observed."""
    file = desk.private / ENGAGEMENT
    return pd.read_parquet(file) if file.is_file() else pd.DataFrame(columns=COLUMNS)


def _clicked(desk: Workspace, file: Path) -> pd.DataFrame:
    """Give at, message_id, member_id and interest of an edition's clicks."""
    interests = json.loads(file.read_text(encoding="utf-8"))
    clicks = clicks_by_people(desk.ledger, file.parent.name)
    told = clicks.assign(interest=clicks["link"].map(interests)).dropna(subset="interest")
    return told.rename(columns={"occurred_at": "at"}).drop(columns="link").explode("interest")
