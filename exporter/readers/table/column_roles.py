"""Find the role of each column of a table: by its header, the settings, or its content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error
from exporter.readers import SourceText
from exporter.readers.labels.patterns import NUMBER
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.layout.layout import Style
from exporter.readers.skipped_content import report_unused_marks
from exporter.readers.table.anki_headers import AnkiHeaders
from exporter.readers.table.cells import CellForm, is_html
from exporter.readers.table.header_names import ColumnRole, map_columns, normalize
from exporter.readers.table.quiz_options import choose_options

MAX_NAME_CHARS = 30
"""A longer cell is not the name of a column."""

MAX_HEADER_SAMPLE = 50  # bound: time
"""Number of rows, with the header, that decide whether a column below it asks."""

MAX_GUESS_SAMPLE = 200  # bound: time
"""Number of rows from which the columns of a table without header are guessed."""

MAX_HTML_SAMPLE = 500  # bound: time
"""Number of rows that decide whether the cells are HTML."""

MIN_ASKING_BELOW_HEADER = 0.6
"""Minimum share of questions among the cells of a column below a row of short words that is its header."""

MIN_ASKING_CELLS = 0.33
"""Minimum share of questions among the cells of one of three or more columns without a header."""

MIN_UNIFORM_CELLS = 0.9
"""Minimum share of cells with the same text in a column of tags."""

MAX_TAG_WORDS = 2
"""Maximum number of words of most cells in a third column without a header that has tags, and not notes.

Measured on a quiz of 68 rows whose third column are options: a third of these have as few words.
"""

MIN_HTML_CELLS = 0.1
"""Minimum share of cells with markup or character references in a table of HTML."""


@dataclass(slots=True)
class DataTable:
    """The rows of a file, each with the index of its first line, and the columns of each role.

    `is_numbered` is true if the questions begin with their numbers. If `has_html_column` is true, an `html`
    column declares for each row how its cells are written; otherwise all are written as `form`.
    """

    rows: list[tuple[int, list[str]]]
    header: Sequence[str]
    columns: dict[ColumnRole, int]
    form: CellForm
    tags: tuple[str, ...] = ()
    has_html_column: bool = False
    is_numbered: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)


def build_table(
    source: SourceText, rows: list[tuple[int, list[str]]], headers: AnkiHeaders, settings: Settings
) -> DataTable | None:
    """Return the table that rows form, with the roles of its columns; `None` if there are no rows.

    Reports `bad-column` and `questions-unmatched`.
    """
    if not rows:
        return None
    header = list(headers.names) or rows[0][1]
    # a name is one line
    columns = map_columns(["" if "\n" in cell else cell for cell in header])
    is_named = bool(headers.names)
    wanted = settings.delimited
    requested = {
        ColumnRole.QUESTION: wanted.question or _find_marked_column(header, settings.source.questions),
        ColumnRole.ANSWER: wanted.answer,
        ColumnRole.TAGS: wanted.tags,
        ColumnRole.CATEGORY: wanted.category,
    }
    has_header = not is_named and (ColumnRole.QUESTION in columns or _is_header(header, rows, requested))
    if (
        ColumnRole.QUESTION not in columns
        and not is_named
        and len(rows) > 2
        and _is_header_of_questions(rows)
    ):
        has_header = True
        guessed = _guess_columns(rows[1:], headers)
        columns.update({role: column for role, column in guessed.items() if column not in columns.values()})
    elif not has_header and not is_named:
        columns = _guess_columns(rows, headers)
    elif ColumnRole.QUESTION not in columns and headers.length:
        columns = {**_guess_columns(rows, headers), **columns}
    columns = {
        role: column
        for role, column in columns.items()
        if role is ColumnRole.ID or column not in headers.columns.values()
    }
    if headers.length:
        columns.pop(ColumnRole.ID, None)
    columns.update(headers.columns)
    columns.pop(ColumnRole.NOTETYPE, None)
    body = rows[1:] if has_header else rows
    quiz = choose_options(header, body) if has_header or is_named else None
    if quiz is not None:
        columns[ColumnRole.ANSWER], body = quiz
    _fill_missing_side(columns, rows, headers, is_named=has_header or is_named)
    names = header if has_header or is_named else ()
    table = DataTable(body, names, columns, CellForm.UNDECLARED, headers.tags)
    _apply_requested(source, table, header, requested, rows[0][0])
    if settings.source.questions and not requested[ColumnRole.QUESTION]:
        table.diagnostics.append(report_unused_marks(source, "No column of this table has that name"))
    if ColumnRole.QUESTION in columns and ColumnRole.NUMBER not in columns and len(table.rows) > 1:
        table.is_numbered = all(
            NUMBER.match(get_cell(row, table, ColumnRole.QUESTION)) for _, row in table.rows
        )
    table.has_html_column = has_header and ColumnRole.HTML in columns
    if headers.html is not None:
        table.form = CellForm.HTML if headers.html else CellForm.TEXT
    elif _looks_like_html(table):
        table.form = CellForm.ENCODED
    return table


def _fill_missing_side(
    columns: dict[ColumnRole, int],
    rows: Sequence[tuple[int, list[str]]],
    headers: AnkiHeaders,
    *,
    is_named: bool,
) -> None:
    """Give the only unused column to the answer if there is none, or to the question; Anki's first one.

    Numbers are answers where they follow the questions, and no header says what else they are.
    """
    for missing, present in (
        (ColumnRole.ANSWER, ColumnRole.QUESTION),
        (ColumnRole.QUESTION, ColumnRole.ANSWER),
    ):
        if present in columns and missing not in columns:
            used = set(columns.values()) | set(headers.columns.values())
            unused = [
                column
                for column in range(max(len(row) for _, row in rows))
                if column not in used
                and (
                    not _is_numbers_only(rows, column)
                    or (not is_named and missing is ColumnRole.ANSWER and column > columns[present])
                )
            ]
            if len(unused) == 1 or (unused and headers.length):
                columns[missing] = unused[0]


def _apply_requested(
    source: SourceText,
    table: DataTable,
    header: Sequence[str],
    requested: dict[ColumnRole, str],
    first_line: int,
) -> None:
    """Give roles to the columns that the settings name; add `bad-column` if there is no such column."""
    for role, name in requested.items():
        if name and (column := _find_column(header, name)) is not None:
            for former_role in [role for role, index in table.columns.items() if index == column]:
                del table.columns[former_role]
            table.columns[role] = column
        elif name:
            message = f"Unknown column “{name}” in this table; its columns are {', '.join(header)[:200]}."
            hint = f"Name one of these in --set delimited.{role}=…, or its number."
            table.diagnostics.append(error("bad-column", message, source.span(first_line + 1), hint))


def _find_marked_column(header: Sequence[str], marks: Sequence[str]) -> str:
    """Return the value of `source.questions` that names a column, or an empty string.

    The setting may be meant for the texts of a project: the name of a style of writing names no column.
    """
    names = (mark for mark in marks if mark not in set(Style))
    return next((name for name in names if _find_column(header, name) is not None), "")


def _find_column(header: Sequence[str], name: str) -> int | None:
    normalized = [normalize(cell) for cell in header]
    if normalize(name) in normalized:
        return normalized.index(normalize(name))
    return int(name) - 1 if name.isdecimal() and 0 < int(name[:6]) <= len(header) else None


def _is_header(header: Sequence[str], rows: Sequence[object], requested: dict[ColumnRole, str]) -> bool:
    """Return whether the first row names columns, although none for questions."""
    if any(
        name and not name.isdecimal() and _find_column(header, name) is not None
        for name in requested.values()
    ):
        return True
    columns = map_columns(header)
    is_short = all(len(cell) <= MAX_NAME_CHARS and not looks_like_question(cell) for cell in header)
    return len(rows) > 1 and is_short and len(columns) > 1


def _is_header_of_questions(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Return whether the first row is short words, and most cells of a column below it are questions."""
    header, sample = rows[0][1], [row for _, row in rows[1:MAX_HEADER_SAMPLE]]
    if any(len(cell) > MAX_NAME_CHARS or looks_like_question(cell) or " " in cell.strip() for cell in header):
        return False
    if len(header) < max(map(len, sample), default=0):
        return False
    return any(
        sum(column < len(row) and looks_like_question(row[column]) for row in sample)
        >= MIN_ASKING_BELOW_HEADER * len(sample)
        for column in range(len(header))
    )


def _guess_columns(rows: Sequence[tuple[int, list[str]]], headers: AnkiHeaders) -> dict[ColumnRole, int]:
    """Return the columns of question and answer of a table without header, by their content."""
    used = set(headers.columns.values())
    sample = [row for _, row in rows[:MAX_GUESS_SAMPLE]]
    widths = [len(row) for row in sample]
    candidates = [column for column in range(max(set(widths), key=widths.count)) if column not in used]
    numbers = [
        column
        for column in candidates
        if all(column < len(row) and row[column].strip(" .").isdecimal() for row in sample)
    ]
    candidates = [column for column in candidates if column not in numbers]
    uniform = [column for column in candidates if len(sample) > 2 and _is_uniform(sample, column)]
    if len(candidates) - len(uniform) == 2:
        candidates = [column for column in candidates if column not in uniform]
    asking = {
        column: sum(column < len(row) and looks_like_question(row[column]) for row in sample)
        for column in candidates
    }
    if not candidates or (
        len(candidates) > 2 and not headers.length and max(asking.values()) < MIN_ASKING_CELLS * len(sample)
    ):
        return {}
    # the first column of which more than half are questions, else the first
    question = max(candidates, key=lambda column: (asking[column] * 2 > len(sample), -column))
    columns = {ColumnRole.QUESTION: question}
    after = [column for column in candidates if column > question] or [
        column for column in candidates if column != question
    ]
    if after:
        columns[ColumnRole.ANSWER] = after[0]
    if numbers and numbers[0] < question:
        columns[ColumnRole.NUMBER] = numbers[0]
    if len(after) > 1 and ColumnRole.TAGS not in headers.columns:
        columns[ColumnRole.TAGS if _has_tags(sample, after[1]) else ColumnRole.NOTES] = after[1]
    elif len(uniform) == 1 and ColumnRole.TAGS not in headers.columns:
        columns.setdefault(ColumnRole.TAGS, uniform[0])
    return columns


def _is_uniform(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Return whether nearly all rows have the same text in a column, as a tag is."""
    cells = Counter(row[column].strip() for row in rows if column < len(row))
    return bool(cells) and cells.most_common(1)[0][1] >= MIN_UNIFORM_CELLS * cells.total()


def _has_tags(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Return whether most cells of a column that are not empty have few words."""
    counts = [len(row[column].split()) for row in rows if column < len(row) and row[column].strip()]
    return sum(count <= MAX_TAG_WORDS for count in counts) * 2 >= len(counts)


def _is_numbers_only(rows: Sequence[tuple[int, list[str]]], column: int) -> bool:
    """Return whether a column contains only numbers below its first row."""
    return all(row[column].strip().isdecimal() for _, row in rows[1:] if column < len(row))


def _looks_like_html(table: DataTable) -> bool:
    """Return whether enough cells have markup or character references, so that the others are HTML, too."""
    columns = [
        table.columns[role] for role in (ColumnRole.QUESTION, ColumnRole.ANSWER) if role in table.columns
    ]
    cells = [
        row[column] for _, row in table.rows[:MAX_HTML_SAMPLE] for column in columns if column < len(row)
    ]
    count = sum(map(is_html, cells))
    return not table.has_html_column and count > 0 and count >= MIN_HTML_CELLS * len(cells)


def get_cell(row: Sequence[str], table: DataTable, role: ColumnRole) -> str:
    """Return the text of a row in the column of a role, or an empty string."""
    column = table.columns.get(role)
    return row[column].strip() if column is not None and column < len(row) else ""
