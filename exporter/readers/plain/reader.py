"""Read plain text: detect the layout of the file, then parse question by question."""

from __future__ import annotations

from dataclasses import replace

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import Question, QuestionSet, SourceSpan
from exporter.readers import ReadResult, SourceText
from exporter.readers.answer_key import read_answer_keys
from exporter.readers.code_fences import find_unclosed_fences
from exporter.readers.layout.evidence import has_label
from exporter.readers.layout.forced import report_unmatched
from exporter.readers.layout.layout import Style
from exporter.readers.plain.closing_notes import find_closing_notes, find_further_paragraphs
from exporter.readers.plain.headings import HeadingKind, HeadingStyle, join_category
from exporter.readers.plain.label_typos import find_label_typos
from exporter.readers.plain.layout_detection import detect_layout
from exporter.readers.plain.leftovers import (
    ParsedQuestion,
    find_closing_text,
    find_contents,
    find_note_sections,
    share_answers,
)
from exporter.readers.plain.preamble import parse_header
from exporter.readers.plain.question_parser import read_question
from exporter.readers.plain.segmenter import (
    cut_at_heading,
    find_framed_lines,
    find_headings_above,
    find_segments,
    find_short_titles,
    has_rulers_between,
)
from exporter.readers.skipped_content import report_skipped


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a plain-text source.

    Reports `closing-text`, `heading-skipped`, `navigation-skipped`, `questions-unmatched`, `stray-text`,
    `unclosed-fence` and `unknown-label`.
    """
    return read_answer_keys(source, settings, _read)


def _read(source: SourceText, settings: Settings) -> ReadResult:
    """Read a source whose answers are below their questions."""
    lines = source.lines
    layout = detect_layout(lines, settings.source.questions)
    read_as = layout.read_as
    starts = sorted(layout.markers)
    if not starts:
        header = parse_header(lines, [], ())
        return ReadResult(
            QuestionSet((), header.title, source.path, header.deck, header.language, header.preamble),
            tuple(report_unmatched(source, layout)),
            read_as=read_as,
        )
    underlined = not has_rulers_between(source, starts)
    titles = find_short_titles(source, layout, starts)
    header_end, headings = find_headings_above(source, 0, starts[0], 0, underlined, titles)
    segments = find_segments(source, layout, starts, underlined, titles)
    bodies = [(start, end) for start, (end, _) in zip(starts, segments, strict=True)]
    notes = find_closing_notes(lines, layout, bodies)
    if notes is not None:
        segments[-1] = (notes, segments[-1][1])
    later_styles = {heading.style for _, headings_after in segments for heading in headings_after}
    styles = later_styles | {heading.style for heading in headings} | {HeadingStyle(HeadingKind.FRAMED, "=")}
    header = parse_header(lines[:header_end], headings, later_styles)
    category, heading = header.category, headings[-1] if headings else None
    parsed: list[ParsedQuestion] = []
    stray: list[tuple[int, int]] = [] if notes is None else [(notes, bodies[-1][1])]
    diagnostics: list[Diagnostic] = list(report_unmatched(source, layout))
    answer_lines = sorted(layout.answers)
    framed = find_framed_lines(source, layout, styles)
    for start, (end, headings_after) in zip(starts, segments, strict=True):
        end, cut, stray_lines = cut_at_heading(source, framed, start, end, styles)
        question = read_question(lines, layout, start, end)
        is_labelled = has_label(answer_lines, start, end)
        question = _with_span(question, source.span(start + 1), category)
        parsed.append(ParsedQuestion(question, start, end, is_labelled, heading))
        stray += [(index, index + 1) for index in stray_lines]
        if below := [*cut, *headings_after]:
            category, heading = join_category(below) or category, below[-1]
        if start == starts[-1]:
            unused = [(heading.start, heading.start + 1) for heading in (*cut, *headings_after)]
            diagnostics += report_skipped(source, "heading-skipped", unused)
    noted: set[int] = set()
    for section in find_note_sections(parsed):
        title = section[0].heading.start if section[0].heading else section[0].start
        stray.append((title, section[-1].end))
        noted.update(entry.start for entry in section)
    parsed = [entry for entry in parsed if entry.start not in noted]
    closing = find_closing_text(lines, parsed)
    stray += closing.values()
    ranges = [(entry.start, entry.end) for entry in parsed]
    further = None if closing else find_further_paragraphs(lines, layout, ranges)
    diagnostics += report_skipped(source, "closing-text", [further] if further else [])
    diagnostics += report_skipped(source, "stray-text", stray)
    parsed = [
        entry._replace(question=replace(entry.question, answer=())) if position in closing else entry
        for position, entry in enumerate(parsed)
    ]
    parsed = share_answers(lines, parsed, all(part.style is Style.HANGING for part in layout.parts))
    contents = find_contents(parsed)
    diagnostics += report_skipped(
        source, "navigation-skipped", [(entry.start, entry.end) for entry in contents.values()]
    )
    parsed = [entry for entry in parsed if entry.start not in contents]
    diagnostics += find_label_typos(source, layout)
    fences = find_unclosed_fences(lines, layout.fenced)
    diagnostics += report_skipped(source, "unclosed-fence", [(index, index + 1) for index in fences])
    diagnostics.sort(key=lambda diagnostic: diagnostic.span.line if diagnostic.span else 0)
    question_set = QuestionSet(
        tuple(entry.question for entry in parsed),
        header.title,
        source.path,
        header.deck,
        header.language,
        header.preamble,
    )
    return ReadResult(question_set, tuple(diagnostics), read_as=read_as)


def _with_span(question: Question, span: SourceSpan, category: str | None) -> Question:
    return Question(
        question.question,
        question.answer,
        question.number,
        question.category or category,
        question.tags,
        question.cues,
        question.notes,
        question.id,
        span,
        question.label,
    )
