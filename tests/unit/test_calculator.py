"""The page of the calculator, as readers of each language meet it."""

import re
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from articles import numerals
from articles.calculator_form import CalculatorForm
from articles.figures import value_text
from articles.languages import LANGUAGES
from articles.models import Article, Figure

from .pages import Page, weight

pytestmark = pytest.mark.django_db

FINNISH = {"customers": "1 200", "spend": "1 000,50 €", "lost": "17,5 %", "keeping": "20,25", "dearer": "6"}
# Of each, one of the languages would take the point or comma for something else.
NUMBERS = {
    "customers": Decimal(12_500),
    "spend": Decimal("1.125"),
    "lost": Decimal("12.345"),
    "keeping": Decimal("1.001"),
    "dearer": Decimal("7.5"),
}
FIGURES = ("defection-15-20", "five-times", "acquire-6-30")


def get(client, language: str = "en", **query: str) -> str:
    response = client.get(f"/{language}/calculator/", query)
    assert response.status_code == 200
    return response.content.decode()


def values(html: str) -> dict[str, str]:
    """Return what stands in the fields of the form, by name."""
    return {field["name"]: field.get("value", "") for field in Page(html).all("input", inputmode="decimal")}


def sums(html: str) -> list[str]:
    """Return the results, spaces as plain ones."""
    answer = html[html.index('id="answer"') :]
    return [text.replace("\u00a0", " ") for text in re.findall(r"<dd><b>(.*?)</b>", answer)]


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


def test_the_first_visit_shows_an_example_with_the_numbers_of_the_figures(client, language):
    html = get(client, language)
    with override(language):
        assert values(html)["lost"] == numerals.plain(Decimal("17.5"))
    assert values(html)["dearer"] == "5"
    assert 'class="notice"' in html
    assert len(sums(html)) == 9


def test_finnish_numbers_are_calculated_with(client):
    html = get(client, "fi", **FINNISH)
    assert sums(html)[:6] == ["210", "210 105", "25 515", "25 515–127 575", "4 253", "21 263"]
    assert values(html) == FINNISH
    assert 'role="alert"' not in html


def test_english_numbers_are_calculated_with(client):
    html = get(client, "en", customers="1,200", spend="£1,000.50", lost="17.5%", keeping="20.25", dearer="6")
    assert sums(html)[:3] == ["210", "210,105", "25,515"]
    assert "Understood as" not in html


def test_a_number_that_could_be_another_is_said_again_beside_its_field(client):
    html = get(client, "fi", **FINNISH | {"spend": "1,250", "keeping": "1"})
    (hint,) = re.findall(r'id="id_spend_helptext">.*?<b>(.*?)</b>', html)
    assert hint == "Ymmärretty luvuksi 1,25."
    assert html.count("Ymmärretty") == 1


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("customers", "many", "Please write a number in digits, such as 1,000."),
        ("customers", "", "Please write a number here."),
        ("customers", "12.5", "Please write a whole number: half a customer doesn’t come again."),
        ("customers", "0", "Please write a number from 1 to 10,000,000."),
        ("customers", "-5", "Please write a number from 1 to 10,000,000."),
        ("customers", "9" * 40, "Please write a number from 1 to 10,000,000."),
        ("customers", "9" * 10_000, "Please write a number in digits, such as 1,000."),
        ("spend", "0", "Please write a number from 0.01 to 1,000,000,000."),
        ("spend", "NaN", "Please write a number in digits, such as 1,000.5."),
        ("spend", "Infinity", "Please write a number in digits, such as 1,000.5."),
        ("lost", "100.1", "Please write a number from 0 to 100."),
        ("lost", "1e1", "Please write a number in digits, such as 17.5."),
        ("keeping", "0", "Please write a number from 0.01 to 1,000,000,000."),
        ("keeping", "201", "That is more than the customer spends. Please look at both amounts again."),
        ("dearer", "0.5", "Please write a number from 1 to 1,000."),
    ],
)
def test_nonsense_is_answered_beside_its_field_and_the_rest_is_kept(client, field, text, message):
    written = {"customers": "321", "spend": "200", "lost": "9", "keeping": "4", "dearer": "7"} | {field: text}
    html = get(client, **written)
    assert f'<p class="error" id="id_{field}_error">{message}</p>' in html
    (wrong,) = Page(html).all("input", **{"aria-invalid": "true"})
    assert wrong["name"] == field
    assert wrong["aria-describedby"] == f"id_{field}_helptext id_{field}_error"
    assert values(html) == written | {field: text[: numerals.LONGEST + 1]}
    assert 'class="answer"' not in html
    # Where the form leads to: whoever can't see the page is told there what is the matter.
    assert Page(html).all("div", id="answer", role="alert", tabindex="-1")
    assert f'href="#id_{field}"' in html


def test_every_message_is_in_the_language_of_the_reader(client, language):
    html = get(client, language, customers="1.5", spend="x", lost="101", keeping="", dearer="5")
    assert len(Page(html).all("input", **{"aria-invalid": "true"})) == 4
    assert ("Please" in html) == (language == "en")


@pytest.mark.parametrize("lost", ["0", "3", "5", "99", "100"])
@pytest.mark.parametrize(("customers", "spend"), [("1", "0.01"), ("10000000", "1000000000")])
def test_what_is_extreme_is_calculated_with_all_the_same(client, language, lost, customers, spend):
    written = {"customers": customers, "spend": spend, "lost": lost, "keeping": "0.01", "dearer": "1000"}
    html = get(client, language, **written)
    assert len(sums(html)) == 9
    assert ("notice" in html) == (lost in ("0", "3"))


def test_half_an_address_is_completed_with_the_example(client):
    html = get(client, customers="77")
    assert values(html) == {"customers": "77", "spend": "200", "lost": "17.5", "keeping": "10", "dearer": "5"}
    assert len(sums(html)) == 9


def test_what_isnt_asked_for_is_passed_over(client):
    response = client.get("/en/calculator/?colour=red&colour=blue")
    assert response.content == client.get("/en/calculator/?colour=red&colour=blue").content
    assert 'name="robots"' not in response.content.decode()
    assert values(client.get("/en/calculator/?customers=1&customers=22").content.decode())["customers"] == "22"


def test_the_switcher_keeps_the_numbers_whatever_the_language_makes_of_points_and_commas(client, language):
    with override(language):
        written = {name: numerals.plain(number) for name, number in NUMBERS.items()}
    links = [link for link in Page(get(client, language, **written)).all("a") if "hreflang" in link]
    assert [link["hreflang"] for link in links] == list(LANGUAGES)
    for link in links:
        html = client.get(link["href"].removeprefix("http://testserver")).content.decode()
        with override(link["lang"]):
            form = CalculatorForm(values(html))
            assert form.is_valid()
            assert form.cleaned_data == NUMBERS


def test_the_switcher_keeps_nonsense_too(client):
    links = [link["href"] for link in Page(get(client, "en", spend="a lot & more")).all("a") if "hreflang" in link]
    html = client.get(links[3].removeprefix("http://testserver")).content.decode()
    assert values(html)["spend"] == "a lot & more"


@effort(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
def test_whatever_is_sent_is_answered(client, text):
    assert client.get("/hy/calculator/", dict.fromkeys(NUMBERS, text)).status_code == 200


@pytest.mark.parametrize(
    "query", ["customers=%ED%A0%80", "customers=%FF", "spend[]=1&spend=%D9%A1", "=&&=", "lost=%0A"]
)
def test_broken_queries_are_answered(client, query):
    assert client.get(f"/fi/calculator/?{query}").status_code == 200
    assert client.get("/fi/calculator/?customers=%00").status_code == 400


def test_an_answer_is_one_page_to_search_engines(client):
    page = Page(get(client, "fi", **FINNISH))
    assert page.all("meta", name="robots") == [{"name": "robots", "content": "noindex"}]
    assert [link["href"] for link in page.all("link", rel="canonical")] == ["http://testserver/fi/calculator/"]
    assert page.alternates == {}


# --- Figures ----------------------------------------------------------------------------------------------------------


def test_each_assumption_stands_with_its_figure_and_source(client, language):
    html = get(client, language)
    with override(language):
        for figure in Figure.objects.filter(key__in=FIGURES):
            assert figure.claim in html
            assert figure.source in html
            assert value_text(figure) in html
            assert figure.get_founded_display() in html
            assert f'href="{figure.get_absolute_url()}"' in html


def test_a_changed_figure_changes_what_the_form_begins_with(client):
    Figure.objects.filter(key="defection-15-20").update(low=30, high=None)
    Figure.objects.filter(key="acquire-6-30").update(low=8, high=None)
    html = get(client)
    assert values(html)["lost"] == "30"
    assert sums(html)[3] == "12,000"


@pytest.mark.parametrize(
    "change",
    [
        {"low": 900, "high": None},
        {"unit": "rank", "low": 30, "high": None},
        {"key": "another", "low": 30, "high": None},
    ],
)
def test_a_figure_that_doesnt_serve_leaves_the_plain_number(client, change):
    Figure.objects.filter(key="defection-15-20").update(**change)
    assert values(get(client))["lost"] == "17.5"


def test_without_published_figures_the_calculator_works_with_plain_numbers(client, language):
    Article.objects.update(status="draft")
    html = get(client, language)
    assert len(sums(html)) == 8
    assert 'class="founded' not in html
    assert values(html)["dearer"] == "5"


def test_a_figure_in_another_language_is_marked(client):
    Figure.objects.filter(key="five-times").update(claim_hy="", source_hy="")
    figure = Figure.objects.get(key="five-times")
    assert f'<span lang="en">{figure.claim_en}</span>' in get(client, "hy")


def test_the_page_of_figures_leads_to_the_calculator(client, language):
    page = Page(client.get(f"/{language}/figures/").content.decode())
    assert f"/{language}/calculator/" in {link["href"] for link in page.all("a")}


# --- Weight -----------------------------------------------------------------------------------------------------------


def test_the_page_is_light_and_costs_few_queries(client, language, django_assert_max_num_queries):
    with override(language):
        written = {name: numerals.plain(number) for name, number in NUMBERS.items()} | {"spend": "99999,25"}
    with django_assert_max_num_queries(2):
        response = client.get(f"/{language}/calculator/", written, headers={"accept-encoding": "gzip"})
    assert not response.cookies
    assert weight(response) < 14 * 1024


def test_the_chart_is_drawn_without_inline_style_and_says_what_it_shows(client, language):
    html = get(client, language, customers="1200")
    page = Page(html)
    assert "style=" not in html
    (drawing,) = page.all("svg", role="img")
    assert drawing["aria-labelledby"] == "chart-title chart-desc"
    assert page.text_of("desc")
    # Coordinates are numbers to browsers, whatever the language writes.
    corners = [line["points"] for line in [*page.all("polyline"), *page.all("polygon")]]
    assert all(re.fullmatch(r"(\d+,\d+ ?)+", points) for points in corners)
