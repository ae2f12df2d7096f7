"""Finding questions that a build would retire although their text is still in a source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from exporter.identity.changes import ChangeKind
from exporter.identity.records import Record
from exporter.identity.relink import normalize_key
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.line_words import split_words
from exporter.model.questions import Question
from exporter.model.source_lines import make_span
from exporter.model.text import plain_text
from exporter.pipeline.build_plan import BuildPlan, FolderPlan
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.source_words import Occurrence, SourceWords

MIN_WORDS = 3
"""Minimum length in words of a text that is recognized as a question without a marker or a label.

Measured on 970 questions of 380 files: the text of 98 % is found at the question; the text of 1 in
200 is also elsewhere, as a title or an entry of a table of contents.
"""

MAX_QUESTION_LINES = 4
"""Maximum number of lines in which the text of a present question is searched."""  # unmeasured

_MARKED = re.compile(r"\s*(?:>\s*)*(?:#{1,6}\s|\*\*|__|<h\d|<strong|<b>|<summary)")
"""The beginning of a line that is a heading, or bold."""

_CONTENTS_ENTRY = re.compile(r"\]\(#|\[\[#|<a\s[^>]*href=[\"']?#")
"""A link to another place in the same file, as in a table of contents; questions have none."""

_COMMENT_MARK = re.compile(r"<!--|-->")


def report_still_in_source(plan: BuildPlan, retire: Collection[str] = ()) -> Iterator[Diagnostic]:
    """Report `still-in-source` for each question that would be retired although its text is in a source.

    `retire` are the keys, as typed by the user, of questions that are to be retired all the same.
    Report `unknown-key` for those that no lock has.
    """
    intended = {normalize_key(key): key for key in retire}
    lock_keys = {record.key for folder in plan.folders for record in folder.lock.records}
    for key, typed in intended.items():
        if plan.folders and key not in lock_keys:
            hint = "`exporter diff` prints the keys of the questions that would be retired."
            yield error("unknown-key", f"The lock has no key “{typed}”.", hint=hint)
    for folder in plan.folders:
        yield from _report_folder(folder, intended.keys())


def _report_folder(folder: FolderPlan, intended: Collection[str]) -> Iterator[Diagnostic]:
    retired = {
        change.key for change in folder.identified.changes if change.kind is ChangeKind.RETIRED
    }.difference(intended)
    if not retired:
        return
    sources = [_Source(source, _former_answers(folder, source.path.name)) for source in folder.loaded]
    # what a filter leaves out is meant to go
    filtered = {plain_text(question.question) for source in folder.loaded for question in source.filtered}
    for record in folder.lock.records:
        if record.key in retired and record.question not in filtered:
            diagnostic = next(filter(None, (source.check(record) for source in sources)), None)
            if diagnostic:
                yield diagnostic


def _former_answers(folder: FolderPlan, source: str) -> list[list[str]]:
    """Return the words of the answers that the questions of a source had at the last build."""
    changed = {
        change.key: change.old or ""
        for change in folder.identified.changes
        if change.kind is ChangeKind.ANSWER
    }
    added = {change.key for change in folder.identified.changes if change.kind is ChangeKind.ADDED}
    return [
        split_words(changed.get(record.key, record.answer))
        for record in folder.lock.records
        if record.source == source and not record.retired and record.key not in added
    ]


@dataclass(frozen=True)
class _Source:
    """A source that is searched for the text of questions that are no longer read from it.

    `former_answers` are the words of the answers that its questions had in the last build.
    """

    loaded: LoadedSource
    former_answers: list[list[str]]

    @cached_property
    def words(self) -> SourceWords:
        lines = self.loaded.lines
        if self.loaded.path.suffix.lower() == ".json":
            lines = tuple(re.sub(r"\\[nrt]", " : ", line) for line in lines)
        return SourceWords(lines, "," if self.loaded.path.suffix.lower() == ".csv" else "")

    @cached_property
    def questions(self) -> list[tuple[int, Question]]:
        """The present questions in order, each with its line (from 1, or 0 if unknown)."""
        return [
            (question.span.index + 1 if question.span else 0, question)
            for question in self.loaded.questions.questions
        ]

    @cached_property
    def question_starts(self) -> frozenset[int]:
        """The indices of the first words of the present questions."""
        starts = set()
        for line, question in self.questions:
            for occurrence in self.words.find(split_words(plain_text(question.question))):
                if line <= occurrence.first_line < line + MAX_QUESTION_LINES:
                    starts.add(occurrence.first_word)
                    break
        return frozenset(starts)

    def check(self, record: Record) -> Diagnostic | None:
        """Return `still-in-source` if the text of a question that would be retired is in this source."""
        words = split_words(record.question)
        for occurrence in self.words.find(words):
            line = self.loaded.lines[occurrence.first_line - 1]
            if (
                occurrence.first_word not in self.question_starts
                and not _CONTENTS_ENTRY.search(line)
                and (len(words) >= MIN_WORDS or self._is_marked(occurrence, line))
                and not any(_contains(answer, words) for answer in self.former_answers)
                and not self._is_commented_out(occurrence)
            ):
                return self._report(record, occurrence, words)
        return None

    def _is_marked(self, occurrence: Occurrence, line: str) -> bool:
        first_of_line = self.words.first_words[occurrence.first_line - 1]
        return occurrence.first_word > first_of_line or _MARKED.match(line) is not None

    def _is_commented_out(self, occurrence: Occurrence) -> bool:
        """Return whether a text is in a closed comment, and thus was removed on purpose.

        A comment that contains the start of another one was probably closed too late by mistake.
        """
        if not self._reads_comments:
            return False
        lines = self.loaded.lines
        before = _COMMENT_MARK.findall("\n".join(lines[: occurrence.first_line - 1]))
        here = _COMMENT_MARK.findall(lines[occurrence.first_line - 1])
        after = _COMMENT_MARK.findall("\n".join(lines[occurrence.last_line :]))
        opened = (before[-1:] == ["<!--"] and here[:1] != ["<!--"]) or here[:1] == ["<!--"]
        closed = "-->" in here or after[:1] == ["-->"]
        return opened and closed

    @property
    def _reads_comments(self) -> bool:
        return any(diagnostic.code == "comment-skipped" for diagnostic in self.loaded.diagnostics)

    def _report(self, record: Record, occurrence: Occurrence, words: Sequence[str]) -> Diagnostic:
        path, line = str(self.loaded.path), occurrence.first_line
        question = " ".join(record.question.split())
        place = self._describe_place(line, words)
        message = f"“{question}” would be retired, but it is still in the source: {place}."
        hint = (
            "Mark it like the other questions. If it is meant to go, delete the text, or "
            f"add `--retire {record.key}`."
        )
        return error("still-in-source", message, make_span(path, self.loaded.lines, line), hint)

    def _describe_place(self, line: int, words: Sequence[str]) -> str:
        """Return a clause that says where the text is read now."""
        above = [(start, question) for start, question in self.questions if start <= line]
        for _, question in reversed(above[-2:]):
            for part, text in (
                ("the answer", plain_text(question.answer)),
                ("the text", plain_text(question.question)),
                ("the notes", question.notes or ""),
                ("the cues", "\n".join(question.cues)),
            ):
                if _contains(split_words(text), words):
                    return f"it is now part of {part} of {_name_question(question)}"
        if not self.questions:
            return "no question is read there"
        if not above:
            return "it is now before the first question"
        if any(_contains(split_words(question.category or ""), words) for _, question in self.questions):
            return "it is now read as a heading"
        return f"it is left out, after {_name_question(above[-1][1])}"


def _name_question(question: Question) -> str:
    words = " ".join(plain_text(question.question).split())
    name = f"the question “{words}”" if question.number is None else f"question {question.number}"
    return f"{name} in line {question.span.line}" if question.span else name


def _contains(text: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether a text contains words in this order, without others between them."""
    return f" {' '.join(words)} " in f" {' '.join(text)} "
