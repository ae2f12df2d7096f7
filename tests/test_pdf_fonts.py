"""Fonts for characters that the built-in ones lack: the user's, installed families, the system's."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from exporter.cards import font_advice, font_search, shaping, system_fonts
from exporter.cards.font_files import FontFile, font_info
from exporter.cards.print_setup import load_fonts
from exporter.cards.text_style import REGULAR
from exporter.config.settings import SettingError
from exporter.exporters.pdf import export
from exporter.model.diagnostics import Diagnostic
from tests.made_fonts import ASCII, build_font, write_collection, write_font
from tests.pdf_decks import cards, deck, note, options, read
from tests.projects import Project


def measure(char: str, *fonts: Path) -> float:
    """Return the width of a character at size 1 with the user's fonts."""
    settings = options(pdf_font=tuple(map(str, fonts)))
    return load_fonts(settings, "en").measure(REGULAR, char)


def test_fonts_are_tried_in_order(tmp_path: Path) -> None:
    first = write_font(tmp_path / "a.ttf", "漢", 500)
    second = write_font(tmp_path / "b.ttf", "漢語", 900)
    assert (measure("漢", first, second), measure("語", first, second)) == (0.5, 0.9)
    assert measure("漢", second, first) == 0.9
    assert measure("漢語", first, second) == pytest.approx(1.4)


def test_two_fonts_of_one_name_are_both_embedded(tmp_path: Path) -> None:
    first = write_font(tmp_path / "a.ttf", "漢", 500, family="Same")
    second = write_font(tmp_path / "b.ttf", "語", 900, family="Same")
    data = cards(deck(note("Q?", "漢語 漢")), pdf_duplex="short-edge", pdf_font=(str(first), str(second)))
    with read(data) as pdf:
        widths = {char["text"]: char["width"] / char["size"] for char in pdf.pages[1].chars}
    assert (widths["漢"], widths["語"]) == (pytest.approx(0.5), pytest.approx(0.9))


def test_one_font_or_several_in_the_configuration(project: Project) -> None:
    write_font(project.root / "fonts" / "a, b.ttf", "漢")
    for value, expected in (
        ('"fonts/a, b.ttf"', ["fonts/a, b.ttf"]),
        ('["fonts/a, b.ttf", "Noto Sans"]', ["fonts/a, b.ttf", "Noto Sans"]),
        ('""', []),
    ):
        (project.root / "exporter.toml").write_text(f"pdf.font = {value}\n")
        shown = json.loads(project.run("config", "--format", "json").output)["settings"]["pdf.font"]["value"]
        assert shown == expected
    (project.root / "exporter.toml").unlink()
    for value, expected in (
        ("fonts/a, b.ttf", ["fonts/a, b.ttf"]),
        ("Noto Sans, Heebo", ["Noto Sans", "Heebo"]),
        ('["fonts/a, b.ttf"]', ["fonts/a, b.ttf"]),
    ):
        ran = project.run("config", "--format", "json", "--set", f"pdf.font={value}")
        assert json.loads(ran.output)["settings"]["pdf.font"]["value"] == expected


def test_font_outside_the_project_is_reported(project: Project, tmp_path: Path) -> None:
    font = write_font(tmp_path / "outside.ttf", "漢")
    (project.root / "exporter.toml").write_text(f"pdf.font = ['Noto Sans', '{font}']\n")
    assert "outside the project" in project.run("build").errors


def export_with_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str, language: str = "en", **values: object
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the cards, and what is reported, on a system whose only fonts are in a folder."""
    system_fonts.system_fonts.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(system_fonts.shutil, "which", lambda name: None)
        patch.setattr(system_fonts, "font_folders", lambda: (folder,))
        patch.setattr(font_search, "system_fonts", system_fonts.system_fonts)
        from dataclasses import replace

        source = replace(deck(note("Q?", answer)), language=language)
        exported = export(source, options(pdf_duplex="short-edge", **values), 0)  # type: ignore[arg-type]
    system_fonts.system_fonts.cache_clear()
    return exported.files[0].data, exported.diagnostics


def test_system_font_is_used_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_font(tmp_path / "deep" / "Wide.ttf", "漢語", 900, family="Wide Han")
    data, (reported,) = export_with_folder(tmp_path, monkeypatch, "漢 and 語")
    assert (reported.code, reported.severity) == ("system-font", "info")
    assert "Wide Han" in reported.message and str(path) in reported.message
    assert "U+6F22" in reported.message and "U+8A9E" in reported.message
    with read(data) as pdf:
        assert "漢" in "".join(str(char["text"]) for char in pdf.pages[1].chars)
    assert export_with_folder(tmp_path, monkeypatch, "漢 and 語")[0] == data


def test_system_fonts_can_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_font(tmp_path / "Wide.ttf", "漢")
    _, reported = export_with_folder(tmp_path, monkeypatch, "漢", pdf_system_fonts=False)
    assert [item.code for item in reported] == ["missing-glyph"]


def test_system_is_not_searched_without_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_search, "system_fonts", lambda: pytest.fail("searched"))
    assert export(deck(note("Größe ∀ ✅?", "Привет, क्या, ─┐")), options(), 0).diagnostics == ()


def test_fonts_that_cannot_be_embedded_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_font(tmp_path / "A.otf", "漢", has_cff=True)
    write_font(tmp_path / "B.ttf", "漢", fs_type=2)
    (tmp_path / "C.ttf").write_bytes(b"\0\1\0\0 not a font")
    (tmp_path / "D.ttc").write_bytes(b"ttcf\0\1\0\0\0\0\0\2")
    _, reported = export_with_folder(tmp_path, monkeypatch, "漢")
    assert [item.code for item in reported] == ["missing-glyph"]
    write_font(tmp_path / "E.ttf", "漢")
    _, reported = export_with_folder(tmp_path, monkeypatch, "漢")
    assert [item.code for item in reported] == ["system-font"]


def test_second_font_of_a_collection_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_collection(
        tmp_path / "all.ttc", build_font("語", 500, family="First"), build_font("漢", 900, family="Second")
    )
    data, (reported,) = export_with_folder(tmp_path, monkeypatch, "漢")
    assert "Second" in reported.message
    with read(data) as pdf:
        (char,) = [char for char in pdf.pages[1].chars if char["text"] == "漢"]
    assert char["width"] / char["size"] == pytest.approx(0.9)


def test_regular_font_comes_before_bold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_font(tmp_path / "A-Bold.ttf", "漢", family="Bold face")
    write_font(tmp_path / "B-Regular.ttf", "漢", family="Regular face")
    _, (reported,) = export_with_folder(tmp_path, monkeypatch, "漢")
    assert "Regular face" in reported.message


@pytest.mark.parametrize(("language", "family"), [("ja", "Gothic"), ("zh-CN", "Hei"), ("en", "Hei")])
def test_language_chooses_among_ideographs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, family: str
) -> None:
    for name, bit in (("Gothic", 17), ("Hei", 18)):
        font = build_font("漢", family=name)
        font["OS/2"].version, font["OS/2"].ulCodePageRange1 = 1, 1 << bit
        font["OS/2"].ulCodePageRange2 = 0
        font.save(tmp_path / f"{'A' if name == 'Hei' else 'B'}.ttf")
    _, (reported,) = export_with_folder(tmp_path, monkeypatch, "漢", language)
    assert family in reported.message


@pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")
def test_fontconfig_lists_the_fonts(tmp_path: Path) -> None:
    lines = (
        ("/x/B.ttf", "0", "TrueType", "False", "200", "0", "Bold", "20-7e 6f22"),
        ("/x/A.ttf", "0", "TrueType", "False", "80", "0", "Regular", "6f20-6f2f"),
        ("/x/V.ttf", "65536", "TrueType", "False", "[0 210]", "0", "Variable", "8a9e"),
        ("/x/C.otf", "0", "CFF", "False", "80", "0", "Cff", "6f22"),
        ("/x/E.ttf", "0", "TrueType", "True", "80", "0", "Emoji", "1f600"),
        ("/x/broken",),
    )
    program = tmp_path / "fc-list"
    text = "\n".join("\t".join(line) for line in lines)
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n")
    program.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(system_fonts.shutil, "which", lambda name: str(program))
        fonts = system_fonts.system_fonts.__wrapped__()
    assert [font.file.path for font in fonts if font.has("漢")] == ["/x/A.ttf", "/x/B.ttf"]
    assert [font.file for font in fonts if font.has("語")] == [FontFile("/x/V.ttf", 0)]
    assert not any(font.has("😀") for font in fonts)
    assert not any(font.has("漢A") for font in fonts if font.file.path == "/x/A.ttf")


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_DATA_HOME": "/d", "XDG_DATA_DIRS": "/s"}, ["/d/fonts", "/home/.fonts", "/s/fonts"]),
        ("darwin", {}, ["/home/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"]),
        ("win32", {"WINDIR": "/w", "LOCALAPPDATA": "/l"}, ["/l/Microsoft/Windows/Fonts", "/w/Fonts"]),
    ],
)
def test_folders_of_each_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], expected: list[str]
) -> None:
    monkeypatch.setattr(system_fonts.sys, "platform", platform)
    for name, value in {"HOME": "/home", "USERPROFILE": "/home", **variables}.items():
        monkeypatch.setenv(name, value)
    assert [folder.as_posix() for folder in system_fonts.font_folders()] == expected


@pytest.mark.parametrize(
    ("chars", "language", "advice"),
    [
        ("ก", "th", "For Thai: pip install fontpkg-noto-sans-thai."),
        ("אก", "en", "For Hebrew and Thai: pip install fontpkg-heebo fontpkg-noto-sans-thai."),
        ("漢", "ja", "For Japanese: install a TrueType font, such as Noto Sans JP"),
        ("漢", "en", "For Chinese: install a TrueType font, such as Noto Sans SC"),
        ("한", "ko", "For Korean: install a TrueType font, such as Noto Sans KR"),
        ("\ue000", "en", "only in the font that they were typed in"),
        ("\U00011000", "en", "Set `pdf.font` to a TrueType file (.ttf) that has it."),
    ],
)
def test_advice_names_what_to_install(chars: str, language: str, advice: str) -> None:
    assert advice in font_advice.advise(chars, language)


def test_scripts_are_in_order_and_have_one_advice_each() -> None:
    scripts = font_advice.SCRIPTS
    assert all(first.last < second.first for first, second in pairwise(scripts))
    assert all(bool(script.family) != bool(script.font) for script in scripts)


@pytest.mark.parametrize("key", ["pdf.font", "pdf.typeface"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.ttf", "neither a font file nor an installed font family"),
        ("Noto Sanz", "did you mean “Noto Sans”?"),
        ("Never Heard", "pip install fontpkg-never-heard"),
        ("a" * 300, "neither a font file nor an installed font family"),
        ("fonts/none", "neither a font file nor an installed font family"),
        ("text.ttf", "cannot be used"),
        ("web.woff2", "packed for web pages"),
        ("cff.otf", "PostScript outlines"),
        ("sealed.ttf", "may not be embedded"),
    ],
)
def test_unusable_font_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, name: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.ttf").write_text("no font")
    Path("web.woff2").write_bytes(b"wOF2" + bytes(60))
    write_font(Path("cff.otf"), ASCII, has_cff=True)
    write_font(Path("sealed.ttf"), ASCII, fs_type=2)
    with pytest.raises(SettingError) as raised:
        load_fonts(options(**{key: name}), "en")
    message = str(raised.value)
    assert words in message
    assert ("did you" in words) != (f"`{key}`" in message)


def test_unusable_font_keeps_the_exports(project: Project) -> None:
    project.run("build")
    exports = project.exports()
    for key in ("pdf.font", "pdf.typeface"):
        ran = project.run("build", "--set", f"{key}=missing.ttf")
        assert (ran.status, f"`{key}`" in ran.errors) == (2, True)
        assert project.exports() == exports


def test_restricted_fonts_are_recognized(tmp_path: Path) -> None:
    for fs_type, is_free in ((0, True), (2, False), (4, True), (8, True), (0x100, False), (0x200, False)):
        path = write_font(tmp_path / f"{fs_type}.ttf", "A", fs_type=fs_type)
        assert (font_info(FontFile(str(path))).problem == "") is is_free


def test_font_without_letters_is_no_typeface(tmp_path: Path) -> None:
    path = write_font(tmp_path / "signs.ttf", "漢")
    with pytest.raises(SettingError, match="lacks letters"):
        load_fonts(options(pdf_typeface=str(path)), "en")


@pytest.mark.skipif(not shaping.is_available(), reason="needs exporter[scripts]")
@pytest.mark.parametrize(
    "text",
    [
        "漢字 שלום ✅ abc ⚠️ é👩‍💻",
        "שלום 漢字 (abc) 🇩🇪 ∀ 12",
        "漢\U000e0100字\ufe00 e\u0301 x\u20d7 ✔︎",
        "漢字漢字漢字漢字漢字✅漢字漢字漢字漢字漢字漢字漢字漢字漢字",
    ],
)
def test_mixed_scripts_are_copied_whole(tmp_path: Path, text: str) -> None:
    fonts = (
        str(write_font(tmp_path / "han.ttf", "漢字", 1000)),
        str(write_font(tmp_path / "hebrew.ttf", "שלום", 500)),
    )
    exported = export(deck(note("Q?", text)), options(pdf_duplex="short-edge", pdf_font=fonts), 0)
    assert exported.diagnostics == ()
    wanted = sorted(unicodedata.normalize("NFC", text).replace(" ", ""))
    with read(exported.files[0].data) as pdf:
        plumbed = "".join(str(char["text"]) for char in pdf.pages[1].chars)
    extracted = pypdf.PdfReader(io.BytesIO(exported.files[0].data)).pages[1].extract_text()
    for copied in (plumbed, extracted):
        letters = Counter(copied.replace(shaping.INVISIBLE, ""))
        assert not Counter(wanted) - letters, f"{copied!a} lacks {Counter(wanted) - letters}"
