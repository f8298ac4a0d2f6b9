"""What templates ask for: every field in every branch, against what the sample says there is.

Nothing is rendered here: each expression is followed through loops, blocks and branches, so that a
field nobody knows is found where no sample ever goes.
"""

import difflib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from jinja2 import Environment, TemplateError, nodes

from cardletter.errors import Finding
from cardletter.templates.lint_checks import CHECKS
from cardletter.templates.lint_shapes import (
    UNKNOWN,
    Shape,
    any_field,
    either,
    element,
    shape_of,
    written,
)
from cardletter.typesetting.marks import Source

ALWAYS = frozenset({"loop", "caller", "varargs", "kwargs", "self", "super"})
SAME = frozenset(
    {"list", "sort", "reverse", "unique", "select", "reject", "selectattr", "rejectattr"}
)
ONE_OF = frozenset({"first", "last", "min", "max", "random"})
IN_ROWS = frozenset({"batch", "slice"})


@dataclass(frozen=True)
class _Macro:
    """A block that a template may call, and the file it stands in."""

    name: str
    node: nodes.Macro


Scope = dict[str, Any]  # name -> Shape, or _Macro, or a module's Scope


@dataclass
class Fields:
    """Follows every expression of a page and what it imports, and finds fields nobody knows."""

    environment: Environment
    folder: str
    found: set[Finding] = field(default_factory=set)
    _file: str = ""
    _walked: set[tuple[object, ...]] = field(default_factory=set)
    _within: list[str] = field(default_factory=list)
    _trees: dict[str, nodes.Template | None] = field(default_factory=dict)

    def look_over(self, page: str, sample: Mapping[str, Any]) -> set[Finding]:
        """Follow a page's expressions with what a sample says there is."""
        known = {str(name): shape_of(value) for name, value in sample.items()}
        with suppress(RecursionError):  # nested without end: rendering tells it, at its line
            self._template(page, known)
        return self.found

    def _template(self, name: str, scope: Scope) -> Scope:
        """Follow a template; give the names it defines."""
        tree = self._tree(name)
        if tree is None or name in self._within:
            return {}  # rendering tells it, at its line
        before, self._file = self._file, name
        self._within.append(name)
        inner = dict(scope)
        self._all(tree.body, inner)
        self._within.pop()
        self._file = before
        return {key: value for key, value in inner.items() if scope.get(key) is not value}

    def _tree(self, name: str) -> nodes.Template | None:
        if name not in self._trees:
            try:
                source = self.environment.loader.get_source(self.environment, name)[0]  # type: ignore[union-attr]
                self._trees[name] = self.environment.parse(source)
            except (TemplateError, RecursionError):
                self._trees[name] = None
        return self._trees[name]

    def _all(self, body: list[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        walk: Callable[[Any, Scope], None] | None = getattr(
            self, f"_on_{type(node).__name__.lower()}", None
        )
        if walk:
            walk(node, scope)
        elif isinstance(node, nodes.Expr):
            self._shape(node, scope)
        else:
            self._all(list(node.iter_child_nodes()), scope)

    def _on_if(self, node: nodes.If, scope: Scope) -> None:
        self._shape(node.test, scope)
        for body in (node.body, node.else_):
            self._all(body, scope)
        self._all(list(node.elif_), scope)

    def _on_for(self, node: nodes.For, scope: Scope) -> None:
        rows = self._shape(node.iter, scope).rows or UNKNOWN
        inner = dict(scope)
        self._assign(node.target, rows, inner)
        if node.test:
            self._shape(node.test, inner)
        self._all(node.body, inner)
        self._all(node.else_, dict(scope))

    def _on_assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._assign(node.target, self._shape(node.node, scope), scope)

    def _on_assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._all(node.body, dict(scope))
        self._assign(node.target, UNKNOWN, scope)

    def _on_with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._assign(target, self._shape(value, scope), inner)
        self._all(node.body, inner)

    def _on_macro(self, node: nodes.Macro, scope: Scope) -> None:
        scope[node.name] = _Macro(self._file, node)

    def _on_import(self, node: nodes.Import, scope: Scope) -> None:
        scope[node.target] = self._imported(node.template)

    def _on_fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        module = self._imported(node.template)
        for name in node.names:
            name, target = name if isinstance(name, tuple) else (name, name)  # noqa: PLW2901
            scope[target] = module.get(name, UNKNOWN)

    def _on_include(self, node: nodes.Include, scope: Scope) -> None:
        if isinstance(node.template, nodes.Const):
            self._template(node.template.value, scope)

    def _on_extends(self, node: nodes.Extends, scope: Scope) -> None:
        if isinstance(node.template, nodes.Const):
            self._template(node.template.value, scope)

    def _imported(self, template: nodes.Expr) -> Scope:
        name = template.value if isinstance(template, nodes.Const) else ""
        return self._template(name, {}) if name else {}

    def _assign(self, target: nodes.Node, shape: object, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = shape
        elif isinstance(target, (nodes.Tuple, nodes.List)):
            for each in target.items:
                self._assign(each, element(shape), scope)

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
        if isinstance(called, _Macro):
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

    def _macro(
        self, macro: _Macro, given: list[Shape], named: dict[str, Shape], scope: Scope
    ) -> None:
        """Follow a block with what it is given, once for each that differs."""
        names = [each.name for each in macro.node.args]
        known = dict.fromkeys(names, UNKNOWN) | dict(zip(names, given, strict=False)) | named
        key = (macro.name, macro.node.name, *sorted(known.items(), key=lambda each: each[0]))
        if key in self._walked:
            return
        self._walked.add(key)
        before, self._file = self._file, macro.name
        self._all(macro.node.body, self._around(macro, scope) | known)
        self._file = before

    def _around(self, macro: _Macro, scope: Scope) -> Scope:
        """Give the names that a block sees beside what it is given: those of its own file."""
        if macro.name == self._file and not macro.name.startswith("blocks/"):
            return dict(scope)
        return self._template(macro.name, {})

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
