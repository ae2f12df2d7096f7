"""The format of the lock file, its reading and its writing as text.

Each line is a JSON object: the header with the version, the namespaces sorted by source, and the
records sorted by key, so that changes of two people merge.
"""

from __future__ import annotations

import json
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from exporter.identity.lock_schema import (
    NO_DEFAULT,
    RECORD_DECK,
    RECORD_DEFAULTS,
    RECORD_TYPES,
    SHIPPED,
    is_header,
    is_namespace,
    is_record,
    is_supported,
)
from exporter.identity.records import Lock, Namespace, Record, SourceDeck
from exporter.model.deck import MAX_TIME_S
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan
from exporter.system.files import read_limited

LOCK_NAME = "exporter.lock"
PURPOSE = (
    f"`{LOCK_NAME}` is the record of which question is which. Keep it in version control and do not delete "
    "it: without it, reworded questions lose their reviews."
)
"""The sentence with which the documentation and the help of `--locked` introduce the file."""

MAX_LOCK_BYTES = 128 * 1024 * 1024
"""Maximum size of a lock; unmeasured: room for 100,000 questions of 1.3 kB."""

_RESTORE_HINT = (
    f"Put back the last good {LOCK_NAME} from version control, or run `exporter recover PACKAGE` "
    "with a package of this deck."
)


def render(lock: Lock) -> str:
    """Return a lock as the text of its file."""
    lock = _in_file_order(lock)
    lines = [_header(lock)]
    lines += [{"source": entry.source, "namespace": entry.name} for entry in lock.namespaces]
    lines += [_as_json(record) for record in lock.records]
    dump = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
    return "".join(dump(line) + "\n" for line in lines)


def is_same(first: Lock, second: Lock) -> bool:
    """Return whether two locks have the same content, so that `render` returns the same text."""
    return _in_file_order(first) == _in_file_order(second)


def _in_file_order(lock: Lock) -> Lock:
    return replace(
        lock,
        records=tuple(sorted(lock.records, key=attrgetter("key"))),
        namespaces=tuple(sorted(lock.namespaces, key=_source)),
        decks=tuple(sorted(lock.decks, key=_source)),
    )


def render_verified(lock: Lock, path: Path) -> tuple[str, Diagnostic | None]:
    """Return a lock as text, and an error if parsing that text does not give the same lock.

    Its content comes from untrusted sources, so it is checked before it replaces the old lock.
    """
    text = render(lock)
    parsed, diagnostics = parse(text, str(path))
    ordered = replace(lock, records=tuple(sorted(lock.records, key=lambda record: record.key)))
    if diagnostics or parsed != ordered or len(text.encode("utf-8", "replace")) > MAX_LOCK_BYTES:
        reason = diagnostics[0].message if diagnostics else "it would not be read back as it was written."
        message = f"{path} was left unchanged: the new lock is not usable. {reason}"
        return text, error("lock-damaged", message, SourceSpan(str(path), 1), _RESTORE_HINT)
    return text, None


def _header(lock: Lock) -> dict[str, Any]:
    """Return the header of a lock.

    An older exporter ignores `decks` and `derivation`; the next build of this one adds them again.
    """
    has_decks = any(record.deck is not None for record in lock.records)
    has_versions = any(record.shipped for record in lock.records)
    needs = [name for name, is_needed in ((RECORD_DECK, has_decks), (SHIPPED, has_versions)) if is_needed]
    header: dict[str, Any] = {"exporter-lock": 2, "needs": needs} if needs else {"exporter-lock": 1}
    header |= {"templates": lock.templates, "templates_modified": lock.templates_modified}
    if lock.derivation != Lock().derivation:
        header["derivation"] = lock.derivation
    if lock.decks:
        header["decks"] = {entry.source: entry.name for entry in lock.decks}
    return header


def _source(entry: Namespace | SourceDeck) -> str:
    return entry.source


def _as_json(record: Record) -> dict[str, Any]:
    return {
        name: value
        for name in RECORD_TYPES
        if (value := getattr(record, name)) != RECORD_DEFAULTS.get(name, NO_DEFAULT)
    }


def read(path: Path) -> tuple[Lock | None, str, tuple[Diagnostic, ...]]:
    """Read a lock file: return the lock, its text, and errors; an empty lock if there is no file.

    The lock is `None` if the file cannot be read. Line ends and a byte order mark, which version control
    and editors change, are normalized. Report `lock-damaged`, `lock-conflict`, `lock-newer`,
    `lock-repeated-key` and the errors of `read_limited`.
    """
    data, problem = read_limited(path, MAX_LOCK_BYTES)
    if data is None and problem and problem.code != "no-such-file":
        return (
            None,
            "",
            (problem if problem.code == "no-permission" else replace(problem, hint=_RESTORE_HINT),),
        )
    if data is None:
        return Lock(), "", ()
    return read_bytes(data, path)


def read_bytes(data: bytes, path: Path) -> tuple[Lock | None, str, tuple[Diagnostic, ...]]:
    """Read the content of a lock file as `read` does; `path` is for the diagnostics."""
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lock, diagnostics = parse(text, str(path))
    return (None if diagnostics else lock), text, diagnostics


def parse(text: str, path: str) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Parse the text of a lock; the first error has the span of its line."""
    lock = Lock()
    records: dict[str, Record] = {}
    namespaces: dict[str, Namespace] = {}
    lines = text.split("\n")
    if not text.strip():
        return lock, (error("lock-damaged", "The lock file is empty.", SourceSpan(path, 1), _RESTORE_HINT),)
    for number, line in enumerate(lines, 1):
        span = SourceSpan(path, number, 1, line)
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            return Lock(), (_conflict_error(span),)
        if not line.strip():
            continue
        value = _object(line)
        if number == 1:
            problem = _header_problem(value, span)
            if problem:
                return Lock(), (problem,)
            lock = replace(
                lock,
                templates=str(value["templates"]),
                templates_modified=min(int(value["templates_modified"]), MAX_TIME_S),
                decks=tuple(SourceDeck(*entry) for entry in value.get("decks", {}).items()),
                derivation=value.get("derivation", lock.derivation),
            )
        elif is_namespace(value):
            namespaces[value["source"]] = Namespace(value["source"], value["namespace"])
        elif is_record(value):
            if value["key"] in records:
                return Lock(), (_repeated_key_error(value["key"], records[value["key"]], span),)
            value["modified"] = min(value["modified"], MAX_TIME_S)
            value["shipped"] = tuple(value.get("shipped", ()))
            records[value["key"]] = Record(**value, span=span)
        else:
            return Lock(), (
                error("lock-damaged", "This line of the lock file is not a record.", span, _RESTORE_HINT),
            )
    return replace(lock, records=tuple(records.values()), namespaces=tuple(namespaces.values())), ()


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _header_problem(value: dict[str, Any], span: SourceSpan) -> Diagnostic | None:
    if not is_supported(value):
        message = f"The lock file has version {value['exporter-lock']}, which this exporter does not support."
        hint = "Update exporter to the version that wrote this lock."
        return error("lock-newer", message, span, hint)
    if not is_header(value):
        return error("lock-damaged", "The lock file does not begin with its header.", span, _RESTORE_HINT)
    return None


def _conflict_error(span: SourceSpan) -> Diagnostic:
    return error(
        "lock-conflict",
        "The lock file contains merge conflict markers.",
        span,
        "Keep the lines of both sides and delete the markers. If a key is then in the file twice, "
        "keep the line with the larger `modified`; of two first lines keep the one with the larger "
        "`templates_modified`.",
    )


def _repeated_key_error(key: str, first: Record, span: SourceSpan) -> Diagnostic:
    where = f" on line {first.span.line}" if first.span else ""
    return error(
        "lock-repeated-key",
        f"The key {key} is in the lock file twice, first{where}.",
        span,
        "Keep the line with the larger `modified` and delete the other.",
    )
