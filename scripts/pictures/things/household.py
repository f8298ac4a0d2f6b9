"""Things: about the house."""

from pictures.canvas import Canvas
from pictures.palette import (
    BROWN,
    CREAM,
    CRUST,
    GREEN,
    INK,
    MIST,
    MUSTARD,
    RUST,
    SEA,
    TEAL,
    dim,
    pale,
)
from pictures.shapes import blob, curve, oval, poly, rect, spots
from pictures.things.crockery import bowl
from pictures.things.produce import leaf


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
