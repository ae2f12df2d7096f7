"""Errors of libraries are reported in the user's terms, with what to do."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import fontpkg
import pytest

from tests.faults import builder
from tests.projects import PIXEL, Project

pytestmark = pytest.mark.slow

NEW = "exporter.toml"
WHOLE_FONT = Path(fontpkg.path("Noto Sans")).read_bytes()
ANSWERS, FRONT = "templates/markdown/answers.md.j2", "templates/anki/front.html"

FILES: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "an undefined name": (
        ANSWERS,
        b"# x\n{{ titel }}\n",
        ("answers.md.j2:2:1", "“titel” is not defined; did you mean “title”", "Fix"),
    ),
    "an undefined attribute": (
        ANSWERS,
        b"{% for s in sections %}\n{{ s.x.y }}{% endfor %}",
        (":2:1", "Fix"),
    ),
    "a broken tag": (ANSWERS, b"# x\n\n{% for %}\n", ("answers.md.j2:3:1", "Fix")),
    "an open block": (ANSWERS, b"{% if title %}\n", ("answers.md.j2:1", "endif", "Fix")),
    "an unknown filter": (ANSWERS, b"\n{{ title | nope }}\n", ("answers.md.j2:2:1", "nope", "Fix")),
    "a missing include": (ANSWERS, b"\n{% include 'gone.j2' %}\n", ("answers.md.j2:2:1", "gone.j2", "Fix")),
    "an include of itself": (
        ANSWERS,
        b"{% include 'markdown/answers.md.j2' %}",
        (":1:1", "deep", "Fix"),
    ),
    "an include from outside": (ANSWERS, b"{% include '../input/exporter.lock' %}", (":1:1", "Fix")),
    "a way out of the sandbox": (ANSWERS, b"\n{{ ''.__class__.__mro__ }}", (":2:1", "unsafe", "Fix")),
    "a format string": (ANSWERS, b"{{ '{0.__class__.__mro__}'.format(title) }}", (":1:1", "unsafe", "Fix")),
    "a call of a subclass": (ANSWERS, b"{{ [].append.__self__ }}", (":1:1", "unsafe", "Fix")),
    "a division by zero": (ANSWERS, b"{{ 1 / 0 }}", ("answers.md.j2:1:1", "division by zero", "Fix")),
    "a wrong sum": (ANSWERS, b"\n{{ title + 1 }}", ("answers.md.j2:2:1", "Fix")),
    "a long range": (ANSWERS, b"{% for a in range(10 ** 9) %}{% endfor %}", ("answers.md.j2:1:1", "Fix")),
    "Latin in a template": (ANSWERS, b"# x\n\xe9\n", ("answers.md.j2:2:1", "not UTF-8", "Fix")),
    "Latin in a front": (FRONT, b"{{Question}}\n\xe9", ("front.html:2:1", "not UTF-8", "Fix")),
    "a field there is not": (
        "templates/anki/back.html",
        b"{{FrontSide}}\n\n{{#Cues}}{{Foo}}{{/Cues}}",
        ("back.html:3:1", "unknown field “Foo”", "Fix"),
    ),
    "a front without fields": (FRONT, b"nothing", ("front.html:1:1", "no field", "Fix")),
    "a front with an open section": (FRONT, b"{{#Question}}", ("front.html:1:1", "Fix")),
    "broken TOML": (NEW, b'title = "x\n', ("exporter.toml:1:", "not valid TOML", "Fix")),
    "TOML too deep": (NEW, b"title = " + b"[" * 5000, ("exporter.toml", "not valid TOML", "Fix")),
    "a long TOML number": (NEW, b"title = " + b"1" * 5000, ("exporter.toml", "not valid TOML", "Fix")),
    "an infinite number": (NEW, b"[pdf.custom]\ncard_width = inf\n", ("exporter.toml:2:", "number")),
    "no number": (NEW, b"[pdf.printer]\nrotation = nan\n", ("exporter.toml:2:", "number")),
    "no table": (
        "pyproject.toml",
        b"# tool.exporter\n[tool]\nexporter = 1\n",
        ("pyproject.toml", "not a table"),
    ),
    "no table at all": ("pyproject.toml", b"# tool.exporter\ntool = 1\n", ("pyproject.toml", "not a table")),
    "a long name in TOML": (NEW, b"x" * 3000 + b" = 1", ("exporter.toml:1:", "Unknown setting")),
    "a font of noise": ("f.ttf", b"\0\1\0\0" + bytes(range(256)) * 8, ("f.ttf", "set `pdf.font`")),
    "an empty font": ("f.ttf", b"", ("f.ttf", "set `pdf.font`")),
    "a font that is text": ("f.ttf", b"not a font at all, but text\n" * 9, ("f.ttf", "set `pdf.font`")),
    "a lock of lone surrogates": (
        "input/exporter.lock",
        b'{"exporter-lock": 1, "templates": "", "templates_modified": 0}\n{"source": "a", "namespace": "\xff"}\n',
        ("exporter.lock:2:1", "recover"),
    ),
    "a lock of huge numbers": (
        "input/exporter.lock",
        b'{"exporter-lock": 1, "templates": "", "templates_modified": 99999999999999999999}\n',
        ("exporter.lock:1:1", "recover"),
    ),
    "a font that is cut short": (
        "f.ttf",
        WHOLE_FONT[:400_000],
        ("f.ttf", "unexpected end", "set `pdf.font`"),
    ),
    "a font that is cut off early": ("f.ttf", WHOLE_FONT[:5000], ("f.ttf", "set `pdf.font`")),
    "conditions without end": (
        FRONT,
        b"{{Question}}" + b"{{#Question}}" * 2000 + b"{{/Question}}" * 2000,
        ("front.html:1:1", "deep", "Fix"),
    ),
    "blocks without end": (ANSWERS, b"{% if a %}" * 300 + b"{% endif %}" * 300, (":1:1", "deep", "Fix")),
    "brackets without end": (
        ANSWERS,
        b"{{" + b"(" * 500 + b"1" + b")" * 500 + b"}}",
        (":1:1", "deep", "Fix"),
    ),
    "a broken font's head": ("f.ttf", b"OTTO" + b"\0" * 400, ("f.ttf", "set `pdf.font`")),
}


@pytest.mark.parametrize(("name", "data", "words"), list(FILES.values()), ids=list(FILES))
def test_a_broken_file(built: Project, name: str, data: bytes, words: tuple[str, ...]) -> None:
    exports = built.exports()
    path = built.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    options = ["--set", f"pdf.font={name}"] if name.endswith(".ttf") else []
    ran = built.run("build", *options)
    assert ran.status in (1, 2), ran.errors
    assert "Traceback" not in ran.errors
    assert "Internal error" not in ran.errors
    assert all(word in ran.errors for word in words), ran.errors
    assert built.exports() == exports


PAGES: dict[str, tuple[str, bytes, str]] = {
    "a name there is not": ("page.html.j2", b"<p>\n{{ nope }}", "page.html.j2:2:1"),
    "jinja that does not close": ("page.html.j2", b"{% if title %}", "page.html.j2:1:1"),
    "what only ours can use": (
        "page.html.j2",
        b"\n{% include 'markdown/answers.md.j2' %}",
        "page.html.j2:2:1",
    ),
    "Latin in a script": ("page.js", b"// caf\xe9", "page.js:1:1"),
}


@pytest.mark.parametrize(("name", "data", "place"), list(PAGES.values()), ids=list(PAGES))
def test_a_broken_template_of_the_preview(built: Project, name: str, data: bytes, place: str) -> None:
    own = built.root / "templates" / "preview"
    own.mkdir(parents=True, exist_ok=True)
    (own / name).write_bytes(data)
    exports = built.exports()
    ran = built.run("preview")
    (own / name).unlink()
    assert ran.status == 2, ran.errors
    assert place in ran.errors
    assert "[bad-template]" in ran.errors
    assert built.exports() == exports


PICTURES: dict[str, bytes] = {
    "empty": b"",
    "noise": bytes(range(256)) * 4,
    "cut short": PIXEL[:40],
    "of a broken checksum": PIXEL[:20] + b"\xff\xff" + PIXEL[22:],
    "a bomb": PIXEL[:16] + (60_000).to_bytes(4, "big") * 2 + PIXEL[24:],
    "text": b"<html>not found</html>",
}


@pytest.mark.parametrize("suffix", [".png", ".svg"])
@pytest.mark.parametrize("data", list(PICTURES.values()), ids=list(PICTURES))
def test_a_broken_picture_is_shown_as_its_words(project: Project, data: bytes, suffix: str) -> None:
    project.source.unlink()
    (project.root / "input" / f"plan{suffix}").write_bytes(data)
    (project.root / "input" / "a.md").write_text(f"## What?\n\nThis.\n\n![the plan](plan{suffix})\n")
    ran = project.run("build")
    assert "unreadable-image" in ran.errors
    assert f"plan{suffix}" in ran.errors


def _zip(*entries: tuple[str, bytes]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as package:
            for name, data in entries:
                package.writestr(name, data)

    return write


def _bytes(data: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data) and None


PACKAGES: dict[str, Callable[[Path], None]] = {
    "empty": lambda path: path.touch(),
    "noise": _bytes(bytes(range(256)) * 9),
    "cut short": _bytes(b"PK\3\4" + bytes(60)),
    "without a collection": _zip(("media", b"{}")),
    "with an empty collection": _zip(("collection.anki2", b"")),
    "with noise for a collection": _zip(("collection.anki2", bytes(range(256)) * 9)),
    "with a head alone": _zip(("collection.anki2", b"SQLite format 3\0" + bytes(84))),
    "with broken zstd": _zip(("collection.anki21b", b"\x28\xb5\x2f\xfd" + bytes(range(200)))),
    "with zstd cut short": _zip(("collection.anki21b", b"\x28\xb5\x2f\xfd")),
    "a fifo": lambda path: os.mkfifo(path),
}


@pytest.mark.parametrize("write", list(PACKAGES.values()), ids=list(PACKAGES))
def test_a_broken_package(project: Project, write: Callable[[Path], None]) -> None:
    write(project.root / "deck.apkg")
    ran = builder.run(project, "recover", "deck.apkg", "--yes")
    assert ran.status == 1, ran.errors
    assert "deck.apkg" in ran.errors
    assert "Name an .apkg or .colpkg file" in ran.errors
    assert not project.lock.exists()


def test_a_name_that_is_not_text(project: Project) -> None:
    project.source.rename(project.root / "input" / "caf\udce9.txt")
    ran = project.run("build")
    assert ran.status == 2
    assert "contains bytes that are not text" in ran.errors
    assert "Rename it" in ran.errors
    assert project.run("check", "--format", "json").status == 2


def test_a_folder_whose_name_is_not_text(tmp_path: Path) -> None:
    project = Project.with_seed(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")))
    assert len(project.run("build").output) > 0
    assert project.run("build", "--out", "out\udce9").status == 0


@pytest.mark.parametrize(
    "stem", ["x" * 251, "é" * 119, "字" * 79, "a b 'c' \"d\" $e", "-x", "a\nb", "…", "🙂", "a%20b#c?d"]
)
def test_any_other_name(project: Project, stem: str) -> None:
    project.source.rename(project.root / "input" / f"{stem}.txt")
    ran = project.run("build", "--quiet")
    assert "Traceback" not in ran.errors
    if len(stem.encode()) > 239:
        assert ran.status == 3
        assert "a name that is too long. " in ran.errors.replace("; earlier exports are unchanged", "")
        assert "Give the source a shorter name" in ran.errors
    else:
        assert ran.status == 0, ran.errors
        assert {name.startswith(stem) for name in project.exports()} == {True}
        assert project.run("build", "--locked", "--quiet").status == 0


@pytest.mark.parametrize("assignment", ["title=\udce9", "deck=\udce9", "language=\udce9"])
def test_a_setting_that_is_not_text(project: Project, assignment: str) -> None:
    ran = project.run("build", "--set", assignment)
    assert ran.status == 2, ran.errors
    assert "not text" in ran.errors


@pytest.mark.parametrize("time", ["9" * 12, "9" * 5000])
def test_a_time_beyond_all_time(project: Project, time: str) -> None:
    ran = project.run("build", environment={"SOURCE_DATE_EPOCH": time})
    assert ran.status == 2
    assert "SOURCE_DATE_EPOCH" in ran.errors


def test_a_terminal_that_knows_no_unicode(project: Project) -> None:
    environment = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    assert project.run("build", "--verbose", environment=environment).status == 0
