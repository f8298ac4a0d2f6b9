"""Making: every variant of an edition anew, in a process of its own, as the flow makes them.

Where segments and settings are what they were when the edition was last made, its members and their
segments are taken over, so that a new article is on the wall in seconds. Sending makes everything
anew from the data, unless what is there was approved.
"""

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from cardletter import (
    checking,
    content,
    delivery,
    profiles,
    progress,
    segments,
    sources,
    templates,
    workspace,
)
from cardletter.errors import CardletterError, FilesError, stop_on_errors
from cardletter.progress import Counts
from cardletter.workspace import Workspace

LINE = 16 * 1024 * 1024
FROM_DATA = (sources.pull, profiles.build, segments.assign)
FROM_CONTENT = (content.match, templates.render, templates.lint, templates.hang)
MADE = (
    *("variants", "pictures", "outbox", "plan.json", "receipts.parquet", "wall.html"),
    "what-if.html",
)
"""What is not taken over: it is made anew, or belongs to what was made before."""


def make(project: Path, edition: str) -> None:
    """Make every variant of an edition, and put them in the place of the last ones.

    Raises:
        FilesError: something that people wrote stands in the way.
        FrozenError: the edition is being sent.
    """
    desk = delivery.still_open(workspace.open_edition(edition, project))
    stop_on_errors(checking.check(desk.project, edition))
    fresh = workspace.begin(desk)
    again = _same_members(desk)
    if again:
        shutil.copytree(
            desk.folder, fresh.folder, ignore=shutil.ignore_patterns(*MADE), dirs_exist_ok=True
        )
    for verb in FROM_CONTENT if again else FROM_DATA + FROM_CONTENT:
        verb(fresh)
    workspace.commit(fresh)


def _same_members(desk: Workspace) -> bool:
    """Tell whether nothing was changed that members and segments follow from."""
    made = desk.folder / "segments.json"
    if not (made.is_file() and (desk.folder / "variants.json").is_file()):
        return False
    inputs = [desk.project / "pyproject.toml", *(desk.project / "segments").glob("*.yaml")]
    return all(file.stat().st_mtime < made.stat().st_mtime for file in inputs)


class Teller:
    """A watcher that tells every step in a line of JSON."""

    def __init__(self) -> None:
        """Begin before the first stage."""
        self.stage = ""

    def started(self, stage: str) -> None:
        """Tell that a stage begins."""
        self.stage = stage
        _tell(stage=stage, share=0)

    def advanced(self, what: str, done: int, total: int) -> None:  # noqa: ARG002 - as watchers do
        """Tell how far the stage is."""
        _tell(stage=self.stage, share=done / max(total, 1))

    def finished(self, stage: str, seconds: float, counts: Counts) -> None:
        """Tell what the stage came to."""
        _tell(stage=stage, share=1, seconds=seconds, counts=counts)


def _tell(**about: Any) -> None:  # noqa: ANN401 - any JSON
    sys.stdout.write(json.dumps(about) + "\n")
    sys.stdout.flush()


async def making(project: Path, edition: str) -> AsyncIterator[dict[str, Any]]:
    """Make an edition in another process, and give what it tells: stages, then how it ended."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cardletter.studio.making", str(project), edition),
        stdout=asyncio.subprocess.PIPE,
        limit=LINE,
    )
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            yield json.loads(line)
        if await process.wait():
            yield {"ended": "died", "words": "It ended in the middle: look at the terminal."}
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _told(work: Callable[[], None]) -> dict[str, Any]:
    """Do the work, and say how it ended."""
    try:
        work()
    except FilesError as error:
        return {"ended": "findings", "findings": [each.as_dict() for each in error.findings]}
    except CardletterError as error:
        return {"ended": "refused", "words": str(error)}
    return {"ended": "made"}


if __name__ == "__main__":
    with progress.watching(Teller()):
        _tell(**_told(lambda: make(Path(sys.argv[1]), sys.argv[2])))
