"""Signed links: a mail's links carry who they are for, and nobody can make one up.

A token holds the member's id and the edition, never an address, and lives two years. Each door has
its own salt, so that a token for one opens no other. Keys rotate: the last one signs, all of them
are believed. The same keys make the keyed hashes by which erased members and suppressed addresses
are known.
"""

import functools
import hashlib
import hmac
import os
import secrets
import time
from binascii import b2a_base64
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from json.encoder import encode_basestring_ascii as as_json
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode, base64_encode, int_to_bytes

from cardletter.errors import SettingsError

KEY = "link.key"
TWO_YEARS = 2 * 366 * 24 * 3600
LONGEST = 1_000
URL_SAFE = bytes.maketrans(b"+/", b"-_")
DOORS = ("preferences", "unsubscribe")


class BadLinkError(Exception):
    """A token that opens nothing: forged, foreign, expired or cut; which, nobody is told."""


@dataclass(frozen=True)
class Bearer:
    """Who a link was made for, and in which edition."""

    member_id: str
    edition: str


@dataclass(frozen=True)
class Links:
    """Makes and reads the links of one newsletter project."""

    keys: tuple[str, ...]
    preferences_url: str
    unsubscribe_url: str

    @cached_property
    def _signers(self) -> dict[str, URLSafeTimedSerializer]:
        how = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        return {
            door: URLSafeTimedSerializer(list(self.keys), f"cardletter.{door}", signer_kwargs=how)
            for door in DOORS
        }

    @cached_property
    def _keys(self) -> dict[str, bytes]:
        """Give the key that signs for each door."""
        return {
            door: serializer.make_signer(serializer.salt).derive_key()
            for door, serializer in self._signers.items()
        }

    def preferences(self, member_id: str, edition: str) -> str:
        """Give the link to the member's own preferences."""
        return f"{self.preferences_url}/{self.token('preferences', member_id, edition)}"

    def unsubscribe(self, member_id: str, edition: str) -> str:
        """Give the link that a POST unsubscribes the member with (RFC 8058)."""
        return f"{self.unsubscribe_url}/{self.token('unsubscribe', member_id, edition)}"

    def token(self, door: str, member_id: str, edition: str) -> str:
        """Give the token that opens a door for a member."""
        # As the signer would write it, for a fiftieth of the time: a big edition has two a member.
        signed = _dated(member_id, edition, int(time.time()))
        signature = hmac.digest(self._keys[door], signed, "sha256")
        return (signed + b"." + _base64(signature)).decode()

    def address_key(self, address: str) -> str:
        """Give the keyed hash by which a suppressed address is known: letter case says nothing."""
        return keyed_hash(self.keys[0], "address", address.strip().casefold())

    def read(self, door: str, token: str) -> Bearer:
        """Tell whom a token was made for.

        Raises:
            BadLinkError: it was not made by us for this door, or more than two years ago.
        """
        try:
            if len(token) > LONGEST or not _exact(token):
                raise BadLinkError
            member_id, edition = self._signers[door].loads(token, max_age=TWO_YEARS)
            return Bearer(str(member_id), str(edition))
        except (BadData, ValueError, TypeError):
            raise BadLinkError from None


@functools.lru_cache(maxsize=64)
def _dated(member_id: str, edition: str, second: int) -> bytes:
    """Give what is signed for a member: for all doors the same."""
    payload = _base64(f"[{as_json(member_id)},{as_json(edition)}]".encode())
    return payload + b"." + _base64(int_to_bytes(second))


def _base64(data: bytes) -> bytes:
    return b2a_base64(data, newline=False).rstrip(b"=").translate(URL_SAFE)


def _exact(token: str) -> bool:
    """Tell whether the signature is written as we write it: base64 may be written in many ways."""
    signature = token.rpartition(".")[2]
    return base64_encode(base64_decode(signature)).decode() == signature


def keyed_hash(key: str, what: str, value: str) -> str:
    """Hash a value so that only who has the key can tell what it was; `what` keeps kinds apart."""
    return hmac.digest(key.encode(), f"{what}:{value}".encode(), "sha256").hex()


def lot(key: str, what: str, value: str) -> float:
    """Draw a number from 0 to below 1: always the same for a value, and not to be foretold."""
    drawn = hmac.digest(key.encode(), f"{what}:{value}".encode(), "sha256")
    return int.from_bytes(drawn[:6], "big") / 2**48


def link_keys(private: Path) -> tuple[str, ...]:
    """Give the keys, oldest first: made once, kept one a line in the workspace's private folder.

    `CARDLETTER_LINK_KEY` in the environment wins, keys parted by commas, for several machines.
    To rotate, add a line; drop the old one when its links are two years old. The first line also
    keys the hashes, so it stays.

    Raises:
        SettingsError: there is no key in the variable or the file.
    """
    if given := os.environ.get("CARDLETTER_LINK_KEY"):
        return _whole(given.split(","), "CARDLETTER_LINK_KEY")
    file = private / KEY
    if not file.exists():
        part = private / f".{KEY}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(32))
        # A link is made whole or not at all, and the first to make it wins.
        with suppress(FileExistsError):
            os.link(part, file)
        part.unlink()
    return _whole(file.read_text(encoding="utf-8").splitlines(), str(file))


def _whole(keys: Sequence[str], where: str) -> tuple[str, ...]:
    whole = tuple(key.strip() for key in keys if key.strip())
    if not whole:
        # Without a key anybody could make up a link; with a new one no link in old mail works.
        raise SettingsError(f"{where} holds no key for links: put back the one that was there.")
    return whole
