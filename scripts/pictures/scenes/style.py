"""Scenes: beauty, clothes, technology, antiques and shops."""

from pictures.backdrops import arch, disc, table
from pictures.canvas import Canvas
from pictures.palette import (
    BLUSH,
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    INK,
    MIST,
    MUSTARD,
    ROSE,
    RUST,
    SAND,
    SEA,
    TEAL,
    pale,
)
from pictures.shapes import blob, oval, rect, spots
from pictures.things.beauty import (
    bathtub,
    compact,
    dressing_mirror,
    hung_towel,
    lipstick,
    makeup_brush,
    nail_polish,
    perfume,
    pump,
    soap,
    toothbrushes,
)
from pictures.things.clothes import (
    boot,
    coat,
    dress,
    handbag,
    hat,
    heel,
    loafer,
    necklace,
    ring_box,
    shirt,
)
from pictures.things.crockery import mug
from pictures.things.entertainment import gift
from pictures.things.garden import potted, snake_plant, stool, tulip, vase
from pictures.things.household import sideboard, table_lamp, towels
from pictures.things.shopping import awning, carriage_clock, gilt_frame, gramophone, laptop, phone


def make_up(c: Canvas) -> None:
    """Lipstick, powder and scent."""
    arch(c, 560, 420, 600, 370, pale(BLUSH, 0.6))
    table(c, RUST, 420)
    c.put(compact, 350, 484, 1.2, TEAL)
    c.put(perfume, 590, 490, 1.35, MUSTARD)
    c.put(lipstick, 770, 490, 1.1, RUST, INK)
    c.put(makeup_brush, 900, 500, 1.1, ROSE, turn=12)


def dressing_table(c: Canvas) -> None:
    """A round mirror with nail polish and lotion."""
    arch(c, 560, 430, 560, 390, pale(MIST, 0.5))
    table(c, CRUST, 430)
    c.put(dressing_mirror, 560, 490, 1.25, MUSTARD)
    c.put(nail_polish, 350, 490, 1.1, RUST)
    c.put(nail_polish, 270, 504, 1.0, TEAL)
    c.put(pump, 780, 490, 0.9, TEAL)
    c.put(vase, 900, 494, 0.8, ROSE)
    c.put(tulip, 900, 346, 0.7, RUST)


def wash_stand(c: Canvas) -> None:
    """Towel, soap, lotion and toothbrushes."""
    for x in (0, 140, 280, 420, 560, 700, 840, 980):
        for y in (0, 140, 280):
            c.fill(rect(x + 5, y + 5, 130, 130, 6), pale(MIST, 0.28))
    table(c, CREAM, 420)
    c.fill(rect(150, 84, 240, 12, 6), INK)
    c.put(hung_towel, 270, 92, 1.15, RUST)
    c.put(toothbrushes, 500, 490, 1.1, TEAL)
    c.put(soap, 700, 500, 1.1, ROSE)
    c.put(pump, 880, 490, 1.05, MUSTARD)


def bath(c: Canvas) -> None:
    """A bath full of bubbles with a toy duck."""
    disc(c, 860, 150, 76, CREAM)
    table(c, TEAL, 450)
    c.put(bathtub, 560, 510, 1.2)
    for x, y, r in ((330, 190, 18), (400, 130, 26), (640, 150, 20), (700, 90, 13)):
        c.fill(oval(x, y, r), CREAM, (5, 5))
    c.put(stool, 960, 510, 0.8, CRUST)
    c.floor = CRUST
    c.put(towels, 960, 382, 0.62)
    c.floor = TEAL
    c.put(snake_plant, 150, 510, 0.95, RUST)


def fashion(c: Canvas) -> None:
    """Clothes on a rail with a hat and bag."""
    table(c, CRUST, 460)
    c.line(spots("230,500 230,90 890,90 890,500"), 13, INK)
    c.line(spots("190,502 270,502"), 13, INK)
    c.line(spots("850,502 930,502"), 13, INK)
    for x, thing, colour in (
        (330, coat, RUST),
        (470, shirt, CREAM),
        (600, dress, TEAL),
        (730, shirt, MUSTARD),
        (830, shirt, ROSE),
    ):
        c.put(thing, x, 112, 0.98, colour)
    c.put(handbag, 740, 506, 0.72, BROWN)
    c.put(hat, 450, 516, 0.85, MUSTARD, INK)


def shoe_shop(c: Canvas) -> None:
    """Boots and shoes on plinths."""
    arch(c, 330, 440, 300, 380, CREAM)
    arch(c, 790, 440, 300, 380, CREAM)
    table(c, TEAL, 440)
    c.fill(rect(200, 400, 300, 120, 6), RUST, 60)
    c.fill(rect(650, 420, 310, 100, 6), MUSTARD, 60)
    c.floor = RUST
    c.put(boot, 346, 402, 0.95, CRUST, BROWN)
    c.floor = MUSTARD
    c.put(heel, 800, 422, 0.95, RUST)
    c.floor = TEAL
    c.put(loafer, 560, 536, 0.95, BROWN)


def jewellery(c: Canvas) -> None:
    """A ring in its box, a necklace and a watch."""
    disc(c, 560, 250, 210, pale(MUSTARD, 0.25))
    table(c, TEAL, 430)
    c.put(necklace, 360, 490, 1.2)
    c.put(ring_box, 630, 496, 1.15, RUST)
    c.put(watch_on_cushion, 870, 506, 1)


def watch_on_cushion(c: Canvas) -> None:
    """A watch round a small cushion, 190 wide and 210 high."""
    c.shadow(84)
    c.fill(rect(-90, -118, 180, 118, 34), CREAM, 30)
    c.fill(rect(-36, -124, 72, 124, 6), BROWN, 14)
    c.fill(oval(0, -70, 62), MUSTARD, (6, 6))
    c.fill(oval(0, -70, 50), pale(CREAM, 0.5))
    c.line(spots("0,-70 -16,-88"), 6, INK)
    c.line(spots("0,-70 22,-94"), 5, INK)


def desk(c: Canvas) -> None:
    """A laptop, a telephone and headphones on a desk."""
    disc(c, 300, 220, 140, MUSTARD)
    table(c, CRUST, 430)
    c.put(laptop, 520, 490, 1.3)
    c.put(phone, 860, 486, 0.9, INK, RUST)
    c.put(mug, 980, 500, 0.75, CREAM)
    c.put(potted, 170, 490, 0.85, CREAM)


def antique_shop(c: Canvas) -> None:
    """A gramophone, a clock and a gilt picture."""
    c.put(gilt_frame, 330, 180, 1.0)
    table(c, RUST, 430)
    c.put(sideboard, 400, 510, 1.2, BROWN)
    c.floor = BROWN
    c.put(carriage_clock, 300, 330, 0.62, CRUST)
    c.put(vase, 470, 330, 0.72, SEA)
    c.floor = RUST
    c.put(gramophone, 800, 500, 1.15)


def store_front(c: Canvas) -> None:
    """The front of a department store at dusk."""
    table(c, SAND, 480)
    c.fill(rect(150, 50, 820, 440), CRUST)
    c.fill(rect(130, 40, 860, 26, 4), BROWN)
    for i in range(7):
        for j in range(2):
            if j == 0 or i != 3:
                x = 186 + i * 110
                c.fill(rect(x, 96 + j * 90, 74, 64), BUTTER if (i + j) % 3 else TEAL)
    c.fill(rect(150, 274, 820, 18), BROWN)
    c.fill(rect(500, 96, 120, 170), RUST)
    c.fill(oval(560, 180, 40), CREAM)
    c.line(spots("560,180 560,154"), 6, INK)
    c.line(spots("560,180 578,190"), 6, INK)
    for x in (300, 820):
        c.fill(rect(x - 110, 320, 220, 150), TEAL)
        c.put(awning, x, 296, 0.9, 250, RUST)
    c.fill(rect(484, 320, 152, 170), INK)
    c.fill(rect(496, 332, 60, 158), SEA)
    c.fill(rect(564, 332, 60, 158), SEA)
    c.put(awning, 560, 292, 0.7, 250, MUSTARD)
    c.floor = TEAL
    c.put(dress_form, 260, 470, 0.5)
    c.put(gift, 350, 470, 0.42, MUSTARD, CREAM)
    c.put(handbag, 780, 470, 0.42, MUSTARD)
    c.put(table_lamp, 870, 470, 0.3, RUST)


def dress_form(c: Canvas) -> None:
    """A dress on a shop stand, 250 high."""
    c.line(spots("0,0 0,-80"), 10, INK)
    c.fill(blob("-50,-240! 50,-240! 40,-170 80,-50! -80,-50! -40,-170"), ROSE, 20)
