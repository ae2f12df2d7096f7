"""Markdown: headings, lists, bold lines, summaries or labels as questions."""

from __future__ import annotations

from collections import Counter

from exporter.config.settings import Settings
from exporter.model.questions import QuestionSet
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown.assembler import QuestionAssembler
from exporter.readers.markdown.canonical_sheet import has_canonical_marker, is_canonical, read_canonical
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.elements import read_elements
from exporter.readers.markdown.event_stream import iter_events
from exporter.readers.markdown.frontmatter import read_front_matter
from exporter.readers.markdown.headings import is_aside
from exporter.readers.markdown.literal_tags import literalize_text_tags
from exporter.readers.markdown.note_app_lines import NoteLines, extract_note_lines
from exporter.readers.markdown.note_app_marks import extract_marks
from exporter.readers.markdown.parser import flatten_numbered_bullets, parse, remove_heading_anchors
from exporter.readers.markdown.setext_rulers import undo_setext_underlines
from exporter.readers.markdown.skipped_content import (
    find_comments,
    find_unused_definitions,
    find_wide_rows,
    report_deep_nesting,
)
from exporter.readers.markdown.strikethrough import extend_strikethrough
from exporter.readers.markdown.style import QuestionStyle
from exporter.readers.markdown.style_detection import detect_style
from exporter.readers.markdown.tables import report_unused_columns
from exporter.readers.plain.reader import read as read_plain
from exporter.readers.skipped_content import report_skipped


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a Markdown source.

    Reports `bad-front-matter`, `cloze-skipped`, `columns-skipped`, `nested-too-deep` and `stray-text`,
    and what `report_skipped` lists.
    """
    matter = read_front_matter(source)
    lines = (*("",) * matter.length, *source.lines[matter.length :])
    own = has_canonical_marker(lines)
    notes = NoteLines(list(lines)) if own else extract_note_lines(lines)
    nodes, definitions = parse("\n".join(notes.lines), own, notes.footnotes)
    if is_canonical(nodes):
        return read_canonical(source, matter, nodes)
    unread_html = literalize_text_tags(nodes)
    flatten_numbered_bullets(nodes)
    remove_heading_anchors(nodes)
    extend_strikethrough(nodes)
    marks = extract_marks(nodes)
    elements = undo_setext_underlines(read_elements(nodes))
    style = detect_style(elements)
    if style is None:
        # A table of contents with questions in it is all that there is of them.
        elements = read_elements(nodes, contents=False)
        style = detect_style(elements)
    if style is None and (fenced := _all_fenced(source, elements)) is not None:
        return read_plain(fenced, settings)
    title = _title(elements, style)
    assembler = QuestionAssembler(
        source,
        matter.title or (title.text if title else None),
        title is not None or _sections_on_top(elements, style),
        matter.tags,
        marks=marks,
    )
    if title is not None:
        title.kind = ElementKind.TITLE
    assembler.take(iter_events(elements, style))
    diagnostics = [
        *matter.diagnostics,
        *report_deep_nesting(source, nodes),
        *assembler.diagnostics,
        *report_skipped(source, "early-question", assembler.early if assembler.questions else ()),
        *report_skipped(source, "navigation-skipped", assembler.navigation),
        *report_skipped(source, "heading-skipped", assembler.idle),
        *report_skipped(source, "html-skipped", unread_html),
        *report_skipped(source, "comment-skipped", [*find_comments(nodes), *notes.comments]),
        *report_skipped(source, "property-skipped", notes.properties),
        *report_skipped(source, "block-id-skipped", marks.ids),
        *report_skipped(source, "definition-skipped", find_unused_definitions(nodes, definitions)),
        *report_unused_columns(source, elements, style),
        *report_skipped(source, "cells-skipped", find_wide_rows(source, nodes)),
    ]
    diagnostics.sort(key=lambda each: each.span.line if each.span else 0)
    questions = QuestionSet(
        tuple(assembler.questions),
        assembler.title,
        source.path,
        matter.deck,
        matter.language,
        tuple(assembler.preamble),
    )
    return ReadResult(questions, tuple(diagnostics))


def _all_fenced(source: SourceText, elements: list[Element]) -> SourceText | None:
    """Return what is within a fence that holds nearly all of a file, each line in its place."""
    fences = [
        element.node for element in elements if element.node is not None and element.node.kind == "fence"
    ]
    if len(fences) != 1 or (fences[0].end - fences[0].line) * 5 < len(source.lines) * 4:
        return None
    fence = fences[0]
    named = fence.token.info.strip()
    lines = list(source.lines)
    lines[fence.line] = named if " " in named else ""
    if lines[fence.end - 1].strip().startswith(fence.token.markup):
        lines[fence.end - 1] = ""
    return SourceText(source.path, tuple(lines))


def _title(elements: list[Element], style: QuestionStyle | None) -> Element | None:
    """Return the heading that is the file's title: before all questions, the only one of its level."""
    marks = style.marks if style else {}
    levels = Counter(
        element.level
        for index, element in enumerate(elements)
        if element.kind == ElementKind.HEADING and index not in marks
    )
    for index, element in enumerate(elements):
        if index in marks:
            return None
        if element.kind == ElementKind.HEADING and element.parts and not element.in_details:
            if element.level > 1 and is_aside(element.text):
                continue
            first_of_several = index + 1 < len(elements) and elements[index + 1].kind == ElementKind.HEADING
            alone = levels[element.level] == 1 and element.level == min(levels)
            stacked = (
                first_of_several and elements[index + 1].level <= element.level and index + 1 not in marks
            )
            return element if alone or stacked else None
    return None


def _sections_on_top(elements: list[Element], style: QuestionStyle | None) -> bool:
    """Say whether several headings of the first level have questions right below them: none is the title."""
    marks = style.marks if style else {}
    tops = [
        index
        for index, element in enumerate(elements)
        if element.kind == ElementKind.HEADING
        and element.level == 1
        and index not in marks
        and not is_aside(element.text)
    ]
    first = min(marks, default=0)
    return (
        len(tops) > 1
        and tops[0] < first < tops[1] < max(marks)
        and not any(element.kind == ElementKind.HEADING for element in elements[tops[0] + 1 : first])
    )
