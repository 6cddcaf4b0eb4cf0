"""The icon of the site, where browsers and telephones look for it unasked."""

from functools import cache

import typst
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .public import public

ICON = settings.BASE_DIR / "static" / "img" / "favicon.svg"
# The telephone cuts the corners itself: what the icon leaves free there has the colour of its border.
TOUCH_ICON = b"""
#set page(width: 180pt, height: 180pt, margin: 0pt, fill: rgb("#1f5c4a"))
#image(bytes(sys.inputs.icon), format: "svg", width: 100%)
"""


@public
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ICON.read_bytes(), content_type="image/svg+xml")


@public
def touch_icon(request: HttpRequest) -> HttpResponse:
    """Serve the icon for the home screen of a telephone, which takes no SVG."""
    return HttpResponse(drawn(), content_type="image/png")


@cache
def drawn() -> bytes:
    compiler = typst.Compiler(TOUCH_ICON, ignore_system_fonts=True)
    return compiler.compile(format="png", ppi=72, sys_inputs={"icon": ICON.read_text()})
