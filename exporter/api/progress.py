"""Watching a build, and ending it."""

from __future__ import annotations

from collections.abc import Callable

from exporter.api.errors import CancelledError
from exporter.pipeline.progress import OnProgress, Progress


def make_observer(on_progress: OnProgress | None, is_cancelled: Callable[[], bool] | None) -> OnProgress:
    """Return the function that a build calls when a step begins; it raises `CancelledError` to end it."""

    def observe(progress: Progress) -> None:
        if is_cancelled is not None and is_cancelled():
            raise CancelledError(f"Cancelled before this step: {progress.text}. Nothing was written.")
        if on_progress is not None:
            on_progress(progress)

    return observe
