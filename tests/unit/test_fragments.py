"""Parts of pages that are written once for what they show."""

import jinja2
import pytest
from django.utils.translation import override

from articles import fragments, questions
from articles.environments import Environment
from articles.models import Advice, Figure

from .pages import Page

TEMPLATES = {
    "line.html": "{% macro line(advice, number) %}<p>{{ number }} {{ advice.title }}{{ told() }}</p>{% endmacro %}",
    "page.html": '{% from "line.html" import line %}{{ line|kept(advice, number) }}',
}
pytestmark = pytest.mark.django_db


class Told:
    """Counts how often a macro was run."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return ""


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def template(told: Told) -> jinja2.Template:
    environment = Environment("en", autoescape=True, loader=jinja2.DictLoader(TEMPLATES))
    environment.globals["told"] = told
    return environment.get_template("page.html")


def rows(advice: Advice) -> list:
    return questions.advice_in("en", found=[advice.article_id])


def test_what_is_shown_again_isnt_written_again(template, told, tip):
    first, again = ([template.render(advice=row, number=1) for row in rows(tip)] for _time in range(2))
    assert first == again
    assert told.times == len(first) > 0


def test_what_is_shown_otherwise_is_written_for_itself(template, told, tip):
    row = rows(tip)[0]
    assert template.render(advice=row, number=1) != template.render(advice=row, number=2)
    Advice.objects.filter(pk=row.pk).update(title_en="Quite another <title>")
    assert "Quite another &lt;title&gt;" in template.render(advice=rows(tip)[0], number=1)
    assert told.times == 3


def test_an_object_that_may_change_is_written_each_time(template, told, tip):
    with override("en"):
        before = template.render(advice=tip, number=1)
        tip.title_en = "Quite another title"
        assert "Quite another title" in template.render(advice=tip, number=1) != before
        assert fragments.content_of([rows(tip)[0], tip]) is None
    assert told.times == 2


def test_no_more_is_kept_than_there_is_room_for(template, told, tip, monkeypatch):
    row = rows(tip)[0]
    written = template.render(advice=row, number=1)
    monkeypatch.setattr(fragments, "MOST", 2 * len(written))
    for number in (1, 2, 3, 3, 1):
        assert f"<p>{number} " in template.render(advice=row, number=number)
    assert told.times == 4


def test_rows_of_two_questions_are_told_apart(tip):
    (one,) = (row for row in questions.advice_in("en", found=[tip.article_id]) if row.pk == tip.pk)
    (other,) = questions.advice_listed("en", keys=[tip.pk])
    assert one == other
    assert one.content != other.content


@pytest.mark.parametrize("path", ["/fi/articles/{slug}/", "/fi/articles/", "/fi/tips/", "/fi/figures/"])
def test_a_page_shows_an_edit_beside_what_stays(client, article, tip, figure, path):
    path = path.format(slug=article.slug_fi)
    before = client.get(path).content.decode()
    Advice.objects.filter(pk=tip.pk).update(title_fi="Aivan toinen <otsikko>")
    Figure.objects.filter(pk=figure.pk).update(claim_fi="Aivan toinen <väite>")
    after = client.get(path).content.decode()
    changed = {line for line in after.splitlines() if line not in before}
    assert any("ld+json" not in line for line in changed)
    assert all("Aivan toinen &lt;" in line or "ld+json" in line for line in changed)
    assert Page(after).all("h1") == Page(before).all("h1")
