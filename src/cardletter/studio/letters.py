"""Letters: what the studio shows, printed by the press that prints what is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from cardletter import workspace
from cardletter.content import Variant, editions, read_variants
from cardletter.delivery.message import fill
from cardletter.errors import EditionError, FilesError, Finding
from cardletter.segments import Segment, read_clustering, read_segments
from cardletter.studio.drafts import Drafts
from cardletter.studio.members import Seen, as_member
from cardletter.templates import FIELDS, GMAIL_CLIPS, PICTURES, Lint, Press, Rendered, Traced
from cardletter.templates.rendering import pictures_at, read_frame
from cardletter.templates.sample import read_sample
from cardletter.workspace import Workspace

SAMPLE, VARIANT, MEMBER = "sample", "variant:", "member:"
STAND_INS = {"greeting": "Hello,", "unsubscribe_url": "#unsubscribe", "preferences_url": "#choose"}
"""What stands in the place of what differs by member: nobody's name, and links that do nothing."""


@dataclass(frozen=True)
class Wanted:
    """What is to be shown: for whom, of which edition, with which drafts in it."""

    edition: str = ""
    whom: str = SAMPLE
    drafts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """One letter to look at: what a template is given, and what is known of whom it is for."""

    context: Mapping[str, Any]
    heading: str
    facts: list[tuple[str, str]]
    items: list[dict[str, str]] = field(default_factory=list)
    """What it shows: path, title and link of each."""
    pictures: str = PICTURES


class Letters:
    """A project's letters, as they would be now."""

    def __init__(self, project: Path) -> None:
        """Open a project; templates are compiled when they are first needed."""
        self.drafts = Drafts(project)
        self.presses: dict[Path, Press] = {}

    def look(self, wanted: Wanted) -> dict[str, Any]:
        """Print a letter and look it over; what is wrong comes as findings.

        Raises:
            FilesError: it cannot be printed.
            EditionError: there is no such letter, or nobody would get it.
        """
        project = self.drafts.laid_out(wanted.drafts)
        shown = self._shown(project, wanted)
        traced = self._press(project).trace(shown.context)
        edition = "" if wanted.whom == SAMPLE else wanted.edition
        lint = Lint(project, edition, shown.pictures)
        findings = [each.as_dict() for each in lint.over(traced, shown.context)]
        size = {"bytes": lint.demands.filled(traced.rendered.html), "clips": GMAIL_CLIPS}
        return _told(shown, traced) | size | {"findings": findings}

    def printed(self, wanted: Wanted) -> Rendered:
        """Print a letter as it is sent.

        Raises:
            FilesError: it cannot be printed.
            EditionError: there is no such letter, or nobody would get it.
        """
        project = self.drafts.laid_out(wanted.drafts)
        return self._press(project).print(self._shown(project, wanted).context)

    def whom(self, edition: str) -> dict[str, Any]:
        """Give for whom there are letters of an edition, as its last run left them."""
        desk = workspace.open_edition(edition, self.drafts.project)
        if not desk.folder.joinpath("variants.json").is_file():
            return {"edition": edition, "variants": []}
        frame = Variants(desk)
        told = [frame.told(each) for each in frame.variants.values()]
        told.sort(key=lambda each: (each["tuned"], -each["members"], each["name"]))
        return {"edition": edition, "variants": told}

    def _press(self, project: Path) -> Press:
        return self.presses.setdefault(project, Press(project))

    def _shown(self, project: Path, wanted: Wanted) -> Shown:
        if wanted.whom == SAMPLE:
            facts = [("Shows", "what stands beside the template, templates/newsletter.sample.yaml")]
            return Shown(read_sample(project), "The sample", facts)
        if wanted.edition not in editions(project):
            raise EditionError(f"There is no edition {wanted.edition}.")
        desk = workspace.open_edition(wanted.edition, project)
        desk.read_json("variants.json")  # says how to make it, where it is not made
        variants = Variants(desk)
        if wanted.whom.startswith(MEMBER):
            seen = as_member(desk, wanted.whom.removeprefix(MEMBER))
            shown = variants.shown(seen.variant_id)
            return replace(shown, heading="As one member", facts=_facts(seen, shown))
        return variants.shown(wanted.whom.removeprefix(VARIANT))


def _facts(seen: Seen, shown: Shown) -> list[tuple[str, str]]:
    return [*seen.facts, ("Segment", shown.heading), *shown.facts]


@dataclass(frozen=True)
class Variants:
    """The variants of an edition, and what they are made of now."""

    desk: Workspace

    @cached_property
    def variants(self) -> dict[str, Variant]:
        """Give the variants by their id."""
        return {each.variant_id: each for each in read_variants(self.desk)}

    @cached_property
    def segments(self) -> dict[str, Segment]:
        """Give the segments by their id."""
        return {each.segment_id: each for each in read_segments(self.desk)}

    @cached_property
    def least(self) -> int:
        """Give how many members a group must have to be counted."""
        return read_clustering(self.desk.project)[0].k_min

    def told(self, variant: Variant) -> dict[str, Any]:
        """Say whom a variant is for; never how few they are, where they are few."""
        few = bool(variant.wishes) or variant.members < self.least
        return {
            "id": variant.variant_id,
            "name": self.segments[variant.segment_id].name,
            "segment": variant.segment_id,
            "locale": variant.locale,
            "product": variant.product,
            "country": variant.country,
            "tuned": bool(variant.wishes),
            "members": 0 if few else variant.members,
        }

    def shown(self, variant_id: str) -> Shown:
        """Give what a variant shows, with content and templates as they are now.

        Raises:
            EditionError: there is no such variant, or something that it showed is gone.
        """
        variant = self.variants.get(variant_id)
        if variant is None:
            raise EditionError("The edition was made anew, and this letter is not in it any more.")
        picks = pd.read_parquet(
            self.desk.file("selections.parquet"), filters=[("variant_id", "==", variant_id)]
        )
        frame = read_frame(self.desk)
        if gone := sorted({str(name) for name in picks["item_id"]} - set(frame.items)):
            raise EditionError(
                f"This letter shows {', '.join(gone)}, which cannot be read or is gone. "
                "Mend it, or make the edition anew."
            )
        told, segment = self.told(variant), self.segments[variant.segment_id]
        apart = ", ".join(str(trait) for trait in segment.traits[:3])
        facts = [
            ("Members", f"{told['members']:,}" if told["members"] else "few"),
            ("Set apart by", apart),
            ("Language", variant.locale),
            ("Product", variant.product),
            ("Country", variant.country),
            ("Tuned", "to what members asked for" if told["tuned"] else ""),
        ]
        items = [
            {
                "path": f"content/{frame.items[name].kind}s/{name}.md",
                "title": frame.items[name].title,
                "link": frame.items[name].link,
            }
            for name in map(str, picks["item_id"])
        ]
        return Shown(
            frame.context(frame.segments[variant.segment_id], picks),
            segment.name,
            [(name, words) for name, words in facts if words],
            items,
            pictures_at(self.desk),
        )


def _told(shown: Shown, traced: Traced) -> dict[str, Any]:
    """Give a letter as the page needs it, pictures by their names, and nobody's fields in it."""
    fields = {name: STAND_INS.get(name, name.replace("_", " ")) for name in FIELDS}
    rendered = traced.rendered
    return {
        "heading": shown.heading,
        "facts": shown.facts,
        "items": shown.items,
        "subject": fill(rendered.subject, fields, str),
        "preheader": str(shown.context["edition"].get("preheader", "")),
        "html": fill(traced.annotated(), fields, escape),
        "text": fill(rendered.text, fields, str),
        "lines": [str(source) for source in traced.lines],
        "mjml": traced.mjml,
        "pictures": shown.pictures,
    }


def unprinted(error: FilesError) -> list[dict[str, Any]]:
    """Give what stands in the way of a letter, as findings."""
    errors = [each for each in error.findings if each.severity == "error"]
    return [each.as_dict() for each in errors or [Finding("", 1, "cannot be printed")]]
