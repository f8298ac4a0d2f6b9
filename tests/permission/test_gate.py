"""The gate: every candidate is allowed, or refused for the first reason that holds."""

import itertools
import shutil
from pathlib import Path

import pandas as pd
import pytest
from email_validator import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

import little
from cardletter import permission, sources, workspace
from cardletter.errors import StaleError
from cardletter.permission import REASONS
from cardletter.permission.addresses import PLAIN, mailbox
from cardletter.permission.receipts import RECEIPTS
from cardletter.workspace import Workspace

GOOD = {
    "ada@example.com": "ada@example.com",
    "Ada.Lovelace@Example.COM": "Ada.Lovelace@Example.COM",
    "ada+letter@mail.example.co.uk": "ada+letter@mail.example.co.uk",
    "o'brien@example.com": "o'brien@example.com",
    "a@example.com": "a@example.com",
    "_ada_@example.com": "_ada_@example.com",
    "ada--l@example-card.com": "ada--l@example-card.com",
    "1234@example.com": "1234@example.com",
    "ada@xn--exmple-cua.com": "ada@xn--exmple-cua.com",
    "ada@exämple.com": "ada@xn--exmple-cua.com",
    "ada@例え.jp": "ada@xn--r8jz45g.jp",
    f"{'a' * 64}@example.com": f"{'a' * 64}@example.com",
    f"ada@{'b' * 63}.com": f"ada@{'b' * 63}.com",
}
BAD = {
    "nothing": "",
    "no at": "ada.example.com",
    "no local part": "@example.com",
    "no domain": "ada@",
    "two ats": "ada@@example.com",
    "two ats apart": "ada@bo@example.com",
    "no dot in the domain": "ada@example",
    "localhost": "ada@localhost",
    "a domain that never resolves": "ada@letter.invalid",
    "a domain of one house": "ada@mail.local",
    "trailing dot": "ada@example.com.",
    "two dots": "ada@example..com",
    "two dots before": "a..da@example.com",
    "first a dot": ".ada@example.com",
    "dot at the end": "ada.@example.com",
    "hyphen first": "ada@-example.com",
    "hyphen last": "ada@example-.com",
    "underscore in the domain": "ada@ex_ample.com",
    "numbers only": "ada@127.0.0.1",
    "IP literal": "ada@[127.0.0.1]",
    "IPv6 literal": "ada@[IPv6:::1]",
    "a name around it": "Ada <ada@example.com>",
    "brackets": "<ada@example.com>",
    "two of them": "ada@example.com, bo@example.com",
    "two with a semicolon": "ada@example.com;bo@example.com",
    "two with a space": "ada@example.com bo@example.com",
    "a header": "ada@example.com\r\nBcc: bo@example.com",
    "a line end": "ada@example.com\n",
    "a NUL": "ada\x00@example.com",
    "a space": "a da@example.com",
    "a quoted space": '"a da"@example.com',
    "a comment": "ada(x)@example.com",
    "mailto": "mailto:ada@example.com",
    "local part not ASCII": "zoë@example.com",
    "a letter that only looks like k": "\u212aate@example.com",
    "a long s": "\u017fam@example.com",
    "full-width": "\uff41da@example.com",
    "zero width": "a\u200bda@example.com",
    "right to left": "a\u202eda@example.com",
    "a full-width at": "ada\uff20example.com",
    "local part of 65": f"{'a' * 65}@example.com",
    "label of 64": f"ada@{'b' * 64}.com",
    "255 characters": f"ada@{'b' * 61}.{'c' * 61}.{'d' * 61}.{'e' * 61}.com",
    "5,000 characters": "a" * 5_000 + "@example.com",
}


@pytest.mark.parametrize(("address", "written"), GOOD.items())
def test_an_address_that_can_be_mailed_is_written_in_ascii(address: str, written: str):
    assert mailbox(address) == written
    assert mailbox(written) == written


@pytest.mark.parametrize("address", BAD.values(), ids=BAD)
def test_an_address_that_cannot_be_mailed_is_none(address: str):
    assert mailbox(address) is None


@settings(max_examples=40, deadline=None)
@given(st.from_regex(PLAIN, fullmatch=True))
def test_the_quick_look_passes_nothing_that_a_thorough_one_refuses(address: str):
    if mailbox(address) is not None:
        found = validate_email(address, check_deliverability=False, strict=True)
        assert found.ascii_email.lower() == address.lower()


def test_254_characters_are_the_most():
    long = f"ada@{'b' * 61}.{'c' * 61}.{'d' * 61}.{'e' * 60}.com"
    assert (len(long), mailbox(long)) == (254, long)


# Every combination of what can be said of a member. `same` is a yes and a no of one moment.
ADDRESSES = {"none": "", "bad": "two@example.com, more@example.com", "good": "{}@example.com"}
CLOSED, SUPPRESSED = ["", "2025-06-01"], [False, True]
ACTS = {
    "silent": [],
    "yes": ["granted 1"],
    "no": ["withdrawn 1"],
    "yes then no": ["granted 1", "withdrawn 2"],
    "no then yes": ["withdrawn 1", "granted 2"],
    "same": ["granted 1", "withdrawn 1"],
    "other purpose": ["profiling granted 1"],
    "other purpose withdrawn": ["granted 1", "profiling withdrawn 2"],
}
CASES = list(itertools.product(ADDRESSES, CLOSED, SUPPRESSED, ACTS))


def reference(address: str, closed: str, acts: str, *, suppressed: bool) -> str:
    """The rule as one would explain it to a clerk, one question after another."""
    if address == "none":
        return "no_address"
    if address == "bad":
        return "bad_address"
    if closed:
        return "account_closed"
    if suppressed:
        return "suppressed"
    said = {"yes": "yes", "no then yes": "yes", "other purpose withdrawn": "yes"}
    said |= {"silent": "nothing", "other purpose": "nothing"}
    answer = said.get(acts, "no")
    if answer == "yes":
        return ""
    return "no_consent" if answer == "nothing" else "consent_withdrawn"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one member for each combination, who are all candidates."""
    folder = little.unpack(tmp_path_factory.mktemp("gate") / "letter")
    members, acts, suppressed = [], [], []
    for number, (address, closed, barred, said) in enumerate(CASES):
        member = f"c{number:03d}"
        email = ADDRESSES[address].format(member)
        members.append({"member_id": member, "email": email, "closed_on": closed})
        suppressed += [member] if barred else []
        for words in ACTS[said]:
            *purpose, state, day = words.split()
            at = f"2025-01-0{day}T09:00:00"
            acts.append(little.act(member, state, at, *purpose))
    little.table(folder, "members", members)
    little.table(folder, "consents", acts)
    desk = little.freeze(folder)
    desk.ledger.suppress(suppressed, "complained")
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Workspace:
    project = shutil.copytree(made, tmp_path / "letter")
    return workspace.open_edition(little.EDITION, project)


def receipts(desk: Workspace) -> pd.DataFrame:
    return pd.read_parquet(desk.file(RECEIPTS)).set_index("member_id")


def test_the_gate_judges_every_combination_as_the_slow_obvious_rule_does(desk: Workspace):
    counts = permission.check(desk)
    judged = receipts(desk)
    wanted = {
        f"c{number:03d}": reference(address, closed, said, suppressed=barred)
        for number, (address, closed, barred, said) in enumerate(CASES)
    }
    assert judged["reason"].to_dict() == wanted
    allowed = [member for member, reason in wanted.items() if not reason]
    assert judged.index[judged["outcome"] == "allowed"].tolist() == allowed
    assert set(judged["outcome"]) == {"allowed", "refused"}
    refused = len(CASES) - len(allowed)
    assert counts == {
        "candidates": len(CASES),
        "allowed": len(allowed),
        "refused": refused,
        "held": 0,
    }
    assert len(allowed) == 3


def test_reasons_are_asked_in_the_order_they_are_listed(desk: Workspace):
    permission.check(desk)
    found = set(receipts(desk)["reason"]) - {""}
    asked = [
        "no_address", "bad_address", "account_closed", "suppressed", "no_consent",
        "consent_withdrawn",
    ]  # fmt: skip
    assert found == set(asked)
    assert [name for name in REASONS if name in found] == asked


def test_a_receipt_names_the_act_of_consent_that_was_read(desk: Workspace):
    permission.check(desk)
    judged, acts = receipts(desk), desk.ledger.consented("newsletter").set_index("member_id")
    for member, receipt in judged.iterrows():
        if member in acts.index:
            assert receipt["consent_id"] == acts.loc[member, "consent_id"]
        else:
            assert pd.isna(receipt["consent_id"])
    allowed = judged[judged["outcome"] == "allowed"]
    assert (acts.loc[allowed.index, "state"] == "granted").all()


def test_receipts_hold_ids_and_reasons_and_no_address(desk: Workspace):
    permission.check(desk)
    table = receipts(desk).reset_index()
    assert set(table.columns) == {
        "member_id", "segment_id", "wishes", "variant_id", "arm", "outcome", "reason",
        "consent_id", "decided_at", "row_hash", "chain",
    }  # fmt: skip
    assert "@" not in table.to_csv()


def test_a_change_of_mind_counts_when_the_gate_is_asked_again(desk: Workspace):
    permission.check(desk)
    allowed = receipts(desk).query("outcome == 'allowed'").index.tolist()
    row = little.act(allowed[0], "withdrawn", "2025-05-01") | {"jurisdiction": "", "evidence": ""}
    act = pd.DataFrame([row]).assign(occurred_at=pd.Timestamp("2025-05-01"))
    desk.ledger.record_consents([act])
    desk.ledger.suppress([allowed[1]], "bounced")
    permission.check(desk)
    again = receipts(desk)["reason"]
    assert (again[allowed[0]], again[allowed[1]]) == ("consent_withdrawn", "suppressed")
    assert again[allowed[2]] == ""


def test_a_candidate_whom_the_issuer_no_longer_knows_is_refused(desk: Workspace):
    candidates = pd.read_parquet(desk.file("assignments.parquet"))
    gone = candidates[:1].assign(member_id="gone")
    pd.concat([candidates, gone]).to_parquet(desk.file("assignments.parquet"), index=False)
    permission.check(desk)
    assert receipts(desk).loc["gone", "reason"] == "no_address"


def test_without_consents_that_were_taken_in_lately_nobody_is_judged(
    desk: Workspace, tmp_path: Path
):
    before = desk.file(RECEIPTS).read_bytes()
    empty = Workspace(desk.project, desk.edition, tmp_path / "empty", desk.folder)
    with pytest.raises(StaleError, match=r"Consents were taken in too long ago .* is 24"):
        permission.check(empty)
    assert desk.file(RECEIPTS).read_bytes() == before


def test_without_any_act_of_consent_nobody_is_allowed(desk: Workspace, tmp_path: Path):
    header = "member_id,purpose,state,occurred_at,method,wording\n"
    little.put(desk.project, "data/consents.csv", header)
    empty = Workspace(desk.project, desk.edition, tmp_path / "empty", desk.folder)
    sources.pull(empty)
    assert permission.check(empty)["allowed"] == 0
    assert set(receipts(desk)["reason"]) == {
        "no_address", "bad_address", "account_closed", "no_consent",
    }  # fmt: skip


def test_members_without_a_column_for_closed_accounts_are_judged_all_the_same(desk: Workspace):
    little.table(desk.project, "members", [{"member_id": "c064", "email": "c064@example.com"}])
    assert permission.check(desk)["candidates"] == len(CASES)


def test_employees_and_tests_are_refused_whatever_else_holds(desk: Workspace):
    flags = [("c064", "yes", ""), ("c065", "", "true"), ("c066", "", "")]
    rows = [
        {"member_id": member, "email": f"{member}@example.com", "employee": employee, "test": test}
        for member, employee, test in flags
    ]
    little.table(desk.project, "members", rows)
    permission.check(desk)
    reasons = receipts(desk).loc[["c064", "c065", "c066"], "reason"].tolist()
    assert reasons == ["test_member", "test_member", "consent_withdrawn"]


def test_where_no_time_zone_is_told_the_default_says_whether_it_is_night(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CARDLETTER_PERMISSION__QUIET_FROM", "00:00")
    monkeypatch.setenv("CARDLETTER_PERMISSION__QUIET_UNTIL", "23:59:59.999999")
    counts = permission.check(desk)
    assert (counts["allowed"], counts["held"]) == (0, 3)
    assert set(receipts(desk).query("outcome == 'held'")["reason"]) == {"quiet_hours"}
