"""Which cue cards differ from those that were last printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from exporter.identity.digests import card_digest
from exporter.identity.records import Lock, Record
from exporter.model.deck import CardContent, Note


@dataclass(frozen=True, slots=True)
class Reprint:
    """The notes whose cards are to be printed, and the printed cards to take out of the stack.

    `digests` has the state of each note's card as it is now, with `content`; `former` are the other
    contents that cards were last printed with.
    """

    notes: tuple[Note, ...]
    stale: tuple[Record, ...]
    digests: Mapping[str, str]
    content: CardContent
    former: tuple[CardContent, ...] = ()


def diff_printed(
    notes: Iterable[Note], lock: Lock, source: str, media: Mapping[str, bytes], content: CardContent
) -> Reprint:
    """Return what to print of one source: a card whose number alone changed is as it was."""
    records = {record.key: record for record in lock.records}
    digests: dict[str, str] = {}
    changed: list[Note] = []
    former: set[CardContent] = set()
    for note in notes:
        digests[note.key] = printed_state(note, media, content)
        before = records[note.key].printed
        if before != digests[note.key]:
            changed.append(note)
            if before and printed_content(before) is not content:
                former.add(printed_content(before))
    stale = tuple(
        record
        for record in lock.records
        if (record.printed or record.sent)
        and record.source == source
        and (record.retired or record.key not in digests)
    )
    return Reprint(tuple(changed), stale, digests, content, tuple(sorted(former)))


def printed_state(note: Note, media: Mapping[str, bytes], content: CardContent) -> str:
    """Return what is remembered of a printed card: its content, and the digest of what it shows.

    Cards with answers alone have no content before the digest: so were all cards printed before there
    was a choice. Which of an answer's words are bold is no reason to print it again.
    """
    if content is CardContent.ANSWER:
        return card_digest(note.question, media)
    has_answer = content is CardContent.BOTH or not note.cues
    return f"{content}:{card_digest(note.question, media, note.cues, has_answer)}"


def printed_content(state: str) -> CardContent:
    """Return with what content a card was printed."""
    content, _, digest = state.rpartition(":")
    return CardContent(content) if digest and content in list(CardContent) else CardContent.ANSWER


def mark_written(lock: Lock, reprint: Reprint) -> Lock:
    """Return the lock that remembers which cards were written for printing, and no others of that source."""
    digests = {note.key: reprint.digests[note.key] for note in reprint.notes}

    def settle(record: Record) -> Record:
        return replace(record, sent=digests.get(record.key)) if record.key in reprint.digests else record

    return _with(lock, settle)


def mark_printed(lock: Lock, reprint: Reprint) -> Lock:
    """Return the lock that has the written cards as printed, or all where none were written.

    Cards to be taken out of the stack are no longer asked for.
    """
    stale = {record.key for record in reprint.stale}
    some = any(record.sent for record in lock.records if record.key in reprint.digests)

    def settle(record: Record) -> Record:
        if record.key in stale:
            return replace(record, printed=None, sent=None)
        if record.key not in reprint.digests:
            return record
        digest = record.sent if some else reprint.digests[record.key]
        return replace(record, printed=digest or record.printed, sent=None)

    return _with(lock, settle)


def _with(lock: Lock, change: Callable[[Record], Record]) -> Lock:
    return replace(lock, records=tuple(map(change, lock.records)))
