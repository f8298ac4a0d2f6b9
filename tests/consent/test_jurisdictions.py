"""Which acts of consent count where, and for how long."""

from datetime import datetime

import pytest

from cardletter.consent.jurisdictions import FOREVER, read_rules

RULES = read_rules()
EXPRESS = ("web_form", "double_opt_in", "preference_centre", "branch", "phone", "paper")


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("method", EXPRESS)
@pytest.mark.parametrize("place", ["US", "CA", "GB", "DE", "JP", "", None])
def test_an_express_yes_counts_everywhere_and_does_not_end(method: str, place: str | None):
    assert RULES.counts_for(method, place) == FOREVER


@pytest.mark.parametrize("method", ["pre_ticked", "purchased_list", "third_party", "", "whatever"])
@pytest.mark.parametrize("place", ["US", "CA", "GB", "DE", None])
def test_what_is_no_yes_counts_nowhere(method: str, place: str | None):
    assert RULES.counts_for(method, place) is None


@pytest.mark.parametrize(
    ("method", "given", "place", "ends"),
    [
        ("implied_purchase", "2024-06-15", "CA", "2026-06-15"),
        ("implied_purchase", "2024-02-29", "CA", "2026-02-28"),
        ("implied_inquiry", "2026-08-31", "CA", "2027-02-28"),
        ("implied_inquiry", "2027-08-31", "CA", "2028-02-29"),
        ("implied_inquiry", "2026-05-31", "CA", "2026-11-30"),
    ],
)
def test_implied_consent_ends_on_the_day_of_the_calendar(
    method: str, given: str, place: str, ends: str
):
    assert RULES.ends(method, day(given), place) == day(ends)


def test_an_act_that_does_not_count_ends_when_it_is_made():
    assert RULES.ends("implied_purchase", day("2026-01-01"), "GB") == day("2026-01-01")


def test_an_act_that_never_ends_has_no_end():
    assert RULES.ends("soft_opt_in", day("2020-01-01"), "GB") is None


@pytest.mark.parametrize("country", ["ZZ", "", None, "XX"])
def test_an_unknown_country_takes_the_strictest(country: str | None):
    assert RULES.jurisdiction(country) == "strictest"
    for method in ("implied_purchase", "implied_inquiry", "soft_opt_in"):
        assert RULES.counts_for(method, country) is None


def test_of_two_jurisdictions_the_stricter_counts():
    assert RULES.counts_for("implied_purchase", "US", "CA") == 24
    assert RULES.counts_for("soft_opt_in", "GB", "CA") is None
    assert RULES.counts_for("soft_opt_in", "GB", "US") == FOREVER


def test_every_member_state_of_the_union_is_in_it():
    assert sum(place == "EU" for place in RULES.of_country.values()) == 27
    assert RULES.jurisdiction("de") == RULES.jurisdiction("EU") == "EU"
