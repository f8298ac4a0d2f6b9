"""The workspace: one folder per edition, every file inspectable, nothing half written.

    workspace/
      editions/2026-12/     plan.json, assignments.parquet, ... wall.html, report.html, outbox/
      segments/             what `cardletter segment` found last
      backtest/             what `cardletter backtest` found last
      private/              what is spent on what, by member: readable by the owner only
      ledger.db             consents, suppressions, sends

A run is prepared in a folder beside the edition's and put in its place when it is whole, so a
failed run leaves the last good one as it was.
"""

import functools
import json
import os
import re
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cardletter import progress
from cardletter.errors import EditionError, SettingsError
from cardletter.ledger import Ledger, open_ledger
from cardletter.links import Links, keyed_hash, link_keys
from cardletter.progress import Counts
from cardletter.settings import Settings, load

PREPARING, OLD = ".preparing", ".old"


@dataclass(frozen=True)
class Workspace:
    """The folder one run works in: ids and paths only, so that it may pass between tasks."""

    project: Path
    edition: str
    root: Path
    folder: Path

    @property
    def settings(self) -> Settings:
        """Read the project's settings."""
        return load(self.project)

    @property
    def private(self) -> Path:
        """Give the folder that only its owner may read, made when first asked for."""
        folder = self.root / "private"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    @functools.cached_property
    def ledger(self) -> Ledger:
        """Give the project's ledger, opened once for all that this run does."""
        return open_ledger(self.root, self.settings.ledger_url)

    @property
    def links(self) -> Links:
        """Give what makes and reads the project's signed links."""
        settings = self.settings
        return Links(link_keys(self.private), settings.preferences_url, settings.unsubscribe_url)

    @property
    def hash_key(self) -> str:
        """Give the key of the keyed hashes: the one that the ledger's were made with.

        Raises:
            SettingsError: the first link key is another one, so that no hash would be found again.
        """
        key = self.links.keys[0]
        if not self.ledger.keeps_key(keyed_hash(key, "key", "mark")):
            msg = (
                "The first link key is not the one this ledger was begun with, so that nobody who "
                "was erased or suppressed would be known again. Put that one first in "
                "CARDLETTER_LINK_KEY or workspace/private/link.key; new keys follow it."
            )
            raise SettingsError(msg)
        return key

    def file(self, *parts: str) -> Path:
        """Give the path of a file of this run, its folder made."""
        path = self.folder.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write_json(self, name: str, content: Any) -> Path:  # noqa: ANN401 - any JSON
        """Write a JSON file in a form that people can read and compare."""
        return self.write(name, json.dumps(content, indent=1, ensure_ascii=False, default=str))

    def write(self, name: str, text: str) -> Path:
        """Write a text file as a whole or not at all."""
        path = self.file(*name.split("/"))
        # Two senders may write the same file at once; each has a part of its own.
        part = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
        part.write_text(text, encoding="utf-8", newline="\n")
        return part.replace(path)

    def read_json(self, name: str) -> Any:  # noqa: ANN401 - any JSON
        """Read a JSON file of this run.

        Raises:
            EditionError: the run has not come that far.
        """
        path = self.folder.joinpath(*name.split("/"))
        if not path.is_file():
            msg = (
                f"Edition {self.edition} has no {name} yet: nothing has been made of it. "
                f"Make it with `cardletter run {self.edition}`."
            )
            raise EditionError(msg)
        return json.loads(path.read_text(encoding="utf-8"))


def open_edition(edition: str, project: str | Path = ".") -> Workspace:
    """Open the folder of an edition as the last run left it.

    Raises:
        EditionError: the name cannot be an edition's.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", edition):
        raise EditionError("An edition's name has letters, digits, - and _ only, such as 2026-12.")
    root, project = _root(project)
    folder, old = root / "editions" / edition, root / "editions" / f".{edition}{OLD}"
    if old.exists() and not folder.exists():  # a run died while it put another in its place
        old.rename(folder)
    return Workspace(project, edition, root, folder)


def open_planned(edition: str, project: str | Path = ".") -> Workspace:
    """Open the folder of an edition whose plan the ledger has.

    Raises:
        EditionError: nothing of it is planned yet.
    """
    desk = open_edition(edition, project)
    if desk.ledger.edition(edition) is None:
        raise EditionError(f"Edition {edition} is not made yet: `cardletter run {edition}`.")
    return desk


def found_segments(project: str | Path = ".") -> Workspace:
    """Open the folder of what was last found apart from any edition."""
    root, project = _root(project)
    return Workspace(project, "", root, root / "segments")


def open_segments(project: str | Path = ".") -> Workspace:
    """Open a fresh folder for finding segments apart from any edition."""
    return begin(found_segments(project))


def open_backtest(project: str | Path = ".") -> Workspace:
    """Open a fresh folder for judging segments apart from any edition."""
    root, project = _root(project)
    return begin(Workspace(project, "", root, root / "backtest"))


def begin(desk: Workspace) -> Workspace:
    """Open an empty folder beside the edition's, to prepare it in."""
    beside = desk.folder.with_name(f".{desk.folder.name}{PREPARING}")
    shutil.rmtree(beside, ignore_errors=True)
    desk.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside.mkdir(parents=True)
    return replace(desk, folder=beside)


def preparing(desk: Workspace) -> bool:
    """Tell whether a folder is one that something is prepared in, beside the edition's."""
    return desk.folder.name.endswith(PREPARING)


def commit(desk: Workspace) -> Workspace:
    """Put what was prepared in the edition's place, all at once."""
    name = desk.folder.name.removeprefix(".").removesuffix(PREPARING)
    final = desk.folder.with_name(name)
    old = desk.folder.with_name(f".{name}{OLD}")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    desk.folder.rename(final)
    shutil.rmtree(old, ignore_errors=True)
    return replace(desk, folder=final)


def stage(
    name: str,
) -> Callable[[Callable[[Workspace], Counts]], Callable[[Workspace], Counts]]:
    """Make a room's verb a stage of a run: watched while it works, timed in stages.json."""

    def wrap(verb: Callable[[Workspace], Counts]) -> Callable[[Workspace], Counts]:
        @functools.wraps(verb)
        def timed(desk: Workspace) -> Counts:
            progress.started(name)
            began = time.perf_counter()
            counts = verb(desk)
            seconds = round(time.perf_counter() - began, 3)
            stages = desk.read_json("stages.json") if desk.file("stages.json").exists() else {}
            desk.write_json("stages.json", stages | {name: {"seconds": seconds, **counts}})
            progress.finished(name, seconds, counts)
            return counts

        return timed

    return wrap


def _root(project: str | Path) -> tuple[Path, Path]:
    settings = load(project)
    return settings.path(settings.workspace), settings.project
