"""Exporters and readers with each fault that a plugin can have."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from exporter.exporters import Export, ExportedFile
from exporter.model import Question, QuestionSet
from exporter.readers import ReadResult


def raises(*arguments: Any) -> Any:
    raise LookupError("no such slide")


def leaves(*arguments: Any) -> Any:
    sys.exit(7)


def interrupts(*arguments: Any) -> Any:
    raise KeyboardInterrupt("of my own")


def ends_a_generator(*arguments: Any) -> Any:
    raise GeneratorExit


def is_cancelled(*arguments: Any) -> Any:
    raise asyncio.CancelledError("by nobody")


class NamelessError(BaseException):
    def __str__(self) -> str:
        raise SystemExit(9)


def has_no_words(*arguments: Any) -> Any:
    raise NamelessError


def yields(*arguments: Any) -> Any:
    def files() -> Iterator[ExportedFile]:
        yield ExportedFile("first.html", b"", "nothing")
        raise SystemExit(8)

    return Export(files())  # type: ignore[arg-type]


def no_json(*arguments: Any) -> Any:
    return Export((ExportedFile("slides.html", b"", "slides", {"made": object()}),))


def prints(*arguments: Any) -> Any:
    print("printed by print")
    print("printed on the stream of the start", file=sys.__stdout__)
    os.write(1, b"written to the descriptor\n")
    subprocess.run([sys.executable, "-c", "print('printed by a child')"], check=True)
    return Export((ExportedFile("printed.html", b"", "nothing"),))


def goes_on(*arguments: Any) -> Any:
    """Catch what ends it, and a Ctrl-C with it."""
    try:
        print("started", file=sys.stderr, flush=True)
        time.sleep(60)
    except BaseException:
        print("caught", file=sys.stderr, flush=True)
    return Export((ExportedFile("stubborn.html", b"", "nothing"),))


def never_ends(*arguments: Any) -> Any:
    words = "started"
    while True:
        try:
            print(words, file=sys.stderr, flush=True)
            time.sleep(60)
        except BaseException:
            words = "caught"


def wrong_type(*arguments: Any) -> Any:
    return b"slides"


def wrong_file(*arguments: Any) -> Any:
    return Export((ExportedFile("slides.html", "text", "slides"),))


def outside(*arguments: Any) -> Any:
    return Export((ExportedFile("../slides.html", b"", "slides"),))


def overwrites(*arguments: Any) -> Any:
    return Export((ExportedFile("Interview-Questions.apkg", b"", "nothing good"),))


def read_raises(*arguments: Any) -> Any:
    raise ValueError("line 1 is odd.")


def read_interrupts(*arguments: Any) -> Any:
    print("printed by a reader")
    raise KeyboardInterrupt


def read_text(*arguments: Any) -> Any:
    return ReadResult(QuestionSet((Question("Why?", "Because."),)))
