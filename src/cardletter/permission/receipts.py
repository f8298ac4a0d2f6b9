"""Receipts: what was decided for every candidate, chained so that nothing is altered unseen.

Each row has the keyed hash of what it says, and a link: the hash of the link before it and its own.
The last link stands in the ledger. A row that was erased keeps its two hashes and nothing else, so
that the chain still holds.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator

import pandas as pd

from cardletter.errors import EditionError
from cardletter.links import keyed_hash
from cardletter.workspace import Workspace

RECEIPTS = "receipts.parquet"
"""One row a candidate: what TOLD lists, its row_hash, and its link in the chain."""

PLAN = "plan.json"
ERASED = "erased"
"""The reason that all receipts of erased members have, and the only thing they say."""

TOLD = (
    *("member_id", "segment_id", "wishes", "variant_id", "arm"),
    *("outcome", "reason", "consent_id", "decided_at"),
)


def write_receipts(desk: Workspace, receipts: pd.DataFrame) -> None:
    """Write the receipts as a whole, chained in the order of member ids, and seal them."""
    ordered = receipts[list(TOLD)].sort_values("member_id").reset_index(drop=True)
    # A number with gaps: else it would read 12.0 as soon as one receipt has none, and hash anew.
    ordered["consent_id"] = ordered["consent_id"].astype("Int64")
    ordered["row_hash"] = list(_row_hashes(desk, ordered))
    ordered["chain"] = list(_chain(ordered["row_hash"]))
    part = desk.file(f".{RECEIPTS}.part")
    ordered.to_parquet(part, index=False)
    part.replace(desk.file(RECEIPTS))
    desk.ledger.seal(desk.edition, str(ordered["chain"].iloc[-1]))


def read_receipts(desk: Workspace) -> pd.DataFrame:
    """Read the receipts of an edition.

    Raises:
        EditionError: nothing of it was judged yet.
    """
    if not desk.file(RECEIPTS).is_file():
        raise EditionError(
            f"Edition {desk.edition} is not sent yet: `cardletter run {desk.edition}`."
        )
    return pd.read_parquet(desk.file(RECEIPTS))


def keep_erased(desk: Workspace, receipts: pd.DataFrame) -> pd.DataFrame:
    """Add what is left of the receipts of erased members, so that the accounts still add up.

    Who was erased after the edition was frozen, and before it was judged at all, never had one:
    they get the blank one that would be left of it.
    """
    if desk.file(RECEIPTS).is_file():
        old = read_receipts(desk)
        gone = old.loc[old["reason"] == ERASED, ["outcome", "reason"]]
    else:
        gone = pd.DataFrame(
            {"outcome": "refused", "reason": ERASED}, range(_missing(desk, receipts))
        )
    if gone.empty:
        return receipts
    typed = receipts.astype({"consent_id": "Int64"})
    blank = gone.reindex(columns=typed.columns).astype(typed.dtypes.to_dict())
    return pd.concat([typed, blank], ignore_index=True)


def _missing(desk: Workspace, receipts: pd.DataFrame) -> int:
    """Count the members of a frozen edition that are erased since; others would be missed."""
    known = desk.ledger.edition(desk.edition)
    if known is None or not desk.file(PLAN).is_file():
        return 0
    missing = int(desk.read_json(PLAN)["candidates"]) - len(receipts)
    return max(0, min(missing, desk.ledger.erased_since(known["frozen_at"])))


def altered(desk: Workspace) -> list[str]:
    """Give what shows that receipts were altered since they were sealed, or nothing."""
    receipts = read_receipts(desk)
    known = desk.ledger.edition(desk.edition) or {}
    links = list(_chain(receipts["row_hash"]))
    kept = receipts["reason"] != ERASED
    hashes = pd.Series(list(_row_hashes(desk, receipts[kept])), index=receipts.index[kept])
    found = []
    if not links or links[-1] != known.get("receipts_head"):
        found.append("the last link is not the one the ledger has")
    if links != receipts["chain"].tolist():
        found.append("the links do not follow from one another")
    if wrong := int((hashes != receipts.loc[kept, "row_hash"]).sum()):
        found.append(f"{wrong:,} receipts do not say what they said when they were sealed")
    return found


def _row_hashes(desk: Workspace, receipts: pd.DataFrame) -> Iterator[str]:
    key = desk.links.keys[0]
    said = json.JSONEncoder(sort_keys=True).encode
    for row in zip(*(_texts(receipts[name]) for name in TOLD), strict=True):
        yield keyed_hash(key, "receipt", said(dict(zip(TOLD, row, strict=True))))


def _texts(column: pd.Series) -> list[str | None]:
    """Give a column as text, None where nothing is told; many rows tell the same."""
    codes, told = pd.factorize(column)
    texts = [*map(str, told), None]
    return [texts[code] for code in codes.tolist()]


def _chain(hashes: Iterable[str]) -> Iterator[str]:
    link = ""
    for each in hashes:
        link = hashlib.sha256(f"{link}{each}".encode()).hexdigest()
        yield link
