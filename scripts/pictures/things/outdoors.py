"""Things: outdoors and on the road."""

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
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import around, blob, curve, oval, poly, rect, spots


def pine(c: Canvas, colour: str = GREEN, h: float = 220) -> None:
    """A bare forest pine."""
    c.fill(rect(-7, -30, 14, 30), BROWN)
    for low, high, w in ((-24, -0.5, 0.27), (-h * 0.3, -0.76, 0.21), (-h * 0.56, -1, 0.15)):
        c.fill(poly(f"{-h * w},{low} 0,{h * high} {h * w},{low}", 5), colour, h * w * 0.55)


def tent(c: Canvas, colour: str = RUST) -> None:
    """A ridge tent with its door open, 400 wide and 230 high."""
    c.shadow(190)
    c.fill(poly("-30,-224 140,-206 200,0 90,0"), dim(colour))
    c.fill(poly("-30,-230 -190,0 110,0"), colour)
    c.fill(poly("-30,-196 -96,0 34,0"), INK)
    c.fill(poly("-30,-196 -96,0 -52,0"), BUTTER)
    c.fill(poly("-30,-196 -44,-110 -52,0 -34,-40"), pale(colour, 0.3))
    c.line(spots("-190,0 -222,6"), 4, BROWN)


def campfire(c: Canvas) -> None:
    """A camp fire, 140 wide and 130 high."""
    c.shadow(60)
    c.fill(blob("0,-8 -44,-30 -38,-76! -18,-60 -4,-128! 18,-80 34,-92! 46,-40 24,-10"), RUST)
    c.fill(blob("0,-8 -24,-28 -14,-60! 2,-48 10,-76! 24,-34 14,-10"), MUSTARD)
    c.line(spots("-58,-4 52,-22"), 15, BROWN)
    c.line(spots("58,-4 -52,-22"), 15, dim(BROWN))


def backpack(c: Canvas, colour: str = RUST) -> None:
    """A walker's backpack with a rolled mat, 270 wide and 350 high."""
    c.shadow(112)
    c.line(oval(0, -300, 34, 40, 180, 360), 14, BROWN)
    c.fill(rect(-150, -120, 60, 96, 18), dim(colour, 0.12))
    c.fill(rect(90, -120, 60, 96, 18), dim(colour, 0.3))
    c.fill(blob("-104,0! -116,-160 -92,-300! 92,-300! 116,-160 104,0!"), colour, (30, 0))
    c.fill(blob("-104,-300! -100,-324 100,-324 104,-300! 98,-200 -98,-200"), TEAL, (26, 8))
    for x in (-50, 50):
        c.line([(x, -306), (x, -150)], 13, BROWN)
        c.fill(rect(x - 13, -182, 26, 20, 4), MUSTARD)
    c.fill(rect(-78, -126, 156, 100, 16), pale(colour, 0.14), 22)
    c.line(spots("-78,-92 78,-92"), 6, dim(colour, 0.25))
    c.fill(rect(-130, -18, 260, 46, 23), MUSTARD, (0, 16))
    c.fill(oval(128, 5, 22), dim(MUSTARD, 0.25))
    c.fill(oval(128, 5, 10), BUTTER)


def wheel(c: Canvas, r: float = 100, tyre: str = INK, rim: str = MIST) -> None:
    """A spoked bicycle wheel, centred."""
    for x, y in around(8, r * 0.96, 8)[:4]:
        c.line([(-x, -y), (x, y)], 3, rim)
    c.line(oval(0, 0, r), 11, tyre, shut=True)
    c.fill(oval(0, 0, 9), tyre)


def bicycle(c: Canvas, colour: str = RUST) -> None:
    """A bicycle facing left with a basket, 520 wide and 330 high."""
    c.shadow(230)
    c.put(wheel, 150, -106, 1)
    c.put(wheel, -160, -106, 1)
    c.line(spots("150,-106 20,-100 62,-230 150,-106"), 13, colour)
    c.line(spots("62,-230 -106,-230 20,-100"), 13, colour)
    c.line(spots("-160,-106 -96,-262"), 13, colour)
    c.line(spots("62,-230 70,-262"), 11, INK)
    c.fill(blob("26,-276! 110,-286! 118,-268 70,-254 30,-264"), BROWN)
    c.line(curve("-96,-262 -104,-290 -70,-296 -44,-290"), 11, INK)
    c.line(spots("-58,-293 -40,-290"), 16, BROWN)
    c.fill(poly("-196,-270 -110,-270 -122,-204 -186,-204", 6), CRUST, 18)
    c.line(spots("-198,-268 -108,-268"), 9, dim(CRUST, 0.2))
    c.line(oval(20, -100, 27), 8, INK, shut=True)
    c.line(spots("20,-100 36,-64 56,-64"), 8, INK)
    c.line(spots("20,-100 4,-136 -14,-136"), 8, INK)
    c.line(curve("90,-212 150,-216 236,-160"), 9, dim(colour))


def helmet(c: Canvas, colour: str = RUST) -> None:
    """A cycling helmet facing left, 340 wide and 230 high."""
    shell = blob(
        "-168,-74! -156,-140 -90,-206 20,-222 120,-186 168,-104 164,-62! 100,-50 0,-62 -100,-66"
    )
    with c.at(12, 16):
        c.fill(shell, dim(c.floor, 0.14))
    c.line(curve("-86,-60 -40,10 10,0"), 10, INK)
    c.line(curve("92,-60 50,-10 10,0"), 10, INK)
    c.fill(rect(-6, -12, 36, 24, 6), MUSTARD)
    c.fill(shell, colour, (24, 20))
    for vent in (
        "-120,-124 -60,-176 0,-188 -40,-150 -84,-116",
        "-40,-110 20,-172 80,-168 50,-130 0,-100",
        "50,-100 100,-144 132,-122 110,-96 80,-84",
    ):
        c.fill(blob(vent), INK)
    c.line(curve("-160,-84 -60,-78 60,-72 160,-72"), 8, CREAM)


def car(c: Canvas, colour: str = RUST) -> None:
    """A small saloon car facing left, 520 wide and 220 high."""
    c.shadow(250)
    c.fill(blob("-128,-128! -70,-206 -10,-220 60,-220 120,-196 166,-126!"), colour)
    c.fill(poly("-100,-130 -58,-190 18,-200 18,-130", 6), MIST)
    c.fill(poly("36,-130 36,-200 66,-200 108,-178 138,-130", 6), dim(MIST, 0.12))
    c.fill(poly("-86,-130 -50,-182 -24,-186 -58,-130"), pale(MIST, 0.6))
    c.fill(
        blob(
            "-256,-60! -254,-98 -220,-120 -120,-134 150,-134! 230,-122 254,-92 256,-44! -256,-44!"
        ),
        colour,
        (0, 24),
    )
    c.line(spots("-244,-76 244,-76"), 7, CREAM)
    c.fill(rect(-266, -62, 60, 22, 9), MIST)
    c.fill(rect(214, -62, 54, 22, 9), MIST)
    c.fill(oval(-234, -98, 18), BUTTER, (4, 4))
    c.fill(rect(228, -110, 20, 26, 6), dim(RUST, 0.3))
    c.line(spots("32,-108 58,-108"), 7, CREAM)
    c.line(spots("26,-130 26,-50"), 3, dim(colour, 0.25))
    for x in (-150, 156):
        c.fill(oval(x, -50, 60, 60, 180, 360), dim(colour, 0.4))
        c.fill(oval(x, -46, 47), INK)
        c.fill(oval(x, -46, 27), MIST, (4, 4))
        c.fill(oval(x, -46, 10), INK)


def steering_wheel(c: Canvas, colour: str = INK) -> None:
    """A steering wheel facing us, centred, 420 wide."""
    c.line(oval(10, 14, 190), 36, dim(c.floor, 0.14), shut=True)
    for x, y in around(3, 180, 90):
        c.line([(0, 0), (x, y)], 40, CRUST)
    c.line(oval(0, 0, 190), 40, colour, shut=True)
    for a in (200, 320):
        c.line(oval(0, 0, 190, 190, a, a + 30), 40, BROWN)
    c.fill(oval(0, 0, 70), RUST, (8, 8))
    c.fill(oval(0, 0, 44), dim(RUST, 0.15))
    c.line(oval(0, 0, 30), 5, BUTTER, shut=True)


def charger(c: Canvas, colour: str = TEAL) -> None:
    """A charging point with its cable, 120 wide and 300 high."""
    c.shadow(50)
    c.fill(rect(-50, -290, 100, 290, 18), colour, 26)
    c.fill(rect(-34, -262, 60, 60, 8), BUTTER)
    c.fill(poly("4,-256 -18,-228 -4,-228 -10,-208 14,-236 0,-236"), RUST)
    c.line(curve("40,-180 110,-170 96,-60 60,-70 44,-150"), 9, INK)


def garage(c: Canvas) -> None:
    """A house front with a garage door, 560 wide and 360 high."""
    c.fill(poly("-280,0 -280,-250 0,-370 280,-250 280,0"), CREAM)
    c.line(spots("-310,-240 0,-372 310,-240"), 26, BROWN)
    c.fill(rect(-200, -210, 400, 210), mix(TEAL, CREAM, 0.2))
    for y in (-170, -122, -74, -26):
        c.line([(-200, y), (200, y)], 4, dim(TEAL, 0.1))
    c.fill(oval(0, -284, 34), TEAL)


def camper(c: Canvas, colour: str = TEAL) -> None:
    """A camper van facing left with a bag on its roof, 500 wide and 330 high."""
    c.shadow(240)
    c.fill(rect(-90, -322, 180, 46, 14), RUST, (22, 0))
    c.fill(rect(110, -312, 90, 36, 16), MUSTARD, (14, 0))
    c.line(spots("-130,-276 214,-276"), 9, INK)
    c.fill(
        blob("-250,-110! -240,-170 -200,-256 -150,-272! 226,-272! 248,-240 250,-110!"),
        CREAM,
        (20, 0),
    )
    c.fill(blob("-252,-140! -100,-128 250,-140! 250,-40! -250,-40! -258,-90"), colour, (24, 0))
    c.fill(poly("-216,-172 -180,-246 -130,-246 -130,-172", 9), INK)
    for x in (-100, 4, 108):
        c.fill(rect(x, -246, 84, 74, 12), MIST)
        c.fill(poly(f"{x + 10},-172 {x + 40},-246 {x + 62},-246 {x + 32},-172"), pale(MIST, 0.6))
    c.line(spots("-116,-132 -116,-50"), 3, dim(colour, 0.3))
    c.line(spots("-6,-132 -6,-50"), 3, dim(colour, 0.3))
    c.line(spots("-98,-112 -76,-112"), 6, CREAM)
    c.fill(oval(-234, -104, 19), BUTTER, (4, 4))
    c.fill(rect(-262, -54, 526, 18, 9), MIST, (0, 7))
    for x in (-150, 150):
        c.fill(oval(x, -48, 58, 58, 180, 360), dim(colour, 0.4))
        c.fill(oval(x, -44, 45), INK)
        c.fill(oval(x, -44, 25), CREAM, (4, 4))


def signpost(c: Canvas) -> None:
    """A wooden signpost with three blank arms, 320 wide and 400 high."""
    c.shadow(60)
    c.fill(rect(-15, -400, 30, 400, 8), BROWN, 9)
    for y, colour, side in ((-366, RUST, 1), (-272, CREAM, -1), (-178, TEAL, 1)):
        with c.at(0, y, 1, -4 * side, side < 0):
            c.fill(poly("-90,0 130,0 176,36 130,72 -90,72", 6), colour, (0, 12))
            c.line(spots("-56,34 90,34"), 9, dim(colour, 0.2))


def suitcase(c: Canvas, colour: str = RUST, w: float = 260, h: float = 190) -> None:
    """A suitcase with straps."""
    c.shadow(w * 0.46)
    c.line(oval(0, -h, w * 0.14, 34, 180, 360), 13, BROWN)
    c.fill(rect(-w / 2, -h, w, h, 20), colour, w * 0.14)
    for x in (-w * 0.3, w * 0.22):
        c.fill(rect(x, -h, w * 0.08, h), BROWN)
        c.fill(rect(x - 3, -h * 0.62, w * 0.08 + 6, 22, 4), MUSTARD)
