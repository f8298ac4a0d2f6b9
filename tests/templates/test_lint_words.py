"""A letter's words: what the law asks for, what an inbox shows, and its two parts."""

import pytest

from cardletter.templates.lint_words import (
    GMAIL_CLIPS,
    Demands,
    clip_percent,
    lacking_words,
    look_over_length,
    look_over_part,
    look_over_size,
    look_over_subject,
    look_over_words,
    width,
)

ADDRESS = "Larkfield Card, 14 Weavers Row"
DEMANDS = Demands(
    ADDRESS, longest=(("greeting", 120), ("unsubscribe_url", 220), ("preferences_url", 220))
)
GOOD = f"You said yes to it. {ADDRESS} {{{{unsubscribe_url}}}} {{{{preferences_url}}}} " + "x" * 200


def checks(part: str, demands: Demands = DEMANDS) -> list[str]:
    return [check for check, _ in look_over_part(part, " ".join(part.split()), demands)]


def test_a_whole_part_has_no_findings():
    assert checks(GOOD) == list(look_over_length(GOOD)) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("{{unsubscribe_url}}", "", ["no_field"]),
        ("{{preferences_url}}", "", ["no_field"]),
        ("{{unsubscribe_url}}", "{{unsubscribe_url}} {{unsubscribe_url}}", ["twice"]),
        (ADDRESS, "", ["no_address"]),
        (ADDRESS, ADDRESS.replace(", ", ",\n   "), []),
        ("You said yes to it.", "", ["no_reason"]),
        ("You said yes to it.", "Sie erhalten diesen Brief.", []),
        ("You said yes to it.", "You said yes to it. {{ name }}", ["braces"]),
        ("You said yes to it.", "You said yes to it. {% if a %}", ["braces"]),
        ("You said yes to it.", "You said yes to it. {{greeting}} { a } { { b } }", []),
    ],
)
def test_what_a_letter_must_have_is_looked_for(old: str, new: str, found: list[str]):
    assert checks(GOOD.replace(old, new)) == found


@pytest.mark.parametrize(
    ("demands", "found"),
    [
        (Demands(ADDRESS, legal="Issued by Lark Bank.", longest=DEMANDS.longest), ["no_legal"]),
        (Demands(ADDRESS, legal="You  said yes", longest=DEMANDS.longest), []),
        (Demands(ADDRESS, reason="You said yes to it.", longest=DEMANDS.longest), []),
    ],
)
def test_what_the_brand_asks_for_is_looked_for(demands: Demands, found: list[str]):
    assert checks(GOOD, demands) == found


def test_a_text_that_says_nothing_is_found():
    assert [check for check, _ in look_over_length("Hello, {{greeting}}\n")] == ["no_text"]


@pytest.mark.parametrize(
    ("subject", "preheader", "found"),
    [
        ("Good things for short days", "Stories and offers", []),
        ("", "x", ["no_subject"]),
        (" \t ", "x", ["no_subject"]),
        ("x" * 60, "Stories", []),
        ("x" * 61, "Stories", ["subject_cut"]),
        ("良" * 31, "Stories", ["subject_cut"]),
        ("良" * 30, "Stories", []),
        ("x" * 121, "Stories", ["long_subject"]),
        ("GOOD THINGS", "Stories", ["shouting"]),
        ("Good things!!", "Stories", ["shouting"]),
        ("良い物は短い日のために", "Stories", []),
        ("Good things", "", []),
        ("Good things", "good  things", ["same_preheader"]),
        ("Good things", "x" * 141, ["long_preheader"]),
        ("🎄 Good things", "Stories", []),
    ],
)
def test_what_an_inbox_shows_is_looked_at(subject: str, preheader: str, found: list[str]):
    assert [check for check, _values in look_over_subject(subject, preheader)] == found


def test_a_field_in_a_subject_counts_for_nothing_and_wide_letters_for_two():
    assert width("{{first_name}}, hello") == 7
    assert width("良a") == 3


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("TODO write it", ["leftover"]),
        ("a fixme b, Lorem  ipsum c", ["leftover", "leftover"]),
        ("a Todorov and a methodology", []),
        ("write to ada@mail.example.org", ["address_in"]),
    ],
)
def test_words_left_in_by_mistake_are_found(words: str, found: list[str]):
    assert [check for check, _values in look_over_words(words)] == found


@pytest.mark.parametrize(
    ("size", "percent", "found"),
    [
        (GMAIL_CLIPS, 100, ["nearly_clipped"]),
        (GMAIL_CLIPS + 1, 101, ["clipped"]),
        (GMAIL_CLIPS * 9 // 10, 90, ["nearly_clipped"]),
        (GMAIL_CLIPS // 2, 50, []),
    ],
)
def test_the_meter_says_how_much_of_what_gmail_shows_a_letter_is(
    size: int, percent: int, found: list[str]
):
    page = "é" * (size // 2) + "." * (size % 2)
    assert clip_percent(page, DEMANDS) == percent
    assert [check for check, _values in look_over_size(page, DEMANDS)] == found


def test_fields_are_measured_at_their_longest():
    page = "{{unsubscribe_url}}" * 100
    assert DEMANDS.filled(page) == 220 * 100


def test_a_text_part_that_differs_wildly_is_found():
    words = [f"{a}{b}ord" for a in "abcdefgh" for b in "klmnop"]
    assert lacking_words(frozenset(words), " ".join(words[:24])) == 50
    assert lacking_words(frozenset(words), " ".join(words)) == 0
    assert lacking_words(frozenset(words[:9]), "") == 0
