"""CSV and TSV, with a header in any usual words or none, and Anki's text exports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from exporter.diagnostics import Diagnostic, error, warning
from exporter.model import MOST_QUESTIONS, Block, Question, QuestionSet, plain_text
from exporter.options import BY_KEY, Options
from exporter.readers import Reading, SourceText
from exporter.readers.anki_text import AnkiHeaders, read_headers
from exporter.readers.columns import columns_of, fold, question_and_answer
from exporter.readers.html import html_blocks
from exporter.readers.labels import sounds_asking
from exporter.readers.left_out import left_out
from exporter.readers.plain_answers import blocks_of
from exporter.readers.plain_questions import split_cues, split_tags
from exporter.readers.rows import find_separator, rows_of
from exporter.readers.unused_cells import unused_cells

_HTML = re.compile(
    r"<(?:br|div|p|b|i|ul|ol|li|img|a|code|pre|strong|em|span|table)\b[^<>]{0,400}>|&(?:nbsp|lt|gt|amp|quot);",
    re.I,
)
_BULLET = re.compile(r"^\s*[-*•]\s+")
_SEPARATOR = re.compile(r"\s*sep\s?=\s?(?P<sign>[,;|\t])\s*", re.IGNORECASE)
"""The line by which a spreadsheet says what parts its fields."""
_MEDIA = re.compile(r"\[sound:[^\]]{0,200}\]")


@dataclass(slots=True)
class _Table:
    """The rows of a file, each with the index of its first line, and what its columns hold."""

    rows: list[tuple[int, list[str]]]
    header: Sequence[str]
    columns: dict[str, int]
    html: bool
    tags: tuple[str, ...] = ()
    own: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read(source: SourceText, options: Options) -> Reading:
    """Read the questions of a delimited source.

    Reports `bad-column`, `bad-table`, `columns-skipped`, `sound-skipped` and `stray-text`.
    """
    headers = read_headers(source.lines)
    usual = "\t" if source.path.lower().endswith((".tsv", ".tab")) else ","
    declared = _SEPARATOR.fullmatch(source.lines[0]) if source.lines else None
    first = 1 if declared else headers.length
    separator = headers.separator or (
        declared["sign"] if declared else find_separator(source.lines[first:], usual)
    )
    # One more than may be, and the header: the checks then tell that there are too many.
    rows = list(islice(rows_of(source.lines, separator, first), MOST_QUESTIONS + 2))
    above = [] if headers.length else _above_header(rows)
    table = _table(source, rows[len(above) :], headers, options)
    if table is None or "question" not in table.columns:
        found = table.diagnostics if table else []
        if rows and not found:
            message = "No column of this table holds questions."
            hint = "Name it “question” in the first line, or say which it is: --set delimited.question=NAME."
            found = [error("bad-table", message, source.span(rows[0][0] + 1), hint)]
        return Reading(QuestionSet((), source=source.path), tuple(found))
    questions: list[Question] = []
    for index, row in table.rows:
        question = _question(source, table, index, row)
        questions.append(question)
    decks = {named for _, row in table.rows if (named := _cell(row, table, "deck"))}
    for index, _ in above:
        message = "This line stands above the table's header, and belongs to no question."
        hint = "Nothing needs to be done, unless it holds a question."
        table.diagnostics.append(warning("stray-text", message, source.span(index + 1), hint))
    table.diagnostics += unused_cells(
        source, table.header, table.rows, {*table.columns.values(), *headers.columns.values()}
    )
    table.diagnostics += left_out(source, "sound-skipped", _sounds(table))
    deck = headers.deck or (decks.pop() if len(decks) == 1 else None)
    title = next((value for _, row in table.rows if (value := _cell(row, table, "title"))), None)
    language = next((value for _, row in table.rows if (value := _cell(row, table, "language"))), None)
    told = next(((row, text) for _, row in table.rows if (text := _cell(row, table, "preamble"))), None)
    preamble = _blocks(told[1], _is_html(told[0], table)) if told else ()
    read_set = QuestionSet(tuple(questions), title, source.path, deck, language, preamble)
    return Reading(read_set, tuple(table.diagnostics))


def _table(
    source: SourceText, rows: list[tuple[int, list[str]]], headers: AnkiHeaders, options: Options
) -> _Table | None:
    if not rows:
        return None
    header = list(headers.names) or rows[0][1]
    columns = columns_of(header)
    named = bool(headers.names)
    asked = {
        role: _option(options, f"delimited.{role}") for role in ("question", "answer", "tags", "category")
    }
    has_header = not named and ("question" in columns or _is_header(header, rows, asked))
    if not has_header and not named:
        columns = _guessed(rows, headers)
    elif "question" not in columns and headers.length:
        columns = {**_guessed(rows, headers), **columns}
    columns = {role: at for role, at in columns.items() if role == "id" or at not in headers.columns.values()}
    if headers.length:
        columns.pop("id", None)
    columns.update(headers.columns)
    columns.pop("notetype", None)
    if "question" in columns and "answer" not in columns:
        taken = set(columns.values()) | set(headers.columns.values())
        free = [at for at in range(max(len(row) for _, row in rows)) if at not in taken]
        if len(free) == 1 or (free and headers.length):
            columns["answer"] = free[0]
    names = header if has_header or named else ()
    table = _Table(rows[1:] if has_header else rows, names, columns, headers.html, headers.tags)
    for role, name in asked.items():
        if name and (at := _column(header, name)) is not None:
            for other in [each for each, place in columns.items() if place == at]:
                del columns[other]
            columns[role] = at
        elif name:
            message = f"There is no column “{name}” in this table; its columns are {', '.join(header)[:200]}."
            hint = f"Name one of these in --set delimited.{role}=…, or its number."
            table.diagnostics.append(error("bad-column", message, source.span(rows[0][0] + 1), hint))
    table.own = has_header and "html" in columns
    table.html = headers.html or (not headers.length and _looks_like_html(table))
    return table


def _above_header(rows: Sequence[tuple[int, list[str]]]) -> Sequence[tuple[int, list[str]]]:
    """Return the rows above a header that is not the first: a title, or a comment."""
    for place, (_, row) in enumerate(rows[:6]):
        if question_and_answer(row) is not None:
            return rows[:place]
        if sum(bool(cell.strip()) for cell in row) > 1:
            break
    return ()


def _option(options: Options, key: str) -> str:
    return options.text(key) if key in BY_KEY else ""


def _column(header: Sequence[str], name: str) -> int | None:
    folded = [fold(cell) for cell in header]
    if fold(name) in folded:
        return folded.index(fold(name))
    return int(name) - 1 if name.isdecimal() and 0 < int(name[:6]) <= len(header) else None


def _is_header(header: Sequence[str], rows: Sequence[object], asked: dict[str, str]) -> bool:
    """Say whether the first row names columns, though with no word for a question."""
    if any(name and not name.isdecimal() and _column(header, name) is not None for name in asked.values()):
        return True
    known = columns_of(header)
    short = all(len(cell) <= 30 and not sounds_asking(cell) for cell in header)
    return len(rows) > 1 and short and len(known) > 1


def _guessed(rows: Sequence[tuple[int, list[str]]], headers: AnkiHeaders) -> dict[str, int]:
    """Return question and answer for a table without header: the columns that read as such."""
    taken = set(headers.columns.values())
    width = max(len(row) for _, row in rows)
    sample = [row for _, row in rows[:200]]
    places = [at for at in range(width) if at not in taken]
    numbers = [
        at for at in places if all(at < len(row) and row[at].strip(" .").isdecimal() for row in sample)
    ]
    places = [at for at in places if at not in numbers]
    asking = {at: sum(at < len(row) and sounds_asking(row[at]) for row in sample) for at in places}
    if not places or (len(places) > 2 and not headers.length and max(asking.values()) * 3 < len(sample)):
        return {}
    question = max(places, key=lambda at: (asking[at] * 2 > len(sample), -at))
    columns = {"question": question}
    behind = [at for at in places if at > question] or [at for at in places if at != question]
    if behind:
        columns["answer"] = behind[0]
    if numbers and numbers[0] < question:
        columns["number"] = numbers[0]
    if len(behind) > 1 and "tags" not in headers.columns:
        columns["tags"] = behind[1]
    return columns


def _looks_like_html(table: _Table) -> bool:
    places = [table.columns[role] for role in ("question", "answer") if role in table.columns]
    cells = [row[at] for _, row in table.rows[:500] for at in places if at < len(row)]
    return not table.own and sum(_HTML.search(cell) is not None for cell in cells) * 10 >= max(1, len(cells))


def _cell(row: Sequence[str], table: _Table, role: str) -> str:
    at = table.columns.get(role)
    return row[at].strip() if at is not None and at < len(row) else ""


def _question(source: SourceText, table: _Table, index: int, row: Sequence[str]) -> Question:
    html = _is_html(row, table)
    number = _cell(row, table, "number").strip(" .#Q")
    tags = _cell(row, table, "tags")
    return Question(
        _blocks(_cell(row, table, "question"), html),
        _blocks(_cell(row, table, "answer"), html),
        int(number) if number.isdecimal() and len(number) < 8 else None,
        _cell(row, table, "category") or None,
        (*table.tags, *split_tags(tags.replace("\n", " "))),
        tuple(_cues(_cell(row, table, "cues"))),
        _notes(_cell(row, table, "notes"), html and not table.own),
        _cell(row, table, "id") or None,
        source.span(index + 1),
    )


def _is_html(row: Sequence[str], table: _Table) -> bool:
    return table.html or _cell(row, table, "html").lower() in ("true", "yes", "1")


def _blocks(cell: str, html: bool) -> tuple[Block, ...]:
    return html_blocks(_MEDIA.sub("", cell)) if html else blocks_of(cell.split("\n")) if cell else ()


def _sounds(table: _Table) -> list[tuple[int, int]]:
    """Return the rows whose question or answer has a sound."""
    found: list[tuple[int, int]] = []
    for index, row in table.rows:
        shown = _cell(row, table, "question") + _cell(row, table, "answer")
        if "[sound:" in shown and _is_html(row, table) and _MEDIA.search(shown):
            found.append((index, index + 1))
    return found


def _cues(cell: str) -> list[str]:
    if "\n" in cell or cell.startswith("- "):
        return [cue for line in cell.split("\n") if (cue := _BULLET.sub("", line, count=1).strip())]
    return split_cues(cell)


def _notes(cell: str, html: bool) -> str | None:
    return (plain_text(html_blocks(cell)) if html else cell) or None
