"""Strict JSON: what two readers could read in two ways, or could choke on, is not read at all."""

import json
from typing import Any, NoReturn

from cardletter.feedback.events import SetAsideError

LARGEST = 1_000_000
"""Bytes; SES's events are a few thousand, with all headers of a mail seldom 300,000."""

DEEPEST = 30
"""Levels; nobody looks for them where no more brackets are opened than that."""


def parse(body: bytes | str) -> Any:  # noqa: ANN401 - any JSON
    """Read JSON.

    Raises:
        SetAsideError: it is too large or too deep, not UTF-8, or not JSON as RFC 8259 has it.
    """
    if len(body) > LARGEST:
        raise SetAsideError("too_large")
    try:
        text = body if isinstance(body, str) else body.decode("utf-8-sig")
        found = READER.decode(text)
    except UnicodeDecodeError:
        raise SetAsideError("not_utf8") from None
    except RecursionError:
        raise SetAsideError("too_deep") from None
    except ValueError:  # not JSON, or a number of more digits than Python reads
        raise SetAsideError("not_json") from None
    if text.count("{") + text.count("[") > DEEPEST and _deeper(found, DEEPEST):
        raise SetAsideError("too_deep")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise SetAsideError("duplicate_keys")
    return found


def _no_constant(_: str) -> NoReturn:
    raise SetAsideError("not_a_number")


def _deeper(found: object, levels: int) -> bool:
    """Tell whether something goes deeper than so many levels."""
    if not isinstance(found, dict | list):
        return False
    inner = found.values() if isinstance(found, dict) else found
    return levels == 0 or any(_deeper(each, levels - 1) for each in inner)


READER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
