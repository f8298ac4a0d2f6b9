"""Draw every picture of the newsletter from code: `python scripts/draw_pictures.py`.

Few colours, light from the upper left, no outlines, no letters, no people. A scene is a function
that draws on a `Canvas`; the table `PICTURES` near the end names each with its alt text. Things
stand on their origin and reach upwards (negative y); things seen from above are centred on it.
With `--alt` the alt texts are written into the articles and offers that show the pictures.
"""

# ruff: noqa: PLR0913, PLR0917 -- a drawing call says place, size and look in one breath

from __future__ import annotations

import argparse
import io
import json
import math
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw

# --- Colours -----------------------------------------------------------------------------------

INK, TEAL, GREEN, MUSTARD = "#22343f", "#2f6f74", "#6b9268", "#e3a83b"
RUST, CRUST, BROWN, CREAM = "#cb5a3a", "#c88448", "#754632", "#fbf3e4"
ORANGE = "#dc8a3a"
ROSE, BLUSH, BUTTER, MIST, SAND, SEA = (
    "#e39a82",
    "#f0c8b2",
    "#f5dca6",
    "#c3d8d3",
    "#e9d8bb",
    "#86b0ae",
)
DARK = "#131f2b"

Outline = list[tuple[float, float]]
Shade = float | tuple[float, float]
Thing = Callable[..., None]
Scene = Callable[["Canvas"], None]
Colour = tuple[int, ...]


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a `#rrggbb` colour."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """The colour with a share of another in it."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def dim(colour: str, share: float = 0.17) -> str:
    """The colour in shadow."""
    return mix(colour, DARK, share)


def pale(colour: str, share: float = 0.35) -> str:
    """The colour in full light."""
    return mix(colour, CREAM, share)


# --- Outlines ----------------------------------------------------------------------------------


def nodes(text: str) -> list[tuple[float, float, bool]]:
    """Read `"x,y x,y! ..."`; an exclamation mark makes the point a sharp corner."""
    pairs = [(word.rstrip("!").split(","), word.endswith("!")) for word in text.split()]
    return [(float(x), float(y), sharp) for (x, y), sharp in pairs]


def bezier(a: complex, b: complex, c: complex, d: complex, steps: int = 16) -> Outline:
    """Points of a cubic curve from `a` up to, but without, `d`."""
    spots = []
    for i in range(steps):
        t = i / steps
        u = 1 - t
        spots.append(a * u**3 + 3 * b * u * u * t + 3 * c * u * t * t + d * t**3)
    return [(p.real, p.imag) for p in spots]


def unit(z: complex) -> complex:
    """The direction of a vector."""
    return z / abs(z) if z else 0j


def spline(text: str, closed: bool) -> Outline:
    """A smooth line through the points, with a kink at each sharp one."""
    spots = [(complex(x, y), sharp) for x, y, sharp in nodes(text)]
    n = len(spots)
    outline: Outline = []
    for i in range(n if closed else n - 1):
        (a, a_sharp), (b, b_sharp) = spots[i], spots[(i + 1) % n]
        before, after = spots[i - 1][0], spots[(i + 2) % n][0]
        a_end = a_sharp or (not closed and i == 0)
        b_end = b_sharp or (not closed and i == n - 2)
        leave = unit(b - a) if a_end else unit(b - before)
        arrive = unit(b - a) if b_end else unit(after - a)
        reach = abs(b - a) * 0.38
        outline += bezier(a, a + leave * reach, b - arrive * reach, b)
    return outline if closed else [*outline, nodes(text)[-1][:2]]


def blob(text: str) -> Outline:
    """A closed smooth shape through the points."""
    return spline(text, closed=True)


def curve(text: str) -> Outline:
    """An open smooth line through the points."""
    return spline(text, closed=False)


def poly(text: str, r: float = 0) -> Outline:
    """A straight-sided shape whose corners are rounded by `r`."""
    spots = [complex(x, y) for x, y, _ in nodes(text)]
    if not r:
        return [(p.real, p.imag) for p in spots]
    outline: Outline = []
    for i, p in enumerate(spots):
        back, forth = spots[i - 1] - p, spots[(i + 1) % len(spots)] - p
        a = p + unit(back) * min(r, abs(back) / 2)
        b = p + unit(forth) * min(r, abs(forth) / 2)
        outline += bezier(a, a + (p - a) * 0.55, b + (p - b) * 0.55, b, 16)
        outline.append((b.real, b.imag))
    return outline


def rect(x: float, y: float, w: float, h: float, r: float = 0) -> Outline:
    """A rectangle from its upper left corner."""
    return poly(f"{x},{y} {x + w},{y} {x + w},{y + h} {x},{y + h}", r)


def oval(
    x: float, y: float, rx: float, ry: float | None = None, start: float = 0, end: float = 360
) -> Outline:
    """An ellipse, or the part of it between two angles (clockwise from the right)."""
    ry = rx if ry is None else ry
    steps = max(12, round(abs(end - start) / 4))
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def lens(x0: float, y0: float, x1: float, y1: float, w: float) -> Outline:
    """A leaf shape between two points, `w` wide."""
    a, b = complex(x0, y0), complex(x1, y1)
    side = (b - a) * 1j / abs(b - a) * w * 0.68
    third = (b - a) / 3
    there = bezier(a, a + third + side, b - third + side, b)
    return there + bezier(b, b - third - side, a + third - side, a)


def ribbon(a: complex, b: complex, width: float) -> Outline:
    """The four corners of a straight band between two points."""
    side = unit(b - a) * 1j * width / 2
    return [(p.real, p.imag) for p in (a + side, b + side, b - side, a - side)]


def spots(text: str) -> Outline:
    """Bare points, for scattering."""
    return [(x, y) for x, y, _ in nodes(text)]


def around(n: int, r: float, start: float = 0) -> Outline:
    """`n` points evenly round a circle."""
    angles = [math.radians(start + 360 * i / n) for i in range(n)]
    return [(r * math.cos(a), r * math.sin(a)) for a in angles]


# --- Canvas ------------------------------------------------------------------------------------

ZOOM = 3
"""Drawn this many times larger, then reduced, for smooth edges."""


class Canvas:
    """A sheet in picture pixels, with a movable origin, on which outlines are filled."""

    def __init__(self, width: int, height: int, ground: str | None) -> None:
        """A blank sheet of one colour, or transparent."""
        self.width, self.height = width, height
        mode, paper = ("RGB", ground) if ground else ("RGBA", (0, 0, 0, 0))
        self.image = Image.new(mode, (width * ZOOM, height * ZOOM), paper or CREAM)
        self.floor = ground or CREAM
        self.origin, self.axis, self.flip = 0j, complex(ZOOM), False
        self.stencil: Image.Image | None = None

    @contextmanager
    def at(
        self, x: float, y: float, s: float = 1, turn: float = 0, flip: bool = False
    ) -> Iterator[None]:
        """Move the origin, scale by `s`, turn clockwise by degrees, mirror left to right."""
        kept = self.origin, self.axis, self.flip
        self.origin = self.spot(x, y)
        angle = math.radians(-turn if self.flip else turn)
        self.axis *= s * complex(math.cos(angle), math.sin(angle))
        self.flip ^= flip
        yield
        self.origin, self.axis, self.flip = kept

    def put(
        self,
        thing: Thing,
        x: float,
        y: float,
        s: float = 1,
        *look: object,
        turn: float = 0,
        flip: bool = False,
    ) -> None:
        """Draw a thing at a place; `look` goes to it (mostly its colours)."""
        with self.at(x, y, s, turn, flip):
            thing(self, *look)

    @contextmanager
    def inside(self, outline: Outline) -> Iterator[None]:
        """Keep what is drawn meanwhile inside an outline."""
        kept, stencil = self.stencil, Image.new("L", self.image.size)
        ImageDraw.Draw(stencil).polygon(self.pixels(outline), fill=255)
        self.stencil = ImageChops.multiply(stencil, kept) if kept else stencil
        yield
        self.stencil = kept

    def spot(self, x: float, y: float) -> complex:
        """Where a local point falls on the enlarged sheet."""
        return self.origin + self.axis * complex(-x if self.flip else x, y)

    def pixels(self, outline: Outline) -> Outline:
        """The outline on the enlarged sheet."""
        return [(p.real, p.imag) for p in (self.spot(x, y) for x, y in outline)]

    def fill(self, outline: Outline, colour: str, shade: Shade = 0) -> None:
        """Fill an outline; its edge away from the light is in shadow by `shade` units."""
        pixels = self.pixels(outline)
        box = self.box(pixels, 2)
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        local = [(x - box[0], y - box[1]) for x, y in pixels]
        ImageDraw.Draw(mask).polygon(local, fill=255)
        self.lay(mask, box, colour, shade)

    def line(
        self, outline: Outline, width: float, colour: str, shade: Shade = 0, shut: bool = False
    ) -> None:
        """Draw a line with round ends; `shut` joins its end to its start."""
        pixels = self.pixels([*outline, outline[0]] if shut else outline)
        thick = width * abs(self.axis)
        box = self.box(pixels, thick / 2 + 2)
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        pen = ImageDraw.Draw(mask)
        local = [(x - box[0], y - box[1]) for x, y in pixels]
        for x, y in local:
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
        for start, end in pairwise(local):
            pen.polygon(ribbon(complex(*start), complex(*end), thick), fill=255)
        self.lay(mask, box, colour, shade)

    def lay(
        self, mask: Image.Image, box: tuple[int, int, int, int], colour: str, shade: Shade
    ) -> None:
        """Lay a colour, and its shadow side, on the sheet through a mask."""
        mask_here = ImageChops.multiply(mask, self.stencil.crop(box)) if self.stencil else mask
        self.image.paste(rgb(colour), box, mask_here)
        if not shade:
            return
        dx, dy = shade if isinstance(shade, tuple) else (shade, 0)
        lit = Image.new("L", mask.size)
        lit.paste(mask, (-round(dx * abs(self.axis)), -round(dy * abs(self.axis))))
        self.image.paste(rgb(dim(colour)), box, ImageChops.subtract(mask_here, lit))

    def box(self, pixels: Outline, margin: float) -> tuple[int, int, int, int]:
        """The whole-pixel box round an outline."""
        xs, ys = [x for x, _ in pixels], [y for _, y in pixels]
        low = math.floor(min(xs) - margin), math.floor(min(ys) - margin)
        return *low, math.ceil(max(xs) + margin), math.ceil(max(ys) + margin)

    def dots(self, places: Outline, r: float, colour: str, shade: Shade = 0) -> None:
        """A round dot at each place."""
        for x, y in places:
            self.fill(oval(x, y, r), colour, shade)

    def shadow(self, w: float, x: float = 0, y: float = 0) -> None:
        """A ground shadow under a thing `2 * w` wide, cast a little to the right."""
        self.fill(oval(x + w * 0.14, y, w * 1.12, w * 0.13 + 4), dim(self.floor, 0.14))


# --- Backdrops ---------------------------------------------------------------------------------


def table(c: Canvas, top: str, y: float = 400) -> None:
    """A table, counter or floor across the picture from `y` down."""
    c.fill(rect(0, y, c.width, c.height - y), top)
    c.floor = top


def disc(c: Canvas, x: float, y: float, r: float, colour: str) -> None:
    """A large plain disc behind things."""
    c.fill(oval(x, y, r), colour)


def arch(c: Canvas, x: float, y: float, w: float, h: float, colour: str) -> None:
    """A round-topped panel standing on `y`."""
    c.fill(
        [*oval(x, y - h + w / 2, w / 2, w / 2, 180, 360), (x + w / 2, y), (x - w / 2, y)], colour
    )


def hills(c: Canvas, text: str, colour: str) -> None:
    """Rolling ground whose upper edge runs through the points."""
    c.fill([*curve(text), (c.width, c.height), (0, c.height)], colour)


def cloud(c: Canvas, colour: str = CREAM) -> None:
    """A flat-bottomed cloud, 160 wide."""
    c.fill(rect(-80, -30, 160, 30, 15), colour)
    c.fill(oval(-22, -34, 34), colour)
    c.fill(oval(26, -26, 26), colour)


def steam(c: Canvas, colour: str = CREAM) -> None:
    """Two wisps of steam, 90 high."""
    c.line(curve("-16,0 -24,-22 -8,-46 -16,-74"), 7, colour)
    c.line(curve("14,-8 6,-32 22,-58 14,-90"), 7, colour)


# --- Things: crockery and drink ----------------------------------------------------------------


def plate(c: Canvas, r: float = 130, rim: str = CREAM, well: str | None = None) -> None:
    """A plate seen from the table's edge, its middle at the origin."""
    c.shadow(r * 0.8, 4, r * 0.1)
    c.fill(oval(0, 0, r, r * 0.23), rim, (0, r * 0.05))
    c.fill(oval(0, -2, r * 0.72, r * 0.14), well or dim(rim, 0.08))


def dish(c: Canvas, r: float = 150, rim: str = CREAM, well: str | None = None) -> None:
    """A plate seen from above."""
    c.fill(oval(r * 0.06, r * 0.08, r), dim(c.floor, 0.14))
    c.fill(oval(0, 0, r), rim, (r * 0.03, r * 0.03))
    c.fill(oval(0, 0, r * 0.7), well or dim(rim, 0.07))


def bowl(c: Canvas, r: float = 100, colour: str = TEAL, inside: str | None = None) -> None:
    """A round bowl, `2 * r` wide and as high as `r * 0.85`."""
    c.shadow(r * 0.62)
    top = -r * 0.82
    c.fill(rect(-r * 0.38, -r * 0.12, r * 0.76, r * 0.12, 4), dim(colour))
    side = [*oval(0, top, r, r * 0.78, 0, 180)]
    c.fill(side, colour, r * 0.3)
    c.fill(oval(0, top, r, r * 0.17), inside or dim(colour, 0.3))


def mug(c: Canvas, colour: str = RUST, drink: str = BROWN) -> None:
    """A mug, 100 wide."""
    c.shadow(52)
    c.line(oval(46, -52, 26, 24), 12, colour, shut=True)
    c.fill(blob("-48,-98! 48,-98! 46,-24 32,0! -32,0! -46,-24"), colour, 22)
    c.fill(oval(0, -98, 48, 11), pale(colour))
    c.fill(oval(0, -96, 40, 7), drink)


def cup(c: Canvas, colour: str = CREAM, drink: str = BROWN, saucer: str = CREAM) -> None:
    """A rounded cup on its saucer, 180 wide."""
    c.shadow(76, 4, 4)
    c.fill(oval(0, -8, 92, 17), saucer, (0, 6))
    c.line(oval(64, -58, 25, 20), 10, colour, shut=True)
    c.fill([*oval(0, -92, 68, 84, 0, 180)], colour, 24)
    c.fill(oval(0, -92, 68, 13), pale(colour, 0.5) if colour != CREAM else dim(CREAM, 0.1))
    c.fill(oval(0, -89, 58, 8), drink)


def tumbler(c: Canvas, drink: str = MUSTARD, glass: str = CREAM, straw: str | None = None) -> None:
    """A glass of juice, 84 wide and 130 high."""
    c.shadow(38)
    if straw:
        c.line(spots("6,-60 34,-168 62,-182"), 8, straw)
    c.fill(poly("-44,-130 44,-130 36,0 -36,0", 8), glass, 16)
    c.fill(poly("-37,-104 37,-104 31,-9 -31,-9", 6), drink, 14)
    c.fill(oval(0, -104, 37, 7), pale(drink))


def carafe(c: Canvas, drink: str = SEA) -> None:
    """A short water carafe, 90 wide and 170 high."""
    c.shadow(44)
    c.fill(blob("-26,-172! 26,-172! 20,-120 48,-56 44,-4! -44,-4! -48,-56 -20,-120"), CREAM, 18)
    c.fill(blob("-34,-84! 34,-84! 42,-50 38,-12! -38,-12! -42,-50"), drink, 16)


def pitcher(c: Canvas, drink: str = BUTTER, glass: str = CREAM) -> None:
    """A glass jug of lemonade, 170 wide and 230 high."""
    c.shadow(74)
    c.line(curve("66,-190 118,-176 116,-104 66,-66"), 15, glass)
    c.fill(poly("-88,-232 70,-222 72,-10 64,0 -64,0 -72,-10 -70,-200", 14), glass, 22)
    c.fill(poly("-60,-168 62,-168 60,-14 -58,-14", 12), drink, 20)


def cutlery(c: Canvas, metal: str = CREAM) -> None:
    """A fork seen from above, 210 long."""
    c.line(spots("0,-20 0,100"), 11, metal)
    c.fill(blob("-20,-60! 20,-60! 18,-28 0,-6 -18,-28"), metal)
    for x in (-16, 0, 16):
        c.line(spots(f"{x},-108 {x},-58"), 8, metal)


def knife(c: Canvas, metal: str = CREAM, handle: str | None = None) -> None:
    """A table knife seen from above, 210 long."""
    c.fill(blob("-8,0! -8,-80 2,-112! 14,-92 14,0!"), metal)
    c.line(spots("3,4 3,98"), 13, handle or metal)


def spoon(c: Canvas, metal: str = CREAM) -> None:
    """A spoon seen from above, 210 long."""
    c.line(spots("0,-40 0,100"), 11, metal)
    c.fill(oval(0, -74, 24, 34), metal, (6, 4))


def cloche(c: Canvas, metal: str = TEAL) -> None:
    """A dome over a serving plate, 330 wide."""
    c.shadow(132)
    c.fill(oval(0, -12, 165, 20), CREAM, (0, 8))
    c.fill(oval(0, -22, 136, 140, 180, 360), metal, (44, 0))
    c.line(oval(0, -22, 102, 106, 198, 250), 9, pale(metal, 0.6))
    c.line(spots("-138,-22 138,-22"), 15, dim(metal, 0.3))
    c.fill(oval(0, -172, 17), MUSTARD, 9)
    c.fill(rect(-9, -164, 18, 8), dim(MUSTARD, 0.3))


def lamp(c: Canvas, cord: float = 200, colour: str = MUSTARD, glow: str | None = None) -> None:
    """A pendant lamp; the origin is the middle of its lower edge."""
    if glow:
        c.fill(poly("-70,0 70,0 210,330 -210,330"), glow)
    c.line([(0, -cord), (0, -60)], 5, INK)
    c.fill(oval(0, 4, 24), BUTTER)
    c.fill(oval(0, 0, 82, 74, 180, 360), colour, 30)
    c.fill(rect(-14, -86, 28, 18, 5), INK)


def cafe_chair(c: Canvas, colour: str = INK, seat: str = RUST) -> None:
    """A bent-wood chair facing right, 100 wide and 260 high."""
    c.shadow(54)
    c.line(curve("-46,0 -40,-70 -44,-124 -58,-250"), 10, colour)
    c.line(curve("-58,-250 -30,-262 -26,-226 -20,-132"), 8, colour)
    c.line(spots("44,0 36,-124"), 10, colour)
    c.line(spots("-40,-62 40,-62"), 7, colour)
    c.fill(rect(-58, -140, 114, 24, 12), seat, (0, 8))


def teapot(c: Canvas, colour: str = TEAL) -> None:
    """A round teapot with its spout to the left, 300 wide."""
    c.shadow(92)
    c.line(curve("92,-142 160,-150 158,-74 84,-52"), 18, colour)
    c.fill(blob("-80,-66! -132,-96 -150,-160! -176,-158! -152,-64 -70,-24!"), dim(colour))
    c.fill(rect(-56, -14, 112, 14, 6), dim(colour, 0.3))
    c.fill(oval(0, -92, 108, 86), colour, (30, 16))
    c.fill(oval(0, -168, 58, 22, 180, 360), pale(colour, 0.25), 20)
    c.fill(oval(0, -198, 14), MUSTARD, 7)
    c.line(oval(0, -92, 82, 62, 190, 235), 8, pale(colour, 0.5))


def moka_pot(c: Canvas, metal: str = SEA) -> None:
    """A stove-top coffee pot with its spout to the left, 190 high."""
    c.shadow(66)
    c.line(spots("48,-176 96,-184 92,-116"), 17, INK)
    c.fill(poly("-52,-176 -86,-186 -44,-130"), dim(metal, 0.3))
    c.fill(poly("-66,0 66,0 46,-92 -46,-92", 5), metal, 36)
    c.fill(poly("-42,-104 42,-104 58,-186 -58,-186", 4), metal, 36)
    c.fill(rect(-50, -108, 100, 18, 4), dim(metal, 0.45))
    c.fill(poly("-60,-186 60,-186 10,-214 -10,-214", 4), dim(metal, 0.12), 24)
    c.fill(oval(0, -220, 12), INK)
    c.fill(poly("-34,-104 -14,-104 -20,-186 -42,-186"), pale(metal, 0.5))
    c.fill(poly("-38,-92 -16,-92 -22,0 -52,0"), pale(metal, 0.5))


def bean(c: Canvas, colour: str = BROWN) -> None:
    """A coffee bean, 44 long."""
    c.fill(oval(0, 0, 22, 15), colour, (4, 5))
    c.line(curve("-20,-2 -6,4 6,-4 20,2"), 4, dim(colour, 0.5))


def latte(c: Canvas, colour: str = TEAL) -> None:
    """A cup of coffee from above, a leaf drawn in its milk."""
    dish(c, 200, CREAM)
    c.line(spots("120,-60 190,-106"), 34, colour, (6, 8))
    c.fill(oval(0, 0, 136), colour, (10, 10))
    c.fill(oval(0, 0, 114), mix(CRUST, BROWN, 0.35))
    for y, w in ((50, 40), (18, 56), (-14, 48), (-44, 30)):
        c.fill(blob(f"0,{y + 22}! {-w},{y - 6} {-w * 0.7},{y - 30} 0,{y - 4}!"), CREAM)
        c.fill(blob(f"0,{y + 22}! {w},{y - 6} {w * 0.7},{y - 30} 0,{y - 4}!"), CREAM)
    c.line(spots("0,76 0,-66"), 5, mix(CRUST, BROWN, 0.35))


# --- Things: fast and grilled ------------------------------------------------------------------


def burger(c: Canvas) -> None:
    """A layered burger, 220 wide and 170 high."""
    c.shadow(100)
    c.fill(poly("-102,-42 102,-42 94,0 -94,0", 18), CRUST, (0, 12))
    c.fill(rect(-108, -68, 216, 34, 16), BROWN, (0, 10))
    c.fill(poly("-104,-76 104,-76 70,-62 30,-38 -6,-62 -70,-64"), MUSTARD)
    c.fill(rect(-96, -88, 192, 16, 8), RUST)
    waves = "-116,-92! 116,-92! 112,-78 92,-86 70,-72 46,-84 20,-72 -8,-84 -36,-72 -64,-84 -90,-72"
    c.fill(blob(waves + " -112,-80"), GREEN)
    c.fill(blob("-104,-94! -96,-146 -40,-176 40,-176 96,-146 104,-94!"), CRUST, (34, 0))
    for x, y in spots("-52,-142 -20,-158 -14,-128 18,-148 44,-158 -70,-116 36,-122"):
        c.fill(oval(x, y, 6, 4), BUTTER)


def fries(c: Canvas, colour: str = RUST) -> None:
    """Chips in a paper scoop, 160 wide and 220 high."""
    c.shadow(60)
    tall = ((-58, 176, -9), (-38, 208, -5), (-14, 190, -2), (8, 222, 2), (32, 196, 5), (56, 182, 9))
    for i, (x, h, turn) in enumerate(tall):
        with c.at(x * 0.8, -60, 1, turn):
            c.fill(rect(-13, -h + 60, 26, h, 4), MUSTARD if i % 2 else BUTTER, 8)
    c.fill(blob("-80,-140! -40,-112 0,-104 40,-112 80,-140! 58,0! -58,0!"), colour, 34)
    c.fill(oval(-4, -54, 24), CREAM)


def paper_cup(c: Canvas, colour: str = TEAL, straw: str = RUST) -> None:
    """A lidded paper cup with a straw, 120 wide and 200 high."""
    c.shadow(48)
    c.line(spots("8,-180 26,-262 62,-274"), 10, straw)
    c.fill(poly("-56,-172 56,-172 42,0 -42,0", 6), colour, 24)
    c.fill(poly("-52,-126 52,-126 46,-60 -46,-60"), CREAM, 21)
    c.fill(rect(-64, -192, 128, 24, 9), CREAM, (16, 0))


def grill(c: Canvas, colour: str = RUST) -> None:
    """A kettle barbecue with its lid on the ground behind, 240 wide and 300 high."""
    c.shadow(100)
    for foot, knee in ((-92, -56), (92, 56), (10, 6)):
        c.line([(foot, -4), (knee, -150)], 11, INK)
    c.line(spots("-78,-52 78,-52"), 8, INK)
    c.fill(oval(-92, -14, 20), INK)
    c.fill(oval(-92, -14, 8), SAND)
    c.fill(oval(0, -220, 124, 108, 0, 180), colour, 40)
    c.line(spots("-128,-222 128,-222"), 16, INK)
    c.line(spots("124,-196 156,-196"), 12, BROWN)


def steak(c: Canvas) -> None:
    """A raw T-bone steak from above, 300 wide."""
    outline = "-140,-10 -120,-92 -40,-112 40,-84 110,-96 150,-40 132,40 60,72 0,112 -90,100"
    with c.at(9, 12):
        c.fill(blob(outline), dim(c.floor, 0.16))
    c.fill(blob(outline), BUTTER, (8, 9))
    c.fill(blob("-122,-6 -104,-74 -40,-92 -22,-60 -26,20 -44,88 -92,82"), RUST)
    c.fill(blob("14,-66 60,-62 108,-76 132,-36 114,28 54,54 4,78 6,10"), RUST)
    c.line(curve("-36,-94 -4,-66 40,-68"), 20, CREAM)
    c.line(curve("-8,-66 -6,0 -22,86"), 22, CREAM)
    for vein in ("-96,-40 -78,-20 -84,10", "-70,30 -62,50 -74,66", "50,-30 72,-16 66,8"):
        c.line(curve(vein), 6, ROSE)
    c.line(curve("92,-40 104,-24 96,-4"), 6, ROSE)


def rosemary(c: Canvas) -> None:
    """A sprig of rosemary, 150 long, lying to the right."""
    c.line(curve("-70,10 0,0 74,-10"), 5, GREEN)
    for i in range(9):
        x, y = -52 + i * 14, 7 - i * 2
        c.fill(lens(x, y, x + 24, y - 26, 9), GREEN)
        c.fill(lens(x, y, x + 26, y + 20, 9), dim(GREEN))


def cleaver(c: Canvas) -> None:
    """A kitchen cleaver from above, its handle to the right, 300 long."""
    c.fill(poly("-150,-56 40,-56 40,34 -150,46", 12), MIST, (0, 12))
    c.fill(oval(-126, -34, 9), c.floor)
    c.line(spots("52,-30 148,-30"), 30, BROWN, (0, 8))
    c.dots(spots("76,-30 120,-30"), 5, BUTTER)


def board(c: Canvas, w: float = 460, h: float = 300, colour: str = CRUST) -> None:
    """A chopping board from above, centred on the origin."""
    c.fill(rect(-w / 2 + 10, -h / 2 + 14, w, h, 28), dim(c.floor, 0.14))
    c.fill(rect(-w / 2, -h / 2, w, h, 28), colour, (0, 9))
    c.fill(oval(w / 2 - 34, -h / 2 + 36, 13), c.floor)


# --- Things: from the sea ----------------------------------------------------------------------


def fish(c: Canvas, colour: str = TEAL, belly: str = CREAM) -> None:
    """A whole fish facing left, 340 long."""
    c.fill(blob("110,0! 176,-62 166,0 176,62! 110,8!"), dim(colour, 0.2))
    c.fill(blob("-60,-52! 0,-98 60,-58! 20,-40"), dim(colour, 0.2))
    body = blob("-170,6! -110,-54 -10,-68 80,-30 128,0! 80,34 -10,64 -110,54")
    c.fill(body, colour)
    with c.inside(body):
        c.fill(blob("-180,14! -80,26 40,22 140,2! 100,90 -150,90"), belly)
        c.fill([*oval(-176, 4, 82, 82, -70, 70)], mix(colour, INK, 0.3))
        for x in (-30, 20):
            c.line(oval(x - 26, -16, 26, 26, -50, 50), 6, pale(colour, 0.35))
    c.fill(oval(-128, -12, 11), CREAM)
    c.fill(oval(-129, -12, 5), INK)
    c.fill(lens(-58, 22, 10, 44, 26), mix(colour, INK, 0.3))


def lemon_slice(c: Canvas, r: float = 44, rind: str = MUSTARD, flesh: str = BUTTER) -> None:
    """A round slice of lemon, or of orange in other colours."""
    c.fill(oval(0, 0, r), rind, (3, 3))
    c.fill(oval(0, 0, r * 0.84), CREAM)
    for x, y in around(6, r * 0.74, 10):
        turn = math.atan2(y, x)
        a = r * 0.14 * complex(math.cos(turn), math.sin(turn))
        b = r * 0.72 * complex(math.cos(turn - 0.42), math.sin(turn - 0.42))
        d = r * 0.72 * complex(math.cos(turn + 0.42), math.sin(turn + 0.42))
        wedge = f"{a.real},{a.imag} {b.real},{b.imag} {d.real},{d.imag}"
        c.fill(poly(wedge, r * 0.1), flesh)


def crab(c: Canvas, colour: str = RUST) -> None:
    """A crab with raised claws, 400 wide and 260 high."""
    c.shadow(150)
    for side in (False, True):
        with c.at(0, 0, 1, 0, side):
            for x, y in ((176, -12), (160, 0), (128, 4)):
                c.line(curve(f"90,-84 {x - 6},{y - 72} {x},{y}"), 15, dim(colour))
            c.line(curve("96,-122 160,-132 160,-192"), 24, dim(colour))
            claw = "132,-186 128,-250 176,-282 168,-238! 184,-222! 210,-262 206,-206 172,-170"
            c.fill(blob(claw), colour, (10, 6))
            c.line(spots("30,-150 34,-186"), 9, colour)
            c.fill(oval(35, -192, 15), CREAM)
            c.fill(oval(33, -192, 7), INK)
    c.fill(
        blob("-132,-110 -96,-158 0,-170 96,-158 132,-110 84,-44 0,-30 -84,-44"), colour, (20, 14)
    )
    c.line(curve("-34,-66 0,-56 34,-66"), 7, dim(colour, 0.45))
    c.dots(spots("-60,-128 -30,-138 -76,-104"), 7, pale(colour))


def gull(c: Canvas, colour: str = CREAM) -> None:
    """A gull far off, 70 wide."""
    c.line(curve("-36,-6 -20,-16 0,2"), 6, colour)
    c.line(curve("0,2 20,-16 36,-6"), 6, colour)


def fishing_boat(c: Canvas) -> None:
    """A small fishing boat heading left, 380 wide and 300 high."""
    c.line(spots("60,-80 60,-296"), 9, BROWN)
    c.line(spots("60,-280 170,-100"), 4, INK)
    c.line(spots("60,-280 -160,-92"), 4, INK)
    c.fill(poly("60,-296 60,-262 108,-279"), RUST)
    c.fill(rect(-60, -170, 110, 96, 6), CREAM, 30)
    c.fill(poly("-76,-172 66,-172 58,-192 -66,-192", 4), TEAL)
    c.fill(rect(-44, -148, 34, 32, 5), INK)
    c.fill(rect(2, -148, 28, 32, 5), INK)
    c.fill(
        blob("-196,-106! -80,-74 80,-74 186,-98! 172,-40 150,10! -140,10! -176,-40"), RUST, (26, 0)
    )
    c.fill(blob("-196,-106! -80,-74 80,-74 186,-98! 183,-78! 80,-54 -80,-54 -191,-86!"), CREAM)


def waves(c: Canvas, y: float, colour: str, crest: str) -> None:
    """A sea with scattered short crests, from `y` down."""
    c.fill(rect(0, y, c.width, c.height - y), colour)
    for i in range(14):
        x = (i * 397 + 90) % c.width
        at = y + 26 + (i * 61) % max(30, round(c.height - y - 40))
        c.line(curve(f"{x - 34},{at} {x - 12},{at - 7} {x + 12},{at} {x + 34},{at - 7}"), 5, crest)


# --- Things: dairy and bakery ------------------------------------------------------------------


def cheese_wedge(c: Canvas) -> None:
    """A wedge of holed cheese, 320 wide and 190 high."""
    c.shadow(140)
    c.fill(poly("-160,-96 70,-190 160,-128", 4), BUTTER)
    c.fill(poly("-160,-96 160,-128 160,-6 -160,0", 4), MUSTARD)
    c.fill(poly("-160,-96 70,-190 160,-128 160,-118 66,-178", 2), CRUST)
    holes = ((-96, -46, 22), (-20, -76, 15), (20, -30, 26), (92, -78, 24), (116, -26, 13))
    for x, y, r in holes:
        c.fill(oval(x, y, r, r * 0.92), dim(MUSTARD, 0.22))
        c.fill(oval(x + r * 0.2, y + r * 0.2, r * 0.72, r * 0.66), dim(MUSTARD, 0.1))


def cheese_wheel(c: Canvas, rind: str = RUST) -> None:
    """A wheel of cheese with a wedge missing at the front, 380 wide and 190 high."""
    c.shadow(180)
    c.fill(rect(-190, -120, 380, 80), rind)
    c.fill(oval(0, -46, 190, 46, 0, 180), rind)
    c.fill(poly("120,-110 190,-120 190,-40 150,-20 120,-12"), dim(rind))
    c.fill(oval(0, -124, 190, 50), BUTTER)
    c.line(oval(0, -124, 184, 46), 10, rind, shut=True)
    c.fill(poly("0,-124 -70,-78 -70,8 64,8 64,-78"), c.floor)
    c.fill(poly("0,-124 -72,-80 -72,-4 0,-44"), MUSTARD)
    c.fill(poly("0,-124 66,-80 66,-4 0,-44"), dim(MUSTARD, 0.2))
    c.fill(poly("0,-44 -72,-4 0,10 66,-4"), c.floor)


def grapes(c: Canvas, colour: str = TEAL) -> None:
    """A small bunch of grapes lying down, 130 wide."""
    c.shadow(60)
    c.line(curve("56,-60 72,-78 92,-80"), 6, BROWN)
    rows = "-50,-22 -18,-20 14,-22 46,-22 -32,-46 2,-48 34,-48 60,-42 -12,-70 22,-72 48,-66"
    c.dots(spots(rows), 21, colour, (7, 6))


def milk_bottle(c: Canvas, cap: str = RUST) -> None:
    """A bottle of milk, 100 wide and 250 high."""
    c.shadow(46)
    c.fill(blob("-26,-250! 26,-250! 26,-206 54,-144 54,-10! -54,-10! -54,-144 -26,-206"), CREAM, 20)
    c.fill(rect(-54, -20, 108, 20, 9), CREAM, 20)
    c.fill(rect(-33, -262, 66, 24, 6), cap, 14)
    c.line(spots("-36,-130 -36,-40"), 8, "#ffffff")


def butter_dish(c: Canvas) -> None:
    """A block of butter on a dish with a curl cut off, 260 wide."""
    c.shadow(116)
    c.fill(oval(0, -12, 136, 20), TEAL, (0, 8))
    c.fill(poly("-92,-82 -70,-100 100,-100 84,-82"), pale(BUTTER))
    c.fill(rect(-92, -84, 176, 68, 4), BUTTER)
    c.fill(poly("84,-84 100,-100 100,-34 84,-16"), dim(BUTTER))
    c.fill(poly("-120,-80 -106,-92 -98,-30 -112,-16", 4), BUTTER, 8)


def yogurt(c: Canvas) -> None:
    """A glass jar of yogurt with fruit at the bottom, 110 wide."""
    c.shadow(48)
    c.line(spots("10,-120 46,-214"), 10, MUSTARD)
    c.fill(rect(-54, -130, 108, 130, 18), CREAM, 20)
    c.fill(rect(-46, -52, 92, 44, 14), RUST, 16)
    c.fill(rect(-46, -60, 92, 20), ROSE, 16)
    c.fill(rect(-58, -140, 116, 18, 8), pale(CREAM), 20)
    c.dots(spots("-18,-146 8,-150 24,-144"), 13, INK, 5)


def loaf(c: Canvas) -> None:
    """A round country loaf, 300 wide and 160 high."""
    c.shadow(132)
    c.fill(
        blob("-150,-50 -124,-116 -50,-156 50,-156 124,-116 150,-50 120,0! -120,0!"), CRUST, (34, 10)
    )
    for x, y, h in ((-86, -64, 56), (-28, -70, 74), (30, -70, 74), (88, -64, 52)):
        c.fill(lens(x - 16, y + h * 0.4, x + 18, y - h * 0.6, 20), BUTTER)
    c.dots(spots("-110,-34 -56,-18 0,-24 60,-16"), 5, pale(CRUST, 0.4))


def bread_slice(c: Canvas, crumb: str = BUTTER) -> None:
    """A slice of tin loaf facing us, 150 wide and 150 high."""
    shape = "-62,0! -62,-84 -82,-116 -52,-148 52,-148 82,-116 62,-84 62,0!"
    c.fill(blob(shape), CRUST, 10)
    with c.at(0, -9, 0.86):
        c.fill(blob(shape), crumb)


def baguette(c: Canvas) -> None:
    """A baguette standing on its end, 66 wide and 330 high."""
    c.fill(rect(-33, -330, 66, 330, 32), CRUST, 16)
    for y in (-270, -206, -142, -78):
        c.fill(lens(-24, y + 24, 26, y - 24, 18), BUTTER)


def basket(c: Canvas, w: float = 260, h: float = 130, colour: str = BROWN) -> None:
    """A woven basket, slightly wider at the top."""
    c.shadow(w * 0.46)
    body = poly(f"{-w / 2},{-h} {w / 2},{-h} {w * 0.43},0 {-w * 0.43},0", 12)
    c.fill(body, colour, w * 0.12)
    with c.inside(body):
        for row in range(round(h / 34)):
            for i in range(-2, 4):
                x = i * w / 5 + (row % 2) * w / 10
                c.line(
                    [(x - w / 18, -h + 36 + row * 32), (x + w / 24, -h + 36 + row * 32)], 9, CRUST
                )
    c.line([(-w / 2, -h), (w / 2, -h)], 17, dim(colour, 0.1))


def croissant(c: Canvas) -> None:
    """A croissant, its horns pointing down, 400 wide and 240 high."""
    c.shadow(150)
    for side in (False, True):
        with c.at(0, 0, 1, 0, side):
            c.fill(
                blob("-126,-116 -176,-90 -202,-30 -196,12! -168,6 -146,-22 -112,-50"),
                dim(CRUST, 0.1),
            )
    c.fill(blob("-50,-196 -112,-184 -158,-120 -162,-60 -138,-40 -104,-40 -60,-84"), CRUST, 0)
    c.fill(blob("50,-196 112,-184 158,-120 162,-60 138,-40 104,-40 60,-84"), dim(CRUST, 0.12), 12)
    c.fill(
        blob("-66,-214 0,-232 66,-214 92,-150 66,-84 0,-92 -66,-84 -92,-150"),
        pale(CRUST, 0.14),
        (26, 4),
    )
    for gloss in (
        "-40,-204 -56,-150 -40,-108",
        "4,-212 -2,-160 4,-116",
        "-118,-160 -138,-112 -128,-70",
    ):
        c.line(curve(gloss), 8, BUTTER)
    c.line(curve("112,-164 132,-114 124,-76"), 8, pale(CRUST, 0.25))


def cake_stand(c: Canvas, w: float = 170, colour: str = TEAL) -> None:
    """A footed cake stand, its plate 120 up."""
    c.shadow(w * 0.45)
    c.fill(blob("-12,-104! 12,-104! 16,-40 62,-4! -62,-4! -16,-40"), colour, 9)
    c.fill(oval(0, -4, 64, 10), dim(colour, 0.12))
    c.fill(oval(0, -112, w, 20), colour, (0, 10))


def layer_cake(c: Canvas) -> None:
    """A three-layer cake with a slice cut out, 280 wide, its foot on the origin."""
    c.fill(rect(-140, -150, 280, 150, 8), CRUST, 40)
    for y in (-110, -58):
        c.fill(rect(-140, y, 280, 14), CREAM, 40)
    c.fill(poly("10,-160 90,-160 90,-2 10,-2"), dim(c.floor, 0.06))
    c.fill(poly("10,-150 36,-128 36,-12 10,0"), dim(CRUST, 0.28))
    icing = (
        "-146,-156! 10,-156! 10,-118 -8,-112 -22,-128 -40,-104 "
        "-58,-128 -76,-98 -96,-128 -118,-112 -146,-124"
    )
    c.fill(blob(icing), ROSE)
    c.fill(blob("90,-156! 146,-156! 146,-118 126,-108 112,-124 90,-116!"), dim(ROSE))
    c.fill(blob("-146,-152! -120,-172 0,-176 40,-172 10,-152!"), pale(ROSE))
    c.fill(blob("90,-152! 96,-170 120,-168 146,-152!"), ROSE)
    for x in (-104, -50, 0, 118):
        c.fill(oval(x, -186, 17), RUST, (6, 6))


def cupcake(c: Canvas, icing: str = ROSE, paper: str = TEAL) -> None:
    """A cupcake, 130 wide and 160 high."""
    c.shadow(46)
    c.fill(poly("-56,-72 56,-72 40,0 -40,0", 4), paper, 22)
    for x in (-30, -10, 10, 30):
        c.line([(x * 1.25, -66), (x * 0.95, -6)], 4, dim(paper, 0.25))
    c.fill(rect(-68, -100, 136, 42, 21), icing, (22, 0))
    c.fill(rect(-50, -130, 100, 42, 21), icing, (18, 0))
    c.fill(blob("-30,-120 -24,-148 6,-168! 22,-146 30,-120 0,-112"), icing, (12, 0))
    c.fill(oval(2, -168, 15), RUST, (5, 5))


def flour_bag(c: Canvas) -> None:
    """A paper bag of flour with an ear of wheat on it, 150 wide and 220 high."""
    c.shadow(70)
    c.fill(rect(-74, -196, 148, 196, 8), CREAM, 34)
    c.fill(poly("-74,-190 -62,-226 62,-226 74,-190", 4), SAND, 20)
    c.fill(rect(-74, -64, 148, 34), RUST, 34)
    c.put(wheat, -10, -74, 0.5)


def wheat(c: Canvas, colour: str = MUSTARD) -> None:
    """An ear of wheat, 230 high."""
    c.line(curve("0,0 4,-80 0,-150"), 7, colour)
    c.fill(lens(0, -180, 0, -228, 26), colour)
    for y in (-82, -116, -150):
        c.fill(lens(0, y, -34, y - 48, 26), colour)
        c.fill(lens(0, y, 34, y - 48, 26), dim(colour))


def egg(c: Canvas, shell: str = CREAM) -> None:
    """An egg standing up, 76 wide."""
    c.shadow(30)
    c.fill(blob("0,-100 30,-72 38,-38 0,0 -38,-38 -30,-72"), shell, (14, 8))


def rolling_pin(c: Canvas) -> None:
    """A rolling pin lying across, 360 wide."""
    c.shadow(150)
    c.line(spots("-178,-26 178,-26"), 20, RUST, (0, 5))
    c.fill(rect(-128, -56, 256, 58, 22), CRUST, (0, 16))


def whisk(c: Canvas, metal: str = INK) -> None:
    """A balloon whisk, its wires down at the origin, 260 long."""
    for w in (46, 24, 4):
        c.line(
            blob(f"0,-150! {-w},-70 {-w * 0.7},-10 0,4 {w * 0.7},-10 {w},-70"), 6, metal, shut=True
        )
    c.line(spots("0,-250 0,-158"), 20, RUST, 6)


def mixer(c: Canvas, colour: str = RUST) -> None:
    """A stand mixer with its bowl to the right, 340 wide and 300 high."""
    c.shadow(140)
    c.fill(rect(-150, -34, 300, 34, 14), dim(colour, 0.12))
    c.fill(blob("-146,-20! -140,-120 -150,-210! -60,-210! -70,-120 -60,-20!"), colour, 24)
    c.fill(
        blob("-164,-214 -150,-286 -60,-306 120,-296 172,-254 150,-206 40,-196 -130,-192"),
        colour,
        (14, 22),
    )
    c.line(spots("-120,-252 40,-262"), 9, pale(colour, 0.5))
    c.fill(oval(132, -250, 16), CREAM)
    c.line(spots("62,-200 62,-140"), 14, INK)
    c.fill(oval(62, -150, 95, 124, 0, 180), MIST, 34)
    c.fill(rect(-38, -160, 200, 16, 8), pale(MIST), 30)
    c.fill(oval(-106, -160, 14), CREAM)


def biscuit(c: Canvas, colour: str = CRUST) -> None:
    """A biscuit with chips of chocolate, from above, 90 wide."""
    c.fill(oval(4, 6, 45), dim(c.floor, 0.14))
    c.fill(oval(0, 0, 45), colour, (5, 6))
    c.dots(spots("-18,-16 12,-22 22,8 -8,16 -28,12 2,-2"), 7, BROWN)


def rack(c: Canvas, w: float = 620) -> None:
    """A wire cooling rack, its top on the origin, 60 high."""
    for x in (-w * 0.42, w * 0.42):
        c.line([(x, 4), (x, 54)], 9, INK)
    c.line([(-w / 2, 4), (w / 2, 4)], 12, INK)


# --- Things: fruit and vegetables --------------------------------------------------------------


def leaf(c: Canvas, colour: str = GREEN) -> None:
    """A single leaf growing up to the right, 90 long."""
    c.fill(lens(0, 0, 62, -62, 46), colour)
    c.line(curve("4,-4 24,-30 46,-46"), 4, dim(colour, 0.25))


def apple(c: Canvas, colour: str = RUST) -> None:
    """An apple, 130 wide."""
    c.shadow(44)
    c.fill(blob("0,-106 44,-122 68,-76 44,-8 0,-4 -44,-8 -68,-76 -44,-122"), colour, (20, 8))
    c.line(curve("0,-104 4,-126 16,-142"), 7, BROWN)
    c.put(leaf, 8, -124, 0.6)
    c.line(oval(-6, -66, 42, 40, 190, 235), 7, pale(colour, 0.5))


def pear(c: Canvas, colour: str = MUSTARD) -> None:
    """A pear, 140 wide and 210 high."""
    c.shadow(52)
    c.fill(
        blob("0,-196 34,-166 46,-106 72,-52 40,-2 0,0 -40,-2 -72,-52 -46,-106 -34,-166"),
        colour,
        (24, 10),
    )
    c.line(curve("0,-190 6,-212 18,-226"), 8, BROWN)
    c.put(leaf, 8, -200, 0.8)
    c.line(oval(-4, -60, 44, 44, 178, 228), 8, pale(colour, 0.5))


def orange(c: Canvas, colour: str = ORANGE) -> None:
    """An orange or another round fruit, 120 wide."""
    c.shadow(42)
    c.fill(oval(0, -58, 60), colour, (18, 14))
    c.fill(lens(-4, -116, 28, -134, 18), GREEN)
    c.fill(oval(-2, -114, 7, 5), BROWN)


def lemon(c: Canvas, colour: str = MUSTARD) -> None:
    """A lemon lying down, 140 wide."""
    c.shadow(50)
    c.fill(blob("-74,-46 -48,-80 0,-92 48,-80 74,-46 48,-12 0,0 -48,-12"), colour, (12, 14))
    c.fill(oval(72, -46, 10, 8), dim(colour))
    c.line(oval(-4, -48, 48, 30, 200, 245), 6, pale(colour, 0.6))


def banana(c: Canvas) -> None:
    """Two bananas lying in a bow, 190 wide."""
    c.fill(
        blob("-92,-80! -60,-30 10,-12 84,-46! 98,-40! 84,4 0,36 -78,4 -104,-70!"), MUSTARD, (6, 12)
    )
    c.fill(
        blob("-100,-84! -58,-52 12,-40 86,-74! 98,-66! 82,-22 6,4 -74,-24 -112,-74!"),
        pale(MUSTARD, 0.3),
    )
    c.fill(poly("-114,-86 -98,-94 -92,-72 -108,-66", 4), BROWN)


def tomato(c: Canvas, colour: str = RUST) -> None:
    """A tomato, 120 wide."""
    c.shadow(42)
    c.fill(blob("0,-96 44,-94 64,-50 40,-4 0,0 -40,-4 -64,-50 -44,-94"), colour, (18, 10))
    for tip in ((-30, -84), (30, -84), (-14, -72), (16, -72), (0, -118)):
        c.fill(lens(0, -98, *tip, 11), GREEN)


def carrot(c: Canvas, colour: str = ORANGE) -> None:
    """A carrot with its leaves, its tip at the origin, 260 high."""
    for dx, dy in ((-44, -70), (44, -74), (-16, -96), (18, -92)):
        c.fill(lens(0, -164, dx, -164 + dy, 26), GREEN if dx < 0 else dim(GREEN))
    c.fill(blob("0,0! -30,-90 -38,-150 0,-172 38,-150 30,-90"), colour, 16)
    for y, x, w in ((-120, -32, 24), (-88, 8, 18), (-58, -18, 16)):
        c.line([(x, y), (x + w, y)], 5, dim(colour, 0.25))


def beetroot(c: Canvas, colour: str = BROWN) -> None:
    """A beetroot with its leaves, 110 wide and 220 high."""
    c.line(spots("0,-90 -30,-150"), 8, RUST)
    c.line(spots("0,-90 24,-160"), 8, RUST)
    c.fill(lens(-22, -128, -62, -216, 46), GREEN)
    c.fill(lens(18, -134, 44, -228, 50), dim(GREEN))
    c.fill(blob("0,6! -14,-14 -52,-40 -44,-90 0,-104 44,-90 52,-40 14,-14"), colour, (16, 6))


def aubergine(c: Canvas, colour: str = INK) -> None:
    """An aubergine leaning left, 130 wide and 240 high."""
    c.fill(blob("30,-190 52,-150 62,-70 20,-4 -40,-10 -62,-62 -26,-130 0,-180"), colour, 0)
    c.line(curve("-34,-52 -20,-96 2,-130"), 9, mix(colour, CREAM, 0.3))
    c.fill(blob("20,-196! 56,-180! 60,-144! 36,-160 24,-140! 14,-164 -8,-158! 4,-186"), GREEN)
    c.line(spots("34,-188 44,-222"), 13, GREEN)


def leek(c: Canvas) -> None:
    """A leek standing up, 300 high."""
    c.fill(lens(0, -130, -70, -292, 34), dim(GREEN))
    c.fill(lens(0, -130, 66, -300, 34), dim(GREEN, 0.3))
    c.fill(lens(0, -120, -16, -312, 36), GREEN)
    c.fill(rect(-20, -170, 40, 170, 10), CREAM, 14)
    c.fill(poly("-20,-170 20,-170 20,-110 0,-90 -20,-110"), pale(GREEN, 0.35), 14)


def pumpkin(c: Canvas, colour: str = ORANGE) -> None:
    """A ribbed squash, 220 wide."""
    c.shadow(90)
    c.line(curve("0,-140 6,-164 26,-176"), 18, GREEN)
    c.fill(oval(-66, -74, 50, 68), dim(colour, 0.1))
    c.fill(oval(66, -74, 50, 68), dim(colour, 0.25))
    c.fill(oval(-34, -74, 46, 74), colour)
    c.fill(oval(36, -74, 46, 74), dim(colour, 0.13))
    c.fill(oval(0, -74, 34, 76), pale(colour, 0.12))


def crate(c: Canvas, w: float = 420, h: float = 130, colour: str = CRUST) -> None:
    """A slatted wooden crate."""
    c.shadow(w * 0.48)
    c.fill(rect(-w / 2, -h, w, h), dim(colour, 0.5))
    for i in range(3):
        c.fill(rect(-w / 2, -h + i * h / 3, w, h / 3 - 8, 4), colour, 22)
    for x in (-w / 2, w / 2 - 26):
        c.fill(rect(x, -h, 26, h - 8, 3), dim(colour, 0.25))


def avocado(c: Canvas) -> None:
    """Half an avocado with its stone, from above, 240 wide and 330 high."""
    shape = "0,-170 56,-130 96,-20 110,70 70,150 0,168 -70,150 -110,70 -96,-20 -56,-130"
    with c.at(10, 14):
        c.fill(blob(shape), dim(c.floor, 0.14))
    c.fill(blob(shape), mix(GREEN, INK, 0.5))
    with c.at(0, 1, 0.92):
        c.fill(blob(shape), GREEN)
    with c.at(0, 4, 0.82):
        c.fill(blob(shape), mix(BUTTER, GREEN, 0.25))
    c.fill(oval(0, 66, 62, 64), BROWN, (12, 12))
    c.line(oval(0, 66, 42, 44, 195, 250), 8, CRUST)


# --- Things: breakfast and nibbles -------------------------------------------------------------


def fried_egg(c: Canvas) -> None:
    """A fried egg from above, 150 wide."""
    c.fill(blob("-70,-10 -40,-62 16,-58 62,-40 74,10 40,54 -10,62 -58,44"), pale(CREAM, 1), (5, 6))
    c.fill(oval(0, -2, 32), MUSTARD, (5, 6))
    c.line(oval(0, -2, 20, 20, 190, 250), 5, BUTTER)


def egg_cup(c: Canvas, colour: str = TEAL) -> None:
    """A boiled egg, its top off, in an egg cup, 150 wide and 250 high."""
    c.shadow(58)
    c.fill(blob("-14,-70! 14,-70! 18,-30 58,-2! -58,-2! -18,-30"), colour, 10)
    c.fill(oval(0, -3, 58, 9), dim(colour))
    c.fill(blob("-64,-150! -52,-196 -44,-212! 44,-212! 52,-196 64,-150!"), CREAM, 22)
    c.fill(oval(0, -150, 78, 88, 0, 180), colour, 26)
    c.fill(oval(0, -150, 78, 12), pale(colour, 0.3))
    c.fill(blob("-64,-152! -52,-196 -44,-212! 44,-212! 52,-196 64,-152!"), CREAM, 22)
    jag = "-44,-212 -30,-200 -14,-216 2,-202 18,-216 32,-202 44,-212 20,-226 -20,-226"
    c.fill(poly(jag, 2), MUSTARD)
    c.fill(blob("20,-212 36,-204 34,-172 28,-164 22,-176"), MUSTARD)


def toast_finger(c: Canvas) -> None:
    """A finger of buttered toast, 40 wide and 150 high."""
    c.fill(rect(-22, -150, 44, 150, 8), CRUST, 8)
    c.fill(rect(-14, -142, 26, 134, 6), BUTTER)


def pancakes(c: Canvas) -> None:
    """A stack of pancakes with butter and syrup, 300 wide and 200 high."""
    c.put(plate, 0, -14, 1.5, 130, TEAL)
    for i, x in enumerate((4, -6, 6, -2, 2)):
        c.fill(rect(x - 138, -52 - i * 28, 276, 32, 16), CRUST, (0, 10))
        c.fill(rect(x - 134, -52 - i * 28, 268, 14, 7), pale(CRUST, 0.4))
    c.fill(oval(2, -164, 132, 26), pale(CRUST, 0.3))
    drip = (
        "-90,-164 -30,-184 60,-180 104,-162 96,-110 84,-106 76,-146 20,-146 12,-86 -4,-84 -10,-146"
    )
    c.fill(blob(drip + " -64,-142 -70,-112 -84,-116"), BROWN)
    c.fill(poly("-40,-186 4,-204 50,-190 50,-168 6,-152 -40,-166", 5), BUTTER)
    c.fill(poly("6,-174 50,-190 50,-168 6,-152", 3), dim(BUTTER))


def berry(c: Canvas, colour: str = RUST) -> None:
    """A strawberry, 60 wide."""
    c.fill(blob("0,0! -30,-34 -28,-62 0,-66 28,-62 30,-34"), colour, (9, 0))
    c.dots(spots("-12,-44 8,-48 -4,-28 12,-28"), 3, BUTTER)
    for tip in ((-26, -60), (26, -60), (0, -84)):
        c.fill(lens(0, -66, *tip, 12), GREEN)


def crisps(c: Canvas, r: float = 88) -> None:
    """A heap of crisps above a rim at the origin."""
    heap = ((-58, -8, 20), (52, -6, -24), (0, -14, 0), (-34, -34, -16), (32, -38, 18), (-4, -60, 8))
    for x, y, turn in heap:
        with c.at(x * r / 88, y * r / 88, r / 88, turn):
            c.fill(oval(0, 0, 36, 26), MUSTARD, (7, 7))
            c.line(curve("-20,4 -4,-8 20,-2"), 5, BUTTER)


def heap(c: Canvas, r: float = 80, colour: str = GREEN, size: float = 20, eye: str = "") -> None:
    """A heap of round things (olives with an eye) above a rim at the origin."""
    for row, count in enumerate((5, 4, 2)):
        for i in range(count):
            x, y = (i - (count - 1) / 2) * r * 0.36, -6 - row * size * 1.1
            c.fill(oval(x, y, size), colour, (size * 0.3, size * 0.3))
            if eye and (i + row) % 2 == 0:
                c.fill(oval(x - 3, y - 2, size * 0.34), eye)


def popcorn(c: Canvas) -> None:
    """A striped box of popcorn, 190 wide and 300 high."""
    c.shadow(66)
    tops = "-66,-206 -24,-214 22,-210 66,-206 -46,-240 2,-250 46,-238 -16,-274 22,-270"
    for i, (x, y) in enumerate(spots(tops)):
        c.fill(oval(x, y, 30), CREAM if i % 2 else BUTTER, (8, 8))
    body = poly("-96,-200 96,-200 70,0 -70,0")
    c.fill(body, CREAM, 36)
    for i in (-2, 0, 2):
        x = i * 34
        c.fill(poly(f"{x - 18},-200 {x + 18},-200 {x * 0.74 + 13},0 {x * 0.74 - 13},0"), RUST)
    c.fill(poly("62,-200 96,-200 70,0 44,0"), dim(RUST))


def pretzel(c: Canvas) -> None:
    """A pretzel from above, 330 wide."""
    arm = "-70,86 -24,26 22,-30 72,-92"
    knot = (
        arm + " 126,-98 150,-30 112,66 0,112 -112,66 -150,-30 -126,-98 -72,-92 -22,-30 24,26 70,86"
    )
    with c.at(10, 14):
        c.line(curve(knot), 46, dim(c.floor, 0.14))
    c.line(curve(knot), 46, CRUST, (6, 8))
    c.line(curve(arm), 46, dim(CRUST, 0.17))
    c.line(curve("-74,82 -28,22 18,-34 66,-98"), 40, CRUST)
    c.line(curve("0,112 -112,66 -150,-30 -126,-98"), 46, CRUST, (0, 8))
    c.line(oval(0, -4, 148, 110, 190, 214), 8, BUTTER)
    salt = (
        "-140,10 -110,60 -52,98 6,110 64,94 118,52 144,-8 128,-76 84,-94 -92,-96 40,-50 -4,0 -44,54"
    )
    for x, y in spots(salt):
        c.fill(rect(x - 6, y - 6, 12, 12, 3), CREAM)


def crisp_bag(c: Canvas, colour: str = TEAL) -> None:
    """A bag of crisps, 180 wide and 250 high."""
    c.shadow(76)
    c.fill(blob("-88,-232! 88,-232! 78,-120 88,-14! -88,-14! -78,-120"), colour, (30, 0))
    for y in (-250, -20):
        teeth = [f"{-92 + i * 23},{y + (0 if i % 2 else 8)}" for i in range(9)]
        c.fill(poly(" ".join([*teeth, f"92,{y + 22}", f"-92,{y + 22}"])), dim(colour, 0.25))
    c.fill(oval(-4, -130, 50), BUTTER)
    with c.at(-4, -128, 0.9, -18):
        c.fill(oval(0, 0, 42, 30), MUSTARD, (8, 8))
        c.line(curve("-24,4 -4,-10 24,-2"), 6, BUTTER)


# --- Things: sweet -----------------------------------------------------------------------------


def chocolate_bar(c: Canvas, paper: str = RUST) -> None:
    """A half-opened bar of chocolate from above, lying across, 560 wide."""
    c.fill(rect(-270, -96, 560, 220, 8), dim(c.floor, 0.16))
    c.fill(rect(-280, -110, 330, 220, 6), BROWN)
    for i in range(5):
        for j in range(3):
            c.fill(rect(-274 + i * 66, -104 + j * 72, 56, 62, 6), mix(BROWN, CRUST, 0.3), (7, 7))
    c.fill(
        poly("20,-118 44,-96 24,-70 50,-44 26,-18 52,8 26,34 50,60 24,88 40,118 90,118 90,-118"),
        MIST,
    )
    c.fill(rect(70, -118, 220, 236, 6), paper, (0, 10))
    c.fill(rect(110, -118, 26, 236), BUTTER)
    c.fill(oval(208, -2, 46), BUTTER)


def bonbon(c: Canvas, colour: str = RUST, stripe: str = CREAM) -> None:
    """A wrapped sweet with twisted ends, from above, 360 wide."""
    c.fill(oval(12, 22, 118, 96), dim(c.floor, 0.14))
    for side in (False, True):
        with c.at(0, 0, 1, 0, side):
            c.fill(
                blob("80,0! 176,-84! 156,-40 186,-14! 164,14 184,46! 150,52 160,86!"),
                dim(colour, 0.12),
            )
            c.line(spots("100,-4 152,-30"), 5, dim(colour, 0.4))
            c.line(spots("100,6 150,34"), 5, dim(colour, 0.4))
    body = oval(0, 0, 114, 100)
    c.fill(body, colour)
    with c.inside(body):
        for x in (-96, -28, 40, 108):
            c.line(curve(f"{x + 30},-120 {x - 14},-40 {x + 14},40 {x - 30},120"), 26, stripe)
    c.line(oval(0, 0, 84, 70, 195, 240), 11, pale(colour, 0.8))


def sweet_jar(c: Canvas, colours: tuple[str, ...] = (RUST, MUSTARD, TEAL), lid: str = TEAL) -> None:
    """A glass jar of round sweets, 190 wide and 290 high."""
    c.shadow(84)
    body = blob("-70,-236! 70,-236! 96,-196 96,-40 80,0! -80,0! -96,-40 -96,-196")
    c.fill(body, CREAM)
    with c.inside(body):
        for row in range(3):
            for i in range(-1, 2 + row % 2):
                x, y = i * 68 - (row % 2) * 34, -34 - row * 60
                c.fill(oval(x, y, 34), colours[(i * 2 + row * 2) % len(colours)])
        c.fill(poly("66,-240 120,-240 120,0 76,0"), dim(CREAM, 0.12))
    c.line(spots("-70,-190 -70,-60"), 9, "#ffffff")
    c.fill(rect(-84, -262, 168, 32, 9), lid, 28)
    c.fill(oval(0, -272, 22, 18), lid, 9)


def cone(c: Canvas, scoop: str = ROSE, second: str | None = None) -> None:
    """An ice-cream cone, its tip at the origin, 130 wide."""
    wafer = poly("0,0 -52,-176 52,-176", 6)
    c.fill(wafer, CRUST, 0)
    with c.inside(wafer):
        for i in range(-4, 8):
            c.line([(i * 30 - 120, -200), (i * 30, 0)], 5, dim(CRUST, 0.25))
            c.line([(i * 30 + 90, -200), (i * 30 - 30, 0)], 5, dim(CRUST, 0.25))
    if second:
        c.fill(oval(0, -290, 56), second, (16, 12))
    drip = (
        "-68,-196 -56,-250 0,-272 56,-250 68,-196 56,-168 "
        "40,-182 24,-158 4,-180 -18,-164 -38,-182 -56,-170"
    )
    c.fill(blob(drip), scoop, (18, 0))
    c.line(oval(0, -214, 42, 36, 200, 245), 8, pale(scoop, 0.6))


def lolly(c: Canvas, colour: str = RUST, tip: str = MUSTARD) -> None:
    """An ice lolly on its stick with a bite taken, 150 wide and 360 high."""
    c.fill(rect(-17, -110, 34, 110, 14), SAND, 12)
    bite = [*oval(50, -354, 27, 27, 205, 75), *oval(80, -316, 26, 26, 185, 95)]
    body = [*oval(0, -290, 76, 76, 180, 288), *bite, (76, -96), (66, -84), (-66, -84), (-76, -96)]
    c.fill(body, colour, 26)
    with c.inside(body):
        c.fill(blob("-90,-400! 90,-400! 90,-236 40,-252 0,-232 -40,-252 -90,-236"), tip, 0)
        c.fill(poly("50,-400 90,-400 90,-240 50,-250"), dim(tip))
    for x in (-30, 18):
        c.line([(x, -290), (x, -130)], 13, dim(colour, 0.12))


def pudding(c: Canvas) -> None:
    """A caramel custard on a plate, 280 wide and 170 high."""
    c.put(plate, 0, -14, 1.25, 130, TEAL)
    c.fill(oval(0, -22, 120, 16), BROWN)
    c.fill(poly("-68,-150 68,-150 100,-24 -100,-24", 12), BUTTER, 34)
    c.fill(
        blob("-72,-146! 72,-146! 80,-116 60,-90 44,-120 14,-98 -14,-122 -40,-84 -60,-118 -80,-116"),
        CRUST,
    )
    c.fill(oval(0, -147, 71, 14), pale(CRUST, 0.15))
    c.fill(oval(0, -170, 20), RUST, (6, 6))
    c.line(curve("0,-184 8,-206 24,-214"), 5, GREEN)


def sundae(c: Canvas) -> None:
    """Scoops in a low glass dish with a wafer, 220 wide and 280 high."""
    c.shadow(60)
    c.fill(poly("70,-306 112,-290 60,-140 20,-160", 6), CRUST, 10)
    c.fill(oval(-44, -186, 58), ROSE, (12, 10))
    c.fill(oval(48, -184, 56), CREAM, (14, 10))
    c.fill(oval(2, -232, 56), BROWN, (16, 12))
    c.fill(oval(0, -294, 18), RUST, (6, 6))
    c.fill(
        blob("-108,-164! 108,-164! 84,-84 16,-56 14,-24 62,-2! -62,-2! -14,-24 -16,-56 -84,-84"),
        MIST,
        26,
    )
    c.line(curve("-84,-146 -74,-110 -52,-88"), 8, CREAM)


# --- Things: cooking and the larder ------------------------------------------------------------


def pasta(c: Canvas) -> None:
    """A wide bowl of spaghetti with tomato and basil, 420 wide."""
    c.fill(blob("-150,-116! -120,-170 -40,-200 60,-196 130,-160 150,-116!"), BUTTER, (26, 0))
    for y, w in ((-136, 116), (-156, 90), (-176, 58)):
        c.line(
            curve(f"{-w},{y + 12} {-w / 2},{y - 8} 0,{y + 4} {w / 2},{y - 10} {w},{y + 10}"),
            7,
            MUSTARD,
        )
    c.fill(blob("-70,-176 -30,-216 40,-214 74,-180 40,-160 0,-168 -40,-158"), RUST, (14, 6))
    c.fill(lens(0, -208, -52, -246, 34), GREEN)
    c.fill(lens(0, -208, 48, -252, 36), dim(GREEN))


def pizza(c: Canvas) -> None:
    """A pizza from above with one slice drawn out to the right, 400 wide."""
    c.fill(oval(12, 16, 200), dim(c.floor, 0.14))
    c.fill([(0.0, 0.0), *oval(0, 0, 200, 200, 22, 338)], CRUST, (8, 8))
    c.fill([(0.0, 0.0), *oval(0, 0, 176, 176, 22, 338)], MUSTARD)
    c.dots(spots("-96,-84 -120,24 -40,112 60,124 56,-110 -30,-134"), 30, RUST, (5, 5))
    for x, y, turn in ((-70, -10, 20), (10, 60, 120), (10, -70, 0)):
        with c.at(x, y, 0.7, turn):
            c.fill(lens(-30, 0, 30, 0, 26), GREEN)
    with c.at(58, 0):
        c.fill([(14.0, 16.0), *oval(14, 16, 200, 200, -20, 20)], dim(c.floor, 0.14))
        c.fill([(0.0, 0.0), *oval(0, 0, 200, 200, -20, 20)], CRUST, (8, 8))
        c.fill([(0.0, 0.0), *oval(0, 0, 176, 176, -20, 20)], MUSTARD)
        c.fill(oval(126, 6, 30), RUST, (5, 5))
        c.fill(lens(60, -8, 104, -34, 20), GREEN)


def frying_pan(c: Canvas) -> None:
    """A frying pan of vegetables from above, its handle to the lower right, 400 wide."""
    c.fill(oval(12, 16, 172), dim(c.floor, 0.14))
    c.line(spots("120,120 250,250"), 40, BROWN, (6, 9))
    c.fill(oval(0, 0, 172), INK)
    c.fill(oval(0, 0, 146), mix(INK, CREAM, 0.22))
    c.fill(oval(-62, -56, 50), RUST, (7, 7))
    c.dots(around(4, 24, 45), 1, RUST)
    for x, y, turn in ((46, -86, 20), (82, -40, -30), (40, -36, 60)):
        with c.at(x, y, 1, turn):
            c.fill(lens(-44, 0, 44, 0, 34), GREEN, (4, 6))
    for spot in spots("-84,40 -44,92 -20,30"):
        c.fill(oval(*spot, 34), MUSTARD, (5, 5))
        c.fill(oval(*spot, 20), BUTTER)
    c.put(fried_egg, 64, 62, 0.92)


def casserole(c: Canvas, colour: str = RUST) -> None:
    """A lidded casserole, 340 wide and 230 high."""
    c.shadow(132)
    for x in (-156, 156):
        c.line(oval(x, -112, 24, 17), 14, dim(colour), shut=True)
    c.fill(blob("-150,-150! 150,-150! 144,-30 116,0! -116,0! -144,-30"), colour, (46, 0))
    c.fill(rect(-162, -168, 324, 26, 12), dim(colour, 0.12), 0)
    c.fill(oval(0, -164, 150, 44, 180, 360), colour, 46)
    c.fill(rect(-12, -220, 24, 20), BROWN)
    c.fill(rect(-34, -234, 68, 20, 10), BROWN)
    c.line(spots("-118,-118 -112,-52"), 10, pale(colour, 0.4))


def stove(c: Canvas, w: float = 560, colour: str = CREAM) -> None:
    """A cooker top with four knobs below it, its top at the origin."""
    c.fill(rect(-w / 2, 0, w, 160), colour, 40)
    c.fill(rect(-w / 2 - 14, -10, w + 28, 20, 8), INK)
    for i in range(4):
        x = -w * 0.3 + i * w * 0.2
        c.fill(oval(x, 54, 22), RUST, (5, 5))
        c.line([(x, 42), (x, 54)], 6, CREAM)


def hanging(c: Canvas, kind: str = "ladle", metal: str = INK) -> None:
    """A kitchen tool hanging from a hook at the origin, about 190 long."""
    c.line([(0, 8), (0, 128)], 9, metal)
    c.line(oval(0, -2, 9), 5, metal, shut=True)
    if kind == "ladle":
        c.fill(oval(-26, 138, 38, 40, 0, 180), metal)
    elif kind == "turner":
        c.fill(poly("-30,120 30,120 36,196 -36,196", 8), metal)
        for x in (-14, 0, 14):
            c.line([(x, 142), (x, 178)], 6, c.floor)
    else:
        c.fill(oval(0, 156, 32, 40), metal)


def onion(c: Canvas, colour: str = ROSE) -> None:
    """Half an onion from above, 120 wide."""
    c.fill(oval(5, 7, 58), dim(c.floor, 0.16))
    c.fill(oval(0, 0, 58), colour, (4, 4))
    for r in (46, 32, 18):
        c.fill(oval(0, 0, r), CREAM)
        c.line(oval(0, 0, r - 5), 4, colour, shut=True)


def chef_knife(c: Canvas, metal: str = MIST) -> None:
    """A cook's knife from above, its point to the left, 400 long."""
    c.fill(blob("-220,22! -120,-22 -20,-38 40,-38! 40,30! -120,32"), metal, (0, 10))
    c.fill(rect(40, -38, 16, 62, 3), dim(metal, 0.3))
    c.fill(rect(56, -36, 150, 42, 16), INK)
    c.dots(spots("86,-15 124,-15 162,-15"), 6, MUSTARD)


def jar(
    c: Canvas, fill: str = MUSTARD, lid: str = RUST, h: float = 190, level: float = 0.8
) -> None:
    """A storage jar, 120 wide, filled to a level."""
    c.shadow(54)
    c.fill(rect(-60, -h, 120, h, 14), CREAM, 20)
    c.fill(rect(-50, -h * level, 100, h * level - 9, 9), fill, 18)
    c.fill(rect(-52, -h - 24, 104, 34, 8), lid, 18)


def scoop(c: Canvas, colour: str = CRUST) -> None:
    """A wooden scoop lying with grain in it, 240 wide."""
    c.shadow(100)
    c.line(spots("40,-40 130,-58"), 20, colour, (0, 6))
    c.fill(oval(-30, -54, 84, 30), dim(colour, 0.3))
    c.fill(blob("-104,-56! -70,-86 0,-84 44,-56!"), MUSTARD, (18, 0))
    c.fill(oval(-30, -54, 86, 52, 0, 180), colour, (22, 0))


def sack(c: Canvas, colour: str = SAND, grain: str = BROWN) -> None:
    """An open sack of beans, 220 wide and 210 high."""
    c.shadow(96)
    c.fill(blob("-92,-176! -116,-90 -104,0! 104,0! 116,-90 92,-176!"), colour, (36, 0))
    c.fill(oval(0, -176, 92, 24), dim(colour, 0.35))
    c.fill(blob("-84,-176! -50,-206 40,-208 84,-176! 40,-160 -40,-160"), grain, (18, 0))
    c.line(oval(0, -174, 94, 26, 0, 180), 24, pale(colour, 0.3))


def grain_bowl(c: Canvas) -> None:
    """A bowl of grains and vegetables from above, 400 wide."""
    c.fill(oval(14, 18, 200), dim(c.floor, 0.14))
    c.fill(oval(0, 0, 200), TEAL, (8, 8))
    inner = oval(0, 0, 176)
    c.fill(inner, BUTTER)
    with c.inside(inner):
        c.fill(poly("0,0 -40,-220 240,-220 200,-20"), GREEN)
        for x, y, turn in ((40, -90, -70), (90, -60, -30), (84, -124, -50), (140, -100, -20)):
            with c.at(x, y, 1, turn):
                c.fill(lens(-50, 0, 50, 0, 44), dim(GREEN), 0)
        c.fill(poly("0,0 200,-20 200,220 20,220"), CREAM)
        c.dots(
            spots("50,40 92,22 134,30 66,82 108,70 150,74 52,124 94,116 134,114 84,158"),
            22,
            RUST,
            (6, 6),
        )
        c.fill(poly("0,0 20,220 -220,220 -220,-20"), SAND)
        c.dots(
            spots("-40,140 -80,116 -120,90 -96,140 -60,90 -140,50 -100,56 -20,100 -64,160"),
            15,
            BROWN,
            (4, 4),
        )
        c.fill(poly("0,0 -220,30 -220,-220 -40,-220"), MUSTARD)
        for i in range(4):
            with c.at(-52 - i * 30, -56 - i * 2, 1, -30 + i * 6):
                c.fill(
                    blob("-14,-80 14,-84 22,0 10,64 -10,64 -20,0"), mix(BUTTER, GREEN, 0.35), (6, 0)
                )
    c.fill(oval(0, 0, 46), CREAM, (5, 5))
    c.fill(oval(0, 0, 22), MUSTARD)


def carton(c: Canvas, colour: str = RUST, fruit: str = MUSTARD) -> None:
    """A juice carton with a straw, 190 wide and 330 high."""
    c.shadow(84)
    c.line(spots("20,-290 20,-372 74,-400"), 11, CREAM)
    c.fill(rect(-92, -240, 130, 240), colour)
    c.fill(poly("38,-240 96,-254 96,-12 38,0"), dim(colour))
    c.fill(poly("-92,-240 -60,-306 60,-316 38,-240"), pale(colour, 0.25))
    c.fill(poly("38,-240 60,-316 96,-254"), dim(colour, 0.3))
    c.fill(rect(-64, -330, 128, 28, 4), colour, 24)
    c.fill(rect(-92, -92, 130, 92), CREAM)
    c.fill(poly("38,-92 96,-104 96,-12 38,0"), dim(CREAM))
    c.fill(oval(-28, -120, 52), fruit, (12, 10))
    c.fill(lens(-28, -170, 14, -200, 24), GREEN)


def tin(c: Canvas, colour: str = RUST, fruit: str = MUSTARD, h: float = 150) -> None:
    """A food tin with a plain label, 120 wide."""
    c.shadow(54)
    c.fill(rect(-60, -h, 120, h, 6), MIST, 24)
    c.fill(oval(0, -h, 60, 9), pale(MIST, 0.5))
    c.fill(rect(-60, -h + 20, 120, h - 36), colour, 24)
    c.fill(oval(-6, -h / 2, 28), fruit, (6, 6))


def honey(c: Canvas) -> None:
    """A jar of honey with a dipper, 200 wide and 320 high."""
    c.shadow(88)
    c.fill(blob("-76,-200! 76,-200! 100,-170 100,-26 80,0! -80,0! -100,-26 -100,-170"), MUSTARD, 34)
    c.fill(rect(-62, -126, 112, 84, 10), CREAM)
    with c.at(-6, -84, 0.8):
        c.fill(poly("0,-34 30,-17 30,17 0,34 -30,17 -30,-17", 4), MUSTARD)
    c.line(spots("-80,-156 -80,-40"), 10, BUTTER)
    c.fill(rect(-84, -216, 168, 24, 8), BUTTER, 26)
    c.line(spots("10,-240 66,-340"), 13, BROWN)
    for i in range(4):
        with c.at(10 - i * 8, -240 + i * 16, 1, 28):
            c.fill(rect(-26, -7, 52, 13, 6), CRUST, 10)
    c.fill(oval(0, -204, 70, 12), CRUST)


def packet(c: Canvas, colour: str = TEAL) -> None:
    """A tall packet of pasta with a window, 120 wide and 220 high."""
    c.shadow(52)
    c.fill(poly("-58,-210 58,-210 62,0 -62,0", 5), colour, 26)
    c.fill(rect(-36, -140, 60, 110, 12), BUTTER)
    for x in (-22, -6, 10):
        c.line([(x, -130), (x, -40)], 6, MUSTARD)
    c.fill(poly("-62,-226 62,-226 58,-204 -58,-204"), dim(colour, 0.25))


def oil_can(c: Canvas, colour: str = GREEN) -> None:
    """A tin can of cooking oil with a spout, 120 wide and 230 high."""
    c.shadow(54)
    c.fill(poly("-20,-206 -52,-262 -38,-268 0,-206"), dim(MUSTARD))
    c.fill(rect(-60, -190, 120, 190, 5), colour, 34)
    c.fill(poly("-60,-190 -40,-212 40,-212 60,-190"), pale(colour, 0.3), 20)
    c.fill(oval(-12, -100, 38, 50), BUTTER)
    c.fill(oval(-12, -90, 15, 20), dim(colour, 0.3))
    c.fill(lens(-12, -110, 16, -134, 16), dim(colour, 0.3))


def sandwich(c: Canvas) -> None:
    """Half a sandwich, its cut side to us, 330 wide and 200 high."""
    c.shadow(140)
    c.fill(rect(-150, -44, 300, 44, 12), CRUST, 0)
    c.fill(rect(-150, -38, 300, 30, 8), BUTTER, (0, 8))
    c.fill(
        blob("-164,-52! 160,-52! 150,-34 116,-42 80,-30 40,-44 0,-32 -44,-44 -84,-30 -130,-40"),
        GREEN,
    )
    c.fill(rect(-150, -74, 300, 24, 8), ROSE, (0, 8))
    c.fill(poly("-156,-76 156,-76 100,-52 40,-74 -20,-50 -80,-74 -130,-60"), MUSTARD)
    c.fill(rect(-152, -98, 90, 24, 10), RUST)
    c.fill(rect(-46, -98, 90, 24, 10), RUST)
    c.fill(rect(60, -98, 90, 24, 10), dim(RUST))
    c.fill(blob("-162,-100! 162,-100! 150,-112 90,-104 20,-116 -60,-104 -150,-114"), GREEN)
    c.fill(rect(-150, -150, 300, 46, 12), CRUST)
    c.fill(rect(-150, -144, 300, 34, 8), BUTTER, (0, 8))
    c.line(spots("30,-130 30,-214"), 7, BROWN)
    c.fill(oval(30, -176, 22), GREEN, (6, 6))
    c.fill(oval(30, -212, 12), RUST)


def bagel(c: Canvas) -> None:
    """A filled bagel, 300 wide and 180 high."""
    c.shadow(124)
    c.fill(blob("-134,-66! 134,-66! 124,-14 92,0! -92,0! -124,-14"), CRUST, (30, 0))
    waves_ = "-146,-76! 146,-76! 140,-56 106,-66 74,-52 36,-66 0,-52 -40,-66 -80,-52 -114,-66"
    c.fill(blob(waves_ + " -140,-56"), GREEN)
    c.fill(rect(-138, -92, 276, 24, 12), ROSE, (0, 8))
    c.fill(
        blob("-136,-102! 136,-102! 130,-84 90,-92 60,-78 20,-92 -30,-80 -70,-92 -130,-84"), CREAM
    )
    c.fill(blob("-140,-102! -126,-150 -60,-178 60,-178 126,-150 140,-102!"), CRUST, (34, 0))
    c.fill(oval(0, -164, 44, 11), dim(CRUST, 0.3))
    for x, y in spots("-96,-136 -60,-156 -50,-122 -10,-136 30,-124 70,-152 92,-126 -112,-116"):
        c.fill(oval(x, y, 6, 4), BUTTER)


def gherkin(c: Canvas) -> None:
    """A gherkin lying down, 120 wide."""
    c.shadow(46)
    c.fill(rect(-58, -40, 116, 42, 20), GREEN, (6, 12))
    c.dots(spots("-30,-28 -6,-20 20,-30 36,-20"), 4, pale(GREEN))


def lunch_box(c: Canvas) -> None:
    """A divided lunch box from above, 520 wide."""
    c.fill(rect(-246, -150, 520, 330, 40), dim(c.floor, 0.14))
    c.fill(rect(-260, -166, 520, 330, 40), TEAL, (9, 9))
    c.fill(rect(-238, -144, 270, 286, 24), pale(TEAL, 0.75))
    c.fill(rect(50, -144, 188, 134, 24), pale(TEAL, 0.75))
    c.fill(rect(50, 8, 188, 134, 24), pale(TEAL, 0.75))
    for y, turn in ((-60, 0), (66, 0)):
        with c.at(-104, y, 1, turn):
            c.fill(poly("-110,54 110,54 0,-58", 14), CRUST, (6, 6))
            c.fill(poly("-84,42 84,42 0,-42", 10), BUTTER)
            c.fill(poly("-84,42 84,42 70,28 -70,28"), GREEN)
            c.fill(poly("-70,28 70,28 58,16 -58,16"), RUST)
    c.dots(
        spots("90,-110 136,-114 182,-106 204,-68 158,-72 112,-70 88,-38 134,-36 184,-34"),
        24,
        RUST,
        (6, 6),
    )
    for x in (92, 132, 172, 206):
        c.line([(x, 36), (x - 8, 114)], 24, CRUST, 7)


# --- Things: pets ------------------------------------------------------------------------------


def dog(c: Canvas, coat: str = CRUST, collar: str = RUST) -> None:
    """A sitting dog facing left, 240 wide and 340 high."""
    c.shadow(104)
    c.line(curve("96,-22 150,-30 168,-84"), 22, coat)
    c.fill(blob("-62,-220! -74,-120 -66,0! 104,0! 124,-60 96,-140 50,-230!"), coat, (28, 0))
    c.fill(blob("20,0! 24,-70 78,-96 118,-50 112,0!"), dim(coat, 0.12))
    c.fill(rect(-70, -150, 40, 150, 16), coat, 0)
    c.fill(rect(-18, -140, 38, 140, 16), dim(coat, 0.1))
    c.fill(blob("-80,0! -84,-22 -56,-28 -30,-20 -28,0!"), CREAM)
    c.fill(blob("-30,0! -32,-20 -6,-26 20,-18 22,0!"), dim(CREAM, 0.1))
    c.fill(blob("-64,-200! -70,-150 -44,-96 -14,-120 0,-200!"), CREAM)
    c.line(curve("-66,-208 -20,-192 46,-212"), 17, collar)
    c.fill(oval(-30, -182, 12), MUSTARD)
    c.fill(
        blob(
            "-142,-252 -118,-284 -72,-292 -40,-336 26,-336 "
            "58,-290 50,-228 0,-204 -70,-206 -128,-218"
        ),
        coat,
        (0, 0),
    )
    c.fill(blob("-142,-252 -110,-262 -66,-240 -62,-212 -100,-208 -132,-222"), CREAM)
    c.fill(oval(-136, -254, 17, 14), INK)
    c.fill(oval(-66, -286, 9), INK)
    c.fill(blob("2,-326! 48,-330 78,-280 70,-214 40,-202 18,-240"), BROWN)


def cat(c: Canvas, coat: str = INK, eyes: str = MUSTARD) -> None:
    """A sitting cat facing us, 200 wide and 300 high."""
    c.shadow(88)
    c.line(curve("70,-18 128,-22 138,-74 116,-112"), 22, coat)
    c.fill(blob("-46,-190! -76,-90 -82,-20 -66,0! 66,0! 82,-20 76,-90 46,-190!"), coat, (0, 0))
    head = "-78,-216 -72,-262 -74,-316! -34,-286 34,-286 74,-316! 72,-262 78,-216 40,-172 -40,-172"
    c.fill(blob(head), coat)
    c.fill(blob("-64,-296! -62,-266 -44,-276!"), ROSE)
    c.fill(blob("64,-296! 62,-266 44,-276!"), ROSE)
    for x in (-34, 34):
        c.fill(oval(x, -232, 17, 15), eyes)
        c.fill(oval(x, -232, 5, 13), DARK)
    c.fill(blob("-9,-206! 9,-206! 0,-196"), ROSE)
    light = pale(coat, 0.3)
    c.fill(blob("-30,-166 0,-150 30,-166 24,-104 0,-84 -24,-104"), CREAM)
    c.line(spots("-18,-8 -18,-60"), 5, light)
    c.line(spots("18,-8 18,-60"), 5, light)
    c.fill(blob("-56,0! -54,-22 -30,-26 -8,-18 -6,0!"), CREAM)
    c.fill(blob("6,0! 8,-18 30,-26 54,-22 56,0!"), CREAM)


def pet_bowl(c: Canvas, colour: str = TEAL, food: bool = True) -> None:
    """A pet's bowl with a bone on its side, 300 wide and 140 high."""
    c.shadow(140)
    if food:
        c.put(heap, 0, -112, 1, 106, BROWN, 24)
    c.fill(blob("-110,-104! 110,-104! 122,-70 150,-4! -150,-4! -122,-70"), colour, (34, 0))
    c.fill(rect(-152, -14, 304, 16, 7), dim(colour, 0.25))
    c.fill(rect(-116, -112, 232, 16, 8), pale(colour, 0.25))
    c.put(bone, -6, -52, 0.8)


def bone(c: Canvas, colour: str = CREAM) -> None:
    """A bone lying across, 130 wide."""
    c.fill(rect(-44, -12, 88, 24), colour)
    c.dots(spots("-48,-14 -48,14 48,-14 48,14"), 18, colour)


def ball(c: Canvas, colour: str = RUST, band: str = CREAM) -> None:
    """A striped ball, 90 wide."""
    c.shadow(34)
    c.fill(oval(0, -44, 45), colour, (12, 12))
    with c.inside(oval(0, -44, 45)):
        c.line(curve("-50,-60 0,-40 50,-66"), 14, band)


# --- Things: garden and flowers ----------------------------------------------------------------


def pot(c: Canvas, colour: str = RUST) -> None:
    """A clay pot, 130 wide and 120 high."""
    c.shadow(48)
    c.fill(poly("-54,-100 54,-100 42,0 -42,0", 4), colour, 22)
    c.fill(rect(-64, -124, 128, 34, 6), pale(colour, 0.12), 22)


def seedling(c: Canvas, colour: str = GREEN) -> None:
    """A seedling with four leaves, 150 high."""
    c.line(curve("0,0 4,-60 0,-120"), 8, dim(colour, 0.2))
    c.fill(lens(0, -50, -66, -92, 38), colour)
    c.fill(lens(2, -60, 66, -110, 38), dim(colour))
    c.fill(lens(0, -110, -40, -168, 34), colour)
    c.fill(lens(0, -110, 36, -172, 34), dim(colour))


def potted(c: Canvas, colour: str = RUST, green: str = GREEN) -> None:
    """A seedling in a clay pot, 280 high."""
    c.put(seedling, 0, -112, 1, green)
    pot(c, colour)


def watering_can(c: Canvas, colour: str = TEAL) -> None:
    """A watering can with its spout to the left, 360 wide and 240 high."""
    c.shadow(100)
    c.line(curve("84,-150 166,-150 170,-60 96,-34"), 18, dim(colour))
    c.line(curve("-60,-158 -40,-230 50,-230 70,-158"), 16, dim(colour))
    c.fill(poly("-70,-74 -70,-26 -190,-178 -164,-196"), dim(colour, 0.12))
    c.fill(poly("-214,-182 -160,-224 -150,-208 -204,-164", 4), MUSTARD)
    c.fill(poly("-92,-158 92,-158 104,0 -104,0", 6), colour, (38, 0))
    c.fill(oval(0, -158, 92, 13), dim(colour, 0.35))
    c.fill(rect(-98, -62, 199, 18), pale(colour, 0.25), 38)


def trowel(c: Canvas, colour: str = MUSTARD) -> None:
    """A hand trowel stuck in the ground, 230 high."""
    c.fill(blob("-34,-110! 34,-110! 30,-40 0,6! -30,-40"), MIST, 16)
    c.line(spots("0,-150 0,-112"), 12, MIST)
    c.line(spots("0,-232 0,-160"), 30, colour, 8)


def shed(c: Canvas, colour: str = TEAL) -> None:
    """A garden shed with a pitched roof, 320 wide and 300 high."""
    c.shadow(150)
    c.fill(poly("-150,0 -150,-180 0,-268 150,-180 150,0"), colour, 0)
    with c.inside(poly("-150,0 -150,-180 0,-268 150,-180 150,0")):
        for x in range(-112, 150, 38):
            c.line([(x, -300), (x, 0)], 3, dim(colour, 0.2))
    c.line(spots("-176,-172 0,-280 176,-172"), 22, BROWN)
    c.fill(rect(-110, -150, 100, 150), CREAM, 14)
    c.line(spots("-104,-76 -18,-76"), 6, SAND)
    c.fill(oval(-26, -76, 6), BROWN)
    c.fill(rect(30, -150, 84, 74, 4), CREAM)
    c.fill(rect(37, -143, 70, 60), BUTTER)
    c.line(spots("72,-146 72,-80"), 6, CREAM)


def bush(c: Canvas, colour: str = GREEN, flower: str = "") -> None:
    """A round bush, 170 wide, perhaps in flower."""
    c.fill(blob("-84,0! -92,-56 -60,-100 -20,-96 14,-130 62,-96 90,-50 84,0!"), colour, (24, 0))
    if flower:
        c.dots(spots("-56,-60 -22,-34 -10,-84 28,-96 30,-50 58,-26 -50,-20"), 10, flower)


def sunflower(c: Canvas, petal: str = MUSTARD, h: float = 240) -> None:
    """A tall daisy-like flower."""
    c.line(curve(f"0,0 6,{-h / 2} 0,{-h}"), 9, dim(GREEN, 0.1))
    c.fill(lens(3, -h * 0.4, 58, -h * 0.6, 30), GREEN)
    c.fill(lens(3, -h * 0.3, -54, -h * 0.46, 30), dim(GREEN))
    for x, y in around(12, 58):
        c.fill(lens(x * 0.3, y * 0.3 - h, x, y - h, 26), petal)
    c.fill(oval(0, -h, 27), BROWN, (6, 6))


def tulip(c: Canvas, colour: str = RUST, h: float = 220) -> None:
    """A tulip on its stalk."""
    c.line(curve(f"0,0 5,{-h / 2} 0,{-h}"), 8, GREEN)
    c.fill(lens(2, -h * 0.1, 40, -h * 0.62, 26), dim(GREEN))
    c.fill(
        blob(
            f"0,{-h + 8} -34,{-h - 16} -32,{-h - 72}! -14,{-h - 54} "
            f"0,{-h - 84}! 14,{-h - 54} 32,{-h - 72}! 34,{-h - 16}"
        ),
        colour,
        (12, 0),
    )
    c.fill(lens(0, -h + 4, 0, -h - 82, 30), pale(colour, 0.25))


def daisy(c: Canvas, petal: str = CREAM, h: float = 180) -> None:
    """A small daisy on its stalk."""
    c.line(curve(f"0,0 -4,{-h / 2} 0,{-h}"), 6, GREEN)
    for x, y in around(9, 40, 8):
        c.fill(lens(0, -h, x, y - h, 20), petal)
    c.fill(oval(0, -h, 14), MUSTARD, (3, 3))


def vase(c: Canvas, colour: str = TEAL) -> None:
    """A round-bellied vase, 160 wide and 200 high."""
    c.shadow(56)
    c.fill(
        blob("-36,-200! 36,-200! 30,-160 78,-90 58,-10 46,0! -46,0! -58,-10 -78,-90 -30,-160"),
        colour,
        (28, 0),
    )
    c.fill(oval(0, -200, 36, 7), dim(colour, 0.4))
    c.line(oval(0, -90, 54, 54, 180, 235), 8, pale(colour, 0.45))


def bouquet(c: Canvas) -> None:
    """Flowers wrapped in paper, 320 wide and 420 high."""
    for x, turn, h in ((-92, -30, 170), (96, 30, 170), (-46, -14, 214), (52, 14, 210)):
        with c.at(x * 0.4, -160, 1, turn):
            (tulip if abs(x) > 60 else sunflower)(c, RUST if abs(x) > 60 else MUSTARD, h * 0.9)
    with c.at(0, -160):
        daisy(c, CREAM, 140)
        c.fill(lens(-30, -60, -140, -96, 40), GREEN)
        c.fill(lens(30, -60, 144, -90, 40), dim(GREEN))
    c.fill(poly("-120,-236 0,-190 120,-236 22,0 -22,0", 6), BLUSH, 0)
    c.fill(poly("120,-236 0,-190 -6,0 22,0"), dim(BLUSH))
    c.fill(poly("-44,-92 44,-92 36,-64 -36,-64", 6), RUST, 16)
    c.line(curve("-6,-76 -60,-50 -70,-20"), 11, RUST)
    c.line(curve("6,-76 50,-56 66,-14"), 11, dim(RUST))


def monstera(c: Canvas, colour: str = GREEN) -> None:
    """A large split leaf on its stalk, 260 high."""
    c.line(curve("0,0 -4,-70 0,-120"), 8, dim(colour, 0.25))
    c.fill(
        blob("0,-84! -70,-80 -104,-150 -64,-230 0,-276! 64,-230 104,-150 70,-80"), colour, (26, 0)
    )
    for y in (-118, -156, -194):
        for x in (-1, 1):
            c.fill(lens(x * 30, y, x * 118, y - 26, 15), c.floor)
    c.line(spots("0,-90 0,-240"), 5, dim(colour, 0.3))


def snake_plant(c: Canvas, colour: str = RUST) -> None:
    """Upright sword leaves in a pot, 340 high."""
    for x, top, shade in ((-34, -270, 0.15), (40, -250, 0.3), (-4, -340, 0.0), (20, -300, 0.2)):
        c.fill(lens(x * 0.4, -70, x * 1.6, top, 44), dim(GREEN, shade))
        c.line([(x * 0.5, -110), (x * 1.45, top + 50)], 5, mix(GREEN, BUTTER, 0.5))
    pot(c, colour)


def cactus(c: Canvas, colour: str = TEAL) -> None:
    """A round-armed cactus in a pot, 300 high."""
    c.line(spots("-14,-170 -66,-176 -66,-222"), 36, GREEN, 8)
    c.line(spots("14,-196 62,-200 62,-236"), 34, dim(GREEN, 0.1), 8)
    c.fill(rect(-36, -290, 72, 200, 36), GREEN, 18)
    for x, y in spots("-12,-250 10,-220 -14,-190 8,-160 -6,-276"):
        c.fill(oval(x, y, 4), BUTTER)
    c.fill(oval(2, -294, 17), ROSE, (4, 4))
    pot(c, colour)


def stool(c: Canvas, colour: str = CRUST, h: float = 150) -> None:
    """A three-legged stool, 180 wide."""
    c.shadow(76)
    for x in (-60, 60, 0):
        c.line([(x * 0.8, -h), (x * 1.15, -3)], 13, dim(colour, 0.3))
    c.fill(rect(-86, -h - 12, 172, 26, 12), colour, (0, 8))


# --- Things: about the house -------------------------------------------------------------------


def spray(c: Canvas, colour: str = TEAL, trigger: str = RUST) -> None:
    """A spray bottle with its nozzle to the left, 160 wide and 340 high."""
    c.shadow(70)
    c.fill(
        blob("-28,-236! 28,-236! 40,-196 78,-130 74,-10! -74,-10! -78,-130 -40,-196"), colour, 30
    )
    c.fill(rect(-74, -22, 148, 22, 9), colour, 30)
    c.fill(rect(-52, -128, 88, 84, 12), CREAM)
    c.put(leaf, -34, -64, 0.7)
    c.fill(rect(-30, -266, 60, 32, 5), CREAM, 14)
    c.fill(
        blob("-96,-322! -96,-292! -40,-284 -34,-264! 34,-264! 56,-300 40,-334! -60,-336!"),
        trigger,
        (16, 0),
    )
    c.line(curve("-44,-280 -72,-252 -62,-214"), 14, dim(trigger))
    c.fill(rect(-112, -324, 20, 34, 5), INK)


def bucket(c: Canvas, colour: str = RUST) -> None:
    """A bucket with suds, 210 wide and 190 high."""
    c.shadow(82)
    c.line(oval(0, -160, 98, 92, 180, 360), 8, INK)
    c.dots(spots("-66,-172 -26,-186 16,-190 60,-176"), 34, CREAM, (8, 6))
    c.fill(poly("-106,-164 106,-164 80,0 -80,0", 8), colour, 36)
    c.fill(rect(-112, -178, 224, 26, 10), pale(colour, 0.2), 30)


def sponge(c: Canvas, colour: str = MUSTARD) -> None:
    """A two-coloured sponge, 140 wide."""
    c.shadow(66)
    c.fill(rect(-70, -50, 140, 50, 10), colour, 24)
    c.fill(rect(-70, -66, 140, 26, 8), GREEN, 24)
    c.dots(spots("-44,-24 -14,-14 12,-28 -28,-34"), 5, dim(colour, 0.2))


def broom(c: Canvas, colour: str = CRUST) -> None:
    """A broom standing on its bristles, 420 high."""
    c.line(spots("0,-100 0,-430"), 12, BROWN)
    c.fill(poly("-30,-120 30,-120 76,0 -76,0", 4), colour, 24)
    for x in (-30, -10, 12, 34):
        c.line([(x, -60), (x * 1.5, -8)], 4, dim(colour, 0.25))
    c.fill(rect(-34, -126, 68, 30, 6), RUST, 14)


def washer(c: Canvas, colour: str = CREAM) -> None:
    """A washing machine, 260 wide and 300 high."""
    c.shadow(126)
    c.fill(rect(-130, -300, 260, 300, 10), colour, 36)
    c.fill(rect(-130, -300, 260, 52, 10), dim(colour, 0.12))
    c.fill(rect(-110, -286, 70, 24, 6), TEAL)
    c.fill(oval(60, -274, 15), RUST, (4, 4))
    c.fill(oval(98, -274, 9), INK)
    c.fill(oval(-4, -124, 92), MIST, (10, 10))
    c.fill(oval(-4, -124, 70), TEAL)
    with c.inside(oval(-4, -124, 70)):
        c.fill(blob("-90,-120 -40,-136 10,-112 80,-130! 80,-40! -90,-40!"), SEA)
        c.fill(blob("-60,-96 -20,-124 20,-90 10,-60 -40,-56"), RUST)
        c.fill(blob("4,-110 40,-120 60,-84 20,-70"), MUSTARD)
    c.line(oval(-4, -124, 54, 54, 195, 240), 9, CREAM)


def towels(c: Canvas) -> None:
    """A stack of folded towels, 230 wide and 150 high."""
    c.shadow(106)
    for i, colour in enumerate((TEAL, CREAM, RUST)):
        c.fill(rect(-112 + i * 4, -48 - i * 46, 224 - i * 8, 48, 20), colour, (24, 10))
        c.line([(-92, -22 - i * 46), (60, -22 - i * 46)], 4, dim(colour, 0.16))


def bowls(c: Canvas) -> None:
    """A stack of three bowls, 220 wide and 190 high."""
    c.put(bowl, 0, 0, 1, 100, TEAL)
    c.floor = TEAL
    for y, colour in ((-46, MUSTARD), (-92, RUST)):
        c.fill(oval(0, -82 + y, 100, 78, 0, 180), colour, 30)
        c.fill(oval(0, -82 + y, 100, 17), dim(colour, 0.3))


def plates(c: Canvas) -> None:
    """A stack of plates, 270 wide."""
    c.shadow(116)
    for i in range(5):
        colour = (CREAM, MIST)[i % 2]
        c.fill(oval(0, -16 - i * 17, 135, 19), colour, (0, 9))
    c.fill(oval(0, -86, 96, 11), dim(CREAM, 0.1))


def crock(c: Canvas, colour: str = CREAM) -> None:
    """A crock of wooden spoons and a whisk, 150 wide and 340 high."""
    c.shadow(64)
    for x, turn, kind in ((-34, -14, 0), (0, -2, 1), (36, 13, 2)):
        with c.at(x, -120, 1, turn):
            if kind == 1:
                c.fill(rect(-24, -220, 48, 80, 10), CRUST, 9)
            elif kind == 0:
                c.fill(oval(0, -186, 27, 40), CRUST, 8)
            else:
                c.fill(oval(0, -180, 24, 46), RUST, 8)
            c.line(spots("0,-150 0,0"), 12, CRUST if kind < 2 else RUST)
    c.fill(poly("-72,-150 72,-150 64,0 -64,0", 8), colour, 28)
    c.fill(poly("-70,-112 70,-112 69,-88 -69,-88"), TEAL, 28)


def saucepan(c: Canvas, colour: str = TEAL) -> None:
    """A hanging or standing saucepan with its handle to the right, 330 wide."""
    c.shadow(84)
    c.line(spots("92,-104 232,-120"), 22, BROWN, (0, 7))
    c.fill(rect(-104, -124, 208, 124, 18), colour, 40)
    c.fill(rect(-114, -136, 228, 20, 9), pale(colour, 0.3), 36)


def hung_pan(c: Canvas, colour: str = RUST, r: float = 66) -> None:
    """A round pan hanging from a hook at the origin."""
    c.line(oval(0, 0, 9), 6, INK, shut=True)
    c.line([(0, 12), (0, 110)], 17, INK)
    c.fill(oval(0, 110 + r, r), colour, (9, 9))
    c.fill(oval(0, 110 + r, r * 0.76), dim(colour, 0.2))
    c.line(oval(0, 110 + r, r * 0.55, r * 0.55, 195, 245), 7, pale(colour, 0.3))


def armchair(c: Canvas, colour: str = TEAL) -> None:
    """An armchair on splayed legs facing us, 300 wide and 280 high."""
    c.shadow(128)
    for x in (-100, 100):
        c.line([(x, -60), (x * 1.14, -4)], 15, BROWN)
    c.fill(blob("-110,-90! -116,-220 -84,-276 84,-276 116,-220 110,-90!"), colour, (26, 0))
    c.fill(rect(-110, -134, 220, 60, 20), pale(colour, 0.2), (0, 12))
    c.fill(rect(-110, -84, 220, 36, 10), dim(colour, 0.12))
    c.fill(rect(-156, -172, 62, 128, 28), colour, 14)
    c.fill(rect(94, -172, 62, 128, 28), colour, 22)
    with c.at(10, -134, 1, 8):
        c.fill(rect(-52, -88, 104, 90, 18), MUSTARD, (14, 8))


def floor_lamp(c: Canvas, colour: str = MUSTARD) -> None:
    """A standing lamp, 150 wide and 420 high."""
    c.shadow(48)
    c.fill(oval(0, -4, 54, 10), INK)
    c.line(spots("0,-10 0,-330"), 9, INK)
    c.fill(poly("-46,-430 46,-430 80,-320 -80,-320", 5), colour, 28)


def table_lamp(c: Canvas, colour: str = RUST, shade: str = CREAM) -> None:
    """A table lamp with a round foot, 240 wide and 340 high."""
    c.shadow(64)
    c.fill(rect(-58, -18, 116, 18, 8), BROWN)
    c.fill(oval(0, -84, 66, 70), colour, (20, 12))
    c.line(oval(0, -84, 46, 48, 190, 240), 9, pale(colour, 0.5))
    c.fill(rect(-12, -178, 24, 30), BROWN)
    c.fill(poly("-66,-346 66,-346 122,-172 -122,-172", 8), shade, 40)
    c.fill(rect(-120, -192, 240, 20, 4), MUSTARD, 34)


def framed(c: Canvas, colour: str = RUST, ground: str = CREAM, frame: str = BROWN) -> None:
    """A framed abstract picture, centred, 150 wide and 190 high."""
    c.fill(rect(-68, -86, 150, 190), dim(c.floor, 0.12))
    c.fill(rect(-75, -95, 150, 190), frame)
    c.fill(rect(-63, -83, 126, 166), ground)
    c.fill(oval(-12, -26, 36), colour)
    with c.inside(rect(-63, -83, 126, 166)):
        c.fill(blob("-63,50! -20,24 20,44 63,14! 63,83! -63,83!"), TEAL)


def sideboard(c: Canvas, colour: str = CRUST) -> None:
    """A low sideboard on legs, 420 wide and 150 high."""
    c.shadow(196)
    for x in (-160, 160):
        c.line([(x, -40), (x * 1.08, -4)], 13, BROWN)
    c.fill(rect(-210, -150, 420, 112, 8), colour, 0)
    c.fill(rect(-198, -138, 128, 88, 4), dim(colour, 0.12))
    c.fill(rect(-64, -138, 128, 88, 4), dim(colour, 0.12))
    c.fill(rect(70, -138, 128, 88, 4), dim(colour, 0.22))
    c.dots(spots("-84,-94 50,-94 84,-94"), 6, BROWN)


# --- Things: tools -----------------------------------------------------------------------------


def hammer(c: Canvas, colour: str = RUST) -> None:
    """A claw hammer upright, 150 wide and 320 high."""
    c.line(spots("0,-20 0,-230"), 28, BROWN, 8)
    c.line(spots("0,-14 0,-110"), 34, colour, 11)
    c.fill(blob("0,-272! 60,-266 104,-238 126,-186! 92,-216 56,-228 0,-224!"), INK)
    c.fill(rect(-86, -276, 104, 58, 8), INK)
    c.fill(rect(-106, -282, 30, 70, 7), mix(INK, CREAM, 0.25))


def screwdriver(c: Canvas, colour: str = MUSTARD) -> None:
    """A screwdriver, its point down at the origin, 290 high."""
    c.fill(poly("-10,0 10,0 7,-22 -7,-22"), INK)
    c.line(spots("0,-20 0,-160"), 13, mix(INK, CREAM, 0.4))
    c.fill(blob("-14,-156! 14,-156! 30,-190 24,-270 0,-292 -24,-270 -30,-190"), colour, 18)
    c.line(spots("-8,-198 -8,-262"), 6, pale(colour, 0.4))


def saw(c: Canvas, colour: str = RUST) -> None:
    """A hand saw lying across, its handle to the right, 420 wide."""
    teeth = " ".join(f"{-200 + i * 20},{34 + (0 if i % 2 else 10)}" for i in range(16))
    c.fill(poly(f"{teeth} 120,44 130,-46 -200,8"), MIST)
    c.fill(blob("96,-58! 150,-70 196,-48 214,-60! 206,40 190,66! 150,42 100,56!"), colour, (12, 0))
    c.fill(blob("136,-22 160,-28 176,-10 168,16 140,18"), c.floor)


def spanner(c: Canvas, metal: str = SEA) -> None:
    """An open spanner upright, 300 high."""
    c.line(spots("0,-50 0,-240"), 26, metal, 8)
    c.fill(oval(0, -264, 46), metal, 12)
    c.fill(poly("-17,-320 17,-320 15,-262 0,-250 -15,-262", 4), c.floor)
    c.fill(oval(0, -34, 34), metal, 9)
    c.fill(oval(0, -34, 15), c.floor)


def drill(c: Canvas, colour: str = MUSTARD) -> None:
    """A cordless drill pointing left, 420 wide and 330 high."""
    c.shadow(100)
    c.line(spots("-250,-262 -150,-262"), 13, mix(INK, CREAM, 0.4))
    c.fill(poly("-166,-292 -112,-306 -112,-218 -166,-232", 8), INK)
    c.fill(blob("0,-230! 110,-230! 118,-150 96,-60! 8,-60! 26,-140"), colour, (26, 0))
    c.fill(blob("-116,-312! 60,-322 136,-296 142,-236 100,-206! -116,-210!"), colour, (22, 18))
    c.fill(rect(-84, -296, 76, 66, 10), INK)
    c.fill(blob("0,-206! 26,-204! 12,-160 0,-156"), INK)
    c.fill(rect(-40, -78, 178, 78, 14), INK)
    c.fill(rect(-40, -78, 178, 22, 8), RUST)
    c.line(spots("10,-290 80,-286"), 9, pale(colour, 0.5))


def paint_tin(c: Canvas, paint: str = RUST) -> None:
    """An open tin of paint running over, 180 wide and 190 high."""
    c.shadow(80)
    c.line(oval(0, -130, 100, 110, 180, 360), 7, INK)
    c.fill(rect(-90, -176, 180, 176, 8), MIST, 32)
    c.fill(rect(-90, -120, 180, 80), CREAM, 32)
    c.fill(oval(-8, -80, 28), paint)
    drip = (
        "-92,-182! 92,-182! 92,-160 80,-140 66,-160 50,-150 40,-96 "
        "22,-100 18,-156 -20,-160 -34,-132 -52,-138 -60,-160 -92,-160"
    )
    c.fill(blob(drip), paint)
    c.fill(oval(0, -182, 92, 17), pale(paint, 0.25))


def roller(c: Canvas, paint: str = RUST) -> None:
    """A paint roller on its pole, its head on top, 380 high."""
    c.line(spots("76,-300 112,-300 112,-236 0,-210 0,-150"), 10, INK)
    c.line(spots("0,-20 0,-140"), 30, MUSTARD, 9)
    c.fill(rect(-96, -334, 180, 68, 18), paint, (0, 20))


def ladder(c: Canvas, colour: str = CRUST) -> None:
    """A step-ladder, 250 wide and 420 high."""
    c.shadow(110)
    for foot in (110, 60):
        c.line([(10, -410), (foot, -4)], 12, dim(colour, 0.35))
    for foot, head in ((-130, -50), (0, 14)):
        c.line([(foot, -6), (head, -410)], 17, colour)
    for i in range(1, 5):
        y = -i * 84
        x = -130 + i * 17
        c.line([(x, y), (i * 3 + 2, y)], 15, pale(colour, 0.2))
    c.fill(rect(-74, -424, 108, 22, 6), RUST)


# --- Things: beauty and personal care ----------------------------------------------------------


def lipstick(c: Canvas, colour: str = RUST, case: str = INK) -> None:
    """A lipstick, 90 wide and 280 high."""
    c.shadow(42)
    c.fill(blob("-26,-150! -26,-252! 6,-286 26,-232! 26,-150!"), colour, 18)
    c.fill(blob("-26,-252! 6,-286 26,-232! 0,-226"), pale(colour, 0.25))
    c.fill(rect(-34, -164, 68, 70, 4), MUSTARD, 22)
    c.fill(rect(-46, -110, 92, 110, 5), case, 0)
    c.fill(rect(-46, -110, 92, 14), mix(case, CREAM, 0.25))


def perfume(c: Canvas, colour: str = ROSE) -> None:
    """A square scent bottle with a round stopper, 180 wide and 240 high."""
    c.shadow(84)
    c.fill(oval(0, -212, 36), MUSTARD, (12, 8))
    c.fill(rect(-18, -186, 36, 22), dim(MUSTARD, 0.25))
    c.fill(rect(-90, -168, 180, 168, 26), CREAM, 30)
    c.fill(rect(-68, -112, 136, 94, 16), colour, 26)
    c.line(spots("-74,-136 -74,-40"), 7, "#ffffff")


def compact(c: Canvas, colour: str = TEAL) -> None:
    """An open powder compact, 220 wide and 220 high."""
    c.shadow(100)
    c.fill(oval(14, -126, 96, 98), colour, (12, 0))
    c.fill(oval(14, -126, 78, 80), MIST)
    c.fill(poly("-40,-110 20,-196 46,-188 -26,-84"), pale(MIST, 0.6))
    c.fill(oval(0, -22, 112, 28), dim(colour, 0.1), (0, 10))
    c.fill(oval(0, -26, 90, 19), BLUSH)
    c.fill(oval(0, -27, 58, 12), ROSE)


def makeup_brush(c: Canvas, colour: str = ROSE) -> None:
    """A soft brush upright, 260 high."""
    c.line(spots("0,-8 0,-120"), 16, INK, 0)
    c.fill(poly("-13,-118 13,-118 18,-164 -18,-164"), MUSTARD, 9)
    c.fill(blob("-18,-162! 18,-162! 40,-214 22,-256 -22,-256 -40,-214"), colour, (16, 0))


def dressing_mirror(c: Canvas, colour: str = MUSTARD) -> None:
    """A round standing mirror, 220 wide and 330 high."""
    c.shadow(74)
    c.fill(oval(0, -8, 78, 14), dim(colour, 0.15))
    c.line(spots("0,-10 0,-110"), 15, colour, 5)
    c.fill(oval(0, -214, 112), colour, (10, 10))
    c.fill(oval(0, -214, 94), MIST)
    c.fill(poly("-70,-190 10,-298 50,-284 -44,-140"), pale(MIST, 0.6))


def nail_polish(c: Canvas, colour: str = RUST) -> None:
    """A little bottle of nail polish, 80 wide and 150 high."""
    c.shadow(36)
    c.fill(poly("-16,-76 16,-76 12,-156 -12,-156", 5), INK)
    c.fill(rect(-40, -84, 80, 84, 18), colour, 18)
    c.line(spots("-24,-58 -24,-26"), 6, pale(colour, 0.6))


def pump(c: Canvas, colour: str = TEAL, label: str = CREAM) -> None:
    """A bottle of lotion with a pump to the left, 130 wide and 300 high."""
    c.shadow(58)
    c.line(spots("-62,-276 -62,-288 0,-292 0,-240"), 14, INK)
    c.fill(rect(-30, -252, 60, 34, 6), INK)
    c.fill(rect(-64, -224, 128, 224, 22), colour, 28)
    c.fill(rect(-46, -150, 74, 96, 8), label)
    c.fill(oval(-9, -104, 20), dim(label, 0.15))


def soap(c: Canvas, colour: str = ROSE) -> None:
    """A bar of soap on a dish with bubbles, 220 wide."""
    c.shadow(98)
    c.fill(blob("-112,-24! 112,-24! 84,0! -84,0!"), TEAL, 26)
    c.fill(rect(-84, -80, 168, 60, 24), colour, (16, 12))
    c.fill(oval(-4, -58, 50, 10), dim(colour, 0.1))
    for x, y, r in ((-74, -88, 20), (-40, -104, 13), (70, -84, 16), (96, -66, 9)):
        c.fill(oval(x, y, r), pale(MIST, 0.5), (4, 4))


def toothbrushes(c: Canvas, colour: str = MIST) -> None:
    """Two toothbrushes in a beaker, 120 wide and 260 high."""
    c.shadow(50)
    for x, turn, handle in ((-14, -10, RUST), (16, 12, MUSTARD)):
        with c.at(x, -20, 1, turn):
            c.line(spots("0,0 0,-230"), 14, handle)
            c.fill(rect(-26, -236, 22, 54, 4), CREAM)
    c.fill(poly("-54,-140 54,-140 46,0 -46,0", 8), colour, 20)


def hung_towel(c: Canvas, colour: str = RUST) -> None:
    """A towel over a rail at the origin, 150 wide and 240 long."""
    c.fill(rect(-75, -8, 150, 240, 8), colour, 20)
    c.fill(rect(-75, 176, 150, 14), CREAM, 20)
    c.fill(rect(-75, 200, 150, 8), CREAM, 20)


def bathtub(c: Canvas, colour: str = CREAM) -> None:
    """A claw-foot bath full of bubbles, 560 wide and 260 high."""
    c.shadow(210)
    c.line(curve("218,-190 226,-300 166,-312 160,-270"), 15, MUSTARD)
    suds = ((-170, -196, 44), (-96, -214, 54), (-10, -196, 40), (70, -218, 52), (148, -198, 42))
    for x, y, r in suds:
        c.fill(oval(x, y, r), pale(MIST, 0.4), (10, 6))
    c.put(duck, -8, -196, 0.95)
    for x in (-150, 150):
        c.line([(x, -40), (x * 1.1, -6)], 24, MUSTARD, 7)
    c.fill(blob("-262,-186! 262,-186! 236,-70 160,-22! -160,-22! -236,-70"), colour, (50, 0))
    c.fill(rect(-282, -202, 564, 26, 13), pale(colour, 0.6), (0, 9))


def duck(c: Canvas) -> None:
    """A toy duck floating, 120 wide."""
    c.fill(blob("-50,-50! -10,-36 50,-48! 56,-10 30,0! -40,0! -58,-20"), MUSTARD, (12, 6))
    c.fill(oval(-30, -62, 32), MUSTARD, (9, 8))
    c.fill(blob("-58,-64! -86,-58 -58,-48!"), RUST)
    c.fill(oval(-40, -70, 5), INK)


# --- Things: parties, books, music, film -------------------------------------------------------


def gift(
    c: Canvas, colour: str = RUST, ribbon: str = CREAM, w: float = 200, h: float = 170
) -> None:
    """A wrapped present with a bow."""
    c.shadow(w * 0.47)
    c.fill(rect(-w / 2, -h, w, h, 4), colour, w * 0.2)
    c.fill(rect(-w * 0.58, -h - w * 0.2, w * 1.16, w * 0.24, 5), pale(colour, 0.15), w * 0.2)
    c.fill(rect(-w * 0.09, -h - w * 0.2, w * 0.18, h + w * 0.2), ribbon)
    top = -h - w * 0.2
    for side in (False, True):
        with c.at(0, top, w / 200, 0, side):
            c.fill(blob("0,0! 20,-64 84,-76 92,-30 50,-4"), ribbon if not side else dim(ribbon))
            c.fill(blob("18,-14 40,-50 70,-54 68,-30 44,-14"), dim(ribbon, 0.22))
    c.fill(oval(0, top - w * 0.05, w * 0.085), ribbon)


def balloon(c: Canvas, colour: str = MUSTARD) -> None:
    """A balloon, its string ending at the origin, 330 high."""
    c.line(curve("0,0 12,-60 -8,-120 0,-186"), 4, INK)
    c.fill(poly("-12,-182 12,-182 0,-204"), dim(colour))
    c.fill(
        blob("0,-194 -50,-230 -66,-286 -36,-340 0,-350 36,-340 66,-286 50,-230"), colour, (18, 8)
    )
    c.line(oval(0, -284, 44, 46, 195, 240), 9, pale(colour, 0.6))


def bunting(c: Canvas, y: float = 40) -> None:
    """A string of pennants across the picture."""
    c.line(curve(f"-20,{y - 20} 280,{y + 50} 560,{y + 66} 840,{y + 50} 1140,{y - 20}"), 5, INK)
    looks = (RUST, MUSTARD, TEAL, CREAM)
    for i in range(11):
        x = 60 + i * 100
        top = y + 66 - ((x - 560) / 560) ** 2 * 74
        c.fill(poly(f"{x - 34},{top} {x + 34},{top} {x},{top + 72}"), looks[i % 4])


def party_cake(c: Canvas) -> None:
    """A two-tier iced cake with candles, 300 wide and 300 high."""
    c.fill(rect(-150, -110, 300, 110, 10), CREAM, 44)
    c.fill(rect(-104, -200, 208, 94, 10), ROSE, 36)
    drip = (
        "-108,-206! 108,-206! 108,-176 92,-160 76,-178 56,-150 "
        "34,-178 10,-164 -14,-180 -36,-148 -60,-178 -84,-160 -108,-176"
    )
    c.fill(blob(drip), RUST)
    c.fill(oval(0, -206, 108, 11), pale(RUST, 0.2))
    c.dots(spots("-118,-54 -70,-54 -22,-54 26,-54 74,-54 120,-54"), 12, MUSTARD)
    for x, colour in ((-60, TEAL), (-20, MUSTARD), (20, TEAL), (60, MUSTARD)):
        c.line([(x, -212), (x, -262)], 13, colour, 4)
        c.fill(lens(x, -268, x, -302, 18), RUST)


def party_horn(c: Canvas, colour: str = TEAL) -> None:
    """A cone party hat, 150 wide and 220 high."""
    c.shadow(66)
    hat = poly("-76,0 0,-200 76,0", 4)
    c.fill(hat, colour)
    with c.inside(hat):
        for y in (-20, -84, -148):
            c.line([(-90, y), (90, y - 40)], 17, MUSTARD)
        c.fill(poly("30,0 0,-200 90,0"), dim(colour))
    c.fill(oval(0, -206, 24), RUST, (7, 7))


def books(c: Canvas, looks: tuple[str, ...] = (TEAL, CREAM, RUST, MUSTARD)) -> None:
    """A pile of books lying, 300 wide and 50 each."""
    c.shadow(134)
    for i, colour in enumerate(looks):
        x = (0, 14, -10, 8, -4)[i % 5]
        w, y = 280 - i * 18, -i * 48
        c.fill(rect(x - w / 2, y - 48, w, 48, 6), colour, 0)
        c.fill(
            rect(x - w / 2 + 26, y - 40, w - 24, 32), pale(CREAM, 1) if colour != CREAM else SAND
        )
        for line in (-30, -20):
            c.line(
                [(x - w / 2 + 40, y + line), (x + w / 2 - 4, y + line)],
                2.5,
                SAND if colour != CREAM else CREAM,
            )
        c.fill(rect(x - w / 2, y - 48, 34, 48, 6), dim(colour, 0.12))


def open_book(c: Canvas, cover: str = TEAL) -> None:
    """An open book from the reader's side, 420 wide and 190 high."""
    c.shadow(180)
    c.fill(
        blob(
            "-214,-176! -100,-170 0,-150! 100,-170 214,-176! 214,-4! 100,-4 0,14! -100,-4 -214,-4!"
        ),
        cover,
    )
    c.fill(blob("-200,-186! -100,-196 0,-160! 0,0! -100,-28 -200,-18!"), CREAM)
    c.fill(blob("200,-186! 100,-196 0,-160! 0,0! 100,-28 200,-18!"), dim(CREAM, 0.09))
    for y in (-140, -112, -84, -56):
        c.line(curve(f"-172,{y - 14} -100,{y - 20} -34,{y - 2}"), 7, SAND)
        c.line(curve(f"172,{y - 14} 100,{y - 20} 34,{y - 2}"), 7, dim(SAND))
    c.fill(poly("96,-190 124,-192 124,-90 110,-106 96,-92"), RUST)


def book_row(c: Canvas, looks: str = "rtcmbrgi", w: float = 40) -> None:
    """Standing books, one a letter: r, t, c, m, b, g, i, s (the colours)."""
    table_ = {
        "r": RUST,
        "t": TEAL,
        "c": CREAM,
        "m": MUSTARD,
        "b": BROWN,
        "g": GREEN,
        "i": INK,
        "s": ROSE,
    }
    x = 0.0
    for i, key in enumerate(looks):
        h, wide = 150 + (i * 37) % 50, w + (i * 13) % 16
        c.fill(rect(x, -h, wide, h, 3), table_[key], 8)
        c.fill(rect(x, -h + 22, wide, 9), pale(table_[key], 0.4) if key != "c" else RUST)
        c.fill(rect(x, -38, wide, 9), pale(table_[key], 0.4) if key != "c" else RUST)
        x += wide + 2


def glasses(c: Canvas, colour: str = INK) -> None:
    """A pair of spectacles lying, 170 wide."""
    for x in (-44, 44):
        c.fill(oval(x, -34, 34, 30), pale(MIST, 0.4))
        c.line(oval(x, -34, 34, 30), 8, colour, shut=True)
    c.line(oval(0, -36, 11, 8, 180, 360), 7, colour)
    c.line(spots("-78,-38 -104,-62"), 7, colour)
    c.line(spots("78,-38 104,-62"), 7, colour)


def record(c: Canvas, label: str = RUST) -> None:
    """A vinyl record, centred, 400 wide."""
    c.fill(oval(10, 14, 200), dim(c.floor, 0.16))
    c.fill(oval(0, 0, 200), INK)
    for r in (170, 142, 114):
        c.line(oval(0, 0, r), 4, mix(INK, CREAM, 0.14), shut=True)
    for a in (-64, 116):
        c.fill([(0.0, 0.0), *oval(0, 0, 190, 190, a, a + 26)], mix(INK, CREAM, 0.22))
    c.fill(oval(0, 0, 72), label)
    c.line(oval(0, 0, 46), 7, pale(label, 0.4), shut=True)
    c.fill(oval(0, 0, 11), CREAM)


def record_player(c: Canvas, colour: str = CRUST) -> None:
    """A record player with its arm, seen from the front, 560 wide and 200 high."""
    c.shadow(260)
    for x in (-210, 210):
        c.fill(rect(x - 28, -18, 56, 18, 5), INK)
    c.fill(poly("-280,-110 -220,-210 220,-210 280,-110", 6), pale(colour, 0.3))
    c.fill(rect(-280, -114, 560, 100, 8), colour, 0)
    c.fill(oval(-44, -160, 176, 42), INK)
    c.line(oval(-44, -160, 136, 31), 3, mix(INK, CREAM, 0.2), shut=True)
    c.line(oval(-44, -160, 100, 22), 3, mix(INK, CREAM, 0.2), shut=True)
    c.fill(oval(-44, -160, 56, 13), RUST)
    c.fill(oval(-44, -160, 8, 3), CREAM)
    c.fill(oval(206, -182, 30, 12), MIST, (0, 4))
    c.line(spots("206,-196 176,-176 66,-150"), 9, MIST)
    c.fill(oval(206, -198, 13), MUSTARD)
    for x, look in ((-220, MUSTARD), (-166, RUST)):
        c.fill(oval(x, -64, 19), look, (5, 5))
    for i in range(9):
        c.line([(20 + i * 24, -84), (20 + i * 24, -44)], 7, dim(colour, 0.25))


def note(c: Canvas, colour: str = INK) -> None:
    """A quaver, 60 wide and 110 high."""
    with c.at(-12, -10, 1, -20):
        c.fill(oval(0, 0, 20, 15), colour)
    c.line(spots("5,-14 5,-100"), 7, colour)
    c.line(curve("5,-98 30,-84 30,-54"), 8, colour)


def projector(c: Canvas, colour: str = TEAL) -> None:
    """A film projector facing right, 360 wide and 340 high."""
    c.shadow(140)
    for x, y, r in ((-84, -262, 82), (78, -254, 64)):
        c.fill(oval(x, y, r), CRUST, (6, 6))
        c.dots([(x + a, y + b) for a, b in around(5, r * 0.58, -90)], r * 0.22, INK)
        c.fill(oval(x, y, r * 0.14), MUSTARD)
    c.line(spots("-90,-20 -120,-4"), 18, INK)
    c.line(spots("90,-20 120,-4"), 18, INK)
    c.fill(rect(-150, -190, 270, 166, 18), colour, 40)
    c.fill(oval(-86, -110, 36), dim(colour, 0.25))
    for x in (-20, 2, 24, 46):
        c.line([(x, -142), (x, -80)], 8, dim(colour, 0.25))
    c.fill(rect(110, -150, 44, 80, 6), RUST)
    c.fill(poly("150,-140 196,-156 196,-64 150,-80", 5), mix(INK, CREAM, 0.3))


def headphones(c: Canvas, colour: str = RUST) -> None:
    """A pair of headphones upright, 320 wide and 330 high."""
    for x in (-145, 145):
        c.shadow(44, x, -38)
    c.line(oval(0, -168, 132, 138, 180, 360), 36, INK)
    c.line(oval(0, -168, 132, 138, 210, 330), 20, CRUST)
    for side in (False, True):
        with c.at(0, 0, 1, 0, side):
            c.fill(rect(92, -206, 40, 150, 20), mix(INK, CREAM, 0.3))
            c.fill(rect(116, -222, 58, 182, 26), colour, 0)
            c.fill(rect(148, -200, 26, 138, 12), dim(colour, 0.2))


# --- Things: photography, crafts, sport --------------------------------------------------------


def camera(c: Canvas, colour: str = TEAL) -> None:
    """A camera facing us, 360 wide and 260 high."""
    c.fill(poly("-70,-196 -46,-244 46,-244 70,-196", 8), INK)
    c.fill(rect(-150, -222, 62, 40, 8), MUSTARD, 14)
    c.fill(rect(-180, -200, 360, 200, 22), INK)
    c.fill(rect(-180, -164, 360, 116), colour, 0)
    c.fill(rect(120, -164, 60, 116), dim(colour))
    c.fill(oval(120, -182, 12), RUST)
    c.fill(oval(0, -104, 96), CREAM, (10, 10))
    c.fill(oval(0, -104, 78), INK)
    c.fill(oval(0, -104, 54), SEA, (8, 8))
    c.fill(oval(0, -104, 26), INK)
    c.fill(oval(-20, -126, 13), CREAM)
    c.fill(rect(-152, -148, 44, 26, 5), BUTTER)


def tripod(c: Canvas) -> None:
    """A tripod, its head at the top, 260 high."""
    c.shadow(90)
    for x in (-100, 100, 8):
        c.line([(0, -250), (x, -4)], 13, BROWN)
    c.fill(rect(-26, -268, 52, 30, 5), INK)


def yarn(c: Canvas, colour: str = RUST, needles: bool = True) -> None:
    """A ball of wool with two needles, 260 wide and 300 high."""
    c.shadow(100)
    if needles:
        for x, turn in ((40, 34), (10, 14)):
            with c.at(x, -150, 1, turn):
                c.line(spots("0,0 0,-190"), 12, CRUST)
                c.fill(oval(0, -196, 16), TEAL)
    ball_ = oval(0, -116, 118)
    c.fill(ball_, colour)
    with c.inside(ball_):
        for i in range(5):
            c.line(
                curve(f"-150,{-190 + i * 34} -20,{-216 + i * 34} 130,{-140 + i * 34}"),
                5,
                dim(colour, 0.22),
            )
        c.fill(blob("-40,10 -110,-80 -60,-150 40,-90 60,0"), pale(colour, 0.16))
        for i in range(5):
            c.line(
                curve(
                    f"{-116 + i * 34},{-70 - i * 14} {-60 + i * 28},{-40 - i * 8} {-30 + i * 26},20"
                ),
                5,
                dim(colour, 0.15),
            )
    c.line(curve("60,-18 130,2 190,-18 240,-4"), 8, colour)


def thread(c: Canvas, colour: str = RUST) -> None:
    """A reel of thread, 90 wide and 110 high."""
    c.shadow(40)
    c.fill(rect(-34, -98, 68, 86), colour, 18)
    for y in (-82, -64, -46, -28):
        c.line([(-34, y), (34, y - 6)], 3, dim(colour, 0.2))
    c.fill(rect(-44, -112, 88, 18, 6), CRUST, 18)
    c.fill(rect(-44, -16, 88, 16, 6), CRUST, 18)


def pencils(c: Canvas, colour: str = TEAL) -> None:
    """A jar of pencils and a brush, 140 wide and 330 high."""
    c.shadow(60)
    for x, turn, look, h in (
        (-40, -12, MUSTARD, 190),
        (-8, -2, RUST, 220),
        (26, 8, GREEN, 180),
        (48, 16, ROSE, 206),
    ):
        with c.at(x * 0.8, -90, 1, turn):
            c.fill(rect(-13, -h, 26, h), look, 8)
            c.fill(poly(f"-13,{-h} 13,{-h} 0,{-h - 34}"), SAND)
            c.fill(poly(f"-5,{-h - 20} 5,{-h - 20} 0,{-h - 34}"), look)
    c.fill(rect(-68, -140, 136, 140, 10), colour, 28)
    c.fill(rect(-68, -104, 136, 16), CREAM, 28)


def racket(c: Canvas, colour: str = RUST) -> None:
    """A tennis racket upright, 200 wide and 480 high."""
    c.line(spots("0,-10 0,-140"), 32, INK)
    c.line(spots("0,-130 -40,-226"), 14, colour)
    c.line(spots("0,-130 40,-226"), 14, colour)
    face = oval(0, -340, 94, 124)
    c.fill(face, pale(CREAM, 0.5))
    with c.inside(face):
        for i in range(-4, 5):
            c.line([(i * 22, -480), (i * 22, -200)], 3.5, SAND)
            c.line([(-110, -340 + i * 28), (110, -340 + i * 28)], 3.5, SAND)
    c.line(face, 19, colour, (5, 5), shut=True)


def tennis_ball(c: Canvas, colour: str = MUSTARD) -> None:
    """A tennis ball, 100 wide."""
    c.shadow(36)
    c.fill(oval(0, -48, 50), colour, (13, 13))
    with c.inside(oval(0, -48, 50)):
        c.line(oval(-64, -60, 48), 6, CREAM, shut=True)
        c.line(oval(64, -36, 48), 6, CREAM, shut=True)


def kettlebell(c: Canvas, colour: str = INK, band: str = RUST) -> None:
    """A kettlebell, 160 wide and 210 high."""
    c.shadow(62)
    c.line(blob("-44,-120! -58,-196 0,-208 58,-196 44,-120!"), 25, colour)
    c.fill(blob("0,-160 66,-130 80,-70 50,0! -50,0! -80,-70 -66,-130"), colour)
    c.fill(oval(0, -78, 36), band)


def trainer(c: Canvas, colour: str = RUST, sole: str = CREAM) -> None:
    """A running shoe, its toe to the left, 340 wide and 170 high."""
    c.shadow(150)
    c.fill(
        blob(
            "-160,-40 -120,-76 -56,-92 0,-150 30,-168! 60,-134 "
            "110,-136 128,-170! 156,-150 160,-60 158,-24! -164,-24!"
        ),
        colour,
        (18, 0),
    )
    c.fill(blob("-162,-44 -130,-72 -92,-84! -84,-50 -100,-24! -166,-24!"), pale(colour, 0.35))
    c.fill(blob("110,-136 128,-170! 156,-150 162,-70 158,-24! 104,-24! 96,-90"), dim(colour, 0.2))
    c.line(curve("-50,-40 10,-44 70,-90"), 17, sole)
    c.line(curve("-20,-34 40,-40 90,-72"), 11, sole)
    for x, y in spots("-64,-92 -40,-112 -16,-134"):
        c.line([(x, y), (x + 32, y + 16)], 8, sole)
    c.fill(blob("-174,-30! 164,-30! 168,-6 150,0! -156,0! -176,-10"), sole, (0, 10))


# --- Things: clothes, shoes, jewels ------------------------------------------------------------


def hanger(c: Canvas) -> None:
    """A clothes hanger, its hook at the origin."""
    c.line(curve("-8,-16 2,-24 10,-12 0,2 0,22"), 6, INK)
    c.line(spots("0,22 -70,52"), 8, CRUST)
    c.line(spots("0,22 70,52"), 8, CRUST)


def coat(c: Canvas, colour: str = RUST, collar: str = BROWN) -> None:
    """A long coat on a hanger whose hook is the origin, 200 wide and 330 long."""
    c.put(hanger, 0, 0)
    c.fill(blob("-66,44! -92,70 -108,240 -72,246! -64,120!"), dim(colour, 0.1))
    c.fill(blob("66,44! 92,70 108,240 72,246! 64,120!"), dim(colour, 0.25))
    c.fill(blob("-72,42! -30,30 30,30 72,42! 70,180 90,330! -90,330! -70,180"), colour, (24, 0))
    c.fill(poly("-32,28 0,120 -46,96 -50,36", 4), collar)
    c.fill(poly("32,28 0,120 46,96 50,36", 4), dim(collar))
    c.line(spots("0,120 0,328"), 4, dim(colour, 0.3))
    c.dots(spots("-20,150 -20,200 20,150 20,200"), 7, MUSTARD)
    c.fill(rect(-62, 226, 42, 12, 4), dim(colour, 0.25))
    c.fill(rect(22, 226, 42, 12, 4), dim(colour, 0.35))


def dress(c: Canvas, colour: str = TEAL, belt: str = MUSTARD) -> None:
    """A dress on a hanger, 190 wide and 310 long."""
    c.put(hanger, 0, 0)
    c.fill(
        blob("-58,40! -28,34! 0,66 28,34! 58,40! 48,96 44,150! 96,310! -96,310! -44,150! -48,96"),
        colour,
        (22, 0),
    )
    c.fill(rect(-46, 140, 92, 17), belt)
    for a, b in ((-26, -46), (4, 8), (30, 52)):
        c.line([(a, 170), (b, 300)], 4, dim(colour, 0.2))


def shirt(c: Canvas, colour: str = CREAM) -> None:
    """A shirt on a hanger, 190 wide and 230 long."""
    c.put(hanger, 0, 0)
    c.fill(blob("-66,42! -90,70 -104,190 -72,196! -60,110!"), dim(colour, 0.08))
    c.fill(blob("66,42! 90,70 104,190 72,196! 60,110!"), dim(colour, 0.22))
    c.fill(blob("-70,42! -30,32 30,32 70,42! 64,140 66,236! -66,236! -64,140"), colour, (20, 0))
    c.fill(poly("-30,30 0,62 -24,78 -44,40"), pale(colour, 0.5))
    c.fill(poly("30,30 0,62 24,78 44,40"), dim(colour, 0.1))
    c.dots(spots("0,96 0,136 0,176 0,214"), 5, dim(colour, 0.4))


def jumper(c: Canvas, colour: str = RUST, band: str = CREAM) -> None:
    """A folded-out jumper from above, 440 wide and 380 high, centred."""
    c.fill(blob("-100,-150! -190,-110 -220,120! -150,134! -116,-20!"), dim(colour, 0.06), (8, 8))
    c.fill(blob("100,-150! 190,-110 220,120! 150,134! 116,-20!"), dim(colour, 0.06), (8, 8))
    body = blob("-124,-150! -40,-176 40,-176 124,-150! 132,0 128,180! -128,180! -132,0")
    c.fill(body, colour, (10, 8))
    with c.inside(body):
        c.fill(rect(-140, -70, 280, 84), band)
        for i in range(-3, 4):
            c.fill(poly(f"{i * 44},-62 {i * 44 + 20},-28 {i * 44},6 {i * 44 - 20},-28"), TEAL)
    c.fill(rect(-126, 152, 252, 34, 6), dim(colour, 0.14))
    c.fill(blob("-56,-178! 0,-160 56,-178! 40,-130 0,-116 -40,-130"), dim(colour, 0.3))
    c.line(curve("-54,-174 -34,-134 0,-122 34,-134 54,-174"), 17, dim(colour, 0.12))
    c.fill(poly("-220,112 -150,126 -154,150 -222,136", 4), dim(colour, 0.2))
    c.fill(poly("220,112 150,126 154,150 222,136", 4), dim(colour, 0.25))


def boot(c: Canvas, colour: str = CRUST, sole: str = BROWN) -> None:
    """An ankle boot, its toe to the left, 270 wide and 260 high."""
    c.shadow(116)
    c.fill(
        blob("-20,-250! 96,-250! 92,-150 110,-60 108,-26! -136,-26! -134,-66 -80,-98 -34,-128"),
        colour,
        (22, 0),
    )
    c.fill(poly("14,-250 62,-250 58,-132 22,-132", 6), dim(colour, 0.3))
    c.line(curve("-132,-54 -90,-62 -56,-92"), 5, dim(colour, 0.25))
    c.fill(rect(70, -268, 24, 34, 8), dim(colour, 0.2))
    c.fill(blob("-142,-30! 114,-30! 114,0! 44,0! 30,-14 0,-8! -140,-8!"), sole)


def heel(c: Canvas, colour: str = RUST) -> None:
    """A court shoe with a heel, its toe to the left, 280 wide and 170 high."""
    c.shadow(116)
    c.fill(poly("92,-84 126,-96 118,0 104,0"), dim(colour, 0.3))
    c.fill(
        blob(
            "-140,-6! -136,-34 -70,-60! -20,-20 40,-70 84,-150! "
            "124,-152 130,-96 104,-74! 60,-66 10,-14 -30,-4!"
        ),
        colour,
        (0, 10),
    )
    c.fill(blob("-70,-60! -20,-24 40,-72 84,-150! 60,-120 20,-90 -20,-68"), dim(colour, 0.35))


def loafer(c: Canvas, colour: str = BROWN) -> None:
    """A loafer, its toe to the left, 290 wide and 120 high."""
    c.shadow(126)
    c.fill(
        blob("-142,-20! -144,-54 -96,-78 -30,-92! 10,-112 40,-90 110,-96! 138,-86 140,-20!"),
        colour,
        (18, 0),
    )
    c.fill(blob("-20,-96! 10,-112 40,-90 112,-96! 90,-76 20,-76"), dim(colour, 0.4))
    c.fill(poly("-50,-92 -14,-104 0,-40 -34,-34", 5), dim(colour, 0.2))
    c.line(curve("-128,-54 -96,-66 -70,-60"), 5, pale(colour, 0.25))
    c.fill(rect(-150, -22, 292, 14, 5), INK)
    c.fill(rect(82, -14, 60, 14, 3), INK)


def handbag(c: Canvas, colour: str = TEAL) -> None:
    """A handbag, 220 wide and 250 high."""
    c.shadow(98)
    c.line(oval(0, -150, 66, 96, 180, 360), 14, BROWN)
    c.fill(blob("-94,-164! 94,-164! 112,-60 104,0! -104,0! -112,-60"), colour, (30, 0))
    c.fill(blob("-98,-168! 98,-168! 92,-90 0,-70 -92,-90"), pale(colour, 0.2), (20, 0))
    c.fill(rect(-16, -96, 32, 36, 7), MUSTARD, 9)


def hat(c: Canvas, colour: str = CRUST, band: str = INK) -> None:
    """A brimmed hat, 260 wide and 130 high."""
    c.shadow(118)
    c.fill(blob("-80,-26! -76,-110 -30,-124 0,-112 30,-124 76,-110 80,-26!"), colour, (22, 0))
    c.fill(poly("-80,-54 80,-54 82,-22 -82,-22"), band)
    c.fill(blob("-136,-18 -60,-32 60,-32 136,-18 60,4 -60,4"), pale(colour, 0.15), (0, 7))


def ring(c: Canvas, gem: str = SEA, band: str = MUSTARD) -> None:
    """A ring with a cut stone, upright, 180 wide and 250 high."""
    c.line(oval(0, -82, 78), 20, band, (6, 4), shut=True)
    c.fill(poly("-34,-158 34,-158 20,-140 -20,-140"), dim(band, 0.2))
    c.fill(poly("-66,-212 -36,-248 36,-248 66,-212 0,-146"), gem)
    c.fill(poly("-66,-212 -28,-212 0,-146"), pale(gem, 0.3))
    c.fill(poly("28,-212 66,-212 0,-146"), dim(gem, 0.3))
    c.fill(poly("-36,-248 -28,-212 -66,-212"), pale(gem, 0.6))
    c.fill(poly("-36,-248 0,-248 28,-212 -28,-212"), pale(gem, 0.45))
    c.fill(poly("36,-248 66,-212 28,-212"), dim(gem, 0.12))


def ring_box(c: Canvas, colour: str = RUST) -> None:
    """A ring in an open box, 240 wide and 260 high."""
    c.shadow(112)
    c.fill(rect(-110, -220, 220, 130, 16), dim(colour, 0.25))
    c.fill(rect(-92, -204, 184, 110, 8), CREAM)
    c.put(ring, 0, -44, 0.62)
    c.fill(rect(-96, -100, 192, 40, 12), pale(CREAM, 0.5))
    c.fill(rect(-118, -86, 236, 86, 12), colour, 40)
    c.fill(rect(-18, -86, 36, 18, 5), MUSTARD)


def watch(c: Canvas, strap: str = BROWN, face: str = CREAM) -> None:
    """A wristwatch from above, centred, 210 wide and 520 high."""
    c.fill(poly("-62,-90 -46,-264 46,-264 62,-90", 10), strap, 14)
    c.fill(poly("-62,90 -46,264 46,264 62,90", 10), strap, 14)
    c.dots(spots("0,170 0,200 0,230"), 6, dim(strap, 0.5))
    c.fill(rect(112, -16, 22, 32, 6), MUSTARD)
    c.fill(oval(0, 0, 118), MUSTARD, (10, 10))
    c.fill(oval(0, 0, 96), face)
    for x, y in around(12, 78):
        c.line([(x, y), (x * 0.88, y * 0.88)], 6, INK)
    c.line(spots("0,0 -34,-34"), 10, INK)
    c.line(spots("0,0 40,-48"), 7, INK)
    c.fill(oval(0, 0, 9), RUST)


def necklace(c: Canvas, bead: str = CREAM) -> None:
    """A bust-shaped stand with a string of beads, 240 wide and 330 high."""
    c.shadow(84)
    c.fill(rect(-70, -24, 140, 24, 10), BROWN)
    c.fill(
        blob(
            "-26,-324! 26,-324! 30,-260 104,-216 116,-150 70,-50 "
            "36,-14! -36,-14! -70,-50 -116,-150 -104,-216 -30,-260"
        ),
        INK,
    )
    for i in range(15):
        a = math.radians(200 - i * 220 / 14)
        c.fill(oval(58 * math.cos(a), -206 + 92 * math.sin(a) * 0.95, 12), bead, (3, 3))
    c.fill(blob("0,-112 22,-84 0,-54 -22,-84"), RUST, (7, 5))


# --- Things: technology, antiques, shops -------------------------------------------------------


def laptop(c: Canvas, colour: str = MIST, screen: str = TEAL) -> None:
    """An open laptop facing us, 480 wide and 300 high."""
    c.shadow(220)
    c.fill(rect(-190, -292, 380, 262, 16), INK)
    view = rect(-174, -276, 348, 222, 4)
    c.fill(view, screen)
    with c.inside(view):
        c.fill(oval(80, -190, 54), MUSTARD)
        c.fill(
            [*curve("-174,-120 -80,-176 20,-110 100,-150 180,-110"), (180, -50), (-180, -50)], GREEN
        )
        c.fill(
            [*curve("-174,-84 -60,-110 80,-72 180,-90"), (180, -50), (-180, -50)], dim(GREEN, 0.35)
        )
    c.fill(poly("-240,-30 240,-30 226,0 -226,0", 10), colour, (0, 10))
    c.fill(rect(-44, -30, 88, 10, 4), dim(colour, 0.2))


def phone(c: Canvas, colour: str = INK, screen: str = RUST) -> None:
    """A telephone upright, 130 wide and 260 high."""
    c.shadow(58)
    c.fill(rect(-66, -260, 132, 260, 22), colour)
    view = rect(-56, -248, 112, 236, 14)
    c.fill(view, screen)
    with c.inside(view):
        c.fill(oval(20, -180, 60), pale(screen, 0.35))
        for i in range(3):
            for j in range(2):
                c.fill(rect(-42 + i * 30, -90 + j * 32, 22, 22, 6), CREAM)


def speaker(c: Canvas, colour: str = CRUST) -> None:
    """A loudspeaker, 150 wide and 230 high."""
    c.shadow(70)
    c.fill(rect(-75, -230, 150, 230, 10), colour, 24)
    c.fill(oval(-6, -166, 32), INK)
    c.fill(oval(-6, -166, 13), mix(INK, CREAM, 0.4))
    c.fill(oval(-6, -76, 52), INK)
    c.fill(oval(-6, -76, 36), mix(INK, CREAM, 0.22))
    c.fill(oval(-6, -76, 15), INK)


def carriage_clock(c: Canvas, colour: str = BROWN) -> None:
    """A mantel clock with an arched top, 260 wide and 300 high."""
    c.shadow(124)
    c.fill(rect(-136, -34, 272, 34, 6), dim(colour, 0.2))
    c.fill([*oval(0, -170, 112, 124, 180, 360), (112, -34), (-112, -34)], colour, (26, 0))
    c.fill(oval(0, -160, 86), MUSTARD, (7, 7))
    c.fill(oval(0, -160, 70), CREAM)
    for x, y in around(12, 56):
        c.fill(oval(x, y - 160, 4.5), INK)
    c.line(spots("0,-160 -24,-186"), 8, INK)
    c.line(spots("0,-160 34,-188"), 6, INK)
    c.fill(oval(0, -160, 7), RUST)
    c.fill(rect(-60, -60, 120, 14, 5), MUSTARD)
    c.fill(oval(0, -302, 17), MUSTARD, (5, 5))


def gramophone(c: Canvas, horn: str = MUSTARD) -> None:
    """A horn gramophone facing left, 340 wide and 360 high."""
    c.shadow(120)
    c.fill(rect(-130, -30, 260, 30, 6), dim(BROWN, 0.3))
    c.fill(rect(-112, -104, 224, 78, 6), BROWN, 36)
    c.fill(oval(-10, -108, 104, 15), INK)
    c.line(curve("40,-118 120,-120 116,-190 70,-216"), 18, dim(horn, 0.25))
    c.fill(
        blob(
            "84,-196! 20,-226 -40,-200! -130,-150! -150,-300! -60,-372! -20,-290 50,-236 88,-226!"
        ),
        horn,
        (0, 20),
    )
    with c.at(-108, -266, 1, 22):
        c.fill(oval(0, 0, 62, 128), pale(horn, 0.3))
        c.fill(oval(8, 6, 44, 104), dim(horn, 0.35))
    c.line(spots("116,-70 160,-70 160,-40"), 9, INK)


def gilt_frame(c: Canvas, gilt: str = MUSTARD) -> None:
    """A landscape in a heavy gilt frame, centred, 300 wide and 240 high."""
    c.fill(rect(-142, -108, 300, 240, 6), dim(c.floor, 0.14))
    c.fill(rect(-150, -120, 300, 240, 6), gilt, (8, 8))
    c.line(rect(-132, -102, 264, 204), 5, dim(gilt, 0.25), shut=True)
    view = rect(-112, -82, 224, 164)
    c.fill(view, MIST)
    with c.inside(view):
        c.fill(oval(50, -30, 28), BUTTER)
        c.fill([*curve("-112,10 -50,-24 20,16 112,-8"), (112, 90), (-112, 90)], SEA)
        c.fill([*curve("-112,50 -20,26 60,54 112,36"), (112, 90), (-112, 90)], GREEN)
        c.fill(rect(-66, 0, 8, 40), BROWN)
        c.fill(oval(-62, -10, 26), dim(GREEN, 0.3))


def amphora(c: Canvas, colour: str = RUST) -> None:
    """A two-handled Greek jar with a frieze, 240 wide and 370 high."""
    c.shadow(60)
    for side in (False, True):
        with c.at(0, 0, 1, 0, side):
            c.line(curve("34,-334 104,-330 112,-266 92,-226"), 17, INK)
    body = blob(
        "-34,-346! 34,-346! 30,-290 104,-220 96,-120 30,-30 "
        "40,0! -40,0! -30,-30 -96,-120 -104,-220 -30,-290"
    )
    c.fill(body, colour)
    with c.inside(body):
        c.fill(rect(-120, -300, 240, 22), INK)
        c.fill(rect(-120, -222, 240, 78), INK)
        for i in range(-2, 4):
            c.line(oval(i * 46 - 23, -183, 15, 15, 60, 380), 7, BUTTER)
        c.fill(rect(-120, -128, 240, 8), INK)
        for i in range(-4, 5):
            c.fill(poly(f"{i * 24 - 10},-30 {i * 24},-96 {i * 24 + 10},-30"), INK)
        c.fill(rect(-120, -16, 240, 20), INK)
        c.fill(poly("70,-400 130,-400 130,0 34,0 74,-120 84,-220"), dim(colour, 0.35))
    c.fill(rect(-48, -366, 96, 26, 10), INK)


def shopping_bag(c: Canvas, colour: str = RUST, spot: str = CREAM) -> None:
    """A paper carrier bag with tissue, 200 wide and 290 high."""
    c.shadow(90)
    c.line(oval(0, -220, 44, 66, 180, 360), 8, BROWN)
    c.fill(poly("-70,-216 -40,-262 -10,-226 24,-268 56,-224 80,-216"), CREAM)
    c.fill(poly("-100,-220 100,-220 92,0 -92,0", 3), colour)
    c.fill(poly("52,-220 100,-220 92,0 60,0"), dim(colour))
    c.fill(oval(-20, -108, 38), spot)


def awning(c: Canvas, w: float = 300, colour: str = RUST) -> None:
    """A striped shop awning, its upper edge centred at the origin, 80 deep."""
    n = 8
    for i in range(n):
        x, lower = -w / 2 + i * w / n, -w * 0.56 + i * w * 1.12 / n
        look = colour if i % 2 == 0 else CREAM
        step, wide = w / n, w * 1.12 / n
        c.fill(poly(f"{x},0 {x + step},0 {lower + wide},64 {lower},64"), look)
        c.fill(oval(lower + wide / 2, 64, wide / 2, 20, 0, 180), dim(look, 0.12))


# --- Things: outdoors and on the road ----------------------------------------------------------


def pine(c: Canvas, colour: str = GREEN, h: float = 220) -> None:
    """A bare forest pine."""
    c.fill(rect(-7, -30, 14, 30), BROWN)
    for low, high, w in ((-24, -0.5, 0.27), (-h * 0.3, -0.76, 0.21), (-h * 0.56, -1, 0.15)):
        c.fill(poly(f"{-h * w},{low} 0,{h * high} {h * w},{low}", 5), colour, h * w * 0.55)


def tent(c: Canvas, colour: str = RUST) -> None:
    """A ridge tent with its door open, 400 wide and 230 high."""
    c.shadow(190)
    c.fill(poly("-30,-224 140,-206 200,0 90,0"), dim(colour))
    c.fill(poly("-30,-230 -190,0 110,0"), colour)
    c.fill(poly("-30,-196 -96,0 34,0"), INK)
    c.fill(poly("-30,-196 -96,0 -52,0"), BUTTER)
    c.fill(poly("-30,-196 -44,-110 -52,0 -34,-40"), pale(colour, 0.3))
    c.line(spots("-190,0 -222,6"), 4, BROWN)


def campfire(c: Canvas) -> None:
    """A camp fire, 140 wide and 130 high."""
    c.shadow(60)
    c.fill(blob("0,-8 -44,-30 -38,-76! -18,-60 -4,-128! 18,-80 34,-92! 46,-40 24,-10"), RUST)
    c.fill(blob("0,-8 -24,-28 -14,-60! 2,-48 10,-76! 24,-34 14,-10"), MUSTARD)
    c.line(spots("-58,-4 52,-22"), 15, BROWN)
    c.line(spots("58,-4 -52,-22"), 15, dim(BROWN))


def backpack(c: Canvas, colour: str = RUST) -> None:
    """A walker's backpack with a rolled mat, 270 wide and 350 high."""
    c.shadow(112)
    c.line(oval(0, -300, 34, 40, 180, 360), 14, BROWN)
    c.fill(rect(-150, -120, 60, 96, 18), dim(colour, 0.12))
    c.fill(rect(90, -120, 60, 96, 18), dim(colour, 0.3))
    c.fill(blob("-104,0! -116,-160 -92,-300! 92,-300! 116,-160 104,0!"), colour, (30, 0))
    c.fill(blob("-104,-300! -100,-324 100,-324 104,-300! 98,-200 -98,-200"), TEAL, (26, 8))
    for x in (-50, 50):
        c.line([(x, -306), (x, -150)], 13, BROWN)
        c.fill(rect(x - 13, -182, 26, 20, 4), MUSTARD)
    c.fill(rect(-78, -126, 156, 100, 16), pale(colour, 0.14), 22)
    c.line(spots("-78,-92 78,-92"), 6, dim(colour, 0.25))
    c.fill(rect(-130, -18, 260, 46, 23), MUSTARD, (0, 16))
    c.fill(oval(128, 5, 22), dim(MUSTARD, 0.25))
    c.fill(oval(128, 5, 10), BUTTER)


def wheel(c: Canvas, r: float = 100, tyre: str = INK, rim: str = MIST) -> None:
    """A spoked bicycle wheel, centred."""
    for x, y in around(8, r * 0.96, 8)[:4]:
        c.line([(-x, -y), (x, y)], 3, rim)
    c.line(oval(0, 0, r), 11, tyre, shut=True)
    c.fill(oval(0, 0, 9), tyre)


def bicycle(c: Canvas, colour: str = RUST) -> None:
    """A bicycle facing left with a basket, 520 wide and 330 high."""
    c.shadow(230)
    c.put(wheel, 150, -106, 1)
    c.put(wheel, -160, -106, 1)
    c.line(spots("150,-106 20,-100 62,-230 150,-106"), 13, colour)
    c.line(spots("62,-230 -106,-230 20,-100"), 13, colour)
    c.line(spots("-160,-106 -96,-262"), 13, colour)
    c.line(spots("62,-230 70,-262"), 11, INK)
    c.fill(blob("26,-276! 110,-286! 118,-268 70,-254 30,-264"), BROWN)
    c.line(curve("-96,-262 -104,-290 -70,-296 -44,-290"), 11, INK)
    c.line(spots("-58,-293 -40,-290"), 16, BROWN)
    c.fill(poly("-196,-270 -110,-270 -122,-204 -186,-204", 6), CRUST, 18)
    c.line(spots("-198,-268 -108,-268"), 9, dim(CRUST, 0.2))
    c.line(oval(20, -100, 27), 8, INK, shut=True)
    c.line(spots("20,-100 36,-64 56,-64"), 8, INK)
    c.line(spots("20,-100 4,-136 -14,-136"), 8, INK)
    c.line(curve("90,-212 150,-216 236,-160"), 9, dim(colour))


def helmet(c: Canvas, colour: str = RUST) -> None:
    """A cycling helmet facing left, 340 wide and 230 high."""
    shell = blob(
        "-168,-74! -156,-140 -90,-206 20,-222 120,-186 168,-104 164,-62! 100,-50 0,-62 -100,-66"
    )
    with c.at(12, 16):
        c.fill(shell, dim(c.floor, 0.14))
    c.line(curve("-86,-60 -40,10 10,0"), 10, INK)
    c.line(curve("92,-60 50,-10 10,0"), 10, INK)
    c.fill(rect(-6, -12, 36, 24, 6), MUSTARD)
    c.fill(shell, colour, (24, 20))
    for vent in (
        "-120,-124 -60,-176 0,-188 -40,-150 -84,-116",
        "-40,-110 20,-172 80,-168 50,-130 0,-100",
        "50,-100 100,-144 132,-122 110,-96 80,-84",
    ):
        c.fill(blob(vent), INK)
    c.line(curve("-160,-84 -60,-78 60,-72 160,-72"), 8, CREAM)


def car(c: Canvas, colour: str = RUST) -> None:
    """A small saloon car facing left, 520 wide and 220 high."""
    c.shadow(250)
    c.fill(blob("-128,-128! -70,-206 -10,-220 60,-220 120,-196 166,-126!"), colour)
    c.fill(poly("-100,-130 -58,-190 18,-200 18,-130", 6), MIST)
    c.fill(poly("36,-130 36,-200 66,-200 108,-178 138,-130", 6), dim(MIST, 0.12))
    c.fill(poly("-86,-130 -50,-182 -24,-186 -58,-130"), pale(MIST, 0.6))
    c.fill(
        blob(
            "-256,-60! -254,-98 -220,-120 -120,-134 150,-134! 230,-122 254,-92 256,-44! -256,-44!"
        ),
        colour,
        (0, 24),
    )
    c.line(spots("-244,-76 244,-76"), 7, CREAM)
    c.fill(rect(-266, -62, 60, 22, 9), MIST)
    c.fill(rect(214, -62, 54, 22, 9), MIST)
    c.fill(oval(-234, -98, 18), BUTTER, (4, 4))
    c.fill(rect(228, -110, 20, 26, 6), dim(RUST, 0.3))
    c.line(spots("32,-108 58,-108"), 7, CREAM)
    c.line(spots("26,-130 26,-50"), 3, dim(colour, 0.25))
    for x in (-150, 156):
        c.fill(oval(x, -50, 60, 60, 180, 360), dim(colour, 0.4))
        c.fill(oval(x, -46, 47), INK)
        c.fill(oval(x, -46, 27), MIST, (4, 4))
        c.fill(oval(x, -46, 10), INK)


def steering_wheel(c: Canvas, colour: str = INK) -> None:
    """A steering wheel facing us, centred, 420 wide."""
    c.line(oval(10, 14, 190), 36, dim(c.floor, 0.14), shut=True)
    for x, y in around(3, 180, 90):
        c.line([(0, 0), (x, y)], 40, CRUST)
    c.line(oval(0, 0, 190), 40, colour, shut=True)
    for a in (200, 320):
        c.line(oval(0, 0, 190, 190, a, a + 30), 40, BROWN)
    c.fill(oval(0, 0, 70), RUST, (8, 8))
    c.fill(oval(0, 0, 44), dim(RUST, 0.15))
    c.line(oval(0, 0, 30), 5, BUTTER, shut=True)


def charger(c: Canvas, colour: str = TEAL) -> None:
    """A charging point with its cable, 120 wide and 300 high."""
    c.shadow(50)
    c.fill(rect(-50, -290, 100, 290, 18), colour, 26)
    c.fill(rect(-34, -262, 60, 60, 8), BUTTER)
    c.fill(poly("4,-256 -18,-228 -4,-228 -10,-208 14,-236 0,-236"), RUST)
    c.line(curve("40,-180 110,-170 96,-60 60,-70 44,-150"), 9, INK)


def garage(c: Canvas) -> None:
    """A house front with a garage door, 560 wide and 360 high."""
    c.fill(poly("-280,0 -280,-250 0,-370 280,-250 280,0"), CREAM)
    c.line(spots("-310,-240 0,-372 310,-240"), 26, BROWN)
    c.fill(rect(-200, -210, 400, 210), mix(TEAL, CREAM, 0.2))
    for y in (-170, -122, -74, -26):
        c.line([(-200, y), (200, y)], 4, dim(TEAL, 0.1))
    c.fill(oval(0, -284, 34), TEAL)


def camper(c: Canvas, colour: str = TEAL) -> None:
    """A camper van facing left with a bag on its roof, 500 wide and 330 high."""
    c.shadow(240)
    c.fill(rect(-90, -322, 180, 46, 14), RUST, (22, 0))
    c.fill(rect(110, -312, 90, 36, 16), MUSTARD, (14, 0))
    c.line(spots("-130,-276 214,-276"), 9, INK)
    c.fill(
        blob("-250,-110! -240,-170 -200,-256 -150,-272! 226,-272! 248,-240 250,-110!"),
        CREAM,
        (20, 0),
    )
    c.fill(blob("-252,-140! -100,-128 250,-140! 250,-40! -250,-40! -258,-90"), colour, (24, 0))
    c.fill(poly("-216,-172 -180,-246 -130,-246 -130,-172", 9), INK)
    for x in (-100, 4, 108):
        c.fill(rect(x, -246, 84, 74, 12), MIST)
        c.fill(poly(f"{x + 10},-172 {x + 40},-246 {x + 62},-246 {x + 32},-172"), pale(MIST, 0.6))
    c.line(spots("-116,-132 -116,-50"), 3, dim(colour, 0.3))
    c.line(spots("-6,-132 -6,-50"), 3, dim(colour, 0.3))
    c.line(spots("-98,-112 -76,-112"), 6, CREAM)
    c.fill(oval(-234, -104, 19), BUTTER, (4, 4))
    c.fill(rect(-262, -54, 526, 18, 9), MIST, (0, 7))
    for x in (-150, 150):
        c.fill(oval(x, -48, 58, 58, 180, 360), dim(colour, 0.4))
        c.fill(oval(x, -44, 45), INK)
        c.fill(oval(x, -44, 25), CREAM, (4, 4))


def signpost(c: Canvas) -> None:
    """A wooden signpost with three blank arms, 320 wide and 400 high."""
    c.shadow(60)
    c.fill(rect(-15, -400, 30, 400, 8), BROWN, 9)
    for y, colour, side in ((-366, RUST, 1), (-272, CREAM, -1), (-178, TEAL, 1)):
        with c.at(0, y, 1, -4 * side, side < 0):
            c.fill(poly("-90,0 130,0 176,36 130,72 -90,72", 6), colour, (0, 12))
            c.line(spots("-56,34 90,34"), 9, dim(colour, 0.2))


def suitcase(c: Canvas, colour: str = RUST, w: float = 260, h: float = 190) -> None:
    """A suitcase with straps."""
    c.shadow(w * 0.46)
    c.line(oval(0, -h, w * 0.14, 34, 180, 360), 13, BROWN)
    c.fill(rect(-w / 2, -h, w, h, 20), colour, w * 0.14)
    for x in (-w * 0.3, w * 0.22):
        c.fill(rect(x, -h, w * 0.08, h), BROWN)
        c.fill(rect(x - 3, -h * 0.62, w * 0.08 + 6, 22, 4), MUSTARD)


# --- Things: flights, rail, ships, hotels ------------------------------------------------------


def plane(c: Canvas, colour: str = CREAM, tail: str = RUST) -> None:
    """An airliner flying left, centred, 520 wide."""
    c.fill(poly("30,-20 170,-140 206,-140 130,-14", 6), dim(colour, 0.15))
    c.fill(poly("200,-20 262,-136 306,-136 268,-8", 8), tail, 12)
    c.fill(
        blob("-266,10 -220,-34 -120,-52! 180,-44! 280,-20 284,-8! 180,40 -120,54! -230,44"),
        colour,
        (0, 24),
    )
    c.fill(blob("-252,-10! -226,-30 -190,-42! -184,-22 -206,-10!"), INK)
    for i in range(9):
        c.fill(rect(-140 + i * 36, -24, 18, 24, 8), TEAL)
    c.fill(poly("-30,12 90,12 190,150 150,154", 8), tail, (0, 0))
    c.fill(poly("90,12 190,150 176,152 40,12"), dim(tail))
    c.fill(rect(30, 64, 80, 38, 18), mix(INK, CREAM, 0.2))
    c.fill(poly("210,6 276,6 306,56 280,58", 5), dim(tail, 0.1))


def plane_window(c: Canvas) -> None:
    """An aeroplane window over clouds, centred, 380 wide and 500 high."""
    c.fill(rect(-200, -262, 400, 524, 190), dim(CREAM, 0.12), (10, 10))
    c.fill(rect(-176, -238, 352, 476, 168), CREAM)
    view = rect(-138, -200, 276, 400, 134)
    c.fill(view, SEA)
    with c.inside(view):
        c.fill(oval(46, -70, 58), MUSTARD)
        c.fill(
            blob("-160,80! -110,40 -40,60 10,30 70,56 160,30! 160,220! -160,220!"), pale(SEA, 0.5)
        )
        c.fill(blob("-160,150! -90,110 -30,140 50,100 160,130! 160,220! -160,220!"), CREAM)
        c.fill(poly("-150,112 60,60 100,66 -60,190 -150,220"), RUST)
        c.fill(rect(-150, -210, 300, 92), dim(CREAM, 0.06))
        c.fill(rect(-150, -132, 300, 14), dim(CREAM, 0.2))


def train(c: Canvas, colour: str = RUST, cars: int = 3) -> None:
    """A railcar train running left, its wheels on the origin line."""
    for i in range(1, cars):
        x = -378 + i * 330
        c.fill(rect(x - 42, -60, 60, 20), INK)
        c.fill(rect(x, -176, 318, 140, 16), colour, 0)
        c.fill(rect(x, -76, 318, 40, 8), dim(colour))
        for k in range(4):
            c.fill(rect(x + 22 + k * 74, -150, 52, 50, 8), BUTTER)
        c.dots([(x + 50, -22), (x + 100, -22), (x + 220, -22), (x + 270, -22)], 22, INK)
    c.fill(blob("-330,-36! -336,-80 -300,-140 -240,-172 -180,-176! -60,-176! -60,-36!"), colour)
    c.fill(blob("-334,-76! -60,-76! -60,-36! -330,-36! -338,-56"), dim(colour))
    c.fill(blob("-306,-112! -270,-152 -232,-158! -232,-112!"), INK)
    for k in range(2):
        c.fill(rect(-200 + k * 70, -150, 52, 50, 8), BUTTER)
    c.line(spots("-330,-92 -60,-92"), 8, CREAM)
    c.fill(oval(-318, -62, 11), BUTTER)
    c.dots(spots("-270,-22 -220,-22 -140,-22 -90,-22"), 22, INK)


def tram(c: Canvas, colour: str = RUST) -> None:
    """The front of a tram on its rails, 260 wide and 430 high."""
    c.shadow(130)
    c.line(spots("-150,0 150,0"), 9, INK)
    c.line(spots("0,-400 -40,-440 40,-440"), 7, INK)
    c.fill(rect(-70, -404, 140, 20, 8), mix(INK, CREAM, 0.2))
    c.fill(
        blob("-128,-40! -132,-200 -116,-350 -84,-388! 84,-388! 116,-350 132,-200 128,-40!"),
        colour,
        (28, 0),
    )
    c.fill(rect(-60, -374, 120, 32, 8), BUTTER)
    c.fill(blob("-104,-210! -100,-326! 100,-326! 104,-210!"), INK)
    c.fill(poly("-84,-214 -50,-320 -6,-320 -40,-214"), mix(INK, CREAM, 0.25))
    c.fill(rect(-132, -190, 264, 34), CREAM, 26)
    for x in (-84, 84):
        c.fill(oval(x, -112, 26), BUTTER, (5, 5))
    c.fill(rect(-118, -52, 236, 40, 10), INK)


def viaduct(c: Canvas, y: float, colour: str) -> None:
    """A stone viaduct across the picture, its deck at `y`."""
    c.fill(rect(0, y, c.width, c.height - y), colour)
    for i in range(-1, 7):
        x = 40 + i * 200
        top = [*oval(x + 80, y + 120, 70, 90, 180, 360), (x + 150, c.height), (x + 10, c.height)]
        c.fill(top, c.floor)
    c.fill(rect(0, y - 6, c.width, 22), dim(colour, 0.2))


def ship(c: Canvas, hull: str = INK) -> None:
    """A cruise ship heading left, 720 wide and 300 high."""
    for x in (60, 150):
        c.fill(poly(f"{x - 28},-300 {x + 34},-300 {x + 44},-206 {x - 26},-206"), RUST, 14)
        c.fill(poly(f"{x - 28},-300 {x + 34},-300 {x + 37},-276 {x - 27.5},-276"), INK)
    c.fill(poly("-130,-224 250,-224 262,-190 -150,-190", 6), CREAM, 0)
    c.fill(poly("-190,-190 300,-190 312,-146 -214,-146", 6), pale(CREAM, 0.5))
    c.fill(poly("-246,-146 330,-146 336,-96 -262,-96", 6), CREAM)
    c.dots([(-150 + i * 46, -168) for i in range(10)], 9, TEAL)
    for i in range(12):
        c.fill(rect(-220 + i * 45, -132, 27, 20, 4), TEAL)
    c.fill(rect(-112, -214, 60, 16, 4), TEAL)
    c.fill(blob("-356,-104! -240,-98 240,-98 348,-112! 336,-40 300,20! -280,20! -330,-40"), hull)
    c.fill(blob("-356,-104! -240,-98 240,-98 348,-112! 345,-88! 240,-76 -240,-76 -345,-80!"), RUST)
    c.dots([(-240 + i * 54, -44) for i in range(10)], 9, BUTTER)


def lifebuoy(c: Canvas, colour: str = RUST) -> None:
    """A lifebuoy with its rope, centred, 440 wide."""
    c.line(oval(12, 16, 150), 92, dim(c.floor, 0.14), shut=True)
    c.line(oval(0, 0, 208), 9, BROWN, shut=True)
    c.line(oval(0, 0, 150), 92, CREAM, (9, 9), shut=True)
    for a in (22, 112, 202, 292):
        outer, inner = oval(0, 0, 196, 196, a, a + 46), oval(0, 0, 104, 104, a, a + 46)
        c.fill([*outer, *reversed(inner)], colour)
    for x, y in around(4, 204, 0):
        c.fill(oval(x, y, 15), MUSTARD)


def desk_bell(c: Canvas, metal: str = MUSTARD) -> None:
    """A reception bell, 280 wide and 200 high."""
    c.shadow(124)
    c.fill(rect(-136, -34, 272, 34, 12), BROWN, 0)
    c.fill(oval(0, -44, 116, 116, 180, 360), metal, (34, 0))
    c.fill(rect(-124, -58, 248, 22, 10), dim(metal, 0.15))
    c.fill(rect(-9, -180, 18, 26), dim(metal, 0.3))
    c.fill(oval(0, -184, 26, 15), RUST, (6, 4))
    c.line(oval(0, -44, 86, 86, 200, 250), 11, BUTTER)


def bed(c: Canvas, blanket: str = RUST) -> None:
    """A made bed from its side, its head to the left, 620 wide and 240 high."""
    c.shadow(300)
    c.fill(rect(-320, -250, 30, 250, 10), BROWN)
    c.fill(rect(-304, -70, 620, 44, 8), BROWN)
    c.fill(rect(292, -120, 26, 120, 8), BROWN)
    c.fill(rect(-296, -124, 592, 62, 20), CREAM, (0, 14))
    c.fill(blob("-276,-120! -270,-176 -170,-184 -150,-120!"), pale(CREAM, 0.6), (14, 8))
    c.fill(blob("-210,-120! -204,-166 -120,-176 -96,-120!"), MUSTARD, (14, 8))
    c.fill(blob("-90,-126! -20,-152 200,-150 292,-132! 296,-56! -90,-56!"), blanket, (0, 18))
    c.fill(poly("-90,-130 -40,-148 -40,-56 -90,-56"), CREAM)


def bedside(c: Canvas) -> None:
    """A bedside table with a lamp, 140 wide and 330 high."""
    c.shadow(66)
    for x in (-48, 48):
        c.line([(x, -80), (x * 1.1, -4)], 10, dim(BROWN))
    c.fill(rect(-66, -140, 132, 70, 6), BROWN, 20)
    c.fill(oval(-4, -106, 7), MUSTARD)
    c.floor = BROWN
    c.put(table_lamp, 0, -138, 0.56, TEAL, BUTTER)


# --- Things: stage, museum, letters ------------------------------------------------------------


def curtain(c: Canvas, colour: str = RUST) -> None:
    """The left half of a drawn stage curtain, from the upper left corner, 560 high."""
    c.fill(blob("0,0! 330,0! 300,160 200,300 150,350! 176,440 190,560! 0,560!"), colour)
    folds = ("110,0 104,180 76,330", "220,0 206,140 128,330")
    for fold in folds:
        c.line(curve(fold), 15, dim(colour, 0.15))
    c.line(curve("86,372 98,460 110,560"), 15, dim(colour, 0.15))
    c.line(curve("0,356 70,372 164,340"), 24, MUSTARD)


def pelmet(c: Canvas, colour: str = RUST) -> None:
    """Scalloped drapes along the top of the picture."""
    for i in range(5):
        c.fill(oval(i * 280, 0, 152, 92, 0, 180), dim(colour, 0.1) if i % 2 else colour)
        c.line(oval(i * 280, 0, 152, 92, 8, 172), 11, MUSTARD)


def piano(c: Canvas, colour: str = INK) -> None:
    """A grand piano with its lid up, 420 wide and 320 high."""
    c.shadow(190)
    for x in (-160, 40, 170):
        c.line([(x, -100), (x, -6)], 17, colour)
    c.fill(blob("-196,-176! 204,-176! 206,-110 190,-96! -196,-96!"), colour)
    c.fill(poly("-120,-180 204,-176 120,-320 -20,-320", 14), mix(colour, CREAM, 0.18))
    c.line(spots("110,-178 60,-260"), 6, MUSTARD)
    c.fill(rect(-216, -156, 110, 24, 4), colour)
    c.fill(rect(-212, -164, 100, 14, 3), CREAM)
    for x in (-196, -176, -150, -132):
        c.line([(x, -162), (x, -157)], 6, colour)
    c.fill(rect(-300, -92, 90, 18, 8), RUST)
    c.line(spots("-284,-76 -284,-6"), 9, colour)
    c.line(spots("-226,-76 -226,-6"), 9, colour)


def mask(c: Canvas, colour: str = CREAM, mood: str = "glad") -> None:
    """A stage mask, glad or sad, centred, 260 wide and 300 high."""
    face = blob("-124,-130! -60,-112 0,-108 60,-112 124,-130! 128,-20 90,90 0,156 -90,90 -128,-20")
    with c.at(10, 12):
        c.fill(face, dim(c.floor, 0.2))
    c.fill(face, colour, (16, 10))
    for x in (-50, 50):
        lid = 1 if mood == "glad" else -1
        c.fill(
            blob(
                f"{x - 32},{-26 + 6 * lid}! {x},{-44 - 12 * lid} "
                f"{x + 32},{-26 + 6 * lid}! {x},{-34 + 8 * lid}"
            ),
            INK,
        )
    if mood == "glad":
        c.fill(blob("-66,24! 0,52 66,24! 44,90 0,104 -44,90"), INK)
    else:
        c.fill(blob("-60,96! -40,44 0,30 40,44 60,96! 0,66"), INK)
    c.dots(spots("-78,14 78,14"), 17, mix(colour, ROSE, 0.5))


def museum(c: Canvas, colour: str = CREAM) -> None:
    """A columned museum front with steps, 640 wide and 380 high."""
    c.fill(oval(30, 4, 370, 20), dim(c.floor, 0.14))
    for i in range(3):
        c.fill(
            rect(-350 + i * 24, -20 - i * 20, 700 - i * 48, 20), dim(colour, 0.05 + 0.06 * (i % 2))
        )
    c.fill(rect(-280, -290, 560, 230), mix(colour, CRUST, 0.45))
    c.fill(rect(-50, -200, 100, 140), INK)
    for i in range(6):
        x = -262 + i * 96
        if i == 2:
            x -= 12
        if i == 3:
            x += 12
        c.fill(rect(x, -280, 44, 220), colour, 12)
        c.fill(rect(x - 7, -286, 58, 18, 4), colour, 12)
        c.fill(rect(x - 7, -74, 58, 14, 3), colour, 12)
    c.fill(rect(-310, -316, 620, 32, 3), colour, (0, 8))
    c.fill(poly("-320,-316 0,-424 320,-316"), colour)
    c.fill(poly("-230,-328 0,-404 230,-328"), mix(colour, CRUST, 0.45))
    c.fill(oval(0, -352, 24), RUST)


def envelope(c: Canvas, paper: str = CREAM, stamp: str = RUST) -> None:
    """The front of a stamped envelope, centred, 220 wide and 150 high."""
    c.fill(rect(-104, -68, 220, 150, 6), dim(c.floor, 0.16))
    c.fill(rect(-110, -75, 220, 150, 6), paper, (0, 6))
    c.fill(rect(62, -60, 34, 42, 3), stamp)
    c.fill(oval(79, -39, 10), pale(stamp, 0.7))
    for y, w in ((10, 90), (32, 64)):
        c.line([(-70, y), (-70 + w, y)], 7, dim(paper, 0.16))


def open_letter(c: Canvas, paper: str = CREAM) -> None:
    """An open envelope with a sheet drawn out, centred, 360 wide and 360 high."""
    c.fill(rect(-166, -60, 360, 240, 8), dim(c.floor, 0.15))
    c.fill(poly("-180,-72 0,-190 180,-72"), dim(RUST, 0.3))
    c.fill(rect(-150, -200, 300, 300, 6), paper)
    for y, w in ((-160, 120), (-122, 220), (-90, 220), (-58, 180)):
        c.line([(-116, y), (-116 + w, y)], 9, SAND)
    c.fill(poly("-180,-72 0,60 180,-72 180,168 -180,168", 6), RUST)
    c.fill(poly("-180,168 0,40 180,168"), pale(RUST, 0.18))


def fountain_pen(c: Canvas, colour: str = TEAL) -> None:
    """A fountain pen, its nib down at the origin, 380 long."""
    c.fill(blob("0,0! -20,-56 -22,-80! 22,-80! 20,-56"), MUSTARD, 12)
    c.line(spots("0,-4 0,-46"), 3, INK)
    c.fill(oval(0, -50, 5), INK)
    c.fill(poly("-24,-78 24,-78 30,-140 -30,-140", 4), INK)
    c.fill(poly("-31,-136 31,-136 24,-370 -24,-370", 12), colour, 18)
    c.fill(rect(-32, -208, 64, 16, 4), MUSTARD, 14)
    c.line(spots("-12,-220 -10,-346"), 6, pale(colour, 0.4))


def ink_pot(c: Canvas, ink: str = INK) -> None:
    """A squat bottle of ink, 150 wide and 150 high."""
    c.shadow(66)
    c.fill(blob("-40,-112! 40,-112! 74,-70 74,-10! -74,-10! -74,-70"), MIST, 24)
    c.fill(blob("-62,-62! 62,-62! 66,-40 64,-12! -64,-12! -66,-40"), ink)
    c.fill(rect(-46, -146, 92, 40, 7), MUSTARD, 16)


def switch(c: Canvas, on: bool, colour: str = TEAL) -> None:
    """A sliding switch, centred, 170 wide and 90 high."""
    c.fill(rect(-78, -37, 170, 90, 45), dim(c.floor, 0.14))
    c.fill(rect(-85, -45, 170, 90, 45), colour if on else dim(SAND, 0.16))
    c.fill(oval(41 if on else -41, 0, 35), CREAM, (6, 6))


def padlock(c: Canvas, colour: str = MUSTARD) -> None:
    """A closed padlock, 180 wide and 240 high."""
    c.shadow(82)
    c.line([(-54, -120), *oval(0, -178, 54, 54, 180, 360), (54, -120)], 25, mix(INK, CREAM, 0.25))
    c.fill(rect(-92, -144, 184, 144, 24), colour, 30)
    c.fill(oval(-4, -86, 18), INK)
    c.fill(poly("-12,-84 4,-84 12,-40 -20,-40", 3), INK)


def bandstand(c: Canvas) -> None:
    """A lit bandstand in winter, 460 wide and 380 high."""
    c.shadow(220)
    c.fill(rect(-210, -60, 420, 60, 5), BROWN, 50)
    c.fill(rect(-180, -246, 360, 190), BUTTER)
    c.fill(poly("-180,-246 180,-246 120,-56 -120,-56"), pale(BUTTER, 0.5))
    for x in (-178, -90, 90, 178):
        c.fill(rect(x - 7, -250, 14, 192), CREAM)
    c.fill(rect(-196, -100, 110, 9), CREAM)
    c.fill(rect(86, -100, 110, 9), CREAM)
    c.fill(poly("-240,-244 240,-244 110,-330 0,-390 -110,-330", 6), RUST)
    c.fill(
        blob(
            "-240,-244! -110,-330 0,-390! 110,-330 240,-244! 180,-262 140,-292 "
            "90,-280 40,-312 0,-300 -50,-312 -100,-280 -150,-290 -190,-262"
        ),
        CREAM,
    )
    c.fill(oval(0, -396, 15), MUSTARD)


def ticket(c: Canvas, colour: str = MUSTARD) -> None:
    """A ticket with a notched stub, centred, 380 wide and 190 high."""
    notches = [
        *oval(84, -95, 20, 20, 180, 0),
        (190, -95),
        (190, 95),
        *oval(84, 95, 20, 20, 0, -180),
    ]
    outline = [(-190.0, -95.0), *notches, (-190.0, 95.0)]
    with c.at(8, 11):
        c.fill(outline, dim(c.floor, 0.14))
    c.fill(outline, colour, (0, 8))
    for y in (-56, -28, 0, 28, 56):
        c.fill(oval(84, y, 5), dim(colour, 0.3))
    c.fill(oval(-70, 0, 56), RUST)
    c.put(bird, -72, 4, 0.6, CREAM)
    for y in (-34, 0, 34):
        c.line([(112, y), (160, y)], 9, dim(colour, 0.25))


def member_card(c: Canvas, colour: str = TEAL) -> None:
    """A member's card with a lark and a chip, centred, 440 wide and 280 high."""
    c.fill(rect(-208, -124, 440, 280, 28), dim(c.floor, 0.15))
    body = rect(-220, -140, 440, 280, 28)
    c.fill(body, colour)
    with c.inside(body):
        c.fill(oval(200, 180, 220), mix(colour, INK, 0.3))
        c.fill(oval(250, 210, 180), RUST)
    c.fill(rect(-184, -50, 72, 56, 10), MUSTARD)
    c.line(spots("-184,-22 -112,-22"), 4, dim(MUSTARD, 0.3))
    c.line(spots("-148,-50 -148,6"), 4, dim(MUSTARD, 0.3))
    c.put(bird, 128, -62, 1.0, CREAM)
    for x in (-184, -116, -48, 20):
        c.line([(x + 6, 62), (x + 44, 62)], 13, pale(colour, 0.6))


def bird(c: Canvas, colour: str = CREAM, wing: str = SEA) -> None:
    """The lark: singing, its crest up, facing right, centred, 140 wide."""
    c.fill(
        blob("-74,42! -42,12 -14,-18 6,-42 34,-52 54,-30 48,4 22,34 -12,44 -40,44 -64,60!"), colour
    )
    c.fill(blob("36,-50! 20,-58 -4,-64! 0,-48 10,-36!"), colour)
    c.fill(poly("46,-46 74,-50 52,-32"), colour)
    c.fill(poly("52,-32 72,-28 52,-20"), colour)
    c.fill(blob("14,-10! -10,-6 -38,18 -58,42! -18,34 8,18"), wing)
    c.fill(oval(32, -34, 5.5), INK)


# --- Scenes: eating out, meat, fish ------------------------------------------------------------


def dining(c: Canvas) -> None:
    """A café table for two under a lamp."""
    table(c, CRUST, 450)
    for x in (150, 970):
        arch(c, x, 450, 190, 350, SEA)
        arch(c, x, 450, 160, 330, TEAL)
    c.put(lamp, 560, 110, 1, 200, MUSTARD, pale(BLUSH, 0.45))
    c.put(cafe_chair, 330, 506, 1.1)
    c.put(cafe_chair, 790, 506, 1.1, flip=True)
    c.fill(oval(570, 514, 130, 18), dim(CRUST, 0.14))
    c.fill(rect(548, 330, 24, 180), INK)
    c.fill(oval(560, 512, 90, 14), INK)
    c.fill(
        blob("388,306! 732,306! 712,404! 660,384 620,412 560,388 500,412 460,384 408,404!"),
        CREAM,
        40,
    )
    c.fill(oval(560, 306, 172, 22), pale(CREAM), (0, 4))
    c.floor = CREAM
    c.put(cloche, 540, 306, 0.62)
    c.put(carafe, 672, 308, 0.6)


def quick_bites(c: Canvas) -> None:
    """A burger between chips and a paper cup."""
    disc(c, 560, 300, 250, pale(MUSTARD, 0.2))
    table(c, RUST, 440)
    c.put(paper_cup, 800, 478, 1.25, TEAL, CREAM)
    c.put(fries, 330, 486, 1.3, TEAL)
    c.put(burger, 560, 500, 1.5)


def coffee_tea(c: Canvas) -> None:
    """A coffee pot and a steaming cup."""
    arch(c, 560, 420, 520, 390, BUTTER)
    table(c, TEAL, 420)
    c.put(moka_pot, 450, 470, 1.45)
    c.put(cup, 690, 490, 1.15, RUST, BROWN, CREAM)
    c.put(steam, 690, 366, 1.0)
    for x, y, turn in ((300, 500, 20), (256, 516, -30), (880, 516, 40), (860, 480, 0)):
        c.put(bean, x, y, 0.9, turn=turn)


def tea(c: Canvas) -> None:
    """A teapot pouring company for two cups."""
    disc(c, 300, 230, 150, pale(MUSTARD, 0.3))
    table(c, CREAM, 400)
    c.put(teapot, 640, 460, 1.35, TEAL)
    c.put(cup, 350, 480, 1.05, MUSTARD, RUST, CREAM)
    c.put(steam, 350, 370, 0.9)
    c.put(biscuit, 880, 486, 1)
    c.put(biscuit, 915, 470, 1)


def barbecue(c: Canvas) -> None:
    """A kettle barbecue on the lawn at sunset."""
    disc(c, 830, 290, 130, MUSTARD)
    hills(c, "0,380 300,330 640,400 900,340 1120,370", SEA)
    hills(c, "0,460 400,430 800,450 1120,430", GREEN)
    c.floor = GREEN
    c.put(bush, 140, 470, 1.2, dim(GREEN, 0.25))
    c.put(bush, 1000, 466, 1.1, dim(GREEN, 0.25))
    c.put(steam, 548, 190, 1.5, pale(BLUSH, 0.6))
    for x in (446, 494):
        c.fill(rect(x, 224, 40, 40, 18), BROWN, 10)
    c.fill(rect(548, 222, 104, 40, 20), MUSTARD, (0, 12))
    c.dots(spots("572,238 596,238 620,238"), 6, BUTTER)
    c.put(grill, 540, 516, 1.15, RUST)


def butcher(c: Canvas) -> None:
    """A T-bone steak and a cleaver on a board."""
    c.put(board, 540, 280, 1, 640, 400, CRUST)
    c.floor = CRUST
    c.put(steak, 470, 290, 1.15)
    c.put(rosemary, 690, 400, 1.1, turn=-24)
    c.floor = SAND
    c.put(cleaver, 900, 200, 1.1, turn=62)
    c.dots(spots("250,140 276,160 246,176 720,130 744,150"), 8, INK)


def seafood(c: Canvas) -> None:
    """Two fish and lemon on a platter, from above."""
    c.fill(oval(572, 300, 400, 220), dim(c.floor, 0.14))
    c.fill(oval(560, 282, 400, 220), CREAM)
    c.fill(oval(560, 282, 330, 165), dim(CREAM, 0.07))
    c.put(fish, 540, 220, 1.35, TEAL)
    c.put(fish, 590, 352, 1.35, RUST, BUTTER)
    for x, y in ((262, 326), (846, 214)):
        c.put(lemon_slice, x, y, 1.2)
    c.put(basil, 850, 340, 0.7)


def harbour(c: Canvas) -> None:
    """A fishing boat at sea in the morning."""
    disc(c, 300, 250, 110, MUSTARD)
    c.put(cloud, 900, 150, 1.2)
    waves(c, 370, SEA, CREAM)
    c.put(fishing_boat, 590, 420, 1.25)
    c.fill(rect(0, 428, 1120, 132), TEAL)
    for i in range(9):
        x, y = 60 + i * 130, 450 + (i % 3) * 32
        c.line(curve(f"{x - 34},{y} {x - 12},{y - 7} {x + 12},{y} {x + 34},{y - 7}"), 5, SEA)
    c.put(gull, 560, 110, 1, INK)
    c.put(gull, 430, 90, 0.8, INK)


# --- Scenes: dairy, market, bakery -------------------------------------------------------------


def cheeseboard(c: Canvas) -> None:
    """A cut wheel, a wedge and grapes."""
    disc(c, 300, 260, 190, pale(MUSTARD, 0.35))
    table(c, TEAL, 410)
    c.fill(rect(150, 462, 820, 26, 10), BROWN, (0, 8))
    c.fill(oval(560, 496, 430, 12), dim(TEAL))
    c.floor = BROWN
    c.put(cheese_wheel, 390, 466, 1.2, RUST)
    c.put(cheese_wedge, 720, 462, 0.95)
    c.put(grapes, 920, 464, 1.0, GREEN)


def dairy(c: Canvas) -> None:
    """Milk, butter and yogurt on a shelf."""
    arch(c, 560, 430, 760, 390, SEA)
    table(c, CRUST, 430)
    c.put(milk_bottle, 340, 470, 1.3)
    c.put(tumbler, 460, 486, 1.0, CREAM, MIST)
    c.put(butter_dish, 660, 490, 1.15)
    c.put(yogurt, 870, 470, 1.15)


def vegetables(c: Canvas) -> None:
    """A crate of vegetables."""
    disc(c, 800, 240, 160, MUSTARD)
    table(c, BROWN, 430)
    c.put(leek, 420, 440, 1.05, turn=-10)
    c.put(aubergine, 690, 420, 1.1, turn=14)
    c.put(carrot, 500, 450, 1.2, turn=-8)
    c.put(carrot, 566, 450, 1.25, turn=4)
    c.put(beetroot, 630, 416, 1.2)
    c.put(leek, 760, 440, 1.0, turn=16)
    c.put(crate, 580, 500, 1.15)
    c.put(pumpkin, 250, 498, 1.1)
    c.put(tomato, 880, 500, 1.0)
    c.put(tomato, 960, 512, 0.8)


def fruit_bowl(c: Canvas) -> None:
    """A bowl of fruit."""
    arch(c, 560, 420, 560, 380, SEA)
    table(c, RUST, 420)
    c.put(pear, 530, 330, 1.05, turn=-6)
    c.put(apple, 432, 322, 1.05)
    c.put(orange, 620, 316, 1.1, CRUST)
    c.put(apple, 700, 326, 1.0, GREEN)
    c.put(banana, 560, 320, 1.25)
    c.put(bowl, 560, 486, 1.9, 100, CREAM)
    c.put(lemon, 300, 496, 0.95)
    c.put(orange, 850, 496, 1)


def baking(c: Canvas) -> None:
    """A mixing bowl, flour, eggs and a rolling pin."""
    disc(c, 560, 250, 210, pale(BLUSH, 0.55))
    table(c, MUSTARD, 410)
    c.put(flour_bag, 310, 456, 1.35)
    c.put(whisk, 590, 380, 1.2, INK, turn=20)
    c.put(bowl, 560, 480, 1.35, 120, TEAL)
    c.put(egg, 790, 462, 0.95)
    c.put(egg, 862, 470, 0.9, BLUSH)
    c.put(rolling_pin, 850, 530, 1.0)


def cupcakes(c: Canvas) -> None:
    """A row of iced cakes cooling on a rack."""
    arch(c, 560, 440, 640, 370, pale(BUTTER, 0.6))
    table(c, TEAL, 440)
    c.fill(oval(560, 500, 380, 16), dim(TEAL))
    c.put(rack, 560, 430, 1.2)
    c.floor = INK
    looks = ((ROSE, RUST), (CREAM, TEAL), (MUSTARD, BROWN), (ROSE, GREEN))
    for i, (icing, paper) in enumerate(looks):
        c.put(cupcake, 302 + i * 172, 432, 1.25, icing, paper)


def bread(c: Canvas) -> None:
    """A loaf, slices and a basket of baguettes."""
    disc(c, 330, 240, 170, MUSTARD)
    table(c, BROWN, 420)
    for x, turn in ((770, -14), (820, -4), (872, 6), (918, 16)):
        c.put(baguette, x, 440, 0.95, turn=turn)
    c.put(basket, 845, 498, 1.05, 260, 150, TEAL)
    c.fill(rect(170, 470, 520, 24, 12), CRUST, (0, 8))
    c.floor = CRUST
    c.put(loaf, 340, 474, 1.25)
    c.put(bread_slice, 545, 472, 1.0, turn=6)
    c.put(bread_slice, 615, 472, 1.0, turn=9)


def cakes(c: Canvas) -> None:
    """A layer cake on its stand."""
    arch(c, 560, 440, 520, 410, pale(BLUSH, 0.5))
    table(c, TEAL, 440)
    c.put(cake_stand, 560, 500, 1.3, 170, MUSTARD)
    c.floor = pale(BLUSH, 0.5)
    c.put(layer_cake, 560, 354, 1.2)
    c.floor = TEAL
    c.put(cup, 300, 500, 0.9, CREAM, BROWN, CREAM)
    c.put(cupcake, 830, 500, 0.9, ROSE, RUST)


def breakfast(c: Canvas) -> None:
    """Eggs, toast and tomato from above, with coffee."""
    c.put(cutlery, 260, 290, 1.3)
    c.put(knife, 800, 290, 1.3)
    c.put(dish, 530, 284, 1.35, 165, CREAM)
    c.put(fried_egg, 468, 240, 1.15)
    c.put(fried_egg, 520, 350, 1.05, turn=70)
    with c.at(612, 300, 0.95, 16):
        bread_slice(c)
    c.fill(oval(596, 366, 32), RUST, (4, 5))
    c.fill(oval(596, 366, 22), ROSE)
    c.put(latte, 950, 160, 0.6, RUST)


def stack(c: Canvas) -> None:
    """A stack of pancakes with berries and juice."""
    disc(c, 800, 220, 140, MUSTARD)
    table(c, CREAM, 420)
    c.put(pancakes, 540, 500, 1.5)
    c.put(tumbler, 820, 490, 1.35, CRUST, MIST, RUST)
    for x, y, turn in ((270, 496, 20), (226, 500, -60), (312, 516, -10)):
        c.put(berry, x, y, 0.9, turn=turn)


def snacks(c: Canvas) -> None:
    """Three bowls of nibbles."""
    table(c, MUSTARD, 380)
    c.put(in_bowl, 270, 460, 1.3, TEAL, "olives")
    c.put(in_bowl, 840, 460, 1.3, CREAM, "nuts")
    c.put(in_bowl, 555, 500, 1.8, RUST, "crisps")


def in_bowl(c: Canvas, colour: str, what: str) -> None:
    """A bowl heaped with crisps, olives or nuts."""
    bowl(c, 110, colour, dim(colour, 0.4))
    with c.at(0, -86):
        if what == "crisps":
            crisps(c, 100)
        elif what == "olives":
            heap(c, 116, GREEN, 25, RUST)
        else:
            heap(c, 112, CRUST, 24, BROWN)
    front = [*oval(0, -90, 110, 86, 0, 180), *reversed(oval(0, -90, 110, 18, 0, 180))]
    c.fill(front, colour, 33)


def film_night(c: Canvas) -> None:
    """Popcorn, a bag of crisps and pretzels."""
    disc(c, 560, 280, 220, RUST)
    table(c, BROWN, 430)
    c.put(crisp_bag, 740, 486, 1.25, MUSTARD)
    c.put(popcorn, 500, 500, 1.35)
    c.floor = BROWN
    c.put(pretzel, 300, 480, 0.45)


def chocolate(c: Canvas) -> None:
    """An opened bar of chocolate, from above."""
    disc(c, 900, 500, 200, pale(ROSE, 0.4))
    disc(c, 160, 60, 130, pale(ROSE, 0.4))
    c.put(chocolate_bar, 560, 290, 1.25, TEAL, turn=-10)
    c.put(chocolate_piece, 240, 440, 1.2, turn=24)
    c.put(chocolate_piece, 160, 356, 1.2, turn=-12)


def chocolate_piece(c: Canvas) -> None:
    """A square broken off a bar."""
    c.fill(rect(-28, -24, 66, 68, 6), dim(c.floor, 0.16))
    c.fill(rect(-33, -33, 66, 66, 6), BROWN)
    c.fill(rect(-27, -27, 52, 52, 6), mix(BROWN, CRUST, 0.3), (7, 7))


def sweet_shop(c: Canvas) -> None:
    """Jars of sweets on a shelf."""
    c.fill(rect(0, 440, 1120, 26), BROWN)
    c.fill(rect(0, 466, 1120, 94), dim(c.floor, 0.1))
    c.floor = BROWN
    c.put(sweet_jar, 320, 444, 1.25, (RUST, ORANGE, ROSE), TEAL)
    c.put(sweet_jar, 570, 444, 1.25, (MUSTARD, BUTTER, CRUST), RUST)
    c.put(sweet_jar, 820, 444, 1.25, (TEAL, SEA, GREEN), MUSTARD)


def ice_creams(c: Canvas) -> None:
    """Three ice-cream cones."""
    disc(c, 560, 290, 230, CREAM)
    c.put(cone, 350, 510, 1.3, MUSTARD, turn=-12)
    c.put(cone, 770, 510, 1.3, GREEN, turn=12)
    c.put(cone, 560, 545, 1.45, ROSE, BROWN)


def desserts(c: Canvas) -> None:
    """A caramel custard and a sundae."""
    arch(c, 760, 430, 330, 380, pale(MUSTARD, 0.4))
    table(c, RUST, 430)
    c.put(pudding, 400, 500, 1.35)
    c.put(sundae, 760, 500, 1.3)


# --- Scenes: cooking, larder, lunch ------------------------------------------------------------


def pasta_supper(c: Canvas) -> None:
    """A steaming bowl of pasta."""
    disc(c, 560, 270, 220, pale(MUSTARD, 0.2))
    table(c, TEAL, 420)
    c.put(steam, 560, 160, 1.2)
    c.put(bowl, 560, 500, 2.1, 100, CREAM, dim(CREAM, 0.1))
    c.put(pasta, 560, 440, 1.25)
    front = [*oval(560, 328, 210, 164, 0, 180), *reversed(oval(560, 328, 210, 36, 0, 180))]
    c.fill(front, CREAM, 60)
    c.put(tomato, 830, 500, 0.95)
    c.put(tomato, 912, 514, 0.75)
    c.put(fork_up, 300, 506, 1.3)


def fork_up(c: Canvas) -> None:
    """A fork lying on the table."""
    c.line(spots("-90,-12 40,-12"), 9, CREAM)
    c.fill(rect(36, -24, 30, 24, 10), CREAM)
    for y in (-21, -12, -3):
        c.line([(60, y), (100, y)], 5, CREAM)


def pizza_night(c: Canvas) -> None:
    """A pizza with one slice drawn out."""
    disc(c, 960, 80, 130, dim(c.floor, 0.06))
    c.put(pizza, 520, 284, 1.16)
    c.put(tomato_flat, 210, 150, 1)
    c.put(tomato_flat, 178, 240, 0.8)
    c.put(basil, 900, 440, 1.1)


def tomato_flat(c: Canvas) -> None:
    """A tomato from above."""
    c.fill(oval(6, 8, 44), dim(c.floor, 0.14))
    c.fill(oval(0, 0, 44), RUST, (6, 7))
    for x, y in around(5, 30, 12):
        c.fill(lens(0, 0, x, y, 11), GREEN)


def basil(c: Canvas) -> None:
    """Three basil leaves from above."""
    c.fill(lens(0, 0, -70, -30, 50), GREEN)
    c.fill(lens(0, 0, 60, -50, 54), dim(GREEN, 0.1))
    c.fill(lens(0, 0, 20, 70, 46), dim(GREEN))


def hob(c: Canvas) -> None:
    """A casserole steaming on the cooker."""
    c.fill(rect(180, 84, 760, 12, 6), BROWN)
    for x, kind in ((236, "ladle"), (310, "spoon"), (806, "turner")):
        c.put(hanging, x, 98, 0.9, kind, INK)
    c.put(stove, 560, 430, 1.2, 640, CREAM)
    c.fill(rect(420, 412, 280, 12, 5), DARK)
    c.floor = INK
    c.put(casserole, 560, 414, 1.15, RUST)
    c.put(steam, 560, 130, 0.95)
    c.put(jar, 880, 420, 0.8, MUSTARD, TEAL)


def chopping(c: Canvas) -> None:
    """Vegetables on a chopping board, from above."""
    c.put(board, 560, 282, 1, 720, 430, SAND)
    c.floor = SAND
    c.put(chef_knife, 610, 420, 1.25, turn=-8)
    c.put(onion, 330, 200, 1.3)
    c.put(onion, 320, 350, 1.0)
    c.put(carrot, 500, 350, 1.1, turn=24)
    for x in (610, 668, 726, 784):
        c.fill(oval(x + 4, 216, 34), dim(SAND, 0.16))
        c.fill(oval(x, 210, 34), ORANGE, (4, 4))
        c.fill(oval(x, 210, 20), MUSTARD)
    c.put(rosemary, 770, 308, 1.1, turn=-10)


def grains(c: Canvas) -> None:
    """Jars of grains and beans with a scoop."""
    disc(c, 830, 210, 130, MUSTARD)
    table(c, BROWN, 420)
    c.put(jar, 290, 460, 1.35, MUSTARD, CRUST, 200)
    c.put(jar, 470, 470, 1.35, RUST, CRUST, 160)
    c.put(sack, 760, 490, 1.3, SAND, CRUST)
    c.put(scoop, 500, 524, 1)
    c.put(wheat, 940, 470, 1.1, turn=14)
    c.put(wheat, 980, 480, 1.0, turn=26)


def bowl_of_grains(c: Canvas) -> None:
    """A bowl of grains and greens, from above."""
    disc(c, 160, 470, 150, dim(c.floor, 0.06))
    c.put(grain_bowl, 540, 280, 1.18)
    c.put(spoon, 870, 280, 1.7)


def juices(c: Canvas) -> None:
    """Three glasses of juice and an orange."""
    disc(c, 560, 270, 200, MUSTARD)
    table(c, CREAM, 420)
    c.put(tumbler, 420, 480, 1.6, RUST, MIST, TEAL)
    c.put(tumbler, 580, 496, 1.6, ORANGE, MIST, RUST)
    c.put(tumbler, 740, 480, 1.6, GREEN, MIST, MUSTARD)
    c.put(orange, 900, 500, 1.1)
    with c.at(250, 470, 1.15):
        c.shadow(44, 0, 46)
        lemon_slice(c, 52, ORANGE, MUSTARD)


def lemonade(c: Canvas) -> None:
    """A jug of lemonade with lemons."""
    arch(c, 520, 430, 420, 390, CREAM)
    table(c, TEAL, 430)
    c.put(pitcher, 510, 490, 1.45, MUSTARD, MIST)
    with c.at(500, 360, 0.8):
        lemon_slice(c, 50)
    with c.at(540, 430, 0.7):
        lemon_slice(c, 50)
    c.put(tumbler, 740, 500, 1.3, MUSTARD, MIST, RUST)
    c.put(lemon, 280, 500, 1)
    c.put(lemon, 880, 506, 0.9)


def larder(c: Canvas) -> None:
    """Two shelves of jars, tins and packets."""
    for y in (268, 520):
        c.fill(rect(90, y, 940, 22, 5), BROWN)
        c.fill(rect(90, y + 22, 940, 12), dim(c.floor, 0.12))
    c.floor = BROWN
    top = ((170, MUSTARD, RUST, 160), (310, GREEN, BROWN, 130), (820, RUST, TEAL, 150))
    for x, fill, lid, h in top:
        c.put(jar, x, 268, 1, fill, lid, h)
    c.put(packet, 450, 268, 0.95, TEAL)
    c.put(bowls, 630, 268, 0.95)
    c.floor = BROWN
    c.put(honey, 950, 268, 0.62)
    c.put(tin, 190, 520, 1, RUST, BUTTER, 130)
    c.put(tin, 330, 520, 1, GREEN, CREAM, 130)
    c.put(flour_bag, 480, 520, 0.85)
    c.put(oil_can, 630, 520, 0.85, TEAL)
    c.put(jar, 770, 520, 1, BROWN, RUST, 150)
    c.put(basket, 930, 520, 0.7, 240, 120, CRUST)
    c.put(onion_up, 900, 440, 0.6)


def onion_up(c: Canvas) -> None:
    """Two onions showing over a rim."""
    for x in (0, 90):
        c.fill(blob(f"{x},-70! {x + 50},-20 {x},10 {x - 50},-20"), ROSE, (14, 6))


def store_cupboard(c: Canvas) -> None:
    """Tins, a jar of pasta and a can of oil."""
    arch(c, 560, 430, 700, 370, pale(MUSTARD, 0.4))
    table(c, BROWN, 430)
    c.put(tin, 300, 480, 1.2, RUST, MUSTARD)
    c.put(tin, 420, 494, 1.2, TEAL, BUTTER)
    c.floor = TEAL
    c.put(tin, 360, 314, 1.2, GREEN, CREAM)
    c.floor = BROWN
    c.put(pasta_jar, 560, 490, 1.3)
    c.put(oil_can, 730, 490, 1.25, GREEN)
    c.put(tomato, 860, 500, 0.9)


def pasta_jar(c: Canvas) -> None:
    """A tall jar of spaghetti, 110 wide and 270 high."""
    c.shadow(48)
    c.fill(rect(-54, -270, 108, 270, 14), CREAM, 18)
    for x in (-34, -17, 0, 17, 34):
        c.line([(x, -14), (x * 0.9, -236)], 10, MUSTARD if x % 2 else CRUST)
    c.fill(rect(-46, -296, 92, 36, 8), CRUST, 16)


def lunch(c: Canvas) -> None:
    """A sandwich on a board with gherkins."""
    disc(c, 800, 240, 160, MUSTARD)
    table(c, TEAL, 420)
    c.fill(rect(250, 478, 640, 24, 12), CRUST, (0, 8))
    c.floor = CRUST
    c.put(sandwich, 500, 480, 1.35)
    c.put(gherkin, 780, 480, 1.1)
    c.put(gherkin, 836, 484, 0.8)
    c.floor = TEAL


def packed_lunch(c: Canvas) -> None:
    """A lunch box from above."""
    disc(c, 140, 480, 170, dim(c.floor, 0.05))
    c.put(lunch_box, 520, 280, 1.15)
    c.put(apple_flat, 930, 190, 1)
    c.put(cutlery, 920, 400, 1.0, turn=90)


def apple_flat(c: Canvas) -> None:
    """An apple from above."""
    c.fill(oval(8, 10, 66), dim(c.floor, 0.14))
    c.fill(oval(0, 0, 66), RUST, (9, 9))
    c.fill(oval(0, 0, 16), dim(RUST, 0.25))
    c.line(curve("0,0 8,-14 22,-22"), 7, BROWN)
    c.put(leaf, 10, -6, 0.7, turn=30)


# --- Scenes: pets, garden, home ----------------------------------------------------------------


def dog_at_home(c: Canvas) -> None:
    """A dog sitting by its bowl."""
    arch(c, 560, 450, 440, 400, pale(MUSTARD, 0.3))
    table(c, TEAL, 450)
    c.put(dog, 590, 510, 1.28, CRUST, RUST)
    c.put(pet_bowl, 310, 520, 0.72, RUST)
    c.put(ball, 840, 520, 1.1, MUSTARD, RUST)


def cat_at_window(c: Canvas) -> None:
    """A cat on the window sill at dusk."""
    c.fill(rect(290, 40, 540, 410, 8), CREAM)
    c.fill(rect(308, 58, 504, 380), TEAL)
    with c.inside(rect(308, 58, 504, 380)):
        disc(c, 700, 150, 54, BUTTER)
        hills_in = "308,380 420,330 560,370 700,320 812,350"
        c.fill([*curve(hills_in), (812, 440), (308, 440)], mix(TEAL, INK, 0.5))
    c.fill(rect(554, 58, 12, 380), CREAM)
    c.fill(rect(250, 440, 620, 30, 6), CREAM, (0, 10))
    c.fill(blob("290,30! 350,30! 330,200 240,420! 230,440! 220,30!"), RUST, 20)
    c.fill(blob("830,30! 770,30! 790,200 880,420! 890,440! 900,30!"), RUST, 20)
    c.fill(rect(200, 20, 720, 18, 9), BROWN)
    c.floor = CREAM
    c.put(cat, 480, 444, 1.05, INK)
    c.put(potted, 720, 444, 0.9, RUST)


def gardening(c: Canvas) -> None:
    """A watering can, seedlings and a trowel."""
    disc(c, 860, 190, 110, MUSTARD)
    hills(c, "0,380 300,350 700,390 1120,350", GREEN)
    hills(c, "0,440 500,425 1120,440", BROWN)
    c.floor = BROWN
    c.put(watering_can, 550, 500, 1.3, TEAL)
    c.put(potted, 190, 500, 1.15, RUST, dim(GREEN, 0.3))
    c.put(potted, 880, 500, 1.2, RUST, dim(GREEN, 0.3))
    c.put(trowel, 1010, 506, 1.05, MUSTARD, turn=10)


def back_garden(c: Canvas) -> None:
    """A shed among tall flowers."""
    disc(c, 260, 170, 80, CREAM)
    c.put(cloud, 900, 150, 1.1)
    hills(c, "0,360 300,330 700,350 1120,320", mix(GREEN, BUTTER, 0.35))
    hills(c, "0,450 500,430 1120,450", GREEN)
    c.floor = GREEN
    c.put(shed, 600, 460, 1.15, TEAL)
    c.put(bush, 850, 470, 1.1, dim(GREEN, 0.25), ROSE)
    c.put(bush, 390, 470, 0.9, dim(GREEN, 0.25), CREAM)
    for x, h, colour in (
        (180, 250, MUSTARD),
        (260, 200, RUST),
        (980, 230, MUSTARD),
        (1050, 180, CREAM),
    ):
        c.put(sunflower, x, 530, 1, colour, h)


def flowers(c: Canvas) -> None:
    """A vase of tulips."""
    arch(c, 560, 430, 420, 400, CREAM)
    table(c, RUST, 430)
    for x, turn, h, colour in (
        (-40, -24, 180, MUSTARD),
        (38, 24, 180, ROSE),
        (-18, -10, 220, RUST),
        (20, 11, 214, MUSTARD),
        (0, 0, 170, ROSE),
    ):
        c.put(tulip, 560 + x * 0.4, 330, 1, colour, h * 0.8, turn=turn)
    c.put(vase, 560, 490, 1.2, TEAL)
    c.put(mug, 780, 490, 0.9, MUSTARD)
    c.put(pear, 340, 494, 0.7, GREEN)


def houseplants(c: Canvas) -> None:
    """Four house plants in pots."""
    table(c, CRUST, 450)
    c.floor = BLUSH
    c.put(monstera, 330, 270, 1.0, turn=-22)
    c.put(monstera, 420, 270, 0.9, turn=24)
    c.put(monstera, 376, 270, 1.15, dim(GREEN, 0.2))
    c.floor = CRUST
    c.put(stool, 376, 510, 1, BROWN, 120)
    c.put(pot, 376, 378, 1.15, RUST)
    c.put(snake_plant, 600, 510, 1.15, CREAM)
    c.put(cactus, 800, 510, 1.05, TEAL)


def cleaning(c: Canvas) -> None:
    """A bucket of suds, a spray bottle and a sponge."""
    disc(c, 420, 270, 200, SEA)
    table(c, TEAL, 430)
    c.put(broom, 880, 500, 1.0, CRUST, turn=8)
    c.put(bucket, 440, 500, 1.35, RUST)
    c.put(spray, 680, 494, 1.05, MUSTARD, TEAL)
    c.put(sponge, 820, 520, 0.9)
    for x, y, r in ((300, 160, 20), (350, 100, 13), (560, 130, 16), (500, 180, 10)):
        c.fill(oval(x, y, r), CREAM, (4, 4))


def laundry(c: Canvas) -> None:
    """A washing machine and folded towels."""
    c.fill(rect(620, 160, 330, 16, 6), BROWN)
    c.floor = BLUSH
    c.put(potted, 710, 160, 0.48, TEAL)
    table(c, CRUST, 450)
    c.put(washer, 430, 500, 1.25)
    c.put(basket, 760, 510, 1.25, 250, 130, CREAM)
    c.floor = CREAM
    c.put(towels, 760, 356, 0.85)


def tableware(c: Canvas) -> None:
    """Stacked plates and bowls with a crock of spoons."""
    disc(c, 780, 220, 150, CREAM)
    table(c, MUSTARD, 420)
    c.put(plates, 300, 490, 1.2)
    c.put(bowls, 560, 490, 1.3)
    c.floor = MUSTARD
    c.put(crock, 800, 490, 1.15)
    c.put(mug, 950, 500, 0.9, RUST)


def pot_rail(c: Canvas) -> None:
    """Pans hanging from a rail."""
    c.fill(rect(150, 90, 820, 14, 7), BROWN)
    for x, colour, r in ((260, RUST, 66), (420, TEAL, 84), (700, MUSTARD, 74), (860, RUST, 58)):
        c.put(hung_pan, x, 104, 1, colour, r)
    c.put(hanging, 560, 104, 1.1, "ladle")
    table(c, CRUST, 470)
    c.put(saucepan, 380, 520, 0.9, TEAL)
    c.put(mug, 640, 520, 0.8, CREAM)
    c.put(mug, 770, 520, 0.8, MUSTARD)


def living_room(c: Canvas) -> None:
    """An armchair, a lamp and a plant."""
    table(c, CRUST, 450)
    c.fill(oval(560, 506, 380, 30), RUST)
    c.floor = RUST
    c.put(framed, 250, 190, 1.0)
    c.floor = CRUST
    c.put(sideboard, 270, 490, 0.92, BROWN)
    c.floor = BROWN
    c.put(vase, 200, 352, 0.5, MUSTARD)
    c.floor = RUST
    c.put(armchair, 620, 510, 1.25, TEAL)
    c.floor = CRUST
    c.put(floor_lamp, 850, 500, 1.05, MUSTARD)
    c.put(snake_plant, 990, 500, 0.85, CREAM)


def workshop(c: Canvas) -> None:
    """Tools hanging on a board."""
    c.fill(rect(130, 40, 860, 390, 14), CRUST, (0, 10))
    for i in range(14):
        for j in range(6):
            c.fill(oval(170 + i * 60, 76 + j * 60, 4), dim(CRUST, 0.2))
    table(c, BROWN, 470)
    c.floor = CRUST
    c.put(hammer, 270, 396, 0.95, RUST)
    c.put(screwdriver, 420, 370, 0.95, MUSTARD)
    c.put(screwdriver, 490, 350, 0.8, RUST)
    c.put(spanner, 590, 390, 0.95, MIST)
    c.put(saw, 800, 170, 0.85, TEAL)
    c.put(spanner, 690, 396, 0.62, MIST)
    c.floor = BROWN
    c.put(paint_tin, 860, 500, 0.9, TEAL)


def decorating(c: Canvas) -> None:
    """A half-painted wall, a ladder and paint."""
    paint = "0,0! 640,0! 640,90 600,140 650,200 600,260 640,330 600,400 620,450! 0,450!"
    c.fill(blob(paint), ROSE)
    table(c, BROWN, 450)
    c.put(ladder, 850, 510, 1.08)
    c.put(paint_tin, 330, 510, 1.1, ROSE)
    c.put(roller, 540, 500, 1.05, RUST, turn=-8)


# --- Scenes: style and culture -----------------------------------------------------------------


def make_up(c: Canvas) -> None:
    """Lipstick, powder and scent."""
    arch(c, 560, 420, 600, 370, pale(BLUSH, 0.6))
    table(c, RUST, 420)
    c.put(compact, 350, 484, 1.2, TEAL)
    c.put(perfume, 590, 490, 1.35, MUSTARD)
    c.put(lipstick, 770, 490, 1.1, RUST, INK)
    c.put(makeup_brush, 900, 500, 1.1, ROSE, turn=12)


def dressing_table(c: Canvas) -> None:
    """A round mirror with nail polish and lotion."""
    arch(c, 560, 430, 560, 390, pale(MIST, 0.5))
    table(c, CRUST, 430)
    c.put(dressing_mirror, 560, 490, 1.25, MUSTARD)
    c.put(nail_polish, 350, 490, 1.1, RUST)
    c.put(nail_polish, 270, 504, 1.0, TEAL)
    c.put(pump, 780, 490, 0.9, TEAL)
    c.put(vase, 900, 494, 0.8, ROSE)
    c.put(tulip, 900, 346, 0.7, RUST)


def wash_stand(c: Canvas) -> None:
    """Towel, soap, lotion and toothbrushes."""
    for x in (0, 140, 280, 420, 560, 700, 840, 980):
        for y in (0, 140, 280):
            c.fill(rect(x + 5, y + 5, 130, 130, 6), pale(MIST, 0.28))
    table(c, CREAM, 420)
    c.fill(rect(150, 84, 240, 12, 6), INK)
    c.put(hung_towel, 270, 92, 1.15, RUST)
    c.put(toothbrushes, 500, 490, 1.1, TEAL)
    c.put(soap, 700, 500, 1.1, ROSE)
    c.put(pump, 880, 490, 1.05, MUSTARD)


def bath(c: Canvas) -> None:
    """A bath full of bubbles with a toy duck."""
    disc(c, 860, 150, 76, CREAM)
    table(c, TEAL, 450)
    c.put(bathtub, 560, 510, 1.2)
    for x, y, r in ((330, 190, 18), (400, 130, 26), (640, 150, 20), (700, 90, 13)):
        c.fill(oval(x, y, r), CREAM, (5, 5))
    c.put(stool, 960, 510, 0.8, CRUST)
    c.floor = CRUST
    c.put(towels, 960, 382, 0.62)
    c.floor = TEAL
    c.put(snake_plant, 150, 510, 0.95, RUST)


def party(c: Canvas) -> None:
    """Presents and balloons."""
    table(c, TEAL, 450)
    for x, y, colour, turn in ((230, 420, MUSTARD, -8), (310, 400, RUST, 2), (380, 440, SEA, 12)):
        c.put(balloon, x, y, 1.05, colour, turn=turn)
    c.put(gift, 640, 500, 1.25, RUST, CREAM)
    c.put(gift, 850, 510, 0.9, MUSTARD, TEAL)
    c.put(gift, 460, 514, 0.7, CREAM, RUST)


def birthday(c: Canvas) -> None:
    """A cake with candles under bunting."""
    c.put(bunting, 0, 0, 1, 0)
    table(c, RUST, 440)
    c.put(cake_stand, 560, 510, 1.2, 180, TEAL)
    c.put(party_cake, 560, 376, 0.86)
    c.put(party_horn, 830, 506, 0.95, TEAL)
    c.put(gift, 290, 506, 0.8, MUSTARD, CREAM)


def reading(c: Canvas) -> None:
    """A pile of books with glasses and a mug."""
    disc(c, 380, 230, 160, MUSTARD)
    table(c, BROWN, 430)
    c.put(books, 480, 490, 1.35, (TEAL, CREAM, RUST, MUSTARD))
    c.floor = MUSTARD
    c.put(mug, 470, 234, 0.75, CREAM, BROWN)
    c.floor = BROWN
    c.put(steam, 470, 140, 0.6, CREAM)
    c.put(glasses, 810, 506, 1.2, CREAM)


def bookshelf(c: Canvas) -> None:
    """Two shelves of books with a lamp."""
    for y in (256, 510):
        c.fill(rect(80, y, 960, 22, 4), BROWN)
        c.fill(rect(80, y + 22, 960, 12), dim(c.floor, 0.12))
    c.floor = BROWN
    c.put(book_row, 130, 256, 1, "rcmtbgi")
    with c.at(500, 256, 1, 11):
        book_row(c, "r")
    c.put(potted, 680, 256, 0.75, RUST, GREEN)
    c.put(book_row, 790, 256, 1, "tmcr")
    c.put(table_lamp, 230, 510, 0.6, TEAL, MUSTARD)
    c.put(book_row, 380, 510, 1, "mtsgrcb")
    c.put(books, 880, 510, 0.72, (INK, RUST, CREAM))


def listening(c: Canvas) -> None:
    """A record player between loudspeakers."""
    disc(c, 560, 250, 220, RUST)
    table(c, BROWN, 430)
    c.put(speaker, 190, 490, 1.25, CRUST)
    c.put(speaker, 930, 490, 1.25, CRUST)
    c.put(record_player, 560, 500, 1.0, CRUST)
    c.put(note, 450, 200, 1.3, CREAM)
    c.put(note, 660, 170, 1.1, CREAM)


def cinema(c: Canvas) -> None:
    """A projector throwing its beam on a screen."""
    c.fill(poly("500,268 900,80 900,430 500,300"), mix(INK, BUTTER, 0.3))
    c.fill(rect(880, 60, 160, 390, 6), BUTTER)
    table(c, BROWN, 470)
    c.put(projector, 330, 516, 1.05, TEAL)
    c.put(popcorn, 660, 524, 0.62)


def photography(c: Canvas) -> None:
    """A camera on its tripod before mountains."""
    disc(c, 240, 190, 80, MUSTARD)
    c.fill(poly("360,420 640,110 920,420"), TEAL)
    c.fill(poly("640,110 578,179 616,200 644,176 672,206 704,181"), CREAM)
    c.fill(poly("680,420 880,200 1120,420"), dim(TEAL, 0.3))
    hills(c, "0,400 300,370 700,410 1120,380", GREEN)
    c.floor = GREEN
    c.put(tripod, 400, 540, 1.1)
    c.put(camera, 400, 276, 0.75, RUST)


def crafts(c: Canvas) -> None:
    """Wool, thread, scissors and pencils."""
    disc(c, 330, 250, 180, pale(BUTTER, 0.6))
    table(c, TEAL, 420)
    c.put(pencils, 310, 486, 1.15, RUST)
    c.put(yarn, 560, 492, 1.2, MUSTARD)
    c.put(thread, 780, 484, 1.15, RUST)
    c.put(thread, 890, 494, 1.15, CREAM)
    c.put(thread, 836, 360, 1.0, ROSE)


def sport(c: Canvas) -> None:
    """Racket, ball, running shoe and kettlebell."""
    disc(c, 350, 240, 170, CREAM)
    table(c, GREEN, 430)
    c.put(racket, 330, 506, 1.05, RUST, turn=18)
    c.put(tennis_ball, 250, 506, 0.9)
    c.put(kettlebell, 900, 490, 1.25, INK, MUSTARD)
    c.put(trainer, 640, 510, 1.15, TEAL, CREAM)


def fashion(c: Canvas) -> None:
    """Clothes on a rail with a hat and bag."""
    table(c, CRUST, 460)
    c.line(spots("230,500 230,90 890,90 890,500"), 13, INK)
    c.line(spots("190,502 270,502"), 13, INK)
    c.line(spots("850,502 930,502"), 13, INK)
    for x, thing, colour in (
        (330, coat, RUST),
        (470, shirt, CREAM),
        (600, dress, TEAL),
        (730, shirt, MUSTARD),
        (830, shirt, ROSE),
    ):
        c.put(thing, x, 112, 0.98, colour)
    c.put(handbag, 740, 506, 0.72, BROWN)
    c.put(hat, 450, 516, 0.85, MUSTARD, INK)


def shoe_shop(c: Canvas) -> None:
    """Boots and shoes on plinths."""
    arch(c, 330, 440, 300, 380, CREAM)
    arch(c, 790, 440, 300, 380, CREAM)
    table(c, TEAL, 440)
    c.fill(rect(200, 400, 300, 120, 6), RUST, 60)
    c.fill(rect(650, 420, 310, 100, 6), MUSTARD, 60)
    c.floor = RUST
    c.put(boot, 346, 402, 0.95, CRUST, BROWN)
    c.floor = MUSTARD
    c.put(heel, 800, 422, 0.95, RUST)
    c.floor = TEAL
    c.put(loafer, 560, 536, 0.95, BROWN)


def jewellery(c: Canvas) -> None:
    """A ring in its box, a necklace and a watch."""
    disc(c, 560, 250, 210, pale(MUSTARD, 0.25))
    table(c, TEAL, 430)
    c.put(necklace, 360, 490, 1.2)
    c.put(ring_box, 630, 496, 1.15, RUST)
    c.put(watch_on_cushion, 870, 506, 1)


def watch_on_cushion(c: Canvas) -> None:
    """A watch round a small cushion, 190 wide and 210 high."""
    c.shadow(84)
    c.fill(rect(-90, -118, 180, 118, 34), CREAM, 30)
    c.fill(rect(-36, -124, 72, 124, 6), BROWN, 14)
    c.fill(oval(0, -70, 62), MUSTARD, (6, 6))
    c.fill(oval(0, -70, 50), pale(CREAM, 0.5))
    c.line(spots("0,-70 -16,-88"), 6, INK)
    c.line(spots("0,-70 22,-94"), 5, INK)


def desk(c: Canvas) -> None:
    """A laptop, a telephone and headphones on a desk."""
    disc(c, 300, 220, 140, MUSTARD)
    table(c, CRUST, 430)
    c.put(laptop, 520, 490, 1.3)
    c.put(phone, 860, 486, 0.9, INK, RUST)
    c.put(mug, 980, 500, 0.75, CREAM)
    c.put(potted, 170, 490, 0.85, CREAM)


def antique_shop(c: Canvas) -> None:
    """A gramophone, a clock and a gilt picture."""
    c.put(gilt_frame, 330, 180, 1.0)
    table(c, RUST, 430)
    c.put(sideboard, 400, 510, 1.2, BROWN)
    c.floor = BROWN
    c.put(carriage_clock, 300, 330, 0.62, CRUST)
    c.put(vase, 470, 330, 0.72, SEA)
    c.floor = RUST
    c.put(gramophone, 800, 500, 1.15)


def store_front(c: Canvas) -> None:
    """The front of a department store at dusk."""
    table(c, SAND, 480)
    c.fill(rect(150, 50, 820, 440), CRUST)
    c.fill(rect(130, 40, 860, 26, 4), BROWN)
    for i in range(7):
        for j in range(2):
            if j == 0 or i != 3:
                x = 186 + i * 110
                c.fill(rect(x, 96 + j * 90, 74, 64), BUTTER if (i + j) % 3 else TEAL)
    c.fill(rect(150, 274, 820, 18), BROWN)
    c.fill(rect(500, 96, 120, 170), RUST)
    c.fill(oval(560, 180, 40), CREAM)
    c.line(spots("560,180 560,154"), 6, INK)
    c.line(spots("560,180 578,190"), 6, INK)
    for x in (300, 820):
        c.fill(rect(x - 110, 320, 220, 150), TEAL)
        c.put(awning, x, 296, 0.9, 250, RUST)
    c.fill(rect(484, 320, 152, 170), INK)
    c.fill(rect(496, 332, 60, 158), SEA)
    c.fill(rect(564, 332, 60, 158), SEA)
    c.put(awning, 560, 292, 0.7, 250, MUSTARD)
    c.floor = TEAL
    c.put(dress_form, 260, 470, 0.5)
    c.put(gift, 350, 470, 0.42, MUSTARD, CREAM)
    c.put(handbag, 780, 470, 0.42, MUSTARD)
    c.put(table_lamp, 870, 470, 0.3, RUST)


def dress_form(c: Canvas) -> None:
    """A dress on a shop stand, 250 high."""
    c.line(spots("0,0 0,-80"), 10, INK)
    c.fill(blob("-50,-240! 50,-240! 40,-170 80,-50! -80,-50! -40,-170"), ROSE, 20)


# --- Scenes: outdoors and travel ---------------------------------------------------------------


def camping(c: Canvas) -> None:
    """A tent by a camp fire below mountains."""
    disc(c, 820, 160, 70, BUTTER)
    c.fill(poly("-40,430 240,130 540,430"), SEA)
    c.fill(poly("300,430 620,90 960,430"), TEAL)
    c.fill(poly("620,90 555,160 596,186 626,160 652,192 688,162"), CREAM)
    c.fill(poly("700,430 960,220 1240,430"), SEA)
    hills(c, "0,420 400,390 800,420 1120,390", GREEN)
    c.floor = GREEN
    for x, y, h in ((90, 440, 250), (190, 460, 190), (960, 440, 260), (1050, 470, 210)):
        c.put(pine, x, y, 1, dim(GREEN, 0.35), h)
    c.put(tent, 480, 500, 1.15, RUST)
    c.put(campfire, 790, 510, 1.0)


def cycling(c: Canvas) -> None:
    """A bicycle by a hilly lane."""
    disc(c, 860, 190, 90, MUSTARD)
    hills(c, "0,340 260,270 560,330 860,270 1120,320", GREEN)
    c.fill(rect(0, 450, 1120, 110), SAND)
    c.floor = SAND
    c.put(bicycle, 540, 506, 1.25, RUST)


def motoring(c: Canvas) -> None:
    """A car beside a charging point at home."""
    table(c, CRUST, 450)
    c.put(garage, 640, 452, 1.05)
    c.put(bush, 180, 460, 1.0, GREEN)
    c.put(bush, 1010, 460, 0.9, GREEN)
    c.put(charger, 880, 480, 0.85, INK)
    c.put(car, 520, 510, 1.2, RUST)


def flying(c: Canvas) -> None:
    """An airliner over clouds."""
    disc(c, 820, 180, 110, MUSTARD)
    c.put(cloud, 190, 160, 1.2, pale(SEA, 0.5))
    c.put(cloud, 980, 330, 1.0, pale(SEA, 0.5))
    c.put(plane, 540, 250, 1.25, CREAM, RUST, turn=-6 + 12)
    for x, y, s in ((60, 560, 2.2), (360, 600, 2.4), (690, 590, 2.3), (1010, 570, 2.4)):
        c.put(cloud, x, y, s)


def hotel_room(c: Canvas) -> None:
    """A made bed by a window with a view."""
    c.fill(rect(600, 60, 300, 240, 8), CREAM)
    view = rect(616, 76, 268, 208)
    c.fill(view, SEA)
    with c.inside(view):
        disc(c, 800, 150, 36, MUSTARD)
        c.fill([*curve("616,220 700,180 780,230 884,190"), (884, 290), (616, 290)], TEAL)
    c.fill(rect(744, 60, 12, 240), CREAM)
    table(c, CRUST, 450)
    c.put(bed, 620, 510, 1.08, RUST)
    c.put(bedside, 180, 504, 1.05)
    c.floor = CRUST
    c.put(suitcase, 1010, 516, 0.62, TEAL)


def railway(c: Canvas) -> None:
    """A train crossing a viaduct."""
    disc(c, 260, 150, 80, MUSTARD)
    hills(c, "0,330 260,220 560,320 860,200 1120,290", SEA)
    hills(c, "0,420 300,380 700,430 1120,370", GREEN)
    c.floor = mix(GREEN, BUTTER, 0.35)
    viaduct(c, 340, CRUST)
    c.put(train, 470, 334, 0.92, RUST, 3)
    hills(c, "0,520 300,500 700,530 1120,505", dim(GREEN, 0.2))


def open_road(c: Canvas) -> None:
    """A camper van on a road between hills."""
    disc(c, 300, 180, 90, CREAM)
    c.fill(poly("-80,400 170,190 420,400"), ROSE)
    c.fill(poly("700,400 930,130 1180,400"), ROSE)
    c.fill(poly("930,130 1180,400 960,400"), dim(ROSE, 0.1))
    c.fill(poly("170,190 420,400 200,400"), dim(ROSE, 0.1))
    hills(c, "0,380 400,360 800,390 1120,370", MUSTARD)
    c.fill(rect(0, 440, 1120, 120), mix(INK, CREAM, 0.2))
    c.floor = mix(INK, CREAM, 0.2)
    for i in range(7):
        c.fill(rect(20 + i * 170, 524, 90, 10, 5), BUTTER)
    c.put(camper, 560, 500, 1.15, TEAL)
    c.put(cactus_wild, 140, 442, 1)
    c.put(cactus_wild, 990, 442, 0.75)


def cactus_wild(c: Canvas) -> None:
    """A tall roadside cactus."""
    c.line(spots("0,-70 -50,-76 -50,-124"), 28, GREEN, 7)
    c.line(spots("0,-96 46,-100 46,-150"), 28, dim(GREEN, 0.1), 7)
    c.fill(rect(-20, -200, 40, 200, 20), GREEN, 11)


def cruise(c: Canvas) -> None:
    """A cruise ship at sea."""
    disc(c, 880, 220, 110, MUSTARD)
    c.put(cloud, 190, 170, 1.2)
    waves(c, 400, TEAL, SEA)
    c.put(ship, 520, 424, 1.2, INK)
    c.fill(rect(0, 440, 1120, 120), TEAL)
    for i in range(9):
        x, y = 60 + i * 130, 462 + (i % 3) * 32
        c.line(curve(f"{x - 34},{y} {x - 12},{y - 7} {x + 12},{y} {x + 34},{y - 7}"), 5, SEA)
    c.put(gull, 340, 90, 1, INK)
    c.put(gull, 420, 140, 0.8, INK)


def stage(c: Canvas) -> None:
    """A grand piano in the light of an empty stage."""
    c.fill(poly("500,0 620,0 860,500 260,500"), mix(INK, BUTTER, 0.22))
    table(c, BROWN, 450)
    c.fill(oval(560, 496, 300, 40), CRUST)
    c.floor = CRUST
    c.put(piano, 590, 500, 1.0, DARK)
    c.put(curtain, 0, 0)
    c.put(curtain, 1120, 0, flip=True)
    c.put(pelmet, 0, 0)


def museum_square(c: Canvas) -> None:
    """A columned museum under a morning sun."""
    disc(c, 880, 170, 90, MUSTARD)
    c.put(cloud, 170, 150, 1.1)
    table(c, GREEN, 470)
    c.put(bush, 120, 480, 1.1, dim(GREEN, 0.25))
    c.put(bush, 1000, 480, 1.2, dim(GREEN, 0.25))
    c.put(museum, 560, 500, 1.0, CREAM)


# --- Scenes: the newsletter itself -------------------------------------------------------------


def sorting(c: Canvas) -> None:
    """Letters in the pigeonholes of a sorting rack."""
    c.fill(rect(250, 50, 620, 400, 10), BROWN, (0, 12))
    for row in range(3):
        for col in range(4):
            c.fill(rect(274 + col * 146, 72 + row * 122, 134, 108, 4), dim(BROWN, 0.45))
    table(c, CRUST, 450)
    c.floor = dim(BROWN, 0.45)
    places = (
        (0, 0, RUST),
        (1, 0, TEAL),
        (3, 0, MUSTARD),
        (0, 1, MUSTARD),
        (2, 1, RUST),
        (3, 1, TEAL),
        (1, 2, RUST),
        (2, 2, TEAL),
    )
    for col, row, stamp in places:
        with c.inside(rect(274 + col * 146, 72 + row * 122, 134, 108)):
            c.put(
                envelope,
                341 + col * 146,
                152 + row * 122,
                0.52,
                CREAM,
                stamp,
                turn=-5 + 4 * ((col + row) % 3),
            )
    c.floor = CRUST
    c.put(envelope, 210, 470, 0.8, CREAM, TEAL, turn=-12)
    c.put(envelope, 340, 486, 0.8, BUTTER, RUST, turn=8)


def settings(c: Canvas) -> None:
    """Three switches and a padlock."""
    disc(c, 820, 270, 190, pale(MIST, 0.5))
    c.fill(rect(190, 76, 430, 420, 30), dim(c.floor, 0.12))
    c.fill(rect(180, 64, 430, 420, 30), CREAM)
    c.floor = CREAM
    for y, on, colour in ((150, True, TEAL), (274, False, RUST), (398, True, RUST)):
        c.put(switch, 490, y, 0.9, on, colour)
        c.line([(236, y - 14), (350, y - 14)], 13, dim(SAND, 0.1))
        c.line([(236, y + 16), (310, y + 16)], 9, SAND)
    c.floor = pale(MIST, 0.5)
    c.put(padlock, 820, 410, 1.3, MUSTARD)


def winter_evening(c: Canvas) -> None:
    """A lit bandstand in falling snow."""
    disc(c, 900, 130, 56, BUTTER)
    hills(c, "0,420 300,380 700,420 1120,390", mix(INK, MIST, 0.35))
    hills(c, "0,470 400,450 800,470 1120,450", CREAM)
    c.floor = CREAM
    for x, h in ((100, 250), (200, 180), (960, 230), (1060, 280)):
        c.put(pine, x, 480, 1, TEAL, h)
    for string in ("100,240 230,262 330,244 440,170", "680,170 790,244 890,262 1020,240"):
        c.line(curve(string), 3, BUTTER)
        c.dots(curve(string)[6::11], 8, MUSTARD)
    c.put(bandstand, 560, 510, 1.08)
    for i in range(26):
        x, y = (i * 211 + 60) % 1120, (i * 89 + 30) % 400
        if not 320 < x < 800 or y < 70:
            c.fill(oval(x, y, 5 + i % 3), CREAM)


def question(c: Canvas) -> None:
    """A letter, a pen and a pot of ink."""
    disc(c, 200, 100, 160, dim(c.floor, 0.05))
    c.put(open_letter, 430, 300, 1.25)
    c.put(fountain_pen, 720, 400, 1.1, TEAL, turn=38)
    c.put(ink_pot, 900, 470, 1.15)


def lark(c: Canvas) -> None:
    """The lark mark: a singing lark on a disc."""
    c.fill(oval(80, 80, 78), TEAL)
    with c.inside(oval(80, 80, 78)):
        c.fill(oval(122, 42, 34), MUSTARD)
    c.put(bird, 82, 86, 0.76)


class Picture(NamedTuple):
    """What to draw, on which ground, and what to say to who cannot see it."""

    ground: str | None
    draw: Scene
    alt: str
    width: int = 1120
    height: int = 560


# --- Scenes: one thing -------------------------------------------------------------------------


def place_setting(c: Canvas) -> None:
    """A plate between fork and knife, from above."""
    dish(c, 170, CREAM, MIST)
    c.put(cutlery, -222, 0, 1.5, MUSTARD)
    c.put(knife, 216, 0, 1.5, MUSTARD)


def tennis(c: Canvas) -> None:
    """A racket and a ball, from above."""
    c.put(racket, -170, 350, 1.45, RUST, turn=28)
    c.put(tennis_ball, -140, -60, 1.6)


def masks(c: Canvas) -> None:
    """A glad and a sad stage mask."""
    c.put(mask, 78, 64, 0.98, MUSTARD, "sad", turn=14)
    c.put(mask, -78, -50, 0.98, CREAM, "glad", turn=-10)


def boiled_egg(c: Canvas) -> None:
    """A boiled egg with fingers of toast."""
    c.put(toast_finger, 96, 0, 0.62, turn=24)
    c.put(toast_finger, 72, 2, 0.62, turn=6)
    c.put(egg_cup, -12, 0)


def camera_on_table(c: Canvas) -> None:
    """A camera standing on a table."""
    c.shadow(160)
    camera(c)


def boots(c: Canvas) -> None:
    """A pair of ankle boots."""
    c.put(boot, 46, -20, 1, dim(CRUST, 0.12), BROWN)
    c.put(boot, -30, 4, 1, CRUST, BROWN)


def carriers(c: Canvas) -> None:
    """Two paper carrier bags."""
    c.put(shopping_bag, 66, -14, 0.86, TEAL, MUSTARD)
    c.put(shopping_bag, -54, 0, 1, RUST, CREAM)


def lolly_flat(c: Canvas) -> None:
    """An ice lolly, centred."""
    with c.at(0, 185, 1):
        lolly(c)


def on_counter(
    ground: str, top: str, thing: Thing, s: float, alt: str, *look: object, x: float = 320
) -> Picture:
    """A square picture of one thing on a counter before a pale disc."""

    def draw(c: Canvas) -> None:
        disc(c, 320, 300, 236, pale(ground, 0.45))
        table(c, top, 460)
        c.put(thing, x, 540, s, *look)

    return Picture(ground, draw, alt, 640, 640)


def from_above(
    ground: str, thing: Thing, s: float, alt: str, *look: object, x: float = 320, y: float = 320
) -> Picture:
    """A square picture of one thing lying flat before a darker disc."""

    def draw(c: Canvas) -> None:
        disc(c, 560, 90, 190, dim(ground, 0.06))
        c.put(thing, x, y, s, *look)

    return Picture(ground, draw, alt, 640, 640)


# --- Pictures ----------------------------------------------------------------------------------

PICTURES: dict[str, Picture] = {
    "dining": Picture(BLUSH, dining, "A small restaurant table under a lamp, with two chairs"),
    "dining-offer": on_counter(BUTTER, RUST, cloche, 1.5, "A serving dome on a plate"),
    "quick-bites": Picture(
        BUTTER, quick_bites, "A burger between a scoop of chips and a paper cup"
    ),
    "quick-bites-offer": on_counter(BLUSH, TEAL, fries, 2, "Chips in a paper scoop"),
    "coffee-tea": Picture(BLUSH, coffee_tea, "A stove-top coffee pot and a steaming cup"),
    "coffee-tea-2": Picture(MIST, tea, "A teapot, a cup of tea and two biscuits"),
    "coffee-tea-offer": from_above(SAND, latte, 1.25, "A cup of milky coffee seen from above"),
    "fine-meat": Picture(BLUSH, barbecue, "A kettle barbecue on a lawn at sunset"),
    "fine-meat-2": Picture(SAND, butcher, "A T-bone steak and a cleaver on a wooden board"),
    "fine-meat-offer": from_above(SEA, steak, 1.75, "A T-bone steak"),
    "seafood": Picture(SEA, seafood, "Two whole fish with lemon on an oval plate"),
    "seafood-2": Picture(BUTTER, harbour, "A small red fishing boat at sea in the morning"),
    "seafood-offer": on_counter(BUTTER, SEA, crab, 1.4, "A red crab with its claws raised"),
    "cheese-dairy": Picture(
        SAND, cheeseboard, "A cut wheel of cheese, a wedge and grapes on a board"
    ),
    "cheese-dairy-2": Picture(
        MIST, dairy, "A bottle and a glass of milk, butter and a jar of yogurt"
    ),
    "cheese-dairy-offer": on_counter(BLUSH, TEAL, cheese_wedge, 1.7, "A wedge of holed cheese"),
    "fresh-produce": Picture(
        MIST, vegetables, "A crate of carrots, leeks and beetroot beside a squash"
    ),
    "fresh-produce-2": Picture(BUTTER, fruit_bowl, "A bowl of pears, apples, bananas and oranges"),
    "fresh-produce-offer": on_counter(MIST, RUST, pear, 2.1, "A ripe yellow pear"),
    "baking": Picture(BLUSH, baking, "A mixing bowl with a whisk, flour, eggs and a rolling pin"),
    "baking-2": Picture(BUTTER, cupcakes, "Four iced cakes cooling on a rack"),
    "baking-offer": on_counter(BUTTER, TEAL, mixer, 1.45, "A red stand mixer"),
    "bakery": Picture(BUTTER, bread, "A country loaf, two slices and a basket of baguettes"),
    "bakery-2": Picture(BLUSH, cakes, "A layer cake on a stand with a slice cut out"),
    "bakery-offer": on_counter(SEA, BROWN, croissant, 1.35, "A golden croissant"),
    "breakfast": Picture(SEA, breakfast, "Fried eggs and toast on a plate, with a cup of coffee"),
    "breakfast-2": Picture(BLUSH, stack, "A stack of pancakes with butter, berries and juice"),
    "breakfast-offer": on_counter(
        BLUSH, MUSTARD, boiled_egg, 2, "A boiled egg with fingers of toast"
    ),
    "snacks": Picture(BLUSH, snacks, "Three bowls of olives, crisps and nuts"),
    "snacks-2": Picture(
        TEAL, film_night, "A striped box of popcorn, a bag of crisps and a pretzel"
    ),
    "snacks-offer": from_above(SEA, pretzel, 1.65, "A salted pretzel"),
    "sweets": Picture(BLUSH, chocolate, "A bar of chocolate with its wrapper half open"),
    "sweets-2": Picture(MIST, sweet_shop, "Three glass jars of round sweets on a shelf"),
    "sweets-offer": from_above(BUTTER, bonbon, 1.55, "A striped sweet in a twisted wrapper"),
    "ice-cream": Picture(SEA, ice_creams, "Three ice-cream cones side by side"),
    "ice-cream-2": Picture(BUTTER, desserts, "A caramel custard and an ice-cream sundae"),
    "ice-cream-offer": from_above(SEA, lolly_flat, 1.5, "An ice lolly with a bite taken"),
    "easy-dinners": Picture(BLUSH, pasta_supper, "A steaming bowl of spaghetti with tomato sauce"),
    "easy-dinners-2": Picture(SEA, pizza_night, "A pizza with one slice pulled out"),
    "easy-dinners-offer": from_above(
        MIST, frying_pan, 1.45, "A frying pan of egg, tomato and greens", x=300, y=296
    ),
    "home-cooking": Picture(BUTTER, hob, "A red casserole steaming on a cooker"),
    "home-cooking-2": Picture(MIST, chopping, "Onions, a carrot and a cook's knife on a board"),
    "home-cooking-offer": on_counter(
        SEA, BROWN, casserole, 1.55, "A red casserole with its lid on"
    ),
    "wholefoods": Picture(BLUSH, grains, "Jars of grains and beans, a sack and ears of wheat"),
    "wholefoods-2": Picture(BUTTER, bowl_of_grains, "A bowl of avocado, beans, greens and egg"),
    "wholefoods-offer": from_above(BLUSH, avocado, 1.5, "Half an avocado with its stone"),
    "soft-drinks": Picture(SEA, juices, "Three glasses of juice with straws, and oranges"),
    "soft-drinks-2": Picture(BUTTER, lemonade, "A jug of lemonade with lemons and a glass"),
    "soft-drinks-offer": on_counter(
        BUTTER, TEAL, carton, 1.3, "A carton of orange juice with a straw"
    ),
    "pantry": Picture(MIST, larder, "Two shelves of jars, tins, packets and bowls"),
    "pantry-2": Picture(BLUSH, store_cupboard, "Stacked tins, a jar of spaghetti and a can of oil"),
    "pantry-offer": on_counter(MIST, BROWN, honey, 1.5, "A jar of honey with a wooden dipper"),
    "deli-lunch": Picture(BUTTER, lunch, "A tall sandwich with gherkins on a board"),
    "deli-lunch-2": Picture(SAND, packed_lunch, "A lunch box of sandwiches, tomatoes and an apple"),
    "deli-lunch-offer": on_counter(BLUSH, TEAL, bagel, 1.8, "A filled bagel"),
    "pets": Picture(BLUSH, dog_at_home, "A brown dog sitting between its bowl and a ball"),
    "pets-2": Picture(MIST, cat_at_window, "A black cat on a window sill at dusk"),
    "pets-offer": on_counter(
        BUTTER, GREEN, pet_bowl, 1.6, "A full pet bowl with a bone on its side"
    ),
    "garden": Picture(BUTTER, gardening, "A watering can between two potted seedlings"),
    "garden-2": Picture(MIST, back_garden, "A garden shed among sunflowers and bushes"),
    "garden-offer": on_counter(BLUSH, GREEN, watering_can, 1.4, "A watering can", x=340),
    "flowers": Picture(MIST, flowers, "A vase of tulips on a table"),
    "flowers-2": Picture(BLUSH, houseplants, "Three house plants, one of them on a stool"),
    "flowers-offer": from_above(SEA, bouquet, 1.35, "A bunch of flowers wrapped in paper", y=600),
    "home-care": Picture(MIST, cleaning, "A bucket of suds, a spray bottle, a sponge and a broom"),
    "home-care-2": Picture(BLUSH, laundry, "A washing machine and a basket of folded towels"),
    "home-care-offer": on_counter(
        BLUSH, TEAL, spray, 1.4, "A spray bottle with a leaf on its label", MUSTARD, RUST
    ),
    "kitchenware": Picture(SEA, tableware, "Stacked plates and bowls beside a crock of spoons"),
    "kitchenware-2": Picture(BUTTER, pot_rail, "Pans hanging from a rail above two mugs"),
    "kitchenware-offer": from_above(TEAL, place_setting, 1.2, "A plate between a fork and a knife"),
    "interiors": Picture(MIST, living_room, "An armchair, a floor lamp, a sideboard and a plant"),
    "interiors-offer": on_counter(BLUSH, BROWN, table_lamp, 1.4, "A round-footed table lamp", TEAL),
    "diy": Picture(SEA, workshop, "A hammer, a saw and other tools on a pegboard"),
    "diy-2": Picture(SAND, decorating, "A half-painted wall with a ladder, a roller and paint"),
    "diy-offer": on_counter(BUTTER, BROWN, drill, 1.3, "A cordless drill", x=390),
    "beauty": Picture(BLUSH, make_up, "A powder compact, a scent bottle, a lipstick and a brush"),
    "beauty-2": Picture(MIST, dressing_table, "A round mirror with nail polish and lotion"),
    "beauty-offer": on_counter(MIST, ROSE, lipstick, 1.6, "A red lipstick"),
    "personal-care": Picture(
        MIST, wash_stand, "A towel, toothbrushes, soap and a bottle of lotion"
    ),
    "personal-care-2": Picture(BLUSH, bath, "A bath full of bubbles with a toy duck"),
    "personal-care-offer": on_counter(BLUSH, CREAM, soap, 2.3, "A bar of soap on a dish"),
    "celebrations": Picture(BLUSH, party, "Three wrapped presents and three balloons"),
    "celebrations-2": Picture(BUTTER, birthday, "A cake with candles under bunting"),
    "celebrations-offer": on_counter(SEA, TEAL, gift, 1.6, "A wrapped present with a bow"),
    "reading": Picture(MIST, reading, "A pile of books with a mug on top, and spectacles"),
    "reading-2": Picture(BUTTER, bookshelf, "Two shelves of books with a lamp and a plant"),
    "reading-offer": on_counter(SEA, BROWN, open_book, 1.35, "An open book with a ribbon"),
    "music-film": Picture(TEAL, listening, "A record player between two loudspeakers"),
    "music-film-2": Picture(INK, cinema, "A film projector throwing light on a screen"),
    "music-film-offer": from_above(BLUSH, record, 1.25, "A vinyl record with a red label"),
    "photography": Picture(BUTTER, photography, "A camera on a tripod in front of mountains"),
    "photography-offer": on_counter(
        BLUSH, MUSTARD, camera_on_table, 1.5, "A camera seen from the front"
    ),
    "crafts": Picture(BLUSH, crafts, "A jar of pencils, a ball of wool and reels of thread"),
    "crafts-offer": on_counter(MIST, CRUST, yarn, 1.5, "A ball of wool with two needles", x=300),
    "sport": Picture(SEA, sport, "A racket, a ball, a running shoe and a kettlebell"),
    "sport-offer": from_above(SAND, tennis, 1, "A tennis racket and a ball"),
    "outdoors": Picture(BLUSH, camping, "A tent and a camp fire below mountains"),
    "outdoors-offer": on_counter(
        MIST, GREEN, backpack, 1.45, "A walker's backpack with a rolled mat"
    ),
    "cycling": Picture(BUTTER, cycling, "A red bicycle with a basket, before hills"),
    "cycling-offer": from_above(SEA, helmet, 1.6, "A red cycling helmet", y=470),
    "motoring": Picture(MIST, motoring, "A red car at a charging point outside a garage"),
    "motoring-offer": from_above(BUTTER, steering_wheel, 1.3, "A steering wheel"),
    "flights": Picture(SEA, flying, "An aeroplane above the clouds"),
    "flights-offer": from_above(BLUSH, plane_window, 1.15, "An aeroplane window with wing and sun"),
    "hotels": Picture(BLUSH, hotel_room, "A made bed beside a window with a view of hills"),
    "hotels-offer": on_counter(MIST, RUST, desk_bell, 1.75, "A brass bell on a reception desk"),
    "rail": Picture(BUTTER, railway, "A red train crossing a viaduct"),
    "rail-offer": on_counter(BUTTER, GREEN, tram, 1.2, "The front of a red tram"),
    "road-trips": Picture(BLUSH, open_road, "A camper van on a desert road"),
    "road-trips-offer": on_counter(SEA, GREEN, signpost, 1.3, "A signpost with three arms", x=306),
    "cruises": Picture(BUTTER, cruise, "A cruise ship at sea"),
    "cruises-offer": from_above(SEA, lifebuoy, 1.2, "A red and white lifebuoy"),
    "theatre": Picture(INK, stage, "A grand piano in the light between stage curtains"),
    "theatre-offer": from_above(TEAL, masks, 1.3, "A glad and a sad theatre mask"),
    "museums": Picture(MIST, museum_square, "A museum front with columns and steps"),
    "museums-offer": on_counter(BUTTER, BROWN, amphora, 1.35, "A Greek jar with two handles"),
    "fashion": Picture(MIST, fashion, "A rail of clothes with a hat and a bag below"),
    "fashion-offer": from_above(SEA, jumper, 1.25, "A red knitted jumper"),
    "shoes": Picture(BLUSH, shoe_shop, "A boot, a loafer and a heeled shoe on show"),
    "shoes-offer": on_counter(MIST, TEAL, boots, 1.65, "A pair of brown ankle boots"),
    "jewellery": Picture(BLUSH, jewellery, "A string of beads, a ring in its box and a watch"),
    "jewellery-offer": from_above(BUTTER, watch, 1.3, "A wristwatch with a leather strap"),
    "technology": Picture(MIST, desk, "A laptop and a telephone on a desk"),
    "technology-offer": on_counter(SEA, CRUST, headphones, 1.35, "A pair of red headphones"),
    "antiques": Picture(BUTTER, antique_shop, "A gramophone, an old clock and a gilt picture"),
    "antiques-offer": on_counter(MIST, RUST, carriage_clock, 1.5, "A wooden mantel clock"),
    "department-stores": Picture(SEA, store_front, "A department store with striped awnings"),
    "department-stores-offer": on_counter(BUTTER, BROWN, carriers, 1.6, "Two paper carrier bags"),
    "general-1": Picture(MIST, sorting, "Letters sorted into the pigeonholes of a rack"),
    "general-2": Picture(SEA, settings, "Three switches beside a closed padlock"),
    "general-3": Picture(INK, winter_evening, "A lit bandstand in falling snow"),
    "general-4": Picture(BUTTER, question, "A letter in its envelope, a pen and a pot of ink"),
    "general-offer-1": from_above(BUTTER, member_card, 1.25, "A member's card with a lark on it"),
    "general-offer-2": from_above(SEA, ticket, 1.45, "A ticket with a lark on it"),
    "logo": Picture(None, lark, "A singing lark", 160, 160),
}
"""Every picture by the name of its file: ground, scene and alt text."""


# --- Files -------------------------------------------------------------------------------------

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


def palette(flat: list[Colour], pairs: list[tuple[Colour, Colour]], size: int) -> list[Colour]:
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
        data = encode(pixels, small.size, palette(flat, pairs, size))
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


def with_alt(text: str) -> str:
    """An item with its picture's alt text after the `image:` line of its front matter."""
    _, front, body = text.split("---\n", 2)
    lines = [line for line in front.splitlines() if not line.startswith("alt:")]
    at = next(i for i, line in enumerate(lines) if line.startswith("image:"))
    alt = PICTURES[Path(lines[at].split(":", 1)[1].strip(" \"'")).stem].alt
    lines.insert(at + 1, f"alt: {json.dumps(alt, ensure_ascii=False)}")
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def write_alts(content: Path) -> int:
    """Write alt texts into articles and offers; return how many show no picture of ours."""
    lost = 0
    for path in sorted([*content.glob("articles/*.md"), *content.glob("offers/*.md")]):
        try:
            path.write_text(with_alt(path.read_text()))
        except KeyError as error:
            print(f"{path}: no picture {error}")
            lost += 1
        except (StopIteration, ValueError):
            print(f"{path}: no image in its front matter")
            lost += 1
    return lost


def main() -> int:
    """Draw the pictures, or write their alt texts into the content."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("content/pictures"))
    parser.add_argument("--alt", action="store_true", help="write alt texts into content/ instead")
    wanted = parser.parse_args()
    if wanted.alt:
        return int(write_alts(Path("content")) > 0)
    draw_all(wanted.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
