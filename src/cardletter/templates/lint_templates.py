"""The templates looked over before there is an edition: as written, and as the sample comes out."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cardletter.errors import FilesError, Finding
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_fields import Fields
from cardletter.templates.lint_jinja import look_over_jinja
from cardletter.templates.lint_letter import PAGE_AT
from cardletter.templates.lint_lists import FROM_LEAVING_OUT
from cardletter.templates.lint_mjml import look_over_mjml, nesting
from cardletter.templates.lint_programs import look_over_programs
from cardletter.templates.lint_project import Lint
from cardletter.templates.lint_samples import EVERYTHING, NO_ITEMS, variations
from cardletter.templates.lint_source import Written, balance
from cardletter.templates.press import PAGE, SAMPLE, TWIN, Press, reader
from cardletter.templates.sample import read_sample
from cardletter.typesetting.marks import Source, unmark
from cardletter.typesetting.sandbox import FOLDER
from cardletter.typesetting.setting import Traced

SECONDS = 10.0
"""That trying the sample in every way may take."""


def check_templates(project: Path) -> list[Finding]:
    """Look the templates over as they are written, then what they make of the sample."""
    sample = project / FOLDER / SAMPLE
    if not sample.is_file():
        return [Finding(f"{FOLDER}/{SAMPLE}", 1, "there is no such file")]
    try:
        return sorted(_Looked(project).findings())
    except FilesError as error:
        return error.findings


class _Looked:
    """A project's templates, and what is found in them."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.sample = read_sample(project)
        self.press = Press(project)
        self.jinja = reader(project)
        self.lint = Lint(project)

    def findings(self) -> set[Finding]:
        written, found = [*self._files()], set[Finding]()
        for file in written:
            found |= {*look_over_mjml(file), *look_over_programs(file)}
        doubtful = {*self._doubtful(written), *self._fields()}
        try:
            traced = self.press.trace(self.sample)
        except FilesError as error:
            return found | merged(doubtful, error.findings)
        found |= doubtful | set(self.lint.over(traced, self.sample))
        found |= set(nesting(*unmark(traced.marked, f"{FOLDER}/{PAGE}")))
        found |= set(self._twice(traced))
        return found | self._varied(found)

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
        for name in (PAGE, TWIN):
            fields.look_over(name, self.sample)
        return fields.found

    def _twice(self, traced: Traced) -> Iterator[Finding]:
        """See that a letter comes out the same when it is made again."""
        if self.press.print(self.sample) != traced.rendered:
            yield CHECKS["changing"].at(PAGE_AT)

    def _varied(self, known: set[Finding]) -> set[Finding]:
        """Try the sample with each thing left out in turn."""
        found: set[Finding] = set()
        until = time.monotonic() + SECONDS
        for empty, context in variations(self.sample):
            if time.monotonic() > until:
                break
            found |= set(self._without(empty, context))
        said = {(each.path, each.line) for each in known if each.severity == "error"}
        return {each for each in found if (each.path, each.line) not in said}

    def _without(self, empty: str, context: dict[str, Any]) -> Iterator[Finding]:
        """Print a sample; those that leave out the most are looked over as well."""
        try:
            rendered = self.press.print(context)
        except FilesError as error:
            for each in error.findings:
                source = Source(each.path, each.line)
                yield CHECKS["breaks_without"].at(source, field=empty, says=each.message)
            return
        if empty not in (EVERYTHING, NO_ITEMS):
            return
        for seen in self.lint.seen(rendered, context, self.press.trace(context)):
            if seen.spot.check in FROM_LEAVING_OUT and (told := self.lint.told(seen)):
                yield told


def merged(found: set[Finding], rendered: Iterable[Finding]) -> set[Finding]:
    """Add what rendering tells, which knows best, in place of other errors of the same lines."""
    told = set(rendered)
    lines = {(each.path, each.line) for each in told if each.severity == "error"}
    return told | {each for each in found if (each.path, each.line) not in lines}
