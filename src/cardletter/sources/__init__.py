"""Sources: the issuer's tables, checked against the contract, read where they are.

Public verbs: `pull` (a stage), `synthesize`, `unpack_journey`.
"""

from cardletter.sources.contract import checked, pull
from cardletter.sources.journey import unpack_journey
from cardletter.sources.notes import kept_rows, notes_of
from cardletter.sources.remote import forget_objects
from cardletter.sources.synthetic import synthesize
from cardletter.sources.warehouse import Warehouse

__all__ = [
    "Warehouse",
    "checked",
    "forget_objects",
    "kept_rows",
    "notes_of",
    "pull",
    "synthesize",
    "unpack_journey",
]
