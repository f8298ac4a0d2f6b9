"""Things: cooking and the larder."""

from pictures.canvas import Canvas
from pictures.palette import (
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
    SAND,
    TEAL,
    dim,
    mix,
    pale,
)
from pictures.shapes import around, blob, curve, lens, oval, poly, rect, spots
from pictures.things.breakfast import fried_egg


def pasta(c: Canvas) -> None:
    """A wide bowl of spaghetti with tomato and basil, 420 wide."""
    c.fill(blob("-150,-116! -120,-170 -40,-200 60,-196 130,-160 150,-116!"), BUTTER, (26, 0))
    for y, w in ((-136, 116), (-156, 90), (-176, 58)):
        c.line(
            curve(f"{-w},{y + 12} {-w / 2},{y - 8} 0,{y + 4} {w / 2},{y - 10} {w},{y + 10}"),
            7,
            MUSTARD,
        )
    c.fill(blob("-70,-176 -30,-216 40,-214 74,-180 40,-160 0,-168 -40,-158"), RUST, (14, 6))
    c.fill(lens(0, -208, -52, -246, 34), GREEN)
    c.fill(lens(0, -208, 48, -252, 36), dim(GREEN))


def pizza(c: Canvas) -> None:
    """A pizza from above with one slice drawn out to the right, 400 wide."""
    c.fill(oval(12, 16, 200), dim(c.floor, 0.14))
    c.fill([(0.0, 0.0), *oval(0, 0, 200, 200, 22, 338)], CRUST, (8, 8))
    c.fill([(0.0, 0.0), *oval(0, 0, 176, 176, 22, 338)], MUSTARD)
    c.dots(spots("-96,-84 -120,24 -40,112 60,124 56,-110 -30,-134"), 30, RUST, (5, 5))
    for x, y, turn in ((-70, -10, 20), (10, 60, 120), (10, -70, 0)):
        with c.at(x, y, 0.7, turn):
            c.fill(lens(-30, 0, 30, 0, 26), GREEN)
    with c.at(58, 0):
        c.fill([(14.0, 16.0), *oval(14, 16, 200, 200, -20, 20)], dim(c.floor, 0.14))
        c.fill([(0.0, 0.0), *oval(0, 0, 200, 200, -20, 20)], CRUST, (8, 8))
        c.fill([(0.0, 0.0), *oval(0, 0, 176, 176, -20, 20)], MUSTARD)
        c.fill(oval(126, 6, 30), RUST, (5, 5))
        c.fill(lens(60, -8, 104, -34, 20), GREEN)


def frying_pan(c: Canvas) -> None:
    """A frying pan of vegetables from above, its handle to the lower right, 400 wide."""
    c.fill(oval(12, 16, 172), dim(c.floor, 0.14))
    c.line(spots("120,120 250,250"), 40, BROWN, (6, 9))
    c.fill(oval(0, 0, 172), INK)
    c.fill(oval(0, 0, 146), mix(INK, CREAM, 0.22))
    c.fill(oval(-62, -56, 50), RUST, (7, 7))
    c.dots(around(4, 24, 45), 1, RUST)
    for x, y, turn in ((46, -86, 20), (82, -40, -30), (40, -36, 60)):
        with c.at(x, y, 1, turn):
            c.fill(lens(-44, 0, 44, 0, 34), GREEN, (4, 6))
    for spot in spots("-84,40 -44,92 -20,30"):
        c.fill(oval(*spot, 34), MUSTARD, (5, 5))
        c.fill(oval(*spot, 20), BUTTER)
    c.put(fried_egg, 64, 62, 0.92)


def casserole(c: Canvas, colour: str = RUST) -> None:
    """A lidded casserole, 340 wide and 230 high."""
    c.shadow(132)
    for x in (-156, 156):
        c.line(oval(x, -112, 24, 17), 14, dim(colour), shut=True)
    c.fill(blob("-150,-150! 150,-150! 144,-30 116,0! -116,0! -144,-30"), colour, (46, 0))
    c.fill(rect(-162, -168, 324, 26, 12), dim(colour, 0.12), 0)
    c.fill(oval(0, -164, 150, 44, 180, 360), colour, 46)
    c.fill(rect(-12, -220, 24, 20), BROWN)
    c.fill(rect(-34, -234, 68, 20, 10), BROWN)
    c.line(spots("-118,-118 -112,-52"), 10, pale(colour, 0.4))


def stove(c: Canvas, w: float = 560, colour: str = CREAM) -> None:
    """A cooker top with four knobs below it, its top at the origin."""
    c.fill(rect(-w / 2, 0, w, 160), colour, 40)
    c.fill(rect(-w / 2 - 14, -10, w + 28, 20, 8), INK)
    for i in range(4):
        x = -w * 0.3 + i * w * 0.2
        c.fill(oval(x, 54, 22), RUST, (5, 5))
        c.line([(x, 42), (x, 54)], 6, CREAM)


def hanging(c: Canvas, kind: str = "ladle", metal: str = INK) -> None:
    """A kitchen tool hanging from a hook at the origin, about 190 long."""
    c.line([(0, 8), (0, 128)], 9, metal)
    c.line(oval(0, -2, 9), 5, metal, shut=True)
    if kind == "ladle":
        c.fill(oval(-26, 138, 38, 40, 0, 180), metal)
    elif kind == "turner":
        c.fill(poly("-30,120 30,120 36,196 -36,196", 8), metal)
        for x in (-14, 0, 14):
            c.line([(x, 142), (x, 178)], 6, c.floor)
    else:
        c.fill(oval(0, 156, 32, 40), metal)


def onion(c: Canvas, colour: str = ROSE) -> None:
    """Half an onion from above, 120 wide."""
    c.fill(oval(5, 7, 58), dim(c.floor, 0.16))
    c.fill(oval(0, 0, 58), colour, (4, 4))
    for r in (46, 32, 18):
        c.fill(oval(0, 0, r), CREAM)
        c.line(oval(0, 0, r - 5), 4, colour, shut=True)


def chef_knife(c: Canvas, metal: str = MIST) -> None:
    """A cook's knife from above, its point to the left, 400 long."""
    c.fill(blob("-220,22! -120,-22 -20,-38 40,-38! 40,30! -120,32"), metal, (0, 10))
    c.fill(rect(40, -38, 16, 62, 3), dim(metal, 0.3))
    c.fill(rect(56, -36, 150, 42, 16), INK)
    c.dots(spots("86,-15 124,-15 162,-15"), 6, MUSTARD)


def jar(
    c: Canvas, fill: str = MUSTARD, lid: str = RUST, h: float = 190, level: float = 0.8
) -> None:
    """A storage jar, 120 wide, filled to a level."""
    c.shadow(54)
    c.fill(rect(-60, -h, 120, h, 14), CREAM, 20)
    c.fill(rect(-50, -h * level, 100, h * level - 9, 9), fill, 18)
    c.fill(rect(-52, -h - 24, 104, 34, 8), lid, 18)


def scoop(c: Canvas, colour: str = CRUST) -> None:
    """A wooden scoop lying with grain in it, 240 wide."""
    c.shadow(100)
    c.line(spots("40,-40 130,-58"), 20, colour, (0, 6))
    c.fill(oval(-30, -54, 84, 30), dim(colour, 0.3))
    c.fill(blob("-104,-56! -70,-86 0,-84 44,-56!"), MUSTARD, (18, 0))
    c.fill(oval(-30, -54, 86, 52, 0, 180), colour, (22, 0))


def sack(c: Canvas, colour: str = SAND, grain: str = BROWN) -> None:
    """An open sack of beans, 220 wide and 210 high."""
    c.shadow(96)
    c.fill(blob("-92,-176! -116,-90 -104,0! 104,0! 116,-90 92,-176!"), colour, (36, 0))
    c.fill(oval(0, -176, 92, 24), dim(colour, 0.35))
    c.fill(blob("-84,-176! -50,-206 40,-208 84,-176! 40,-160 -40,-160"), grain, (18, 0))
    c.line(oval(0, -174, 94, 26, 0, 180), 24, pale(colour, 0.3))


def grain_bowl(c: Canvas) -> None:
    """A bowl of grains and vegetables from above, 400 wide."""
    c.fill(oval(14, 18, 200), dim(c.floor, 0.14))
    c.fill(oval(0, 0, 200), TEAL, (8, 8))
    inner = oval(0, 0, 176)
    c.fill(inner, BUTTER)
    with c.inside(inner):
        c.fill(poly("0,0 -40,-220 240,-220 200,-20"), GREEN)
        for x, y, turn in ((40, -90, -70), (90, -60, -30), (84, -124, -50), (140, -100, -20)):
            with c.at(x, y, 1, turn):
                c.fill(lens(-50, 0, 50, 0, 44), dim(GREEN), 0)
        c.fill(poly("0,0 200,-20 200,220 20,220"), CREAM)
        c.dots(
            spots("50,40 92,22 134,30 66,82 108,70 150,74 52,124 94,116 134,114 84,158"),
            22,
            RUST,
            (6, 6),
        )
        c.fill(poly("0,0 20,220 -220,220 -220,-20"), SAND)
        c.dots(
            spots("-40,140 -80,116 -120,90 -96,140 -60,90 -140,50 -100,56 -20,100 -64,160"),
            15,
            BROWN,
            (4, 4),
        )
        c.fill(poly("0,0 -220,30 -220,-220 -40,-220"), MUSTARD)
        for i in range(4):
            with c.at(-52 - i * 30, -56 - i * 2, 1, -30 + i * 6):
                c.fill(
                    blob("-14,-80 14,-84 22,0 10,64 -10,64 -20,0"), mix(BUTTER, GREEN, 0.35), (6, 0)
                )
    c.fill(oval(0, 0, 46), CREAM, (5, 5))
    c.fill(oval(0, 0, 22), MUSTARD)


def carton(c: Canvas, colour: str = RUST, fruit: str = MUSTARD) -> None:
    """A juice carton with a straw, 190 wide and 330 high."""
    c.shadow(84)
    c.line(spots("20,-290 20,-372 74,-400"), 11, CREAM)
    c.fill(rect(-92, -240, 130, 240), colour)
    c.fill(poly("38,-240 96,-254 96,-12 38,0"), dim(colour))
    c.fill(poly("-92,-240 -60,-306 60,-316 38,-240"), pale(colour, 0.25))
    c.fill(poly("38,-240 60,-316 96,-254"), dim(colour, 0.3))
    c.fill(rect(-64, -330, 128, 28, 4), colour, 24)
    c.fill(rect(-92, -92, 130, 92), CREAM)
    c.fill(poly("38,-92 96,-104 96,-12 38,0"), dim(CREAM))
    c.fill(oval(-28, -120, 52), fruit, (12, 10))
    c.fill(lens(-28, -170, 14, -200, 24), GREEN)


def tin(c: Canvas, colour: str = RUST, fruit: str = MUSTARD, h: float = 150) -> None:
    """A food tin with a plain label, 120 wide."""
    c.shadow(54)
    c.fill(rect(-60, -h, 120, h, 6), MIST, 24)
    c.fill(oval(0, -h, 60, 9), pale(MIST, 0.5))
    c.fill(rect(-60, -h + 20, 120, h - 36), colour, 24)
    c.fill(oval(-6, -h / 2, 28), fruit, (6, 6))


def honey(c: Canvas) -> None:
    """A jar of honey with a dipper, 200 wide and 320 high."""
    c.shadow(88)
    c.fill(blob("-76,-200! 76,-200! 100,-170 100,-26 80,0! -80,0! -100,-26 -100,-170"), MUSTARD, 34)
    c.fill(rect(-62, -126, 112, 84, 10), CREAM)
    with c.at(-6, -84, 0.8):
        c.fill(poly("0,-34 30,-17 30,17 0,34 -30,17 -30,-17", 4), MUSTARD)
    c.line(spots("-80,-156 -80,-40"), 10, BUTTER)
    c.fill(rect(-84, -216, 168, 24, 8), BUTTER, 26)
    c.line(spots("10,-240 66,-340"), 13, BROWN)
    for i in range(4):
        with c.at(10 - i * 8, -240 + i * 16, 1, 28):
            c.fill(rect(-26, -7, 52, 13, 6), CRUST, 10)
    c.fill(oval(0, -204, 70, 12), CRUST)


def packet(c: Canvas, colour: str = TEAL) -> None:
    """A tall packet of pasta with a window, 120 wide and 220 high."""
    c.shadow(52)
    c.fill(poly("-58,-210 58,-210 62,0 -62,0", 5), colour, 26)
    c.fill(rect(-36, -140, 60, 110, 12), BUTTER)
    for x in (-22, -6, 10):
        c.line([(x, -130), (x, -40)], 6, MUSTARD)
    c.fill(poly("-62,-226 62,-226 58,-204 -58,-204"), dim(colour, 0.25))


def oil_can(c: Canvas, colour: str = GREEN) -> None:
    """A tin can of cooking oil with a spout, 120 wide and 230 high."""
    c.shadow(54)
    c.fill(poly("-20,-206 -52,-262 -38,-268 0,-206"), dim(MUSTARD))
    c.fill(rect(-60, -190, 120, 190, 5), colour, 34)
    c.fill(poly("-60,-190 -40,-212 40,-212 60,-190"), pale(colour, 0.3), 20)
    c.fill(oval(-12, -100, 38, 50), BUTTER)
    c.fill(oval(-12, -90, 15, 20), dim(colour, 0.3))
    c.fill(lens(-12, -110, 16, -134, 16), dim(colour, 0.3))


def sandwich(c: Canvas) -> None:
    """Half a sandwich, its cut side to us, 330 wide and 200 high."""
    c.shadow(140)
    c.fill(rect(-150, -44, 300, 44, 12), CRUST, 0)
    c.fill(rect(-150, -38, 300, 30, 8), BUTTER, (0, 8))
    c.fill(
        blob("-164,-52! 160,-52! 150,-34 116,-42 80,-30 40,-44 0,-32 -44,-44 -84,-30 -130,-40"),
        GREEN,
    )
    c.fill(rect(-150, -74, 300, 24, 8), ROSE, (0, 8))
    c.fill(poly("-156,-76 156,-76 100,-52 40,-74 -20,-50 -80,-74 -130,-60"), MUSTARD)
    c.fill(rect(-152, -98, 90, 24, 10), RUST)
    c.fill(rect(-46, -98, 90, 24, 10), RUST)
    c.fill(rect(60, -98, 90, 24, 10), dim(RUST))
    c.fill(blob("-162,-100! 162,-100! 150,-112 90,-104 20,-116 -60,-104 -150,-114"), GREEN)
    c.fill(rect(-150, -150, 300, 46, 12), CRUST)
    c.fill(rect(-150, -144, 300, 34, 8), BUTTER, (0, 8))
    c.line(spots("30,-130 30,-214"), 7, BROWN)
    c.fill(oval(30, -176, 22), GREEN, (6, 6))
    c.fill(oval(30, -212, 12), RUST)


def bagel(c: Canvas) -> None:
    """A filled bagel, 300 wide and 180 high."""
    c.shadow(124)
    c.fill(blob("-134,-66! 134,-66! 124,-14 92,0! -92,0! -124,-14"), CRUST, (30, 0))
    waves_ = "-146,-76! 146,-76! 140,-56 106,-66 74,-52 36,-66 0,-52 -40,-66 -80,-52 -114,-66"
    c.fill(blob(waves_ + " -140,-56"), GREEN)
    c.fill(rect(-138, -92, 276, 24, 12), ROSE, (0, 8))
    c.fill(
        blob("-136,-102! 136,-102! 130,-84 90,-92 60,-78 20,-92 -30,-80 -70,-92 -130,-84"), CREAM
    )
    c.fill(blob("-140,-102! -126,-150 -60,-178 60,-178 126,-150 140,-102!"), CRUST, (34, 0))
    c.fill(oval(0, -164, 44, 11), dim(CRUST, 0.3))
    for x, y in spots("-96,-136 -60,-156 -50,-122 -10,-136 30,-124 70,-152 92,-126 -112,-116"):
        c.fill(oval(x, y, 6, 4), BUTTER)


def gherkin(c: Canvas) -> None:
    """A gherkin lying down, 120 wide."""
    c.shadow(46)
    c.fill(rect(-58, -40, 116, 42, 20), GREEN, (6, 12))
    c.dots(spots("-30,-28 -6,-20 20,-30 36,-20"), 4, pale(GREEN))


def lunch_box(c: Canvas) -> None:
    """A divided lunch box from above, 520 wide."""
    c.fill(rect(-246, -150, 520, 330, 40), dim(c.floor, 0.14))
    c.fill(rect(-260, -166, 520, 330, 40), TEAL, (9, 9))
    c.fill(rect(-238, -144, 270, 286, 24), pale(TEAL, 0.75))
    c.fill(rect(50, -144, 188, 134, 24), pale(TEAL, 0.75))
    c.fill(rect(50, 8, 188, 134, 24), pale(TEAL, 0.75))
    for y, turn in ((-60, 0), (66, 0)):
        with c.at(-104, y, 1, turn):
            c.fill(poly("-110,54 110,54 0,-58", 14), CRUST, (6, 6))
            c.fill(poly("-84,42 84,42 0,-42", 10), BUTTER)
            c.fill(poly("-84,42 84,42 70,28 -70,28"), GREEN)
            c.fill(poly("-70,28 70,28 58,16 -58,16"), RUST)
    c.dots(
        spots("90,-110 136,-114 182,-106 204,-68 158,-72 112,-70 88,-38 134,-36 184,-34"),
        24,
        RUST,
        (6, 6),
    )
    for x in (92, 132, 172, 206):
        c.line([(x, 36), (x - 8, 114)], 24, CRUST, 7)
