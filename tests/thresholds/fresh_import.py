"""Import the package again, with one number changed in memory."""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType

from tests.projects import REPOSITORY
from tests.thresholds.numbers import Number

PACKAGES = ("exporter", "tests")


@cache
def compile_module(path: str) -> CodeType:
    """Return the code of a module; kept, since each process imports the package again."""
    return compile(Path(path).read_text("utf-8"), path, "exec", dont_inherit=True)


def compile_changed(number: Number, value: float) -> CodeType:
    """Return the code of a module in which a number has another value."""
    path = REPOSITORY / number.path
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and (node.lineno, node.col_offset) == (number.line, number.column):
            node.value = value
    return compile(tree, str(path), "exec", dont_inherit=True)


class Loader(importlib.abc.Loader):
    """Executes kept code in a new module."""

    def __init__(self, code: CodeType) -> None:
        self.code = code

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)


class Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of the repository, and gives them kept or changed code."""

    def __init__(self, changed: dict[str, CodeType]) -> None:
        self.changed = changed

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] not in PACKAGES:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, _path)
        if spec is None or not spec.origin or not spec.origin.endswith(".py"):
            return None
        spec.loader = Loader(self.changed.get(spec.origin) or compile_module(spec.origin))
        return spec


def forget_modules() -> None:
    """Forget all modules of the repository but this report's own, and keep their code."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in PACKAGES and not name.startswith("tests.thresholds"):
            if path := getattr(module, "__file__", None):
                compile_module(path)
            del sys.modules[name]


def change(number: Number, value: float) -> None:
    """Let all later imports see the number with another value; the process must end afterwards."""
    sys.meta_path.insert(0, Finder({str(REPOSITORY / number.path): compile_changed(number, value)}))


def replace_modules(trees: dict[str, ast.Module]) -> None:
    """Let all later imports see modules with other trees; paths are relative to the repository."""
    codes = {
        str(REPOSITORY / path): compile(tree, str(REPOSITORY / path), "exec", dont_inherit=True)
        for path, tree in trees.items()
    }
    sys.meta_path.insert(0, Finder(codes))


def keep_code() -> None:
    """Keep the code of all later imports of the package."""
    sys.meta_path.insert(0, Finder({}))
