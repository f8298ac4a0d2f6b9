"""Pictures: whether they are there, what they weigh, and what is said where they are not seen."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from cardletter.templates.lint_links import Said

HEAVY, TOO_HEAVY = 200_000, 1_000_000
FILE_NAME = re.compile(
    r"[\w-]+\.(?:png|jpe?g|gif|webp|svg)|(?:img|dsc|image)[_-]?\d+", re.IGNORECASE
)


def look_over_picture(
    given: Mapping[str, str], own: tuple[str, ...], folder: Path
) -> Iterator[Said]:
    """Find what is wrong with an img; pictures of our own stand in a folder."""
    src = given.get("src", "").strip()
    alt = given.get("alt")
    if alt is None:
        yield "no_alt", {"src": src[:60]}
    elif FILE_NAME.fullmatch(alt.strip()):
        yield "alt_is_name", {"alt": alt[:60]}
    if not src:
        yield "no_picture", {"src": "'' (its src is empty)"}
    for prefix in own:
        if src.startswith(prefix):
            yield from _weight(folder / src.removeprefix(prefix))
            break
    if "width" not in given:
        yield "no_size", {"src": src[:60]}


def _weight(file: Path) -> Iterator[Said]:
    size = _bytes(file)
    if size is None:
        yield "no_picture", {"src": file.name}
    elif size > HEAVY:
        check = "too_heavy" if size > TOO_HEAVY else "heavy"
        yield check, {"src": file.name, "size": f"{size / 1000:,.0f}"}


def _bytes(file: Path) -> int | None:
    return file.stat().st_size if file.is_file() else None
