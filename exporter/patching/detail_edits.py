"""Detail edits: the cues, notes and tags of a question, in their lines or in new ones below the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.converters.text_blocks import render_tags
from exporter.model.questions import Question
from exporter.patching.field_lines import text_lines
from exporter.patching.field_location import end_of_line, locate_field, start_of_line
from exporter.patching.line_edits import edit_lines
from exporter.patching.question_change import QuestionChange
from exporter.patching.refusal import RefusedError
from exporter.patching.source_bytes import LINE_END, find_line_end
from exporter.patching.text_edits import TextEdit
from exporter.patching.write_styles import Insertion, WriteStyle
from exporter.readers.labels.metadata import match_metadata_label, split_cues, split_tags
from exporter.readers.labels.vocabulary import MetadataField

_BLOCK_END = re.compile(
    r"(?:\r\r\n|\r\n|\r|\n)[ \t]*(?:>[ \t]*)*(?:`{3,}|~{3,}|#\+end_\w+)[ \t]*(?=[\r\n]|\Z)", re.IGNORECASE
)
"""The closing fence of code, or its end in Org, on the line below."""


@dataclass(frozen=True, slots=True)
class QuestionRegion:
    """The part of a source that one question is in: `source[start:stop]`; its answer ends at `answer_end`."""

    source: str
    start: int
    answer_end: int
    stop: int


def iter_detail_edits(
    region: QuestionRegion, question: Question, change: QuestionChange, style: WriteStyle
) -> Iterator[TextEdit]:
    """Yield the edits of cues, notes and tags; raise `RefusedError` for those that cannot be written."""
    if change.cues is not None and change.cues != question.cues:
        yield from _edit_detail(region, "Cues", old=question.cues, new=change.cues, style=style)
    if change.notes is not None and change.notes != (question.notes or ""):
        old = tuple((question.notes or "").split("\n"))
        yield from _edit_detail(region, "Notes", old=old, new=tuple(change.notes.split("\n")), style=style)
    if change.tags is not None and change.tags != question.tags:
        yield _edit_tags(region, question.tags, change.tags, style)


def _edit_detail(
    region: QuestionRegion, label: str, *, old: Sequence[str], new: Sequence[str], style: WriteStyle
) -> Iterator[TextEdit]:
    """Yield the edits of cues or of notes, or new lines for them."""
    before, lines = text_lines(old), text_lines(new)
    if not lines:
        raise RefusedError(f"{label} are not deleted because a field is empty; delete them in the file.")
    if label == "Cues" and len(lines) != len(before):
        line = _find_label(region, MetadataField.CUES)
        text = "; ".join(new)
        if line and split_cues(line.text) == list(old) and split_cues(text) == list(new):
            yield TextEdit(line.start, line.stop, text)
            return
    if before:
        try:
            field = locate_field(before, region.source, region.answer_end, region.stop)
        except RefusedError:
            field = locate_field(before, region.source, region.start, region.stop)
        yield from edit_lines(field, lines, style)
        return
    texts = [line.text for line in lines]
    yield _insert_below(region, cue_label_lines(texts) if label == "Cues" else _label(label, texts), style)


def cue_label_lines(cues: Sequence[str]) -> list[str]:
    """Return cues as the lines of a source: `Cues: …`, or a list if they have semicolons."""
    text = "; ".join(cues)
    return [f"Cues: {text}"] if split_cues(text) == list(cues) else ["Cues:", *(f"- {cue}" for cue in cues)]


def _label(label: str, texts: Sequence[str]) -> list[str]:
    return [f"{label}: {texts[0]}", *texts[1:]]


def _find_label(region: QuestionRegion, name: MetadataField) -> TextEdit | None:
    """Return the text behind a label below the answer, as the edit that changes nothing."""
    position = region.answer_end
    while position < region.stop:
        start, stop = start_of_line(region.source, position), end_of_line(region.source, position)
        label = match_metadata_label(region.source[start:stop])
        if label and label[0] is name and label[1]:
            at = region.source.rindex(label[1], start, stop)
            return TextEdit(at, at + len(label[1]), label[1])
        line_end = LINE_END.match(region.source, stop)
        position = line_end.end() if line_end else region.stop
    return None


def _edit_tags(region: QuestionRegion, old: Sequence[str], new: Sequence[str], style: WriteStyle) -> TextEdit:
    """Return the edit of a question's line of tags, or a new line for them."""
    if line := _find_label(region, MetadataField.TAGS):
        return TextEdit(line.start, line.stop, _change_tags(line.text, old, new))
    if set(old) - set(new):
        raise RefusedError("The tags are not on a line of the question.")
    added = tuple(tag for tag in new if tag not in old)
    return _insert_below(region, [f"Tags: {render_tags(added)}"], style)


def _change_tags(text: str, old: Sequence[str], new: Sequence[str]) -> str:
    """Return a line of tags with those that are new, and without those that are gone."""
    for tag in old:
        if tag not in new:
            text = re.sub(rf"(?:[,;][ \t]*|[ \t]+|^)#?{re.escape(tag)}(?=[,;\s]|$)", "", text, count=1)
    text = text.lstrip(",; ")
    separator = next((sign for sign in (", ", "; ") if sign.strip() in text), ", ")
    if text.startswith("#") and separator.strip() not in text:
        separator = " #"
    present = split_tags(text)
    for tag in new:
        if tag not in present:
            text = f"{text}{separator}{tag}" if text else tag
    return text


def _find_block_end(region: QuestionRegion) -> int:
    """Return the offset at which the line ends that the answer does, or its closing fence below."""
    stop = end_of_line(region.source, region.answer_end)
    match = _BLOCK_END.match(region.source, stop, region.stop)
    return match.end() if match else stop


def _insert_below(region: QuestionRegion, texts: Sequence[str], style: WriteStyle) -> TextEdit:
    """Return the insertion of lines below the one in which the answer ends, indented alike or not at all."""
    source, end = region.source, region.answer_end
    line_end = find_line_end(source)
    at = _find_block_end(region)
    blanks = re.compile(r"[ \t]*(?:>[ \t]*)*").match(source, start_of_line(source, end))
    indent = blanks[0] if blanks and style.insertion is not Insertion.BARE else ""
    gap = line_end if style.insertion is Insertion.PARAGRAPH else ""
    return TextEdit(at, at, line_end + gap + line_end.join(indent + text for text in texts))
