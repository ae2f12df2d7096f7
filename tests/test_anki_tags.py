"""The tags of a note: those of the source, and one for its category."""

from __future__ import annotations

import pytest

from exporter.anki.tags import build_tags, is_category_tag, make_category_tag
from exporter.identity.digests import content_digest
from exporter.model.questions import Question
from exporter.model.text import paragraph


@pytest.mark.parametrize(
    ("category", "tag"),
    [
        ("Databases", "category::databases"),
        ("Distributed  Systems", "category::distributed-systems"),
        ("C++ / Java & SQL", "category::c++-/-java-&-sql"),
        ("Ba\u0308nder", "category::bänder"),
        ("データ\u3000ベース", "category::データ-ベース"),
        ("Backend::Databases", "category::backend:databases"),
        (":: Databases ::", "category::-databases-"),
        ('The "hard" ones', "category::the-hard-ones"),
        ("one\ttwo\u00a0three", "category::one-two-three"),
        ("Soft\u00adhyphen", "category::softhyphen"),
        ('"', ""),
        ("", ""),
    ],
)
def test_categories_are_tags_as_anki_has_them(category: str, tag: str) -> None:
    assert make_category_tag(category) == tag
    assert not tag or is_category_tag(tag)


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        ((), ["category::databases"]),
        (("sql", "deep dive"), ["sql", "deep-dive", "category::databases"]),
        (("Category::Databases",), ["Category::Databases"]),
        (("category",), ["category", "category::databases"]),
    ],
)
def test_category_comes_after_the_users_tags(tags: tuple[str, ...], names: list[str]) -> None:
    asked = Question((paragraph("Why?"),), (paragraph("So."),), tags=tags, category="Databases")
    assert build_tags(asked) == names


def test_no_category_is_no_tag() -> None:
    assert build_tags(Question((paragraph("Why?"),), (paragraph("So."),))) == []


def test_digest_of_a_question_with_a_category_has_not_moved() -> None:
    asked = Question((paragraph("Why?"),), (paragraph("So."),), tags=("sql",), category="Databases")
    assert content_digest(asked, {}) == "bd01d6b6bf42bcc9"
