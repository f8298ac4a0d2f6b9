"""The page of the segments: a map of them all, and what sets each apart; one file, no network."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from jinja2 import Environment, StrictUndefined

from cardletter.segments.description import GENERIC, RULE, Segment
from cardletter.segments.drift import in_words
from cardletter.segments.layout import untangled
from cardletter.segments.typical import in_words as how_they_shop

PAGE = "segments.html"
WIDTH, HEIGHT, MARGIN = 1_000, 720, 60
LARGEST, SMALLEST = 40.0, 4.0
"""Radius of the largest segment on the map, and the least of any."""

LABELS = 40
"""So many segments, the largest, are called by name on the map; the others where one points."""

LETTER, LINE, WRAP = 6.4, 15, 19
"""About how wide a letter of a label is, how high a line, and how many letters one holds."""


@dataclass(frozen=True)
class Spot:
    """One segment on the map, and its label's lines below it."""

    segment: Segment
    x: float
    y: float
    radius: float
    lines: tuple[str, ...]


def page(
    segments: Sequence[Segment],
    told: tuple[dict[str, Any], dict[str, Any]],
    interests: dict[str, str],
    k_min: int,
) -> str:
    """Give the page of a run's segments, as HTML that needs nothing else.

    `told` is what drift.json and rules.json hold; `interests` gives the names by id.
    """
    drift, ruled = told
    source = files("cardletter.segments").joinpath(PAGE).read_text("utf-8")
    jinja = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    names = {segment.segment_id: segment.name for segment in segments}
    mapped = [segment for segment in segments if segment.segment_id != GENERIC]
    return jinja.from_string(source).render(
        segments=segments,
        names=names,
        interests=interests,
        spots=spots(mapped),
        members=sum(segment.size for segment in segments),
        drift=in_words(drift, names),
        shops={each.segment_id: list(how_they_shop(each.typical or {})) for each in segments},
        ruled={each["rule"]: each for each in ruled["rules"]},
        findings=ruled["findings"],
        nowhere=ruled["nowhere"],
        k_min=k_min,
        width=WIDTH,
        height=HEIGHT,
        generic=GENERIC,
        rule=RULE,
    )


def spots(segments: Sequence[Segment]) -> list[Spot]:
    """Place the segments on the map, the largest first, so that no two lie on each other."""
    ordered = sorted(segments, key=lambda each: (-each.size, each.segment_id))
    most = max((segment.size for segment in segments), default=1)
    # Areas tell sizes; many segments are drawn smaller, so that the map stays one.
    largest = min(LARGEST, 220 / math.sqrt(max(len(segments), 1)))
    radius = [max(SMALLEST, largest * math.sqrt(each.size / most)) for each in ordered]
    labels = [tuple(textwrap.wrap(each.name, WRAP)[:3]) for each in ordered[:LABELS]]
    labels += [()] * (len(ordered) - len(labels))
    across = [max([LETTER * len(line) / 2 for line in own], default=0) for own in labels]
    halves = np.array(
        [(max(r, w) + 3, r + LINE * len(own) / 2 + 4)
         for r, w, own in zip(radius, across, labels, strict=True)]
    ).reshape(-1, 2)  # fmt: skip
    places = np.array([each.at for each in ordered]).reshape(-1, 2)
    sides = np.array([WIDTH, HEIGHT])
    places = untangled(MARGIN + places * (sides - 2 * MARGIN), halves, sides)
    return [
        # A label hangs below its circle, and both together are what lies on nothing else.
        Spot(each, round(x, 1), round(y - LINE * len(own) / 2, 1), round(r, 1), own)
        for each, (x, y), r, own in zip(ordered, places.tolist(), radius, labels, strict=True)
    ]
