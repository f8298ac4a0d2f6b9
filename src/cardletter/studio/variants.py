"""Variants in the studio: what each shows now, and whom it is said to be for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from cardletter.content import Variant, read_variants
from cardletter.errors import EditionError
from cardletter.segments import Segment, read_clustering, read_segments
from cardletter.templates import PICTURES
from cardletter.templates.press import TEMPLATE
from cardletter.templates.rendering import pictures_at, read_frame
from cardletter.workspace import Workspace


@dataclass(frozen=True)
class Shown:
    """One letter to look at: what a template is given, and what is known of whom it is for."""

    context: Mapping[str, Any]
    heading: str
    facts: list[tuple[str, str]]
    items: list[dict[str, str]] = field(default_factory=list)
    """What it shows: path, title and link of each."""
    pictures: str = PICTURES
    template: str = TEMPLATE
    is_block: bool = False
    """Whether it is a block alone, and no whole letter."""


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
            frame.context(frame.segments[variant.segment_id], picks, variant.locale),
            segment.name,
            [(name, words) for name, words in facts if words],
            items,
            pictures_at(self.desk),
            frame.template,
        )
