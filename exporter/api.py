"""The Python interface: what `exporter` offers to other programs.

The names are in the package itself, and documented in docs/python.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from exporter.config import loader as config_loader
from exporter.config.settings import with_values
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
    """A source or a setting is wrong; `diagnostics` say what, where, and what to do about it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics; the message is that of the errors among them."""
        self.diagnostics = tuple(diagnostics)
        errors = [one for one in self.diagnostics if one.severity is Severity.ERROR]
        super().__init__("\n".join(map(render_text, errors)))


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it was understood; `diagnostics` hold warnings and notes, never errors."""

    path: Path
    questions: QuestionSet
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Build:
    """What a build wrote: its files, the decks in them, and what changed since the last one.

    `diagnostics` hold warnings and notes; an error only where a plugin failed, which does
    not hold up the other exports.
    """

    files: tuple[Path, ...]
    decks: tuple[Deck, ...]
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]


def load(path: PathLike, **settings: SettingValue) -> Source:
    """Read and check one source; nothing is written.

    Raises `ExporterError` where the source or a setting has an error.
    """
    place = Path(path)
    loaded = loader.load_source(place, _configured(place.parent, settings).settings)
    if has_errors(loaded.diagnostics):
        raise ExporterError(loaded.diagnostics)
    return Source(place, loaded.questions, loaded.diagnostics)


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
    """Build sources as `exporter build` does: the lock, then every export, all or nothing.

    Without paths, every readable file in the `input` folder of the present folder's project is
    built. Raises `ExporterError` where a source or a setting has an error (nothing is
    written then), `exporter.BuildLockedError` where another build holds the folder for a minute, and
    `OSError` where the system says no.
    """
    named = [os.fspath(one) for one in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]
    configured = _configured(Path(named[0]).parent if named else Path.cwd(), settings)
    found, problems = sources.named(named, configured.root)
    if has_errors(problems):
        raise ExporterError(problems)
    home = display_path(configured.root / config_loader.OUTPUT)
    request = BuildRequest(
        found,
        configured.settings,
        Path(out) if out is not None else home,
        (to,) if isinstance(to, str) else tuple(to),
        whole_folder=not named,
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


def _configured(start: Path, settings: dict[str, SettingValue]) -> config_loader.Config:
    """Return the project's configuration with these settings over it."""
    found = config_loader.load(start)
    values, diagnostics = config_loader.validate(
        {key.replace("__", "."): _plain(value) for key, value in settings.items()}
    )
    diagnostics = (*found.diagnostics, *diagnostics)
    if has_errors(diagnostics):
        raise ExporterError(diagnostics)
    return config_loader.Config(with_values(found.settings, values), found.root, found.origins)


def _plain(value: SettingValue | None) -> object:
    return value if value is None or isinstance(value, (str, int, float)) else list(value)
