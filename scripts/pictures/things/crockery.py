"""Things: crockery and drink."""

from pictures.canvas import Canvas
from pictures.palette import (
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    INK,
    MUSTARD,
    RUST,
    SEA,
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import blob, curve, oval, poly, rect, spots


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
