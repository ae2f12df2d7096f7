"""Which functions a number is in or is used by, so that only the readings that call them are read again."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.projects import REPOSITORY
from tests.thresholds.numbers import FUNCTIONS, Number, first_line

Function = tuple[str, int]


@cache
def _uses() -> dict[str, tuple[frozenset[Function], frozenset[str], bool]]:
    """Return, for each name, the functions and the constants that use it, and whether anything else does."""
    functions: dict[str, set[Function]] = {}
    constants: dict[str, set[str]] = {}
    elsewhere: set[str] = set()

    def visit(node: ast.AST, path: str, function: int, constant: str) -> None:
        if isinstance(node, FUNCTIONS):
            function = first_line(node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and not function:
            constant = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
        elif isinstance(node, ast.ClassDef):
            constant = ""
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if name and isinstance(getattr(node, "ctx", None), ast.Load):
            if function:
                functions.setdefault(name, set()).add((path, function))
            elif constant:
                constants.setdefault(name, set()).add(constant)
            else:
                elsewhere.add(name)
        for child in ast.iter_child_nodes(node):
            visit(child, path, function, constant)

    for path in sorted((REPOSITORY / "exporter").rglob("*.py")):
        visit(ast.parse(path.read_text("utf-8")), str(path.relative_to(REPOSITORY)), 0, "")
    return {
        name: (frozenset(functions.get(name, ())), frozenset(constants.get(name, ())), name in elsewhere)
        for name in {*functions, *constants, *elsewhere}
    }


def functions_of(number: Number) -> frozenset[Function] | None:
    """Return the functions that a number can matter to; None where that cannot be told."""
    if number.function:
        return frozenset({(number.path, number.function)})
    if not number.constant.isidentifier():
        return None
    found: set[Function] = set()
    todo, seen = [number.constant], set()
    while todo:
        name = todo.pop()
        functions, constants, is_used_elsewhere = _uses().get(name, (frozenset(), frozenset(), False))
        if is_used_elsewhere:
            return None
        seen.add(name)
        found |= functions
        todo += constants - seen
    return frozenset(found)


def paths_of(names: list[str]) -> list[Path]:
    """Return the modules in these files and folders, relative to the repository."""
    paths = [REPOSITORY / name for name in names]
    return sorted(file for path in paths for file in (path.rglob("*.py") if path.is_dir() else [path]))
