"""The labels of a question's parts in the languages that the exporter writes."""

from __future__ import annotations

from typing import NamedTuple


class Labels(NamedTuple):
    """The labels before a question, its answer and what else is known about it, with a capital."""

    question: str
    answer: str
    category: str
    tags: str
    cues: str
    notes: str
    id: str = "Id"


LABELS = {
    "en": Labels("Question", "Answer", "Category", "Tags", "Cues", "Notes"),
    "de": Labels("Frage", "Antwort", "Kategorie", "Schlagwörter", "Stichworte", "Notizen"),
    "es": Labels("Pregunta", "Respuesta", "Categoría", "Etiquetas", "Palabras clave", "Notas"),
    "fr": Labels("Question", "Réponse", "Catégorie", "Étiquettes", "Mots-clés", "Remarques"),
    "pt": Labels("Pergunta", "Resposta", "Categoria", "Etiquetas", "Palavras-chave", "Notas"),
    "hi": Labels("प्रश्न", "उत्तर", "श्रेणी", "टैग", "मुख्य शब्द", "टिप्पणियाँ"),
    "zh": Labels("问题", "答案", "类别", "标签", "关键词", "备注"),
    "ru": Labels("Вопрос", "Ответ", "Категория", "Теги", "Ключевые слова", "Заметки"),
    "ar": Labels("سؤال", "جواب", "التصنيف", "الوسوم", "كلمات مفتاحية", "ملاحظات"),
    "ja": Labels("質問", "回答", "カテゴリ", "タグ", "キーワード", "メモ"),
}
"""The labels by the code of the language; our readers read all of them."""


def find_labels(language: str | None) -> Labels:
    """Return the labels in a language (BCP 47); in English if there are none in it."""
    return LABELS.get((language or "").replace("_", "-").partition("-")[0].lower(), LABELS["en"])
