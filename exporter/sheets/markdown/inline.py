"""Lines of spans as Markdown.

Emphasis is written with asterisks, and in other emphasis with underscores, if CommonMark is certain to read
them as delimiters; otherwise (`a**"b"**c`, deeper nesting) as `<em>` and `<strong>`, whose meaning does not
depend on adjacent characters. Struck-out text is written in the same way, between tildes or as `<del>`. Code
that cannot be between backticks is `<code>`.

If the words of cues are bold, two asterisks and `<b>` are used for them only: bold of the source is then
between two underscores, or `<strong>`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from exporter.model.markdown_escape import Markdown, escape
from exporter.model.questions import (
    Code,
    CueStrong,
    Emphasis,
    Line,
    LineBreak,
    Link,
    Math,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.text import line_text, merge_texts
from exporter.sheets.markdown.literals import (
    is_active_target,
    render_code_span,
    render_math_span,
    render_target,
)

SEPARATOR = "<!-- -->"
"""An empty comment; it separates elements that Markdown would join."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What surrounds spans: the start of a block, a table cell, a link, emphasis.

    `depth` is the nesting of emphasis, and `mark` the delimiter of the innermost one. `edge` is true if the
    spans are not in another span. `tildes` is true if the line has tildes in its text, which could close a
    strikethrough.
    """

    start: bool = True
    cell: bool = False
    link: bool = False
    depth: int = 0
    edge: bool = True
    tildes: bool = False
    mark: str = "*"

    @property
    def extra(self) -> str:
        return ("[]" if self.link else "") + ("|" if self.cell else "")


def _nest_context(context: _Context, link: bool = False, emphasis: str = "") -> _Context:
    return replace(
        context,
        start=False,
        edge=False,
        link=context.link or link,
        depth=context.depth + (1 if emphasis else 0),
        mark=emphasis or context.mark,
    )


@dataclass(frozen=True, slots=True)
class SourceStrong(Strong):
    """Bold of the source in a text in which the words of cues are bold as well."""


_DELIMITED = (Strong, Emphasis, Strikethrough)
_NESTED = (Strong, Emphasis, Strikethrough, Superscript, Subscript, Link)
_BREAK_TAG = "<br>"

_BLOCK_CONTEXT = _Context()
_CELL_CONTEXT = _Context(start=False, cell=True)
_LINK_CONTEXT = _Context(start=False, link=True, edge=False)


def render_line(line: Line) -> Markdown:
    """Return a line of spans at the start of a block."""
    text = _render_spans(line, _make_line_context(_BLOCK_CONTEXT, line))
    # a tag alone on its line would begin an HTML block (CommonMark 4.6, condition 7)
    return Markdown(f"<span></span>{text}" if text.strip() == _BREAK_TAG else text)


def render_cell(line: Line) -> Markdown:
    """Return a line of spans for a table cell."""
    return Markdown(_render_spans(line, _make_line_context(_CELL_CONTEXT, line)).replace("\n", " "))


def render_link_text(line: Line) -> Markdown:
    """Return a line of spans for the text of a link; line breaks become spaces."""
    return Markdown(
        _render_spans(line, _make_line_context(_LINK_CONTEXT, line))
        .replace(_BREAK_TAG, " ")
        .replace("\n", " ")
    )


def _make_line_context(context: _Context, line: Line) -> _Context:
    """Return the context for the spans of a line."""
    return replace(context, tildes=True) if _has_tildes(line) else context


def _has_tildes(spans: Line) -> bool:
    return any(
        _has_tildes(span.spans) if isinstance(span, _NESTED) else "~" in line_text((span,)) for span in spans
    )


def _render_spans(spans: tuple[Span, ...], context: _Context) -> str:
    if len(spans) > 1:
        spans = tuple(merge_texts(spans))
    final = len(spans) - 1
    pieces = [
        "" if isinstance(span, _DELIMITED) else _render_span(span, context, index == 0, index == final)
        for index, span in enumerate(spans)
    ]
    for index, span in enumerate(spans):
        if isinstance(span, _DELIMITED):
            before = (pieces[index - 1][-1:] or "*") if index else ""
            after = (pieces[index + 1][:1] or _guess_first_char(spans[index + 1])) if index < final else ""
            pieces[index] = _render_emphasis(span, context, before, after)
        elif index and isinstance(span, Code) and isinstance(spans[index - 1], Code):
            pieces[index] = SEPARATOR + pieces[index]
    return "".join(pieces)


def _guess_first_char(span: Span) -> str:
    """Return the character with which a span may start that is not yet written.

    Emphasis directly after emphasis is written as a tag.
    """
    return "~" if isinstance(span, Strikethrough) else "<" if isinstance(span, _DELIMITED) else "*"


def _render_span(span: Span, context: _Context, first: bool, last: bool) -> str:
    """Return a span that is not emphasis; `first` and `last` refer to its siblings."""
    match span:
        case Text(text):
            edge = context.edge
            escaped = escape(
                text, first=first and edge, last=last and edge, extra=context.extra, start=context.start
            )
            # the closing delimiter of emphasis or a link cannot make an exclamation mark an image
            return escaped[:-2] + "!" if last and not edge and escaped.endswith("\\!") else escaped
        case Code(text):
            return render_code_span(text, context.extra)
        case Math(tex, display):
            return render_math_span(tex, display, context.extra)
        case Superscript(spans):
            return f"<sup>{_render_spans(spans, _nest_context(context))}</sup>"
        case Subscript(spans):
            return f"<sub>{_render_spans(spans, _nest_context(context))}</sub>"
        case LineBreak():
            return _BREAK_TAG
        case Link(spans, address):
            content = _render_spans(spans, _nest_context(context, link=True))
            # links cannot be nested, and active targets are unsafe: only the words remain
            return (
                content
                if context.link or is_active_target(address)
                else f"[{content}]({render_target(address)})"
            )
    raise TypeError(f"{span!r} is emphasis")


def _render_emphasis(
    span: Strong | Emphasis | Strikethrough, context: _Context, before: str, after: str
) -> str:
    """Return emphasis; `before` and `after` are the adjacent characters, empty at an edge."""
    if isinstance(span, Strikethrough):
        inner = _render_spans(span.spans, _nest_context(context))
        ends = inner[:1].isalnum() and inner[-1:].isalnum()
        is_certain = ends and not context.tildes and "~" not in (before, after)
        return f"~~{inner}~~" if is_certain else f"<del>{inner}</del>"
    is_strong = isinstance(span, Strong)
    mark = "_" if isinstance(span, SourceStrong) else "*"
    if context.depth and not isinstance(span, SourceStrong | CueStrong):
        mark = "_" if context.mark == "*" else "*"
    inner = _render_spans(span.spans, _nest_context(context, emphasis=mark))
    if (
        inner
        and (context.depth == 0 or mark != context.mark)
        and _is_unambiguous(inner, mark, context, before, after)
    ):
        mark *= 2 if is_strong else 1
        return f"{mark}{inner}{mark}"
    tag = "b" if isinstance(span, CueStrong) else "strong" if is_strong else "em"
    return f"<{tag}>{inner}</{tag}>"


_BEFORE_UNDERSCORES, _AFTER_UNDERSCORES = ("", " ", "("), ("", " ", ".", ",", ";", ":", "?", "!", ")")
"""The adjacent characters with which two underscores around letters and digits are always delimiters."""


def _is_unambiguous(inner: str, mark: str, context: _Context, before: str, after: str) -> bool:
    """Return whether CommonMark is certain to read delimiters around `inner` as emphasis."""
    opens, closes = inner[0].isalnum(), inner[-1].isalnum()
    is_separate = before in ("", " "), after in ("", " ")
    if context.depth:
        return context.depth == 1 and opens and closes and all(is_separate)
    if mark == "_":
        return opens and closes and before in _BEFORE_UNDERSCORES and after in _AFTER_UNDERSCORES
    if not context.edge and not (before and after):
        return opens and closes and "*" not in (before, after)
    return (
        "*" not in (before, after, inner[0], inner[-1])
        and (opens or (is_separate[0] and not inner[0].isspace()))
        and (closes or (is_separate[1] and not inner[-1].isspace()))
    )
