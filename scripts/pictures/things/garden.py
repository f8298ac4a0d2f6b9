"""Things: garden and flowers."""

from pictures.canvas import Canvas
from pictures.palette import (
    BLUSH,
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    GREEN,
    MIST,
    MUSTARD,
    ROSE,
    RUST,
    SAND,
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import around, blob, curve, lens, oval, poly, rect, spots


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
