"""Titles of notes, whose lines are not questions: `Tips:`, `Common mistakes`, `Resources`."""

from __future__ import annotations

import re

_NOTES = (
    r"tips|tricks|hints|advice|mistakes|pitfalls|techniques|strategies|checklist|dos|do['’]?s|don['’]?ts"
    r"|guidelines|instructions|rules|agenda|schedule|resources|references|links|sources|reading|bibliography"
    r"|notes|remarks|reminders|summary|conclusion|takeaways|next steps|red flags|green flags|credits"
    r"|acknowledg(?:e)?ments|disclaimer|license|feedback|to-?dos?"
    r"|tipps|fehler|hinweise|notizen|quellen|ressourcen|zusammenfassung|fazit"
    r"|consejos|errores|recursos|referencias|notas|enlaces|resumen|conclusión"
    r"|conseils|erreurs|ressources|références|liens|remarques|résumé"
    r"|dicas|erros|referências|conclusão|consigli|errori|risorse|riferimenti"
    r"|советы|ошибки|ссылки|заметки|ресурсы|источники|итоги"
)
_QUALIFIERS = (
    r"common|frequent|typical|general|useful|helpful|important|additional|further|extra|final|last|quick|more"
    r"|some|my|other|interview|preparation|key|study|allgemeine|häufige|weitere|nützliche|wichtige"
)
_match_title = re.compile(
    rf"\W{{0,8}}(?:(?:{_QUALIFIERS})\s{{1,3}}){{0,3}}(?:{_NOTES})"
    rf"(?:\s{{1,3}}(?:&|and|or|for|to|on|und|für|zum|zur|y|para|et|pour|e)\s.{{1,40}}|\s{{1,3}}(?:comunes|frecuentes|"
    rf"útiles|utiles|courantes|comuns|úteis|comuni|utili))?\W{{0,4}}",
    re.IGNORECASE,
).fullmatch

MAX_TITLE_CHARS = 80  # bound: time


def is_note_title(title: str) -> bool:
    """Return whether a title says that notes follow, such as advice or links."""
    return len(title) <= MAX_TITLE_CHARS and _match_title(title) is not None
