"""Linked: what each link of a letter speaks of, so that a click says what its reader enjoys."""

from collections.abc import Iterable

from cardletter.content.catalogue import Item
from cardletter.profiles import LINKED
from cardletter.workspace import Workspace


def write_linked(desk: Workspace, items: Iterable[Item]) -> None:
    """Write by link the interests of its item; of several items, those that all of them have."""
    speaks: dict[str, list[str]] = {}
    for item in items:
        for link in {item.link, *(twin.link for twin in item.twins.values())}:
            known = speaks.get(link, item.interests)
            speaks[link] = [name for name in known if name in item.interests]
    desk.write_json(LINKED, dict(sorted(speaks.items())))
