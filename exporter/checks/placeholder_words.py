"""What people write where an answer is still missing, in many languages.

Words that may be answers, such as “pending”, “empty”, “later” or “none”, are placeholders only in brackets.
"""

from __future__ import annotations

import re

_TODO = r"(?:to[ -]?do|t\.?b\.?[dacw]\.?|fix ?me|wip|xxx)"
_NOUN = r"(?:answers?|text|response|reply|solution|explanation|description|details|notes?|content)"
_OWN = r"(?:an? |the |your |my |some )?(?:own |sample |model )?"
_DONE = (
    r"(?:add|complete|do|answer|write|determine|define|announce|continue|update|fill|fill in|check|finish"
    r"|added|completed|done|answered|written|determined|defined|announced|continued|updated|filled|filled in"
    r"|checked|finished|filled out|fill out)"
)
_WHEN = r"(?: here| below| later| soon| yet| in| shortly| tomorrow)*"
_ENGLISH = (
    rf"{_TODO}(?: later| soon)?|{_TODO}\s?[:–—-]\s?(?:write|add|fill|finish|complete|check|answer|research"
    rf"|look|find"
    r"|ask|explain|expand|update|later)\b.*"
    rf"|{_TODO}\s?[(（\[].*|n ?/ ?a|placeholder(?: text)?|coming soon|work in progress|lorem ipsum.*"
    r"|not (?:yet )?(?:answered|written|filled(?: in)?|finished)(?: yet)?|not (?:yet done|done yet)"
    r"|unanswered"
    rf"|(?:still |will |will be |still to be |needs? to be |has to be |i will )+{_DONE}{_WHEN}"
    rf"|to be {_DONE}{_WHEN}|(?:need|have) to {_DONE}(?: this| it)?{_WHEN}"
    rf"|(?:no|needs?|add|write|insert|type|enter|fill in|put|give|provide) {_OWN}{_NOUN}{_WHEN}"
    rf"|fill (?:me |this )?(?:in|out){_WHEN}"
    rf"|{_OWN}{_NOUN} (?:here|below|later|soon|tbd|tba|todo|needed|missing|pending|goes here|goes below"
    rf"|comes here"
    r"|comes later|to come|to follow|follows|coming soon|coming later|will follow|yet to come)"
    r"|your answer|(?:i )?(?:don['’]t|do not) know(?: yet)?|idk|dunno|no (?:idea|clue)(?: yet)?"
    r"|not sure(?: yet)?"
    r"|(?:need to )?(?:look|google|check|research|study) (?:it|this)(?: up)?(?: later)?|need to (?:check"
    r"|research|study)"
)
_EUROPEAN = (
    # German, Dutch, Scandinavian languages, Finnish
    r"noch offen|(?:noch )?zu (?:erledigen|ergänzen|beantworten)|(?:wird|muss) (?:noch )?(?:ergänzt"
    r"|nachgetragen"
    r"|ausgefüllt)(?: werden)?|folgt(?: noch)?|kommt noch|fehlt noch|in arbeit|keine (?:ahnung|antwort)"
    r"|weiß (?:ich )?(?:noch )?nicht|(?:hier )?(?:deine |die )?antwort (?:hier|folgt|fehlt)|hier antwort"
    r"|nog (?:te doen|in te vullen|invullen|aan te vullen)|te doen|wordt (?:nog )?aangevuld|volgt nog"
    r"|antwoord (?:hier|volgt)|geen antwoord|kommer snart|(?:ikke|ej|inte) besvar[ae][dt](?: ennå| än)?"
    r"|svar (?:her|här|kommer|mangler)|tulossa|täydennetään|ei vastausta"
    # French, Spanish, Portuguese, Italian, Romanian
    r"|à (?:faire|compléter|venir|remplir|rédiger|définir)|en cours(?: de rédaction)?|pas encore répondu"
    r"|(?:ta |votre |la )?réponse (?:ici|à venir|à compléter)|je ne sais pas"
    r"|(?:por|para) (?:hacer|completar|responder|definir)|pendiente(?: de .{1,20})?|sin respuesta"
    r"|no (?:lo )?sé"
    r"|(?:tu |su |la )?respuesta (?:aquí|pendiente)|(?:a|por) (?:fazer|completar|preencher|definir|responder)"
    r"|sem resposta|(?:sua |a )?resposta (?:aqui|pendente)|não sei"
    r"|da (?:fare|completare|scrivere|definire)|(?:la )?risposta (?:qui|in arrivo)|non (?:lo )?so"
    r"|de completat|răspuns aici"
    # Polish, Czech, Slovak, Hungarian, Turkish, Russian, Ukrainian
    r"|do (?:zrobienia|uzupełnienia|napisania)|uzupełnić|brak odpowiedzi|odpowiedź tutaj|nie wiem"
    r"|doplnit|doplniť|dodělat|bude doplněno|odpověď (?:zde|chybí)|nevím|kitöltendő|nem tudom"
    r"|yapılacak|eklenecek|cevap buraya|cevap yok|bilmiyorum|сделать|дописать|доделать|заполнить|дополнить"
    r"|(?:ваш )?ответ (?:здесь|позже|будет позже)|нет ответа|ответа (?:пока )?нет|не знаю|будет (?:позже"
    r"|добавлено)"
    r"|доповнити|відповідь тут|немає відповіді|не знаю"
)
_OTHERS = (
    r"待办|待定|待补充|待完善|待更新|待续|未完成|未完待续|暂无(?:答案)?|无答案|不知道|答案在此|在此(?:填写|输入)(?:答案)?"
    r"|未定|未回答|作成中|要確認|調査中|後で(?:書く|追記)|ここに(?:回答|答え)(?:を(?:記入|入力))?|わからない"
    r"|추가 예정|미정|작성 ?(?:예정|중)|추후 (?:작성|추가)(?: 예정)?|모름|답변 ?(?:예정|입력)"
    r"|जवाब यहाँ|उत्तर यहाँ|sẽ cập nhật|đang cập nhật|chưa có câu trả lời|akan (?:ditambahkan|diisi)"
    r"|belum (?:diisi|dijawab)|jawaban di sini|سيضاف لاحقا|قيد الإعداد|لا أعرف|להשלים|לא יודע"
)
_BRACKETED = (
    rf"{_OWN}{_NOUN}|pending|empty|blank|later|skip(?:ped)?|missing|open|offen|fehlt|pendiente|pendente|vacío"
    r"|vide|leer|потом|позже|пусто|略|空|空白|なし"
)
_WORDS = f"{_ENGLISH}|{_EUROPEAN}|{_OTHERS}"


def are_placeholder(words: str) -> bool:
    """Return whether words, without the signs around them, are a placeholder."""
    # compiled when there is a short answer, and not on import: 2 % of a first build
    return re.fullmatch(_WORDS, words, re.IGNORECASE) is not None


def are_bracketed_placeholder(words: str) -> bool:
    """Return whether words are a placeholder in brackets, as in `(pending)` or `<answer>`."""
    return re.fullmatch(_BRACKETED, words, re.IGNORECASE) is not None
