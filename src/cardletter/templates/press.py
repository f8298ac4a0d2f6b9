"""The press: prints letters with a project's templates, in processes that may die of it.

The templates are read once, checked, and handed over; what is printed is made of what was read,
whatever happens to the files meanwhile.
"""

import contextlib
import hashlib
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from jinja2 import DictLoader, Environment

from cardletter.errors import FilesError, Finding, stop_on_errors
from cardletter.settings import load
from cardletter.templates import blocks
from cardletter.templates.fields import read_fields
from cardletter.templates.worker import DiedError, Worker, free_worker, next_worker
from cardletter.typesetting.marks import Source
from cardletter.typesetting.sandbox import FOLDER
from cardletter.typesetting.setting import Rendered, Traced
from cardletter.typesetting.wire import Message

TEMPLATE = "newsletter"
SAMPLE = "newsletter.sample.yaml"
PICTURES = "../../pictures/"
"""Where a variant's pictures are, seen from its index.html."""

ENDINGS = (".mjml", ".txt")
LARGEST = 1_000_000
"""Bytes of one template."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ue000\ue001]")
SECONDS = 5.0
"""Of work that a letter may take; most take some thousandths."""

Job = tuple[str, Mapping[str, Any]]
"""A template's name, and the context it is filled with."""


@dataclass(frozen=True)
class Plates:
    """What letters are printed from: templates by name, and the rules; fixed when it is read."""

    sources: dict[str, str]
    rules: list[Any]
    digest: str

    @classmethod
    def read(cls, project: Path) -> Self:
        """Read the templates and fields of a project.

        Raises:
            FilesError: one of them cannot be read.
        """
        sources, findings = read_templates(project)
        stop_on_errors(findings)
        kinds = {name: field.kind for name, field in read_fields(project).items()}
        rules = [kinds, *_addresses(project)]
        sources |= dict(blocks.pages(sources))
        made_of = json.dumps([sources, rules], sort_keys=True)
        return cls(sources, rules, hashlib.sha256(made_of.encode()).hexdigest())


def _addresses(project: Path) -> tuple[list[str], list[str]]:
    """Give where letters may link to, and where their pictures stand."""
    settings = load(project)
    served = settings.assets_url.rstrip("/")
    return settings.link_domains, [PICTURES, *([f"{served}/"] if served else [])]


class Press:
    """Prints contexts with a project's templates."""

    def __init__(self, project: Path, seconds: float = SECONDS) -> None:
        """Print for a project; a letter may take so many seconds of work."""
        self.project, self.seconds = project, seconds
        self.worked = 0.0
        """Seconds of work that its letters took so far."""

    def print(self, context: Mapping[str, Any], template: str = TEMPLATE) -> Rendered:
        """Turn a context into subject, HTML and text, with the templates as they are now.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        return next(self.print_all([(template, context)]))

    def print_all(self, jobs: Iterable[Job], plates: Plates | None = None) -> Iterator[Rendered]:
        """Print many, in order, on all processors, all from the plates, or as files are now.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        waiting: deque[_Setting] = deque()
        plates = plates or Plates.read(self.project)
        try:
            for template, context in jobs:
                # Never wait for a worker while holding one: two runs would wait for each other.
                while not (worker := free_worker()) and waiting:
                    yield _rendered(self._set(waiting.popleft()))
                job = template, context
                waiting.append(_Setting(plates, job, self.seconds, worker=worker))
            while waiting:
                yield _rendered(self._set(waiting.popleft()))
        finally:
            for left in waiting:
                left.drop()

    def trace(
        self, context: Mapping[str, Any], template: str = TEMPLATE, plates: Plates | None = None
    ) -> Traced:
        """Print a context, and tell where in the templates every part came from.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        plates = plates or Plates.read(self.project)
        setting = _Setting(plates, (template, context), self.seconds, traced=True)
        header, parts = self._set(setting)
        known = [Source(path, line) for path, line in header["sources"]]
        elements = tuple((at, known[number]) for at, number in header["elements"])
        lines = tuple(known[number] for number in header["lines"])
        mjml, marked = parts[2].decode(), parts[3].decode()
        return Traced(_rendered((header, parts)), mjml, elements, lines, marked)

    def _set(self, setting: "_Setting") -> Message:
        """Wait for a letter, and count the work that it was."""
        try:
            return setting.result()
        finally:
            self.worked += setting.worked


class _Setting:
    """A letter that a worker sets; nobody else asks the worker meanwhile."""

    def __init__(
        self,
        plates: Plates,
        job: Job,
        seconds: float,
        *,
        traced: bool = False,
        worker: Worker | None = None,
    ) -> None:
        self.plates, (self.template, self.context) = plates, job
        asked = {"template": self.template, "seconds": seconds, "traced": traced}
        self.request = {"key": plates.digest, **asked}
        self.worker = worker or next_worker()
        self.worked = 0.0
        self._held = True
        self._ask(self.request)

    def _ask(self, request: dict[str, Any]) -> None:
        try:
            with self._blamed():
                self.worker.ask(request, self.context)
        except BaseException:
            self._let_go()
            raise

    @contextlib.contextmanager
    def _blamed(self) -> Iterator[None]:
        """Say of a letter that its process died of it, where it did."""
        try:
            yield
        except DiedError as error:
            words = f"the letter broke the process that sets it ({error})"
            hint = "look for what is repeated or nested without end"
            path = f"{FOLDER}/{self.template}.mjml"
            raise FilesError([Finding(path, 1, words, hint)]) from None

    def result(self) -> Message:
        """Wait for the letter.

        Raises:
            FilesError: a template is wrong, at its file and line.
        """
        try:
            with self._blamed():
                header, parts = self.worker.answer()
                if "unknown" in header:
                    known = {"sources": self.plates.sources, "rules": self.plates.rules}
                    self.worker.ask(self.request | known, self.context)
                    header, parts = self.worker.answer()
        finally:
            self._let_go()
        self.worked = header["worked"]
        if "findings" in header:
            raise FilesError([Finding(**each) for each in header["findings"]])
        return header, parts

    def drop(self) -> None:
        """Let go of a letter that nobody waits for any more."""
        if self._held:
            self.worker.close()
            self._let_go()

    def _let_go(self) -> None:
        if self._held:
            self._held = False
            self.worker.lock.release()


def _rendered(message: Message) -> Rendered:
    header, parts = message
    html, text = parts[0].decode(), parts[1].decode()
    return Rendered(header["subject"], html, text, header["subject_b"])


def pages_of(sources: Mapping[str, str]) -> list[str]:
    """Name the templates that an edition may be set in: a page with its twin, our own first."""
    names = [name.removesuffix(".mjml") for name in sources if "/" not in name]
    whole = [name for name in names if f"{name}.mjml" in sources and f"{name}.txt" in sources]
    return sorted(whole, key=lambda name: (name != TEMPLATE, name))


def reader(project: Path) -> Environment:
    """Give what reads a project's templates, to look at them as they are written only."""
    sources, findings = read_templates(project)
    stop_on_errors(findings)
    return Environment(  # noqa: S701 - nothing is ever rendered with it
        loader=DictLoader(sources), trim_blocks=True, lstrip_blocks=True
    )


def read_templates(project: Path) -> tuple[dict[str, str], list[Finding]]:
    """Read every template of a project, by its name inside templates/; links lead nowhere else."""
    folder = project / FOLDER
    sources: dict[str, str] = {}
    findings: list[Finding] = []
    for file in sorted(each for each in folder.rglob("*") if each.suffix in ENDINGS):
        name = file.relative_to(folder).as_posix()
        text = _read(project, file, f"{FOLDER}/{name}")
        if isinstance(text, Finding):
            findings.append(text)
        elif text is not None:
            sources[name] = text
    return sources, findings


def _read(project: Path, file: Path, path: str) -> str | Finding | None:
    if not file.resolve().is_relative_to(project.resolve()):
        return Finding(path, 1, "is a link to a file outside of the project", "copy the file here")
    if not file.is_file():
        return None
    if file.stat().st_size > LARGEST:
        return Finding(path, 1, "is larger than 1 MB")
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        return Finding(path, line, "is not UTF-8 text", "save it as UTF-8")
    if found := CONTROL.search(text):
        line = 1 + text.count("\n", 0, found.start())
        return Finding(path, line, "a control character stands here", "take it out")
    return text
