"""Samples of every kind: the one beside the template, with each thing in turn left out.

What may be empty is what the sample itself has empty somewhere: so it says what templates must
reckon with. Any list of items may be empty, or hold one item, or many.
"""

import copy
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

ALWAYS = frozenset({"id", "kind", "title", "link", "name", "lang", "date", "subject"})
"""What never is empty."""

EVERYTHING, NO_ITEMS = "all that may be", "every slot"
"""The samples that leave out the most."""

Sample = dict[str, Any]


def variations(sample: Mapping[str, Any]) -> Iterator[tuple[str, Sample]]:
    """Give samples that differ from the given one, each with what is empty in it."""
    yield from _lists(sample)
    names = _may_be_empty(sample)
    for name in names:
        yield f"item.{name}", _without(sample, [name])
    yield EVERYTHING, _without(sample, names)
    for table, key in (("segment", "phrase"), ("segment", "name"), ("edition", "preheader")):
        if sample.get(table, {}).get(key):
            other = copy.deepcopy({**sample})
            other[table][key] = ""
            yield f"{table}.{key}", other


def _lists(sample: Mapping[str, Any]) -> Iterator[tuple[str, Sample]]:
    """Give samples whose slots hold nothing, one item, or twice as many."""
    every = list(sample["slots"])
    for slot in every:
        for count, said in ((0, ""), (1, " (but for one item)")):
            if len(sample["slots"][slot]) > count:
                other = copy.deepcopy({**sample})
                other["slots"][slot] = other["slots"][slot][:count]
                yield f"slots.{slot}{said}", other
    for name in ("survey", "signed"):
        if sample.get(name):
            yield name, {**sample, name: ""}
    bare = copy.deepcopy({**sample, "survey": "", "signed": ""})
    bare["slots"] = {slot: [] for slot in every}
    yield NO_ITEMS, bare


def _may_be_empty(sample: Mapping[str, Any]) -> list[str]:
    items = list(chain.from_iterable(sample["slots"].values()))
    names = {name for item in items for name, value in item.items() if value in ("", [], None)}
    return sorted(names - ALWAYS)


def _without(sample: Mapping[str, Any], names: list[str]) -> Sample:
    other = copy.deepcopy({**sample})
    for item in chain.from_iterable(other["slots"].values()):
        item |= {name: [] if item[name] == [] else "" for name in names if name in item}
    return other
