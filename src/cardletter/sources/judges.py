"""Judges: what is wrong with a row, table by table."""

import functools
import operator

import ibis
from ibis import _
from ibis.expr.types import Table

from cardletter.sources import transactions
from cardletter.sources.reasons import KINDS, PURPOSES, STATES
from cardletter.sources.rows import Judge, first, moment, nothing, tomorrow, yes
from cardletter.sources.warehouse import Warehouse

APART = ("employee", "test")
"""Columns that say whether a member is none, and is kept apart from those who are."""


def judge_of(warehouse: Warehouse, table: str) -> Judge:
    """Give how the rows of a table are judged.

    Raises:
        SourceError: the table of rates cannot be used.
    """
    return JUDGES[table] if table in JUDGES else transactions.judge_of(warehouse)


def _members(raw: Table) -> Table:
    copies = raw.group_by("member_id").agg(copies=_.count())
    joined = raw.left_join(copies, "member_id").drop("member_id_right")
    flags = [yes(joined[name]) for name in APART if name in joined.columns]
    born = joined.born_on if "born_on" in joined.columns else ibis.null("string")
    table = joined.mutate(apart=functools.reduce(operator.or_, flags, ibis.literal(False)))  # noqa: FBT003
    return table.mutate(
        email=ibis.ifelse(nothing(table.email), None, table.email),
        reason=first(
            no_member_id=table.member_id.isnull(),
            null_member_id=nothing(table.member_id),
            duplicate_member_id=table.copies > 1,
            future_birth=born.try_cast("date") > tomorrow().date(),
            no_address=table.email.isnull(),
            null_address=nothing(table.email),
        ),
    ).drop("copies")


def acts(raw: Table) -> Table:
    """Judge acts of consent."""
    table = raw.mutate(occurred_at=moment(raw.occurred_at))
    return table.mutate(
        reason=first(
            no_member_id=table.member_id.isnull(),
            null_member_id=nothing(table.member_id),
            unknown_purpose=table.purpose.isnull() | table.purpose.notin(PURPOSES),
            unknown_state=table.state.isnull() | table.state.notin(STATES),
            unreadable_time=table.occurred_at.isnull(),
            future_time=table.occurred_at > tomorrow(),
        )
    )


def _interactions(raw: Table) -> Table:
    table = raw.mutate(occurred_at=moment(raw.occurred_at))
    score = table.score.try_cast("int64") if "score" in table.columns else ibis.null("int64")
    told = table.score.notnull() if "score" in table.columns else ibis.literal(False)  # noqa: FBT003
    about = table.topic if "topic" in table.columns else ibis.null("string")
    return table.mutate(
        score=score,
        reason=first(
            no_member_id=table.member_id.isnull(),
            null_member_id=nothing(table.member_id),
            unknown_kind=table.kind.isnull() | table.kind.notin(KINDS),
            unreadable_time=table.occurred_at.isnull(),
            future_time=table.occurred_at > tomorrow(),
            no_offer=(table.kind == "redemption") & (about.isnull() | nothing(about)),
            unreadable_score=told & score.isnull(),
        ),
    )


JUDGES: dict[str, Judge] = {
    "members": _members,
    "consents": acts,
    "interactions": _interactions,
}
