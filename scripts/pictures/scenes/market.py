"""Scenes: dairy, market, bakery, breakfast and sweets."""

from pictures.backdrops import arch, disc, table
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
    ORANGE,
    ROSE,
    RUST,
    SEA,
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import oval, rect
from pictures.things.bakery import (
    baguette,
    basket,
    bread_slice,
    butter_dish,
    cake_stand,
    cheese_wedge,
    cheese_wheel,
    cupcake,
    egg,
    flour_bag,
    grapes,
    layer_cake,
    loaf,
    milk_bottle,
    rack,
    rolling_pin,
    whisk,
    yogurt,
)
from pictures.things.breakfast import (
    berry,
    crisp_bag,
    crisps,
    fried_egg,
    heap,
    pancakes,
    popcorn,
    pretzel,
)
from pictures.things.crockery import bowl, cup, cutlery, dish, knife, latte, tumbler
from pictures.things.produce import (
    apple,
    aubergine,
    banana,
    beetroot,
    carrot,
    crate,
    leek,
    lemon,
    orange,
    pear,
    pumpkin,
    tomato,
)
from pictures.things.sweets import chocolate_bar, cone, pudding, sundae, sweet_jar


def cheeseboard(c: Canvas) -> None:
    """A cut wheel, a wedge and grapes."""
    disc(c, 300, 260, 190, pale(MUSTARD, 0.35))
    table(c, TEAL, 410)
    c.fill(rect(150, 462, 820, 26, 10), BROWN, (0, 8))
    c.fill(oval(560, 496, 430, 12), dim(TEAL))
    c.floor = BROWN
    c.put(cheese_wheel, 390, 466, 1.2, RUST)
    c.put(cheese_wedge, 720, 462, 0.95)
    c.put(grapes, 920, 464, 1.0, GREEN)


def dairy(c: Canvas) -> None:
    """Milk, butter and yogurt on a shelf."""
    arch(c, 560, 430, 760, 390, SEA)
    table(c, CRUST, 430)
    c.put(milk_bottle, 340, 470, 1.3)
    c.put(tumbler, 460, 486, 1.0, CREAM, MIST)
    c.put(butter_dish, 660, 490, 1.15)
    c.put(yogurt, 870, 470, 1.15)


def vegetables(c: Canvas) -> None:
    """A crate of vegetables."""
    disc(c, 800, 240, 160, MUSTARD)
    table(c, BROWN, 430)
    c.put(leek, 420, 440, 1.05, turn=-10)
    c.put(aubergine, 690, 420, 1.1, turn=14)
    c.put(carrot, 500, 450, 1.2, turn=-8)
    c.put(carrot, 566, 450, 1.25, turn=4)
    c.put(beetroot, 630, 416, 1.2)
    c.put(leek, 760, 440, 1.0, turn=16)
    c.put(crate, 580, 500, 1.15)
    c.put(pumpkin, 250, 498, 1.1)
    c.put(tomato, 880, 500, 1.0)
    c.put(tomato, 960, 512, 0.8)


def fruit_bowl(c: Canvas) -> None:
    """A bowl of fruit."""
    arch(c, 560, 420, 560, 380, SEA)
    table(c, RUST, 420)
    c.put(pear, 530, 330, 1.05, turn=-6)
    c.put(apple, 432, 322, 1.05)
    c.put(orange, 620, 316, 1.1, CRUST)
    c.put(apple, 700, 326, 1.0, GREEN)
    c.put(banana, 560, 320, 1.25)
    c.put(bowl, 560, 486, 1.9, 100, CREAM)
    c.put(lemon, 300, 496, 0.95)
    c.put(orange, 850, 496, 1)


def baking(c: Canvas) -> None:
    """A mixing bowl, flour, eggs and a rolling pin."""
    disc(c, 560, 250, 210, pale(BLUSH, 0.55))
    table(c, MUSTARD, 410)
    c.put(flour_bag, 310, 456, 1.35)
    c.put(whisk, 590, 380, 1.2, INK, turn=20)
    c.put(bowl, 560, 480, 1.35, 120, TEAL)
    c.put(egg, 790, 462, 0.95)
    c.put(egg, 862, 470, 0.9, BLUSH)
    c.put(rolling_pin, 850, 530, 1.0)


def cupcakes(c: Canvas) -> None:
    """A row of iced cakes cooling on a rack."""
    arch(c, 560, 440, 640, 370, pale(BUTTER, 0.6))
    table(c, TEAL, 440)
    c.fill(oval(560, 500, 380, 16), dim(TEAL))
    c.put(rack, 560, 430, 1.2)
    c.floor = INK
    looks = ((ROSE, RUST), (CREAM, TEAL), (MUSTARD, BROWN), (ROSE, GREEN))
    for i, (icing, paper) in enumerate(looks):
        c.put(cupcake, 302 + i * 172, 432, 1.25, icing, paper)


def bread(c: Canvas) -> None:
    """A loaf, slices and a basket of baguettes."""
    disc(c, 330, 240, 170, MUSTARD)
    table(c, BROWN, 420)
    for x, turn in ((770, -14), (820, -4), (872, 6), (918, 16)):
        c.put(baguette, x, 440, 0.95, turn=turn)
    c.put(basket, 845, 498, 1.05, 260, 150, TEAL)
    c.fill(rect(170, 470, 520, 24, 12), CRUST, (0, 8))
    c.floor = CRUST
    c.put(loaf, 340, 474, 1.25)
    c.put(bread_slice, 545, 472, 1.0, turn=6)
    c.put(bread_slice, 615, 472, 1.0, turn=9)


def cakes(c: Canvas) -> None:
    """A layer cake on its stand."""
    arch(c, 560, 440, 520, 410, pale(BLUSH, 0.5))
    table(c, TEAL, 440)
    c.put(cake_stand, 560, 500, 1.3, 170, MUSTARD)
    c.floor = pale(BLUSH, 0.5)
    c.put(layer_cake, 560, 354, 1.2)
    c.floor = TEAL
    c.put(cup, 300, 500, 0.9, CREAM, BROWN, CREAM)
    c.put(cupcake, 830, 500, 0.9, ROSE, RUST)


def breakfast(c: Canvas) -> None:
    """Eggs, toast and tomato from above, with coffee."""
    c.put(cutlery, 260, 290, 1.3)
    c.put(knife, 800, 290, 1.3)
    c.put(dish, 530, 284, 1.35, 165, CREAM)
    c.put(fried_egg, 468, 240, 1.15)
    c.put(fried_egg, 520, 350, 1.05, turn=70)
    with c.at(612, 300, 0.95, 16):
        bread_slice(c)
    c.fill(oval(596, 366, 32), RUST, (4, 5))
    c.fill(oval(596, 366, 22), ROSE)
    c.put(latte, 950, 160, 0.6, RUST)


def stack(c: Canvas) -> None:
    """A stack of pancakes with berries and juice."""
    disc(c, 800, 220, 140, MUSTARD)
    table(c, CREAM, 420)
    c.put(pancakes, 540, 500, 1.5)
    c.put(tumbler, 820, 490, 1.35, CRUST, MIST, RUST)
    for x, y, turn in ((270, 496, 20), (226, 500, -60), (312, 516, -10)):
        c.put(berry, x, y, 0.9, turn=turn)


def snacks(c: Canvas) -> None:
    """Three bowls of nibbles."""
    table(c, MUSTARD, 380)
    c.put(in_bowl, 270, 460, 1.3, TEAL, "olives")
    c.put(in_bowl, 840, 460, 1.3, CREAM, "nuts")
    c.put(in_bowl, 555, 500, 1.8, RUST, "crisps")


def in_bowl(c: Canvas, colour: str, what: str) -> None:
    """A bowl heaped with crisps, olives or nuts."""
    bowl(c, 110, colour, dim(colour, 0.4))
    with c.at(0, -86):
        if what == "crisps":
            crisps(c, 100)
        elif what == "olives":
            heap(c, 116, GREEN, 25, RUST)
        else:
            heap(c, 112, CRUST, 24, BROWN)
    front = [*oval(0, -90, 110, 86, 0, 180), *reversed(oval(0, -90, 110, 18, 0, 180))]
    c.fill(front, colour, 33)


def film_night(c: Canvas) -> None:
    """Popcorn, a bag of crisps and pretzels."""
    disc(c, 560, 280, 220, RUST)
    table(c, BROWN, 430)
    c.put(crisp_bag, 740, 486, 1.25, MUSTARD)
    c.put(popcorn, 500, 500, 1.35)
    c.floor = BROWN
    c.put(pretzel, 300, 480, 0.45)


def chocolate(c: Canvas) -> None:
    """An opened bar of chocolate, from above."""
    disc(c, 900, 500, 200, pale(ROSE, 0.4))
    disc(c, 160, 60, 130, pale(ROSE, 0.4))
    c.put(chocolate_bar, 560, 290, 1.25, TEAL, turn=-10)
    c.put(chocolate_piece, 240, 440, 1.2, turn=24)
    c.put(chocolate_piece, 160, 356, 1.2, turn=-12)


def chocolate_piece(c: Canvas) -> None:
    """A square broken off a bar."""
    c.fill(rect(-28, -24, 66, 68, 6), dim(c.floor, 0.16))
    c.fill(rect(-33, -33, 66, 66, 6), BROWN)
    c.fill(rect(-27, -27, 52, 52, 6), mix(BROWN, CRUST, 0.3), (7, 7))


def sweet_shop(c: Canvas) -> None:
    """Jars of sweets on a shelf."""
    c.fill(rect(0, 440, 1120, 26), BROWN)
    c.fill(rect(0, 466, 1120, 94), dim(c.floor, 0.1))
    c.floor = BROWN
    c.put(sweet_jar, 320, 444, 1.25, (RUST, ORANGE, ROSE), TEAL)
    c.put(sweet_jar, 570, 444, 1.25, (MUSTARD, BUTTER, CRUST), RUST)
    c.put(sweet_jar, 820, 444, 1.25, (TEAL, SEA, GREEN), MUSTARD)


def ice_creams(c: Canvas) -> None:
    """Three ice-cream cones."""
    disc(c, 560, 290, 230, CREAM)
    c.put(cone, 350, 510, 1.3, MUSTARD, turn=-12)
    c.put(cone, 770, 510, 1.3, GREEN, turn=12)
    c.put(cone, 560, 545, 1.45, ROSE, BROWN)


def desserts(c: Canvas) -> None:
    """A caramel custard and a sundae."""
    arch(c, 760, 430, 330, 380, pale(MUSTARD, 0.4))
    table(c, RUST, 430)
    c.put(pudding, 400, 500, 1.35)
    c.put(sundae, 760, 500, 1.3)
