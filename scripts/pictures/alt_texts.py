"""Alt texts of the catalogue, written into the articles and offers that show the pictures."""

import json
from pathlib import Path

from pictures.catalogue import PICTURES


def with_alt(text: str) -> str:
    """An item with its picture's alt text after the `image:` line of its front matter."""
    _, front, body = text.split("---\n", 2)
    lines = [line for line in front.splitlines() if not line.startswith("alt:")]
    at = next(i for i, line in enumerate(lines) if line.startswith("image:"))
    alt = PICTURES[Path(lines[at].split(":", 1)[1].strip(" \"'")).stem].alt
    lines.insert(at + 1, f"alt: {json.dumps(alt, ensure_ascii=False)}")
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def write_alts(content: Path) -> int:
    """Write alt texts into articles and offers; return how many show no picture of ours."""
    lost = 0
    for path in sorted([*content.glob("articles/*.md"), *content.glob("offers/*.md")]):
        if "." in path.stem:
            continue  # a twin says it in its own language
        try:
            path.write_text(with_alt(path.read_text()))
        except KeyError as error:
            print(f"{path}: no picture {error}")
            lost += 1
        except (StopIteration, ValueError):
            print(f"{path}: no image in its front matter")
            lost += 1
    return lost
