"""Telling what changed, question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from exporter.cli.arguments import lock_place
from exporter.cli.console import echo
from exporter.diagnostics import counted
from exporter.exporters.anki.note_type import key_search
from exporter.identity.changes import Change, ChangeKind
from exporter.pipeline import Offer
from exporter.terminal import shell_command

SHOWN = 12
"""How many changes a build lists before it only counts them."""


def show_changes(changes: Sequence[Change], verbose: bool = False) -> None:
    """Print in short what a build changed; every reworded question always has its line."""
    told = [change for change in changes if change.kind is not ChangeKind.RENUMBERED]
    tally = Counter(change.kind for change in changes)
    if tally:
        echo("Changes: " + ", ".join(f"{count} {kind}" for kind, count in tally.items()))
    if set(tally) <= {ChangeKind.ADDED, ChangeKind.RENUMBERED} and not verbose:
        return
    for number, change in enumerate(told):
        if number < SHOWN or verbose or change.likeness is not None:
            echo("  " + line_of(change))
    if len(told) > SHOWN and not verbose:
        echo(f"  … {counted(len(told), 'change')} in all; `exporter build --verbose` lists every one.")


def retired_advice(keys: Sequence[str]) -> Iterator[str]:
    """Yield how to find the notes of retired questions in Anki, and what to do with them."""
    if keys:
        names = "is 1 retired question" if len(keys) == 1 else f"are {len(keys)} retired questions"
        yield f"There {names}, which an import cannot delete. To find them, search in Anki's browser for"
        yield f"  {key_search(keys)}"
        yield "and suspend or delete what it shows. If it shows nothing, there is nothing to do."


def relink_command(offer: Offer, options: Sequence[str] = ()) -> str:
    """Return the command that makes an added question the retired one; `options` say how to read."""
    lock = [] if _is_default(offer.lock_path) else ["--lock", str(offer.lock_path)]
    return shell_command("exporter", "relink", offer.old.key, offer.new.key, *lock, *options)


def relink_advice(offers: Sequence[Offer], options: Sequence[str] = ()) -> Iterator[str]:
    """Yield the command that keeps the reviews of each question that may have been reworded."""
    for offer in offers:
        old, new = first_line(offer.old.question), first_line(offer.new.question)
        yield f"If “{new}” is “{old}” in other words, keep its reviews with"
        yield f"  {relink_command(offer, options)}"


def offers_as_json(offers: Sequence[Offer], options: Sequence[str] = ()) -> list[dict[str, str]]:
    """Return the pairs that may be one question, each with the command that says so."""
    return [
        {"old": offer.old.key, "new": offer.new.key, "command": relink_command(offer, options)}
        for offer in offers
    ]


def _is_default(lock_path: Path) -> bool:
    return lock_path.resolve() == lock_place(None).resolve()


def as_json(change: Change) -> dict[str, object]:
    """Return a change as a JSON object."""
    return {**asdict(change), "kind": str(change.kind)}


def line_of(change: Change) -> str:
    """Return a change as one line."""
    words = first_line(change.question)
    match change.kind:
        case ChangeKind.REWORDED:
            sure = "" if change.likeness is None else f" ({change.likeness:.0%})"
            return f"reworded: {first_line(change.old or '')} → {words}{sure}"
        case ChangeKind.RENUMBERED:
            return f"renumbered: {change.old or 'no number'} → {change.new or 'no number'}: {words}"
        case ChangeKind.MOVED if change.old:
            return f"moved from {change.old} to {change.new}: {words}"
    return f"{change.kind}: {words}"


def first_line(text: str) -> str:
    """Return the first line of a text, shortened to what fits a terminal's line."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= 70 else line[:69].rstrip() + "…"
