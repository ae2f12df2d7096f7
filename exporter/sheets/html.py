"""The cheat sheet as a self-contained HTML page to read on a phone, search, fold, or print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from exporter.config.accent_color import sheet_style
from exporter.config.choices import SheetContent
from exporter.config.settings import Settings
from exporter.config.templates import jinja_environment, render, style_text, template_text
from exporter.config.words import find_words
from exporter.model.deck import Deck, Note
from exporter.model.direction import is_rtl_language
from exporter.model.html import HtmlPolicy, render_blocks
from exporter.model.page_embedding import data_url, script_digest
from exporter.model.question_numbers import number_prefix, number_text
from exporter.model.questions import Image, Question
from exporter.model.text import plain_text
from exporter.sheets.sheet_setup import SheetSetup

_SAFE_TARGET = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def render_page(deck: Deck, setup: SheetSetup, settings: Settings) -> str:
    """Return the sheet of a deck as a page that needs neither other files nor a network.

    Raise `TemplateError` for an invalid template of the project.
    """
    policy = _PageHtml(deck.media)
    sections = [
        {
            "category": category,
            "questions": [_describe_question(note, setup.content, policy) for note in notes],
        }
        for category, notes in groupby(deck.notes, lambda note: note.question.category)
    ]
    words = find_words(deck.language, settings.words)
    script = template_text("sheet/page.js", settings.templates)
    values = {
        "title": deck.title,
        "language": deck.language or "en",
        "count": len(deck.notes),
        "sections": sections,
        "has_categories": any(section["category"] is not None for section in sections),
        "columns": setup.columns,
        "paper": setup.paper.value,
        "style": style_text("sheet/page.css", settings.templates, sheet_style(settings.color.accent)),
        "script": script,
        "words": words,
        "is_rtl": is_rtl_language(deck.language),
        "policy": _make_security_policy(script),
    }
    return render(jinja_environment(settings.templates), "sheet/page.html.j2", values)


def _describe_question(note: Note, content: SheetContent, policy: HtmlPolicy) -> Mapping[str, object]:
    question = note.question
    return {
        "anchor": f"q-{note.key}",
        "number": number_prefix(number_text(question)).strip(),
        "question": render_blocks(question.question, policy),
        "cues": note.cues if content is SheetContent.CUES else (),
        "answer": render_blocks(note.emphasized_answer, policy) if content is SheetContent.ANSWERS else "",
        "words": _make_search_text(question, note.cues),
    }


def _make_search_text(question: Question, cues: tuple[str, ...]) -> str:
    """Return the text for the search, casefolded and on one line."""
    texts = (plain_text(question.question), plain_text(question.answer), *cues, *question.tags)
    return " ".join(" ".join(texts).casefold().split())


@dataclass(frozen=True)
class _PageHtml(HtmlPolicy):
    """The policy of the page: images are embedded in it, and only safe addresses are links."""

    media: Mapping[str, bytes]

    def image(self, image: Image) -> str:
        if image.target not in self.media:
            return f"<p>{self.text(image.alt or image.target)}</p>"
        source = data_url(image.target, self.media[image.target])
        return f'<img src="{source}" alt="{self.attribute(image.alt)}" loading="lazy">'

    def link(self, content: str, target: str) -> str:
        if not _SAFE_TARGET.match(target):
            return content
        return f'<a href="{self.attribute(target)}" rel="noreferrer">{content}</a>'


def _make_security_policy(script: str) -> str:
    """Return the content security policy, which allows only our own script, and no network."""
    return (
        f"default-src 'none'; script-src {script_digest(script)}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
