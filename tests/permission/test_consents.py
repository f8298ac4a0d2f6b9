"""Acts of consent: which are set aside, which count and for how long, and what operators record."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cardletter.errors import MemberError
from cardletter.ledger import Act, now
from cardletter.permission.consents import grant, withdraw
from cardletter.permission.imports import Taken
from cardletter.permission.standing import find_member, standings
from cardletter.workspace import Workspace
from crm import Changes, erase, state, take
from tiny import begin, tiny

ALL = "sources.set_aside_limit = 1"


@pytest.fixture
def strict(tmp_path: Path) -> Workspace:
    """A little project as a new one is."""
    return begin(tiny(tmp_path / "letter"))


def counts(desk: Workspace, member: str) -> bool:
    found = standings(desk, find_member(desk, member))
    return next(each.counts for each in found if each.purpose == "newsletter")


# The list of bad consents, each with its answer. Set aside: recorded nowhere, so it is no yes.
SET_ASIDE: dict[str, tuple[Changes, str]] = {
    "C2 no time": ({"occurred_at": ""}, "unreadable_time"),
    "C2 no time but words": ({"occurred_at": "last spring"}, "unreadable_time"),
    "C3 in the future": ({"occurred_at": "2199-01-01T00:00:00Z"}, "future_time"),
    "C4 the hash of a wording nobody knows": ({"wording": "ab" * 32}, "unknown_wording"),
    "C4 no wording": ({"wording": ""}, "no_wording"),
    "C5 no purpose": ({"purpose": ""}, "unknown_purpose"),
    "C6 yes": ({"state": "yes"}, "unknown_state"),
    "C6 True": ({"state": "True"}, "unknown_state"),
    "C6 1": ({"state": "1"}, "unknown_state"),
    "C6 on": ({"state": "on"}, "unknown_state"),
    "C7 blank": ({"state": ""}, "unknown_state"),
    "C16 for another brand": ({"purpose": "newsletter_of_another_brand"}, "unknown_purpose"),
    "C17 for text messages": ({"purpose": "sms"}, "unknown_purpose"),
    "C28 a time without a zone": ({"occurred_at": "2026-02-01T10:00:00"}, "no_zone"),
    "C28 a day": ({"occurred_at": "2026-02-01"}, "no_zone"),
    "C28 a day that ends like a zone": (
        {"occurred_at": "2026-02-01 10:00-02-01"},
        "unreadable_time",
    ),
    "no member": ({"member_id": ""}, "no_member_id"),
}


@pytest.fixture(scope="module")
def aside(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Taken]:
    """All of the list in one file, each row of a member of its own, the first row a good yes."""
    desk = begin(tiny(tmp_path_factory.mktemp("aside"), settings=ALL))
    rows = [{"member_id": f"m{n}"} | change for n, (change, _) in enumerate(SET_ASIDE.values(), 2)]
    return desk, take(desk, {"member_id": "00123"}, *rows)


@pytest.mark.parametrize("case", SET_ASIDE)
def test_a_yes_that_cannot_be_used_is_set_aside_and_named(
    aside: tuple[Workspace, Taken], case: str
):
    desk, taken = aside
    row = 2 + list(SET_ASIDE).index(case)
    assert f"crm.csv row {row}" in taken.where[SET_ASIDE[case][1]]
    assert state(desk, f"m{row}") is None


def test_what_is_set_aside_is_counted_and_the_rest_is_taken_in(aside: tuple[Workspace, Taken]):
    desk, taken = aside
    assert (taken.rows, taken.new, taken.known) == (1 + len(SET_ASIDE), 1, 0)
    assert sum(taken.reasons.values()) == taken.set_aside == len(SET_ASIDE)
    assert state(desk, "00123") == "granted"


ORDER: dict[str, tuple[str, str, str]] = {  # yes, no, what counts
    "C9 later": ("2026-02-01T10:00:00Z", "2026-02-02T10:00:00Z", "withdrawn"),
    "C11 earlier": ("2026-02-02T10:00:00Z", "2026-02-01T10:00:00Z", "granted"),
    "C10 of one second": ("2026-02-01T10:00:00.9Z", "2026-02-01T10:00:00.1Z", "withdrawn"),
    "later by its zone": ("2026-02-01T12:30:00+02:00", "2026-02-01T10:40:00Z", "withdrawn"),
    "earlier by its zone": ("2026-02-01T10:30:00Z", "2026-02-01T12:20:00+02:00", "granted"),
}


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Yes and no of each case in both orders, each of a member of its own."""
    desk = begin(tiny(tmp_path_factory.mktemp("ordered")))
    rows = []
    for case, (yes, no, _) in ORDER.items():
        said = [{"occurred_at": yes}, {"state": "withdrawn", "occurred_at": no}]
        rows += [row | {"member_id": f"{case} 0"} for row in said]
        rows += [row | {"member_id": f"{case} 1"} for row in reversed(said)]
    take(desk, *rows)
    return desk


@pytest.mark.parametrize("case", ORDER)
@pytest.mark.parametrize("first", [0, 1], ids=["yes first", "no first"])
def test_the_latest_word_counts_whatever_the_order_of_rows(
    ordered: Workspace, case: str, first: int
):
    assert state(ordered, f"{case} {first}") == ORDER[case][2]


LAWS: dict[str, tuple[str, str, str, int, bool]] = {  # method, given, lives, days ago, counts
    "C8 pre-ticked": ("pre_ticked", "GB", "GB", 1, False),
    "C21 a purchased list": ("purchased_list", "GB", "GB", 1, False),
    "C21 somebody else's list": ("third_party", "GB", "GB", 1, False),
    "no method": ("", "GB", "GB", 1, False),
    "a method nobody knows": ("mystery", "GB", "GB", 1, False),
    "a form": ("web_form", "GB", "GB", 9_000, True),
    "C13 a purchase in Canada": ("implied_purchase", "CA", "CA", 700, True),
    "C13 a purchase in Canada of old": ("implied_purchase", "CA", "CA", 735, False),
    "C14 an inquiry in Canada": ("implied_inquiry", "CA", "CA", 150, True),
    "C14 an inquiry in Canada of old": ("implied_inquiry", "CA", "CA", 190, False),
    "C20 a soft opt-in where there is none": ("soft_opt_in", "CA", "CA", 1, False),
    "C25 a purchase, nobody knows where": ("implied_purchase", "", "", 1, False),
    "C25 a yes by phone, nobody knows where": ("phone", "", "", 1, True),
    "C27 given in Britain, lives in Canada": ("soft_opt_in", "GB", "CA", 1, False),
    "C27 given in Canada, lives in Britain": ("implied_inquiry", "CA", "GB", 1, False),
}


@pytest.fixture(scope="module")
def lawful(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Taken]:
    """A member of each case, who lives where it says and said yes as it says."""
    lines = [f"{case},a{n}@mail.example,{told[2]}" for n, (case, told) in enumerate(LAWS.items())]
    members = "\n".join(["member_id,email,country", *lines]).replace(", ", " ")
    desk = begin(tiny(tmp_path_factory.mktemp("laws"), {"members.csv": f"{members}\n"}))
    rows = [
        {
            "member_id": case.replace(", ", " "),
            "method": method,
            "jurisdiction": given,
            "occurred_at": f"{now() - timedelta(days=ago):%Y-%m-%dT%H:%M:%SZ}",
        }
        for case, (method, given, _, ago, _) in LAWS.items()
    ]
    return desk, take(desk, *rows)


@pytest.mark.parametrize("case", LAWS)
def test_a_yes_is_recorded_and_counts_where_and_as_long_as_the_law_says(
    lawful: tuple[Workspace, Taken], case: str
):
    desk, _ = lawful
    member = case.replace(", ", " ")
    assert state(desk, member) == "granted"
    assert counts(desk, member) is LAWS[case][-1]


def test_yeses_that_count_nowhere_are_told_of_by_method(lawful: tuple[Workspace, Taken]):
    _, taken = lawful
    nowhere = ("pre_ticked", "purchased_list", "third_party", "mystery", "none")
    assert taken.idle == dict.fromkeys(nowhere, 1)


AFTER: dict[str, tuple[Changes, bool]] = {  # what is said after a complaint, and whether it is kept
    "C12 by a form": ({}, False),
    "by a double opt-in": ({"method": "double_opt_in"}, True),
    "to something else": ({"purpose": "survey"}, True),
    "before it": ({"occurred_at": "2020-01-01T00:00:00Z"}, True),
}


@pytest.fixture(scope="module")
def angry(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    desk = begin(tiny(tmp_path_factory.mktemp("angry"), settings=ALL))
    desk.ledger.suppress(list(AFTER), "complaint")
    later = {"occurred_at": f"{now() + timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}"}
    rows = [later | {"member_id": case} | change for case, (change, _) in AFTER.items()]
    taken = take(desk, later, *rows)
    assert taken.where == {"after_complaint": ["crm.csv row 2"]}
    return desk


@pytest.mark.parametrize("case", AFTER)
def test_after_a_complaint_only_a_double_opt_in_is_a_yes_again(angry: Workspace, case: str):
    change, kept = AFTER[case]
    assert state(angry, case, change.get("purpose", "newsletter")) == ("granted" if kept else None)
    assert state(angry) == "granted"  # of somebody who did not complain


def say(member: str, state: str = "granted", **more: str) -> Act:
    told = {"purpose": "newsletter", "method": "phone", "wording": "May we write?"} | more
    return Act(member, state=state, source="operator", **told)


def test_c40_an_act_is_recorded_after_the_one_it_follows_whatever_the_clocks_say(
    strict: Workspace,
):
    ahead = f"{now() + timedelta(minutes=9):%Y-%m-%dT%H:%M:%SZ}"
    take(strict, {"occurred_at": ahead})
    assert withdraw(strict, say("00124", "withdrawn"))
    assert state(strict) == "withdrawn"
    assert grant(strict, say("00124"))
    assert state(strict) == "granted"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"method": "pre_ticked"}, "A yes by this method counts nowhere. Methods are branch,"),
        ({"method": "telepathy"}, "A yes by this method counts nowhere."),
        ({"wording": "  "}, "give the words that the member was shown or read"),
        ({"evidence": "card 4111111111111111"}, "holds a card number: leave it out"),
    ],
)
def test_a_yes_that_would_not_count_is_not_recorded(strict: Workspace, more: Changes, message: str):
    with pytest.raises(MemberError, match=message):
        grant(strict, say("00124", **more))
    assert strict.ledger.history("00124") == []


def test_after_a_complaint_an_operator_records_no_yes_but_a_double_opt_in(strict: Workspace):
    strict.ledger.suppress(["00124"], "complaint")
    with pytest.raises(MemberError, match="only a double_opt_in is a yes again"):
        grant(strict, say("00124"))
    assert grant(strict, say("00124", method="double_opt_in"))


@pytest.mark.parametrize("do", [grant, withdraw])
def test_of_nobody_nothing_is_recorded(strict: Workspace, do: Callable[[Workspace, Act], bool]):
    with pytest.raises(MemberError, match="Nobody has this id"):
        do(strict, say("124"))
    erase(strict, "00124")
    with pytest.raises(MemberError, match="This member was erased"):
        do(strict, say("00124"))
    assert strict.ledger.holdings("124") == strict.ledger.holdings("00124") == {}


def test_the_same_said_again_is_recorded_once(strict: Workspace):
    assert withdraw(strict, say("00124", "withdrawn"))
    assert not withdraw(strict, say("00124", "withdrawn", wording="Stop it!"))
    assert grant(strict, say("00124"))
    assert not grant(strict, say("00124"))
    assert grant(strict, say("00124", wording="Other words."))
    assert withdraw(strict, say("00124", "withdrawn", purpose="survey"))
    assert len(strict.ledger.history("00124")) == 4


def test_a_no_is_recorded_though_the_members_cannot_be_read(strict: Workspace):
    take(strict)
    (strict.project / "data/members.csv").unlink()
    assert withdraw(strict, say("00124", "withdrawn"))
    assert state(strict) == "withdrawn"
