"""Text that was encoded twice is repaired; text about such text is not changed."""

from __future__ import annotations

import json
import random
from contextlib import suppress

import ftfy
import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source
from exporter.readers.decoding.decode import decode
from exporter.readers.decoding.mojibake import find_repairs
from tests.in_process import CommandLine

ABOUT = {
    "q.txt": """Encodings

Question 1: Why does a page show Ã© instead of é?
Answer:
UTF-8 bytes were read as Latin-1.

Question 2: What stands where ’ should be, if you see â€™?
Answer:
Three bytes, each read as a letter of its own.
""",
    "words.md": "# Why does café become cafÃ©?\n\nIts bytes are read one by one.\n",
    "answer-below.md": "# Why does a page show cafÃ©?\n\nThe bytes of “café” were read as Windows-1252.\n",
    "row.csv": "question,answer\nWhy is donâ€™t on the page?,It is don't in another encoding.\n",
    "tabs.tsv": "Why is Ã¼ on the page?\tIt is an ü.\nWhy?\tSo.\n",
    "examples.txt": "Q: What does Ã© stand for, and â€™?\nA: Letters that were encoded twice.\n",
    "mark.txt": "Q: Where does ï»¿ come from?\nA: It is a byte order mark.\n",
    "code.md": "# What does `'é'.encode().decode('latin-1')` give?\n\n`cafÃ©`, as in `print('dÃ©jÃ vu')`.\n",
    "fence.md": "# Où?\n\n```\nprint('cafÃ©')\n```\n",
    "list.txt": "Q: How does it look?\nA:\n- sound: naïve\n- broken: naÃ¯ve\n",
    "czech.txt": "Q: Proč vidím Å¡patnÄ› místo špatně?\nA: Je to UTF-8.\n",
}


@pytest.mark.parametrize("name", list(ABOUT))
def test_text_about_mojibake_stays(name: str) -> None:
    source, diagnostics = decode(name, ABOUT[name].encode())
    assert source is not None
    assert "\n".join(source.lines) + "\n" == ABOUT[name]
    assert not diagnostics


UNDAMAGED = {
    "title": "Questions – Challenges\n\nQ: What’s a “join”?\nA: Rows.\n",
    "portuguese": "Q: O que é herança?\nA: É uma relação.\n",
    "bullets": "Q: Which?\nA:\n• one\n• two’s\n",
    "czech": "Q: Proč je to špatně?\nA: Protože Å.\n",
    "one word": "Q: Is “naïve” a word?\nA: Yes.\n",
}


@pytest.mark.parametrize("name", list(UNDAMAGED))
def test_a_file_that_was_encoded_twice_is_repaired(name: str) -> None:
    twice = UNDAMAGED[name].encode().decode("cp1252", "replace").encode()
    if "\ufffd" in twice.decode():
        twice = UNDAMAGED[name].encode().decode("latin-1").encode()
    source, diagnostics = decode("q.txt", twice)
    assert source is not None
    assert "\n".join(source.lines) + "\n" == UNDAMAGED[name]
    assert {diagnostic.code for diagnostic in diagnostics} == {"encoding-repaired"}


def test_damaged_file_about_encodings_is_repaired() -> None:
    damaged = [f"It isnâ€™t line {number}." for number in range(6)]
    source, _ = decode("q.txt", "\n".join(["Why Ã© for é?", *damaged]).encode())
    assert source is not None
    assert source.lines == ("Why é for é?", *(line.replace("â€™", "’") for line in damaged))


def test_one_damaged_title_does_not_change_a_question_about_it() -> None:
    source, _ = decode("q.txt", "Questions â€“ all\nQ: Why Ã© for é?\nA: So.".encode())
    assert source is not None
    assert source.lines == ("Questions – all", "Q: Why Ã© for é?", "A: So.")


def test_json_is_repaired_by_the_same_rules(command_line: CommandLine) -> None:
    value = {"questions": [{"question": "Why Ã© for é?", "answer": "So."}]}
    loaded = load_source(command_line.write("q.json", json.dumps(value, ensure_ascii=False)), Settings())
    assert plain_text(loaded.questions.questions[0].question) == "Why Ã© for é?"


def test_the_repair_can_be_switched_off(command_line: CommandLine) -> None:
    command_line.write("q.txt", "Q: Isnâ€™t it?\nA: No.\n")
    assert "Isn’t it?" in command_line.run("show", "q.txt").output
    ran = command_line.run("show", "q.txt", "--set", "source.repair=false")
    assert "Isnâ€™t it?" in ran.output
    assert not ran.errors


def test_repeated_punctuation_is_repaired_as_by_ftfy() -> None:
    """Common punctuation is repaired without ftfy, which takes long to import."""
    encoded = []
    for byte in range(0x80, 0xC0):
        with suppress(UnicodeDecodeError):  # five bytes are not in Windows-1252
            encoded.append(bytes([0xE2, 0x80, byte]).decode("cp1252"))
    chance = random.Random(1)
    unrepaired = 0
    for _ in range(2000):
        text = "".join(
            chance.choice(encoded) if chance.random() < 0.4 else chance.choice("abcXYZ 019.,!?()[]-/&$%*_#<>")
            for _ in range(chance.randrange(2, 14))
        )
        line = f"Damaged â€“ and {text}"
        repairs = find_repairs([line])
        unrepaired += not repairs  # taken for a line about mojibake
        assert not repairs or repairs[0] == ftfy.fix_encoding(line)
    assert unrepaired < 400
