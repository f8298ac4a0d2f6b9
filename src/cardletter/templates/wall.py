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
    selections = pd.read_parquet(desk.file("selections.parquet"))
    titles = {item.item_id: item.title for item in read_catalogue(desk.project)[0]}
    of_segment: dict[str, str] = desk.read_json("variants.json")
    segments = sorted(
        read_segments(desk), key=lambda each: (each.segment_id == GENERIC, -each.size)
    )
    return [
        _variant(desk, segment, of_segment[segment.segment_id], selections, titles)
        for segment in segments
    ]


def _variant(
    desk: Workspace, segment: Segment, variant_id: str, picks: pd.DataFrame, titles: dict[str, str]
) -> dict[str, Any]:
    rendered = read_variant(desk, variant_id)
    own = picks[picks["variant_id"] == variant_id]
    return {
        "id": variant_id,
        "segment": segment.segment_id,
        "name": segment.name,
        "size": segment.size,
        "traits": [str(trait) for trait in segment.traits[:3]],
        "subject": rendered.subject,
        "kilobytes": round(len(rendered.html.encode()) / 1024),
        "html": rendered.html,
        "text": rendered.text,
        "picks": [
            {
                "slot": pick.slot,
                "title": titles[str(pick.item_id)],
                "score": pick.score,
                "reason": pick.reason,
            }
            for pick in own.itertuples()
        ],
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
