"""Time the gate over a million members, as a ratio to the bare join of the same tables.

The tables are as large as an issuer's: consents of most members, suppressions, letters of the last
weeks, wishes for fewer, members in a handful of countries. The bare join reads the same tables in
the same engine and gives no verdict; both run interleaved, and the medians are compared.

    python benchmarks/gate.py [--members 1000000] [--rounds 7]
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import datetime

import duckdb
import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from cardletter.consent import read_rules
from cardletter.permission.gate import judge
from cardletter.settings import Permission

NOW = datetime(2026, 12, 3, 8)  # noqa: DTZ001 - the ledger's clock has no zone
COUNTRIES = ("US", "GB", "CA", "DE", "FR", "JP")
METHODS = ("web_form", "implied_purchase", "soft_opt_in", "pre_ticked")
BARE = """
    SELECT count(*), count(email), count(state), count(rules.months), sum(letters), count(days)
    FROM candidates
    LEFT JOIN members USING (member_id)
    LEFT JOIN consents USING (member_id)
    LEFT JOIN suppressed USING (member_id)
    LEFT JOIN letters USING (member_id)
    LEFT JOIN asked USING (member_id)
    LEFT JOIN zones USING (time_zone)
    LEFT JOIN rules ON rules.country IS NOT DISTINCT FROM members.country
        AND rules.jurisdiction = consents.jurisdiction AND rules.method = consents.method
"""


def tables(members: int) -> dict[str, pd.DataFrame]:
    """Make what the gate looks at, at random from a fixed seed."""
    rng = np.random.default_rng(7)
    ids = pd.Series([f"M{number:012d}" for number in range(members)], dtype="string")
    email = ("m" + ids.str[1:] + "@example.com").astype("string")
    country = pd.Series(rng.choice(COUNTRIES, members), dtype="string")

    def some(share: float) -> pd.Series:
        return ids[rng.random(members) < share].reset_index(drop=True)

    said = some(0.85)
    when = np.datetime64("2023-01-01", "us") + rng.integers(0, 1_400, len(said)) * np.timedelta64(
        1, "D"
    )
    sent, fewer = some(0.9), some(0.05)
    rules = read_rules()
    return {
        "candidates": pd.DataFrame(
            {"member_id": ids, "marketing": True, "in_audience": True, "held_out": False}
        ),
        "members": pd.DataFrame(
            {
                "member_id": ids,
                "email": email,
                "address": email.mask(rng.random(members) < 0.01),
                "country": country,
                "time_zone": "Europe/London",
                "born_on": pd.Timestamp("1980-01-01"),
                "closed_on": pd.Series(pd.NA, index=ids.index, dtype="string"),
                "deceased": rng.random(members) < 0.001,
                "apart": rng.random(members) < 0.001,
            }
        ),
        "consents": pd.DataFrame(
            {
                "member_id": said,
                "state": rng.choice(["granted", "withdrawn"], len(said), p=[0.95, 0.05]),
                "consent_id": np.arange(len(said)),
                "occurred_at": when,
                "method": rng.choice(METHODS, len(said), p=[0.9, 0.05, 0.04, 0.01]),
                "jurisdiction": "US",
            }
        ),
        "suppressed": pd.DataFrame({"member_id": some(0.05)}),
        "letters": pd.DataFrame(
            {
                "member_id": sent,
                "letters": rng.integers(1, 5, len(sent)),
                "last_at": pd.Timestamp("2026-11-03"),
            }
        ),
        "asked": pd.DataFrame({"member_id": fewer, "days": 80}),
        "rules": pd.DataFrame(
            [
                (place, "US", method, rules.counts_for(method, place, "US"))
                for place in COUNTRIES
                for method in METHODS
            ],
            columns=["country", "jurisdiction", "method", "months"],
        ).astype({"months": "Int64"}),
        "revoked": pd.DataFrame({"consent_id": np.arange(0, len(said), 1_000)}),
        "zones": pd.DataFrame({"time_zone": ["Europe/London"], "quiet": [False]}),
    }


def bare(given: dict[str, pd.DataFrame]) -> None:
    """Join the tables, and give no verdict."""
    engine = duckdb.connect()
    for name, table in given.items():
        engine.register(name, table)
    engine.execute(BARE).fetchall()


def seconds(work: Callable[[], object]) -> float:
    """Time a piece of work."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Run both arms in turn and print their medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    given, limits = tables(asked.members), Permission()
    arms: dict[str, Callable[[], object]] = {
        "the bare join": lambda: bare(given),
        "the gate": lambda: judge(given, limits, NOW),
    }
    took: dict[str, list[float]] = {name: [] for name in arms}
    for _ in range(asked.rounds):
        for name, work in arms.items():
            took[name].append(seconds(work))
    medians = {name: statistics.median(times) for name, times in took.items()}
    table = Table("", "seconds (median)", "members/s", "ratio")
    for name, median in medians.items():
        ratio = median / medians["the bare join"]
        table.add_row(name, f"{median:.2f}", f"{asked.members / median:,.0f}", f"{ratio:.2f}")
    Console().print(table)
    reasons = judge(given, limits, NOW).value_counts(["outcome", "reason"])
    Console().print(reasons.to_string())


if __name__ == "__main__":
    main()
