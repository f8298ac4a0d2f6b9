"""Things: tools."""

from pictures.canvas import Canvas
from pictures.palette import BROWN, CREAM, CRUST, INK, MIST, MUSTARD, RUST, SEA, dim, mix, pale
from pictures.shapes import blob, oval, poly, rect, spots


def hammer(c: Canvas, colour: str = RUST) -> None:
    """A claw hammer upright, 150 wide and 320 high."""
    c.line(spots("0,-20 0,-230"), 28, BROWN, 8)
    c.line(spots("0,-14 0,-110"), 34, colour, 11)
    c.fill(blob("0,-272! 60,-266 104,-238 126,-186! 92,-216 56,-228 0,-224!"), INK)
    c.fill(rect(-86, -276, 104, 58, 8), INK)
    c.fill(rect(-106, -282, 30, 70, 7), mix(INK, CREAM, 0.25))


def screwdriver(c: Canvas, colour: str = MUSTARD) -> None:
    """A screwdriver, its point down at the origin, 290 high."""
    c.fill(poly("-10,0 10,0 7,-22 -7,-22"), INK)
    c.line(spots("0,-20 0,-160"), 13, mix(INK, CREAM, 0.4))
    c.fill(blob("-14,-156! 14,-156! 30,-190 24,-270 0,-292 -24,-270 -30,-190"), colour, 18)
    c.line(spots("-8,-198 -8,-262"), 6, pale(colour, 0.4))


def saw(c: Canvas, colour: str = RUST) -> None:
    """A hand saw lying across, its handle to the right, 420 wide."""
    teeth = " ".join(f"{-200 + i * 20},{34 + (0 if i % 2 else 10)}" for i in range(16))
    c.fill(poly(f"{teeth} 120,44 130,-46 -200,8"), MIST)
    c.fill(blob("96,-58! 150,-70 196,-48 214,-60! 206,40 190,66! 150,42 100,56!"), colour, (12, 0))
    c.fill(blob("136,-22 160,-28 176,-10 168,16 140,18"), c.floor)


def spanner(c: Canvas, metal: str = SEA) -> None:
    """An open spanner upright, 300 high."""
    c.line(spots("0,-50 0,-240"), 26, metal, 8)
    c.fill(oval(0, -264, 46), metal, 12)
    c.fill(poly("-17,-320 17,-320 15,-262 0,-250 -15,-262", 4), c.floor)
    c.fill(oval(0, -34, 34), metal, 9)
    c.fill(oval(0, -34, 15), c.floor)


def drill(c: Canvas, colour: str = MUSTARD) -> None:
    """A cordless drill pointing left, 420 wide and 330 high."""
    c.shadow(100)
    c.line(spots("-250,-262 -150,-262"), 13, mix(INK, CREAM, 0.4))
    c.fill(poly("-166,-292 -112,-306 -112,-218 -166,-232", 8), INK)
    c.fill(blob("0,-230! 110,-230! 118,-150 96,-60! 8,-60! 26,-140"), colour, (26, 0))
    c.fill(blob("-116,-312! 60,-322 136,-296 142,-236 100,-206! -116,-210!"), colour, (22, 18))
    c.fill(rect(-84, -296, 76, 66, 10), INK)
    c.fill(blob("0,-206! 26,-204! 12,-160 0,-156"), INK)
    c.fill(rect(-40, -78, 178, 78, 14), INK)
    c.fill(rect(-40, -78, 178, 22, 8), RUST)
    c.line(spots("10,-290 80,-286"), 9, pale(colour, 0.5))


def paint_tin(c: Canvas, paint: str = RUST) -> None:
    """An open tin of paint running over, 180 wide and 190 high."""
    c.shadow(80)
    c.line(oval(0, -130, 100, 110, 180, 360), 7, INK)
    c.fill(rect(-90, -176, 180, 176, 8), MIST, 32)
    c.fill(rect(-90, -120, 180, 80), CREAM, 32)
    c.fill(oval(-8, -80, 28), paint)
    drip = (
        "-92,-182! 92,-182! 92,-160 80,-140 66,-160 50,-150 40,-96 "
        "22,-100 18,-156 -20,-160 -34,-132 -52,-138 -60,-160 -92,-160"
    )
    c.fill(blob(drip), paint)
    c.fill(oval(0, -182, 92, 17), pale(paint, 0.25))


def roller(c: Canvas, paint: str = RUST) -> None:
    """A paint roller on its pole, its head on top, 380 high."""
    c.line(spots("76,-300 112,-300 112,-236 0,-210 0,-150"), 10, INK)
    c.line(spots("0,-20 0,-140"), 30, MUSTARD, 9)
    c.fill(rect(-96, -334, 180, 68, 18), paint, (0, 20))


def ladder(c: Canvas, colour: str = CRUST) -> None:
    """A step-ladder, 250 wide and 420 high."""
    c.shadow(110)
    for foot in (110, 60):
        c.line([(10, -410), (foot, -4)], 12, dim(colour, 0.35))
    for foot, head in ((-130, -50), (0, 14)):
        c.line([(foot, -6), (head, -410)], 17, colour)
    for i in range(1, 5):
        y = -i * 84
        x = -130 + i * 17
        c.line([(x, y), (i * 3 + 2, y)], 15, pale(colour, 0.2))
    c.fill(rect(-74, -424, 108, 22, 6), RUST)
