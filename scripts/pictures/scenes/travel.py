"""Scenes: outdoors and travel."""

from pictures.backdrops import cloud, disc, hills, table
from pictures.canvas import Canvas
from pictures.palette import (
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
    mix,
    pale,
)
from pictures.shapes import curve, poly, rect, spots
from pictures.things.garden import bush
from pictures.things.outdoors import (
    bicycle,
    camper,
    campfire,
    car,
    charger,
    garage,
    pine,
    suitcase,
    tent,
)
from pictures.things.seaside import gull, waves
from pictures.things.transport import bed, bedside, plane, ship, train, viaduct


def camping(c: Canvas) -> None:
    """A tent by a camp fire below mountains."""
    disc(c, 820, 160, 70, BUTTER)
    c.fill(poly("-40,430 240,130 540,430"), SEA)
    c.fill(poly("300,430 620,90 960,430"), TEAL)
    c.fill(poly("620,90 555,160 596,186 626,160 652,192 688,162"), CREAM)
    c.fill(poly("700,430 960,220 1240,430"), SEA)
    hills(c, "0,420 400,390 800,420 1120,390", GREEN)
    c.floor = GREEN
    for x, y, h in ((90, 440, 250), (190, 460, 190), (960, 440, 260), (1050, 470, 210)):
        c.put(pine, x, y, 1, dim(GREEN, 0.35), h)
    c.put(tent, 480, 500, 1.15, RUST)
    c.put(campfire, 790, 510, 1.0)


def cycling(c: Canvas) -> None:
    """A bicycle by a hilly lane."""
    disc(c, 860, 190, 90, MUSTARD)
    hills(c, "0,340 260,270 560,330 860,270 1120,320", GREEN)
    c.fill(rect(0, 450, 1120, 110), SAND)
    c.floor = SAND
    c.put(bicycle, 540, 506, 1.25, RUST)


def motoring(c: Canvas) -> None:
    """A car beside a charging point at home."""
    table(c, CRUST, 450)
    c.put(garage, 640, 452, 1.05)
    c.put(bush, 180, 460, 1.0, GREEN)
    c.put(bush, 1010, 460, 0.9, GREEN)
    c.put(charger, 880, 480, 0.85, INK)
    c.put(car, 520, 510, 1.2, RUST)


def flying(c: Canvas) -> None:
    """An airliner over clouds."""
    disc(c, 820, 180, 110, MUSTARD)
    c.put(cloud, 190, 160, 1.2, pale(SEA, 0.5))
    c.put(cloud, 980, 330, 1.0, pale(SEA, 0.5))
    c.put(plane, 540, 250, 1.25, CREAM, RUST, turn=-6 + 12)
    for x, y, s in ((60, 560, 2.2), (360, 600, 2.4), (690, 590, 2.3), (1010, 570, 2.4)):
        c.put(cloud, x, y, s)


def hotel_room(c: Canvas) -> None:
    """A made bed by a window with a view."""
    c.fill(rect(600, 60, 300, 240, 8), CREAM)
    view = rect(616, 76, 268, 208)
    c.fill(view, SEA)
    with c.inside(view):
        disc(c, 800, 150, 36, MUSTARD)
        c.fill([*curve("616,220 700,180 780,230 884,190"), (884, 290), (616, 290)], TEAL)
    c.fill(rect(744, 60, 12, 240), CREAM)
    table(c, CRUST, 450)
    c.put(bed, 620, 510, 1.08, RUST)
    c.put(bedside, 180, 504, 1.05)
    c.floor = CRUST
    c.put(suitcase, 1010, 516, 0.62, TEAL)


def railway(c: Canvas) -> None:
    """A train crossing a viaduct."""
    disc(c, 260, 150, 80, MUSTARD)
    hills(c, "0,330 260,220 560,320 860,200 1120,290", SEA)
    hills(c, "0,420 300,380 700,430 1120,370", GREEN)
    c.floor = mix(GREEN, BUTTER, 0.35)
    viaduct(c, 340, CRUST)
    c.put(train, 470, 334, 0.92, RUST, 3)
    hills(c, "0,520 300,500 700,530 1120,505", dim(GREEN, 0.2))


def open_road(c: Canvas) -> None:
    """A camper van on a road between hills."""
    disc(c, 300, 180, 90, CREAM)
    c.fill(poly("-80,400 170,190 420,400"), ROSE)
    c.fill(poly("700,400 930,130 1180,400"), ROSE)
    c.fill(poly("930,130 1180,400 960,400"), dim(ROSE, 0.1))
    c.fill(poly("170,190 420,400 200,400"), dim(ROSE, 0.1))
    hills(c, "0,380 400,360 800,390 1120,370", MUSTARD)
    c.fill(rect(0, 440, 1120, 120), mix(INK, CREAM, 0.2))
    c.floor = mix(INK, CREAM, 0.2)
    for i in range(7):
        c.fill(rect(20 + i * 170, 524, 90, 10, 5), BUTTER)
    c.put(camper, 560, 500, 1.15, TEAL)
    c.put(cactus_wild, 140, 442, 1)
    c.put(cactus_wild, 990, 442, 0.75)


def cactus_wild(c: Canvas) -> None:
    """A tall roadside cactus."""
    c.line(spots("0,-70 -50,-76 -50,-124"), 28, GREEN, 7)
    c.line(spots("0,-96 46,-100 46,-150"), 28, dim(GREEN, 0.1), 7)
    c.fill(rect(-20, -200, 40, 200, 20), GREEN, 11)


def cruise(c: Canvas) -> None:
    """A cruise ship at sea."""
    disc(c, 880, 220, 110, MUSTARD)
    c.put(cloud, 190, 170, 1.2)
    waves(c, 400, TEAL, SEA)
    c.put(ship, 520, 424, 1.2, INK)
    c.fill(rect(0, 440, 1120, 120), TEAL)
    for i in range(9):
        x, y = 60 + i * 130, 462 + (i % 3) * 32
        c.line(curve(f"{x - 34},{y} {x - 12},{y - 7} {x + 12},{y} {x + 34},{y - 7}"), 5, SEA)
    c.put(gull, 340, 90, 1, INK)
    c.put(gull, 420, 140, 0.8, INK)
