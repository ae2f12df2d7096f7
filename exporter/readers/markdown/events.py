"""Items to events: a question begins, its answer begins, content, a section, things left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.model import Block, Emphasis, Line, ListBlock, Paragraph, Strong
from exporter.readers import labels
from exporter.readers.markdown import families, navigation
from exporter.readers.markdown.blocks import blocks_of, paragraphs, table
from exporter.readers.markdown.families import Family
from exporter.readers.markdown.inline import Segment, segments
from exporter.readers.markdown.items import Item
from exporter.readers.markdown.parser import Node
from exporter.readers.spans import joined, without_prefix, words


@dataclass(slots=True)
class Event:
    """What happens at a line (from 0): a question, its answer, content, a section, an end, navigation.

    `parts` are the source lines of a paragraph, for finding labels in it.
    """

    kind: str
    line: int
    blocks: tuple[Block, ...] = ()
    number: int | None = None
    level: int = 0
    text: str = ""
    parts: Sequence[Segment] = ()


def events_of(items: Sequence[Item], family: Family | None) -> Iterator[Event]:
    """Yield the events of a file whose questions are marked in one way."""
    repeated = families.boilerplate(items)
    letters = families.asked_by_letter(items)
    labelled = _Labels(_has_answer_labels(items))
    level = family.level if family else 0
    for index, item in enumerate(items):
        if family is not None and family.name == "labels" and item.kind == "para":
            yield from labelled.read(item)
        elif family is not None and index in family.marks:
            level = item.level or level
            if family.name == "lists":
                yield from _marked_list(item, family)
            else:
                yield from MARKED[family.name](item)
        elif item.kind == "heading":
            yield from _heading(items, index, family, repeated, level, letters)
        elif item.kind == "summary":
            if family is not None and family.name == "summaries" and families.is_section(items, index):
                yield Event("section", item.line, item.ready, level=7, text=families.summary_text(item))
                continue
            label = families.is_answer_label(families.summary_text(item))
            yield Event("answer", item.line) if label else Event("content", item.line, item.ready)
        elif item.kind in ("navigation", "end", "title"):
            yield Event(item.kind, item.line)
        elif (
            item.kind == "list"
            and item.node is not None
            and all(map(navigation.is_contents_item, item.node.children))
        ):
            yield Event("navigation", item.line)
        elif item.kind != "rule":
            yield from _content(item)


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
    within = headings and (item.level > level > 0 or (beside and not families.is_aside(item.text)))
    answer = labels.answer_label(item.text, letters=False)
    if answer is None and letters:
        answer = labels.answer_label(item.text, letters=True)
    if answer is not None and (family is None or index):
        rest = answer
        yield Event("answer", item.line)
        if rest:
            yield Event(
                "content", item.line, (Paragraph((without_prefix(item.words, len(item.text) - len(rest)),)),)
            )
    elif not item.text:
        yield Event("navigation", item.line)
    elif item.inside or (within and item.text not in repeated):
        yield Event("content", item.line, item.blocks)
    elif item.text in repeated:
        yield Event("navigation", item.line) if empty else Event("content", item.line, item.blocks)
    else:
        text = "" if families.is_aside(item.text) else item.text.lstrip("# ")
        yield Event("section", item.line, item.blocks, level=item.level, text=text)


def _question(line: int, text: Line, number: int | None) -> Event:
    text = _unmarked(text)
    return Event("question", line, (Paragraph((text,)),) if text else (), number)


def _unmarked(text: Line) -> Line:
    """Return a question without the emphasis around all of it, which only marks it as one."""
    while len(text) == 1 and isinstance(text[0], (Strong, Emphasis)):
        text = text[0].spans
    return text


def _marked_heading(item: Item) -> Iterator[Event]:
    mark = families.heading_number(item)
    text = item.words
    if mark is not None:
        text = without_prefix(text, len(item.text) - len(mark.rest)) if item.number is None else text
    yield _question(item.line, text, mark.number if mark else None)


def _marked_summary(item: Item) -> Iterator[Event]:
    mark = labels.question_mark(families.summary_text(item))
    blocks = item.ready
    if mark is not None and isinstance(blocks[0], Paragraph):
        first = blocks[0].lines[0]
        line = without_prefix(first, len(words(first)) - len(mark.rest))
        blocks = (Paragraph((line, *blocks[0].lines[1:])), *blocks[1:]) if line else blocks
    if blocks and isinstance(blocks[0], Paragraph) and len(blocks[0].lines) == 1:
        blocks = (Paragraph((_unmarked(blocks[0].lines[0]),)), *blocks[1:])
    yield Event("question", item.line, blocks, mark.number if mark else None)
    yield Event("answer", item.line)


@dataclass(slots=True)
class _Labels:
    """Paragraphs whose lines begin with `Q:`, `A:` or `C:`.

    `labelled` says that the file labels its answers, `answered` that the question has its answer,
    in which such a label is text.
    """

    labelled: bool = True
    answered: bool = True
    part: str = "content"

    def read(self, item: Item) -> Iterator[Event]:
        """Yield what a paragraph's lines are."""
        run: list[Segment] = []
        start = 0
        number: int | None = None
        self.part = "cloze text" if self.part == "cloze" else "content"
        for place, segment in enumerate(item.parts):
            text = segment.text
            following = item.parts[place + 1].text if place + 1 < len(item.parts) else ""
            mark = labels.question_mark(text)
            if mark is not None and mark.style[0] == "q" and not mark.style.endswith(" "):
                yield from self._finish(item, start, run, number)
                start, number = place, item.number if mark.number is None else mark.number
                self.part, self.answered = "question", False
                line = without_prefix(segment.line, len(text) - len(mark.rest))
                if (inline := labels.inline_answer(mark.rest)) is not None:
                    yield _question(item.line + place, _words(line, len(inline[0])), number)
                    self.part, self.answered = "answer", True
                    line = without_prefix(segment.line, len(text) - len(inline[1]))
                run = [Segment(line, segment.hard, segment.image)]
            elif not self.answered and (answer := _answer_label(text, following)) is not None:
                yield from self._finish(item, start, run, number)
                self.part, self.answered, start = "answer", True, place
                rest = without_prefix(segment.line, len(text) - len(answer))
                run = [Segment(rest, segment.hard)] if rest else []
            elif text.startswith("C:"):
                yield from self._finish(item, start, run, number)
                self.part, self.answered, start, run = "cloze", True, place, []
            else:
                run.append(segment)
        yield from self._finish(item, start, run, number)

    def _finish(self, item: Item, start: int, run: Sequence[Segment], number: int | None) -> Iterator[Event]:
        line = item.line + start
        if self.part == "question":
            asked = next((at + 1 for at, part in enumerate(run) if labels.ends_asking(part.text)), 0)
            if not self.labelled and 0 < asked < len(run):
                yield _question(line, joined([each.line for each in run[:asked]]), number)
                rest = tuple(run[asked:])
                yield Event("content", line + asked, paragraphs(rest), parts=rest)
                return
            yield _question(line, joined([each.line for each in run]), number)
            yield from (Event("content", line, (each.image,)) for each in run if each.image)
        elif self.part == "answer":
            yield Event("answer", line)
        elif self.part == "cloze":
            yield Event("cloze", line)
        if self.part in ("answer", "content", "cloze text") and run:
            yield Event("content", line, paragraphs(run), parts=tuple(run))


def _has_answer_labels(items: Sequence[Item]) -> bool:
    return any(
        labels.answer_label(part.text, letters=True) is not None
        for item in items
        if item.kind in ("para", "heading")
        for part in item.parts
    )


def _answer_label(text: str, following: str) -> str | None:
    answer = labels.answer_label(text, letters=False)
    if answer is None and not labels.OPTION.match(following):
        answer = labels.answer_label(text, letters=True)
    return answer


def _words(line: Line, length: int) -> Line:
    from exporter.model import Text

    return (Text(words(line)[:length]),)


def _marked_bold(item: Item) -> Iterator[Event]:
    first, *rest = item.parts
    inner = families.bold_question(first.line) or families.lead(first.line) or first.line
    behind = _without_dash(joined([first.line[1:]]))
    mark = labels.question_mark(words(inner))
    number = mark.number if mark else None
    text = without_prefix(inner, len(words(inner)) - len(mark.rest)) if mark else inner
    if not any(char.isalnum() for char in words(behind)):
        text, behind = joined([text, behind]) if behind else text, ()
    yield _question(item.line, text, number)
    parts = [Segment(behind), *rest] if behind else rest
    if parts:
        yield Event("content", item.line, paragraphs(parts), parts=tuple(parts))


def _marked_number(item: Item) -> Iterator[Event]:
    asked = next((at + 1 for at, part in enumerate(item.parts) if labels.ends_asking(part.text)), 1)
    first, behind = joined([part.line for part in item.parts[:asked]]), item.parts[asked:]
    mark = labels.question_mark(words(first))
    yield _question(
        item.line,
        without_prefix(first, len(words(first)) - len(mark.rest)) if mark else first,
        mark.number if mark else None,
    )
    if behind:
        yield Event("content", item.line + asked, paragraphs(behind), parts=tuple(behind))


def _marked_pairs(item: Item) -> Iterator[Event]:
    nodes = item.node.children if item.kind == "list" and item.node else []
    rows: list[tuple[int, Line]] = [(item.line + place, part.line) for place, part in enumerate(item.parts)]
    for node in nodes:
        if node.children and node.children[0].kind == "paragraph":
            inline = node.children[0].children[0].token.children or ()
            rows.append((node.line, joined([part.line for part in segments(inline, images=False)])))
    several = sum(families.pair(words(spans)) is not None for _, spans in rows) > 1
    for line, spans in rows:
        text = words(spans)
        found = families.pair(text, several)
        if found is None:
            yield Event("content", line, (Paragraph((spans,)),))
            continue
        left, right = found
        yield _question(line, _words(spans, len(left)), None)
        yield Event("answer", line)
        yield Event("content", line, (Paragraph((without_prefix(spans, len(text) - len(right)),)),))


def _marked_list(item: Item, family: Family) -> Iterator[Event]:
    if item.node is None:
        return
    part: list[Node] = []
    numbers = [each.token.info for each in item.node.children]
    constant = len(numbers) > 1 and len(set(numbers)) == 1
    for place, node in enumerate(item.node.children):
        if node.line in family.left_out:
            part.append(node)
            continue
        if part:
            yield _part_of_answer(part)
            part = []
        if navigation.is_contents_item(node):
            yield Event("navigation", node.line)
            continue
        number = None
        if item.node.kind == "ordered_list" and numbers[place].isdigit():
            number = int(numbers[0]) + place if constant else int(numbers[place])
        nested = [child for child in node.children if child.kind in ("bullet_list", "ordered_list")]
        own = families.first_words(node)
        if nested and not labels.sounds_asking(own) and _mostly_ask(nested):
            yield Event("section", node.line, level=7, text=own)
            for inner in nested:
                yield from _marked_list(Item("list", inner.line, node=inner), family)
            yield Event("section", node.end, level=7)
            continue
        yield from _list_question(node, number, family)
    if part:
        yield _part_of_answer(part)


def _part_of_answer(items: Sequence[Node]) -> Event:
    """Return items of a list of questions that belong to an answer."""
    blocks = tuple(blocks_of(item.children) for item in items)
    return Event("content", items[0].line, (ListBlock(blocks, True, int(items[0].token.info)),))


def _mostly_ask(lists: Sequence[Node]) -> bool:
    texts = [families.first_words(each) for node in lists for each in node.children]
    return sum(map(labels.sounds_asking, texts)) * 2 > len(texts)


def _without_dash(line: Line) -> Line:
    """Return the text behind a question without the dash or colon between them."""
    text = words(line)
    return without_prefix(line, len(text) - len(text.lstrip(" -–—:|")))


def _list_question(node: Node, number: int | None, family: Family) -> Iterator[Event]:
    """Yield a list item: up to the line that asks it is the question, what follows answers."""
    if not node.children or node.children[0].kind != "paragraph":
        yield Event("question", node.line, blocks_of(node.children[:1]), number)
        yield from (Event("content", each.line, blocks_of([each])) for each in node.children[1:])
        return
    parts = [part for child in node.children[0].children for part in segments(child.token.children or ())]
    cut = len(parts)
    for place, part in enumerate(parts[:-1]):
        if labels.ends_asking(part.text) and not labels.ends_asking(parts[-1].text):
            cut = place + 1
            break
    else:
        asks = any(labels.ends_asking(part.text) for part in parts)
        alone = family.leads and len(parts[0].line) == 1 and families.lead(parts[0].line) is not None
        if alone or (family.lazy and not asks and parts[1:2] and parts[1].text[:1].isupper()):
            cut = 1
    first, behind = parts[:cut], parts[cut:]
    spans = joined([part.line for part in first])
    bold = families.bold_question(first[0].line) if first else None
    if bold is None and first and family.leads:
        bold = families.lead(first[0].line)
    if (
        bold is not None
        and len(first[0].line) > 1
        and any(char.isalnum() for char in words(first[0].line[1:]))
    ):
        behind = [Segment(_without_dash(joined([first[0].line[1:]]))), *first[1:], *behind]
        spans = bold
    text = words(spans)
    if text.startswith(("[ ] ", "[x] ", "[X] ")):
        spans = without_prefix(spans, 4)
    inline = labels.inline_answer(text)
    if inline is not None and not behind:
        behind = [Segment(without_prefix(spans, len(words(spans)) - len(inline[1])))]
        spans = _words(spans, len(inline[0]))
    yield _question(node.line, spans, number)
    if behind:
        yield Event("content", node.line, paragraphs(behind), parts=tuple(behind))
    for child in node.children[1:]:
        if child.kind in ("bullet_list", "ordered_list") and _mostly_ask([child]):
            yield Event("asked", child.line, blocks_of([child]))
        elif child.kind == "paragraph":
            inner = [part for each in child.children for part in segments(each.token.children or ())]
            yield Event("content", child.line, paragraphs(inner), parts=tuple(inner))
        else:
            yield Event("content", child.line, blocks_of([child]))


def _marked_table(item: Item) -> Iterator[Event]:
    from exporter.readers.columns import columns_of

    if item.node is None:
        return
    whole = table(item.node)
    columns = columns_of([words(cell) for cell in whole.header])
    for place, row in enumerate(whole.rows):
        line = item.line + 2 + place
        number = words(row[columns["number"]]).strip(" .") if "number" in columns else ""
        yield _question(
            line, row[columns["question"]], int(number) if number.isdecimal() and len(number) < 7 else None
        )
        yield Event("answer", line)
        if "answer" in columns and row[columns["answer"]]:
            yield Event("content", line, (Paragraph((row[columns["answer"]],)),))


MARKED = {
    "headings": _marked_heading,
    "summaries": _marked_summary,
    "labels": _marked_heading,
    "bold": _marked_bold,
    "numbers": _marked_number,
    "pairs": _marked_pairs,
    "tables": _marked_table,
}
