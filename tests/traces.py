"""Traces: every file that holds something of a member, as it may be written there."""

import gc
from pathlib import Path

import pandas as pd

from cardletter.workspace import open_edition


def words_of(project: Path, edition: str, member: str, *more: str) -> list[bytes]:
    """Give what stands for a member: links have the id in base64."""
    token = open_edition(edition, project).links.token("preferences", member, edition)
    return [word.encode() for word in (member, token.rsplit(".", 2)[0], *more)]


def traces(words: list[bytes], *roots: Path) -> set[str]:
    """Name the files under the roots that hold one of the words, but the issuer's own data."""
    gc.collect()  # whoever has the ledger open and needs it no more puts its log away
    files = [
        file
        for root in roots
        for file in root.rglob("*")
        if file.is_file() and file.relative_to(root).parts[0] != "data"
    ]
    return {file.name for file in files if any(word in _content(file) for word in words)}


def _content(file: Path) -> bytes:
    """Give a file's bytes, and what they say where they are packed."""
    packed = pd.read_parquet(file).to_csv().encode() if file.suffix == ".parquet" else b""
    return file.read_bytes() + packed
