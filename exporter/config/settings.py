"""Every setting there is, in one table, and the values that are in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["text", "file", "encoding", "number", "flag", "list"]
Value = str | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of the configuration; `choices`, where given, are the only values it takes.

    A `file` is named from the folder of the configuration, or on the command line from where one is.
    """

    key: str
    kind: Kind
    default: Value
    meaning: str
    choices: tuple[str, ...] = ()


SETTINGS: tuple[Setting, ...] = (
    Setting("title", "text", None, "What the exports are called; by default the source's own title."),
    Setting("deck", "text", None, "Name of the deck in Anki; by default the title."),
    Setting("language", "text", "en", "Language of the questions, as in HTML: `en`, `de`, `pt-BR`."),
    Setting("from", "text", None, "The reader of all sources; by default each file's own."),
    Setting(
        "source.encoding",
        "encoding",
        None,
        "The encoding of all sources: `utf-8`, `windows-1250`, `shift_jis`; by default each file's own.",
    ),
    Setting("source.repair", "flag", True, "Whether text that was encoded twice (`cafÃ©`) is repaired."),
    Setting("to", "list", (), "Which exports a build writes; by default all of exporter's own."),
    Setting("anki.subdecks", "flag", False, "Whether each category has a subdeck of its own in Anki."),
    Setting(
        "anki.speak", "flag", False, "Whether Anki reads each question aloud, in the language of `language`."
    ),
    Setting("pdf.stock", "text", "a4-3x5", "The paper the cue cards are printed on."),
    Setting(
        "pdf.content",
        "text",
        "auto",
        "What a cue card's back has: the answer, its cues in bold; the cues alone; or both. By default the "
        "answer where 90 % of the questions fit one card, else the cues.",
        ("auto", "answer", "cues", "both"),
    ),
    Setting(
        "pdf.duplex",
        "text",
        "long-edge",
        "How both sides of a card come onto paper.",
        ("long-edge", "short-edge", "fold", "fronts-backs", "single"),
    ),
    Setting("pdf.reverse_backs", "flag", False, "With fronts-backs: print the last back first."),
    Setting("pdf.start_slot", "number", 1, "The slot of the first card on a part-used sheet, from 1."),
    Setting(
        "pdf.marks",
        "text",
        "auto",
        "Cut marks on plain stock: crop marks, guides between the cards, both (auto) or none.",
        ("auto", "crop", "guides", "none"),
    ),
    Setting(
        "pdf.font",
        "file",
        None,
        "The font for what the cards' own lack: a TrueType file, or a family that fontpkg has.",
    ),
    Setting("pdf.printer.offset_x", "number", 0, "How far to move fronts to the right, in millimetres."),
    Setting("pdf.printer.offset_y", "number", 0, "How far to move fronts down, in millimetres."),
    Setting("pdf.printer.rotation", "number", 0, "How far to turn fronts clockwise, in degrees."),
    Setting("pdf.printer.back_offset_x", "number", 0, "How far to move backs to the right, in millimetres."),
    Setting("pdf.printer.back_offset_y", "number", 0, "How far to move backs down, in millimetres."),
    Setting("pdf.printer.back_rotation", "number", 0, "How far to turn backs clockwise, in degrees."),
    Setting("pdf.custom.sheet_width", "number", 210, "Custom stock: the sheet's width in millimetres."),
    Setting("pdf.custom.sheet_height", "number", 297, "Custom stock: the sheet's height in millimetres."),
    Setting("pdf.custom.card_width", "number", 85, "Custom stock: a card's width in millimetres."),
    Setting("pdf.custom.card_height", "number", 54, "Custom stock: a card's height in millimetres."),
    Setting("pdf.custom.columns", "number", 2, "Custom stock: cards beside each other."),
    Setting("pdf.custom.rows", "number", 5, "Custom stock: cards above each other."),
    Setting("pdf.custom.left", "number", 15, "Custom stock: from the sheet's left edge, in millimetres."),
    Setting("pdf.custom.top", "number", 13.5, "Custom stock: from the sheet's top edge, in millimetres."),
    Setting("pdf.custom.pitch_x", "number", None, "Custom stock: from card to card; by default its width."),
    Setting("pdf.custom.pitch_y", "number", None, "Custom stock: from card to card; by default its height."),
    Setting("pdf.custom.perforated", "flag", False, "Custom stock: the cards are perforated; no cut marks."),
    Setting(
        "sheet.content",
        "text",
        "cues",
        "What the cheat sheet (HTML and PDF) has below each question: its cues or its answer.",
        ("cues", "answers"),
    ),
    Setting("sheet.columns", "number", 2, "How many columns the printed cheat sheet has, from 1 to 3."),
    Setting("sheet.paper", "text", "a4", "The paper of the printed cheat sheet.", ("a4", "letter")),
    Setting("delimited.question", "text", None, "The table's column with the questions: name or number."),
    Setting("delimited.answer", "text", None, "The table's column with the answers: name or number."),
    Setting("delimited.tags", "text", None, "The table's column with the tags: name or number."),
    Setting("delimited.category", "text", None, "The table's column with the category: name or number."),
)

BY_KEY: dict[str, Setting] = {setting.key: setting for setting in SETTINGS}


class SettingError(ValueError):
    """A setting whose value cannot be used; the text is a whole sentence for the user."""


@dataclass(frozen=True, slots=True)
class Options:
    """The settings in force: what was set, else the default of the table.

    `templates` is the folder of the project's own templates; empty if it has none.
    """

    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    templates: str = ""

    def __getitem__(self, key: str) -> Value:
        """Return the value of a key; raises `KeyError` for one that the table lacks."""
        return self.values.get(key, BY_KEY[key].default)

    def with_value(self, key: str, value: Value) -> Options:
        """Return the same settings with another value of one."""
        return replace(self, values={**self.values, key: value})

    def text(self, key: str) -> str:
        """Return the text set for a key, or the empty string."""
        value = self[key]
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> float:
        """Return the number set for a key, or 0."""
        value = self[key]
        return float(value) if isinstance(value, (int, float)) else 0.0

    def flag(self, key: str) -> bool:
        """Return whether a key is switched on."""
        return self[key] is True

    def items(self, key: str) -> tuple[str, ...]:
        """Return the list set for a key, or an empty one."""
        value = self[key]
        return value if isinstance(value, tuple) else ()
