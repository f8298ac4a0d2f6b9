"""Printing: every variant of an edition, named by the hash of all that it is made of.

Variants that are made of the same are one; what was set before is not set again.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd

from cardletter.content import Variant
from cardletter.content.catalogue import PICTURES as CATALOGUE_PICTURES
from cardletter.content.variants import write_variants
from cardletter.progress import Counts, track
from cardletter.templates.fields import keep_fields, read_fields
from cardletter.templates.greetings import keep_greetings
from cardletter.templates.kept import Kept
from cardletter.templates.made import Letter, Making, write_made
from cardletter.templates.personal import set_fragments
from cardletter.templates.press import Plates, Press
from cardletter.templates.rendering import PARTS, SECOND, read_frame
from cardletter.typesetting.setting import Rendered
from cardletter.workspace import Workspace, stage


@stage("render")
def render(desk: Workspace) -> Counts:
    """Render every variant to variants/<variant_id>/{subject.txt,index.html,text.txt}.

    The variants get their lasting names here, and those that are equal become one: variants.json,
    selections.parquet and assignments.parquet are written anew.

    Raises:
        FilesError: a template, the brand or a variant has findings.
    """
    frame, plates, kept = read_frame(desk), Plates.read(desk.project), Kept(desk)
    keep_fields(desk, read_fields(desk.project))
    shutil.copytree(desk.project / CATALOGUE_PICTURES, desk.file("pictures"), dirs_exist_ok=True)
    making = Making(frame, plates)
    letters = list(making.letters(desk))
    once = {letter.digest: letter for letter in reversed(letters)}
    shutil.rmtree(desk.file("variants"), ignore_errors=True)
    jobs = {digest: letter.context for digest, letter in once.items()}
    printed = track(
        kept.printed(Press(desk.project), frame.template, jobs, plates), "variants", len(once)
    )
    named = (letter.named for letter in once.values())
    fresh = sum(_write(desk, each, *letter) for each, letter in zip(named, printed, strict=True))
    _rename(desk, letters)
    write_made(desk, making, letters)
    keep_greetings(desk, frame)
    set_fragments(desk, making, plates, kept)
    kept.prune()
    return {"variants": len(once), "unchanged": len(once) - fresh}


def _write(desk: Workspace, variant: Variant, rendered: Rendered, fresh: bool) -> bool:
    folder = f"variants/{variant.variant_id}"
    for name, part in zip(PARTS, (rendered.subject, rendered.html, rendered.text), strict=True):
        desk.write(f"{folder}/{name}", part)
    if rendered.subject_b:
        desk.write(f"{folder}/{SECOND}", rendered.subject_b)
    return fresh


def _rename(desk: Workspace, letters: list[Letter]) -> None:
    """Put the lasting names wherever variants are named; of equal ones the first one stays."""
    names = {letter.variant.variant_id: letter.named.variant_id for letter in letters}
    merged: dict[str, Variant] = {}
    for letter in letters:
        named = letter.named
        before = merged.get(named.variant_id)
        members = named.members + (before.members if before else 0)
        merged[named.variant_id] = replace(before or named, members=members)
    write_variants(desk, merged.values())
    first = {new: old for old, new in reversed(names.items())}
    selections = pd.read_parquet(desk.file("selections.parquet"))
    _renamed(desk.file("selections.parquet"), selections, names, set(first.values()))
    assigned = pd.read_parquet(desk.file("assignments.parquet"))
    _renamed(desk.file("assignments.parquet"), assigned, names)


def _renamed(
    file: Path, table: pd.DataFrame, names: dict[str, str], only: set[str] | None = None
) -> None:
    if only is not None:
        table = table[table["variant_id"].isin(only)]
    new = table["variant_id"].map(names)
    table.assign(variant_id=new.where(table["variant_id"].notna(), None)).to_parquet(
        file, index=False
    )
