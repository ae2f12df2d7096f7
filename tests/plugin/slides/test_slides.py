"""The slides are as their golden file, and pass the checks of exporters."""

from pathlib import Path

from exporter_slides import SlidesSettings, export

from exporter import testing

GOLDEN = Path(__file__).with_name("golden")


def test_export_passes_the_checks() -> None:
    testing.check_exporter(export)


def test_export_runs_with_other_settings() -> None:
    testing.check_exporter(export, settings=testing.settings(SlidesSettings(answers=False)))


def test_slides_are_as_they_were() -> None:
    testing.check_golden(export(testing.deck(), testing.settings(plugin=export), 0), GOLDEN)
