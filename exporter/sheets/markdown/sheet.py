"""The Markdown sheets: one with every answer to learn from, and a condensed one to revise.

The format of `NAME-answers.md`, which preserves the questions completely:

- The first line is `<!-- exporter: answers, form 2 -->`.
- A question is a heading that ends with an anchor, `<a id="q-KEY"></a>`: of level 2, or of level 3
  below the heading of a category. The heading of a category has no anchor; `<!-- no category -->` in it
  means that the questions below have none.
- A number before the text of the question, `7. `, is the number of the question. A text that begins
  like a number has a backslash: `7\\. `.
- The remaining blocks of a question follow its heading, up to a thematic break, `---`. The paragraph
  after the comment `<!-- continued -->` has the remaining lines of the paragraph in the heading.
- A formula is code between one or two dollar signs. A displayed formula alone in a paragraph is in a fence
  named `math`; an even number of backticks means that it has a line break at its start and its end.
- The answer is as `blocks` writes it. Tags, cues, notes and id, if the source has them, are the list
  after the comment `<!-- details -->`.
- In the answer, bold with two asterisks or `<b>` marks the words of cues, and is not part of the source;
  bold of the source has two underscores or `<strong>`. Form 1 has no bold of cues and writes bold of the
  source with asterisks, as this form does outside of answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict

from exporter.config.settings import Settings
from exporter.config.templates import jinja_environment, render
from exporter.config.words import find_words
from exporter.model.deck import Deck
from exporter.model.labels import find_labels
from exporter.model.markdown_escape import Markdown, escape
from exporter.model.question_numbers import number_text
from exporter.model.questions import Block, Code, CodeBlock, Line, Paragraph, Question, Strong, Text
from exporter.model.text import line_text
from exporter.sheets.markdown.blocks import render_blocks, render_hard_lines
from exporter.sheets.markdown.inline import render_line, render_link_text
from exporter.sheets.markdown.source_bold import mark_source_bold

CONTINUED_COMMENT = "<!-- continued -->"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """The values of a question for the templates, which do not escape `Markdown`.

    `blocks` is the answer, and `emphasized` the answer with the words of the cues in bold, or `None`.
    """

    number: str | None
    category: str | None
    anchor: str
    heading: Markdown
    link: Markdown
    bold: Markdown
    rest: Markdown
    blocks: tuple[Block, ...]
    emphasized: tuple[Block, ...] | None
    cues: tuple[str, ...]
    cue_line: Markdown
    tags: Markdown
    given_cues: tuple[str, ...]
    notes: Markdown
    id: str

    @property
    def answer(self) -> Markdown:
        """The answer without bold cues, for templates of form 1."""
        return Markdown(render_blocks(self.blocks))

    @property
    def marked_answer(self) -> Markdown:
        """The answer with bold cues, for templates of form 2; the same as `answer` if none are marked."""
        if self.emphasized is None:
            return self.answer
        return Markdown(render_blocks(mark_source_bold(self.emphasized)))


class Section(TypedDict):
    """Consecutive questions with the same category, or without one."""

    category: str | None
    entries: Sequence[SheetEntry]


def render_deck_sheets(deck: Deck, settings: Settings) -> tuple[str, str]:
    """Return the sheet with answers and the condensed one with cues; neither contains a date."""
    entries = [
        make_entry(note.question, note.key, note.cue_lines, note.emphasized_answer) for note in deck.notes
    ]
    answers, cheatsheet = (
        render_sheet(name, deck.title, entries, settings, language=deck.language)
        for name in ("answers", "cheatsheet")
    )
    return answers, cheatsheet


def render_sheet(
    name: str,
    title: str | None,
    entries: Sequence[SheetEntry],
    settings: Settings,
    preamble: Sequence[Block] = (),
    *,
    language: str = "",
) -> str:
    """Return the sheet that the template `name` renders for the questions."""
    sections = [
        Section(category=category, entries=list(group))
        for category, group in groupby(entries, lambda entry: entry.category)
    ]
    values = {
        "title": title,
        "words": find_words(language, settings.words),
        "labels": find_labels(language),
        "preamble": Markdown(render_blocks(preamble)),
        "sections": sections,
        "has_categories": any(section["category"] is not None for section in sections),
    }
    templates = jinja_environment(settings.templates, finalize=_finalize)
    return render(templates, f"markdown/{name}.md.j2", values)


def _finalize(value: object) -> object:
    """Return a value as a template prints it: other strings than Markdown are escaped."""
    if isinstance(value, Markdown):
        return value
    if isinstance(value, str):
        return escape(value, extra="[]")
    return "" if value is None else value


def make_entry(
    question: Question, key: str, cues: tuple[Line, ...] = (), emphasized: tuple[Block, ...] | None = None
) -> SheetEntry:
    """Return the values of a question for the templates; `key` names its anchor."""
    line, rest = _split_heading(question.question)
    return SheetEntry(
        number=number_text(question) or None,
        anchor=_make_anchor(key),
        category=question.category,
        heading=Markdown(render_line(line).replace("\n", " ")),
        link=render_link_text(line or (Code(_find_first_code_line(question)[0]),)),
        bold=_render_bold(question),
        rest=Markdown(rest),
        blocks=question.answer,
        emphasized=emphasized,
        cues=tuple(map(line_text, cues)),
        cue_line=_render_cue_line(cues),
        tags=Markdown(", ".join(escape(tag, extra=",") for tag in question.tags)),
        given_cues=question.cues,
        notes=_render_notes(question.notes or ""),
        id=question.id or "",
    )


def _render_cue_line(cues: tuple[Line, ...]) -> Markdown:
    """Return all cues on one line, separated by dots."""
    spans = [span for cue in cues for span in (Text(" · "), *cue)][1:]
    if all(isinstance(span, Text) for span in spans):
        return Markdown(escape(line_text(spans), extra="[]"))
    return render_line(tuple(spans))


def _split_heading(blocks: tuple[Block, ...]) -> tuple[Line, str]:
    """Return the line for the heading of a question, and the rest of the question as Markdown."""
    if not blocks or not isinstance(blocks[0], Paragraph) or not blocks[0].lines:
        return (), render_blocks(blocks)
    line, *more = blocks[0].lines
    continued = [CONTINUED_COMMENT, "", *render_hard_lines(more), ""] if more else []
    return line, "\n".join([*continued, render_blocks(blocks[1:])]).rstrip("\n")


def _render_bold(question: Question) -> Markdown:
    """Return number and question on one bold line, with the first line of its code."""
    lines = [line for block in question.question if isinstance(block, Paragraph) for line in block.lines]
    spans = [span for line in lines for span in (Text(" "), *line)][1:]
    if number := number_text(question):
        spans.insert(0, Text(f"{number}. " if spans else f"{number}."))
    # the first line of code distinguishes questions that differ only in their code
    code, more = _find_first_code_line(question)
    code_spans = (Text(" "), Code(code), Text(" …" if more else "")) if code else ()
    return Markdown(render_line((Strong(tuple(spans)), *code_spans)).replace("\n", " "))


def _find_first_code_line(question: Question) -> tuple[str, bool]:
    """Return the first line of the code in a question, and whether more lines follow."""
    code = next((block.code.strip() for block in question.question if isinstance(block, CodeBlock)), "")
    first, _, more = code.partition("\n")
    return first.rstrip(), bool(more)


def _render_notes(text: str) -> Markdown:
    """Return notes with hard line breaks between their lines."""
    lines = text.strip("\n").split("\n")
    return Markdown("\\\n  ".join(escape(line) for line in lines))


def _make_anchor(key: str) -> str:
    """Return the name of the anchor of a question; other characters than `A-Za-z0-9-` are encoded."""
    return "q-" + re.sub(r"[^A-Za-z0-9-]", lambda match: f".{ord(match[0]):x}.", key)
