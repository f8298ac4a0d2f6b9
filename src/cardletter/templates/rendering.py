"""Rendering: what a variant shows, as plain data that the templates are filled with."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
from markdown_it import MarkdownIt

from cardletter.content import Edition, Item, Locales, read_catalogue, read_edition, read_locales
from cardletter.content.catalogue import PICTURE
from cardletter.content.catalogue import PICTURES as CATALOGUE_PICTURES
from cardletter.content.reasons import SENTENCES, say
from cardletter.errors import FilesError
from cardletter.profiles import Interest, read_interests
from cardletter.profiles.interests import in_locale
from cardletter.segments import read_names, read_segments
from cardletter.templates.fields import PERSONAL, SURVEY, place
from cardletter.templates.locales import date, direction, read_words
from cardletter.templates.press import PICTURES
from cardletter.typesetting.sandbox import FOLDER
from cardletter.typesetting.setting import Rendered
from cardletter.workspace import Workspace
from cardletter.yamlfile import YamlFile

BRAND = f"{FOLDER}/brand.yaml"
PARTS = ("subject.txt", "index.html", "text.txt")
SECOND = "subject_b.txt"
"""Beside them, where the edition tries two subjects."""

SHOWN = {"kind", "block", "title", "teaser", "by", "link", "merchant", "terms", "disclosure"}
"""What a letter shows of an item as it is written."""
SIZES = {"article": (1120, 560), "offer": (640, 640)}
MARKDOWN = MarkdownIt("commonmark", {"html": False})


def read_variant(desk: Workspace, variant_id: str) -> Rendered:
    """Read a rendered variant back."""
    folder = desk.file("variants", variant_id)
    subject, page, text = ((folder / name).read_text(encoding="utf-8") for name in PARTS)
    second = folder / SECOND
    tried = second.read_text(encoding="utf-8") if second.is_file() else ""
    return Rendered(subject, page, text, tried)


@dataclass(frozen=True)
class Frame:
    """What all variants of an edition have in common."""

    project: Path
    name: str
    edition: Edition
    brand: dict[str, Any]
    items: dict[str, Item]
    locales: Locales
    segments: dict[str, dict[str, Any]]
    pictures: str
    interests: Mapping[str, Interest]

    @property
    def template(self) -> str:
        """Name the template the edition is set in."""
        return self.edition.template

    def context(
        self, segment: Mapping[str, Any], picks: pd.DataFrame, locale: str = ""
    ) -> dict[str, Any]:
        """Give everything a template may use for one variant: plain data, no more."""
        locale = locale or self.locales.default
        slots: dict[str, list[dict[str, Any]]] = {
            slot: [] for slot in type(self.edition.slots).model_fields
        }
        for pick in picks.sort_values(["slot", "place"]).itertuples():
            shown = self.shown(str(pick.item_id), locale, str(pick.reason))
            slots[str(pick.slot)] += [shown] if shown else []
        shared = self.shared(locale)
        subjects = self._edition(locale).subjects(segment.get("tone", ""))
        own = dict(zip(("subject", "subject_b"), subjects, strict=True))
        return shared | {
            "edition": shared["edition"] | own,
            "segment": self._said(segment, locale),
            "slots": slots,
        }

    def _said(self, segment: Mapping[str, Any], locale: str) -> dict[str, str]:
        """Say a segment's phrase in a locale's language; leave it out where it cannot be said."""
        told = dict(segment)
        own = in_locale(told.pop("phrases", {}), locale)
        return told | {"phrase": own or (segment["phrase"] if self._at_home(locale) else "")}

    def _at_home(self, locale: str) -> bool:
        return locale.partition("-")[0] == self.locales.default.partition("-")[0]

    @functools.cache  # noqa: B019 - a frame lives as long as its run
    def shared(self, locale: str) -> dict[str, Any]:
        """Give what all letters in a locale have in common."""
        edition = self._edition(locale)
        told = {"id": self.name, "date": date(edition.date, locale)}
        words = read_words(self.project, [*self.locales.chain(locale), self.locales.default])
        asks = words.get("question", "").replace("{programme}", str(self.brand.get("programme")))
        return {
            "lang": locale,
            "dir": direction(locale),
            "words": words,
            "edition": told | {"preheader": edition.preheader},
            "brand": self.brand,
            "personal": places_of(edition.personal),
            "survey": question(asks) if edition.survey and asks else "",
            "signed": edition.signed.model_dump() if edition.signed else "",
        }

    def _edition(self, locale: str) -> Edition:
        return self.edition.said_in(self.locales.chain(locale))

    def shown(self, item_id: str, locale: str, reason: str) -> dict[str, Any] | None:
        """Give an item as a letter in a locale shows it; None where nothing may stand in for it."""
        fields = self._item(item_id, locale)
        return fields and fields | {"reason": self.reason(reason, locale)}

    def reason(self, told: str, locale: str) -> str:
        """Say in a locale why an item is shown; nothing where its language lacks the words."""
        return self._reasons(locale).get(told, told if self._at_home(locale) else "")

    def _phrase(self, interest: Interest, locale: str) -> str:
        own = in_locale(interest.phrases, locale)
        return own or (interest.phrase if self._at_home(locale) else "")

    @functools.cache  # noqa: B019 - a frame lives as long as its run
    def _reasons(self, locale: str) -> dict[str, str]:
        """Give every reason, as it is told in the project's own language, as the locale says it."""
        words, found = read_words(self.project, [locale]), dict[str, str]()
        phrases = {name: self._phrase(each, locale) for name, each in self.interests.items()}
        spoken = [name for name, phrase in phrases.items() if phrase]
        for name, sentence in SENTENCES.items():
            said = words.get(f"reason_{name}", "")
            about = [spoken if place in sentence else [""] for place in ("{beside}", "{")]
            for beside, interest in product(*about) if said else ():
                told = say(name, self.interests.get(interest), self.interests.get(beside))
                own = said.replace("{phrase}", phrases.get(interest, ""))
                found[told] = own.replace("{beside}", phrases.get(beside, ""))
        return found

    @functools.cache  # noqa: B019 - a frame lives as long as its run
    def _item(self, item_id: str, locale: str) -> dict[str, Any] | None:
        item = self.locales.say(self.items[item_id], locale)
        if item is None:
            return None
        width, height = SIZES[item.kind]
        src = self.pictures + item.image
        fields = item.model_dump(include=SHOWN)
        return fields | {
            "id": item_id,
            "body_html": MARKDOWN.render(item.body),
            "body_text": plain(item.body),
            "image": {"src": src, "alt": item.alt, "width": width, "height": height},
            "until": date(item.until, locale) if item.until and item.kind == "offer" else "",
        }

    def __hash__(self) -> int:
        """Be one of its kind, so that what it gives can be kept."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """Be equal to itself only."""
        return self is other


def read_frame(desk: Workspace) -> Frame:
    """Read what all variants of an edition have in common."""
    items, _findings = read_catalogue(desk.project)
    edition, _more = read_edition(desk.project, desk.edition, items)
    assert edition is not None  # matching has read it before
    pictures = pictures_at(desk)
    return Frame(
        desk.project,
        desk.edition,
        edition,
        read_brand(desk.project, pictures),
        {item.item_id: item for item in items},
        read_locales(desk.project)[0],
        _segments(desk),
        pictures,
        read_interests(desk.project)[0].interests,
    )


def _segments(desk: Workspace) -> dict[str, dict[str, Any]]:
    names, _findings = read_names(desk.project)
    tones = {segment_id: name.tone or "" for segment_id, name in names.items()}
    return {
        each.segment_id: {
            "name": each.name,
            "phrase": each.phrase,
            "phrases": each.phrases,
            "tone": tones.get(each.segment_id, ""),
        }
        for each in read_segments(desk)
    }


def pictures_at(desk: Workspace) -> str:
    """Give what stands before a picture's name in a variant's HTML."""
    served = desk.settings.assets_url.rstrip("/")
    return f"{served}/" if served else PICTURES


def read_brand(project: Path, pictures: str) -> dict[str, Any]:
    """Read brand.yaml, its logo's address among the pictures at `pictures`.

    Raises:
        FilesError: it cannot be read, or its logo is no picture.
    """
    file = YamlFile.read(project, BRAND)
    if file.findings:
        raise FilesError(file.findings)
    if "logo" not in file.content:
        return file.content
    logo = file.content["logo"]
    name = Path(str(logo.get("src", ""))).name if isinstance(logo, dict) else ""
    if not (PICTURE.fullmatch(name) and (project / CATALOGUE_PICTURES / name).is_file()):
        hint = f"under `logo:` write `src: {CATALOGUE_PICTURES}/...` and `alt: ...`"
        raise FilesError([file.finding(("logo", "src"), "the logo is no picture there is", hint)])
    return file.content | {"logo": logo | {"src": pictures + name}}


def places_of(count: int) -> list[dict[str, Any]]:
    """Give the places of a variant's page: fields that are filled for each member."""
    names = [place(f"{PERSONAL}_{number}") for number in range(1, count + 1)]
    return [{"item": "", "first": False, "field_html": name, "field": name} for name in names]


def question(words: str, *, asked: bool = False) -> dict[str, Any]:
    """Give an edition's question: a field, filled for whom it is asked; or asked already."""
    name = place(SURVEY)
    return {"question": words, "asked": asked, "field_html": name, "field": name}


def plain(markdown: str) -> str:
    """Give Markdown as plain text: no stars, links in brackets after their words."""
    text = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r"\1 (\2)", markdown)
    return re.sub(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))", "", text)
