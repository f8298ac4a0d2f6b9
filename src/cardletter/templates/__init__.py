"""Templates: how a variant looks, from Jinja and MJML to subject, HTML and text.

Public verbs: `render`, `lint`, `hang` (stages), `check_templates`. A `Press` prints one context,
and traces every part of it back to its line of a template.
"""

from cardletter.templates.fields import (
    FIELDS,
    Field,
    Fields,
    columns,
    kept_fields,
    places,
    read_fields,
)
from cardletter.templates.lint_locales import check_locales
from cardletter.templates.lint_project import Lint
from cardletter.templates.lint_templates import check_templates
from cardletter.templates.lint_words import GMAIL_CLIPS
from cardletter.templates.linting import lint
from cardletter.templates.press import PICTURES, Press
from cardletter.templates.printing import render
from cardletter.templates.rendering import read_variant
from cardletter.templates.wall import hang
from cardletter.typesetting.marks import Source
from cardletter.typesetting.setting import Rendered, Traced

__all__ = [
    "FIELDS",
    "GMAIL_CLIPS",
    "PICTURES",
    "Field",
    "Fields",
    "Lint",
    "Press",
    "Rendered",
    "Source",
    "Traced",
    "check_locales",
    "check_templates",
    "columns",
    "hang",
    "kept_fields",
    "lint",
    "places",
    "read_fields",
    "read_variant",
    "render",
]
