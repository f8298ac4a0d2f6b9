"""Linting: what is wrong with an edition's letters before anybody gets one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pandas as pd

from cardletter.content import Edition, Item, Variant, read_catalogue, read_edition, read_variants
from cardletter.errors import Finding, stop_on_errors
from cardletter.progress import Counts, track
from cardletter.segments import read_clustering
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_letter import Seen
from cardletter.templates.lint_origins import Origins
from cardletter.templates.lint_project import Lint
from cardletter.templates.lint_templates import check_templates
from cardletter.templates.press import SAMPLE, Press
from cardletter.templates.rendering import pictures_at, read_frame, read_variant
from cardletter.typesetting.marks import Source
from cardletter.typesetting.sandbox import FOLDER
from cardletter.workspace import Workspace, stage

NOTICED = "noticed.json"
"""variant_id -> how many things were found in it."""

GMAIL = "% of what Gmail shows"
"""What the size of the largest variant is told in."""

Key = tuple[str, str, tuple[tuple[str, object], ...]]
"""What is the same in many variants: part, check, and what its words are filled with."""


@stage("lint")
def lint(desk: Workspace) -> Counts:
    """Look every variant over and write findings.json; a finding of many variants is told once.

    Raises:
        FilesError: a template, or a variant, has an error.
    """
    variants = _Variants(desk)
    told = {*variants.findings(), *offers_in_time(desk)}
    findings = sorted(told | (set(_templates(desk)) - variants.told))
    desk.write_json("findings.json", [each.as_dict() for each in findings])
    desk.write_json(NOTICED, variants.noticed)
    stop_on_errors(findings)
    return {"variants": len(variants.every), "warnings": len(findings), GMAIL: variants.largest}


def _templates(desk: Workspace) -> Iterator[Finding]:
    """Give what is wrong with the templates; what is wrong with the sample stops no edition."""
    for each in check_templates(desk.project):
        if each.path != f"{FOLDER}/{SAMPLE}":
            yield each


@dataclass
class _Reach:
    """In how many variants something was found, for how many members, and where first."""

    first: str
    variants: int = 0
    members: int = 0


@dataclass
class _Variants:
    """All variants of an edition, and what is found in them."""

    desk: Workspace
    largest: int = 0
    """How much the largest is of what Gmail shows, in percent."""
    reach: dict[Key, _Reach] = field(default_factory=dict)
    noticed: dict[str, int] = field(default_factory=dict)
    """How many things were found in each variant."""
    seen: dict[str, set[Key]] = field(default_factory=dict)
    told: set[Finding] = field(default_factory=set)
    """What was found, without how many it reaches."""

    def __post_init__(self) -> None:
        """Read what they have in common."""
        self.every = read_variants(self.desk)
        self.frame = read_frame(self.desk)
        pictures = pictures_at(self.desk)
        self.lint = Lint(self.desk.project, self.desk.edition, pictures, self.frame.template)
        self.picks = dict(tuple(_picks(self.desk).groupby("variant_id")))
        self.k_min = read_clustering(self.desk.project)[0].k_min

    def findings(self) -> Iterator[Finding]:
        """Give what is found in all of them, each with how many it reaches."""
        for variant in track(self.every, "variants", len(self.every)):
            self._read(variant)
        places = self._places()
        for variant_id, keys in self.seen.items():
            self.noticed[variant_id] = sum(bool(places[key]) for key in keys)
        for key, reach in self.reach.items():
            self.told |= places[key]
            for told in places[key]:
                yield replace(told, message=f"{told.message} ({self._words(reach)})")

    def _read(self, variant: Variant) -> None:
        rendered = read_variant(self.desk, variant.variant_id)
        self.largest = max(self.largest, self.lint.percent(rendered.html))
        keys = {_key(each) for each in self.lint.seen(rendered, self._context(variant))}
        self.seen[variant.variant_id] = keys
        for key in keys:
            reach = self.reach.setdefault(key, _Reach(variant.variant_id))
            reach.variants += 1
            reach.members += variant.members

    def _context(self, variant: Variant) -> dict[str, object]:
        segment = self.frame.segments[variant.segment_id]
        return self.frame.context(segment, self.picks[variant.variant_id], variant.locale)

    def _places(self) -> dict[Key, set[Finding]]:
        """Trace the first variant of each finding back to the lines that a person mends."""
        found: dict[Key, set[Finding]] = {key: set() for key in self.reach}
        firsts = {reach.first for reach in self.reach.values()}
        press = Press(self.desk.project)
        for variant in self.every:
            if variant.variant_id not in firsts:
                continue
            context = self._context(variant)
            rendered = read_variant(self.desk, variant.variant_id)
            traced = press.trace(context, self.frame.template)
            same = traced.rendered == rendered
            for seen in self.lint.seen(rendered, context, traced if same else None):
                key, told = _key(seen), self.lint.told(seen)
                if told and key in found and self.reach[key].first == variant.variant_id:
                    found[key].add(told)
        return found

    def _words(self, reach: _Reach) -> str:
        """Say how many something reaches; of few members never how few."""
        members = (
            f"{reach.members:,}" if reach.members >= self.k_min else f"fewer than {self.k_min}"
        )
        return f"in {reach.variants:,} of {len(self.every):,} variants, {members} members"


def _key(seen: Seen) -> Key:
    return seen.part, seen.spot.check, seen.spot.values  # noqa: PD011 - not a table's


def _picks(desk: Workspace) -> pd.DataFrame:
    return pd.read_parquet(desk.file("selections.parquet"))


def offers_in_time(desk: Workspace) -> Iterator[Finding]:
    """Find items that are not valid, or not as long as the edition is sent."""
    items, _findings = read_catalogue(desk.project)
    edition, _more = read_edition(desk.project, desk.edition, items)
    assert edition is not None  # matching has read it before
    shown = Counter(_picks(desk)["item_id"])
    origins = Origins(desk.project, ())
    for item in items:
        if item.item_id in shown:
            yield from _in_time(item, edition, origins)


def _in_time(item: Item, edition: Edition, origins: Origins) -> Iterator[Finding]:
    day, last = edition.date, edition.last_day
    until = origins.beside(Source(item.path, 1), "until")
    if item.valid_from and day < item.valid_from:
        yield CHECKS["too_early"].at(origins.beside(Source(item.path, 1), "from"), day=day)
    elif item.until and item.until < day:
        yield CHECKS["expired"].at(until, day=day)
    elif item.until and item.until < last:
        yield CHECKS["ends_soon"].at(until, day=item.until, last=last)
