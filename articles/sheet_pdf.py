"""The team sheet as a PDF, set by Typst in fonts that are installed with the site, so that it is alike everywhere."""

import json
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import qr
from .models import Advice
from .sheets import path_from_sheet, states

SOURCE = Path(__file__).with_name("sheet.typ")


@cache
def fonts() -> typst.Fonts:
    """Return Noto Sans for all scripts of the site, and no font that some machine has and another hasn't."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(files("manimgx_fonts"))]
    )


def pdf(advice: Iterable[Advice], absolute: Callable[[str], str]) -> bytes:
    """Return the sheet in the active language: accessible (PDF/UA-1), and the same bytes for the same texts.

    `absolute` makes an address from a path.
    """
    written = {
        "language": get_language(),
        "title": _("Team sheet"),
        "site": _("Come again"),
        "home": absolute(reverse("home")),
        "today": _("Today:"),
        "code": _("QR code: the page of this advice"),
        "hint": _("Scan a code to read more, and to see whether the advice has changed since this sheet was made."),
        "items": [item(each, absolute(path_from_sheet(each))) for each in advice],
    }
    # A compiler serves one thread; the fonts, which all share, are what takes time to read.
    compiler = typst.Compiler(SOURCE.read_bytes(), font_paths=fonts(), ignore_system_fonts=True)
    return compiler.compile(format="pdf", sys_inputs={"sheet": json.dumps(written)}, pdf_standards=["ua-1"])


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
