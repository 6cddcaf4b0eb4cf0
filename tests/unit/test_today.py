"""The advice of the day: pages, feed and calendar."""

import datetime as dt
import gzip
import xml.etree.ElementTree as ET
from zoneinfo import ZoneInfo

import feedparser
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from articles.days import days
from articles.languages import LANGUAGES
from articles.models import Advice, Article, Stint
from articles.roster import follow

from .pages import Page

pytestmark = pytest.mark.django_db

HELSINKI = ZoneInfo("Europe/Helsinki")
DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
TODAY = dt.date(2026, 12, 1)
FIRST_VIEW = 14 * 1024
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def noon(clock) -> None:
    """It is noon on 1 December; the authored content has been there for long."""
    clock(dt.datetime(2026, 12, 1, 12, tzinfo=HELSINKI))
    Stint.objects.all().delete()
    follow()


@pytest.fixture
def alone(article, tip) -> Advice:
    """A tip in Finnish and English, the only one of the site."""
    Article.objects.exclude(pk=article.pk).delete()
    tip.action_fi = "Sano huomenta."
    tip.save()
    return tip


def advice_on(date: dt.date) -> Advice:
    return Advice.objects.get(pk=days(date, date, "en")[0].advice.pk)


def get(client, path: str, status: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == status, path
    return Page(response.content.decode())


def calendar(client, language: str, **headers: str) -> Calendar:
    return Calendar.from_ical(client.get(f"/{language}/today.ics", headers=headers).content)


def events(client, language: str) -> dict[dt.date, object]:
    return {event.start: event for event in calendar(client, language).events}


# --- The same everywhere ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ahead", [0, 1, 5, 40, 300])
def test_all_languages_have_the_same_advice_on_a_day(client, clock, ahead):
    clock(dt.datetime(2026, 12, 1, 12, tzinfo=HELSINKI) + ahead * DAY)
    advice = advice_on(TODAY + ahead * DAY)
    for language in LANGUAGES:
        for path in (f"/{language}/today/", f"/{language}/today/{TODAY + ahead * DAY}/"):
            page = get(client, path)
            card = page.text_of("h2") + page.text_of("a")
            assert getattr(advice, f"title_{language}") in card
            assert page.all("a", href=advice.url_in(language))


def test_what_isnt_translated_is_shown_as_on_other_pages(client, alone):
    html = client.get("/hy/today/").content.decode()
    assert '<span lang="en">Greet first</span>' in html
    assert '<span lang="fi">Sano huomenta.</span>' in html
    assert "անգլերեն" in html
    entry = feedparser.parse(client.get("/hy/today/feed/").content).entries[0]
    assert (entry.title, entry.summary) == ("Greet first", "Sano huomenta.")
    assert 'lang="fi"' in client.get("/hy/today/feed/").content.decode()
    (event,) = calendar(client, "hy").events[:1]
    assert (event["summary"], event["summary"].params["LANGUAGE"]) == ("Greet first", "en")
    assert event["description"].params["LANGUAGE"] == "fi"


# --- Midnight ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("midnight", "zone"),
    [
        ("2026-12-01T22:00:00+00:00", "Europe/Helsinki"),
        # Summer time ends during the 25th and begins during the 28th.
        ("2026-10-24T21:00:00+00:00", "Europe/Helsinki"),
        ("2026-10-25T22:00:00+00:00", "Europe/Helsinki"),
        ("2027-03-27T22:00:00+00:00", "Europe/Helsinki"),
        ("2027-03-28T21:00:00+00:00", "Europe/Helsinki"),
        ("2026-12-01T20:00:00+00:00", "Asia/Yerevan"),
        # There the clock goes from 23:59 to 1:00.
        ("2027-03-14T05:00:00+00:00", "America/Havana"),
    ],
)
@pytest.mark.parametrize("name", ["today", "daily-feed", "calendar"])
def test_the_day_changes_at_midnight_cached_pages_included(client, clock, settings, midnight, zone, name):
    settings.TIME_ZONE = zone
    midnight = dt.datetime.fromisoformat(midnight)
    date = midnight.astimezone(ZoneInfo(zone)).date()
    path = reverse(name)
    clock(midnight - SECOND)
    before = client.get(path)
    assert before["Cache-Control"] == "public, no-cache"
    kept = {"if-none-match": before["ETag"]}
    clock(midnight - dt.timedelta(hours=20))
    assert client.get(path, headers=kept).status_code == 304
    clock(midnight)
    after = client.get(path, headers=kept)
    assert after.status_code == 200
    if name == "today":
        assert f'datetime="{date}"' in after.content.decode().partition("<article")[0]
        assert f'datetime="{date - DAY}"' in before.content.decode().partition("<article")[0]
        assert advice_on(date).title_en in Page(after.content.decode()).text_of("a")
    clock(midnight + dt.timedelta(hours=20))
    assert client.get(path, headers={"if-none-match": after["ETag"]}).status_code == 304


# --- The pages --------------------------------------------------------------------------------------------------------


def test_today_leads_to_yesterday_tomorrow_and_the_week_ahead(client):
    page = get(client, "/en/today/")
    assert [link["href"] for link in page.all("a", rel="prev")] == ["/en/today/2026-11-30/"]
    assert [link["href"] for link in page.all("a", rel="next")] == ["/en/today/2026-12-02/"]
    week = [TODAY + ahead * DAY for ahead in range(8)]
    assert [time["datetime"] for time in page.all("time")] == [str(day) for day in week]
    titles = page.text_of("a")
    assert all(advice_on(day).title_en in titles for day in [TODAY - DAY, *week[1:]])


def test_the_head_names_feed_and_calendar(client):
    page = get(client, "/fi/today/")
    assert page.all("link", type="application/atom+xml", href="/fi/today/feed/")
    assert page.all("link", type="text/calendar", href="/fi/today.ics")
    assert page.all("a", href="webcal://testserver/fi/today.ics")


@pytest.mark.parametrize(
    ("language", "weekday", "date", "tomorrow"),
    [
        ("en", "Tuesday", "1 December 2026", "2 December"),
        ("fi", "Tiistai", "1. joulukuuta 2026", "2. joulukuuta"),
        ("et", "Teisipäev", "1. detsember 2026", "2. detsember"),
        ("ru", "Вторник", "1 декабря 2026 г.", "2 декабря"),
        ("hy", "Երեքշաբթի", "2026 թ. դեկտեմբերի 1", "դեկտեմբերի 2"),
    ],
)
def test_days_are_written_as_in_the_language(client, language, weekday, date, tomorrow):
    html = client.get(f"/{language}/today/").content.decode()
    assert f"<b>{weekday}</b> {date}</time>" in html
    assert f"</b> {tomorrow}</time>" in html


def test_the_page_of_a_day_isnt_for_search_engines_but_in_all_languages(client):
    page = get(client, "/ru/today/2026-11-20/")
    assert page.all("meta", name="robots", content="noindex")
    assert "20 ноября 2026 г." in page.text_of("title")
    links = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
    assert links == {code: f"http://testserver/{code}/today/2026-11-20/" for code in LANGUAGES}


def test_links_lead_from_day_to_day_for_two_weeks_back_and_one_ahead(client):
    seen, todo = set(), ["/en/today/"]
    while todo:
        page = get(client, path := todo.pop())
        seen.add(path)
        links = {link["href"] for link in page.all("a") if link["href"].startswith("/en/today/2")}
        todo += links - seen - set(todo)
    assert seen == {"/en/today/"} | {f"/en/today/{TODAY + ahead * DAY}/" for ahead in range(-14, 8)}
    long_ago = get(client, "/en/today/2026-10-01/")
    assert not long_ago.all("a", rel="prev")
    assert long_ago.all("a", href="/en/today/")


@pytest.mark.parametrize("date", ["2026-09-07", "1900-01-01", "9998-12-31", "2027-12-02"])
def test_a_day_without_advice_says_so(client, language, date):
    page = get(client, f"/{language}/today/{date}/", 404)
    assert page.all("a", href=f"/{language}/today/")
    assert page.all("meta", name="robots", content="noindex")


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.mark.parametrize(
    "date",
    [
        "2026-02-30",
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "2026-1-1",
        "٢٠٢٦-١٢-٠١",
        "２０２６-12-01",
        "x" * 10_000,
        "%ed%b2%80",
    ],
)
def test_what_is_no_day_is_not_found(client, date):
    assert client.get(f"/hy/today/{date}/").status_code == 404


def test_unknown_parameters_change_nothing(client):
    assert client.get("/en/today/?date=2026-01-01&x=%ff&x=1").content == client.get("/en/today/").content


def test_a_day_whose_advice_was_taken_back_says_so(client):
    advice = advice_on(TODAY - DAY)
    advice.delete()
    page = get(client, "/en/today/2026-11-30/")
    assert "The advice of this day has been taken back." in page.text_of("p")
    assert advice.title_en not in client.get("/en/today/").content.decode()
    assert get(client, "/en/today/").all("a", rel="prev")


def test_a_site_without_advice_says_so(client):
    Article.objects.all().delete()
    Stint.objects.all().delete()
    assert "There is no advice for today yet." in get(client, "/en/today/").text_of("p")
    assert client.get("/en/today/feed/").status_code == 200
    assert calendar(client, "en").events == []


def test_a_former_slug_doesnt_matter_here(client):
    advice = advice_on(TODAY)
    advice.title_fi, advice.slug_fi = "Uusi otsikko", ""
    advice.save()
    assert get(client, "/fi/today/").all(
        "a", href="/fi/tips/uusi-otsikko/" if advice.kind == "tip" else "/fi/rules/uusi-otsikko/"
    )


def test_the_pages_are_light_and_cost_few_queries(client, language, django_assert_max_num_queries):
    for path in ("today/", "today/2026-11-28/", "today/feed/", "today.ics"):
        with django_assert_max_num_queries(2):
            response = client.get(f"/{language}/{path}", headers={"accept-encoding": "gzip"})
        assert not response.cookies
        if path.startswith("today/2") or path == "today/":
            page = Page(gzip.decompress(response.content).decode())
            # The names of files as they are served have a digest in them.
            names = [link["href"].rpartition("/")[2].split(".")[0] for link in page.all("link", rel="stylesheet")]
            styles = [settings.BASE_DIR / "static" / "css" / f"{name}.css" for name in names]
            weight = len(response.content) + sum(len(gzip.compress(style.read_bytes())) for style in styles)
            assert weight < FIRST_VIEW, weight


def test_texts_in_neither_language_cost_one_query_more(client, django_assert_max_num_queries):
    Article.objects.all().delete()
    article = Article.objects.create(title_ru="Статья", status="published")
    for number in range(9):
        Advice.objects.create(article=article, kind="tip", title_ru=f"Совет {number}")
    with django_assert_max_num_queries(3):
        assert client.get("/fi/today/").content.decode().count('lang="ru"') > 7


# --- The feed ---------------------------------------------------------------------------------------------------------


def test_the_feed_is_valid_atom(client, language):
    response = client.get(f"/{language}/today/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(response.content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = root.findall("a:entry", ATOM)
    assert len(entries) == 15
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
    assert len({entry.find("a:id", ATOM).text for entry in entries}) == 15
    assert root.find("a:link[@rel='self']", ATOM).get("href") == f"http://testserver/{language}/today/feed/"
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    assert [entry.link for entry in parsed.entries] == [
        f"http://testserver/{language}/today/{TODAY - ahead * DAY}/" for ahead in range(15)
    ]
    assert parsed.entries[0].published == "2026-12-01T00:00:00+02:00"


def test_an_entry_stays_the_same_from_day_to_day(client, clock):
    def entries() -> dict[str, str]:
        return {entry.id: entry for entry in feedparser.parse(client.get("/et/today/feed/").content).entries}

    before = entries()
    clock(dt.datetime(2026, 12, 2, 12, tzinfo=HELSINKI))
    after = entries()
    assert len(before.keys() & after.keys()) == 14
    assert all(before[name] == after[name] for name in before.keys() & after.keys())


# --- The calendar -----------------------------------------------------------------------------------------------------


def test_the_calendars_of_two_languages_have_the_same_advice_on_365_days(client):
    finnish, armenian = events(client, "fi"), events(client, "hy")
    titles = {each.title_fi: each.title_hy for each in Advice.objects.all()}
    year = [TODAY + ahead * DAY for ahead in range(365)]
    assert [str(armenian[day]["summary"]) for day in year] == [titles[finnish[day]["summary"]] for day in year]
    assert all(
        finnish[day]["uid"].removesuffix("-fi@come-again") == armenian[day]["uid"].removesuffix("-hy@come-again")
        for day in year
    )
    assert len({finnish[day]["summary"] for day in year}) == 43


def test_the_calendar_says_what_the_pages_say(client, language):
    found = events(client, language)
    for day in (TODAY - 60 * DAY, TODAY, TODAY + DAY, TODAY + 365 * DAY):
        path = f"/{language}/today/{day}/"
        page, event = get(client, path), found[day]
        assert event["url"] == f"http://testserver{path}"
        assert str(event["summary"]) in page.text_of("a")
        action, _, url = event["description"].partition("\n\n")
        assert action in page.text_of("p")
        assert url == event["url"]
    assert max(found) == TODAY + 365 * DAY
    assert min(found) == dt.date(2026, 9, 8)


def test_the_calendar_is_one_that_clients_take(client, language):
    response = client.get(f"/{language}/today.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    # No letter is cut in two where a line is folded.
    assert all(line.decode() for line in lines)
    found = Calendar.from_ical(response.content)
    assert found.errors == []
    with override(language):
        assert found["x-wr-calname"] == found["name"]
    assert found["refresh-interval"].dt == dt.timedelta(hours=12)
    assert found["x-published-ttl"] == "PT12H"
    assert (found["version"], found["prodid"]) == ("2.0", f"-//Come again//Today//{language.upper()}")
    uids = [event["uid"] for event in found.events]
    assert len(uids) == len(set(uids))
    for event in found.events:
        assert event.errors == []
        assert type(event.start) is dt.date
        assert event.end == event.start + DAY
        # Whole days need no time zone; the stamps are in UTC.
        assert {event["dtstamp"].dt.tzname(), event["last-modified"].dt.tzname()} == {"UTC"}
        assert event["summary"].params["LANGUAGE"] == language


def test_a_calendar_that_hasnt_changed_is_the_same_on_each_day_but_for_its_ends(client, clock):
    before = {event["uid"]: event.to_ical() for event in calendar(client, "ru").events}
    clock(dt.datetime(2026, 12, 31, 12, tzinfo=HELSINKI))
    after = {event["uid"]: event.to_ical() for event in calendar(client, "ru").events}
    assert before.items() <= after.items()


def test_events_keep_their_identity_when_the_site_moves_and_texts_change(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    uids = [event["uid"] for event in calendar(client, "fi").events]
    assert [event["uid"] for event in calendar(client, "fi", host="elsewhere.example").events] == uids
    before = events(client, "fi")
    advice = advice_on(TODAY)
    advice.title_fi, advice.slug_fi = "Uusi otsikko", ""
    advice.save()
    after = events(client, "fi")
    assert [event["uid"] for event in after.values()] == uids
    assert after[TODAY]["summary"] == "Uusi otsikko"
    assert after[TODAY]["last-modified"].dt == advice.updated_at.replace(microsecond=0)
    assert after[TODAY + DAY].to_ical() == before[TODAY + DAY].to_ical()


def test_no_event_turns_into_another_when_advice_is_taken_back(client):
    before = {event["uid"]: event for event in calendar(client, "en").events}
    gone = advice_on(TODAY + DAY)
    gone.delete()
    after = {event["uid"]: event for event in calendar(client, "en").events}
    for uid in before.keys() & after.keys():
        assert after[uid].to_ical() == before[uid].to_ical()
    past = {uid for uid, event in before.items() if event.start <= TODAY and f"-{gone.key}-" not in uid}
    assert past <= after.keys()
    assert not any(f"-{gone.key}-" in uid for uid in after)


def test_events_stay_for_two_years(client, clock):
    clock(dt.datetime(2030, 1, 1, 12, tzinfo=HELSINKI))
    found = events(client, "en")
    assert (min(found), max(found)) == (dt.date(2028, 1, 2), dt.date(2031, 1, 1))
