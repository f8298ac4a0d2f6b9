"""Lists that the lint goes by, from lint_lists.yaml."""

from importlib.resources import files

import yaml

_TEXT = files("cardletter.templates").joinpath("lint_lists.yaml").read_text("utf-8")
_LISTS: dict[str, list[str]] = yaml.safe_load(_TEXT)

SHORTENERS = frozenset(_LISTS["shorteners"])
VAGUE = frozenset(_LISTS["vague"])
NO_MAIL = frozenset(_LISTS["no_mail"])
YOUNGER_TAGS = frozenset(_LISTS["younger_tags"])
DECORATION = frozenset(_LISTS["decoration"])
FROM_LEAVING_OUT = frozenset(_LISTS["from_leaving_out"])
REASONS = tuple(_LISTS["reasons"])
