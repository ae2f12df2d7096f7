"""Plugins of a project: the files `plugins/NAME.py` that its configuration lists."""

from __future__ import annotations

import ast
import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from exporter.config.file_names import names_file
from exporter.config.project_file import is_trusted
from exporter.config.validation import shorten
from exporter.model.diagnostics import Diagnostic, error, info
from exporter.model.questions import SourceSpan
from exporter.model.suggestions import suggest
from exporter.system.files import display_path, read_limited

FOLDER = "plugins"

FUNCTIONS = {
    "exporter.readers": "read",
    "exporter.exporters": "export",
    "exporter.filters": "filter_questions",
}
"""The function that makes a file a plugin of each kind."""

MAX_PLUGIN_BYTES = 1024 * 1024
"""Maximum size of a plugin's file in bytes; the largest module of exporter has 18 KB."""


def resolve_files(
    root: Path, names: Sequence[str], span: SourceSpan | None
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the paths of the plugins that the project `root` lists by name.

    Report `config-wrong-value` for a name without a file or a file that is not a plugin, `config-owner`
    for a file of another user, and `config-outside` for a link out of the project.
    """
    files: list[str] = []
    diagnostics: list[Diagnostic] = []
    folder = root / FOLDER
    for name in dict.fromkeys(names):
        path = folder / f"{name}.py"
        if Path(path.name) != Path(f"{name}.py") or not names_file(path.name, folder):
            near = suggest(name, list_file_names(root))
            hint = f"Did you mean “{near}”?" if near else f"Write the plugin into {display_path(path)}."
            message = f"“plugins” names “{shorten(name)}”, and there is no file {FOLDER}/{shorten(name)}.py."
            diagnostics.append(error("config-wrong-value", message, span, hint))
        elif not is_trusted(path, root):
            message = f"{display_path(path)} belongs to another user, and is not run."
            hint = "If you trust it, copy it; otherwise take it out of `plugins`."
            diagnostics.append(error("config-owner", message, SourceSpan(str(path), 1), hint))
        elif not defined(str(path)):
            message = f"{display_path(path)} defines none of {', '.join(FUNCTIONS.values())}."
            hint = "Name the function of the plugin as one of these."
            diagnostics.append(error("config-wrong-value", message, SourceSpan(str(path), 1), hint))
        else:
            files.append(str(path))
            if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
                message = f"{display_path(path)} is a link out of the project, to {os.path.realpath(path)}."
                hint = "If this is not intended, remove it."
                diagnostics.append(info("config-outside", message, SourceSpan(str(path), 1), hint))
    return tuple(files), tuple(diagnostics)


def list_file_names(root: Path) -> tuple[str, ...]:
    """Return the names of all files of a project that may be plugins, listed or not."""
    try:
        paths = sorted((root / FOLDER).glob("*.py"))
    except OSError:
        return ()
    return tuple(plugin_name(str(path)) for path in paths if not path.name.startswith(("_", "test_")))


_loaded: dict[tuple[str, bytes], ModuleType] = {}


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A function in a file of the project, as `EntryPoint` is one in an installed package."""

    path: str
    function: str

    @property
    def package(self) -> str:
        """The file as it is shown to people."""
        return str(display_path(Path(self.path)))

    def load(self) -> object:
        """Run the file, unless this process has run the same content, and return its function."""
        # no file of compiled code is left in the user's folder
        data = Path(self.path).read_bytes()
        module = _loaded.get((self.path, data)) or _run(self.path, data)
        return getattr(module, self.function)


def _run(path: str, data: bytes) -> ModuleType:
    # projects of one process may have files of the same name
    digest = hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    module = ModuleType(f"exporter_project_{digest}")
    module.__file__ = path
    # dataclasses look up their module by its name
    sys.modules[module.__name__] = module
    exec(compile(data, path, "exec"), module.__dict__)
    _loaded[path, data] = module
    return module


def plugin_name(path: str) -> str:
    """Return the name of the plugin in a file: `quiz.yaml` for `plugins/quiz.yaml.py`."""
    return Path(path).name.removesuffix(".py")


def find_entries(group: str, files: tuple[str, ...]) -> tuple[tuple[str, FileEntry], ...]:
    """Return name and entry of the plugins of a group in the files of a project; nothing is run."""
    function = FUNCTIONS[group]
    return tuple(
        (plugin_name(path), FileEntry(path, function)) for path in files if function in defined(path)
    )


def defined(path: str) -> frozenset[str]:
    """Return the functions of plugins that a file defines; all of them if it is not valid Python.

    Then the plugin fails where it is used, with the line of the error.
    """
    data, _ = read_limited(Path(path), MAX_PLUGIN_BYTES)
    return _defined(data or b"")


@lru_cache(maxsize=64)
def _defined(data: bytes) -> frozenset[str]:
    try:
        body = ast.parse(data).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset(FUNCTIONS.values())
    names = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    for node in body:
        if isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return frozenset(names & {*FUNCTIONS.values()})
