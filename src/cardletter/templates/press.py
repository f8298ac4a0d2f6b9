"""The press: Jinja, then MJML, then CSS inlined; one way for the preview and for sending.

Jinja runs in the immutable sandbox with undefined variables an error, and sees plain data only.
What differs by member stays in the output as `{{field}}` (also how SES templates write it) and is
filled in when the message is made.
"""

import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import css_inline
from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from mjml import mjml2html

from cardletter.errors import FilesError, Finding
from cardletter.templates.marks import Elements, Marking, Places, Source, bare, number, unmark
from cardletter.templates.tags import unbalanced

FOLDER = "templates"
PAGE, TWIN, SAMPLE = "newsletter.mjml", "newsletter.txt", "newsletter.sample.yaml"

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
    subject_b: str = ""
    """Another subject that some members get, to try."""


@dataclass(frozen=True)
class Traced:
    """A variant as it is sent, and what every part of it came from."""

    rendered: Rendered
    mjml: str
    """What Jinja made of the page."""
    elements: tuple[tuple[int, Source], ...]
    """Of each start tag of the HTML, in order: its offset, and the line of the template."""
    lines: tuple[Source, ...]
    """Of each line of the text: the line of the template."""

    def annotated(self) -> str:
        """Give the HTML to look at, each element with its `data-source="path:line"`."""
        page, pieces, end = self.rendered.html, list[str](), 0
        for offset, source in self.elements:
            name = re.compile(r"<[^\s/>]+").match(page, offset)
            if name:
                pieces += [page[end : name.end()], f' data-source="{source}"']
                end = name.end()
        return "".join([*pieces, page[end:]])


class Press:
    """Renders contexts with a project's templates."""

    def __init__(self, project: Path) -> None:
        """Open the templates of a project."""
        self.folder = project / FOLDER
        self.jinja, self.marking = self._environment(), self._environment(Marking)

    def _environment(self, *extensions: type[Extension]) -> ImmutableSandboxedEnvironment:
        return ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self.folder),
            undefined=StrictUndefined,
            autoescape=lambda name: not (name or "").endswith(".txt"),
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=extensions,
        )

    def print(self, context: Mapping[str, Any]) -> Rendered:
        """Turn a context into subject, HTML and text.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        page = self.mjml(context)
        try:
            html = INLINER.inline(mjml2html(page))
        except ValueError as error:
            raise FilesError([self._not_mjml(context, error)]) from None
        text = _evenly(self._fill(self.jinja, TWIN, context))
        edition = context["edition"]
        return Rendered(str(edition["subject"]), html, text, str(edition.get("subject_b", "")))

    def mjml(self, context: Mapping[str, Any]) -> str:
        """Give what Jinja makes of the page.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        return self._fill(self.jinja, PAGE, context)

    def trace(self, context: Mapping[str, Any]) -> Traced:
        """Print a context, and tell where in the templates every part came from.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        rendered, page = self.print(context), Source(f"{FOLDER}/{PAGE}", 1)
        mjml, places = unmark(self._fill(self.marking, PAGE, context), page.path)
        numbered, sources = number(mjml, places)
        html = INLINER.inline(mjml2html(numbered))
        if bare(html) != rendered.html:  # a style that asks for a whole class, say
            html, sources = rendered.html, []
        found = Elements(html, sources, page).found
        offsets = Elements(rendered.html, [], page).offsets
        elements = tuple(zip(offsets, found, strict=True))
        return Traced(rendered, self.mjml(context), elements, self._lines(context, rendered.text))

    def _lines(self, context: Mapping[str, Any], text: str) -> tuple[Source, ...]:
        marked = _evenly(self._fill(self.marking, TWIN, context))
        path = f"{FOLDER}/{TWIN}"
        found, places = unmark(marked, path)
        if found != text:  # a template that counts its own signs, say
            places = Places(Source(path, 1))
        ends = [found.start() for found in re.finditer("\n", text)]
        return tuple(places.at(end) for end in ends)

    def _fill(
        self, jinja: ImmutableSandboxedEnvironment, name: str, context: Mapping[str, Any]
    ) -> str:
        try:
            return jinja.get_template(name).render(context)
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

    def _not_mjml(self, context: Mapping[str, Any], error: ValueError) -> Finding:
        """Tell where in the templates the MJML breaks: the library knows only what Jinja made."""
        page, places = unmark(self._fill(self.marking, PAGE, context), f"{FOLDER}/{PAGE}")
        words = str(error).split(" in root template")[0]
        offset = re.search(r"(\d+)\.\.\d+|position (\d+):", str(error))
        at = int(offset[1] or offset[2]) if offset else 0
        before = page.encode()[:at].decode(errors="ignore")
        near = " ".join(before[-60:].split())
        hint = f"what went wrong stands after: ...{near}" if near else "look for a tag left open"
        found = unbalanced(page) or (len(before), words, hint)
        source = places.at(found[0])
        return Finding(source.path, source.line, f"not valid MJML: {found[1]}", found[2])


def _evenly(text: str) -> str:
    """Leave no more than one empty line between two others."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
