"""Rendering: every variant of an edition, from what it shows to what is sent."""

import datetime as dt
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from markdown_it import MarkdownIt
from markupsafe import Markup

from cardletter.content import Edition, Item, read_catalogue, read_edition, read_variants
from cardletter.content.catalogue import PICTURE
from cardletter.content.catalogue import PICTURES as CATALOGUE_PICTURES
from cardletter.errors import FilesError
from cardletter.progress import Counts, track
from cardletter.segments import read_names, read_segments
from cardletter.templates.press import FOLDER, Press, Rendered
from cardletter.workspace import Workspace, stage
from cardletter.yamlfile import YamlFile

BRAND = f"{FOLDER}/brand.yaml"

FIELDS = ("greeting", "unsubscribe_url", "preferences_url")
"""What differs by member: declared here, filled in when the message is made."""

PICTURES = "../../pictures/"
"""Where a variant's pictures are, seen from its index.html."""

SIZES = {"article": (1120, 560), "offer": (640, 640)}
MARKDOWN = MarkdownIt("commonmark", {"html": False})


@stage("render")
def render(desk: Workspace) -> Counts:
    """Render every variant to variants/<variant_id>/{subject.txt,index.html,text.txt}.

    Raises:
        FilesError: a template, the brand or a variant has findings.
    """
    press = Press(desk.project)
    selections = pd.read_parquet(desk.file("selections.parquet"))
    frame = read_frame(desk)
    shutil.copytree(desk.project / CATALOGUE_PICTURES, desk.file("pictures"), dirs_exist_ok=True)
    groups = {str(name): picks for name, picks in selections.groupby("variant_id")}
    variants = read_variants(desk)
    for variant in track(variants, "variants", len(variants)):
        segment, picks = frame.segments[variant.segment_id], groups[variant.variant_id]
        rendered = press.print(frame.context(segment, picks))
        for name, part in zip(PARTS, (rendered.subject, rendered.html, rendered.text), strict=True):
            desk.write(f"variants/{variant.variant_id}/{name}", part)
        if rendered.subject_b:
            desk.write(f"variants/{variant.variant_id}/{SECOND}", rendered.subject_b)
    return {"variants": len(variants)}


PARTS = ("subject.txt", "index.html", "text.txt")
SECOND = "subject_b.txt"
"""Beside them, where the edition tries two subjects."""


def read_variant(desk: Workspace, variant_id: str) -> Rendered:
    """Read a rendered variant back."""
    folder = desk.file("variants", variant_id)
    subject, page, text = ((folder / name).read_text(encoding="utf-8") for name in PARTS)
    second = folder / SECOND
    tried = second.read_text(encoding="utf-8") if second.is_file() else ""
    return Rendered(subject, page, text, tried)


@dataclass(frozen=True)
class Frame:
    """What all variants of an edition have in common."""

    edition: dict[str, str]
    brand: dict[str, Any]
    items: dict[str, Item]
    slots: list[str]
    segments: dict[str, dict[str, str]]
    subjects: dict[str, tuple[str, str]]
    """Tone -> the subject, and the one to try against it or nothing."""
    pictures: str

    def context(self, segment: dict[str, str], picks: pd.DataFrame) -> dict[str, Any]:
        """Give everything a template may use for one variant: plain data, no more."""
        ordered = picks.sort_values(["slot", "place"]).itertuples()
        shown = [(pick.slot, self._item(str(pick.item_id), str(pick.reason))) for pick in ordered]
        slots = {slot: [item for at, item in shown if at == slot] for slot in self.slots}
        shared = self._shared()
        own = dict(zip(("subject", "subject_b"), self.subjects[segment["tone"]], strict=True))
        return shared | {"edition": self.edition | own, "segment": segment, "slots": slots}

    def _shared(self) -> dict[str, Any]:
        member = {field: Markup("{{" + field + "}}") for field in FIELDS}  # noqa: S704 - our own
        return {"lang": "en", "edition": self.edition, "brand": self.brand, "member": member}

    def _item(self, item_id: str, reason: str) -> dict[str, Any]:
        item = self.items[item_id]
        width, height = SIZES[item.kind]
        image = {
            "src": self.pictures + item.image,
            "alt": item.alt,
            "width": width,
            "height": height,
        }
        fields = item.model_dump(include={"kind", "title", "teaser", "link", "merchant", "terms"})
        return fields | {
            "id": item_id,
            "body_html": Markup(MARKDOWN.render(item.body)),  # noqa: S704 - HTML is off in it
            "body_text": plain(item.body),
            "image": image,
            "reason": reason,
            "disclosure": item.disclosure,
            "until": written(item.until) if item.until and item.kind == "offer" else "",
        }


def read_frame(desk: Workspace) -> Frame:
    """Read what all variants of an edition have in common."""
    items, _findings = read_catalogue(desk.project)
    edition, _more = read_edition(desk.project, desk.edition, items)
    assert edition is not None  # matching has read it before
    pictures = pictures_at(desk)
    names, _also = read_names(desk.project)
    tones = {segment_id: name.tone or "" for segment_id, name in names.items()}
    segments = {
        each.segment_id: {
            "name": each.name,
            "phrase": each.phrase,
            "tone": tones.get(each.segment_id, ""),
        }
        for each in read_segments(desk)
    }
    subjects = {tone: edition.subjects(tone) for tone in {"", *tones.values()}}
    catalogue = {item.item_id: item for item in items}
    slots = list(type(edition.slots).model_fields)
    return Frame(
        _edition(desk.edition, edition),
        read_brand(desk.project, pictures),
        catalogue,
        slots,
        segments,
        subjects,
        pictures,
    )


def pictures_at(desk: Workspace) -> str:
    """Give what stands before a picture's name in a variant's HTML."""
    served = desk.settings.assets_url.rstrip("/")
    return f"{served}/" if served else PICTURES


def _edition(name: str, edition: Edition) -> dict[str, str]:
    return {"id": name, "date": written(edition.date), "preheader": edition.preheader}


def read_brand(project: Path, pictures: str) -> dict[str, Any]:
    """Read brand.yaml, its logo's address among the pictures at `pictures`.

    Raises:
        FilesError: it cannot be read, or its logo is no picture.
    """
    file = YamlFile.read(project, BRAND)
    if file.findings:
        raise FilesError(file.findings)
    if "logo" not in file.content:
        return file.content
    logo = file.content["logo"]
    name = Path(str(logo.get("src", ""))).name if isinstance(logo, dict) else ""
    if not (PICTURE.fullmatch(name) and (project / CATALOGUE_PICTURES / name).is_file()):
        hint = f"under `logo:` write `src: {CATALOGUE_PICTURES}/...` and `alt: ...`"
        raise FilesError([file.finding(("logo", "src"), "the logo is no picture there is", hint)])
    return file.content | {"logo": logo | {"src": pictures + name}}


def written(day: dt.date) -> str:
    """Write a date as one writes it in a letter."""
    return f"{day.day} {day:%B} {day.year}"


def plain(markdown: str) -> str:
    """Give Markdown as plain text: no stars, links in brackets after their words."""
    text = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r"\1 (\2)", markdown)
    return re.sub(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))", "", text)
