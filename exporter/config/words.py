"""The words that exports and pages have of their own, in the language of the questions.

A word in English is the help of its setting; those in other languages are in `templates/words/`, one file
for each language. `{count}` and the like are replaced when the word is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from exporter.config.project_file import parse
from exporter.config.settings_table import setting
from exporter.config.templates import templates_folder

MARKUP = '<>&"\\'
"""The characters that no word may have: words are put into HTML, scripts and templates of Anki."""

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def _word(english: str) -> str:
    """Return the dataclass field of a word, which is empty if it is not set."""
    return setting("", english)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words, each as a setting that replaces the one of the language."""

    # cue cards
    cues_label: str = _word("CUES")
    part_of: str = _word("{number} of {total}")
    date: str = _word("{day} {month} {year}")
    months: str = _word("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    cue_cards: str = _word("Cue cards on {stock}")
    sheet_of: str = _word("sheet {number} of {total}")
    fronts: str = _word("fronts")
    backs: str = _word("backs")
    answers: str = _word("answers")
    turned: str = _word("turned so that the card reads like a page")
    print_long_edge: str = _word("print at 100 %, on both sides, flip on the long edge")
    print_short_edge: str = _word("print at 100 %, on both sides, flip on the short edge")
    print_fold: str = _word("print at 100 %, on one side, fold between question and answer")
    print_fronts_backs: str = _word(
        "print at 100 %, fronts first, turn the stack over on its long edge, then backs"
    )
    print_single: str = _word("print at 100 %, on one side")

    # the calibration sheet
    calibration_sheet: str = _word("Calibration sheet")
    calibration_subject: str = _word("Scales for a printer")
    printed_with: str = _word("Printed with {right} mm to the right, {down} mm down, {turn}° clockwise.")
    fold_sheet: str = _word("Fold the sheet in half both ways, edge on edge.")
    read_scales: str = _word("Read {a}, {b} and {c} at the folds, to a tenth, such as 10.3; 10 is right.")
    read_back: str = _word("Read {a}, {b} and {c} on this side, at the same folds.")
    read_briefly: str = _word("Fold in half both ways. Read {a}, {b} and {c} at the folds; 10 is right.")
    printer_scales: str = _word("If the line below is not {length} mm long, the printer scales.")
    thick_card: str = _word(
        "Thick card: do not fold it, but find the middle with a ruler, {x} mm from the left edge and {y} mm "
        "from the upper one."
    )

    # the deck
    cues: str = _word("Cues")
    next_cue: str = _word("Next cue ({number} of {total})")

    # cheat sheets, and pages
    cheat_sheet: str = _word("cheat sheet")
    other_questions: str = _word("Other questions")
    to_questions: str = _word("To the questions")
    search: str = _word("Search")
    search_questions: str = _word("Search the questions")
    one_question: str = _word("1 question")
    question_count: str = _word("{count} questions")
    no_match: str = _word("No question has these words.")

    # the preview
    preview: str = _word("preview")
    to_card: str = _word("To the card")
    rehearse: str = _word("Rehearse")
    night: str = _word("Night")
    questions: str = _word("Questions")
    match_count: str = _word("{count} of {total} questions")
    scripts_off: str = _word("The cards are shown by a script, and scripts are switched off here.")
    no_answers: str = _word("No question has an answer yet.")
    on_phone: str = _word("On the phone")
    on_paper: str = _word("On paper")
    the_card: str = _word("The card")
    previous_question: str = _word("Previous question")
    next_question: str = _word("Next question")
    show_answer: str = _word("Show answer")
    show_question: str = _word("Show question")
    question: str = _word("question")
    answer: str = _word("answer")
    front: str = _word("front")
    back: str = _word("back")
    phone_question: str = _word("The card as on the phone, its question")
    phone_answer: str = _word("The card as on the phone, its answer")
    paper_front: str = _word("The front of the cue card")
    paper_back: str = _word("The back of the cue card")
    card_of: str = _word("card {number} of {total}")
    question_of: str = _word("Question {number} of {total}")
    answer_shown: str = _word("Answer")
    key_next_cue: str = _word("next cue")
    key_search: str = _word("search")
    key_night: str = _word("night")
    space: str = _word("space")
    watch_stopped: str = _word("exporter watch has stopped.")

    # the rehearsal
    rehearsal: str = _word("Rehearsal")
    order: str = _word("Order")
    in_order: str = _word("In order")
    shuffled: str = _word("Shuffled")
    time_for_each: str = _word("Time for each")
    less_time: str = _word("30 seconds less")
    more_time: str = _word("30 seconds more")
    no_clock: str = _word("no clock")
    begin: str = _word("Begin")
    all_cards: str = _word("All cards")
    all_questions: str = _word("All")
    missed_last_time: str = _word("Missed last time")
    rehearsal_help: str = _word(
        "Say the answer aloud. A tap shows the next cue, then the answer. What you missed comes again until "
        "you have said it."
    )
    key_cue_answer: str = _word("next cue, then the answer")
    key_said: str = _word("said it")
    key_missed: str = _word("missed it")
    key_take_back: str = _word("take back")
    key_pause: str = _word("pause")
    enter: str = _word("enter")
    backspace: str = _word("backspace")
    escape: str = _word("esc")
    said: str = _word("Said")
    what_next: str = _word("What next")
    cue_of: str = _word("Cue {number} of {total}")
    said_it: str = _word("Said it")
    missed_it: str = _word("Missed it")
    once_more: str = _word("Once more, {count} left")
    time_is_over: str = _word("The time is over.")
    seconds_left: str = _word("{count} seconds left")
    pause: str = _word("Pause")
    paused: str = _word("Paused")
    said_count: str = _word("{count} of {total} said")
    go_on: str = _word("Go on")
    take_back: str = _word("Take back")
    take_back_said: str = _word("Take back “Said it”")
    take_back_missed: str = _word("Take back “Missed it”")
    end_here: str = _word("End here")
    all_said: str = _word("All {total} said at once")
    only_one_said: str = _word("The question said at once")
    said_at_once: str = _word("{count} of {total} said at once")
    time_in_all: str = _word("{time} in all")
    not_asked: str = _word("{count} not asked")
    look_again: str = _word("To look at once more")
    said_late: str = _word("said, but it took {time}")
    missed_once: str = _word("missed once")
    missed_twice: str = _word("missed twice")
    missed_times: str = _word("missed {count} times")
    not_said_yet: str = _word("not said yet")
    rehearse_these: str = _word("Rehearse these {count}")
    rehearse_this: str = _word("Rehearse this one")
    new_rehearsal: str = _word("New rehearsal")


ENGLISH = Words(**{item.name: item.metadata["help"] for item in fields(Words)})
"""The words in English."""

NEUTRAL = replace(ENGLISH, cues_label="", date="", months="")
"""The words for a language without a file: English, but dates are in figures, and cues have no label."""


def find_words(language: str, own: Words | None = None) -> Words:
    """Return the words in a language (BCP 47), with `own` ones, those of the settings, instead of them."""
    words = _load(language.replace("_", "-").partition("-")[0].lower())
    if own is None:
        return words
    return replace(words, **{item.name: text for item in fields(Words) if (text := getattr(own, item.name))})


@lru_cache(maxsize=16)
def _load(language: str) -> Words:
    """Return the words in a language by its code; `NEUTRAL` if there is no file of it."""
    if language in ("", "en"):
        return ENGLISH
    path = templates_folder() / "words" / f"{language}.toml"
    if language not in LANGUAGES:
        return NEUTRAL
    texts = parse(path.read_text(encoding="utf-8"))
    return replace(NEUTRAL, **texts)


LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "ja", "pt", "ru", "zh")
"""The languages that have all words."""


def placeholders(text: str) -> set[str]:
    """Return the names in braces in a word."""
    return set(_PLACEHOLDER.findall(text))


def find_word_problem(text: str, english: str) -> str:
    """Return what is wrong with a word, as the predicate of a sentence; empty for a valid one."""
    if any(char in text for char in MARKUP):
        return f"cannot contain {' '.join(MARKUP)}"
    unknown = placeholders(text) - placeholders(english)
    if unknown or set("{}") & set(_PLACEHOLDER.sub("", text)):
        names = ", ".join(re.findall(r"\{\w+\}", english)) or "none"
        return f"has braces that are not replaced; the names in braces are here: {names}"
    return ""


def fill(text: str, **values: object) -> str:
    """Return a word with its placeholders replaced; one without a value stays as it is."""
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), text)


def capitalize(text: str) -> str:
    """Return a word with a capital at its start."""
    return text[:1].upper() + text[1:]
