"""Approvals in the studio: what whoever approves an edition has before them, and their word."""

from pathlib import Path
from typing import Any

from cardletter import delivery, workspace
from cardletter.content import read_variants
from cardletter.delivery.approving import authors_of
from cardletter.errors import NotReadyError
from cardletter.workspace import Workspace


def approval(project: Path, edition: str) -> dict[str, Any]:
    """Say how the approval of an edition stands: figures, findings, who wrote it, who has approved.

    Raises:
        EditionError: nothing is made of it.
    """
    desk = workspace.open_edition(edition, project)
    variants, found = read_variants(desk), delivery.approval(desk)
    return {
        "edition": edition,
        "variants": len(variants),
        "members": sum(each.members for each in variants),
        "findings": desk.read_json("findings.json"),
        "author": _author(desk),
        "demanded": found.demanded,
        "enough": found.enough,
        "words": found.words,
        "given": [_told(act) for act in found.given],
        "void": found.void,
        "begun": delivery.begun(desk),
    }


def approve(project: Path, edition: str, by: str, why: str) -> dict[str, Any]:
    """Record that somebody approves an edition, and say how it stands then.

    Raises:
        NotReadyError: they cannot, or it cannot be approved as it is.
    """
    delivery.approve(workspace.open_edition(edition, project), by, why)
    return approval(project, edition)


def _told(act: dict[str, Any]) -> dict[str, str]:
    return {
        "by": str(act["given_by"]),
        "why": str(act["why"]),
        "at": f"{act['given_at']:%Y-%m-%d %H:%M} UTC",
        "until": f"{act['expires_at']:%Y-%m-%d %H:%M} UTC",
    }


def _author(desk: Workspace) -> str:
    try:
        return authors_of(desk).told
    except NotReadyError:
        return ""
