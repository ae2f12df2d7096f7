"""Planning the build of one folder: keys, changes, decks, and the text of the lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from exporter.anki.note_type import digest_templates
from exporter.checks import find_shared_ids
from exporter.config.settings import Settings
from exporter.config.templates import TemplateError
from exporter.cues import DERIVATION
from exporter.identity import Copies, SourceQuestions, identify, lockfile
from exporter.identity.records import Lock, is_file_name
from exporter.identity.resending import ALL_NOTES, resend
from exporter.identity.shipped_versions import forget_new_versions
from exporter.identity.timestamps import next_time
from exporter.model.diagnostics import Diagnostic, has_errors
from exporter.model.text import plain_text
from exporter.pipeline import lock_recovery
from exporter.pipeline.build_plan import FolderPlan
from exporter.pipeline.cue_derivation import remember_derivation, report_new_derivation
from exporter.pipeline.deck_moves import find_deck_moves, remember_decks, report_deck_moves
from exporter.pipeline.deck_plan import deck_exists, plan_deck
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.lock_warnings import report_dropped_corrections, report_times_ahead
from exporter.pipeline.source_folder import SourceFolder
from exporter.pipeline.source_languages import choose_card_language, report_label_languages
from exporter.pipeline.voices import choose_voice


def plan_folder(
    folder: SourceFolder,
    sources: Sequence[LoadedSource],
    settings: Settings,
    *,
    now: int,
    whole_folder: bool,
    exports: Sequence[Path],
    resent: Mapping[str, int],
    copies: Copies,
) -> tuple[FolderPlan | None, tuple[Diagnostic, ...]]:
    """Return the plan of a folder, or None after an error, and the diagnostics.

    `sources` are those in the folder that are built. The other parameters are those of
    `planner.plan_build`; `copies` names the copies among the folder's files.
    """
    path, lock_path = folder.path, folder.path / lockfile.LOCK_NAME
    lock, old_text, diagnostics = folder.read_lock()
    lost = None
    if lock is not None and not old_text and exports:
        lost = lock_recovery.search_packages(lock_path, [source.path for source in sources], exports)
        lock, diagnostics = lost.lock, (*diagnostics, *lost.faults)
    diagnostics += find_shared_ids(question for source in sources for question in source.questions.questions)
    if lock is None or has_errors(diagnostics):
        return None, diagnostics
    built = [_source_questions(source) for source in sources]
    gone, present = _find_absent(folder, lock, built, copies)
    unbuilt: list[LoadedSource] = []
    if present and (gone or _needs_others(lock, built, settings)):
        others = [folder.load(name, settings) for name in sorted(present)]
        unbuilt = [source for source in others if source and not has_errors(source.diagnostics)]
    compared = [*built, *(_source_questions(source, built=False) for source in unbuilt)]
    identified = identify(
        compared,
        lock,
        now,
        gone=gone,
        retire_gone=whole_folder and not lost,
        copies=copies,
    )
    if lost:
        identified, recovery_diagnostics = lock_recovery.drop_foreign_records(lost, identified)
        diagnostics += recovery_diagnostics
    diagnostics += tuple(report_dropped_corrections(identified, lock_path))
    diagnostics += tuple(report_times_ahead(lock, now, lock_path))
    if resent:
        identified = resend(identified, resent, now)
    voice, voice_diagnostics = choose_voice([*sources, *unbuilt], settings)
    card_language = choose_card_language([*sources, *unbuilt], settings)
    try:
        new_lock = remember_derivation(_with_templates(identified.lock, settings, voice, card_language, now))
    except TemplateError as exc:
        return None, (*diagnostics, exc.diagnostic)
    decks = tuple(
        plan_deck(
            source,
            identified.questions[source.path.name],
            settings=settings,
            templates_modified=new_lock.templates_modified,
            exists=partial(deck_exists, source_name=source.path.name, before=lock, lost=lost),
            voice=voice,
            card_language=card_language,
        )
        for source in sources
    )
    diagnostics += voice_diagnostics
    if lock.templates != new_lock.templates:  # the first build, or the first that knows the language
        diagnostics += tuple(report_label_languages(sources, settings))
    moves = find_deck_moves(lock, decks, gone=gone, settings=settings)
    diagnostics += tuple(report_deck_moves(moves, path, alone=len(sources) == 1))
    if not lost and ALL_NOTES not in resent:
        questions = (keyed for deck in decks for keyed in deck.questions)
        unchanged = (question for source in unbuilt for question in source.questions)
        diagnostics += tuple(report_new_derivation(lock, questions, others=unchanged, lock_path=lock_path))
    new_lock, without_decks = remember_decks(new_lock, decks, settings), new_lock
    without_notices = replace(new_lock if lock.decks else without_decks, derivation=lock.derivation)
    without_notices = forget_new_versions(without_notices, lock)
    # line ends and the order of lines are not a change
    is_changed = not old_text or not lockfile.is_same(new_lock, lock)
    plan = FolderPlan(
        path,
        decks,
        identified,
        new_lock,
        loaded=(*sources, *unbuilt),
        lock_found=bool(old_text),
        lock_changed=is_changed,
        templates_changed=bool(lock.templates) and lock.templates != new_lock.templates,
        deck_moves=moves,
        only_notices_new=bool(old_text) and lockfile.is_same(without_notices, lock),
    )
    return plan, diagnostics


def _find_absent(
    folder: SourceFolder, lock: Lock, built: Sequence[SourceQuestions], copies: Copies
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the lock's sources that are not built: those without a file, and the others."""
    living = {record.source for record in lock.records if not record.retired}
    absent = living - {source.name for source in built} - copies.complete
    # the lock may be from an untrusted author: nothing outside of its folder is read
    gone = frozenset(name for name in absent if not is_file_name(name) or not folder.has_source(name))
    return gone, frozenset(absent - gone)


def _needs_others(lock: Lock, built: Sequence[SourceQuestions], settings: Settings) -> bool:
    """Return whether the sources of the lock that are not built must be read as well.

    They are needed if a question of the built sources is added, reworded or removed or has another
    id, because it may have moved; for corrections of `relink`, which may exchange the keys of two
    sources; for the voice of the deck; and to count the notes with a former derivation of cues.
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


def _with_templates(lock: Lock, settings: Settings, voice: str, language: str, now: int) -> Lock:
    """Return the lock with the digest of the card templates, and a later time if the digest changed."""
    digest = digest_templates(settings, voice, language)
    if digest == lock.templates:
        return lock
    return replace(lock, templates=digest, templates_modified=next_time(now, lock.templates_modified))


def _source_questions(source: LoadedSource, built: bool = True) -> SourceQuestions:
    return SourceQuestions(source.path.name, source.questions.questions, built, source.media)
