"""What marketers write about segments: clustering.yaml and names.yaml."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from cardletter.errors import Finding
from cardletter.profiles import Windows
from cardletter.yamlfile import YamlFile

CLUSTERING = "segments/clustering.yaml"
NAMES = "segments/names.yaml"
ID = re.compile(r"[a-z0-9][a-z0-9-]*")

MEMBERS_EACH, ENOUGH = 25, 400
"""What `auto` looks for: more segments than these brought nothing on a year of purchases."""
ROOM = 1.25
"""Members for each segment, against its least: where there are fewer, segments are cut for their
size and not for their members' tastes."""


class Clustering(Windows):
    """How members are grouped."""

    # Strict: `yes` is no 1, and "50" in quotes is no number.
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    segments: int | Literal["auto"] = "auto"
    k_min: int = Field(50, ge=20)
    least_purchases: int = Field(3, ge=1)
    seed: int = Field(7, ge=0, lt=2**32)
    margin: float = Field(0.1, ge=0, le=1)
    basis: int = Field(1, ge=1)
    features: Literal["auto", "pmi", "hellinger", "tfidf"] = "auto"
    recent_days: int = Field(91, ge=7, le=366)

    @field_validator("segments", mode="before")
    @classmethod
    def _number_or_auto(cls, value: object) -> object:
        """Tell what is wrong once: a union would tell it of the number and of the word."""
        if value != "auto" and (type(value) is not int or value < 1):
            raise ValueError("write a number from 1, or auto")
        return value

    def wanted(self, members: int, last: int = 0, by_hand: int = 0) -> int:
        """Give how many clusters to look for among so many members, if last time there were some.

        Left to itself, it keeps to the number there was; `by_hand` are those that people's splits
        and merges add to the number they asked for.
        """
        most = max(1, members // self.k_min)
        if self.segments != "auto":
            return min(most, max(1, self.segments + by_hand))
        return min(most, last) if last else min(self.roomy(members), self.looked_through(members))

    def roomy(self, members: int) -> int:
        """Give how many clusters so many members suffice for, and can spare some."""
        return max(1, int(members / (ROOM * self.k_min)))

    @staticmethod
    def looked_through(members: int) -> int:
        """Give the largest number of clusters that is worth a look among so many members."""
        return min(max(1, members // MEMBERS_EACH), ENOUGH)


class Name(BaseModel):
    """What people call a segment; what they leave out, the machine proposes."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(None, min_length=2, max_length=60)
    phrase: str | None = Field(None, min_length=2, max_length=80)
    phrases: dict[str, str] = Field(default_factory=dict)
    """The phrase in other languages, or locales: de, es-US."""
    tone: str | None = Field(None, min_length=2, max_length=30)
    """How they like to be spoken to: an edition may have a subject for it."""


def read_clustering(project: Path) -> tuple[Clustering, list[Finding]]:
    """Read segments/clustering.yaml; give the defaults where it has findings."""
    file = YamlFile.read(project, CLUSTERING)
    clustering, findings = file.fit(Clustering)
    return clustering or Clustering(), findings


def short_of(project: Path, asked: int, found: int) -> list[Finding]:
    """Tell where there are fewer segments than clustering.yaml, and people's hands, ask for."""
    if found >= asked:
        return []
    message = f"{asked:,} segments are asked for, and there are {found:,}"
    hint = "too few members are unlike enough for more of k_min each: write a lower number"
    told = YamlFile.read(project, CLUSTERING).finding(("segments",), message, hint)
    return [replace(told, severity="warning")]


def read_names(project: Path) -> tuple[dict[str, Name], list[Finding]]:
    """Read segments/names.yaml: segment id -> what people call it."""
    file = YamlFile.read(project, NAMES)
    findings = list(file.findings)
    names: dict[str, Name] = {}
    for segment_id in file.content:
        name, found = file.fit(Name, segment_id)
        if not ID.fullmatch(segment_id):
            message = f"{segment_id!r} cannot be a segment's id"
            found.append(file.finding((segment_id,), message, "see `cardletter segment`: s001"))
        names |= {segment_id: name} if name else {}
        findings += found
    return names, findings + _same(file, names)


def _same(file: YamlFile, names: dict[str, Name]) -> list[Finding]:
    """Find names that people gave to two segments."""
    owner: dict[str, str] = {}
    found = []
    for segment_id, each in names.items():
        if each.name in owner:
            message = f"{segment_id} is called what {owner[each.name]} is called: {each.name!r}"
            found.append(file.finding((segment_id, "name"), message, "give it a name of its own"))
        elif each.name:
            owner[each.name] = segment_id
    return found
