"""CSV and TSV, with a header in any usual words or none, and Anki's text exports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import PurePath

from exporter.config.settings import Settings
from exporter.model.diagnostics import error, warning
from exporter.model.question_numbers import parse_label, parse_number
from exporter.model.questions import MAX_QUESTIONS, Question, QuestionSet
from exporter.readers import ReadResult, SourceText
from exporter.readers.labels.metadata import split_cues, split_tags
from exporter.readers.labels.patterns import NUMBER
from exporter.readers.skipped_content import report_skipped
from exporter.readers.table.anki_headers import read_headers
from exporter.readers.table.cells import CellForm, CellReader
from exporter.readers.table.column_roles import DataTable, build_table, get_cell
from exporter.readers.table.csv_rows import OpenQuotes, find_separator, iter_rows
from exporter.readers.table.header_names import find_question_and_answer
from exporter.readers.table.unused_cells import report_unused_cells

_BULLET = re.compile(r"^\s*[-*•]\s+")
_SEPARATOR = re.compile(r"\s*sep\s?=\s?(?P<sign>[,;|\t])\s*", re.IGNORECASE)
"""The line by which a spreadsheet says what parts its fields."""

USUAL_SEPARATORS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a delimited source.

    Reports `bad-column`, `bad-table`, `columns-skipped`, `open-quote`, `quoted-words` and `stray-text`, and
    what `CellReader.diagnostics` lists.
    """
    headers = read_headers(source.lines)
    # in a file of any other name a tab is the likelier separator: no one types it into a sentence
    usual = USUAL_SEPARATORS.get(PurePath(source.path).suffix.lower(), "")
    declared = _SEPARATOR.fullmatch(source.lines[0]) if source.lines else None
    first = 1 if declared else headers.length
    separator = headers.separator or (
        declared["sign"] if declared else find_separator(source.lines[first:], usual) or ","
    )
    # One more than may be, and the header: the checks then tell that there are too many.
    quotes = OpenQuotes()
    rows = list(islice(iter_rows(source.lines, separator, first, quotes), MAX_QUESTIONS + 2))
    if separator == "\t":
        rows = _unwrapped(rows)
    above = [] if headers.length else _above_header(rows)
    table = build_table(source, rows[len(above) :], headers, settings)
    if table is None or "question" not in table.columns:
        found = table.diagnostics if table else []
        if rows and not found:
            message = "No column of this table contains questions."
            hint = "Name it “question” in the first line, or say which it is: --set delimited.question=NAME."
            found = [error("bad-table", message, source.span(rows[0][0] + 1), hint)]
        return ReadResult(QuestionSet((), source=source.path), tuple(found))
    table.rows = _continued(table)
    cells = CellReader(anki=headers.length > 0)
    questions = [_question(source, table, cells, index, row) for index, row in table.rows]
    decks = {named for _, row in table.rows if (named := get_cell(row, table, "deck"))}
    for index, _ in above:
        message = "This line is above the table's header, and belongs to no question."
        hint = "Nothing needs to be done, unless it holds a question."
        table.diagnostics.append(warning("stray-text", message, source.span(index + 1), hint))
    first_line = rows[len(above)][0]
    used = {*table.columns.values(), *headers.columns.values()}
    table.diagnostics += report_unused_cells(source, table.header, table.rows, used, first_line)
    table.diagnostics += report_skipped(source, "open-quote", [(at, at + 1) for at in quotes.unclosed])
    table.diagnostics += report_skipped(source, "quoted-words", [(at, at + 1) for at in quotes.words])
    deck = headers.deck or (decks.pop() if len(decks) == 1 else None)
    title = next((value for _, row in table.rows if (value := get_cell(row, table, "title"))), None)
    language = next((value for _, row in table.rows if (value := get_cell(row, table, "language"))), None)
    told = next(
        ((at, row, text) for at, row in table.rows if (text := get_cell(row, table, "preamble"))), None
    )
    preamble = cells.blocks(told[2], _form(told[1], table), told[0]) if told else ()
    table.diagnostics += cells.diagnostics(source)
    read_set = QuestionSet(tuple(questions), title, source.path, deck, language, preamble)
    return ReadResult(read_set, tuple(table.diagnostics))


def _unwrapped(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return rows with those of one field put behind the row above, where most have several."""
    if sum(len(row) > 1 for _, row in rows) * 2 <= len(rows):
        return rows
    joined: list[tuple[int, list[str]]] = []
    for index, row in rows:
        if len(row) == 1 and joined and len(joined[-1][1]) > 1:
            joined[-1][1][-1] += "\n" + row[0]
        else:
            joined.append((index, row))
    return joined


def _continued(table: DataTable) -> list[tuple[int, list[str]]]:
    """Return rows with those that hold nothing but an answer put behind the answer of the row above."""
    place = table.columns.get("answer")
    if place is None or table.own:
        return table.rows
    joined: list[tuple[int, list[str]]] = []
    for index, row in table.rows:
        if joined and [at for at, cell in enumerate(row) if cell.strip()] == [place]:
            above = joined[-1][1]
            above += [""] * (place + 1 - len(above))
            above[place] = "\n".join(filter(None, (above[place], row[place])))
        else:
            joined.append((index, row))
    return joined


def _above_header(rows: Sequence[tuple[int, list[str]]]) -> Sequence[tuple[int, list[str]]]:
    """Return the rows above a header that is not the first: a title, or a comment."""
    for place, (_, row) in enumerate(rows[:6]):
        if find_question_and_answer(row) is not None:
            return rows[:place]
        if sum(bool(cell.strip()) for cell in row) > 1:
            break
    return ()


def _question(
    source: SourceText, table: DataTable, cells: CellReader, index: int, row: Sequence[str]
) -> Question:
    form = _form(row, table)
    number = get_cell(row, table, "number").strip(" .#Q")
    asked = get_cell(row, table, "question")
    if table.numbered and (found := NUMBER.match(asked)):
        number, asked = found["number"], found["rest"].strip()
    tags = get_cell(row, table, "tags")
    notes = get_cell(row, table, "notes")
    return Question(
        cells.blocks(asked, form, index),
        cells.blocks(get_cell(row, table, "answer"), form, index),
        parse_number(number),
        get_cell(row, table, "category") or None,
        (*table.tags, *split_tags(tags.replace("\n", " "))),
        tuple(_cues(get_cell(row, table, "cues"))),
        (notes if table.own else cells.text(notes, form, index)) or None,
        get_cell(row, table, "id") or None,
        source.span(index + 1),
        parse_label(number),
    )


def _form(row: Sequence[str], table: DataTable) -> CellForm:
    """Return how the cells of a row are written: as its `html` column says, else as the table's are."""
    if not table.own:
        return table.form
    return CellForm.HTML if get_cell(row, table, "html").lower() in ("true", "yes", "1") else CellForm.TEXT


def _cues(cell: str) -> list[str]:
    if "\n" in cell or cell.startswith("- "):
        return [cue for line in cell.split("\n") if (cue := _BULLET.sub("", line, count=1).strip())]
    return split_cues(cell)
