"""Members: which letter one of them would get, and nothing that is theirs alone.

Asked by the member's id. What is told is what their segment shares, what they asked for themselves,
and whether they would be sent the edition at this moment; never a name, an address or spending.
"""

from dataclasses import dataclass

import pandas as pd

from cardletter.errors import EditionError
from cardletter.ledger import now
from cardletter.links import keyed_hash
from cardletter.permission import REASONS
from cardletter.permission.gate import inputs, judge
from cardletter.profiles import read_interests
from cardletter.segments import GENERIC, Wishes
from cardletter.workspace import Workspace

VERBS = {"more": "More of", "less": "Less of", "never": "Nothing of"}


@dataclass(frozen=True)
class Seen:
    """The letter of one member."""

    variant_id: str
    facts: list[tuple[str, str]]


def as_member(desk: Workspace, member_id: str) -> Seen:
    """Give the letter that a member would get.

    Raises:
        EditionError: they would get none, and why.
    """
    own = pd.read_parquet(
        desk.file("assignments.parquet"), filters=[("member_id", "==", member_id)]
    )
    key = keyed_hash(desk.hash_key, "member", member_id)
    if own.empty or desk.ledger.forgotten(key):
        raise EditionError(f"Nobody with this id was a candidate of edition {desk.edition}.")
    _allowed(desk, own)
    row = own.iloc[0]
    if pd.isna(row["variant_id"]):
        raise EditionError(f"They would get no letter: {REASONS['nothing_to_say']}.")
    facts = [("Permission", "may be sent this edition, asked just now"), *_wishes(desk, row)]
    if row["segment_id"] == GENERIC:
        facts.append(("Everyone’s letter", "spending may not, or cannot yet, shape theirs"))
    return Seen(str(row["variant_id"]), facts)


def _allowed(desk: Workspace, own: pd.DataFrame) -> None:
    """Ask the gate, as sending would."""
    rules, candidates = desk.settings.permission, own.assign(marketing=True)
    verdict = judge(inputs(desk, candidates, rules), rules, now()).iloc[0]
    if verdict["outcome"] != "allowed":
        reason = REASONS.get(str(verdict["reason"]), str(verdict["reason"]))
        raise EditionError(f"They would get no letter now ({verdict['outcome']}): {reason}.")


def _wishes(desk: Workspace, row: pd.Series) -> list[tuple[str, str]]:
    """Say what the member asked for."""
    wishes, known = Wishes.read(str(row["wishes"])), read_interests(desk.project)[0].interests
    asked = {name: getattr(wishes, name) for name in VERBS}
    return [
        (VERBS[name], ", ".join(sorted(known[n].name if n in known else n for n in names)))
        for name, names in asked.items()
        if names
    ]
