"""Trying: what if an item of an edition were left out, raised, or had another budget."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cardletter import workspace
from cardletter.content.whatif import Changes, Trial
from cardletter.content.whatif_page import summary, told
from cardletter.workspace import Workspace

WRITTEN = ("content/**/*", "segments/*", "pyproject.toml")
Stamp = tuple[str, int, int]
"""An edition, how many files it follows from, and when the newest of them was changed."""


class Trials:
    """Tries changes; the edition as it stands is matched once, until a file changes."""

    def __init__(self, project: Path) -> None:
        """Begin with nothing matched."""
        self.project = project
        self.kept: tuple[Stamp, Trial] | None = None

    def what_if(
        self, edition: str, ban: list[str], raised: Mapping[str, float], budgets: Mapping[str, int]
    ) -> dict[str, Any]:
        """Say who is shown what then, and how every item stands now.

        Raises:
            EditionError: it was not made yet, or there is no such item.
            FilesError: the files have findings, or demands clash then.
        """
        trial, changes = self._trial(edition), Changes(tuple(ban), raised, budgets)
        found = trial.what_if(changes)
        return {
            "told": told(changes),
            "summary": summary(found),
            "reach": [asdict(each) for each in found.reach],
            "losses": [asdict(each) for each in found.losses],
            "standing": [asdict(each) for each in trial.standing()],
        }

    def _trial(self, edition: str) -> Trial:
        desk = workspace.open_edition(edition, self.project)
        stamp = _stamp(desk)
        if self.kept is None or self.kept[0] != stamp:
            self.kept = None  # two at once would need twice the memory
            self.kept = stamp, Trial(desk)
        return self.kept[1]


def _stamp(desk: Workspace) -> Stamp:
    written = [file for pattern in WRITTEN for file in desk.project.glob(pattern)]
    made = [file for file in desk.folder.glob("*.json") if file.is_file()]
    times = [file.stat().st_mtime_ns for file in (*written, *made)]
    return desk.edition, len(times), max(times, default=0)
