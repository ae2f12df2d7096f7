"""The default paper: by the region of `language`, and never by the computer's locale."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from exporter.cards.stock_choice import find_stock
from exporter.config.choices import Paper
from exporter.config.paper import LETTER_REGIONS, find_region, sheet_paper
from exporter.config.settings import Settings, with_values
from exporter.config.settings_table import Value
from tests.projects import Project

SOURCE = "Question 1: What is a heap?\nAnswer:\nA tree in an array.\n"


@pytest.mark.parametrize(
    ("tag", "region"),
    [
        ("en", ""),
        ("en-US", "US"),
        ("EN_us", "US"),
        ("es-419", "419"),
        ("zh-Hant-TW", "TW"),
        ("zh-cmn-Hans-CN", "CN"),
        ("en_US.UTF-8", "US"),
        ("fr_CA@euro", "CA"),
        ("de-1996", ""),
        ("en-u-rg-uszzzz", ""),
        ("sr-Latn", ""),
        ("C.UTF-8", ""),
        ("POSIX", ""),
        ("", ""),
        ("us", ""),
    ],
)
def test_region_is_found_in_tags_and_locales(tag: str, region: str) -> None:
    assert find_region(tag) == region


@pytest.mark.parametrize(
    ("language", "stock", "paper"),
    [
        ("en", "a4-3x5", Paper.A4),
        ("en-GB", "a4-3x5", Paper.A4),
        ("es-419", "a4-3x5", Paper.A4),
        ("", "a4-3x5", Paper.A4),
        ("pt-BR", "a4-3x5", Paper.A4),
        ("es-MX", "letter-3x5", Paper.LETTER),
        *((f"en-{region}", "letter-3x5", Paper.LETTER) for region in sorted(LETTER_REGIONS)),
    ],
)
def test_paper_is_usual_in_the_region_of_the_language(language: str, stock: str, paper: Paper) -> None:
    settings = with_values(Settings(), {"language": language})
    assert find_stock(settings).name == stock
    assert sheet_paper(settings) is paper


@pytest.mark.parametrize("values", [{"pdf.stock": "a7", "sheet.paper": "a4"}])
def test_paper_that_is_set_is_used_in_any_region(values: dict[str, Value]) -> None:
    settings = with_values(Settings(), {"language": "en-US", **values})
    assert find_stock(settings).name == "a4-a7"
    assert sheet_paper(settings) is Paper.A4


def make_project(folder: Path) -> Project:
    project = Project(folder)
    project.source.parent.mkdir()
    project.write(SOURCE)
    return project


US = {"LC_ALL": "", "LC_PAPER": "", "LANG": "en_US.UTF-8"}


@pytest.mark.parametrize(
    ("environment", "options", "is_advised"),
    [
        (US, (), True),
        ({**US, "LC_PAPER": "de_DE.UTF-8"}, (), False),
        ({**US, "LANG": "de_DE.UTF-8", "LC_PAPER": "es_MX"}, (), True),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, (), False),
        (US, ("--set", "language=en-GB"), False),
        (US, ("--set", "pdf.stock=a7", "--set", "sheet.paper=a4"), False),
        (US, ("--quiet",), False),
        (US, ("--format", "json"), False),
    ],
)
def test_locale_changes_no_bytes_and_is_mentioned(
    tmp_path: Path, environment: dict[str, str], options: tuple[str, ...], is_advised: bool
) -> None:
    project = make_project(tmp_path)
    first = project.run("build", "--to", "pdf", *options, environment=environment)
    assert ("has Letter: set `language = " in first.output) == is_advised
    data = project.exports()
    again = project.run("build", "--to", "pdf", *options, environment={"LC_ALL": "C"})
    assert project.exports() == data
    assert "has Letter" not in again.output


def test_build_names_the_stock_it_chose(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    ran = project.run("build", "--to", "pdf", "--format", "json", "--set", "language=en-US")
    assert json.loads(ran.output)["files"][0]["stock"] == "letter-3x5"


@pytest.mark.parametrize(
    ("environment", "stock", "paper"), [(US, "letter-3x5", "letter"), ({"LC_ALL": "C"}, "a4-3x5", "a4")]
)
def test_new_project_has_the_paper_of_the_locale(
    tmp_path: Path, environment: dict[str, str], stock: str, paper: str
) -> None:
    assert Project(tmp_path).run("init", environment=environment).status == 0
    settings = tomllib.loads((tmp_path / "exporter.toml").read_text("utf-8"))
    assert (settings["pdf"]["stock"], settings["sheet"]["paper"]) == (stock, paper)
