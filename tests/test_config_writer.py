"""Changing numbers in a configuration: all else stays as it is, byte by byte."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from exporter.config.config_writer import ConfigWriteError, set_values, write_values

VALUES = {"offset_x": 1.25, "rotation": -0.1}
TABLE = "[pdf.printer]\noffset_x = 1.25\nrotation = -0.1\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", TABLE),
        ("# mine\n", f"# mine\n\n{TABLE}"),
        ("title = 'x'", f"title = 'x'\n\n{TABLE}"),
        (
            "[pdf]\nstock = 'a7' # small\n\n# sheets\n[sheet]\ncolumns = 2\n",
            f"[pdf]\nstock = 'a7' # small\n\n# sheets\n[sheet]\ncolumns = 2\n\n{TABLE}",
        ),
        (
            "[pdf.printer]\n# upstairs\noffset_x = 1 # read\nback_offset_x = 3\n\n[sheet]\ncolumns=2\n",
            "[pdf.printer]\n# upstairs\noffset_x = 1.25 # read\nback_offset_x = 3\nrotation = -0.1\n\n"
            "[sheet]\ncolumns=2\n",
        ),
        (
            "pdf.stock = 'a7'\npdf.printer.offset_x = 1 # read\ntitle = 'x'\n",
            "pdf.stock = 'a7'\npdf.printer.offset_x = 1.25 # read\npdf.printer.rotation = -0.1\ntitle = 'x'\n",
        ),
        ("pdf.stock = 'a7'\ntitle = 'x'\n", f"pdf.stock = 'a7'\ntitle = 'x'\n\n{TABLE}"),
        (
            "[pdf]\nprinter = {offset_x = 1} # read\nstock = 'a7'\n",
            "[pdf]\nprinter = {offset_x = 1.25,rotation = -0.1} # read\nstock = 'a7'\n",
        ),
        ("[sheet]\ncolumns = 2\n[pdf.printer]\nrotation = 1\noffset_x = 2\n[pdf]\nstock = 'a7'\n", None),
        ("pdf = {stock = 'a7'}\n[sheet]\ncolumns = 2\n", None),
    ],
)
def test_only_the_numbers_change(before: str, after: str | None) -> None:
    changed = set_values(before, "pdf.printer", VALUES)
    if after is not None:
        assert changed == after
    expected = tomllib.loads(before)
    expected.setdefault("pdf", {}).setdefault("printer", {}).update(VALUES)
    assert tomllib.loads(changed) == expected
    assert set_values(changed, "pdf.printer", VALUES) == changed


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    before = "\ufeff[pdf]\r\nstock = 'a7'\r\n"
    assert set_values(before, "pdf.printer", VALUES) == before + "\r\n" + TABLE.replace("\n", "\r\n")


def test_a_form_that_cannot_be_changed_is_an_error() -> None:
    with pytest.raises(ConfigWriteError, match=r"Set offset_x = 1.25, rotation = -0.1 in it yourself"):
        set_values("[pdf]\nprinter = 3\n", "pdf.printer", VALUES)


def test_a_pyproject_has_its_table_below_tool(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.exporter]\ntitle = 'x'\n")
    assert write_values(path, "pdf.printer", VALUES)
    assert path.read_text() == "[tool.exporter]\ntitle = 'x'\n\n" + TABLE.replace(
        "[pdf", "[tool.exporter.pdf"
    )
    assert not write_values(path, "pdf.printer", VALUES)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.toml", tmp_path / "exporter.toml"
    real.write_text("# mine\n")
    link.symlink_to(real)
    write_values(link, "pdf.printer", VALUES)
    assert link.is_symlink() and real.read_text() == f"# mine\n\n{TABLE}"


def test_a_file_that_is_not_utf_8_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "exporter.toml"
    path.write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigWriteError, match="not UTF-8"):
        write_values(path, "pdf.printer", VALUES)
    assert path.read_bytes() == b"# caf\xe9\n"
