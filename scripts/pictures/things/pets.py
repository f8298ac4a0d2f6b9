"""Things: pets."""

from pictures.canvas import Canvas
from pictures.palette import BROWN, CREAM, CRUST, DARK, INK, MUSTARD, ROSE, RUST, TEAL, dim, pale
from pictures.shapes import blob, curve, oval, rect, spots
from pictures.things.breakfast import heap


def dog(c: Canvas, coat: str = CRUST, collar: str = RUST) -> None:
    """A sitting dog facing left, 240 wide and 340 high."""
    c.shadow(104)
    c.line(curve("96,-22 150,-30 168,-84"), 22, coat)
    c.fill(blob("-62,-220! -74,-120 -66,0! 104,0! 124,-60 96,-140 50,-230!"), coat, (28, 0))
    c.fill(blob("20,0! 24,-70 78,-96 118,-50 112,0!"), dim(coat, 0.12))
    c.fill(rect(-70, -150, 40, 150, 16), coat, 0)
    c.fill(rect(-18, -140, 38, 140, 16), dim(coat, 0.1))
    c.fill(blob("-80,0! -84,-22 -56,-28 -30,-20 -28,0!"), CREAM)
    c.fill(blob("-30,0! -32,-20 -6,-26 20,-18 22,0!"), dim(CREAM, 0.1))
    c.fill(blob("-64,-200! -70,-150 -44,-96 -14,-120 0,-200!"), CREAM)
    c.line(curve("-66,-208 -20,-192 46,-212"), 17, collar)
    c.fill(oval(-30, -182, 12), MUSTARD)
    c.fill(
        blob(
            "-142,-252 -118,-284 -72,-292 -40,-336 26,-336 "
            "58,-290 50,-228 0,-204 -70,-206 -128,-218"
        ),
        coat,
        (0, 0),
    )
    c.fill(blob("-142,-252 -110,-262 -66,-240 -62,-212 -100,-208 -132,-222"), CREAM)
    c.fill(oval(-136, -254, 17, 14), INK)
    c.fill(oval(-66, -286, 9), INK)
    c.fill(blob("2,-326! 48,-330 78,-280 70,-214 40,-202 18,-240"), BROWN)


def cat(c: Canvas, coat: str = INK, eyes: str = MUSTARD) -> None:
    """A sitting cat facing us, 200 wide and 300 high."""
    c.shadow(88)
    c.line(curve("70,-18 128,-22 138,-74 116,-112"), 22, coat)
    c.fill(blob("-46,-190! -76,-90 -82,-20 -66,0! 66,0! 82,-20 76,-90 46,-190!"), coat, (0, 0))
    head = "-78,-216 -72,-262 -74,-316! -34,-286 34,-286 74,-316! 72,-262 78,-216 40,-172 -40,-172"
    c.fill(blob(head), coat)
    c.fill(blob("-64,-296! -62,-266 -44,-276!"), ROSE)
    c.fill(blob("64,-296! 62,-266 44,-276!"), ROSE)
    for x in (-34, 34):
        c.fill(oval(x, -232, 17, 15), eyes)
        c.fill(oval(x, -232, 5, 13), DARK)
    c.fill(blob("-9,-206! 9,-206! 0,-196"), ROSE)
    light = pale(coat, 0.3)
    c.fill(blob("-30,-166 0,-150 30,-166 24,-104 0,-84 -24,-104"), CREAM)
    c.line(spots("-18,-8 -18,-60"), 5, light)
    c.line(spots("18,-8 18,-60"), 5, light)
    c.fill(blob("-56,0! -54,-22 -30,-26 -8,-18 -6,0!"), CREAM)
    c.fill(blob("6,0! 8,-18 30,-26 54,-22 56,0!"), CREAM)


def pet_bowl(c: Canvas, colour: str = TEAL, food: bool = True) -> None:
    """A pet's bowl with a bone on its side, 300 wide and 140 high."""
    c.shadow(140)
    if food:
        c.put(heap, 0, -112, 1, 106, BROWN, 24)
    c.fill(blob("-110,-104! 110,-104! 122,-70 150,-4! -150,-4! -122,-70"), colour, (34, 0))
    c.fill(rect(-152, -14, 304, 16, 7), dim(colour, 0.25))
    c.fill(rect(-116, -112, 232, 16, 8), pale(colour, 0.25))
    c.put(bone, -6, -52, 0.8)


def bone(c: Canvas, colour: str = CREAM) -> None:
    """A bone lying across, 130 wide."""
    c.fill(rect(-44, -12, 88, 24), colour)
    c.dots(spots("-48,-14 -48,14 48,-14 48,14"), 18, colour)


def ball(c: Canvas, colour: str = RUST, band: str = CREAM) -> None:
    """A striped ball, 90 wide."""
    c.shadow(34)
    c.fill(oval(0, -44, 45), colour, (12, 12))
    with c.inside(oval(0, -44, 45)):
        c.line(curve("-50,-60 0,-40 50,-66"), 14, band)
