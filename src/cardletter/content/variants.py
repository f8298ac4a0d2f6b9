"""Variants: an edition filled for one segment and market.

A market is what the catalogue's rules tell members apart by: locale, product and country, each ""
where no rule names what a member has. So letters differ only where content does.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import ibis
import pandas as pd

from cardletter.content.catalogue import Item
from cardletter.content.locales import Locales
from cardletter.sources import Warehouse, checked
from cardletter.workspace import Workspace

VARIANTS = "variants.json"


@dataclass(frozen=True, order=True)
class Market:
    """What members have in common by which the catalogue's rules go."""

    locale: str = ""
    product: str = ""
    country: str = ""

    def may_see(self, item: Item) -> bool:
        """Tell whether the item's rules let its members see it; who is not known may not."""
        rules = item.eligibility
        here = not rules.countries or self.country in rules.countries
        said = not rules.locales or self.locale in rules.locales
        return here and said and (not rules.products or self.product in rules.products)


EVERYWHERE = Market()
"""The market of members whom no rule tells apart."""


@dataclass(frozen=True)
class Variant:
    """One letter of an edition: whose it is, and how many members it is for.

    Several groups of members whose letters came out equal share a variant; it is told by the first
    of them, without wishes if one has none.
    """

    variant_id: str
    segment_id: str
    locale: str
    product: str
    country: str
    wishes: str
    members: int
    discoveries: str = ""
    """The block of discoveries that stands beside the segment's favourites, if there are blocks."""


def read_variants(desk: Workspace) -> list[Variant]:
    """Read an edition's variants, each once, in the order of their segments."""
    return [Variant(**fields) for fields in desk.read_json(VARIANTS)]


def write_variants(desk: Workspace, variants: Iterable[Variant]) -> None:
    """Write an edition's variants to variants.json."""
    desk.write_json(VARIANTS, [asdict(variant) for variant in variants])


def markets(desk: Workspace, items: Iterable[Item], locales: Locales) -> pd.DataFrame:
    """Give every member's market: member_id, locale, product, country.

    The locale is that of the letter, "" in a project of one language.
    """
    members = checked(Warehouse(desk.settings), "members")
    named = _named(items)
    told = bool(locales.others or named["locale"])
    named["locale"] = set(locales.every) if told else set()
    known = {
        name: members[name].fill_null("") if name in members.columns else ibis.literal("")
        for name in named
    }
    table: pd.DataFrame = members.select("member_id", **known).to_pandas()
    if told:
        written = {each: locales.nearest(each) for each in table["locale"].unique()}
        table["locale"] = table["locale"].map(written)
    for name, values in named.items():
        table[name] = table[name].where(table[name].isin(values), "").astype(str)
    return table


def _named(items: Iterable[Item]) -> dict[str, set[str]]:
    """Give what the rules of the items name."""
    rules = [item.eligibility for item in items]
    products = {product for each in rules for product in each.products}
    countries = {country for each in rules for country in each.countries}
    spoken = {locale for each in rules for locale in each.locales}
    return {"locale": spoken, "product": products, "country": countries}
