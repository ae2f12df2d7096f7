"""Removing the words of a title that only name the format of its file, such as “(Plain Text)”."""

from __future__ import annotations

import re

_FORMAT = (
    r"plain[\s_-]*text|text|txt|markdown|md|gfm|utf-?8|ascii|pdf|docx?|rtf|odt|printable|"
    r"(?:nur|rein(?:er)?|einfacher)[\s-]+text|nurtext|klartext|texte[\s-]+brut|"
    r"te[xs]to[\s-]+(?:plano|simple|simples|semplice|puro|sin[\s-]+formato)"
)
"""Formats that are rarely the subject of a title."""

_AMBIGUOUS = r"html|csv|tsv|json|yaml|xml|excel|xlsx?|word|anki|apkg|google[\s-]+docs?|org(?:[\s-]mode)?"
"""Formats that may be the subject: `Questions (HTML)` keeps its words, `(HTML version)` does not."""

_KIND = r"file|format|version|edition|export|copy|only|datei|fassung|version[e]?|versión|formato|fichier"
_EXTENSION = r"\.(?:txt|text|md|markdown|mdown|csv|tsv|json|html?|pdf|docx?|rtf|odt|org|xlsx?|apkg)"
_PART = (
    rf"(?:\*?{_EXTENSION}(?:[\s-]+(?:{_KIND}))?"
    rf"|(?:in|as|als|en|format:?)?[\s-]*(?:{_FORMAT})(?:[\s-]*(?:{_KIND}))*"
    rf"|(?:in|as|als|en)[\s-]+(?:{_AMBIGUOUS})(?:[\s-]+(?:{_KIND}))*"
    rf"|(?:{_AMBIGUOUS})(?:[\s-]+(?:{_KIND}))+)"
)
_BRACKETED = re.compile(r"\s*(?:\(([^][()（）]*)\)|\[([^][()（）]*)\]|（([^][()（）]*)）)")
_WORDS = rf"\s*{_PART}(?:\s*(?:[,;/+&|]|and|und|et|y|e)\s*{_PART})*\s*"
"""The text between brackets, whatever their kind; compiled only for a title with brackets."""

_CLEAR = rf"plain[\s_-]*text(?:\s+(?:{_KIND}))*|{_EXTENSION}|(?:{_FORMAT}|{_AMBIGUOUS})(?:[\s-]+(?:{_KIND}))+"
"""After a dash, a single word is a subject: `Writing – Markdown`."""

_DASH = re.compile(r"\s[–—|-]+\s")
_BEHIND_DASH = rf"\s+[–—|-]+\s+(?:{_CLEAR})\s*$"
_FILE_NAME = re.compile(r"(?<=\w)\.(?:txt|md|markdown)\s*$", re.IGNORECASE)


def remove_format_words(title: str) -> str:
    """Return a title without the words that name the format of its file.

    Such words are recognized in brackets, after the last dash, and as a file name suffix. A title
    that has no other words is returned unchanged.
    """
    short = _BRACKETED.sub(
        lambda match: "" if re.fullmatch(_WORDS, match[match.lastindex or 0], re.IGNORECASE) else match[0],
        title,
    )
    if _DASH.search(short):
        short = re.sub(_BEHIND_DASH, "", short, flags=re.IGNORECASE)
    short = _FILE_NAME.sub("", short).strip()
    return short if any(map(str.isalnum, short)) else title
