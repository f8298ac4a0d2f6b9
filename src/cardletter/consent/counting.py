"""Counting: whose yes counts now, by method, time, wording and where the member lives."""

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files

import duckdb
import pandas as pd

from cardletter.consent.jurisdictions import read_rules
from cardletter.consent.wordings import revoked_acts
from cardletter.ledger import now
from cardletter.workspace import Workspace

RULE = files("cardletter.consent").joinpath("counting.sql").read_text(encoding="utf-8")
"""The rule itself, as a statement that teaches it to an engine which has its tables."""

TEXT = ("member_id", "state", "method", "jurisdiction")


def counting(desk: Workspace, purpose: str, members: pd.DataFrame) -> set[str]:
    """Give the members (member_id, country) whose yes to a purpose counts now.

    Raises:
        FilesError: the file of revoked wordings has findings.
    """
    acts = acts_of(desk, desk.ledger.consented(purpose), members)
    told = judged(acts | {"members": members}, now())
    return set(told.loc[told["fault"].isna(), "member_id"]) & set(members["member_id"])


def acts_of(
    desk: Workspace, consents: pd.DataFrame, members: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Give the tables that the rule looks at, beside the members: consents, rules, revoked."""
    revoked = pd.Series(sorted(revoked_acts(desk)), dtype="int64")
    return {
        "consents": consents.astype(dict.fromkeys(TEXT, "string")),
        "rules": _rules(members, consents),
        "revoked": pd.DataFrame({"consent_id": revoked}),
    }


def judged(tables: Mapping[str, pd.DataFrame], moment: datetime) -> pd.DataFrame:
    """Give member_id, consent_id, occurred_at, and fault: why an act is no yes, or null."""
    engine = duckdb.connect()
    for name, table in tables.items():
        engine.register(name, table)
    engine.execute(RULE)
    return engine.execute("FROM counted($now)", {"now": moment}).df()


def _rules(members: pd.DataFrame, consents: pd.DataFrame) -> pd.DataFrame:
    """Give for how many months each method counts, for every country and jurisdiction there is."""
    rules = read_rules()
    seen = consents[["jurisdiction", "method"]].drop_duplicates()
    countries = members["country"].drop_duplicates()
    rows = [
        (country, where, method, rules.counts_for(method, *_places(country, where)))
        for country in countries
        for where, method in seen.astype(str).itertuples(index=False)
    ]
    table = pd.DataFrame(rows, columns=["country", "jurisdiction", "method", "months"])
    text = dict.fromkeys(("country", "jurisdiction", "method"), "string")
    return table.astype({**text, "months": "Int64"})


def _places(country: object, jurisdiction: str) -> list[str | None]:
    """Give where an act has to count: where the member lives, and where it was given, if told."""
    lives = country if isinstance(country, str) else None
    return [lives, jurisdiction] if jurisdiction else [lives]
