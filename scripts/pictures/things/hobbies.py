"""Things: photography, crafts and sport."""

from pictures.canvas import Canvas
from pictures.palette import (
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    GREEN,
    INK,
    MUSTARD,
    ROSE,
    RUST,
    SAND,
    SEA,
    TEAL,
    dim,
    pale,
)
from pictures.shapes import blob, curve, oval, poly, rect, spots


def camera(c: Canvas, colour: str = TEAL) -> None:
    """A camera facing us, 360 wide and 260 high."""
    c.fill(poly("-70,-196 -46,-244 46,-244 70,-196", 8), INK)
    c.fill(rect(-150, -222, 62, 40, 8), MUSTARD, 14)
    c.fill(rect(-180, -200, 360, 200, 22), INK)
    c.fill(rect(-180, -164, 360, 116), colour, 0)
    c.fill(rect(120, -164, 60, 116), dim(colour))
    c.fill(oval(120, -182, 12), RUST)
    c.fill(oval(0, -104, 96), CREAM, (10, 10))
    c.fill(oval(0, -104, 78), INK)
    c.fill(oval(0, -104, 54), SEA, (8, 8))
    c.fill(oval(0, -104, 26), INK)
    c.fill(oval(-20, -126, 13), CREAM)
    c.fill(rect(-152, -148, 44, 26, 5), BUTTER)


def tripod(c: Canvas) -> None:
    """A tripod, its head at the top, 260 high."""
    c.shadow(90)
    for x in (-100, 100, 8):
        c.line([(0, -250), (x, -4)], 13, BROWN)
    c.fill(rect(-26, -268, 52, 30, 5), INK)


def yarn(c: Canvas, colour: str = RUST, needles: bool = True) -> None:
    """A ball of wool with two needles, 260 wide and 300 high."""
    c.shadow(100)
    if needles:
        for x, turn in ((40, 34), (10, 14)):
            with c.at(x, -150, 1, turn):
                c.line(spots("0,0 0,-190"), 12, CRUST)
                c.fill(oval(0, -196, 16), TEAL)
    ball_ = oval(0, -116, 118)
    c.fill(ball_, colour)
    with c.inside(ball_):
        for i in range(5):
            c.line(
                curve(f"-150,{-190 + i * 34} -20,{-216 + i * 34} 130,{-140 + i * 34}"),
                5,
                dim(colour, 0.22),
            )
        c.fill(blob("-40,10 -110,-80 -60,-150 40,-90 60,0"), pale(colour, 0.16))
        for i in range(5):
            c.line(
                curve(
                    f"{-116 + i * 34},{-70 - i * 14} {-60 + i * 28},{-40 - i * 8} {-30 + i * 26},20"
                ),
                5,
                dim(colour, 0.15),
            )
    c.line(curve("60,-18 130,2 190,-18 240,-4"), 8, colour)


def thread(c: Canvas, colour: str = RUST) -> None:
    """A reel of thread, 90 wide and 110 high."""
    c.shadow(40)
    c.fill(rect(-34, -98, 68, 86), colour, 18)
    for y in (-82, -64, -46, -28):
        c.line([(-34, y), (34, y - 6)], 3, dim(colour, 0.2))
    c.fill(rect(-44, -112, 88, 18, 6), CRUST, 18)
    c.fill(rect(-44, -16, 88, 16, 6), CRUST, 18)


def pencils(c: Canvas, colour: str = TEAL) -> None:
    """A jar of pencils and a brush, 140 wide and 330 high."""
    c.shadow(60)
    for x, turn, look, h in (
        (-40, -12, MUSTARD, 190),
        (-8, -2, RUST, 220),
        (26, 8, GREEN, 180),
        (48, 16, ROSE, 206),
    ):
        with c.at(x * 0.8, -90, 1, turn):
            c.fill(rect(-13, -h, 26, h), look, 8)
            c.fill(poly(f"-13,{-h} 13,{-h} 0,{-h - 34}"), SAND)
            c.fill(poly(f"-5,{-h - 20} 5,{-h - 20} 0,{-h - 34}"), look)
    c.fill(rect(-68, -140, 136, 140, 10), colour, 28)
    c.fill(rect(-68, -104, 136, 16), CREAM, 28)


def racket(c: Canvas, colour: str = RUST) -> None:
    """A tennis racket upright, 200 wide and 480 high."""
    c.line(spots("0,-10 0,-140"), 32, INK)
    c.line(spots("0,-130 -40,-226"), 14, colour)
    c.line(spots("0,-130 40,-226"), 14, colour)
    face = oval(0, -340, 94, 124)
    c.fill(face, pale(CREAM, 0.5))
    with c.inside(face):
        for i in range(-4, 5):
            c.line([(i * 22, -480), (i * 22, -200)], 3.5, SAND)
            c.line([(-110, -340 + i * 28), (110, -340 + i * 28)], 3.5, SAND)
    c.line(face, 19, colour, (5, 5), shut=True)


def tennis_ball(c: Canvas, colour: str = MUSTARD) -> None:
    """A tennis ball, 100 wide."""
    c.shadow(36)
    c.fill(oval(0, -48, 50), colour, (13, 13))
    with c.inside(oval(0, -48, 50)):
        c.line(oval(-64, -60, 48), 6, CREAM, shut=True)
        c.line(oval(64, -36, 48), 6, CREAM, shut=True)


def kettlebell(c: Canvas, colour: str = INK, band: str = RUST) -> None:
    """A kettlebell, 160 wide and 210 high."""
    c.shadow(62)
    c.line(blob("-44,-120! -58,-196 0,-208 58,-196 44,-120!"), 25, colour)
    c.fill(blob("0,-160 66,-130 80,-70 50,0! -50,0! -80,-70 -66,-130"), colour)
    c.fill(oval(0, -78, 36), band)


def trainer(c: Canvas, colour: str = RUST, sole: str = CREAM) -> None:
    """A running shoe, its toe to the left, 340 wide and 170 high."""
    c.shadow(150)
    c.fill(
        blob(
            "-160,-40 -120,-76 -56,-92 0,-150 30,-168! 60,-134 "
            "110,-136 128,-170! 156,-150 160,-60 158,-24! -164,-24!"
        ),
        colour,
        (18, 0),
    )
    c.fill(blob("-162,-44 -130,-72 -92,-84! -84,-50 -100,-24! -166,-24!"), pale(colour, 0.35))
    c.fill(blob("110,-136 128,-170! 156,-150 162,-70 158,-24! 104,-24! 96,-90"), dim(colour, 0.2))
    c.line(curve("-50,-40 10,-44 70,-90"), 17, sole)
    c.line(curve("-20,-34 40,-40 90,-72"), 11, sole)
    for x, y in spots("-64,-92 -40,-112 -16,-134"):
        c.line([(x, y), (x + 32, y + 16)], 8, sole)
    c.fill(blob("-174,-30! 164,-30! 168,-6 150,0! -156,0! -176,-10"), sole, (0, 10))
