"""All diagnostic codes of exporter: severity, who has to act, and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exporter.model.diagnostics import Severity


class Fault(StrEnum):
    """Who has to act on an error: the author of the source, the user of the command, or the administrator."""

    SOURCE = "source"
    USAGE = "usage"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Rule:
    """A diagnostic code.

    `severity` is the highest with which it is reported. `once` is for what is true for one build only,
    since it depends on the lock or the disk: the up-to-date check does not repeat it. `of_export` is for
    diagnostics of an export, which `exporter check` does not make. `fixable` is for those that `exporter
    check --fix` corrects.
    """

    code: str
    severity: Severity
    meaning: str
    fault: Fault = Fault.SOURCE
    once: bool = False
    of_export: bool = False
    fixable: bool = False


# fmt: off
_RULES = (
    Rule("property-skipped", Severity.INFO, "Properties of note-taking programs are left out."),
    Rule("block-id-skipped", Severity.INFO, "Block ids of note programs, such as `^a1b2c3`, are left out."),
    Rule("page-part-skipped", Severity.INFO, "Navigation, banners, scripts, forms and media of a web page are left out."),
    Rule("org-part-skipped", Severity.INFO, "Settings, drawers and planning of an Org file are left out."),
    Rule("picture-skipped", Severity.WARNING, "A picture that a file holds cannot be read."),
    Rule("document-part-skipped", Severity.WARNING, "Parts of a Word document, such as formulas and comments, are left out."),
    Rule("unreadable-document", Severity.ERROR, "A Word document is damaged, encrypted or too large."),
    Rule("missing-package", Severity.ERROR, "A package that reads this kind of file is not installed.", fault=Fault.ENVIRONMENT),
    Rule("empty-question", Severity.WARNING, "A question marker has no question."),
    Rule("encoding-repaired", Severity.INFO, "Text that was encoded twice (mojibake) has been repaired.", fixable=True),
    Rule("encoding-guessed", Severity.WARNING, "The file is not UTF-8; its encoding was guessed."),
    Rule("encoding-wrong", Severity.ERROR, "The file is not in the encoding that `source.encoding` names."),
    Rule("control-characters", Severity.INFO, "Invisible characters were removed.", fixable=True),
    Rule("binary-file", Severity.ERROR, "The file is not text."),
    Rule("missing-answer", Severity.WARNING, "A question has no answer yet; it is left out of the exports."),
    Rule("placeholder-answer", Severity.WARNING, "An answer is only a placeholder, such as `TODO`; it is left out of the exports."),
    Rule("question-within", Severity.WARNING, "Lines of an answer look like questions without a mark, or with an unusual one.", fixable=True),
    Rule("duplicate-question", Severity.WARNING, "The same question and answer are in the source twice."),
    Rule("no-questions", Severity.ERROR, "No question was found in the file."),
    Rule("number-gap", Severity.WARNING, "The numbers of the questions have a gap.", fixable=True),
    Rule("number-repeated", Severity.WARNING, "Two questions have the same number.", fixable=True),
    Rule("early-question", Severity.WARNING, "A line in the preamble asks, but is not marked like the questions."),
    Rule("text-before-questions", Severity.WARNING, "Text before the first question is more than a title and a short introduction."),
    Rule("introduction-skipped", Severity.INFO, "A short introduction above the first question is left out."),
    Rule("unclosed-fence", Severity.WARNING, "A code fence is opened and never closed; its lines are read as text.", fixable=True),
    Rule("uneven-reading", Severity.WARNING, "An answer is many times larger than the others; questions may be lost in it."),
    Rule("stray-text", Severity.WARNING, "Text that belongs to no question."),
    Rule("closing-text", Severity.WARNING, "The last answer has more paragraphs than all others; they may be notes."),
    Rule("source-unmatched", Severity.WARNING, "The configuration has settings of a source that does not exist.", once=True),
    Rule("questions-unmatched", Severity.ERROR, "Nothing in a source is marked as `source.questions` says."),
    Rule("unknown-label", Severity.WARNING, "A line begins with a word that resembles a label.", fixable=True),
    Rule("duplicate-id", Severity.ERROR, "Two questions have the same id."),
    Rule("image-case", Severity.WARNING, "A picture's name has different capitals on disk than in the source.", once=True),
    Rule("missing-image", Severity.WARNING, "A picture is not where the source says it is.", once=True),
    Rule("cloze-read", Severity.WARNING, "The gaps of a cloze card of org-fc are filled in."),
    Rule("cloze-skipped", Severity.WARNING, "A cloze card (`C:`) has no question, and is left out."),
    Rule("navigation-skipped", Severity.INFO, "Tables of contents, badges, links back to the top and titles of answer keys are left out."),
    Rule("heading-skipped", Severity.INFO, "A heading without questions below it is left out."),
    Rule("title-skipped", Severity.INFO, "A title in a heading is left out, since the file has another."),
    Rule("metadata-skipped", Severity.INFO, "Unknown keys of front matter or JSON are left out."),
    Rule("comment-skipped", Severity.INFO, "A comment (`<!-- … -->` or `%% … %%`) is left out."),
    Rule("definition-skipped", Severity.INFO, "The definition of a link that nothing uses is left out."),
    Rule("cells-skipped", Severity.INFO, "A table's row has more cells than its header; the last ones are left out."),
    Rule("number-skipped", Severity.INFO, "A cell in a table's column of numbers is not a number, and is left out."),
    Rule("columns-skipped", Severity.INFO, "Unknown columns of a table are left out."),
    Rule("sound-skipped", Severity.INFO, "A sound in an Anki field is left out."),
    Rule("html-skipped", Severity.WARNING, "HTML without text (scripts, media, comments) is left out."),
    Rule("latex-rewritten", Severity.INFO, "Formulas of Anki's LaTeX (`[$]…[/$]`) are written for MathJax."
    ),
    Rule("latex-kept", Severity.WARNING, "LaTeX that is more than a formula is kept unchanged."),
    Rule("open-quote", Severity.WARNING, "A quotation mark at a field's start is never closed, and was kept as text."),
    Rule("quoted-words", Severity.INFO, "A field of a table begins with quoted words; the marks were kept as text."),
    Rule("bad-front-matter", Severity.WARNING, "The front matter at the top of the file cannot be read."),
    Rule("bad-column", Severity.ERROR, "A requested column is not in the table."),
    Rule("bad-table", Severity.ERROR, "The table cannot be read as it is."),
    Rule("source-conflict", Severity.ERROR, "The source contains merge conflict markers."),
    Rule("bad-json", Severity.ERROR, "The file is not JSON as `show --format json` writes it."),
    Rule("nested-too-deep", Severity.WARNING, "Blocks are nested so deeply that the inner ones are left out."),
    Rule("no-sources", Severity.ERROR, "There is no source to read.", fault=Fault.USAGE),
    Rule("no-such-file", Severity.ERROR, "A source does not exist.", fault=Fault.USAGE),
    Rule("no-permission", Severity.ERROR, "The user has no permission to read or write a file.", fault=Fault.ENVIRONMENT),
    Rule("not-a-file", Severity.ERROR, "A source is a folder, a device or another special file.", fault=Fault.USAGE),
    Rule("too-large", Severity.ERROR, "A source is too large to be read, or has too many questions."),
    Rule("too-long", Severity.ERROR, "A question with its answer, a title or a category is too long."),
    Rule("bad-file-name", Severity.ERROR, "A source's name is not that of a file, or has bytes that are not text.", fault=Fault.USAGE
    ),
    Rule("bad-template", Severity.ERROR, "A template of the project's own cannot be used.", fault=Fault.USAGE
    ),
    Rule("template-unused", Severity.WARNING, "A file in the project's `templates/` has the name of no template.", fault=Fault.USAGE),
    Rule("config-syntax", Severity.ERROR, "The configuration is not TOML.", fault=Fault.USAGE),
    Rule("config-unknown-key", Severity.ERROR, "The configuration has an unknown key.", fault=Fault.USAGE),
    Rule("config-owner", Severity.ERROR, "A configuration belongs to another user, and is not used.", fault=Fault.USAGE),
    Rule("config-outside", Severity.INFO, "A file or folder that the configuration names is not in the project."),
    Rule("config-wrong-value", Severity.ERROR, "A setting has an invalid value.", fault=Fault.USAGE
    ),
    Rule("lock-damaged", Severity.ERROR, "The lock file has a line that is not a record."),
    Rule("lock-conflict", Severity.ERROR, "The lock file contains merge conflict markers."),
    Rule("lock-newer", Severity.ERROR, "The lock file was written by a later exporter."),
    Rule("lock-repeated-key", Severity.ERROR, "The lock file has a key twice."),
    Rule("copy-skipped", Severity.WARNING, "A copy of a source is not built: all its questions are in other sources."),
    Rule("copy-differs", Severity.WARNING, "A copy of a source has more questions; of the copy only these are built."),
    Rule("same-questions", Severity.WARNING, "All questions of a source are also in another one."),
    Rule("stale-exports", Severity.INFO, "Exports belong to no source any more, or a reprint is printed.", once=True),
    Rule("deck-renamed", Severity.WARNING, "A deck is renamed; an import leaves its cards in the old one.", once=True),
    Rule("cards-stay", Severity.WARNING, "Questions moved to another source; an import leaves their cards in the old deck.", once=True),
    Rule("not-built", Severity.ERROR, "The source has changed since the cards were written."),
    Rule("unknown-key", Severity.ERROR, "A key is not in the lock."),
    Rule("still-in-source", Severity.ERROR, "A question would be retired, but its text is still in the source."
    ),
    Rule("relink-open", Severity.WARNING, "A correction of `relink` names a question that no longer exists.", once=True),
    Rule("relink-exchange", Severity.ERROR, "Both questions of a `relink` are in the source, and would exchange their reviews."),
    Rule("changed-meanwhile", Severity.ERROR, "A file was changed between reading and writing it; nothing was written.", fault=Fault.ENVIRONMENT),
    Rule("no-lock", Severity.ERROR, "Edits made in Anki are pulled before any build has exported the questions.", fault=Fault.USAGE),
    Rule("not-a-package", Severity.ERROR, "A file is not a readable Anki package."),
    Rule("speech-language", Severity.WARNING, "Questions cannot be read aloud in their language."),
    Rule("label-language", Severity.INFO, "No language is set; it is taken from the labels of a source.", once=True),
    Rule("cue-derivation", Severity.INFO, "Cues are derived in a new way; Anki keeps the former ones until notes are sent again.", once=True),
    Rule("lock-time-ahead", Severity.WARNING, "The lock file has times that are ahead of the clock.", once=True
    ),
    Rule("lock-missing", Severity.WARNING, "There is no lock file; it is rebuilt from a package of a former build.", once=True),
    Rule("package-unused", Severity.WARNING, "There is no lock file, and a package has no question of its sources.", once=True),
    Rule("lock-would-change", Severity.ERROR, "The lock file would change, and `--locked` forbids it."),
    Rule("nothing-to-export", Severity.WARNING, "No question of a source has an answer yet."),
    Rule("nothing-to-share", Severity.ERROR, "There is no export to share.", fault=Fault.USAGE),
    Rule("unknown-format", Severity.ERROR, "No reader is known for this kind of file.", fault=Fault.USAGE),
    Rule("output-collision", Severity.ERROR, "An export would be written over a source, or over another export."),
    Rule("missing-glyph", Severity.WARNING, "No font has a character.", once=True),
    Rule("system-font", Severity.INFO, "A font of the system is used; another system may have another font.", once=True),
    Rule("card-continued", Severity.INFO, "Questions do not fit on one card at the smallest type size, and are continued on further cards.", of_export=True),
    Rule("script-support", Severity.WARNING, "Text needs libraries that shape its script."),
    Rule("formula-as-source", Severity.WARNING, "A formula cannot be drawn and is printed as TeX.", of_export=True),
    Rule("unreadable-image", Severity.WARNING, "An image cannot be read."),
    Rule("pdf-setting", Severity.ERROR, "A setting of the cue cards is not possible.", fault=Fault.USAGE),
    Rule("unknown-export", Severity.ERROR, "No exporter has that name.", fault=Fault.USAGE),
    Rule("build-lock", Severity.WARNING, "The folder of build locks cannot be used, or belongs to another user.", once=True),
    Rule("wrong-usage", Severity.ERROR, "A command was called in a way that it does not have.", fault=Fault.USAGE),
    Rule("stopped", Severity.ERROR, "The command was stopped (Ctrl-C).", fault=Fault.ENVIRONMENT),
    Rule("build-locked", Severity.ERROR, "Another build is working in the same folder.", fault=Fault.ENVIRONMENT),
    Rule("anki-failed", Severity.ERROR, "Anki on the desktop is not running, or refused a request.", fault=Fault.ENVIRONMENT),
    Rule("system-error", Severity.ERROR, "The system refused to read or write, or has not enough memory.", fault=Fault.ENVIRONMENT),
    Rule("internal-error", Severity.ERROR, "A fault of exporter itself.", fault=Fault.ENVIRONMENT),
    Rule("plugin-failed", Severity.ERROR, "A plugin failed; the others continued.", fault=Fault.ENVIRONMENT, once=True),
    Rule("plugin-unmatched", Severity.WARNING, "The configuration has settings of a plugin that does not exist."),
    Rule("unknown-filter", Severity.ERROR, "No filter has that name.", fault=Fault.USAGE),
    Rule("questions-filtered", Severity.INFO, "A filter of a plugin left out questions."),
)
# fmt: on

RULES: dict[str, Rule] = {rule.code: rule for rule in _RULES}


def is_once(code: str) -> bool:
    """Return whether a code is true for one build only; unknown codes are those of plugins."""
    return code in RULES and RULES[code].once
