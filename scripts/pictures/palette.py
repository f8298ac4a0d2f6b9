"""The few colours of the pictures, and how they are mixed."""

INK, TEAL, GREEN, MUSTARD = "#22343f", "#2f6f74", "#6b9268", "#e3a83b"
RUST, CRUST, BROWN, CREAM = "#cb5a3a", "#c88448", "#754632", "#fbf3e4"
ORANGE = "#dc8a3a"
ROSE, BLUSH, BUTTER, MIST, SAND, SEA = (
    "#e39a82",
    "#f0c8b2",
    "#f5dca6",
    "#c3d8d3",
    "#e9d8bb",
    "#86b0ae",
)
DARK = "#131f2b"


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a `#rrggbb` colour."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, other: str, share: float) -> str:
    """The colour with a share of another in it."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def dim(colour: str, share: float = 0.17) -> str:
    """The colour in shadow."""
    return mix(colour, DARK, share)


def pale(colour: str, share: float = 0.35) -> str:
    """The colour in full light."""
    return mix(colour, CREAM, share)
