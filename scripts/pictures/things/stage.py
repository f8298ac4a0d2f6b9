"""Things: stage and museum."""

from pictures.canvas import Canvas
from pictures.palette import BROWN, BUTTER, CREAM, CRUST, INK, MUSTARD, ROSE, RUST, dim, mix, pale
from pictures.shapes import blob, curve, oval, poly, rect, spots


def curtain(c: Canvas, colour: str = RUST) -> None:
    """The left half of a drawn stage curtain, from the upper left corner, 560 high."""
    c.fill(blob("0,0! 330,0! 300,160 200,300 150,350! 176,440 190,560! 0,560!"), colour)
    folds = ("110,0 104,180 76,330", "220,0 206,140 128,330")
    for fold in folds:
        c.line(curve(fold), 15, dim(colour, 0.15))
    c.line(curve("86,372 98,460 110,560"), 15, dim(colour, 0.15))
    c.line(curve("0,356 70,372 164,340"), 24, MUSTARD)


def pelmet(c: Canvas, colour: str = RUST) -> None:
    """Scalloped drapes along the top of the picture."""
    for i in range(5):
        c.fill(oval(i * 280, 0, 152, 92, 0, 180), dim(colour, 0.1) if i % 2 else colour)
        c.line(oval(i * 280, 0, 152, 92, 8, 172), 11, MUSTARD)


def piano(c: Canvas, colour: str = INK) -> None:
    """A grand piano with its lid up, 420 wide and 320 high."""
    c.shadow(190)
    for x in (-160, 40, 170):
        c.line([(x, -100), (x, -6)], 17, colour)
    c.fill(blob("-196,-176! 204,-176! 206,-110 190,-96! -196,-96!"), colour)
    c.fill(poly("-120,-180 204,-176 120,-320 -20,-320", 14), mix(colour, CREAM, 0.18))
    c.line(spots("110,-178 60,-260"), 6, MUSTARD)
    c.fill(rect(-216, -156, 110, 24, 4), colour)
    c.fill(rect(-212, -164, 100, 14, 3), CREAM)
    for x in (-196, -176, -150, -132):
        c.line([(x, -162), (x, -157)], 6, colour)
    c.fill(rect(-300, -92, 90, 18, 8), RUST)
    c.line(spots("-284,-76 -284,-6"), 9, colour)
    c.line(spots("-226,-76 -226,-6"), 9, colour)


def mask(c: Canvas, colour: str = CREAM, mood: str = "glad") -> None:
    """A stage mask, glad or sad, centred, 260 wide and 300 high."""
    face = blob("-124,-130! -60,-112 0,-108 60,-112 124,-130! 128,-20 90,90 0,156 -90,90 -128,-20")
    with c.at(10, 12):
        c.fill(face, dim(c.floor, 0.2))
    c.fill(face, colour, (16, 10))
    for x in (-50, 50):
        lid = 1 if mood == "glad" else -1
        c.fill(
            blob(
                f"{x - 32},{-26 + 6 * lid}! {x},{-44 - 12 * lid} "
                f"{x + 32},{-26 + 6 * lid}! {x},{-34 + 8 * lid}"
            ),
            INK,
        )
    if mood == "glad":
        c.fill(blob("-66,24! 0,52 66,24! 44,90 0,104 -44,90"), INK)
    else:
        c.fill(blob("-60,96! -40,44 0,30 40,44 60,96! 0,66"), INK)
    c.dots(spots("-78,14 78,14"), 17, mix(colour, ROSE, 0.5))


def museum(c: Canvas, colour: str = CREAM) -> None:
    """A columned museum front with steps, 640 wide and 380 high."""
    c.fill(oval(30, 4, 370, 20), dim(c.floor, 0.14))
    for i in range(3):
        c.fill(
            rect(-350 + i * 24, -20 - i * 20, 700 - i * 48, 20), dim(colour, 0.05 + 0.06 * (i % 2))
        )
    c.fill(rect(-280, -290, 560, 230), mix(colour, CRUST, 0.45))
    c.fill(rect(-50, -200, 100, 140), INK)
    for i in range(6):
        x = -262 + i * 96
        if i == 2:
            x -= 12
        if i == 3:
            x += 12
        c.fill(rect(x, -280, 44, 220), colour, 12)
        c.fill(rect(x - 7, -286, 58, 18, 4), colour, 12)
        c.fill(rect(x - 7, -74, 58, 14, 3), colour, 12)
    c.fill(rect(-310, -316, 620, 32, 3), colour, (0, 8))
    c.fill(poly("-320,-316 0,-424 320,-316"), colour)
    c.fill(poly("-230,-328 0,-404 230,-328"), mix(colour, CRUST, 0.45))
    c.fill(oval(0, -352, 24), RUST)


def bandstand(c: Canvas) -> None:
    """A lit bandstand in winter, 460 wide and 380 high."""
    c.shadow(220)
    c.fill(rect(-210, -60, 420, 60, 5), BROWN, 50)
    c.fill(rect(-180, -246, 360, 190), BUTTER)
    c.fill(poly("-180,-246 180,-246 120,-56 -120,-56"), pale(BUTTER, 0.5))
    for x in (-178, -90, 90, 178):
        c.fill(rect(x - 7, -250, 14, 192), CREAM)
    c.fill(rect(-196, -100, 110, 9), CREAM)
    c.fill(rect(86, -100, 110, 9), CREAM)
    c.fill(poly("-240,-244 240,-244 110,-330 0,-390 -110,-330", 6), RUST)
    c.fill(
        blob(
            "-240,-244! -110,-330 0,-390! 110,-330 240,-244! 180,-262 140,-292 "
            "90,-280 40,-312 0,-300 -50,-312 -100,-280 -150,-290 -190,-262"
        ),
        CREAM,
    )
    c.fill(oval(0, -396, 15), MUSTARD)
