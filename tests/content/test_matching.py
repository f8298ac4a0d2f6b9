"""What a segment is shown: what its members like best, in variety, within every offer's rules."""

import datetime as dt
from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardletter.content import Edition, Item
from cardletter.content.matching import Group, Pick, Picker
from cardletter.content.variants import EVERYWHERE, Market
from cardletter.profiles import Interest, Interests
from cardletter.segments import GENERIC, Segment, Wishes

DAY = dt.date(2026, 12, 3)
THEMES = ("dining", "garden", "pets", "rail", "reading")
WORDS = Interests(
    {name: Interest(name, name.title(), f"the joy of {name}", ()) for name in THEMES},
    frozenset(),
    frozenset(),
)


def item(item_id: str, *interests: str, kind: str = "article", **more: object) -> Item:
    offer = {"merchant": "M", "terms": "T", "until": DAY} if kind == "offer" else {}
    fields = {"item_id": item_id, "kind": kind, "body": "b", "title": "Title", "image": "a.png"}
    fields |= {"teaser": "ten seconds", "alt": "alt", "link": "https://larkfield.example/"}
    return Item.model_validate(fields | offer | {"interests": list(interests)} | more)


def segment(name: str, likes: dict[str, int], size: int = 100, looked_at: int = 100) -> Segment:
    return Segment(name, name.title(), f"words of {name}", size, looked_at, (), likes)


EVERYBODY = segment(GENERIC, {"dining": 500, "pets": 300, "garden": 200, "rail": 10}, 50, 1_000)
GARDENERS = segment("s001", {"garden": 95, "dining": 40, "pets": 30})


def edition(fixed: dict[str, list[str]] | None = None, **slots: int) -> Edition:
    none = dict.fromkeys(("hero", "stories", "briefs", "offers"), 0)
    return Edition(date=DAY, subject="Subject", slots=none | slots, fixed=fixed or {})


def group(of: Segment = GARDENERS, wishes: str = "", market: Market = EVERYWHERE) -> Group:
    return Group(of, Wishes.read(wishes), of.size, market)


def fill(
    items: list[Item],
    of: Group | None = None,
    fixed: dict[str, list[str]] | None = None,
    **slots: int,
) -> list[Pick]:
    return Picker(edition(fixed, **slots), items, WORDS, EVERYBODY).fill(of or group())


def ids(picks: list[Pick]) -> list[str]:
    return [pick.item_id for pick in picks]


ONE_EACH = [item(f"{name}-1", name) for name in THEMES] + [item("untied")]


def test_the_best_liked_interest_leads():
    assert ids(fill(ONE_EACH, hero=1)) == ["garden-1"]
    assert ids(fill(ONE_EACH, group(EVERYBODY), hero=1)) == ["dining-1"]


def test_items_follow_in_the_order_of_liking_and_an_untied_one_comes_late():
    picks = fill(ONE_EACH, hero=1, stories=5)
    assert ids(picks) == ["garden-1", "dining-1", "pets-1", "untied", "rail-1", "reading-1"]
    assert [(pick.slot, pick.place) for pick in picks] == [
        *(("hero", 0), ("stories", 0), ("stories", 1), ("stories", 2), ("stories", 3)),
        ("stories", 4),
    ]


def test_a_score_is_the_share_that_likes_the_interest_shrunk_towards_everybodys():
    scores = {pick.item_id: pick.score for pick in fill(ONE_EACH, stories=6)}
    # (95 + 10 * 200 / 1000) / (100 + 10), and so on; dining: (40 + 10 * 0.5) / 110.
    assert scores["garden-1"] == round(97 / 110, 4)
    assert scores["dining-1"] == round(45 / 110, 4)
    assert scores["rail-1"] == round(0.1 / 110, 4)
    assert scores["untied"] == 0.05


def test_a_small_segment_hardly_moves_what_everybody_likes():
    few = segment("s002", {"rail": 3}, size=3, looked_at=3)
    scores = {pick.item_id: pick.score for pick in fill(ONE_EACH, group(few), stories=6)}
    assert scores["rail-1"] == round((3 + 0.1) / 13, 4)
    assert ids(fill(ONE_EACH, group(few), hero=1)) == ["dining-1"]


def test_an_interest_that_was_shown_counts_less_each_time():
    garden = [item(f"garden-{n}", "garden") for n in range(4)]
    picks = fill([*garden, item("dining-1", "dining")], stories=5)
    assert ids(picks) == ["garden-3", "garden-2", "dining-1", "garden-1", "garden-0"]
    rate = 97 / 110
    assert [pick.score for pick in picks if pick.item_id != "dining-1"] == [
        round(rate * 0.55**time, 4) for time in range(4)
    ]


def test_a_second_interest_counts_less_than_a_first():
    both = [item("a", "dining", "garden"), item("b", "garden")]
    scores = {pick.item_id: pick.score for pick in fill(both, hero=1, stories=1)}
    assert list(scores) == ["b", "a"]
    assert scores["a"] == round(0.7 * 97 / 110, 4)


@pytest.mark.parametrize(
    ("begins", "ends", "shown"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (None, "2026-12-02", False),
        ("2026-12-04", None, False),
        ("2026-01-01", "2026-11-30", False),
    ],
    ids=["always", "this-day", "expired", "future", "long-gone"],
)
def test_only_what_is_valid_on_the_editions_day_is_shown(begins: object, ends: object, shown: bool):
    dated = item("dated", "garden", **{"from": begins, "until": ends})
    assert ("dated" in ids(fill([dated, item("other", "rail")], stories=2))) is shown


def test_articles_and_offers_keep_to_their_slots():
    items = [item("article", "garden"), item("offer", "garden", kind="offer")]
    picks = fill(items, hero=1, stories=2, briefs=2, offers=2)
    assert [(pick.slot, pick.item_id) for pick in picks] == [
        ("hero", "article"),
        ("offers", "offer"),
    ]


def test_slots_stay_empty_rather_than_repeat_an_item():
    assert ids(fill([item("a", "garden"), item("b", "rail")], hero=1, stories=4)) == ["a", "b"]


def test_what_is_fixed_comes_first_in_its_slot_and_nowhere_else():
    fixed = {"briefs": ["garden-1", "untied"], "stories": ["rail-1"]}
    picks = fill(ONE_EACH, fixed=fixed, hero=1, stories=2, briefs=1)
    assert [(pick.slot, pick.item_id) for pick in picks] == [
        ("hero", "dining-1"),
        ("stories", "rail-1"),
        ("stories", "pets-1"),
        ("briefs", "garden-1"),
        ("briefs", "untied"),
    ]
    told = [(pick.score, pick.reason) for pick in picks if pick.item_id in chain(*fixed.values())]
    assert told == [(1.0, "For every reader of this letter.")] * 3


@pytest.mark.parametrize(
    ("rules", "country", "product", "shown"),
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
    rules: dict, country: str, product: str, shown: bool
):
    offer = item("offer", "garden", kind="offer", eligibility=rules)
    of = group(market=Market(product=product, country=country))
    assert (ids(fill([offer], of, offers=1)) == ["offer"]) is shown


@pytest.mark.parametrize(
    ("impressions", "shown"), [(None, 3), (0, 0), (99, 0), (100, 1), (199, 1), (200, 2), (300, 3)]
)
def test_an_offer_goes_to_as_many_segments_as_its_budget_holds(impressions: int | None, shown: int):
    offer = item("offer", "garden", kind="offer", budget={"impressions": impressions})
    picker = Picker(edition(offers=1), [offer], WORDS, EVERYBODY)
    letters = [picker.fill(group(segment(f"s{n}", {}))) for n in range(3)]
    assert sum(map(len, letters)) == shown


REASONS = {
    (97, "garden"): "Most members like you enjoy the joy of garden.",
    (66, "garden"): "Most members like you enjoy the joy of garden.",
    (60, "garden"): "Many members like you enjoy the joy of garden.",
    (26, "garden"): "Many members like you enjoy the joy of garden.",
    (25, "garden"): "For a change: garden.",
    (0, ""): "For every reader of this letter.",
}


@pytest.mark.parametrize(("likes", "told"), REASONS.items(), ids=str)
def test_a_reason_says_how_many_like_it(likes: tuple[int, str], told: str):
    of = segment("s001", {"garden": likes[0]})
    (pick,) = fill([item("a", *filter(None, [likes[1]]))], group(of), hero=1)
    assert pick.reason == told


def test_a_reason_for_everybody_speaks_of_the_members_not_of_you():
    (pick,) = fill([item("a", "dining")], group(EVERYBODY), hero=1)
    assert pick.reason == "Many of our members enjoy the joy of dining."


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
    assert ids(fill(ONE_EACH, group(wishes=wishes), stories=6)) == order


def test_never_holds_for_a_second_interest_and_for_what_is_fixed():
    both = [item("both", "rail", "garden"), item("fixed", "garden"), item("other", "rail")]
    picks = fill(both, group(wishes="!garden"), fixed={"hero": ["fixed"]}, hero=1, stories=2)
    assert ids(picks) == ["other"]


def test_a_reason_may_be_that_members_asked():
    (pick,) = fill([item("a", "garden", "rail")], group(wishes="+rail"), hero=1)
    assert (pick.score, pick.reason) == (0.8818, "Because you asked for more about rail.")


LIKED = st.dictionaries(st.sampled_from(THEMES), st.integers(0, 100))
GROUPS = st.lists(st.tuples(LIKED, st.integers(20, 100)), min_size=1, max_size=5)
MANY = [item(f"a{n}", *{THEMES[n % 5], THEMES[n % 3]}) for n in range(12)] + [
    item(f"o{n}", THEMES[n % 5], kind="offer", budget={"impressions": 70 * n}) for n in range(6)
]


@given(GROUPS, st.integers(0, 17))
def test_whatever_members_like_budgets_hold_nothing_repeats_and_every_pick_has_its_reason(
    liked: list[tuple[dict[str, int], int]], seed: int
):
    groups = [group(segment(f"s{n}", each, size)) for n, (each, size) in enumerate(liked)]
    slots = edition({"briefs": ["a3"]}, hero=1, stories=3, briefs=2, offers=3)
    picker = Picker(slots, MANY, WORDS, EVERYBODY)
    letters = [picker.fill(each) for each in groups]
    reached: Counter[str] = Counter()
    for each, picks in zip(groups, letters, strict=True):
        assert len(set(ids(picks))) == len(picks)
        assert all(pick.reason and 0 <= pick.score <= 1 for pick in picks)
        assert not any(character.isdigit() for pick in picks for character in pick.reason)
        reached.update({pick.item_id: each.size for pick in picks})
    assert all(reached[each.item_id] <= each.budget.impressions for each in MANY if each.limited)
    shuffled = MANY[seed:] + MANY[:seed]
    again = Picker(slots, shuffled, WORDS, EVERYBODY)
    assert [again.fill(each) for each in groups] == letters
