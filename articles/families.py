"""Which words are of one family, as complain and complaint are, or доверие and доверять."""

import re
from itertools import takewhile

SHORTEST_ROOT = 4
# How much of the longer word two words share at least whose endings tell nothing.
ALIKE = 0.6
# What counts as shared where the endings tell that two words are of one family.
RELATED = 0.9
# What may follow the root of a family, beside nothing.
ENDINGS = {
    "en": """
        e y s t er or ed ing ion ation ition action sion ment al ral ial ful less ness ly able ible ance ence ant ent
        ive ative itive or itor ity ty ship ise ize de d se ice dom ure""",
    "fi": """
        a ä aa ää ta tä ata ätä ea eä ella ellä tella tellä ia iä ita itä oa öä oida öidä taa tää ttaa ttää ua yä ja jä
        aja äjä ija ijä eja taja täjä ttaja ttäjä telija telijä elija elijä minen aminen äminen eminen iminen ominen
        seminen taminen täminen ttaminen ttäminen teleminen eleminen us ys uus yys suus syys ton tön
        ttomasti ttömästi ttomuus ttömyys o ö u y i e inen nen llinen llisuus llisyys tus tys os ös ri nta ntä nto ntö
        sti vainen väinen""",
    "et": """
        a e i u ma da ta ama ima ema uma tama dama lema ne ine mine amine imine emine umine tamine damine lemine us is
        tus dus itus atus ja aja ija eja taja lane line lisus lik likkus kus sus ku eerima eerimine v tult lt""",
    "ru": """
        а я о е ь й ый ий ой ие ия ье ть ить ать ять еть уть нуть овать евать ывать ивать вать ваться ться иться аться
        яться ба ка ок ик ник ница щик ец тель тельный ство ость ность ный ной ний ние ение ание ление вание ование ция
        енный анный ный ский ливый т тить чать чение щать щение шать шение жать жение лять вить вно но то ла""",
    "hy": """
        ել ալ ում ություն ող ական ային անք ացում եցնել ացնել ենալ անալ նել նալ ավոր ված ք իչ յան որեն իկ ունք ուկ ատրել
        ատրում արար ադրանք ադրություն ույթ""",
}
# Finnish and Estonian words of one family have a sound long here and short there: hankkia, hankinta.
LONG_SOUND = re.compile(r"([kpt])\1")
SOUNDS_CHANGE = {"fi", "et"}


def shortened(text: str, language: str) -> str:
    """Return Finnish or Estonian with short sounds only."""
    return LONG_SOUND.sub(r"\1", text) if language in SOUNDS_CHANGE else text


FAMILIAR = {language: frozenset(shortened(endings, language).split()) | {""} for language, endings in ENDINGS.items()}


def likeness(first: str, second: str, language: str) -> float:
    """Return how much two different words share if they seem to be of one family, as a part of 1; otherwise 0."""
    first, second = shortened(first, language), shortened(second, language)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))))
    if shared < SHORTEST_ROOT:
        return 0.0
    share = shared / max(len(first), len(second))
    endings = FAMILIAR[language]
    # The root may be shorter than what is shared.
    if any(first[cut:] in endings and second[cut:] in endings for cut in range(shared, SHORTEST_ROOT - 1, -1)):
        return max(share, RELATED)
    return share if share >= ALIKE else 0.0
