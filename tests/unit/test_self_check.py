"""The self-check: what it asks, what the answers say, and an address that carries them."""

import importlib
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reversion.models import Revision, Version

from articles.buckets import Bucket
from articles.history import keep, versions_of
from articles.languages import LANGUAGES, columns
from articles.models import Advice, Article, Baseline
from articles.restoring import restore
from articles.self_check import Answer, Question, SelfCheck, code_of
from articles.status import CURRENT, OUTDATED, status_of
from articles.unrecorded import keep_unrecorded

from .pages import Page, weight
from .test_pages import FIRST_VIEW

pytestmark = pytest.mark.django_db


def asked() -> list[Advice]:
    """Return the published mistakes that have a question in any language."""
    mistakes = Advice.objects.published().filter(kind="mistake").in_reading_order()
    return [mistake for mistake in mistakes if any(getattr(mistake, name) for name in columns("question"))]


def answers(letters: str) -> dict[str, str]:
    """Return the query that gives these answers to the first questions; a space leaves one out."""
    return {code_of(mistake.key): letter for mistake, letter in zip(asked(), letters, strict=False) if letter != " "}


def get(client: Client, query: dict | str, path: str = "/en/check/result/") -> str:
    response = client.get(f"{path}?{query}") if isinstance(query, str) else client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def main(html: str) -> str:
    """Return what a page has of its own."""
    return html[html.index("<main") : html.index("</main>")]


def leaks(html: str) -> list[int]:
    """Return the numbers of the mistakes that a result names, in its order."""
    return [int(number) for number in re.findall(r'id="leak-(\d+)"', html)]


# --- The questions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mistake_is_asked_about_in_the_readers_language(client, language):
    html = get(client, "", f"/{language}/check/")
    page = Page(main(html))
    assert len(page.all("fieldset")) == len(page.all("legend")) == 10
    assert len(page.all("input", type="radio")) == 30
    assert not page.all("legend", lang="en")
    for mistake in asked():
        assert getattr(mistake, f"question_{language}") in html


def test_no_answer_is_given_beforehand(client):
    assert "checked" not in main(get(client, "", "/en/check/"))


def test_a_mistake_without_a_question_isnt_asked_about(client):
    lying = Advice.objects.get(key="lying")
    for name in columns("question"):
        setattr(lying, name, "")
    lying.save()
    assert len(Page(main(get(client, "", "/en/check/"))).all("fieldset")) == 9


def test_an_eleventh_mistake_of_another_article_is_asked_about_too(client, article):
    Advice.objects.create(article=article, kind="mistake", title_fi="Hiljaisuus", question_fi="Onko teillä hiljaista?")
    html = get(client, "", "/en/check/")
    assert len(Page(main(html)).all("fieldset")) == 11
    assert '<span lang="fi">Onko teillä hiljaista?</span>' in html
    assert leaks(get(client, answers("nnnnnnnnnny"))) == [11]


def test_the_question_of_what_is_no_mistake_isnt_asked(client, tip):
    tip.question_en = "Is this a tip?"
    tip.save()
    assert "Is this a tip?" not in get(client, "", "/en/check/")


@pytest.mark.parametrize("path", ["/en/check/", "/en/check/result/"])
def test_without_published_mistakes_there_is_nothing_to_ask(client, path):
    codes = answers("yyyyyyyyyy")
    for article in Article.objects.all():
        article.status = "draft"
        article.save()
    assert "There are no questions here at the moment." in get(client, codes, path)


def test_the_mistakes_lead_to_the_check(client):
    paths = ["/en/mistakes/", Article.objects.get(key="ten-ways-to-lose").url_in("en")]
    others = ["/en/rules/", Article.objects.get(key="rule-one").url_in("en")]
    for path in (*paths, *others):
        main, _footer = client.get(path).content.split(b"</main>")
        assert (b"/en/check/" in main) == (path in paths)


# --- The result -------------------------------------------------------------------------------------------------------


def test_leaks_come_worst_first_then_in_the_order_of_the_article(client):
    assert leaks(get(client, answers("snynnysnnn"))) == [3, 6, 1, 7]


def test_each_leak_names_its_remedies(client):
    html = get(client, answers("ynnnnnnnnn"))
    links = [link["href"] for link in Page(html[html.index('id="leak-1"') :]).all("a")]
    remedies = Advice.objects.get(key="untrained-staff").remedies.all()
    assert {remedy.url_in("en") for remedy in remedies} <= set(links)
    assert all(remedy.title in html and remedy.action in html for remedy in remedies)


def test_a_remedy_that_isnt_published_is_left_out(client, tip):
    Advice.objects.get(key="untrained-staff").remedies.add(tip)
    assert tip.title_en in get(client, answers("y"))
    Article.objects.filter(pk=tip.article_id).update(status="draft")
    assert tip.title_en not in get(client, answers("y"))


def test_what_to_do_first_is_the_action_against_the_worst_leak(client):
    html = get(client, answers("snnnnnnnyn"))
    first = html[html.index('id="first-heading"') :].partition("</section>")[0]
    worst = Advice.objects.get(key="lying")
    assert worst.title in first
    assert worst.action in first


def test_where_nothing_leaks_the_result_is_glad(client):
    html = get(client, answers("nnnnnnnnnn"))
    assert "Not a drop lost" in html
    assert not leaks(html)
    assert "first-heading" not in html


def test_the_result_is_drawn_and_said_in_words(client):
    page = Page(main(get(client, answers("ysynnnnnnn"))))
    assert [path["class"] for path in page.all("path") if path["class"] in ("steady", "drip")] == [
        "steady",
        "drip",
        "steady",
    ]
    (picture,) = page.all("svg", role="img")
    assert page.all("figcaption", id=picture["aria-labelledby"])
    caption = page.text_of("figcaption")
    assert "Customers leak in 2 places all the time." in caption
    assert "In 1 place they drip away now and then." in caption


@pytest.mark.parametrize("number", [0, 1, 10, 40])
def test_what_runs_out_of_a_bucket_stays_in_the_drawing(number):
    bucket = Bucket([Question(Advice(key=str(each)), each, Answer.YES) for each in range(1, number + 1)])
    ends = [hole.jet.rpartition(" ")[0].rpartition(" ")[2] for hole in bucket.holes]
    assert all(0 < int(end) <= bucket.width for end in ends)
    assert all(0 < hole.y < bucket.ground for hole in bucket.holes)


# --- Answers that are missing or wrong --------------------------------------------------------------------------------


def test_what_is_unanswered_is_told_and_leads_back_with_the_answers_kept(client):
    html = get(client, answers("yns nnnnn "))
    assert leaks(html) == [1, 3]
    back = [link["href"] for link in Page(html).all("a") if "#question-" in link["href"]]
    assert [href.partition("#")[2] for href in back] == [f"question-{code_of(asked()[n].key)}" for n in (3, 9)]
    page = Page(main(get(client, back[0].partition("?")[2].partition("#")[0], "/en/check/")))
    checked = [(each["name"], each["value"]) for each in page.all("input") if "checked" in each]
    assert dict(checked) == answers("yns nnnnn ")
    assert {each.get("id") for each in page.all("fieldset")} >= {href.partition("#")[2] for href in back}


def test_without_any_answer_the_result_leads_to_the_questions(client):
    html = get(client, {})
    assert "No question is answered yet." in html
    assert {"href": "/en/check/"} in Page(html).all("a")


@pytest.mark.parametrize("wrong", ["maybe", "Y", "yes", "yy", "１", "٣", "y" * 10_000])
def test_a_forged_answer_counts_as_none_and_is_mentioned(client, wrong):
    code = code_of("lying")
    html = get(client, answers("y") | {code: wrong})
    assert leaks(html) == [1]
    assert "Something in the address is no answer" in html
    assert f"#question-{code}" in html


def test_an_answer_to_what_is_asked_no_more_is_mentioned(client):
    assert "Something in the address is no answer" in get(client, answers("nnnnnnnnnn") | {"aaaaa": "y"})


def test_what_others_add_to_an_address_is_no_answer(client):
    html = get(client, answers("nnnnnnnnnn") | {"utm_source": "letter", "gclid": "x1"})
    assert "Something in the address is no answer" not in html


def test_of_answers_given_twice_the_last_counts(client):
    code = code_of("untrained-staff")
    assert leaks(get(client, f"{code}=n&{code}=y")) == [1]


# A NUL is refused before any page is asked.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.dictionaries(TEXTS, TEXTS, max_size=5))
def test_no_address_breaks_a_page(client, query):
    for path in ("/hy/check/", "/hy/check/result/"):
        get(client, query, path)


@pytest.mark.parametrize("query", ["%ED%A0%80=y", "crdhn=%ED%A0%80", "&&&=&", "=" * 5000, "%", "a=1&" * 900])
def test_an_odd_query_is_answered(client, query):
    get(client, query)
    get(client, query, "/ru/check/")


def test_a_nul_is_refused(client):
    assert client.get("/en/check/result/?crdhn=%00").status_code == 400


# --- Its address ------------------------------------------------------------------------------------------------------


def test_a_code_is_the_same_for_ever():
    assert (code_of("untrained-staff"), code_of("lying")) == ("crdhn", "jbzcl")
    codes = [code_of(key) for key in Advice.objects.values_list("key", flat=True)]
    assert len(set(codes)) == len(codes)


def test_a_result_is_short_enough_to_share():
    with override("en"):
        assert len(reverse("check-result") + SelfCheck(asked(), answers("ysnysnysny")).query) < 100


@pytest.mark.parametrize("path", ["check/", "check/result/"])
def test_the_switcher_keeps_the_answers(client, path):
    html = get(client, answers("snynnysnnn") | {"utm_source": "x"}, f"/en/{path}")
    others = {link["hreflang"]: link["href"] for link in Page(html).all("a") if "hreflang" in link}
    for language in LANGUAGES:
        there, _, query = others[language].removeprefix("http://testserver").partition("?")
        assert there == f"/{language}/{path}"
        assert dict(pair.split("=") for pair in query.split("&")) == answers("snynnysnnn")
        if path == "check/result/":
            assert leaks(get(client, query, there)) == [3, 6, 1, 7]


def test_the_own_address_stands_on_the_result(client):
    html = get(client, answers("yn"))
    assert f"http://testserver/en/check/result/{SelfCheck(asked(), answers('yn')).query}".replace("&", "&amp;") in html


@pytest.mark.parametrize("path", ["/fi/check/", "/fi/check/result/"])
def test_answers_are_kept_from_search_engines(client, path):
    page = Page(get(client, answers("ynnnnnnnnn"), path))
    assert page.all("meta", name="robots") == [{"name": "robots", "content": "noindex"}]
    assert page.all("link", rel="canonical") == [{"rel": "canonical", "href": "http://testserver/fi/check/"}]
    assert not page.alternates


def test_nothing_about_the_reader_is_kept(client):
    response = client.get("/en/check/result/", answers("ynnnnnnnnn"))
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    assert client.post("/en/check/result/", answers("y")).status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["check/", "check/result/"])
def test_the_pages_are_light_and_cost_few_queries(client, language, path, django_assert_max_num_queries):
    query = answers("yyyyyyyyyy")
    with django_assert_max_num_queries(2):
        response = client.get(f"/{language}/{path}", query, headers={"accept-encoding": "gzip"})
    assert weight(response) < FIRST_VIEW


def test_headings_of_a_result_come_in_order(client):
    ranks = [int(tag[1]) for tag, _ in Page(get(client, answers("ysn"))).elements if re.fullmatch(r"h[1-6]", tag)]
    assert ranks == [1, 2, 2, 3, 2, 3, 2]


# --- A database from before there were questions ----------------------------------------------------------------------


migration = importlib.import_module("articles.migrations.0008_questions")


def state(advice: Advice) -> list[str]:
    advice.refresh_from_db()
    in_sql = Advice.objects.with_status(*LANGUAGES).values(*(f"status_{code}" for code in LANGUAGES)).get(pk=advice.pk)
    states = [status_of(advice, language) for language in LANGUAGES]
    assert states == [in_sql[f"status_{language}"] for language in LANGUAGES]
    return states


@pytest.fixture
def from_before() -> tuple[Advice, Advice]:
    """A current mistake and one that changed in Estonian, as they were migrated from a database without questions."""
    Advice.objects.update(**dict.fromkeys(columns("question"), None) | {"question": ""})
    Advice.objects.update(**dict.fromkeys(columns("confirmed"), ""))
    for mistake in Advice.objects.select_related("article"):
        source = mistake.source_language
        joined = "\x1f".join(getattr(mistake, f"{name}_{source}") for name in ("title", "body", "action"))
        confirmed = {f"confirmed_{code}": joined for code in LANGUAGES if code != source}
        Advice.objects.filter(pk=mistake.pk).update(**confirmed)
    Advice.objects.filter(key="shoddy-work").update(title_et="Vilets töö")
    for baseline in Baseline.objects.filter(model="advice"):
        baseline.fields = {name: value for name, value in baseline.fields.items() if not name.startswith("question")}
        baseline.save()
    migration.add_to_confirmed(apps, None)
    return Advice.objects.get(key="lying"), Advice.objects.get(key="shoddy-work")


OF_SHODDY_WORK = [CURRENT if language == "et" else OUTDATED for language in LANGUAGES]


def test_a_confirmed_translation_stays_confirmed(from_before):
    current, outdated = from_before
    assert state(current) == [CURRENT] * 5
    assert state(outdated) == OF_SHODDY_WORK


def test_the_migration_can_be_taken_back(from_before):
    before = Advice.objects.get(key="lying").confirmed_hy
    migration.take_from_confirmed(apps, None)
    assert before == Advice.objects.get(key="lying").confirmed_hy + "\x1f"


def test_questions_are_loaded_into_a_database_that_lacks_them(from_before):
    call_command("load_content", verbosity=0)
    assert len(asked()) == 10
    assert all(getattr(mistake, name) for mistake in asked() for name in columns("question"))
    current, outdated = from_before
    assert state(current) == [CURRENT] * 5
    assert state(outdated) == OF_SHODDY_WORK


@pytest.fixture
def version_from_before(from_before) -> Version:
    """The latest version of the article of mistakes, as it was kept before there were questions."""
    article = Article.objects.get(key="ten-ways-to-lose")
    for version in keep([article]).version_set.all():
        without = re.sub(r'"question_\w\w": (null|""), ', "", version.serialized_data)
        version.serialized_data = without.replace('\\u001f"', '"')
        version.save()
    assert '"question_' not in version.serialized_data
    return versions_of(Article, article.pk).first()


def test_a_version_from_before_still_holds_what_is_stored(version_from_before):
    keep_unrecorded(Article.objects.get(pk=version_from_before.object_id))
    assert Revision.objects.latest("pk") == version_from_before.revision


def test_restoring_a_version_from_before_keeps_questions_and_states(version_from_before, from_before):
    call_command("load_content", verbosity=0)
    restore(version_from_before, None)
    current, outdated = from_before
    assert state(current) == [CURRENT] * 5
    assert current.question_hy
    assert state(outdated) == OF_SHODDY_WORK
