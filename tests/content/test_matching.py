"""What a segment is shown: what its members like best, in variety, within every offer's rules."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardletter.content import Item
from cardletter.content.company import Company
from cardletter.content.filling import AGAIN, Chosen, fill
from cardletter.content.rationing import ration
from cardletter.content.reasons import Reasons
from cardletter.content.sheet import Group
from cardletter.content.variants import Market
from sheets import DAY, EVERYBODY, GARDENERS, THEMES, WORDS, edition, group, item, sheet


def filled(
    items: list[Item],
    of: Group | None = None,
    fixed: dict[str, list[str]] | None = None,
    wants: dict[str, float] | None = None,
    **slots: object,
) -> list[Chosen]:
    laid = sheet(items, edition(fixed, **slots), [of or group()], [wants or GARDENERS])
    return fill(laid, ration(laid).allowed)


def ids(items: list[Item], picks: list[Chosen]) -> list[str]:
    by_id = sorted(item.item_id for item in items)
    return [by_id[pick.item] for pick in picks]


def shown(items: list[Item], *args: object, **more: object) -> list[str]:
    valid = [i for i in items if edition().may_show(i)]
    return ids(valid, filled(items, *args, **more))  # type: ignore[arg-type]


ONE_EACH = [item(f"{name}-1", name) for name in THEMES] + [item("untied")]


def test_the_best_liked_interest_leads():
    assert shown(ONE_EACH, hero=1) == ["garden-1"]
    assert shown(ONE_EACH, wants=EVERYBODY, hero=1) == ["dining-1"]


def test_items_follow_in_the_order_of_liking_and_an_untied_one_comes_late():
    picks = filled(ONE_EACH, hero=1, stories=5)
    assert ids(ONE_EACH, picks) == [
        "garden-1", "dining-1", "pets-1", "untied", "rail-1", "reading-1",
    ]  # fmt: skip
    assert [(pick.slot, pick.place) for pick in picks] == [
        *(("hero", 0), ("stories", 0), ("stories", 1), ("stories", 2), ("stories", 3)),
        ("stories", 4),
    ]


def test_an_interest_that_was_shown_counts_less_each_time():
    items = [*(item(f"garden-{n}", "garden") for n in range(4)), item("dining-1", "dining")]
    picks = filled(items, stories=5)
    assert ids(items, picks) == ["garden-0", "garden-1", "dining-1", "garden-2", "garden-3"]
    garden = [pick.score for pick in picks if pick.item]
    assert garden == pytest.approx([0.9 * AGAIN**time for time in range(4)])


def test_thousands_of_equal_items_are_taken_in_the_order_of_their_ids():
    items = [item(f"a{number:04d}", "garden") for number in range(2_000)]
    assert shown(items, stories=3) == ["a0000", "a0001", "a0002"]


def test_of_thousands_of_equal_offers_with_budgets_no_place_stays_empty():
    few = {"kind": "offer", "budget": {"impressions": 250}}
    items = [item(f"a{number:04d}", "garden", **few) for number in range(2_000)]
    laid = sheet(items, edition(None, offers=3), [group()] * 20)
    picks = fill(laid, ration(laid).allowed)
    assert len(picks) == 3 * 20
    shown = Counter(pick.item for pick in picks)
    assert max(shown.values()) == 2


def test_a_second_interest_counts_less_than_a_first():
    both = [item("a", "dining", "garden"), item("b", "garden")]
    picks = filled(both, hero=1, stories=1)
    assert ids(both, picks) == ["b", "a"]
    assert picks[1].score == pytest.approx(0.7 * 0.9 * AGAIN)  # the letter has gardens already


def test_an_interest_counts_less_again_where_it_leads_as_a_second_one():
    seconds = [item(f"a{number}", "reading", "garden") for number in range(3)]
    assert shown([*seconds, item("b", "dining")], stories=3) == ["a0", "b", "a1"]


def test_a_higher_priority_counts_that_much_more():
    items = [item("a", "dining", priority=3), item("b", "garden")]
    picks = filled(items, hero=1)
    assert ids(items, picks) == ["a"]
    assert picks[0].score == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("begins", "ends", "there"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (None, "2026-12-02", False),
        ("2026-12-04", None, False),
        ("2026-01-01", "2026-11-30", False),
    ],
    ids=["always", "this-day", "expired", "future", "long-gone"],
)
def test_only_what_is_valid_on_the_editions_day_is_shown(begins: object, ends: object, there: bool):
    dated = item("dated", "garden", **{"from": begins, "until": ends})
    assert ("dated" in shown([dated, item("other", "rail")], stories=2)) is there


def test_articles_and_offers_keep_to_their_slots():
    items = [item("article", "garden"), item("offer", "garden", kind="offer")]
    picks = filled(items, hero=1, stories=2, briefs=2, offers=2)
    assert [(pick.slot, pick.item) for pick in picks] == [("hero", 0), ("offers", 1)]


def test_slots_stay_empty_rather_than_repeat_an_item():
    assert shown([item("a", "garden"), item("b", "rail")], hero=1, stories=4) == ["a", "b"]


def test_what_is_fixed_comes_first_in_its_slot_and_nowhere_else():
    fixed = {"briefs": ["garden-1", "untied"], "stories": ["rail-1"]}
    picks = filled(ONE_EACH, fixed=fixed, hero=1, stories=2, briefs=1)
    assert list(zip([pick.slot for pick in picks], ids(ONE_EACH, picks), strict=True)) == [
        ("hero", "dining-1"),
        ("stories", "rail-1"),
        ("stories", "pets-1"),
        ("briefs", "garden-1"),
        ("briefs", "untied"),
    ]
    assert [pick.kind for pick in picks].count("fixed") == 3


def test_places_of_discoveries_are_filled_by_what_is_new_to_the_members():
    slots = edition(stories={"favourites": 1, "discoveries": 1})
    laid = sheet(ONE_EACH, slots, finds={"reading": 0.3, "garden": 0.1})
    picks = fill(laid)
    assert [(ids(ONE_EACH, [pick])[0], pick.kind) for pick in picks] == [
        ("garden-1", "favourites"),
        ("reading-1", "discoveries"),
    ]
    reason = Reasons(laid, WORDS.interests)
    assert reason(picks[1]) == "Because members like you often come to enjoy the joy of reading."


@pytest.mark.parametrize(
    ("rules", "country", "product", "there"),
    [
        ({}, "GB", "plus", True),
        ({"countries": ["GB"]}, "GB", "", True),
        ({"countries": ["GB", "US"]}, "GB", "", True),
        ({"countries": ["GB"]}, "US", "", False),
        ({"countries": ["GB"]}, "", "", False),
        ({"products": ["plus"]}, "GB", "plus", True),
        ({"products": ["plus"]}, "GB", "", False),
        ({"countries": ["GB"], "products": ["plus"]}, "GB", "classic", False),
    ],
)
def test_an_offer_is_shown_only_where_the_members_are_eligible(
    rules: dict, country: str, product: str, there: bool
):
    offer = item("offer", "garden", kind="offer", eligibility=rules)
    of = group(market=Market(product=product, country=country))
    assert (shown([offer], of, offers=1) == ["offer"]) is there


@pytest.mark.parametrize(
    ("impressions", "times"), [(None, 3), (0, 0), (99, 0), (100, 1), (199, 1), (200, 2), (300, 3)]
)
def test_an_offer_goes_to_as_many_groups_as_its_budget_holds(impressions: int | None, times: int):
    offer = item("offer", "garden", kind="offer", budget={"impressions": impressions})
    laid = sheet([offer], edition(offers=1), [group(), group(), group()])
    assert len(fill(laid, ration(laid).allowed)) == times


def test_an_editions_own_budget_is_the_one_that_counts():
    offer = item("offer", "garden", kind="offer", budget={"impressions": 900})
    letter = edition(offers=1, budgets={"offer": {"spend": 150, "cost": "1.5"}})
    laid = sheet([offer], letter, [group(), group()])
    assert len(fill(laid, ration(laid).allowed)) == 1


def test_a_budget_goes_to_those_who_want_it_most():
    offer = item("offer", "garden", kind="offer", budget={"impressions": 100})
    laid = sheet([offer], edition(offers=1), [group(), group()], [EVERYBODY, GARDENERS])
    assert [pick.group for pick in fill(laid, ration(laid).allowed)] == [1]


def test_what_excludes_each_other_stands_in_no_letter_together():
    items = [
        item("one", "garden", kind="offer", exclusive_with=["two"]),
        item("two", "dining", kind="offer"),
        item("ten", "pets", kind="offer", budget={"impressions": 10_000}),
    ]
    assert shown(items, offers=3) == ["one", "ten"]
    assert shown(items[:2], offers=3) == ["one"]


def test_no_letter_holds_more_of_a_merchant_or_an_interest_than_is_demanded():
    garden = [item(f"garden-{n}", "garden") for n in range(3)]
    few = {"demands": {"per_interest": 1}}
    assert shown([*garden, item("rail-1", "rail")], stories=3, **few) == ["garden-0", "rail-1"]
    offers = [item(f"o{n}", THEMES[n], kind="offer") for n in range(4)]
    assert len(shown(offers, offers=4, demands={"per_merchant": 2})) == 2


def test_what_every_letter_must_show_is_in_every_letter():
    items = [*ONE_EACH, item("privacy", purpose="service"), item("coach", experience="coach")]
    asked = {"demands": {"every": ["privacy", "coach"]}}
    found = shown(items, hero=1, stories=1, briefs=2, **asked)
    assert found == ["garden-1", "dining-1", "privacy", "coach"]


REASONS = {
    (0.97, "garden"): "Most members like you enjoy the joy of garden.",
    (0.6, "garden"): "Most members like you enjoy the joy of garden.",
    (0.59, "garden"): "Many members like you enjoy the joy of garden.",
    (0.25, "garden"): "Many members like you enjoy the joy of garden.",
    (0.24, "garden"): "For a change: garden.",
    (0, ""): "For every reader of this letter.",
}


@pytest.mark.parametrize(("likes", "told"), REASONS.items(), ids=str)
def test_a_reason_says_how_many_like_it(likes: tuple[float, str], told: str):
    laid = sheet(
        [item("a", *filter(None, [likes[1]]))], edition(hero=1), wants=[{"garden": likes[0]}]
    )
    (pick,) = fill(laid)
    assert Reasons(laid, WORDS.interests)(pick) == told


def test_a_discovery_names_what_it_goes_with_of_what_its_readers_enjoy():
    met = np.zeros((len(THEMES), len(THEMES)))
    met[1, 1], met[2, 2], met[3, 3], met[4, 4] = 60, 50, 40, 50  # garden, pets, rail, reading
    met[1, 3] = met[3, 1] = 30
    met[2, 4] = met[4, 2] = 19  # fewer than are told of
    company = Company(met, 200, 20)
    laid = sheet(
        [item("a", "rail"), item("b", "reading")],
        edition(stories={"discoveries": 2}),
        finds={"rail": 0.3, "reading": 0.2},
    )
    why = Reasons(laid, WORDS.interests, company)
    assert [why(pick) for pick in fill(laid)] == [
        "Because members who enjoy the joy of garden often enjoy the joy of rail, too.",
        "Because members like you often come to enjoy the joy of reading.",
    ]


@pytest.mark.parametrize(
    ("group_", "wants"),
    [
        (group("!garden"), GARDENERS),
        (group("-garden"), GARDENERS),
        (group(generic=True), GARDENERS),
        (group(), {"garden": 0.1}),
    ],
    ids=["never", "less", "not looked at", "hardly liked"],
)
def test_nothing_is_named_that_readers_do_not_enjoy_or_did_not_ask_for(
    group_: Group, wants: dict[str, float]
):
    met = np.full((len(THEMES), len(THEMES)), 50.0)
    laid = sheet(
        [item("a", "rail")], edition(hero={"discoveries": 1}), [group_], [wants], {"rail": 0.3}
    )
    (told,) = [Reasons(laid, WORDS.interests, Company(met, 200, 20))(pick) for pick in fill(laid)]
    assert "garden" not in told


def test_a_reason_for_everybody_speaks_of_the_members_not_of_you():
    laid = sheet([item("a", "dining")], edition(hero=1), [group(generic=True)], [EVERYBODY])
    assert Reasons(laid, WORDS.interests)(fill(laid)[0]) == (
        "Many of our members enjoy the joy of dining."
    )


@pytest.mark.parametrize(
    ("wishes", "order"),
    [
        ("", ["garden-1", "dining-1", "pets-1", "untied", "rail-1", "reading-1"]),
        ("+rail", ["rail-1", "garden-1", "dining-1", "pets-1", "untied", "reading-1"]),
        ("-garden", ["dining-1", "pets-1", "garden-1", "untied", "rail-1", "reading-1"]),
        ("!garden", ["dining-1", "pets-1", "untied", "rail-1", "reading-1"]),
        ("!dining !garden !pets !rail !reading", ["untied"]),
    ],
    ids=["none", "more", "less", "never", "never-anything"],
)
def test_what_members_asked_for_wins_over_what_they_spend_on(wishes: str, order: list[str]):
    assert shown(ONE_EACH, group(wishes), stories=6) == order


def test_what_responds_to_a_desire_leads_where_members_told_of_it():
    items = [item("a", "rail"), item("b", "rail", experience="respond to desire")]
    assert shown(items, group("+rail"), hero=1) == ["b"]
    assert shown(items, hero=1) == ["a"]


def test_never_holds_for_a_second_interest_for_what_is_fixed_and_for_what_is_demanded():
    both = [item("both", "rail", "garden"), item("fixed", "garden"), item("other", "rail")]
    picks = shown(both, group("!garden"), fixed={"hero": ["fixed"]}, hero=1, stories=2)
    assert picks == ["other"]
    asked = {"demands": {"every": ["fixed"]}}
    assert "fixed" not in shown(both, group("!garden"), briefs=2, **asked)


def test_a_reason_may_be_that_members_asked():
    laid = sheet([item("a", "garden", "rail")], edition(hero=1), [group("+rail")])
    told = Reasons(laid, WORDS.interests)(fill(laid)[0])
    assert told == "Because you asked for more about rail."


LIKED = st.dictionaries(st.sampled_from(THEMES), st.floats(0, 1))
WISHES = st.sampled_from(["", "!garden", "+rail !dining", "-pets", "!reading !rail"])
GROUPS = st.lists(st.tuples(LIKED, WISHES, st.integers(20, 100)), min_size=1, max_size=5)
MANY = [item(f"a{n:02d}", *{THEMES[n % 5], THEMES[n % 3]}) for n in range(12)] + [
    item(f"o{n}", THEMES[n % 5], kind="offer", budget={"impressions": 70 * n}) for n in range(6)
]


@settings(deadline=None, max_examples=25)
@given(GROUPS, st.integers(0, 17))
def test_whatever_members_like_budgets_hold_nevers_hold_and_nothing_repeats(
    liked: list[tuple[dict[str, float], str, int]], seed: int
):
    groups = [group(wishes, size=size) for _, wishes, size in liked]
    letter = edition(
        {"briefs": ["a03"]},
        hero=1,
        stories={"favourites": 2, "discoveries": 1},
        briefs=2,
        offers=3,
        demands={"every": ["a07", "offer"]},
    )
    laid = sheet(MANY, letter, groups, [likes for likes, _, _ in liked], {"pets": 0.2})
    picks = fill(laid, ration(laid).allowed)
    reached: Counter[str] = Counter()
    for row, each in enumerate(groups):
        own = [laid.items[pick.item] for pick in picks if pick.group == row]
        assert len({one.item_id for one in own}) == len(own)
        assert not any(set(one.interests) & each.wishes.never for one in own)
        reached.update({one.item_id: each.size for one in own})
    assert all(reached[each.item_id] <= each.budget.impressions for each in MANY if each.limited)
    reason = Reasons(laid, WORDS.interests)
    assert all(reason(pick) and pick.score >= 0 for pick in picks)
    assert not any(character.isdigit() for pick in picks for character in reason(pick))
    shuffled = sheet(
        MANY[seed:] + MANY[:seed], letter, groups, [each[0] for each in liked], {"pets": 0.2}
    )
    assert fill(shuffled, ration(shuffled).allowed) == picks
