"""The sheet that everything is drawn on."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw

from pictures.palette import CREAM, dim, rgb
from pictures.shapes import Outline, oval, ribbon

Shade = float | tuple[float, float]
Thing = Callable[..., None]
Scene = Callable[["Canvas"], None]

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
