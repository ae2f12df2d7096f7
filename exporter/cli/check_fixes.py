"""`exporter check --fix`: each fix is shown as a diff and asked for, then all that were taken are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from exporter.cli.confirm import confirm, find_declined_status
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, report_and_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import CommandContext
from exporter.cli.patch_review import print_diffs
from exporter.cli.source_diff import unified_diff
from exporter.config.settings import Settings
from exporter.fixes.fixer import Fix, FixedSource, fix_source
from exporter.patching.source_patch import SourcePatch, make_source_patch
from exporter.patching.source_write import FileChange, write_changes
from exporter.pipeline.loader import load_bytes, load_with_bytes


@dataclass(frozen=True, slots=True)
class FixedPath:
    """A source with its fixes, and its bytes before them."""

    path: Path
    before: bytes
    fixed: FixedSource
    settings: Settings


@dataclass(frozen=True, slots=True)
class Fixing:
    """What was fixed; `status` is an exit status, with which the command ends unless it is 0."""

    sources: tuple[FixedPath, ...]
    is_written: bool
    status: int = EXIT_OK

    def as_json(self) -> dict[str, object]:
        """Return the fixes as keys of the JSON object of `check`."""
        return {
            "written": self.is_written,
            "fixes": [
                {
                    "path": str(source.path),
                    "code": fix.code,
                    "lines": list(fix.lines),
                    "summary": fix.summary,
                    "diff": "".join(f"{line}\n" for line in unified_diff(_make_patch(source, fix))),
                }
                for source in self.sources
                for fix in source.fixed.fixes
            ],
            "refused": [
                {"path": str(source.path), "code": fix.code, "line": fix.line, "reason": fix.reason}
                for source in self.sources
                for fix in source.fixed.refused
            ],
        }


def fix_sources(context: CommandContext, form: str, *, dry: bool, yes: bool) -> Fixing:
    """Show the fixes of all sources, ask for each, and write those that were taken, in all files or in none.

    With `form` “json” nothing is printed or asked, and written only with `yes`.
    """
    is_silent = form == "json"
    review = _Review(is_silent=is_silent, is_asking=not (dry or yes or is_silent))
    with build_lock({path.parent for path in context.paths}):
        sources = tuple(_fix_path(path, context, review) for path in context.paths)
        changes = [
            FileChange(source.path, source.before, source.fixed.data)
            for source in sources
            if source.fixed.data != source.before
        ]
        is_writing = bool(changes) and not dry and (yes or not is_silent)
        problems = write_changes(changes) if is_writing else ()
        if problems:
            return Fixing(sources, is_written=False, status=report_and_status(problems))
    if not is_silent:
        _print_refused(sources)
        _print_outcome([change.path for change in changes], is_writing, review.has_fixes)
    return Fixing(sources, is_writing, find_declined_status() if review.has_declined else EXIT_OK)


@dataclass(slots=True)
class _Review:
    """The showing of fixes, one after the other; whether any was shown, and any declined."""

    is_silent: bool
    is_asking: bool
    has_fixes: bool = False
    has_declined: bool = False

    def take(self, fix: Fix, path: Path, settings: Settings) -> bool:
        """Show a fix as a diff, and return whether it is taken."""
        self.has_fixes = True
        if self.is_silent:
            return True
        echo(f"{path}:{fix.lines[0]}: {fix.summary} [{fix.code}]")
        print_diffs([make_source_patch(path, fix.before, fix.after, settings)])
        is_taken = confirm(f"Write this into {path}?", not self.is_asking)
        self.has_declined |= not is_taken
        return is_taken


def _fix_path(path: Path, context: CommandContext, review: _Review) -> FixedPath:
    """Return a source with the fixes that were taken."""
    settings = context.config.settings.for_source(path.name)
    _, data = load_with_bytes(path, context.config.settings)
    fixed = fix_source(
        data,
        read=partial(load_bytes, path, settings=settings),
        settings=settings,
        take=lambda fix: review.take(fix, path, settings),
    )
    return FixedPath(path, data, fixed, settings)


def _make_patch(source: FixedPath, fix: Fix) -> SourcePatch:
    return make_source_patch(source.path, fix.before, fix.after, source.settings)


def _print_refused(sources: Sequence[FixedPath]) -> None:
    for source in sources:
        for fix in source.fixed.refused:
            echo(f"{source.path}:{fix.line}: not fixed: {fix.reason} [{fix.code}]")


def _print_outcome(paths: Sequence[Path], is_written: bool, has_fixes: bool) -> None:
    if is_written:
        echo(f"Wrote {', '.join(map(str, paths))}.")
    else:
        echo("Nothing was written." if has_fixes else "Nothing to fix.")
