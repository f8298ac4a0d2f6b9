"""Setting: Jinja, then MJML, then CSS inlined; one way for the preview and for sending.

What differs by member stays in the output as `{{field}}` (also how SES templates write it) and is
filled in when the message is made.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from traceback import walk_tb
from typing import Any, NoReturn

import css_inline
from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup
from mjml import mjml2html

from cardletter.errors import FilesError, Finding
from cardletter.typesetting.addresses import Addresses
from cardletter.typesetting.marks import Elements, Marking, Places, Source, bare, number, unmark
from cardletter.typesetting.sandbox import FOLDER, Record, Sandbox
from cardletter.typesetting.tags import deepest, unbalanced

LONGEST = 1_000_000
"""Signs of a page or a text: ten times what any mail program shows."""
DEEPEST, MANY = 100, 1_500
"""Elements in one another; tags of a page from which on they are counted."""


class OvertimeError(Exception):
    """A letter takes too long."""


# What a template can raise while it renders: Jinja's own errors, and those of its expressions.
MISTAKES = (
    *(TemplateError, TypeError, ValueError, AttributeError),
    *(ArithmeticError, LookupError, RecursionError, MemoryError, OvertimeError),
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
    marked: str
    """What Jinja made of the page, with the marks of its lines in it (see `marks.unmark`)."""

    def annotated(self) -> str:
        """Give the HTML to look at, each element with its `data-source="path:line"`."""
        page, pieces, end = self.rendered.html, list[str](), 0
        for offset, source in self.elements:
            name = re.compile(r"<[^\s/>]+").match(page, offset)
            if name:
                pieces += [page[end : name.end()], f' data-source="{source}"']
                end = name.end()
        return "".join([*pieces, page[end:]])


@dataclass(frozen=True)
class Rules:
    """What letters may hold beside the data that they are made of."""

    fields: Mapping[str, str]
    """What differs by member: name -> kind."""
    domains: tuple[str, ...] = ()
    """Where links may lead; none: anywhere."""
    pictures: tuple[str, ...] = ()
    """What stands before the name of a picture."""


class Typesetter:
    """Sets letters with the templates of one project."""

    def __init__(self, sources: Mapping[str, str], rules: Rules) -> None:
        """Take the templates by name, and the rules."""
        self.plain, self.marking = Sandbox(sources), Sandbox(sources, Marking)
        self.addresses = Addresses(rules.fields, rules.domains, rules.pictures)
        fields = {name: "{{" + name + "}}" for name in rules.fields}
        self.member = Record({name: Markup(text) for name, text in fields.items()})  # noqa: S704

    def print(self, template: str, context: Mapping[str, Any]) -> Rendered:
        """Turn a context into subject, HTML and text.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        context = self._dressed(context)
        html = self._html(template, context)
        text = _evenly(self._fill(self.plain, f"{template}.txt", context))
        edition = context["edition"]
        return Rendered(str(edition["subject"]), html, text, str(edition.get("subject_b", "")))

    def trace(self, template: str, context: Mapping[str, Any]) -> Traced:
        """Print a context, and tell where in the templates every part came from.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        rendered, context = self.print(template, context), self._dressed(context)
        marked = self._fill(self.marking, f"{template}.mjml", context)
        mjml, places = unmark(marked, f"{FOLDER}/{template}.mjml")
        numbered, sources = number(mjml, places)
        html = INLINER.inline(mjml2html(_spelled(numbered)))
        if bare(html) != rendered.html:  # a style that asks for a whole class, say
            html, sources = rendered.html, []
        page = Source(f"{FOLDER}/{template}.mjml", 1)
        found = Elements(html, sources, page).found
        offsets = Elements(rendered.html, [], page).offsets
        elements = tuple(zip(offsets, found, strict=True))
        mjml = self._fill(self.plain, f"{template}.mjml", context)
        lines = self._lines(template, context, rendered.text)
        return Traced(rendered, mjml, elements, lines, marked)

    def _dressed(self, context: Mapping[str, Any]) -> Record:
        return Record({**context, "member": self.member})

    def _html(self, template: str, context: Record) -> str:
        page = self._fill(self.plain, f"{template}.mjml", context)
        if page.count("<") > MANY and (deep := deepest(page))[0] > DEEPEST:
            hint = "look for a block that holds itself"
            words = f"more than {DEEPEST} elements stand in one another"
            self._refuse(template, context, [(deep[1], words, hint)])
        try:
            html = mjml2html(_spelled(page))
        except ValueError as error:
            self._refuse(template, context, [_not_mjml(page, error)])
        if wrong := list(self.addresses.wrong(page)):
            self._refuse(template, context, wrong)
        return str(INLINER.inline(html))

    def _refuse(
        self, template: str, context: Record, wrong: list[tuple[int, str, str]]
    ) -> NoReturn:
        """Tell what is wrong with a page, at the lines of the templates that wrote it."""
        _, places = self._placed(template, context)
        told = [(places.at(at), words, hint) for at, words, hint in wrong]
        raise FilesError([Finding(at.path, at.line, words, hint) for at, words, hint in told])

    def _placed(self, template: str, context: Record) -> tuple[str, Places]:
        name = f"{template}.mjml"
        return unmark(self._fill(self.marking, name, context), f"{FOLDER}/{name}")

    def _lines(self, template: str, context: Record, text: str) -> tuple[Source, ...]:
        name = f"{template}.txt"
        found, places = unmark(_evenly(self._fill(self.marking, name, context)), f"{FOLDER}/{name}")
        if found != text:  # a template that counts its own signs, say
            places = Places(Source(f"{FOLDER}/{name}", 1))
        ends = [found.start() for found in re.finditer("\n", text)]
        return tuple(places.at(end) for end in ends)

    def _fill(self, sandbox: Sandbox, name: str, context: Record) -> str:
        try:
            return _joined(sandbox.get_template(name).generate(**context))
        except TemplateSyntaxError as error:
            path = f"{FOLDER}/{error.name or name}"
            raise FilesError([Finding(path, error.lineno, str(error.message))]) from None
        except MISTAKES as error:
            raise FilesError([_mistake(name, error)]) from None


def _joined(pieces: Any) -> str:  # noqa: ANN401 - what Jinja generates
    """Join what a template writes, unless it does not stop."""
    written, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > LONGEST:
            raise ValueError(f"the letter has more than {LONGEST:,} signs")
        written.append(piece)
    return "".join(written)


def _mistake(name: str, error: Exception) -> Finding:
    """Find the line of the template where rendering went wrong."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    inside = [at for at in frames if at[0].startswith(f"{FOLDER}/")]
    path, line = inside[-1] if inside else (f"{FOLDER}/{name}", 1)
    hint = f"{FOLDER}/{name.partition('.')[0]}.sample.yaml shows every name a template may use"
    message = str(error) or WORDS.get(type(error), type(error).__name__)
    if isinstance(error, RecursionError):
        message, hint = "this calls or includes itself without end: recursion", "break the circle"
    if isinstance(error, TemplateNotFound):
        message, hint = f"there is no {FOLDER}/{error.name}", ""
    return Finding(path, line, message, hint)


WORDS: dict[type[Exception], str] = {
    MemoryError: "this needs more memory than a letter may have",
    OvertimeError: "this takes more time than a letter may have",
}


def _not_mjml(page: str, error: ValueError) -> tuple[int, str, str]:
    """Tell where the MJML breaks: the library knows at most a byte of what Jinja made."""
    words = str(error).split(" in root template")[0]
    offset = re.search(r"(\d+)\.\.\d+|position (\d+):", str(error))
    at = int(offset[1] or offset[2]) if offset else 0
    before = page.encode()[:at].decode(errors="ignore")
    near = " ".join(before[-60:].split())
    hint = f"what went wrong stands after: ...{near}" if near else "look for a tag left open"
    place, words, hint = unbalanced(page) or (len(before), words, hint)
    return place, f"not valid MJML: {words}", hint


ODD_ATTRIBUTE = re.compile(
    r'="[^"<]*[^ -!#-\[\]-~\u00a1-\u02ff\u2010-\u2027\u3040-\u30ff\u4e00-\u9fff"<][^"<]*"'
)
ODD = ("M", "C", "Z")


def _spelled(page: str) -> str:
    """Spell out, in attributes, the signs that MRML would write by their numbers, as Rust does."""
    return ODD_ATTRIBUTE.sub(lambda found: "".join(_sign(sign) for sign in found[0]), page)


def _sign(sign: str) -> str:
    odd = sign == "\\" or (sign != " " and unicodedata.category(sign)[0] in ODD)
    return f"&#{ord(sign)};" if odd else sign


def _evenly(text: str) -> str:
    """Leave no more than one empty line between two others."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
