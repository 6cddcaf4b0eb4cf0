"""What changed between two texts, word by word.

Texts are compared by paragraphs first, and only those that differ by words: the cost grows with what changed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from operator import attrgetter
from typing import NamedTuple

SAME, REMOVED, ADDED = "same", "removed", "added"
# Each with the space before it, so that nothing of a text is lost in between and one that is added at the end is all.
PARAGRAPH = re.compile(r"\n*[^\n]+|\n+")
WORD = re.compile(r"\s*\S+|\s+")
# difflib takes quadratic time where words are repeated without end: so many pairs of equal words may there be a word.
MOST_PAIRS = 10


class Part(NamedTuple):
    """A piece of text that both texts have (SAME), or only the old one (REMOVED) or the new one (ADDED)."""

    kind: str
    text: str


def between(old: str, new: str) -> list[Part]:
    """Return the way from `old` to `new`: all that is SAME or REMOVED makes `old`, all that is SAME or ADDED `new`.

    A change that is too long and monotonous to be taken apart is shown as one text exchanged for the other.
    """
    stretches = matched(PARAGRAPH.findall(old), PARAGRAPH.findall(new))
    pairs = (pair for olds, news in stretches for pair in paired(olds, news))
    return list(merged(part for pair in pairs for part in by_words(*pair)))


def changed_words(old: str, new: str) -> int:
    """Return how many words were changed on the way from `old` to `new`; one put in the place of another is one."""
    changes = groupby(between(old, new), key=lambda part: part.kind == SAME)
    return sum(max(len(part.text.split()) for part in parts) for is_same, parts in changes if not is_same)


def by_words(old: str, new: str) -> Iterator[Part]:
    for olds, news in matched(WORD.findall(old), WORD.findall(new)):
        if olds == news:
            yield Part(SAME, "".join(olds))
        else:
            yield Part(REMOVED, "".join(olds))
            yield Part(ADDED, "".join(news))


def paired(olds: list[str], news: list[str]) -> Iterable[tuple[str, str]]:
    """Return which text is to be compared with which: one by one if there are as many, else all with all."""
    return zip(olds, news, strict=True) if len(olds) == len(news) else [("".join(olds), "".join(news))]


def matched(olds: list[str], news: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Give the stretches of both lists that correspond, in order: equal ones and different ones."""
    head = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False)))
    yield olds[:head], news[:head]
    olds, news = olds[head:], news[head:]
    counts = Counter(news)
    if sum(counts[text] for text in olds) > MOST_PAIRS * (len(olds) + len(news)):
        yield olds, news
        return
    for _tag, start, end, new_start, new_end in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        yield olds[start:end], news[new_start:new_end]


def merged(parts: Iterable[Part]) -> Iterator[Part]:
    """Give the parts with neighbours as one, what was removed before what was added, and none empty."""
    for is_same, neighbours in groupby(filter(attrgetter("text"), parts), key=lambda part: part.kind == SAME):
        group = list(neighbours)
        for kind in [SAME] if is_same else [REMOVED, ADDED]:
            if text := "".join(part.text for part in group if part.kind == kind):
                yield Part(kind, text)
