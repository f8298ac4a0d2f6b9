"""Judging: the gate's one statement gives what a slow, obvious clerk would give, for anybody."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cardletter.permission import REASONS
from cardletter.permission.gate import judge, night
from cardletter.settings import Permission

NOW = dt.datetime(2026, 12, 3, 9, 30)  # noqa: DTZ001 - the ledger's clock is UTC without a zone
RULES = Permission(letters=3)
Person = dict[str, Any]

MONTHS = {"forever": 0, "half a year": 6, "two years": 24, "nowhere": None}
DAY = dt.timedelta(days=1)
PEOPLE = st.fixed_dictionaries(
    {
        "known": st.sampled_from([True, True, True, False]),
        "apart": st.sampled_from([False, False, False, True]),
        "marketing": st.sampled_from([True, True, False]),
        "in_audience": st.sampled_from([True, True, True, False]),
        "held_out": st.sampled_from([False, False, False, True]),
        "address": st.sampled_from(
            [None, "bad", "ann@a.example", "ANN@a.example", "bo@a.example", "own"]
        ),
        "deceased": st.sampled_from([False, False, False, True]),
        "closed_on": st.sampled_from([None, None, "2026-01-01"]),
        "born_on": st.sampled_from(["1970-01-01", None, "2008-12-03", "2008-12-04"]),
        "suppressed": st.sampled_from([False, False, True]),
        "state": st.sampled_from([None, "granted", "granted", "withdrawn"]),
        "given": st.sampled_from([NOW - DAY, NOW - 183 * DAY, dt.datetime(2026, 6, 3, 9, 30)]),  # noqa: DTZ001
        "method": st.sampled_from(list(MONTHS)),
        "revoked": st.sampled_from([False, False, False, True]),
        "letters": st.integers(0, 4),
        "last": st.sampled_from([NOW - 5 * DAY, NOW - 79 * DAY, NOW - 80 * DAY]),
        "asked": st.sampled_from([None, None, 80]),
        "zone": st.sampled_from([None, "day", "night"]),
    }
)


def barred(person: Person) -> str:  # noqa: PLR0911 - one question, one answer
    """Ask one question after another, as the list of reasons has them."""
    if person["known"] and person["apart"]:
        return "test_member"
    if not person["in_audience"]:
        return "not_in_audience"
    if not person["known"] or person["address"] is None:
        return "no_address"
    if person["address"] == "bad":
        return "bad_address"
    if person["deceased"]:
        return "deceased"
    if person["closed_on"]:
        return "account_closed"
    if person["born_on"] == "2008-12-04":  # eighteen tomorrow
        return "minor"
    if person["suppressed"]:
        return "suppressed"
    return marketing_barred(person) if person["marketing"] else ""


def marketing_barred(person: Person) -> str:
    if person["state"] is None:
        return "no_consent"
    if person["state"] == "withdrawn":
        return "consent_withdrawn"
    months = MONTHS[person["method"]]
    if months is None:
        return "consent_not_valid"
    if months == 6 and person["given"] <= NOW - 183 * DAY:
        return "consent_expired"
    lately = person["letters"] > 0 and person["last"] > NOW - (person["asked"] or 0) * DAY
    if person["asked"] and lately:
        return "asked_for_fewer"
    return "frequency_cap" if person["letters"] >= 3 else ""


def reference(people: list[Person]) -> list[tuple[str, str]]:
    """Give outcome and reason of each, in order."""
    reasons = [barred(person) for person in people]
    first: dict[str, int] = {}
    for number, person in enumerate(people):
        if reasons[number] == "":
            address, best = (
                str(person["address"]).lower(),
                first.get(str(person["address"]).lower()),
            )
            if best is None or age(person, number) < age(people[best], best):
                first[address] = number
    told = []
    for number, person in enumerate(people):
        reason = reasons[number]
        if reason == "" and first[str(person["address"]).lower()] != number:
            reason = "duplicate_address"
        if reason == "" and person["marketing"] and person["held_out"]:
            reason = "holdout"
        outcome = "refused" if reason else "allowed"
        if not reason and person["marketing"] and person["state"] and person["revoked"]:
            outcome, reason = "held", "wording_revoked"
        elif not reason and person["zone"] == "night":
            outcome, reason = "held", "quiet_hours"
        told.append((outcome, reason))
    return told


def age(person: Person, number: int) -> tuple[bool, dt.datetime, int]:
    """Order those of one address by whose permission is oldest; without any, they come last."""
    return (person["state"] is None, person["given"] if person["state"] else NOW, number)


def tables(people: list[Person]) -> dict[str, pd.DataFrame]:
    """Write the people as the tables the gate looks at."""
    rows = [{"member_id": f"m{number:02d}", **person} for number, person in enumerate(people)]
    known = [row for row in rows if row["known"]]
    text = {"member_id": "string"}

    def table(chosen: list[Person], **columns: str) -> pd.DataFrame:
        return pd.DataFrame(
            {name: [row[source] for row in chosen] for name, source in columns.items()}
        )

    members = table(
        known,
        member_id="member_id",
        email="address",
        address="address",
        time_zone="zone",
        born_on="born_on",
        closed_on="closed_on",
        deceased="deceased",
        apart="apart",
    ).assign(country="GB")
    members["address"] = members["address"].replace("bad", None)
    members["born_on"] = pd.to_datetime(members["born_on"])
    members = members.astype(
        dict.fromkeys(
            ("member_id", "email", "address", "country", "time_zone", "closed_on"), "string"
        )
    ).astype({"deceased": bool, "apart": bool})
    said = [row for row in rows if row["state"]]
    consents = table(
        said,
        member_id="member_id",
        state="state",
        occurred_at="given",
        method="method",
    ).assign(jurisdiction="GB")
    consents["consent_id"] = range(1, len(consents) + 1)
    revoked = consents.loc[[bool(row["revoked"]) for row in said], ["consent_id"]]
    written = [row for row in rows if row["letters"]]
    barred_rows = [row for row in rows if row["suppressed"]]
    rules = [("GB", "GB", method, months) for method, months in MONTHS.items()]
    columns = ["country", "jurisdiction", "method", "months"]
    return {
        "candidates": table(
            rows,
            member_id="member_id",
            marketing="marketing",
            in_audience="in_audience",
            held_out="held_out",
        ).astype(text),
        "members": members,
        "consents": consents.astype(
            {"occurred_at": "datetime64[us]", "state": "string", "method": "string", **text}
        ),
        "suppressed": table(barred_rows, member_id="member_id").astype(text),
        "letters": table(written, member_id="member_id", letters="letters", last_at="last").astype(
            {"last_at": "datetime64[us]", "letters": "int64", **text}
        ),
        "asked": table([r for r in rows if r["asked"]], member_id="member_id", days="asked").astype(
            {"days": "int64", **text}
        ),
        "rules": pd.DataFrame(rules, columns=columns).astype({"months": "Int64"}),
        "revoked": revoked.astype("int64"),
        "zones": pd.DataFrame({"time_zone": ["day", "night"], "quiet": [False, True]}),
    }  # fmt: skip


FINE: Person = {
    "known": True, "apart": False, "marketing": True, "in_audience": True, "held_out": False,
    "revoked": False,
    "address": "ann@a.example", "deceased": False, "closed_on": None, "born_on": "1970-01-01",
    "suppressed": False, "state": "granted",
    "given": NOW - DAY, "method": "forever", "letters": 0, "last": NOW, "asked": None, "zone": None,
}  # fmt: skip
ONE_FAULT = {
    "": {},
    "test_member": {"apart": True},
    "not_in_audience": {"in_audience": False},
    "no_address": {"address": None},
    "bad_address": {"address": "bad"},
    "deceased": {"deceased": True},
    "account_closed": {"closed_on": "2026-01-01"},
    "minor": {"born_on": "2008-12-04"},
    "suppressed": {"suppressed": True},
    "no_consent": {"state": None},
    "consent_withdrawn": {"state": "withdrawn"},
    "consent_not_valid": {"method": "nowhere"},
    "consent_expired": {"method": "half a year", "given": NOW - 183 * DAY},
    "asked_for_fewer": {"asked": 80, "letters": 1, "last": NOW - 79 * DAY},
    "frequency_cap": {"letters": 3},
    "holdout": {"held_out": True},
    "wording_revoked": {"revoked": True},
    "quiet_hours": {"zone": "night"},
}
HELD = ("wording_revoked", "quiet_hours")


def judged(people: list[Person]) -> list[tuple[str, str]]:
    verdicts = judge(tables(people), RULES, NOW).set_index("member_id")
    ids = [f"m{number:02d}" for number in range(len(people))]
    return list(verdicts.loc[ids, ["outcome", "reason"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("reason", "fault"), ONE_FAULT.items(), ids=lambda x: x if isinstance(x, str) else ""
)
def test_each_fault_alone_is_its_own_reason(reason: str, fault: Person):
    outcome = "held" if reason in HELD else "refused" if reason else "allowed"
    assert judged([FINE | fault]) == [(outcome, reason)]


@pytest.mark.parametrize("place", range(1, len(ONE_FAULT) - 3))
def test_of_several_faults_the_one_that_is_listed_first_is_the_reason(place: int):
    faults = list(ONE_FAULT.items())[place : -len(HELD)]
    person = dict(FINE)
    for _, fault in reversed(faults):
        person |= fault
    assert judged([person]) == [("refused", faults[0][0])]
    listed = [name for name in REASONS if name in ONE_FAULT]
    assert listed == [name for name in ONE_FAULT if name]


def test_a_letter_that_is_all_service_holds_nobody_out_but_keeps_to_its_audience():
    assert judged([FINE | {"held_out": True, "marketing": False}]) == [("allowed", "")]
    told = [("refused", "not_in_audience")]
    assert judged([FINE | {"in_audience": False, "marketing": False}]) == told


def test_who_shares_the_address_of_one_held_out_does_not_get_the_letter_instead():
    older = FINE | {"held_out": True, "given": NOW - 2 * DAY}
    assert judged([FINE, older]) == [("refused", "duplicate_address"), ("refused", "holdout")]


def test_who_is_not_in_the_audience_takes_no_address_from_one_who_is():
    outside = FINE | {"in_audience": False, "given": NOW - 2 * DAY}
    assert judged([FINE, outside]) == [("allowed", ""), ("refused", "not_in_audience")]


def test_whoever_waits_for_a_wording_waits_before_it_is_night():
    assert judged([FINE | {"revoked": True, "zone": "night"}]) == [("held", "wording_revoked")]


def test_a_letter_that_is_all_service_waits_for_no_wording():
    assert judged([FINE | {"revoked": True, "marketing": False}]) == [("allowed", "")]


def test_of_one_address_nobody_else_is_mailed_while_the_oldest_yes_waits_for_its_wording():
    older = FINE | {"revoked": True, "given": NOW - 2 * DAY}
    told = [("refused", "duplicate_address"), ("held", "wording_revoked")]
    assert judged([FINE, older]) == told


@settings(max_examples=20, deadline=None)
@given(st.lists(PEOPLE, min_size=10, max_size=40))
@example([FINE, FINE, FINE | {"address": "ANN@a.example", "given": NOW - 2 * DAY}])
@example([FINE | {"suppressed": True}, FINE])
def test_the_gate_gives_what_the_clerk_gives(people: list[Person]):
    own = [{"address": f"own-{n}@a.example"} for n in range(len(people))]
    people = [p | own[n] if p["address"] == "own" else p for n, p in enumerate(people)]
    assert judged(people) == reference(people)


@pytest.mark.parametrize("at", [NOW, dt.datetime(2024, 2, 29, 12)])  # noqa: DTZ001
def test_nobody_is_judged_where_there_is_nobody(at: dt.datetime):
    assert judge(tables([]) | {"candidates": tables([FINE])["candidates"][:0]}, RULES, at).empty


@pytest.mark.parametrize(
    ("zone", "utc", "quiet"),
    [
        ("Europe/London", "2026-12-03T20:59", False),
        ("Europe/London", "2026-12-03T21:00", True),
        ("Europe/London", "2026-12-04T07:59", True),
        ("Europe/London", "2026-12-04T08:00", False),
        ("America/New_York", "2026-12-04T01:59", False),
        ("America/New_York", "2026-12-04T02:00", True),
        ("Asia/Tokyo", "2026-12-03T12:00", True),
        ("Europe/London", "2026-07-03T20:00", True),  # summer: an hour ahead of UTC
        ("Nowhere/Land", "2026-12-03T12:00", True),  # as in Tokyo, which is the default here
        ("../etc/passwd", "2026-12-03T12:00", True),
    ],
)
def test_it_is_night_by_the_clock_where_the_member_lives(zone: str, utc: str, quiet: bool):
    rules = Permission(quiet_from="21:00", quiet_until="08:00", time_zone="Asia/Tokyo")
    assert night(rules, dt.datetime.fromisoformat(utc), zone) is quiet


def test_without_quiet_hours_it_is_never_night():
    assert not night(RULES, NOW, "Europe/London")
