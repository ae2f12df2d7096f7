"""Write an Anki deck, cue cards and cheat sheets from one text file of interview questions.

The names below are stable, and documented in docs/python.md. Each is imported when it is
first used, so that `import exporter` is fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.api import Build, ExporterError, Source, build, load
    from exporter.model import Diagnostic, Question, QuestionSet, Severity, plain_text
    from exporter.system.build_lock import BuildLockedError

__version__ = "0.1.0"

__all__ = [
    "Build",
    "BuildLockedError",
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

_MODULES = {
    "Build": "api",
    "BuildLockedError": "system.build_lock",
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
"""The module of each name, relative to this package."""

_DEPRECATED = {"BusyError": "BuildLockedError"}
"""Names of the last release, and the new ones."""


def __getattr__(name: str) -> object:
    """Import a name from its module on first use; warn about a deprecated name."""
    if new := _DEPRECATED.get(name):
        import warnings

        message = f"{__name__}.{name} is deprecated; use {__name__}.{new}"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return __getattr__(new)
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the stable names, imported or not."""
    return sorted({*globals(), *__all__})
