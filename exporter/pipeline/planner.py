"""Identify: the questions of all sources get their keys, and become decks. Nothing is written here."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from exporter.anki.note_type import digest_templates
from exporter.checks import shared_ids
from exporter.config.settings import Settings
from exporter.config.templates import TemplateError
from exporter.cues import DERIVATION
from exporter.identity import Copies, Identification, SourceQuestions, identify, lockfile
from exporter.identity.changes import Change
from exporter.identity.records import NEW_KEY, Lock, Record, is_file_name
from exporter.identity.relink_suggestions import find_possible_relinks
from exporter.identity.resending import ALL_NOTES, check_resend, resend
from exporter.identity.timestamps import find_times_ahead, is_ahead, next_time
from exporter.model.diagnostics import Diagnostic, error, has_errors, pluralize, warning
from exporter.model.questions import SourceSpan
from exporter.model.text import plain_text
from exporter.pipeline import lock_recovery
from exporter.pipeline.cue_derivation import remember_derivation, report_new_derivation
from exporter.pipeline.deck_moves import DeckMove, find_deck_moves, remember_decks, report_deck_moves
from exporter.pipeline.deck_plan import DeckPlan, deck_exists, plan_deck
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.loader import load_source
from exporter.pipeline.source_copies import LoadedSources
from exporter.pipeline.voices import choose_voice, report_different_voices


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """The sources of one folder with their identity.

    `lock` and `lock_text` are what the lock file is to hold; `lock_changed` says that it holds
    something else now, and `lock_found` that there is one now. `loaded` are its sources, those that
    are not built last. `templates_changed` says that the look of the deck is not what it was at the
    last build. `deck_moves` are the cards that an import leaves in another deck; `only_notices_new`
    says that the lock lacks nothing but what is remembered for notices: names of decks, and the
    derivation of cues.
    """

    path: Path
    decks: tuple[DeckPlan, ...]
    identified: Identification
    lock: Lock
    lock_text: str
    loaded: tuple[LoadedSource, ...]
    lock_found: bool
    lock_changed: bool
    templates_changed: bool
    deck_moves: tuple[DeckMove, ...] = ()
    only_notices_new: bool = False

    @property
    def lock_path(self) -> Path:
        """Where the lock of the folder's sources stands."""
        return self.path / lockfile.LOCK_NAME


@dataclass(frozen=True, slots=True)
class Offer:
    """A retired and an added question that may be one; `lock_path` is the lock of both."""

    lock_path: Path
    old: Record
    new: Record


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build would do: the decks and changes of each folder, and what was found.

    `copies` are files that were read, and are not built since their questions are in other sources.
    """

    loaded: tuple[LoadedSource, ...]
    folders: tuple[FolderPlan, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    copies: tuple[LoadedSource, ...] = ()

    @property
    def decks(self) -> tuple[DeckPlan, ...]:
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
            for old, new in find_possible_relinks(folder.identified.lock, folder.identified.changes)
        )

    @property
    def retired(self) -> tuple[str, ...]:
        """The keys of all retired questions: each may have a note, for an answer may have gone first."""
        records = (record for folder in self.folders for record in folder.lock.records)
        return tuple(record.key for record in records if record.retired)


def plan_build(
    sources: LoadedSources,
    settings: Settings,
    now: int,
    *,
    whole_folder: bool = False,
    exports: Sequence[Path] = (),
    resent: Mapping[str, int] | None = None,
) -> BuildPlan:
    """Plan a build: assign keys to all questions.

    With `whole_folder` the sources are all there are: questions of a source that is
    gone are retired. A missing lock is rebuilt from the packages in the folders `exports`.
    `resent` are the notes to send again; see `resending.resend`.
    """
    resent = resent or {}
    loaded = sources.sources
    diagnostics = [diagnostic for source in loaded for diagnostic in source.diagnostics]
    diagnostics += [*sources.diagnostics, *_collisions([source.path for source in loaded])]
    if has_errors(diagnostics):
        return BuildPlan(loaded, (), tuple(diagnostics), sources.copies)
    folders: dict[Path, list[LoadedSource]] = defaultdict(list)
    for one in loaded:
        folders[one.path.parent].append(one)
    planned: list[FolderPlan] = []
    for path, folder_sources in folders.items():
        copies = frozenset(copy.path.name for copy in sources.copies if copy.path.parent == path)
        partial = sources.partial & {source.path.name for source in folder_sources}
        folder, folder_diagnostics = _plan_folder(
            path,
            folder_sources,
            settings,
            now=now,
            whole_folder=whole_folder,
            exports=exports,
            resent=resent,
            copies=Copies(copies, partial),
        )
        diagnostics += folder_diagnostics
        planned += [folder] if folder else []
    diagnostics += report_different_voices(deck for folder in planned for deck in folder.decks)
    plan = BuildPlan(loaded, tuple(planned), tuple(diagnostics), sources.copies)
    if resent and not has_errors(diagnostics):
        records = {record.key: record for folder in planned for record in folder.lock.records}
        built = frozenset(keyed.key for deck in plan.decks for keyed in deck.questions)
        plan = replace(plan, diagnostics=(*diagnostics, *check_resend(resent, records, built)))
    return plan


def _collisions(paths: Sequence[Path]) -> Iterable[Diagnostic]:
    stems: dict[str, Path] = {}
    for path in paths:
        first = stems.setdefault(path.stem.casefold(), path)
        if first != path:
            message = f"{first} and {path} would both be written to {path.stem}.apkg and its like."
            yield error("output-collision", message, SourceSpan(str(path), 1), "Rename one of them.")


def _plan_folder(
    path: Path,
    sources: Sequence[LoadedSource],
    settings: Settings,
    *,
    now: int,
    whole_folder: bool,
    exports: Sequence[Path],
    resent: Mapping[str, int],
    copies: Copies,
) -> tuple[FolderPlan | None, tuple[Diagnostic, ...]]:
    """Give the questions of one folder their keys."""
    lock, old_text, diagnostics = lockfile.read(path / lockfile.LOCK_NAME)
    lost = None
    if lock is not None and not old_text and exports:
        lost = lock_recovery.search_packages(
            path / lockfile.LOCK_NAME, [one.path for one in sources], exports
        )
        lock, diagnostics = lost.lock, (*diagnostics, *lost.faults)
    diagnostics += shared_ids(question for one in sources for question in one.questions.questions)
    if lock is None or has_errors(diagnostics):
        return None, diagnostics
    built = [_questions_of(one) for one in sources]
    names = frozenset(source.name for source in built)
    living = {record.source for record in lock.records if not record.retired}
    absent = living - names - copies.whole
    # a lock may come from anybody: nothing outside its folder is read
    gone = frozenset(name for name in absent if not is_file_name(name) or not (path / name).exists())
    unbuilt = []
    if absent - gone and (gone or _needs_others(lock, built, settings)):
        unbuilt = [load_source(path / name, settings) for name in sorted(absent - gone)]
        unbuilt = [source for source in unbuilt if not has_errors(source.diagnostics)]
    others = [_questions_of(one, built=False) for one in unbuilt]
    identified = identify(
        [*built, *others],
        lock,
        now,
        gone=gone,
        retire_gone=whole_folder and not lost,
        copies=copies,
    )
    if lost:
        identified, found = lock_recovery.drop_foreign_records(lost, identified)
        diagnostics += found
    diagnostics += tuple(_unresolved_links(identified, path / lockfile.LOCK_NAME))
    diagnostics += tuple(_times_ahead(lock, now, path / lockfile.LOCK_NAME))
    if resent:
        identified = resend(identified, resent, now)
    voice, found_voices = choose_voice([*sources, *unbuilt], settings)
    try:
        new_lock = remember_derivation(_with_templates(identified.lock, settings, voice, now))
    except TemplateError as fault:
        return None, (*diagnostics, fault.diagnostic)
    decks = tuple(
        plan_deck(
            one,
            identified.questions[one.path.name],
            settings,
            new_lock.templates_modified,
            partial(deck_exists, source_name=one.path.name, before=lock, lost=lost),
            voice,
        )
        for one in sources
    )
    diagnostics += found_voices
    moves = find_deck_moves(lock, decks, gone, settings)
    diagnostics += tuple(report_deck_moves(moves, path, alone=len(sources) == 1))
    if not lost and ALL_NOTES not in resent:
        questions = (keyed for deck in decks for keyed in deck.questions)
        elsewhere = (question for one in unbuilt for question in one.questions.questions)
        diagnostics += tuple(report_new_derivation(lock, questions, elsewhere, path / lockfile.LOCK_NAME))
    new_lock, without_decks = remember_decks(new_lock, decks, settings), new_lock
    former = replace(new_lock if lock.decks else without_decks, derivation=lock.derivation)
    # compared as they would be written: line ends and the order of its lines are not a change
    text, old_lock_text = lockfile.render(new_lock), lockfile.render(lock)
    lock_changed = not old_text or text != old_lock_text
    folder = FolderPlan(
        path,
        decks,
        identified,
        new_lock,
        text,
        loaded=(*sources, *unbuilt),
        lock_found=bool(old_text),
        lock_changed=lock_changed,
        templates_changed=bool(lock.templates) and lock.templates != new_lock.templates,
        deck_moves=moves,
        only_notices_new=bool(old_text) and (not lock_changed or lockfile.render(former) == old_lock_text),
    )
    return folder, diagnostics


def _unresolved_links(identified: Identification, lock_path: Path) -> Iterator[Diagnostic]:
    """Report `relink-open` for each correction whose question was edited or removed since."""
    for record in identified.unresolved:
        message = f"The correction for “{record.question}” was dropped: "
        message += f"no question has the key {record.key if record.link == NEW_KEY else record.link} now."
        hint = f"Run `exporter relink {record.key} NEW` again, with the question's present key for NEW."
        yield warning("relink-open", message, SourceSpan(str(lock_path), 1), hint)


def _times_ahead(lock: Lock, now: int, lock_path: Path) -> Iterator[Diagnostic]:
    """Report `lock-time-ahead` where a build was made with a clock ahead of the present one."""
    ahead = find_times_ahead(lock, now)
    if not ahead and not is_ahead(lock.templates_modified, now):
        return
    latest = max([record.modified for record in ahead] or [lock.templates_modified])
    date = time.strftime("%Y-%m-%d", time.gmtime(latest))
    what = pluralize(len(ahead), "time") if ahead else "The time of the templates"
    message = f"{what} in {lock_path} {'is' if len(ahead) < 2 else 'are'} ahead of the clock, until {date}."
    hint = (
        "Correct the clock if it is wrong. Else edit the questions that have changed since in the source, "
        "not in Anki, until then; what is edited in Anki on the others is safe. Once that date is past, "
        "`exporter build --resend all` sets the times right."
    )
    yield warning("lock-time-ahead", message, ahead[0].span if ahead else SourceSpan(str(lock_path), 1), hint)


def _with_templates(lock: Lock, settings: Settings, voice: str, now: int) -> Lock:
    """Return the lock with the digest of the deck's look, and a later time where that changed."""
    digest = digest_templates(settings, voice)
    if digest == lock.templates:
        return lock
    return replace(lock, templates=digest, templates_modified=next_time(now, lock.templates_modified))


def _needs_others(lock: Lock, built: Sequence[SourceQuestions], settings: Settings) -> bool:
    """Return whether the lock's other sources must be read: only they show what is still theirs.

    They matter where a question of the sources that are built is new, reworded or gone, or has another
    id, so that it may have moved; for the corrections of `relink`, which may exchange the keys of two
    sources; for the voice of the deck, and for the notice of another derivation of cues.
    """
    if settings.anki.speak or lock.derivation != DERIVATION or any(record.link for record in lock.records):
        return True
    names = {source.name for source in built}
    present = Counter(
        (plain_text(question.question), question.id) for source in built for question in source.questions
    )
    return present != Counter(
        (record.question, record.id)
        for record in lock.records
        if record.source in names and not record.retired
    )


def _questions_of(one: LoadedSource, built: bool = True) -> SourceQuestions:
    return SourceQuestions(one.path.name, one.questions.questions, built, one.media)
