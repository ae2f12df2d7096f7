"""The version of the cue derivation: derived cues reach a note in Anki only if it is sent again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from exporter.cues import DERIVATION
from exporter.identity.records import Lock
from exporter.model.deck import KeyedQuestion
from exporter.model.diagnostics import Diagnostic, info, pluralize
from exporter.model.questions import Question, SourceSpan


def remember_derivation(lock: Lock) -> Lock:
    """Return the lock with the version of the present cue derivation."""
    return replace(lock, derivation=DERIVATION)


def report_new_derivation(
    lock: Lock, questions: Iterable[KeyedQuestion], *, others: Iterable[Question], lock_path: Path
) -> Iterator[Diagnostic]:
    """Report `cue-derivation` if notes have derived cues, and the last build derived them differently.

    `lock` is the lock of the last build, `questions` are those of this build, and `others` those of
    the lock's sources that are not built now.
    """
    if lock.derivation == DERIVATION:
        return
    sent = {record.key for record in lock.records if record.answer and not record.retired}
    derived = [keyed for keyed in questions if keyed.key in sent and _is_derived(keyed.question)]
    count = len(derived) + sum(map(_is_derived, others))
    if not sent or not count:
        return
    message = f"The cues of {pluralize(count, 'note')} are derived in a new way; Anki keeps the former ones."
    hint = (
        "Run `exporter build --resend all` and import the deck to replace them; "
        "this overwrites what you edited in these notes on the phone."
    )
    yield info("cue-derivation", message, SourceSpan(str(lock_path), 1), hint)


def _is_derived(question: Question) -> bool:
    return bool(question.answer) and not question.cues
