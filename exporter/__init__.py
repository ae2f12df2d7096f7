"""Interview questions in one text file become an Anki deck, cue cards and cheat sheets.

The names below are stable, and documented in docs/python.md. Each is loaded when it is
first used, so that `import exporter` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.api import Build, ExporterError, Source, build, load
    from exporter.model import Diagnostic, Question, QuestionSet, Severity, plain_text
    from exporter.system.build_lock import BusyError

__version__ = "0.1.0"

__all__ = [
    "Build",
    "BusyError",
    "Diagnostic",
    "ExporterError",
    "Question",
    "QuestionSet",
    "Severity",
    "Source",
    "__version__",
    "build",
    "load",
    "plain_text",
]

_HOMES = {
    "Build": "api",
    "BusyError": "system.build_lock",
    "Diagnostic": "model",
    "ExporterError": "api",
    "Question": "model",
    "QuestionSet": "model",
    "Severity": "model",
    "Source": "api",
    "build": "api",
    "load": "api",
    "plain_text": "model",
}


def __getattr__(name: str) -> object:
    """Load a name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the stable names, loaded or not."""
    return sorted({*globals(), *__all__})
