"""Authors: who changed an edition's files last, as git knows; without git, as the edition says."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cardletter.errors import NotReadyError

PATIENCE = 30
"""Seconds that git may take."""


@dataclass(frozen=True)
class Authors:
    """The people who may not approve: who committed last, and who changed something since."""

    people: tuple[tuple[str, str], ...]
    """Name and address of each."""

    def include(self, name: str) -> bool:
        """Tell whether a person is one of them, by name or address."""
        return any(
            same_person(name, own) or same_person(name, address) or _same_both(name, own, address)
            for own, address in self.people
        )

    @property
    def told(self) -> str:
        """Give their names."""
        return " and ".join(dict.fromkeys(name or address for name, address in self.people))


def last_author(project: Path, files: Sequence[str], declared: str = "") -> Authors:
    """Give who changed files last.

    Raises:
        NotReadyError: nobody knows.
    """
    people = [(declared, "")] if declared else []
    if _tracked(project):
        log = _git(project, "log", "-1", "--format=%an%x00%ae", "--", *files)
        if log:
            people.append(_pair(log))
        if _git(project, "status", "--porcelain", "--", *files):
            here = [_git(project, "config", f"user.{what}") for what in ("name", "email")]
            people.append((here[0], here[1]))
    known = tuple(person for person in people if any(person))
    if not known:
        raise NotReadyError(
            "Nobody knows who wrote this edition, so nobody can be somebody else. Keep the project "
            "in git, or add `author: NAME` to the edition's file."
        )
    return Authors(known)


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are the same person's, however they are spelt."""
    plain = [" ".join(name.split()).casefold() for name in (one, other)]
    return bool(plain[0]) and plain[0] == plain[1]


def _same_both(name: str, own: str, address: str) -> bool:
    return bool(own and address) and same_person(name, f"{own} <{address}>")


def _pair(line: str) -> tuple[str, str]:
    name, _, address = line.partition("\0")
    return name, address


def _tracked(project: Path) -> bool:
    return shutil.which("git") is not None and bool(_git(project, "rev-parse", "--git-dir"))


def _git(project: Path, *words: str) -> str:
    """Ask git; what it cannot tell is nothing."""
    done = subprocess.run(  # noqa: S603 - git, with paths of the project
        ["git", "-C", str(project), *words],  # noqa: S607 - as the person's PATH has it
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else ""
