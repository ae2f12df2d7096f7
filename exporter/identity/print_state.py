"""The print state: which cue cards differ from those last printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from exporter.identity.digests import card_digest
from exporter.identity.records import Lock, Record
from exporter.model.deck import CardContent, Note


@dataclass(frozen=True, slots=True)
class Reprint:
    """The notes whose cards have to be printed, and the records of printed cards to throw away.

    `digests` has the current print state of every note by its key, with `content`; `former` are the
    other contents with which cards were last printed.
    """

    notes: tuple[Note, ...]
    stale: tuple[Record, ...]
    digests: Mapping[str, str]
    content: CardContent
    former: tuple[CardContent, ...] = ()


def diff_printed(
    notes: Iterable[Note], lock: Lock, *, source: str, media: Mapping[str, bytes], content: CardContent
) -> Reprint:
    """Return the difference between the cards of a source and those last printed.

    A card of which only the number changed is not printed again.
    """
    records = {record.key: record for record in lock.records}
    digests: dict[str, str] = {}
    changed: list[Note] = []
    former: set[CardContent] = set()
    for note in notes:
        digests[note.key] = print_state(note, media, content)
        printed = records[note.key].printed
        if printed != digests[note.key]:
            changed.append(note)
            if printed and printed_content(printed) is not content:
                former.add(printed_content(printed))
    stale = tuple(
        record
        for record in lock.records
        if (record.printed or record.sent)
        and record.source == source
        and (record.retired or record.key not in digests)
    )
    return Reprint(tuple(changed), stale, digests, content, tuple(sorted(former)))


def print_state(note: Note, media: Mapping[str, bytes], content: CardContent) -> str:
    """Return the print state of a card: its content and digest, as the lock stores them.

    Cards with answers only have no content before the digest, like the cards printed before other
    contents existed. The words in bold are not part of the digest.
    """
    if content is CardContent.ANSWER:
        return card_digest(note.question, media)
    has_answer = content is CardContent.BOTH or not note.cues
    return f"{content}:{card_digest(note.question, media, cues=note.cues, has_answer=has_answer)}"


def printed_content(state: str) -> CardContent:
    """Return the content with which a card was printed."""
    content, _, digest = state.rpartition(":")
    return CardContent(content) if digest and content in list(CardContent) else CardContent.ANSWER


def mark_written(lock: Lock, reprint: Reprint) -> Lock:
    """Return the lock with the cards of a reprint, and no others of that source, as written for printing."""
    digests = {note.key: reprint.digests[note.key] for note in reprint.notes}

    def mark(record: Record) -> Record:
        return replace(record, sent=digests.get(record.key)) if record.key in reprint.digests else record

    return _map_records(lock, mark)


def mark_printed(lock: Lock, reprint: Reprint) -> Lock:
    """Return the lock with the written cards as printed; with all cards, if none were written.

    Stale cards are removed from the print state.
    """
    stale_keys = {record.key for record in reprint.stale}
    has_written = any(record.sent for record in lock.records if record.key in reprint.digests)

    def mark(record: Record) -> Record:
        if record.key in stale_keys:
            return replace(record, printed=None, sent=None)
        if record.key not in reprint.digests:
            return record
        digest = record.sent if has_written else reprint.digests[record.key]
        return replace(record, printed=digest or record.printed, sent=None)

    return _map_records(lock, mark)


def _map_records(lock: Lock, function: Callable[[Record], Record]) -> Lock:
    return replace(lock, records=tuple(map(function, lock.records)))
