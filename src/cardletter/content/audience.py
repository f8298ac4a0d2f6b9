"""The audience: whom an edition is for, who is held out of it, and who gets which subject.

Lots are drawn by keyed hash, so that nobody can tell who is held out, and the same members are held
out of every edition of the same share: what letters bring is then told over months. All of it is
written down beside the assignments, and so is part of what was planned.
"""

import ibis
import pandas as pd

from cardletter.content.edition import Edition
from cardletter.content.locales import Locales, read_locales
from cardletter.errors import EditionError
from cardletter.links import lot
from cardletter.segments import read_clustering
from cardletter.sources import Warehouse, checked
from cardletter.workspace import Workspace

ASSIGNMENTS = "assignments.parquet"
DRAWN = ("in_audience", "held_out", "arm")
"""What is drawn for every member; the arm is a or b, or nothing where there is one subject only."""
OF_MEMBERS = ("product", "country", "locale")


def draw(desk: Workspace, edition: Edition) -> None:
    """Add to assignments.parquet who is in the audience, who is held out, and whose arm is which.

    Raises:
        EditionError: the audience is smaller than any group may be.
    """
    assigned = pd.read_parquet(desk.file(ASSIGNMENTS))
    assigned["in_audience"] = _in_audience(desk, edition, assigned)
    assigned["held_out"] = _below(desk, "holdout", assigned["member_id"], edition.holdout)
    assigned["arm"] = ""
    if edition.subject_b:
        second = _below(desk, f"arm/{desk.edition}", assigned["member_id"], edition.split)
        assigned["arm"] = second.map({True: "b", False: "a"})
    assigned.to_parquet(desk.file(ASSIGNMENTS), index=False)


def _in_audience(desk: Workspace, edition: Edition, assigned: pd.DataFrame) -> pd.Series:
    if edition.audience.everybody:
        return pd.Series(data=True, index=assigned.index)
    about = assigned.merge(_members(desk), on="member_id", how="left")
    found = in_audience(edition, about, read_locales(desk.project)[0])
    least = read_clustering(desk.project)[0].k_min
    if found.sum() < least:
        raise EditionError(
            f"The audience of edition {desk.edition} has fewer than {least} members (k_min in "
            "segments/clustering.yaml), so a letter to them would be about persons: name more."
        )
    return pd.Series(found.to_numpy(), index=assigned.index)


def in_audience(edition: Edition, about: pd.DataFrame, locales: Locales) -> pd.Series:
    """Tell who is in an edition's audience, of members with segment_id, product, country, locale.

    Who is not known to have what is named is not in it; a locale is that of the letter.
    """
    written = {each: locales.nearest(each) for each in about["locale"].unique()}
    letters = about.assign(locale=about["locale"].map(written))
    inside = pd.Series(data=True, index=about.index)
    for column, named in edition.audience.named.items():
        inside &= letters[column].isin(named)
    excluded = edition.audience.exclude.named
    for column, named in excluded.items():
        inside &= ~letters[column].isin(named)
    return inside


def _members(desk: Workspace) -> pd.DataFrame:
    members = checked(Warehouse(desk.settings), "members")
    known = {
        name: members[name].fill_null("") if name in members.columns else ibis.literal("")
        for name in OF_MEMBERS
    }
    table: pd.DataFrame = members.select("member_id", **known).to_pandas()
    return table


def _below(desk: Workspace, what: str, members: pd.Series, share: float) -> pd.Series:
    """Draw a lot for each member, and tell whose is below a share."""
    if not share:
        return pd.Series(data=False, index=members.index)
    key = desk.hash_key
    names = members.to_numpy(dtype=object)
    return pd.Series([lot(key, what, str(each)) < share for each in names], index=members.index)
