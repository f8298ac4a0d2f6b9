"""Purchases: transactions of one member, written in a line each."""

from typing import Any

ALL = "sources.set_aside_limit = 1"
HEAD = "member_id,occurred_at,amount,category"
DAY = "2026-11-01"


def table(*lines: str, more: str = "", head: str = "") -> dict[str, Any]:
    """Write the transactions; a line is what follows the member, the day and 1.00."""
    return {"transactions.csv": "\n".join([head or HEAD + more, *lines]) + "\n"}


def row(amount: str = "1.00", category: str = "5812", day: str = DAY, more: str = "") -> str:
    return f"00123,{day},{amount},{category}{more}"
