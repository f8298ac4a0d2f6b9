"""Things: fruit and vegetables."""

from pictures.canvas import Canvas
from pictures.palette import (
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    GREEN,
    INK,
    MUSTARD,
    ORANGE,
    RUST,
    dim,
    mix,
    pale,
)
from pictures.shapes import blob, curve, lens, oval, poly, rect, spots


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


def basil(c: Canvas) -> None:
    """Three basil leaves from above."""
    c.fill(lens(0, 0, -70, -30, 50), GREEN)
    c.fill(lens(0, 0, 60, -50, 54), dim(GREEN, 0.1))
    c.fill(lens(0, 0, 20, 70, 46), dim(GREEN))
