"""A small catalogue to write in a test: articles, offers, editions, and the pictures they show."""

from pathlib import Path

from PIL import Image

from tiny import INTERESTS, put

ARTICLE = """\
---
title: Fold paper along its grain
interests: [reading]
teaser: A card that cracks at the fold was cut the wrong way.
image: fold.png
alt: A folded card
from: 2026-11-01
until: 2027-03-31
link: https://larkfield.example/fold
---
Most paper has a grain. Fold along it.
"""
OFFER = ARTICLE.replace("title:", "merchant: Aperley Photo\nterms: Once per member.\ntitle:")
EDITION = """\
date: 2026-12-03
subject: Good things for short days
slots:
  hero: 1
  stories: 2
"""


def catalogue(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Write articles/x.md, offers/y.md, editions/z.yaml, with the one picture they show."""
    put(folder / "segments/interests.yaml", INTERESTS)
    for name, text in (files or {}).items():
        put(folder / "content" / name, text)
    picture = folder / "content/pictures/fold.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 4), "teal").save(picture)
    return folder


def piece(title: str, interests: str = "", more: str = "", text: str = ARTICLE) -> str:
    """Give an article or offer of a title, interests and further keys."""
    text = text.replace("Fold paper along its grain", title).replace("[reading]", f"[{interests}]")
    return text.replace("link:", more + "link:", 1)
