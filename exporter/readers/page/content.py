"""What a page has besides its text: navigation, banners, scripts and forms are taken out of its tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from exporter.readers.page.tree import Comment, Tag, Words, iter_lines_outside

MIN_MAIN_SHARE = 0.5  # unmeasured
"""Least share of a page's text in the element that says it is the main one, for the rest to be left out."""

MAX_PART_SHARE = 0.3  # unmeasured
"""Largest share of a page's text in a part that is left out by the name of its class."""

MIN_LINKED_SHARE = 0.5  # unmeasured
"""Least share of linked words in a list of links."""

_NO_TEXT = frozenset(
    "script style template noscript iframe object embed video audio canvas svg select textarea link meta base"
    " map dialog".split()
)
"""Elements whose content is not text of the page."""

_UNSEEN = ("link", "meta", "base", "style")
"""Elements that no reader of the page would miss."""

_FRAMES = frozenset("nav footer header aside".split())
_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu toolbar".split()
)
_BANNERS = frozenset(
    "cookie cookies consent gdpr newsletter subscribe breadcrumb breadcrumbs advert advertisement pagination"
    " skiplink".split()
)
_LINKS = frozenset(
    "menu nav navbar navigation sidebar toc share sharing social related footer contents".split()
)
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


@dataclass(slots=True)
class Content:
    """The part of a page that is read, the title that the page has, and what was taken out of it.

    `left_out` and `comments` are the lines (from 0, the end excluded) of what is not read.
    """

    body: Tag
    title: str = ""
    left_out: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)


def find_content(page: Tag) -> Content:
    """Return the content of a page; the rest is taken out of its tree."""
    body = page.find("body") or page
    title = page.find("title")
    content = Content(body, title.text if title is not None else "")
    for tag in (page, *(tag for tag in page.iter_tags() if tag.name in ("html", "head"))):
        for child in tag.children:
            if isinstance(child, Comment):
                _note_comment(content, child)
    total = max(1, len(body.text))
    _remove(content, body, total, is_framed=_has_text(body, "main", "article"))
    # the article may be in the main element, as on pages of code hosts and blogs
    while (main := _find_main(content.body)) is not None:
        if len(main.text) < MIN_MAIN_SHARE * len(content.body.text):
            break
        content.left_out += iter_lines_outside(content.body, [main])
        content.body = main
    return content


def _has_text(body: Tag, *names: str) -> bool:
    return any(tag.name in names and tag.text for tag in body.iter_tags())


def _find_main(body: Tag) -> Tag | None:
    """Return the only element that says that it is the main one, else the only article."""
    mains = [tag for tag in body.iter_tags() if tag.name == "main" or tag.attributes.get("role") == "main"]
    articles = [tag for tag in body.iter_tags() if tag.name == "article"]
    return next((found[0] for found in (mains, articles) if len(found) == 1), None)


def _remove(content: Content, body: Tag, total: int, is_framed: bool) -> None:
    """Take out of the tree what is not text; `total` are the characters of all of it."""
    stack = [(body, False)]
    while stack:
        parent, is_inside = stack.pop()
        kept: list[Tag | Words | Comment] = []
        for child in parent.children:
            if isinstance(child, Comment):
                _note_comment(content, child)
            elif isinstance(child, Tag) and _is_left_out(child, total, is_inside, is_framed):
                if child.name not in _UNSEEN and not _is_second_form(child):
                    content.left_out.append((child.line - 1, child.last_line))
            else:
                kept.append(child)
        parent.children = kept
        stack += [
            (child, is_inside or child.name in ("main", "article", "blockquote"))
            for child in kept
            if isinstance(child, Tag)
        ]


def _note_comment(content: Content, comment: Comment) -> None:
    """Note the lines of a comment, unless a program wrote it."""
    if not comment.text.lstrip().startswith(("[", "<", "StartFragment", "EndFragment", "saved from")):
        last_line = comment.line + comment.text.count("\n")
        content.comments.append((comment.line - 1, max(comment.line, last_line)))


def _is_second_form(tag: Tag) -> bool:
    """Return whether an element shows a formula whose source is beside it."""
    return "katex-html" in tag.classes or "MathJax_Preview" in tag.classes


def _is_left_out(tag: Tag, total: int, is_inside: bool, is_framed: bool) -> bool:
    """Return whether an element is not text of the page; `is_inside` is set in its main element."""
    if tag.name == "script" and tag.attributes.get("type", "").startswith("math/tex"):
        return False
    if tag.name in _NO_TEXT or _is_second_form(tag):
        return True
    if tag.name in ("p", "span", "li", "a", "b", "strong", "td", "th", "tr", "body", "h1", "h2", "h3"):
        return False
    if tag.name == "nav" or tag.attributes.get("role") in _ROLES:
        return len(tag.text) <= MAX_PART_SHARE * total
    if tag.name in _FRAMES and not is_inside and (is_framed or tag.name == "footer"):
        return tag.find("h1") is None and len(tag.text) <= MAX_PART_SHARE * total
    if tag.name == "div" and tag.attributes.get("title") in ("header", "footer"):  # of LibreOffice
        return True
    names = [name for name in (*tag.classes, tag.attributes.get("id", "")) if name]
    words = {word.lower() for name in names for word in _NAME.findall(name)[-2:]}
    if not words & (_BANNERS | _LINKS):
        return False
    if tag.name == "aside" and words & _LINKS:
        return True
    text = len(tag.text)
    if text > MAX_PART_SHARE * total:
        return False
    linked = sum(
        len(link.text) for link in tag.iter_tags() if link.name == "a" and link.attributes.get("href")
    )
    return bool(words & _BANNERS) or (linked > 0 and linked >= MIN_LINKED_SHARE * text)
