"""Pairs for `exporter/readers/markdown/`."""

from __future__ import annotations

from tests.reading_pairs.case import Case

_NAMES = ("jib", "boom", "mast", "keel", "helm", "hull", "deck", "bow", "stern", "cleat", "sheet", "halyard")


def _case(title: str, paragraphs: list[str], count: int) -> Case:
    return Case(title, "a.md", "\n\n".join(["# Sailing", *paragraphs, ""]), (str(count),), "count")


def _list(title: str, asking: int, others: list[str], count: int) -> Case:
    """Return a case of paragraphs that ask, and others after the second."""
    paragraphs = [f"What is the {name} of a boat?" for name in _NAMES[:asking]]
    return _case(title, [*paragraphs[:2], *others, *paragraphs[2:]], count)


def _glossary(title: str, terms: int, count: int) -> Case:
    return _case(title, [f"**{name}**\nIt is a part of a boat." for name in _NAMES[:terms]], count)


CASES = (
    _list("MIN_LISTED_SHARE below", 5, ["Use of the anchor", "Care of the sails", "Old boats of wood"], 5),
    _list("MIN_LISTED_SHARE above", 8, ["Use of the anchor", "Care of the sails"], 10),
    _list("MIN_LISTED_WORDS below", 8, ["Deck work"], 8),
    _list("MIN_LISTED_WORDS above", 8, ["Use of the anchor"], 9),
    _glossary("MIN_TERMS below", 2, 0),
    _glossary("MIN_TERMS above", 4, 4),
)
