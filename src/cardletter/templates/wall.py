"""The wall: every variant of an edition side by side, in one file that needs nothing else."""

import base64
import html
import json
import string
from importlib.resources import files
from typing import Any

import pandas as pd

from cardletter.content import read_catalogue
from cardletter.progress import Counts
from cardletter.segments import GENERIC, Segment, read_segments
from cardletter.templates.rendering import pictures_at, read_variant
from cardletter.workspace import Workspace, stage


@stage("wall")
def hang(desk: Workspace) -> Counts:
    """Hang every variant on wall.html: a thumbnail, its segment, its picks, a click to the mail.

    Self-contained: pictures are in it once, and each mail opens in a sandboxed frame.
    """
    page = string.Template(files("cardletter.templates").joinpath("wall.html").read_text("utf-8"))
    variants = _variants(desk)
    prefix = pictures_at(desk)
    pictures = _pictures(desk, prefix, "".join(variant["html"] for variant in variants))
    filled = page.substitute(
        edition=html.escape(desk.edition),
        subject=html.escape(variants[0]["subject"]),
        data=_in_script({"variants": variants, "pictures": pictures, "prefix": prefix}),
        members=f"{sum(variant['size'] for variant in variants):,}",
        variants=f"{len(variants):,}",
    )
    desk.write("wall.html", filled)
    return {"variants": len(variants), "pictures": len(pictures)}


def _variants(desk: Workspace) -> list[dict[str, Any]]:
    """Give the variants: segments' own first, the largest first, then those tuned to wishes."""
    segments = {segment.segment_id: segment for segment in read_segments(desk)}
    picks = _picks(desk)
    found = [
        _variant(segments[key.split()[0]], tuned=" " in key)
        | _letter(desk, variant_id)
        | {"picks": picks[variant_id]}
        for key, variant_id in desk.read_json("variants.json").items()
    ]
    return sorted(found, key=lambda one: (one["segment"] == GENERIC, one["tuned"], -one["size"]))


def _variant(segment: Segment, *, tuned: bool) -> dict[str, Any]:
    """Give whom a variant is for; of tuned ones never how few they are."""
    return {
        "segment": segment.segment_id,
        "name": segment.name,
        "size": 0 if tuned else segment.size,
        "tuned": tuned,
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
