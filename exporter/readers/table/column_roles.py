"""What the columns of a table hold: by its header, by what was asked for, or by what stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error
from exporter.readers import SourceText
from exporter.readers.labels.patterns import NUMBER
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.table.anki_headers import AnkiHeaders
from exporter.readers.table.cells import CellForm, is_encoded
from exporter.readers.table.header_names import map_columns, normalize


@dataclass(slots=True)
class DataTable:
    """The rows of a file, each with the index of its first line, and what its columns hold.

    `numbered` says that the questions begin with their numbers; `own` that an `html` column says for each
    row what its cells are, and `form` how those of all others are written.
    """

    rows: list[tuple[int, list[str]]]
    header: Sequence[str]
    columns: dict[str, int]
    form: CellForm
    tags: tuple[str, ...] = ()
    own: bool = False
    numbered: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)


def build_table(
    source: SourceText, rows: list[tuple[int, list[str]]], headers: AnkiHeaders, settings: Settings
) -> DataTable | None:
    """Return the table that rows make, with what its columns hold; none where there are no rows.

    Reports `bad-column`.
    """
    if not rows:
        return None
    header = list(headers.names) or rows[0][1]
    columns = map_columns(header)
    named = bool(headers.names)
    wanted = settings.delimited
    asked = {
        "question": wanted.question,
        "answer": wanted.answer,
        "tags": wanted.tags,
        "category": wanted.category,
    }
    has_header = not named and ("question" in columns or _is_header(header, rows, asked))
    if "question" not in columns and not named and len(rows) > 2 and _heads_questions(rows):
        has_header = True
        guessed = _guessed(rows[1:], headers)
        columns.update({role: at for role, at in guessed.items() if at not in columns.values()})
    elif not has_header and not named:
        columns = _guessed(rows, headers)
    elif "question" not in columns and headers.length:
        columns = {**_guessed(rows, headers), **columns}
    columns = {role: at for role, at in columns.items() if role == "id" or at not in headers.columns.values()}
    if headers.length:
        columns.pop("id", None)
    columns.update(headers.columns)
    columns.pop("notetype", None)
    for missing, other in (("answer", "question"), ("question", "answer")):
        if other in columns and missing not in columns:
            taken = set(columns.values()) | set(headers.columns.values())
            free = [
                at
                for at in range(max(len(row) for _, row in rows))
                if at not in taken and not _is_counted(rows, at)
            ]
            if len(free) == 1 or (free and headers.length):
                columns[missing] = free[0]
    names = header if has_header or named else ()
    table = DataTable(rows[1:] if has_header else rows, names, columns, CellForm.UNDECLARED, headers.tags)
    for role, name in asked.items():
        if name and (at := _column(header, name)) is not None:
            for other in [each for each, place in columns.items() if place == at]:
                del columns[other]
            columns[role] = at
        elif name:
            message = f"Unknown column “{name}” in this table; its columns are {', '.join(header)[:200]}."
            hint = f"Name one of these in --set delimited.{role}=…, or its number."
            table.diagnostics.append(error("bad-column", message, source.span(rows[0][0] + 1), hint))
    if "question" in columns and "number" not in columns and len(table.rows) > 1:
        table.numbered = all(NUMBER.match(get_cell(row, table, "question")) for _, row in table.rows)
    table.own = has_header and "html" in columns
    if headers.html is not None:
        table.form = CellForm.HTML if headers.html else CellForm.TEXT
    elif _looks_like_html(table):
        table.form = CellForm.ENCODED
    return table


def _column(header: Sequence[str], name: str) -> int | None:
    folded = [normalize(cell) for cell in header]
    if normalize(name) in folded:
        return folded.index(normalize(name))
    return int(name) - 1 if name.isdecimal() and 0 < int(name[:6]) <= len(header) else None


def _is_header(header: Sequence[str], rows: Sequence[object], asked: dict[str, str]) -> bool:
    """Say whether the first row names columns, though with no word for a question."""
    if any(name and not name.isdecimal() and _column(header, name) is not None for name in asked.values()):
        return True
    known = map_columns(header)
    short = all(len(cell) <= 30 and not looks_like_question(cell) for cell in header)
    return len(rows) > 1 and short and len(known) > 1


def _heads_questions(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Say whether the first row is short words, and below it is a column that asks nearly throughout."""
    header, sample = rows[0][1], [row for _, row in rows[1:50]]
    if any(len(cell) > 30 or looks_like_question(cell) or " " in cell.strip() for cell in header):
        return False
    return any(
        sum(at < len(row) and looks_like_question(row[at]) for row in sample) * 5 >= len(sample) * 3
        for at in range(len(header))
    )


def _guessed(rows: Sequence[tuple[int, list[str]]], headers: AnkiHeaders) -> dict[str, int]:
    """Return question and answer for a table without header: the columns that read as such."""
    taken = set(headers.columns.values())
    sample = [row for _, row in rows[:200]]
    widths = [len(row) for row in sample]
    places = [at for at in range(max(set(widths), key=widths.count)) if at not in taken]
    numbers = [
        at for at in places if all(at < len(row) and row[at].strip(" .").isdecimal() for row in sample)
    ]
    places = [at for at in places if at not in numbers]
    alike = [at for at in places if len(sample) > 2 and _says_one_thing(sample, at)]
    if len(places) - len(alike) == 2:
        places = [at for at in places if at not in alike]
    asking = {at: sum(at < len(row) and looks_like_question(row[at]) for row in sample) for at in places}
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
    elif len(alike) == 1 and "tags" not in headers.columns:
        columns.setdefault("tags", alike[0])
    return columns


def _says_one_thing(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Say whether nearly every row has the same in a column, as a tag is."""
    cells = Counter(row[at].strip() for row in rows if at < len(row))
    return cells.most_common(1)[0][1] * 10 >= cells.total() * 9 if cells else False


def _is_counted(rows: Sequence[tuple[int, list[str]]], at: int) -> bool:
    """Say whether a column holds nothing but numbers below its first row."""
    return all(row[at].strip().isdecimal() for _, row in rows[1:] if at < len(row))


def _looks_like_html(table: DataTable) -> bool:
    """Return whether one cell in ten has markup or entities, so that others without are written alike."""
    places = [table.columns[role] for role in ("question", "answer") if role in table.columns]
    cells = [row[at] for _, row in table.rows[:500] for at in places if at < len(row)]
    return not table.own and sum(map(is_encoded, cells)) * 10 >= max(1, len(cells))


def get_cell(row: Sequence[str], table: DataTable, role: str) -> str:
    """Return what a row has in the column of a role, or nothing."""
    at = table.columns.get(role)
    return row[at].strip() if at is not None and at < len(row) else ""
