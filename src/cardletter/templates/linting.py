"""Linting: what is wrong with a rendered variant before anybody gets it."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from cardletter.content import read_variants
from cardletter.errors import FilesError, Finding, stop_on_errors
from cardletter.progress import Counts, track
from cardletter.templates.press import FOLDER, PAGE, SAMPLE, TWIN, Press, Rendered
from cardletter.templates.rendering import BRAND, FIELDS, PICTURES, read_variant
from cardletter.templates.sample import read_sample
from cardletter.workspace import Workspace, stage
from cardletter.yamlfile import YamlFile

GMAIL_CLIPS = 102 * 1024
"""Bytes of HTML after which Gmail hides the rest, unsubscribe link and all."""

SHORT_TEXT = 200
LEFTOVER = re.compile(r"\b(TODO|FIXME|lorem\s+ipsum)\b", re.IGNORECASE)
BRACES = re.compile(r"(?:\{\{(?!(?:" + "|".join(FIELDS) + r")\}\})|\{%|\{#)[^<>\n]{0,20}")
PAGE_PATH, TWIN_PATH = f"{FOLDER}/{PAGE}", f"{FOLDER}/{TWIN}"


@stage("lint")
def lint(desk: Workspace) -> Counts:
    """Look every variant over and write findings.json; a finding of many variants is told once.

    Raises:
        FilesError: a variant has an error.
    """
    address = postal_address(desk.project)
    seen: Counter[Finding] = Counter()
    variants = sorted(variant.variant_id for variant in read_variants(desk))
    for variant_id in track(variants, "variants", len(variants)):
        seen.update(set(look_over(read_variant(desk, variant_id), address)))
    findings = sorted(
        replace(finding, message=f"{finding.message} (in {count} of {len(variants)} variants)")
        for finding, count in seen.items()
    )
    desk.write_json("findings.json", [finding.as_dict() for finding in findings])
    stop_on_errors(findings)
    return {"variants": len(variants), "warnings": len(findings)}


def check_templates(project: Path) -> list[Finding]:
    """Render the sample beside the template and look it over."""
    sample = project / FOLDER / SAMPLE
    if not sample.is_file():
        return [Finding(f"{FOLDER}/{SAMPLE}", 1, "there is no such file")]
    try:
        rendered = Press(project).print(read_sample(project))
    except FilesError as error:
        return error.findings
    return list(look_over(rendered, postal_address(project)))


def postal_address(project: Path) -> str:
    """Give the postal address that every letter must carry, from brand.yaml."""
    file = YamlFile.read(project, BRAND)
    address = file.content.get("postal_address")
    if not isinstance(address, str) or not address.strip():
        hint = "the law asks for it: add `postal_address:`"
        raise FilesError([*file.findings, file.finding((), "has no postal_address", hint)])
    return address


def look_over(rendered: Rendered, address: str) -> Iterator[Finding]:
    """Give everything that is wrong with one variant."""
    yield from _html(rendered.html)
    yield from _required(rendered, address)
    size = len(rendered.html.encode())
    if size > GMAIL_CLIPS:
        hint = "fewer or shorter items: Gmail shows no more than 102 kB"
        yield Finding(PAGE_PATH, 1, "the HTML is so large that Gmail clips it", hint, "warning")
    if not rendered.subject.strip():
        yield Finding(PAGE_PATH, 1, "the subject is empty", "set `subject:` in the edition")
    if len(rendered.text) < SHORT_TEXT:
        yield Finding(TWIN_PATH, 1, "the text part says almost nothing", "see the HTML part")


def _required(rendered: Rendered, address: str) -> Iterator[Finding]:
    parts = ((PAGE_PATH, html.unescape(rendered.html)), (TWIN_PATH, rendered.text))
    for path, part in parts:
        for field in ("unsubscribe_url", "preferences_url"):
            if "{{" + field + "}}" not in part:
                hint = f"put {{{{ member.{field} }}}} in the footer"
                yield Finding(path, 1, f"has no {field}", hint)
        flat = " ".join(part.split())
        if " ".join(address.split()) not in flat:
            hint = "put {{ brand.postal_address }} in the footer"
            yield Finding(path, 1, "has no postal address", hint)
        if found := BRACES.search(part):
            message = f"template code is left in it: {found[0]!r}"
            yield Finding(path, 1, message, f"fields are {', '.join(FIELDS)}")
        if found := LEFTOVER.search(part):
            yield Finding(path, 1, f"{found[0]!r} is left in it", "", "warning")


def _html(text: str) -> Iterator[Finding]:
    reader = _Reader()
    reader.feed(text)
    yield from reader.found


class _Reader(HTMLParser):
    """Reads HTML and finds what mail clients break on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Finding] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag.startswith("mj-"):
            self._add(f"<{tag}> is no MJML component", "MJML lets a misspelled tag through")
        if tag in ("script", "iframe", "form", "object", "embed"):
            self._add(f"<{tag}> does not work in mail", "take it out")
        if tag == "img" and given.get("alt") is None:
            self._add(f"{given.get('src')!r} has no alt text", 'write what it shows, or alt=""')
        for name in ("href", "src"):
            self._link(tag, (given.get(name) or "").strip())

    def _link(self, tag: str, url: str) -> None:
        if not url or url.startswith(("https://", "mailto:", "#", "{{", "cid:", PICTURES)):
            return
        self._add(f"<{tag}> links to {url[:60]!r}, not to https://", "write the whole address")

    def _add(self, message: str, hint: str) -> None:
        self.found.append(Finding(PAGE_PATH, 1, message, hint))
