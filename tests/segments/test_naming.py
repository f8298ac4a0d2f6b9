"""Naming: a segment is called after what sets its members apart, and no two are called the same."""

import numpy as np
import pytest

from cardletter.profiles import Interest
from cardletter.segments.naming import Trait, propose, traits
from cardletter.segments.taste import taste

PETS = Interest("pets", "Pets", "life with animals", ("5995",))
DINING = Interest("dining", "Dining out", "eating out", ("5812",))
DIY = Interest("diy", "DIY & tools", "good tools", ("5200",))
GRILL = Interest("grill", "Butcher & grill", "good cuts and a hot grill", ("5422",))
INTERESTS = [PETS, DINING, DIY, GRILL]
BY_ID = {interest.interest_id: interest for interest in INTERESTS}


def trait(interest: Interest) -> Trait:
    return Trait(interest.interest_id, interest.name, 2.0, 0.5)


def called(*clusters: list[Interest], given: list[str | None] | None = None) -> list[str]:
    found = [[trait(interest) for interest in cluster] for cluster in clusters]
    given = given or [None] * len(clusters)
    proposed = propose(found, BY_ID, given)
    return [own or each.name for own, each in zip(given, proposed, strict=True)]


def test_traits_tell_how_many_times_the_usual_share_an_interest_takes():
    spend = np.array([[60, 40, 0, 0]] * 5 + [[20, 80, 0, 0]] * 5, dtype=float)
    found = traits(taste(spend), np.arange(5), INTERESTS)
    assert found == [Trait("pets", "Pets", 1.5, 0.6)]
    assert str(found[0]) == "Pets ×1.5"


def test_traits_are_ranked_by_share_times_log_lift():
    spend = np.array([[50, 40, 10, 0]] * 10 + [[10, 40, 10, 40]] * 30, dtype=float)
    found = traits(taste(spend), np.arange(10), INTERESTS)
    assert [each.interest for each in found] == ["pets"]
    others = traits(taste(spend), np.arange(10, 40), INTERESTS)
    assert [each.interest for each in others] == ["grill"]


def test_one_heavy_buyer_names_nothing():
    spend = np.array([[50, 50, 0, 0]] * 50 + [[0, 100, 0, 0]] * 50, dtype=float)
    plain = traits(taste(spend), np.arange(50), INTERESTS)
    spend[0] = [50, 50, 90_000_000, 0]
    assert [each.interest for each in traits(taste(spend), np.arange(50), INTERESTS)] == [
        each.interest for each in plain
    ]


@pytest.mark.parametrize(("shares", "named"), [([10] * 20, True), ([40] * 5 + [0] * 15, False)])
def test_what_chance_would_do_as_well_names_nothing(shares: list[int], named: bool):
    others = [[7.5, 92.5, 0, 0]] * 80
    spend = np.array([[own, 100 - own, 0, 0] for own in shares] + others, dtype=float)
    found = traits(taste(spend), np.arange(20), INTERESTS)
    assert [each.interest for each in found] == ["pets"] * named  # the mean is the same


@pytest.mark.parametrize(("buyers", "named"), [(24, False), (25, True), (26, True)])
def test_an_interest_names_a_segment_when_a_quarter_of_its_members_buy_it(buyers: int, named: bool):
    spend = np.zeros((200, 4))
    spend[:, 1] = 100
    spend[:buyers, 0] = 100
    found = traits(taste(spend), np.arange(100), INTERESTS)
    assert [each.interest for each in found] == ["pets"] * named


def test_a_segment_that_nothing_sets_apart_has_no_traits():
    spend = np.full((40, 4), 25.0)
    assert traits(taste(spend), np.arange(20), INTERESTS) == []


def test_a_name_joins_two_interests_and_keeps_the_capitals_of_diy():
    assert called([PETS, DIY]) == ["Pets and DIY & tools"]
    assert called([DIY, PETS]) == ["DIY & tools and pets"]
    assert called([PETS]) == ["Pets"]


def test_the_same_traits_twice_give_a_longer_name_the_second_time():
    assert called([PETS, DINING, DIY], [PETS, DINING, DIY]) == [
        "Pets and dining out",
        "Pets, dining out, and DIY & tools",
    ]


def test_names_are_never_the_same_even_where_nothing_is_left_to_tell_segments_apart():
    names = called(*[[PETS]] * 4, [], [])
    assert len(set(names)) == 6
    assert names[0] == "Pets"
    assert all(name.startswith("A bit of everything ") for name in names[1:])


def test_a_name_that_people_gave_is_kept_and_taken():
    names = called([PETS, DINING, DIY], [DIY], given=[None, "Pets and dining out"])
    assert names == ["Pets, dining out, and DIY & tools", "Pets and dining out"]


def test_a_name_that_people_gave_leaves_the_phrase_as_it_was():
    given = "Pets and dining out"
    machine = propose([[trait(PETS), trait(DINING), trait(DIY)]], BY_ID, [None])
    assert propose([[trait(PETS), trait(DINING), trait(DIY)]], BY_ID, [given]) == machine


def test_what_was_proposed_last_time_is_proposed_again_as_its_interests_are_called_today():
    (last,) = propose([[trait(PETS), trait(DINING)]], BY_ID, [None])
    (again,) = propose([[trait(DIY), trait(GRILL)]], BY_ID, [None], [last])
    assert again == last
    renamed = BY_ID | {"pets": Interest("pets", "Animals", "animals", ("5995",))}
    (again,) = propose([[trait(DIY), trait(GRILL)]], renamed, [None], [last])
    assert again.name == "Animals and dining out"


def test_a_name_is_proposed_anew_when_one_of_its_interests_is_no_interest_any_more():
    (last,) = propose([[trait(PETS), trait(DINING)]], BY_ID, [None])
    left = {name: each for name, each in BY_ID.items() if name != "pets"}
    (again,) = propose([[trait(DIY), trait(GRILL)]], left, [None], [last])
    assert again.name == "DIY & tools and butcher & grill"


def test_a_name_that_people_gave_to_another_segment_is_not_proposed_again():
    found = [[trait(PETS), trait(DINING), trait(DIY)], [trait(GRILL)]]
    last = propose(found, BY_ID, [None, None])
    again = propose(found, BY_ID, [None, last[0].name], [*last])
    assert again[0].name == "Pets, dining out, and DIY & tools"


def test_phrases_read_as_one_says_them():
    ((_, two, _),) = propose([[trait(PETS), trait(DINING)]], BY_ID, [None])
    assert two == "life with animals and eating out"
    ((_, ands, _),) = propose([[trait(GRILL), trait(DINING)]], BY_ID, [None])
    assert ands == "good cuts and a hot grill, and eating out"
