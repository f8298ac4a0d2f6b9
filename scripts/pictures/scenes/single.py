"""Scenes: one thing, for square pictures."""

from pictures.canvas import Canvas
from pictures.palette import BROWN, CREAM, CRUST, MIST, MUSTARD, RUST, TEAL, dim
from pictures.things.breakfast import egg_cup, toast_finger
from pictures.things.clothes import boot
from pictures.things.crockery import cutlery, dish, knife
from pictures.things.hobbies import camera, racket, tennis_ball
from pictures.things.shopping import shopping_bag
from pictures.things.stage import mask
from pictures.things.sweets import lolly


def place_setting(c: Canvas) -> None:
    """A plate between fork and knife, from above."""
    dish(c, 170, CREAM, MIST)
    c.put(cutlery, -222, 0, 1.5, MUSTARD)
    c.put(knife, 216, 0, 1.5, MUSTARD)


def tennis(c: Canvas) -> None:
    """A racket and a ball, from above."""
    c.put(racket, -170, 350, 1.45, RUST, turn=28)
    c.put(tennis_ball, -140, -60, 1.6)


def masks(c: Canvas) -> None:
    """A glad and a sad stage mask."""
    c.put(mask, 78, 64, 0.98, MUSTARD, "sad", turn=14)
    c.put(mask, -78, -50, 0.98, CREAM, "glad", turn=-10)


def boiled_egg(c: Canvas) -> None:
    """A boiled egg with fingers of toast."""
    c.put(toast_finger, 96, 0, 0.62, turn=24)
    c.put(toast_finger, 72, 2, 0.62, turn=6)
    c.put(egg_cup, -12, 0)


def camera_on_table(c: Canvas) -> None:
    """A camera standing on a table."""
    c.shadow(160)
    camera(c)


def boots(c: Canvas) -> None:
    """A pair of ankle boots."""
    c.put(boot, 46, -20, 1, dim(CRUST, 0.12), BROWN)
    c.put(boot, -30, 4, 1, CRUST, BROWN)


def carriers(c: Canvas) -> None:
    """Two paper carrier bags."""
    c.put(shopping_bag, 66, -14, 0.86, TEAL, MUSTARD)
    c.put(shopping_bag, -54, 0, 1, RUST, CREAM)


def lolly_flat(c: Canvas) -> None:
    """An ice lolly, centred."""
    with c.at(0, 185, 1):
        lolly(c)
