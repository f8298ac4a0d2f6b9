"""Things: clothes, shoes and jewels."""

import math

from pictures.canvas import Canvas
from pictures.palette import BROWN, CREAM, CRUST, INK, MUSTARD, RUST, SEA, TEAL, dim, pale
from pictures.shapes import around, blob, curve, oval, poly, rect, spots


def hanger(c: Canvas) -> None:
    """A clothes hanger, its hook at the origin."""
    c.line(curve("-8,-16 2,-24 10,-12 0,2 0,22"), 6, INK)
    c.line(spots("0,22 -70,52"), 8, CRUST)
    c.line(spots("0,22 70,52"), 8, CRUST)


def coat(c: Canvas, colour: str = RUST, collar: str = BROWN) -> None:
    """A long coat on a hanger whose hook is the origin, 200 wide and 330 long."""
    c.put(hanger, 0, 0)
    c.fill(blob("-66,44! -92,70 -108,240 -72,246! -64,120!"), dim(colour, 0.1))
    c.fill(blob("66,44! 92,70 108,240 72,246! 64,120!"), dim(colour, 0.25))
    c.fill(blob("-72,42! -30,30 30,30 72,42! 70,180 90,330! -90,330! -70,180"), colour, (24, 0))
    c.fill(poly("-32,28 0,120 -46,96 -50,36", 4), collar)
    c.fill(poly("32,28 0,120 46,96 50,36", 4), dim(collar))
    c.line(spots("0,120 0,328"), 4, dim(colour, 0.3))
    c.dots(spots("-20,150 -20,200 20,150 20,200"), 7, MUSTARD)
    c.fill(rect(-62, 226, 42, 12, 4), dim(colour, 0.25))
    c.fill(rect(22, 226, 42, 12, 4), dim(colour, 0.35))


def dress(c: Canvas, colour: str = TEAL, belt: str = MUSTARD) -> None:
    """A dress on a hanger, 190 wide and 310 long."""
    c.put(hanger, 0, 0)
    c.fill(
        blob("-58,40! -28,34! 0,66 28,34! 58,40! 48,96 44,150! 96,310! -96,310! -44,150! -48,96"),
        colour,
        (22, 0),
    )
    c.fill(rect(-46, 140, 92, 17), belt)
    for a, b in ((-26, -46), (4, 8), (30, 52)):
        c.line([(a, 170), (b, 300)], 4, dim(colour, 0.2))


def shirt(c: Canvas, colour: str = CREAM) -> None:
    """A shirt on a hanger, 190 wide and 230 long."""
    c.put(hanger, 0, 0)
    c.fill(blob("-66,42! -90,70 -104,190 -72,196! -60,110!"), dim(colour, 0.08))
    c.fill(blob("66,42! 90,70 104,190 72,196! 60,110!"), dim(colour, 0.22))
    c.fill(blob("-70,42! -30,32 30,32 70,42! 64,140 66,236! -66,236! -64,140"), colour, (20, 0))
    c.fill(poly("-30,30 0,62 -24,78 -44,40"), pale(colour, 0.5))
    c.fill(poly("30,30 0,62 24,78 44,40"), dim(colour, 0.1))
    c.dots(spots("0,96 0,136 0,176 0,214"), 5, dim(colour, 0.4))


def jumper(c: Canvas, colour: str = RUST, band: str = CREAM) -> None:
    """A folded-out jumper from above, 440 wide and 380 high, centred."""
    c.fill(blob("-100,-150! -190,-110 -220,120! -150,134! -116,-20!"), dim(colour, 0.06), (8, 8))
    c.fill(blob("100,-150! 190,-110 220,120! 150,134! 116,-20!"), dim(colour, 0.06), (8, 8))
    body = blob("-124,-150! -40,-176 40,-176 124,-150! 132,0 128,180! -128,180! -132,0")
    c.fill(body, colour, (10, 8))
    with c.inside(body):
        c.fill(rect(-140, -70, 280, 84), band)
        for i in range(-3, 4):
            c.fill(poly(f"{i * 44},-62 {i * 44 + 20},-28 {i * 44},6 {i * 44 - 20},-28"), TEAL)
    c.fill(rect(-126, 152, 252, 34, 6), dim(colour, 0.14))
    c.fill(blob("-56,-178! 0,-160 56,-178! 40,-130 0,-116 -40,-130"), dim(colour, 0.3))
    c.line(curve("-54,-174 -34,-134 0,-122 34,-134 54,-174"), 17, dim(colour, 0.12))
    c.fill(poly("-220,112 -150,126 -154,150 -222,136", 4), dim(colour, 0.2))
    c.fill(poly("220,112 150,126 154,150 222,136", 4), dim(colour, 0.25))


def boot(c: Canvas, colour: str = CRUST, sole: str = BROWN) -> None:
    """An ankle boot, its toe to the left, 270 wide and 260 high."""
    c.shadow(116)
    c.fill(
        blob("-20,-250! 96,-250! 92,-150 110,-60 108,-26! -136,-26! -134,-66 -80,-98 -34,-128"),
        colour,
        (22, 0),
    )
    c.fill(poly("14,-250 62,-250 58,-132 22,-132", 6), dim(colour, 0.3))
    c.line(curve("-132,-54 -90,-62 -56,-92"), 5, dim(colour, 0.25))
    c.fill(rect(70, -268, 24, 34, 8), dim(colour, 0.2))
    c.fill(blob("-142,-30! 114,-30! 114,0! 44,0! 30,-14 0,-8! -140,-8!"), sole)


def heel(c: Canvas, colour: str = RUST) -> None:
    """A court shoe with a heel, its toe to the left, 280 wide and 170 high."""
    c.shadow(116)
    c.fill(poly("92,-84 126,-96 118,0 104,0"), dim(colour, 0.3))
    c.fill(
        blob(
            "-140,-6! -136,-34 -70,-60! -20,-20 40,-70 84,-150! "
            "124,-152 130,-96 104,-74! 60,-66 10,-14 -30,-4!"
        ),
        colour,
        (0, 10),
    )
    c.fill(blob("-70,-60! -20,-24 40,-72 84,-150! 60,-120 20,-90 -20,-68"), dim(colour, 0.35))


def loafer(c: Canvas, colour: str = BROWN) -> None:
    """A loafer, its toe to the left, 290 wide and 120 high."""
    c.shadow(126)
    c.fill(
        blob("-142,-20! -144,-54 -96,-78 -30,-92! 10,-112 40,-90 110,-96! 138,-86 140,-20!"),
        colour,
        (18, 0),
    )
    c.fill(blob("-20,-96! 10,-112 40,-90 112,-96! 90,-76 20,-76"), dim(colour, 0.4))
    c.fill(poly("-50,-92 -14,-104 0,-40 -34,-34", 5), dim(colour, 0.2))
    c.line(curve("-128,-54 -96,-66 -70,-60"), 5, pale(colour, 0.25))
    c.fill(rect(-150, -22, 292, 14, 5), INK)
    c.fill(rect(82, -14, 60, 14, 3), INK)


def handbag(c: Canvas, colour: str = TEAL) -> None:
    """A handbag, 220 wide and 250 high."""
    c.shadow(98)
    c.line(oval(0, -150, 66, 96, 180, 360), 14, BROWN)
    c.fill(blob("-94,-164! 94,-164! 112,-60 104,0! -104,0! -112,-60"), colour, (30, 0))
    c.fill(blob("-98,-168! 98,-168! 92,-90 0,-70 -92,-90"), pale(colour, 0.2), (20, 0))
    c.fill(rect(-16, -96, 32, 36, 7), MUSTARD, 9)


def hat(c: Canvas, colour: str = CRUST, band: str = INK) -> None:
    """A brimmed hat, 260 wide and 130 high."""
    c.shadow(118)
    c.fill(blob("-80,-26! -76,-110 -30,-124 0,-112 30,-124 76,-110 80,-26!"), colour, (22, 0))
    c.fill(poly("-80,-54 80,-54 82,-22 -82,-22"), band)
    c.fill(blob("-136,-18 -60,-32 60,-32 136,-18 60,4 -60,4"), pale(colour, 0.15), (0, 7))


def ring(c: Canvas, gem: str = SEA, band: str = MUSTARD) -> None:
    """A ring with a cut stone, upright, 180 wide and 250 high."""
    c.line(oval(0, -82, 78), 20, band, (6, 4), shut=True)
    c.fill(poly("-34,-158 34,-158 20,-140 -20,-140"), dim(band, 0.2))
    c.fill(poly("-66,-212 -36,-248 36,-248 66,-212 0,-146"), gem)
    c.fill(poly("-66,-212 -28,-212 0,-146"), pale(gem, 0.3))
    c.fill(poly("28,-212 66,-212 0,-146"), dim(gem, 0.3))
    c.fill(poly("-36,-248 -28,-212 -66,-212"), pale(gem, 0.6))
    c.fill(poly("-36,-248 0,-248 28,-212 -28,-212"), pale(gem, 0.45))
    c.fill(poly("36,-248 66,-212 28,-212"), dim(gem, 0.12))


def ring_box(c: Canvas, colour: str = RUST) -> None:
    """A ring in an open box, 240 wide and 260 high."""
    c.shadow(112)
    c.fill(rect(-110, -220, 220, 130, 16), dim(colour, 0.25))
    c.fill(rect(-92, -204, 184, 110, 8), CREAM)
    c.put(ring, 0, -44, 0.62)
    c.fill(rect(-96, -100, 192, 40, 12), pale(CREAM, 0.5))
    c.fill(rect(-118, -86, 236, 86, 12), colour, 40)
    c.fill(rect(-18, -86, 36, 18, 5), MUSTARD)


def watch(c: Canvas, strap: str = BROWN, face: str = CREAM) -> None:
    """A wristwatch from above, centred, 210 wide and 520 high."""
    c.fill(poly("-62,-90 -46,-264 46,-264 62,-90", 10), strap, 14)
    c.fill(poly("-62,90 -46,264 46,264 62,90", 10), strap, 14)
    c.dots(spots("0,170 0,200 0,230"), 6, dim(strap, 0.5))
    c.fill(rect(112, -16, 22, 32, 6), MUSTARD)
    c.fill(oval(0, 0, 118), MUSTARD, (10, 10))
    c.fill(oval(0, 0, 96), face)
    for x, y in around(12, 78):
        c.line([(x, y), (x * 0.88, y * 0.88)], 6, INK)
    c.line(spots("0,0 -34,-34"), 10, INK)
    c.line(spots("0,0 40,-48"), 7, INK)
    c.fill(oval(0, 0, 9), RUST)


def necklace(c: Canvas, bead: str = CREAM) -> None:
    """A bust-shaped stand with a string of beads, 240 wide and 330 high."""
    c.shadow(84)
    c.fill(rect(-70, -24, 140, 24, 10), BROWN)
    c.fill(
        blob(
            "-26,-324! 26,-324! 30,-260 104,-216 116,-150 70,-50 "
            "36,-14! -36,-14! -70,-50 -116,-150 -104,-216 -30,-260"
        ),
        INK,
    )
    for i in range(15):
        a = math.radians(200 - i * 220 / 14)
        c.fill(oval(58 * math.cos(a), -206 + 92 * math.sin(a) * 0.95, 12), bead, (3, 3))
    c.fill(blob("0,-112 22,-84 0,-54 -22,-84"), RUST, (7, 5))
