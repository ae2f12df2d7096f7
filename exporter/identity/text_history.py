"""The texts of notes in former builds, in the user's cache, which tell our texts from edits in Anki.

If the cache is deleted, `push` asks once more.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from exporter.identity.changes import Change, ChangeKind
from exporter.identity.records import Record
from exporter.system import atomic_write, cache_folder

MAX_TEXTS = 20
"""Maximum number of former texts of a note; more builds without an import are rare; unmeasured."""

Texts = dict[str, tuple[str, ...]]
"""The digests of the former texts of each note, oldest first, by key."""


def text_digest(question: str, answer: str) -> str:
    """Return the digest of a note's plain text, in which all white space is equal."""
    texts = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (question, answer))
    return cache_folder.digest("\0".join(texts).encode("utf-8", "surrogatepass"))


def read_texts(folder: Path) -> Texts:
    """Return the former texts of the notes whose sources are in a folder."""
    try:
        value = json.loads(_history_path(folder).read_text("utf-8"))
        return {str(key): tuple(map(str, texts)) for key, texts in value.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def add_texts(texts: Texts, changes: Iterable[Change], records: Mapping[str, Record]) -> Texts:
    """Return the texts with those that changes replaced; `records` are the current ones by key."""
    former: dict[str, list[str]] = {}
    for change in changes:
        if change.kind in (ChangeKind.REWORDED, ChangeKind.ANSWER) and change.key in records:
            record = records[change.key]
            pair = former.setdefault(change.key, [record.question, record.answer])
            pair[change.kind is ChangeKind.ANSWER] = change.old or ""
    updated = dict(texts)
    for key, (question, answer) in former.items():
        digest = text_digest(question, answer)
        others = tuple(other for other in updated.get(key, ()) if other != digest)
        updated[key] = (*others, digest)[-MAX_TEXTS:]
    return updated


def write_texts(folder: Path, texts: Texts) -> None:
    """Store the former texts of the notes whose sources are in a folder, if the cache is writable."""
    path = _history_path(folder)
    with suppress(OSError):
        atomic_write.write_files(path.parent, [(path.name, json.dumps(texts).encode())])


def _history_path(folder: Path) -> Path:
    return cache_folder.cache_path(folder, (), ".texts")
