"""The reviews of our notes in a package, or in Anki: how often each was failed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from exporter.anki.anki_notes import read_notes as read_anki_notes
from exporter.anki.apkg_reader import read_collection
from exporter.anki.collection_database import column_or_null, open_collection
from exporter.anki.collection_reader import read_notes
from exporter.anki.connect import Anki
from exporter.anki.note_type import ANY_KEY_QUERY
from exporter.anki.reply_types import is_integer

AGAIN = 1
"""The button “again” in a review (`ease`)."""

SUSPENDED = -1
"""The queue of a suspended card."""

FLAG_BITS = 0b111
"""The bits of a card's `flags` with the number of its flag, 1 to 7; 0 is none."""

RECENT_S = 30 * 86_400
"""The days whose failed reviews count: 30. After three simulated days they found 4 of 5 hard cards."""


@dataclass(frozen=True, slots=True)
class ReviewStats:
    """How a note was reviewed, by its key.

    `again` is how often it was failed in the last 30 days, `lapses` how often it was failed once learnt,
    `difficulty` that of FSRS, from 1 to 10, or 0 if it is unknown. `flag` is the number of its flag.
    """

    key: str
    reviews: int = 0
    again: int = 0
    lapses: int = 0
    difficulty: float = 0.0
    flag: int = 0
    is_suspended: bool = False


def read_package_stats(package: Path, now: int) -> tuple[ReviewStats, ...]:
    """Return the reviews of our notes in a package; `now` is in seconds since 1970.

    Raises as `read_collection`.
    """
    return read_collection(package, lambda path: _read_stats(path, now))


def _read_stats(path: Path, now: int) -> tuple[ReviewStats, ...]:
    keys = {note.created: note.key for note in read_notes(path)}
    with open_collection(path) as (connection, columns):
        names = ("nid", "id", "lapses", "queue", "flags", "data")
        selected = ", ".join(column_or_null(name, columns["cards"]) for name in names)
        cards = [
            row for row in connection.execute(f"select {selected} from cards not indexed") if row[0] in keys
        ]
        key_by_card = {card_id: keys[note_id] for note_id, card_id, *_ in cards}
        counts: dict[str, list[int]] = {}
        if columns.get("revlog", frozenset()) >= {"id", "cid", "ease"}:
            for time, card_id, ease in connection.execute("select id, cid, ease from revlog not indexed"):
                if card_id in key_by_card and isinstance(time, int) and isinstance(ease, int) and ease > 0:
                    count = counts.setdefault(key_by_card[card_id], [0, 0])
                    count[0] += 1
                    count[1] += ease == AGAIN and time >= (now - RECENT_S) * 1000
    stats = {key: ReviewStats(key, *counts.get(key, ())) for key in keys.values()}
    for note_id, _, lapses, queue, flags, data in cards:
        key = keys[note_id]
        stats[key] = _add_card(
            stats[key], lapses=lapses, queue=queue, flags=flags, difficulty=_parse_difficulty(data)
        )
    return tuple(stats.values())


def read_anki_stats(anki: Anki, now: int) -> tuple[ReviewStats, ...]:
    """Return the reviews of our notes in Anki on the desktop; raises as `Anki.invoke`.

    AnkiConnect does not tell the difficulty.
    """
    anki.check()
    notes = read_anki_notes(anki, anki.find_ids("findNotes", ANY_KEY_QUERY))
    keys = {note.note_id: key for key, note in notes.items()}
    cards = anki.invoke("cardsInfo", cards=anki.find_ids("findCards", ANY_KEY_QUERY))
    if not isinstance(cards, list) or not all(isinstance(card, dict) for card in cards):
        raise anki.make_result_error("cardsInfo")
    ours = [card for card in cards if card.get("note") in keys and is_integer(card.get("cardId"))]
    reviews = anki.invoke("getReviewsOfCards", cards=[str(card["cardId"]) for card in ours])
    if not isinstance(reviews, dict):
        raise anki.make_result_error("getReviewsOfCards")
    stats = {key: ReviewStats(key) for key in notes}
    for card in ours:
        key = keys[card["note"]]
        total, again = _count_reviews(reviews.get(str(card["cardId"])), now)
        counted = replace(stats[key], reviews=stats[key].reviews + total, again=stats[key].again + again)
        stats[key] = _add_card(
            counted,
            lapses=card.get("lapses"),
            queue=card.get("queue"),
            flags=card.get("flags"),
            difficulty=0.0,
        )
    return tuple(stats.values())


def order_by_weakness(stats: Iterable[ReviewStats]) -> list[ReviewStats]:
    """Return notes, the weakest first: by failed reviews of the last 30 days, lapses, and difficulty."""
    return sorted(stats, key=lambda note: (-note.again, -note.lapses, -note.difficulty, note.key))


def _count_reviews(reviews: object, now: int) -> tuple[int, int]:
    """Return the number of reviews of a card, and how many of the last 30 days failed."""
    entries = [entry for entry in reviews if isinstance(entry, Mapping)] if isinstance(reviews, list) else []
    answered = [entry for entry in entries if is_integer(entry.get("ease")) and entry["ease"] > 0]
    since = (now - RECENT_S) * 1000
    recent = [entry for entry in answered if is_integer(entry.get("id")) and entry["id"] >= since]
    return len(answered), sum(entry["ease"] == AGAIN for entry in recent)


def _add_card(stats: ReviewStats, *, lapses: Any, queue: Any, flags: Any, difficulty: float) -> ReviewStats:
    """Return the reviews of a note with those of one of its cards; values of other types are left out."""
    return replace(
        stats,
        lapses=stats.lapses + (lapses if is_integer(lapses) else 0),
        difficulty=max(stats.difficulty, difficulty),
        flag=stats.flag or (flags & FLAG_BITS if is_integer(flags) else 0),
        is_suspended=stats.is_suspended or queue == SUSPENDED,
    )


def _parse_difficulty(data: object) -> float:
    """Return the difficulty in the `data` of a card, which is JSON, or 0."""
    try:
        value = json.loads(data) if isinstance(data, bytes) else {}
        difficulty = value.get("d") if isinstance(value, dict) else None
    except (ValueError, RecursionError):
        return 0.0
    return float(difficulty) if isinstance(difficulty, int | float) and 0 < difficulty <= 10 else 0.0
