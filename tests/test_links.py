"""A mail's links say who they are for to us alone; nobody can make one up or use it elsewhere."""

import threading
import time
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardletter.errors import SettingsError
from cardletter.links import KEY, BadLinkError, Bearer, Links, link_keys

PREFERENCES, UNSUBSCRIBE = "https://larkfield.example/p", "https://larkfield.example/u"
DOORS = ("preferences", "unsubscribe")
DAY = 24 * 3600


def links(*keys: str) -> Links:
    return Links(keys or ("first key",), PREFERENCES, UNSUBSCRIBE)


def token_of(link: str) -> str:
    return link.rsplit("/", 1)[1]


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARDLETTER_LINK_KEY", raising=False)


@given(st.text(min_size=1, max_size=60), st.from_regex(r"[0-9]{4}-[0-9]{2}", fullmatch=True))
def test_a_link_opens_its_own_door_for_its_own_member(member: str, edition: str):
    ours = links()
    assert ours.preferences(member, edition).startswith(f"{PREFERENCES}/")
    assert ours.unsubscribe(member, edition).startswith(f"{UNSUBSCRIBE}/")
    for door, link in zip(
        DOORS, (ours.preferences(member, edition), ours.unsubscribe(member, edition)), strict=True
    ):
        assert ours.read(door, token_of(link)) == Bearer(member, edition)


def test_a_token_is_fit_for_a_link_and_holds_the_members_id_and_the_edition_only():
    token = links().token("unsubscribe", "00123", "2026-12")
    assert token.isascii()
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()
    said = token.split(".")[0]
    assert urlsafe_b64decode(said + "=" * (-len(said) % 4)) == b'["00123","2026-12"]'


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("other", DOORS)
def test_a_token_for_one_door_opens_no_other(door: str, other: str):
    token = links().token(door, "00123", "2026-12")
    if door == other:
        assert links().read(other, token).member_id == "00123"
    else:
        with pytest.raises(BadLinkError):
            links().read(other, token)


TOKEN = links().token("unsubscribe", "00123", "2026-12")
SAID, WHEN, SIGNED = TOKEN.split(".")


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "hello",
        "é",
        "\ud800",
        "\0",
        TOKEN + "A",
        TOKEN * 20,
        f"{SAID}.{WHEN}.",
        f"{SAID}.{SIGNED}",
        f"{SAID}AA.{WHEN}.{SIGNED}",
        f"{SAID}.{WHEN}.{SIGNED[::-1]}",
        links("another key").token("unsubscribe", "00123", "2026-12"),
    ],
    ids=[
        "nothing",
        "a-dot",
        "dots",
        "a-word",
        "a-letter",
        "half-a-letter",
        "nul",
        "longer",
        "very-long",
        "unsigned",
        "undated",
        "for-another",
        "wrongly-signed",
        "anothers",
    ],
)
def test_a_made_up_token_opens_nothing_and_is_not_told_why(token: str):
    with pytest.raises(BadLinkError) as raised:
        links().read("unsubscribe", token)
    assert str(raised.value) == ""


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("AZaz09-_.é"))
def test_a_token_with_one_letter_changed_opens_nothing_for_anybody_else(place: int, letter: str):
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    try:
        opened = links().read("unsubscribe", changed)
    except BadLinkError:
        return
    # The last letter of a part carries bits that nobody reads.
    assert opened == Bearer("00123", "2026-12")


@pytest.mark.parametrize(("days", "opens"), [(0, True), (729, True), (733, False), (-1, False)])
def test_a_link_lives_two_years(monkeypatch: pytest.MonkeyPatch, days: int, opens: bool):
    token = links().token("unsubscribe", "00123", "2026-12")
    now = time.time() + days * DAY
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now)
    if opens:
        assert links().read("unsubscribe", token).member_id == "00123"
    else:
        with pytest.raises(BadLinkError):
            links().read("unsubscribe", token)


def test_the_last_key_signs_and_all_keys_are_believed():
    old, both, new = links("old"), links("old", "new"), links("new")
    before, after = (each.token("preferences", "00123", "2026-12") for each in (old, both))
    assert both.read("preferences", before) == both.read("preferences", after)
    assert new.read("preferences", after).member_id == "00123"
    with pytest.raises(BadLinkError):
        new.read("preferences", before)
    with pytest.raises(BadLinkError):
        old.read("preferences", after)


def test_an_address_is_known_by_a_hash_that_case_blanks_and_later_keys_do_not_change():
    known = links("old").address_key("Ada@mail.example")
    assert known == links("old", "new").address_key(" ada@MAIL.example ")
    assert known != links("new").address_key("Ada@mail.example")
    assert known != links("old").address_key("bo@mail.example")
    assert "ada" not in known


def test_the_key_is_made_once_long_random_and_its_owners_alone(tmp_path: Path):
    (key,) = link_keys(tmp_path)
    assert len(key) >= 40
    assert link_keys(tmp_path) == (key,)
    (tmp_path / "other").mkdir()
    assert link_keys(tmp_path / "other") != (key,)
    assert (tmp_path / KEY).stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == [KEY, "other"]


def test_all_who_ask_for_the_key_at_once_get_the_same(tmp_path: Path):
    ready, got = threading.Barrier(8), []

    def ask() -> None:
        ready.wait()
        got.append(link_keys(tmp_path))

    threads = [threading.Thread(target=ask) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(got)) == 1
    assert [file.name for file in tmp_path.iterdir()] == [KEY]


def test_keys_are_the_lines_of_the_file_oldest_first(tmp_path: Path):
    (tmp_path / KEY).write_text("old\n\n new \n", encoding="utf-8")
    assert link_keys(tmp_path) == ("old", "new")


def test_the_environment_wins_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARDLETTER_LINK_KEY", "old, new")
    assert link_keys(tmp_path) == ("old", "new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", [KEY, "CARDLETTER_LINK_KEY"])
def test_no_key_at_all_is_refused_not_made_up_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
):
    if where == KEY:
        (tmp_path / KEY).write_text("\n", encoding="utf-8")
    else:
        monkeypatch.setenv("CARDLETTER_LINK_KEY", " , ")
    with pytest.raises(SettingsError, match=f"{where} holds no key for links: put back the one"):
        link_keys(tmp_path)
