"""The Python API: the functions and values that `exporter` offers to other programs.

The names are exported by the package, and documented in docs/python.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from exporter.config import loader as config_loader
from exporter.config import validation
from exporter.config.settings import assign_values
from exporter.identity.changes import Change
from exporter.model.deck import Deck
from exporter.model.diagnostics import Diagnostic, Severity, has_errors, render_text
from exporter.model.questions import QuestionSet
from exporter.pipeline import builder, loader, sources
from exporter.pipeline.build_request import BuildRequest
from exporter.system.clock import clock
from exporter.system.files import display_path

PathLike = str | os.PathLike[str]
SettingValue = str | float | bool | Iterable[str]


class ExporterError(Exception):
    """A source or a setting has an error; `diagnostics` say what, where, and what to do about it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics; the errors among them are the message."""
        self.diagnostics = tuple(diagnostics)
        errors = [diagnostic for diagnostic in self.diagnostics if diagnostic.severity is Severity.ERROR]
        super().__init__("\n".join(map(render_text, errors)))


@dataclass(frozen=True, slots=True)
class Source:
    """A source with its questions; `diagnostics` are warnings and notes, never errors."""

    path: Path
    questions: QuestionSet
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Build:
    """The result of a build: the files written, the decks in them, and the changes since the last build.

    `diagnostics` are warnings and notes; an error only if a plugin failed, which does not stop the
    other exports.
    """

    files: tuple[Path, ...]
    decks: tuple[Deck, ...]
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]


def load(path: PathLike, **settings: SettingValue) -> Source:
    """Read and check one source; write nothing.

    Raise `ExporterError` if the source or a setting has an error.
    """
    source_path = Path(path)
    loaded = loader.load_source(source_path, _load_config(source_path.parent, settings).settings)
    if has_errors(loaded.diagnostics):
        raise ExporterError(loaded.diagnostics)
    return Source(source_path, loaded.questions, loaded.diagnostics)


def build(
    paths: PathLike | Iterable[PathLike] = (),
    *,
    to: Iterable[str] = (),
    out: PathLike | None = None,
    locked: bool = False,
    strict: bool = False,
    retire: Iterable[str] = (),
    **settings: SettingValue,
) -> Build:
    """Build sources as `exporter build` does: write the lock and every export, or nothing.

    Without paths, build every readable file in the `input` folder of the project of the working
    directory. Raise `ExporterError` if a source or a setting has an error (nothing is written then),
    `exporter.BuildLockedError` if another build holds the folder for a minute, and `OSError` for an
    error of the operating system.
    """
    path_list = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    names = [os.fspath(path) for path in path_list]
    config = _load_config(Path(names[0]).parent if names else Path.cwd(), settings)
    source_paths, diagnostics = sources.discover(names, config.root)
    if has_errors(diagnostics):
        raise ExporterError(diagnostics)
    home = display_path(config.root / config_loader.OUTPUT_FOLDER)
    request = BuildRequest(
        source_paths,
        config.settings,
        Path(out) if out is not None else home,
        (to,) if isinstance(to, str) else tuple(to),
        whole_folder=not names,
        locked=locked,
        strict=strict,
        home=home,
        retire=(retire,) if isinstance(retire, str) else tuple(retire),
    )
    report = builder.build(request, clock())
    if not report.ok or report.stages is None:
        raise ExporterError(report.diagnostics)
    files = tuple(file.path for file in report.files)
    return Build(files, report.stages.decks, report.changes, report.diagnostics)


def _load_config(start: Path, settings: dict[str, SettingValue]) -> config_loader.Config:
    """Return the project's configuration, overridden by these settings."""
    config = config_loader.load(start)
    values, diagnostics = validation.validate(
        {key.replace("__", "."): _toml_value(value) for key, value in settings.items()}
    )
    diagnostics = (*config.diagnostics, *diagnostics)
    if has_errors(diagnostics):
        raise ExporterError(diagnostics)
    return config_loader.Config(assign_values(config.settings, values), config.root, config.origins)


def _toml_value(value: SettingValue | None) -> object:
    return value if value is None or isinstance(value, (str, int, float)) else list(value)
