"""What Jinja is not to be used for in a template, wherever it stands."""

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateError, nodes

from cardletter.errors import Finding
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_source import Written
from cardletter.typesetting.marks import Source

CHANGING = frozenset({"random", "shuffle", "now", "lipsum"})
SECRETS = {
    "password": re.compile(r"\b(pass(word|wd|phrase)|pwd)\s*[:=]\s*\S+", re.IGNORECASE),
    "key": re.compile(
        r"\b(api[_-]?key|secret|token|access[_-]?key)\b\s*[:=]\s*\S+|\bAKIA[0-9A-Z]{16}\b"
        r"|-----BEGIN [A-Z ]*PRIVATE KEY",
        re.IGNORECASE,
    ),
}


def look_over_jinja(file: Written, environment: Environment) -> Iterator[Finding]:
    """Find what a template is not to do, wherever it stands in the file."""
    for text, offset in file.comments():
        for what, pattern in SECRETS.items():
            if pattern.search(text):
                yield CHECKS["secret"].at(file.line(offset), what=what)
    try:
        tree = environment.parse(file.text)
    except (TemplateError, RecursionError):
        return  # rendering tells it, at its line
    for each in tree.find_all((nodes.Filter, nodes.Call)):
        called = getattr(each, "node", None)
        name = each.name if isinstance(each, nodes.Filter) else getattr(called, "name", "")
        source = Source(file.path, each.lineno)
        if isinstance(each, nodes.Filter) and name == "safe":
            yield CHECKS["safe"].at(source)
        elif name in CHANGING:
            yield CHECKS["random"].at(source, name=name)
    for modifier in tree.find_all(nodes.EvalContextModifier):
        if any(option.key == "autoescape" for option in modifier.options):
            yield CHECKS["autoescape"].at(Source(file.path, modifier.lineno))
