"""Read CSV, TSV and Anki's text exports, with or without a header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePath

from exporter.config.settings import Settings
from exporter.model.diagnostics import error, warning
from exporter.model.question_numbers import parse_label, parse_number
from exporter.model.questions import MAX_QUESTIONS, Question, QuestionSet
from exporter.model.source_lines import find_number, number_ranges
from exporter.readers import ReadResult, SourceText
from exporter.readers.labels.metadata import split_cues, split_tags
from exporter.readers.labels.patterns import NUMBER
from exporter.readers.read_as import ReadAs, ReadPart
from exporter.readers.skipped_content import report_skipped
from exporter.readers.table.anki_headers import read_headers
from exporter.readers.table.cells import CellForm, CellReader
from exporter.readers.table.column_roles import DataTable, build_table, get_cell
from exporter.readers.table.csv_rows import OpenQuotes, find_declaration, find_separator, iter_rows
from exporter.readers.table.header_names import MAX_ROWS_ABOVE_HEADER, ColumnRole, find_question_and_answer
from exporter.readers.table.records import split_records
from exporter.readers.table.sections import Sections, split_sections
from exporter.readers.table.unused_cells import report_unused_cells

_BULLET = re.compile(r"^\s*[-*•]\s+")
SEPARATOR_BY_SUFFIX = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


def read(source: SourceText, settings: Settings) -> ReadResult:
    """Read the questions of a delimited source.

    Reports `bad-column`, `bad-table`, `columns-skipped`, `open-quote`, `quoted-words` and `stray-text`, and
    what `CellReader.report` lists.
    """
    headers = read_headers(source.lines)
    first = find_declaration(source.lines)[0] or headers.length
    separator = find_cell_separator(source.lines, source.path)
    # read one row over the limit, and the header, so that the check reports it
    quotes = OpenQuotes()
    wanted = settings.delimited
    found = (
        split_records(source.lines, wanted.separator, wanted.record)
        if wanted.has_separators
        else iter_rows(source.lines, separator, first, quotes)
    )
    rows, sections = split_sections(list(islice(found, MAX_QUESTIONS + 2)))
    if not wanted.has_separators and separator == "\t":
        rows = _join_wrapped_rows(rows)
    above = [] if headers.length else _find_rows_above_header(rows)
    table = build_table(source, rows[len(above) :], headers, settings)
    if table is None or ColumnRole.QUESTION not in table.columns:
        diagnostics = table.diagnostics if table else []
        if rows and not diagnostics:
            message = "No column of this table contains questions."
            hint = "Name it “question” in the first line, or say which it is: --set delimited.question=NAME."
            ranges = number_ranges(source.lines, [(rows[0][0], len(source.lines))])
            problem = error("bad-table", message, source.span(rows[0][0] + 1), hint)
            diagnostics = [replace(problem, ranges=ranges)]
        return ReadResult(QuestionSet((), source=source.path), tuple(diagnostics))
    table.rows = _join_continued_answers(table)
    cells = CellReader(anki=headers.length > 0)
    questions = [
        _build_question(source, table, cells=cells, index=index, row=row, sections=sections)
        for index, row in table.rows
    ]
    for index, _ in above:
        message = "This line is above the table's header, and belongs to no question."
        hint = "Nothing needs to be done, unless it contains a question."
        table.diagnostics.append(warning("stray-text", message, source.span(index + 1), hint))
    first_line = rows[len(above)][0]
    once = {
        role: _find_values(table, role) for role in (ColumnRole.TITLE, ColumnRole.LANGUAGE, ColumnRole.DECK)
    }
    several = {table.columns[role] for role, values in once.items() if len(values) > 1}
    used = {*table.columns.values(), *headers.columns.values()} - several
    table.diagnostics += report_unused_cells(source, table.header, table.rows, used, first_line)
    table.diagnostics += report_skipped(
        source, "open-quote", [(index, index + 1) for index in quotes.unclosed]
    )
    table.diagnostics += report_skipped(
        source, "quoted-words", [(index, index + 1) for index in quotes.words]
    )
    decks = once[ColumnRole.DECK]
    deck = headers.deck or (decks[0] if len(decks) == 1 else None)
    title, language = (next(iter(once[role]), None) for role in (ColumnRole.TITLE, ColumnRole.LANGUAGE))
    table.diagnostics += report_skipped(source, "number-skipped", _find_unread_numbers(table, questions))
    preamble_cell = next(
        (
            (index, row, text)
            for index, row in table.rows
            if (text := get_cell(row, table, ColumnRole.PREAMBLE))
        ),
        None,
    )
    preamble = (
        cells.parse(preamble_cell[2], _cell_form(preamble_cell[1], table), preamble_cell[0])
        if preamble_cell
        else ()
    )
    table.diagnostics += cells.report(source)
    read_set = QuestionSet(tuple(questions), title, source.path, deck, language, preamble)
    return ReadResult(
        read_set, tuple(table.diagnostics), read_as=_describe_table(source, table, first_line, len(questions))
    )


def find_cell_separator(lines: Sequence[str], path: str) -> str:
    """Return the separator of the cells of a delimited file: that which it declares, or the likeliest."""
    headers = read_headers(lines)
    # with any other suffix a tab is more likely: it is not typed in sentences
    expected = SEPARATOR_BY_SUFFIX.get(PurePath(path).suffix.lower(), "")
    below, declared = find_declaration(lines)
    rows = lines[below or headers.length :]
    return headers.separator or declared or find_separator(rows, expected) or ","


def _describe_table(source: SourceText, table: DataTable, first_line: int, count: int) -> ReadAs:
    """Return the roles of a table's columns, each with the name that the header has for it."""
    names = []
    for role, column in sorted(table.columns.items(), key=lambda item: item[1]):
        header = table.header[column].strip() if column < len(table.header) else ""
        differs = header and header.casefold() != role.value
        names.append(f"{role.value} (“{header}”)" if differs else role.value)
    phrase = f"a table with {'column' if len(names) == 1 else 'columns'} {', '.join(names)}"
    line = find_number(source.lines, first_line + 1)
    return ReadAs((ReadPart(phrase, "", line, count),), header=line if table.header else 0)


def _find_values(table: DataTable, role: ColumnRole) -> list[str]:
    """Return the different values in the column of a role, in order."""
    return list(dict.fromkeys(value for _, row in table.rows if (value := get_cell(row, table, role))))


def _find_unread_numbers(table: DataTable, questions: Sequence[Question]) -> list[tuple[int, int]]:
    """Return the lines of rows whose cell in the column of numbers is not a number."""
    return [
        (index, index + 1)
        for (index, row), question in zip(table.rows, questions, strict=True)
        if question.number is None and any(map(str.isalnum, get_cell(row, table, ColumnRole.NUMBER)))
    ]


def _join_wrapped_rows(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return rows with rows of one field joined to the row above, if most rows have several fields."""
    # more than half; unmeasured
    if sum(len(row) > 1 for _, row in rows) * 2 <= len(rows):
        return rows
    header = 1 if rows and find_question_and_answer(rows[0][1]) is not None else 0
    joined: list[tuple[int, list[str]]] = []
    for index, row in rows:
        if len(row) == 1 and len(joined) > header and len(joined[-1][1]) > 1:
            joined[-1][1][-1] += "\n" + row[0]
        else:
            joined.append((index, row))
    return joined


def _join_continued_answers(table: DataTable) -> list[tuple[int, list[str]]]:
    """Return rows with rows that contain only an answer joined to the answer of the row above."""
    column = table.columns.get(ColumnRole.ANSWER)
    if column is None or table.has_html_column:
        return table.rows
    joined: list[tuple[int, list[str]]] = []
    for index, row in table.rows:
        if joined and [index for index, cell in enumerate(row) if cell.strip()] == [column]:
            previous = joined[-1][1]
            previous += [""] * (column + 1 - len(previous))
            previous[column] = "\n".join(filter(None, (previous[column], row[column])))
        else:
            joined.append((index, row))
    return joined


def _find_rows_above_header(rows: Sequence[tuple[int, list[str]]]) -> Sequence[tuple[int, list[str]]]:
    """Return the rows above a header that is not the first row: a title, a comment, or contents."""
    others = 0
    for index, (_, row) in enumerate(rows):
        if find_question_and_answer(row) is not None:
            return rows[:index]
        filled = [cell.strip() for cell in row if cell.strip()]
        is_contents = len(filled) > 1 and sum(not cell.isdecimal() for cell in filled) == 1
        others += not is_contents
        if others > MAX_ROWS_ABOVE_HEADER:
            break
    return ()


def _build_question(
    source: SourceText,
    table: DataTable,
    *,
    cells: CellReader,
    index: int,
    row: Sequence[str],
    sections: Sections,
) -> Question:
    form = _cell_form(row, table)
    number = get_cell(row, table, ColumnRole.NUMBER).strip(" .#Q")
    question = get_cell(row, table, ColumnRole.QUESTION)
    if table.is_numbered and (match := NUMBER.match(question)):
        number, question = match["number"], match["rest"].strip()
    tags = get_cell(row, table, ColumnRole.TAGS)
    notes = get_cell(row, table, ColumnRole.NOTES)
    return Question(
        cells.parse(question, form, index),
        cells.parse(get_cell(row, table, ColumnRole.ANSWER), form, index),
        parse_number(number),
        get_cell(row, table, ColumnRole.CATEGORY) or sections.find(index) or None,
        (*table.tags, *split_tags(tags.replace("\n", " "))),
        tuple(_parse_cues(get_cell(row, table, ColumnRole.CUES))),
        (notes if table.has_html_column else cells.parse_text(notes, form, index)) or None,
        get_cell(row, table, ColumnRole.ID) or None,
        source.span(index + 1),
        parse_label(number),
    )


def _cell_form(row: Sequence[str], table: DataTable) -> CellForm:
    """Return how the cells of a row are written: as its `html` column declares, else as the table's."""
    if not table.has_html_column:
        return table.form
    return (
        CellForm.HTML
        if get_cell(row, table, ColumnRole.HTML).lower() in ("true", "yes", "1")
        else CellForm.TEXT
    )


def _parse_cues(cell: str) -> list[str]:
    if "\n" in cell or cell.startswith("- "):
        return [cue for line in cell.split("\n") if (cue := _BULLET.sub("", line, count=1).strip())]
    return split_cues(cell)
