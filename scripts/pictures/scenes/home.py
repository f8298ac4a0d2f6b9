"""Scenes: pets, garden and home."""

from pictures.backdrops import arch, cloud, disc, hills, table
from pictures.canvas import Canvas
from pictures.palette import (
    BLUSH,
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    GREEN,
    INK,
    MIST,
    MUSTARD,
    ROSE,
    RUST,
    SEA,
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import blob, curve, oval, rect
from pictures.things.bakery import basket
from pictures.things.crockery import mug
from pictures.things.garden import (
    bush,
    cactus,
    monstera,
    pot,
    potted,
    shed,
    snake_plant,
    stool,
    sunflower,
    trowel,
    tulip,
    vase,
    watering_can,
)
from pictures.things.household import (
    armchair,
    bowls,
    broom,
    bucket,
    crock,
    floor_lamp,
    framed,
    hung_pan,
    plates,
    saucepan,
    sideboard,
    sponge,
    spray,
    towels,
    washer,
)
from pictures.things.larder import hanging
from pictures.things.pets import ball, cat, dog, pet_bowl
from pictures.things.produce import pear
from pictures.things.tools import hammer, ladder, paint_tin, roller, saw, screwdriver, spanner


def dog_at_home(c: Canvas) -> None:
    """A dog sitting by its bowl."""
    arch(c, 560, 450, 440, 400, pale(MUSTARD, 0.3))
    table(c, TEAL, 450)
    c.put(dog, 590, 510, 1.28, CRUST, RUST)
    c.put(pet_bowl, 310, 520, 0.72, RUST)
    c.put(ball, 840, 520, 1.1, MUSTARD, RUST)


def cat_at_window(c: Canvas) -> None:
    """A cat on the window sill at dusk."""
    c.fill(rect(290, 40, 540, 410, 8), CREAM)
    c.fill(rect(308, 58, 504, 380), TEAL)
    with c.inside(rect(308, 58, 504, 380)):
        disc(c, 700, 150, 54, BUTTER)
        hills_in = "308,380 420,330 560,370 700,320 812,350"
        c.fill([*curve(hills_in), (812, 440), (308, 440)], mix(TEAL, INK, 0.5))
    c.fill(rect(554, 58, 12, 380), CREAM)
    c.fill(rect(250, 440, 620, 30, 6), CREAM, (0, 10))
    c.fill(blob("290,30! 350,30! 330,200 240,420! 230,440! 220,30!"), RUST, 20)
    c.fill(blob("830,30! 770,30! 790,200 880,420! 890,440! 900,30!"), RUST, 20)
    c.fill(rect(200, 20, 720, 18, 9), BROWN)
    c.floor = CREAM
    c.put(cat, 480, 444, 1.05, INK)
    c.put(potted, 720, 444, 0.9, RUST)


def gardening(c: Canvas) -> None:
    """A watering can, seedlings and a trowel."""
    disc(c, 860, 190, 110, MUSTARD)
    hills(c, "0,380 300,350 700,390 1120,350", GREEN)
    hills(c, "0,440 500,425 1120,440", BROWN)
    c.floor = BROWN
    c.put(watering_can, 550, 500, 1.3, TEAL)
    c.put(potted, 190, 500, 1.15, RUST, dim(GREEN, 0.3))
    c.put(potted, 880, 500, 1.2, RUST, dim(GREEN, 0.3))
    c.put(trowel, 1010, 506, 1.05, MUSTARD, turn=10)


def back_garden(c: Canvas) -> None:
    """A shed among tall flowers."""
    disc(c, 260, 170, 80, CREAM)
    c.put(cloud, 900, 150, 1.1)
    hills(c, "0,360 300,330 700,350 1120,320", mix(GREEN, BUTTER, 0.35))
    hills(c, "0,450 500,430 1120,450", GREEN)
    c.floor = GREEN
    c.put(shed, 600, 460, 1.15, TEAL)
    c.put(bush, 850, 470, 1.1, dim(GREEN, 0.25), ROSE)
    c.put(bush, 390, 470, 0.9, dim(GREEN, 0.25), CREAM)
    for x, h, colour in (
        (180, 250, MUSTARD),
        (260, 200, RUST),
        (980, 230, MUSTARD),
        (1050, 180, CREAM),
    ):
        c.put(sunflower, x, 530, 1, colour, h)


def flowers(c: Canvas) -> None:
    """A vase of tulips."""
    arch(c, 560, 430, 420, 400, CREAM)
    table(c, RUST, 430)
    for x, turn, h, colour in (
        (-40, -24, 180, MUSTARD),
        (38, 24, 180, ROSE),
        (-18, -10, 220, RUST),
        (20, 11, 214, MUSTARD),
        (0, 0, 170, ROSE),
    ):
        c.put(tulip, 560 + x * 0.4, 330, 1, colour, h * 0.8, turn=turn)
    c.put(vase, 560, 490, 1.2, TEAL)
    c.put(mug, 780, 490, 0.9, MUSTARD)
    c.put(pear, 340, 494, 0.7, GREEN)


def houseplants(c: Canvas) -> None:
    """Four house plants in pots."""
    table(c, CRUST, 450)
    c.floor = BLUSH
    c.put(monstera, 330, 270, 1.0, turn=-22)
    c.put(monstera, 420, 270, 0.9, turn=24)
    c.put(monstera, 376, 270, 1.15, dim(GREEN, 0.2))
    c.floor = CRUST
    c.put(stool, 376, 510, 1, BROWN, 120)
    c.put(pot, 376, 378, 1.15, RUST)
    c.put(snake_plant, 600, 510, 1.15, CREAM)
    c.put(cactus, 800, 510, 1.05, TEAL)


def cleaning(c: Canvas) -> None:
    """A bucket of suds, a spray bottle and a sponge."""
    disc(c, 420, 270, 200, SEA)
    table(c, TEAL, 430)
    c.put(broom, 880, 500, 1.0, CRUST, turn=8)
    c.put(bucket, 440, 500, 1.35, RUST)
    c.put(spray, 680, 494, 1.05, MUSTARD, TEAL)
    c.put(sponge, 820, 520, 0.9)
    for x, y, r in ((300, 160, 20), (350, 100, 13), (560, 130, 16), (500, 180, 10)):
        c.fill(oval(x, y, r), CREAM, (4, 4))


def laundry(c: Canvas) -> None:
    """A washing machine and folded towels."""
    c.fill(rect(620, 160, 330, 16, 6), BROWN)
    c.floor = BLUSH
    c.put(potted, 710, 160, 0.48, TEAL)
    table(c, CRUST, 450)
    c.put(washer, 430, 500, 1.25)
    c.put(basket, 760, 510, 1.25, 250, 130, CREAM)
    c.floor = CREAM
    c.put(towels, 760, 356, 0.85)


def tableware(c: Canvas) -> None:
    """Stacked plates and bowls with a crock of spoons."""
    disc(c, 780, 220, 150, CREAM)
    table(c, MUSTARD, 420)
    c.put(plates, 300, 490, 1.2)
    c.put(bowls, 560, 490, 1.3)
    c.floor = MUSTARD
    c.put(crock, 800, 490, 1.15)
    c.put(mug, 950, 500, 0.9, RUST)


def pot_rail(c: Canvas) -> None:
    """Pans hanging from a rail."""
    c.fill(rect(150, 90, 820, 14, 7), BROWN)
    for x, colour, r in ((260, RUST, 66), (420, TEAL, 84), (700, MUSTARD, 74), (860, RUST, 58)):
        c.put(hung_pan, x, 104, 1, colour, r)
    c.put(hanging, 560, 104, 1.1, "ladle")
    table(c, CRUST, 470)
    c.put(saucepan, 380, 520, 0.9, TEAL)
    c.put(mug, 640, 520, 0.8, CREAM)
    c.put(mug, 770, 520, 0.8, MUSTARD)


def living_room(c: Canvas) -> None:
    """An armchair, a lamp and a plant."""
    table(c, CRUST, 450)
    c.fill(oval(560, 506, 380, 30), RUST)
    c.floor = RUST
    c.put(framed, 250, 190, 1.0)
    c.floor = CRUST
    c.put(sideboard, 270, 490, 0.92, BROWN)
    c.floor = BROWN
    c.put(vase, 200, 352, 0.5, MUSTARD)
    c.floor = RUST
    c.put(armchair, 620, 510, 1.25, TEAL)
    c.floor = CRUST
    c.put(floor_lamp, 850, 500, 1.05, MUSTARD)
    c.put(snake_plant, 990, 500, 0.85, CREAM)


def workshop(c: Canvas) -> None:
    """Tools hanging on a board."""
    c.fill(rect(130, 40, 860, 390, 14), CRUST, (0, 10))
    for i in range(14):
        for j in range(6):
            c.fill(oval(170 + i * 60, 76 + j * 60, 4), dim(CRUST, 0.2))
    table(c, BROWN, 470)
    c.floor = CRUST
    c.put(hammer, 270, 396, 0.95, RUST)
    c.put(screwdriver, 420, 370, 0.95, MUSTARD)
    c.put(screwdriver, 490, 350, 0.8, RUST)
    c.put(spanner, 590, 390, 0.95, MIST)
    c.put(saw, 800, 170, 0.85, TEAL)
    c.put(spanner, 690, 396, 0.62, MIST)
    c.floor = BROWN
    c.put(paint_tin, 860, 500, 0.9, TEAL)


def decorating(c: Canvas) -> None:
    """A half-painted wall, a ladder and paint."""
    paint = "0,0! 640,0! 640,90 600,140 650,200 600,260 640,330 600,400 620,450! 0,450!"
    c.fill(blob(paint), ROSE)
    table(c, BROWN, 450)
    c.put(ladder, 850, 510, 1.08)
    c.put(paint_tin, 330, 510, 1.1, ROSE)
    c.put(roller, 540, 500, 1.05, RUST, turn=-8)
