"""The letters outside ASCII of each language, and the encodings before UTF-8 that contain them."""

from __future__ import annotations

from dataclasses import dataclass

_WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_CENTRAL = ("cp1250", "iso8859_2", "mac_latin2", "cp852")
_TURKISH = ("cp1254", "iso8859_9", "cp857")
_BALTIC = ("cp1257", "iso8859_13", "iso8859_4", "cp775")
_RUSSIAN = ("cp1251", "koi8_r", "iso8859_5", "cp866")
_UKRAINIAN = ("cp1251", "koi8_u", "iso8859_5", "cp1125")
_GREEK = ("cp1253", "iso8859_7", "cp737")


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters of a language outside ASCII, in both cases, and its encodings, likeliest first.

    `letters` is empty for whole scripts: `ranges` then has the first and last character of each block.
    If `common` is given, a text in the language has at least the share `MIN_COMMON_RATIO` of these letters
    among its letters outside ASCII. `own_script` is true if no word mixes these letters with those of ASCII.
    """

    languages: tuple[str, ...]
    encodings: tuple[str, ...]
    letters: frozenset[str]
    ranges: tuple[tuple[str, str], ...] = ()
    common: str = ""
    own_script: bool = False

    def has(self, char: str) -> bool:
        """Return whether a character belongs to the language; rare ideographs do not."""
        if char in self.letters:
            return True
        return any(first <= char <= last for first, last in self.ranges) and _is_common(char)


_COMMON_IDEOGRAPHS = (("gb2312", 0xD7), ("big5", 0xC6), ("shift_jis", 0x97))
"""Encodings of China, Taiwan and Japan and the last lead byte of their common ideographs (level 1)."""


def _is_common(char: str) -> bool:
    """Return whether a character is not an ideograph, or one of level 1 in a national standard."""
    if not _CJK[0] <= char <= _CJK[1]:
        return True
    for encoding, last in _COMMON_IDEOGRAPHS:
        try:
            if char.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _latin(languages: str, letters: str, encodings: tuple[str, ...], common: str = "") -> Alphabet:
    # `str.upper` returns two letters for ß, and an ASCII one for ı
    both_cases = frozenset(letters) | {upper for upper in map(str.upper, letters) if len(upper) == 1}
    non_ascii = frozenset(char for char in both_cases if not char.isascii())
    return Alphabet(tuple(languages.split()), encodings, non_ascii, common=common)


def _letters(languages: str, letters: str, encodings: tuple[str, ...]) -> Alphabet:
    both_cases = frozenset(letters + letters.upper())
    return Alphabet(tuple(languages.split()), encodings, both_cases, own_script=True)


def _script(languages: str, encodings: tuple[str, ...], *ranges: str) -> Alphabet:
    bounds = tuple((pair[0], pair[1]) for pair in ranges)
    return Alphabet(tuple(languages.split()), encodings, frozenset(), bounds)


_CJK, _KANA, _HANGUL, _WIDE = "\u4e00\u9fff", "\u3041\u30ff", "\uac00\ud7a3", "\uff01\uff5e"
_CJK_SIGNS = "\u3001\u303f"

WESTERN: tuple[Alphabet, ...] = (
    _latin("de", "äöüß", _WESTERN),
    # ā, ī and ē of a Latvian text become â, î and ç in Windows-1252, but no letter of it becomes é
    _latin("fr", "àâæçéèêëîïôœùûüÿ", _WESTERN, common="éèà"),
    _latin("es gl", "áéíóúüñ¿¡ªº", _WESTERN),
    # the Hungarian ő becomes õ in Windows-1252, but no Hungarian letter becomes ã, ç or ê
    _latin("pt", "áàâãçéêíóôõúüªº", _WESTERN, common="ãçê"),
    _latin("it", "àáèéìíîòóùú", _WESTERN),
    _latin("ca oc", "àáçéèíïóòúüñ·", _WESTERN),
    # Dutch uses most Hungarian letters, for stress and in foreign words
    _latin("nl af", "áàâäçéèêëíïóôöúûü", _WESTERN, common="ëï"),
    _latin("da no nb nn", "æøåéèêóòôüöä", _WESTERN),
    _latin("sv fi", "åäöéàüšž", _WESTERN),
    # ı, ğ and ş of a Turkish text become ý, ð and þ in Windows-1252, but no letter becomes á, í or æ
    _latin("is fo", "áðéíóúýþæöø", _WESTERN, common="áíæ"),
    _latin("et", "äöõüšž", _WESTERN),
    _latin("eu ga gd sq", "áéíóúñçëüàèìòù", _WESTERN),
    _latin("en", "éèêëïöüçñôœæàâ", _WESTERN),
)
"""Languages that Windows-1252 covers."""

NON_WESTERN: tuple[Alphabet, ...] = (
    _latin("hr bs sr sl cnr sh", "čćđšž", _CENTRAL),
    _latin("pl", "ąćęłńóśźż", _CENTRAL),
    _latin("cs", "áčďéěíňóřšťúůýž", _CENTRAL),
    _latin("sk", "áäčďéíĺľňóôŕšťúýž", _CENTRAL),
    _latin("hu", "áéíóöőúüű", _CENTRAL),
    _latin("ro mo", "ăâîşţșț", (*_CENTRAL, "iso8859_16")),
    _latin("tr az", "çğıöşüâîûİ", _TURKISH, common="ıüşəİ"),
    _latin("lt", "ąčęėįšųūž", _BALTIC),
    _latin("lv", "āčēģīķļņšūž", _BALTIC),
    _latin("et", "äöõüšž", _BALTIC),
    _letters("ru be bg", "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіў", _RUSSIAN),
    _letters("uk", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", _UKRAINIAN),
    _letters("sr mk", "абвгдђѓежзѕијклљмнњопрстћќуфхцчџш", ("cp1251", "iso8859_5")),
    _letters("el", "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ", _GREEK),
    _letters("he yi", "אבגדהוזחטיךכלםמןנסעףפץצקרשת", ("cp1255", "iso8859_8", "cp862")),
    _letters("ar fa ur", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ،؛؟", ("cp1256", "iso8859_6")),
)
"""Languages whose letters are missing from Windows-1252, with their single-byte encodings."""

MULTIBYTE: tuple[Alphabet, ...] = (
    _script("ja", ("cp932", "euc_jp"), _KANA, _CJK, _CJK_SIGNS, _WIDE),
    _script("zh", ("gb18030", "big5"), _CJK, _CJK_SIGNS, _WIDE),
    _script("zh-tw zh-hk zh-mo zh-hant", ("big5", "gb18030"), _CJK, _CJK_SIGNS, _WIDE),
    _script("ko", ("cp949",), _HANGUL, _CJK, _CJK_SIGNS, _WIDE),
    _script("th", ("cp874", "iso8859_11"), "\u0e01\u0e5b"),
    _latin("vi", "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ", ("cp1258",)),
)
"""Languages whose encodings are tried only if the language is given.

Almost any sequence of bytes is valid text in them.
"""


def find_alphabets(language: str) -> tuple[Alphabet, ...]:
    """Return the alphabets of a language tag such as `hr` or `zh-TW`; empty if it is unknown.

    English has none: it is the default of the setting, so it is not evidence of the language.
    """
    tag = language.strip().lower().replace("_", "-")
    base = tag.split("-")[0]
    if base == "en":
        return ()
    alphabets = (*NON_WESTERN, *WESTERN, *MULTIBYTE)
    exact = tuple(alphabet for alphabet in alphabets if tag in alphabet.languages)
    return exact or tuple(alphabet for alphabet in alphabets if base in alphabet.languages)
