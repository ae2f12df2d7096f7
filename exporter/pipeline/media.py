"""Loading the pictures of questions, only from the folder of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from exporter.model.block_queries import iter_images
from exporter.model.deck import media_path
from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import Question, SourceSpan
from exporter.pipeline.memory_pictures import find_in_memory
from exporter.pipeline.picture_paths import find_picture, is_on_network
from exporter.system.files import read_limited

MAX_PICTURE_BYTES = 32 * 1024 * 1024
"""Maximum size of a picture in bytes."""  # unmeasured

MAX_SHOWN_CHARS = 80
"""Maximum length of a picture's name in a message, in characters."""

_DRIVE = re.compile(r"[A-Za-z]:")

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp")


@dataclass(frozen=True, slots=True)
class _Picture:
    """The content of a picture, or the reason why it cannot be used.

    `written` is its name where it was found, if that differs in case from the source.
    """

    data: bytes | None = None
    reason: str = ""
    written: str = ""


def load_media(
    questions: Iterable[Question],
    folder: Path,
    embedded: Mapping[str, bytes] = MappingProxyType({}),
    in_memory: Mapping[str, bytes] | None = None,
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """Return the contents of pictures by their targets in the source, and the diagnostics.

    `embedded` are the pictures that the source itself holds. The others are searched for in `folder`; if
    `in_memory` is not None, they are among these, by their paths, and no file is read.
    The diagnostics are `missing-image` for each picture that does not exist or is not allowed (its
    description is exported instead), and `image-case` for each whose name on disk differs in case.
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
            target = image.target
            picture = _read(target, folder) if in_memory is None else _take(target, in_memory)
            if picture.data is None:
                problems[image.target] = _missing_image(image.target, picture.reason, question.span)
                continue
            media[image.target] = picture.data
            if picture.written:
                problems[image.target] = _image_case(image.target, picture.written, question.span)
    return media, tuple(problems.values())


def iter_image_paths(questions: Iterable[Question], folder: Path) -> Iterator[Path]:
    """Yield the paths of the pictures of questions, whether they exist or not."""
    for question in questions:
        for image in iter_images(question):
            if not is_on_network(image.target):
                yield find_picture(image.target, folder).path


def _read(target: str, folder: Path) -> _Picture:
    """Read the picture with a target in a source in `folder`."""
    if reason := _find_fault(target):
        return _Picture(reason=reason)
    found = find_picture(target, folder)
    try:
        home, path = folder.resolve(), found.path.resolve()
    except (OSError, ValueError, RuntimeError):
        return _Picture(reason="has an invalid file name")
    if _DRIVE.match(target) or not path.is_relative_to(home):
        return _Picture(reason="is outside the source's folder")
    data, problem = read_limited(path, MAX_PICTURE_BYTES)
    if data is None:
        is_there = problem and problem.code != "no-such-file"
        return _Picture(reason="cannot be read" if is_there else "does not exist")
    return _Picture(data, written=found.written)


def _take(target: str, in_memory: Mapping[str, bytes]) -> _Picture:
    """Return the picture with a target in a source, of those in memory."""
    if reason := _find_fault(target):
        return _Picture(reason=reason)
    path = PurePosixPath(media_path(target))
    if _DRIVE.match(target) or path.is_absolute() or ".." in path.parts:
        return _Picture(reason="is outside the source's folder")
    name = find_in_memory(target, in_memory)
    if name is None:
        return _Picture(reason="is not among the pictures that came with the source")
    if len(in_memory[name]) > MAX_PICTURE_BYTES:
        return _Picture(reason="cannot be read")
    return _Picture(in_memory[name])


def _find_fault(target: str) -> str:
    """Return what is wrong with the target of a picture, as the predicate of a sentence; empty if nothing."""
    if is_on_network(target):
        return "is on the network, and nothing is fetched from there"
    if PurePosixPath(media_path(target)).suffix.lower() not in SUFFIXES:
        return f"is not a picture of a supported type ({', '.join(SUFFIXES)})"
    return ""


def _image_case(target: str, written: str, span: SourceSpan | None) -> Diagnostic:
    hint = "Write the name as it is on disk: other systems find the picture only by it."
    message = f"The picture “{target[:MAX_SHOWN_CHARS]}” is called “{written[:MAX_SHOWN_CHARS]}” on disk."
    return warning("image-case", message, span, hint)


def _missing_image(target: str, reason: str, span: SourceSpan | None) -> Diagnostic:
    shown = target if len(target) <= MAX_SHOWN_CHARS else f"{target[:MAX_SHOWN_CHARS]}…"
    hint = "Put the picture beside the source, and name it relative to it."
    return warning("missing-image", f"The picture “{shown}” {reason}.", span, hint)
