"""The settings as keyword arguments of the Python API; a dot in a key is `__`.

`pytest tests/test_config.py --update-golden` writes this module from the table of settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict


class SettingValues(TypedDict, total=False):
    """The values of settings, by keyword."""

    title: str
    deck: str
    language: str
    source__questions: str | Sequence[str]
    source__encoding: str
    source__repair: bool
    filters: Sequence[str]
    plugins: Sequence[str]
    plugin__timeout: float
    anki__subdecks: bool
    anki__speak: bool
    pdf__stock: str
    pdf__content: Literal["auto", "answer", "cues", "both"]
    pdf__smallest: float
    pdf__largest: float
    pdf__front_cues: bool
    pdf__qr: bool
    pdf__duplex: Literal["long-edge", "short-edge", "fold", "fronts-backs", "single"]
    pdf__order: Literal["stack", "sheet"]
    pdf__reverse_backs: bool
    pdf__start_slot: float
    pdf__marks: Literal["auto", "crop", "guides", "none"]
    pdf__bleed: float
    pdf__typeface: str | Sequence[str]
    pdf__font: str | Sequence[str]
    pdf__system_fonts: bool
    pdf__printer__offset_x: float
    pdf__printer__offset_y: float
    pdf__printer__rotation: float
    pdf__printer__back_offset_x: float
    pdf__printer__back_offset_y: float
    pdf__printer__back_rotation: float
    pdf__custom__sheet_width: float
    pdf__custom__sheet_height: float
    pdf__custom__card_width: float
    pdf__custom__card_height: float
    pdf__custom__columns: float
    pdf__custom__rows: float
    pdf__custom__left: float
    pdf__custom__top: float
    pdf__custom__pitch_x: float
    pdf__custom__pitch_y: float
    pdf__custom__perforated: bool
    sheet__content: Literal["cues", "answers"]
    sheet__columns: float
    sheet__paper: Literal["auto", "a4", "letter"]
    color__accent: str
    delimited__question: str
    delimited__answer: str
    delimited__tags: str
    delimited__category: str
    delimited__separator: str
    delimited__record: str
    words__cues_label: str
    words__part_of: str
    words__date: str
    words__months: str
    words__cue_cards: str
    words__sheet_of: str
    words__fronts: str
    words__backs: str
    words__answers: str
    words__turned: str
    words__print_long_edge: str
    words__print_short_edge: str
    words__print_fold: str
    words__print_fronts_backs: str
    words__print_single: str
    words__calibration_sheet: str
    words__calibration_subject: str
    words__printed_with: str
    words__fold_sheet: str
    words__read_scales: str
    words__read_back: str
    words__read_briefly: str
    words__printer_scales: str
    words__thick_card: str
    words__cues: str
    words__next_cue: str
    words__cheat_sheet: str
    words__other_questions: str
    words__to_questions: str
    words__search: str
    words__search_questions: str
    words__one_question: str
    words__question_count: str
    words__no_match: str
    words__preview: str
    words__to_card: str
    words__rehearse: str
    words__night: str
    words__questions: str
    words__match_count: str
    words__scripts_off: str
    words__no_answers: str
    words__on_phone: str
    words__on_paper: str
    words__the_card: str
    words__previous_question: str
    words__next_question: str
    words__show_answer: str
    words__show_question: str
    words__question: str
    words__answer: str
    words__front: str
    words__back: str
    words__phone_question: str
    words__phone_answer: str
    words__paper_front: str
    words__paper_back: str
    words__card_of: str
    words__question_of: str
    words__answer_shown: str
    words__key_next_cue: str
    words__key_search: str
    words__key_night: str
    words__space: str
    words__watch_stopped: str
    words__rehearsal: str
    words__order: str
    words__in_order: str
    words__shuffled: str
    words__time_for_each: str
    words__less_time: str
    words__more_time: str
    words__no_clock: str
    words__begin: str
    words__all_cards: str
    words__all_questions: str
    words__missed_last_time: str
    words__rehearsal_help: str
    words__key_cue_answer: str
    words__key_said: str
    words__key_missed: str
    words__key_take_back: str
    words__key_pause: str
    words__enter: str
    words__backspace: str
    words__escape: str
    words__said: str
    words__what_next: str
    words__cue_of: str
    words__said_it: str
    words__missed_it: str
    words__once_more: str
    words__time_is_over: str
    words__seconds_left: str
    words__pause: str
    words__paused: str
    words__said_count: str
    words__go_on: str
    words__take_back: str
    words__take_back_said: str
    words__take_back_missed: str
    words__end_here: str
    words__all_said: str
    words__only_one_said: str
    words__said_at_once: str
    words__time_in_all: str
    words__not_asked: str
    words__look_again: str
    words__said_late: str
    words__missed_once: str
    words__missed_twice: str
    words__missed_times: str
    words__not_said_yet: str
    words__rehearse_these: str
    words__rehearse_this: str
    words__new_rehearsal: str
