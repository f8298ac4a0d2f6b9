"""A stand-in in its own process: its command, its control door, its log, and its end."""

import json
import os
import signal
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest
from botocore.exceptions import ConnectionClosedError

from cardletter.rehearsal import read_log
from cardletter.rehearsal.standin import Standin
from standing_in import Client, addresses, ask, bulk, connected, process


def test_what_was_accepted_is_in_the_file_before_the_answer(tmp_path: Path):
    file = tmp_path / "log.jsonl"
    with process("--log", file) as (url, made), connected(url) as ses:
        ses.send_bulk_email(**bulk(addresses(3)))
        made.kill()
        log = read_log(file)
    assert [each.address for each in log.accepted] == addresses(3)
    assert log.posts() == 1
    assert log.accepted[0].tags == {"edition": "2026-12", "message": "member0"}


def test_options_set_everything(tmp_path: Path):
    options = ["--seed", "3", "--faults", "reset=1.0,hang_seconds=2", "--queue", "--forget"]
    options += ["--account", '{"max_send_rate": 14, "identities": ["larkfield.example"]}']
    options += ["--outcomes", "opened=.5", "--path", '{"delay": [1, 2]}']
    options += ["--events", str(tmp_path / "events"), "--log", str(tmp_path / "log")]
    with process(*options) as (url, _), connected(url) as ses:
        with pytest.raises(ConnectionClosedError):
            ses.send_bulk_email(**bulk(addresses(2)))
        account = ask(url, "account")
        assert (account["max_send_rate"], account["sent_last_24_hours"]) == (14, 2)
        assert account["identities"] == ["larkfield.example"]
        assert ask(url, "faults")["reset"] == 1.0
        assert ask(url, "outcomes")["opened"] == 0.5
        assert ask(url, "path")["delay"] == [1, 2]
        assert ask(url, "counts")["events"]["due"] >= 4
        assert ask(url, "log") == {"accepted": [], "calls": []}  # it is in the file only
        ask(url, "hurry", {})
        assert len(list((tmp_path / "events").iterdir())) >= 4
    (call,) = read_log(tmp_path / "log").calls
    assert (call.fault, call.accepted, call.manner) == ("reset", 2, "reset")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told_to(number: int):
    with process() as (url, made), connected(url) as ses:
        ses.get_account()
        os.kill(made.pid, number)
        assert made.wait(10) == 0


def test_an_option_that_does_not_exist_is_said_so():
    with process("--faults", "hnag=1") as (url, made):
        assert url == ""
        assert made.wait(10) != 0


def test_a_later_stand_in_goes_on_with_the_log(tmp_path: Path):
    for number in range(2):
        with Standin(log_file=tmp_path / "log") as standin, connected(standin.url) as ses:
            ses.send_bulk_email(**bulk(addresses(1, first=number)))
    assert [each.address for each in read_log(tmp_path / "log").accepted] == addresses(2)


def test_a_last_line_cut_short_is_left_out(tmp_path: Path):
    file = tmp_path / "log"
    with Standin(log_file=file) as standin, connected(standin.url) as ses:
        ses.send_bulk_email(**bulk(addresses(2)))
    whole = file.read_bytes()
    file.write_bytes(whole[:-3])
    assert (len(read_log(file).accepted), read_log(file).posts()) == (2, 0)
    assert read_log(tmp_path / "none").accepted == []


def test_the_door_sets_and_tells(standin: Standin, ses: Client):
    url = standin.url
    ask(url, "account", {"max_send_rate": 5, "rejected": ["member1@example.com"]})
    ask(url, "script", ["paused", {"entries": {"0": "FAILED"}}])
    with pytest.raises(ses.exceptions.SendingPausedException):
        ses.send_bulk_email(**bulk(addresses(2)))
    answer = ses.send_bulk_email(**bulk(addresses(3)))["BulkEmailEntryResults"]
    assert [each["Status"] for each in answer] == ["FAILED", "MESSAGE_REJECTED", "SUCCESS"]
    log = ask(url, "log")
    assert [each["fault"] for each in log["calls"]] == ["paused", ""]
    assert [each["address"] for each in log["accepted"]] == ["member2@example.com"]
    assert [mail["to"] for mail in ask(url, "mails")["mails"]] == [["member2@example.com"]]
    counts = ask(url, "counts")
    assert counts["operations"] == {"SendBulkEmail": 2}
    assert (counts["accepted"], counts["faults"]) == ({"sent": 1}, {"paused": 1})


@pytest.mark.parametrize(
    ("what", "say", "status"),
    [
        ("nothing", None, 404),
        ("nothing", {"a": 1}, 404),
        ("account", {"rate": 5}, 400),
        ("account", [1], 400),
        ("script", ["hnag"], 400),
        ("script", [{"kin": "hang"}], 400),
    ],
)
def test_the_door_says_what_it_cannot_do(standin: Standin, what: str, say: object, status: int):
    with pytest.raises(HTTPError) as refused:
        ask(standin.url, what, say)
    with refused.value as error:
        assert error.code == status
        assert json.load(error)["message"]


def test_a_taken_port_is_said_so(standin: Standin):
    second = Standin(port=standin.server.port)
    with pytest.raises(OSError, match="in use"):
        second.start()
    second.log.close()


def test_the_quick_one_answers_for_every_entry_and_counts():
    with process(module="quick") as (url, made), connected(url) as ses:
        for count in (50, 3):
            results = ses.send_bulk_email(**bulk(addresses(count)))["BulkEmailEntryResults"]
            assert [each["Status"] for each in results] == ["SUCCESS"] * count
        assert results[0]["MessageId"].endswith("000000000050-000000")
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            assert json.load(answer) == {"calls": 2, "entries": 53}
        made.terminate()
        assert made.wait(10) == 0
