"""The words of a paragraph of a page as lines of Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from exporter.model.markdown_escape import escape
from exporter.model.text import longest_run
from exporter.readers.span_builder import SpanKind

_SPACES = re.compile(r"[ \t\n\r\f\xa0]+")
_FORMULA = re.compile(r"(\\\(.{1,400}?\\\)|\\\[.{1,400}?\\\]|\$\$.{1,400}?\$\$)")
_TYPED_ITEM = re.compile(r"(?:\d{1,9}[.)]|[-*+])\s")
"""A list that is typed as such is read as in Markdown."""

_RULES = ("---", "***", "___", "* * *", "- - -")
"""A thematic break that is typed."""

_EXTENSIONS = re.compile(r"(?<!\\)(?:==|\[\[|\[\^)|%(?=%)")
"""Marks of note programs, which are words in a page."""

_MARKS = {
    SpanKind.STRONG: ("**", "b"),
    SpanKind.EMPHASIS: ("*", "i"),
    SpanKind.STRIKETHROUGH: ("~~", "del"),
    SpanKind.SUPERSCRIPT: ("", "sup"),
    SpanKind.SUBSCRIPT: ("", "sub"),
}
"""The Markdown of a kind of span, outermost first, and its tag."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style; `is_markdown` is set if they are written already; `target` is that of a link."""

    text: str
    kinds: frozenset[SpanKind] = frozenset()
    target: str = ""
    is_markdown: bool = False


@dataclass(slots=True)
class SpanLine:
    """A line of a paragraph: its runs, and its number in the file."""

    number: int = 0
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return _SPACES.sub(" ", "".join(run.text for run in self.runs)).strip()


def write_line(runs: Sequence[Run], starts_block: bool = True) -> str:
    """Return a line of Markdown; `starts_block` is set if it begins a paragraph."""
    runs = _trim(runs)
    if not runs:
        return ""
    if starts_block and len(runs) == 1 and runs[0].text in _RULES:
        return runs[0].text
    return _write_links(runs)


def write_html_line(runs: Sequence[Run]) -> str:
    """Return a line as HTML, for a place in which Markdown reads HTML only."""
    parts: list[str] = []
    for run in _trim(runs):
        if run.is_markdown:
            continue
        tags = [_MARKS[kind][1] if kind in _MARKS else "code" for kind in sorted(run.kinds)]
        parts += [f"<{tag}>" for tag in tags]
        parts.append(html.escape(run.text, quote=False))
        parts += [f"</{tag}>" for tag in reversed(tags)]
    return "".join(parts)


def _trim(runs: Sequence[Run]) -> list[Run]:
    """Return runs with single spaces, none at the ends, and equal neighbours joined."""
    joined: list[Run] = []
    for (kinds, target, is_markdown), group in groupby(
        runs, key=lambda run: (run.kinds, run.target, run.is_markdown)
    ):
        text = "".join(run.text for run in group)
        if not is_markdown:
            text = _SPACES.sub(" ", text)
            if text.startswith(" ") and (not joined or joined[-1].text.endswith(" ")):
                text = text[1:]
        if text:
            joined.append(Run(text, kinds, target, is_markdown))
    while joined and not joined[-1].is_markdown:
        last = joined.pop()
        if text := last.text.rstrip():
            joined.append(Run(text, last.kinds, last.target))
            break
    return joined


def _write_links(runs: Sequence[Run]) -> str:
    out = ""
    groups = [(target, list(group)) for target, group in groupby(runs, key=lambda run: run.target)]
    for index, (target, group) in enumerate(groups):
        after = groups[index + 1][1][0].text if index + 1 < len(groups) else ""
        inner = _write_kinds(group, list(_MARKS), out[-1:], "]" if target else after, bool(target))
        out += f"[{inner}](<{_escape_target(target)}>)" if target and inner.strip() else inner
    return out


def _escape_target(target: str) -> str:
    return re.sub(r"([<>\\])", r"\\\1", "".join(target.split("\n"))).strip()


def _write_kinds(runs: Sequence[Run], kinds: list[SpanKind], before: str, after: str, in_link: bool) -> str:
    """Return runs as Markdown; `before` and `after` are what is around them in the line."""
    if not kinds:
        return _write_words(runs, before, after, in_link)
    kind, inner_kinds = kinds[0], kinds[1:]
    out = ""
    groups = [(has, list(group)) for has, group in groupby(runs, key=lambda run: kind in run.kinds)]
    for index, (has_kind, group) in enumerate(groups):
        following = groups[index + 1][1][0].text if index + 1 < len(groups) else after
        if not has_kind:
            out += _write_kinds(group, inner_kinds, (out or before)[-1:], following, in_link)
            continue
        inner = _write_kinds(group, inner_kinds, "", "", in_link)
        words = inner.strip()
        if not words:
            out += inner
            continue
        start, end = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        out += start
        out += _mark(kind, words, (out or before)[-1:], (end + following)[:1]) + end
    return out


def _mark(kind: SpanKind, words: str, before: str, after: str) -> str:
    """Return words with the marks of a kind, or with tags where Markdown would not read its marks."""
    mark, tag = _MARKS[kind]
    is_free = (not before or before.isspace()) and (not after or after.isspace() or after in ".,;:!?)")
    if mark and is_free and not words.startswith(("*", "~", " ")) and not words.endswith(("*", "~", "\\")):
        return f"{mark}{words}{mark}"
    return f"<{tag}>{words}</{tag}>"


def _write_words(runs: Sequence[Run], before: str, after: str, in_link: bool) -> str:
    out = ""
    for is_code, group in groupby(runs, key=lambda run: SpanKind.CODE in run.kinds and not run.is_markdown):
        texts = list(group)
        if is_code:
            out += write_code_span("".join(run.text for run in texts))
            continue
        for run in texts:
            out += run.text if run.is_markdown else _escape(run.text, not (out or before), in_link)
    return out


def write_code_span(text: str, indent: str = "") -> str:
    """Return words as code; `indent` are spaces of the code before them, which do not break."""
    words = text.strip()
    if not words:
        return text
    fence = "`" * (longest_run(words) + 1)
    pad = " " if words[0] == "`" or words[-1] == "`" else ""
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{start}{fence}{pad}{indent}{words}{pad}{fence}{end}"


def _escape(text: str, is_first: bool, in_link: bool) -> str:
    """Return words as Markdown; formulas in them stay as they are typed."""
    return "".join(
        part if index % 2 else "".join(_iter_escaped(part, is_first and not index, in_link))
        for index, part in enumerate(_FORMULA.split(text))
    )


def _iter_escaped(text: str, is_first: bool, in_link: bool) -> Iterator[str]:
    if not text:
        return
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    words = text.strip()
    yield start
    if words:
        is_typed = is_first and _TYPED_ITEM.match(words + " ") is not None
        escaped = escape(words, first=is_first, last=False, extra="[]" if in_link else "", start=not is_typed)
        yield _EXTENSIONS.sub(_escape_mark, escaped)
    yield end


def _escape_mark(match: re.Match[str]) -> str:
    # comments of Obsidian are found before the text is parsed, also behind a backslash
    return "&#37;" if match[0] == "%" else f"\\{match[0]}"
