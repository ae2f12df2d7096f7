"""Looks of one's own: the accent colour, styles that are added, and templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.anki.note_type import load_templates
from exporter.cards.card_furniture import card_furniture
from exporter.cards.svg import cards_svg
from exporter.config import loader
from exporter.config.accent_color import (
    DAY_GROUND,
    MIN_CONTRAST,
    NIGHT_GROUND,
    contrast,
    find_accent,
    parse_color,
)
from exporter.config.settings import Settings, with_values
from exporter.config.templates import style_text
from exporter.config.validation import validate
from exporter.config.words import ENGLISH
from exporter.sheets.html import render_page
from exporter.sheets.sheet_setup import make_setup
from exporter.web.preview_page import render_preview
from tests.pdf_decks import deck, note

RED = "#b3261e"


def with_accent(color: str) -> Settings:
    return with_values(Settings(), {"color.accent": color})


@pytest.mark.parametrize(
    ("value", "is_valid"), [("", 1), ("#2f4fc4", 1), ("#24C", 1), ("red", 0), ("#12345", 0)]
)
def test_accent_is_a_colour(value: str, is_valid: bool) -> None:
    _, diagnostics = validate({"color.accent": value})
    assert bool(diagnostics) != bool(is_valid)


@pytest.mark.parametrize("color", ["#000", "#fff", "#ff0", "#2f4fc4", RED, "#777777"])
def test_accent_is_legible_by_day_and_by_night(color: str) -> None:
    accent = find_accent(color)
    assert accent is not None
    assert contrast(parse_color(accent.day), DAY_GROUND) >= MIN_CONTRAST - 0.02
    assert contrast(parse_color(accent.night), NIGHT_GROUND) >= MIN_CONTRAST - 0.02
    if contrast(parse_color(color), DAY_GROUND) >= MIN_CONTRAST:
        assert parse_color(accent.day) == parse_color(color)


def test_accent_reaches_phone_pages_and_paper() -> None:
    source = deck(note("Q?", "A.", category="One"))
    settings = with_accent(RED)
    accent = find_accent(RED)
    assert accent is not None
    _, _, style = load_templates(settings)
    assert (
        style.index("--accent: #2f4fc4") < style.index(f"--accent: {accent.day}") < style.index(accent.night)
    )
    sheet = render_page(source, make_setup(settings), settings)
    assert accent.day in sheet and accent.night in sheet
    preview = render_preview([source], settings).html
    assert f":root {{ --accent: {accent.day}; }}" in preview and f"--accent: {accent.night}" in preview
    front = next(iter(cards_svg(source, settings, str).cards.values()))[0].front
    black = next(iter(cards_svg(source, Settings(), str).cards.values()))[0].front
    assert front != black
    (swatch,) = card_furniture(source, ENGLISH, RED).swatches.values()
    assert {getattr(item, "fill", None) or getattr(item, "stroke", None) for item in swatch.items} == {
        parse_color(RED)
    }


def test_without_accent_everything_is_as_it_was() -> None:
    assert load_templates(with_accent("")) == load_templates(Settings())
    assert "@media screen" not in style_text("sheet/page.css", "")


def test_own_styles_come_after_ours_and_the_accent(tmp_path: Path) -> None:
    (tmp_path / "anki.css").write_text(".card { font-size: 24px; }\n", "utf-8")
    (tmp_path / "sheet.css").write_text("/* nothing yet */\n", "utf-8")
    settings = with_values(Settings(templates=str(tmp_path)), {"color.accent": RED})
    _, _, style = load_templates(settings)
    assert style.startswith(load_templates(Settings())[2])
    assert style.endswith(".card { font-size: 24px; }\n")
    assert style.index("#b3261e") < style.index("24px")
    assert style_text("sheet/page.css", str(tmp_path)) == style_text("sheet/page.css", "")
    (tmp_path / "sheet.css").write_text("h1 { color: var(--accent); }\n", "utf-8")
    assert style_text("sheet/page.css", str(tmp_path)).endswith("h1 { color: var(--accent); }\n")


def test_folder_with_styles_alone_is_a_folder_of_templates(tmp_path: Path) -> None:
    (tmp_path / "exporter.toml").touch()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "base.css").write_text("h1 {}", "utf-8")
    assert loader.load(tmp_path).settings.templates == ""
    (tmp_path / "templates" / "sheet.css").write_text("h1 {}", "utf-8")
    assert loader.load(tmp_path).settings.templates
