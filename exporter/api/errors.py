"""The exceptions of the Python API; all can be pickled, and so come back from another process."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.model.diagnostics import Diagnostic, Severity, has_errors, render_text


class ExporterError(Exception):
    """A source or a setting has an error; `diagnostics` say what, where, and what to do about it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics; the errors among them are the message."""
        self.diagnostics = tuple(diagnostics)
        errors = [diagnostic for diagnostic in self.diagnostics if diagnostic.severity is Severity.ERROR]
        super().__init__("\n".join(map(render_text, errors)))

    def __reduce__(self) -> tuple[type[ExporterError], tuple[tuple[Diagnostic, ...]]]:
        """Return how to make this exception again: from its diagnostics and not from its message."""
        return type(self), (self.diagnostics,)


class CancelledError(Exception):
    """`is_cancelled` returned true: nothing was written."""


def raise_errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics; raise `ExporterError` if one of them is an error."""
    diagnostics = tuple(diagnostics)
    if has_errors(diagnostics):
        raise ExporterError(diagnostics)
    return diagnostics
