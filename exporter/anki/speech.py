"""Reading questions aloud: the locale by which Anki chooses a voice, and the tag in the template."""

from __future__ import annotations

import re

DEFAULT_LOCALES = {
    "af": "af_ZA",
    "ar": "ar_SA",
    "bg": "bg_BG",
    "bn": "bn_IN",
    "bs": "bs_BA",
    "ca": "ca_ES",
    "cs": "cs_CZ",
    "cy": "cy_GB",
    "da": "da_DK",
    "de": "de_DE",
    "el": "el_GR",
    "en": "en_US",
    "es": "es_ES",
    "et": "et_EE",
    "eu": "eu_ES",
    "fa": "fa_IR",
    "fi": "fi_FI",
    "fil": "fil_PH",
    "fr": "fr_FR",
    "ga": "ga_IE",
    "gl": "gl_ES",
    "gu": "gu_IN",
    "he": "he_IL",
    "hi": "hi_IN",
    "hr": "hr_HR",
    "hu": "hu_HU",
    "hy": "hy_AM",
    "id": "id_ID",
    "is": "is_IS",
    "it": "it_IT",
    "iw": "he_IL",
    "ja": "ja_JP",
    "ka": "ka_GE",
    "kk": "kk_KZ",
    "km": "km_KH",
    "kn": "kn_IN",
    "ko": "ko_KR",
    "lt": "lt_LT",
    "lv": "lv_LV",
    "mk": "mk_MK",
    "ml": "ml_IN",
    "mr": "mr_IN",
    "ms": "ms_MY",
    "nb": "nb_NO",
    "ne": "ne_NP",
    "nl": "nl_NL",
    "nn": "nn_NO",
    "no": "nb_NO",
    "pa": "pa_IN",
    "pl": "pl_PL",
    "pt": "pt_BR",
    "ro": "ro_RO",
    "ru": "ru_RU",
    "si": "si_LK",
    "sk": "sk_SK",
    "sl": "sl_SI",
    "sq": "sq_AL",
    "sr": "sr_RS",
    "sv": "sv_SE",
    "sw": "sw_KE",
    "ta": "ta_IN",
    "te": "te_IN",
    "th": "th_TH",
    "tr": "tr_TR",
    "uk": "uk_UA",
    "ur": "ur_PK",
    "vi": "vi_VN",
    "yue": "zh_HK",
    "zh": "zh_CN",
}
"""The locale for a language tag without a region: the one with the most speakers or voices."""

_REPLACED_LOCALES = {
    "es_419": "es_MX",
    "zh_Hant": "zh_TW",
    "zh_Hans": "zh_CN",
    "yue_HK": "zh_HK",
    "no_NO": "nb_NO",
}
"""Replacements for regions and scripts for which phones have no voice under that name."""

SPEECH_MARK = "<!-- speech -->\n"
"""The place of the speech tag in the front; without it, the tag is added at the end."""


def find_speech_locale(language: str) -> str:
    """Return the locale that Anki expects for a language tag (BCP 47), or an empty string if unknown."""
    name, *subtags = re.split("[-_]", language.strip())
    name = name.lower()
    if not re.fullmatch("[a-z]{2,3}", name):
        return ""
    script = ""
    for subtag in subtags:
        if len(subtag) == 1:
            break  # an extension or private-use subtag (BCP 47, 2.2.6 and 2.2.7)
        if re.fullmatch("[A-Za-z]{2}|[0-9]{3}", subtag):
            locale = f"{name}_{subtag.upper()}"
            if subtag.isalpha() or locale in _REPLACED_LOCALES:
                return _REPLACED_LOCALES.get(locale, locale)
        elif re.fullmatch("[A-Za-z]{4}", subtag):
            script = _REPLACED_LOCALES.get(f"{name}_{subtag.title()}", "")
    return script or DEFAULT_LOCALES.get(name, "")


def add_speech(front: str, locale: str) -> str:
    """Return a front that reads its question aloud, unless `locale` is empty or the front has a tts tag."""
    before, mark, after = front.partition(SPEECH_MARK)
    if not locale or re.search(r"\{\{\s*tts\b", front):
        return before + after
    speech = f'<div class="speech">{{{{tts {locale}:Question}}}}</div>\n'
    return before + speech + after if mark else f"{front.rstrip()}\n{speech}"
