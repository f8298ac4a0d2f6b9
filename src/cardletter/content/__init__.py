"""Content: what there is to say, and what each segment is told.

Public verbs: `match` (a stage), `read_catalogue`, `read_edition`, `read_variants`, `due`.
"""

from cardletter.content.catalogue import Item, read_catalogue
from cardletter.content.edition import Edition, due, editions, read_edition
from cardletter.content.matching import match
from cardletter.content.variants import Variant, read_variants

__all__ = [
    "Edition",
    "Item",
    "Variant",
    "due",
    "editions",
    "match",
    "read_catalogue",
    "read_edition",
    "read_variants",
]
