"""Items to events: a question begins, its answer begins, content, a section, things left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.model.questions import Paragraph
from exporter.readers.labels import patterns
from exporter.readers.markdown import navigation
from exporter.readers.markdown.details_summaries import is_answer_label, is_section, summary_text
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.event import Event, in_bold, unmarked
from exporter.readers.markdown.heading_styles import asked_below, asked_by_letter, boilerplate, is_aside
from exporter.readers.markdown.labelled_paragraphs import Labels, has_answer_labels
from exporter.readers.markdown.list_questions import marked_list
from exporter.readers.markdown.list_styles import item_asks
from exporter.readers.markdown.marked_questions import MARKED
from exporter.readers.markdown.note_app_marks import SEPARATOR
from exporter.readers.markdown.style import Family
from exporter.readers.span_builder import drop_prefix


def events_of(items: Sequence[Item], family: Family | None) -> Iterator[Event]:
    """Yield the events of a file whose questions are marked in one way."""
    repeated = boilerplate(items)
    letters = asked_by_letter(items)
    labelled = Labels(has_answer_labels(items))
    level = family.level if family else 0
    taken = -1
    opened = 0  # the depth of the `details` whose end is that of the question
    for index, item in enumerate(items):
        if index == taken:
            continue  # the question of the number above it
        if family is not None and family.name == "labels" and item.kind == "para":
            yield from labelled.read(item)
        elif family is not None and (own := family.of(index)) is not None:
            level = item.level or level
            opened = item.depth if item.kind == "summary" else 0
            below = asked_below(items, index) if item.kind == "heading" else None
            if below is not None:
                number = own.marks[index]
                asked = below.blocks if below.kind == "block" else (Paragraph((unmarked(below.words),)),)
                yield Event("question", item.line, asked, number)
                taken = index + 1
            elif own.name == "lists":
                yield from marked_list(item, own)
            elif own.name == "headings" and item.level < own.level:
                yield from (replace(event, level=item.level) for event in MARKED[own.name](item))
            else:
                yield from MARKED[own.name](item)
        elif family is not None and _heads_questions(items, index, family):
            text = item.text.strip(" :")
            yield Event("section", item.line, item.blocks, level=6, text=text, end=item.line + 1)
        elif item.kind == "heading":
            yield from _heading(items, index, family, repeated, level, letters)
        elif item.kind == "summary":
            if family is not None and family.name == "summaries" and is_section(items, index):
                yield Event("section", item.line, item.ready, level=7, text=summary_text(item))
                continue
            listed = family.of(index + 1) if family is not None else None
            if listed is not None and listed.name == "lists":
                yield Event("section", item.line, item.ready, level=6, text=summary_text(item))
                continue
            if is_answer_label(summary_text(item)):
                opened = opened or item.depth
                yield Event("answer", item.line)
            elif family is not None and family.name == "summaries" and item.depth > opened > 0:
                yield Event("content", item.line, in_bold(item.ready))
            else:
                yield Event("content", item.line, item.ready)
        elif item.kind == "end" and item.depth > opened:
            continue  # what follows goes on with the answer
        elif item.kind in ("navigation", "end", "title"):
            yield Event(item.kind, item.line, end=item.node.end if item.node else 0)
        elif (
            item.kind == "list"
            and item.node is not None
            and all(map(navigation.is_contents_item, item.node.children))
        ):
            yield Event("navigation", item.line, end=item.node.end)
        elif item.kind == "para" and item.text == SEPARATOR:
            yield Event("answer", item.line)
        elif item.kind != "rule":
            yield from _content(item)


def _heads_questions(items: Sequence[Item], index: int, family: Family) -> bool:
    """Say whether a short line heads the questions that begin right below it.

    These are a list that begins anew, or paragraphs where the line itself stands below a ruler.
    """
    item = items[index]
    if item.kind != "para" or len(item.parts) != 1 or item.inside or index + 1 >= len(items):
        return False
    text = item.text
    if not text or len(text) > 60 or len(text.split()) > 8 or text[-1] in ".?!,;" or ":" in text[:-1]:
        return False
    own, below = family.of(index + 1), items[index + 1].node
    if own is None or below is None:
        return False
    if own.name == "numbers":
        return item.apart and index > 0 and items[index - 1].kind == "rule"
    if own.name != "lists" or len(below.children) < 2:
        return False
    anew = below.kind == "bullet_list" or below.children[0].token.info == "1"
    return anew and sum(map(item_asks, below.children)) * 2 >= len(below.children)


def _content(item: Item) -> Iterator[Event]:
    yield Event("content", item.line, item.blocks, parts=item.parts if item.kind == "para" else ())


def _heading(
    items: Sequence[Item], index: int, family: Family | None, repeated: set[str], level: int, letters: bool
) -> Iterator[Event]:
    """Yield what a heading is that is no question; `level` is that of the question before it."""
    item = items[index]
    below = items[index + 1] if index + 1 < len(items) else None
    empty = below is None or below.kind in ("heading", "rule", "navigation")
    headings = family is not None and family.name == "headings"
    beside = headings and family is not None and family.numbered and item.level == level and not empty
    within = headings and (item.level > level > 0 or (beside and not is_aside(item.text)))
    answer = patterns.match_answer_label(item.text, letters=False)
    if answer is None and letters:
        answer = patterns.match_answer_label(item.text, letters=True)
    if answer is not None and family is not None and index + 1 in family.marks:
        yield Event("navigation", item.line, end=item.node.end if item.node else 0)  # of the question below
    elif answer is not None and (family is None or index):
        rest = answer
        yield Event("answer", item.line)
        if rest:
            yield Event(
                "content", item.line, (Paragraph((drop_prefix(item.words, len(item.text) - len(rest)),)),)
            )
    elif not item.text:
        yield Event("navigation", item.line)
    elif item.inside or (within and item.text not in repeated):
        yield Event("content", item.line, item.blocks)
    elif item.text in repeated:
        yield Event("navigation", item.line) if empty else Event("content", item.line, item.blocks)
    else:
        text = "" if is_aside(item.text) else item.text.lstrip("# ")
        end = item.node.end if item.node else 0
        yield Event("section", item.line, item.blocks, level=item.level, text=text, end=end)
