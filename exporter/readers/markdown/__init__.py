"""Markdown: headings, lists, bold lines, summaries or labels as questions."""

from __future__ import annotations

from collections import Counter

from exporter.diagnostics import Diagnostic, warning
from exporter.model import QuestionSet
from exporter.options import Options
from exporter.readers import Reading, SourceText
from exporter.readers.markdown.assembly import Assembly
from exporter.readers.markdown.events import events_of
from exporter.readers.markdown.families import choose_family
from exporter.readers.markdown.family import Family
from exporter.readers.markdown.frontmatter import read_front_matter
from exporter.readers.markdown.heading_families import is_aside
from exporter.readers.markdown.items import Item, items_of
from exporter.readers.markdown.own import is_own, read_own
from exporter.readers.markdown.parser import NESTING, Node, parse


def read(source: SourceText, options: Options) -> Reading:
    """Read the questions of a Markdown source.

    Reports `bad-front-matter`, `cloze-skipped`, `navigation-skipped`, `nested-too-deep` and
    `stray-text`.
    """
    matter = read_front_matter(source)
    nodes = parse("\n".join(("",) * matter.length + source.lines[matter.length :]))
    if is_own(nodes):
        return read_own(source, matter, nodes)
    items = items_of(nodes)
    family = choose_family(items)
    title = _title(items, family)
    assembly = Assembly(
        source,
        matter.title or (title.text if title else None),
        title is not None or _sections_on_top(items, family),
        matter.tags,
    )
    if title is not None:
        title.kind = "title"
    assembly.take(events_of(items, family))
    diagnostics = [*matter.diagnostics, *_too_deep(source, nodes), *assembly.diagnostics]
    diagnostics.sort(key=lambda each: each.span.line if each.span else 0)
    questions = QuestionSet(
        tuple(assembly.questions),
        assembly.title,
        source.path,
        matter.deck,
        matter.language,
        tuple(assembly.preamble),
    )
    return Reading(questions, tuple(diagnostics))


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


def _too_deep(source: SourceText, nodes: list[Node]) -> list[Diagnostic]:
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if node.token.level >= NESTING - 2:
            message = (
                f"Blocks lie more than {NESTING // 2} deep within each other; the inner ones are left out."
            )
            return [
                warning("nested-too-deep", message, source.span(node.line + 1), "Write it with fewer levels.")
            ]
        stack.extend(node.children)
    return []
