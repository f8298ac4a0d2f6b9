"""Signed links: a mail's links carry who they are for, and nobody can make one up.

A token holds the member's id and the edition, never an address; each purpose has its own salt, so
that a token for one door opens no other.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from itsdangerous import URLSafeSerializer

KEY = "link.key"


@dataclass(frozen=True)
class Links:
    """Makes the links of one newsletter project."""

    key: str
    preferences_url: str
    unsubscribe_url: str

    @cached_property
    def _preferences(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.key, salt="preferences")

    @cached_property
    def _unsubscribe(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.key, salt="unsubscribe")

    def preferences(self, member_id: str, edition: str) -> str:
        """Give the link to the member's own preferences."""
        return f"{self.preferences_url}/{_text(self._preferences.dumps([member_id, edition]))}"

    def unsubscribe(self, member_id: str, edition: str) -> str:
        """Give the link that a POST unsubscribes the member with (RFC 8058)."""
        return f"{self.unsubscribe_url}/{_text(self._unsubscribe.dumps([member_id, edition]))}"


def link_key(private: Path) -> str:
    """Give the key that links are signed with: made once, kept in the workspace's private folder.

    `CARDLETTER_LINK_KEY` in the environment wins, for a key that several machines share.
    """
    if key := os.environ.get("CARDLETTER_LINK_KEY"):
        return key
    file = private / KEY
    if not file.exists():
        part = private / f".{KEY}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(32))
        # A link is made whole or not at all, and the first to make it wins.
        with suppress(FileExistsError):
            os.link(part, file)
        part.unlink()
    return file.read_text(encoding="utf-8")


def _text(token: str | bytes) -> str:
    return token.decode() if isinstance(token, bytes) else token
