"""Configuration: found, checked, shown, and documented as it is."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import fontpkg
import pytest
from jsonschema import Draft7Validator

from exporter.cli.config import format_toml
from exporter.config import loader
from exporter.config.settings import SETTINGS, Settings
from exporter.config.settings_schema import make_schema
from exporter.config.words import find_words
from exporter.model.diagnostics import has_errors
from tests import setting_values
from tests.projects import REPOSITORY, Project

MISTAKES = {
    "an unknown key": (
        '[pdf]\nstok = "a4-a7"\n',
        2,
        1,
        "Unknown setting “pdf.stok”",
        "Did you mean “pdf.stock”?",
    ),
    "an unknown section": ('[pfd]\nstock = "a4-a7"\n', 2, 1, "Unknown setting “pfd.stock”", "pdf.stock"),
    "a wrong kind": ("title = 3\n", 1, 1, "“title” must be a string, not 3", ""),
    "a number beyond all": (
        f"[pdf]\nstart_slot = 1{'0' * 400}\n",
        2,
        1,
        "“pdf.start_slot” must be a finite number",
        "",
    ),
    "none of the choices": (
        '[pdf]\nduplex = "long"\n',
        2,
        1,
        "cannot be 'long'",
        "Did you mean “long-edge”?",
    ),
    "an unknown encoding": (
        '[source]\nencoding = "windwos-1250"\n',
        2,
        1,
        "“source.encoding” is not a known encoding: 'windwos-1250'",
        "Did you mean “windows-1250”?",
    ),
    "a codec that is no text's": (
        'source.encoding = "rot13"\n',
        1,
        1,
        "is not a known encoding",
        "for instance",
    ),
    "no number": ("pdf.custom.left = nan\n", 1, 1, "“pdf.custom.left” must be a finite number", ""),
    "no TOML": ("title = \n", 1, 9, "The configuration is not valid TOML", "Fix this line"),
    "a dotted key": ('# so\npdf.stok = "x"\n', 2, 1, "Unknown setting “pdf.stok”", "pdf.stock"),
}


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"), list(MISTAKES.values()), ids=list(MISTAKES)
)
def test_a_mistake_is_reported_with_its_place(
    tmp_path: Path, text: str, line: int, column: int, message: str, hint: str
) -> None:
    (tmp_path / "exporter.toml").write_text(text)
    (found,) = loader.load(tmp_path).diagnostics
    assert found.span is not None
    assert (found.span.line, found.span.column) == (line, column)
    assert message in found.message
    assert hint in (found.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        '[tool]\nexporter.title = "Mine"\n',
        '[ tool . exporter ]\ntitle = "Mine"\n',
        'tool.exporter.title = "Mine"\n',
    ],
)
def test_a_pyproject_may_be_spelt_in_any_way(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert loader.load(tmp_path).settings.title == "Mine"


def test_a_pyproject_whose_exporter_is_not_a_table_is_reported(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\nexporter = 3\n")
    (found,) = loader.load(tmp_path).diagnostics
    assert found.code == "config-syntax"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "exporter"\n')
    assert not loader.load(tmp_path).diagnostics


def test_the_nearest_configuration_upwards_holds(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.exporter]\ntitle = "Upper"\n')
    inner = tmp_path / "project" / "input"
    inner.mkdir(parents=True)
    assert loader.load(inner).settings.title == "Upper"
    (tmp_path / "project" / "exporter.toml").write_text('title = "Inner"\n')
    found = loader.load(inner)
    assert found.settings.title == "Inner"
    assert found.root == tmp_path / "project"
    assert loader.load(inner, ["title=Outermost"]).settings.title == "Outermost"
    (tmp_path / "project" / "pyproject.toml").write_text("[tool.other]\n")
    assert loader.load(inner).root == tmp_path / "project"


def test_a_font_is_named_from_the_folder_of_the_configuration(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = project.root / "fonts"
    fonts.mkdir()
    shutil.copyfile(fontpkg.path("Noto Sans"), fonts / "own.ttf")
    (project.root / "exporter.toml").write_text('pdf.font = "fonts/own.ttf"\n')
    monkeypatch.chdir(project.root / "input")
    (font,) = loader.load(Path.cwd()).settings.pdf.font
    assert Path(font).samefile(fonts / "own.ttf")
    inside = Project(project.root / "input")
    assert inside.run("build").status == 0
    assert "(unchanged)" in inside.run("build", "--verbose").output
    (fonts / "own.ttf").write_bytes(b"no font any more")
    assert "set `pdf.font`" in inside.run("build").errors
    (project.root / "exporter.toml").write_text('pdf.font = "Noto Sans"\n')
    assert inside.run("build").status == 0


def test_config_shows_each_value_and_where_it_came_from(project: Project) -> None:
    (project.root / "exporter.toml").write_text('title = "My “own” title"\n')
    value = json.loads(project.run("config", "--format", "json", "--set", "language=de").output)["settings"]
    assert set(value) == set(SETTINGS)
    assert value["title"]["origin"].endswith("exporter.toml:1")
    assert value["language"] == {"value": "de", "origin": "--set"}
    assert value["pdf.stock"]["origin"] == "default"
    shown = project.run("config").output
    assert "title" in shown
    assert "language" not in shown
    assert all(key in project.run("config", "--all").output for key in SETTINGS)


def test_what_config_prints_is_read_again(tmp_path: Path) -> None:
    lines = [
        f"{setting.key} = {format_toml(setting.default)}"
        for setting in SETTINGS.values()
        if setting.default is not None
    ]
    (tmp_path / "exporter.toml").write_text("\n".join(lines) + "\n")
    found = loader.load(tmp_path)
    assert not found.diagnostics
    assert found.settings == Settings()


def test_every_setting_is_documented_as_it_is(update_golden: bool) -> None:
    path = REPOSITORY / "docs" / "configuration.md"
    rows = ["| key | default | meaning |", "|---|---|---|"]
    word_rows = ["| key | English | German |", "|---|---|---|"]
    for setting in SETTINGS.values():
        if setting.key.startswith("words."):
            german = getattr(find_words("de"), setting.key.removeprefix("words."))
            word_rows.append(f"| `{setting.key}` | {setting.help} | {german} |")
            continue
        choices = (
            f" One of {', '.join(f'`{choice}`' for choice in setting.choices)}." if setting.choices else ""
        )
        default = "" if setting.default in (None, "") else f"`{format_toml(setting.default)}`"
        rows.append(f"| `{setting.key}` | {default} | {setting.help}{choices} |")
    text = path.read_text("utf-8")
    head, _, rest = text.partition("<!-- settings -->\n")
    _, _, tail = rest.partition("<!-- end of settings -->\n")
    tail, _, rest = tail.partition("<!-- words -->\n")
    _, _, last = rest.partition("<!-- end of words -->\n")
    words = "\n".join(("<!-- words -->", *word_rows, "<!-- end of words -->", ""))
    wanted = (
        f"{head}<!-- settings -->\n" + "\n".join(rows) + f"\n<!-- end of settings -->\n{tail}{words}{last}"
    )
    if update_golden:
        path.write_text(wanted, "utf-8")
    assert text == wanted or update_golden


def test_the_schema_of_the_settings_is_written_down(project: Project, update_golden: bool) -> None:
    path = REPOSITORY / "docs" / "schemas" / "exporter-toml.json"
    printed = project.run("config", "--schema").output
    if update_golden:
        path.write_text(printed, "utf-8")
    assert path.read_text("utf-8") == printed


@pytest.mark.parametrize(
    ("text", "is_valid"),
    [
        ("", True),
        ("title = 'Mine'\npdf.stock = 'a7'\npdf.smallest = 10.5\nto = ['anki']", True),
        ("source.questions = 'N.'\npdf.font = ['a.ttf', 'Lexend']", True),
        ("pdf.printer.offset_x = -2\npdf.qr = true\n", True),
        ("[source.'a*.txt']\nquestions = ['Q:']\ndeck = 'A'\ndelimited.question = '1'", True),
        ("[source.'a.txt'.source]\nrepair = false", True),
        ("pdf.stick = 'a7'", False),
        ("pdf = 'a7'", False),
        ("title = 1", False),
        ('title = "a\\u0007"', False),
        ("to = 'anki'", False),
        ("pdf.qr = 1", False),
        ("pdf.smallest = '9'", False),
        ("pdf.smallest = 1e10", False),
        ("pdf.smallest = true", False),
        ("pdf.content = 'all'", False),
        ("pdf.font = [1]", False),
        ("[source.'a.txt']\npdf.stock = 'a7'", False),
        ("[source.'a.txt']\nquestion = 'Q:'", False),
    ],
)
def test_the_schema_takes_what_is_loaded(tmp_path: Path, text: str, is_valid: bool) -> None:
    (tmp_path / "exporter.toml").write_text(text, "utf-8")
    assert has_errors(loader.load(tmp_path).diagnostics) != is_valid
    validator = Draft7Validator(make_schema())
    validator.check_schema(validator.schema)
    assert validator.is_valid(tomllib.loads(text)) == is_valid


def test_init_writes_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    project = Project(tmp_path / "new")
    project.root.mkdir()
    (project.root / "input").symlink_to("../outside")
    ran = project.run("init")
    assert ran.status == 3
    assert "Remove the link" in ran.errors
    assert not list((tmp_path / "outside").iterdir())


def test_init_makes_a_project_that_builds_and_never_overwrites(tmp_path: Path) -> None:
    project = Project(tmp_path / "new")
    project.root.mkdir()
    assert "Wrote " in project.run("init").output
    assert project.run("build").status == 0
    assert len(list((project.root / "dist").iterdir())) == 6
    (project.root / "exporter.toml").write_text("# mine\n")
    ran = project.run("init")
    assert ran.status == 0
    assert ran.output.count("left unchanged") == 3
    assert (project.root / "exporter.toml").read_text() == "# mine\n"
    other = project.run("init", "deeper/down")
    assert "cd deeper/down" in other.output


@pytest.mark.parametrize("command", ["share", "calibrate", "config", "build"])
def test_a_broken_configuration_is_reported_by_every_command(project: Project, command: str) -> None:
    (project.root / "exporter.toml").write_text("title = \n")
    ran = project.run(command)
    assert ran.status == 2
    assert "exporter.toml:1:9: error" in ran.errors


@pytest.mark.parametrize("kind", ["anki", "markdown", "preview", "sheet"])
def test_each_kind_of_template_is_found(kind: str, tmp_path: Path) -> None:
    (tmp_path / "exporter.toml").touch()
    assert not loader.load(tmp_path).settings.templates
    (tmp_path / "templates" / kind).mkdir(parents=True)
    assert loader.load(tmp_path).settings.templates == str(tmp_path / "templates")


def test_keywords_of_the_python_api_are_all_settings(update_golden: bool) -> None:
    text = setting_values.render_setting_values()
    if update_golden:
        setting_values.PATH.write_text(text, encoding="utf-8", newline="\n")
    assert setting_values.PATH.read_text("utf-8") == text, "run this test with --update-golden"
