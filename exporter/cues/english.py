"""English words by class; the classes decide where a phrase may begin and end, and its weight."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = _words("a an the")
POSSESSIVES = _words("my our your their his her its")
DEMONSTRATIVES = _words("this these that those some any each every such certain")
SUBJECT_PRONOUNS = _words("i we you he she it they there this everyone everybody")
OBJECT_PRONOUNS = _words("us me them it")
PRONOUNS = SUBJECT_PRONOUNS | _words(
    """
    me us them him i'm i've i'd i'll it's that's there's we're we've we'll you're they're let's
    something somebody someone anybody anyone anything
    myself ourselves themselves itself
    """
)

AUXILIARIES = _words(
    """
    am are be been being is was were can could did do does had has have having may might must ought
    shall should will would got gets became become becomes
    """
)

PLAIN_NEGATORS = _words(
    """
    not no never nothing nobody none neither nor cannot hardly rarely rather
    can't couldn't didn't doesn't don't hadn't hasn't haven't isn't aren't wasn't weren't shouldn't
    won't wouldn't
    """
)
NEGATORS = PLAIN_NEGATORS | _words(
    """
    without instead unless unable avoid avoids avoided avoiding prevent prevents prevented
    lack lacks lacked fail fails failed
    """
)

PREPOSITIONS = _words(
    """
    about above across after against along among around as at before behind below beneath beside
    between beyond by despite down during for from in including inside into like near of off on onto
    out outside over per plus since than thanks through throughout till to toward towards under until
    up upon using versus via vs with within without
    """
)
PARTICLES = _words("up out off down over around")
"""Prepositions that often belong to the verb before them: `set up`, `ruled out`."""
ATTACHED_PREPOSITIONS = PARTICLES | {"of"}
"""Prepositions before which no phrase ends."""

COMPLEMENTIZERS = _words("what how why whether")
"""Words that introduce a clause as an object: `understood how …`."""

SUBORDINATORS = COMPLEMENTIZERS | _words(
    """
    after although because before but if once otherwise since so than that then though unless until
    when whenever where whereas wherever which while who whom whose yet
    """
)
COORDINATORS = _words("and or")
CONJUNCTIONS = SUBORDINATORS | COORDINATORS
CLAUSE_OPENERS = COORDINATORS | _words("but so because while when which who if")

ADVERBS = _words(
    """
    very really quite also just even still too then later now once first second third finally often
    always usually sometimes again already almost about so well most least ever perhaps maybe mostly
    mainly simply soon thus therefore however moreover yes together
    """
)

FILLERS = _words(
    """
    start starts started starting begin began decide decided try tried trying learn learned find found
    realise realised realized discover discovered notice noticed see saw help helps helped make makes
    made say said way thing things approach habit experience challenge one kind sort lot bit case
    cases time times own use used
    """
)
"""Words that introduce the point of a sentence, without being it."""

EVERYDAY = _words(
    """
    able accept add added adding ago allow allows area ask asked asking bad based basic best better big
    bring broke call called came change changed changes clear close come comes common company complete
    completely current day days deal depends different difficult does done easier easy else end ended
    enough ensure ensured example face faced fact feel feeling feels fewer finds fix fixed focus focused
    follow followed full further gave general get give gives go goal goes going good great handle
    handled handling happen happened happens hard help high idea important improve improved improves
    issue issues job joined keep keeps kept key know known knew large last led left less let life
    likes little live long look looked looking low main many matter mean means measure met mind moment
    more move moved much need needed needs new next nice number old open order other others overall
    part parts people person place point possible problem problems project projects put question
    questions quick quickly ready real reason receive reduce reduced related result right same save
    saves seen sense set several show showed shown side similar single situation small solve step
    steps stuff suits support sure system take taken takes taking talk talked task tasks taught team
    tell think thought together told took top true turn two type understand understanding understood
    user users usual various want wanted wants week weeks went whole word words work worked working
    works wrong write writing wrote year years
    """
)
"""Words that many interview answers have, which remind a reader of little."""

BINDERS = _words(
    """
    hard harder difficult easy easier impossible supposed unable fail failed how likely ready free
    enough able
    """
)
"""Words that change the meaning of the words after them: `hard to understand` is not `understand`."""

PREPOSITION_TAKERS = _words(
    """
    depend depends depended rely relies relied supposed related according based due able asked told
    used refer refers refused consist consists focus focused focusing responsible aware belong belongs
    sure describe describes showed shows ensures suggested explained look looks looking
    """
)
"""Words that need the preposition after them: `depends on the size`."""

PAIRING_PREPOSITIONS = _words("by after for to")
"""Prepositions that pair a word with itself: `step by step`."""

FINAL_NEGATORS = PLAIN_NEGATORS | _words("without instead")
"""Negators before which a phrase may end, since they begin a new statement."""

OMITTED_WORDS = ARTICLES | _words("very really quite just also")
"""Words that a cue omits."""

NON_FINAL_WORDS = (
    ARTICLES
    | POSSESSIVES
    | PREPOSITIONS
    | CONJUNCTIONS
    | AUXILIARIES
    | SUBJECT_PRONOUNS
    | _words(
        """
        very not no nor never cannot more most less too other same every each both all such these
        those some any only just even still rather also almost several many few much
        i'm it's that's there's we're you're they're let's especially particularly
        """
    )
)
"""Words that a cue does not end in."""

FUNCTION_WORDS = (
    ARTICLES
    | POSSESSIVES
    | DEMONSTRATIVES
    | PRONOUNS
    | AUXILIARIES
    | ADVERBS
    | (PREPOSITIONS - NEGATORS)
    | (CONJUNCTIONS - NEGATORS)
)
"""Words that a cue does not begin with."""

ABBREVIATIONS = _words(
    "e.g i.e eg ie cf vs mr mrs ms dr prof st no nr fig approx ca resp incl bzw z.b d.h usw"
)
"""Abbreviations, without their last full stop, after which a sentence continues."""
