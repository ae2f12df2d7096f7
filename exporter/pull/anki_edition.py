"""The edition of a note that Anki has, and that of its question in the source, in the same form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exporter.cues import cue_lines, find_cues
from exporter.identity.shipped_versions import ShippedVersion, digest_parts
from exporter.model.canonical_blocks import canonical_blocks
from exporter.model.media_names import note_blocks
from exporter.model.questions import Block, Paragraph, Question, Text
from exporter.model.text import line_text
from exporter.pull.note_fields import find_pictures, parse_field, parse_lines


@dataclass(frozen=True, slots=True)
class Edition:
    """The fields of a note as canonical blocks; `cues` are empty if they are derived from the answer.

    `derived_cues` are those that would be derived, and `pictures` the files of images that only Anki has.
    """

    question: tuple[Block, ...]
    answer: tuple[Block, ...]
    cues: tuple[Block, ...]
    notes: tuple[Block, ...]
    derived_cues: tuple[Block, ...] = ()
    pictures: tuple[str, ...] = ()

    def is_version(self, version: ShippedVersion) -> bool:
        """Return whether question, answer and notes are those of a version; derived cues have no digest."""
        return (
            digest_parts(self.question) == version.question
            and digest_parts(self.answer) == version.answer
            and digest_parts(self.notes) == version.notes
        )


def read_edition(fields: Mapping[str, str]) -> Edition:
    """Return the edition that Anki has, from the fields of a note as HTML."""
    question, answer = (parse_field(fields.get(name, "")) for name in ("Question", "Answer"))
    cues, notes = (text_blocks(parse_lines(fields.get(name, ""))) for name in ("Cues", "Notes"))
    derived = derive_cues(Question(question, answer))
    pictures = tuple(
        name for field in ("Question", "Answer") for name in find_pictures(fields.get(field, ""))
    )
    return Edition(question, answer, cues, notes, derived, pictures)


def make_edition(question: Question, media: Mapping[str, str]) -> Edition:
    """Return the edition of a question; `media` has the names of its images in Anki."""
    return Edition(
        canonical_blocks(note_blocks(question.question, media)),
        canonical_blocks(note_blocks(question.answer, media)),
        _cue_blocks(question.cues, question),
        text_blocks((question.notes or "").split("\n")),
        derive_cues(question),
    )


def text_blocks(texts: Sequence[str]) -> tuple[Block, ...]:
    """Return lines of plain text as canonical blocks."""
    return canonical_blocks([Paragraph(tuple((Text(text),) for text in texts))])


def derive_cues(question: Question) -> tuple[Block, ...]:
    """Return the cues that a build derives for a question, as canonical blocks."""
    return _cue_blocks(tuple(cue.text for cue in find_cues(question)), question)


def _cue_blocks(cues: tuple[str, ...], question: Question) -> tuple[Block, ...]:
    """Return cues as a note has them, in which formulas are between the delimiters of MathJax."""
    return text_blocks([line_text(line) for line in cue_lines(cues, question)])
