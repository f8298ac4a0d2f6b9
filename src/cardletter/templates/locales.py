"""Locales: dates, numbers, money and a template's own words, as each locale writes them.

A template's words stand in templates/words/<locale>.yaml. A word that a locale lacks is taken from
what stands in for it (content/locales.yaml), at last from the project's own language.
"""

import datetime as dt
import functools
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from cardletter.errors import FilesError
from cardletter.yamlfile import YamlFile

WORDS = "templates/words"
NAME = "{name}"
"""Where a word of the templates has a name."""


@functools.cache
def known(locale: str) -> Locale:
    """Give a locale as Babel knows it; one it does not know is written as English is."""
    try:
        return Locale.parse(locale, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def direction(locale: str) -> str:
    """Tell which way a locale is written: ltr or rtl."""
    return "rtl" if known(locale).character_order == "right-to-left" else "ltr"


def date(day: dt.date, locale: str) -> str:
    """Write a date as one writes it in a letter."""
    if locale == "en":  # no country: the day first, as most of the world has it
        return f"{day.day} {day:%B} {day.year}"
    return str(format_date(day, "long", locale=known(locale)))


def number(amount: Decimal, locale: str) -> str:
    """Write a number: 12,480 in English, 12.480 in German."""
    return str(format_decimal(amount, locale=known(locale)))


def money(amount: Decimal, currency: str, locale: str) -> str:
    """Write an amount of money, whole amounts without their cents."""
    whole = amount == amount.to_integral_value()
    return str(
        format_currency(
            amount.to_integral_value() if whole else amount,
            currency,
            locale=known(locale),
            currency_digits=not whole,
            format=None if not whole else _whole(locale),
        )
    )


@functools.cache
def _whole(locale: str) -> str:
    pattern = known(locale).currency_formats["standard"].pattern
    return str(pattern).replace("0.00", "0").replace(".##", "")


def read_words(project: Path, chain: Iterable[str]) -> dict[str, Any]:
    """Read a template's own words for a locale: `chain` names it, and what stands in for it.

    For en-US they are what en.yaml says, and en-US.yaml where it says something else.

    Raises:
        FilesError: a file of words cannot be read.
    """
    words: dict[str, Any] = {}
    files = [name for locale in chain for name in (locale, locale.partition("-")[0])]
    for name in reversed(list(dict.fromkeys(files))):
        path = f"{WORDS}/{name}.yaml"
        if not (project / path).is_file():
            continue
        file = YamlFile.read(project, path)
        odd = [
            file.finding((key,), f"{key} is no text", "put it in quotes")
            for key, value in file.content.items()
            if not isinstance(value, str)
        ]
        if NAME not in str(file.content.get("dear", NAME)):
            hint = "write {name} where the member's name belongs"
            odd.append(file.finding(("dear",), "dear has no {name}", hint))
        if file.findings or odd:
            raise FilesError([*file.findings, *odd])
        words |= file.content
    return words
