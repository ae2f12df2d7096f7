"""The settings of single sources: report tables of the configuration that no source matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter.config.source_overrides import SourceOverride
from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.suggestions import suggest
from exporter.pipeline import sources


def report_unmatched(
    paths: Sequence[Path], overrides: Sequence[SourceOverride], plugin_files: tuple[str, ...] = ()
) -> Iterator[Diagnostic]:
    """Report `source-unmatched` for settings of sources that are not in the project.

    Sources that a command did not name are searched for beside those that it did, and in the input folder.
    `plugin_files` are the plugins of the project.
    """
    names = {path.name for path in paths}
    overrides = [override for override in overrides if not any(map(override.matches, names))]
    for override in overrides:
        root = Path(override.span.path).parent
        folders = dict.fromkeys([*(path.parent for path in paths), root, root / sources.INPUT])
        siblings = {name for folder in folders for name in _list_names(folder, plugin_files)}
        if not any(map(override.matches, siblings)):
            message = f"No source is named “{override.pattern}”; its settings are not used."
            suggestion = suggest(override.pattern, sorted(names | siblings))
            hint = "Write the name of the file without its folder; `*` means any characters."
            hint = f"Did you mean “{suggestion}”?" if suggestion else hint
            yield warning("source-unmatched", message, override.span, hint)


def _list_names(folder: Path, plugin_files: tuple[str, ...]) -> Sequence[str]:
    """Return the names of the sources in a folder; none if it cannot be read."""
    try:
        return [path.name for path in folder.iterdir() if sources.is_source(path, plugin_files)]
    except OSError:
        return ()
