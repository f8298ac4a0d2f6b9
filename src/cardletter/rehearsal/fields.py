"""Fields: dataclasses set from names and JSON values, as the command and the control door do."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from typing import Any, TypeVar

Json = dict[str, Any]
Kind = TypeVar("Kind")


def change(target: object, changes: Mapping[str, object]) -> None:
    """Set fields of a dataclass; a list becomes a set or a tuple where the field is one.

    Raises:
        ValueError: there is no such field.
    """
    known = {field.name for field in fields(target)}  # type: ignore[arg-type]
    for name, value in changes.items():
        if name not in known:
            raise ValueError(f"no field {name!r}; there are {', '.join(sorted(known))}")
        setattr(target, name, _as(getattr(target, name), value))


def made(kind: type[Kind], values: Mapping[str, object]) -> Kind:
    """Make a dataclass of its defaults and some values.

    Raises:
        ValueError: there is no such field.
    """
    target = kind()
    change(target, values)
    return target


def shown(target: object) -> Json:
    """Give the fields of a dataclass as JSON has them."""
    values = asdict(target)  # type: ignore[call-overload]
    return {
        name: sorted(value) if isinstance(value, set) else value for name, value in values.items()
    }


def settings(words: str) -> Mapping[str, object]:
    """Read name=value pairs with commas between, or JSON; values are read as JSON if they are.

    Raises:
        ValueError: they are neither.
    """
    if words.startswith("{"):
        return dict(json.loads(words))
    pairs = (each.split("=") for each in words.split(","))
    return {name: _value(value) for name, value in pairs}


def _value(words: str) -> object:
    for read in (json.loads, float):
        with suppress(ValueError):
            return read(words)
    return words


def _as(old: object, value: object) -> object:
    if isinstance(value, list):
        if isinstance(old, tuple):
            return tuple(value)
        return set(value)
    return value
