"""Separating copies of sources, which sync programs, file managers and editors leave next to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from exporter.identity.keys import normalize
from exporter.model.diagnostics import Diagnostic, pluralize, warning
from exporter.model.questions import Question, SourceSpan
from exporter.model.text import plain_text
from exporter.pipeline.loaded_source import LoadedSource

_COPY_WORD = r"(?:copy|kopie|kopia|kopi|copie|copia|cópia|копия|副本|コピー)"
_CONFLICT_WORD = r"(?:conflict|konflikt|conflit|conflitto|conflicto|conflito|конфликт|冲突|競合)"

_COPY_NAMES = (
    rf"(?P<name>.+?)\s*\([^()]*{_CONFLICT_WORD}[^()]*\)",  # Dropbox, Nextcloud, "(Case Conflict 1)"
    rf"(?P<name>.+?)[._ -]+(?:sync-)?{_CONFLICT_WORD}[-_ ].*",  # Syncthing, ownCloud
    rf"(?P<name>.+?)\s*\([^()]*\b{_COPY_WORD}\b[^()]*\)",  # GNOME: "(copy)", "(3rd copy)"
    rf"(?P<name>.+?) (?:- )?{_COPY_WORD}(?: ?\(?\d{{1,3}}\)?)?",  # Windows " - Copy (2)", macOS " copy 2"
    rf"{_COPY_WORD} (?:of|von|van|de|di|af|av) (?P<name>.+)",
    r"(?P<name>.+?)\s*\(\d{1,3}\)",  # browsers, Google Drive
    r"(?P<name>.+?) \d{1,2}",  # iCloud
    r"(?P<name>.+?)(?:~|[._-](?:bak|backup|orig))",  # editors and merge tools
    r"(?:~\$|#)(?P<name>.+?)#?",  # files of Office and Emacs while another file is open
)

OWNER_FILE = "~$"
"""The prefix of the file that Office creates while another file is open."""


def find_original_name(name: str) -> str | None:
    """Return the name of the original of a copy, or None if the name is not one of a copy."""
    path = PurePath(name)
    for pattern in _COPY_NAMES:
        if match := re.fullmatch(pattern, path.stem, re.IGNORECASE):
            return f"{match['name']}{path.suffix}"
    return None


@dataclass(frozen=True, slots=True)
class LoadedSources:
    """The sources to build, and the copies that are not built.

    `partial` are the file names of copies of which only some questions are built.
    """

    sources: tuple[LoadedSource, ...]
    copies: tuple[LoadedSource, ...] = ()
    partial: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def separate_copies(loaded: Sequence[LoadedSource]) -> LoadedSources:
    """Return the sources without those that are copies of others.

    A copy is recognized by its name. It is not built if all its questions are in other sources. If it
    has more questions, only these are built, so that they are not lost. The diagnostics are
    `copy-skipped`, `copy-differs` and `same-questions`.
    """
    if len(loaded) < 2:
        return LoadedSources(tuple(loaded))
    by_folder: dict[Path, list[LoadedSource]] = defaultdict(list)
    for source in loaded:
        by_folder[source.path.parent].append(source)
    results = [_separate_in_folder(sources) for sources in by_folder.values()]
    kept = {source.path: source for result in results for source in result.sources}
    return LoadedSources(
        tuple(kept[source.path] for source in loaded if source.path in kept),
        tuple(copy for result in results for copy in result.copies),
        frozenset().union(*(result.partial for result in results)),
        tuple(diagnostic for result in results for diagnostic in result.diagnostics),
    )


def _separate_in_folder(loaded: Sequence[LoadedSource]) -> LoadedSources:
    original_names = {source.path.name: find_original_name(source.path.name) for source in loaded}
    kept = [source for source in loaded if original_names[source.path.name] is None]
    copies: list[LoadedSource] = []
    partial: set[str] = set()
    diagnostics: list[Diagnostic] = list(_report_same_questions(kept))
    candidates = [source for source in loaded if source not in kept]
    for copy in sorted(candidates, key=lambda source: str(source.path)):
        owners = _find_owners(kept)
        questions = _group_by_text(copy)
        original = next(
            (source for source in kept if _has_name(source, original_names[copy.path.name])), None
        )
        shared = [text for text in questions if text in owners]
        if questions and len(shared) == len(questions):
            copies.append(copy)
            diagnostics.append(_copy_skipped(copy, questions, owners))
        elif not questions and original and copy.path.name.startswith(OWNER_FILE):
            copies.append(copy)
            message = f"{copy.path.name} was left by a program that has {original.path.name} open; not built."
            diagnostics.append(warning("copy-skipped", message, SourceSpan(str(copy.path), 1), "Delete it."))
        elif shared and original:
            added = tuple(
                question for text, group in questions.items() if text not in owners for question in group
            )
            kept.append(replace(copy, questions=replace(copy.questions, questions=added)))
            partial.add(copy.path.name)
            diagnostics.append(_copy_differs(copy, original, added, len(shared)))
        else:
            kept.append(copy)
    return LoadedSources(tuple(kept), tuple(copies), frozenset(partial), tuple(diagnostics))


def _has_name(source: LoadedSource, name: str | None) -> bool:
    return name is not None and source.path.name.casefold() == name.casefold()


def _group_by_text(source: LoadedSource) -> dict[str, list[Question]]:
    """Return the questions of a source by their normalized texts."""
    questions: dict[str, list[Question]] = defaultdict(list)
    for question in source.questions.questions:
        questions[normalize(plain_text(question.question))].append(question)
    return dict(questions)


def _find_owners(sources: Iterable[LoadedSource]) -> Mapping[str, list[tuple[LoadedSource, Question]]]:
    """Return the questions of sources by their normalized texts, each with its source."""
    owners: dict[str, list[tuple[LoadedSource, Question]]] = defaultdict(list)
    for source in sources:
        for question in source.questions.questions:
            owners[normalize(plain_text(question.question))].append((source, question))
    return owners


def _copy_skipped(
    copy: LoadedSource,
    questions: Mapping[str, list[Question]],
    owners: Mapping[str, list[tuple[LoadedSource, Question]]],
) -> Diagnostic:
    """Return the diagnostic of a copy that is not built, which lists the answers that differ."""
    names = dict.fromkeys(owner.path.name for text in questions for owner, _ in owners[text][:1])
    message = f"{copy.path.name} is not built: its questions are all in {', '.join(names)}."
    differing = [
        question
        for text, group in questions.items()
        for question in group
        if _answer_text(question) not in {_answer_text(other) for _, other in owners[text]}
    ]
    span = SourceSpan(str(copy.path), 1)
    hint = "Delete the copy; or rename it, if it is a separate source."
    if differing:
        message += (
            f" {pluralize(len(differing), 'answer')} of it differ{'s' if len(differing) == 1 else ''}: "
        )
        message += f"{_list_questions(differing)}."
        span = differing[0].span or span
        hint = "Copy the right answers to the source, and delete the copy."
    return warning("copy-skipped", message, span, hint)


def _copy_differs(
    copy: LoadedSource, original: LoadedSource, added: Sequence[Question], shared: int
) -> Diagnostic:
    """Return the diagnostic of a copy of which only the questions `added` are built."""
    more = pluralize(len(added), "more question")
    message = f"{copy.path.name} is a copy of {original.path.name} with {more}: "
    message += (
        f"{_list_questions(added)}. Of the copy only {'this is' if len(added) == 1 else 'these are'} built; "
    )
    message += f"{pluralize(shared, 'question')} {'is' if shared == 1 else 'are'} in other sources."
    hint = f"Move the added questions to {original.path.name}, and delete the copy; or rename it."
    return warning("copy-differs", message, added[0].span or SourceSpan(str(copy.path), 1), hint)


def _list_questions(questions: Sequence[Question]) -> str:
    """Return the lines and texts of questions."""
    words = (" ".join(plain_text(question.question).split()) for question in questions)
    lines = (f"line {question.span.line} " if question.span else "" for question in questions)
    return "; ".join(f"{line}“{text}”" for line, text in zip(lines, words, strict=True))


def _report_same_questions(sources: Sequence[LoadedSource]) -> Iterator[Diagnostic]:
    """Report `same-questions` for each source whose questions and answers are all in another one."""
    pairs = [{_make_pair(question) for question in source.questions.questions} for source in sources]
    indices_by_pair: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index, source_pairs in enumerate(pairs):
        for pair in source_pairs:
            indices_by_pair[pair].add(index)
    for index, source in enumerate(sources):
        if not pairs[index]:
            continue
        others = set.intersection(*(indices_by_pair[pair] for pair in pairs[index])) - {index}
        # of two equal sources, only the later one is reported
        others = {other for other in others if pairs[other] != pairs[index] or other < index}
        if others:
            other = sources[min(others)]
            message = (
                f"All questions of {source.path.name} are also in {other.path.name}: each is built twice."
            )
            hint = "Delete one of the two files, if they are the same."
            yield warning("same-questions", message, SourceSpan(str(source.path), 1), hint)


def _make_pair(question: Question) -> tuple[str, str]:
    return normalize(plain_text(question.question)), _answer_text(question)


def _answer_text(question: Question) -> str:
    return " ".join(plain_text(question.answer).split())
