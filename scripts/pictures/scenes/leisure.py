"""Scenes: parties, books, music, hobbies, theatre and museums."""

from pictures.backdrops import cloud, disc, hills, steam, table
from pictures.canvas import Canvas
from pictures.palette import (
    BROWN,
    BUTTER,
    CREAM,
    CRUST,
    DARK,
    GREEN,
    INK,
    MUSTARD,
    ROSE,
    RUST,
    SEA,
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import oval, poly, rect
from pictures.things.bakery import cake_stand
from pictures.things.breakfast import popcorn
from pictures.things.crockery import mug
from pictures.things.entertainment import (
    balloon,
    book_row,
    books,
    bunting,
    gift,
    glasses,
    note,
    party_cake,
    party_horn,
    projector,
    record_player,
)
from pictures.things.garden import bush, potted
from pictures.things.hobbies import (
    camera,
    kettlebell,
    pencils,
    racket,
    tennis_ball,
    thread,
    trainer,
    tripod,
    yarn,
)
from pictures.things.household import table_lamp
from pictures.things.shopping import speaker
from pictures.things.stage import curtain, museum, pelmet, piano


def party(c: Canvas) -> None:
    """Presents and balloons."""
    table(c, TEAL, 450)
    for x, y, colour, turn in ((230, 420, MUSTARD, -8), (310, 400, RUST, 2), (380, 440, SEA, 12)):
        c.put(balloon, x, y, 1.05, colour, turn=turn)
    c.put(gift, 640, 500, 1.25, RUST, CREAM)
    c.put(gift, 850, 510, 0.9, MUSTARD, TEAL)
    c.put(gift, 460, 514, 0.7, CREAM, RUST)


def birthday(c: Canvas) -> None:
    """A cake with candles under bunting."""
    c.put(bunting, 0, 0, 1, 0)
    table(c, RUST, 440)
    c.put(cake_stand, 560, 510, 1.2, 180, TEAL)
    c.put(party_cake, 560, 376, 0.86)
    c.put(party_horn, 830, 506, 0.95, TEAL)
    c.put(gift, 290, 506, 0.8, MUSTARD, CREAM)


def reading(c: Canvas) -> None:
    """A pile of books with glasses and a mug."""
    disc(c, 380, 230, 160, MUSTARD)
    table(c, BROWN, 430)
    c.put(books, 480, 490, 1.35, (TEAL, CREAM, RUST, MUSTARD))
    c.floor = MUSTARD
    c.put(mug, 470, 234, 0.75, CREAM, BROWN)
    c.floor = BROWN
    c.put(steam, 470, 140, 0.6, CREAM)
    c.put(glasses, 810, 506, 1.2, CREAM)


def bookshelf(c: Canvas) -> None:
    """Two shelves of books with a lamp."""
    for y in (256, 510):
        c.fill(rect(80, y, 960, 22, 4), BROWN)
        c.fill(rect(80, y + 22, 960, 12), dim(c.floor, 0.12))
    c.floor = BROWN
    c.put(book_row, 130, 256, 1, "rcmtbgi")
    with c.at(500, 256, 1, 11):
        book_row(c, "r")
    c.put(potted, 680, 256, 0.75, RUST, GREEN)
    c.put(book_row, 790, 256, 1, "tmcr")
    c.put(table_lamp, 230, 510, 0.6, TEAL, MUSTARD)
    c.put(book_row, 380, 510, 1, "mtsgrcb")
    c.put(books, 880, 510, 0.72, (INK, RUST, CREAM))


def listening(c: Canvas) -> None:
    """A record player between loudspeakers."""
    disc(c, 560, 250, 220, RUST)
    table(c, BROWN, 430)
    c.put(speaker, 190, 490, 1.25, CRUST)
    c.put(speaker, 930, 490, 1.25, CRUST)
    c.put(record_player, 560, 500, 1.0, CRUST)
    c.put(note, 450, 200, 1.3, CREAM)
    c.put(note, 660, 170, 1.1, CREAM)


def cinema(c: Canvas) -> None:
    """A projector throwing its beam on a screen."""
    c.fill(poly("500,268 900,80 900,430 500,300"), mix(INK, BUTTER, 0.3))
    c.fill(rect(880, 60, 160, 390, 6), BUTTER)
    table(c, BROWN, 470)
    c.put(projector, 330, 516, 1.05, TEAL)
    c.put(popcorn, 660, 524, 0.62)


def photography(c: Canvas) -> None:
    """A camera on its tripod before mountains."""
    disc(c, 240, 190, 80, MUSTARD)
    c.fill(poly("360,420 640,110 920,420"), TEAL)
    c.fill(poly("640,110 578,179 616,200 644,176 672,206 704,181"), CREAM)
    c.fill(poly("680,420 880,200 1120,420"), dim(TEAL, 0.3))
    hills(c, "0,400 300,370 700,410 1120,380", GREEN)
    c.floor = GREEN
    c.put(tripod, 400, 540, 1.1)
    c.put(camera, 400, 276, 0.75, RUST)


def crafts(c: Canvas) -> None:
    """Wool, thread, scissors and pencils."""
    disc(c, 330, 250, 180, pale(BUTTER, 0.6))
    table(c, TEAL, 420)
    c.put(pencils, 310, 486, 1.15, RUST)
    c.put(yarn, 560, 492, 1.2, MUSTARD)
    c.put(thread, 780, 484, 1.15, RUST)
    c.put(thread, 890, 494, 1.15, CREAM)
    c.put(thread, 836, 360, 1.0, ROSE)


def sport(c: Canvas) -> None:
    """Racket, ball, running shoe and kettlebell."""
    disc(c, 350, 240, 170, CREAM)
    table(c, GREEN, 430)
    c.put(racket, 330, 506, 1.05, RUST, turn=18)
    c.put(tennis_ball, 250, 506, 0.9)
    c.put(kettlebell, 900, 490, 1.25, INK, MUSTARD)
    c.put(trainer, 640, 510, 1.15, TEAL, CREAM)


def stage(c: Canvas) -> None:
    """A grand piano in the light of an empty stage."""
    c.fill(poly("500,0 620,0 860,500 260,500"), mix(INK, BUTTER, 0.22))
    table(c, BROWN, 450)
    c.fill(oval(560, 496, 300, 40), CRUST)
    c.floor = CRUST
    c.put(piano, 590, 500, 1.0, DARK)
    c.put(curtain, 0, 0)
    c.put(curtain, 1120, 0, flip=True)
    c.put(pelmet, 0, 0)


def museum_square(c: Canvas) -> None:
    """A columned museum under a morning sun."""
    disc(c, 880, 170, 90, MUSTARD)
    c.put(cloud, 170, 150, 1.1)
    table(c, GREEN, 470)
    c.put(bush, 120, 480, 1.1, dim(GREEN, 0.25))
    c.put(bush, 1000, 480, 1.2, dim(GREEN, 0.25))
    c.put(museum, 560, 500, 1.0, CREAM)
