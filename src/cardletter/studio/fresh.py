"""Fresh files: a new article or offer, with all that is known of it filled in already."""

import datetime as dt
from pathlib import Path

from cardletter.content import making
from cardletter.content.catalogue import Kind
from cardletter.errors import CardletterError
from cardletter.templates.rendering import BRAND
from cardletter.yamlfile import YamlFile

WEEKS = 8


def begun(project: Path, kind: Kind, title: str) -> tuple[str, str]:
    """Give the path and the text of a new item, to be finished and saved.

    Raises:
        CardletterError: its title has no letters, or an item of this name is there already.
    """
    name = making.slug(title)
    if kind not in making.FOLDERS or not name:
        raise CardletterError("Give it a title of a few words.")
    if any((project / folder / f"{name}.md").exists() for folder in making.FOLDERS.values()):
        raise CardletterError(f"There is a {name} already: choose another title.")
    text = making.item_text(_keys(project, kind, title.strip(), name), "")
    return making.item_path(kind, title), text


def _keys(project: Path, kind: Kind, title: str, name: str) -> dict[str, object]:
    today = dt.datetime.now().astimezone().date()
    picture = making.picture(project, kind, [])
    site = str(YamlFile.read(project, BRAND).content.get("site", "https://")).rstrip("/")
    offer = {"until": today + dt.timedelta(weeks=WEEKS)}
    return {
        "title": title,
        "interests": [],
        "image": picture,
        "alt": making.alt(project, picture),
        "from": today,
        "purpose": "marketing",
        "link": f"{site}/{'offers' if kind == 'offer' else 'stories'}/{name}",
    } | (offer if kind == "offer" else {})
