"""The words that label questions, answers and metadata, in many languages."""

from __future__ import annotations

from enum import StrEnum

from exporter.model.labels import LABELS

QUESTION_WORDS = (
    "question",
    "ques",
    "quest",
    "que",
    "qn",
    "frage",
    "pregunta",
    "domanda",
    "pergunta",
    "вопрос",
    "问题",
    "問題",
    "질문",
    "質問",
    *("pytanie", "soru", "प्रश्न", "سؤال", "السؤال", "vraag", "fråga", "spørgsmål", "spørsmål", "kysymys"),
    *("otázka", "kérdés", "întrebare", "питання", "ερώτηση", "שאלה", "câu hỏi", "pertanyaan"),
)
QUESTION_LETTERS = ("q", "問", "问")
"""Single characters used for the word."""
INTERVIEWER_WORDS = ("interviewer", "recruiter", "hiring manager", "hr")
"""Speakers who ask in a transcript; the answers then have a speaker, too."""
ANSWER_WORDS = (
    *(
        "answer",
        "answers",
        "ans",
        "antwort",
        "respuesta",
        "réponse",
        "reponse",
        "risposta",
        "resposta",
        "ответ",
    ),
    *(
        "sample answer",
        "model answer",
        "suggested answer",
        "example answer",
        "possible answer",
        "short answer",
    ),
    *("my answer", "best answer", "good answer", "correct answer", "answer sample", "the answer"),
    *("expert answer", "答案", "参考答案", "解析", "回答", "답변"),
    *("odpowiedź", "cevap", "उत्तर", "جواب", "الجواب", "إجابة", "antwoord", "svar", "vastaus", "odpověď"),
    *("odpoveď", "válasz", "răspuns", "відповідь", "απάντηση", "תשובה", "trả lời", "jawaban"),
    *("expected answer", "your answer", "ideal answer", "detailed answer", "brief answer"),
)

REPLY_WORDS = (
    *("r", "sol", "solution", "explanation", "reply", "response"),
    *("candidate", "interviewee", "applicant", "me", "you"),
)
"""Words that label an answer only if other lines of the file have them, and speakers who answer."""

ANSWER_KEY_WORDS = (
    *("answers", "answer key", "answer keys", "answers key", "key", "key answers", "answer sheet"),
    *("all answers", "answers and explanations", "answers & explanations"),
    *("answers to the questions", "sample answers"),
    *("solutions", "solution key", "solutions key", "correct answers", "answers and solutions"),
    *("antworten", "lösungen", "lösung", "respuestas", "soluciones"),
    *("réponses", "corrigé", "solutions et réponses", "risposte", "soluzioni", "respostas"),
    *("gabarito", "soluções"),
    *("ответы", "ключ", "odpowiedzi", "cevaplar", "cevap anahtarı", "antwoorden", "svar", "答案"),
    *("参考答案", "解答", "解答例", "정답"),
)
"""Words that by themselves are the heading of a key, in which the answers of many questions are listed."""


class MetadataField(StrEnum):
    """The fields of a question that a label can fill."""

    TAGS = "tags"
    CUES = "cues"
    NOTES = "notes"
    ID = "id"
    CATEGORY = "category"


CATEGORY_WORDS = (
    *("category", "categoría", "categoria", "catégorie", "kategorie", "kategoria", "категория"),
    *("श्रेणी", "类别", "التصنيف", "カテゴリ"),
)
"""Words that label the category of a question in any text; other labels of it only head columns."""

METADATA_LABELS: dict[str, MetadataField] = {
    "tags": MetadataField.TAGS,
    "tag": MetadataField.TAGS,
    "cues": MetadataField.CUES,
    "key points": MetadataField.CUES,
    "keypoints": MetadataField.CUES,
    "notes": MetadataField.NOTES,
    "id": MetadataField.ID,
    **dict.fromkeys(CATEGORY_WORDS, MetadataField.CATEGORY),
    **{
        getattr(labels, field).lower(): field
        for labels in LABELS.values()
        for field in (MetadataField.TAGS, MetadataField.CUES, MetadataField.NOTES)
    },
    "section": MetadataField.CATEGORY,
    "topic": MetadataField.CATEGORY,
}
"""The labels of metadata, and the field that each fills."""

FACT_LABELS = (
    *METADATA_LABELS,
    *("difficulty", "level", "points", "marks", "score", "time", "type", "subject", "domain", "source"),
    *("dificultad", "nivel", "puntos", "tema", "tipo", "dificuldade", "nível", "pontos", "difficulté"),
    *("niveau", "thème", "schwierigkeit", "punkte", "thema", "сложность", "уровень", "тема", "баллы"),
)
"""Labels of what is known about a question, also those that fill no field."""

KNOWN_LABELS = ("Question", "Answer", "Tags", "Cues", "Key points", "Notes", "Id", "Category")
"""The labels that misspelt ones are compared with."""
