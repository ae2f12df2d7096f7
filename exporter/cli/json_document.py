"""The JSON document that a command with `--format json` prints: exactly one in every outcome.

A command prints it with `print_document`. Where it ends earlier, because of an error, `document_for` prints
it with nothing but the diagnostics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import zip_longest

from exporter.cli.console import echo_json
from exporter.model.diagnostics import Diagnostic, as_json

SCHEMA_VERSION = 1
"""The version of all documents; `docs/schemas/` describes them."""

EMPTY_DOCUMENTS: dict[str, Mapping[str, object]] = {
    "build": {"files": [], "changes": [], "deck_moves": [], "relinks": []},
    "check": {"sources": []},
    "check --fix": {"sources": [], "written": False, "fixes": [], "refused": []},
    "clean": {"files": []},
    "config": {"path": None, "root": None, "settings": {}},
    "cues": {"path": None, "written": False, "questions": [], "files": []},
    "diff": {
        "would_write": None,
        "changes": [],
        "deck_moves": [],
        "relinks": [],
        "look_changed": False,
        "lock_changed": False,
        "settings": None,
        "files": None,
    },
    "formats": {"readers": [], "exporters": [], "filters": [], "unlisted": []},
    "pull": {"written": False, "notes": [], "files": []},
    "show": {
        "title": None,
        "source": None,
        "deck": None,
        "language": None,
        "preamble": [],
        "questions": [],
    },
    "show --lines": {"path": None, "questions": 0, "read_as": None, "lines": []},
    "stocks": {"stocks": []},
    "weak": {"has_reviews": False, "questions": [], "files": []},
}
"""What the document of each command has after an error, besides `schema` and `diagnostics`."""


@dataclass(slots=True)
class DocumentState:
    """The document of the running command: what it has after an error, and whether it was printed.

    `diagnostics` are those that were shown until then. `is_cancelled` is for a command that only prints
    its help.
    """

    empty: Mapping[str, object]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    is_printed: bool = False
    is_cancelled: bool = False


_state: ContextVar[DocumentState | None] = ContextVar("document", default=None)


@contextmanager
def document_for(arguments: Sequence[str]) -> Iterator[None]:
    """Run the command with these arguments; print its document in the end, if it has printed none."""
    if not is_json_requested(arguments):
        yield
        return
    state = DocumentState(_find_empty(arguments))
    token = _state.set(state)
    try:
        yield
    finally:
        if not state.is_printed and not state.is_cancelled:
            print_document(state.empty)
        _state.reset(token)


def add_shown(diagnostics: Iterable[Diagnostic]) -> None:
    """Add diagnostics that are shown to the document of the running command."""
    if state := _state.get():
        state.diagnostics += diagnostics


def cancel_document() -> None:
    """Print no document for the running command."""
    if state := _state.get():
        state.is_cancelled = True


def print_document(parts: Mapping[str, object], diagnostics: Iterable[Diagnostic] = ()) -> None:
    """Print the document of the running command: its parts, and the diagnostics, those shown before first."""
    own = list(diagnostics)
    state = _state.get()
    shown = dict.fromkeys(state.diagnostics if state else ())
    if state:
        state.is_printed = True
    listed = [*(item for item in shown if item not in own), *own]
    echo_json({"schema": SCHEMA_VERSION, **parts, "diagnostics": [as_json(item) for item in listed]})


def print_schema(schema: Mapping[str, object]) -> None:
    """Print a JSON Schema instead of a document."""
    cancel_document()
    echo_json(schema)


def is_json_requested(arguments: Sequence[str]) -> bool:
    """Return whether the last `--format` among the arguments is that of JSON, as click takes it."""
    arguments = arguments[: arguments.index("--")] if "--" in arguments else arguments
    forms = [
        after if argument == "--format" else argument.partition("=")[2]
        for argument, after in zip_longest(arguments, arguments[1:], fillvalue="")
        if argument == "--format" or argument.startswith("--format=")
    ]
    return bool(forms) and forms[-1] == "json"


def _find_empty(arguments: Sequence[str]) -> Mapping[str, object]:
    """Return the empty document of a command; that of an unknown one has diagnostics only."""
    command = arguments[0] if arguments else ""
    variants = [f"{command} {option}" for option in arguments if option.startswith("--")]
    names = [name for name in (*variants, command) if name in EMPTY_DOCUMENTS]
    return EMPTY_DOCUMENTS[names[0]] if names else {}
