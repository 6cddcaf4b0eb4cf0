"""The team sheet: one to six pieces of advice on one page of paper, chosen in its address."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import questions
from .shown import ShownAdvice
from .stand_ins import stand_in

SIZE = 6
# Further ones are neither looked up nor shown.
MOST_READ = 60
NUMBER = re.compile("[0-9]{1,18}")
# A sheet that was emptied, unlike one that nobody has begun.
NOTHING = "?advice="
DIGEST = re.compile("[0-9a-f]{8}")


@dataclass(frozen=True)
class Sheet:
    """The advice on a sheet, in the order chosen.

    `is_cut` tells that more was chosen than there is room for, `has_lost` that some of it isn't there to be shown.
    """

    advice: tuple[ShownAdvice, ...]
    is_cut: bool = False
    has_lost: bool = False

    @property
    def query(self) -> str:
        """The end of the sheet's address, the same in all languages."""
        return query_of(self.advice)

    @property
    def is_full(self) -> bool:
        return len(self.advice) == SIZE

    def rows(self) -> Iterator["Row"]:
        last = len(self.advice) - 1
        for place, advice in enumerate(self.advice):
            others = [each for each in self.advice if each != advice]
            yield Row(
                advice=advice,
                off=query_of(others) or NOTHING,
                up=query_of([*others[: place - 1], advice, *others[place - 1 :]]) if place else None,
                down=query_of([*others[: place + 1], advice, *others[place + 1 :]]) if place < last else None,
            )


@dataclass(frozen=True)
class Row:
    """A piece of advice on a sheet, with the sheets to which it is moved up, moved down or taken off."""

    advice: ShownAdvice
    off: str
    up: str | None
    down: str | None


def sheet_of(chosen: Iterable[str]) -> Sheet:
    """Return the sheet with the advice whose primary keys were `chosen`, each once."""
    texts = list(dict.fromkeys(text for text in chosen if text))
    numbers = dict.fromkeys(int(text) for text in texts[:MOST_READ] if NUMBER.fullmatch(text))
    by_number = {advice.pk: advice for advice in questions.advice_on_sheet(get_language(), keys=list(numbers))}
    found = [by_number[number] for number in numbers if number in by_number]
    is_cut = len(found) > SIZE or len(texts) > MOST_READ
    return Sheet(tuple(found[:SIZE]), is_cut, has_lost=len(found) < min(len(texts), MOST_READ))


def query_of(advice: Iterable[ShownAdvice]) -> str:
    query = urlencode([("advice", each.pk) for each in advice])
    return query and f"?{query}"


def states(advice: ShownAdvice) -> list[str]:
    """Return the sentences that say of when and how good the texts are that a sheet shows of `advice`."""
    changed = date_format(localtime(advice.updated_at), "DATE_FORMAT")
    outdated = _("The original has changed since this was translated.") if advice.is_outdated else ""
    sentences = [
        _("Last changed: %(date)s") % {"date": changed},
        outdated,
        stand_in(advice, "title", "action", language=get_language()),
    ]
    return [str(sentence) for sentence in sentences if sentence]


def digest(advice: ShownAdvice) -> str:
    """Return what tells the texts of `advice` in the active language, as a sheet was made from, from any others."""
    texts = f"{advice.title}\n{advice.action}\n{advice.body}"
    return hashlib.blake2b(texts.encode(), digest_size=4).hexdigest()


def path_from_sheet(advice: ShownAdvice) -> str:
    """Return the path of the page of `advice` that also says whether it has changed since the sheet was made."""
    return f"{advice.get_absolute_url()}?sheet={digest(advice)}"


def has_changed(advice: ShownAdvice, noted: str) -> bool | None:
    """Tell whether `advice` has changed since a sheet `noted` its digest; None if that is no digest."""
    return digest(advice) != noted if DIGEST.fullmatch(noted) else None
