"""The sheet: groups of members by items, who may see what, and what it is worth to them.

An item is worth what a group's members want its interest (see `appetite`), never lift: what is rare
is not yet what is wanted. What members asked for themselves wins: more leads, less waits, never is
not shown at all. An item's priority multiplies, and what they saw of late waits for what is fresh.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from cardletter.content.catalogue import Item
from cardletter.content.edition import Edition
from cardletter.content.locales import Locales
from cardletter.content.recommender import Mask, Places, Scores
from cardletter.content.variants import EVERYWHERE, Market
from cardletter.segments import Segment, Wishes

Ranks = npt.NDArray[np.int16]

SECOND = 0.7
"""What an item's second interest counts, against its first."""
UNTIED = 0.05
"""The score of an item that is tied to no interest: it fills what is left."""
ASKED, LESS = 1.0, 0.2
"""The score of what a member asked more of, and what less of it counts against its score."""
DESIRE = 1.05
"""What an item counts that is made to respond to a desire, where members told of that desire."""


@dataclass(frozen=True)
class Group:
    """Members who get the same letter: of one segment and market, with the same wishes."""

    segment: Segment
    wishes: Wishes
    size: int
    market: Market = EVERYWHERE
    discoveries: str = ""
    """The block of discoveries that stands beside the segment's favourites."""
    generic: bool = False
    """Their letter is everybody's: nobody looks at what they spend."""


@dataclass(frozen=True)
class Rates:
    """How much the members of each group want each interest: groups x interests."""

    favourites: Scores
    discoveries: Scores


@dataclass(frozen=True)
class Past:
    """What earlier letters make of the items' scores: groups x items."""

    favour: Scores
    discover: Scores


@dataclass(frozen=True)
class Themes:
    """The interest for which each item is worth most: groups x items.

    Of what is tied to none it is the number of interests.
    """

    favour: Ranks
    discover: Ranks

    def of(self, kind: str) -> Ranks:
        """Give those by which places of a kind are filled."""
        return self.discover if kind == "discoveries" else self.favour


@dataclass(frozen=True)
class Sheet:
    """Groups x items, for one edition."""

    edition: Edition
    interests: tuple[str, ...]
    groups: Sequence[Group]
    items: Sequence[Item]
    """Those that may be shown, by id."""
    rates: Rates
    may: Mask
    """Whom an item may be shown to."""
    favour: Scores
    """What an item is worth as a favourite ..."""
    discover: Scores
    """... and as a discovery."""
    themes: Themes
    """The interest that each group would have an item for, as either."""
    column: dict[str, int] = field(default_factory=dict)
    """Each item's column."""

    @property
    def sizes(self) -> Places:
        """Count the members of each group."""
        return np.array([group.size for group in self.groups], dtype=np.int64)

    @functools.cached_property
    def names(self) -> npt.NDArray[np.object_]:
        """Give each item's id."""
        return np.array([item.item_id for item in self.items], dtype=object)

    @functools.cached_property
    def first(self) -> Places:
        """Give each item's first interest; items that are tied to none have the last column."""
        return _places(self.items, 0, self.interests, len(self.interests))

    @functools.cached_property
    def alone(self) -> Mask:
        """Tell which items a member may be shown alone: articles of an interest without limits."""
        fixed = set(self.edition.fixed_items)
        return np.array(
            [
                item.kind == "article"
                and bool(item.interests)
                and not (item.limited or item.item_id in fixed)
                for item in self.items
            ],
            dtype=np.bool_,
        )


@dataclass(frozen=True)
class Catalogue:
    """What there is to choose from for one edition."""

    edition: Edition
    interests: tuple[str, ...]
    items: Sequence[Item]
    """Those that may be shown as long as the edition is sent, by id."""
    locales: Locales


def spread(
    catalogue: Catalogue, groups: Sequence[Group], rates: Rates, past: Past | None = None
) -> Sheet:
    """Lay out the sheet."""
    edition, items, interests = catalogue.edition, catalogue.items, catalogue.interests
    wanted = _wished(rates.favourites, groups, interests)
    found = _wished(rates.discoveries, groups, interests)
    (favoured, favour), (new, discover) = (
        _worth(rates_, items, interests) for rates_ in (wanted, found)
    )
    lead = np.array([item.priority for item in items]) * _desire(groups, items)
    before = past or Past(np.ones_like(lead), np.ones_like(lead))
    return Sheet(
        edition=edition,
        interests=interests,
        groups=groups,
        items=items,
        rates=rates,
        may=_may(groups, items, catalogue.locales),
        favour=(favoured * lead * before.favour).astype(np.float32),
        discover=(new * lead * before.discover).astype(np.float32),
        themes=Themes(favour, discover),
        column={item.item_id: place for place, item in enumerate(items)},
    )


def _places(items: Sequence[Item], rank: int, interests: tuple[str, ...], none: int) -> Places:
    at = {name: place for place, name in enumerate(interests)}
    return np.array(
        [
            at.get(item.interests[rank], none) if len(item.interests) > rank else none
            for item in items
        ],
        dtype=np.int64,
    )


def _wished(rates: Scores, groups: Sequence[Group], interests: tuple[str, ...]) -> Scores:
    """Give what groups want, with what their members asked for themselves put in."""
    told = rates.copy()
    at = {name: place for place, name in enumerate(interests)}
    for row, group in enumerate(groups):
        less = [at[name] for name in group.wishes.less if name in at]
        more = [at[name] for name in group.wishes.more if name in at]
        told[row, less] *= LESS
        told[row, more] = ASKED
    return told


def _worth(
    wanted: Scores, items: Sequence[Item], interests: tuple[str, ...]
) -> tuple[Scores, Ranks]:
    """Score items by the best of their interests, all but the first counting less; say which."""
    worth = np.zeros((len(wanted), len(items)), dtype=np.float32)
    theme = np.tile(_places(items, 0, interests, len(interests)).astype(np.int16), (len(wanted), 1))
    for rank in range(max((len(item.interests) for item in items), default=0)):
        places = _places(items, rank, interests, -1)
        tied = np.flatnonzero(places >= 0)
        own = wanted[:, places[tied]] * (1 if rank == 0 else SECOND)
        more = own > worth[:, tied]
        theme[:, tied] = np.where(more, places[tied].astype(np.int16), theme[:, tied])
        worth[:, tied] = np.where(more, own, worth[:, tied])
    worth[:, [place for place, item in enumerate(items) if not item.interests]] = UNTIED
    return worth, theme


def _desire(groups: Sequence[Group], items: Sequence[Item]) -> Scores:
    """Give what lets items lead that answer what members asked for."""
    found = np.ones((len(groups), len(items)), dtype=np.float32)
    answers = [
        (place, set(item.interests))
        for place, item in enumerate(items)
        if item.experience == "respond to desire"
    ]
    for row, group in enumerate(groups):
        if group.wishes.more:
            found[row, [place for place, own in answers if own & group.wishes.more]] = DESIRE
    return found


def _may(groups: Sequence[Group], items: Sequence[Item], locales: Locales) -> Mask:
    """Tell who is eligible for an item, can read it, and did not say never to it."""
    markets = {group.market for group in groups}
    seen = {
        market: np.array([may_see(market, item, locales) for item in items], dtype=bool)
        for market in markets
    }
    refused = {
        group.wishes.never: np.array(
            [bool(group.wishes.never & set(item.interests)) for item in items], dtype=bool
        )
        for group in groups
        if group.wishes.never
    }
    may = np.zeros((len(groups), len(items)), dtype=bool)
    for row, group in enumerate(groups):
        may[row] = seen[group.market]
        if group.wishes.never:
            may[row] &= ~refused[group.wishes.never]
    return may


def may_see(market: Market, item: Item, locales: Locales) -> bool:
    """Tell whether the members of a market are eligible for an item and can read it."""
    return market.may_see(item) and locales.say(item, market.locale or locales.default) is not None
