"""The page of the calculator: what losing customers costs, and what keeping more of them is worth."""

from collections.abc import Callable
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language

from . import numerals, questions
from .addresses import Addresses, of_page
from .calculator_form import CalculatorForm
from .charts import Lines
from .choices import Unit
from .paths import path_in
from .public import depends_on, public
from .retention_value import Business, Outlook
from .shown import ShownFigure

# The figures that the numbers to begin with come from, by key, and the range in which one of them may lie.
LOST, DEARER, RANGE = "defection-15-20", "five-times", "acquire-6-30"
BESIDE = {"lost": [LOST], "dearer": [DEARER, RANGE]}
UNITS = {LOST: Unit.PERCENT, DEARER: Unit.TIMES, RANGE: Unit.TIMES}
# An example, and what stands in for a figure that isn't there.
EXAMPLE = Business(
    customers=Decimal(500), spend=Decimal(200), lost=Decimal("17.5"), keeping=Decimal(10), dearer=Decimal(5)
)


@public
@depends_on(*CalculatorForm.base_fields)
def calculator(request: HttpRequest) -> HttpResponse:
    figures = figures_by_key()
    form = CalculatorForm(written(request, figures))
    is_asked = any(name in request.GET for name in form.fields)
    context = {
        "form": form,
        "fields": [(field, [figures[key] for key in BESIDE.get(field.name, ()) if key in figures]) for field in form],
        "figures": figures.values(),
        "is_example": not is_asked,
        # Search engines need the page only once, not with the numbers of each reader.
        "is_unlisted": is_asked,
        "canonical": request.build_absolute_uri(request.path),
        "addresses": Addresses(request, address_with(form)) if is_asked else of_page(request),
        "section": "calculator",
    }
    if form.is_valid():
        context |= answer(form.business) | winning_within(figures.get(RANGE), form.business)
    return render(request, "articles/calculator.html", context)


def figures_by_key() -> dict[str, ShownFigure]:
    """Return the published figures that the calculator rests on, those left out that an editor made something else."""
    figures = questions.figures_with_keys(get_language(), keys=list(UNITS))
    return {figure.key: figure for figure in figures if figure.unit == UNITS[figure.key]}


def written(request: HttpRequest, figures: dict[str, ShownFigure]) -> dict[str, str]:
    """Return what the reader wrote; where nothing was asked, the numbers to begin with."""
    beginning = vars(EXAMPLE) | beginnings(figures)
    texts = {name: request.GET.get(name, numerals.plain(number)) for name, number in beginning.items()}
    # One letter more than a number may have tells that it is too long.
    return {name: text[: numerals.LONGEST + 1] for name, text in texts.items()}


def beginnings(figures: dict[str, ShownFigure]) -> dict[str, Decimal]:
    """Return the numbers that figures give to begin with: of a range its middle."""
    middles = {
        name: (figures[key].low + (figures[key].high or figures[key].low)) / 2
        for name, key in (("lost", LOST), ("dearer", DEARER))
        if key in figures
    }
    fields = CalculatorForm.base_fields
    return {name: middle for name, middle in middles.items() if fields[name].low <= middle <= fields[name].high}


def address_with(form: CalculatorForm) -> Callable[[str], str]:
    """Return where the same numbers stand in each language."""

    def address_in(language: str) -> str:
        return f"{path_in(language, 'calculator')}?{urlencode(form.query_in(language))}"

    return address_in


def answer(business: Business) -> dict[str, object]:
    """Return what the page says of a business."""
    outlook = Outlook(business)
    as_it_goes = [business.customers, *(year.customers for year in outlook.years)]
    with_more_kept = [business.customers, *(year.customers_kept for year in outlook.years)]
    return {"business": business, "outlook": outlook, "chart": Lines(as_it_goes, with_more_kept)}


def winning_within(range_: ShownFigure | None, business: Business) -> dict[str, object]:
    """Return what winning customers costs at either end of the range that a figure gives."""
    if range_ is None:
        return {}
    ends = [end for end in (range_.low, range_.high) if end is not None]
    return {"range": range_, "ends": [business.winning_at(end) for end in ends]}
