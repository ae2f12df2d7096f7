"""The preview page: all cards in one self-contained HTML file, which allows only its own scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from exporter.anki.note_type import load_builtin_scripts
from exporter.cards.svg import CardsSvg, cards_svg
from exporter.config.accent_color import preview_style
from exporter.config.settings import SettingError, Settings
from exporter.config.templates import TemplateError, jinja_environment, render, template_text
from exporter.config.words import find_words
from exporter.model.deck import Deck, Note
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.direction import is_rtl_language
from exporter.model.page_embedding import content_policy, data_url, script_json
from exporter.model.question_numbers import number_text
from exporter.model.text import plain_text
from exporter.web import rehearsal
from exporter.web.anki_card import CardRenderer
from exporter.web.rehearsal import RehearsalCard, make_rehearsal_card


@dataclass(frozen=True, slots=True)
class Card:
    """A question in the data of the page's script: HTML of the Anki card, SVG of the cue cards.

    `question` is its first line, `words` the text that is searched, and `deck` the index of its deck.
    """

    key: str
    number: str
    question: str
    words: str
    deck: int
    front: str
    back: str
    paper: tuple[dict[str, str | None], ...]
    rehearsal: RehearsalCard


@dataclass(frozen=True, slots=True)
class Section:
    """Consecutive questions with the same heading, which may be empty."""

    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The HTML of the page, which is empty after an error, and the diagnostics."""

    html: str
    diagnostics: tuple[Diagnostic, ...] = ()


def render_preview(decks: Sequence[Deck], settings: Settings, live: bool = False) -> Preview:
    """Return the page of these decks; with `live`, it reloads itself from its server.

    The diagnostics are `bad-template`, `pdf-setting` and those of the cue cards.
    """
    try:
        return _render_page(decks, settings, live)
    except TemplateError as exc:
        return Preview("", (exc.diagnostic,))
    except SettingError as exc:
        return Preview("", (error("pdf-setting", str(exc)),))


def _render_page(decks: Sequence[Deck], settings: Settings, live: bool) -> Preview:
    card_language = decks[0].card_language if decks else ""
    renderer = CardRenderer(settings, decks[0].voice if decks else "", card_language)
    language = decks[0].language if decks else settings.language
    words, card_words = (find_words(name, settings.words) for name in (language, card_language))
    sections: list[Section] = []
    font_faces: list[str] = []
    stock = ""
    diagnostics: list[Diagnostic] = []
    for index, deck in enumerate(decks):
        pictures = {target: data_url(target, data) for target, data in deck.media.items()}
        paper = cards_svg(deck, settings, pictures.__getitem__)
        font_faces += [line for line in paper.font_faces.splitlines() if line not in font_faces]
        stock = paper.stock
        diagnostics += paper.diagnostics
        cards = [
            (note.question.category, _make_card(note, deck, index, renderer, paper, pictures))
            for note in deck.notes
        ]
        sections += _group_sections(deck.title if len(decks) > 1 else "", cards)
    page_scripts = ("preview/words.js", "preview/page.js", *rehearsal.SCRIPT_NAMES)
    scripts = {
        "page": "\n".join(template_text(name, settings.templates) for name in page_scripts),
        "frame": template_text("preview/frame.js", settings.templates),
        "reload": template_text("preview/reload.js", settings.templates) if live else "",
    }
    data = {
        "cards": [asdict(card) for section in sections for card in section.cards],
        "headings": [section.heading for section in sections for _ in section.cards],
        "languages": [deck.language for deck in decks],
        "style": renderer.style,
        "rehearsal_style": template_text(rehearsal.CARD_STYLE_NAME, settings.templates),
        "frame": scripts["frame"],
        "stock": stock,
        "words": asdict(words),
    }
    style_names = ("preview/page.css", rehearsal.PAGE_STYLE_NAME)
    styles = [template_text(name, settings.templates) for name in style_names]
    values = {
        "title": " · ".join(deck.title for deck in decks),
        "language": language or "en",
        "is_rtl": is_rtl_language(language),
        "words": words,
        "sections": sections,
        "count": sum(len(section.cards) for section in sections),
        "style": "\n".join((*styles, preview_style(settings.color.accent))).rstrip("\n") + "\n",
        "font_faces": "\n".join(font_faces),
        "data": script_json(data),
        "scripts": scripts,
        "policy": content_policy([*scripts.values(), *load_builtin_scripts(card_words)], live),
    }
    html = render(jinja_environment(settings.templates), "preview/page.html.j2", values)
    return Preview(html, tuple(diagnostics))


def _group_sections(title: str, cards: Sequence[tuple[str | None, Card]]) -> Iterator[Section]:
    for category, group in groupby(cards, lambda pair: pair[0]):
        heading = " – ".join(filter(None, (title, category)))
        yield Section(heading, tuple(card for _, card in group))


def _make_card(
    note: Note, deck: Deck, index: int, renderer: CardRenderer, paper: CardsSvg, pictures: dict[str, str]
) -> Card:
    question = note.question
    front, back = renderer.render_card(note, deck, pictures)
    text = plain_text(question.question).strip()
    number = number_text(question)
    words = (
        number,
        text,
        plain_text(question.answer),
        question.category,
        *question.tags,
        question.notes,
        note.key,
    )
    return Card(
        note.key,
        number,
        " ".join(text.partition("\n")[0].split()),
        " ".join(filter(None, words)),
        index,
        front,
        back,
        tuple({"front": card.front, "back": card.back} for card in paper.cards[note.key]),
        make_rehearsal_card(note, pictures),
    )
