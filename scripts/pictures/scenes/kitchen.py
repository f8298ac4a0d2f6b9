"""Scenes: cooking, larder and lunch."""

from pictures.backdrops import arch, disc, steam, table
from pictures.canvas import Canvas
from pictures.palette import (
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    DARK,
    GREEN,
    INK,
    MIST,
    MUSTARD,
    ORANGE,
    ROSE,
    RUST,
    SAND,
    TEAL,
    dim,
    pale,
)
from pictures.shapes import around, blob, curve, lens, oval, rect, spots
from pictures.things.bakery import basket, flour_bag, wheat
from pictures.things.crockery import bowl, cutlery, pitcher, spoon, tumbler
from pictures.things.grill import board, rosemary
from pictures.things.household import bowls
from pictures.things.larder import (
    casserole,
    chef_knife,
    gherkin,
    grain_bowl,
    hanging,
    honey,
    jar,
    lunch_box,
    oil_can,
    onion,
    packet,
    pasta,
    pizza,
    sack,
    sandwich,
    scoop,
    stove,
    tin,
)
from pictures.things.produce import basil, carrot, leaf, lemon, orange, tomato
from pictures.things.seaside import lemon_slice


def pasta_supper(c: Canvas) -> None:
    """A steaming bowl of pasta."""
    disc(c, 560, 270, 220, pale(MUSTARD, 0.2))
    table(c, TEAL, 420)
    c.put(steam, 560, 160, 1.2)
    c.put(bowl, 560, 500, 2.1, 100, CREAM, dim(CREAM, 0.1))
    c.put(pasta, 560, 440, 1.25)
    front = [*oval(560, 328, 210, 164, 0, 180), *reversed(oval(560, 328, 210, 36, 0, 180))]
    c.fill(front, CREAM, 60)
    c.put(tomato, 830, 500, 0.95)
    c.put(tomato, 912, 514, 0.75)
    c.put(fork_up, 300, 506, 1.3)


def fork_up(c: Canvas) -> None:
    """A fork lying on the table."""
    c.line(spots("-90,-12 40,-12"), 9, CREAM)
    c.fill(rect(36, -24, 30, 24, 10), CREAM)
    for y in (-21, -12, -3):
        c.line([(60, y), (100, y)], 5, CREAM)


def pizza_night(c: Canvas) -> None:
    """A pizza with one slice drawn out."""
    disc(c, 960, 80, 130, dim(c.floor, 0.06))
    c.put(pizza, 520, 284, 1.16)
    c.put(tomato_flat, 210, 150, 1)
    c.put(tomato_flat, 178, 240, 0.8)
    c.put(basil, 900, 440, 1.1)


def tomato_flat(c: Canvas) -> None:
    """A tomato from above."""
    c.fill(oval(6, 8, 44), dim(c.floor, 0.14))
    c.fill(oval(0, 0, 44), RUST, (6, 7))
    for x, y in around(5, 30, 12):
        c.fill(lens(0, 0, x, y, 11), GREEN)


def hob(c: Canvas) -> None:
    """A casserole steaming on the cooker."""
    c.fill(rect(180, 84, 760, 12, 6), BROWN)
    for x, kind in ((236, "ladle"), (310, "spoon"), (806, "turner")):
        c.put(hanging, x, 98, 0.9, kind, INK)
    c.put(stove, 560, 430, 1.2, 640, CREAM)
    c.fill(rect(420, 412, 280, 12, 5), DARK)
    c.floor = INK
    c.put(casserole, 560, 414, 1.15, RUST)
    c.put(steam, 560, 130, 0.95)
    c.put(jar, 880, 420, 0.8, MUSTARD, TEAL)


def chopping(c: Canvas) -> None:
    """Vegetables on a chopping board, from above."""
    c.put(board, 560, 282, 1, 720, 430, SAND)
    c.floor = SAND
    c.put(chef_knife, 610, 420, 1.25, turn=-8)
    c.put(onion, 330, 200, 1.3)
    c.put(onion, 320, 350, 1.0)
    c.put(carrot, 500, 350, 1.1, turn=24)
    for x in (610, 668, 726, 784):
        c.fill(oval(x + 4, 216, 34), dim(SAND, 0.16))
        c.fill(oval(x, 210, 34), ORANGE, (4, 4))
        c.fill(oval(x, 210, 20), MUSTARD)
    c.put(rosemary, 770, 308, 1.1, turn=-10)


def grains(c: Canvas) -> None:
    """Jars of grains and beans with a scoop."""
    disc(c, 830, 210, 130, MUSTARD)
    table(c, BROWN, 420)
    c.put(jar, 290, 460, 1.35, MUSTARD, CRUST, 200)
    c.put(jar, 470, 470, 1.35, RUST, CRUST, 160)
    c.put(sack, 760, 490, 1.3, SAND, CRUST)
    c.put(scoop, 500, 524, 1)
    c.put(wheat, 940, 470, 1.1, turn=14)
    c.put(wheat, 980, 480, 1.0, turn=26)


def bowl_of_grains(c: Canvas) -> None:
    """A bowl of grains and greens, from above."""
    disc(c, 160, 470, 150, dim(c.floor, 0.06))
    c.put(grain_bowl, 540, 280, 1.18)
    c.put(spoon, 870, 280, 1.7)


def juices(c: Canvas) -> None:
    """Three glasses of juice and an orange."""
    disc(c, 560, 270, 200, MUSTARD)
    table(c, CREAM, 420)
    c.put(tumbler, 420, 480, 1.6, RUST, MIST, TEAL)
    c.put(tumbler, 580, 496, 1.6, ORANGE, MIST, RUST)
    c.put(tumbler, 740, 480, 1.6, GREEN, MIST, MUSTARD)
    c.put(orange, 900, 500, 1.1)
    with c.at(250, 470, 1.15):
        c.shadow(44, 0, 46)
        lemon_slice(c, 52, ORANGE, MUSTARD)


def lemonade(c: Canvas) -> None:
    """A jug of lemonade with lemons."""
    arch(c, 520, 430, 420, 390, CREAM)
    table(c, TEAL, 430)
    c.put(pitcher, 510, 490, 1.45, MUSTARD, MIST)
    with c.at(500, 360, 0.8):
        lemon_slice(c, 50)
    with c.at(540, 430, 0.7):
        lemon_slice(c, 50)
    c.put(tumbler, 740, 500, 1.3, MUSTARD, MIST, RUST)
    c.put(lemon, 280, 500, 1)
    c.put(lemon, 880, 506, 0.9)


def larder(c: Canvas) -> None:
    """Two shelves of jars, tins and packets."""
    for y in (268, 520):
        c.fill(rect(90, y, 940, 22, 5), BROWN)
        c.fill(rect(90, y + 22, 940, 12), dim(c.floor, 0.12))
    c.floor = BROWN
    top = ((170, MUSTARD, RUST, 160), (310, GREEN, BROWN, 130), (820, RUST, TEAL, 150))
    for x, fill, lid, h in top:
        c.put(jar, x, 268, 1, fill, lid, h)
    c.put(packet, 450, 268, 0.95, TEAL)
    c.put(bowls, 630, 268, 0.95)
    c.floor = BROWN
    c.put(honey, 950, 268, 0.62)
    c.put(tin, 190, 520, 1, RUST, BUTTER, 130)
    c.put(tin, 330, 520, 1, GREEN, CREAM, 130)
    c.put(flour_bag, 480, 520, 0.85)
    c.put(oil_can, 630, 520, 0.85, TEAL)
    c.put(jar, 770, 520, 1, BROWN, RUST, 150)
    c.put(basket, 930, 520, 0.7, 240, 120, CRUST)
    c.put(onion_up, 900, 440, 0.6)


def onion_up(c: Canvas) -> None:
    """Two onions showing over a rim."""
    for x in (0, 90):
        c.fill(blob(f"{x},-70! {x + 50},-20 {x},10 {x - 50},-20"), ROSE, (14, 6))


def store_cupboard(c: Canvas) -> None:
    """Tins, a jar of pasta and a can of oil."""
    arch(c, 560, 430, 700, 370, pale(MUSTARD, 0.4))
    table(c, BROWN, 430)
    c.put(tin, 300, 480, 1.2, RUST, MUSTARD)
    c.put(tin, 420, 494, 1.2, TEAL, BUTTER)
    c.floor = TEAL
    c.put(tin, 360, 314, 1.2, GREEN, CREAM)
    c.floor = BROWN
    c.put(pasta_jar, 560, 490, 1.3)
    c.put(oil_can, 730, 490, 1.25, GREEN)
    c.put(tomato, 860, 500, 0.9)


def pasta_jar(c: Canvas) -> None:
    """A tall jar of spaghetti, 110 wide and 270 high."""
    c.shadow(48)
    c.fill(rect(-54, -270, 108, 270, 14), CREAM, 18)
    for x in (-34, -17, 0, 17, 34):
        c.line([(x, -14), (x * 0.9, -236)], 10, MUSTARD if x % 2 else CRUST)
    c.fill(rect(-46, -296, 92, 36, 8), CRUST, 16)


def lunch(c: Canvas) -> None:
    """A sandwich on a board with gherkins."""
    disc(c, 800, 240, 160, MUSTARD)
    table(c, TEAL, 420)
    c.fill(rect(250, 478, 640, 24, 12), CRUST, (0, 8))
    c.floor = CRUST
    c.put(sandwich, 500, 480, 1.35)
    c.put(gherkin, 780, 480, 1.1)
    c.put(gherkin, 836, 484, 0.8)
    c.floor = TEAL


def packed_lunch(c: Canvas) -> None:
    """A lunch box from above."""
    disc(c, 140, 480, 170, dim(c.floor, 0.05))
    c.put(lunch_box, 520, 280, 1.15)
    c.put(apple_flat, 930, 190, 1)
    c.put(cutlery, 920, 400, 1.0, turn=90)


def apple_flat(c: Canvas) -> None:
    """An apple from above."""
    c.fill(oval(8, 10, 66), dim(c.floor, 0.14))
    c.fill(oval(0, 0, 66), RUST, (9, 9))
    c.fill(oval(0, 0, 16), dim(RUST, 0.25))
    c.line(curve("0,0 8,-14 22,-22"), 7, BROWN)
    c.put(leaf, 10, -6, 0.7, turn=30)
