"""The sandbox: what a template may do, and nothing else.

A template sees frozen plain data. A name after a dot is a key of that data, never an attribute of
Python; filters, functions and methods of text are those listed here. What is not allowed is an
error at its line, as is a name that there is not.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.nodes import EvalContextModifier, Filter, ScopedEvalContextModifier, Template
from jinja2.runtime import BlockReference, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup

FOLDER = "templates"

FILTERS = (
    *("abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first"),
    *("float", "forceescape", "indent", "int", "items", "join", "last", "length", "list", "lower"),
    *("map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select"),
    *("selectattr", "slice", "sort", "string", "striptags", "sum", "title", "trim", "truncate"),
    *("unique", "upper", "urlencode", "wordcount", "wordwrap"),
)
FUNCTIONS = ("range", "dict", "namespace")
TEXT = frozenset({"endswith", "lower", "replace", "split", "startswith", "strip", "title", "upper"})
LOOP = frozenset({"changed", "cycle", "depth", "depth0", "first", "index", "index0", "last"})
LOOP |= {"length", "nextitem", "previtem", "revindex", "revindex0"}
LONGEST = 100_000
"""Signs that text may be made to by repeating it."""


class Record(Mapping[str, Any]):
    """A table of plain data that nothing can change."""

    __slots__ = ("_content",)

    def __init__(self, content: Mapping[str, Any]) -> None:
        """Freeze a table and all that is in it."""
        self._content = {key: frozen(value, key) for key, value in content.items()}

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - any plain data
        """Give what stands under a key."""
        return self._content[key]

    def __iter__(self) -> Iterator[str]:
        """Give the keys."""
        return iter(self._content)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._content)

    def __str__(self) -> str:
        """Refuse to be written out: a letter that shows a table is a mistake."""
        raise TypeError(f"a table cannot be written out; name one of its keys: {', '.join(self)}")

    __repr__ = __str__


def frozen(value: Any, key: str = "") -> Any:  # noqa: ANN401 - any plain data
    """Freeze plain data; what stands under a key that ends in _html is HTML, all else is text."""
    if isinstance(value, str):
        return Markup(value) if key.endswith("_html") else value  # noqa: S704 - made by us
    if type(value) is dict or isinstance(value, Mapping):
        return Record(value)
    return tuple(map(frozen, value)) if isinstance(value, list) else value


class Loader(BaseLoader):
    """Hands out the templates that there are: it reads no file."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Take the templates by name, such as blocks/hero.mjml."""
        self.sources = sources

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - as loaders do
        template: str,
    ) -> tuple[str, str, None]:
        """Give a template.

        Raises:
            TemplateNotFound: there is none of that name.
        """
        if template not in self.sources:
            raise TemplateNotFound(template)
        return self.sources[template], f"{FOLDER}/{template}", None


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja, with nothing in it that a letter does not need."""

    intercepted_binops = frozenset({"*", "**", "%", "//"})

    def __init__(self, sources: Mapping[str, str], *extensions: type[Extension]) -> None:
        """Take the templates by name."""
        super().__init__(
            loader=Loader(sources),
            undefined=StrictUndefined,
            autoescape=lambda name: not (name or "").endswith(".txt"),
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=extensions,
            auto_reload=False,
            finalize=_written,
        )
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.globals = {name: self.globals[name] for name in FUNCTIONS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> Template:
        """Read a template, and refuse what would turn escaping off."""
        tree = super()._parse(source, name, filename)
        for switch in tree.find_all((EvalContextModifier, ScopedEvalContextModifier)):
            raise TemplateSyntaxError(
                "escaping cannot be switched: take {% autoescape %} out", switch.lineno, name
            )
        for used in tree.find_all(Filter):
            if used.name == "safe":
                raise TemplateSyntaxError(
                    "|safe is not allowed: what is HTML is known", used.lineno, name
                )
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as environments do
        """Give what `obj.attribute` means to a template: a key, or something harmless."""
        if type(obj) is Record:  # most are; and isinstance is slow for a Mapping
            try:
                return obj[attribute]
            except KeyError:
                return self._missing(obj, attribute)
        if _harmless(obj, attribute):
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()  # noqa: SLF001 - Jinja's own words for it
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return self._missing(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - as environments do
        """Give what `obj[argument]` means to a template."""
        if isinstance(obj, str | list | tuple) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(f"this has no element {argument}")
        if isinstance(argument, str):
            return self.getattr(obj, str(argument))
        if isinstance(obj, Record | dict):
            return obj[argument] if argument in obj else self._missing(obj, str(argument))
        return self.undefined(obj=obj, name=argument)

    def _missing(self, obj: Any, name: str) -> Undefined:  # noqa: ANN401 - anything
        if isinstance(obj, Record | dict):
            known = ", ".join(map(str, obj)) or "nothing"
            return self.undefined(f"there is no {name!r} here: there is {known}", name=name)
        if hasattr(obj, name):
            return self.undefined(f"{name!r} is not allowed here", name=name, exc=SecurityError)
        return self.undefined(obj=obj, name=name)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - anything
        """Tell whether a template may call something: macros, loops, and what is listed."""
        if isinstance(obj, Macro | LoopContext | BlockReference):
            return True
        if obj in self.globals.values():
            return True
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        return _harmless(owner, name)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Reckon with numbers; text is repeated a little, and nothing else is."""
        if isinstance(left, str | list | tuple) or isinstance(right, str | list | tuple):
            if operator != "*":
                raise SecurityError(f"{operator} is for numbers only")
            sizes = [each if isinstance(each, int) else len(each) for each in (left, right)]
            if sizes[0] * sizes[1] > LONGEST:
                raise SecurityError(f"this would repeat more than {LONGEST:,} signs")
        if operator == "**" and abs(right) > 64:  # noqa: PLR2004 - numbers of a letter are small
            raise SecurityError("a power this high is no number of a letter")
        return super().call_binop(context, operator, left, right)


def _written(value: Any) -> Any:  # noqa: ANN401 - whatever an expression comes to
    """Let text and numbers be written out; anything else in a letter is a mistake."""
    if isinstance(value, str | int | float | Decimal | Undefined):
        return value
    if value is None:
        raise TypeError("this has no value; ask first: {% if ... %}")
    if isinstance(value, Record):
        return str(value)
    raise TypeError(f"this is no text: a {type(value).__name__}")


def _harmless(obj: Any, name: str) -> bool:  # noqa: ANN401 - anything
    """Tell whether an attribute of Python is one that templates may use."""
    if isinstance(obj, str):
        return name in TEXT
    if isinstance(obj, LoopContext):
        return name in LOOP
    if isinstance(obj, Namespace | TemplateModule):
        return not name.startswith("_")
    return False
