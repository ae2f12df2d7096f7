"""The numbers in a module that steer a decision, found in its syntax tree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.projects import REPOSITORY

STRUCTURE = (ast.Subscript, ast.JoinedStr, ast.Mod)
"""With these a number is a position, part of a message or a parity."""

FUNCTIONS = (ast.FunctionDef, ast.Lambda)
MARK = re.compile(r"#\s*(bound|argued):")
"""A comment that ends the line, or is on the lines above: a limit of time or size, or why no reading can tell."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a module; lines from 1, columns from 0 (of the syntax tree)."""

    path: str
    line: int
    column: int
    value: float
    name: str
    """The constant or the key in a table, else the text of the comparison."""

    function: int
    """The first line of the function around it, or 0 in the body of the module."""

    constant: str
    """The constant that a number in the body of the module is part of."""

    mark: str
    """`bound`, `argued` or nothing."""

    def changes(self) -> tuple[float, float]:
        """Return the number doubled and halved; a half of an integer is rounded down."""
        return self.value * 2, self.value // 2 if isinstance(self.value, int) else self.value / 2


def find_numbers(path: Path) -> list[Number]:
    """Return the numbers of a module in order."""
    text = path.read_text("utf-8")
    lines = text.split("\n")
    tree = ast.parse(text)
    around = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    numbers = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value):
            continue
        parents = list(_parents(node, around))
        if not _steers(node, parents) or (ast.get_source_segment(text, node) or "").startswith("0x"):
            continue
        function = next((first_line(parent) for parent in parents if isinstance(parent, FUNCTIONS)), 0)
        constant = "" if function else _constant(parents)
        name = constant or _name(text, parents)
        if constant and isinstance(parents[0], ast.Dict):
            name += f"[{_key(text, parents[0], node)}]"
        numbers.append(
            Number(
                str(path.relative_to(REPOSITORY)),
                node.lineno,
                node.col_offset,
                node.value,
                name,
                function,
                constant,
                _mark(lines, node.lineno - 1),
            )
        )
    return sorted(numbers, key=lambda number: (number.line, number.column))


def first_line(function: ast.FunctionDef | ast.Lambda) -> int:
    """Return the line that the compiled function begins with: its first decorator's, if it has one."""
    decorators = function.decorator_list if isinstance(function, ast.FunctionDef) else []
    return min([function.lineno, *(decorator.lineno for decorator in decorators)])


def _parents(node: ast.AST, around: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while node in around:
        node = around[node]
        yield node


def _steers(node: ast.Constant, parents: list[ast.AST]) -> bool:
    """Return whether a number is a weight or threshold, not a position, a step or a code.

    In a function, 1 and the sides of `==` are structure: another object, the next line, exactly two parts.
    """
    for parent in parents:
        if isinstance(parent, STRUCTURE) or isinstance(getattr(parent, "op", None), STRUCTURE):
            return False
        if isinstance(parent, ast.ClassDef) and any("Enum" in ast.dump(base) for base in parent.bases):
            return False
        if isinstance(parent, ast.Compare) and node in (parent.left, *parent.comparators):
            return isinstance(parent.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) and node.value != 1
        if isinstance(parent, FUNCTIONS):
            return node.value != 1
        if isinstance(parent, ast.stmt) and not isinstance(parent, (ast.Assign, ast.AnnAssign, ast.ClassDef)):
            in_function = any(isinstance(outer, FUNCTIONS) for outer in parents)
            return in_function and node.value != 1
    return True


def _constant(parents: list[ast.AST]) -> str:
    for parent in parents:
        if isinstance(parent, ast.Assign):
            return ast.unparse(parent.targets[0])
        if isinstance(parent, ast.AnnAssign):
            return ast.unparse(parent.target)
    return ""


def _key(text: str, table: ast.Dict, node: ast.Constant) -> str:
    for key, value in zip(table.keys, table.values, strict=True):
        if value is node and key is not None:
            return ast.get_source_segment(text, key) or ""
    return "…"


def _name(text: str, parents: list[ast.AST]) -> str:
    expressions = [parent for parent in parents if isinstance(parent, ast.expr)]
    around = next(
        (part for part in expressions if isinstance(part, ast.Compare)),
        expressions[0] if expressions else None,
    )
    segment = ast.get_source_segment(text, around) if around else ""
    return " ".join((segment or "").split())[:70]


def _mark(lines: list[str], index: int) -> str:
    """Return the mark of a line (index from 0): in a comment at its end, or in the comment above it."""
    found = MARK.search(lines[index])
    while not found and index and lines[index - 1].lstrip().startswith("#"):
        index -= 1
        found = MARK.search(lines[index])
    return found[1] if found else ""
