"""Typical: how the members of a segment shop, by the middle one; never of a few members."""

from collections.abc import Iterator, Mapping

import pandas as pd

YEARS, MONTH, YEAR = 2, 30.44, 365.25
MIDDLE = ("tenure", "since", "trend")
FIFTHS = {"recency": "how lately", "frequency": "how often", "monetary": "how much"}
SAME = 0.005


def typical(profiles: pd.DataFrame, k_min: int) -> dict[str, float]:
    """Give the median of what is known of `k_min` members or more, and the mean of their fifths."""
    bought = profiles[profiles["purchases"] > 0]
    known = {name: bought[name].dropna() for name in (*MIDDLE, *FIFTHS)}
    return {
        name: round(float(each.mean() if name in FIFTHS else each.median()), 3)
        for name, each in known.items()
        if len(each) >= k_min
    }


def in_words(told: Mapping[str, float | None]) -> Iterator[str]:
    """Say how one member shops, or the middle one of some; what is not known is left out."""
    if (tenure := _known(told, "tenure")) is not None:
        yield f"here for {_long(tenure)}"
    if (since := _known(told, "since")) is not None:
        yield f"bought last {'a day' if round(since) <= 1 else f'{since:.0f} days'} ago"
    if (trend := _known(told, "trend")) is not None:
        yield f"spends {_moved(trend)} in the window before"
    fifths = {name: _known(told, name) for name in FIFTHS}
    if all(fifths.values()):
        said = ", ".join(f"{FIFTHS[name]} {each:.2g}" for name, each in fifths.items())
        yield f"{said} of 5"


def _known(told: Mapping[str, float | None], name: str) -> float | None:
    value = told.get(name)
    return None if value is None or pd.isna(value) else float(value)


def _long(days: float) -> str:
    if days >= YEARS * YEAR:
        return f"{days / YEAR:.0f} years"
    months = round(days / MONTH)
    return f"{months} months" if months > 1 else f"{days:.0f} days"


def _moved(trend: float) -> str:
    if abs(trend) < SAME:
        return "as much as"
    return f"{abs(trend):.0%} {'more' if trend > 0 else 'less'} than"
