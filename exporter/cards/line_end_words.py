"""Words that a line does not end with: determiners and prepositions, which belong to what follows them."""

from __future__ import annotations

from functools import lru_cache

_WORDS = {
    "de": """
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines
        mein meine meinen meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem
        ihrer unser unsere unseren unserem unserer euer eure diese dieser dieses diesen diesem jede jeder
        jedes jeden jedem welche welcher welches welchen welchem am ans auf aus bei beim bis durch für
        gegen hinter im in ins mit nach neben ohne seit trotz über um unter vom von vor während wegen zu
        zum zur zwischen
    """,
    "en": """
        a an the my your his her its our their this that these those every each no about above across
        after against among around as at before behind below beneath beside between beyond by despite
        during for from in inside into like near of on onto over per since than through throughout to
        toward towards under until upon via with within without
    """,
    "es": """
        el la los las un una unos unas mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta
        estos estas ese esa esos esas cada a al ante bajo con contra de del desde durante en entre hacia
        hasta para por según sin sobre tras
    """,
    "fr": """
        le la les un une des du au aux mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce
        cet cette ces chaque quel quelle quels quelles à après avant avec chez contre dans de depuis
        derrière dès devant durant en entre envers jusque malgré par parmi pendant pour sans selon sous
        sur vers
    """,
    "it": """
        il lo la i gli le un uno una mio mia miei mie tuo tua suo sua suoi sue nostro nostra nostri nostre
        questo questa questi queste ogni a ad al allo alla ai agli alle con contro da dal dallo dalla dai
        dagli dalle di del dello della dei degli delle dopo durante fra in nel nello nella nei negli nelle
        per prima senza sopra sotto su sul sullo sulla sui sugli sulle tra verso
    """,
    "pt": """
        o a os as um uma uns umas meu minha meus minhas teu tua seu sua seus suas nosso nossa nossos
        nossas este esta estes estas esse essa esses essas cada à ao aos às com contra da das de desde do
        dos durante em entre na nas no nos num numa para pela pelas pelo pelos perante por sem sob sobre
    """,
}
"""The determiners and prepositions of each language; particles of verbs ("set up") are not among them."""


@lru_cache(maxsize=8)
def find_line_end_words(language: str) -> frozenset[str]:
    """Return the words that a line of a language does not end with, also with a capital; else none."""
    words = _WORDS.get(language.replace("_", "-").partition("-")[0].lower(), "").split()
    return frozenset(words) | {word.capitalize() for word in words}
