"""English words by what they do in a sentence, for cutting it where a speaker would pause."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = _words("a an the")

PREPOSITIONS = _words(
    """
    aboard about above across after against along alongside amid amidst among amongst around as at
    atop before behind below beneath beside besides between beyond by concerning despite down during
    except excluding for from in including inside into like minus near of off on onto opposite out
    outside over past per plus regarding round since than through throughout till to toward towards
    under underneath unlike until up upon versus via vs with within without
    """
)

CONJUNCTIONS = _words(
    """
    although and because but either if lest neither nor once or provided so than that though unless
    until when whenever where whereas wherever whether while whilst yet
    """
)

LEADING_ON = ARTICLES | PREPOSITIONS | CONJUNCTIONS
"""Words that no cue ends in."""

AUXILIARIES = _words(
    """
    am are be been being can cannot could did do does had has have is may might must ought shall
    should was were will would
    can't couldn't didn't doesn't don't hadn't hasn't haven't isn't aren't wasn't weren't shouldn't
    won't wouldn't
    """
)

DANGLING = AUXILIARIES | _words(
    """
    i we they he she who whom whose which what how why my our your their his her its this these
    those some any each every both all no not such very more most less least too quite rather also
    then just only even still able supposed going same own other another many much few several
    first one two three there
    i'm i've i'd i'll it's that's there's we're we've we'll you're they're let's
    """
)
"""Words that a cut leaves hanging, though a whole sentence may well end in them."""

DETERMINERS = ARTICLES | _words("my our your their his her its this these those some any each")

JOINING = _words("and or nor")

OPENING_PHRASES = (
    # Without the particles of verbs (`set up`), and what joins single words (`small but fine`).
    PREPOSITIONS - _words("up down out off over along around round than to like")
) | _words(
    """
    that who whom whose which what where when why how whether
    although because if so since though unless until whereas whereby while
    """
)
"""Words before which a speaker may well pause."""

OPENING_WEAKLY = DETERMINERS | AUXILIARIES | {"to"}
"""Words before which a speaker could pause if need be."""

INTRODUCING = PREPOSITIONS | CONJUNCTIONS | {"instead"}
"""Words that a sentence begins with if its main clause is to come after a comma."""

SAYING = _words(
    """
    believe believed decided discovered ensure ensured explained feel felt found hope knew know
    learned learnt mean means meant noticed realised realized said saw say see showed suggested sure
    think thought told understand understood
    """
)
"""Words after which `that` only begins what the sentence has to say."""

HOLLOW = LEADING_ON | DANGLING | _words("it me us them you him yes no well okay")
"""Words that alone remind nobody of anything."""

ABBREVIATIONS = _words(
    "e.g i.e eg ie cf vs mr mrs ms dr prof st no nr fig approx ca resp incl bzw z.b d.h usw"
)
"""Abbreviations, without their last full stop, after which a sentence goes on."""
