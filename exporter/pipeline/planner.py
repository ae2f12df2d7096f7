"""Identify: the questions of all sources get their keys, and become decks. Nothing is written here."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from exporter.anki.decks import deck_id, same_deck
from exporter.anki.note_type import template_digest
from exporter.checks import shared_ids
from exporter.config.settings import Settings
from exporter.config.templates import BrokenTemplateError
from exporter.identity import Copies, Identified, SourceQuestions, identify, lockfile
from exporter.identity.changes import Change
from exporter.identity.records import NEW_KEY, Lock, Record, is_file_name
from exporter.identity.relink_suggestions import possible_relinks
from exporter.identity.resending import ALL, resend, unsendable
from exporter.identity.timestamps import is_ahead, later, times_ahead
from exporter.model.deck import Deck, Note
from exporter.model.diagnostics import Diagnostic, counted, error, has_errors, warning
from exporter.model.questions import Question, SourceSpan, plain_text
from exporter.pipeline import lock_recovery
from exporter.pipeline.cue_derivation import remember_derivation, report_new_derivation
from exporter.pipeline.deck_moves import DeckMove, describe, find_deck_moves, remember_decks
from exporter.pipeline.format_words import without_format_words
from exporter.pipeline.loader import Loaded, load
from exporter.pipeline.source_copies import set_copies_aside
from exporter.pipeline.voices import choose_voice, report_different_voices


@dataclass(frozen=True, slots=True)
class Folder:
    """The sources of one folder with their identity.

    `lock` and `lock_text` are what the lock file is to hold; `lock_changed` says that it holds
    something else now, and `lock_found` that there is one now. `loaded` are its sources, those that
    are not built last. `templates_changed` says that the look of the deck is not what it was at the
    last build. `deck_moves` are the cards that an import leaves in another deck; `only_notices_new`
    says that the lock lacks nothing but what is remembered for notices: names of decks, and the
    derivation of cues.
    """

    path: Path
    decks: tuple[Deck, ...]
    identified: Identified
    lock: Lock
    lock_text: str
    loaded: tuple[Loaded, ...]
    lock_found: bool
    lock_changed: bool
    templates_changed: bool
    deck_moves: tuple[DeckMove, ...] = ()
    only_notices_new: bool = False

    @property
    def lock_path(self) -> Path:
        """Where the lock of the folder's sources stands."""
        return self.path / lockfile.NAME


@dataclass(frozen=True, slots=True)
class Offer:
    """A retired and an added question that may be one; `lock_path` is the lock of both."""

    lock_path: Path
    old: Record
    new: Record


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do: the decks and changes of each folder, and what was found.

    `copies` are files that were read, and are not built since their questions are in other sources.
    """

    loaded: tuple[Loaded, ...]
    folders: tuple[Folder, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    copies: tuple[Loaded, ...] = ()

    @property
    def decks(self) -> tuple[Deck, ...]:
        """The decks of all sources."""
        return tuple(deck for folder in self.folders for deck in folder.decks)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed in all sources since the last build."""
        return tuple(change for folder in self.folders for change in folder.identified.changes)

    @property
    def deck_moves(self) -> tuple[DeckMove, ...]:
        """The cards that an import leaves in another deck than their source asks for."""
        return tuple(move for folder in self.folders for move in folder.deck_moves)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The questions that were retired and added, and may be one."""
        return tuple(
            Offer(folder.lock_path, old, new)
            for folder in self.folders
            for old, new in possible_relinks(folder.identified.lock, folder.identified.changes)
        )

    @property
    def retired(self) -> tuple[str, ...]:
        """The keys of all retired questions: each may have a note, for an answer may have gone first."""
        records = (record for folder in self.folders for record in folder.lock.records)
        return tuple(record.key for record in records if record.retired)


def plan(
    paths: Sequence[Path],
    settings: Settings,
    now: int,
    whole_folder: bool = False,
    exports: Sequence[Path] = (),
    resent: Mapping[str, int] | None = None,
) -> Plan:
    """Read the sources and give every question its key.

    With `whole_folder` the paths are all the sources there are: questions of a source that is
    gone are retired. A missing lock is rebuilt from the packages in the folders `exports`.
    `resent` are the notes to send again; see `resending.resend`.
    """
    resent = resent or {}
    selection = set_copies_aside([load(path, settings) for path in paths])
    loaded = selection.sources
    diagnostics = [found for one in loaded for found in one.diagnostics]
    diagnostics += [*selection.diagnostics, *_collisions([one.path for one in loaded])]
    if has_errors(diagnostics):
        return Plan(loaded, (), tuple(diagnostics), selection.copies)
    folders: dict[Path, list[Loaded]] = defaultdict(list)
    for one in loaded:
        folders[one.path.parent].append(one)
    settled = []
    for path, sources in folders.items():
        copies = frozenset(one.path.name for one in selection.copies if one.path.parent == path)
        partial = selection.partial & {one.path.name for one in sources}
        aside = Copies(copies, partial)
        folder, found = _settle(path, sources, settings, now, whole_folder, exports, resent, aside)
        diagnostics += found
        settled += [folder] if folder else []
    diagnostics += report_different_voices(deck for folder in settled for deck in folder.decks)
    made = Plan(loaded, tuple(settled), tuple(diagnostics), selection.copies)
    if resent and not has_errors(diagnostics):
        records = {record.key: record for folder in settled for record in folder.lock.records}
        built = frozenset(note.key for deck in made.decks for note in deck.notes)
        made = replace(made, diagnostics=(*diagnostics, *unsendable(resent, records, built)))
    return made


def _collisions(paths: Sequence[Path]) -> Iterable[Diagnostic]:
    stems: dict[str, Path] = {}
    for path in paths:
        first = stems.setdefault(path.stem.casefold(), path)
        if first != path:
            message = f"{first} and {path} would both be written to {path.stem}.apkg and its like."
            yield error("output-collision", message, SourceSpan(str(path), 1), "Rename one of them.")


def _settle(
    path: Path,
    sources: Sequence[Loaded],
    settings: Settings,
    now: int,
    whole_folder: bool,
    exports: Sequence[Path],
    resent: Mapping[str, int],
    copies: Copies,
) -> tuple[Folder | None, tuple[Diagnostic, ...]]:
    """Give the questions of one folder their keys."""
    lock, old_text, diagnostics = lockfile.read(path / lockfile.NAME)
    lost = None
    if lock is not None and not old_text and exports:
        lost = lock_recovery.search(path / lockfile.NAME, [one.path for one in sources], exports)
        lock, diagnostics = lost.lock, (*diagnostics, *lost.faults)
    diagnostics += shared_ids(question for one in sources for question in one.questions.questions)
    if lock is None or has_errors(diagnostics):
        return None, diagnostics
    built = [_questions_of(one) for one in sources]
    names = {source.name for source in built}
    unbuilt, gone = _other_sources(path, lock, names | copies.whole, settings)
    others = [_questions_of(one, built=False) for one in unbuilt]
    identified = identify([*built, *others], lock, now, gone, whole_folder and not lost, copies)
    if lost:
        identified, found = lock_recovery.settle(lost, identified)
        diagnostics += found
    diagnostics += tuple(_unresolved_links(identified, path / lockfile.NAME))
    diagnostics += tuple(_times_ahead(lock, now, path / lockfile.NAME))
    if resent:
        identified = resend(identified, resent, now)
    voice, found_voices = choose_voice([*sources, *unbuilt], settings)
    try:
        new_lock = remember_derivation(_with_templates(identified.lock, settings, voice, now))
    except BrokenTemplateError as fault:
        return None, (*diagnostics, fault.diagnostic)
    decks = tuple(
        _deck(
            one,
            identified.notes[one.path.name],
            settings,
            new_lock.templates_modified,
            partial(_deck_exists, source=one.path.name, before=lock, lost=lost),
            voice,
        )
        for one in sources
    )
    diagnostics += found_voices
    moves = find_deck_moves(lock, decks, gone, settings)
    diagnostics += tuple(describe(moves, path, alone=len(sources) == 1))
    if not lost and ALL not in resent:
        notes = (note for deck in decks for note in deck.notes)
        elsewhere = (question for one in unbuilt for question in one.questions.questions)
        diagnostics += tuple(report_new_derivation(lock, notes, elsewhere, path / lockfile.NAME))
    new_lock, without_decks = remember_decks(new_lock, decks, settings), new_lock
    former = replace(new_lock if lock.decks else without_decks, derivation=lock.derivation)
    text = lockfile.render(new_lock)
    folder = Folder(
        path,
        decks,
        identified,
        new_lock,
        text,
        loaded=(*sources, *unbuilt),
        lock_found=bool(old_text),
        # compared as it would be written: line ends and the order of its lines are no change
        lock_changed=not old_text or text != lockfile.render(lock),
        templates_changed=bool(lock.templates) and lock.templates != new_lock.templates,
        deck_moves=moves,
        only_notices_new=bool(old_text) and lockfile.render(former) == lockfile.render(lock),
    )
    return folder, diagnostics


def _unresolved_links(identified: Identified, lock_path: Path) -> Iterator[Diagnostic]:
    """Report `relink-open` for each correction whose question was edited or removed since."""
    for record in identified.unresolved:
        message = f"The correction for “{record.question}” was dropped: "
        message += f"no question has the key {record.key if record.link == NEW_KEY else record.link} now."
        hint = f"Run `exporter relink {record.key} NEW` again, with the question's present key for NEW."
        yield warning("relink-open", message, SourceSpan(str(lock_path), 1), hint)


def _times_ahead(lock: Lock, now: int, lock_path: Path) -> Iterator[Diagnostic]:
    """Report `lock-time-ahead` where a build was made with a clock ahead of the present one."""
    ahead = times_ahead(lock, now)
    if not ahead and not is_ahead(lock.templates_modified, now):
        return
    latest = max([record.modified for record in ahead] or [lock.templates_modified])
    date = time.strftime("%Y-%m-%d", time.gmtime(latest))
    what = counted(len(ahead), "time") if ahead else "The time of the templates"
    message = f"{what} in {lock_path} {'is' if len(ahead) < 2 else 'are'} ahead of the clock, until {date}."
    hint = (
        "Set the clock right if it is wrong. Else edit the questions that have changed since in the source, "
        "not in Anki, until then; what is edited in Anki on the others is safe. Once that date is past, "
        "`exporter build --resend all` sets the times right."
    )
    yield warning("lock-time-ahead", message, ahead[0].span if ahead else SourceSpan(str(lock_path), 1), hint)


def _with_templates(lock: Lock, settings: Settings, voice: str, now: int) -> Lock:
    """Return the lock with the digest of the deck's look, and a later time where that changed."""
    digest = template_digest(settings, voice)
    if digest == lock.templates:
        return lock
    return replace(lock, templates=digest, templates_modified=later(now, lock.templates_modified))


def _other_sources(
    path: Path, lock: Lock, names: set[str], settings: Settings
) -> tuple[list[Loaded], frozenset[str]]:
    """Return the lock's other sources, which show what is still theirs, and the names of those gone."""
    others: list[Loaded] = []
    gone = set()
    for name in sorted({record.source for record in lock.records if not record.retired} - names):
        if not is_file_name(name) or not (path / name).exists():
            gone.add(name)  # a lock may come from anybody: nothing outside its folder is read
            continue
        one = load(path / name, settings)
        if not has_errors(one.diagnostics):
            others.append(one)
    return others, frozenset(gone)


def _questions_of(one: Loaded, built: bool = True) -> SourceQuestions:
    return SourceQuestions(one.path.name, one.questions.questions, built, one.media)


def _deck(
    one: Loaded,
    notes: tuple[Note, ...],
    settings: Settings,
    templates_modified: int,
    deck_exists: Callable[[str], bool],
    voice: str,
) -> Deck:
    """Return the deck of a source; `deck_exists` says of a name whether an earlier build used it."""
    stem = one.path.stem
    typed = one.questions.title or stem.replace("-", " ").replace("_", " ")
    title = settings.title or without_format_words(typed)
    name = settings.deck or one.questions.deck
    if not name:
        # In the name of a deck `::` parts a deck from its subdeck; in a title it is only words.
        typed_name, name = ((settings.title or text).replace("::", ":") for text in (typed, title))
        name = typed_name if deck_exists(typed_name) else name
    return Deck(
        name=name,
        title=title,
        stem=stem,
        source=one.path.name,
        language=one.questions.language or settings.language,
        notes=tuple(note for note in notes if _whole(note.question)),
        templates_modified=templates_modified,
        media=one.media,
        voice=voice,
    )


def _deck_exists(name: str, source: str, before: Lock, lost: lock_recovery.LostLock | None) -> bool:
    """Return whether an earlier build made a deck of that name.

    A lock with complete records but without decks was written before decks were remembered, when
    decks were called by their whole titles.
    """
    if lost:
        return deck_id(name) in lost.deck_ids
    if not before.decks:
        return any(record.source == source and record.content for record in before.records)
    return any(same_deck(name, entry.name) for entry in before.decks)


def _whole(question: Question) -> bool:
    """Say whether a question can be exported: Anki makes no card of an empty front."""
    return bool(question.answer) and bool(plain_text(question.question).strip())
