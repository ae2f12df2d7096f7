"""`exporter calibrate`: the sheet, and what is read from it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pypdf
import pytest

from tests.projects import Project

CONFIGURATION = '# mine\n[pdf]\nstock = "a4-a7" # small\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "exporter.toml").write_text(CONFIGURATION)
    return Project(tmp_path)


def configuration(project: Project) -> str:
    return (project.root / "exporter.toml").read_text()


def test_the_printed_command_writes_the_corrections(project: Project) -> None:
    assert project.run("calibrate").status == 0
    pages = pypdf.PdfReader(project.root / "dist" / "calibration.pdf").pages
    text = " ".join(pages[0].extract_text().split())
    found = re.search(r"exporter (calibrate --sheet \d{4} --front A B C --back D E F)", text)
    assert found
    read = dict(zip("ABCDEF", ("10.4", "9,6", "9.8", "8.5", "10", "11"), strict=True))
    arguments = [read.get(word, word) for word in found[1].split()]
    dry = project.run(*arguments, "--dry-run")
    assert dry.status == 0 and configuration(project) == CONFIGURATION
    ran = project.run(*arguments)
    assert ran.status == 0, ran.errors
    assert ran.output.startswith(dry.output)
    written = configuration(project)
    assert written.startswith(CONFIGURATION)
    printer = tomllib.loads(written)["pdf"]["printer"]
    assert set(printer) == {
        f"{back}{key}" for back in ("", "back_") for key in ("offset_x", "offset_y", "rotation")
    }
    assert printer["offset_y"] == pytest.approx(-0.3) and printer["back_rotation"] == pytest.approx(0.308)
    # the same sheet again would correct twice
    again = project.run(*arguments)
    assert again.status == 2 and "was printed with other corrections" in again.errors
    assert configuration(project) == written


def test_a_right_sheet_changes_nothing(project: Project) -> None:
    assert project.run("calibrate", "--front", "10.5", "10", "10").status == 0
    before = configuration(project)
    ran = project.run("calibrate", "--front", "10", "10", "10")
    assert ran.status == 0 and "exporter.toml is unchanged." in ran.output
    assert configuration(project) == before


def test_one_side_alone_leaves_the_other(project: Project) -> None:
    assert project.run("calibrate", "--back", "10", "11", "11").status == 0
    assert tomllib.loads(configuration(project))["pdf"]["printer"] == {
        "back_offset_x": 0, "back_offset_y": 1, "back_rotation": 0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--front", "10", "10"], "requires 3 arguments"),
        (["--front", "10", "10", "--back", "1", "2", "3"], "10 10 are not the three readings A B C."),
        (["--back", "10", "ten", "10"], "10 ten 10 are not three numbers. Give what is read at D E F."),
        (["--front", "10", "20.1", "10"], "are not all on the scales, which go from 0 to 20."),
        (["--front", "10", "-0.1", "10"], "are not all on the scales"),
        (["--front", "nan", "10", "10"], "are not all on the scales"),
        (["--front", "10", "20", "0"], "more than 20 mm or 5°. Check them"),
        (["--sheet", "1", "--front", "10", "10", "10"], "Sheet 1 was printed with other corrections"),
        (["--back", "10", "10", "10", "--set", "pdf.duplex=fold"], "sheets have no back. Leave out --back."),
        (["--dry-run"], "Give what you read on the sheet"),
    ],
)
def test_readings_that_cannot_be_used_are_refused(
    project: Project, arguments: list[str], message: str
) -> None:
    ran = project.run("calibrate", *arguments)
    assert ran.status == 2, ran.output
    assert message in ran.errors
    assert configuration(project) == CONFIGURATION
    assert not (project.root / "dist").exists()


def test_without_a_configuration_nothing_is_written(tmp_path: Path) -> None:
    project = Project(tmp_path)
    readings = ["calibrate", "--front", "10.5", "10", "10"]
    assert project.run(*readings, "--dry-run").status == 0
    ran = project.run(*readings)
    assert ran.status == 2 and "No exporter.toml was found" in ran.errors
    assert not list(tmp_path.iterdir())
