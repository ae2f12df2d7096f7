"""The shells that complete: click's, with values that hold `=`, a comma or a space.

Loaded only while a shell completes. Bash splits words at `=`, so they are joined here, and what is before
the last `=` is not answered; click's own scripts add a space after `pdf.stock=`, and fish cuts at a comma.
"""

from __future__ import annotations

import os
from typing import Any

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    split_arg_string,
)

_BASH = """\
%(complete_func)s() {
    local type value
    while IFS=',' read -r type value; do
        case $type in
            dir) COMPREPLY=(); compopt -o dirnames ;;
            file) COMPREPLY=(); compopt -o default ;;
            plain) printf -v value %%q "$value"; COMPREPLY+=("$value") ;;
        esac
    done < <(IFS=$'\\n'; env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \
%(complete_var)s=bash_complete "$1")
    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[=/] ]] && compopt -o nospace
    return 0
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

_ZSH_SUFFIX = """\
    local -a suffix
    if [[ -n "${response[2]}" && "${response[2]}" == *[=/] ]]; then suffix=(-S ''); fi

    if [ -n "$completions_with_descriptions" ]; then
"""


class _WholeWord(ShellComplete):
    """A shell whose answers replace the whole word, so that `--to=p` becomes `--to=pdf`."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        """Return the completions with the option that the word begins with."""
        items = super().get_completions(args, incomplete)
        option, equals, _ = incomplete.partition("=")
        if not (equals and option.startswith("-")):
            return items
        return [CompletionItem(f"{option}={item.value}", item.type, item.help) for item in items]


class Bash(_WholeWord, BashComplete):
    """Bash, which splits words at `=` and replaces only the last part."""

    source_template = _BASH
    answered = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the typed one, and that, joined at `=`."""
        words = os.environ["COMP_WORDS"].split("\n")
        position = int(os.environ["COMP_CWORD"])
        *before, typed = _join([*words[1:position], *(words[position : position + 1] or [""])])
        last = words[position] if position < len(words) else ""
        self.answered = typed.removesuffix("" if last == "=" else last)
        return [part for word in before for part in split_arg_string(word)], _unquote(typed)

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return the type and the value, without what is before the part that Bash replaces."""
        return f"{item.type},{str(item.value).removeprefix(self.answered)}"


def _join(words: list[str]) -> list[str]:
    """Return words of Bash as they were typed: `a`, `=`, `b` are one word."""
    joined: list[str] = []
    is_open = False
    for word in words:
        if joined and (word == "=" or (is_open and word)):
            joined[-1] += word
        else:
            joined.append(word)
        is_open = word == "="
    return joined


def _unquote(word: str) -> str:
    parts = split_arg_string(word)
    return parts[0] if parts else ""


class Zsh(_WholeWord, ZshComplete):
    """Zsh, without a space after `=` and `/`."""

    source_template = (
        ZshComplete.source_template.replace(
            '    if [ -n "$completions_with_descriptions" ]; then\n', _ZSH_SUFFIX
        )
        .replace("completions_with_descriptions -U", 'completions_with_descriptions -U "${suffix[@]}"')
        .replace("compadd -U", 'compadd -U "${suffix[@]}"')
    )


class Fish(_WholeWord, FishComplete):
    """Fish, with values and help that hold commas."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split -m 1 ","')


def install() -> None:
    """Register these shells with click in place of those it has."""
    add_completion_class(Bash, "bash")
    add_completion_class(Zsh, "zsh")
    add_completion_class(Fish, "fish")
