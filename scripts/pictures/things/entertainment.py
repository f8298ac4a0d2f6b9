"""Things: parties, books, music and film."""

from pictures.canvas import Canvas
from pictures.palette import (
    BROWN,
    CREAM,
    CRUST,
    GREEN,
    INK,
    MIST,
    MUSTARD,
    ROSE,
    RUST,
    SAND,
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import around, blob, curve, lens, oval, poly, rect, spots


def gift(
    c: Canvas, colour: str = RUST, ribbon: str = CREAM, w: float = 200, h: float = 170
) -> None:
    """A wrapped present with a bow."""
    c.shadow(w * 0.47)
    c.fill(rect(-w / 2, -h, w, h, 4), colour, w * 0.2)
    c.fill(rect(-w * 0.58, -h - w * 0.2, w * 1.16, w * 0.24, 5), pale(colour, 0.15), w * 0.2)
    c.fill(rect(-w * 0.09, -h - w * 0.2, w * 0.18, h + w * 0.2), ribbon)
    top = -h - w * 0.2
    for side in (False, True):
        with c.at(0, top, w / 200, 0, side):
            c.fill(blob("0,0! 20,-64 84,-76 92,-30 50,-4"), ribbon if not side else dim(ribbon))
            c.fill(blob("18,-14 40,-50 70,-54 68,-30 44,-14"), dim(ribbon, 0.22))
    c.fill(oval(0, top - w * 0.05, w * 0.085), ribbon)


def balloon(c: Canvas, colour: str = MUSTARD) -> None:
    """A balloon, its string ending at the origin, 330 high."""
    c.line(curve("0,0 12,-60 -8,-120 0,-186"), 4, INK)
    c.fill(poly("-12,-182 12,-182 0,-204"), dim(colour))
    c.fill(
        blob("0,-194 -50,-230 -66,-286 -36,-340 0,-350 36,-340 66,-286 50,-230"), colour, (18, 8)
    )
    c.line(oval(0, -284, 44, 46, 195, 240), 9, pale(colour, 0.6))


def bunting(c: Canvas, y: float = 40) -> None:
    """A string of pennants across the picture."""
    c.line(curve(f"-20,{y - 20} 280,{y + 50} 560,{y + 66} 840,{y + 50} 1140,{y - 20}"), 5, INK)
    looks = (RUST, MUSTARD, TEAL, CREAM)
    for i in range(11):
        x = 60 + i * 100
        top = y + 66 - ((x - 560) / 560) ** 2 * 74
        c.fill(poly(f"{x - 34},{top} {x + 34},{top} {x},{top + 72}"), looks[i % 4])


def party_cake(c: Canvas) -> None:
    """A two-tier iced cake with candles, 300 wide and 300 high."""
    c.fill(rect(-150, -110, 300, 110, 10), CREAM, 44)
    c.fill(rect(-104, -200, 208, 94, 10), ROSE, 36)
    drip = (
        "-108,-206! 108,-206! 108,-176 92,-160 76,-178 56,-150 "
        "34,-178 10,-164 -14,-180 -36,-148 -60,-178 -84,-160 -108,-176"
    )
    c.fill(blob(drip), RUST)
    c.fill(oval(0, -206, 108, 11), pale(RUST, 0.2))
    c.dots(spots("-118,-54 -70,-54 -22,-54 26,-54 74,-54 120,-54"), 12, MUSTARD)
    for x, colour in ((-60, TEAL), (-20, MUSTARD), (20, TEAL), (60, MUSTARD)):
        c.line([(x, -212), (x, -262)], 13, colour, 4)
        c.fill(lens(x, -268, x, -302, 18), RUST)


def party_horn(c: Canvas, colour: str = TEAL) -> None:
    """A cone party hat, 150 wide and 220 high."""
    c.shadow(66)
    hat = poly("-76,0 0,-200 76,0", 4)
    c.fill(hat, colour)
    with c.inside(hat):
        for y in (-20, -84, -148):
            c.line([(-90, y), (90, y - 40)], 17, MUSTARD)
        c.fill(poly("30,0 0,-200 90,0"), dim(colour))
    c.fill(oval(0, -206, 24), RUST, (7, 7))


def books(c: Canvas, looks: tuple[str, ...] = (TEAL, CREAM, RUST, MUSTARD)) -> None:
    """A pile of books lying, 300 wide and 50 each."""
    c.shadow(134)
    for i, colour in enumerate(looks):
        x = (0, 14, -10, 8, -4)[i % 5]
        w, y = 280 - i * 18, -i * 48
        c.fill(rect(x - w / 2, y - 48, w, 48, 6), colour, 0)
        c.fill(
            rect(x - w / 2 + 26, y - 40, w - 24, 32), pale(CREAM, 1) if colour != CREAM else SAND
        )
        for line in (-30, -20):
            c.line(
                [(x - w / 2 + 40, y + line), (x + w / 2 - 4, y + line)],
                2.5,
                SAND if colour != CREAM else CREAM,
            )
        c.fill(rect(x - w / 2, y - 48, 34, 48, 6), dim(colour, 0.12))


def open_book(c: Canvas, cover: str = TEAL) -> None:
    """An open book from the reader's side, 420 wide and 190 high."""
    c.shadow(180)
    c.fill(
        blob(
            "-214,-176! -100,-170 0,-150! 100,-170 214,-176! 214,-4! 100,-4 0,14! -100,-4 -214,-4!"
        ),
        cover,
    )
    c.fill(blob("-200,-186! -100,-196 0,-160! 0,0! -100,-28 -200,-18!"), CREAM)
    c.fill(blob("200,-186! 100,-196 0,-160! 0,0! 100,-28 200,-18!"), dim(CREAM, 0.09))
    for y in (-140, -112, -84, -56):
        c.line(curve(f"-172,{y - 14} -100,{y - 20} -34,{y - 2}"), 7, SAND)
        c.line(curve(f"172,{y - 14} 100,{y - 20} 34,{y - 2}"), 7, dim(SAND))
    c.fill(poly("96,-190 124,-192 124,-90 110,-106 96,-92"), RUST)


def book_row(c: Canvas, looks: str = "rtcmbrgi", w: float = 40) -> None:
    """Standing books, one a letter: r, t, c, m, b, g, i, s (the colours)."""
    table_ = {
        "r": RUST,
        "t": TEAL,
        "c": CREAM,
        "m": MUSTARD,
        "b": BROWN,
        "g": GREEN,
        "i": INK,
        "s": ROSE,
    }
    x = 0.0
    for i, key in enumerate(looks):
        h, wide = 150 + (i * 37) % 50, w + (i * 13) % 16
        c.fill(rect(x, -h, wide, h, 3), table_[key], 8)
        c.fill(rect(x, -h + 22, wide, 9), pale(table_[key], 0.4) if key != "c" else RUST)
        c.fill(rect(x, -38, wide, 9), pale(table_[key], 0.4) if key != "c" else RUST)
        x += wide + 2


def glasses(c: Canvas, colour: str = INK) -> None:
    """A pair of spectacles lying, 170 wide."""
    for x in (-44, 44):
        c.fill(oval(x, -34, 34, 30), pale(MIST, 0.4))
        c.line(oval(x, -34, 34, 30), 8, colour, shut=True)
    c.line(oval(0, -36, 11, 8, 180, 360), 7, colour)
    c.line(spots("-78,-38 -104,-62"), 7, colour)
    c.line(spots("78,-38 104,-62"), 7, colour)


def record(c: Canvas, label: str = RUST) -> None:
    """A vinyl record, centred, 400 wide."""
    c.fill(oval(10, 14, 200), dim(c.floor, 0.16))
    c.fill(oval(0, 0, 200), INK)
    for r in (170, 142, 114):
        c.line(oval(0, 0, r), 4, mix(INK, CREAM, 0.14), shut=True)
    for a in (-64, 116):
        c.fill([(0.0, 0.0), *oval(0, 0, 190, 190, a, a + 26)], mix(INK, CREAM, 0.22))
    c.fill(oval(0, 0, 72), label)
    c.line(oval(0, 0, 46), 7, pale(label, 0.4), shut=True)
    c.fill(oval(0, 0, 11), CREAM)


def record_player(c: Canvas, colour: str = CRUST) -> None:
    """A record player with its arm, seen from the front, 560 wide and 200 high."""
    c.shadow(260)
    for x in (-210, 210):
        c.fill(rect(x - 28, -18, 56, 18, 5), INK)
    c.fill(poly("-280,-110 -220,-210 220,-210 280,-110", 6), pale(colour, 0.3))
    c.fill(rect(-280, -114, 560, 100, 8), colour, 0)
    c.fill(oval(-44, -160, 176, 42), INK)
    c.line(oval(-44, -160, 136, 31), 3, mix(INK, CREAM, 0.2), shut=True)
    c.line(oval(-44, -160, 100, 22), 3, mix(INK, CREAM, 0.2), shut=True)
    c.fill(oval(-44, -160, 56, 13), RUST)
    c.fill(oval(-44, -160, 8, 3), CREAM)
    c.fill(oval(206, -182, 30, 12), MIST, (0, 4))
    c.line(spots("206,-196 176,-176 66,-150"), 9, MIST)
    c.fill(oval(206, -198, 13), MUSTARD)
    for x, look in ((-220, MUSTARD), (-166, RUST)):
        c.fill(oval(x, -64, 19), look, (5, 5))
    for i in range(9):
        c.line([(20 + i * 24, -84), (20 + i * 24, -44)], 7, dim(colour, 0.25))


def note(c: Canvas, colour: str = INK) -> None:
    """A quaver, 60 wide and 110 high."""
    with c.at(-12, -10, 1, -20):
        c.fill(oval(0, 0, 20, 15), colour)
    c.line(spots("5,-14 5,-100"), 7, colour)
    c.line(curve("5,-98 30,-84 30,-54"), 8, colour)


def projector(c: Canvas, colour: str = TEAL) -> None:
    """A film projector facing right, 360 wide and 340 high."""
    c.shadow(140)
    for x, y, r in ((-84, -262, 82), (78, -254, 64)):
        c.fill(oval(x, y, r), CRUST, (6, 6))
        c.dots([(x + a, y + b) for a, b in around(5, r * 0.58, -90)], r * 0.22, INK)
        c.fill(oval(x, y, r * 0.14), MUSTARD)
    c.line(spots("-90,-20 -120,-4"), 18, INK)
    c.line(spots("90,-20 120,-4"), 18, INK)
    c.fill(rect(-150, -190, 270, 166, 18), colour, 40)
    c.fill(oval(-86, -110, 36), dim(colour, 0.25))
    for x in (-20, 2, 24, 46):
        c.line([(x, -142), (x, -80)], 8, dim(colour, 0.25))
    c.fill(rect(110, -150, 44, 80, 6), RUST)
    c.fill(poly("150,-140 196,-156 196,-64 150,-80", 5), mix(INK, CREAM, 0.3))


def headphones(c: Canvas, colour: str = RUST) -> None:
    """A pair of headphones upright, 320 wide and 330 high."""
    for x in (-145, 145):
        c.shadow(44, x, -38)
    c.line(oval(0, -168, 132, 138, 180, 360), 36, INK)
    c.line(oval(0, -168, 132, 138, 210, 330), 20, CRUST)
    for side in (False, True):
        with c.at(0, 0, 1, 0, side):
            c.fill(rect(92, -206, 40, 150, 20), mix(INK, CREAM, 0.3))
            c.fill(rect(116, -222, 58, 182, 26), colour, 0)
            c.fill(rect(148, -200, 26, 138, 12), dim(colour, 0.2))
