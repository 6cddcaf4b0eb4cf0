"""Whether a translation agrees with its source, as far as that can be told without understanding either.

A disagreement is a hint: whoever translates may know better.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext_noop as _
from markdown_it.token import Token

from .languages import LANGUAGES
from .rendering import markdown
from .sentences import Sentence

# Letters by script; what belongs to a language is at least this share of them, the rest being names.
LETTER = re.compile(r"[^\W\d_]")
SCRIPTS = {"ru": re.compile(r"[\u0400-\u04ff]"), "hy": re.compile(r"[\u0530-\u058f\ufb13-\ufb17]")}
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
OWN_SHARE = 1 / 3
WORD = re.compile(r"[^\W\d_][\w’'-]*")

# A translation is some characters longer or shorter than its source, and some times as long.
SLACK = 20
STRETCH = 2

PERCENT = re.compile(r"%|per ?cent|prosent|protsen|процент|տոկոս", re.IGNORECASE)
# Digits with what may stand between those of one number; an own group of three after a space.
NUMBER = re.compile(r"\d+(?:[.,:]\d+|[ \u00a0\u2009\u202f]\d{3}(?!\d))*")
ROMAN = re.compile(r"\b[IVX]{2,}\b")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
DECIMAL_MARKS = {"en": ".", **dict.fromkeys(("fi", "et", "ru", "hy"), ",")}
GROUP_MARKS = {"en": ",", **dict.fromkeys(("fi", "et", "ru", "hy"), ".")}

BRACKETS = {"(": ")", "[": "]"}
OWN_PATH = re.compile(rf"/(?:{'|'.join(LANGUAGES)})(?P<section>/[\w-]+/)(?:[\w-]+/)?(?=[?#]|$)")
# What people write into a text as it is, and what no translation changes.
BARE_ADDRESS = re.compile(r"\b(?:https?://|www\.|mailto:)\S+|[^\s@]{1,64}@[^\s@]{1,255}\.\w+")


@dataclass(frozen=True)
class Disagreement:
    """One thing in which a translation differs from its source: a code for machines, a sentence for people."""

    code: str
    sentence: Sentence

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass
class Text:
    """A text as it is compared: what it shows, what it links to, and how it is built."""

    words: str
    links: list[str] = field(default_factory=list)
    items: int = 0
    headings: int = 0


def disagreements(
    source: str, translation: str, language: str, source_language: str = settings.LANGUAGE_CODE
) -> list[Disagreement]:
    """Return in what `translation`, written in `language`, differs from `source`, both Markdown.

    Where either is empty there is nothing to compare.
    """
    if not source.strip() or not translation.strip():
        return []
    if is_untranslated(source, translation):
        return [Disagreement("untranslated", Sentence(_("The translation is the same as the source.")))]
    old, new = read(source), read(translation)
    found = [
        *compare_numbers(old.words, source_language, new.words, language),
        *compare_percent(old.words, new.words),
        *compare_links(old.links, new.links),
        *compare_structure(old, new),
        *compare_brackets(source, translation),
        *compare_length(old.words, new.words),
    ]
    return [*check_script(new.words, language), *found]


def read(text: str) -> Text:
    """Take a Markdown text apart; one line is no list, though it may begin with an ordinal ("21. sajand")."""
    parse = markdown.parse if "\n" in text.strip() else markdown.parseInline
    tokens = [each for token in parse(text) for each in (token, *(token.children or []))]
    kinds = Counter(token.type for token in tokens)
    return Text(
        words=" ".join(filter(None, map(shown, tokens))),
        links=[str(token.attrs["href"]) for token in tokens if token.type == "link_open"],
        items=kinds["list_item_open"],
        headings=kinds["heading_open"],
    )


def shown(token: Token) -> str:
    is_text = token.type in ("text", "code_inline", "code_block", "fence")
    return BARE_ADDRESS.sub("", token.content) if is_text else ""


# --- Words ------------------------------------------------------------------------------------------------------------


def is_untranslated(source: str, translation: str) -> bool:
    """Tell whether a translation is its source, which a name may well be."""
    return translation.strip() == source.strip() and not is_name(source)


def is_name(text: str) -> bool:
    """Tell whether a text may be one that many languages leave as it is: one word, or all words with a capital."""
    words = WORD.findall(text)
    return len(words) < 2 or not any(word[0].islower() for word in words)


def check_script(words: str, language: str) -> Iterator[Disagreement]:
    letters = LETTER.findall(words)
    own = SCRIPTS.get(language, LATIN)
    count = sum(bool(own.match(letter)) for letter in letters)
    if count < OWN_SHARE * len(letters) and not is_name(words):
        name = dict(settings.LANGUAGES)[language]
        message = _("Most of the translation isn’t in the letters of its language (%(language)s).")
        yield Disagreement("script", Sentence(message, {"language": name}))


def compare_length(source: str, translation: str) -> Iterator[Disagreement]:
    if len(translation) * STRETCH + SLACK < len(source):
        yield Disagreement("short", Sentence(_("The translation is much shorter than the source.")))
    if len(translation) > len(source) * STRETCH + SLACK:
        yield Disagreement("long", Sentence(_("The translation is much longer than the source.")))


# --- Numbers ----------------------------------------------------------------------------------------------------------


def compare_numbers(source: str, source_language: str, translation: str, language: str) -> Iterator[Disagreement]:
    old, new = numbers(source, source_language), numbers(translation, language)
    old_roman, new_roman = roman_numbers(source), roman_numbers(translation)
    if lacking := unmatched(old, [*new, *new_roman]):
        message = _("The translation lacks numbers that the source has: %(numbers)s.")
        yield Disagreement("number-lacking", Sentence(message, {"numbers": listed(lacking)}))
    if added := unmatched(new, [*old, *old_roman]):
        message = _("The translation has numbers that the source lacks: %(numbers)s.")
        yield Disagreement("number-added", Sentence(message, {"numbers": listed(added)}))


def numbers(text: str, language: str) -> list[tuple[str, set[str]]]:
    """Return the numbers of a text as they stand in it, each with what it may mean."""
    found: list[tuple[str, set[str]]] = []
    for written in NUMBER.findall(text):
        meanings = meanings_of(written, language)
        found += [(written, meanings)] if meanings else [(part, {part}) for part in re.split(r"\D", written)]
    return found


def meanings_of(written: str, language: str) -> set[str]:
    """Return what a number may mean, a time as "16:30"; nothing if it is several numbers, such as a date."""
    if clock := re.fullmatch(r"(\d{1,2}):(\d\d)", written):
        return {":".join(clock.groups())}
    decimal_mark, group_mark = DECIMAL_MARKS[language], re.escape(GROUP_MARKS[language])
    whole, mark, fraction = written.partition(decimal_mark)
    grouped = re.fullmatch(rf"\d+|\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+|\d{{1,3}}(?:{group_mark}\d{{3}})+", whole)
    meanings = set()
    if grouped and fraction.isdigit() == bool(mark):
        meanings.add(plain_number(re.sub(r"\D", "", whole), fraction))
    # A time with a point, and a decimal mark of the other kind, as in the name of a product.
    if pair := re.fullmatch(r"(\d+)([.,])(\d{1,2})", written):
        meanings |= {plain_number(pair[1], pair[3])} | ({f"{pair[1]}:{pair[3]}"} if pair[2] == "." else set())
    return meanings


def plain_number(whole: str, fraction: str) -> str:
    return format(Decimal(f"{whole}.{fraction or 0}").normalize(), "f")


def roman_numbers(text: str) -> list[tuple[str, set[str]]]:
    """Return the Roman numbers of a text: some languages count their centuries so."""
    return [(written, {str(roman_value(written))}) for written in ROMAN.findall(text)]


def roman_value(written: str) -> int:
    values = [ROMAN_VALUES[letter] for letter in written]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def unmatched(wanted: list[tuple[str, set[str]]], there: list[tuple[str, set[str]]]) -> list[str]:
    """Return those of the numbers `wanted`, as they are written, that aren't `there` as often."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for place, (_written, meanings) in enumerate(there):
        for meaning in meanings:
            places[meaning].append(place)
    taken, lacking = set(), []
    for written, meanings in wanted:
        matching = [places[meaning] for meaning in meanings]
        for queue in matching:
            while queue and queue[0] in taken:
                queue.popleft()
        if first := [queue[0] for queue in matching if queue]:
            taken.add(min(first))
        else:
            lacking.append(written)
    return lacking


def compare_percent(source: str, translation: str) -> Iterator[Disagreement]:
    has, has_now = bool(PERCENT.search(source)), bool(PERCENT.search(translation))
    if has and not has_now:
        yield Disagreement("percent", Sentence(_("The source speaks of per cent, the translation doesn’t.")))
    if has_now and not has:
        yield Disagreement("percent", Sentence(_("The translation speaks of per cent, the source doesn’t.")))


# --- Markdown ---------------------------------------------------------------------------------------------------------


def compare_links(source: list[str], translation: list[str]) -> Iterator[Disagreement]:
    old, new = Counter(map(target, source)), Counter(map(target, translation))
    if lacking := [link for link in dict.fromkeys(source) if old[target(link)] > new[target(link)]]:
        message = _("The translation lacks links that the source has: %(links)s.")
        yield Disagreement("link-lacking", Sentence(message, {"links": listed(lacking)}))
    if added := [link for link in dict.fromkeys(translation) if new[target(link)] > old[target(link)]]:
        message = _("The translation has links that the source lacks: %(links)s.")
        yield Disagreement("link-added", Sentence(message, {"links": listed(added)}))


def target(link: str) -> str:
    """Return what two links to the same thing have in common: pages of ours have an address in each language."""
    return OWN_PATH.sub(r"\g<section>", link)


def compare_structure(source: Text, translation: Text) -> Iterator[Disagreement]:
    if source.items != translation.items:
        message = _("Items of lists: %(source)s in the source, %(translation)s in the translation.")
        yield Disagreement("items", Sentence(message, {"source": source.items, "translation": translation.items}))
    if source.headings != translation.headings:
        message = _("Headings: %(source)s in the source, %(translation)s in the translation.")
        yield Disagreement(
            "headings", Sentence(message, {"source": source.headings, "translation": translation.headings})
        )


def compare_brackets(source: str, translation: str) -> Iterator[Disagreement]:
    for opening, closing in BRACKETS.items():
        if is_paired(source, opening, closing) and not is_paired(translation, opening, closing):
            message = _("In the translation a bracket lacks its counterpart: %(opening)s %(closing)s.")
            yield Disagreement("brackets", Sentence(message, {"opening": opening, "closing": closing}))


def is_paired(text: str, opening: str, closing: str) -> bool:
    return text.count(opening) == text.count(closing)


def listed(items: list[str]) -> str:
    return ", ".join(items)
