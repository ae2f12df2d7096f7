"""Copies that sync programs, file managers and editors leave next to a source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from exporter.identity.keys import normalize
from exporter.model.diagnostics import Diagnostic, pluralize, warning
from exporter.model.questions import Question, SourceSpan
from exporter.model.text import plain_text
from exporter.pipeline.loaded_source import LoadedSource

_COPY_WORD = r"(?:copy|kopie|kopia|kopi|copie|copia|cópia|копия|副本|コピー)"
_CONFLICT_WORD = r"(?:conflict|konflikt|conflit|conflitto|conflicto|conflito|конфликт|冲突|競合)"

_COPY_NAMES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<name>.+?)\s*\([^()]*{_CONFLICT_WORD}[^()]*\)",  # Dropbox, Nextcloud, "(Case Conflict 1)"
        rf"(?P<name>.+?)[._ -]+(?:sync-)?{_CONFLICT_WORD}[-_ ].*",  # Syncthing, ownCloud
        rf"(?P<name>.+?)\s*\([^()]*\b{_COPY_WORD}\b[^()]*\)",  # GNOME: "(copy)", "(3rd copy)"
        rf"(?P<name>.+?) (?:- )?{_COPY_WORD}(?: ?\(?\d{{1,3}}\)?)?",  # Windows " - Copy (2)", macOS " copy 2"
        rf"{_COPY_WORD} (?:of|von|van|de|di|af|av) (?P<name>.+)",
        r"(?P<name>.+?)\s*\(\d{1,3}\)",  # browsers, Google Drive
        r"(?P<name>.+?) \d{1,2}",  # iCloud
        r"(?P<name>.+?)(?:~|[._-](?:bak|backup|orig))",  # editors and merge tools
        r"(?:~\$|#)(?P<name>.+?)#?",  # what Office and Emacs leave while a file is open
    )
]

OWNER_FILE = "~$"
"""How the name of a file begins that Office leaves while another one is open."""


def original_name(name: str) -> str | None:
    """Return the name of the file that this one is a copy of, by the name that it has."""
    path = PurePath(name)
    for pattern in _COPY_NAMES:
        if match := pattern.fullmatch(path.stem):
            return f"{match['name']}{path.suffix}"
    return None


@dataclass(frozen=True, slots=True)
class LoadedSources:
    """The sources to build, the copies among those read that are not built, and what is to be said."""

    sources: tuple[LoadedSource, ...]
    copies: tuple[LoadedSource, ...] = ()
    partial: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def separate_copies(loaded: Sequence[LoadedSource]) -> LoadedSources:
    """Return the sources without the copies of others.

    A copy by its name, all of whose questions are in other sources, is not built. Of one with more
    questions the others are built, since they would be lost else; `partial` has its path.
    Reports `copy-skipped`, `copy-differs` and `same-questions`.
    """
    by_folder: dict[object, list[LoadedSource]] = defaultdict(list)
    for one in loaded:
        by_folder[one.path.parent].append(one)
    results = [_folder(sources) for sources in by_folder.values()]
    kept = {one.path: one for result in results for one in result.sources}
    return LoadedSources(
        tuple(kept[one.path] for one in loaded if one.path in kept),
        tuple(one for result in results for one in result.copies),
        frozenset().union(*(result.partial for result in results)),
        tuple(diagnostic for result in results for diagnostic in result.diagnostics),
    )


def _folder(loaded: Sequence[LoadedSource]) -> LoadedSources:
    named = {one.path.name: original_name(one.path.name) for one in loaded}
    kept = [one for one in loaded if named[one.path.name] is None]
    copies: list[LoadedSource] = []
    partial: set[str] = set()
    found: list[Diagnostic] = list(_same_questions(kept))
    for one in sorted((one for one in loaded if one not in kept), key=lambda one: str(one.path)):
        owners = _owners(kept)
        mine = _by_words(one)
        original = next((other for other in kept if _is_name(other, named[one.path.name])), None)
        shared = [words for words in mine if words in owners]
        if mine and len(shared) == len(mine):
            copies.append(one)
            found.append(_skipped(one, mine, owners))
        elif not mine and original and one.path.name.startswith(OWNER_FILE):
            copies.append(one)
            message = f"{one.path.name} was left by a program that has {original.path.name} open; not built."
            found.append(warning("copy-skipped", message, SourceSpan(str(one.path), 1), "Delete it."))
        elif shared and original:
            only = tuple(q for words, some in mine.items() if words not in owners for q in some)
            kept.append(replace(one, questions=replace(one.questions, questions=only)))
            partial.add(one.path.name)
            found.append(_differs(one, original, only, len(shared)))
        else:
            kept.append(one)
    return LoadedSources(tuple(kept), tuple(copies), frozenset(partial), tuple(found))


def _is_name(other: LoadedSource, name: str | None) -> bool:
    return name is not None and other.path.name.casefold() == name.casefold()


def _by_words(one: LoadedSource) -> dict[str, list[Question]]:
    """Return the questions of a source by their words."""
    questions: dict[str, list[Question]] = defaultdict(list)
    for question in one.questions.questions:
        questions[normalize(plain_text(question.question))].append(question)
    return dict(questions)


def _owners(kept: Iterable[LoadedSource]) -> Mapping[str, list[tuple[LoadedSource, Question]]]:
    """Return the questions of sources by their words, each with its source."""
    owners: dict[str, list[tuple[LoadedSource, Question]]] = defaultdict(list)
    for one in kept:
        for question in one.questions.questions:
            owners[normalize(plain_text(question.question))].append((one, question))
    return owners


def _skipped(
    one: LoadedSource,
    mine: Mapping[str, list[Question]],
    owners: Mapping[str, list[tuple[LoadedSource, Question]]],
) -> Diagnostic:
    """Say that a copy is not built, and where its answers are other ones."""
    names = dict.fromkeys(owner.path.name for words in mine for owner, _ in owners[words][:1])
    message = f"{one.path.name} is not built: its questions are all in {', '.join(names)}."
    differing = [
        question
        for words, questions in mine.items()
        for question in questions
        if _answer(question) not in {_answer(other) for _, other in owners[words]}
    ]
    span = SourceSpan(str(one.path), 1)
    hint = "Delete the copy; or rename it, if it is a source of its own."
    if differing:
        message += (
            f" {pluralize(len(differing), 'answer')} of it differ{'s' if len(differing) == 1 else ''}: "
        )
        message += f"{_listed(differing)}."
        span = differing[0].span or span
        hint = "Take over what is right, and delete the copy."
    return warning("copy-skipped", message, span, hint)


def _differs(one: LoadedSource, original: LoadedSource, only: Sequence[Question], shared: int) -> Diagnostic:
    more = pluralize(len(only), "more question")
    message = f"{one.path.name} is a copy of {original.path.name} with {more}: "
    message += f"{_listed(only)}. Of the copy only {'this is' if len(only) == 1 else 'these are'} built; "
    message += f"{pluralize(shared, 'question')} {'is' if shared == 1 else 'are'} in other sources."
    hint = f"Put into {original.path.name} what belongs there, and delete the copy; or rename it."
    return warning("copy-differs", message, only[0].span or SourceSpan(str(one.path), 1), hint)


def _listed(questions: Sequence[Question]) -> str:
    """Name questions by their lines and words."""
    words = (" ".join(plain_text(question.question).split()) for question in questions)
    lines = (f"line {question.span.line} " if question.span else "" for question in questions)
    return "; ".join(f"{line}“{text}”" for line, text in zip(lines, words, strict=True))


def _same_questions(sources: Sequence[LoadedSource]) -> Iterator[Diagnostic]:
    """Report sources of other names all of whose questions and answers are in another one."""
    pairs = {one.path: {_pair(question) for question in one.questions.questions} for one in sources}
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index, one in enumerate(sources):
        for pair in pairs[one.path]:
            holders[pair].add(index)
    for index, one in enumerate(sources):
        if not pairs[one.path]:
            continue
        others = set.intersection(*(holders[pair] for pair in pairs[one.path])) - {index}
        # of two that are the same, only the later one is reported
        others = {other for other in others if pairs[sources[other].path] != pairs[one.path] or other < index}
        if others:
            other = sources[min(others)]
            message = f"All questions of {one.path.name} are in {other.path.name}, too: each is built twice."
            hint = "Delete one of the two files, if they are the same."
            yield warning("same-questions", message, SourceSpan(str(one.path), 1), hint)


def _pair(question: Question) -> tuple[str, str]:
    return normalize(plain_text(question.question)), _answer(question)


def _answer(question: Question) -> str:
    return " ".join(plain_text(question.answer).split())
