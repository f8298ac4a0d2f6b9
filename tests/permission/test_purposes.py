"""What a member may say yes or no to is worded once, and the wording has a version."""

import re

from cardletter.permission.purposes import read_purposes
from cardletter.sources.reasons import PURPOSES

TOLD = read_purposes("The Lark", "Lark Card")


def test_every_purpose_of_the_contract_has_a_wording_in_its_order():
    assert tuple(each.purpose for each in TOLD) == PURPOSES


def test_every_wording_is_a_yes_that_says_to_what():
    for each in TOLD:
        assert each.wording.startswith("Yes, ")
        assert each.wording.endswith(".")
        assert each.title
        assert re.fullmatch(r"\d+", each.version)


def test_names_stand_in_the_wording_as_they_are():
    wordings = " ".join(each.wording for each in TOLD)
    assert "{" not in wordings
    assert "The Lark" in wordings
    assert "Lark Card" in wordings
    odd = read_purposes("{programme} & <b>", "{letter}")
    assert (
        odd[0].wording == "Yes, send me {programme} & <b> by email." or "{letter}" in odd[0].wording
    )


def test_no_two_wordings_are_the_same():
    assert len({each.wording for each in TOLD}) == len({each.title for each in TOLD}) == len(TOLD)
