"""Templates: how a variant looks, from Jinja and MJML to subject, HTML and text.

Public verbs: `render`, `lint`, `hang` (stages), `check_templates`. A `Press` prints one context,
and traces every part of it back to its line of a template.
"""

from cardletter.templates.lint_project import Lint
from cardletter.templates.lint_templates import check_templates
from cardletter.templates.lint_words import GMAIL_CLIPS
from cardletter.templates.linting import lint
from cardletter.templates.marks import Source
from cardletter.templates.press import Press, Rendered, Traced
from cardletter.templates.rendering import FIELDS, PICTURES, read_variant, render
from cardletter.templates.wall import hang

__all__ = [
    "FIELDS",
    "GMAIL_CLIPS",
    "PICTURES",
    "Lint",
    "Press",
    "Rendered",
    "Source",
    "Traced",
    "check_templates",
    "hang",
    "lint",
    "read_variant",
    "render",
]
