"""Places: which links of a letter were followed, without what a member's own link carries."""

import html
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from urllib.parse import urlsplit

from cardletter.templates.personal import FRAGMENTS
from cardletter.workspace import Workspace, open_edition

HREF = re.compile(r"href=[\"']([^\"']+)[\"']", re.IGNORECASE)


class Places:
    """The links of editions, read when they are first asked for."""

    def __init__(self, desk: Workspace) -> None:
        """Look in a project."""
        self.desk, self.known = desk, dict[str, frozenset[str]]()

    def link(self, edition: str, followed: str) -> tuple[str, bool]:
        """Give what is kept of a link that was followed, and whether it is not one of ours.

        A member's own links lose their token; one that is in no letter is not kept.
        """
        for own in self._own:
            if followed == own or followed.startswith(f"{own}/"):
                return own, False
        ours = self.links(edition)
        if not ours:  # the edition was made elsewhere: nobody here can tell
            return _bare(followed), False
        return (followed, False) if followed in ours else ("", True)

    def links(self, edition: str) -> frozenset[str]:
        """Give the links of an edition's letters; none where it was made elsewhere."""
        if edition not in self.known:
            self.known[edition] = self._links(edition)
        return self.known[edition]

    @cached_property
    def _own(self) -> tuple[str, ...]:
        settings = self.desk.settings
        return tuple(
            each.rstrip("/") for each in (settings.preferences_url, settings.unsubscribe_url)
        )

    def _links(self, edition: str) -> frozenset[str]:
        if not edition:
            return frozenset()
        desk = open_edition(edition, self.desk.project)
        files = sorted((desk.folder / "variants").glob("*/index.html"))
        pages = chain((file.read_text("utf-8") for file in files), _personal(desk))
        found = (html.unescape(link) for page in pages for link in HREF.findall(page))
        return frozenset(link for link in found if link.startswith("https://"))


def _personal(desk: Workspace) -> Iterator[str]:
    """Give the pieces of letters that some members alone were shown."""
    if desk.file(FRAGMENTS).is_file():
        for items in desk.read_json(FRAGMENTS)["fragments"].values():
            yield from (page for pieces in items.values() for page, _text in pieces)


def _bare(followed: str) -> str:
    """Give a link without its query and without who it is for."""
    try:
        parts = urlsplit(followed)
    except ValueError:
        return ""
    plain = followed.isascii() and followed.isprintable() and "@" not in followed
    return f"https://{parts.netloc}{parts.path}" if plain and parts.scheme == "https" else ""
