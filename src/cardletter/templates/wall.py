"""The wall: every variant of an edition side by side, in one file that needs nothing else."""

import base64
import html
import json
import string
from importlib.resources import files
from typing import Any

import pandas as pd

from cardletter.content import Variant, read_catalogue, read_variants
from cardletter.progress import Counts
from cardletter.segments import GENERIC, Segment, read_clustering, read_segments
from cardletter.templates.rendering import pictures_at, read_variant
from cardletter.workspace import Workspace, stage


@stage("wall")
def hang(desk: Workspace) -> Counts:
    """Hang every variant on wall.html: a thumbnail, its segment, its picks, a click to the mail.

    Self-contained: pictures are in it once, and each mail opens in a sandboxed frame.
    """
    page = string.Template(files("cardletter.templates").joinpath("wall.html").read_text("utf-8"))
    all_variants = read_variants(desk)
    variants = _hung(desk, all_variants)
    prefix = pictures_at(desk)
    pictures = _pictures(desk, prefix, "".join(variant["html"] for variant in variants))
    filled = page.substitute(
        edition=html.escape(desk.edition),
        subject=html.escape(variants[0]["subject"]),
        data=_in_script({"variants": variants, "pictures": pictures, "prefix": prefix}),
        members=f"{sum(variant.members for variant in all_variants):,}",
        variants=f"{len(variants):,}",
    )
    desk.write("wall.html", filled)
    return {"variants": len(variants), "pictures": len(pictures)}


def _hung(desk: Workspace, variants: list[Variant]) -> list[dict[str, Any]]:
    """Give what is on the wall: segments' own first, the largest first, then the tuned ones."""
    segments = {segment.segment_id: segment for segment in read_segments(desk)}
    picks, least = _picks(desk), read_clustering(desk.project)[0].k_min
    found = [
        _told(variant, segments[variant.segment_id], least)
        | _letter(desk, variant.variant_id)
        | {"picks": picks[variant.variant_id]}
        for variant in variants
    ]
    return sorted(found, key=lambda one: (one["segment"] == GENERIC, one["tuned"], -one["size"]))


def _told(variant: Variant, segment: Segment, least: int) -> dict[str, Any]:
    """Give whom a variant is for; never how few they are, where they are few."""
    market = [part for part in (variant.locale, variant.product, variant.country) if part]
    few = bool(variant.wishes) or (bool(market) and variant.members < least)
    return {
        "segment": segment.segment_id,
        "name": " \u00b7 ".join([segment.name, *market]),
        "size": 0 if few else variant.members,
        "tuned": bool(variant.wishes),
        "traits": [str(trait) for trait in segment.traits[:3]],
    }


def _letter(desk: Workspace, variant_id: str) -> dict[str, Any]:
    rendered = read_variant(desk, variant_id)
    size = round(len(rendered.html.encode()) / 1024)
    parts = {"subject": rendered.subject, "html": rendered.html, "text": rendered.text}
    return {"id": variant_id, "kilobytes": size} | parts


def _picks(desk: Workspace) -> dict[str, list[dict[str, Any]]]:
    """Give what each variant shows, and why."""
    titles = {item.item_id: item.title for item in read_catalogue(desk.project)[0]}
    selections = pd.read_parquet(desk.file("selections.parquet"))
    selections["title"] = selections["item_id"].map(titles)
    told = selections[["slot", "title", "score", "reason"]]
    return {
        str(variant_id): [{str(k): v for k, v in row.items()} for row in group.to_dict("records")]
        for variant_id, group in told.groupby(selections["variant_id"])
    }


def _pictures(desk: Workspace, prefix: str, shown: str) -> dict[str, str]:
    """Give the pictures that are shown, as data URIs, each once."""
    used = (
        file for file in sorted(desk.file("pictures").glob("*.png")) if prefix + file.name in shown
    )
    return {
        file.name: "data:image/png;base64," + base64.b64encode(file.read_bytes()).decode()
        for file in used
    }


def _in_script(data: object) -> str:
    """Write JSON that cannot end the script element it stands in."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
