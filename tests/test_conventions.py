"""The form of the tests themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent

MAX_NAME_CHARS = 60  # a name fits on a line of pytest's output together with its file

SNAKE_CASE = re.compile(r"test(_[a-z0-9]+)+")


def iter_test_names() -> Iterator[tuple[str, str]]:
    """Yield the place and the name of each test function."""
    for path in sorted(TESTS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
                yield f"{path.relative_to(TESTS).as_posix()}:{node.lineno}", node.name


def test_names_are_short_and_in_snake_case() -> None:
    names = list(iter_test_names())
    assert len(names) > 100
    too_long = [f"{place} {name}" for place, name in names if len(name) > MAX_NAME_CHARS]
    assert not too_long
    misspelt = [f"{place} {name}" for place, name in names if not SNAKE_CASE.fullmatch(name)]
    assert not misspelt
