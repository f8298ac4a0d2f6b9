"""Draw every picture of the newsletter from code: `python -m pictures` in `scripts/`.

With `--alt` the alt texts are written into the articles and offers that show the pictures.
"""

import argparse
from pathlib import Path

from pictures.alt_texts import write_alts
from pictures.files import draw_all

CONTENT = Path(__file__).resolve().parents[2] / "content"


def main() -> int:
    """Draw the pictures, or write their alt texts into the content."""
    parser = argparse.ArgumentParser(prog="python -m pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=CONTENT / "pictures")
    parser.add_argument("--alt", action="store_true", help="write alt texts into content/ instead")
    wanted = parser.parse_args()
    if wanted.alt:
        return int(write_alts(CONTENT) > 0)
    draw_all(wanted.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
