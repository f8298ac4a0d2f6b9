"""Templates: how a variant looks, from Jinja and MJML to subject, HTML and text.

Public verbs: `render`, `lint`, `hang` (stages), `check_templates`.
"""

from cardletter.templates.linting import check_templates, lint
from cardletter.templates.rendering import FIELDS, PICTURES, Rendered, read_variant, render
from cardletter.templates.wall import hang

__all__ = [
    "FIELDS",
    "PICTURES",
    "Rendered",
    "check_templates",
    "hang",
    "lint",
    "read_variant",
    "render",
]
