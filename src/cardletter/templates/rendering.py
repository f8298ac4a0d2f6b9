"""Rendering: Jinja, then MJML, then CSS inlined; one way for the preview and for sending.

Jinja runs in the immutable sandbox with undefined variables an error, and sees plain data only.
What differs by member stays in the output as `{{field}}` (also how SES templates write it) and is
filled in when the message is made.
"""

import datetime as dt
import re
import shutil
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import css_inline
import pandas as pd
from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markupsafe import Markup
from mjml import mjml2html

from cardletter.content import Edition, Item, read_catalogue, read_edition, read_variants
from cardletter.content.catalogue import PICTURE
from cardletter.content.catalogue import PICTURES as CATALOGUE_PICTURES
from cardletter.errors import FilesError, Finding
from cardletter.progress import Counts, track
from cardletter.segments import read_segments
from cardletter.workspace import Workspace, stage
from cardletter.yamlfile import YamlFile

FOLDER = "templates"
PAGE, TWIN, SAMPLE = "newsletter.mjml", "newsletter.txt", "newsletter.sample.yaml"
BRAND = f"{FOLDER}/brand.yaml"

FIELDS = ("greeting", "unsubscribe_url", "preferences_url")
"""What differs by member: declared here, filled in when the message is made."""

PICTURES = "../../pictures/"
"""Where a variant's pictures are, seen from its index.html."""

SIZES = {"article": (1120, 560), "offer": (640, 640)}
MARKDOWN = MarkdownIt("commonmark", {"html": False})
# What a template can raise while it renders: Jinja's own errors, and those of its expressions.
MISTAKES = (
    *(TemplateError, TypeError, ValueError, AttributeError),
    *(ArithmeticError, LookupError, RecursionError, MemoryError),
)
INLINER = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


@dataclass(frozen=True)
class Rendered:
    """A variant as it is sent, but for the fields that differ by member."""

    subject: str
    html: str
    text: str


@stage("render")
def render(desk: Workspace) -> Counts:
    """Render every variant to variants/<variant_id>/{subject.txt,index.html,text.txt}.

    Raises:
        FilesError: a template, the brand or a variant has findings.
    """
    press = Press(desk.project)
    selections = pd.read_parquet(desk.file("selections.parquet"))
    frame = _frame(desk)
    shutil.copytree(desk.project / CATALOGUE_PICTURES, desk.file("pictures"), dirs_exist_ok=True)
    groups = {str(name): picks for name, picks in selections.groupby("variant_id")}
    variants = read_variants(desk)
    for variant in track(variants, "variants", len(variants)):
        segment, picks = frame.segments[variant.segment_id], groups[variant.variant_id]
        rendered = press.print(frame.context(segment, picks))
        for name, part in zip(PARTS, (rendered.subject, rendered.html, rendered.text), strict=True):
            desk.write(f"variants/{variant.variant_id}/{name}", part)
    return {"variants": len(variants)}


PARTS = ("subject.txt", "index.html", "text.txt")


def read_variant(desk: Workspace, variant_id: str) -> Rendered:
    """Read a rendered variant back."""
    folder = desk.file("variants", variant_id)
    return Rendered(*((folder / name).read_text(encoding="utf-8") for name in PARTS))


class Press:
    """Renders contexts with a project's templates."""

    def __init__(self, project: Path) -> None:
        """Open the templates of a project."""
        self.folder = project / FOLDER
        self.jinja = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self.folder),
            undefined=StrictUndefined,
            autoescape=lambda name: not (name or "").endswith(".txt"),
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def print(self, context: Mapping[str, Any]) -> Rendered:
        """Turn a context into subject, HTML and text.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        page = self._fill(PAGE, context)
        try:
            html = INLINER.inline(mjml2html(page))
        except ValueError as error:
            raise FilesError([_not_mjml(page, error)]) from None
        text = re.sub(r"\n{3,}", "\n\n", self._fill(TWIN, context)).strip() + "\n"
        return Rendered(str(context["edition"]["subject"]), html, text)

    def _fill(self, name: str, context: Mapping[str, Any]) -> str:
        try:
            return self.jinja.get_template(name).render(context)
        except TemplateSyntaxError as error:
            path = f"{FOLDER}/{error.name or name}"
            raise FilesError([Finding(path, error.lineno, str(error.message))]) from None
        except MISTAKES as error:
            raise FilesError([self._mistake(name, error)]) from None

    def _mistake(self, name: str, error: Exception) -> Finding:
        """Find the line of the template where rendering went wrong."""
        inside = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename).is_relative_to(self.folder)
        ]
        where = Path(inside[-1].filename).relative_to(self.folder) if inside else Path(name)
        line = (inside[-1].lineno or 1) if inside else 1
        hint = f"{FOLDER}/{SAMPLE} shows every name a template may use"
        message = str(error) or type(error).__name__
        if isinstance(error, TemplateNotFound):
            message, hint = f"there is no {FOLDER}/{error.name}", ""
        return Finding(f"{FOLDER}/{where}", line, message, hint)


def _not_mjml(page: str, error: ValueError) -> Finding:
    """Show where the MJML breaks: the library gives a byte offset in what Jinja made."""
    offset = re.search(r"(\d+)\.\.\d+", str(error))
    before = page.encode()[: int(offset[1])].decode(errors="ignore") if offset else ""
    near = " ".join(before[-60:].split())
    hint = f"what went wrong stands after: ...{near}" if near else "look for a tag left open"
    return Finding(f"{FOLDER}/{PAGE}", 1, f"not valid MJML: {str(error).split(' at ')[0]}", hint)


@dataclass(frozen=True)
class Frame:
    """What all variants of an edition have in common."""

    edition: dict[str, str]
    brand: dict[str, Any]
    items: dict[str, Item]
    slots: list[str]
    segments: dict[str, dict[str, str]]
    pictures: str

    def context(self, segment: dict[str, str], picks: pd.DataFrame) -> dict[str, Any]:
        """Give everything a template may use for one variant: plain data, no more."""
        ordered = picks.sort_values(["slot", "place"]).itertuples()
        shown = [(pick.slot, self._item(str(pick.item_id), str(pick.reason))) for pick in ordered]
        slots = {slot: [item for at, item in shown if at == slot] for slot in self.slots}
        return self._shared() | {"segment": segment, "slots": slots}

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


def _frame(desk: Workspace) -> Frame:
    items, _findings = read_catalogue(desk.project)
    edition, _more = read_edition(desk.project, desk.edition, items)
    assert edition is not None  # matching has read it before
    pictures = pictures_at(desk)
    segments = {
        each.segment_id: {"name": each.name, "phrase": each.phrase} for each in read_segments(desk)
    }
    catalogue = {item.item_id: item for item in items}
    slots = list(type(edition.slots).model_fields)
    return Frame(
        _edition(desk.edition, edition),
        read_brand(desk.project, pictures),
        catalogue,
        slots,
        segments,
        pictures,
    )


def pictures_at(desk: Workspace) -> str:
    """Give what stands before a picture's name in a variant's HTML."""
    served = desk.settings.assets_url.rstrip("/")
    return f"{served}/" if served else PICTURES


def _edition(name: str, edition: Edition) -> dict[str, str]:
    fields = {"subject": edition.subject, "preheader": edition.preheader}
    return {"id": name, "date": written(edition.date), **fields}


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
