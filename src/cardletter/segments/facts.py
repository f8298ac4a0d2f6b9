"""Facts: what a rule's condition may look at of the members, and who meets it."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cardletter.profiles import Spending
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

    members: pd.Index
    spending: Spending
    columns: pd.DataFrame
    """product, country, locale (text) and joined_on (a date), by member."""
    wishes: pd.Series
    """By member, their wishes as words."""

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
        if test.sign == "between":
            least, most = map(float, test.against)
            return np.asarray((values >= least) & (values <= most))
        if test.sign in ("in", "not in"):
            found = np.isin(values, test.against)
            return ~found if test.sign == "not in" else found
        return np.asarray(COMPARISONS[test.sign](values, test.against[0]), dtype=bool)

    def _values(self, looked: Field) -> npt.NDArray[Any]:
        if looked.name == "asked":
            return self._asked(looked.interest)
        if looked.interest:
            return self._spread(self._measure(looked), 0.0 if looked.name != "since" else NEVER)
        if looked.name == "tenure":
            joined = pd.to_datetime(self.columns["joined_on"], errors="coerce")
            days = (pd.Timestamp(self.spending.as_of) - joined).dt.days
            return days.fillna(0).clip(lower=0).to_numpy(dtype=float)
        if looked.name in self.columns:
            return self.columns[looked.name].fillna("").to_numpy(dtype=object)
        if looked.name == "all.since":
            return self._spread(self._since(), NEVER)
        return self._spread(self._rank(), 1.0)

    def _measure(self, looked: Field) -> Any:  # noqa: ANN401 - an array of numbers
        column = self.spending.interests.index(looked.interest)
        match looked.name:
            case "share":
                return self._shares[:, column]
            case "days":
                return self.spending.days[:, column].astype(float)
            case "since":
                return since(self.spending.last_on[:, column], self.spending.as_of)
            case _:
                recent = self.spending.weeks[:, column] & np.uint64(2**looked.weeks - 1)
                return np.bitwise_count(recent).astype(float)

    @cached_property
    def _shares(self) -> Any:  # noqa: ANN401 - an array of shares
        spent = np.maximum(self.spending.cents, 0).astype(np.float64)
        total = spent.sum(axis=1, keepdims=True)
        return spent / np.where(total > 0, total, 1)

    def _since(self) -> npt.NDArray[Any]:
        days = since(self.spending.last_on, self.spending.as_of)
        return np.asarray(days.min(axis=1, initial=NEVER))

    def _rank(self) -> npt.NDArray[Any]:
        spent = np.maximum(self.spending.cents, 0).sum(axis=1)
        return pd.Series(spent).rank(ascending=False, method="min", pct=True).to_numpy(dtype=float)

    def _spread(self, values: npt.NDArray[Any], missing: float) -> npt.NDArray[Any]:
        """Give what is known of those who spent to every member, `missing` to the others."""
        at = self.spending.members.get_indexer(self.members)
        return np.where(at >= 0, values[at] if len(values) else missing, missing)

    def _asked(self, interest: str) -> npt.NDArray[Any]:
        marks = {mark + interest: asked for asked, mark in MARKS.items()}
        words = self.wishes.reindex(self.members).fillna("")
        told = [next((marks[w] for w in own.split() if w in marks), "") for own in words]
        return np.array(told, dtype=object)


def since(last_on: npt.NDArray[Any], as_of: Any) -> npt.NDArray[Any]:  # noqa: ANN401 - a date
    """Give the days from the last purchase to a day; without end where there was none."""
    days = (np.datetime64(as_of, "D") - last_on.astype("datetime64[D]")) / np.timedelta64(1, "D")
    return np.where(np.isnat(last_on.astype("datetime64[D]")), NEVER, days)
