"""The fixer: what the diagnostics of a source report is corrected, if the result is read as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from exporter.config.settings import Settings
from exporter.fixes.fix_rules import FIX_RULES, FixRule
from exporter.fixes.question_numbers import renumber
from exporter.fixes.source_reading import SourceReading
from exporter.model.diagnostics import Diagnostic, has_errors
from exporter.patching.impossible_changes import check_reader
from exporter.patching.question_patch import ReadBytes
from exporter.patching.refusal import RefusedError
from exporter.patching.source_bytes import split_bytes
from exporter.patching.verification import verify_diagnostics
from exporter.pipeline.loaded_source import LoadedSource

_NUMBER_CODES = ("number-gap", "number-repeated")


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix that was verified: its code, the fix in words, its lines (from 1), the bytes before and after."""

    code: str
    summary: str
    lines: tuple[int, ...]
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class RefusedFix:
    """A diagnostic that is not fixed: its code, its line (from 1), and the reason."""

    code: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class FixedSource:
    """The bytes of a source with the fixes that were taken, and those that were refused."""

    data: bytes
    fixes: tuple[Fix, ...] = ()
    refused: tuple[RefusedFix, ...] = ()


def fix_source(
    data: bytes, *, read: ReadBytes, settings: Settings, take: Callable[[Fix], bool] = lambda _fix: True
) -> FixedSource:
    """Return the bytes of a source with its fixes; `take` decides on each that was verified, in order.

    Diagnostics further down are fixed first, so that the lines above stay right. Of a diagnostic with several
    lines, each is fixed alone if they cannot be fixed together.
    """
    fixes: list[Fix] = []
    refused: list[RefusedFix] = []
    before = read(data)
    for rule in FIX_RULES:
        if has_errors(before.diagnostics):
            break
        for code, lines in _iter_targets(rule, before):
            parts = [lines, *(() if rule.together or len(lines) == 1 else [(line,) for line in lines[::-1]])]
            for part in parts:
                try:
                    after, loaded = _fix(rule, part, data=data, before=before, read=read, settings=settings)
                except RefusedError as exc:
                    is_tried_in_parts = part is lines and len(parts) > 1
                    refused += [] if is_tried_in_parts else [RefusedFix(code, part[0], str(exc))]
                    continue
                fix = Fix(code, rule.summary, part, data, after)
                if take(fix):
                    fixes.append(fix)
                    data, before = after, loaded
                if part is lines:
                    break
    return FixedSource(data, tuple(fixes), tuple(refused))


def _iter_targets(rule: FixRule, loaded: LoadedSource) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield codes with the lines (from 1) that are fixed at once, the last of the file first."""
    targets = [
        (item.code, _lines_of(item)) for item in loaded.diagnostics if item.code in rule.codes and item.span
    ]
    if rule.together and targets:
        yield targets[0][0], tuple(sorted({line for _, lines in targets for line in lines}))
    elif not rule.together:
        yield from reversed(targets)


def _lines_of(diagnostic: Diagnostic) -> tuple[int, ...]:
    """Return the line (from 1) of a diagnostic, or of several parts of the file the first of each."""
    if diagnostic.span and len(diagnostic.line_ranges) == 1:
        return (diagnostic.span.line,)
    return tuple(first for first, _ in diagnostic.line_ranges)


def _fix(
    rule: FixRule,
    lines: tuple[int, ...],
    *,
    data: bytes,
    before: LoadedSource,
    read: ReadBytes,
    settings: Settings,
) -> tuple[bytes, LoadedSource]:
    """Return the first proposal that is read as it should be; raise `RefusedError` with the first reason."""
    check_reader(before.reader)
    source = split_bytes(data, settings)
    reason = RefusedError("There is nothing to change.")
    reading = SourceReading(source.text, before)
    texts = [reading.lines[line - 1] for line in lines]
    for index, text in enumerate(rule.propose(reading, lines)):
        try:
            after = source.encode(text)
            loaded = read(after)
            if rule.numbers and _has_more(_NUMBER_CODES, before, loaded):
                (text,) = renumber(SourceReading(text, loaded), ())
                after = source.encode(text)
                loaded = read(after)
            _verify(rule, before, loaded, texts)
        except RefusedError as exc:
            reason = reason if index else exc
        else:
            return after, loaded
    raise reason


def _has_more(codes: Sequence[str], before: LoadedSource, after: LoadedSource) -> bool:
    counts = [sum(item.code in codes for item in loaded.diagnostics) for loaded in (before, after)]
    return counts[1] > counts[0]


def _verify(rule: FixRule, before: LoadedSource, after: LoadedSource, lines: Sequence[str]) -> None:
    """Raise `RefusedError` unless the words are the same, and fewer lines are reported."""
    if difference := rule.compare(before, after, lines):
        raise RefusedError(f"Written into the file, {difference} would be read differently.")
    verify_diagnostics(before, after)
    if _count_reported(rule, after) >= _count_reported(rule, before):
        raise RefusedError("The diagnostic would remain.")


def _count_reported(rule: FixRule, loaded: LoadedSource) -> int:
    return sum(len(item.line_ranges) for item in loaded.diagnostics if item.code in rule.codes)
