"""Outlines: curves, polygons, ovals and the other shapes that are filled with colour."""

import math

Outline = list[tuple[float, float]]


def nodes(text: str) -> list[tuple[float, float, bool]]:
    """Read `"x,y x,y! ..."`; an exclamation mark makes the point a sharp corner."""
    pairs = [(word.rstrip("!").split(","), word.endswith("!")) for word in text.split()]
    return [(float(x), float(y), sharp) for (x, y), sharp in pairs]


def bezier(a: complex, b: complex, c: complex, d: complex, steps: int = 16) -> Outline:
    """Points of a cubic curve from `a` up to, but without, `d`."""
    spots = []
    for i in range(steps):
        t = i / steps
        u = 1 - t
        spots.append(a * u**3 + 3 * b * u * u * t + 3 * c * u * t * t + d * t**3)
    return [(p.real, p.imag) for p in spots]


def unit(z: complex) -> complex:
    """The direction of a vector."""
    return z / abs(z) if z else 0j


def spline(text: str, closed: bool) -> Outline:
    """A smooth line through the points, with a kink at each sharp one."""
    spots = [(complex(x, y), sharp) for x, y, sharp in nodes(text)]
    n = len(spots)
    outline: Outline = []
    for i in range(n if closed else n - 1):
        (a, a_sharp), (b, b_sharp) = spots[i], spots[(i + 1) % n]
        before, after = spots[i - 1][0], spots[(i + 2) % n][0]
        a_end = a_sharp or (not closed and i == 0)
        b_end = b_sharp or (not closed and i == n - 2)
        leave = unit(b - a) if a_end else unit(b - before)
        arrive = unit(b - a) if b_end else unit(after - a)
        reach = abs(b - a) * 0.38
        outline += bezier(a, a + leave * reach, b - arrive * reach, b)
    return outline if closed else [*outline, nodes(text)[-1][:2]]


def blob(text: str) -> Outline:
    """A closed smooth shape through the points."""
    return spline(text, closed=True)


def curve(text: str) -> Outline:
    """An open smooth line through the points."""
    return spline(text, closed=False)


def poly(text: str, r: float = 0) -> Outline:
    """A straight-sided shape whose corners are rounded by `r`."""
    spots = [complex(x, y) for x, y, _ in nodes(text)]
    if not r:
        return [(p.real, p.imag) for p in spots]
    outline: Outline = []
    for i, p in enumerate(spots):
        back, forth = spots[i - 1] - p, spots[(i + 1) % len(spots)] - p
        a = p + unit(back) * min(r, abs(back) / 2)
        b = p + unit(forth) * min(r, abs(forth) / 2)
        outline += bezier(a, a + (p - a) * 0.55, b + (p - b) * 0.55, b, 16)
        outline.append((b.real, b.imag))
    return outline


def rect(x: float, y: float, w: float, h: float, r: float = 0) -> Outline:
    """A rectangle from its upper left corner."""
    return poly(f"{x},{y} {x + w},{y} {x + w},{y + h} {x},{y + h}", r)


def oval(
    x: float, y: float, rx: float, ry: float | None = None, start: float = 0, end: float = 360
) -> Outline:
    """An ellipse, or the part of it between two angles (clockwise from the right)."""
    ry = rx if ry is None else ry
    steps = max(12, round(abs(end - start) / 4))
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def lens(x0: float, y0: float, x1: float, y1: float, w: float) -> Outline:
    """A leaf shape between two points, `w` wide."""
    a, b = complex(x0, y0), complex(x1, y1)
    side = (b - a) * 1j / abs(b - a) * w * 0.68
    third = (b - a) / 3
    there = bezier(a, a + third + side, b - third + side, b)
    return there + bezier(b, b - third - side, a + third - side, a)


def ribbon(a: complex, b: complex, width: float) -> Outline:
    """The four corners of a straight band between two points."""
    side = unit(b - a) * 1j * width / 2
    return [(p.real, p.imag) for p in (a + side, b + side, b - side, a - side)]


def spots(text: str) -> Outline:
    """Bare points, for scattering."""
    return [(x, y) for x, y, _ in nodes(text)]


def around(n: int, r: float, start: float = 0) -> Outline:
    """`n` points evenly round a circle."""
    angles = [math.radians(start + 360 * i / n) for i in range(n)]
    return [(r * math.cos(a), r * math.sin(a)) for a in angles]
