"""The templates that a project can replace, and the variables in each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from exporter.model.suggestions import suggest

_COMMON = {
    "title": "the title of the deck, or of all decks",
    "language": "the language of the questions, as in HTML",
    "is_rtl": "whether the language is written from right to left",
    "count": "the number of questions",
    "words": "our words in the language of the questions, each under its key in `[words]`",
    "policy": "the content security policy, which allows the scripts of the page",
}
_SECTIONS = {
    "sections": "consecutive questions with the same category, in order",
    "section.category": "the category, or none",
    "has_categories": "whether any question has a category",
}
_SHEET = {
    "title": "the title, or none",
    "preamble": "what is above the first question, in Markdown; only `convert` has it",
    "words": _COMMON["words"],
    "labels": "the labels of details in the language of the questions: `tags`, `cues`, `notes`, `id`",
    **_SECTIONS,
    "section.entries": "the questions of the section",
    "entry.number": "the number, or none",
    "entry.category": "the category, or none",
    "entry.anchor": "the name of the anchor",
    "entry.heading": "the first line of the question",
    "entry.link": "the text of a link to the question",
    "entry.bold": "number and question on one bold line",
    "entry.rest": "what follows the first line of the question",
    "entry.blocks": "the answer in blocks, for programs",
    "entry.emphasized": "the same with the words of the cues in bold, or none",
    "entry.answer": "the answer",
    "entry.marked_answer": "the answer with the words of the cues in bold",
    "entry.cues": "the cues, as texts",
    "entry.cue_line": "the cues on one line",
    "entry.tags": "the tags, with commas",
    "entry.given_cues": "the cues of the source",
    "entry.notes": "the notes",
    "entry.id": "the id of the source",
}
_FIELDS = {
    "Question": "the question, as HTML",
    "Answer": "the answer, as HTML",
    "Cues": "the cues, as an HTML list; `{{hint:Cues}}` hides them",
    "Notes": "the notes",
    "Category": "the category",
    "Number": "the number",
    "Source": "the name of the source",
    "Key": "the key of the question",
    "Tags": "the tags, with spaces",
    "Type": "the name of the note type",
    "Deck": "the name of the deck",
    "Subdeck": "the last part of the name of the deck",
    "Card": "the name of the card template",
    "CardFlag": "`flag0` to `flag7`",
    "CardID": "the number of the card",
}


class TemplateInfo(NamedTuple):
    """What a template makes, and its variables with their meaning; `a.b` is the part `b` of each `a`."""

    purpose: str
    variables: Mapping[str, str]


TEMPLATES: Mapping[str, TemplateInfo] = {
    "anki/front.html": TemplateInfo("The front of Anki's cards, a template of Anki.", _FIELDS),
    "anki/back.html": TemplateInfo(
        "The back of Anki's cards, a template of Anki.", {**_FIELDS, "FrontSide": "the front"}
    ),
    "markdown/answers.md.j2": TemplateInfo("The answers in Markdown, which are read back.", _SHEET),
    "markdown/cheatsheet.md.j2": TemplateInfo("The cheat sheet in Markdown.", _SHEET),
    "sheet/page.html.j2": TemplateInfo(
        "The cheat sheet as a page.",
        {
            **_COMMON,
            **_SECTIONS,
            "section.questions": "the questions of the section",
            "item.anchor": "the name of the anchor",
            "item.number": "the number with its full stop",
            "item.question": "the question, as HTML",
            "item.cues": "the cues, if the sheet has them",
            "item.answer": "the answer as HTML, if the sheet has it",
            "item.words": "the text that is searched",
            "columns": "the number of columns in print",
            "paper": "`a4` or `letter`",
            "style": "the style sheet, with what the project adds",
            "script": "the script of the search",
        },
    ),
    "preview/page.html.j2": TemplateInfo(
        "The preview with the rehearsal.",
        {
            **_COMMON,
            "sections": "consecutive questions with the same heading, in order",
            "section.heading": "deck and category, or empty",
            "section.cards": "the questions of the section",
            "card.key": "the key of the question",
            "card.number": "the number",
            "card.question": "the first line of the question",
            "card.words": "the text that is searched",
            "card.deck": "the number of the deck, from 0",
            "card.front": "the front as on the phone, as HTML",
            "card.back": "the back as on the phone, as HTML",
            "card.paper": "the cue cards, as SVG",
            "card.rehearsal": "question, cues, answer and notes, as HTML",
            "style": "the style sheets",
            "font_faces": "the CSS of the fonts of the cue cards",
            "data": "the cards and words as JSON",
            "scripts": "the scripts: `page`, `frame` and `reload`",
        },
    ),
}
"""The templates with variables; style sheets and scripts have none."""

_UNDEFINED = re.compile(r"'(?P<name>\w+)' is undefined$|has no attribute '(?P<attribute>\w+)'$")


def explain_undefined(template: str, message: str) -> str:
    """Return the message of Jinja about an undefined name, with the variables of a template."""
    match = _UNDEFINED.search(message)
    if match is None or template not in TEMPLATES:
        return message
    variables = list(TEMPLATES[template].variables)
    if name := match["name"]:
        names = [variable for variable in variables if "." not in variable]
        reason = f"“{name}” is not defined"
    else:
        name = match["attribute"]
        names = [variable for variable in variables if "." in variable]
        reason = f"there is no “{name}”"
    parts = {variable.rpartition(".")[2]: variable for variable in names}
    suggestion = parts.get(suggest(name, list(parts)) or "")
    guess = f"; did you mean “{suggestion}”" if suggestion else ""
    return f"{reason}{guess}; there are {', '.join(names)}"
