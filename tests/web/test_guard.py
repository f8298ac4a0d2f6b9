"""Every answer is guarded, whatever it is; nobody is refused at a normal pace."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy.exc import DataError, OperationalError

from cardletter.ledger import Ledger, Visit
from cardletter.web.guard import LARGEST, Pace
from house import ADA, BO, ONE_CLICK, Client, House

DOORS = ("unsubscribe", "preferences")
HEADERS = {
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}
PACE = Pace()


def asked(house: House) -> dict[str, int]:
    """Ask for every kind of answer there is: what, and the status it must have."""
    good, mine = house.path("unsubscribe"), house.path("preferences")
    made = {
        "a page": (house.client.get(good), 200),
        "preferences": (house.client.get(mine), 200),
        "one click": (house.client.post(house.path("unsubscribe", BO), data=ONE_CLICK), 200),
        "saved": (house.save({}), 303),
        "wrong body": (house.client.post(good), 400),
        "no ticket": (house.client.post(mine), 403),
        "nothing": (house.client.get("/"), 404),
        "no token": (house.client.get("/preferences/x"), 404),
        "method": (house.client.request("PUT", good), 405),
        "too much": (house.client.post(good, content=b"a" * (LARGEST + 1)), 200),
    }
    for what, (answer, status) in made.items():
        if what != "too much":
            assert answer.status_code == status, what
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-"), what
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, what
        assert "set-cookie" not in answer.headers
        assert "server" not in answer.headers
    return {what: answer.status_code for what, (answer, _) in made.items()}


def test_every_answer_has_the_headers(house: House):
    assert len(asked(house)) == 10


def test_a_failure_has_them_too_and_says_nothing_of_itself(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    def fail(_self: Ledger, _key: str) -> bool:
        raise ZeroDivisionError("the address ada@mail.example")

    monkeypatch.setattr(Ledger, "forgotten", fail)
    answer = house.client.get(house.path("unsubscribe"))
    assert answer.status_code == 500
    assert "ada" not in answer.text
    assert "Division" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "content-security-policy" in answer.headers


def test_while_the_ledger_is_out_of_reach_one_is_asked_to_come_again(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(_self: Ledger, _visits: object) -> bool:
        raise OperationalError("UPDATE M-ada-01", {}, Exception("connection refused"))

    monkeypatch.setattr(Ledger, "visits", fail)
    answer = house.one_click()
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert ADA not in answer.text + caplog.text
    assert "OperationalError" in caplog.text


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("size", [LARGEST + 1, 10 * LARGEST])
def test_a_body_that_is_too_large_is_read_no_further(steady: House, door: str, size: int):
    before = steady.all_there_is()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"List-Unsubscribe=One-Click&a=" + b"a" * size
    answer = steady.client.post(steady.path(door), content=body, headers=headers)
    assert answer.status_code == 413
    assert steady.all_there_is() == before


@pytest.fixture
def strict(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Give an application at its own pace, and let time stand still."""
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment)
    return House(house.project, Pace())


def test_with_one_token_one_may_ask_so_often_and_then_again_later(
    strict: House, monkeypatch: pytest.MonkeyPatch
):
    path = strict.path("unsubscribe")
    statuses = [strict.client.get(path).status_code for _ in range(PACE.token.amount + 5)]
    assert statuses == [200] * PACE.token.amount + [429] * 5
    refused = strict.client.post(path, data=ONE_CLICK)
    assert refused.status_code == 429
    wait = int(refused.headers["retry-after"])
    assert 1 <= wait <= PACE.token.get_expiry()
    assert strict.ledger.standing(ADA)["newsletter"] == "granted"
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + wait + 1)
    assert strict.client.post(path, data=ONE_CLICK).status_code == 200


def test_one_token_says_nothing_of_another(strict: House):
    for _ in range(PACE.token.amount + 1):
        strict.client.get(strict.path("unsubscribe"))
    assert strict.one_click(BO).status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_a_stranger_is_slowed_down(strict: House, door: str):
    asked = [strict.client.get(f"/{door}/{number}") for number in range(PACE.stranger.amount + 3)]
    assert [a.status_code for a in asked] == [404] * PACE.stranger.amount + [429] * 3
    assert asked[-1].headers["retry-after"]


def test_strangers_stop_nobody_who_comes_from_the_same_address(strict: House):
    for number in range(PACE.stranger.amount + 5):
        strict.client.post(f"/unsubscribe/{number}", data=ONE_CLICK)
    assert strict.client.get("/unsubscribe/x").status_code == 429
    assert strict.one_click().status_code == 200


def test_a_provider_may_unsubscribe_hundreds_from_one_address(strict: House):
    posts = [
        ("POST", strict.path("unsubscribe", f"m{n:03d}"), {"data": ONE_CLICK}) for n in range(300)
    ]
    assert {answer.status_code for answer in strict.client.at_once(posts)} == {200}


def test_addresses_are_told_apart_and_networks_of_ipv6_are_one(strict: House):
    def ask(address: str) -> int:
        return Client(strict.app, address).get("/unsubscribe/x").status_code

    for _ in range(PACE.stranger.amount):
        ask("2001:db8:1:2::1")
    assert ask("2001:db8:1:2:ffff::7") == 429
    assert ask("2001:db8:1:3::1") == 404
    assert ask("198.51.100.9") == 404
    assert ask("testclient") == 404


def test_the_style_is_the_only_thing_a_page_may_load(steady: House):
    page = steady.page()
    assert page.count("<style>") == 1
    assert " style=" not in page
    assert " on" not in page.split("</style>")[1].split("<main>")[0]
    assert 'src="data:image/png;base64,' in page


def test_a_brand_that_lacks_what_the_pages_need_is_told_of_when_we_start(house: House):
    brand = house.project / "templates/brand.yaml"
    brand.write_text(brand.read_text().replace("postal_address:", "address:"))
    from cardletter.errors import FilesError

    with pytest.raises(FilesError, match=r"templates/brand.yaml:1: .*postal_address"):
        House(house.project)


def test_a_brand_without_a_logo_is_fine(house: House):
    brand = house.project / "templates/brand.yaml"
    lines = brand.read_text().splitlines()
    start = lines.index("logo:")
    brand.write_text("\n".join(lines[:start] + lines[start + 3 :]))
    assert "<img" not in House(house.project).page()


def test_where_there_is_no_project_it_is_said(tmp_path: Path):
    from cardletter.errors import SettingsError
    from cardletter.web import create_app

    with pytest.raises(SettingsError, match="is no newsletter project"):
        create_app(tmp_path)


def test_a_ledger_out_of_reach_is_asked_once_for_all_who_wait(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    asked: list[int] = []

    def fail(_self: Ledger, visits: Sequence[Visit]) -> None:
        asked.append(len(visits))
        raise OperationalError("no", {}, Exception("database is locked"))

    monkeypatch.setattr(Ledger, "visits", fail)
    posts = [("POST", house.path("unsubscribe", f"m{n}"), {"data": ONE_CLICK}) for n in range(20)]
    assert {answer.status_code for answer in house.client.at_once(posts)} == {503}
    assert sum(asked) == 20


def test_one_visit_that_cannot_be_recorded_spoils_no_other(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    whole = Ledger.visits

    def picky(self: Ledger, visits: Sequence[Visit]) -> list[int | None]:
        if any(visit.member_id == BO for visit in visits):
            raise DataError("no", {}, Exception("no"))
        return whole(self, visits)

    monkeypatch.setattr(Ledger, "visits", picky)
    members = [ADA, BO, "m1", "m2", "m3"]
    posts = [("POST", house.path("unsubscribe", each), {"data": ONE_CLICK}) for each in members]
    answers = house.client.at_once(posts)
    assert [answer.status_code for answer in answers] == [200, 503, 200, 200, 200]
    assert house.ledger.standing(ADA)["newsletter"] == "withdrawn"
    assert house.ledger.standing(BO)["newsletter"] == "granted"
