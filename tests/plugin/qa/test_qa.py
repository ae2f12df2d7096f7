"""The reader passes the checks of readers."""

from exporter_qa import read

from exporter import testing


def test_reader_passes_the_checks() -> None:
    testing.check_reader(read, "Q Why tests?\nA They stay.\n", "stray\nQ Why?\n")
