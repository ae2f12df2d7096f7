"""Find, in one run, the comparisons that would end otherwise if a number in them were doubled or halved.

A number that is only compared, or calculated with and then compared, is replaced by an object that compares
as the number does, and that notes where its double or half would not. What no comparison notes, no reading
can notice; only for the rest is the package imported again with a changed number.
"""

from __future__ import annotations

import ast
import builtins
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.projects import REPOSITORY
from tests.thresholds.numbers import Number

ARITHMETIC = (ast.BinOp, ast.UnaryOp)
Change = tuple[int, int]
"""The index of a number, and 0 for its double or 1 for its half."""

noted: dict[Change, set[str]] = {}
"""The names of the readings in which a change alters a comparison."""

current = ""
"""The name of the reading that is read now."""


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """A number, its double and its half."""

    index: int
    values: tuple[Any, Any, Any]

    def _compare(self, other: object, compare: Callable[[Any, Any], bool]) -> bool:
        others = other.values if isinstance(other, Probe) else (other,) * 3
        same = {self.index, other.index} if isinstance(other, Probe) else {self.index}
        right = compare(self.values[0], others[0])
        for index in same:
            for side in (1, 2):
                mine = self.values[side if index == self.index else 0]
                theirs = others[side if not isinstance(other, Probe) or index == other.index else 0]
                if compare(mine, theirs) != right:
                    noted.setdefault((index, side - 1), set()).add(current)
        return right

    def __lt__(self, other: object) -> bool:
        return self._compare(other, operator.lt)

    def __le__(self, other: object) -> bool:
        return self._compare(other, operator.le)

    def __gt__(self, other: object) -> bool:
        return self._compare(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        return self._compare(other, operator.ge)

    def _calculate(self, other: Any, calculate: Callable[[Any, Any], Any]) -> Probe:
        if isinstance(other, Probe):
            raise TypeError("two probes in one term")
        return Probe(self.index, tuple(calculate(value, other) for value in self.values))  # type: ignore[arg-type]

    def __add__(self, other: Any) -> Probe:
        return self._calculate(other, operator.add)

    __radd__ = __add__

    def __mul__(self, other: Any) -> Probe:
        return self._calculate(other, operator.mul)

    __rmul__ = __mul__

    def __sub__(self, other: Any) -> Probe:
        return self._calculate(other, operator.sub)

    def __rsub__(self, other: Any) -> Probe:
        return self._calculate(other, lambda mine, theirs: theirs - mine)

    def __truediv__(self, other: Any) -> Probe:
        return self._calculate(other, operator.truediv)

    def __neg__(self) -> Probe:
        return Probe(self.index, tuple(-value for value in self.values))  # type: ignore[arg-type]


def install(numbers: list[Number]) -> None:
    """Let the code of `place` find the probes of numbers."""
    probes = [Probe(index, (number.value, *number.changes())) for index, number in enumerate(numbers)]
    builtins.__probes__ = probes  # type: ignore[attr-defined]


def can_be_probed(number: Number) -> bool:
    """Return whether a number is only compared: itself, or everywhere the constant that it is."""
    tree = _tree(number.path)
    if not number.constant:
        return _is_compared(_node(tree, number), _around(tree))
    if not number.constant.isidentifier() or number.name != number.constant:
        return False
    is_used = False
    for path in _mentioning(number.constant):
        other = _tree(path)
        around = _around(other)
        for node in ast.walk(other):
            if isinstance(node, ast.Attribute) and node.attr == number.constant:
                return False
            if isinstance(node, ast.Name) and node.id == number.constant:
                if isinstance(node.ctx, ast.Load) and not _is_compared(node, around):
                    return False
                is_used |= isinstance(node.ctx, ast.Load)
    statement = _around(tree)[_node(tree, number)]
    return is_used and isinstance(statement, (ast.Assign, ast.AnnAssign))


def place(path: str, numbers: list[tuple[int, Number]]) -> ast.Module:
    """Return the tree of a module with probes in place of its numbers, which have these indices."""
    tree = ast.parse((REPOSITORY / path).read_text("utf-8"))
    indices = {(number.line, number.column): index for index, number in numbers}

    class Placer(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.expr:
            index = indices.get((node.lineno, node.col_offset))
            if index is None or type(node.value) not in (int, float):
                return node
            probes = ast.Name("__probes__", ast.Load())
            return ast.copy_location(ast.Subscript(probes, ast.Constant(index), ast.Load()), node)

    return ast.fix_missing_locations(Placer().visit(tree))


def _is_compared(node: ast.AST, around: dict[ast.AST, ast.AST]) -> bool:
    while isinstance(around[node], ARITHMETIC):
        node = around[node]
    if sum(map(_is_fixed, ast.walk(node))) > 1:  # probes cannot be calculated with each other
        return False
    parent = around[node]
    orders = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
    return isinstance(parent, ast.Compare) and all(isinstance(op, orders) for op in parent.ops)


def _is_fixed(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


_trees: dict[str, ast.Module] = {}
_parents: dict[int, dict[ast.AST, ast.AST]] = {}
_texts: dict[str, str] = {}


def _tree(path: str) -> ast.Module:
    if path not in _trees:
        _trees[path] = ast.parse((REPOSITORY / path).read_text("utf-8"))
    return _trees[path]


def _around(tree: ast.Module) -> dict[ast.AST, ast.AST]:
    if id(tree) not in _parents:
        _parents[id(tree)] = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return _parents[id(tree)]


def _node(tree: ast.Module, number: Number) -> ast.Constant:
    return next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and (node.lineno, node.col_offset) == (number.line, number.column)
    )


def _mentioning(name: str) -> list[str]:
    if not _texts:
        for path in sorted((REPOSITORY / "exporter").rglob("*.py")):
            _texts[str(path.relative_to(REPOSITORY))] = path.read_text("utf-8")
    return [path for path, text in _texts.items() if name in text]
