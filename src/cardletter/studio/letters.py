"""Letters: what the studio shows, printed by the press that prints what is sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import Any

from cardletter import workspace
from cardletter.content import editions, read_edition
from cardletter.delivery.message import fill
from cardletter.errors import EditionError, FilesError, Finding
from cardletter.studio.drafts import Drafts
from cardletter.studio.members import Seen, as_member
from cardletter.studio.variants import Shown, Variants
from cardletter.templates import GMAIL_CLIPS, Lint, Press, Rendered, Traced, read_fields
from cardletter.templates.blocks import alone, read_blocks
from cardletter.templates.greetings import PLAIN
from cardletter.templates.personal import MARK
from cardletter.templates.press import TEMPLATE, read_templates
from cardletter.templates.sample import block_sample, read_sample

SAMPLE, VARIANT, MEMBER, BLOCK = "sample", "variant:", "member:", "block:"
PERSONAL = re.compile(r"\{\{personal_(\w+)\}\}")
OWN = {"survey": "Here the question stands, for members who said yes to questions."}
NOTE = '<p style="margin:8px 0;padding:10px 14px;border:1px dashed;opacity:.7">{}</p>'
"""What stands in the place of what one member alone is shown."""


@dataclass(frozen=True)
class Wanted:
    """What is to be shown: for whom, of which edition, with which drafts in it."""

    edition: str = ""
    whom: str = SAMPLE
    drafts: Mapping[str, str] = field(default_factory=dict)


class Letters:
    """A project's letters, as they would be now."""

    def __init__(self, project: Path) -> None:
        """Open a project; templates are compiled when they are first needed."""
        self.drafts = Drafts(project)
        self.presses: dict[Path, Press] = {}

    def look(self, wanted: Wanted) -> dict[str, Any]:
        """Print a letter and look it over; what is wrong comes as findings.

        Raises:
            FilesError: it cannot be printed.
            EditionError: there is no such letter, or nobody would get it.
        """
        project = self.drafts.laid_out(wanted.drafts)
        shown = self._shown(project, wanted)
        traced = self._press(project).trace(shown.context, shown.template)
        edition = wanted.edition if wanted.whom.startswith((VARIANT, MEMBER)) else ""
        lint = Lint(project, edition, shown.pictures, shown.template)
        look_over = lint.over_block if shown.is_block else lint.over
        findings = [each.as_dict() for each in look_over(traced, shown.context)]
        size = {"bytes": lint.demands.filled(traced.rendered.html), "clips": GMAIL_CLIPS}
        return _told(project, shown, traced) | size | {"findings": findings}

    def printed(self, wanted: Wanted) -> Rendered:
        """Print a letter as it is sent.

        Raises:
            FilesError: it cannot be printed.
            EditionError: there is no such letter, or nobody would get it.
        """
        project = self.drafts.laid_out(wanted.drafts)
        shown = self._shown(project, wanted)
        rendered = self._press(project).print(shown.context, shown.template)
        hello = {"greeting": _hello(shown.context)}
        html, text = (
            fill(rendered.html, hello, escape),
            fill(MARK.sub("", rendered.text), hello, str),
        )
        return replace(rendered, html=html, text=text)

    def whom(self, edition: str) -> dict[str, Any]:
        """Give for whom there are letters of an edition, as its last run left them, and blocks."""
        desk = workspace.open_edition(edition, self.drafts.project)
        blocks = read_blocks(read_templates(desk.project)[0]).values()
        known = [
            {"name": block.name, "about": block.about.partition(". ")[0]}
            for block in blocks
            if (desk.project / block.sample).is_file()
        ]
        if not desk.folder.joinpath("variants.json").is_file():
            return {"edition": edition, "variants": [], "blocks": known}
        frame = Variants(desk)
        told = [frame.told(each) for each in frame.variants.values()]
        told.sort(key=lambda each: (each["tuned"], -each["members"], each["name"]))
        return {"edition": edition, "variants": told, "blocks": known}

    def _press(self, project: Path) -> Press:
        return self.presses.setdefault(project, Press(project))

    def _shown(self, project: Path, wanted: Wanted) -> Shown:
        if wanted.whom == SAMPLE:
            facts = [("Shows", "what stands beside the template, templates/newsletter.sample.yaml")]
            template = _template(project, wanted.edition)
            return Shown(read_sample(project), "The sample", facts, template=template)
        if wanted.whom.startswith(BLOCK):
            return _block(project, wanted)
        if wanted.edition not in editions(project):
            raise EditionError(f"There is no edition {wanted.edition}.")
        desk = workspace.open_edition(wanted.edition, project)
        desk.read_json("variants.json")  # says how to make it, where it is not made
        variants = Variants(desk)
        if wanted.whom.startswith(MEMBER):
            seen = as_member(desk, wanted.whom.removeprefix(MEMBER))
            shown = variants.shown(seen.variant_id)
            return replace(shown, heading="As one member", facts=_facts(seen, shown))
        return variants.shown(wanted.whom.removeprefix(VARIANT))


def _template(project: Path, edition: str) -> str:
    """Name what an edition is set in; the newsletter, where it is not said or cannot be read."""
    found = read_edition(project, edition, [])[0] if edition in editions(project) else None
    return found.template if found else TEMPLATE


def _block(project: Path, wanted: Wanted) -> Shown:
    """Show a block alone, in the look of the edition's template.

    Raises:
        EditionError: there is no such block.
    """
    name = wanted.whom.removeprefix(BLOCK)
    block = read_blocks(read_templates(project)[0]).get(name)
    if block is None:
        raise EditionError(f"There is no block {name}.")
    context = block_sample(project, block, read_sample(project))
    facts = [("Block", block.about), ("Shows", block.sample)]
    template = alone(name, _template(project, wanted.edition))
    return Shown(context, name, facts, template=template, is_block=True)


def _facts(seen: Seen, shown: Shown) -> list[tuple[str, str]]:
    return [*seen.facts, ("Segment", shown.heading), *shown.facts]


def _hello(context: Mapping[str, Any]) -> str:
    """Greet nobody by name, in the language of a letter."""
    return str(context["words"].get("hello", PLAIN.hello))


def _told(project: Path, shown: Shown, traced: Traced) -> dict[str, Any]:
    """Give a letter as the page needs it, pictures by their names, and nobody's fields in it."""
    fields = {
        name: f"#{name}" if field.kind == "url" else field.example or name.replace("_", " ")
        for name, field in read_fields(project).items()
    } | {"greeting": _hello(shown.context)}
    rendered, page = traced.rendered, PERSONAL.sub(_own_html, traced.annotated())
    written = [f"{line}\n" for line in rendered.text.split("\n")[:-1]]
    text = [each for each in zip(written, traced.lines, strict=True) if not MARK.fullmatch(each[0])]
    return {
        "heading": shown.heading,
        "facts": shown.facts,
        "items": shown.items,
        "subject": fill(rendered.subject, fields, str),
        "preheader": str(shown.context["edition"].get("preheader", "")),
        "html": fill(page, fields, escape),
        "text": fill(PERSONAL.sub(_own, "".join(line for line, _ in text)), fields, str),
        "lines": [str(source) for _, source in text],
        "mjml": traced.mjml,
        "pictures": shown.pictures,
    }


def _own(found: re.Match[str]) -> str:
    """Say what one member alone is shown in a place."""
    return OWN.get(found[1], f"Here stands choice {found[1]} of each member alone.")


def _own_html(found: re.Match[str]) -> str:
    return NOTE.format(escape(_own(found)))


def unprinted(error: FilesError) -> list[dict[str, Any]]:
    """Give what stands in the way of a letter, as findings."""
    errors = [each for each in error.findings if each.severity == "error"]
    return [each.as_dict() for each in errors or [Finding("", 1, "cannot be printed")]]
