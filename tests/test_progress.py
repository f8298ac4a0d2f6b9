"""Progress: whoever watches is told how far the work is; when nobody does, nothing is said."""

from typing import Any

import pytest

from cardletter import progress
from cardletter.progress import Board, in_words, track, watching


class Diary:
    """Notes everything it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []

    def started(self, stage: str) -> None:
        self.heard.append(("started", stage))

    def advanced(self, what: str, done: int, total: int) -> None:
        self.heard.append((what, done, total))

    def finished(self, stage: str, seconds: float, counts: dict[str, int]) -> None:
        self.heard.append(("finished", stage, seconds, counts))


def test_things_come_through_in_order_whoever_watches():
    assert list(track(iter("abc"), "letters", 3)) == ["a", "b", "c"]
    with watching(Diary()):
        assert list(track(range(1_000), "numbers", 1_000)) == list(range(1_000))


@pytest.mark.parametrize("total", [1, 2, 99, 100, 101, 1_000, 12_345])
def test_about_a_hundred_times_it_is_told_how_many_are_done(total: int):
    diary = Diary()
    with watching(diary):
        list(track(range(total), "things", total))
    done = [heard[1] for heard in diary.heard]
    assert done == sorted(done)
    assert done[-1] == total
    assert len(done) <= 202
    assert {heard[2] for heard in diary.heard} == {total}


def test_nothing_to_do_is_told_once():
    diary = Diary()
    with watching(diary):
        assert list(track([], "things", 0)) == []
    assert diary.heard == [("things", 0, 0)]


def test_work_that_is_broken_off_is_never_said_to_be_done():
    diary = Diary()
    with watching(diary):
        for number in track(range(10), "things", 10):
            if number == 4:
                break
    assert [heard[1] for heard in diary.heard] == [1, 2, 3, 4]


def test_a_watcher_hears_what_happens_in_its_block_only():
    diary, other = Diary(), Diary()
    progress.started("before")
    with watching(diary, other):
        progress.started("pull")
        with watching(Diary()):
            progress.finished("pull", 0.5, {"rows": 3})
    progress.started("after")
    assert diary.heard == other.heard == [
        ("started", "pull"),
        ("finished", "pull", 0.5, {"rows": 3}),
    ]  # fmt: skip


def test_a_watcher_goes_when_the_work_fails():
    diary = Diary()
    with pytest.raises(OSError, match="disk"), watching(diary):
        raise OSError("disk")
    progress.started("after")
    assert diary.heard == []


def test_a_board_notes_each_stage_and_moves_its_bar_to_the_end(monkeypatch: pytest.MonkeyPatch):
    clock = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    notes: list[str] = []
    bars: list[tuple[str, float]] = []
    board = Board(notes.append, lambda stage, percent: bars.append((stage, percent)))
    board.started("send")
    for done in (1, 2, 3):
        board.advanced("batches", done, 4)  # in one moment: the bar moves once
    clock[0] += 1.5
    board.advanced("batches", 3, 4)
    board.advanced("batches", 4, 4)
    board.finished("send", 2.04, {"sent": 1_234, "set_aside": 0})
    assert bars == [("send", 25), ("send", 75), ("send", 100)]
    assert notes == ["send: 1,234 sent, 0 set aside in 2.0 s"]


def test_a_board_copes_with_nothing_to_do():
    bars: list[tuple[str, float]] = []
    board = Board(lambda _: None, lambda stage, percent: bars.append((stage, percent)))
    board.started("send")
    board.advanced("batches", 0, 0)
    assert bars == [("send", 0)]


def test_counts_read_as_one_says_them():
    assert in_words({"members": 2_469, "set_aside": 1}) == "2,469 members, 1 set aside"
    assert in_words({}) == ""
