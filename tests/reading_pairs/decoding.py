"""Pairs for `exporter/readers/decoding/`."""

from __future__ import annotations

from tests.reading_pairs.case import Case
from tests.test_readers_decoding import KNOWN, SENTENCES, STEERED, WESTERN


def _answered(title: str, answer: str, encoding: str, language: str = "", expected: str = "") -> Case:
    """Return a case whose answer must be read from an encoding; `expected` if it is read as other text."""
    head = f"Language: {language}\n\n" if language else ""
    text = f"{head}Question 1: Why?\nAnswer: {answer}\n"
    return Case(title, "a.txt", text.encode(encoding), (expected or answer,), "answers")


RUSSIAN = "Вопрос 1: Что это?\nОтвет: Класс описывает объекты, их свойства и методы.\n"
JAPANESE = "質問1: 何ですか？\n回答: オブジェクトの型です。\n"
UNICODE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
BINARY = ("binary-file 1",)


def _searched(title: str, chars: int, answer: str) -> Case:
    """Return a case whose language is declared after so many characters."""
    head = "Question 1: Who?\nAnswer:\n" + "some words\n" * (chars // 11) + "Language: hr\n\n"
    text = f"{head}Question 2: Why?\nAnswer: Reč".encode("cp1250")
    return Case(title, "a.txt", text, (answer,), "last answer")


def _merged(title: str, label: str, *expected: str) -> Case:
    return Case(title, "a.txt", f"Question 1: Why?\nAnswer:\nSo.\n||||||| {label}\n", expected, "codes")


def _zeros(title: str, zeros: int, *expected: str) -> Case:
    """Return a case in UTF-16 in which some of the letters have a low byte of zero."""
    text = "Q: a?\nA: " + "Ā" * zeros + "a" * (91 - zeros)
    return Case(title, "a.txt", text.encode("utf-16-le"), expected, "codes")


def _repaired(title: str, lines: list[str], expected: str) -> Case:
    return Case(
        title, "a.txt", "\n".join(["Question 1: Why?", "Answer:", *lines, ""]), (expected,), "answers"
    )


WRONG, RIGHT = "Then Ã©tÃ© was seen", "and été was meant"
EXAMPLE, DAMAGED = "It shows `a Ã© b` there", "Lâ€™été, câ€™est là"
SHOWN = EXAMPLE.replace("`", "")
REPAIRED = DAMAGED.replace("â€™", "’")
CORRECT = ["où", "là", "dès", "près", "déjà"]
NAMES = "ñandú façade ångström þór štít"

CASES = (
    # the letters of a language decide, with and without its name
    *(_answered(f"letters of {one} in {two}", SENTENCES[one], two) for one, two in STEERED),
    *(_answered(f"language {one} in {two}", SENTENCES[one], two, one) for one, two in KNOWN),
    *(_answered(f"western {one}", SENTENCES[one], "cp1252") for one in WESTERN),
    *(
        _answered(f"western {one} though {other} is named", SENTENCES[one], "cp1252", other)
        for one in WESTERN
        for other in ("hr", "pl", "tr", "ru", "zh")
    ),
    _answered("MIN_LETTERS below", "Reč in še", "cp1250", expected="Reè in še"),
    _answered("MIN_LETTERS above", "Što znači nasljeđivanje? Čudo", "cp1250"),
    _answered("MIN_COMMON_RATIO", "Größe, Übung, Äpfel, Straße, süß", "cp1252", "hu"),
    _answered("SECOND_CAPITAL_WEIGHT", "Класс получает свойства и методы", "koi8-r"),
    # zeros at the offsets of a character
    *(_answered(f"{encoding} without a mark", "It is là, naïvement.", encoding) for encoding in UNICODE),
    *(
        Case(f"MIN_PADDING_ZEROS above, {encoding}", "a.txt", RUSSIAN.encode(encoding), ("1",), "count")
        for encoding in UNICODE
    ),
    *(
        Case(
            f"MIN_PADDING_ZEROS above in Japanese, {encoding}",
            "a.txt",
            JAPANESE.encode(encoding),
            ("1",),
            "count",
        )
        for encoding in UNICODE
    ),
    Case("MIN_PADDING_ZEROS below", "a.txt", ("文" * 93 + "\n" * 7).encode("utf-16-le"), BINARY, "codes"),
    _zeros("MAX_LETTER_ZEROS below", 7),
    _zeros("MAX_LETTER_ZEROS above", 15, *BINARY),
    _searched("MAX_LANGUAGE_SEARCH_BYTES below", 1500, "Reč"),
    _searched("MAX_LANGUAGE_SEARCH_BYTES above", 2500, "Reè"),
    # a conflict marker without partners, and a sentence about one
    _merged("MAX_LABEL_WORDS below", "merged common ancestors", "source-conflict 4"),
    _merged("MAX_LABEL_WORDS above", "a row of bars"),
    # “où” in the next line is no contrast: such a short word is in other places, too
    Case(
        "correct words of two letters",
        "a.txt",
        "Q: Why?\nA: oÃ¹ est-il\noù sont-ils\n",
        ("où est-il\noù sont-ils",),
        "answers",
    ),
    # the correct form near a line that was encoded twice: it is about such text
    _repaired("MAX_NEIGHBOUR_LINES below", [WRONG, "a", RIGHT], f"{WRONG}\na\n{RIGHT}"),
    _repaired("MAX_NEIGHBOUR_LINES above", [WRONG, "a", "b", RIGHT], f"Then été was seen\na\nb\n{RIGHT}"),
    _repaired("MAX_DISTANCE_LINES below", [WRONG, *[""] * 7, RIGHT], f"{WRONG}\n\n{RIGHT}"),
    _repaired("MAX_DISTANCE_LINES above", [WRONG, *[""] * 14, RIGHT], f"Then été was seen\n\n{RIGHT}"),
    _repaired(
        "MAX_DAMAGED_RATIO below", [EXAMPLE, DAMAGED, *CORRECT], "\n".join([SHOWN, REPAIRED, *CORRECT])
    ),
    _repaired(
        "MAX_DAMAGED_RATIO above",
        [EXAMPLE, DAMAGED, *CORRECT[:3]],
        "\n".join([SHOWN.replace("Ã©", "é"), REPAIRED, *CORRECT[:3]]),
    ),
    # letters of several languages are of no other one
    _answered("MIN_CLEAR_FIT below", NAMES, "cp1252"),
    # symbols and capitals inside words
    _answered(
        "MAX_ODD_RATIO below", "Où déjà près été là même après très élève là où où père mère x²y", "cp1252"
    ),
    _answered("MAX_ODD_RATIO above", "Größe für Bücher, schön übrig, Änderung groß", "mac_roman"),
    _answered("SECOND_CAPITAL_WEIGHT above", "Что такое СУБД и ООП? СУБД хранит данные.", "koi8-r"),
    # control characters
    Case("MAX_CONTROLS_IN_TEXT below", "a.txt", b"Q: a?\nA: b" + b"\x01" * 3, ("b",), "answers"),
    Case("MAX_CONTROLS_IN_TEXT above", "a.txt", b"Q: a?\nA: b" + b"\x01" * 6, ("binary-file 1",), "codes"),
    Case(
        "MAX_CONTROLS_IN_LEGACY below",
        "a.txt",
        b"Q: a?\nA: \xe9" + b"b" * 34 + b"\x01",
        ("é" + "b" * 34,),
        "answers",
    ),
    Case(
        "MAX_CONTROLS_IN_LEGACY above",
        "a.txt",
        b"Q: a?\nA: \xe9" + b"b" * 60 + b"\x01" * 4,
        ("binary-file 1",),
        "codes",
    ),
)
