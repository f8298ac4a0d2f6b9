"""The sample: the context that stands beside the template, to look at it without any data."""

from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from cardletter.errors import FilesError, Finding
from cardletter.templates.fields import FIELDS
from cardletter.templates.locales import read_words
from cardletter.templates.press import PICTURES, SAMPLE
from cardletter.templates.rendering import read_brand
from cardletter.typesetting.sandbox import FOLDER


def read_sample(project: Path) -> dict[str, Any]:
    """Read the context that stands beside the template, its HTML marked as such.

    Raises:
        FilesError: the sample or the brand cannot be read.
    """
    path, line = f"{FOLDER}/{SAMPLE}", 1
    try:
        sample: dict[str, Any] = yaml.safe_load((project / path).read_text(encoding="utf-8"))
        _dress(sample)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FilesError([Finding(path, line, f"not YAML: {error.problem}")]) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise FilesError([Finding(path, line, "not YAML that can be read")]) from None
    except (TypeError, KeyError, AttributeError):
        hint = "it needs `edition:`, `segment:` and `slots:` with whole items; see a new project's"
        raise FilesError([Finding(path, line, "lacks what a letter is made of", hint)]) from None
    words = read_words(project, ["en"])
    told = {"brand": read_brand(project, PICTURES), "words": words, "dir": "ltr"}
    return {"personal": [], **sample, **told}


def _dress(sample: dict[str, Any]) -> None:
    """Make the sample what a letter's context is: HTML marked, pictures and fields in place."""
    for item in chain.from_iterable(sample["slots"].values()):
        item["body_html"] = Markup(item["body_html"])  # noqa: S704 - the project's own sample
        if item["image"]:
            item["image"]["src"] = PICTURES + Path(item["image"]["src"]).name
    sample["member"] = {field: Markup("{{" + field + "}}") for field in FIELDS}  # noqa: S704
