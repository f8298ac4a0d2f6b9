"""Ruling: who meets a rule, whose segment they are in, and that no rule picks out a few people."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from cardletter.profiles import Spending
from cardletter.profiles.profile import profiled, totals
from cardletter.segments.expression import read_condition
from cardletter.segments.facts import Facts
from cardletter.segments.rules import RULES, Rule, Rules
from cardletter.segments.ruling import Ruled, apply
from cardletter.segments.vocabulary import Vocabulary
from cardletter.yamlfile import YamlFile

AS_OF, TODAY, K_MIN = dt.date(2026, 11, 1), dt.date(2026, 11, 27), 20
COUNT = 100
MEMBERS = pd.Index([f"m{number:03d}" for number in range(COUNT)])


def facts() -> Facts:
    """A hundred members: number n spends n cents in a hundred on baking, the rest on pets.

    They baked on n days, last n days ago; member 0 never did. Odd ones live in the US, the first
    ten have no country, the last ten asked for more of baking, and ten more spend nothing.
    """
    number = np.arange(COUNT)
    baking = pd.DataFrame({"row": number, "column": 0, "cents": number, "days": number})
    pets = pd.DataFrame({"row": number, "column": 1, "cents": 100 - number, "days": 1})
    cells = pd.concat([baking[1:], pets], ignore_index=True)
    ago = np.where(cells["column"] == 0, cells["days"], 1)
    cells["last_on"] = np.datetime64(AS_OF) - ago.astype("timedelta64[D]")
    cells["weeks"] = np.where(cells["column"] == 0, 2 ** (cells["days"] // 10), 1).astype("uint64")
    cells["purchases"] = cells["days"].clip(lower=1)
    # Up to number 39 as much was spent lately as before, above it twice as much.
    cells["window_0"], cells["window_1"] = np.where(cells["row"] < 40, 10, 20), 10
    cells["window_2"] = 0
    table = pa.Table.from_pandas(cells.sort_values("row"), preserve_index=False)
    place = table.column_names.index("last_on")
    table = table.set_column(place, "last_on", table["last_on"].cast(pa.date32()))
    spending = Spending(MEMBERS, ("baking", "pets"), AS_OF, 28, table)
    everybody = MEMBERS.append(pd.Index([f"z{number}" for number in range(10)]))
    country = ["" if n < 10 else "US" if n % 2 else "CA" for n in range(len(everybody))]
    columns = pd.DataFrame({"country": country, "product": None, "locale": "en-US"}, everybody)
    wishes = pd.Series("+baking !pets", index=MEMBERS[-10:])
    clicks = pd.DataFrame({"member_id": MEMBERS[:3], "interest": "pets", "letters": [1, 2, 3]})
    return Facts(told(everybody, spending), spending, columns, clicks, wishes)


def told(everybody: pd.Index, spending: Spending) -> pd.DataFrame:
    """Their profiles; the first fifty joined in January, the others a week ago."""
    joined = ["2026-01-01" if n < 50 else "2026-10-25" for n in range(len(everybody))]
    delivered = {"member_id": everybody, "profiled": True, "joined_on": joined}
    summed = totals(spending.cells["row"].to_numpy(), spending.cells)
    summed.index = spending.members[summed.index]
    found = profiled(pd.DataFrame(delivered), summed, AS_OF, spending.window_days)
    return found.set_index("member_id")


def meeting(text: str) -> list[int]:
    condition = read_condition(text, Vocabulary(frozenset({"baking", "pets"})))
    return np.flatnonzero(facts().meet({"r": condition})["r"]).tolist()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("baking.share >= 98%", [98, 99]),
        ("baking.share between 3% and 5%", [3, 4, 5]),
        ("baking.days = 7", [7]),
        ("baking.days in (7, 9)", [7, 9]),
        ("baking.since <= 2", [1, 2]),
        ("pets.since > 1", list(range(100, 110))),  # who never did, did it long ago
        ("baking.weeks(2) >= 1 and baking.days > 17", [18, 19]),
        ("baking.asked = more and baking.days < 92", [90, 91]),
        ("pets.asked = less", []),
        ("country = US and baking.days < 13 and not baking.days = 0", [11]),
        ("country != US and baking.days between 1 and 12", [10, 12]),  # no country is no other one
        ("country not in (CA, US)", []),
        ("all.since > 5", list(range(100, 110))),
        ("tenure > 400", []),
        ("tenure >= 300 and baking.days >= 48", [48, 49]),
        ("all.trend >= 100%", list(range(40, 50))),  # who joined a week ago has no trend
        ("all.trend < 100% and baking.days > 37", [38, 39]),
        ("not all.trend <= 100% and pets.asked = never", list(range(90, 100))),
        ("baking.trend = 100% and baking.days > 48", [49]),
        ("pets.clicks >= 2", [1, 2]),
        ("all.weeks(10) >= 2 and baking.days < 13", [10, 11, 12]),
        ("all.recency = 5 and baking.days > 98", []),
        ("all.frequency = 5 and baking.days < 82", [80, 81]),
        ("all.monetary in (1, 2, 4, 5)", []),  # all spend the same: the middle fifth
        ("product = Gold or baking.days > 98", [99]),
    ],
)
def test_who_meets_a_condition(text: str, numbers: list[int]):
    assert meeting(text) == numbers


def test_the_rank_is_by_all_spending():
    assert len(meeting("all.rank <= 100%")) == 110


def ruled(*conditions: str, **keys: object) -> Ruled:
    """Apply rules r1, r2, ... of these conditions."""
    names = [f"r{number}" for number in range(1, len(conditions) + 1)]
    words = Vocabulary(frozenset({"baking", "pets"}), rules=frozenset(names))
    written = {
        name: Rule.model_validate({"name": name, "phrase": name, "when": text, **keys})
        for name, text in zip(names, conditions, strict=True)
    }
    read = {name: read_condition(rule.when, words) for name, rule in written.items()}
    lines = {("rules", name, "when"): number for number, name in enumerate(names, 1)}
    return apply(Rules(written, read, file=YamlFile(RULES, {}, lines)), facts(), K_MIN, TODAY)


def said(found: Ruled) -> list[tuple[int, str, str]]:
    return [(each.line, each.severity, each.message) for each in found.findings]


def test_a_member_is_in_the_first_rule_they_meet():
    found = ruled("baking.days >= 70", "baking.days >= 40")
    assert found.by_member.value_counts().to_dict() == {"r1": 30, "r2": 30}
    assert found.findings == []
    assert found.told == [
        {"rule": "r1", "met": 30, "members": 30, "also": {"r2": 30}},
        {"rule": "r2", "met": 60, "members": 30, "also": {"r1": 30}},
    ]


def test_a_rule_may_stand_on_one_below_it():
    found = ruled("not rule(r2)", "baking.days >= 50")
    assert found.by_member.value_counts().to_dict() == {"r1": 60, "r2": 50}


@pytest.mark.parametrize(
    ("conditions", "finding"),
    [
        (["baking.days >= 97"], (1, "error", "rule r1 picks out only a few members")),
        (["baking.days <= 97"], (1, "error", "rule r1 picks out all but a few members")),
        (["baking.days > 98 and pets.asked = less"], (1, "warning", "nobody meets rule r1")),
        (["baking.days >= 0"], (1, "warning", "everybody meets rule r1")),
        (["baking.days >= 60", "baking.days >= 60"],
         (2, "warning", "rule r2 has no members of its own")),
        (["baking.days >= 45", "baking.days >= 46"],
         (2, "error", "rules r1 and r2 differ by a few members only")),
        (["baking.days >= 45 and country != XX", "baking.days >= 40 and pets.days < 2"],
         (2, "error", "rules above r2 leave it only a few members")),
    ],
)  # fmt: skip
def test_what_would_tell_of_a_few_people_is_an_error_and_what_does_nothing_a_warning(
    conditions: list[str], finding: tuple
):
    assert finding in said(ruled(*conditions))


def test_exclusive_rules_may_not_overlap():
    found = ruled("baking.days >= 70", "baking.days >= 40", exclusive=True)
    assert said(found) == [(2, "error", "rules r1 and r2 are exclusive, and members meet both")]


def test_16_how_many_meet_no_rule_is_told_and_that_a_few_are_left_is_a_warning():
    assert ruled("baking.days >= 70").nowhere == 80
    found = ruled("baking.days >= 50", "baking.days < 45 and country != XX", "country not in (XX)")
    assert found.nowhere == 10
    few = "members whom no rule meets are too few to be a segment"
    assert (1, "warning", few) in said(found)
    everybody = ruled("baking.days >= 50", "baking.days < 50")
    assert everybody.nowhere == 0
    assert few not in [each.message for each in everybody.findings]


def test_36_a_rule_that_is_over_does_nothing():
    found = ruled("baking.days >= 70", until=dt.date(2026, 11, 26))
    assert found.by_member.empty
    assert said(found) == [(1, "warning", "rule r1 is over, and does nothing")]
    assert not ruled("baking.days >= 70", until=TODAY).by_member.empty


def test_no_finding_names_a_member_or_counts_a_few():
    found = ruled("baking.days >= 97", "baking.days >= 98")
    words = " ".join(f"{each.message} {each.hint}" for each in found.findings)
    assert not any(member in words for member in MEMBERS)
    assert " 3 " not in words
    assert all(not each["also"] for each in found.told)


def test_the_file_of_a_new_project_has_no_findings(made_project: Path):
    from cardletter.profiles import read_interests
    from cardletter.segments import read_rules

    rules, findings = read_rules(made_project, read_interests(made_project)[0])
    assert (rules.rules, findings) == ({}, [])
