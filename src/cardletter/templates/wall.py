"""The wall: every variant of an edition side by side, in one file that needs nothing else."""

import base64
import html
import json
import string
from collections import Counter
from importlib.resources import files
from typing import Any

import pandas as pd

from cardletter.content import Variant, read_catalogue, read_variants
from cardletter.progress import Counts, track
from cardletter.segments import GENERIC, Segment, read_clustering, read_segments
from cardletter.templates.linting import NOTICED
from cardletter.templates.packing import Packer, compressed
from cardletter.templates.rendering import pictures_at, read_variant
from cardletter.workspace import Workspace, stage


@stage("wall")
def hang(desk: Workspace) -> Counts:
    """Hang every variant on wall.html: a thumbnail, its segment, its picks, a click to the mail.

    Self-contained: what letters share and every picture is in it once, and each mail opens in a
    sandboxed frame.
    """
    variants = read_variants(desk)
    cards = _cards(desk, variants)
    prefix, packer = pictures_at(desk), Packer()
    letters, shown = [], set[str]()
    known = {file.name for file in desk.file("pictures").glob("*.png")}
    for card in track(cards, "variants", len(cards)):
        rendered = read_variant(desk, card["id"])
        card["subject"] = " | ".join(filter(None, (rendered.subject, rendered.subject_b)))
        card["bytes"] = len(rendered.html.encode())
        letters.append([packer.pack(rendered.html), packer.pack(rendered.text)])
        names = [part.split('"', 1)[0] for part in rendered.html.split(prefix)[1:]]
        # The first is the brand's own; the next says what the letter opens with.
        card["picture"] = next((name for name in names[1:] if name in known), "")
        shown |= known.intersection(names)
    page = string.Template(files("cardletter.templates").joinpath("wall.html").read_text("utf-8"))
    picks, items = _picks(desk, cards)
    filled = page.substitute(
        edition=html.escape(desk.edition),
        subject=html.escape(cards[0]["subject"]),
        cards=_in_script({"cards": cards, "items": items, "prefix": prefix}),
        letters=compressed({"letters": letters, "picks": picks, **packer.packed()}),
        pictures=_in_script(_pictures(desk, shown)),
        members=f"{sum(variant.members for variant in variants):,}",
        variants=f"{len(variants):,}",
    )
    desk.write("wall.html", filled)
    return {"variants": len(variants), "pictures": len(shown), "kilobytes": len(filled) // 1024}


def _cards(desk: Workspace, variants: list[Variant]) -> list[dict[str, Any]]:
    """Give what is on the wall: segments' own first, the largest first, then the tuned ones."""
    segments = {segment.segment_id: segment for segment in read_segments(desk)}
    least = read_clustering(desk.project)[0].k_min
    noticed = desk.read_json(NOTICED) if desk.folder.joinpath(NOTICED).is_file() else {}
    shares = strangeness(desk, variants)
    found = [
        _card(variant, segments[variant.segment_id], least)
        | {
            "noticed": noticed.get(variant.variant_id, 0),
            "strange": round(shares[variant.variant_id], 3),
        }
        for variant in variants
    ]
    return sorted(found, key=lambda one: (one["segment"] == GENERIC, one["tuned"], -one["size"]))


def _card(variant: Variant, segment: Segment, least: int) -> dict[str, Any]:
    """Give whom a variant is for; never how few they are, where they are few."""
    market = [part for part in (variant.locale, variant.product, variant.country) if part]
    few = bool(variant.wishes) or (bool(market) and variant.members < least)
    return {
        "id": variant.variant_id,
        "segment": segment.segment_id,
        "name": " \u00b7 ".join([segment.name, *market]),
        "size": 0 if few else variant.members,
        "tuned": bool(variant.wishes),
        "traits": [str(trait) for trait in segment.traits[:3]],
    }


def strangeness(desk: Workspace, variants: list[Variant]) -> dict[str, float]:
    """Give how far each variant's items are from everybody's: 0 all see them, 1 nobody else does.

    It is the mean, over its items, of the share of members who are not shown the item.
    """
    picks = pd.read_parquet(desk.file("selections.parquet"), columns=["variant_id", "item_id"])
    shown = {str(name): set(own) for name, own in picks.groupby("variant_id")["item_id"]}
    seen: Counter[str] = Counter()
    for variant in variants:
        for item in shown[variant.variant_id]:
            seen[item] += variant.members
    everybody = max(sum(variant.members for variant in variants), 1)
    return {
        variant.variant_id: 1
        - sum(seen[item] for item in shown[variant.variant_id])
        / (everybody * len(shown[variant.variant_id]))
        for variant in variants
    }


def _picks(
    desk: Workspace, cards: list[dict[str, Any]]
) -> tuple[list[list[list[Any]]], list[dict[str, str]]]:
    """Give why each card's items are there, [slot, score, reason], and the items themselves.

    Every card is given the numbers of its items.
    """
    catalogue = {item.item_id: item for item in read_catalogue(desk.project)[0]}
    selections = pd.read_parquet(desk.file("selections.parquet"))
    names = sorted(set(selections["item_id"]))
    number = {name: place for place, name in enumerate(names)}
    groups = {str(name): group for name, group in selections.groupby("variant_id")}
    why = []
    for card in cards:
        own = groups[card["id"]]
        card["items"] = [number[name] for name in own["item_id"]]
        columns = (own["slot"], own["score"].round(2), own["reason"])
        why.append([list(each) for each in zip(*columns, strict=True)])
    known = [(name, catalogue.get(name)) for name in names]
    return why, [
        {"id": name, "title": item.title if item else name, "link": item.link if item else ""}
        for name, item in known
    ]


def _pictures(desk: Workspace, shown: set[str]) -> dict[str, str]:
    """Give the pictures that are shown, as data URIs, each once."""
    return {
        name: "data:image/png;base64,"
        + base64.b64encode(desk.file("pictures", name).read_bytes()).decode()
        for name in sorted(shown)
    }


def _in_script(data: object) -> str:
    """Write JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
