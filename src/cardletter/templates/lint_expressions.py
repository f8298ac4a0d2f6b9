"""Expressions of templates: what each is like, and what it asks for that nobody knows."""

import difflib
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from jinja2 import Environment, nodes

from cardletter.errors import Finding
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_shapes import UNKNOWN, Shape, any_field, either, written
from cardletter.typesetting.marks import Source

ALWAYS = frozenset({"loop", "caller", "varargs", "kwargs", "self", "super"})
SAME = frozenset(
    {"list", "sort", "reverse", "unique", "select", "reject", "selectattr", "rejectattr"}
)
ONE_OF = frozenset({"first", "last", "min", "max", "random"})
IN_ROWS = frozenset({"batch", "slice"})


@dataclass(frozen=True)
class Macro:
    """A block that a template may call, and the file it stands in."""

    name: str
    node: nodes.Macro


Scope = dict[str, Any]  # name -> Shape, or Macro, or a module's Scope


@dataclass
class Expressions(ABC):
    """Follows expressions with what is known where they stand."""

    environment: Environment
    folder: str
    found: set[Finding] = field(default_factory=set)
    _file: str = ""

    @abstractmethod
    def _macro(
        self, macro: Macro, given: list[Shape], named: dict[str, Shape], scope: Scope
    ) -> None:
        """Follow a block with what it is given."""

    def _shape(self, node: nodes.Node, scope: Scope) -> Shape:
        """Follow an expression, and give what it is like."""
        walk: Callable[[Any, Scope], Any] | None = getattr(
            self, f"_of_{type(node).__name__.lower()}", None
        )
        if walk:
            shape = walk(node, scope)
            return shape if isinstance(shape, Shape) else UNKNOWN
        for child in node.iter_child_nodes():
            self._shape(child, scope)
        return UNKNOWN

    def _of_name(self, node: nodes.Name, scope: Scope) -> object:
        if node.name in scope:
            return scope[node.name]
        if node.name not in self.environment.globals and node.name not in ALWAYS:
            self._say(node, node.name, list(scope))
        return UNKNOWN

    def _of_getattr(self, node: nodes.Getattr, scope: Scope) -> object:
        if isinstance(node.node, nodes.Name) and isinstance(scope.get(node.node.name), dict):
            return scope[node.node.name].get(node.attr, UNKNOWN)
        shape = self._shape(node.node, scope)
        if shape.fields is None:
            return UNKNOWN
        return self._field(node, shape, node.attr, written(node.node))

    def _of_getitem(self, node: nodes.Getitem, scope: Scope) -> object:
        shape = self._shape(node.node, scope)
        if isinstance(node.arg, nodes.Const) and shape.fields is not None:
            return self._field(node, shape, str(node.arg.value), written(node.node))
        self._shape(node.arg, scope)
        return shape.rows or any_field(shape)

    def _field(self, node: nodes.Node, shape: Shape, name: str, outer: str) -> Shape:
        if name in shape.by_name:
            return shape.by_name[name]
        self._say(node, f"{outer}.{name}".strip("."), list(shape.by_name))
        return UNKNOWN

    def _of_call(self, node: nodes.Call, scope: Scope) -> object:
        called = self._called(node.node, scope)
        given = [self._shape(each, scope) for each in node.args]
        named = {each.key: self._shape(each.value, scope) for each in node.kwargs}
        if isinstance(called, Macro):
            self._macro(called, given, named, scope)
        return UNKNOWN

    def _called(self, node: nodes.Node, scope: Scope) -> object:
        if isinstance(node, nodes.Name):
            return scope.get(node.name) or self._of_name(node, scope)
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            module = scope.get(node.node.name)
            if isinstance(module, dict):
                return module.get(node.attr)
        if isinstance(node, nodes.Getattr):
            return self._shape(node.node, scope)  # a method of a value
        return self._shape(node, scope)

    def _of_filter(self, node: nodes.Filter, scope: Scope) -> object:
        if node.name in ("default", "d"):
            return UNKNOWN  # what is not there has another value
        inner = self._shape(node.node, scope) if node.node else UNKNOWN
        for each in node.args:
            self._shape(each, scope)
        if node.name in SAME:
            return inner
        if node.name in ONE_OF:
            return inner.rows or UNKNOWN
        return Shape(rows=inner) if node.name in IN_ROWS else UNKNOWN

    def _of_test(self, node: nodes.Test, scope: Scope) -> object:
        if node.name not in ("defined", "undefined"):
            self._shape(node.node, scope)
        return UNKNOWN

    def _of_condexpr(self, node: nodes.CondExpr, scope: Scope) -> object:
        self._shape(node.test, scope)
        one = self._shape(node.expr1, scope)
        return either(one, self._shape(node.expr2, scope)) if node.expr2 else one

    def _of_or(self, node: nodes.Or, scope: Scope) -> object:
        return either(self._shape(node.left, scope), self._shape(node.right, scope))

    def _of_tuple(self, node: nodes.Tuple, scope: Scope) -> object:
        return self._of_list(node, scope)

    def _of_list(self, node: nodes.List | nodes.Tuple, scope: Scope) -> object:
        shapes = [self._shape(each, scope) for each in node.items]
        rows = shapes[0] if shapes else UNKNOWN
        for one, other in pairwise(shapes):
            rows = either(rows, either(one, other))
        return Shape(rows=rows)

    def _say(self, node: nodes.Node, name: str, known: list[str]) -> None:
        near = difflib.get_close_matches(name.rsplit(".", 1)[-1], known, n=1)
        guess = f"is it {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
        source = Source(f"{self.folder}/{self._file}", node.lineno)
        self.found.add(CHECKS["unknown_field"].at(source, name=name, guess=guess))
