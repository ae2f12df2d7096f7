"""All settings with their keys, types, defaults and help, as a tree of frozen dataclasses."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from exporter.config.choices import CardOrder, ContentChoice, CutMarks, PaperChoice, PrintMode, SheetContent
from exporter.config.plugin_values import PluginContext, PluginValue
from exporter.config.settings_table import (
    SettingType,
    Value,
    setting,
    setting_group,
    table_of,
    value_of,
    with_value,
)
from exporter.config.source_overrides import SourceOverride
from exporter.config.words import Words

OwnSettings = TypeVar("OwnSettings")


class SettingError(ValueError):
    """The value of a setting cannot be used; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """How sources are decoded and read."""

    questions: tuple[str, ...] = setting(
        (),
        "What marks the questions: the characters before each (`===>`, `###`), a form of numbers (`N.`, "
        "`(N)`, `Q1:`), a style (`labels`, `headings`, `bullets`, …), `blank`, `blank2` or `/a regular "
        "expression/`; by default what fits the file best.",
        type=SettingType.QUESTIONS,
    )

    encoding: str = setting(
        "",
        "The encoding of all sources: `utf-8`, `windows-1250`, `shift_jis`; by default that of each file.",
        type=SettingType.ENCODING,
    )
    repair: bool = setting(True, "Whether text that was encoded twice (`cafÃ©`) is repaired.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnkiSettings:
    """The deck in Anki."""

    subdecks: bool = setting(False, "Whether each category has its own subdeck in Anki.")
    speak: bool = setting(False, "Whether Anki reads each question aloud, in the language of `language`.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterSettings:
    """Correction of a printer's misalignment: millimetres to the right and down, degrees clockwise."""

    offset_x: float = setting(0, "How far to move fronts to the right, in millimetres.")
    offset_y: float = setting(0, "How far to move fronts down, in millimetres.")
    rotation: float = setting(0, "How far to turn fronts clockwise, in degrees.")
    back_offset_x: float = setting(0, "How far to move backs to the right, in millimetres.")
    back_offset_y: float = setting(0, "How far to move backs down, in millimetres.")
    back_rotation: float = setting(0, "How far to turn backs clockwise, in degrees.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomStockSettings:
    """The dimensions of the stock `custom`, in millimetres."""

    sheet_width: float = setting(210, "Custom stock: the sheet's width in millimetres.")
    sheet_height: float = setting(297, "Custom stock: the sheet's height in millimetres.")
    card_width: float = setting(85, "Custom stock: a card's width in millimetres.")
    card_height: float = setting(54, "Custom stock: a card's height in millimetres.")
    columns: float = setting(2, "Custom stock: the number of cards in a row.")
    rows: float = setting(5, "Custom stock: the number of rows.")
    left: float = setting(15, "Custom stock: from the sheet's left edge to the first card, in millimetres.")
    top: float = setting(13.5, "Custom stock: from the sheet's top edge to the first card, in millimetres.")
    pitch_x: float | None = setting(
        None, "Custom stock: from one card to the next; by default its width.", type=SettingType.NUMBER
    )
    pitch_y: float | None = setting(
        None, "Custom stock: from one card to the next; by default its height.", type=SettingType.NUMBER
    )
    perforated: bool = setting(False, "Custom stock: the cards are perforated; no cut marks.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfSettings:
    """The cue cards."""

    stock: str = setting(
        "auto",
        "The paper the cue cards are printed on; by default `letter-3x5` where the region of `language` uses "
        "Letter (`en-US`, `es-MX`, `fr-CA`, …), else `a4-3x5`.",
    )
    content: ContentChoice = setting(
        ContentChoice.AUTO,
        "What the back of a cue card shows: the answer with its cues in bold, only the cues, or both. By "
        "default the answer if 90 % of the questions fit on one card, else the cues.",
    )
    smallest: float = setting(
        9,
        "The smallest type size of questions and answers in points; what does not fit is continued on "
        "further cards. Large print has at least 18.",
    )
    largest: float | None = setting(
        None,
        "The largest type size of questions and answers in points; by default that of the size of the "
        "card: 22 for a question on 3 × 5 inches.",
        type=SettingType.NUMBER,
    )
    front_cues: bool = setting(False, "Print the cues on the front too, below the question.")
    qr: bool = setting(False, "Print a QR code with the Anki search for the note on each front.")
    print_mode: PrintMode = setting(
        PrintMode.LONG_EDGE, "How the two sides of the cards are printed.", key="duplex"
    )
    order: CardOrder = setting(
        CardOrder.STACK,
        "How the cards run through the sheets: so that a pile of sheets that is cut at once comes out in "
        "order (stack), or sheet by sheet (sheet).",
    )
    reverse_backs: bool = setting(False, "With fronts-backs: print the last back first.")
    start_slot: float = setting(1, "The first free slot of a part-used sheet, from 1, row by row.")
    marks: CutMarks = setting(
        CutMarks.AUTO, "Cut marks on plain stock: crop marks, guides between the cards, both (auto) or none."
    )
    bleed: float = setting(
        0,
        "White paper around the card on stocks of one card a page (`card-…`), in mm, which is cut off.",
    )
    typeface: tuple[str, ...] = setting(
        (),
        "The typeface of cards and sheets, instead of Atkinson Hyperlegible: an installed family of fontpkg, "
        "such as `Lexend`, or TrueType files, one for each style that you have.",
        type=SettingType.FONTS,
    )
    font: tuple[str, ...] = setting(
        (),
        "The fonts for characters that the built-in fonts lack, in the order in which they are tried: "
        "TrueType files, or families of fontpkg. Other installed families come next, then the system's.",
        type=SettingType.FONTS,
    )
    system_fonts: bool = setting(
        True, "Whether fonts of the system are used for characters that no other font has."
    )
    printer: PrinterSettings = setting_group(PrinterSettings)
    custom: CustomStockSettings = setting_group(CustomStockSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSettings:
    """The cheat sheet."""

    content: SheetContent = setting(
        SheetContent.CUES,
        "What the cheat sheet (HTML and PDF) shows below each question: its cues or its answer.",
    )
    columns: float = setting(2, "The number of columns of the printed cheat sheet, from 1 to 3.")
    paper: PaperChoice = setting(
        PaperChoice.AUTO,
        "The paper of the printed cheat sheet; by default `letter` where the region of `language` uses it, "
        "else `a4`.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ColorSettings:
    """The colours."""

    accent: str = setting(
        "",
        "The colour of links, buttons and swatches, such as `#b3541e`, on phone, pages and paper; darker or "
        "lighter where it could not be read. By default a blue, and black on paper.",
        type=SettingType.COLOR,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DelimitedSettings:
    """The columns of a table source, by name or number, and what divides its text."""

    question: str = setting("", "The table's column with the questions: name or number.")
    answer: str = setting("", "The table's column with the answers: name or number.")
    tags: str = setting("", "The table's column with the tags: name or number.")
    category: str = setting("", "The table's column with the category: name or number.")
    separator: str = setting("", "What is between question and answer, such as ` - `; by default found.")
    record: str = setting("", "What is between two rows, such as `;` or `\\n\\n`; by default a line end.")

    @property
    def has_separators(self) -> bool:
        """Whether what divides the text is set, as for an export of Quizlet."""
        return bool(self.separator or self.record)


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginSettings:
    """What holds for all plugins; the settings of a single one are in the table `[plugin.NAME]`."""

    # our slowest export, the cue cards, takes 3.3 s for 2,000 questions with all of the build, and grows with
    # their number: 60 s are enough for 30,000 at that speed
    timeout: float = setting(
        60, "How long a plugin may take for a source or a deck, in seconds; 0 is without a limit."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, set or default.

    `templates` is the folder of the project's templates; empty if it has none. `overrides` are the settings
    of single sources, of which later ones come first. `plugin_files` are the paths of the project's plugins,
    `plugin_values` the settings of plugins that are not validated yet, and `context` is what a plugin that
    runs has besides the settings of all.
    """

    title: str = setting("", "The title of the exports; by default that of the source.")
    deck: str = setting("", "Name of the deck in Anki; by default the title.")
    language: str = setting(
        "",
        "Language of the questions, as in HTML: `en`, `de`, `pt-BR`; by default that of the labels of a "
        "source (`Frage` is German), else `en`.",
    )
    reader: str = setting("", "The reader of all sources; by default that for each file.", key="from")
    source: SourceSettings = setting_group(SourceSettings)
    exports: tuple[str, ...] = setting(
        (), "The exports that a build writes; by default all built-in ones.", key="to"
    )
    filters: tuple[str, ...] = setting(
        (), "The filters of plugins that change the questions after they were read, in this order."
    )
    plugins: tuple[str, ...] = setting(
        (), "The files `plugins/NAME.py` of the project that are used as plugins, by their names."
    )
    plugin: PluginSettings = setting_group(PluginSettings)
    anki: AnkiSettings = setting_group(AnkiSettings)
    pdf: PdfSettings = setting_group(PdfSettings)
    sheet: SheetSettings = setting_group(SheetSettings)
    color: ColorSettings = setting_group(ColorSettings)
    delimited: DelimitedSettings = setting_group(DelimitedSettings)
    words: Words = setting_group(Words)
    templates: str = ""
    overrides: tuple[SourceOverride, ...] = ()
    plugin_files: tuple[str, ...] = ()
    plugin_values: tuple[PluginValue, ...] = ()
    context: PluginContext | None = None

    def of_plugin(self, table: type[OwnSettings]) -> OwnSettings:
        """Return the plugin's own settings, of the type that it declares; without any the defaults."""
        own = self.context.own if self.context else None
        return own if isinstance(own, table) else table()

    def for_source(self, name: str) -> Settings:
        """Return the settings of the source with a file name."""
        settings = self
        for override in self.overrides:
            if override.matches(name):
                settings = with_values(settings, dict(override.values))
        return settings

    def __getitem__(self, key: str) -> Value:
        """Return the value of a key; deprecated, use the attribute. Raise `KeyError` for an unknown key."""
        return _deprecated(self, key, f"settings[{key!r}]")

    def text(self, key: str) -> str:
        """Return the text set for a key, or the empty string; deprecated, use the attribute."""
        value = _deprecated(self, key, "text()")
        return str(value) if isinstance(value, str) else ""

    def number(self, key: str) -> float:
        """Return the number set for a key, or 0; deprecated, use the attribute."""
        value = _deprecated(self, key, "number()")
        return float(value) if isinstance(value, (int, float)) else 0.0

    def flag(self, key: str) -> bool:
        """Return whether a flag is set; deprecated, use the attribute."""
        return _deprecated(self, key, "flag()") is True

    def items(self, key: str) -> tuple[str, ...]:
        """Return the list set for a key, or an empty one; deprecated, use the attribute."""
        value = _deprecated(self, key, "items()")
        return value if isinstance(value, tuple) else ()


SETTINGS = table_of(Settings)
"""All settings by their keys in TOML."""


def with_values(settings: Settings, values: Mapping[str, Value]) -> Settings:
    """Return settings with some values replaced, by key; raise `KeyError` for an unknown key."""
    for key, value in values.items():
        settings = with_value(settings, SETTINGS[key], value)
    return settings


def assign_values(settings: Settings, values: Mapping[str, Value]) -> Settings:
    """Return settings with some values replaced by key, those of single sources included."""
    overrides = tuple(
        replace(override, values=tuple(item for item in override.values if item[0] not in values))
        for override in settings.overrides
    )
    return with_values(replace(settings, overrides=overrides), values)


Options = Settings
"""Deprecated name of `Settings`, kept for one release."""


def _deprecated(settings: Settings, key: str, call: str) -> Value:
    message = f"Settings: {call} is deprecated; use the attribute of “{key}”"
    warnings.warn(message, DeprecationWarning, stacklevel=3)
    return value_of(settings, SETTINGS[key])
