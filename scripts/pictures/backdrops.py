"""What stands behind things: tables, discs, arches, hills, clouds and steam."""

from pictures.canvas import Canvas
from pictures.palette import CREAM
from pictures.shapes import curve, oval, rect


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
