"""Things: fast and grilled food."""

from pictures.canvas import Canvas
from pictures.palette import (
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    GREEN,
    INK,
    MIST,
    MUSTARD,
    ROSE,
    RUST,
    SAND,
    TEAL,
    dim,
)
from pictures.shapes import blob, curve, lens, oval, poly, rect, spots


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
