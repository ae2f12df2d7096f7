"""The pictures that questions name: read from beside the source, and from nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from exporter.model.block_queries import iter_images
from exporter.model.deck import media_path
from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import Question, SourceSpan
from exporter.pipeline.picture_paths import PicturePath, find_picture, is_on_network
from exporter.system.files import read_limited

MAX_PICTURE_BYTES = 32 * 1024 * 1024
"""No picture is taken that has more bytes than this."""

MAX_SHOWN_CHARS = 80
"""How many characters of a picture's name are shown."""

_DRIVE = re.compile(r"[A-Za-z]:")

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp")


def load_media(
    questions: Iterable[Question], folder: Path
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return the bytes of the pictures by the target the source gives.

    Reports `missing-image` for each that is not there, or may not be taken; its words stand in
    its place. Reports `image-case` for each whose name on disk has other capitals.
    """
    media: dict[str, bytes] = {}
    problems: dict[str, Diagnostic] = {}
    for question in questions:
        for image in iter_images(question):
            if image.target in media or image.target in problems:
                continue
            place = None if is_on_network(image.target) else find_picture(image.target, folder)
            found = _read(image.target, place, folder)
            if not isinstance(found, bytes):
                problems[image.target] = _missing(image.target, found, question.span)
                continue
            media[image.target] = found
            if place is not None and place.written:
                problems[image.target] = _in_other_case(image.target, place.written, question.span)
    return media, tuple(problems.values())


def image_paths(questions: Iterable[Question], folder: Path) -> Iterator[Path]:
    """Yield where the pictures of questions are, or would be."""
    for question in questions:
        for image in iter_images(question):
            if not is_on_network(image.target):
                yield find_picture(image.target, folder).path


def _read(target: str, place: PicturePath | None, folder: Path) -> bytes | str:
    """Return a picture's bytes, or why it cannot be taken."""
    if place is None:
        return "is on the network, and nothing is fetched from there"
    name = PurePosixPath(media_path(target))
    if name.suffix.lower() not in SUFFIXES:
        return f"is not a picture of a supported type ({', '.join(SUFFIXES)})"
    try:
        home, path = folder.resolve(), place.path.resolve()
    except (OSError, ValueError, RuntimeError):
        return "has an invalid file name"
    if _DRIVE.match(target) or not path.is_relative_to(home):
        return "is outside the source's folder"
    data, problem = read_limited(path, MAX_PICTURE_BYTES)
    if data is None:
        return "cannot be read" if problem and problem.code != "no-such-file" else "does not exist"
    return data


def _in_other_case(target: str, written: str, span: SourceSpan | None) -> Diagnostic:
    hint = "Write the name as it is on disk: other systems find the picture only by it."
    message = f"The picture “{target[:MAX_SHOWN_CHARS]}” is called “{written[:MAX_SHOWN_CHARS]}” on disk."
    return warning("image-case", message, span, hint)


def _missing(target: str, reason: str, span: SourceSpan | None) -> Diagnostic:
    shown = target if len(target) <= MAX_SHOWN_CHARS else f"{target[:MAX_SHOWN_CHARS]}…"
    hint = "Put the picture beside the source, and name it relative to it."
    return warning("missing-image", f"The picture “{shown}” {reason}.", span, hint)
