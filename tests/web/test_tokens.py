"""Tokens that open nothing: 100 ways of making one up, and all get one and the same answer."""

import secrets

import pytest
from itsdangerous import TimestampSigner

from attacks import ATTACKS, Attack, parts
from cardletter.links import DOORS, TWO_YEARS
from house import ONE_CLICK, House

Answer = tuple[int, bytes, dict[str, str]]


def answers(house: House, path: str) -> list[Answer]:
    """Ask in every way there is."""
    parts = {"content": b"--", "headers": {"Content-Type": "multipart/form-data"}}
    asked = [("GET", {}), ("POST", {"data": ONE_CLICK}), ("POST", {}), ("POST", parts)]
    made = house.client.at_once([(method, path, more) for method, more in [*asked, ("HEAD", {})]])
    body = made[0].content  # which HEAD leaves out
    return [(a.status_code, a.content or body, dict(a.headers)) for a in made]


@pytest.fixture(scope="module")
def nothing(steady: House) -> Answer:
    """Give the one answer."""
    one, *others = answers(steady, "/preferences/nothing") + answers(steady, "/unsubscribe/nothing")
    assert one[0] == 404
    assert all(other == one for other in others)
    return one


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_token_that_is_not_ours_gets_the_one_answer(
    steady: House, nothing: Answer, attack: Attack, door: str
):
    wrong = f"/{door}/{attack(steady, door)}"
    before = steady.all_there_is()
    for answer in answers(steady, wrong):
        assert answer == nothing
    assert steady.all_there_is() == before


def test_there_are_attacks_enough():
    assert len(ATTACKS) * len(DOORS) >= 200


@pytest.mark.parametrize("door", DOORS)
def test_none_of_a_thousand_random_tokens_opens_anything(steady: House, door: str):
    before = steady.all_there_is()
    shape = [len(part) for part in parts(steady, door)]
    made = [".".join(secrets.token_urlsafe(n)[:n] for n in shape) for _ in range(1_000)]
    posts = [("POST", f"/{door}/{each}", {"data": ONE_CLICK}) for each in made]
    assert {answer.status_code for answer in steady.client.at_once(posts)} == {404}
    assert steady.all_there_is() == before


@pytest.mark.parametrize("door", DOORS)
def test_a_link_opens_for_two_years_and_not_a_second_longer(
    house: House, door: str, monkeypatch: pytest.MonkeyPatch
):
    now = TimestampSigner("any").get_timestamp()
    good = house.path(door)
    for later, status in ((TWO_YEARS - 60, 200), (TWO_YEARS + 60, 404)):
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self, at=now + later: at)
        assert house.client.get(good).status_code == status
    before = house.all_there_is()
    expired, nothing = answers(house, good), answers(house, f"/{door}/nothing")
    assert expired == nothing
    assert house.all_there_is() == before


@pytest.mark.parametrize("door", DOORS)
def test_a_link_from_the_future_opens_nothing(
    house: House, door: str, monkeypatch: pytest.MonkeyPatch
):
    now = TimestampSigner("any").get_timestamp()
    good = house.path(door)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: now - 3_600)
    assert house.client.get(good).status_code == 404


@pytest.mark.parametrize("door", DOORS)
def test_keys_rotate_while_we_serve(house: House, door: str):
    file = house.desk.private / "link.key"
    old = house.path(door)
    file.write_text(f"{file.read_text().strip()}\na-new-key\n")
    new = house.path(door)
    assert house.client.get(old).status_code == house.client.get(new).status_code == 200
    file.write_text(f"{file.read_text().splitlines()[0]}\n")
    assert house.client.get(old).status_code == 200
    assert house.client.get(new).status_code == 404


def test_the_address_may_be_encoded_as_a_mail_program_likes(house: House):
    path = house.path("unsubscribe").replace(".", "%2e").replace("-", "%2D")
    assert house.client.post(path, data=ONE_CLICK).status_code == 200
