"""Lines of spans as Markdown.

Emphasis is written with asterisks, and within other emphasis with underscores, wherever
CommonMark is sure to read them as such; elsewhere (`a**"b"**c`, deeper nesting) as `<em>` and
`<strong>`, which have no rules about neighbours. Struck-out text is written likewise, between tildes or
as `<del>`. Code that backticks cannot hold is `<code>`.

Where the words of cues are bold, two asterisks and `<b>` mean them alone: bold of the source is then
between two underscores, or `<strong>`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

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
from exporter.sheets.markdown.escape import Markdown, escape
from exporter.sheets.markdown.literals import acts, code_span, math_span, target

SEPARATOR = "<!-- -->"
"""An empty comment: keeps apart what Markdown would run together."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where spans stand: at the start of a block, in a table's cell, in a link, in emphasis.

    `tildes` says that the line has tildes as text, which would close what others strike out; `mark` is
    the sign of the emphasis around.
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


@cache
def _within(place: _Place, link: bool = False, emphasis: str = "") -> _Place:
    return replace(
        place,
        start=False,
        edge=False,
        link=place.link or link,
        depth=place.depth + (1 if emphasis else 0),
        mark=emphasis or place.mark,
    )


@dataclass(frozen=True, slots=True)
class SourceStrong(Strong):
    """Bold of the source, in a text where the words of cues are bold too."""


_MARKED = (Strong, Emphasis, Strikethrough)
_NESTED = (Strong, Emphasis, Strikethrough, Superscript, Subscript, Link)
_BREAK = "<br>"

_BLOCK = _Place()
_CELL = _Place(start=False, cell=True)
_LINK = _Place(start=False, link=True, edge=False)


def inline(line: Line) -> Markdown:
    """Return a line of spans that starts a block."""
    if len(line) == 1 and isinstance(line[0], Text):
        return Markdown(escape(line[0].text))
    text = _spans(line, _at(_BLOCK, line))
    # a tag that is alone on its line would be a block of HTML
    return Markdown(f"<span></span>{text}" if text.strip() == _BREAK else text)


def inline_cell(line: Line) -> Markdown:
    """Return a line of spans for a table's cell."""
    return Markdown(_spans(line, _at(_CELL, line)).replace("\n", " "))


def inline_link(line: Line) -> Markdown:
    """Return a line of spans for the text of a link; line breaks are spaces."""
    return Markdown(_spans(line, _at(_LINK, line)).replace(_BREAK, " ").replace("\n", " "))


def _at(place: _Place, line: Line) -> _Place:
    """Return a place with what has to be known of the whole line."""
    return replace(place, tildes=True) if _has_tildes(line) else place


def _has_tildes(spans: Line) -> bool:
    return any(
        _has_tildes(span.spans) if isinstance(span, _NESTED) else "~" in line_text((span,)) for span in spans
    )


def _spans(spans: tuple[Span, ...], place: _Place) -> str:
    if len(spans) > 1:
        spans = tuple(merge_texts(spans))
    final = len(spans) - 1
    pieces = [
        "" if isinstance(span, _MARKED) else _span(span, place, index == 0, index == final)
        for index, span in enumerate(spans)
    ]
    for index, span in enumerate(spans):
        if isinstance(span, _MARKED):
            before = (pieces[index - 1][-1:] or "*") if index else ""
            after = (pieces[index + 1][:1] or _unwritten(spans[index + 1])) if index < final else ""
            pieces[index] = _emphasis(span, place, before, after)
        elif index and isinstance(span, Code) and isinstance(spans[index - 1], Code):
            pieces[index] = SEPARATOR + pieces[index]
    return "".join(pieces)


def _unwritten(span: Span) -> str:
    """Return what the next span may start with; after emphasis, emphasis is written as a tag."""
    return "~" if isinstance(span, Strikethrough) else "<" if isinstance(span, _MARKED) else "*"


def _span(span: Span, place: _Place, first: bool, last: bool) -> str:
    """Return a span that is no emphasis; `first` and `last` say where among its siblings."""
    match span:
        case Text(text):
            edge = place.edge
            escaped = escape(
                text, first=first and edge, last=last and edge, extra=place.extra, start=place.start
            )
            # What closes emphasis or a link makes no image of an exclamation mark.
            return escaped[:-2] + "!" if last and not edge and escaped.endswith("\\!") else escaped
        case Code(text):
            return code_span(text, place.extra)
        case Math(tex, display):
            return math_span(tex, display, place.extra)
        case Superscript(spans):
            return f"<sup>{_spans(spans, _within(place))}</sup>"
        case Subscript(spans):
            return f"<sub>{_spans(spans, _within(place))}</sub>"
        case LineBreak():
            return _BREAK
        case Link(spans, address):
            within = _spans(spans, _within(place, link=True))
            # Markdown has no link in a link, and a script is nowhere to go to: the words stay.
            return within if place.link or acts(address) else f"[{within}]({target(address)})"
    raise TypeError(f"{span!r} is emphasis")


def _emphasis(span: Strong | Emphasis | Strikethrough, place: _Place, before: str, after: str) -> str:
    """Return emphasis; `before` and `after` are its neighbours, empty at an edge."""
    if isinstance(span, Strikethrough):
        inner = _spans(span.spans, _within(place))
        ends = inner[:1].isalnum() and inner[-1:].isalnum()
        sure = ends and not place.tildes and "~" not in (before, after)
        return f"~~{inner}~~" if sure else f"<del>{inner}</del>"
    strong = isinstance(span, Strong)
    mark = "_" if isinstance(span, SourceStrong) else "*"
    if place.depth and not isinstance(span, SourceStrong | CueStrong):
        mark = "_" if place.mark == "*" else "*"
    inner = _spans(span.spans, _within(place, emphasis=mark))
    if inner and (place.depth == 0 or mark != place.mark) and _is_sure(inner, mark, place, before, after):
        mark *= 2 if strong else 1
        return f"{mark}{inner}{mark}"
    tag = "b" if isinstance(span, CueStrong) else "strong" if strong else "em"
    return f"<{tag}>{inner}</{tag}>"


_BEFORE_UNDERSCORES, _AFTER_UNDERSCORES = ("", " ", "("), ("", " ", ".", ",", ";", ":", "?", "!", ")")
"""Next to what two underscores are sure to be read as bold, around letters and digits."""


def _is_sure(inner: str, mark: str, place: _Place, before: str, after: str) -> bool:
    """Say whether CommonMark is sure to read delimiters around `inner` as emphasis."""
    opens, closes = inner[0].isalnum(), inner[-1].isalnum()
    apart = before in ("", " "), after in ("", " ")
    if place.depth:
        return place.depth == 1 and opens and closes and all(apart)
    if mark == "_":
        return opens and closes and before in _BEFORE_UNDERSCORES and after in _AFTER_UNDERSCORES
    if not place.edge and not (before and after):
        return opens and closes and "*" not in (before, after)
    return (
        "*" not in (before, after, inner[0], inner[-1])
        and (opens or (apart[0] and not inner[0].isspace()))
        and (closes or (apart[1] and not inner[-1].isspace()))
    )
