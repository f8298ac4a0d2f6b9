"""Shapes: what is known of a value before there is one."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import nodes


@dataclass(frozen=True)
class Shape:
    """What is known of a value before there is one: its fields, or what its rows are like."""

    fields: tuple[tuple[str, "Shape"], ...] | None = None
    rows: "Shape | None" = None

    @property
    def by_name(self) -> dict[str, "Shape"]:
        """Give the fields by name."""
        return dict(self.fields or ())


UNKNOWN = Shape()


def shape_of(value: object) -> Shape:
    """Give the shape of plain data; rows of a list are taken together."""
    if isinstance(value, Mapping):
        return Shape(tuple((str(key), shape_of(each)) for key, each in sorted(value.items())))
    if isinstance(value, (list, tuple)):
        rows = UNKNOWN
        for each in value:
            rows = either(rows, shape_of(each))
        return Shape(rows=rows)
    return UNKNOWN


def either(one: Shape, other: Shape) -> Shape:
    """Give the shape of what may be either."""
    if one.fields is None or other.fields is None:
        return one if one.fields is not None or one.rows is not None else other
    names = sorted({**one.by_name, **other.by_name})
    return Shape(
        tuple(
            (name, either(one.by_name.get(name, UNKNOWN), other.by_name.get(name, UNKNOWN)))
            for name in names
        )
    )


def element(shape: object) -> object:
    """Give the shape of one of the rows of something."""
    return shape.rows or UNKNOWN if isinstance(shape, Shape) else UNKNOWN


def any_field(shape: Shape) -> Shape:
    """Give what any of the fields may be, where a name is not known yet."""
    kinds = {inner for _, inner in shape.fields or ()}
    return kinds.pop() if len(kinds) == 1 else UNKNOWN


def written(node: nodes.Node) -> str:
    """Write an expression as its author did: item.image."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    return ""
