"""Things: technology, antiques and shops."""

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
    RUST,
    SEA,
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import around, blob, curve, oval, poly, rect, spots


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
