"""What marketers write about segments: clustering.yaml and names.yaml."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from cardletter.errors import Finding
from cardletter.yamlfile import YamlFile

CLUSTERING = "segments/clustering.yaml"
NAMES = "segments/names.yaml"


class Clustering(BaseModel):
    """How members are grouped."""

    model_config = ConfigDict(extra="forbid")

    segments: int | Literal["auto"] = "auto"
    k_min: int = Field(50, ge=20)
    least_purchases: int = Field(3, ge=1)
    seed: int = Field(7, ge=0)

    def wanted(self, members: int) -> int:
        """Give how many clusters to look for among so many members."""
        most = max(1, members // self.k_min)
        return min(most, max(1, members // 25) if self.segments == "auto" else self.segments)


class Name(BaseModel):
    """What people call a segment; what they leave out, the machine proposes."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(None, min_length=2, max_length=60)
    phrase: str | None = Field(None, min_length=2, max_length=80)


def read_clustering(project: Path) -> tuple[Clustering, list[Finding]]:
    """Read segments/clustering.yaml; give the defaults where it has findings."""
    file = YamlFile.read(project, CLUSTERING)
    clustering, findings = file.fit(Clustering)
    return clustering or Clustering(), findings


def read_names(project: Path) -> tuple[dict[str, Name], list[Finding]]:
    """Read segments/names.yaml: segment id -> what people call it."""
    file = YamlFile.read(project, NAMES)
    findings = list(file.findings)
    names: dict[str, Name] = {}
    for segment_id in file.content:
        name, found = file.fit(Name, segment_id)
        names |= {segment_id: name} if name else {}
        findings += found
    return names, findings
