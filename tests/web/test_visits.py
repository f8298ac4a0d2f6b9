"""A visit is kept whole or not at all, and once: in SQLite and in PostgreSQL."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from cardletter.ledger import Act, Answer, Ledger, Visit, now
from cardletter.ledger.visits import Visits

YES = Act("ada", "newsletter", "granted", "web_form", "Yes.", source="application")
NO = Act("ada", "newsletter", "withdrawn", "one_click", "No.", source="unsubscribe")
SINCE = now() - timedelta(days=180)


def visit(topics: dict[str, str] | None = None, *acts: Act, answer: Answer | None = None) -> Visit:
    return Visit("ada", "key-of-ada", "preference_centre", topics or {}, acts, answer)


def at_once(*calls: Callable[[], object]) -> None:
    """Call all of these in threads that begin together."""
    barrier, failed = threading.Barrier(len(calls)), list[BaseException]()

    def run(call: Callable[[], object]) -> None:
        try:
            barrier.wait()
            call()
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_what_changes_nothing_is_not_recorded(ledger: Ledger):
    assert ledger.visit(visit({"frequency": "yearly"}, YES)) == 2
    assert ledger.visit(visit({"frequency": "yearly", "language": ""}, YES)) == 0
    assert ledger.visit(visit({"frequency": ""}, NO)) == 2
    assert len(ledger.history("ada")) == 2
    assert ledger.wishes("ada") == {}
    assert ledger.standing("ada") == {"newsletter": "withdrawn"}


def test_an_answer_is_kept_once_in_its_time(ledger: Ledger):
    assert ledger.visit(visit(answer=Answer(9, "Good.", "letter", SINCE))) == 1
    assert ledger.visit(visit(answer=Answer(2, "Bad.", "letter", SINCE))) == 0
    assert ledger.visit(visit(answer=Answer(5, "So.", "letter", now()))) == 1
    assert [each["score"] for each in ledger.interactions("ada")] == [9, 5]


def test_of_the_erased_nothing_is_recorded(ledger: Ledger):
    ledger.visit(visit({"frequency": "yearly"}, YES))
    ledger.erase("ada", "key-of-ada", [])
    assert ledger.visit(visit({"frequency": "every"}, NO)) is None
    assert ledger.history("ada") == []
    assert ledger.wishes("ada") == {}


def test_a_visit_that_fails_half_way_leaves_nothing(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> int:
        raise RuntimeError("the cable was pulled")

    monkeypatch.setattr(Visits, "_once", fail)
    with pytest.raises(RuntimeError):
        ledger.visit(visit({"frequency": "yearly"}, YES))
    assert ledger.history("ada") == []
    assert ledger.wishes("ada") == {}


def test_visits_at_once_are_recorded_once(ledger: Ledger):
    ledger.act(YES)
    said = visit({"frequency": "yearly"}, NO, answer=Answer(9, "", "letter", SINCE))
    at_once(*[lambda: ledger.visit(said)] * 8)
    assert [act["state"] for act in ledger.history("ada")] == ["granted", "withdrawn"]
    assert len(ledger.interactions("ada")) == 1
    assert ledger.wishes("ada") == {"frequency": "yearly"}


def test_of_yeses_and_noes_at_once_the_last_recorded_counts(ledger: Ledger):
    ledger.act(YES)
    for _ in range(5):
        at_once(
            *[lambda: ledger.visit(visit(None, NO)), lambda: ledger.visit(visit(None, YES))] * 3
        )
        last = ledger.history("ada")[-1]
        assert ledger.standing("ada") == {"newsletter": last["state"]}


def test_visits_together_are_each_recorded_as_if_alone(ledger: Ledger):
    ledger.erase("cy", "key-of-cy", [])
    bo = Visit("bo", "key-of-bo", "preference_centre", {"language": "en"})
    cy = Visit("cy", "key-of-cy", "preference_centre", {"language": "en"})
    assert ledger.visits([visit(None, YES), bo, cy, visit(None, NO), bo]) == [1, 1, None, 1, 0]
    assert ledger.standing("ada") == {"newsletter": "withdrawn"}
    assert ledger.wishes("bo") == {"language": "en"}
    assert ledger.wishes("cy") == {}


def test_visits_together_in_any_order_wait_for_nobody_for_ever(ledger: Ledger):
    everybody = [Visit(name, name, "x", {"frequency": name}) for name in "abcdefgh"]
    at_once(*[lambda: ledger.visits(everybody), lambda: ledger.visits(everybody[::-1])] * 3)
    assert [ledger.wishes(each.member_id) for each in everybody] == [
        {"frequency": each.member_id} for each in everybody
    ]


def test_an_erasure_and_visits_at_once_leave_nothing(ledger: Ledger):
    for number in range(5):
        key = f"key-{number}"
        said = Visit("ada", key, "preference_centre", {"frequency": "yearly"}, [YES])
        visits = [lambda said=said: ledger.visit(said)] * 4
        at_once(*visits, lambda key=key: ledger.erase("ada", key, []))
        assert ledger.visit(said) is None
        assert ledger.holdings("ada") == {}
