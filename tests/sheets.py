"""Sheets made by hand: a few themes, items and groups of members whose right letter is known."""

import datetime as dt

import numpy as np

from cardletter.content import Edition, Item
from cardletter.content.locales import Locales
from cardletter.content.sheet import Catalogue, Group, Rates, Sheet, spread
from cardletter.content.variants import EVERYWHERE, Market
from cardletter.profiles import Interest, Interests
from cardletter.segments import Segment, Wishes

DAY = dt.date(2026, 12, 3)
THEMES = ("dining", "garden", "pets", "rail", "reading")
WORDS = Interests(
    {name: Interest(name, name.title(), f"the joy of {name}", ()) for name in THEMES},
    frozenset(),
    frozenset(),
)


def item(item_id: str, *interests: str, kind: str = "article", **more: object) -> Item:
    offer = {"merchant": "M", "terms": "T", "until": DAY} if kind == "offer" else {}
    fields = {"item_id": item_id, "kind": kind, "body": "b", "title": "Title", "image": "a.png"}
    fields |= {"teaser": "ten seconds", "alt": "alt", "link": "https://larkfield.example/"}
    return Item.model_validate(fields | offer | {"interests": list(interests)} | more)


def segment(name: str) -> Segment:
    return Segment(name, name.title(), f"words of {name}", 100, 100, (), {})


GARDENERS = {"garden": 0.9, "dining": 0.4, "pets": 0.3, "rail": 0.01}
EVERYBODY = {"dining": 0.5, "pets": 0.3, "garden": 0.2, "rail": 0.01}


def edition(fixed: dict[str, list[str]] | None = None, **slots: object) -> Edition:
    none = dict.fromkeys(("hero", "stories", "briefs", "offers"), 0)
    more = {name: slots.pop(name) for name in ("demands", "budgets") if name in slots}
    return Edition(date=DAY, subject="Subject", slots=none | slots, fixed=fixed or {}, **more)


def group(
    wishes: str = "", market: Market = EVERYWHERE, size: int = 100, generic: bool = False
) -> Group:
    return Group(segment("s001"), Wishes.read(wishes), size, market, generic=generic)


def sheet(
    items: list[Item],
    letter: Edition,
    groups: list[Group] | None = None,
    wants: list[dict[str, float]] | None = None,
    finds: dict[str, float] | None = None,
) -> Sheet:
    groups = groups or [group()]
    likes = wants or [GARDENERS] * len(groups)
    favourites = np.array([[each.get(name, 0) for name in THEMES] for each in likes], np.float32)
    novel = np.array([[(finds or {}).get(name, 0) for name in THEMES]] * len(groups), np.float32)
    shown = sorted((i for i in items if letter.may_show(i)), key=lambda each: each.item_id)
    catalogue = Catalogue(letter, THEMES, shown, Locales())
    return spread(catalogue, groups, Rates(favourites, novel))
