"""Looks of one's own: the accent colour, styles that are added, and templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from exporter.anki.note_type import FIELDS, SPECIAL_FIELDS, load_templates, parse_templates
from exporter.anki.template_language import FRONT_SIDE
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
from exporter.config.project_templates import replaceable_names
from exporter.config.settings import Settings, with_values
from exporter.config.template_variables import TEMPLATES
from exporter.config.templates import TemplateError, style_text
from exporter.config.validation import validate
from exporter.config.words import ENGLISH
from exporter.sheets import html
from exporter.sheets.html import render_page
from exporter.sheets.markdown import sheet
from exporter.sheets.sheet_setup import make_setup
from exporter.web import preview_page
from exporter.web.preview_page import render_preview
from tests.pdf_decks import deck, note
from tests.projects import REPOSITORY, Project

if TYPE_CHECKING:
    from jinja2 import Environment

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
    page = render_page(source, make_setup(settings), settings)
    assert accent.day in page and accent.night in page
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


def captured(monkeypatch: pytest.MonkeyPatch, module: Any, act: Callable[[], object]) -> dict[str, Any]:
    """Return what a module gives its templates, by their names."""
    seen: dict[str, Any] = {}
    render = module.render

    def keep(templates: Environment, name: str, values: Mapping[str, object]) -> str:
        seen[name] = values
        return str(render(templates, name, values))

    monkeypatch.setattr(module, "render", keep)
    act()
    return seen


def test_documented_variables_are_those_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    source = deck(note("Q?", "A.", category="One"))
    settings = Settings()
    seen = captured(monkeypatch, html, lambda: html.render_page(source, make_setup(settings), settings))
    seen |= captured(monkeypatch, sheet, lambda: sheet.render_deck_sheets(source, settings))
    seen |= captured(monkeypatch, preview_page, lambda: render_preview([source], settings))
    assert set(seen) == {name for name in TEMPLATES if name.endswith(".j2")}
    for name, values in seen.items():
        variables = TEMPLATES[name].variables
        assert {key for key in variables if "." not in key} == set(values), name
        (section, *_) = values["sections"]
        assert parts(variables, "section") == attributes(section), name
        (child,) = {"section.entries", "section.questions", "section.cards"} & set(variables)
        (question, *_) = read(section, child.partition(".")[2])
        loop = {"section.entries": "entry", "section.questions": "item", "section.cards": "card"}[child]
        assert parts(variables, loop) == attributes(question), name
    fields = {*FIELDS, *SPECIAL_FIELDS}
    assert set(TEMPLATES["anki/front.html"].variables) == fields
    assert set(TEMPLATES["anki/back.html"].variables) == {*fields, FRONT_SIDE}
    assert set(TEMPLATES) <= replaceable_names()


def parts(variables: Iterable[str], loop: str) -> set[str]:
    return {key.partition(".")[2] for key in variables if key.startswith(f"{loop}.")}


def read(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, dict) else getattr(value, name)


def attributes(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value)
    return {name for name in dir(value) if not name.startswith("_")}


def test_variables_are_documented_as_they_are(update_golden: bool) -> None:
    path = REPOSITORY / "docs" / "templates.md"
    lines = []
    for name, info in TEMPLATES.items():
        lines += ["", f"### `{name}`", "", info.purpose, "", "| variable | what it is |", "|---|---|"]
        lines += [f"| `{variable}` | {meaning} |" for variable, meaning in info.variables.items()]
    text = path.read_text("utf-8")
    head, _, _ = text.partition("<!-- variables -->\n")
    wanted = f"{head}<!-- variables -->\n" + "\n".join(lines) + "\n\n<!-- end of variables -->\n"
    if update_golden:
        path.write_text(wanted, "utf-8")
    assert text == wanted or update_golden


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("{{ titel }}", ["“titel” is not defined", "did you mean “title”", "has_categories"]),
        ("{{ zzz }}", ["“zzz” is not defined; there are title"]),
        (
            "{% for section in sections %}{{ section.categry }}{% endfor %}",
            ["no “categry”", "“section.category”", "item.anchor"],
        ),
    ],
)
def test_undefined_variable_is_reported_with_those_that_are(
    tmp_path: Path, text: str, reasons: Sequence[str]
) -> None:
    (tmp_path / "sheet").mkdir()
    (tmp_path / "sheet" / "page.html.j2").write_text(f"<p>\n{text}", "utf-8")
    settings = Settings(templates=str(tmp_path))
    with pytest.raises(TemplateError) as caught:
        html.render_page(deck(note("Q?", "A.")), make_setup(settings), settings)
    diagnostic = caught.value.diagnostic
    assert diagnostic.span is not None and diagnostic.span.line == 2
    assert all(reason in diagnostic.message for reason in reasons), diagnostic.message


def test_unknown_field_of_a_card_is_reported_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "anki").mkdir()
    (tmp_path / "anki" / "front.html").write_text("{{Questoin}}", "utf-8")
    settings = Settings(templates=str(tmp_path))
    with pytest.raises(TemplateError, match=r"“Questoin”; did you mean “Question”; the fields are Question"):
        parse_templates(load_templates(settings), settings)


UNUSED = {
    "anki/frnt.html": "anki/front.html",
    "anki/zzzzzz": "",
    "anky/front.html": "anki/front.html",
    "style.css": "anki/style.css",
    "anki.csss": "anki.css",
    "words/de.toml": None,
    "admin/base.html": None,
    "base.html": None,
    "main.css": None,
    "mail/page.html.j2": None,
    "anki/.front.html.swp": None,
    "anki/front.html~": None,
    "README.md": None,
    "anki/front.html": None,
    "sheet.css": None,
    "sheet/mine.html": None,
}


def test_unused_templates_are_told_with_the_nearest(tmp_path: Path) -> None:
    for name in UNUSED:
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    page = tmp_path / "templates" / "sheet" / "page.html.j2"
    page.write_text('{% include "sheet/mine.html" %}', "utf-8")
    (tmp_path / "exporter.toml").touch()
    found = [item for item in loader.load(tmp_path).diagnostics if item.code == "template-unused"]
    hints = {item.message.partition("”")[0][1:]: item.hint or "" for item in found}
    assert set(hints) == {name for name, nearest in UNUSED.items() if nearest is not None}
    for name, hint in hints.items():
        nearest = UNUSED[name]
        assert f"“{nearest}”" in hint if nearest else "init --templates" in hint


def test_templates_of_init_change_nothing_until_they_are_changed(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    (tmp_path / "exporter.toml").touch()
    project.build(now=1_800_000_000)
    before = project.exports()
    ran = project.run("init", "--templates")
    assert ran.status == 0 and "Wrote templates/anki.css" in ran.output
    assert not (tmp_path / "input" / "questions.txt").exists()
    assert loader.load(tmp_path).settings.templates and not loader.load(tmp_path).diagnostics
    project.build(now=1_800_000_000)
    assert project.exports() == before
    (tmp_path / "templates" / "sheet.css").write_text("h1 { color: red; }\n", "utf-8")
    project.build(now=1_800_000_000)
    changed = {name for name, data in project.exports().items() if data != before[name]}
    assert len(changed) == 1 and changed.pop().endswith(".html")
    assert "left unchanged" in project.run("init", "--templates").output
