"""What templates ask for: every field in every branch, against what the sample says there is.

Nothing is rendered here: each expression is followed through loops, blocks and branches, so that a
field nobody knows is found where no sample ever goes.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateError, nodes

from cardletter.errors import Finding
from cardletter.templates.lint_expressions import Expressions, Macro, Scope
from cardletter.templates.lint_shapes import UNKNOWN, Shape, element, shape_of


@dataclass
class Fields(Expressions):
    """Follows every expression of a page and what it imports, and finds fields nobody knows."""

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
        scope[node.name] = Macro(self._file, node)

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

    def _macro(
        self, macro: Macro, given: list[Shape], named: dict[str, Shape], scope: Scope
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

    def _around(self, macro: Macro, scope: Scope) -> Scope:
        """Give the names that a block sees beside what it is given: those of its own file."""
        if macro.name == self._file and not macro.name.startswith("blocks/"):
            return dict(scope)
        return self._template(macro.name, {})
