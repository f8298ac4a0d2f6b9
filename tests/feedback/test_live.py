"""What an operator sees while an edition is sent: true at every moment, and readable."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

import little
from cardletter import delivery, feedback
from cardletter.cli import app
from cardletter.feedback.live import Live, read_live
from cardletter.ledger import Claim, now
from cardletter.ledger.schema import CALLS
from cardletter.workspace import Workspace
from claims import claims

ALLOWED = len(little.ALLOWED)
ROWS = [
    {"member_id": m, "message_id": f"id-{m}", "variant_id": "v1", "consent_id": 1}
    for m in little.ALLOWED[:20]
]


def told(desk: Workspace) -> dict[str, str | int]:
    return rows(read_live(desk))


def rows(live: Live) -> dict[str, str | int]:
    return {str(line["outcome"]): line["members"] for line in live.table()}


def command(desk: Workspace, *words: str) -> str:
    said = CliRunner(env={"COLUMNS": "200"}).invoke(
        app, [*words[:1], desk.edition, *words[1:], "--project", str(desk.project)]
    )
    assert said.exit_code == 0, said.output
    return said.output


def end(desk: Workspace, claim: Claim, *, after: float, ago: float) -> None:
    """End a call that took so long, so long ago."""
    desk.ledger.done(claim, [], {})
    ended = now() - timedelta(seconds=ago)
    values = {"claimed_at": ended - timedelta(seconds=after), "ended_at": ended}
    with desk.ledger.writing() as connection:
        connection.execute(update(CALLS).where(CALLS.c.call == claim.call).values(**values))


def test_who_is_in_a_call_is_on_their_way_and_not_in_doubt_until_the_lease_is_over(desk: Workspace):
    claims(desk.ledger, desk.edition, ROWS)
    assert told(desk)["on their way"] == 20
    assert "unknown" not in told(desk)
    with desk.ledger.writing() as connection:
        connection.execute(update(CALLS).values(lease_until=now() - timedelta(seconds=1)))
    assert told(desk)["unknown"] == 20
    assert "on their way" not in told(desk)


def test_a_sender_that_has_just_begun_is_judged_by_the_time_it_had(desk: Workspace):
    first, second = claims(desk.ledger, desk.edition, ROWS, size=10)
    end(desk, first, after=1, ago=3)
    end(desk, second, after=1, ago=0)
    live = read_live(desk)
    # Twenty in the four seconds since it began, or some more on a busy machine; not in fifteen.
    assert 20 / 15 * 1.5 < live.rate <= 20 / 4
    assert live.left
    assert live.left.total_seconds() == pytest.approx((ALLOWED - 20) / live.rate, abs=1)
    assert rows(live)["speed"] == f"{live.rate:,.0f} messages a second"
    assert str(rows(live)["time left"]).startswith(f"{live.left}, until ")


def test_what_ended_long_ago_is_no_speed(desk: Workspace):
    (claim,) = claims(desk.ledger, desk.edition, ROWS)
    end(desk, claim, after=1, ago=60)
    assert told(desk)["speed"] == "nothing is moving"
    assert "time left" not in told(desk)


def test_while_some_wait_the_accounts_add_up_only_where_something_moves(desk: Workspace):
    assert not read_live(desk).between  # nobody sends it: status says that it is not finished
    claims(desk.ledger, desk.edition, ROWS)
    assert read_live(desk).between
    assert "waiting" in command(desk, "status")
    with desk.ledger.writing() as connection:  # its sender died
        connection.execute(update(CALLS).values(lease_until=now() - timedelta(seconds=1)))
    assert not read_live(desk).between


def test_a_pause_is_told_with_its_reason_and_a_finished_edition_has_nothing_to_stop(
    desk: Workspace,
):
    command(desk, "pause", "--by", "Ada", "--why", "a wrong price")
    assert told(desk)["paused"] == "by Ada: a wrong price"
    assert "speed" not in told(desk)
    assert "a wrong price" in command(desk, "status", "--watch")  # it ends, as nothing moves
    command(desk, "resume", "--by", "Ada")
    assert "paused" not in told(desk)
    delivery.send(desk)
    feedback.report(desk)
    assert "nothing left to stop" in command(desk, "pause", "--by", "Ada")
    assert set(told(desk)) & {"paused", "speed", "waiting", "not sent after"} == set()
    assert str(told(desk)["finished"]).endswith("UTC")
    assert [each["order"] for each in desk.ledger.orders(desk.edition)] == ["pause", "resume"]
