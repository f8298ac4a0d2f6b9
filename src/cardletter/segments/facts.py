"""Facts: what a rule's condition may look at of the members, and who meets it."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cardletter.profiles import Spending, trend
from cardletter.segments.expression import Compared, Condition, Joined, Other
from cardletter.segments.vocabulary import WORD, Field, kind_of
from cardletter.segments.wishes import MARKS

Mask = npt.NDArray[np.bool_]
NEVER = np.inf
"""Days since a purchase that never was."""

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Facts:
    """What is known of the members whose spending may be looked at, one row each."""

    profiles: pd.DataFrame
    """By member, as profiles has it."""
    spending: Spending
    columns: pd.DataFrame
    """product, country, locale (text), by member."""
    clicks: pd.DataFrame
    """member_id, interest, letters."""
    wishes: pd.Series
    """By member, their wishes as words."""

    @property
    def members(self) -> pd.Index:
        """Give the members' ids, in the order of the rows."""
        return self.profiles.index

    def meet(self, conditions: Mapping[str, Condition]) -> dict[str, Mask]:
        """Say of every rule which members meet its condition."""
        known: dict[str, Mask] = {}

        def met(condition: Condition) -> Mask:
            match condition:
                case Other(name):
                    if name not in known:
                        known[name] = met(conditions[name])
                    return known[name]
                case Joined("not", (part,)):
                    return ~met(part)
                case Joined(word, parts):
                    both = np.logical_and if word == "and" else np.logical_or
                    return np.asarray(reduce(both, map(met, parts)), dtype=bool)
                case Compared():
                    return self._test(condition)

        return {name: met(condition) for name, condition in conditions.items()}

    def _test(self, test: Compared) -> Mask:
        values = self._values(test.field)
        if kind_of(test.field) == WORD:
            # A column that is not delivered, or is empty, is no word: it is neither = nor !=.
            told = values != ""
            found = np.isin(values.astype(str), list(map(str, test.against)))
            return np.asarray(told & (~found if test.sign in ("!=", "not in") else found))
        # What is not known of a member is neither more, nor less, nor another.
        return np.asarray(~np.isnan(values) & _compared(test, values), dtype=bool)

    def _values(self, looked: Field) -> npt.NDArray[Any]:
        if looked.name == "asked":
            return self._asked(looked.interest)
        if looked.name == "clicks":
            own = self.clicks[self.clicks["interest"] == looked.interest]
            letters = own.set_index("member_id")["letters"]
            return letters.reindex(self.members, fill_value=0).to_numpy(dtype=float)
        if looked.interest:
            found = self._spread(self._measure(looked), NEVER if looked.name == "since" else 0.0)
            if looked.name == "trend":  # who is not here for two windows has none, in anything
                found[self.profiles["trend"].isna().to_numpy()] = np.nan
            return found
        if looked.name in self.columns:
            return self.columns[looked.name].fillna("").to_numpy(dtype=object)
        name = looked.name.removeprefix("all.")
        if looked.weeks:
            return _within(self.profiles[name].to_numpy(), looked.weeks)
        # Who never bought did so long ago, and spends least of all.
        least = {"since": NEVER, "rank": 1.0}.get(name, np.nan)
        return self.profiles[name].fillna(least).to_numpy(dtype=float)

    def _measure(self, looked: Field) -> Any:  # noqa: ANN401 - an array of numbers
        column = self.spending.interests.index(looked.interest)
        match looked.name:
            case "share":
                return self._shares[:, column]
            case "days":
                return self.spending.days[:, column].astype(float)
            case "since":
                return since(self.spending.last_on[:, column], self.spending.as_of)
            case "trend":
                return trend(*self.spending.windows[:2, :, column])
            case _:
                return _within(self.spending.weeks[:, column], looked.weeks)

    @cached_property
    def _shares(self) -> Any:  # noqa: ANN401 - an array of shares
        spent = np.maximum(self.spending.cents, 0).astype(np.float64)
        total = spent.sum(axis=1, keepdims=True)
        return spent / np.where(total > 0, total, 1)

    def _spread(self, values: npt.NDArray[Any], missing: float) -> npt.NDArray[Any]:
        """Give what is known of those who spent to every member, `missing` to the others."""
        at = self.spending.members.get_indexer(self.members)
        return np.where(at >= 0, values[at] if len(values) else missing, missing)

    def _asked(self, interest: str) -> npt.NDArray[Any]:
        marks = {mark + interest: asked for asked, mark in MARKS.items()}
        words = self.wishes.reindex(self.members).fillna("")
        told = [next((marks[w] for w in own.split() if w in marks), "") for own in words]
        return np.array(told, dtype=object)


def _compared(test: Compared, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if test.sign == "between":
        least, most = map(float, test.against)
        return np.asarray((values >= least) & (values <= most))
    if test.sign in ("in", "not in"):
        found = np.isin(values, test.against)
        return ~found if test.sign == "not in" else found
    return np.asarray(COMPARISONS[test.sign](values, test.against[0]))


def _within(weeks: npt.NDArray[Any], count: int) -> npt.NDArray[Any]:
    """Count the weeks with a purchase among the newest so many."""
    found: npt.NDArray[Any] = np.bitwise_count(weeks & np.uint64(2**count - 1)).astype(float)
    return found


def since(last_on: npt.NDArray[Any], as_of: Any) -> npt.NDArray[Any]:  # noqa: ANN401 - a date
    """Give the days from the last purchase to a day; without end where there was none."""
    days = (np.datetime64(as_of, "D") - last_on.astype("datetime64[D]")) / np.timedelta64(1, "D")
    return np.where(np.isnat(last_on.astype("datetime64[D]")), NEVER, days)
