"""Reads sheets of answers back, by CommonMark and the form that the exporter documents.

This is not a reader for sources: it accepts only the documented form, to show that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from exporter.model.questions import (
    EMPTY_BOX,
    TICKED_BOX,
    Alignment,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)

_NUMBER = re.compile(r"([0-9]+)\. |([0-9]+)\.$")
_ALIGNED = re.compile(r"text-align:(\w+)")


def parser(math: bool = True) -> MarkdownIt:
    """Return a CommonMark parser with tables and strikethrough; with our mathematics, if wanted."""
    md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    md.normalizeLink = md.normalizeLinkText = lambda url: url  # type: ignore[method-assign]
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    if math:
        md.inline.ruler.before("escape", "math", _math)
    return md


_FORMULA = re.compile(r"(\$\$?)(?:(`+)(?!`)(.*?)(?<!`)\2|<code>([^<]*)</code>|([^`$]+?))\1", re.DOTALL)


def _math(state: StateInline, silent: bool) -> bool:
    found = _FORMULA.match(state.src, state.pos)
    if found is None or (found[5] is not None and found[1] == "$"):
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.markup, token.content = found[1], found[5] or ""
        if found[4] is not None:
            token.content = unescapeAll(found[4])
        elif found[3] is not None:
            padded = found[3].strip() and found[3][0] == found[3][-1] == " "
            token.content = found[3][1:-1] if padded else found[3]
    state.pos = found.end()
    return True


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of Markdown that the exporter has written."""
    return _blocks(SyntaxTreeNode(parser().parse(markdown)).children)


def read_line(markdown: str) -> Line:
    """Return the spans of Markdown in a line."""
    return _line(parser().parseInline(markdown)[0].children or [])


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> tuple[Block, ...]:
    return tuple(_block(node) for node in nodes if node.type != "html_block")


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "paragraph":
            line = _node_line(node)
            if len(line) == 1 and isinstance(line[0], _Picture):
                return line[0].image
            return Paragraph(tuple(_hard_lines(node)))
        case "ordered_list" if node.markup == ".":
            return Paragraph(_list_lines(node))
        case "ordered_list" | "bullet_list":
            items = tuple(map(_item, node.children))
            ordered = node.type == "ordered_list"
            return ListBlock(items, ordered, int(node.attrs.get("start", 1)) if ordered else 1)
        case "fence" if node.info == "math":
            tex = node.content.removesuffix("\n")
            return Paragraph(((Math(tex if len(node.markup) % 2 else f"\n{tex}\n", True),),))
        case "blockquote":
            return Quote(_blocks(node.children))
        case "fence":
            return CodeBlock(node.content.removesuffix("\n"), unescapeAll(node.info.strip()))
        case "table":
            rows = [tuple(map(_node_line, row.children)) for part in node.children for row in part.children]
            cells = node.children[0].children[0].children
            aligned = [_ALIGNED.match(str(cell.attrs.get("style", ""))) for cell in cells]
            alignments = tuple(Alignment(match[1] if match else "none") for match in aligned)
            return Table(rows[0], tuple(rows[1:]), alignments)
    raise AssertionError(f"{node.type} is not of the form")


def _item(node: SyntaxTreeNode) -> tuple[Block, ...]:
    """Return the blocks of an item; a task-list checkbox becomes a character at its start."""
    blocks = _blocks(node.children)
    raw = node.children[0].children[0].content if blocks and node.children[0].type == "paragraph" else ""
    if not (box := re.match(r"\[([ x])\] (?=\S)", raw)):
        return blocks
    assert isinstance(blocks[0], Paragraph)
    (first, *spans), *lines = blocks[0].lines
    assert isinstance(first, Text)
    ticked = Text((EMPTY_BOX if box[1] == " " else TICKED_BOX) + first.text[3:])
    return (Paragraph(((ticked, *spans), *lines)), *blocks[1:])


def _hard_lines(node: SyntaxTreeNode) -> list[Line]:
    """Return the lines of a paragraph, which end at hard line breaks."""
    tokens = node.children[0].token.children if node.children and node.children[0].token else None
    tokens = tokens or []
    breaks = [at for at, token in enumerate(tokens) if token.type == "hardbreak"]
    return [_line(tokens[start + 1 : stop]) for start, stop in pairwise([-1, *breaks, len(tokens)])]


def _list_lines(node: SyntaxTreeNode) -> tuple[Line, ...]:
    return tuple(_node_line(item.children[0]) if item.children else () for item in node.children)


def _node_line(node: SyntaxTreeNode) -> Line:
    """Return the line of a node that has one inline child, or none."""
    token = node.children[0].token if node.children else None
    return _line(token.children or []) if token else ()


class _Picture(Text):
    """An image, while its paragraph is read."""

    image: Image


def _line(tokens: Iterable[Token]) -> Line:
    stack: list[list[Span]] = [[]]
    targets: list[str] = []
    for token in tokens:
        kind = token.type
        if kind == "html_inline":
            tag = re.fullmatch(r"<(/?)(em|strong|code|sup|sub|del)>", token.content)
            if token.content == "<br>":
                stack[-1].append(LineBreak())
                continue
            if not tag:
                assert token.content.startswith(("<!--", "<a id=", "</a>", "<span>", "</span>"))
                continue
            kind = f"{tag[2]}_{'close' if tag[1] else 'open'}"
        if kind.endswith("_open"):
            stack.append([])
            if kind == "link_open":
                targets.append(str(token.attrs["href"]))
        elif kind.endswith("_close"):
            inner = tuple(stack.pop())
            text = "".join(span.text for span in inner if isinstance(span, Text))
            made: dict[str, Span] = {
                "em": Emphasis(inner),
                "strong": Strong(inner),
                "sup": Superscript(inner),
                "sub": Subscript(inner),
                "del": Strikethrough(inner),
                "s": Strikethrough(inner),
                "code": Code(text),
            }
            name = kind.removesuffix("_close")
            stack[-1].append(Link(inner, targets.pop()) if name == "link" else made[name])
        elif kind == "image":
            alt = "".join(child.content for child in token.children or [])
            picture = _Picture("")
            object.__setattr__(picture, "image", Image(str(token.attrs["src"]), alt))
            stack[-1].append(picture)
        elif kind == "code_inline":
            stack[-1].append(Code(token.content))
        elif kind == "math":
            stack[-1].append(Math(token.content, token.markup == "$$"))
        else:
            assert kind in ("text", "text_special", "hardbreak"), kind
            _add_text(stack[-1], "\n" if kind == "hardbreak" else token.content)
    return tuple(stack[0])


def _add_text(spans: list[Span], text: str) -> None:
    if spans and isinstance(last := spans[-1], Text):
        spans[-1] = Text(last.text + text)
    elif text:
        spans.append(Text(text))


def read_answers(markdown: str) -> tuple[str, tuple[Question, ...]]:
    """Return the title and the questions of a sheet of answers."""
    first, *nodes = SyntaxTreeNode(parser().parse(markdown)).children
    assert first.content.strip() == "<!-- exporter: answers, form 2 -->"
    title = _plain(nodes[0])
    questions: list[Question] = []
    category: str | None = None
    starts = [index for index, node in enumerate(nodes) if index and node.type == "heading"]
    for start, stop in pairwise([*starts, len(nodes)]):
        raw = nodes[start].children[0].content
        if "<a id=" not in raw:
            category = None if raw.endswith("<!-- no category -->") else _plain(nodes[start])
            continue
        questions.append(_question(raw.rpartition(" <a id=")[0], nodes[start + 1 : stop], category))
    return title, tuple(questions)


def _plain(node: SyntaxTreeNode) -> str:
    return "".join(span.text for span in _node_line(node) if isinstance(span, Text))


def _question(heading: str, nodes: list[SyntaxTreeNode], category: str | None) -> Question:
    number = _NUMBER.match(heading)
    lines = [read_line(heading[number.end() :] if number else heading)]
    details = [node.type == "html_block" and "details" in node.content for node in nodes]
    end = details.index(True) if True in details else len(nodes)
    given = _details(nodes[end + 1]) if end < len(nodes) else {}
    rule = next((index for index, node in enumerate(nodes[:end]) if node.type == "hr"), -1)
    rest = nodes[: max(rule, 0)]
    if rest and rest[0].content.strip() == "<!-- continued -->":
        lines += _hard_lines(rest[1])
        rest = rest[2:]
    asked = (Paragraph(tuple(lines)),) if lines != [()] else ()
    return Question(
        question=(*asked, *_blocks(rest)),
        answer=_blocks(_without_cues(nodes[rule + 1 : end])),
        number=int(number[1] or number[2]) if number else None,
        category=category,
        **given,  # type: ignore[arg-type]
    )


def _without_cues(nodes: list[SyntaxTreeNode]) -> list[SyntaxTreeNode]:
    """Return an answer without the bold of cues, which is between two asterisks, or `<b>`."""
    for inline in (inner for node in nodes for inner in node.walk() if inner.type == "inline"):
        assert inline.token
        inline.token.children = [
            token
            for token in inline.token.children or []
            if token.markup != "**" and token.content not in ("<b>", "</b>")
        ]
    return nodes


def _details(node: SyntaxTreeNode) -> dict[str, object]:
    given: dict[str, object] = {}
    for item in node.children:
        inline = item.children[0].children[0]
        name, _, raw = inline.content.partition(":")
        value = "".join(span.text for span in read_line(raw.removeprefix(" ")) if isinstance(span, Text))
        match name:
            case "Tags":
                parts = re.findall(r"(?:[^\\,]|\\.)+", raw)
                read = [read_line(part.removeprefix(" ")) for part in parts]
                given["tags"] = tuple(line[0].text for line in read if isinstance(line[0], Text))
            case "Cues":
                given["cues"] = tuple(_plain(cue.children[0]) for cue in item.children[1].children)
            case _:
                given[name.lower()] = value
    return given
