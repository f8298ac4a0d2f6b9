"""Fresh files: a new article or offer, with all that is known of it filled in already."""

import datetime as dt
import re
import unicodedata
from pathlib import Path

import yaml

from cardletter.content.catalogue import ARTICLES, OFFERS, PICTURES
from cardletter.errors import CardletterError
from cardletter.templates.rendering import BRAND
from cardletter.yamlfile import YamlFile

FOLDERS = {"article": ARTICLES, "offer": OFFERS}
WEEKS = 8
LONGEST = 60


def begun(project: Path, kind: str, title: str) -> tuple[str, str]:
    """Give the path and the text of a new item, to be finished and saved.

    Raises:
        CardletterError: its title has no letters, or an item of this name is there already.
    """
    name = _named(title)
    if kind not in FOLDERS or not name:
        raise CardletterError("Give it a title of a few words.")
    path = f"{FOLDERS[kind]}/{name}.md"
    if any((project / folder / f"{name}.md").exists() for folder in FOLDERS.values()):
        raise CardletterError(f"There is a {name} already: choose another title.")
    dumped = yaml.safe_dump(
        _keys(project, kind, title.strip(), name), allow_unicode=True, sort_keys=False, width=10**6
    )
    return path, f"---\n{dumped}---\n"


def _keys(project: Path, kind: str, title: str, name: str) -> dict[str, object]:
    today = dt.datetime.now().astimezone().date()
    picture = next(iter(sorted((project / PICTURES).glob("general*.png"))), None)
    site = str(YamlFile.read(project, BRAND).content.get("site", "https://")).rstrip("/")
    offer = {"merchant": "", "terms": "", "until": today + dt.timedelta(weeks=WEEKS)}
    return {
        "title": title,
        "teaser": "",
        "interests": [],
        "image": picture.name if picture else "",
        "alt": "",
        "from": today,
        "purpose": "marketing",
        "link": f"{site}/{'offers' if kind == 'offer' else 'stories'}/{name}",
    } | (offer if kind == "offer" else {})


def _named(title: str) -> str:
    """Make a file's name of a title: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
