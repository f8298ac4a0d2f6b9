"""Our templates, and our table of MJML, held against the official compiler of npm.

Needs node and `make mjml`, which puts npm mjml into .venv/npm; without them this is skipped.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from cardletter.templates import Press
from cardletter.templates.lint_mjml import look_over_mjml, nesting
from cardletter.templates.lint_samples import variations
from cardletter.templates.lint_source import Written, balance
from cardletter.templates.sample import read_sample
from cardletter.typesetting.marks import unmark

NPM = Path(__file__).parents[2] / ".venv/npm"
JUDGE = """
import { readFileSync } from 'node:fs'
import mjml2html from 'mjml'
const told = []
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    const { errors } = await mjml2html(text, { validationLevel: 'soft' })
    told.push(errors.map(each => each.message))
  } catch (error) {
    told.push([String(error.message)])
  }
}
console.log(JSON.stringify(told))
"""
pytestmark = pytest.mark.skipif(
    not shutil.which("node") or not (NPM / "node_modules/mjml").is_dir(),
    reason="needs node, and npm mjml from `make mjml`",
)
SECTION = "<mj-section><mj-column>{}</mj-column></mj-section>"
BODIES = [
    SECTION.format("<mj-text>Hello</mj-text>"),
    SECTION.format("<mj-txt>Hello</mj-txt>"),
    SECTION.format('<mj-text colour="red">Hello</mj-text>'),
    SECTION.format('<mj-text align="middle">Hello</mj-text>'),
    SECTION.format('<mj-text font-size="17">Hello</mj-text>'),
    SECTION.format('<mj-text padding="1px 2px 3px 4px">Hello</mj-text>'),
    SECTION.format('<mj-text padding="1px 2px 3px 4px 5px">Hello</mj-text>'),
    SECTION.format('<mj-image src="https://a.example/a.png" fluid-on-mobile="yes" />'),
    SECTION.format('<mj-text css-class="a" mj-class="b" color="#1f2a30">Hello</mj-text>'),
    SECTION.format("<mj-divider /><mj-spacer /><mj-table><tr><td>x</td></tr></mj-table>"),
    "<mj-text>Hello</mj-text>",
    "<mj-section><mj-text>Hello</mj-text></mj-section>",
    "<mj-wrapper><mj-column /></mj-wrapper>",
    "<mj-wrapper><mj-section><mj-column /></mj-section></mj-wrapper>",
    "<mj-section><mj-group><mj-column /></mj-group></mj-section>",
    "<mj-column><mj-section /></mj-column>",
]


def judged(texts: list[str]) -> list[list[str]]:
    """Ask npm mjml, one process for all: what is wrong with each."""
    (NPM / "judge.mjs").write_text(JUDGE, encoding="utf-8")
    told = subprocess.run(
        ["node", "judge.mjs"],
        cwd=NPM,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[list[str]] = json.loads(told.stdout)
    return found


def test_npm_mjml_finds_nothing_wrong_with_our_templates_in_any_sample(made_project: Path):
    press, sample = Press(made_project), read_sample(made_project)
    every = [sample, *(context for _, context in variations(sample))]
    found = judged([press.trace(context).mjml for context in every])
    assert found == [[]] * len(every)


def test_npm_mjml_and_the_lint_agree_on_what_is_wrong():
    pages = [f"<mjml><mj-body>{body}</mj-body></mjml>" for body in BODIES]
    theirs = [bool(found) for found in judged(pages)]
    ours = []
    for page in pages:
        file = Written("a.mjml", page)
        ours.append(any([*look_over_mjml(file), *balance(file), *nesting(*unmark(page, "a.mjml"))]))
    assert dict(zip(BODIES, ours, strict=True)) == dict(zip(BODIES, theirs, strict=True))
    assert 5 < sum(ours) < len(BODIES) - 3
