"""Things: dairy and bakery."""

from pictures.canvas import Canvas
from pictures.palette import (
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
    TEAL,
    dim,
    pale,
)
from pictures.shapes import blob, curve, lens, oval, poly, rect, spots


def cheese_wedge(c: Canvas) -> None:
    """A wedge of holed cheese, 320 wide and 190 high."""
    c.shadow(140)
    c.fill(poly("-160,-96 70,-190 160,-128", 4), BUTTER)
    c.fill(poly("-160,-96 160,-128 160,-6 -160,0", 4), MUSTARD)
    c.fill(poly("-160,-96 70,-190 160,-128 160,-118 66,-178", 2), CRUST)
    holes = ((-96, -46, 22), (-20, -76, 15), (20, -30, 26), (92, -78, 24), (116, -26, 13))
    for x, y, r in holes:
        c.fill(oval(x, y, r, r * 0.92), dim(MUSTARD, 0.22))
        c.fill(oval(x + r * 0.2, y + r * 0.2, r * 0.72, r * 0.66), dim(MUSTARD, 0.1))


def cheese_wheel(c: Canvas, rind: str = RUST) -> None:
    """A wheel of cheese with a wedge missing at the front, 380 wide and 190 high."""
    c.shadow(180)
    c.fill(rect(-190, -120, 380, 80), rind)
    c.fill(oval(0, -46, 190, 46, 0, 180), rind)
    c.fill(poly("120,-110 190,-120 190,-40 150,-20 120,-12"), dim(rind))
    c.fill(oval(0, -124, 190, 50), BUTTER)
    c.line(oval(0, -124, 184, 46), 10, rind, shut=True)
    c.fill(poly("0,-124 -70,-78 -70,8 64,8 64,-78"), c.floor)
    c.fill(poly("0,-124 -72,-80 -72,-4 0,-44"), MUSTARD)
    c.fill(poly("0,-124 66,-80 66,-4 0,-44"), dim(MUSTARD, 0.2))
    c.fill(poly("0,-44 -72,-4 0,10 66,-4"), c.floor)


def grapes(c: Canvas, colour: str = TEAL) -> None:
    """A small bunch of grapes lying down, 130 wide."""
    c.shadow(60)
    c.line(curve("56,-60 72,-78 92,-80"), 6, BROWN)
    rows = "-50,-22 -18,-20 14,-22 46,-22 -32,-46 2,-48 34,-48 60,-42 -12,-70 22,-72 48,-66"
    c.dots(spots(rows), 21, colour, (7, 6))


def milk_bottle(c: Canvas, cap: str = RUST) -> None:
    """A bottle of milk, 100 wide and 250 high."""
    c.shadow(46)
    c.fill(blob("-26,-250! 26,-250! 26,-206 54,-144 54,-10! -54,-10! -54,-144 -26,-206"), CREAM, 20)
    c.fill(rect(-54, -20, 108, 20, 9), CREAM, 20)
    c.fill(rect(-33, -262, 66, 24, 6), cap, 14)
    c.line(spots("-36,-130 -36,-40"), 8, "#ffffff")


def butter_dish(c: Canvas) -> None:
    """A block of butter on a dish with a curl cut off, 260 wide."""
    c.shadow(116)
    c.fill(oval(0, -12, 136, 20), TEAL, (0, 8))
    c.fill(poly("-92,-82 -70,-100 100,-100 84,-82"), pale(BUTTER))
    c.fill(rect(-92, -84, 176, 68, 4), BUTTER)
    c.fill(poly("84,-84 100,-100 100,-34 84,-16"), dim(BUTTER))
    c.fill(poly("-120,-80 -106,-92 -98,-30 -112,-16", 4), BUTTER, 8)


def yogurt(c: Canvas) -> None:
    """A glass jar of yogurt with fruit at the bottom, 110 wide."""
    c.shadow(48)
    c.line(spots("10,-120 46,-214"), 10, MUSTARD)
    c.fill(rect(-54, -130, 108, 130, 18), CREAM, 20)
    c.fill(rect(-46, -52, 92, 44, 14), RUST, 16)
    c.fill(rect(-46, -60, 92, 20), ROSE, 16)
    c.fill(rect(-58, -140, 116, 18, 8), pale(CREAM), 20)
    c.dots(spots("-18,-146 8,-150 24,-144"), 13, INK, 5)


def loaf(c: Canvas) -> None:
    """A round country loaf, 300 wide and 160 high."""
    c.shadow(132)
    c.fill(
        blob("-150,-50 -124,-116 -50,-156 50,-156 124,-116 150,-50 120,0! -120,0!"), CRUST, (34, 10)
    )
    for x, y, h in ((-86, -64, 56), (-28, -70, 74), (30, -70, 74), (88, -64, 52)):
        c.fill(lens(x - 16, y + h * 0.4, x + 18, y - h * 0.6, 20), BUTTER)
    c.dots(spots("-110,-34 -56,-18 0,-24 60,-16"), 5, pale(CRUST, 0.4))


def bread_slice(c: Canvas, crumb: str = BUTTER) -> None:
    """A slice of tin loaf facing us, 150 wide and 150 high."""
    shape = "-62,0! -62,-84 -82,-116 -52,-148 52,-148 82,-116 62,-84 62,0!"
    c.fill(blob(shape), CRUST, 10)
    with c.at(0, -9, 0.86):
        c.fill(blob(shape), crumb)


def baguette(c: Canvas) -> None:
    """A baguette standing on its end, 66 wide and 330 high."""
    c.fill(rect(-33, -330, 66, 330, 32), CRUST, 16)
    for y in (-270, -206, -142, -78):
        c.fill(lens(-24, y + 24, 26, y - 24, 18), BUTTER)


def basket(c: Canvas, w: float = 260, h: float = 130, colour: str = BROWN) -> None:
    """A woven basket, slightly wider at the top."""
    c.shadow(w * 0.46)
    body = poly(f"{-w / 2},{-h} {w / 2},{-h} {w * 0.43},0 {-w * 0.43},0", 12)
    c.fill(body, colour, w * 0.12)
    with c.inside(body):
        for row in range(round(h / 34)):
            for i in range(-2, 4):
                x = i * w / 5 + (row % 2) * w / 10
                c.line(
                    [(x - w / 18, -h + 36 + row * 32), (x + w / 24, -h + 36 + row * 32)], 9, CRUST
                )
    c.line([(-w / 2, -h), (w / 2, -h)], 17, dim(colour, 0.1))


def croissant(c: Canvas) -> None:
    """A croissant, its horns pointing down, 400 wide and 240 high."""
    c.shadow(150)
    for side in (False, True):
        with c.at(0, 0, 1, 0, side):
            c.fill(
                blob("-126,-116 -176,-90 -202,-30 -196,12! -168,6 -146,-22 -112,-50"),
                dim(CRUST, 0.1),
            )
    c.fill(blob("-50,-196 -112,-184 -158,-120 -162,-60 -138,-40 -104,-40 -60,-84"), CRUST, 0)
    c.fill(blob("50,-196 112,-184 158,-120 162,-60 138,-40 104,-40 60,-84"), dim(CRUST, 0.12), 12)
    c.fill(
        blob("-66,-214 0,-232 66,-214 92,-150 66,-84 0,-92 -66,-84 -92,-150"),
        pale(CRUST, 0.14),
        (26, 4),
    )
    for gloss in (
        "-40,-204 -56,-150 -40,-108",
        "4,-212 -2,-160 4,-116",
        "-118,-160 -138,-112 -128,-70",
    ):
        c.line(curve(gloss), 8, BUTTER)
    c.line(curve("112,-164 132,-114 124,-76"), 8, pale(CRUST, 0.25))


def cake_stand(c: Canvas, w: float = 170, colour: str = TEAL) -> None:
    """A footed cake stand, its plate 120 up."""
    c.shadow(w * 0.45)
    c.fill(blob("-12,-104! 12,-104! 16,-40 62,-4! -62,-4! -16,-40"), colour, 9)
    c.fill(oval(0, -4, 64, 10), dim(colour, 0.12))
    c.fill(oval(0, -112, w, 20), colour, (0, 10))


def layer_cake(c: Canvas) -> None:
    """A three-layer cake with a slice cut out, 280 wide, its foot on the origin."""
    c.fill(rect(-140, -150, 280, 150, 8), CRUST, 40)
    for y in (-110, -58):
        c.fill(rect(-140, y, 280, 14), CREAM, 40)
    c.fill(poly("10,-160 90,-160 90,-2 10,-2"), dim(c.floor, 0.06))
    c.fill(poly("10,-150 36,-128 36,-12 10,0"), dim(CRUST, 0.28))
    icing = (
        "-146,-156! 10,-156! 10,-118 -8,-112 -22,-128 -40,-104 "
        "-58,-128 -76,-98 -96,-128 -118,-112 -146,-124"
    )
    c.fill(blob(icing), ROSE)
    c.fill(blob("90,-156! 146,-156! 146,-118 126,-108 112,-124 90,-116!"), dim(ROSE))
    c.fill(blob("-146,-152! -120,-172 0,-176 40,-172 10,-152!"), pale(ROSE))
    c.fill(blob("90,-152! 96,-170 120,-168 146,-152!"), ROSE)
    for x in (-104, -50, 0, 118):
        c.fill(oval(x, -186, 17), RUST, (6, 6))


def cupcake(c: Canvas, icing: str = ROSE, paper: str = TEAL) -> None:
    """A cupcake, 130 wide and 160 high."""
    c.shadow(46)
    c.fill(poly("-56,-72 56,-72 40,0 -40,0", 4), paper, 22)
    for x in (-30, -10, 10, 30):
        c.line([(x * 1.25, -66), (x * 0.95, -6)], 4, dim(paper, 0.25))
    c.fill(rect(-68, -100, 136, 42, 21), icing, (22, 0))
    c.fill(rect(-50, -130, 100, 42, 21), icing, (18, 0))
    c.fill(blob("-30,-120 -24,-148 6,-168! 22,-146 30,-120 0,-112"), icing, (12, 0))
    c.fill(oval(2, -168, 15), RUST, (5, 5))


def flour_bag(c: Canvas) -> None:
    """A paper bag of flour with an ear of wheat on it, 150 wide and 220 high."""
    c.shadow(70)
    c.fill(rect(-74, -196, 148, 196, 8), CREAM, 34)
    c.fill(poly("-74,-190 -62,-226 62,-226 74,-190", 4), SAND, 20)
    c.fill(rect(-74, -64, 148, 34), RUST, 34)
    c.put(wheat, -10, -74, 0.5)


def wheat(c: Canvas, colour: str = MUSTARD) -> None:
    """An ear of wheat, 230 high."""
    c.line(curve("0,0 4,-80 0,-150"), 7, colour)
    c.fill(lens(0, -180, 0, -228, 26), colour)
    for y in (-82, -116, -150):
        c.fill(lens(0, y, -34, y - 48, 26), colour)
        c.fill(lens(0, y, 34, y - 48, 26), dim(colour))


def egg(c: Canvas, shell: str = CREAM) -> None:
    """An egg standing up, 76 wide."""
    c.shadow(30)
    c.fill(blob("0,-100 30,-72 38,-38 0,0 -38,-38 -30,-72"), shell, (14, 8))


def rolling_pin(c: Canvas) -> None:
    """A rolling pin lying across, 360 wide."""
    c.shadow(150)
    c.line(spots("-178,-26 178,-26"), 20, RUST, (0, 5))
    c.fill(rect(-128, -56, 256, 58, 22), CRUST, (0, 16))


def whisk(c: Canvas, metal: str = INK) -> None:
    """A balloon whisk, its wires down at the origin, 260 long."""
    for w in (46, 24, 4):
        c.line(
            blob(f"0,-150! {-w},-70 {-w * 0.7},-10 0,4 {w * 0.7},-10 {w},-70"), 6, metal, shut=True
        )
    c.line(spots("0,-250 0,-158"), 20, RUST, 6)


def mixer(c: Canvas, colour: str = RUST) -> None:
    """A stand mixer with its bowl to the right, 340 wide and 300 high."""
    c.shadow(140)
    c.fill(rect(-150, -34, 300, 34, 14), dim(colour, 0.12))
    c.fill(blob("-146,-20! -140,-120 -150,-210! -60,-210! -70,-120 -60,-20!"), colour, 24)
    c.fill(
        blob("-164,-214 -150,-286 -60,-306 120,-296 172,-254 150,-206 40,-196 -130,-192"),
        colour,
        (14, 22),
    )
    c.line(spots("-120,-252 40,-262"), 9, pale(colour, 0.5))
    c.fill(oval(132, -250, 16), CREAM)
    c.line(spots("62,-200 62,-140"), 14, INK)
    c.fill(oval(62, -150, 95, 124, 0, 180), MIST, 34)
    c.fill(rect(-38, -160, 200, 16, 8), pale(MIST), 30)
    c.fill(oval(-106, -160, 14), CREAM)


def biscuit(c: Canvas, colour: str = CRUST) -> None:
    """A biscuit with chips of chocolate, from above, 90 wide."""
    c.fill(oval(4, 6, 45), dim(c.floor, 0.14))
    c.fill(oval(0, 0, 45), colour, (5, 6))
    c.dots(spots("-18,-16 12,-22 22,8 -8,16 -28,12 2,-2"), 7, BROWN)


def rack(c: Canvas, w: float = 620) -> None:
    """A wire cooling rack, its top on the origin, 60 high."""
    for x in (-w * 0.42, w * 0.42):
        c.line([(x, 4), (x, 54)], 9, INK)
    c.line([(-w / 2, 4), (w / 2, 4)], 12, INK)
