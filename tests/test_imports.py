"""The import rules: the data flows one way, and help stays quick."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.projects import REPOSITORY

PACKAGE = REPOSITORY / "exporter"

MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "diagnostics": {"model", "terminal"},
    "codes": set(),
    "character_references": set(),
    "direction": set(),
    "format_words": set(),
    "terminal": set(),
    "options": set(),
    "deck": {"model", "cues"},
    "model_json": {"model", "diagnostics"},
    "resources": set(),
    "render": {"model", "diagnostics", "resources"},
    "cues": {"model"},
    "checks": {"model", "diagnostics"},
    "identity": {"clock", "model", "diagnostics", "deck"},
    "lockfile": {"clock", "model", "diagnostics", "identity", "sources"},
    "plugins": {"diagnostics", "plugin_calls"},
    "plugin_calls": set(),
    "encodings": set(),
    "readers": {
        "encodings",
        "model",
        "model_json",
        "diagnostics",
        "options",
        "plugins",
        "character_references",
    },
    "exporters": {
        "direction",
        "sheets",
        "model",
        "diagnostics",
        "options",
        "deck",
        "render",
        "plugins",
        "character_references",
    },
    "preview": {
        "cues",
        "model",
        "diagnostics",
        "options",
        "deck",
        "render",
        "exporters",
        "page_embedding",
        "serving",
    },
    "serving": set(),
    "sharing": {"serving"},
    "qr": set(),
    "watching": {"config_file", "sources"},
    "block_html": {"model"},
    "page_embedding": set(),
    "sheets": {
        "block_html",
        "deck",
        "diagnostics",
        "exporters",
        "model",
        "options",
        "page_embedding",
        "render",
    },
    "converters": {"block_html", "model", "model_json", "readers", "exporters", "options"},
    "sources": {"model", "diagnostics", "readers", "terminal"},
    "media": {"model", "deck", "diagnostics", "picture_paths", "sources"},
    "picture_paths": {"deck"},
    "exclusive": {"diagnostics", "lock_folder", "output"},
    "lock_folder": {"caches"},
    "clock": set(),
    "caches": set(),
    "earlier": {"caches", "cues", "deck", "exporters", "output"},
    "unchanged": {
        "caches",
        "clock",
        "identity",
        "pipeline",
        "codes",
        "building",
        "diagnostics",
        "exporters",
        "lockfile",
        "media",
        "model",
        "output",
        "resources",
    },
    "beside": set(),
    "field_text": {"character_references", "model"},
    "anki_packages": {"anki_database"},
    "anki_database": {"clock", "exporters"},
    "former_texts": {"caches", "identity", "output"},
    "anki_notes": {"anki_connect", "exporters", "field_text"},
    "anki_review": {"anki_notes", "anki_packages", "deck", "exporters"},
    "exporting": {"beside", "deck", "diagnostics", "exporters", "options", "render"},
    "loading": {"model", "diagnostics", "options", "checks", "readers", "sources", "media"},
    "written_files": {"caches", "output"},
    "leftovers": {"anki_packages", "caches", "diagnostics", "exporters", "identity", "model", "sources"},
    "copies": {"diagnostics", "identity", "loading", "model"},
    "voices": {"deck", "diagnostics", "exporters", "loading", "model", "options"},
    "cue_derivation": {"cues", "deck", "diagnostics", "identity", "model"},
    "pipeline": {
        "cue_derivation",
        "voices",
        "copies",
        "deck_moves",
        "format_words",
        "loading",
        "model",
        "diagnostics",
        "options",
        "deck",
        "checks",
        "identity",
        "lockfile",
        "lost_locks",
        "exporters",
        "render",
    },
    "config": {"config_file", "encodings", "model", "diagnostics", "options", "sources"},
    "source_words": set(),
    "still_in_source": {"diagnostics", "identity", "loading", "model", "pipeline", "source_words"},
    "lost_locks": {"anki_packages", "diagnostics", "field_text", "identity", "model", "terminal"},
    "config_file": {"model", "diagnostics", "sources"},
    "output": {"replacement"},
    "replacement": set(),
    "deck_moves": {"deck", "diagnostics", "exporters", "identity", "model", "options"},
    "building": {
        "leftovers",
        "written_files",
        "former_texts",
        "caches",
        "deck_moves",
        "earlier",
        "exporting",
        "identity",
        "pipeline",
        "output",
        "diagnostics",
        "model",
        "options",
        "exporters",
        "plugins",
        "sources",
        "still_in_source",
    },
    "anki_connect": {"anki_http", "terminal"},
    "anki_http": set(),
    "pushing": {"anki_connect", "deck", "options", "exporters"},
    "api": {
        "building",
        "clock",
        "config",
        "deck",
        "diagnostics",
        "exclusive",
        "identity",
        "loading",
        "model",
        "options",
        "sources",
    },
    "cli": {
        "leftovers",
        "written_files",
        "field_text",
        "copies",
        "anki_notes",
        "anki_review",
        "former_texts",
        "deck_moves",
        "format_words",
        "exporting",
        "converters",
        "preview",
        "serving",
        "sharing",
        "qr",
        "watching",
        "media",
        "anki_connect",
        "pushing",
        "building",
        "clock",
        "plugins",
        "readers",
        "loading",
        "pipeline",
        "unchanged",
        "output",
        "replacement",
        "config",
        "sources",
        "diagnostics",
        "model",
        "model_json",
        "identity",
        "deck",
        "exporters",
        "exclusive",
        "lockfile",
        "anki_packages",
        "codes",
        "lost_locks",
        "still_in_source",
        "options",
        "resources",
        "terminal",
    },
}
"""What each part of the package may import of the others."""

HEAVY = {
    "genanki",
    "reportlab",
    "jinja2",
    "ftfy",
    "rapidfuzz",
    "markdown_it",
    "charset_normalizer",
    "rich",
    "yaml",
    "segno",
    "pyphen",
    "watchfiles",
    "platformdirs",
}


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _modules() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if _part(path) not in {"__init__", "__main__", "templates"}:
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


@pytest.mark.parametrize("path", list(_modules()), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_part_imports_only_what_it_may(path: Path) -> None:
    part = _part(path)
    assert _parts_imported(path) - {part} <= MAY_IMPORT[part]


def test_the_rules_allow_no_more_than_is_used() -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for path in _modules():
        used[_part(path)] |= _parts_imported(path) - {_part(path)}
    assert used == MAY_IMPORT


def test_no_exporter_imports_another() -> None:
    for path in (PACKAGE / "exporters").rglob("*.py"):
        parts = path.relative_to(PACKAGE / "exporters").parts
        own = parts[0].removesuffix(".py")
        others = {name.split(".")[2] for name in _imported(path) if name.startswith("exporter.exporters.")}
        names = {folder.name for folder in (PACKAGE / "exporters").iterdir() if folder.is_dir()}
        assert others & names <= {own}, path


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


def test_the_package_has_no_grab_bag() -> None:
    assert not {path.stem for path in _modules()} & {"utils", "util", "helpers", "helper", "misc", "common"}
