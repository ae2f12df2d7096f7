"""Write an Anki deck, cue cards and cheat sheets from one text file of interview questions.

The names below are stable, and documented in docs/python.md. Each is imported when it is
first used, so that `import exporter` is fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.api.building import build, plan
    from exporter.api.errors import CancelledError, ExporterError
    from exporter.api.reading import from_json, load, loads, to_json
    from exporter.api.rendering import render
    from exporter.api.results import Build, Plan, Rendering, Source
    from exporter.config.setting_values import SettingValues
    from exporter.exporters import ExportedFile
    from exporter.identity.changes import Change, ChangeKind
    from exporter.model import (
        Alignment,
        Code,
        CodeBlock,
        CueStrong,
        Deck,
        Diagnostic,
        Emphasis,
        Image,
        KeyedQuestion,
        LineBreak,
        Link,
        ListBlock,
        Math,
        Note,
        Paragraph,
        Question,
        QuestionSet,
        Quote,
        Severity,
        SourceSpan,
        Strikethrough,
        Strong,
        Subscript,
        Superscript,
        Table,
        Text,
        plain_text,
    )
    from exporter.pipeline.deck_moves import DeckMove
    from exporter.pipeline.progress import Progress, Step
    from exporter.system.build_lock import BuildLockedError

__version__ = "0.1.0"

__all__ = [
    "Alignment",
    "Build",
    "BuildLockedError",
    "CancelledError",
    "Change",
    "ChangeKind",
    "Code",
    "CodeBlock",
    "CueStrong",
    "Deck",
    "DeckMove",
    "Diagnostic",
    "Emphasis",
    "ExportedFile",
    "ExporterError",
    "Image",
    "KeyedQuestion",
    "LineBreak",
    "Link",
    "ListBlock",
    "Math",
    "Note",
    "Paragraph",
    "Plan",
    "Progress",
    "Question",
    "QuestionSet",
    "Quote",
    "Rendering",
    "SettingValues",
    "Severity",
    "Source",
    "SourceSpan",
    "Step",
    "Strikethrough",
    "Strong",
    "Subscript",
    "Superscript",
    "Table",
    "Text",
    "__version__",
    "build",
    "from_json",
    "load",
    "loads",
    "plain_text",
    "plan",
    "render",
    "to_json",
]

_MODULES = {
    "Alignment": "model",
    "Build": "api.results",
    "BuildLockedError": "system.build_lock",
    "CancelledError": "api.errors",
    "Change": "identity.changes",
    "ChangeKind": "identity.changes",
    "Code": "model",
    "CodeBlock": "model",
    "CueStrong": "model",
    "Deck": "model",
    "DeckMove": "pipeline.deck_moves",
    "Diagnostic": "model",
    "Emphasis": "model",
    "ExportedFile": "exporters",
    "ExporterError": "api.errors",
    "Image": "model",
    "KeyedQuestion": "model",
    "LineBreak": "model",
    "Link": "model",
    "ListBlock": "model",
    "Math": "model",
    "Note": "model",
    "Paragraph": "model",
    "Plan": "api.results",
    "Progress": "pipeline.progress",
    "Question": "model",
    "QuestionSet": "model",
    "Quote": "model",
    "Rendering": "api.results",
    "SettingValues": "config.setting_values",
    "Severity": "model",
    "Source": "api.results",
    "SourceSpan": "model",
    "Step": "pipeline.progress",
    "Strikethrough": "model",
    "Strong": "model",
    "Subscript": "model",
    "Superscript": "model",
    "Table": "model",
    "Text": "model",
    "build": "api.building",
    "from_json": "api.reading",
    "load": "api.reading",
    "loads": "api.reading",
    "plain_text": "model",
    "plan": "api.building",
    "render": "api.rendering",
    "to_json": "api.reading",
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
