"""The lint of one project: what its letters must carry, and where what they say was written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cardletter.content.catalogue import PICTURES as CATALOGUE_PICTURES
from cardletter.content.editions import EDITIONS
from cardletter.errors import FilesError, Finding
from cardletter.templates.blocks import BLOCKS
from cardletter.templates.fields import LONGEST, Field, read_fields
from cardletter.templates.lint_letter import About, Letters, Seen, finding
from cardletter.templates.lint_origins import Origins
from cardletter.templates.lint_words import Demands, clip_percent
from cardletter.templates.press import PICTURES, SAMPLE, TEMPLATE
from cardletter.templates.rendering import BRAND
from cardletter.typesetting.marks import Source
from cardletter.typesetting.sandbox import FOLDER
from cardletter.typesetting.setting import Rendered, Traced
from cardletter.yamlfile import YamlFile

CONTENT = ("content/articles/*.md", "content/offers/*.md")

WHOLE = frozenset({"no_heading", "skipped_heading", "no_title"})
"""What is asked of a whole letter, not of a block."""
OF_CONTENT = frozenset({"no_picture", "heavy", "too_heavy"})

LONGEST_LINK, LONGEST_GREETING, LONGEST_NUMBER = 220, 120, 30
"""Letters that such a field is filled with at most; any other has LONGEST."""


class Lint:
    """Looks letters of a project over, for the command, the studio and the flow alike."""

    def __init__(
        self,
        project: Path,
        edition: str = "",
        pictures: str = PICTURES,
        template: str = TEMPLATE,
    ) -> None:
        """Read what letters must carry; without an edition they are made of the sample.

        Raises:
            FilesError: brand.yaml cannot be read, or has no postal address.
        """
        self.demands = read_demands(project)
        own = tuple({pictures, PICTURES})
        self.letters = Letters(self.demands, project / CATALOGUE_PICTURES, own)
        self.is_sample, self.template = not edition, template
        words = f"{EDITIONS}/{edition}.yaml" if edition else f"{FOLDER}/{SAMPLE}"
        self.origins = Origins(project, (*(CONTENT if edition else ()), words, BRAND))
        self.subject = self.origins.beside(Source(words, 1), "subject")

    def over(self, traced: Traced, context: Mapping[str, Any]) -> list[Finding]:
        """Give all findings of a letter that was traced, at the lines where they are mended."""
        seen = self.seen(traced.rendered, context, traced)
        return sorted({told for each in seen if (told := self.told(each))})

    def spotted(self, rendered: Rendered, context: Mapping[str, Any]) -> bool:
        """Tell whether there may be anything wrong with an element of a page."""
        lang = str(context.get("lang", ""))
        spots = self.letters.reader.read(rendered.html, lang).spots
        return any(each.check not in WHOLE for each in spots)

    def over_block(self, traced: Traced, context: Mapping[str, Any]) -> list[Finding]:
        """Give what is wrong with a block that is shown alone: it need not be a whole letter."""
        seen = self.seen(traced.rendered, context, traced)
        told = (self.told(each) for each in seen if each.spot.check not in WHOLE)
        blocks = f"{FOLDER}/{BLOCKS}"
        return [each for each in told if each and each.path.startswith(blocks)]

    def seen(
        self, rendered: Rendered, context: Mapping[str, Any], traced: Traced | None = None
    ) -> list[Seen]:
        """Give what is found in a letter, with its source where it was traced."""
        return self.letters.seen(rendered, About.of(context), traced)

    def told(self, seen: Seen) -> Finding | None:
        """Make a finding of what was found; None where it is right after all."""
        if self.is_sample and seen.spot.check in OF_CONTENT:
            return None  # the sample's pictures are examples: nobody is sent them
        return finding(seen, self.origins, self.subject, self.template)

    def percent(self, page: str) -> int:
        """Give how much of what Gmail shows a page is, its fields at their longest."""
        return clip_percent(page, self.demands)


def read_demands(project: Path) -> Demands:
    """Read what every letter must carry.

    Raises:
        FilesError: brand.yaml cannot be read, or has no postal address.
    """
    file = YamlFile.read(project, BRAND)
    address = file.content.get("postal_address")
    if not isinstance(address, str) or not address.strip():
        hint = "the law asks for it: add `postal_address:`"
        raise FilesError([*file.findings, file.finding((), "has no postal_address", hint)])
    more = {key: str(file.content.get(key, "")) for key in ("legal", "reason")}
    longest = tuple((name, _longest(name, each)) for name, each in read_fields(project).items())
    return Demands(address, longest=longest, **more)


def _longest(name: str, field: Field) -> int:
    if name == "greeting":
        return LONGEST_GREETING
    if field.kind == "text":
        return LONGEST
    return LONGEST_LINK if field.kind == "url" else LONGEST_NUMBER
