"""Things: beauty and personal care."""

from pictures.canvas import Canvas
from pictures.palette import BLUSH, CREAM, INK, MIST, MUSTARD, ROSE, RUST, TEAL, dim, mix, pale
from pictures.shapes import blob, curve, oval, poly, rect, spots


def lipstick(c: Canvas, colour: str = RUST, case: str = INK) -> None:
    """A lipstick, 90 wide and 280 high."""
    c.shadow(42)
    c.fill(blob("-26,-150! -26,-252! 6,-286 26,-232! 26,-150!"), colour, 18)
    c.fill(blob("-26,-252! 6,-286 26,-232! 0,-226"), pale(colour, 0.25))
    c.fill(rect(-34, -164, 68, 70, 4), MUSTARD, 22)
    c.fill(rect(-46, -110, 92, 110, 5), case, 0)
    c.fill(rect(-46, -110, 92, 14), mix(case, CREAM, 0.25))


def perfume(c: Canvas, colour: str = ROSE) -> None:
    """A square scent bottle with a round stopper, 180 wide and 240 high."""
    c.shadow(84)
    c.fill(oval(0, -212, 36), MUSTARD, (12, 8))
    c.fill(rect(-18, -186, 36, 22), dim(MUSTARD, 0.25))
    c.fill(rect(-90, -168, 180, 168, 26), CREAM, 30)
    c.fill(rect(-68, -112, 136, 94, 16), colour, 26)
    c.line(spots("-74,-136 -74,-40"), 7, "#ffffff")


def compact(c: Canvas, colour: str = TEAL) -> None:
    """An open powder compact, 220 wide and 220 high."""
    c.shadow(100)
    c.fill(oval(14, -126, 96, 98), colour, (12, 0))
    c.fill(oval(14, -126, 78, 80), MIST)
    c.fill(poly("-40,-110 20,-196 46,-188 -26,-84"), pale(MIST, 0.6))
    c.fill(oval(0, -22, 112, 28), dim(colour, 0.1), (0, 10))
    c.fill(oval(0, -26, 90, 19), BLUSH)
    c.fill(oval(0, -27, 58, 12), ROSE)


def makeup_brush(c: Canvas, colour: str = ROSE) -> None:
    """A soft brush upright, 260 high."""
    c.line(spots("0,-8 0,-120"), 16, INK, 0)
    c.fill(poly("-13,-118 13,-118 18,-164 -18,-164"), MUSTARD, 9)
    c.fill(blob("-18,-162! 18,-162! 40,-214 22,-256 -22,-256 -40,-214"), colour, (16, 0))


def dressing_mirror(c: Canvas, colour: str = MUSTARD) -> None:
    """A round standing mirror, 220 wide and 330 high."""
    c.shadow(74)
    c.fill(oval(0, -8, 78, 14), dim(colour, 0.15))
    c.line(spots("0,-10 0,-110"), 15, colour, 5)
    c.fill(oval(0, -214, 112), colour, (10, 10))
    c.fill(oval(0, -214, 94), MIST)
    c.fill(poly("-70,-190 10,-298 50,-284 -44,-140"), pale(MIST, 0.6))


def nail_polish(c: Canvas, colour: str = RUST) -> None:
    """A little bottle of nail polish, 80 wide and 150 high."""
    c.shadow(36)
    c.fill(poly("-16,-76 16,-76 12,-156 -12,-156", 5), INK)
    c.fill(rect(-40, -84, 80, 84, 18), colour, 18)
    c.line(spots("-24,-58 -24,-26"), 6, pale(colour, 0.6))


def pump(c: Canvas, colour: str = TEAL, label: str = CREAM) -> None:
    """A bottle of lotion with a pump to the left, 130 wide and 300 high."""
    c.shadow(58)
    c.line(spots("-62,-276 -62,-288 0,-292 0,-240"), 14, INK)
    c.fill(rect(-30, -252, 60, 34, 6), INK)
    c.fill(rect(-64, -224, 128, 224, 22), colour, 28)
    c.fill(rect(-46, -150, 74, 96, 8), label)
    c.fill(oval(-9, -104, 20), dim(label, 0.15))


def soap(c: Canvas, colour: str = ROSE) -> None:
    """A bar of soap on a dish with bubbles, 220 wide."""
    c.shadow(98)
    c.fill(blob("-112,-24! 112,-24! 84,0! -84,0!"), TEAL, 26)
    c.fill(rect(-84, -80, 168, 60, 24), colour, (16, 12))
    c.fill(oval(-4, -58, 50, 10), dim(colour, 0.1))
    for x, y, r in ((-74, -88, 20), (-40, -104, 13), (70, -84, 16), (96, -66, 9)):
        c.fill(oval(x, y, r), pale(MIST, 0.5), (4, 4))


def toothbrushes(c: Canvas, colour: str = MIST) -> None:
    """Two toothbrushes in a beaker, 120 wide and 260 high."""
    c.shadow(50)
    for x, turn, handle in ((-14, -10, RUST), (16, 12, MUSTARD)):
        with c.at(x, -20, 1, turn):
            c.line(spots("0,0 0,-230"), 14, handle)
            c.fill(rect(-26, -236, 22, 54, 4), CREAM)
    c.fill(poly("-54,-140 54,-140 46,0 -46,0", 8), colour, 20)


def hung_towel(c: Canvas, colour: str = RUST) -> None:
    """A towel over a rail at the origin, 150 wide and 240 long."""
    c.fill(rect(-75, -8, 150, 240, 8), colour, 20)
    c.fill(rect(-75, 176, 150, 14), CREAM, 20)
    c.fill(rect(-75, 200, 150, 8), CREAM, 20)


def bathtub(c: Canvas, colour: str = CREAM) -> None:
    """A claw-foot bath full of bubbles, 560 wide and 260 high."""
    c.shadow(210)
    c.line(curve("218,-190 226,-300 166,-312 160,-270"), 15, MUSTARD)
    suds = ((-170, -196, 44), (-96, -214, 54), (-10, -196, 40), (70, -218, 52), (148, -198, 42))
    for x, y, r in suds:
        c.fill(oval(x, y, r), pale(MIST, 0.4), (10, 6))
    c.put(duck, -8, -196, 0.95)
    for x in (-150, 150):
        c.line([(x, -40), (x * 1.1, -6)], 24, MUSTARD, 7)
    c.fill(blob("-262,-186! 262,-186! 236,-70 160,-22! -160,-22! -236,-70"), colour, (50, 0))
    c.fill(rect(-282, -202, 564, 26, 13), pale(colour, 0.6), (0, 9))


def duck(c: Canvas) -> None:
    """A toy duck floating, 120 wide."""
    c.fill(blob("-50,-50! -10,-36 50,-48! 56,-10 30,0! -40,0! -58,-20"), MUSTARD, (12, 6))
    c.fill(oval(-30, -62, 32), MUSTARD, (9, 8))
    c.fill(blob("-58,-64! -86,-58 -58,-48!"), RUST)
    c.fill(oval(-40, -70, 5), INK)
