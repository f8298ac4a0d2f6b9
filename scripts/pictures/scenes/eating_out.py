"""Scenes: eating out, meat and fish."""

from pictures.backdrops import arch, cloud, disc, hills, steam, table
from pictures.canvas import Canvas
from pictures.palette import (
    BLUSH,
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    GREEN,
    INK,
    MUSTARD,
    RUST,
    SAND,
    SEA,
    TEAL,
    dim,
    pale,
)
from pictures.shapes import blob, curve, oval, rect, spots
from pictures.things.bakery import biscuit
from pictures.things.crockery import bean, cafe_chair, carafe, cloche, cup, lamp, moka_pot, teapot
from pictures.things.garden import bush
from pictures.things.grill import board, burger, cleaver, fries, grill, paper_cup, rosemary, steak
from pictures.things.produce import basil
from pictures.things.seaside import fish, fishing_boat, gull, lemon_slice, waves


def dining(c: Canvas) -> None:
    """A café table for two under a lamp."""
    table(c, CRUST, 450)
    for x in (150, 970):
        arch(c, x, 450, 190, 350, SEA)
        arch(c, x, 450, 160, 330, TEAL)
    c.put(lamp, 560, 110, 1, 200, MUSTARD, pale(BLUSH, 0.45))
    c.put(cafe_chair, 330, 506, 1.1)
    c.put(cafe_chair, 790, 506, 1.1, flip=True)
    c.fill(oval(570, 514, 130, 18), dim(CRUST, 0.14))
    c.fill(rect(548, 330, 24, 180), INK)
    c.fill(oval(560, 512, 90, 14), INK)
    c.fill(
        blob("388,306! 732,306! 712,404! 660,384 620,412 560,388 500,412 460,384 408,404!"),
        CREAM,
        40,
    )
    c.fill(oval(560, 306, 172, 22), pale(CREAM), (0, 4))
    c.floor = CREAM
    c.put(cloche, 540, 306, 0.62)
    c.put(carafe, 672, 308, 0.6)


def quick_bites(c: Canvas) -> None:
    """A burger between chips and a paper cup."""
    disc(c, 560, 300, 250, pale(MUSTARD, 0.2))
    table(c, RUST, 440)
    c.put(paper_cup, 800, 478, 1.25, TEAL, CREAM)
    c.put(fries, 330, 486, 1.3, TEAL)
    c.put(burger, 560, 500, 1.5)


def coffee_tea(c: Canvas) -> None:
    """A coffee pot and a steaming cup."""
    arch(c, 560, 420, 520, 390, BUTTER)
    table(c, TEAL, 420)
    c.put(moka_pot, 450, 470, 1.45)
    c.put(cup, 690, 490, 1.15, RUST, BROWN, CREAM)
    c.put(steam, 690, 366, 1.0)
    for x, y, turn in ((300, 500, 20), (256, 516, -30), (880, 516, 40), (860, 480, 0)):
        c.put(bean, x, y, 0.9, turn=turn)


def tea(c: Canvas) -> None:
    """A teapot pouring company for two cups."""
    disc(c, 300, 230, 150, pale(MUSTARD, 0.3))
    table(c, CREAM, 400)
    c.put(teapot, 640, 460, 1.35, TEAL)
    c.put(cup, 350, 480, 1.05, MUSTARD, RUST, CREAM)
    c.put(steam, 350, 370, 0.9)
    c.put(biscuit, 880, 486, 1)
    c.put(biscuit, 915, 470, 1)


def barbecue(c: Canvas) -> None:
    """A kettle barbecue on the lawn at sunset."""
    disc(c, 830, 290, 130, MUSTARD)
    hills(c, "0,380 300,330 640,400 900,340 1120,370", SEA)
    hills(c, "0,460 400,430 800,450 1120,430", GREEN)
    c.floor = GREEN
    c.put(bush, 140, 470, 1.2, dim(GREEN, 0.25))
    c.put(bush, 1000, 466, 1.1, dim(GREEN, 0.25))
    c.put(steam, 548, 190, 1.5, pale(BLUSH, 0.6))
    for x in (446, 494):
        c.fill(rect(x, 224, 40, 40, 18), BROWN, 10)
    c.fill(rect(548, 222, 104, 40, 20), MUSTARD, (0, 12))
    c.dots(spots("572,238 596,238 620,238"), 6, BUTTER)
    c.put(grill, 540, 516, 1.15, RUST)


def butcher(c: Canvas) -> None:
    """A T-bone steak and a cleaver on a board."""
    c.put(board, 540, 280, 1, 640, 400, CRUST)
    c.floor = CRUST
    c.put(steak, 470, 290, 1.15)
    c.put(rosemary, 690, 400, 1.1, turn=-24)
    c.floor = SAND
    c.put(cleaver, 900, 200, 1.1, turn=62)
    c.dots(spots("250,140 276,160 246,176 720,130 744,150"), 8, INK)


def seafood(c: Canvas) -> None:
    """Two fish and lemon on a platter, from above."""
    c.fill(oval(572, 300, 400, 220), dim(c.floor, 0.14))
    c.fill(oval(560, 282, 400, 220), CREAM)
    c.fill(oval(560, 282, 330, 165), dim(CREAM, 0.07))
    c.put(fish, 540, 220, 1.35, TEAL)
    c.put(fish, 590, 352, 1.35, RUST, BUTTER)
    for x, y in ((262, 326), (846, 214)):
        c.put(lemon_slice, x, y, 1.2)
    c.put(basil, 850, 340, 0.7)


def harbour(c: Canvas) -> None:
    """A fishing boat at sea in the morning."""
    disc(c, 300, 250, 110, MUSTARD)
    c.put(cloud, 900, 150, 1.2)
    waves(c, 370, SEA, CREAM)
    c.put(fishing_boat, 590, 420, 1.25)
    c.fill(rect(0, 428, 1120, 132), TEAL)
    for i in range(9):
        x, y = 60 + i * 130, 450 + (i % 3) * 32
        c.line(curve(f"{x - 34},{y} {x - 12},{y - 7} {x + 12},{y} {x + 34},{y - 7}"), 5, SEA)
    c.put(gull, 560, 110, 1, INK)
    c.put(gull, 430, 90, 0.8, INK)
