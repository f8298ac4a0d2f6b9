"""Things: letters, tickets and cards."""

from pictures.canvas import Canvas
from pictures.palette import CREAM, INK, MIST, MUSTARD, RUST, SAND, SEA, TEAL, dim, mix, pale
from pictures.shapes import blob, oval, poly, rect, spots


def envelope(c: Canvas, paper: str = CREAM, stamp: str = RUST) -> None:
    """The front of a stamped envelope, centred, 220 wide and 150 high."""
    c.fill(rect(-104, -68, 220, 150, 6), dim(c.floor, 0.16))
    c.fill(rect(-110, -75, 220, 150, 6), paper, (0, 6))
    c.fill(rect(62, -60, 34, 42, 3), stamp)
    c.fill(oval(79, -39, 10), pale(stamp, 0.7))
    for y, w in ((10, 90), (32, 64)):
        c.line([(-70, y), (-70 + w, y)], 7, dim(paper, 0.16))


def open_letter(c: Canvas, paper: str = CREAM) -> None:
    """An open envelope with a sheet drawn out, centred, 360 wide and 360 high."""
    c.fill(rect(-166, -60, 360, 240, 8), dim(c.floor, 0.15))
    c.fill(poly("-180,-72 0,-190 180,-72"), dim(RUST, 0.3))
    c.fill(rect(-150, -200, 300, 300, 6), paper)
    for y, w in ((-160, 120), (-122, 220), (-90, 220), (-58, 180)):
        c.line([(-116, y), (-116 + w, y)], 9, SAND)
    c.fill(poly("-180,-72 0,60 180,-72 180,168 -180,168", 6), RUST)
    c.fill(poly("-180,168 0,40 180,168"), pale(RUST, 0.18))


def fountain_pen(c: Canvas, colour: str = TEAL) -> None:
    """A fountain pen, its nib down at the origin, 380 long."""
    c.fill(blob("0,0! -20,-56 -22,-80! 22,-80! 20,-56"), MUSTARD, 12)
    c.line(spots("0,-4 0,-46"), 3, INK)
    c.fill(oval(0, -50, 5), INK)
    c.fill(poly("-24,-78 24,-78 30,-140 -30,-140", 4), INK)
    c.fill(poly("-31,-136 31,-136 24,-370 -24,-370", 12), colour, 18)
    c.fill(rect(-32, -208, 64, 16, 4), MUSTARD, 14)
    c.line(spots("-12,-220 -10,-346"), 6, pale(colour, 0.4))


def ink_pot(c: Canvas, ink: str = INK) -> None:
    """A squat bottle of ink, 150 wide and 150 high."""
    c.shadow(66)
    c.fill(blob("-40,-112! 40,-112! 74,-70 74,-10! -74,-10! -74,-70"), MIST, 24)
    c.fill(blob("-62,-62! 62,-62! 66,-40 64,-12! -64,-12! -66,-40"), ink)
    c.fill(rect(-46, -146, 92, 40, 7), MUSTARD, 16)


def switch(c: Canvas, on: bool, colour: str = TEAL) -> None:
    """A sliding switch, centred, 170 wide and 90 high."""
    c.fill(rect(-78, -37, 170, 90, 45), dim(c.floor, 0.14))
    c.fill(rect(-85, -45, 170, 90, 45), colour if on else dim(SAND, 0.16))
    c.fill(oval(41 if on else -41, 0, 35), CREAM, (6, 6))


def padlock(c: Canvas, colour: str = MUSTARD) -> None:
    """A closed padlock, 180 wide and 240 high."""
    c.shadow(82)
    c.line([(-54, -120), *oval(0, -178, 54, 54, 180, 360), (54, -120)], 25, mix(INK, CREAM, 0.25))
    c.fill(rect(-92, -144, 184, 144, 24), colour, 30)
    c.fill(oval(-4, -86, 18), INK)
    c.fill(poly("-12,-84 4,-84 12,-40 -20,-40", 3), INK)


def ticket(c: Canvas, colour: str = MUSTARD) -> None:
    """A ticket with a notched stub, centred, 380 wide and 190 high."""
    notches = [
        *oval(84, -95, 20, 20, 180, 0),
        (190, -95),
        (190, 95),
        *oval(84, 95, 20, 20, 0, -180),
    ]
    outline = [(-190.0, -95.0), *notches, (-190.0, 95.0)]
    with c.at(8, 11):
        c.fill(outline, dim(c.floor, 0.14))
    c.fill(outline, colour, (0, 8))
    for y in (-56, -28, 0, 28, 56):
        c.fill(oval(84, y, 5), dim(colour, 0.3))
    c.fill(oval(-70, 0, 56), RUST)
    c.put(bird, -72, 4, 0.6, CREAM)
    for y in (-34, 0, 34):
        c.line([(112, y), (160, y)], 9, dim(colour, 0.25))


def member_card(c: Canvas, colour: str = TEAL) -> None:
    """A member's card with a lark and a chip, centred, 440 wide and 280 high."""
    c.fill(rect(-208, -124, 440, 280, 28), dim(c.floor, 0.15))
    body = rect(-220, -140, 440, 280, 28)
    c.fill(body, colour)
    with c.inside(body):
        c.fill(oval(200, 180, 220), mix(colour, INK, 0.3))
        c.fill(oval(250, 210, 180), RUST)
    c.fill(rect(-184, -50, 72, 56, 10), MUSTARD)
    c.line(spots("-184,-22 -112,-22"), 4, dim(MUSTARD, 0.3))
    c.line(spots("-148,-50 -148,6"), 4, dim(MUSTARD, 0.3))
    c.put(bird, 128, -62, 1.0, CREAM)
    for x in (-184, -116, -48, 20):
        c.line([(x + 6, 62), (x + 44, 62)], 13, pale(colour, 0.6))


def bird(c: Canvas, colour: str = CREAM, wing: str = SEA) -> None:
    """The lark: singing, its crest up, facing right, centred, 140 wide."""
    c.fill(
        blob("-74,42! -42,12 -14,-18 6,-42 34,-52 54,-30 48,4 22,34 -12,44 -40,44 -64,60!"), colour
    )
    c.fill(blob("36,-50! 20,-58 -4,-64! 0,-48 10,-36!"), colour)
    c.fill(poly("46,-46 74,-50 52,-32"), colour)
    c.fill(poly("52,-32 72,-28 52,-20"), colour)
    c.fill(blob("14,-10! -10,-6 -38,18 -58,42! -18,34 8,18"), wing)
    c.fill(oval(32, -34, 5.5), INK)
