"""Figures: what came back, in the report once there is any, and never about a few members."""

import pytest

import little
from cardletter import delivery
from cardletter.feedback import replay, report, simulate
from cardletter.feedback.figures import figures, in_words
from cardletter.ledger import Act
from cardletter.workspace import Workspace
from pages import Reader

ALLOWED = len(little.ALLOWED)


def words(desk: Workspace) -> str:
    report(desk)
    return Reader(desk.file("report.html").read_text(encoding="utf-8")).words


def test_before_anything_came_back_the_report_says_nothing_of_it(desk: Workspace):
    delivery.send(desk)
    assert figures(desk.ledger, desk.edition) == {}
    assert "What came back" not in words(desk)


def test_what_came_back_stands_in_the_report_and_a_few_are_only_few(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    yes = (Act(each, "tracking", "granted", "web_form", "Yes.") for each in little.ALLOWED)
    desk.ledger.act(*yes)
    delivery.send(desk)
    monkeypatch.setattr(simulate, "HARD", 0.0)
    monkeypatch.setattr(simulate, "SOFT", 0.0)
    monkeypatch.setattr(simulate, "OPENED", 1.0)
    monkeypatch.setattr(simulate, "BY_PROXY", 0.0)
    monkeypatch.setattr(simulate, "CLICKED", 0.0)
    monkeypatch.setattr(simulate, "SCANNED", 1.0)
    replay(desk)
    said = {
        "delivered": f"{ALLOWED}",
        "bounced": "none",
        "complained": "few",
        "opened, by people": f"{ALLOWED}",
        "clicked, by people": "none",
    }
    assert figures(desk.ledger, desk.edition) == said
    page = words(desk)
    assert "What came back" in page
    assert "complainedfew" in "".join(page.split())


def test_opens_of_proxies_are_no_peoples(desk: Workspace, monkeypatch: pytest.MonkeyPatch):
    desk.ledger.act(*(Act(m, "tracking", "granted", "form", "Yes.") for m in little.ALLOWED))
    delivery.send(desk)
    monkeypatch.setattr(simulate, "OPENED", 1.0)
    monkeypatch.setattr(simulate, "BY_PROXY", 1.0)
    assert replay(desk).kinds["opened"] > 50
    assert figures(desk.ledger, desk.edition)["opened, by people"] == "none"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "none"), (1, "few"), (19, "few"), (20, "20"), (12_345, "12,345")]
)
def test_a_figure_under_twenty_is_few(count: int, said: str):
    assert in_words(count) == said
