"""The sample: the context that stands beside the template, to look at it without any data."""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from cardletter.errors import FilesError, Finding
from cardletter.templates.blocks import Block
from cardletter.templates.fields import FIELDS
from cardletter.templates.locales import read_words
from cardletter.templates.press import PICTURES, SAMPLE
from cardletter.templates.rendering import read_brand
from cardletter.typesetting.sandbox import FOLDER
from cardletter.yamlfile import YamlFile


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
    return {"personal": [], "survey": "", "signed": "", **sample, **told}


def _dress(sample: dict[str, Any]) -> None:
    """Make the sample what a letter's context is: HTML marked, pictures and fields in place."""
    for item in chain.from_iterable(sample["slots"].values()):
        dress(item)
    sample["member"] = {field: Markup("{{" + field + "}}") for field in FIELDS}  # noqa: S704


def dress(item: dict[str, Any]) -> dict[str, Any]:
    """Make an item of a sample what a letter's is: its HTML marked, its picture in place."""
    item["body_html"] = Markup(item["body_html"])  # noqa: S704 - the project's own sample
    if item["image"]:
        item["image"] = item["image"] | {"src": PICTURES + Path(item["image"]["src"]).name}
    return item


def block_sample(project: Path, block: Block, letter: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a block is shown with: the letter's sample, and its own over it.

    Raises:
        FilesError: one of them cannot be read.
    """
    file = YamlFile.read(project, block.sample)
    if file.findings:
        raise FilesError(file.findings)
    nothing = dict.fromkeys(letter["slots"]["hero"][0] if letter["slots"]["hero"] else (), "")
    return dict(letter) | {
        name: _over(letter.get(name), _dressed(value, nothing))
        for name, value in file.content.items()
    }


def _over(said: Any, own: Any) -> Any:  # noqa: ANN401 - any YAML
    """Lay what a block's sample says over what the letter's says."""
    return said | own if isinstance(said, dict) and isinstance(own, dict) else own


def _dressed(value: Any, nothing: Mapping[str, str]) -> Any:  # noqa: ANN401 - any YAML
    """Make items whole: what they do not say is empty, and their HTML is known as such."""
    if isinstance(value, list):
        return [_dressed(each, nothing) for each in value]
    if not isinstance(value, dict):
        return value
    inner = {name: _dressed(each, nothing) for name, each in value.items()}
    if "title" not in inner:
        return inner
    return dress({**nothing, **inner})
