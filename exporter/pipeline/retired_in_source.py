"""Questions that a build would retire although their text is still in a source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from exporter.identity.changes import ChangeKind
from exporter.identity.records import Record
from exporter.identity.relink import normalize_key
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import Question, SourceSpan
from exporter.model.text import plain_text
from exporter.pipeline.build_plan import BuildPlan, FolderPlan
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.source_words import Occurrence, SourceWords, words_of

MIN_WORDS = 3
"""A shorter text (“Why?”) is known as a question only by a mark or a label before it.

Measured on 970 questions of 380 files: the text of 98 % is found where the question is; of one in
200 it is also elsewhere, as a title or an entry in a table of contents.
"""

MAX_QUESTION_LINES = 4
"""In how many lines a living question's own text is looked for."""

_MARKED = re.compile(r"\s*(?:>\s*)*(?:#{1,6}\s|\*\*|__|<h\d|<strong|<b>|<summary)")
"""What begins a line that is a heading, or bold."""

_CONTENTS_ENTRY = re.compile(r"\]\(#|\[\[#|<a\s[^>]*href=[\"']?#")
"""A link within the file, as in a table of contents: no question is written like that."""

_COMMENT_MARK = re.compile(r"<!--|-->")


def report_still_in_source(plan: BuildPlan, retire: Collection[str] = ()) -> Iterator[Diagnostic]:
    """Report `still-in-source` for each question that would be retired though its text is there.

    `retire` are the keys of those that are meant to go, as they were typed; reports `unknown-key`
    for those that no lock has.
    """
    meant = {normalize_key(key): key for key in retire}
    known = {record.key for folder in plan.folders for record in folder.lock.records}
    for key, typed in meant.items():
        if plan.folders and key not in known:
            hint = "`exporter diff` prints the keys of the questions that would be retired."
            yield error("unknown-key", f"The lock has no key “{typed}”.", hint=hint)
    for folder in plan.folders:
        yield from _of_folder(folder, meant.keys())


def _of_folder(folder: FolderPlan, meant: Collection[str]) -> Iterator[Diagnostic]:
    retired = {
        change.key for change in folder.identified.changes if change.kind is ChangeKind.RETIRED
    }.difference(meant)
    if not retired:
        return
    sources = [_Source(one, _former_answers(folder, one.path.name)) for one in folder.loaded]
    for record in folder.lock.records:
        if record.key in retired:
            finding = next(filter(None, (source.look_for(record) for source in sources)), None)
            if finding:
                yield finding


def _former_answers(folder: FolderPlan, source: str) -> list[list[str]]:
    """Return the words of the answers that the questions of a source had at the last build."""
    changed = {
        change.key: change.old or ""
        for change in folder.identified.changes
        if change.kind is ChangeKind.ANSWER
    }
    added = {change.key for change in folder.identified.changes if change.kind is ChangeKind.ADDED}
    return [
        words_of(changed.get(record.key, record.answer))
        for record in folder.lock.records
        if record.source == source and not record.retired and record.key not in added
    ]


@dataclass(frozen=True)
class _Source:
    """A source that is searched for the text of questions that it no longer asks."""

    loaded: LoadedSource
    former_answers: list[list[str]]

    @cached_property
    def words(self) -> SourceWords:
        lines = self.loaded.lines
        if self.loaded.path.suffix.lower() == ".json":
            lines = tuple(re.sub(r"\\[nrt]", " : ", line) for line in lines)
        return SourceWords(lines, "," if self.loaded.path.suffix.lower() == ".csv" else "")

    @cached_property
    def asked(self) -> list[tuple[int, Question]]:
        """The questions that are read, with their lines, in order."""
        return [
            (question.span.line if question.span else 0, question)
            for question in self.loaded.questions.questions
        ]

    @cached_property
    def own_words(self) -> frozenset[int]:
        """The first words of the questions that are read."""
        found = set()
        for line, question in self.asked:
            for occurrence in self.words.find(words_of(plain_text(question.question))):
                if line <= occurrence.first_line < line + MAX_QUESTION_LINES:
                    found.add(occurrence.first_word)
                    break
        return frozenset(found)

    def look_for(self, record: Record) -> Diagnostic | None:
        """Return what is to be said of a question that would be retired, if its text is here."""
        words = words_of(record.question)
        for occurrence in self.words.find(words):
            line = self.loaded.lines[occurrence.first_line - 1]
            if (
                occurrence.first_word not in self.own_words
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
        """Return whether a text was taken out on purpose: in a comment of its own, which is closed.

        A comment in which another one begins was not closed where it was meant to be.
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
        asked = " ".join(record.question.split())
        message = f"“{asked}” would be retired, but it is still in the source: {self._taker(line, words)}."
        hint = (
            "Mark it like the other questions. If it is meant to go, delete the text, or "
            f"add `--retire {record.key}`."
        )
        return error("still-in-source", message, SourceSpan(path, line, 1, self.loaded.lines[line - 1]), hint)

    def _taker(self, line: int, words: Sequence[str]) -> str:
        """Return what the text is now."""
        above = [(at, question) for at, question in self.asked if at <= line]
        for at, question in reversed(above[-2:]):
            for part, text in (
                ("the answer", plain_text(question.answer)),
                ("the text", plain_text(question.question)),
                ("the notes", question.notes or ""),
                ("the cues", "\n".join(question.cues)),
            ):
                if _contains(words_of(text), words):
                    return f"it is now part of {part} of {_name(question, at)}"
        if not self.asked:
            return "no question is read there"
        if not above:
            return "it is now before the first question"
        if any(_contains(words_of(question.category or ""), words) for _, question in self.asked):
            return "it is now read as a heading"
        return f"it is left out, after {_name(above[-1][1], above[-1][0])}"


def _name(question: Question, line: int) -> str:
    if question.number is not None:
        return f"question {question.number}"
    words = " ".join(plain_text(question.question).split())
    return f"the question “{words}” in line {line}"


def _contains(text: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether words are in a text, one after the other."""
    return f" {' '.join(words)} " in f" {' '.join(text)} "
