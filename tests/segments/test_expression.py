"""Expressions: a condition says what it says, and a mistake in one is told in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardletter.segments.expression import Compared, Joined, Other, others, read_condition
from cardletter.segments.vocabulary import Field, MisreadError, Vocabulary

WORDS = Vocabulary(
    frozenset({"baking", "fine-meat", "pets"}),
    frozenset({"gambling", "health"}),
    frozenset({"bakers", "golden"}),
)
SHARE = Field("share", "baking")


def read(text: str):
    return read_condition(text, WORDS)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("baking.share >= 10%", Compared(SHARE, ">=", (0.1,))),
        ("fine-meat.days=4", Compared(Field("days", "fine-meat"), "=", (4.0,))),
        ("baking.share between 5% and 12.5 %", Compared(SHARE, "between", (0.05, 0.125))),
        ("country in (US, CA)", Compared(Field("country"), "in", ("US", "CA"))),
        ("country not in (US)", Compared(Field("country"), "not in", ("US",))),
        ("product = 'Larkfield Card'", Compared(Field("product"), "=", ("Larkfield Card",))),
        ("pets.weeks(12) > 3", Compared(Field("weeks", "pets", 12), ">", (3.0,))),
        ("all.rank <= 10%", Compared(Field("all.rank"), "<=", (0.1,))),
        ("pets.asked != never", Compared(Field("asked", "pets"), "!=", ("never",))),
        ("tenure < 365", Compared(Field("tenure"), "<", (365.0,))),
        ("all.trend < -12.5%", Compared(Field("all.trend"), "<", (-0.125,))),
        ("pets.trend > 150%", Compared(Field("trend", "pets"), ">", (1.5,))),
        ("all.weeks(8) >= 3", Compared(Field("all.weeks", weeks=8), ">=", (3.0,))),
        ("all.recency in (4, 5)", Compared(Field("all.recency"), "in", (4.0, 5.0))),
        ("rule(bakers)", Other("bakers")),
    ],
)
def test_a_condition_compares_a_field_with_a_value(text: str, condition: object):
    assert read(text) == condition


def test_and_binds_closer_than_or_and_parentheses_closest():
    a, b, c = (Compared(Field("days", "pets"), ">", (float(n),)) for n in (1, 2, 3))
    days = "pets.days > "
    assert read(f"{days}1 or {days}2 and {days}3") == Joined("or", (a, Joined("and", (b, c))))
    assert read(f"({days}1 or {days}2) and {days}3") == Joined("and", (Joined("or", (a, b)), c))
    assert read(f"not {days}1 and {days}2") == Joined("and", (Joined("not", (a,)), b))


def test_the_rules_that_a_condition_stands_on_are_found_wherever_they_are():
    assert list(others(read("not (rule(bakers) or pets.days > 1 and rule(golden))"))) == [
        "bakers",
        "golden",
    ]


UNJOINED = "needs and, or, or the end, and there is 'pets.days', after `baking.share > 5%`"
KNOWN = (
    "there are all.frequency, all.monetary, all.rank, all.recency, all.since, all.trend, "
    "all.weeks, baking, country, fine-meat, locale, pets"
)
HOW = "write it as: baking.share >= 10% and country in (US, CA)"
WHO = "a segment is never picked by who people are: use what they enjoy, a product or a country"
BAD = {
    "12 least above most": ("baking.share between 12% and 5%",
                            "is between a larger and a smaller value", "the smaller first"),
    "11 below nothing": ("baking.days >= -1", "baking.days is never less than 0",
                         "write 0 or more"),
    "18 an unknown comparison": ("baking.share like 5%", "there is no comparison 'like'",
                                 "there are =, !=, <, <=, >, >=, in, between"),
    "19 a number for a share": ("baking.share > 5", "baking.share is no number",
                                "write a percentage, as 10%"),
    "19 a word for a number": ("baking.days > often", "baking.days is no word",
                               "write a number, as 4"),
    "19 a number for a word": ("country = 1", "country is no number",
                               "write a word, as US or 'Larkfield Card'"),
    "19 more than a word": ("country > US", "country is a word: it is not more or less",
                            "use = or in"),
    "20 SQL": ("baking.days > 1; DROP TABLE members",
               "';' means nothing in a condition, after `baking.days > 1`", HOW),
    "20 a query": ("select members", "there is no field 'select'",
                   KNOWN),
    "21 sensitive": ("gambling.share > 5%",
                     "'gambling' is sensitive: nobody is picked, or left out, by it",
                     "take it out; see `sensitive` in segments/interests.yaml"),
    "22 sensitive, turned round": ("not health.days > 0",
                                   "'health' is sensitive: nobody is picked, or left out, by it",
                                   "take it out; see `sensitive` in segments/interests.yaml"),
    "25 by postcode": ("postcode = '12345'", "'postcode' is no field",
                       "a segment is never picked by where exactly people live: use the country"),
    "26 by address": ("email = 'a@b.c'", "'email' is no field", WHO),
    "26 by name": ("first_name = Ada", "'first_name' is no field", WHO),
    "26 by age": ("age > 65", "'age' is no field", WHO),
    "27 by amount": ("amount = 17.23", "'amount' is no field",
                     "exact amounts pick out persons: use a share, or all.rank"),
    "27 by merchant": ("merchant = Aperley", "'merchant' is no field",
                       "merchants pick out persons: use an interest"),
    "27 by code": ("mcc = '5812'", "'mcc' is no field",
                   "merchants pick out persons: use an interest"),
    "28 no window": ("pets.weeks(0) > 1", "a window is 1 to 64 weeks long",
                     "write it as baking.weeks(12)"),
    "28 a long window": ("pets.weeks(10000) > 1", "a window is 1 to 64 weeks long",
                         "write it as baking.weeks(12)"),
    "28 which window": ("pets.weeks > 1", "needs '(', and there is '>', after `pets.weeks`", HOW),
    "29 a pattern": ("country ~ '(a+)+$'", "'~' means nothing in a condition, after `country`",
                     HOW),
    "28 a long window of all": ("all.weeks(65) > 1", "a window is 1 to 64 weeks long",
                                "write it as baking.weeks(12)"),
    "11 more lost than there was": ("all.trend < -101%", "all.trend is never less than -100%",
                                    "write -100% or more"),
    "19 a number for a change": ("all.trend > 0", "all.trend is no number",
                                 "write a percentage, as -20%"),
    "12 no such fifth": ("all.recency >= 6", "all.recency is a fifth of the members, 1 to 5",
                         "write a number from 1 to 5"),
    "12 half a fifth": ("all.monetary = 2.5", "all.monetary is a fifth of the members, 1 to 5",
                        "write a number from 1 to 5"),
    "30 more than all": ("baking.share >= 101%", "baking.share is never more than 100%",
                         "write 100% or less"),
    "32 no number": ("baking.days > nan", "baking.days is no word",
                     "write a number, as 4"),
    "33 a Cyrillic letter": ("b\u0430king.share > 5%", "there is no field 'b\u0430king.share'",
                             "is it baking?"),
    "3 a near miss": ("bakin.share > 5%", "there is no field 'bakin.share'", "is it baking?"),
    "3 a measure near by": ("baking.shares > 5%", "baking has no measure 'shares'",
                            "is it share?"),
    "3 no measure": ("baking > 5%", "baking has no measure ''", "as in baking.share"),
    "3 no such rule": ("rule(baker)", "there is no rule 'baker'", "is it bakers?"),
    "nothing asked for like that": ("pets.asked = often", "nobody can ask for 'often'",
                                    "it is more, less, never"),
    "an end too early": ("baking.share >=",
                         "needs a value, and it ends, after `baking.share >=`", HOW),
    "an open bracket": ("(baking.share > 5%", "needs ')', and it ends, after `(baking.share > 5%`",
                        HOW),
    "two in a row": ("baking.share > 5% pets.days > 1",
                     UNJOINED, HOW),
    "too deep": ("(" * 30 + "pets.days > 1" + ")" * 30, "is nested more than 20 deep",
                 "make several rules of it"),
    "too long": ("pets.days > 1 or " * 200 + "pets.days > 1", "is longer than 2,000 letters",
                 "make several rules of it"),
}  # fmt: skip


@pytest.mark.parametrize("told", BAD.values(), ids=BAD)
def test_a_mistake_is_told_with_its_remedy(told: tuple[str, str, str]):
    text, message, hint = told
    with pytest.raises(MisreadError) as raised:
        read(text)
    assert (raised.value.message, raised.value.hint) == (message, hint)


PIECES = st.sampled_from(
    [*("baking", ".share", "pets.days", "rule", "bakers", "weeks(12)", "5%", "3", "\u202e"),
     *("and", "or", "not", "in", "between", ">=", "=", "(", ")", ",", "'", "--", "*", "\x00")]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map(" ".join)))
def test_whatever_is_written_is_a_condition_or_a_mistake_in_words(text: str):
    try:
        found = read(text)
    except MisreadError:
        return
    assert set(others(found)) <= WORDS.rules
