"""Pictures as small PNG files: few colours, smooth edges."""

import io
import math
from collections import Counter
from functools import partial
from itertools import pairwise
from pathlib import Path

from PIL import Image

from pictures.canvas import ZOOM, Canvas
from pictures.catalogue import PICTURES

Colour = tuple[int, ...]

HEAVIEST = 13_500
"""Bytes above which a picture is saved again with fewer colours for its softened edges."""


def triples(image: Image.Image) -> list[Colour]:
    """The pixels of an image, row by row."""
    data = image.tobytes()
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


def distance(a: Colour, b: Colour) -> int:
    """How unlike two colours are: the square of the way between them."""
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2


def seams(pixels: list[Colour], width: int, flat: list[Colour]) -> list[tuple[Colour, Colour]]:
    """The pairs of flat colours that touch, those whose seam shows most first."""
    touching = Counter(pairwise(pixels))
    touching.update(zip(pixels, pixels[width:], strict=False))
    shown: Counter[tuple[Colour, Colour]] = Counter()
    for (a, b), count in touching.items():
        if a != b and a in flat and b in flat:
            shown[min(a, b), max(a, b)] += round(count * math.sqrt(distance(a, b)))
    return [pair for pair, _ in shown.most_common()]


def reduced_palette(
    flat: list[Colour], pairs: list[tuple[Colour, Colour]], size: int
) -> list[Colour]:
    """The flat colours as they are; then two blends for each of the boldest seams, or one."""
    room = size - len(flat)
    bold = room // 4
    shares = [(pair, t) for pair in pairs[:bold] for t in (1 / 3, 2 / 3)]
    shares += [(pair, 1 / 2) for pair in pairs[bold:]]
    blends = [
        tuple(round(x + (y - x) * t) for x, y in zip(a, b, strict=True)) for (a, b), t in shares
    ]
    return flat + blends[:room]


def encode(pixels: list[Colour], size: tuple[int, int], colours: list[Colour]) -> bytes:
    """A PNG of the pixels in these colours only."""
    places = {
        pixel: colours.index(min(colours, key=partial(distance, pixel))) for pixel in set(pixels)
    }
    image = Image.frombytes("P", size, bytes(map(places.__getitem__, pixels)))
    image.putpalette([value for colour in colours for value in colour])
    return saved(image)


def saved(image: Image.Image) -> bytes:
    """The image as a PNG."""
    data = io.BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()


def png(canvas: Canvas) -> bytes:
    """The canvas at its real size, in as many colours as its weight allows."""
    small = canvas.image.reduce(ZOOM)
    if small.mode == "RGBA":
        return saved(small)
    hard = triples(canvas.image.resize(small.size, Image.Resampling.NEAREST))
    flat = [colour for colour, _ in Counter(hard).most_common(26)]
    pairs, pixels = seams(hard, small.width, flat), triples(small)
    for size in (32, 28):
        data = encode(pixels, small.size, reduced_palette(flat, pairs, size))
        if len(data) <= HEAVIEST:
            break
    return data


def draw_all(out: Path) -> None:
    """Draw every picture of the table into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for name, picture in PICTURES.items():
        canvas = Canvas(picture.width, picture.height, picture.ground)
        picture.draw(canvas)
        (out / f"{name}.png").write_bytes(png(canvas))
