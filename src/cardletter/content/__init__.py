"""Content: what there is to say, and what each segment is told.

Public verbs: `match` (a stage), `read_catalogue`, `read_edition`, `read_locales`, `read_variants`,
`due`.
"""

from cardletter.content.catalogue import Item
from cardletter.content.edition import Edition
from cardletter.content.editions import due, editions, read_edition
from cardletter.content.locales import Locales, read_locales
from cardletter.content.matching import match
from cardletter.content.reading import read_catalogue
from cardletter.content.variants import Variant, read_variants

__all__ = [
    "Edition",
    "Item",
    "Locales",
    "Variant",
    "due",
    "editions",
    "match",
    "read_catalogue",
    "read_edition",
    "read_locales",
    "read_variants",
]
