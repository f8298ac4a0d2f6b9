"""The centre shows what we think a member likes and why, and nothing that is not theirs to see."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from cardletter.ledger import now
from cardletter.ledger.schema import INTERACTIONS
from cardletter.profiles import PROFILES, read_interests
from cardletter.sources.reasons import PURPOSES
from house import ADA, BO, CY, EDITION, NAMES, House, act, profiles
from pages import Reader

WHY = "Because it takes more of your spending than of members’ spending in general"


def legends(page: str) -> list[str]:
    return re.findall(r"<legend>(.*?)</legend>", page)


def why(page: str, interest: str) -> str:
    found = re.search(rf'id="why-{interest}">(.*?)</p>', page)
    return found[1] if found else ""


def checked(page: str, name: str) -> list[str]:
    tags = re.findall(rf'<input type="radio" name="{name}" [^>]*>', page)
    return [
        match[1] for tag in tags if " checked" in tag and (match := re.search('value="(.*?)"', tag))
    ]


def chosen(page: str, name: str) -> str:
    (select,) = re.findall(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    (value,) = re.findall(r'<option value="(.*?)" selected>', select)
    return str(value)


def test_it_shows_what_sets_the_member_apart_the_strongest_first_and_why(steady: House):
    page = steady.page()
    assert legends(page)[:2] == ["Pets", "Books &amp; magazines"]
    assert why(page, "pets") == why(page, "reading") == f"{WHY}."
    assert "why-coffee-tea" not in page


def test_of_spending_it_shows_no_amount_no_date_and_nobody_else(steady: House):
    page = steady.page()
    told = Reader(page).words
    assert not re.search(r"\d{3}|[$£€%×]", told.split("Choose further topics")[0])
    assert not [who for who in (ADA, BO, CY) if who in told]
    assert "2026-11" not in told


def test_without_a_yes_to_profiling_nothing_is_looked_at_and_it_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    read: list[str] = []
    monkeypatch.setattr("cardletter.web.preferences.likes_of", lambda *_: read.append("read"))
    page = house.page(BO)
    assert "Nothing you buy is looked at" in page
    assert WHY not in page
    assert read == []


def test_a_yes_that_was_taken_back_counts_at_once_not_after_the_next_run(house: House):
    assert WHY in house.page()
    house.ledger.act(act(ADA, "profiling", "withdrawn"))
    page = house.page()
    assert WHY not in page
    assert "Nothing you buy is looked at" in page


def test_it_says_when_too_little_is_known(house: House):
    file = house.desk.private / PROFILES
    profiles(file, purchases=0)
    assert "We do not know yet" in house.page()
    file.write_bytes(b"PAR1 half of a file")
    assert "We do not know yet" in house.page()
    file.unlink()
    assert "We do not know yet" in house.page()


def test_it_says_when_nothing_stands_out(house: House):
    file = house.desk.private / PROFILES
    house.ledger.act(act(CY, "profiling"))
    profiles(file)
    import pandas as pd

    everybody = pd.read_parquet(file).assign(interest="pets")
    everybody.to_parquet(file, index=False)
    assert "Nothing in your spending stands out" in house.page(CY)


def test_what_the_member_said_is_told_beside_what_was_observed(house: House):
    said = {"interest:pets": "less", "interest:garden": "more", "interest:diy": "never"}
    house.ledger.declare(ADA, said | {"experience:hotels": "ask"}, "preference_centre")
    page = house.page()
    assert legends(page)[:5] == [
        "Pets",
        "Books &amp; magazines",
        "DIY &amp; tools",
        "Garden",
        "Hotels &amp; stays",
    ]
    assert why(page, "pets") == f"{WHY} and you asked for less of it."
    assert why(page, "garden") == "Because you asked for more of it."
    assert why(page, "diy") == "Because you said it is not for you."
    assert why(page, "hotels") == "Because you told us how we may help with it."
    assert checked(page, "interest:pets") == ["less"]
    assert checked(page, "interest:reading") == [""]
    assert chosen(page, "experience:hotels") == "ask"


def test_every_other_interest_can_be_chosen(steady: House):
    page = steady.page()
    offered = re.findall(r'name="topic" value="(.*?)"', page)
    interests, _ = read_interests(steady.project)
    assert sorted([*offered, "pets", "reading"]) == sorted(interests.interests)
    assert f"Choose further topics ({len(NAMES) - 2})" in page


def test_what_was_said_of_an_interest_that_is_no_more_is_left_out(house: House):
    house.ledger.declare(ADA, {"interest:gone": "more", "experience:gone": "ask"}, "x")
    assert "gone" not in house.page()


def test_frequency_and_language_are_as_they_were_left(house: House):
    page = house.page()
    assert checked(page, "frequency") == ["every"]
    assert chosen(page, "language") == ""
    house.ledger.declare(ADA, {"frequency": "yearly", "language": "en"}, "preference_centre")
    page = house.page()
    assert checked(page, "frequency") == ["yearly"]
    assert chosen(page, "language") == "en"


def test_each_purpose_is_shown_with_its_wording_and_nothing_is_ticked_beforehand(house: House):
    page = house.page(CY)
    for purpose in PURPOSES:
        assert f'id="wording-{purpose}"' in page
        assert checked(page, f"purpose:{purpose}") == []
    assert "You do not get The Larkfield Letter at the moment" in page
    house.ledger.act(act(CY, "coaching"), act(CY, "survey", "withdrawn"))
    page = house.page(CY)
    assert checked(page, "purpose:coaching") == ["granted"]
    assert checked(page, "purpose:survey") == ["withdrawn"]


QUESTION = 'name="score"'


def rewind(house: House, days: float) -> None:
    with house.ledger.writing() as connection:
        connection.execute(update(INTERACTIONS).values(occurred_at=now() - timedelta(days=days)))


def test_the_survey_is_shown_to_those_who_allow_it_only(house: House):
    assert QUESTION in house.page(ADA)
    assert QUESTION not in house.page(BO)
    house.ledger.act(act(ADA, "survey", "withdrawn"))
    assert QUESTION not in house.page(ADA)


@pytest.mark.parametrize(("days", "due"), [(0, False), (179, False), (181, True)])
def test_who_answered_is_left_alone_for_half_a_year(house: House, days: int, *, due: bool):
    house.ledger.answer(ADA, 9, "", "letter")
    rewind(house, days)
    assert (QUESTION in house.page()) is due


@pytest.mark.parametrize(
    ("kind", "days", "due"),
    [("complaint", 1, False), ("complaint", 29, False), ("complaint", 31, True), ("call", 1, True)],
)
def test_who_complained_is_left_alone_for_a_month(house: House, kind: str, days: int, *, due: bool):
    row = {"member_id": ADA, "kind": kind, "occurred_at": now() - timedelta(days=days)}
    with house.ledger.writing() as connection:
        connection.execute(INTERACTIONS.insert(), [row])
    assert (QUESTION in house.page()) is due


def test_a_complaint_of_the_mail_itself_counts_as_one(house: House):
    house.ledger.suppress([ADA], "hard_bounce")
    assert QUESTION in house.page()
    house.ledger.suppress([ADA], "complaint")
    assert QUESTION not in house.page()


def test_looking_changes_nothing(house: House):
    before = house.all_there_is()
    path = house.path("preferences")
    for query in ("", "?saved", "?interest:pets=less&purpose:newsletter=withdrawn"):
        for method in ("GET", "HEAD"):
            assert house.client.request(method, path + query).status_code == 200
    assert house.all_there_is() == before


def test_the_page_needs_no_script_and_says_what_everything_is(steady: House):
    page = Reader(steady.page())
    count = [tag for tag, _ in page.tags].count
    assert count("script") == 0
    assert count("h1") == 1
    assert ("html", {"lang": "en"}) in page.tags
    labelled = {attrs.get("for") for tag, attrs in page.tags if tag == "label"}
    fields = [attrs for tag, attrs in page.tags if tag in ("select", "textarea")]
    assert {field["id"] for field in fields} <= labelled
    assert count("fieldset") == count("legend")
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    described = {attrs["aria-describedby"] for _, attrs in page.tags if "aria-describedby" in attrs}
    assert described <= set(ids)
    assert all(attrs.get("alt") for tag, attrs in page.tags if tag == "img")


def test_a_name_with_signs_in_it_is_shown_as_it_is(house: House):
    brand = house.project / "templates/brand.yaml"
    text = brand.read_text().replace("name: The Larkfield Letter", "name: \"A <b>&</b> 'B'\"")
    brand.write_text(text)
    page = House(house.project).page()
    assert "<b>&</b>" not in page
    assert "A &lt;b&gt;&amp;&lt;/b&gt; &#39;B&#39;" in page


def test_the_link_of_any_edition_shows_the_same_preferences(house: House):
    pages = [
        house.client.get(house.path("preferences", ADA, edition)).text
        for edition in ("2025-01", EDITION)
    ]
    one, other = (re.sub(r'name="ticket" value=".*?"', "", page) for page in pages)
    assert one == other
