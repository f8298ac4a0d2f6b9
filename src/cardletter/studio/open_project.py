"""The open project: what the studio keeps of one while it is open."""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from starlette.requests import Request

from cardletter.studio.files import Files
from cardletter.studio.making import making
from cardletter.studio.watching import Newsroom
from cardletter.studio.worker import Worker

MATCHING = 600.0
"""Seconds that matching an edition may take."""


@dataclass
class OpenProject:
    """One project, open in the studio."""

    project: Path
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    """Stands in the addresses of what a frame loads, which cannot show the token."""
    news: Newsroom = field(default_factory=Newsroom)
    making: set[str] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @cached_property
    def files(self) -> Files:
        """Give the files of the project."""
        return Files(self.project)

    @cached_property
    def printer(self) -> Worker:
        """Give who prints letters, and does nothing else that could make one wait."""
        return Worker(self.project)

    @cached_property
    def reader(self) -> Worker:
        """Give who looks over what people write."""
        return Worker(self.project)

    @cached_property
    def matcher(self) -> Worker:
        """Give who tries what an edition would be like; of many members that takes a while."""
        return Worker(self.project, MATCHING)

    def right(self, key: str) -> bool:
        """Tell whether a key is the studio's own."""
        return secrets.compare_digest(key.encode(), self.key.encode())

    def ours(self, drafts: Mapping[str, str]) -> None:
        """See that drafts are of files that may be written.

        Raises:
            NoFileError: one is not.
        """
        for path in drafts:
            self.files.at(path)

    async def make(self, edition: str) -> None:
        """Make an edition anew, and tell everybody how it goes."""
        self.making.add(edition)
        try:
            async for told in making(self.project, edition):
                self.news.tell("making", edition=edition, **told)
        finally:
            self.making.discard(edition)


def opened(request: Request) -> OpenProject:
    """Give the project that is open in the studio that was asked."""
    project: OpenProject = request.app.state.project
    return project
