"""Edits of any field of any file of the corpus: written and read back as meant, or refused with a reason."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from exporter.config.settings import Settings
from exporter.model.canonical_blocks import canonical_blocks
from exporter.model.questions import (
    Block,
    CodeBlock,
    Emphasis,
    Line,
    ListBlock,
    Paragraph,
    Question,
    Strong,
    Table,
    Text,
)
from exporter.model.text import line_text, plain_text
from exporter.patching.patcher import patch_source
from exporter.patching.question_change import QuestionChange
from exporter.pipeline.loader import load_bytes
from exporter.readers.decoding.decode import decode
from exporter.readers.format_detection import detect_format

CORPUS = Path(__file__).parent / "corpus"
SUFFIXES = (".txt", ".md", ".csv", ".tsv", ".org")
KINDS = (
    *("word", "line", "removal", "question", "cues", "notes", "tags"),
    *("swap", "split", "merge", "bold", "plain", "code", "cell"),
)
MIN_WORDS_WRITTEN_PERCENT, MIN_WRITTEN_PERCENT = 94, 84
"""Of changed words 96 of 100 were written when this was measured, and of all changes 88."""

EDITS_PER_FILE = 2

SHARE_OF_TEXT = 0.75
"""The share of edits that are of text if they can be: any question can have cues, notes and tags."""

Edit = Callable[[list[Line], int], list[Line]]


def change_word(lines: list[Line], index: int) -> list[Line]:
    changed = list(lines[index])
    for place, span in enumerate(changed):
        if isinstance(span, Text) and span.text.split():
            words = span.text.split(" ")
            first = next(number for number, word in enumerate(words) if word)
            words[first] += "ly"
            changed[place] = Text(" ".join(words))
            break
    return [*lines[:index], tuple(changed), *lines[index + 1 :]]


def add_line(lines: list[Line], index: int) -> list[Line]:
    return [*lines[: index + 1], (Text("A new thing that I want to say."),), *lines[index + 1 :]]


def remove_line(lines: list[Line], index: int) -> list[Line]:
    return [*lines[:index], *lines[index + 1 :]]


def swap_lines(lines: list[Line], index: int) -> list[Line]:
    other = index + 1 if index + 1 < len(lines) else index - 1
    lines[index], lines[other] = lines[other], lines[index]
    return lines


def split_line(lines: list[Line], index: int) -> list[Line]:
    line = lines[index]
    for place, span in enumerate(line):
        if isinstance(span, Text) and len(words := span.text.split(" ")) > 2:
            middle = len(words) // 2
            parts = (Text(" ".join(words[:middle])), Text(" ".join(words[middle:])))
            first, second = ((*line[:place], parts[0]), (parts[1], *line[place + 1 :]))
            return [*lines[:index], first, second, *lines[index + 1 :]]
    return lines


def merge_lines(lines: list[Line], index: int) -> list[Line]:
    if index + 1 == len(lines):
        return lines
    return [*lines[:index], (*lines[index], Text(" "), *lines[index + 1]), *lines[index + 2 :]]


def make_bold(lines: list[Line], index: int) -> list[Line]:
    """Make the second word of a text bold."""
    line = lines[index]
    for place, span in enumerate(line):
        if isinstance(span, Text) and len(words := span.text.split(" ", 2)) == 3 and words[1].isalpha():
            bold = (Text(words[0] + " "), Strong((Text(words[1]),)), Text(" " + words[2]))
            return [*lines[:index], (*line[:place], *bold, *line[place + 1 :]), *lines[index + 1 :]]
    return lines


def make_plain(lines: list[Line], index: int) -> list[Line]:
    """Take the formatting from the first line that has any."""
    for place, line in enumerate(lines):
        if any(isinstance(span, Strong | Emphasis) for span in line):
            return [*lines[:place], (Text(line_text(line)),), *lines[place + 1 :]]
    return lines


EDITS: dict[str, Edit] = {
    "word": change_word,
    "question": change_word,
    "line": add_line,
    "removal": remove_line,
    "swap": swap_lines,
    "split": split_line,
    "merge": merge_lines,
    "bold": make_bold,
    "plain": make_plain,
}


def edit_code(block: Block, rng: random.Random) -> Block:
    """Change, add or remove a line of code."""
    if not isinstance(block, CodeBlock):
        return block
    lines = block.code.split("\n")
    index = rng.randrange(len(lines))
    changes = ([lines[index] + " + 1"], [lines[index], "new = 1"], [] if len(lines) > 1 else ["x"])
    return replace(block, code="\n".join([*lines[:index], *rng.choice(changes), *lines[index + 1 :]]))


def edit_cell(block: Block, rng: random.Random) -> Block:
    """Add a word to a cell of a table."""
    if not isinstance(block, Table) or not block.rows:
        return block
    number = rng.randrange(len(block.rows))
    row = list(block.rows[number])
    if row:
        column = rng.randrange(len(row))
        row[column] = (*row[column], Text(" and | more"))
    return replace(block, rows=(*block.rows[:number], tuple(row), *block.rows[number + 1 :]))


def edit_blocks(blocks: tuple[Block, ...], edit: Edit, rng: random.Random) -> tuple[Block, ...]:
    places = [index for index, block in enumerate(blocks) if isinstance(block, Paragraph | ListBlock)]
    if not places:
        return blocks
    place = rng.choice(places)
    block = blocks[place]
    if isinstance(block, ListBlock):
        item = rng.randrange(len(block.items))
        items = [*block.items[:item], edit_blocks(block.items[item], edit, rng), *block.items[item + 1 :]]
        changed: Block = replace(block, items=tuple(filter(None, items)))
    else:
        assert isinstance(block, Paragraph)
        lines = edit(list(block.lines), rng.randrange(len(block.lines)))
        if not lines:
            return (*blocks[:place], *blocks[place + 1 :])
        changed = Paragraph(tuple(lines))
    return (*blocks[:place], changed, *blocks[place + 1 :])


def choose_change(question: Question, rng: random.Random) -> tuple[str, QuestionChange]:
    """Return a kind of change that this question can have, and the change."""
    kinds = rng.sample(KINDS, len(KINDS))
    if rng.random() < SHARE_OF_TEXT:
        kinds.sort(key=lambda kind: kind in ("cues", "notes", "tags"))
    return next((kind, change) for kind in kinds if (change := make_change(kind, question, rng)) is not None)


def make_change(kind: str, question: Question, rng: random.Random) -> QuestionChange | None:
    if kind == "cues":
        return QuestionChange(cues=(*question.cues[:-1], "first cue"))
    if kind == "notes":
        return QuestionChange(notes=(question.notes or "A note") + " from the phone")
    if kind == "tags":
        return QuestionChange(tags=(*question.tags, "fresh"))
    blocks = question.question if kind == "question" else question.answer
    if kind in ("code", "cell"):
        change = edit_code if kind == "code" else edit_cell
        changed = tuple(change(block, rng) for block in blocks)
    else:
        changed = edit_blocks(blocks, EDITS[kind], rng)
    if not plain_text(changed).strip() or canonical_blocks(changed) == canonical_blocks(blocks):
        return None
    return QuestionChange(question=changed) if kind == "question" else QuestionChange(answer=changed)


def assert_only_lines_of(
    index: int, before: list[str], after: list[str], questions: tuple[Question, ...]
) -> None:
    lines = [question.span.line for question in questions if question.span]
    first = lines[index]
    last = min((line for line in lines if line > first), default=len(before) + 1)
    for tag, start, stop, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            assert first - 1 <= start
            assert stop <= last - 1


def test_any_edit_is_written_as_meant_or_refused() -> None:
    settings = Settings()
    counts: Counter[tuple[str, bool]] = Counter()
    for path in sorted(CORPUS.rglob("*")):
        if path.suffix not in SUFFIXES or path.name.endswith(".expected.txt"):
            continue
        data = path.read_bytes()
        source, _ = decode(path.name, data)
        reader, _ = detect_format(path.name, source.lines) if source else ("", None)
        before = load_bytes(Path(path.name), data, settings)
        questions = before.questions.questions
        if not source or not questions or reader in ("json", "html", "docx"):
            continue
        rng = random.Random(path.name)
        for _ in range(EDITS_PER_FILE):
            index = rng.randrange(len(questions))
            kind, change = choose_change(questions[index], rng)
            patch = patch_source(
                data,
                {index: change},
                read=lambda data, name=path.name: load_bytes(Path(name), data, settings),  # type: ignore[misc]
                reader=reader,
                settings=settings,
            )
            counts[kind, bool(patch.written)] += 1
            if not patch.written:
                assert patch.data == data
                assert patch.refused[index].endswith("."), path.name
                continue
            after = load_bytes(Path(path.name), patch.data, settings)
            assert len(after.questions.questions) == len(questions), path.name
            for number, (old, new) in enumerate(zip(questions, after.questions.questions, strict=True)):
                difference = change.find_difference(old, new) if number == index else old != new
                assert not difference, (path.name, kind)
            changed, _ = decode(path.name, patch.data)
            assert changed
            assert_only_lines_of(index, list(source.lines), list(changed.lines), questions)
    for kinds, percent in ((("word", "question"), MIN_WORDS_WRITTEN_PERCENT), (KINDS, MIN_WRITTEN_PERCENT)):
        written, refused = (sum(counts[kind, written] for kind in kinds) for written in (True, False))
        assert written * 100 >= percent * (written + refused), counts
