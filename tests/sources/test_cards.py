"""A card number anywhere is refused, however it is written; other long numbers are not."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardletter.sources.cards import has_card
from tiny import CONSENTS, MEMBERS, TRANSACTIONS, found, refusal, tiny

VISA, SHORT_VISA, LONG_VISA = "4111111111111111", "4222222222222", "4000000000000000006"
CARDS = {
    "Visa": VISA,
    "Visa of 13 digits": SHORT_VISA,
    "Visa of 19 digits": LONG_VISA,
    "Mastercard": "5555555555554444",
    "Mastercard of the 2 series": "2223003122003222",
    "Amex": "378282246310005",
    "Discover": "6011111111111117",
}
MEND = (
    " Cardletter must never see one: replace it by a token of yours where the data is made, then "
    "deliver the table again."
)
ID = "1234567"  # no card number's digits, and short


@pytest.mark.parametrize("number", CARDS.values(), ids=CARDS)
@pytest.mark.parametrize(
    "how",
    ["{0}", "card {0}.", "x{0}y", "12 {0}", "{0} 12", "2026-11-30 {0}", "id 77-{0}-9", "é{0}美"],
)
def test_a_card_number_is_seen_whatever_stands_beside_it(number: str, how: str):
    assert has_card(how.format(number))


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "3782 822463 10005",
        "3782-822463-10005",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "411111-1111111111",
        "Order 12 of 4111 1111 1111 1111, 2 items",
        "4111111111111112 and 4111111111111111",
    ],
)
def test_a_card_number_is_seen_in_groups(text: str):
    assert has_card(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4111111111111112",
        "4111111111111111" + "1111",
        "411111111111",
        "9111111111111111",
        "1764525600000",
        "T000000149999",
        "m000000000042@example.com",
        "2026-11-30T18:05:00.000000+00:00",
        "+44 20 7946 0958",
        "4111.1111 items",
    ],
    ids=[
        "nothing",
        "wrong-sum",
        "20-digits",
        "12-digits",
        "no-issuer",
        "milliseconds",
        "id",
        "address",
        "moment",
        "phone",
        "two-short-numbers",
    ],
)
def test_other_long_numbers_are_no_card_numbers(text: str):
    assert not has_card(text)


@given(st.integers(10**12, 10**19 - 1))
def test_of_ten_numbers_that_differ_in_the_last_digit_one_is_a_card(number: int):
    digits = str(number)[:-1]
    begins = digits[0] in "346" or "51" <= digits[:2] <= "55" or "22" <= digits[:2] <= "27"
    assert sum(has_card(digits + last) for last in "0123456789") == begins


@given(st.text(st.characters(exclude_categories=["Nd"], exclude_characters="- "), max_size=20))
def test_no_text_around_it_hides_a_card_number(around: str):
    assert has_card(f"{around}{VISA}{around}")


PLACES = [
    *(("transactions", name) for name in ("member_id", "amount", "merchant", "never_asked_for")),
    *(("members", name) for name in ("member_id", "email", "first_name")),
    *(("consents", name) for name in ("purpose", "wording", "evidence")),
]
TABLES = {"transactions": TRANSACTIONS, "members": MEMBERS, "consents": CONSENTS}


@pytest.mark.parametrize(("table", "column"), PLACES)
def test_a_card_number_in_any_column_of_any_table_stops_the_run(
    tmp_path: Path, table: str, column: str
):
    first, *rest = TABLES[table].splitlines()
    names = [*first.split(","), *([] if column in first.split(",") else [column])]
    bad = ["4111 1111 1111 1111" if name == column else ID for name in names]
    rest = [row + ",x" * (len(names) - row.count(",") - 1) for row in rest]
    text = "\n".join([",".join(names), *rest, ",".join(bad)]) + "\n"
    settings = "sources.set_aside_limit = 1"
    message = refusal(tiny(tmp_path, {f"{table}.csv": text}, settings), table, "4111", "1111")
    assert message == (
        f"{table}.{column} holds a card number: {table}.csv row {len(rest) + 1}.{MEND}"
    )


@pytest.mark.parametrize(
    "values",
    [
        ["plain", VISA],
        [1, int(VISA)],
        [None, float(VISA)],
        [-int(VISA), 1],
        [2**63 - 1, int(VISA)],
        [float("nan"), -float(VISA)],
    ],
    ids=["text", "integer", "integer-with-gaps", "negative", "largest", "not-a-number"],
)
def test_a_card_number_is_seen_in_parquet_whatever_the_type(tmp_path: Path, values: list):
    members = pd.DataFrame({"member_id": ["1", "2"], "email": ["a", "b"], "first_name": values})
    message = refusal(tiny(tmp_path, {"members/part.parquet": members}), "members", VISA)
    assert message.startswith("members.first_name holds a card number: part.parquet row ")


def test_the_column_is_told_by_the_issuers_own_name(tmp_path: Path):
    text = MEMBERS.replace("email", "mail", 1) + f"3,{VISA}\n"
    project = tiny(tmp_path, {"members.csv": text}, "sources.columns.members.email = 'mail'")
    message = refusal(project, "members", VISA)
    assert message.startswith("members.mail holds a card number: members.csv row 3.")


def test_long_numbers_that_are_no_card_numbers_pass(tmp_path: Path):
    text = "member_id,email,product\n" + "".join(
        f"{number},{number}@mail.example,{number}\n"
        for number in ("4111111111111112", "41111111111111111111", "9111111111111111")
    )
    members = pd.DataFrame({"member_id": [4111111111111112, 2**63 - 1], "email": ["a", "b"]})
    assert found(tiny(tmp_path / "csv", {"members.csv": text}), "members")["rows"] == 3
    assert found(tiny(tmp_path / "pq", {"members.parquet": members}), "members")["rows"] == 2
