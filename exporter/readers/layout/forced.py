"""Read a text as the setting `source.questions` says, whatever its score is.

A value is first compared with the readings that are proposed for the text, so that one that `exporter check`
names is used as it was found; if there is none, every line that the value fits begins a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.config.question_marks import (
    MarkKind,
    QuestionMark,
    RegexTimeoutError,
    match_expression,
    parse_mark,
)
from exporter.model.diagnostics import Diagnostic, error, warning
from exporter.model.suggestions import suggest
from exporter.readers import SourceText
from exporter.readers.labels.patterns import Marker
from exporter.readers.layout.description import describe_layout
from exporter.readers.layout.evidence import EvidenceCollector
from exporter.readers.layout.layout import Layout, Style
from exporter.readers.layout.parts import TextFormat, merge_layouts, rank_candidates
from exporter.readers.layout.style_lines import LINE_FINDERS, find_cards
from exporter.readers.layout.tokens import TokenizedText
from exporter.readers.layout.typed_marks import find_typed_mark, fold_runs, normalize_mark

BLANK_LINES = {"blank": 1, "blank2": 2}
"""The number of blank lines between cards, by the name of the value."""


def force_layout(collector: EvidenceCollector, text_format: TextFormat, values: Sequence[str]) -> Layout:
    """Return the reading that some values of `source.questions` ask for."""
    candidates = rank_candidates(collector, text_format)
    layout, unmatched = Layout(), {}
    for value in values:
        try:
            forced = _find_layout(collector.text, text_format, candidates, parse_mark(value))
        except RegexTimeoutError:
            unmatched[value] = "the search for this expression takes too long"
            continue
        if forced is None:
            unmatched[value] = "nothing in the source is marked so"
        else:
            layout = merge_layouts(layout, forced, 0)
    layout = replace(layout, rivals=tuple(candidates), unmatched=unmatched)
    layout.read_as = describe_layout(collector.text, layout)
    return layout


def report_unmatched(source: SourceText, layout: Layout) -> Iterator[Diagnostic]:
    """Report `questions-unmatched` for values that find nothing: an error if no value finds a question."""
    report = warning if layout.markers else error
    others = [f"`{part.value}` ({part.count})" for part in layout.read_as.others]
    for value, reason in layout.unmatched.items():
        message = f"`source.questions` is “{value}”, but {reason}."
        similar = suggest(value, [*Style, *BLANK_LINES]) if parse_mark(value).kind is MarkKind.NAME else ""
        hint = f"Did you mean “{similar}”? " if similar and similar != value else ""
        hint += (
            f"These would find questions: {', '.join(others)}."
            if others
            else "Nothing else was found, either."
        )
        yield report("questions-unmatched", message, source.span(1), hint)


def _find_layout(
    text: TokenizedText, text_format: TextFormat, candidates: Sequence[Layout], mark: QuestionMark
) -> Layout | None:
    """Return the best candidate that a value names, else the layout of the lines that it fits."""
    if mark.kind is MarkKind.NAME and mark.text in BLANK_LINES:
        return _build(text, text_format, Style.GAPS, mark.text, find_cards(text, BLANK_LINES[mark.text]))
    if mark.kind is MarkKind.NAME and mark.text in list(Style):
        style = Style(mark.text)
        named = next((layout for layout in candidates if layout.parts[0].style is style), None)
        finder = LINE_FINDERS.get(style)
        return named or (_build(text, text_format, style, "", finder(text)) if finder else None)
    if mark.kind is MarkKind.EXPRESSION:
        typed = list(text.iter_typed_lines())
        lines = [line for _, line in typed]
        markers = (
            (typed[index][0], Marker(None, lines[index][start:end].strip(), start + 1, "line"))
            for index, start, end in match_expression(mark, lines)
        )
        return _build(text, text_format, Style.EXPRESSION, f"/{mark.text}/", markers)
    wanted = normalize_mark(mark.text)
    for layout in sorted(candidates, key=lambda layout: layout.parts[0].style is Style.BULLETS):
        typed_mark = find_typed_mark(text, layout, layout.parts[0])
        is_level = layout.parts[0].style is Style.HEADINGS and typed_mark.split()[:1] == [mark.text]
        if is_level or normalize_mark(typed_mark) == wanted:
            return layout
    style = Style.NUMBERED if mark.kind is MarkKind.NUMBER else Style.PREFIX
    return _build(text, text_format, style, mark.text, _find_prefixed(text, mark))


def _find_prefixed(text: TokenizedText, mark: QuestionMark) -> Iterator[tuple[int, Marker]]:
    """Yield the lines that begin with the characters or the form of numbers of a value."""
    parts = re.split(r"(N(?![A-Za-z]))", mark.text) if mark.kind is MarkKind.NUMBER else [mark.text]
    pattern = "".join(
        r"(?P<number>\d{1,6})[a-z]?" if part == "N" else _compile_literal(part) for part in parts
    )
    last = mark.text[-1]
    edge = r"(?!\w)" if last.isalnum() else f"(?!{re.escape(last)})"  # `##` is not the start of `###`
    matcher = re.compile(rf"\s*{pattern}{edge}\s*(?P<rest>.*)", re.IGNORECASE)
    for index, line in text.iter_typed_lines():
        if match := matcher.match(line):
            number = match.groupdict().get("number")
            style = "number" if number else "prefix"
            yield (
                index,
                Marker(int(number) if number else None, match["rest"], match.start("rest") + 1, style),
            )


def _compile_literal(text: str) -> str:
    """Return the pattern of some characters: any white space where they have some, and runs of any length."""
    pattern = r"\s*".join(
        "".join(
            re.escape(char) if char.isalnum() or char == "#" else f"{re.escape(char)}+"
            for char in fold_runs(word)
        )
        for word in text.split()
    )
    return (r"\s*" if text[:1].isspace() else "") + pattern + (r"\s*" if text[-1:].isspace() else "")


def _build(
    text: TokenizedText,
    text_format: TextFormat,
    style: Style,
    pattern: str,
    markers: Iterator[tuple[int, Marker]],
) -> Layout | None:
    found = list(markers)
    return text_format.build_layout(text, style, pattern, found) if found else None
