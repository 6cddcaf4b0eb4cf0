"""The public pages: sweeps over all of them, then what is particular to one."""

import re
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.figures import Bars, Dots, Split, drawing, value_text
from articles.languages import LANGUAGES
from articles.listings import List
from articles.models import Advice, Article, Figure, Listing, Topic
from articles.sitemaps import LanguageSitemap

from .pages import LISTS, STANDING, Page, answer, paths_in, weight

pytestmark = pytest.mark.django_db

# Bytes of HTML and CSS, compressed: one round trip, a little more for whole articles in two-byte scripts.
FIRST_VIEW = 14 * 1024
FIRST_VIEW_OF_TWO_BYTES = 18 * 1024


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


def get(client: Client, path: str, status: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == status, path
    return Page(response.content.decode())


# --- Sweeps -----------------------------------------------------------------------------------------------------------


def test_every_page_is_whole_in_every_language(language):
    for path in paths_in(language):
        page = answer(path).page
        assert answer(path).status == 200, path
        assert page.all("html") == [{"lang": language}], path
        assert len(page.all("h1")) == 1, path
        assert page.text_of("title").strip(" –"), path
        assert page.all("meta", name="description")[0]["content"], path
        assert len(page.all("main")) == 1, path
        ids = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), path


def test_every_page_names_its_alternates(language):
    for path in paths_in(language):
        page = answer(path).page
        alternates = {
            link["hreflang"]: link["href"] for link in page.all("link", rel="alternate") if "hreflang" in link
        }
        assert alternates.keys() == {*LANGUAGES, "x-default"}, path
        assert alternates[language] == f"http://testserver{path}"
        assert alternates["x-default"] == alternates["en"]
        assert page.all("link", rel="canonical")[0]["href"] == f"http://testserver{path}"
        assert page.all("meta", property="og:url")[0]["content"] == f"http://testserver{path}"


def test_the_switcher_stays_on_the_page():
    for path in paths_in("en"):
        links = [link for link in answer(path).page.all("a") if "hreflang" in link]
        assert [link["hreflang"] for link in links] == list(LANGUAGES)
        for link in links:
            other = answer(link["href"].removeprefix("http://testserver"))
            assert other.status == 200, link["href"]
            assert other.page.all("html")[0]["lang"] == link["lang"]


def test_every_internal_link_leads_somewhere():
    todo, seen = [f"/{language}/" for language in LANGUAGES], set()
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        found = answer(path)
        assert found.status == 200, path
        if found.headers["Content-Type"].startswith("text/html"):
            page = found.page
            targets = [link["href"] for link in page.all("a") + page.all("link", rel="alternate")]
            links = [target.removeprefix("http://testserver").partition("#")[0] for target in targets]
            todo += [link for link in links if link.startswith("/")]
            anchors = {target[1:] for target in targets if target.startswith("#")}
            assert anchors <= {attributes.get("id") for _tag, attributes in page.elements}, path
    assert len(seen) > 5 * 70


def test_no_page_reads_or_writes_anything_about_the_reader(language):
    for path in [*paths_in(language), f"/{language}/feed/"]:
        found = answer(path)
        assert not found.cookies, path
        assert "Cookie" not in found.headers.get("Vary", ""), path
        assert "public" in found.headers["Cache-Control"], path
        # The choice of colours, suggestions to a search, the place in another language, stamps on cards and the
        # memory of a team sheet: all work without them.
        assert found.body.count(b'.js"') <= 5


def test_pages_tell_browsers_what_they_may_fetch_ahead(client):
    rules = f'"{static("prefetch.speculationrules")}"'
    assert client.get("/fi/tips/")["Speculation-Rules"] == rules
    for path in ("/fi/feed/", "/fi/today.ics", "/robots.txt", "/admin/login/"):
        assert "Speculation-Rules" not in client.get(path), path


def test_pages_are_light_and_cost_few_queries(language):
    with override(language):
        home = [reverse("home")]
        lists = [reverse(name) for name in (*LISTS, *STANDING) if name != "home"] + [
            topic.get_absolute_url() for topic in Topic.objects.all()
        ]
        articles = [article.get_absolute_url() for article in Article.objects.published()]
        advice = [each.get_absolute_url() for each in Advice.objects.published()]
    for paths, budget in ((home, 5), (lists, 4), (articles, 3), (advice, 5)):
        for path in paths:
            assert answer(path).queries <= budget, path
            is_long = paths is articles and language in ("ru", "hy")
            assert weight(answer(path)) < (FIRST_VIEW_OF_TWO_BYTES if is_long else FIRST_VIEW), path


def test_a_list_costs_as_few_queries_however_many_rows_it_has(client, article, django_assert_max_num_queries):
    for number in range(200):
        Advice.objects.create(article=article, kind="tip", title_fi=f"Vinkki {number}", action_fi="Tänään.")
    after = Listing.objects.of(List.TIPS).items()[180]
    further = f"?after={after}"
    for path, budget in (("/fi/tips/", 3), (f"/fi/tips/{further}", 5), (f"/hy/tips/{further}", 6), ("/fi/", 5)):
        with django_assert_max_num_queries(budget, info=path):
            assert client.get(path).status_code == 200


def test_texts_in_neither_language_cost_no_query_more(client, django_assert_max_num_queries):
    article = Article.objects.create(title_ru="Статья", status="published", position=0)
    topic = Topic.objects.create(name_ru="Тема")
    for number in range(40):
        Advice.objects.create(article=article, kind="tip", title_ru=f"Совет {number}").topics.add(topic)
    advice = article.advice.first()
    for path, budget in (
        ("/fi/tips/", 3),
        (f"/fi/tips/?topic={topic.slug_ru}", 3),
        (topic.url_in("fi"), 3),
        ("/fi/", 5),
        ("/fi/articles/", 3),
        (article.url_in("fi"), 3),
        (advice.url_in("fi"), 5),
    ):
        with django_assert_max_num_queries(budget):
            assert 'lang="ru"' in client.get(path).content.decode()


def test_headings_come_in_order(language):
    for path in paths_in(language):
        ranks = [int(tag[1]) for tag, _attributes in answer(path).page.elements if re.fullmatch(r"h[1-6]", tag)]
        assert ranks[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(ranks)), (path, ranks)


# --- Lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "count"), [("tips", 26), ("rules", 17), ("mistakes", 10)])
def test_the_lists_hold_all_advice_of_their_kind(client, language, name, count):
    page = get(client, f"/{language}/{name}/")
    rows = [item for item in page.all("li") if (item.get("class") or "").startswith("row ")]
    assert len(rows) == count
    (items,) = [node for node in page.structured if node["@type"] == "ItemList"]
    assert len(items["itemListElement"]) == count


def test_a_list_is_kept_to_a_topic(client, language):
    topic = Topic.objects.get(key="access")
    with override(language):
        page = get(client, f"/{language}/tips/?topic={topic.slug}")
        wanted = Advice.objects.filter(kind="tip", topics=topic)
        links = {link["href"] for link in page.all("a")}
        assert all(advice.get_absolute_url() in links for advice in wanted)
    rows = [item for item in page.all("li") if (item.get("class") or "").startswith("row ")]
    assert len(rows) == wanted.count() == 2
    others = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
    with override("ru"):
        assert others["ru"] == f"http://testserver/ru/tips/?topic={topic.slug}"


def test_a_topic_in_another_language_is_sent_to_this_one(client):
    topic = Topic.objects.get(key="access")
    response = client.get(f"/ru/tips/?topic={topic.slug_en}")
    assert (response.status_code, response["Location"]) == (301, f"/ru/tips/?topic={topic.slug_ru}")


def test_a_former_slug_of_a_topic_still_filters(client):
    topic = Topic.objects.get(key="access")
    former = topic.slug_en
    topic.slug_en = "no-hurdles"
    topic.save()
    response = client.get(f"/en/tips/?topic={former}&page=1")
    assert (response.status_code, response["Location"]) == (301, "/en/tips/?topic=no-hurdles&page=1")


def test_a_topic_without_such_advice_says_so(client, topic):
    response = client.get(f"/en/mistakes/?topic={topic.slug_en}")
    assert b"There is nothing on this topic here yet." in response.content


@pytest.mark.parametrize("query", ["topic=nonsense", "page=0", "page=99", "page=x", "page=1e9"])
def test_what_a_list_doesnt_have_is_not_found(client, query):
    assert client.get(f"/fi/tips/?{query}").status_code == 404


# --- Articles and advice ----------------------------------------------------------------------------------------------


def test_an_article_shows_all_its_advice_and_figures(client, language):
    for article in Article.objects.all():
        with override(language):
            page = get(client, article.get_absolute_url())
        ids = {attributes.get("id") for _tag, attributes in page.elements}
        assert {f"advice-{advice.key}" for advice in article.advice.all()} <= ids
        assert {f"figure-{figure.key}" for figure in article.figures.all()} <= ids


def test_advice_leads_to_its_neighbours_and_its_article(client):
    article = Article.objects.get(key="seven-steps")
    first, second, third = article.advice.all()[:3]
    page = get(client, second.get_absolute_url())
    assert page.all("a", rel="prev")[0]["href"] == first.get_absolute_url()
    assert page.all("a", rel="next")[0]["href"] == third.get_absolute_url()
    assert article.get_absolute_url() in {link["href"] for link in page.all("a")}


def test_remedies_are_linked_both_ways(client):
    mistake = Advice.objects.get(key="untrained-staff")
    remedy = Advice.objects.get(key="keep-training")
    assert remedy.get_absolute_url() in {link["href"] for link in get(client, mistake.get_absolute_url()).all("a")}
    assert mistake.get_absolute_url() in {link["href"] for link in get(client, remedy.get_absolute_url()).all("a")}


def test_what_isnt_published_is_nowhere(client, article, tip, topic, figure):
    mistake, remedy = Advice.objects.get(key="untrained-staff"), Advice.objects.get(key="keep-training")
    mistake.remedies.add(tip)
    remedy.topics.add(topic)
    own = Advice.objects.create(article=article, kind="mistake", title_en="Silence")
    own.remedies.add(remedy)
    texts = (b"hyvaa-paivaa", b"tervehdi-ensin", b"silence", b"15\xe2\x80\x9320% of greetings")
    paths = [
        "/fi/",
        "/fi/articles/",
        "/fi/tips/",
        "/fi/mistakes/",
        "/en/figures/",
        "/fi/feed/",
    ]
    # The last part of each sitemap.
    for name, obj in (("articles", article), ("advice", own)):
        paths.append(f"/sitemap-{name}.xml?p={1 + obj.pk // LanguageSitemap.limit}")
    paths += [topic.url_in("fi"), mistake.url_in("fi"), remedy.url_in("fi")]
    assert all(any(text in client.get(path).content for text in texts) for path in paths)
    article.published_at = timezone.now() + timedelta(minutes=5)
    article.save()
    assert client.get(article.url_in("fi")).status_code == 404
    assert client.get(tip.url_in("fi")).status_code == 404
    for path in paths:
        assert [text for text in texts if text in client.get(path).content] == [], path


def test_markdown_cant_carry_a_script(client, tip):
    tip.body_en = "<script>alert(1)</script> [x](javascript:alert(1)) ![x](http://example.org/x.png) <b onclick=x>"
    tip.title_en = "<script>alert(2)</script></title>"
    tip.save()
    html = client.get(tip.url_in("en")).content.decode()
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html
    assert "<b onclick" not in html
    assert Page(html).structured[0]["headline"] == tip.title_en


# --- Missing translations ---------------------------------------------------------------------------------------------


def test_a_missing_translation_is_shown_honestly(client, article, tip):
    page = get(client, article.url_in("hy"))
    assert page.all("h1") == [{"lang": "en"}]
    assert page.alternates.keys() == {"en", "fi", "x-default"}
    assert page.all("link", rel="canonical")[0]["href"] == f"http://testserver{article.url_in('en')}"
    with override("hy"):
        assert page.all("p", role="note")
    assert page.all("div", **{"class": "prose", "lang": "fi"})


def test_a_translation_in_part_is_shown_honestly_too(client, article, tip):
    page = get(client, article.url_in("en"))
    assert page.all("h1") == [{}]
    assert len(page.all("p", role="note")) == 1
    article.introduction_en = "Introduction."
    article.save()
    page = get(client, article.url_in("en"))
    # The article is whole; its tip isn't, and says so itself.
    assert len(page.all("p", role="note")) == 1
    assert len(get(client, tip.url_in("en")).all("p", role="note")) == 1
    assert not get(client, tip.url_in("fi")).all("p", role="note")


def test_a_translation_that_exists_has_no_such_notice(client, article):
    page = get(client, article.url_in("fi"))
    assert page.all("h1") == [{}]
    assert not page.all("p", role="note")


# --- Addresses --------------------------------------------------------------------------------------------------------


def test_an_old_slug_redirects_for_ever(client, tip):
    old = tip.url_in("fi")
    for title in ("Sano huomenta", "Sano hyvää huomenta"):
        tip.title_fi, tip.slug_fi = title, ""
        tip.save()
    response = client.get(f"{old}?utm=1")
    assert (response.status_code, response["Location"]) == (301, f"{tip.url_in('fi')}?utm=1")


def test_another_languages_slug_redirects_to_this_ones(client, language):
    for obj in (Article.objects.first(), Advice.objects.first(), Topic.objects.first()):
        with override(language):
            path = obj.get_absolute_url()
            for other in set(LANGUAGES) - {language}:
                response = client.get(path.replace(obj.slug, getattr(obj, f"slug_{other}")))
                assert (response.status_code, response["Location"]) == (301, path)


def test_advice_under_the_wrong_kind_redirects(client, tip):
    response = client.get(f"/fi/rules/{tip.slug_fi}/")
    assert (response.status_code, response["Location"]) == (301, tip.url_in("fi"))


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("fi", "fi"),
        ("et-EE,et;q=0.9,en;q=0.8", "et"),
        ("sv,ru;q=0.7,fi;q=0.9", "fi"),
        ("hy-AM", "hy"),
        ("sv", "en"),
        ("", "en"),
        ("*;q=\x01nonsense", "en"),
    ],
)
def test_the_root_leads_to_the_best_language(client, accepted, language):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in response["Vary"]


def test_a_missing_page_is_friendly_in_the_readers_language(client, language):
    page = get(client, f"/{language}/no-such-page/", status=404)
    assert page.all("html") == [{"lang": language}]
    assert page.all("meta", name="robots") == [{"name": "robots", "content": "noindex"}]
    assert f"/{language}/tips/" in {link["href"] for link in page.all("a")}
    assert [text for inside, text in page.texts if text in dict(settings.LANGUAGES).values()] == [
        *dict(settings.LANGUAGES).values()
    ]


def test_a_fault_is_friendly_in_the_readers_language(language, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("articles.questions.topics_counted", fail)
    client = Client(raise_request_exception=False)
    page = get(client, f"/{language}/topics/", status=500)
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_pages_are_only_read(method):
    assert getattr(Client(enforce_csrf_checks=True), method)("/en/tips/").status_code == 405


@pytest.mark.parametrize("path", ["/en/tips/?topic=%00", "/en/tips/%00/", "/%00", "/admin/autocomplete/?term=a%00"])
def test_a_nul_is_refused(client, path):
    assert client.get(path).status_code in (400, 404)


def test_a_refusal_is_a_page_as_any(client, language):
    for other in LANGUAGES:
        client.get(f"/{other}/")
        response = client.get(f"/{language}/tips/?topic=%00", headers={"accept-encoding": "gzip"})
        assert response["Content-Language"] == language
        assert "Content-Security-Policy" in response
        assert response["Content-Encoding"] == "gzip"


def test_an_answer_to_head_has_no_body(client):
    whole = client.get("/en/tips/")
    head = client.head("/en/tips/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == whole["Content-Length"]


def test_a_page_that_changes_without_a_date_has_none(client, article):
    for path in ("/fi/feed/", "/sitemap.xml", "/sitemap-articles.xml", "/fi/articles/"):
        first = client.get(path)
        assert "Last-Modified" not in first
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_an_unchanged_page_isnt_sent_again(client):
    first = client.get("/fi/tips/")
    again = client.get("/fi/tips/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


# --- An empty site ----------------------------------------------------------------------------------------------------


def test_an_empty_site_says_so(client, language):
    for model in (Figure, Advice, Article, Topic):
        model.objects.all().delete()
    for name in LISTS:
        with override(language):
            page = get(client, reverse(name))
        assert any("empty-state" in (attributes.get("class") or "") for _tag, attributes in page.elements), name


# --- Figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ["+46%", "61%", "15–20%", "10+", "over 10 million", "No. 1", "80–20", "6–30×"]),
        ("fi", ["+46\u00a0%", "15–20\u00a0%"]),
        ("et", ["+46%", "15–20%"]),
        ("ru", ["+46\u00a0%", "15–20\u00a0%"]),
        ("hy", ["+46%", "15–20%"]),
    ],
)
def test_numbers_are_written_as_in_the_language(client, language, wanted):
    html = client.get(f"/{language}/figures/").content.decode()
    for number in wanted:
        assert f">{number}</p>" in html


@pytest.mark.parametrize(
    ("unit", "low", "high", "text"),
    [
        ("people", "2.50", None, "2.5"),
        ("people", "12500", None, "12,500"),
        ("people", "1000", None, "1000"),
        ("at_least", "0.40", None, "0.4+"),
        ("more", "5", "7.50", "+5–7.5%"),
    ],
)
def test_numbers_have_no_needless_digits(unit, low, high, text):
    assert value_text(Figure(unit=unit, low=Decimal(low), high=high and Decimal(high))) == text


@pytest.mark.parametrize(
    ("unit", "low", "high", "picture"),
    [
        ("percent", 15, 20, Dots(total=100, solid=15, light=5, label="15–20 of 100")),
        ("at_least", 10, None, Dots(total=11, solid=1, light=10, label="1 beside 10+")),
        ("people", 3, 5, Dots(total=5, solid=3, light=2, label="3–5")),
        ("times", 6, 30, Bars(solid=20, light=80, unit=100 / 30, label="1 beside 6–30×")),
        ("more", 25, None, Bars(solid=100, light=0, unit=80, label="+25%")),
        ("ratio", 80, 20, Split(solid=80, label="80–20")),
        ("rank", 1, None, None),
        ("people", 100_000, None, None),
    ],
)
def test_a_drawing_shows_the_number(unit, low, high, picture):
    assert drawing(Figure(unit=unit, low=Decimal(low), high=high and Decimal(high))) == picture


def test_dots_are_drawn_where_they_belong():
    dots = Dots(total=25, solid=12, light=3, label="")
    assert (dots.width, dots.height) == (100, 30)
    assert dots.solid_path == "M5 5h90.01M5 15h10.01"
    assert dots.light_path == "M25 15h20.01"
    assert dots.empty_path == "M55 15h40.01M5 25h40.01"
    assert Dots(total=10, solid=10, light=0, label="").empty_path == ""


def test_drawings_have_a_text_equivalent(client):
    drawings = [svg for svg in get(client, "/en/figures/").all("svg") if svg.get("class", "").startswith("drawing")]
    assert len(drawings) >= 12
    assert all(drawing["role"] == "img" and drawing["aria-label"] for drawing in drawings)


def test_dates_are_written_as_in_the_language(client):
    article = Article.objects.get(key="ten-ways-to-lose")
    wanted = {
        "en": "2 November 2026",
        "fi": "2. marraskuuta 2026",
        "et": "2. november 2026",
        "ru": "2 ноября 2026 г.",
        "hy": "2026 թ. նոյեմբերի 2",
    }
    for language, date in wanted.items():
        assert f">{date}<" in client.get(article.url_in(language)).content.decode()
