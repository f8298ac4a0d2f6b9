"""Draw every picture of the newsletter from code, or write their alt texts into the content."""

from pathlib import Path
from pictures.alt_texts import write_alts
from pictures.files import draw_all
import argparse



def main() -> int:
    """Draw the pictures, or write their alt texts into the content."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("content/pictures"))
    parser.add_argument("--alt", action="store_true", help="write alt texts into content/ instead")
    wanted = parser.parse_args()
    if wanted.alt:
        return int(write_alts(Path("content")) > 0)
    draw_all(wanted.out)
    return 0
