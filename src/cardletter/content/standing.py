"""Standing: how many members are shown each item, and why some items are shown to nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardletter.content.catalogue import Item
from cardletter.content.edition import Edition
from cardletter.content.showing import Showing

FEW = "few"


@dataclass(frozen=True)
class Standing:
    """How an item stands in an edition, in words."""

    item_id: str
    title: str
    members: str
    most: str
    """Members it may be shown to, where there is a limit."""
    why: str
    """Why it is shown to nobody."""


def few(count: int, least: int) -> str:
    """Say how many members there are, and never fewer than `least`."""
    return FEW if 0 < count < least else f"{count:,}"


def standing(showing: Showing, items: Sequence[Item], least: int) -> list[Standing]:
    """Tell of every item of the catalogue, beginning with what most are shown."""
    reach = dict(zip(showing.columns, showing.reach.tolist(), strict=True))
    ordered = sorted(items, key=lambda item: (-reach.get(item.item_id, 0), item.item_id))
    return list(_told(showing, ordered, reach, least))


def _told(
    showing: Showing, items: Sequence[Item], reach: dict[str, int], least: int
) -> Iterator[Standing]:
    for item in items:
        shown = reach.get(item.item_id, 0)
        limit = showing.matched.sheet.edition.budget(item).most
        most = "" if limit is None else f"{limit:,}"
        why = "" if shown else _why(showing, item, limit)
        yield Standing(item.item_id, item.title, few(shown, least), most, why)


def _why(showing: Showing, item: Item, most: int | None) -> str:
    """Say why an item is shown to nobody."""
    sheet = showing.matched.sheet
    if not item.priority:
        return "its priority is 0"
    if not sheet.edition.may_show(item):
        return _not_then(sheet.edition, item)
    if most == 0:
        return "its budget is 0"
    column = sheet.column[item.item_id]
    may, dropped = sheet.may[:, column].any(), showing.matched.rations.dropped
    wanted = sheet.favour[:, column].any() or sheet.discover[:, column].any()
    reasons = {
        "nobody may see it: see its eligibility and its languages": not may,
        "no member is known to want its interests": not wanted,
        "fewer may see it than its merchant was promised": item.item_id in dropped,
    }
    return next((why for why, so in reasons.items() if so), "others are wanted more")


def _not_then(edition: Edition, item: Item) -> str:
    if item.valid_from and item.valid_from > edition.date:
        return f"it begins on {item.valid_from}"
    return f"it ends on {item.until}, and the edition may be sent to {edition.last_day}"
