"""Questions read aloud: the locale for a language, and the template that asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.anki.note_type import TEMPLATE_FILES, build_note_type, digest_templates, load_templates
from exporter.anki.speech import DEFAULT_LOCALES, find_speech_locale
from exporter.config.settings import Settings
from tests.in_process import CommandLine

SPOKEN = "{{tts de_DE:Question}}"


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en", "en_US"),
        ("EN", "en_US"),
        ("en-GB", "en_GB"),
        ("pt-BR", "pt_BR"),
        ("pt_br", "pt_BR"),
        ("de", "de_DE"),
        ("de-AT", "de_AT"),
        ("de-1996", "de_DE"),
        ("zh", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hant-HK", "zh_HK"),
        ("sr-Latn", "sr_RS"),
        ("es-419", "es_MX"),
        ("en-001", "en_US"),
        ("en-x-us", "en_US"),
        ("no", "nb_NO"),
        ("gsw-CH", "gsw_CH"),
        ("tlh", ""),
        ("deutsch", ""),
        ("", ""),
        ("e}}", ""),
        ("de-A}", "de_DE"),
    ],
)
def test_locale_is_the_one_that_anki_wants(language: str, locale: str) -> None:
    assert find_speech_locale(language) == locale


def test_every_locale_of_the_table_is_well_formed() -> None:
    for language, locale in DEFAULT_LOCALES.items():
        name, region = locale.split("_")
        assert (2 <= len(name) <= 3, region.isupper(), len(region)) == (True, True, 2)
        assert find_speech_locale(locale) == locale == find_speech_locale(language)


def test_without_speech_nothing_of_it_is_in_the_template() -> None:
    front, back, _ = load_templates(Settings())
    assert "speech" not in front + back
    assert "tts" not in front + back


def test_speech_comes_after_the_question_once() -> None:
    front, back, _ = load_templates(Settings(), "de_DE")
    assert front.index("{{Question}}") < front.index(SPOKEN) < front.index("{{hint:Cues}}")
    assert "tts" not in back
    assert (
        digest_templates(Settings())
        != digest_templates(Settings(), "de_DE")
        != digest_templates(Settings(), "en_US")
    )
    assert build_note_type(Settings(), "de_DE").templates[0]["qfmt"] == front


@pytest.mark.parametrize(
    ("own", "front"),
    [
        ("{{Question}}", '{{Question}}\n<div class="speech">{{tts de_DE:Question}}</div>\n'),
        ("{{Question}}{{tts fr_FR:Question}}", "{{Question}}{{tts fr_FR:Question}}"),
        ("<!-- speech -->\n{{Question}}", '<div class="speech">{{tts de_DE:Question}}</div>\n{{Question}}'),
    ],
)
def test_a_template_of_ones_own_speaks_too(tmp_path: Path, own: str, front: str) -> None:
    path = tmp_path / TEMPLATE_FILES[0]
    path.parent.mkdir()
    path.write_text(own, encoding="utf-8")
    assert load_templates(Settings(templates=str(tmp_path)), "de_DE")[0] == front


def _source(language: str) -> str:
    lines = f"---\ntitle: Notes\nlanguage: {language}\n---\n" if language else "# Notes\n"
    return f"{lines}\n## What is a heap in {language or 'general'}?\n\nA tree in an array.\n"


def _speaking(command_line: CommandLine, *sources: str, setting: str = "en") -> str:
    ran = command_line.run(
        "build", *sources, "--to", "anki", "--set", "anki.speak=true", "--set", f"language={setting}"
    )
    assert ran.status == 0
    return ran.errors


def test_sources_in_one_language_are_read_in_it(command_line: CommandLine) -> None:
    command_line.write("a.md", _source("de"))
    command_line.write("b.md", _source("de-DE"))
    assert "speech-language" not in _speaking(command_line, "a.md", "b.md")
    first = (command_line.root / "exporter.lock").read_text("utf-8").split("\n")[0]
    assert "speech-language" not in _speaking(command_line, "b.md")
    assert (command_line.root / "exporter.lock").read_text("utf-8").split("\n")[0] == first


def test_sources_in_several_languages_share_a_voice_and_warn(command_line: CommandLine) -> None:
    command_line.write("a.md", _source("de"))
    command_line.write("b.md", _source(""))
    errors = _speaking(command_line, "a.md", "b.md")
    assert errors.count("[speech-language]") == 1
    assert "a.md (language “de”) are read aloud as en_US" in errors


def test_a_language_without_a_known_region_is_a_sentence(command_line: CommandLine) -> None:
    command_line.write("a.md", _source(""))
    errors = _speaking(command_line, "a.md", setting="tlh")
    assert "No question is read aloud: no region is known for the language “tlh”." in errors
    assert 'language = "de-AT"' in errors


def test_folders_with_different_voices_share_a_template(command_line: CommandLine) -> None:
    command_line.write("x/a.md", _source("de"))
    command_line.write("y/b.md", _source("fr"))
    assert "several languages (de_DE, fr_FR)" in _speaking(command_line, "x/a.md", "y/b.md")
