"""The texts that notes had in former builds, among the user's caches: by them a text of ours is known.

What is deleted there costs a question to the user, and nothing else.
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
"""How many former texts of a note are kept: more builds than that without an import are rare."""

Texts = dict[str, tuple[str, ...]]
"""The digests of the former texts of each note, by its key, the latest last."""


def text_digest(question: str, answer: str) -> str:
    """Return the digest of a note's words, as plain text; white space has no meaning."""
    words = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (question, answer))
    return cache_folder.digest("\0".join(words).encode("utf-8", "surrogatepass"))


def read_texts(folder: Path) -> Texts:
    """Return what is known of the notes whose sources are in a folder."""
    try:
        value = json.loads(_place(folder).read_text("utf-8"))
        return {str(key): tuple(map(str, texts)) for key, texts in value.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def add_texts(texts: Texts, changes: Iterable[Change], records: Mapping[str, Record]) -> Texts:
    """Return the texts with those that changes took away; `records` are the present ones by key."""
    former: dict[str, list[str]] = {}
    for change in changes:
        if change.kind in (ChangeKind.REWORDED, ChangeKind.ANSWER) and change.key in records:
            record = records[change.key]
            pair = former.setdefault(change.key, [record.question, record.answer])
            pair[change.kind is ChangeKind.ANSWER] = change.old or ""
    added = dict(texts)
    for key, (question, answer) in former.items():
        before = tuple(one for one in added.get(key, ()) if one != text_digest(question, answer))
        added[key] = (*before, text_digest(question, answer))[-MAX_TEXTS:]
    return added


def write_texts(folder: Path, texts: Texts) -> None:
    """Keep the texts of the notes whose sources are in a folder, where something can be kept."""
    place = _place(folder)
    with suppress(OSError):
        atomic_write.write_files(place.parent, [(place.name, json.dumps(texts).encode())])


def _place(folder: Path) -> Path:
    return cache_folder.cache_path(folder, (), ".texts")
