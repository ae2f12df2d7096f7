"""Building in memory: `exporter.render`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Unpack

from exporter.api.errors import ExporterError
from exporter.api.progress import make_observer
from exporter.api.results import Rendering
from exporter.api.settings import make_settings
from exporter.config.setting_values import SettingValues
from exporter.pipeline.memory_builder import MemoryRequest, build_in_memory
from exporter.pipeline.memory_sources import MemorySource
from exporter.pipeline.progress import OnProgress
from exporter.system.clock import check_time, clock


def render(
    sources: Mapping[str, str | bytes],
    *,
    to: str | Iterable[str] | None = None,
    lock: str | bytes | None = None,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    complete: bool = True,
    now: int | None = None,
    strict: bool = False,
    retire: str | Iterable[str] = (),
    reader: str | None = None,
    on_progress: OnProgress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    **settings: Unpack[SettingValues],
) -> Rendering:
    """Build sources in memory, to the same bytes as `build`; no file of the project is read or written.

    `sources` are their texts or bytes, by file name. `lock` is `Rendering.lock` of the last call, or the
    content of `exporter.lock`; None for the first build. `pictures` are the contents of the pictures that
    the sources name, by their paths. With `complete`, these are all sources of the lock; otherwise the
    questions of the others stay as they are. `now` is in seconds since 1970, by default the present.
    The other arguments are those of `build`; with an empty `to`, the result has no files.

    Raise `ExporterError` if a source, the lock or a setting has an error, `CancelledError`, and `ValueError`
    if `now` is not a time.
    """
    request = MemoryRequest(
        [MemorySource(name, data) for name, data in sources.items()],
        make_settings(settings, reader),
        lock.encode("utf-8", "surrogatepass") if isinstance(lock, str) else lock,
        (to,) if isinstance(to, str) else None if to is None else tuple(to),
        pictures,
        complete,
        strict,
        (retire,) if isinstance(retire, str) else tuple(retire),
    )
    observe = make_observer(on_progress, is_cancelled)
    report = build_in_memory(request, clock() if now is None else check_time(now), observe)
    if not report.ok:
        raise ExporterError(report.diagnostics)
    return Rendering(report.files, report.lock, report.decks, report.plan.changes, report.diagnostics)
