"""Things: flights, rail, ships and hotels."""

from pictures.canvas import Canvas
from pictures.palette import BROWN, BUTTER, CREAM, INK, MUSTARD, RUST, SEA, TEAL, dim, mix, pale
from pictures.shapes import around, blob, oval, poly, rect, spots
from pictures.things.household import table_lamp


def plane(c: Canvas, colour: str = CREAM, tail: str = RUST) -> None:
    """An airliner flying left, centred, 520 wide."""
    c.fill(poly("30,-20 170,-140 206,-140 130,-14", 6), dim(colour, 0.15))
    c.fill(poly("200,-20 262,-136 306,-136 268,-8", 8), tail, 12)
    c.fill(
        blob("-266,10 -220,-34 -120,-52! 180,-44! 280,-20 284,-8! 180,40 -120,54! -230,44"),
        colour,
        (0, 24),
    )
    c.fill(blob("-252,-10! -226,-30 -190,-42! -184,-22 -206,-10!"), INK)
    for i in range(9):
        c.fill(rect(-140 + i * 36, -24, 18, 24, 8), TEAL)
    c.fill(poly("-30,12 90,12 190,150 150,154", 8), tail, (0, 0))
    c.fill(poly("90,12 190,150 176,152 40,12"), dim(tail))
    c.fill(rect(30, 64, 80, 38, 18), mix(INK, CREAM, 0.2))
    c.fill(poly("210,6 276,6 306,56 280,58", 5), dim(tail, 0.1))


def plane_window(c: Canvas) -> None:
    """An aeroplane window over clouds, centred, 380 wide and 500 high."""
    c.fill(rect(-200, -262, 400, 524, 190), dim(CREAM, 0.12), (10, 10))
    c.fill(rect(-176, -238, 352, 476, 168), CREAM)
    view = rect(-138, -200, 276, 400, 134)
    c.fill(view, SEA)
    with c.inside(view):
        c.fill(oval(46, -70, 58), MUSTARD)
        c.fill(
            blob("-160,80! -110,40 -40,60 10,30 70,56 160,30! 160,220! -160,220!"), pale(SEA, 0.5)
        )
        c.fill(blob("-160,150! -90,110 -30,140 50,100 160,130! 160,220! -160,220!"), CREAM)
        c.fill(poly("-150,112 60,60 100,66 -60,190 -150,220"), RUST)
        c.fill(rect(-150, -210, 300, 92), dim(CREAM, 0.06))
        c.fill(rect(-150, -132, 300, 14), dim(CREAM, 0.2))


def train(c: Canvas, colour: str = RUST, cars: int = 3) -> None:
    """A railcar train running left, its wheels on the origin line."""
    for i in range(1, cars):
        x = -378 + i * 330
        c.fill(rect(x - 42, -60, 60, 20), INK)
        c.fill(rect(x, -176, 318, 140, 16), colour, 0)
        c.fill(rect(x, -76, 318, 40, 8), dim(colour))
        for k in range(4):
            c.fill(rect(x + 22 + k * 74, -150, 52, 50, 8), BUTTER)
        c.dots([(x + 50, -22), (x + 100, -22), (x + 220, -22), (x + 270, -22)], 22, INK)
    c.fill(blob("-330,-36! -336,-80 -300,-140 -240,-172 -180,-176! -60,-176! -60,-36!"), colour)
    c.fill(blob("-334,-76! -60,-76! -60,-36! -330,-36! -338,-56"), dim(colour))
    c.fill(blob("-306,-112! -270,-152 -232,-158! -232,-112!"), INK)
    for k in range(2):
        c.fill(rect(-200 + k * 70, -150, 52, 50, 8), BUTTER)
    c.line(spots("-330,-92 -60,-92"), 8, CREAM)
    c.fill(oval(-318, -62, 11), BUTTER)
    c.dots(spots("-270,-22 -220,-22 -140,-22 -90,-22"), 22, INK)


def tram(c: Canvas, colour: str = RUST) -> None:
    """The front of a tram on its rails, 260 wide and 430 high."""
    c.shadow(130)
    c.line(spots("-150,0 150,0"), 9, INK)
    c.line(spots("0,-400 -40,-440 40,-440"), 7, INK)
    c.fill(rect(-70, -404, 140, 20, 8), mix(INK, CREAM, 0.2))
    c.fill(
        blob("-128,-40! -132,-200 -116,-350 -84,-388! 84,-388! 116,-350 132,-200 128,-40!"),
        colour,
        (28, 0),
    )
    c.fill(rect(-60, -374, 120, 32, 8), BUTTER)
    c.fill(blob("-104,-210! -100,-326! 100,-326! 104,-210!"), INK)
    c.fill(poly("-84,-214 -50,-320 -6,-320 -40,-214"), mix(INK, CREAM, 0.25))
    c.fill(rect(-132, -190, 264, 34), CREAM, 26)
    for x in (-84, 84):
        c.fill(oval(x, -112, 26), BUTTER, (5, 5))
    c.fill(rect(-118, -52, 236, 40, 10), INK)


def viaduct(c: Canvas, y: float, colour: str) -> None:
    """A stone viaduct across the picture, its deck at `y`."""
    c.fill(rect(0, y, c.width, c.height - y), colour)
    for i in range(-1, 7):
        x = 40 + i * 200
        top = [*oval(x + 80, y + 120, 70, 90, 180, 360), (x + 150, c.height), (x + 10, c.height)]
        c.fill(top, c.floor)
    c.fill(rect(0, y - 6, c.width, 22), dim(colour, 0.2))


def ship(c: Canvas, hull: str = INK) -> None:
    """A cruise ship heading left, 720 wide and 300 high."""
    for x in (60, 150):
        c.fill(poly(f"{x - 28},-300 {x + 34},-300 {x + 44},-206 {x - 26},-206"), RUST, 14)
        c.fill(poly(f"{x - 28},-300 {x + 34},-300 {x + 37},-276 {x - 27.5},-276"), INK)
    c.fill(poly("-130,-224 250,-224 262,-190 -150,-190", 6), CREAM, 0)
    c.fill(poly("-190,-190 300,-190 312,-146 -214,-146", 6), pale(CREAM, 0.5))
    c.fill(poly("-246,-146 330,-146 336,-96 -262,-96", 6), CREAM)
    c.dots([(-150 + i * 46, -168) for i in range(10)], 9, TEAL)
    for i in range(12):
        c.fill(rect(-220 + i * 45, -132, 27, 20, 4), TEAL)
    c.fill(rect(-112, -214, 60, 16, 4), TEAL)
    c.fill(blob("-356,-104! -240,-98 240,-98 348,-112! 336,-40 300,20! -280,20! -330,-40"), hull)
    c.fill(blob("-356,-104! -240,-98 240,-98 348,-112! 345,-88! 240,-76 -240,-76 -345,-80!"), RUST)
    c.dots([(-240 + i * 54, -44) for i in range(10)], 9, BUTTER)


def lifebuoy(c: Canvas, colour: str = RUST) -> None:
    """A lifebuoy with its rope, centred, 440 wide."""
    c.line(oval(12, 16, 150), 92, dim(c.floor, 0.14), shut=True)
    c.line(oval(0, 0, 208), 9, BROWN, shut=True)
    c.line(oval(0, 0, 150), 92, CREAM, (9, 9), shut=True)
    for a in (22, 112, 202, 292):
        outer, inner = oval(0, 0, 196, 196, a, a + 46), oval(0, 0, 104, 104, a, a + 46)
        c.fill([*outer, *reversed(inner)], colour)
    for x, y in around(4, 204, 0):
        c.fill(oval(x, y, 15), MUSTARD)


def desk_bell(c: Canvas, metal: str = MUSTARD) -> None:
    """A reception bell, 280 wide and 200 high."""
    c.shadow(124)
    c.fill(rect(-136, -34, 272, 34, 12), BROWN, 0)
    c.fill(oval(0, -44, 116, 116, 180, 360), metal, (34, 0))
    c.fill(rect(-124, -58, 248, 22, 10), dim(metal, 0.15))
    c.fill(rect(-9, -180, 18, 26), dim(metal, 0.3))
    c.fill(oval(0, -184, 26, 15), RUST, (6, 4))
    c.line(oval(0, -44, 86, 86, 200, 250), 11, BUTTER)


def bed(c: Canvas, blanket: str = RUST) -> None:
    """A made bed from its side, its head to the left, 620 wide and 240 high."""
    c.shadow(300)
    c.fill(rect(-320, -250, 30, 250, 10), BROWN)
    c.fill(rect(-304, -70, 620, 44, 8), BROWN)
    c.fill(rect(292, -120, 26, 120, 8), BROWN)
    c.fill(rect(-296, -124, 592, 62, 20), CREAM, (0, 14))
    c.fill(blob("-276,-120! -270,-176 -170,-184 -150,-120!"), pale(CREAM, 0.6), (14, 8))
    c.fill(blob("-210,-120! -204,-166 -120,-176 -96,-120!"), MUSTARD, (14, 8))
    c.fill(blob("-90,-126! -20,-152 200,-150 292,-132! 296,-56! -90,-56!"), blanket, (0, 18))
    c.fill(poly("-90,-130 -40,-148 -40,-56 -90,-56"), CREAM)


def bedside(c: Canvas) -> None:
    """A bedside table with a lamp, 140 wide and 330 high."""
    c.shadow(66)
    for x in (-48, 48):
        c.line([(x, -80), (x * 1.1, -4)], 10, dim(BROWN))
    c.fill(rect(-66, -140, 132, 70, 6), BROWN, 20)
    c.fill(oval(-4, -106, 7), MUSTARD)
    c.floor = BROWN
    c.put(table_lamp, 0, -138, 0.56, TEAL, BUTTER)
