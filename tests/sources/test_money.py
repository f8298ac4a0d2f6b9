"""Money: amounts are in a currency, and are added up in one (list T, 18 and 19)."""

from pathlib import Path

import pytest

from purchases import ALL, row, table
from tiny import found, refusal, rows, tiny

MONEY = {
    "18 no currency": ("1.00", "", "no_currency"),
    "18 XXX": ("1.00", "XXX", "unknown_currency"),
    "18 XTS": ("1.00", "XTS", "unknown_currency"),
    "18 a sign": ("1.00", "€", "unknown_currency"),
    "18 a number": ("1.00", "978", "unknown_currency"),
    "19 half a yen": ("100.50", "JPY", "decimals"),
}


@pytest.mark.parametrize(("amount", "currency", "reason"), MONEY.values(), ids=MONEY)
def test_an_amount_in_no_money_is_set_aside(
    tmp_path: Path, amount: str, currency: str, reason: str
):
    lines = [row("100", more=",JPY"), row(amount, more=f",{currency}")]
    told = found(tiny(tmp_path, table(*lines, more=",currency"), ALL), "transactions")
    assert told["where"] == {reason: ["transactions.csv row 2"]}


RATES = "currency,rate\nUSD,0.5\njpy,0.01\n"
ABROAD = table(*[row(amount, more=f",{money}") for amount, money in
                 (("10", "EUR"), ("10", "usd"), ("-1000", "JPY"))], more=",currency")  # fmt: skip
HOME = 'sources.currency = "EUR"'
CONVERT = f'{HOME}\nsources.rates = "data/rates.csv"'


def test_amounts_of_several_currencies_are_converted_by_the_table_of_rates(tmp_path: Path):
    project = tiny(tmp_path, ABROAD | {"rates.csv": RATES}, CONVERT)
    assert found(project, "transactions")["reasons"] == {}
    assert sorted(rows(project, "transactions")["cents"]) == [-1000, 500, 1000]


@pytest.mark.parametrize("settings", ["", HOME])
def test_amounts_of_several_currencies_without_rates_are_refused(tmp_path: Path, settings: str):
    message = refusal(tiny(tmp_path, ABROAD, settings), "transactions")
    assert message.startswith("transactions has amounts in EUR, JPY, USD, which cannot be added up")
    assert "sources.rates" in message


def test_one_currency_needs_no_rates_unless_it_is_not_the_issuers(tmp_path: Path):
    lines = table(row("7", more=",USD"), more=",currency")
    assert found(tiny(tmp_path / "any", lines), "transactions")["rows"] == 1
    message = refusal(tiny(tmp_path / "eur", lines, HOME), "transactions")
    assert message.startswith("transactions has amounts in USD, which cannot be added up")


NO_RATES = {
    "one is missing": ("currency,rate\nUSD,0.5\n", "JPY, which data/rates.csv has no rate for"),
    "twice": (RATES + "USD,0.6\n", "rates.csv:4: USD has two rates"),
    "the own is not 1": (RATES + "EUR,2\n", "rates.csv:4: EUR has two rates"),
    "nothing": (RATES + "CHF,\n", "rates.csv:4: no rate"),
    "zero": (RATES + "CHF,0\n", "rates.csv:4: no rate"),
    "NaN": (RATES + "CHF,nan\n", "rates.csv:4: no rate"),
    "no end": (RATES + "CHF,inf\n", "rates.csv:4: no rate"),
    "no currency": (RATES + "XXX,1\n", "rates.csv:4: no currency of ISO 4217"),
    "no columns": ("from,to\n", "rates.csv:1: needs the columns currency,rate"),
}


@pytest.mark.parametrize(("rates", "says"), NO_RATES.values(), ids=NO_RATES)
def test_a_table_of_rates_that_cannot_be_used_is_refused_at_its_line(
    tmp_path: Path, rates: str, says: str
):
    assert says in refusal(tiny(tmp_path, ABROAD | {"rates.csv": rates}, CONVERT), "transactions")


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ('sources.rates = "data/rates.csv"', "There are rates, but not to which currency"),
        (CONVERT, "There is no file data/rates.csv"),
        ('sources.currency = "Euro"', "sources.currency is no currency of ISO 4217"),
    ],
)
def test_settings_of_money_that_are_not_whole_are_refused(tmp_path: Path, settings: str, says: str):
    assert says in refusal(tiny(tmp_path, ABROAD, settings), "transactions")


def test_a_rate_that_makes_an_amount_too_large_sets_the_row_aside(tmp_path: Path):
    rates = {"rates.csv": "currency,rate\nUSD,1e300\n"}
    lines = table(row("1", more=",EUR"), row("5", more=",USD"), more=",currency")
    told = found(tiny(tmp_path, lines | rates, f"{CONVERT}\n{ALL}"), "transactions")
    assert told["where"] == {"unreadable_amount": ["transactions.csv row 2"]}
