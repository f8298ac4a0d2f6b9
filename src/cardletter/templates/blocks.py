"""Blocks: the reusable parts of a letter, each to be seen alone, with a sample of its own.

A block is templates/blocks/<name>.mjml with a macro of that name; <name>.sample.yaml beside it says
what its fields hold. Alone it is set in the page of any template, in the place of the letter, so
that it looks as it does there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cardletter.typesetting.sandbox import FOLDER

BLOCKS = "blocks/"
ALONE = "alone"
"""The folder of the pages that show one block; no file stands there."""
PLACE = "{% block letter %}"
SAMPLE = ".sample.yaml"

ABOUT = re.compile(r"\{#(.*?)#\}", re.DOTALL)
FIRST = re.compile(r"<(mj-section|mj-wrapper|mj-column|mj-text|mj-spacer|[a-z]\w*)")
WITHIN = {
    "mj-section": "{}",
    "mj-wrapper": "{}",
    "mj-column": "<mj-section>{}</mj-section>",
    "mj-text": "<mj-section><mj-column>{}</mj-column></mj-section>",
    "mj-spacer": "<mj-section><mj-column>{}</mj-column></mj-section>",
}
LOOSE = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"
"""What stands around a block that begins with any other element."""


@dataclass(frozen=True)
class Block:
    """One block: what it is, and what it asks for."""

    name: str
    about: str
    fields: tuple[str, ...]
    around: str

    @property
    def path(self) -> str:
        """Give the file it stands in."""
        return f"{FOLDER}/{BLOCKS}{self.name}.mjml"

    @property
    def sample(self) -> str:
        """Give the file of its sample."""
        return f"{FOLDER}/{BLOCKS}{self.name}{SAMPLE}"

    def page(self, template: str) -> str:
        """Write the page that shows it alone, in the look of a template."""
        call = f"{{{{ {self.name}({', '.join(f'{each}={each}' for each in self.fields)}) }}}}"
        return (
            f'{{% extends "{template}.mjml" %}}'
            f'{{% from "{BLOCKS}{self.name}.mjml" import {self.name} %}}'
            f"{PLACE}{self.around.format(call)}{{% endblock %}}"
        )


def alone(block: str, template: str) -> str:
    """Name the page that shows a block alone, in the look of a template."""
    return f"{ALONE}/{template}/{block}"


def read_blocks(sources: Mapping[str, str]) -> dict[str, Block]:
    """Read the blocks out of templates by name; what writes no element of a letter is none."""
    found = (_block(name, text) for name, text in sources.items() if name.startswith(BLOCKS))
    return {block.name: block for block in found if block and block.around}


def _block(path: str, text: str) -> Block | None:
    name = path.removeprefix(BLOCKS).removesuffix(".mjml")
    macro = re.search(rf"\{{%-?\s*macro\s+{re.escape(name)}\(([^)]*)\)\s*-?%\}}", text)
    if not macro:
        return None
    about, first = ABOUT.match(text), FIRST.search(text, macro.end())
    fields = tuple(each.strip() for each in macro[1].split(",") if each and "=" not in each)
    around = WITHIN.get(first[1], LOOSE) if first else ""
    return Block(name, " ".join(about[1].split()) if about else "", fields, around)


def pages(sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the pages of all blocks, in the look of each template that has a place for them."""
    looks = [
        name.removesuffix(".mjml")
        for name, text in sources.items()
        if "/" not in name and name.endswith(".mjml") and PLACE in text
    ]
    for block in read_blocks(sources).values():
        for template in looks:
            name = alone(block.name, template)
            yield f"{name}.mjml", block.page(template)
            yield f"{name}.txt", "{{ edition.subject }}\n"
