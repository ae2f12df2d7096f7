"""The language of a source, by the words that label its questions and answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from exporter.model.questions import Question

QUESTION_LANGUAGES = {
    "question": "en fr",
    "frage": "de",
    "pregunta": "es",
    "pergunta": "pt",
    "domanda": "it",
    "вопрос": "ru",
    "питання": "uk",
    "pytanie": "pl",
    "otázka": "cs sk",
    "kérdés": "hu",
    "întrebare": "ro",
    "ερώτηση": "el",
    "vraag": "nl",
    "fråga": "sv",
    "spørgsmål": "da",
    "spørsmål": "no",
    "kysymys": "fi",
    "soru": "tr",
    "प्रश्न": "hi",
    "سؤال": "ar",
    "السؤال": "ar",
    "שאלה": "he",
    "问题": "zh",
    "問題": "ja zh",
    "質問": "ja",
    "질문": "ko",
    "câu hỏi": "vi",
    "pertanyaan": "id",
}
"""The languages (BCP 47) of the words that label questions; Hindi is also that of Marathi and Nepali."""
ANSWER_LANGUAGES = {
    "answer": "en",
    "antwort": "de",
    "respuesta": "es",
    "réponse": "fr",
    "reponse": "fr",
    "resposta": "pt",
    "risposta": "it",
    "ответ": "ru",
    "відповідь": "uk",
    "odpowiedź": "pl",
    "odpověď": "cs",
    "odpoveď": "sk",
    "válasz": "hu",
    "răspuns": "ro",
    "απάντηση": "el",
    "antwoord": "nl",
    "svar": "da no sv",
    "vastaus": "fi",
    "cevap": "tr",
    "उत्तर": "hi",
    "جواب": "ar",
    "الجواب": "ar",
    "إجابة": "ar",
    "תשובה": "he",
    "答案": "zh",
    "回答": "ja zh",
    "답변": "ko",
    "trả lời": "vi",
    "jawaban": "id",
}
"""The languages of the words that label answers."""

MIN_LABELLED_SHARE = 0.5
"""Smallest share of the questions that begin with a label of their language.

Of the files of the corpus in which a label is a language's, all or none of the questions begin with it.
"""

_LABEL = re.compile(
    r"[\W\d_]{0,20}(?P<word>"
    + "|".join(sorted({*QUESTION_LANGUAGES, *ANSWER_LANGUAGES}, key=len, reverse=True))
    + r")(?:\s{0,3}[#№\d]|[\s*_]{0,4}[:：.)|\]]|\s*$)",
    re.IGNORECASE,
)
_CELL_BREAK = re.compile(r"[,;\t|]")
_OTHER_ARABIC = re.compile("[پچژگکیٹڈڑے]")
"""Letters of Persian and Urdu, whose labels are those of Arabic."""


def find_label_language(lines: Sequence[str], questions: Sequence[Question]) -> str:
    """Return the language of the labels in a source's lines; empty if they are of none, or of several.

    Labels are those at the start of the questions' lines, those of answers, and the names of columns.
    """
    of_questions: Counter[str] = Counter()
    for question in questions:
        line = question.span.line if question.span else 0
        if 0 < line <= len(lines) and (word := _find_word(lines[line - 1], QUESTION_LANGUAGES)):
            of_questions[word] += 1
    if of_questions.total() < MIN_LABELLED_SHARE * len(questions) or not questions:
        of_questions = Counter(_iter_columns(lines[:1], QUESTION_LANGUAGES))
        of_answers = Counter(_iter_columns(lines[:1], ANSWER_LANGUAGES))
    else:
        of_answers = Counter(word for line in lines if (word := _find_word(line, ANSWER_LANGUAGES)))
    candidates = _languages(of_questions, QUESTION_LANGUAGES)
    if of_answers:
        candidates &= _languages(of_answers, ANSWER_LANGUAGES)
    if len(candidates) != 1:
        return ""
    (language,) = candidates
    return "" if language == "ar" and any(map(_OTHER_ARABIC.search, lines)) else language


def _languages(words: Counter[str], languages: dict[str, str]) -> set[str]:
    """Return the languages of the most frequent word."""
    return set(languages[words.most_common(1)[0][0]].split()) if words else set()


def _find_word(line: str, words: Iterable[str]) -> str:
    """Return the label at the start of a line, in lower case, if it is one of these words."""
    match = _LABEL.match(line)
    word = match["word"].lower() if match else ""
    return word if word in words else ""


def _iter_columns(lines: Sequence[str], words: Iterable[str]) -> list[str]:
    cells = (cell.strip(" \"'").lower() for line in lines for cell in _CELL_BREAK.split(line[:1000]))
    return [cell for cell in cells if cell in words]
