"""The templates looked over before there is an edition: as written, and as the sample comes out."""

import functools
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cardletter.content.catalogue import PICTURES
from cardletter.errors import FilesError, Finding
from cardletter.settings import load
from cardletter.templates.blocks import alone, read_blocks
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_fields import Fields
from cardletter.templates.lint_jinja import look_over_jinja
from cardletter.templates.lint_lists import FROM_LEAVING_OUT
from cardletter.templates.lint_mjml import look_over_mjml, nesting
from cardletter.templates.lint_programs import look_over_programs
from cardletter.templates.lint_project import Lint
from cardletter.templates.lint_samples import EVERYTHING, NO_ITEMS, variations
from cardletter.templates.lint_source import Written, balance
from cardletter.templates.press import (
    SAMPLE,
    TEMPLATE,
    Plates,
    Press,
    pages_of,
    read_templates,
    reader,
)
from cardletter.templates.sample import block_sample, read_sample
from cardletter.typesetting.marks import Source, unmark
from cardletter.typesetting.sandbox import FOLDER
from cardletter.typesetting.setting import Rendered, Traced

SECONDS = 10.0
"""Of work that trying the sample in every way may be; it is mostly a fifth of one."""


def check_templates(project: Path) -> list[Finding]:
    """Look the templates over as they are written, then what they make of the sample.

    What was found is known until a file is changed that it follows from.
    """
    sample = project / FOLDER / SAMPLE
    if not sample.is_file():
        return [Finding(f"{FOLDER}/{SAMPLE}", 1, "there is no such file")]
    return list(_found(project, _state(project)))


@functools.lru_cache(maxsize=4)
def _found(project: Path, _as_it_is: str) -> tuple[Finding, ...]:
    try:
        return tuple(sorted(_Looked(project).findings()))
    except FilesError as error:
        return tuple(error.findings)


def _state(project: Path) -> str:
    """Hash what the templates, and what is found in them, follow from; of pictures the names."""
    told = hashlib.sha256(repr(load(project)).encode())
    for file in sorted((project / FOLDER).rglob("*")):
        content = file.read_bytes() if file.is_file() else b""
        told.update(f"{file}\0{len(content)}\0".encode() + content)
    pictures = sorted(file.name for file in (project / PICTURES).glob("*"))
    told.update("\0".join(pictures).encode())
    return told.hexdigest()


class _Looked:
    """A project's templates, and what is found in them."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.sample = read_sample(project)
        self.press, self.plates = Press(project), Plates.read(project)
        self.jinja = reader(project)
        self.sources = read_templates(project)[0]
        self.pages = [TEMPLATE, *(each for each in pages_of(self.sources) if each != TEMPLATE)]

    def findings(self) -> set[Finding]:
        written, found = [*self._files()], set[Finding]()
        for file in written:
            found |= {*look_over_mjml(file), *look_over_programs(file)}
        doubtful = {*self._doubtful(written), *self._fields()}
        broken: set[Finding] = set()
        for page in self.pages:
            try:
                found |= untold(self._page(page), found)
            except FilesError as error:
                broken |= untold(error.findings, broken)
        if broken:
            return found | merged(doubtful, broken)
        found |= doubtful
        found |= untold(self._alone(), found)
        for page in self.pages:
            found |= untold(self._varied(page, found), found)
        return found

    def _page(self, page: str) -> set[Finding]:
        """Look over what one template makes of the sample."""
        traced = self.press.trace(self.sample, page, self.plates)
        found = set(self._lint(page).over(traced, self.sample))
        found |= set(nesting(*unmark(traced.marked, f"{FOLDER}/{page}.mjml")))
        return found | set(self._twice(page, traced))

    def _lint(self, page: str) -> Lint:
        return Lint(self.project, template=page)

    def _alone(self) -> Iterator[Finding]:
        """Look every block over, alone, with its own sample."""
        lint = self._lint(TEMPLATE)
        for block in read_blocks(self.sources).values():
            if not block.about:
                yield CHECKS["no_about"].at(Source(block.path, 1))
            if not (self.project / block.sample).is_file():
                yield CHECKS["no_sample"].at(Source(block.path, 1), name=block.name)
                continue
            try:
                context = block_sample(self.project, block, self.sample)
                job = (alone(block.name, self.pages[0]), context)
                (rendered,) = self.press.print_all([job], self.plates)
                if lint.spotted(rendered, context):
                    traced = self.press.trace(context, job[0], self.plates)
                    yield from lint.over_block(traced, context)
            except FilesError as error:
                yield from error.findings

    def _files(self, ending: str = "mjml") -> Iterator[Written]:
        for file in sorted((self.project / FOLDER).rglob(f"*.{ending}")):
            yield Written.read(self.project, file.relative_to(self.project).as_posix())

    def _doubtful(self, written: list[Written]) -> Iterator[Finding]:
        """Find what rendering would also tell, one at a time."""
        for file in written:
            yield from balance(file)
        for file in [*written, *self._files("txt")]:
            yield from look_over_jinja(file, self.jinja)

    def _fields(self) -> set[Finding]:
        fields = Fields(self.jinja, FOLDER)
        for page in self.pages:
            for ending in ("mjml", "txt"):
                fields.look_over(f"{page}.{ending}", self.sample)
        return fields.found

    def _twice(self, page: str, traced: Traced) -> Iterator[Finding]:
        """See that a letter comes out the same when it is made again."""
        if self._print(page, self.sample) != traced.rendered:
            yield CHECKS["changing"].at(Source(f"{FOLDER}/{page}.mjml", 1))

    def _print(self, page: str, context: dict[str, Any]) -> Rendered:
        return next(self.press.print_all([(page, context)], self.plates))

    def _varied(self, page: str, known: set[Finding]) -> set[Finding]:
        """Try the sample with each thing left out in turn."""
        found: set[Finding] = set()
        every = variations(self.sample)
        if page != self.pages[0]:  # its blocks were tried in each way already
            every = (each for each in every if each[0] in (EVERYTHING, NO_ITEMS))
        until = self.press.worked + SECONDS
        for tried, (empty, context) in enumerate(every):
            if self.press.worked > until:
                found.add(CHECKS["untried"].at(Source(f"{FOLDER}/{page}.mjml", 1), tried=tried))
                break
            found |= set(self._without(page, empty, context))
        said = {(each.path, each.line) for each in known if each.severity == "error"}
        return {each for each in found if (each.path, each.line) not in said}

    def _without(self, page: str, empty: str, context: dict[str, Any]) -> Iterator[Finding]:
        """Print a sample; those that leave out the most are looked over as well."""
        try:
            rendered = self._print(page, context)
        except FilesError as error:
            for each in error.findings:
                source = Source(each.path, each.line)
                yield CHECKS["breaks_without"].at(source, field=empty, says=each.message)
            return
        if empty not in (EVERYTHING, NO_ITEMS):
            return
        lint = self._lint(page)
        for seen in lint.seen(rendered, context, self.press.trace(context, page, self.plates)):
            if seen.spot.check in FROM_LEAVING_OUT and (told := lint.told(seen)):
                yield told


def untold(found: Iterable[Finding], told: Iterable[Finding]) -> set[Finding]:
    """Leave out what was said before: a block that is wrong is so in every template."""
    said = {each.message for each in told}
    return {each for each in found if each.message not in said}


def merged(found: set[Finding], rendered: Iterable[Finding]) -> set[Finding]:
    """Add what rendering tells, which knows best, in place of other errors of the same lines."""
    told = set(rendered)
    lines = {(each.path, each.line) for each in told if each.severity == "error"}
    return told | {each for each in found if (each.path, each.line) not in lines}
