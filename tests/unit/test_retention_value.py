"""What losing customers costs and keeping them is worth, by numbers worked out by hand and by what always holds."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from articles.charts import BOTTOM, LINE_HEIGHT, TOP, Lines
from articles.retention_value import POINTS, Business, Outlook

SHOP = Business(Decimal(500), Decimal(200), Decimal(20), Decimal(10), Decimal(5))


def decimals(low: str, high: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=Decimal(low), max_value=high, places=places)


SHARES = decimals("0", 100)
BUSINESSES = st.builds(
    Business,
    customers=decimals("1", 10**7, 0),
    spend=decimals("1000", 10**9),
    lost=SHARES,
    keeping=decimals("0.01", 1000),
    dearer=decimals("1", 1000),
)


def test_losses_are_what_one_reckons_on_paper():
    assert SHOP.lost_customers == 100
    assert SHOP.lost_sales == 20_000
    assert SHOP.cost_of_keeping == 1000
    assert SHOP.cost_of_winning == 5000
    assert SHOP.cost_of_replacing == 4000
    assert SHOP.winning_at(Decimal(30)) == 30_000


def test_five_points_more_are_what_one_reckons_on_paper():
    outlook = Outlook(SHOP)
    assert [year.customers for year in outlook.years] == [400, 320, 256, Decimal("204.8"), Decimal("163.84")]
    kept = [375, Decimal("281.25"), Decimal("210.9375")]
    assert [year.customers_kept for year in Outlook(replace(SHOP, lost=Decimal(30))).years][:3] == kept
    assert outlook.years[0].more_customers == 25
    assert outlook.years[0].more_sales == 5000
    assert outlook.more_sales == sum(year.more_sales for year in outlook.years)
    assert outlook.worth == outlook.more_sales - outlook.more_keeping


def test_nobody_lost_leaves_nothing_to_gain():
    business = replace(SHOP, lost=Decimal(0))
    assert business.lost_sales == business.cost_of_winning == 0
    assert Outlook(business).points_gained == Outlook(business).worth == 0


def test_no_more_is_gained_than_is_lost():
    outlook = Outlook(replace(SHOP, lost=Decimal(3)))
    assert outlook.points_gained == 3
    assert {year.customers_kept for year in outlook.years} == {500}


def test_who_loses_everybody_has_nobody_left():
    business = replace(SHOP, lost=Decimal(100))
    assert business.lost_customers == 500
    assert {year.customers for year in Outlook(business).years} == {0}
    assert Outlook(business).years[0].customers_kept == 25
    assert business.left_after(0) == 500


@given(BUSINESSES, SHARES, SHARES)
def test_more_kept_is_never_worth_less(business, one, other):
    fewer, more = sorted([one, other])
    assert Outlook(business, fewer).worth <= Outlook(business, more).worth
    assert Outlook(business, fewer).more_sales <= Outlook(business, more).more_sales


@given(BUSINESSES, SHARES)
def test_more_lost_never_costs_less(business, lost):
    less, more = sorted([business, replace(business, lost=lost)], key=lambda each: each.lost)
    assert less.lost_sales <= more.lost_sales
    assert less.cost_of_replacing <= more.cost_of_replacing
    assert less.left_after(5) >= more.left_after(5)


@given(BUSINESSES)
def test_nothing_is_worth_less_than_nothing_or_more_than_there_is(business):
    outlook = Outlook(business)
    assert 0 <= outlook.worth <= outlook.more_sales <= 5 * business.customers * business.spend
    assert 0 <= outlook.points_gained <= POINTS
    assert business.cost_of_replacing >= 0
    assert all(0 <= year.customers <= year.customers_kept <= business.customers for year in outlook.years)


@given(BUSINESSES)
def test_the_lines_of_a_chart_stay_in_it_and_its_labels_apart(business):
    years = Outlook(business).years
    chart = Lines(
        [business.customers, *(year.customers for year in years)],
        [business.customers, *(year.customers_kept for year in years)],
    )
    corners = [tuple(map(int, corner.split(","))) for corner in chart.area.split()]
    assert len(corners) == 12
    assert all(TOP <= y <= BOTTOM for _x, y in corners)
    upper, lower = chart.labels
    assert lower.y - upper.y >= LINE_HEIGHT
    assert upper.number >= lower.number
    assert max(upper.y, lower.y) <= BOTTOM
