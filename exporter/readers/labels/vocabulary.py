"""The words that mark a question, an answer, or something about them."""

from __future__ import annotations

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
"""Single signs that stand for the word."""
INTERVIEWER_WORDS = ("interviewer", "recruiter", "hiring manager", "hr")
"""Who asks, where a conversation is written down; the answers then have a speaker too."""
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
"""What else may stand before an answer, where a file's other lines have it; or who speaks there."""

METADATA_LABELS: dict[str, str] = {
    "tags": "tags",
    "tag": "tags",
    "cues": "cues",
    "key points": "cues",
    "keypoints": "cues",
    "notes": "notes",
    "id": "id",
    "category": "category",
    "section": "category",
    "topic": "category",
}
"""Labels that say something about a question, and what each fills."""

KNOWN_LABELS = ("Question", "Answer", "Tags", "Cues", "Key points", "Notes", "Id", "Category")
