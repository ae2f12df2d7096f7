"""Markdown sheets: one to learn from, with every answer in full, and one for the evening before.

The form of `NAME-answers.md`, which loses nothing of the questions:

- The first line is `<!-- exporter: answers, form 2 -->`.
- A question is a heading that ends in an anchor, `<a id="q-KEY"></a>`. It is of the second
  level; below headings of categories, of the third. A category's heading has no anchor;
  `<!-- no category -->` in it says that there is none.
- A number before the question's text, `7. `, is the question's number. A text that starts
  like a number has a backslash: `7\\. `.
- What does not fit into the heading follows it, and ends at a rule, `---`. The paragraph after
  the comment `<!-- continued -->` holds the further lines of the one that the heading begins.
- A formula is code between one or two dollar signs; a displayed one on its own is in a fence named
  `math`, whose backticks are of an even number where line breaks surround the formula.
- The answer is as `blocks` writes it. Tags, cues, notes and id, where the source gives them,
  are the list after the comment `<!-- details -->`.
- Within the answer, bold between two asterisks or `<b>` are the words of cues, and no part of the
  question; bold of the source is between two underscores or `<strong>`. Form 1 had no bold of cues, and
  wrote that of the source with asterisks, as this form does outside of answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict

from exporter.config.settings import Options, Settings
from exporter.config.templates import jinja_environment, render
from exporter.model.deck import Deck
from exporter.model.question_numbers import number_text
from exporter.model.questions import Block, Code, CodeBlock, Line, Paragraph, Question, Strong, Text
from exporter.model.text import line_text
from exporter.sheets.markdown.blocks import render_blocks, render_hard_lines
from exporter.sheets.markdown.escape import Markdown, escape
from exporter.sheets.markdown.inline import render_line, render_link_text
from exporter.sheets.markdown.source_bold import mark_source_bold

CONTINUED_COMMENT = "<!-- continued -->"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A question as the templates see it; what is `Markdown` is written as it is.

    `blocks` are the answer; `emphasized` the answer with the words of the cues in bold, if a sheet has it.
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
        """The answer without the bold of cues, for a sheet of form 1."""
        return Markdown(render_blocks(self.blocks))

    @property
    def marked_answer(self) -> Markdown:
        """The answer with the bold of cues, for a sheet of form 2; where no cues are marked, as `answer`."""
        if self.emphasized is None:
            return self.answer
        return Markdown(render_blocks(mark_source_bold(self.emphasized)))


class Section(TypedDict):
    """Questions that follow each other and have one category, or none."""

    category: str | None
    entries: Sequence[SheetEntry]


def render_deck_sheets(deck: Deck, settings: Settings) -> tuple[str, str]:
    """Return the sheet of answers and the condensed one, of question and cues; neither has a date."""
    entries = [
        make_entry(note.question, note.key, note.cue_lines, note.emphasized_answer) for note in deck.notes
    ]
    answers, cheatsheet = (
        render_sheet(name, deck.title, entries, settings) for name in ("answers", "cheatsheet")
    )
    return answers, cheatsheet


def render_sheet(
    name: str,
    title: str | None,
    entries: Sequence[SheetEntry],
    options: Options,
    preamble: Sequence[Block] = (),
) -> str:
    """Return the sheet that the template of that name makes of the questions."""
    sections = [
        Section(category=category, entries=list(some))
        for category, some in groupby(entries, lambda one: one.category)
    ]
    values = {
        "title": title,
        "preamble": Markdown(render_blocks(preamble)),
        "sections": sections,
        "has_categories": any(section["category"] is not None for section in sections),
    }
    templates = jinja_environment(options.templates, finalize=_finalize)
    return render(templates, f"markdown/{name}.md.j2", values)


def _finalize(value: object) -> object:
    """Return what a template prints: Markdown as it is, all else escaped."""
    if isinstance(value, Markdown):
        return value
    if isinstance(value, str):
        return escape(value, extra="[]")
    return "" if value is None else value


def make_entry(
    question: Question, key: str, cues: tuple[Line, ...] = (), emphasized: tuple[Block, ...] | None = None
) -> SheetEntry:
    """Return a question as the templates see it."""
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
    """Return all cues on one line, with dots between them; formulas are formulas."""
    spans = [span for cue in cues for span in (Text(" · "), *cue)][1:]
    if all(isinstance(span, Text) for span in spans):
        return Markdown(escape(line_text(spans), extra="[]"))
    return render_line(tuple(spans))


def _split_heading(blocks: tuple[Block, ...]) -> tuple[Line, str]:
    """Return the line that is a question's heading, and all else of the question as Markdown."""
    if not blocks or not isinstance(blocks[0], Paragraph) or not blocks[0].lines:
        return (), render_blocks(blocks)
    line, *more = blocks[0].lines
    continued = [CONTINUED_COMMENT, "", *render_hard_lines(more), ""] if more else []
    return line, "\n".join([*continued, render_blocks(blocks[1:])]).rstrip("\n")


def _render_bold(question: Question) -> Markdown:
    """Return number and question on one bold line, and what it shows of code."""
    lines = [line for block in question.question if isinstance(block, Paragraph) for line in block.lines]
    words = [span for line in lines for span in (Text(" "), *line)][1:]
    if number := number_text(question):
        words.insert(0, Text(f"{number}. " if words else f"{number}."))
    # Questions may differ in nothing but their code: its first line tells them apart.
    code, more = _find_first_code_line(question)
    shown = (Text(" "), Code(code), Text(" …" if more else "")) if code else ()
    return Markdown(render_line((Strong(tuple(words)), *shown)).replace("\n", " "))


def _find_first_code_line(question: Question) -> tuple[str, bool]:
    """Return the first line of a question's code, and whether more follow."""
    code = next((block.code.strip() for block in question.question if isinstance(block, CodeBlock)), "")
    first, _, more = code.partition("\n")
    return first.rstrip(), bool(more)


def _render_notes(text: str) -> Markdown:
    """Return notes, each line on a line of its own."""
    lines = text.strip("\n").split("\n")
    return Markdown("\\\n  ".join(escape(line) for line in lines))


def _make_anchor(key: str) -> str:
    """Return the name of a question's anchor: letters, digits and hyphens as they are."""
    return "q-" + re.sub(r"[^A-Za-z0-9-]", lambda match: f".{ord(match[0]):x}.", key)
