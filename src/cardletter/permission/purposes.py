"""Purposes: what a member may say yes or no to, and the wording that is shown and recorded."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Purpose:
    """One purpose: its id as consents have it, a title, and the wording of a version."""

    purpose: str
    title: str
    version: str
    wording: str


@cache
def read_purposes(letter: str, programme: str) -> tuple[Purpose, ...]:
    """Read purposes.yaml for a letter and a card programme by their names."""
    text = files("cardletter.permission").joinpath("purposes.yaml").read_text("utf-8")
    told: dict[str, dict[str, str]] = yaml.safe_load(text)
    return tuple(
        Purpose(
            name,
            fields["title"],
            fields["version"],
            fields["wording"].replace("{letter}", letter).replace("{programme}", programme),
        )
        for name, fields in told.items()
    )
