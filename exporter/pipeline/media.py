"""Loading the pictures of questions, only from the folder of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from exporter.model.block_queries import iter_images
from exporter.model.deck import media_path
from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import Question, SourceSpan
from exporter.pipeline.picture_paths import PicturePath, find_picture, is_on_network
from exporter.system.files import read_limited

MAX_PICTURE_BYTES = 32 * 1024 * 1024
"""Maximum size of a picture in bytes."""  # unmeasured

MAX_SHOWN_CHARS = 80
"""Maximum length of a picture's name in a message, in characters."""

_DRIVE = re.compile(r"[A-Za-z]:")

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp")


def load_media(
    questions: Iterable[Question], folder: Path, embedded: Mapping[str, bytes] = MappingProxyType({})
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return the contents of pictures by their targets in the source, and the diagnostics.

    `embedded` are the pictures that the source itself holds.
    These are `missing-image` for each picture that does not exist or is not allowed (its description
    is exported instead), and `image-case` for each whose name on disk differs in case.
    """
    media: dict[str, bytes] = {}
    problems: dict[str, Diagnostic] = {}
    for question in questions:
        for image in iter_images(question):
            if image.target in media or image.target in problems:
                continue
            if image.target in embedded:
                media[image.target] = embedded[image.target]
                continue
            picture = None if is_on_network(image.target) else find_picture(image.target, folder)
            data = _read(image.target, picture, folder)
            if not isinstance(data, bytes):
                problems[image.target] = _missing_image(image.target, data, question.span)
                continue
            media[image.target] = data
            if picture is not None and picture.written:
                problems[image.target] = _image_case(image.target, picture.written, question.span)
    return media, tuple(problems.values())


def iter_image_paths(questions: Iterable[Question], folder: Path) -> Iterator[Path]:
    """Yield the paths of the pictures of questions, whether they exist or not."""
    for question in questions:
        for image in iter_images(question):
            if not is_on_network(image.target):
                yield find_picture(image.target, folder).path


def _read(target: str, picture: PicturePath | None, folder: Path) -> bytes | str:
    """Return the content of a picture, or what is wrong with it; `picture` is None for a URL."""
    if picture is None:
        return "is on the network, and nothing is fetched from there"
    name = PurePosixPath(media_path(target))
    if name.suffix.lower() not in SUFFIXES:
        return f"is not a picture of a supported type ({', '.join(SUFFIXES)})"
    try:
        home, path = folder.resolve(), picture.path.resolve()
    except (OSError, ValueError, RuntimeError):
        return "has an invalid file name"
    if _DRIVE.match(target) or not path.is_relative_to(home):
        return "is outside the source's folder"
    data, problem = read_limited(path, MAX_PICTURE_BYTES)
    if data is None:
        return "cannot be read" if problem and problem.code != "no-such-file" else "does not exist"
    return data


def _image_case(target: str, written: str, span: SourceSpan | None) -> Diagnostic:
    hint = "Write the name as it is on disk: other systems find the picture only by it."
    message = f"The picture “{target[:MAX_SHOWN_CHARS]}” is called “{written[:MAX_SHOWN_CHARS]}” on disk."
    return warning("image-case", message, span, hint)


def _missing_image(target: str, reason: str, span: SourceSpan | None) -> Diagnostic:
    shown = target if len(target) <= MAX_SHOWN_CHARS else f"{target[:MAX_SHOWN_CHARS]}…"
    hint = "Put the picture beside the source, and name it relative to it."
    return warning("missing-image", f"The picture “{shown}” {reason}.", span, hint)
