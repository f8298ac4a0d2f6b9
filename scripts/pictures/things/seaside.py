"""Things: from the sea."""

import math

from pictures.canvas import Canvas
from pictures.palette import BROWN, BUTTER, CREAM, INK, MUSTARD, RUST, TEAL, dim, mix, pale
from pictures.shapes import around, blob, curve, lens, oval, poly, rect, spots


def fish(c: Canvas, colour: str = TEAL, belly: str = CREAM) -> None:
    """A whole fish facing left, 340 long."""
    c.fill(blob("110,0! 176,-62 166,0 176,62! 110,8!"), dim(colour, 0.2))
    c.fill(blob("-60,-52! 0,-98 60,-58! 20,-40"), dim(colour, 0.2))
    body = blob("-170,6! -110,-54 -10,-68 80,-30 128,0! 80,34 -10,64 -110,54")
    c.fill(body, colour)
    with c.inside(body):
        c.fill(blob("-180,14! -80,26 40,22 140,2! 100,90 -150,90"), belly)
        c.fill([*oval(-176, 4, 82, 82, -70, 70)], mix(colour, INK, 0.3))
        for x in (-30, 20):
            c.line(oval(x - 26, -16, 26, 26, -50, 50), 6, pale(colour, 0.35))
    c.fill(oval(-128, -12, 11), CREAM)
    c.fill(oval(-129, -12, 5), INK)
    c.fill(lens(-58, 22, 10, 44, 26), mix(colour, INK, 0.3))


def lemon_slice(c: Canvas, r: float = 44, rind: str = MUSTARD, flesh: str = BUTTER) -> None:
    """A round slice of lemon, or of orange in other colours."""
    c.fill(oval(0, 0, r), rind, (3, 3))
    c.fill(oval(0, 0, r * 0.84), CREAM)
    for x, y in around(6, r * 0.74, 10):
        turn = math.atan2(y, x)
        a = r * 0.14 * complex(math.cos(turn), math.sin(turn))
        b = r * 0.72 * complex(math.cos(turn - 0.42), math.sin(turn - 0.42))
        d = r * 0.72 * complex(math.cos(turn + 0.42), math.sin(turn + 0.42))
        wedge = f"{a.real},{a.imag} {b.real},{b.imag} {d.real},{d.imag}"
        c.fill(poly(wedge, r * 0.1), flesh)


def crab(c: Canvas, colour: str = RUST) -> None:
    """A crab with raised claws, 400 wide and 260 high."""
    c.shadow(150)
    for side in (False, True):
        with c.at(0, 0, 1, 0, side):
            for x, y in ((176, -12), (160, 0), (128, 4)):
                c.line(curve(f"90,-84 {x - 6},{y - 72} {x},{y}"), 15, dim(colour))
            c.line(curve("96,-122 160,-132 160,-192"), 24, dim(colour))
            claw = "132,-186 128,-250 176,-282 168,-238! 184,-222! 210,-262 206,-206 172,-170"
            c.fill(blob(claw), colour, (10, 6))
            c.line(spots("30,-150 34,-186"), 9, colour)
            c.fill(oval(35, -192, 15), CREAM)
            c.fill(oval(33, -192, 7), INK)
    c.fill(
        blob("-132,-110 -96,-158 0,-170 96,-158 132,-110 84,-44 0,-30 -84,-44"), colour, (20, 14)
    )
    c.line(curve("-34,-66 0,-56 34,-66"), 7, dim(colour, 0.45))
    c.dots(spots("-60,-128 -30,-138 -76,-104"), 7, pale(colour))


def gull(c: Canvas, colour: str = CREAM) -> None:
    """A gull far off, 70 wide."""
    c.line(curve("-36,-6 -20,-16 0,2"), 6, colour)
    c.line(curve("0,2 20,-16 36,-6"), 6, colour)


def fishing_boat(c: Canvas) -> None:
    """A small fishing boat heading left, 380 wide and 300 high."""
    c.line(spots("60,-80 60,-296"), 9, BROWN)
    c.line(spots("60,-280 170,-100"), 4, INK)
    c.line(spots("60,-280 -160,-92"), 4, INK)
    c.fill(poly("60,-296 60,-262 108,-279"), RUST)
    c.fill(rect(-60, -170, 110, 96, 6), CREAM, 30)
    c.fill(poly("-76,-172 66,-172 58,-192 -66,-192", 4), TEAL)
    c.fill(rect(-44, -148, 34, 32, 5), INK)
    c.fill(rect(2, -148, 28, 32, 5), INK)
    c.fill(
        blob("-196,-106! -80,-74 80,-74 186,-98! 172,-40 150,10! -140,10! -176,-40"), RUST, (26, 0)
    )
    c.fill(blob("-196,-106! -80,-74 80,-74 186,-98! 183,-78! 80,-54 -80,-54 -191,-86!"), CREAM)


def waves(c: Canvas, y: float, colour: str, crest: str) -> None:
    """A sea with scattered short crests, from `y` down."""
    c.fill(rect(0, y, c.width, c.height - y), colour)
    for i in range(14):
        x = (i * 397 + 90) % c.width
        at = y + 26 + (i * 61) % max(30, round(c.height - y - 40))
        c.line(curve(f"{x - 34},{at} {x - 12},{at - 7} {x + 12},{at} {x + 34},{at - 7}"), 5, crest)
