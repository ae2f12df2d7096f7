"""Patterns of lines of code in plain text."""

from __future__ import annotations

import re

from exporter.readers.labels.bullets import BULLET_SIGN

BLOCK_OPENING = re.compile(
    r"(?:(?:async\s+)?def \w+\s*\(.*:|class \w+.*:|for \w.* in .+:|while .+:|(?:el)?if .*[=<>%(.!].*:"
    r"|else\s*:|try\s*:|with .+\(.*:|except.*:|finally\s*:|.*[{\[(]|.*\w\(|.*[^\\]\\|\{%.*%\})"
)
"""A line that opens a block of code, which continues on the lines below."""

BLOCK_CLOSING = re.compile(
    r"[\])}].*|(?:el)?if .+:|else\s*:|except.*:|finally\s*:|(?:else|catch|finally)\b.*\{"
    r"|(?:else|elif .*|fi|done|esac|end|END|rescue.*|ensure)\s*;?|</[\w.]+>|/?>|\{%.*%\}"
)
"""A line that closes a block, or begins its next part."""

STATEMENT = re.compile(
    r"(?:import|from|return|const|let|var|using|#include|package|print|console)\b.*|[\w.\[\]\"']+\s[-+*/|]?=\s\S.*"
    r"|[\w.]+\(.*\);?|.*;"
)
"""A statement of code outside a block."""

KEYWORD_STATEMENT = re.compile(r"(?:pass|break|continue)$|(?:raise|yield|await|assert|del) |[#@\"']|\w+\.\w")

COMMAND = re.compile(
    r"(?:[$#%>] |>>> |\.\.\. |//|--\s?\w|/\*|<[\w/!?]|@\w"
    r"|(?:SELECT|FROM|WHERE|INSERT|UPDATE|DELETE|CREATE|ALTER|JOIN|ORDER|GROUP|HAVING|VALUES|SET|WITH|UNION"
    r"|(?:LEFT|RIGHT|INNER|OUTER|FULL|CROSS) (?:OUTER )?JOIN|BEGIN|END|DECLARE|MERGE"
    r"|RUN|COPY|ADD|CMD|ENTRYPOINT|ENV|WORKDIR|EXPOSE|ARG)\b)"
)
"""The start of a line of shell, SQL, Dockerfile or markup, or of a comment."""

CALL_OR_ASSIGNMENT = re.compile(
    r"[\w.\[\]\"'<>$]+(?:\s[\w.\[\]<>]+)?\s?[-+*/|:]?=\s?\S.*|[\w.:$]+\(.*\)[;,]?|.*;"
    r"|[.|]\s?[\w$]+\(.*|\"[\w -]+\"\s?:.*"
)
"""A line that is certainly code, beside another one."""

SHELL_COMMAND = re.compile(r"@?[a-z][\w./-]*(?:\s.*)?(?:\s--?\w|\$[({@<^*]|\s&&\s|\s\|\s|\w/\w|\w\.\w)")
"""A command with an option, a variable or a path, as below the target of a Makefile."""

MAKE_TARGET = re.compile(r"[\w.%/$()-]{1,80}:(?!=)(?:\s[\w .%/$()*-]*)?")
"""A target of a Makefile."""

LOWER_SQL = re.compile(r"(?:select|insert|update|delete|create|from|where|and|or|order|group)\s")
"""SQL in lower case; in prose a line seldom begins with it."""

SQL_SIGN = re.compile(r"[=(),*;.<>'$#@]")
"""Signs of SQL and Dockerfiles, which words in capitals do not have."""

DECLARATION = re.compile(
    r"[\w.<>\[\],:~&* ]+\(.*\).*|@\w+"
    r"|.*\b(?:class|struct|enum|interface|namespace|union|trait|impl|record|else|try|do|finally)\b.*"
)
"""The line above a line that is only a bracket."""

HERE_DOCUMENT = re.compile(r".*<<-?\s?[\"']?(?P<word>[A-Z_]{2,20})\b.*")
"""A shell command whose input is below it, up to a line that is only a word."""

WORD_BLOCK = re.compile(
    r"(?:if|for|while|until|case|unless|begin|def|class|module|function|sub|do)\b"
    r"|.*\b(?:do(?: \|.*\|)?|then)$|BEGIN$"
)
"""A line that opens a block which a word closes."""

WORD_CLOSING = re.compile(r"(?:else|elif .*|elsif .*|end|fi|done|esac|END|End|endif)\b[;.]?\s?\w{0,12};?")
"""A word that closes a block or begins its next part."""

CODE_EVIDENCE = re.compile(r"\w\s?[-+*/|:]?=\s?\S|\w\(.*\)|[{};]\s*$|^(?:\$ |>>> |SELECT\b|<\w+.*>)")
"""Characters that sentences hardly ever have."""

THREE_WORDS = re.compile(r"[a-z]\s[a-z]+\s[a-z]")
"""Words as in a sentence."""

ITEM = re.compile(rf"\s*(?:{BULLET_SIGN}|\d{{1,4}}[.)])\s")
"""An item of a list."""
