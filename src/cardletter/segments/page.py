"""The page of the segments: a map of them all, and what sets each apart; one file, no network."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from cardletter.segments.description import GENERIC, RULE, Segment
from cardletter.segments.drift import in_words

PAGE = "segments.html"
WIDTH, HEIGHT, MARGIN = 1_000, 620, 64
LARGEST, SMALLEST = 46.0, 5.0
"""Radius of the largest segment on the map, and the least of any."""

LABELS = 40
"""So many segments, the largest, are called by name on the map; the others where one points."""

LETTER, LINE = 6.6, 15.0
"""About how wide a letter of a label is, and how high a line."""


@dataclass(frozen=True)
class Spot:
    """One segment on the map."""

    segment: Segment
    x: float
    y: float
    radius: float
    label_y: float
    labelled: bool


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
        ruled={each["rule"]: each for each in ruled["rules"]},
        findings=ruled["findings"],
        k_min=k_min,
        width=WIDTH,
        height=HEIGHT,
        generic=GENERIC,
        rule=RULE,
    )


def spots(segments: Sequence[Segment]) -> list[Spot]:
    """Place the segments on the map, the largest first, labels where they hide no other."""
    most = max((segment.size for segment in segments), default=1)
    # Areas tell sizes; many segments are drawn smaller, so that the map stays one.
    largest = min(LARGEST, 260 / math.sqrt(max(len(segments), 1)))
    found: list[Spot] = []
    for segment in sorted(segments, key=lambda each: (-each.size, each.segment_id)):
        x = MARGIN + segment.at[0] * (WIDTH - 2 * MARGIN)
        y = MARGIN + segment.at[1] * (HEIGHT - 2 * MARGIN)
        radius = max(SMALLEST, largest * math.sqrt(segment.size / most))
        wanted = [spot for spot in found if spot.labelled]
        label_y = _free(x, y, radius, segment.name, wanted)
        labelled = len(wanted) < LABELS and label_y is not None
        found.append(Spot(segment, round(x, 1), round(y, 1), round(radius, 1),
                          round(label_y or y, 1), labelled))  # fmt: skip
    return found


def _free(x: float, y: float, radius: float, name: str, taken: list[Spot]) -> float | None:
    """Give a height for a label above or below its spot, where none is in its way."""
    for height in (y + radius + LINE, y - radius - LINE / 2, y + radius + 2 * LINE):
        across = len(name) * LETTER / 2
        hidden = any(
            abs(spot.label_y - height) < LINE
            and abs(spot.x - x) < across + len(spot.segment.name) * LETTER / 2
            for spot in taken
        )
        if not hidden and LINE < height < HEIGHT:
            return height
    return None
