"""Things: breakfast and nibbles."""

from pictures.canvas import Canvas
from pictures.palette import BROWN, BUTTER, CREAM, CRUST, GREEN, MUSTARD, RUST, TEAL, dim, pale
from pictures.shapes import blob, curve, lens, oval, poly, rect, spots
from pictures.things.crockery import plate


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
