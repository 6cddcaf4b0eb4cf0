"""Endings that dictionaries leave out, since so many words take them, and what a word has in their place without them.

Finnish words take an owner and particles (asiakkaamme, asiakkaatkin), Estonian ones a particle (sentigi) and what makes
nouns of verbs (tunnustamine), and Armenian ones the persons and voices of verbs (խոստացեք, խաբված) and what stands for
“the”, “my” and “your”.
"""

import re
from collections.abc import Iterator

SHORTEST_STEM = 3
# A line for what stands last, one for what stands before that: an ending and, after the colon, what replaces it.
ENDINGS = {
    "fi": (
        "kin kaan kään ko kö han hän pa pä",
        """ni si nsa nsä mme nne aan:a ään:ä een:e ni:n si:n nsa:n nsä:n mme:n nne:n""",
    ),
    "et": ("gi ki", "mine:ma mise:ma mist:ma misel:ma misele:ma misega:ma miseks:ma mises:ma misest:ma"),
    "hy": (
        "ը ն ս դ",
        """ցրեք:ցնել րեք:նել ցեք:նալ ացեք:ալ եցեք:ել եք:ել եք:նել նում:նել նում:նալ ում:ել ում:ալ վում:ել վում:ալ
        վել:ել վեց:ել վեն:ել վի:ել նի:նել ված:ել ցված:նալ ցած:նալ րած:նել ած:ել ող:ել ացող:ալ են:ել
        ով ներ ներին ների ներից ածի:ել ածից:ել ածով:ել ողի:ել ողին:ել ածներ:ել ածներին:ել ածներից:ել""",
    ),
}
# What Armenian nouns take: number, case, and “the”; those in -ություն change within.
NOUN = re.compile(r"(?<=\w{4})(?:(?:ներ|եր)*(?:յ?(?:ին?|ից|ով|ում))?ը?|(?:ներ|եր)+ն)$")
ABSTRACT = re.compile(r"ությ(?:ան|ամբ)[ըն]?$")
# What nouns that name the doing of a verb end in, and what a form of the verb has there.
VERBAL_NOUNS = {
    "fi": ("minen", ("malla", "mällä", "vat", "vät")),
    "et": ("mine", ("ma",)),
    "en": ("ing", ("", "e")),
    "ru": ("ние", ("ть",)),
}
# Infinitives that look like a noun in one case, and what that noun has in another: tunteilla, tunteissa.
INFINITIVES = {"fi": (("illa", "issa"), ("illä", "issä"))}
# Armenian conditions and denials.
PREFIXES = {"hy": ("կ", "չ")}


def pairs(line: str) -> list[tuple[str, str]]:
    return [(ending, instead) for ending, _colon, instead in (pair.partition(":") for pair in line.split())]


PAIRS = {language: [pairs(line) for line in lines] for language, lines in ENDINGS.items()}


def without_endings(word: str, language: str) -> Iterator[str]:
    """Return what `word` may be without such endings, the least changed first; much of it is no word at all."""
    stems = [word, *(word.removeprefix(prefix) for prefix in PREFIXES.get(language, ()) if word.startswith(prefix))]
    yield from stems[1:]
    for endings in PAIRS.get(language, ()):
        shorter = [
            stem.removesuffix(ending) + instead
            for stem in stems
            for ending, instead in endings
            if stem.endswith(ending) and len(stem) - len(ending) >= SHORTEST_STEM
        ]
        yield from shorter
        stems += shorter


def forms_of_verb(noun: str, language: str) -> Iterator[str]:
    """Return what a form of the verb may be whose doing `noun` names: kuuntelemalla for kuunteleminen."""
    ending, instead = VERBAL_NOUNS.get(language, ("", ()))
    stem = noun.removesuffix(ending)
    if stem != noun and len(stem) >= SHORTEST_STEM:
        yield from (stem + letters for letters in instead)


def forms_of_noun(verb: str, language: str) -> Iterator[str]:
    """Return what a form of the noun may be of which `verb` is a form as well: tunteissa for tunteilla."""
    for ending, instead in INFINITIVES.get(language, ()):
        if verb.endswith(ending):
            yield verb.removesuffix(ending) + instead


def stem_of_noun(word: str, language: str) -> str:
    """Return `word`, which no dictionary has, without the endings of a noun, as far as its language has plain ones."""
    return NOUN.sub("", ABSTRACT.sub("ություն", word)) if language == "hy" else word
