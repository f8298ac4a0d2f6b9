"""A picture: its ground, its scene and its alt text, and the two kinds of square picture."""

from typing import NamedTuple

from pictures.backdrops import disc, table
from pictures.canvas import Canvas, Scene, Thing
from pictures.palette import dim, pale


class Picture(NamedTuple):
    """What to draw, on which ground, and what to say to who cannot see it."""

    ground: str | None
    draw: Scene
    alt: str
    width: int = 1120
    height: int = 560


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
