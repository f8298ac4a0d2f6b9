"""Things: chocolate, sweets and ice cream."""

from pictures.canvas import Canvas
from pictures.palette import (
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
from pictures.shapes import blob, curve, oval, poly, rect, spots
from pictures.things.crockery import plate


def chocolate_bar(c: Canvas, paper: str = RUST) -> None:
    """A half-opened bar of chocolate from above, lying across, 560 wide."""
    c.fill(rect(-270, -96, 560, 220, 8), dim(c.floor, 0.16))
    c.fill(rect(-280, -110, 330, 220, 6), BROWN)
    for i in range(5):
        for j in range(3):
            c.fill(rect(-274 + i * 66, -104 + j * 72, 56, 62, 6), mix(BROWN, CRUST, 0.3), (7, 7))
    c.fill(
        poly("20,-118 44,-96 24,-70 50,-44 26,-18 52,8 26,34 50,60 24,88 40,118 90,118 90,-118"),
        MIST,
    )
    c.fill(rect(70, -118, 220, 236, 6), paper, (0, 10))
    c.fill(rect(110, -118, 26, 236), BUTTER)
    c.fill(oval(208, -2, 46), BUTTER)


def bonbon(c: Canvas, colour: str = RUST, stripe: str = CREAM) -> None:
    """A wrapped sweet with twisted ends, from above, 360 wide."""
    c.fill(oval(12, 22, 118, 96), dim(c.floor, 0.14))
    for side in (False, True):
        with c.at(0, 0, 1, 0, side):
            c.fill(
                blob("80,0! 176,-84! 156,-40 186,-14! 164,14 184,46! 150,52 160,86!"),
                dim(colour, 0.12),
            )
            c.line(spots("100,-4 152,-30"), 5, dim(colour, 0.4))
            c.line(spots("100,6 150,34"), 5, dim(colour, 0.4))
    body = oval(0, 0, 114, 100)
    c.fill(body, colour)
    with c.inside(body):
        for x in (-96, -28, 40, 108):
            c.line(curve(f"{x + 30},-120 {x - 14},-40 {x + 14},40 {x - 30},120"), 26, stripe)
    c.line(oval(0, 0, 84, 70, 195, 240), 11, pale(colour, 0.8))


def sweet_jar(c: Canvas, colours: tuple[str, ...] = (RUST, MUSTARD, TEAL), lid: str = TEAL) -> None:
    """A glass jar of round sweets, 190 wide and 290 high."""
    c.shadow(84)
    body = blob("-70,-236! 70,-236! 96,-196 96,-40 80,0! -80,0! -96,-40 -96,-196")
    c.fill(body, CREAM)
    with c.inside(body):
        for row in range(3):
            for i in range(-1, 2 + row % 2):
                x, y = i * 68 - (row % 2) * 34, -34 - row * 60
                c.fill(oval(x, y, 34), colours[(i * 2 + row * 2) % len(colours)])
        c.fill(poly("66,-240 120,-240 120,0 76,0"), dim(CREAM, 0.12))
    c.line(spots("-70,-190 -70,-60"), 9, "#ffffff")
    c.fill(rect(-84, -262, 168, 32, 9), lid, 28)
    c.fill(oval(0, -272, 22, 18), lid, 9)


def cone(c: Canvas, scoop: str = ROSE, second: str | None = None) -> None:
    """An ice-cream cone, its tip at the origin, 130 wide."""
    wafer = poly("0,0 -52,-176 52,-176", 6)
    c.fill(wafer, CRUST, 0)
    with c.inside(wafer):
        for i in range(-4, 8):
            c.line([(i * 30 - 120, -200), (i * 30, 0)], 5, dim(CRUST, 0.25))
            c.line([(i * 30 + 90, -200), (i * 30 - 30, 0)], 5, dim(CRUST, 0.25))
    if second:
        c.fill(oval(0, -290, 56), second, (16, 12))
    drip = (
        "-68,-196 -56,-250 0,-272 56,-250 68,-196 56,-168 "
        "40,-182 24,-158 4,-180 -18,-164 -38,-182 -56,-170"
    )
    c.fill(blob(drip), scoop, (18, 0))
    c.line(oval(0, -214, 42, 36, 200, 245), 8, pale(scoop, 0.6))


def lolly(c: Canvas, colour: str = RUST, tip: str = MUSTARD) -> None:
    """An ice lolly on its stick with a bite taken, 150 wide and 360 high."""
    c.fill(rect(-17, -110, 34, 110, 14), SAND, 12)
    bite = [*oval(50, -354, 27, 27, 205, 75), *oval(80, -316, 26, 26, 185, 95)]
    body = [*oval(0, -290, 76, 76, 180, 288), *bite, (76, -96), (66, -84), (-66, -84), (-76, -96)]
    c.fill(body, colour, 26)
    with c.inside(body):
        c.fill(blob("-90,-400! 90,-400! 90,-236 40,-252 0,-232 -40,-252 -90,-236"), tip, 0)
        c.fill(poly("50,-400 90,-400 90,-240 50,-250"), dim(tip))
    for x in (-30, 18):
        c.line([(x, -290), (x, -130)], 13, dim(colour, 0.12))


def pudding(c: Canvas) -> None:
    """A caramel custard on a plate, 280 wide and 170 high."""
    c.put(plate, 0, -14, 1.25, 130, TEAL)
    c.fill(oval(0, -22, 120, 16), BROWN)
    c.fill(poly("-68,-150 68,-150 100,-24 -100,-24", 12), BUTTER, 34)
    c.fill(
        blob("-72,-146! 72,-146! 80,-116 60,-90 44,-120 14,-98 -14,-122 -40,-84 -60,-118 -80,-116"),
        CRUST,
    )
    c.fill(oval(0, -147, 71, 14), pale(CRUST, 0.15))
    c.fill(oval(0, -170, 20), RUST, (6, 6))
    c.line(curve("0,-184 8,-206 24,-214"), 5, GREEN)


def sundae(c: Canvas) -> None:
    """Scoops in a low glass dish with a wafer, 220 wide and 280 high."""
    c.shadow(60)
    c.fill(poly("70,-306 112,-290 60,-140 20,-160", 6), CRUST, 10)
    c.fill(oval(-44, -186, 58), ROSE, (12, 10))
    c.fill(oval(48, -184, 56), CREAM, (14, 10))
    c.fill(oval(2, -232, 56), BROWN, (16, 12))
    c.fill(oval(0, -294, 18), RUST, (6, 6))
    c.fill(
        blob("-108,-164! 108,-164! 84,-84 16,-56 14,-24 62,-2! -62,-2! -14,-24 -16,-56 -84,-84"),
        MIST,
        26,
    )
    c.line(curve("-84,-146 -74,-110 -52,-88"), 8, CREAM)
