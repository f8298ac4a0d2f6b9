"""Content: what there is to say, and what each segment is told.

Public verbs: `match` (a stage), `read_catalogue`, `read_edition`, `due`.
"""

from cardletter.content.catalogue import Item, read_catalogue
from cardletter.content.edition import Edition, due, editions, read_edition
from cardletter.content.matching import match

__all__ = ["Edition", "Item", "due", "editions", "match", "read_catalogue", "read_edition"]
