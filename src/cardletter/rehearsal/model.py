"""The service model: botocore's own shapes, compiled to checks that run thousands of times."""

import base64
import binascii
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from botocore.loaders import create_loader
from botocore.model import ServiceModel

from cardletter.rehearsal.refusals import RefusedError, bad

Check = Callable[[object], None]

SCALARS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "character": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float, str),
    "blob": (str,),
}


class WrongError(Exception):
    """A value that the model does not allow; its place is told from the inside out."""

    def __init__(self, words: str, *, form: bool = False) -> None:
        """Say what is wrong, and whether it could not even be read."""
        super().__init__(words)
        self.words, self.form, self.place = words, form, list[str]()


@cache
def service(name: str) -> Any:  # noqa: ANN401 - botocore has no types
    """Load a service model of botocore."""
    return ServiceModel(create_loader().load_service_model(name, "service-2"), name)


@cache
def checks(operation: str, name: str = "sesv2") -> Check:
    """Compile the check of an operation's input, without members that stand in the URL."""
    shape = service(name).operation_model(operation).input_shape
    return _check(shape, {})


def validate(operation: str, value: object, name: str = "sesv2") -> None:
    """See that a request is as the model says.

    Raises:
        RefusedError: BadRequestException, or SerializationException for a wrong type.
    """
    try:
        checks(operation, name)(value)
    except WrongError as wrong:
        place = ".".join(reversed(wrong.place)) or "the request"
        if wrong.form:
            raise RefusedError("SerializationException", f"{place}: {wrong.words}") from None
        raise bad(
            f"1 validation error detected: Value at '{place}' failed to satisfy constraint: "
            f"{wrong.words}"
        ) from None


def _check(shape: Any, known: dict[str, Check]) -> Check:  # noqa: ANN401
    if shape.name not in known:
        # A shape within itself finds this, and by then the check is made.
        known[shape.name] = lambda value: known[shape.name](value)  # noqa: PLW0108
        known[shape.name] = {
            "structure": _structure,
            "list": _list,
            "map": _map,
        }.get(shape.type_name, _scalar)(shape, known)
    return known[shape.name]


def _structure(shape: Any, known: dict[str, Check]) -> Check:  # noqa: ANN401
    members = {name: _check(member, known) for name, member in shape.members.items()}
    required = frozenset(shape.required_members)

    def check(value: object) -> None:
        if type(value) is not dict:
            raise WrongError("a structure is expected", form=True)
        if not required <= value.keys():
            missing = min(required - value.keys())
            raise WrongError(f"Member must not be null: {missing}")
        for name, part in value.items():
            try:
                members[name](part)
            except KeyError:
                raise WrongError(f"there is no member {name!r}", form=True) from None
            except WrongError as wrong:
                wrong.place.append(name)
                raise

    return check


def _list(shape: Any, known: dict[str, Check]) -> Check:  # noqa: ANN401
    member, within = _check(shape.member, known), _length(shape)

    def check(value: object) -> None:
        if type(value) is not list:
            raise WrongError("a list is expected", form=True)
        within(len(value))
        for number, part in enumerate(value, 1):
            try:
                member(part)
            except WrongError as wrong:
                wrong.place.append(str(number))
                raise

    return check


def _map(shape: Any, known: dict[str, Check]) -> Check:  # noqa: ANN401
    key, member = _check(shape.key, known), _check(shape.value, known)

    def check(value: object) -> None:
        if type(value) is not dict:
            raise WrongError("a map is expected", form=True)
        for name, part in value.items():
            key(name)
            member(part)

    return check


def _scalar(shape: Any, _known: dict[str, Check]) -> Check:  # noqa: ANN401
    kinds = SCALARS[shape.type_name]
    more = _text(shape) if kinds == (str,) else _number(shape)

    def check(value: object) -> None:
        if type(value) not in kinds:
            raise WrongError(f"a {shape.type_name} is expected", form=True)
        if more:
            more(value)

    return check


def _text(shape: Any) -> Callable[[Any], None] | None:  # noqa: ANN401
    if shape.type_name == "blob":
        return _base64
    choices = frozenset(shape.metadata.get("enum", ()))
    pattern = re.compile(shape.metadata.get("pattern", ""))
    patterned, bounded = "pattern" in shape.metadata, {"min", "max"} & shape.metadata.keys()
    within = _length(shape)
    if not (choices or patterned or bounded):
        return None

    def check(value: str) -> None:
        if choices and value not in choices:
            raise WrongError(f"Member must satisfy enum value set: {sorted(choices)}")
        within(len(value))
        if patterned and not pattern.fullmatch(value):
            raise WrongError(f"Member must satisfy regular expression pattern: {pattern.pattern}")

    return check


def _base64(value: str) -> None:
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise WrongError("base64 is expected", form=True) from None


def _length(shape: Any) -> Callable[[int], None]:  # noqa: ANN401
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", float("inf"))

    def check(length: int) -> None:
        if not least <= length <= most:
            bound = f"less than or equal to {most}" if length > most else f"at least {least}"
            raise WrongError(f"Member must have length {bound}")

    return check


def _number(shape: Any) -> Callable[[Any], None] | None:  # noqa: ANN401
    within = {"min", "max"} & shape.metadata.keys()
    return _length(shape) if within else None
