"""Markdown: headings, lists, bold lines, summaries or labels as questions."""

from __future__ import annotations

from collections import Counter

from exporter.config.settings import Settings
from exporter.model.questions import QuestionSet
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown.assembler import Assembly
from exporter.readers.markdown.canonical_sheet import begins_own, is_own, read_own
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.elements import items_of
from exporter.readers.markdown.event_stream import events_of
from exporter.readers.markdown.frontmatter import read_front_matter
from exporter.readers.markdown.heading_styles import is_aside
from exporter.readers.markdown.literal_tags import mark_text_tags
from exporter.readers.markdown.note_app_lines import NoteLines, take_note_lines
from exporter.readers.markdown.note_app_marks import take_marks
from exporter.readers.markdown.parser import leave_out_anchors, parse, take_in_numbers
from exporter.readers.markdown.setext_rulers import without_underlines
from exporter.readers.markdown.skipped_content import comments, too_deep, unused_definitions, wide_rows
from exporter.readers.markdown.strikethrough import carry_struck
from exporter.readers.markdown.style import Family
from exporter.readers.markdown.style_detection import choose_family
from exporter.readers.markdown.tables import unused_columns
from exporter.readers.plain.reader import read as read_plain
from exporter.readers.skipped_content import report_skipped


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a Markdown source.

    Reports `bad-front-matter`, `cloze-skipped`, `columns-skipped`, `nested-too-deep` and `stray-text`,
    and what `report_skipped` lists.
    """
    matter = read_front_matter(source)
    lines = (*("",) * matter.length, *source.lines[matter.length :])
    own = begins_own(lines)
    notes = NoteLines(list(lines)) if own else take_note_lines(lines)
    nodes, definitions = parse("\n".join(notes.lines), own, notes.footnotes)
    if is_own(nodes):
        return read_own(source, matter, nodes)
    unread_html = mark_text_tags(nodes)
    take_in_numbers(nodes)
    leave_out_anchors(nodes)
    carry_struck(nodes)
    marks = take_marks(nodes)
    items = without_underlines(items_of(nodes))
    family = choose_family(items)
    if family is None:
        # A table of contents with questions in it is all that there is of them.
        items = items_of(nodes, contents=False)
        family = choose_family(items)
    if family is None and (fenced := _all_fenced(source, items)) is not None:
        return read_plain(fenced, settings)
    title = _title(items, family)
    assembly = Assembly(
        source,
        matter.title or (title.text if title else None),
        title is not None or _sections_on_top(items, family),
        matter.tags,
        marks=marks,
    )
    if title is not None:
        title.kind = "title"
    assembly.take(events_of(items, family))
    diagnostics = [
        *matter.diagnostics,
        *too_deep(source, nodes),
        *assembly.diagnostics,
        *report_skipped(source, "early-question", assembly.early if assembly.questions else ()),
        *report_skipped(source, "navigation-skipped", assembly.navigation),
        *report_skipped(source, "heading-skipped", assembly.idle),
        *report_skipped(source, "html-skipped", unread_html),
        *report_skipped(source, "comment-skipped", [*comments(nodes), *notes.comments]),
        *report_skipped(source, "property-skipped", notes.properties),
        *report_skipped(source, "block-id-skipped", marks.ids),
        *report_skipped(source, "definition-skipped", unused_definitions(nodes, definitions)),
        *unused_columns(source, items, family),
        *report_skipped(source, "cells-skipped", wide_rows(source, nodes)),
    ]
    diagnostics.sort(key=lambda each: each.span.line if each.span else 0)
    questions = QuestionSet(
        tuple(assembly.questions),
        assembly.title,
        source.path,
        matter.deck,
        matter.language,
        tuple(assembly.preamble),
    )
    return ReadResult(questions, tuple(diagnostics))


def _all_fenced(source: SourceText, items: list[Item]) -> SourceText | None:
    """Return what is within a fence that holds nearly all of a file, each line in its place."""
    fences = [item.node for item in items if item.node is not None and item.node.kind == "fence"]
    if len(fences) != 1 or (fences[0].end - fences[0].line) * 5 < len(source.lines) * 4:
        return None
    fence = fences[0]
    named = fence.token.info.strip()
    lines = list(source.lines)
    lines[fence.line] = named if " " in named else ""
    if lines[fence.end - 1].strip().startswith(fence.token.markup):
        lines[fence.end - 1] = ""
    return SourceText(source.path, tuple(lines))


def _title(items: list[Item], family: Family | None) -> Item | None:
    """Return the heading that is the file's title: before all questions, the only one of its level."""
    marks = family.marks if family else {}
    levels = Counter(
        item.level for index, item in enumerate(items) if item.kind == "heading" and index not in marks
    )
    for index, item in enumerate(items):
        if index in marks:
            return None
        if item.kind == "heading" and item.parts and not item.inside:
            if item.level > 1 and is_aside(item.text):
                continue
            first_of_several = index + 1 < len(items) and items[index + 1].kind == "heading"
            alone = levels[item.level] == 1 and item.level == min(levels)
            stacked = first_of_several and items[index + 1].level <= item.level and index + 1 not in marks
            return item if alone or stacked else None
    return None


def _sections_on_top(items: list[Item], family: Family | None) -> bool:
    """Say whether several headings of the first level have questions right below them: none is the title."""
    marks = family.marks if family else {}
    tops = [
        index
        for index, item in enumerate(items)
        if item.kind == "heading" and item.level == 1 and index not in marks and not is_aside(item.text)
    ]
    first = min(marks, default=0)
    return (
        len(tops) > 1
        and tops[0] < first < tops[1] < max(marks)
        and not any(item.kind == "heading" for item in items[tops[0] + 1 : first])
    )
