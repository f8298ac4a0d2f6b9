"""Scenes: the newsletter itself."""

from pictures.backdrops import disc, hills, table
from pictures.canvas import Canvas
from pictures.palette import (
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    INK,
    MIST,
    MUSTARD,
    RUST,
    SAND,
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import curve, oval, rect
from pictures.things.letters import (
    bird,
    envelope,
    fountain_pen,
    ink_pot,
    open_letter,
    padlock,
    switch,
)
from pictures.things.outdoors import pine
from pictures.things.stage import bandstand


def sorting(c: Canvas) -> None:
    """Letters in the pigeonholes of a sorting rack."""
    c.fill(rect(250, 50, 620, 400, 10), BROWN, (0, 12))
    for row in range(3):
        for col in range(4):
            c.fill(rect(274 + col * 146, 72 + row * 122, 134, 108, 4), dim(BROWN, 0.45))
    table(c, CRUST, 450)
    c.floor = dim(BROWN, 0.45)
    places = (
        (0, 0, RUST),
        (1, 0, TEAL),
        (3, 0, MUSTARD),
        (0, 1, MUSTARD),
        (2, 1, RUST),
        (3, 1, TEAL),
        (1, 2, RUST),
        (2, 2, TEAL),
    )
    for col, row, stamp in places:
        with c.inside(rect(274 + col * 146, 72 + row * 122, 134, 108)):
            c.put(
                envelope,
                341 + col * 146,
                152 + row * 122,
                0.52,
                CREAM,
                stamp,
                turn=-5 + 4 * ((col + row) % 3),
            )
    c.floor = CRUST
    c.put(envelope, 210, 470, 0.8, CREAM, TEAL, turn=-12)
    c.put(envelope, 340, 486, 0.8, BUTTER, RUST, turn=8)


def settings(c: Canvas) -> None:
    """Three switches and a padlock."""
    disc(c, 820, 270, 190, pale(MIST, 0.5))
    c.fill(rect(190, 76, 430, 420, 30), dim(c.floor, 0.12))
    c.fill(rect(180, 64, 430, 420, 30), CREAM)
    c.floor = CREAM
    for y, on, colour in ((150, True, TEAL), (274, False, RUST), (398, True, RUST)):
        c.put(switch, 490, y, 0.9, on, colour)
        c.line([(236, y - 14), (350, y - 14)], 13, dim(SAND, 0.1))
        c.line([(236, y + 16), (310, y + 16)], 9, SAND)
    c.floor = pale(MIST, 0.5)
    c.put(padlock, 820, 410, 1.3, MUSTARD)


def winter_evening(c: Canvas) -> None:
    """A lit bandstand in falling snow."""
    disc(c, 900, 130, 56, BUTTER)
    hills(c, "0,420 300,380 700,420 1120,390", mix(INK, MIST, 0.35))
    hills(c, "0,470 400,450 800,470 1120,450", CREAM)
    c.floor = CREAM
    for x, h in ((100, 250), (200, 180), (960, 230), (1060, 280)):
        c.put(pine, x, 480, 1, TEAL, h)
    for string in ("100,240 230,262 330,244 440,170", "680,170 790,244 890,262 1020,240"):
        c.line(curve(string), 3, BUTTER)
        c.dots(curve(string)[6::11], 8, MUSTARD)
    c.put(bandstand, 560, 510, 1.08)
    for i in range(26):
        x, y = (i * 211 + 60) % 1120, (i * 89 + 30) % 400
        if not 320 < x < 800 or y < 70:
            c.fill(oval(x, y, 5 + i % 3), CREAM)


def question(c: Canvas) -> None:
    """A letter, a pen and a pot of ink."""
    disc(c, 200, 100, 160, dim(c.floor, 0.05))
    c.put(open_letter, 430, 300, 1.25)
    c.put(fountain_pen, 720, 400, 1.1, TEAL, turn=38)
    c.put(ink_pot, 900, 470, 1.15)


def lark(c: Canvas) -> None:
    """The lark mark: a singing lark on a disc."""
    c.fill(oval(80, 80, 78), TEAL)
    with c.inside(oval(80, 80, 78)):
        c.fill(oval(122, 42, 34), MUSTARD)
    c.put(bird, 82, 86, 0.76)
