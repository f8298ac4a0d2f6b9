"""The report: what was made and what came of it; an edition that does not add up has none."""

import re
from datetime import UTC, datetime

import pytest

import little
from cardletter import delivery
from cardletter.delivery import finished
from cardletter.errors import AccountsError
from cardletter.feedback import made, report
from cardletter.permission import REASONS
from cardletter.workspace import Workspace
from claims import claims
from pages import Reader

ALLOWED = len(little.ALLOWED)


def written(desk: Workspace) -> str:
    return desk.file("report.html").read_text(encoding="utf-8")


def cells(desk: Workspace) -> list[list[str]]:
    """Read the rows of all tables."""
    rows = re.findall(r"<tr>(.*?)</tr>", written(desk))
    return [re.findall(r"<td>(.*?)</td>", row) for row in rows]


def test_a_report_closes_the_accounts(desk: Workspace):
    delivery.send(desk)
    assert not finished(desk)
    refused = little.MEMBERS - ALLOWED
    assert report(desk) == {"candidates": little.MEMBERS, "sent": ALLOWED, "refused": refused}
    assert finished(desk)


def test_accounts_that_do_not_add_up_leave_no_report_and_an_unfinished_edition(desk: Workspace):
    with pytest.raises(AccountsError, match="do not add up"):
        report(desk)
    assert not desk.file("report.html").exists()
    assert not finished(desk)
    assert "report" not in desk.read_json("stages.json")


def test_a_send_of_which_nothing_was_heard_leaves_the_edition_unfinished(desk: Workspace):
    row = {"member_id": little.ALLOWED[0], "message_id": "x", "variant_id": "v", "consent_id": 1}
    (claim,) = claims(desk.ledger, desk.edition, [row])
    desk.ledger.doubt(claim, "timeout")
    desk.ledger.suppress([little.ALLOWED[0]], "complained")
    delivery.send(desk)
    assert report(desk)["sent"] == ALLOWED - 1
    assert not finished(desk)
    assert "<b>1</b> unknown" in written(desk)


def test_the_report_says_what_was_made_and_what_came_of_it(desk: Workspace):
    delivery.send(desk)
    report(desk)
    rows, page = cells(desk), Reader(written(desk))
    assert [REASONS["no_address"], "4"] in rows
    assert [REASONS["account_closed"], "4"] in rows
    assert ["everyone", "Everyone", "10", ""] in rows
    sized = {row[0]: row[2] for row in rows if len(row) == 4}
    assert sized == {"s001": "60", "s002": "50", "everyone": "10"}
    stages = [row[0] for row in rows if len(row) == 3]
    for name in ("pull", "segment", "render", "permission", "send"):
        assert name in stages
    assert f"<b>{ALLOWED}</b> sent" in written(desk)
    assert "the accounts add up" in page.words


def test_the_report_says_who_approved_it_and_until_when(desk: Workspace):
    delivery.send(desk)
    report(desk)
    assert "<p>Nobody approved it.</p>" in written(desk)
    hashes = dict.fromkeys(("pages", "audience", "files"), "0" * 64)
    counts = dict.fromkeys(("members", "variants", "warnings"), 1)
    until = {"author": "Ada", "expires_at": datetime(2026, 12, 5, tzinfo=UTC)}
    desk.ledger.approve(desk.edition, "Grace <Editor>", "Read it", hashes | counts | until)
    report(desk)
    assert "Grace &lt;Editor&gt; approved it on " in written(desk)
    assert ", until 2026-12-05 00:00 UTC: Read it" in written(desk)


def test_the_report_loads_nothing_and_names_nobody(desk: Workspace):
    delivery.send(desk)
    report(desk)
    page = Reader(written(desk))
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe"}
    assert [given["href"] for tag, given in page.tags if tag == "a"] == ["wall.html"]
    assert "mail.example.org" not in written(desk)
    assert little.ALLOWED[0] not in written(desk)


def test_whatever_is_reported_is_text(desk: Workspace):
    finding = {
        "path": "templates/<b>.mjml",
        "line": 3,
        "message": "'<script>' & $sent is left in it",
        "hint": "${sent}",
        "severity": "warning",
    }
    desk.write_json("findings.json", [finding])
    desk.write_json("sources.json", {"about": "Invented <b>people</b> & purchases."})
    delivery.send(desk)
    report(desk)
    page = Reader(written(desk))
    assert "templates/<b>.mjml:3: '<script>' & $sent is left in it" in page.words
    assert "${sent}" in page.words
    assert "Invented <b>people</b> & purchases." in page.words
    assert "script" not in {tag for tag, _ in page.tags}


def test_reporting_again_changes_no_number(desk: Workspace):
    delivery.send(desk)
    report(desk)
    before = cells(desk)
    assert report(desk)["sent"] == ALLOWED
    after = cells(desk)
    assert [row for row in after if row[:1] != ["report"]] == [
        row for row in before if row[:1] != ["report"]
    ]


def test_what_was_made_names_the_slowest_stage(desk: Workspace):
    stages = {"pull": {"seconds": 0.25}, "render": {"seconds": 3.14}, "lint": {"seconds": 1}}
    desk.write_json("stages.json", stages)
    assert made(desk) == {"segments": 3, "variants": 3, "slowest stage": "render, 3.1 s"}
