"""Choice: the features that members are told apart by, and why these."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Choice:
    """Features, why these, and what each came to where some were tried."""

    features: str
    why: str
    tried: dict[str, Any] = field(default_factory=dict)
