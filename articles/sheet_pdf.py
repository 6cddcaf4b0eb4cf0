"""The team sheet as a PDF."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import qr
from .models import Advice
from .paths import path_of
from .sheets import path_from_sheet, states
from .typesetting import typeset

SOURCE = Path(__file__).with_name("sheet.typ")


def pdf(advice: Iterable[Advice], absolute: Callable[[str], str]) -> bytes:
    """Return the sheet in the active language: accessible (PDF/UA-1), and the same bytes for the same texts.

    `absolute` makes an address from a path.
    """
    written = {
        "language": get_language(),
        "title": _("Team sheet"),
        "site": _("Come again"),
        "home": absolute(path_of("home")),
        "today": _("Today:"),
        "code": _("QR code: the page of this advice"),
        "hint": _("Scan a code to read more, and to see whether the advice has changed since this sheet was made."),
        "items": [item(each, absolute(path_from_sheet(each))) for each in advice],
    }
    inputs = {"sheet": json.dumps(written)}
    try:
        return typeset(SOURCE, inputs, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        # A sign that no font has, such as an emoji, has no place in an accessible PDF. Another is better than none.
        return typeset(SOURCE, inputs, format="pdf")


def item(advice: Advice, address: str) -> dict[str, object]:
    return {
        "kind": advice.get_kind_display(),
        "ink": advice.article.ink,
        "title": {"text": advice.title, "language": advice.language_of("title")},
        "action": {"text": advice.action, "language": advice.language_of("action")},
        "states": states(advice),
        "address": address,
        "code": qr.svg(address).decode(),
    }
