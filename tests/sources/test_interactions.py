"""Interactions: what the issuer heard of members otherwise, taken in once, forgotten with them."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cardletter import sources
from cardletter.errors import SourceError
from cardletter.permission.erasure import erase
from cardletter.permission.export import export, in_words
from cardletter.permission.standing import find_member
from cardletter.workspace import Workspace
from tiny import begin, found, pull, put, refusal, tiny

ALL = 'sources.interactions = "data/interactions"\nsources.set_aside_limit = 1'
HEAD = "member_id,kind,occurred_at,score,text,topic\n"
CALL = "00123,call,2026-11-02T09:00:00+01:00,3,Where is it?,delivery\n"
SURVEY = "00123,survey,2026-11-03,9,,letter\n"


def heard(*lines: str) -> dict[str, Any]:
    return {"interactions.csv": HEAD + "".join(lines)}


def told(desk: Workspace, member: str = "00123") -> list[tuple]:
    names = ("kind", "score", "text", "topic")
    return [tuple(row[name] for name in names) for row in desk.ledger.interactions(member)]


def test_interactions_are_taken_in_once_however_often_they_are_delivered(tmp_path: Path):
    project = tiny(tmp_path, heard(CALL, SURVEY, CALL), ALL)
    assert pull(project)["interactions"]["rows"] == 3
    desk = begin(project)
    once = [("call", 3, "Where is it?", "delivery"), ("survey", 9, "", "letter")]
    assert told(desk) == once
    assert str(desk.ledger.interactions("00123")[0]["occurred_at"]) == "2026-11-02 08:00:00"
    put(project / "data/interactions.csv", HEAD + SURVEY + CALL + SURVEY.replace("9", "8"))
    pull(project)
    assert told(desk) == [*once, ("survey", 8, "", "letter")]


def test_the_columns_that_need_not_be_need_not_be(tmp_path: Path):
    table = pd.DataFrame({"member_id": ["00123"], "kind": ["visit"], "occurred_at": ["2026-11-02"]})
    project = tiny(tmp_path, {"interactions.parquet": table}, ALL)
    for _ in range(2):
        pull(project)
        assert told(begin(project)) == [("visit", None, "", "")]


def test_a_score_with_gaps_is_a_whole_number_where_it_is_one(tmp_path: Path):
    table = pd.DataFrame({"member_id": "00123", "kind": "survey", "score": [7.0, None]})
    table = table.assign(occurred_at=pd.to_datetime(["2026-11-02", "2026-11-03"]))
    project = tiny(tmp_path, {"interactions.parquet": table}, ALL)
    pull(project)
    assert [row[1] for row in told(begin(project))] == [7, None]


def test_what_breaks_the_contract_is_set_aside(tmp_path: Path):
    bad = {
        "no_member_id": ",call,2026-11-02,,,\n",
        "null_member_id": "None,call,2026-11-02,,,\n",
        "unknown_kind": "00123,letter,2026-11-02,,,\n",
        "unreadable_time": "00123,call,soon,,,\n",
        "future_time": "00123,call,2199-01-01,,,\n",
        "no_offer": "00123,redemption,2026-11-02,,,\n",
        "unreadable_score": "00123,call,2026-11-02,nine,,\n",
    }
    project = tiny(tmp_path, heard(CALL, *bad.values()), ALL)
    aside = found(project, "interactions")
    assert aside["reasons"] == dict.fromkeys(bad, 1)
    rows = [f"interactions.csv row {row}" for row in range(2, 2 + len(bad))]
    assert [aside["where"][reason] for reason in bad] == [[row] for row in rows]
    pull(project)
    assert len(told(begin(project))) == 1


def test_a_card_number_in_what_somebody_said_stops_the_pull(tmp_path: Path):
    text = CALL.replace("Where is it?", "It is 4111 1111 1111 1111")
    message = refusal(tiny(tmp_path, heard(text), ALL), "interactions", "4111")
    assert "interactions.text holds a card number" in message


def test_where_they_are_named_they_have_to_be(tmp_path: Path):
    with pytest.raises(SourceError, match="No interactions"):
        sources.pull(begin(tiny(tmp_path, settings=ALL)))


def test_without_them_nothing_is_missing(tmp_path: Path):
    assert set(pull(tiny(tmp_path))) == {"transactions", "members", "consents"}


def test_a_member_is_shown_them_and_gets_them(tmp_path: Path):
    project = tiny(tmp_path, heard(CALL, SURVEY), ALL)
    pull(project)
    desk = begin(project)
    lines = list(in_words(desk, find_member(desk, "00123")))
    assert "Call on 2026-11-02 08:00 UTC: delivery, score 3, “Where is it?”." in lines
    assert "Survey on 2026-11-03 00:00 UTC: letter, score 9." in lines
    data = export(desk, "00123")
    assert [row["kind"] for row in data["ledger"]["interactions"]] == ["call", "survey"]


def test_an_erased_member_has_none_and_gets_none_again(tmp_path: Path):
    project = tiny(tmp_path, heard(CALL), ALL)
    pull(project)
    desk = begin(project)
    done = erase(desk, "00123")
    assert "interactions.csv row 1" in done.delivered
    assert desk.ledger.interactions("00123") == []
    with pytest.raises(SourceError, match=r"erased .* interactions\.csv row 1"):
        sources.pull(desk)
    assert desk.ledger.interactions("00123") == []
