"""Detect questions: by their question mark, or by their first word."""

from __future__ import annotations

import re

_QUESTION_START = re.compile(
    r"(?!\s{0,40}/[/*])(?:[\W\d_]{0,12})(?!(?:can|could|will|would|should|may)\s(?:be|have|also|only|not|use|cause)\b)"
    r"(?:what|why|how|when|where|which|who|whom|whose|can|could|would|should|do|does|did|is|are|was|were"
    r"|have|has|had|will|explain|describe|tell|give|name|list|define|discuss|compare|contrast|write|implement|design"
    r"|create|build|find|show|imagine|suppose|walk|talk|difference|differences|differentiate|state|mention|outline"
    r"|calculate|solve|draw|provide|elaborate|illustrate|true or false|pros and cons|advantages|given"
    r"|qué|cómo|cuál|cuáles|explica|explique|describe|describa|escribe|escriba|diseña|diseñe|implementa|compara"
    r"|háblame|hábleme|cuéntame|cuénteme|explícame|explíqueme|dime|dígame|preséntate|preséntese|fale|erzähle|erzählen"
    r"|parlez|présentez|racontez|parlami|raccontami|spiega|descrivi|perché|quali"
    r"|menciona|defina|como|quais|qual|descreva|erkläre|erklären|beschreibe|nenne|warum|welche|wie|décris|décrivez"
    r"|expliquez|pourquoi|comment|quelle|что|как|какие|какой|какая|чем|почему|зачем|объясните|расскажите|опишите)\b(?!\W{0,12}$)",
    re.IGNORECASE,
)
"""The first word of a question, but not of a comment in code or a line that is only this word."""
_CLAUSE = re.compile(
    r"\W{0,12}(?:when|where|given|which|who|whose|as)\b[^,?]{1,200},\s.{1,400}[.。]\W{0,4}$", re.IGNORECASE
)
"""A sentence that begins with a clause, as in “When it is full, the oldest goes.”"""
_PRONOUN = re.compile(r"\W{0,12}(?:what|why|how|when|where|which|who|whom|whose)\b", re.IGNORECASE)
MAX_START_CHARS = 80  # bound: time
"""The first word, with what precedes it, is among these characters."""

MAX_TAIL_CHARS = 90  # bound: time
"""The question mark, with what follows it, is among these last characters."""

_AFTER_QUESTION_MARK = re.compile(r"[?？؟](?:[\s\W]|\([^()]{0,40}\)){0,60}")


def ends_with_question_mark(text: str) -> bool:
    """Return whether a line ends in a question mark, followed only by punctuation or parentheses.

    The `?>` that ends PHP code is not a question mark.
    """
    tail = text[-MAX_TAIL_CHARS:].rstrip()
    if tail.endswith("?>"):
        return False
    if tail.endswith("?"):
        return True
    if tail.isascii() and "?" not in tail:
        return False
    index = max(tail.rfind("?"), tail.rfind("？"), tail.rfind("؟"))
    return index >= 0 and _AFTER_QUESTION_MARK.fullmatch(tail[index:]) is not None


def is_statement(text: str) -> bool:
    """Return whether a line begins with a question's pronoun, but ends in a full stop."""
    return text.rstrip().endswith((".", "。")) and _PRONOUN.match(text) is not None


def looks_like_question(text: str) -> bool:
    """Return whether a line ends in a question mark or begins with a word that questions begin with."""
    if ends_with_question_mark(text):
        return True
    return _QUESTION_START.match(text[:MAX_START_CHARS]) is not None and _CLAUSE.match(text) is None
