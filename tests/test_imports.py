"""The import rules: which room may import which, and what is loaded when."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.projects import REPOSITORY, Project

PACKAGE = REPOSITORY / "exporter"

ROOMS: dict[str, str] = {
    "model": "",
    "system": "model",
    "config": "model system",
    "checks": "model",
    "cues": "model",
    "identity": "model system",
    "readers": "model config",
    "anki": "model config",
    "cards": "model config",
    "sheets": "model config cards",
    "exporters": "model config anki cards sheets",
    "plugin": "model config readers exporters",
    "converters": "model config readers sheets",
    "pipeline": "model system config checks cues identity readers anki exporters",
    "patching": "model system config checks cues readers sheets converters pipeline",
    "fixes": "model config checks readers pipeline patching",
    "pull": "model system config cues identity readers anki pipeline patching",
    "web": "model config anki cards",
    "api": "model system config identity exporters pipeline",
    "testing": "model config readers exporters api",
    "cli": "model system config checks cues identity readers anki cards sheets exporters converters pipeline patching fixes pull web",
}
"""What each room may import of the others, besides its own modules; the rows are in order."""

ALIASES = {"deck": "model", "diagnostics": "model", "options": "config model"}
"""Deprecated modules, and the rooms that their names are in now."""

HEAVY = {
    "genanki",
    "mammoth",
    "reportlab",
    "jinja2",
    "justhtml",
    "ftfy",
    "rapidfuzz",
    "markdown_it",
    "mdit_py_plugins",
    "charset_normalizer",
    "rich",
    "yaml",
    "segno",
    "tomlkit",
    "pyphen",
    "svglib",
    "lxml",
    "watchfiles",
    "platformdirs",
    "fontTools",
    "fontpkg",
}


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _modules() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if _part(path) not in {"__init__", "__main__", "templates", "__pycache__"}:
            yield path


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            assert node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _parts_imported(path: Path) -> set[str]:
    own = [name.split(".") for name in _imported(path) if name.split(".")[0] == "exporter"]
    return {names[1] for names in own if len(names) > 1 and names[1] != "__version__"}


@pytest.mark.parametrize("room", [*ROOMS, *ALIASES])
def test_each_room_imports_only_what_its_row_names(room: str) -> None:
    allowed = {room, *(ALIASES[room] if room in ALIASES else ROOMS[room]).split()}
    paths = [path for path in _modules() if _part(path) == room]
    assert paths
    for path in paths:
        assert _parts_imported(path) <= allowed, path


def test_each_module_is_in_a_room() -> None:
    assert {_part(path) for path in _modules()} <= {*ROOMS, *ALIASES}


def test_no_room_imports_one_below_it() -> None:
    rooms = list(ROOMS)
    for index, (room, allowed) in enumerate(ROOMS.items()):
        assert set(allowed.split()) <= set(rooms[:index]), room


def test_each_room_says_its_purpose_in_one_sentence() -> None:
    for folder in (path for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()):
        docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
        assert docstring, folder
        assert docstring.splitlines()[0].endswith("."), folder


def test_no_exporter_imports_another() -> None:
    names = {path.stem for path in (PACKAGE / "exporters").glob("*.py")} - {"__init__", "plugin"}
    for path in (PACKAGE / "exporters").glob("*.py"):
        others = {name.split(".")[2] for name in _imported(path) if name.startswith("exporter.exporters.")}
        assert others & names <= {path.stem}, path


def test_only_the_console_prints() -> None:
    printing = re.compile(
        r"\bclick\.(echo|secho|echo_via_pager)\(|(?<![\w.])print\(|\bsys\.std(out|err)\.write\("
    )
    paths = set(PACKAGE.rglob("*.py")) - {PACKAGE / "cli" / "console.py"}
    assert not [path for path in paths if printing.search(path.read_text("utf-8"))], (
        "print with cli.console.echo"
    )


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['exporter', '--help']\n"
        "from exporter.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print(sorted({HEAVY!r} & sys.modules.keys()), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True
    )
    assert ran.stderr.strip() == "[]"
    assert "build" in ran.stdout


NOT_NEEDED = {
    "ftfy",
    "rapidfuzz",
    "charset_normalizer",
    "markdown_it",
    "mdit_py_plugins",
    "justhtml",
    "pyphen",
    "svglib",
    "lxml",
    "fontpkg",
    "tomllib",
    "importlib.metadata",
    "statistics",
    "http.client",
    "segno",
    "watchfiles",
    "zstandard",
    "ziamath",
    "latex2mathml",
    "exporter.anki.apkg_reader",
    "exporter.anki.connect",
    "exporter.identity.short_answers",
    "exporter.readers.decoding.legacy_encodings",
    "exporter.readers.html",
}
"""What a first build of plain text in UTF-8 does not need, and what takes long to import."""


@pytest.mark.slow
def test_first_build_loads_only_what_it_needs(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    code = (
        "import sys; sys.argv = ['exporter', 'build']\n"
        "from exporter.cli import main\n"
        "try: main()\n"
        "except SystemExit as leaving: assert not leaving.code\n"
        f"print(sorted({NOT_NEEDED!r} & sys.modules.keys()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=project.root, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"
    assert project.package.is_file()


def test_the_package_has_no_grab_bag() -> None:
    assert not {path.stem for path in _modules()} & {"utils", "util", "helpers", "helper", "misc", "common"}
