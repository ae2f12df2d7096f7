"""The reader of Markdown: questions are headings, lists, bold lines, summaries, tables or labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from exporter.config.settings import Settings
from exporter.model.questions import QuestionSet
from exporter.model.source_lines import replace_lines
from exporter.model.text import plain_text
from exporter.readers import ReadResult, SourceText
from exporter.readers.answer_key import read_answer_keys
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.layout.forced import report_unmatched
from exporter.readers.markdown.assembler import QuestionAssembler
from exporter.readers.markdown.callouts import convert_callouts
from exporter.readers.markdown.canonical_sheet import has_canonical_marker, is_canonical, read_canonical
from exporter.readers.markdown.card_lists import wrap_card_lists
from exporter.readers.markdown.card_separators import mark_fronts, split_at_separators, split_at_tags
from exporter.readers.markdown.definition_lists import divide_terms
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.elements import read_elements
from exporter.readers.markdown.event_stream import iter_events
from exporter.readers.markdown.frontmatter import read_front_matter
from exporter.readers.markdown.headings import is_aside
from exporter.readers.markdown.html_runs import join_html_runs
from exporter.readers.markdown.literal_tags import literalize_text_tags
from exporter.readers.markdown.metadata_lines import move_metadata
from exporter.readers.markdown.note_app_lines import NoteLines, extract_note_lines
from exporter.readers.markdown.note_app_marks import extract_marks
from exporter.readers.markdown.page_metadata import extract_page_metadata
from exporter.readers.markdown.parser import flatten_numbered_bullets, parse, remove_heading_anchors
from exporter.readers.markdown.repeated_contents import skip_repeated_contents
from exporter.readers.markdown.setext_rulers import undo_setext_underlines
from exporter.readers.markdown.skipped_content import (
    find_comments,
    find_unused_definitions,
    find_wide_rows,
    report_deep_nesting,
)
from exporter.readers.markdown.strikethrough import extend_strikethrough
from exporter.readers.markdown.style import ElementStyles
from exporter.readers.markdown.style_detection import detect_styles
from exporter.readers.markdown.tables import report_unused_columns
from exporter.readers.markdown.unclosed_fences import close_fences
from exporter.readers.plain.reader import read as read_plain
from exporter.readers.skipped_content import report_skipped

_TAG_START = re.compile(r"<[A-Za-z/!?]")


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a Markdown source.

    Reports `bad-front-matter`, `columns-skipped`, `nested-too-deep`, and what `report_skipped` lists.
    """
    return read_answer_keys(source, settings, _read)


def _read(source: SourceText, settings: Settings) -> ReadResult:
    """Read a source whose answers are below their questions."""
    matter = read_front_matter(source)
    lines = (*("",) * matter.length, *source.lines[matter.length :])
    has_marker = has_canonical_marker(lines)
    notes = NoteLines(list(lines)) if has_marker else extract_note_lines(lines)
    unclosed: list[tuple[int, int]] = []
    if not has_marker:
        extract_page_metadata(notes)
        notes.lines, unclosed = close_fences(notes.lines)
    text = "\n".join(notes.lines)
    nodes, definitions = parse(text, has_marker, notes.footnotes)
    if is_canonical(nodes):
        return read_canonical(source, matter, nodes)
    # a pass over all blocks is made only in a file with the sign that it looks for
    has_tags = _TAG_START.search(text) is not None
    skipped_html: list[tuple[int, int]] = []
    if has_tags:
        join_html_runs(nodes)
        skipped_html = literalize_text_tags(nodes)
        extend_strikethrough(nodes)
    flatten_numbered_bullets(nodes)
    if "{#" in text:
        remove_heading_anchors(nodes)
    divide_terms(nodes, notes.lines)
    split_at_separators(nodes, notes.lines)
    marks = extract_marks(nodes)
    marks.tags |= notes.line_tags
    split_at_tags(nodes, marks.cards)
    wrap_card_lists(nodes, marks.cards, notes.lines)
    if "[!" in text:
        convert_callouts(nodes)
    elements = move_metadata(undo_setext_underlines(read_elements(nodes)))
    skip_repeated_contents(elements)
    mark_fronts(elements, notes.lines, marks.cards)
    title, styles = _detect(elements, source, settings)
    if not styles.styles:
        # a table of contents may have the only questions of the file
        elements = move_metadata(read_elements(nodes, skip_contents=False))
        mark_fronts(elements, notes.lines, marks.cards)
        title, styles = _detect(elements, source, settings)
    if not styles.styles and (fenced := _unfence(source, elements)) is not None:
        return read_plain(fenced, settings)
    if not styles.styles and _mostly_asks(plain := read_plain(source, settings)):
        return plain
    title = title or _find_title(elements, styles)
    assembler = QuestionAssembler(
        source,
        matter.title or notes.title or (title.text if title else None),
        title is not None or notes.title is not None or _has_top_sections(elements, styles),
        (*matter.tags, *notes.tags),
        marks,
    )
    if title is not None:
        title.kind = ElementKind.TITLE
    assembler.add_events(iter_events(elements, styles))
    skipped = {
        "early-question": assembler.early_questions if assembler.questions else (),
        "stray-text": assembler.stray_text,
        "cloze-skipped": assembler.clozes,
        "question-within": [(line, line + 1) for line in styles.doubtful],
        "navigation-skipped": sorted((*notes.contents, *assembler.navigation)),
        "heading-skipped": assembler.unused_headings,
        "title-skipped": _find_other_title(title, assembler.title),
        "html-skipped": skipped_html,
        "comment-skipped": [
            *matter.comments,
            *(find_comments(nodes) if has_tags else ()),
            *notes.comments,
        ],
        "property-skipped": sorted(notes.properties),
        "block-id-skipped": marks.ids,
        "unclosed-fence": unclosed,
        "definition-skipped": find_unused_definitions(nodes, definitions),
    }
    diagnostics = [
        *report_unmatched(source, styles.layout),
        *matter.diagnostics,
        *report_deep_nesting(source, nodes),
        *chain.from_iterable(report_skipped(source, code, ranges) for code, ranges in skipped.items()),
        *report_unused_columns(source, elements, styles),
        *report_skipped(source, "cells-skipped", find_wide_rows(source, nodes) if "|" in text else ()),
    ]
    diagnostics.sort(key=lambda diagnostic: diagnostic.span.line if diagnostic.span else 0)
    questions = QuestionSet(
        tuple(assembler.questions),
        assembler.title,
        source.path,
        matter.deck,
        matter.language,
        tuple(assembler.preamble),
    )
    return ReadResult(questions, tuple(diagnostics), read_as=styles.layout.read_as)


def _find_other_title(heading: Element | None, title: str | None) -> list[tuple[int, int]]:
    """Return the lines (from 0) of a title in a heading if the file has another title, which is used."""
    if heading is None or title is None or heading.text.casefold().split() == title.casefold().split():
        return []
    return [(heading.line, heading.line + 1)]


def _mostly_asks(reading: ReadResult) -> bool:
    """Return whether most questions of a reading ask: the file is Markdown by its name only.

    Of two public files without a Markdown style of questions, one has 57 lines that ask; the other is a quiz
    with boxes, in which an eighth of the lines ask.
    """
    asking = sum(looks_like_question(plain_text(one.question)) for one in reading.questions.questions)
    return asking > 1 and 2 * asking >= len(reading.questions.questions)


def _unfence(source: SourceText, elements: list[Element]) -> SourceText | None:
    """Return the content of a code fence around most of a file, with each line in its place."""
    fences = [
        element.node for element in elements if element.node is not None and element.node.kind == "fence"
    ]
    # four fifths of the lines; unmeasured
    if len(fences) != 1 or (fences[0].end - fences[0].line) * 5 < len(source.lines) * 4:
        return None
    fence = fences[0]
    info = fence.token.info.strip()
    lines = list(source.lines)
    # several words after the fence are a title and not a language
    lines[fence.line] = info if " " in info else ""
    if lines[fence.end - 1].strip().startswith(fence.token.markup):
        lines[fence.end - 1] = ""
    return replace(source, lines=replace_lines(source.lines, lines))


def _detect(
    elements: Sequence[Element], source: SourceText, settings: Settings
) -> tuple[Element | None, ElementStyles]:
    """Return the certain title of a file, if it has one, and the styles of its questions."""
    title = _find_certain_title(elements)
    if title is not None:
        title.kind = ElementKind.TITLE
    return title, detect_styles(elements, source.lines, settings.source.questions)


def _find_certain_title(elements: Sequence[Element]) -> Element | None:
    """Return the first heading if it is the only one of its level, none is higher, and it does not ask."""
    headings = [
        element
        for element in elements
        if element.kind == ElementKind.HEADING and element.parts and not element.in_details
    ]
    levels = Counter(element.level for element in headings)
    if not headings or (headings[0].level > 1 and len(headings) == 1):
        return None
    first = headings[0]
    is_top = first.level == min(levels) and levels[first.level] == 1
    is_title = is_top and first.marker is None and not looks_like_question(first.text)
    return first if is_title and not is_aside(first.text) else None


def _find_title(elements: list[Element], styles: ElementStyles) -> Element | None:
    """Return the heading that is the title: above all questions, and the only one of its level."""
    marks = styles.styles
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
            below = elements[index + 1] if index + 1 < len(elements) else None
            is_only = levels[element.level] == 1 and element.level == min(levels)
            has_heading_below = (
                below is not None
                and below.kind == ElementKind.HEADING
                and below.level <= element.level
                and index + 1 not in marks
            )
            return element if is_only or has_heading_below else None
    return None


def _has_top_sections(elements: list[Element], styles: ElementStyles) -> bool:
    """Return whether several headings of level 1 have questions right below: none of them is the title."""
    marks = styles.styles
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
