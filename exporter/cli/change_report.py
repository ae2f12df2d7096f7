"""Printing the changes of questions, and the advice on retired and reworded ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from exporter.anki.note_type import build_key_query
from exporter.cli.console import echo
from exporter.cli.options import resolve_lock_path
from exporter.identity.changes import Change, ChangeKind
from exporter.model.diagnostics import pluralize
from exporter.model.terminal_text import shell_command
from exporter.pipeline.build_plan import Offer

MAX_SHOWN = 12
"""Maximum number of changed questions that are listed; the others are only counted."""

MAX_LINE_CHARS = 70
"""Maximum length of the first line of a question, in characters."""

_PLURALS = {ChangeKind.ANSWER: "answers changed"}


def count_changes(changes: Iterable[Change]) -> str:
    """Return one line with the number of changes of each kind."""
    counts = Counter(change.kind for change in changes)
    return ", ".join(
        f"{count:,} {kind if count == 1 else _PLURALS.get(kind, kind)}" for kind, count in counts.items()
    )


def show_changes(changes: Sequence[Change], verbose: bool = False) -> None:
    """Print the number of changes of each kind, and the changed questions."""
    if changes:
        echo(f"Changes: {count_changes(changes)}")
    list_changes(changes, verbose)


def list_changes(changes: Sequence[Change], verbose: bool = False) -> None:
    """Print a line for each changed question, except for those with only another number.

    Questions beyond `MAX_SHOWN` are listed only if they were matched by similarity.
    """
    if {change.kind for change in changes} <= {ChangeKind.ADDED, ChangeKind.RENUMBERED} and not verbose:
        return
    questions = group_by_question(changes)
    for index, question_changes in enumerate(questions):
        is_guess = any(change.likeness is not None for change in question_changes)
        if index < MAX_SHOWN or verbose or is_guess:
            echo("  " + format_question_changes(question_changes))
    if len(questions) > MAX_SHOWN and not verbose:
        echo(
            f"  … {pluralize(len(questions), 'question')} in all; `exporter build --verbose` lists every one."
        )


def group_by_question(changes: Sequence[Change]) -> list[list[Change]]:
    """Return the changes of each question, except for those of its number."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind is not ChangeKind.RENUMBERED:
            grouped.setdefault(change.key, []).append(change)
    return list(grouped.values())


def describe_renumbered(changes: Sequence[Change]) -> Iterator[str]:
    """Yield one line for all questions with another number, or nothing if there are none."""
    moved = [change for change in changes if change.kind is ChangeKind.RENUMBERED]
    if moved:
        numbers = [f"{change.old or 'none'} → {change.new or 'none'}" for change in moved]
        listed = ", ".join(numbers) if len(numbers) <= 3 else f"{numbers[0]}, …, {numbers[-1]}"
        yield f"renumbered: {pluralize(len(moved), 'question')} ({listed})"


def iter_follow_up(
    changes: Sequence[Change], offers: Sequence[Offer], options: Sequence[str] = ()
) -> Iterator[str]:
    """Yield the advice after a build that retired questions; later builds do not repeat it."""
    yield from iter_relink_advice(offers, options)
    retired = [change.key for change in changes if change.kind is ChangeKind.RETIRED]
    yield from iter_retired_advice(retired)
    if retired:
        yield "`exporter diff --retired` shows this again for all retired questions."


def iter_edited_advice(changes: Iterable[Change]) -> Iterator[str]:
    """Yield how to find changed notes in Anki, if an answer or a question changed."""
    if {change.kind for change in changes} & {ChangeKind.ANSWER, ChangeKind.REWORDED}:
        yield "In Anki, the search edited:7 finds the notes that changed in the last 7 days."


def iter_retired_advice(keys: Sequence[str]) -> Iterator[str]:
    """Yield how to find the notes of retired questions in Anki, and how to suspend or delete them."""
    if keys:
        names = "is 1 retired question" if len(keys) == 1 else f"are {len(keys)} retired questions"
        yield f"There {names}, which an import cannot delete. To find them, search in Anki's browser for"
        yield f"  {build_key_query(keys)}"
        yield "and suspend or delete what it shows. If it shows nothing, there is nothing to do."


def format_relink_command(offer: Offer, options: Sequence[str] = ()) -> str:
    """Return the command that gives an added question the key of a retired one.

    `options` are those for reading the sources.
    """
    lock = [] if _is_default(offer.lock_path) else ["--lock", str(offer.lock_path)]
    return shell_command("exporter", "relink", offer.old.key, offer.new.key, *lock, *options)


def iter_relink_advice(offers: Sequence[Offer], options: Sequence[str] = ()) -> Iterator[str]:
    """Yield the command that keeps the reviews of each question that may have been reworded."""
    for offer in offers:
        old, new = shorten_first_line(offer.old.question), shorten_first_line(offer.new.question)
        yield f"If “{new}” is “{old}” reworded, keep its reviews with"
        yield f"  {format_relink_command(offer, options)}"


def offers_as_json(offers: Sequence[Offer], options: Sequence[str] = ()) -> list[dict[str, str]]:
    """Return the pairs of questions that may be the same, each with the command that links them."""
    return [
        {"old": offer.old.key, "new": offer.new.key, "command": format_relink_command(offer, options)}
        for offer in offers
    ]


def _is_default(lock_path: Path) -> bool:
    return lock_path.resolve() == resolve_lock_path(None).resolve()


def as_json(change: Change) -> dict[str, object]:
    """Return a change as a JSON object."""
    return {**asdict(change), "kind": str(change.kind)}


def format_question_changes(changes: Sequence[Change]) -> str:
    """Return all changes of a question as one line."""
    words = shorten_first_line(changes[-1].question)
    for change in changes:
        if change.kind is ChangeKind.REWORDED:
            likeness = "" if change.likeness is None else f" ({change.likeness:.0%})"
            words = f"{shorten_first_line(change.old or '')} → {words}{likeness}"
    # the rewording comes last, because the texts after the colon belong to it
    names = map(describe_change, sorted(changes, key=lambda change: change.kind is ChangeKind.REWORDED))
    return f"{', '.join(names)}: {words}"


def describe_change(change: Change) -> str:
    """Return the description of a change."""
    if change.kind is ChangeKind.MOVED and change.old:
        return f"moved from {change.old} to {change.new}"
    return str(change.kind)


def shorten_first_line(text: str) -> str:
    """Return the first line of a text, shortened to fit a line of a terminal."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= MAX_LINE_CHARS else line[: MAX_LINE_CHARS - 1].rstrip() + "…"
