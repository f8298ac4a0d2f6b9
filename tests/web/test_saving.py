"""What is saved is what was changed, with the words that were shown; whole, or not at all."""

from typing import Any

import pytest
from itsdangerous import TimestampSigner

from cardletter.web.form import LONGEST, SHORT
from house import ADA, BO, EDITION, House, act


def acts(house: House, member_id: str = ADA) -> list[dict[str, Any]]:
    """Give what was recorded in the preference centre."""
    history = house.ledger.history(member_id)
    return [each for each in history if each["source"] == "preference_centre"]


def everything(**said: str) -> dict[str, str]:
    """Give the form as a browser sends it: every field, changed or not."""
    fields = {f"interest:{name}": "" for name in ("pets", "reading")}
    fields |= {f"experience:{name}": "" for name in ("pets", "reading")}
    fields |= {"frequency": "every", "language": "", "words": ""}
    fields |= {
        f"purpose:{name}": "granted"
        for name in ("newsletter", "profiling", "tracking", "coaching", "automatic", "survey")
    }
    return fields | {name.replace("__", ":"): value for name, value in said.items()}


def test_a_page_saved_as_it_was_records_nothing(house: House):
    before = house.all_there_is()
    answer = house.save(everything())
    assert (answer.status_code, answer.headers["location"]) == (303, "?saved")
    assert house.all_there_is() == before


def test_it_is_said_that_it_was_saved(house: House):
    assert "<strong>Saved.</strong>" not in house.page()
    page = house.client.get(house.path("preferences") + "?saved").text
    assert "<strong>Saved.</strong>" in page


def test_only_what_changed_is_recorded(house: House):
    said = everything(interest__pets="less", experience__reading="remind", frequency="quarterly")
    assert house.save(said | {"topic": ["garden", "rail"]}).status_code == 303
    assert house.ledger.wishes(ADA) == {
        "interest:pets": "less",
        "experience:reading": "remind",
        "frequency": "quarterly",
        "interest:garden": "more",
        "interest:rail": "more",
    }
    assert acts(house) == []
    before = house.all_there_is()
    house.save(said | {"interest:garden": "more", "interest:rail": "more"})
    assert house.all_there_is() == before


def test_a_word_can_be_taken_back(house: House):
    house.save({"interest:pets": "never", "frequency": "yearly", "language": "en"})
    house.save({"interest:pets": "", "frequency": "every", "language": ""})
    assert house.ledger.wishes(ADA) == {"frequency": "every"}


def test_a_purpose_is_recorded_with_the_words_that_were_shown(house: House):
    page = house.page()
    house.save({"purpose:profiling": "withdrawn", "purpose:newsletter": "granted"})
    (told,) = acts(house)
    assert (told["purpose"], told["state"]) == ("profiling", "withdrawn")
    assert (told["method"], told["version"]) == ("preference_centre", "1")
    assert EDITION in told["evidence"]
    assert f'<p id="wording-profiling">{told["wording"]}</p>' in page
    assert house.ledger.standing(ADA)["profiling"] == "withdrawn"


def test_a_yes_can_be_given_for_the_first_time(house: House):
    house.save({"purpose:survey": "granted", "purpose:coaching": "withdrawn"}, BO)
    assert house.ledger.standing(BO) == {
        "newsletter": "granted",
        "survey": "granted",
        "coaching": "withdrawn",
    }


def test_a_page_left_open_does_not_undo_a_one_click_unsubscribe(house: House):
    ticket = house.ticket()
    house.one_click()
    said = everything(interest__pets="more") | {"ticket": ticket}
    assert house.client.post(house.path("preferences"), data=said).status_code == 303
    assert house.ledger.standing(ADA)["newsletter"] == "withdrawn"
    assert house.ledger.wishes(ADA) == {"interest:pets": "more"}


def test_a_page_left_open_does_not_undo_what_another_page_saved(house: House):
    first, path = house.ticket(), house.path("preferences")
    house.save(everything(interest__pets="never"))
    house.client.post(path, data=everything(interest__reading="more") | {"ticket": first})
    assert house.ledger.wishes(ADA) == {"interest:pets": "never", "interest:reading": "more"}


def test_the_survey_is_answered_once(house: House):
    ticket, path = house.ticket(), house.path("preferences")
    said = {"ticket": ticket, "score": "9", "words": "Good  letter,\r\nbut too long\x00\x1b[31m. "}
    posts = [("POST", path, {"data": said})] * 5
    assert {answer.status_code for answer in house.client.at_once(posts)} == {303}
    (answer,) = house.ledger.interactions(ADA)
    assert (answer["kind"], answer["score"], answer["topic"]) == ("survey", 9, "letter")
    assert answer["text"] == "Good  letter,\nbut too long[31m."


def test_a_score_alone_is_an_answer(house: House):
    house.save(everything(score="0"))
    assert [each["score"] for each in house.ledger.interactions(ADA)] == [0]


def test_at_the_longest_an_answer_is_whole(house: House):
    lines = ["é" * 99] * (LONGEST // 100)
    assert house.save({"score": "10", "words": "\r\n".join([*lines[1:], "é" * 100])})
    (answer,) = house.ledger.interactions(ADA)
    assert len(answer["text"]) == LONGEST
    assert answer["text"].count("\n") == len(lines) - 1


RIGHT = {"interest:pets": "never", "purpose:tracking": "withdrawn"}
WRONG: dict[str, dict[str, Any]] = {
    "an unknown interest": {"interest:gambling": "more"},
    "an interest that is no interest": {"interest:": "more"},
    "an unknown leaning": {"interest:reading": "most"},
    "a leaning in capitals": {"interest:reading": "More"},
    "two leanings": {"interest:reading": ["more", "less"]},
    "an unknown topic": {"topic": "health"},
    "no topic": {"topic": ""},
    "a topic with a null byte": {"topic": "garden\x00"},
    "a topic that was said otherwise": {"topic": "pets"},
    "an unknown experience": {"experience:pets": "anything"},
    "an experience of nothing": {"experience:": "ask"},
    "an unknown frequency": {"frequency": "daily"},
    "no frequency": {"frequency": ""},
    "a language that is not offered": {"language": "tlh"},
    "an unknown purpose": {"purpose:resale": "granted"},
    "an unknown state": {"purpose:newsletter": "maybe"},
    "no state": {"purpose:newsletter": ""},
    "a state in capitals": {"purpose:newsletter": "GRANTED"},
    "an unknown field": {"member_id": BO},
    "a field by another name": {"Interest:reading": "more"},
    "a score too high": {"score": "11"},
    "a score too low": {"score": "-1"},
    "a score between": {"score": "7.5"},
    "a score in words": {"score": "nine"},
    "a score in other digits": {"score": "９"},
    "words without a score": {"words": "Hello"},
    "too many words": {"score": "5", "words": "x" * (LONGEST + 1)},
    "a card number": {"score": "5", "words": "mine is 4111 1111 1111 1111"},
    "SQL": {"interest:pets'; DROP TABLE consents; --": "more"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_one_wrong_field_and_nothing_is_recorded(steady: House, wrong: dict[str, Any]):
    before = steady.all_there_is()
    answer = steady.save(RIGHT | wrong)
    assert answer.status_code == 400
    assert steady.all_there_is() == before
    for name, value in wrong.items():
        shown = [each for each in (name, value) if isinstance(each, str) and len(each) > 9]
        assert not [each for each in shown if each in answer.text]


@pytest.mark.parametrize(
    "content",
    [
        b'--b\r\nContent-Disposition: form-data; name="ticket"; filename="a"\r\n\r\nx\r\n--b--\r\n',
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
        b"--b\r\n",
    ],
    ids=["a file", "a part without a name", "cut"],
)
def test_parts_that_are_no_form_are_refused(steady: House, content: bytes):
    before = steady.all_there_is()
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = steady.client.post(steady.path("preferences"), content=content, headers=headers)
    assert answer.status_code in {400, 403}
    assert steady.all_there_is() == before


def test_the_survey_takes_no_answer_where_it_was_not_asked(house: House):
    assert house.save({"score": "9"}, BO).status_code == 400
    house.ledger.act(act(ADA, "survey", "withdrawn"))
    assert house.save({"score": "9"}).status_code == 400
    assert house.ledger.interactions(ADA) == house.ledger.interactions(BO) == []


def refused(house: House, ticket: str | None) -> None:
    before = house.all_there_is()
    said = RIGHT | ({} if ticket is None else {"ticket": ticket})
    assert house.client.post(house.path("preferences"), data=said).status_code == 403
    assert house.all_there_is() == before


@pytest.mark.parametrize("ticket", [None, "", "x", "a.b.c", "A" * 5_000], ids=repr)
def test_without_a_ticket_nothing_is_saved(steady: House, ticket: str | None):
    refused(steady, ticket)


def test_a_ticket_of_another_member_edition_or_door_is_refused(steady: House):
    refused(steady, steady.ticket(BO))
    page = steady.client.get(steady.path("preferences", ADA, "2026-11")).text
    refused(steady, page.split('name="ticket" value="')[1].split('"')[0])
    refused(steady, steady.path("preferences").split("/")[-1])
    refused(steady, steady.path("unsubscribe").split("/")[-1])


def test_a_ticket_that_was_changed_is_refused(steady: House):
    ticket = steady.ticket()
    for place in (0, 10, -40, -2):
        other = "A" if ticket[place] != "A" else "B"
        changed = list(ticket)
        changed[place] = other
        refused(steady, "".join(changed))


@pytest.mark.parametrize(("seconds", "status"), [(SHORT - 60, 303), (SHORT + 60, 403)])
def test_a_ticket_lives_two_hours(
    house: House, seconds: int, status: int, monkeypatch: pytest.MonkeyPatch
):
    ticket, path = house.ticket(), house.path("preferences")
    now = TimestampSigner("any").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: now + seconds)
    answer = house.client.post(path, data=RIGHT | {"ticket": ticket})
    assert answer.status_code == status
    assert bool(house.ledger.wishes(ADA)) is (status == 303)


def test_words_that_changed_since_the_page_was_shown_are_not_taken_for_those_shown(house: House):
    ticket = house.ticket()
    brand = house.project / "templates/brand.yaml"
    brand.write_text(brand.read_text().replace("name: The Larkfield Letter", "name: The Lark"))
    refused(House(house.project), ticket)


def test_a_key_that_was_rotated_meanwhile_spoils_no_open_page(house: House):
    ticket = house.ticket()
    file = house.desk.private / "link.key"
    file.write_text(f"{file.read_text().strip()}\na-new-key\n")
    answer = house.client.post(house.path("preferences"), data=RIGHT | {"ticket": ticket})
    assert answer.status_code == 303


def test_saves_of_one_page_at_once_are_recorded_once(house: House):
    said = RIGHT | {"ticket": house.ticket()}
    posts = [("POST", house.path("preferences"), {"data": said})] * 8
    assert {answer.status_code for answer in house.client.at_once(posts)} == {303}
    assert len(acts(house)) == 1
    assert house.ledger.wishes(ADA) == {"interest:pets": "never"}


def test_nothing_is_saved_of_an_erased_member(house: House):
    ticket, path = house.ticket(), house.path("preferences")
    house.erase(ADA)
    answer = house.client.post(path, data=RIGHT | {"ticket": ticket})
    assert answer.status_code == 404
    assert house.ledger.wishes(ADA) == {}
    assert house.ledger.history(ADA) == []
