"""Rules as posters: a sheet of paper with nothing but the rule, in type as large as fits."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import addresses, questions
from .choices import Kind
from .languages import LANGUAGES
from .models import Advice
from .paths import path_in, path_of
from .public import depends_on, public
from .shown import ShownAdvice
from .views import get_or_404, sent_on

SIZES = ("a4", "a3")
DEFAULT_SIZE = SIZES[0]

# All lengths are those on A4, in millimetres; a larger sheet has everything larger.
ROOM = (166, 188)
TYPE_SIZES = (56, 52, 48, 44, 40, 37, 34, 31, 29, 27, 25, 23, 21, 19, 17, 15, 13)
LINE_HEIGHT = 1.2
# How wide a long word is, as a share of the type size times its letters, in the wide ones of the serifs that readers
# may have.
WIDTHS = {"hy": 0.72, "ru": 0.67}
LATIN_WIDTH = 0.6


@public
@depends_on("size")
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a rule as a poster, to be printed in the size that the address asks for."""
    size = request.GET.get("size", DEFAULT_SIZE)
    if size not in SIZES:
        raise Http404
    language = get_language()
    rule = get_or_404(questions.advice_called(language, slug=slug), Advice, slug)
    if rule.kind != Kind.RULE:
        raise Http404
    if moved := sent_on(request, path_to(rule, language)):
        return moved
    return render(request, "articles/poster.html", context_of(request, rule, size))


def context_of(request: HttpRequest, rule: ShownAdvice, size: str) -> dict[str, object]:
    query = "" if size == DEFAULT_SIZE else f"?{urlencode({'size': size})}"
    page = addresses.of_object(request, rule)
    own = next(address for address in page.all if address.language == get_language())
    return {
        "rule": rule,
        "size": size,
        "sizes": SIZES,
        "type_size": type_size(rule.title, rule.language_of("title")),
        "rule_address": own.url,
        "printed_address": own.url.partition("://")[2],
        "canonical": page.canonical,
        "addresses": addresses.Addresses(
            request,
            lambda code: path_to(rule, code) + query,
            [code for code in LANGUAGES if rule.exists_in(code)],
        ),
        # The page of the rule is the one to be found.
        "is_unlisted": True,
        "crumbs": [
            (_("Rules"), path_of("rules")),
            (rule.title, rule.get_absolute_url()),
            (_("Poster"), request.path),
        ],
        "section": "rules",
    }


def path_to(rule: ShownAdvice, language: str) -> str:
    return path_in(language, "poster", rule.slug_in(language))


def type_size(title: str, language: str) -> int:
    """Return the largest of TYPE_SIZES in which `title` fits its room on the sheet, else the smallest of them."""
    width, height = ROOM
    for size in TYPE_SIZES:
        characters = width / (size * WIDTHS.get(language, LATIN_WIDTH))
        lines = lines_of(title, characters)
        if lines and lines * size * LINE_HEIGHT <= height:
            return size
    return TYPE_SIZES[-1]


def lines_of(title: str, characters: float) -> int:
    """Return in how many lines of so many characters `title` is set; 0 if a word is longer than a line."""
    lines, room = 1, characters
    for word in title.split():
        if len(word) > characters:
            return 0
        if len(word) > room:
            lines, room = lines + 1, characters
        room -= len(word) + 1
    return lines
