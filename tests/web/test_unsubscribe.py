"""One POST and it is done, at once and once; whatever else is asked changes nothing."""

from typing import Any

import pytest

from claims import claimed
from house import ADA, BO, CY, EDITION, ONE_CLICK, House

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
BODY = "List-Unsubscribe=One-Click"


def part(name: str, value: str, more: str = "") -> str:
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n--b--\r\n'


def withdrawals(house: House, member_id: str = ADA) -> list[dict[str, Any]]:
    history = house.ledger.history(member_id)
    return [act for act in history if act["state"] == "withdrawn"]


RIGHT = {
    "as a form": (FORM, BODY),
    "as a form, its letters told": (f"{FORM}; charset=UTF-8", BODY),
    "as a form, in capitals": (FORM.upper(), BODY),
    "as a form, encoded": (FORM, "List%2DUnsubscribe=One%2DClick"),
    "as a form, a line end after it": (FORM, BODY + "&"),
    "as parts": (PARTS, part(*BODY.split("="))),
    "as parts, quoted": ('multipart/form-data; boundary="b"', part(*BODY.split("="))),
}


@pytest.mark.parametrize(("kind", "body"), RIGHT.values(), ids=RIGHT)
def test_one_post_unsubscribes_at_once(house: House, kind: str, body: str):
    answer = house.client.post(
        house.path("unsubscribe"), content=body, headers={"Content-Type": kind}
    )
    assert (answer.status_code, answer.text) == (200, "Unsubscribed.\n")
    assert not {"set-cookie", "location", "www-authenticate"} & set(answer.headers)
    assert house.ledger.standing(ADA)["newsletter"] == "withdrawn"


def test_what_is_recorded_says_how_where_and_with_which_words(house: House):
    house.one_click()
    (act,) = withdrawals(house)
    assert act["purpose"] == "newsletter"
    assert act["method"] == "one_click"
    assert act["wording"] == "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    assert act["source"] == "unsubscribe"
    assert EDITION in act["evidence"]


def test_unsubscribing_touches_no_other_purpose_and_no_other_member(house: House):
    before = house.ledger.standing(ADA)
    house.one_click()
    assert house.ledger.standing(ADA) == before | {"newsletter": "withdrawn"}
    assert house.ledger.standing(BO) == {"newsletter": "granted"}


def test_again_it_answers_the_same_and_records_nothing(house: House):
    first = house.one_click()
    after = house.all_there_is()
    again = house.one_click()
    assert (
        (again.status_code, again.content)
        == (first.status_code, first.content)
        == (200, b"Unsubscribed.\n")
    )
    assert house.all_there_is() == after


def test_the_link_of_any_edition_unsubscribes(house: House):
    answer = house.client.post(house.path("unsubscribe", ADA, "2024-12"), data=ONE_CLICK)
    assert answer.status_code == 200
    assert house.ledger.standing(ADA)["newsletter"] == "withdrawn"


def test_who_never_said_anything_is_recorded_as_having_said_no(house: House):
    assert house.one_click(CY).status_code == 200
    assert house.ledger.standing(CY) == {"newsletter": "withdrawn"}


def test_who_said_yes_again_can_unsubscribe_again(house: House):
    house.one_click()
    house.save({"purpose:newsletter": "granted"})
    assert house.ledger.standing(ADA)["newsletter"] == "granted"
    assert house.one_click().status_code == 200
    assert house.ledger.standing(ADA)["newsletter"] == "withdrawn"
    assert len(withdrawals(house)) == 2


def test_the_next_claim_of_a_running_send_refuses_the_member(house: House):
    rows = [
        {"member_id": each, "message_id": each, "variant_id": "v", "consent_id": 1}
        for each in (ADA, BO)
    ]
    house.one_click(ADA)
    assert claimed(house.ledger, EDITION, rows) == {BO}


def test_the_page_has_one_button_and_no_script(steady: House):
    page = steady.client.get(steady.path("unsubscribe")).text
    assert page.count("<button") == page.count("<form") == page.count("<h1") == 1
    assert "<script" not in page
    assert "http-equiv" not in page.lower()
    assert 'method="post"' in page


def test_the_button_unsubscribes_with_its_own_words_and_shows_a_page(house: House):
    page = house.client.get(house.path("unsubscribe")).text
    assert 'name="unsubscribe" value="yes"' in page
    for _ in range(2):
        answer = house.client.post(house.path("unsubscribe"), data={"unsubscribe": "yes"})
        assert answer.status_code == 200
        assert "<h1>You are unsubscribed</h1>" in answer.text
    (act,) = withdrawals(house)
    assert (act["method"], act["wording"]) == (
        "unsubscribe_page",
        "Stop sending me The Larkfield Letter",
    )
    assert act["wording"] in page


WRONG = {
    "nothing": (FORM, ""),
    "nothing of no kind": ("", ""),
    "the value alone": (FORM, "One-Click"),
    "the name alone": (FORM, "List-Unsubscribe"),
    "no value": (FORM, "List-Unsubscribe="),
    "in small letters": (FORM, BODY.lower()),
    "a space": (FORM, "List-Unsubscribe=One Click"),
    "another value": (FORM, "List-Unsubscribe=Two-Clicks"),
    "said twice": (FORM, f"{BODY}&{BODY}"),
    "said and unsaid": (FORM, f"{BODY}&List-Unsubscribe=No"),
    "the button unsaid": (FORM, "unsubscribe=no"),
    "a null byte": (FORM, BODY + "%00"),
    "as text": ("text/plain", BODY),
    "as JSON": ("application/json", '{"List-Unsubscribe": "One-Click"}'),
    "as XML": ("text/xml", "<List-Unsubscribe>One-Click</List-Unsubscribe>"),
    "as bytes": ("application/octet-stream", BODY),
    "of no kind": ("", BODY),
    "of a wrong kind": ("multipart", BODY),
    "parts without a boundary": ("multipart/form-data", part(*BODY.split("="))),
    "parts of another boundary": ("multipart/form-data; boundary=c", part(*BODY.split("="))),
    "parts that do not end": (PARTS, part(*BODY.split("="))[:-14]),
    "a file": (PARTS, part(*BODY.split("="), '; filename="a"')),
    "a part of another name": (PARTS, part("list", "One-Click")),
    "many fields": (PARTS, "".join(part(f"f{n}", "v")[:-8] + "\r\n" for n in range(20)) + "--b--"),
    "other letters": (f"{FORM}; charset=utf-16", BODY.encode("utf-16").decode("latin-1")),
}


@pytest.mark.parametrize(("kind", "body"), WRONG.values(), ids=WRONG)
def test_a_body_that_says_neither_is_refused(steady: House, kind: str, body: str):
    before = steady.all_there_is()
    headers = {"Content-Type": kind} if kind else {}
    answer = steady.client.post(steady.path("unsubscribe"), content=body.encode(), headers=headers)
    assert answer.status_code == 400
    assert steady.all_there_is() == before


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "query", ["", "?List-Unsubscribe=One-Click", "?unsubscribe=yes", "?_method=POST"]
)
def test_looking_changes_nothing(steady: House, method: str, query: str):
    before = steady.all_there_is()
    disguise = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST", "Purpose": "prefetch"}
    path = steady.path("unsubscribe") + query
    for headers in ({}, disguise, {"Content-Type": FORM}):
        answer = steady.client.request(method, path, headers=headers, content=BODY)
        assert answer.status_code == 200
    assert steady.all_there_is() == before


@pytest.mark.parametrize("door", ["unsubscribe", "preferences"])
@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X", "POST "]
)
def test_other_methods_are_refused_whatever_the_token(steady: House, method: str, door: str):
    house, before = steady, steady.all_there_is()
    good = house.client.request(method, house.path(door), data=ONE_CLICK)
    bad = house.client.request(method, f"/{door}/nothing", data=ONE_CLICK)
    assert good.status_code == bad.status_code == 405
    assert good.content == bad.content
    assert good.headers["allow"] == "GET, HEAD, POST"
    assert house.all_there_is() == before


def test_many_posts_at_once_are_one_act(house: House):
    path = house.path("unsubscribe")
    answers = house.client.at_once([("POST", path, {"data": ONE_CLICK})] * 12)
    assert {answer.status_code for answer in answers} == {200}
    assert len(withdrawals(house)) == 1


def test_posts_of_many_members_at_once_are_one_act_each(house: House):
    members = [f"m{number:03d}" for number in range(40)]
    posts = [("POST", house.path("unsubscribe", each), {"data": ONE_CLICK}) for each in members * 2]
    assert {answer.status_code for answer in house.client.at_once(posts)} == {200}
    assert [len(withdrawals(house, each)) for each in members] == [1] * 40


def test_an_unsubscribe_of_an_erased_member_brings_nothing_back(house: House):
    house.erase(ADA)
    assert house.one_click().status_code == 404
    assert house.ledger.history(ADA) == []
    assert house.ledger.standing(ADA) == {}


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_it_is_the_same_in_both_databases(house_on_both: House):
    house = house_on_both
    answers = house.client.at_once(
        [("POST", house.path("unsubscribe"), {"data": ONE_CLICK})] * 12
        + [("GET", house.path("unsubscribe"), {})] * 4
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len(withdrawals(house)) == 1
    assert house.ledger.standing(ADA)["newsletter"] == "withdrawn"
    assert house.save({"interest:pets": "less", "purpose:tracking": "withdrawn"}).status_code == 303
    assert house.ledger.wishes(ADA) == {"interest:pets": "less"}
    assert house.ledger.standing(ADA)["tracking"] == "withdrawn"
    house.erase(ADA)
    assert house.one_click().status_code == 404
