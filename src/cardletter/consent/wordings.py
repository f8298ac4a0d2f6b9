"""Wordings that the issuer revoked: a yes to one of them stands, and waits until it is cleared up.

They are told in content/wordings.yaml, word for word as members were shown them:

    revoked:
      - wording: Yes, send me The Larkfield Letter by email.
        why: Names no sender (legal, 2026-11-20).
"""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from cardletter.errors import Finding, stop_on_errors
from cardletter.workspace import Workspace
from cardletter.yamlfile import YamlFile

FILE = "content/wordings.yaml"


class Revoked(BaseModel):
    """One wording that is no yes any more, and why."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    wording: str = Field(min_length=1)
    why: str = Field(min_length=1)


class Wordings(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    revoked: list[Revoked]


def read_revoked(project: Path) -> tuple[dict[str, str], list[Finding]]:
    """Read the revoked wordings: key in the file -> the wording's hash; none without a file."""
    if not (project / FILE).is_file():
        return {}, []
    told, findings = YamlFile.read(project, FILE).fit(Wordings)
    listed = told.revoked if told else []
    hashes = {str(n): hashlib.sha256(r.wording.encode()).hexdigest() for n, r in enumerate(listed)}
    return hashes, findings


def revoked_acts(desk: Workspace) -> set[int]:
    """Give the consent_id of every act that counts last and was to a revoked wording.

    Raises:
        FilesError: the file cannot be read, or revokes words that nobody was ever shown.
    """
    hashes, findings = read_revoked(desk.project)
    stop_on_errors(findings)
    if not hashes:
        return set()
    known = desk.ledger.wordings()
    file = YamlFile.read(desk.project, FILE)
    hint = "write them as `cardletter permission show` has them, or take this out"
    message = "nobody was ever shown these words, so nothing would be revoked"
    stop_on_errors(
        [file.finding(("revoked", n), message, hint) for n, h in hashes.items() if h not in known]
    )
    return desk.ledger.resting_on(set(hashes.values()))
