"""The team sheet: what is chosen, how it is shown, its PDF, and what its codes lead to."""

import io
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from articles.choices import Ink
from articles.languages import LANGUAGES
from articles.models import Advice
from articles.qr import svg
from articles.sheet_pdf import SOURCE
from articles.sheets import SIZE, digest, path_from_sheet
from articles.stand_ins import STAND_INS

from .pages import Page, weight

pytestmark = pytest.mark.django_db

FIRST_VIEW = 14 * 1024


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture
def chosen() -> list[Advice]:
    """Six pieces of advice from all five articles, tips, rules and mistakes among them."""
    return list(Advice.objects.published().in_reading_order())[2::9][:SIZE]


def sheet(client: Client, language: str, *keys: object, name: str = "sheet/") -> Page:
    response = client.get(f"/{language}/{name}", {"advice": keys})
    assert response.status_code == 200
    return Page(response.content.decode())


def headings(page: Page) -> list[str]:
    """Return the addresses of the pieces of advice on a sheet, in their order."""
    places = [place for place, (tag, _attributes) in enumerate(page.elements) if tag == "h2"]
    return [page.elements[place + 1][1]["href"] for place in places]


def read_pdf(client: Client, language: str, *keys: object) -> PdfReader:
    response = client.get(f"/{language}/sheet.pdf", {"advice": keys})
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(response.content))


def words(text: str) -> str:
    return " ".join(text.split())


def unspaced(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


# --- What is chosen ---------------------------------------------------------------------------------------------------


def test_a_sheet_shows_the_chosen_advice_in_the_order_chosen(client, language, chosen):
    keys = [chosen[place].pk for place in (4, 0, 2)]
    page = sheet(client, language, *keys)
    assert headings(page) == [chosen[place].url_in(language) for place in (4, 0, 2)]
    with override(language):
        assert all(chosen[place].action in page.text_of("p") for place in (4, 0, 2))


def test_the_language_switcher_keeps_the_sheet(client, chosen):
    page = sheet(client, "hy", *[advice.pk for advice in chosen[:3]])
    query = "&".join(f"advice={advice.pk}" for advice in chosen[:3])
    links = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
    assert links == {code: f"http://testserver/{code}/sheet/?{query}" for code in LANGUAGES}


def test_an_empty_sheet_is_for_search_engines_and_a_chosen_one_isnt(client, chosen):
    assert sheet(client, "en").all("link", rel="canonical")
    page = sheet(client, "en", chosen[0].pk)
    assert not page.all("link", rel="canonical")
    assert page.all("meta", name="robots", content="noindex")


def test_advice_chosen_twice_stands_there_once(client, chosen):
    first, second = chosen[:2]
    assert len(headings(sheet(client, "en", first.pk, second.pk, first.pk, f"0{first.pk}"))) == 2


def test_more_than_six_are_cut_with_a_kind_sentence(client, chosen):
    others = Advice.objects.published().exclude(pk__in=[advice.pk for advice in chosen])[:3]
    page = sheet(client, "en", *[advice.pk for advice in [*chosen, *others]])
    assert len(headings(page)) == SIZE
    assert "There is room for six. The first six that you chose are on the sheet." in page.text_of("p")


ODD = ["abc", "-1", "0", "9" * 30, "9" * 10_000, "１", "٣", "1.0", "1 OR 1=1", "<script>", " "]


@pytest.mark.parametrize("odd", ODD, ids=lambda text: ascii(text[:12]))
def test_what_isnt_there_is_left_off_with_a_kind_sentence(client, chosen, odd):
    page = sheet(client, "en", odd, chosen[0].pk)
    assert headings(page) == [chosen[0].get_absolute_url()]
    assert "The sheet does without it." in page.text_of("p")


def test_an_empty_choice_is_none(client):
    page = sheet(client, "en", "")
    assert "isn’t here any more" not in page.text_of("p")
    assert page.all("p", **{"class": "empty-state"})


def test_thousands_of_choices_are_answered(client, chosen):
    page = sheet(client, "en", chosen[0].pk, *range(10**6, 10**6 + 2000))
    assert headings(page) == [chosen[0].get_absolute_url()]


def test_unknown_parameters_and_a_nul_do_no_harm(client, chosen):
    assert client.get(f"/en/sheet/?advice={chosen[0].pk}&x=1&advice[]=2").status_code == 200
    assert client.get("/en/sheet/?advice=%00").status_code == 400
    for broken in ("%ff%fe", "%ed%a0%80"):
        assert client.get(f"/en/sheet/?advice={broken}").status_code == 200
        assert client.get(f"/en/sheet.pdf?advice={broken}").status_code == 302
        assert client.get(chosen[0].get_absolute_url() + f"?sheet={broken}").status_code == 200


def test_what_isnt_published_is_on_no_sheet(client, article, tip):
    assert headings(sheet(client, "fi", tip.pk)) == [tip.url_in("fi")]
    article.published_at = timezone.now() + timedelta(minutes=5)
    article.save()
    assert headings(sheet(client, "fi", tip.pk)) == []
    assert client.get(f"/fi/sheet/{tip.pk}.svg").status_code == 404
    assert client.get(f"/fi/sheet.pdf?advice={tip.pk}").status_code == 302


# --- Arranging it -----------------------------------------------------------------------------------------------------


def queries(page: Page) -> list[list[int]]:
    """Return the sheets that the links of a sheet lead to, the PDF first."""
    links = [link["href"] for link in page.all("a", rel="nofollow")]
    return [[int(number) for number in re.findall(r"advice=(\d+)", href)] for href in links]


def test_advice_is_moved_up_and_down_and_taken_off(client, chosen):
    a, b, c = (advice.pk for advice in chosen[:3])
    page = sheet(client, "en", a, b, c)
    first, second, third = [[b, a, c], [b, c]], [[b, a, c], [a, c, b], [a, c]], [[a, c, b], [a, b]]
    assert queries(page) == [[a, b, c], [], *first, *second, *third]


def test_the_last_one_taken_off_leaves_an_empty_sheet(client, chosen):
    assert sheet(client, "en", chosen[0].pk).all("a", rel="nofollow")[-1]["href"] == "?advice="


def test_another_is_added_from_all_that_isnt_on_the_sheet_yet(client, chosen):
    first, second = chosen[:2]
    page = sheet(client, "ru", first.pk, second.pk)
    assert [field["value"] for field in page.all("input", type="hidden")] == [str(first.pk), str(second.pk)]
    offered = [option["value"] for option in page.all("option")]
    assert len(offered) == Advice.objects.published().count() - 2
    assert not {str(first.pk), str(second.pk)} & set(offered)
    assert len(page.all("optgroup")) == 5


def test_advice_to_add_bears_its_own_language_among_an_article_that_stands_in(client, tip):
    tip.article.title_fi = ""
    tip.article.save()
    page = Page(client.get("/fi/sheet/").content.decode())
    assert page.all("optgroup", lang="en")
    assert page.all("option", value=str(tip.pk), lang="fi")
    other = Advice.objects.exclude(article=tip.article).first()
    assert page.all("option", value=str(other.pk)) == [{"value": str(other.pk)}]


def test_a_full_sheet_takes_no_more_and_says_why(client, chosen):
    page = sheet(client, "en", *[advice.pk for advice in chosen])
    assert not page.all("select")
    assert "The sheet is full." in page.text_of("p")


def test_advice_is_put_on_a_sheet_from_its_page(client, language, chosen):
    page = Page(client.get(chosen[0].url_in(language)).content.decode())
    (form,) = page.all("form", action=f"/{language}/sheet/")
    assert page.all("button", name="advice", value=str(chosen[0].pk))
    assert "method" not in form


@pytest.mark.parametrize("place", ["tips", "topic", "article", "search"])
def test_advice_is_ticked_wherever_it_is_listed(client, chosen, place):
    advice = chosen[0]
    paths = {
        "tips": "/en/tips/",
        "topic": advice.topics.first().get_absolute_url(),
        "article": advice.article.get_absolute_url(),
        "search": f"/en/search/?q={advice.title}",
    }
    page = Page(client.get(paths[place]).content.decode())
    assert page.all("form", id="gather", action="/en/sheet/")
    ticks = page.all("input", type="checkbox", name="advice", form="gather")
    assert str(advice.pk) in [tick["value"] for tick in ticks]
    assert all(Advice.objects.filter(pk=tick["value"]).exists() for tick in ticks)


# --- State of the texts -----------------------------------------------------------------------------------------------


def test_the_sheet_tells_when_each_text_was_changed(client, chosen):
    Advice.objects.filter(pk=chosen[0].pk).update(updated_at="2026-03-08T23:30:00Z")
    with override("en"):
        assert "Last changed: 9 March 2026" in sheet(client, "en", chosen[0].pk).text_of("p")
    assert "Изменено: 9 марта 2026 г." in sheet(client, "ru", chosen[0].pk).text_of("p")


def test_the_sheet_tells_that_a_text_is_out_of_date_or_stands_in(client, tip):
    tip.body_en = "Say good morning."
    tip.save()
    tip.title_fi = "Tervehdi aina ensin"
    tip.save()
    assert "The original has changed since this was translated." in sheet(client, "en", tip.pk).text_of("p")
    page = sheet(client, "hy", tip.pk)
    assert page.all("span", lang="en")
    with override("hy"):
        assert str(STAND_INS["en"]) in page.text_of("p")


def test_the_code_leads_to_the_page_and_brings_what_the_sheet_says(client, language, chosen):
    advice = chosen[1]
    with override(language):
        address = f"http://testserver{advice.get_absolute_url()}?sheet={digest(advice)}"
    response = client.get(f"/{language}/sheet/{advice.pk}.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content == svg(address)
    assert b"style" not in response.content


def test_a_code_of_nothing_is_not_found(client):
    assert client.get("/en/sheet/0.svg").status_code == 404
    assert client.get(f"/en/sheet/{'9' * 30}.svg").status_code == 404
    assert client.get(f"/en/sheet/{'9' * 5000}.svg").status_code == 404


SAME = "Your team sheet still says what this page says."
CHANGED = "This advice has changed since your team sheet was made."


@pytest.mark.parametrize("field", ["title", "body", "action"])
def test_a_reader_who_comes_from_a_sheet_is_told_whether_it_still_holds(client, tip, field):
    path = path_from_sheet(tip)
    assert SAME in client.get(path).content.decode()
    setattr(tip, f"{field}_en", "Say good morning.")
    tip.save()
    html = client.get(path).content.decode()
    assert CHANGED in html
    assert SAME not in html
    assert Page(html).all("link", rel="canonical")[0]["href"] == f"http://testserver{tip.get_absolute_url()}"


def test_a_change_in_another_language_leaves_a_sheet_as_it_is(client, tip):
    tip.action_en, tip.action_fi = "Say good morning.", "Sano huomenta."
    tip.save()
    path = path_from_sheet(tip)
    tip.action_fi = "Sano päivää."
    tip.save()
    assert SAME in client.get(path).content.decode()


@pytest.mark.parametrize("forged", ["", "x", "1234567", "123456789", "<script>", "１２３４５６７８"])
def test_what_is_no_digest_says_nothing(client, tip, forged):
    html = client.get(tip.get_absolute_url(), {"sheet": forged}).content.decode()
    assert SAME not in html
    assert CHANGED not in html


def test_a_forged_digest_only_tells_that_the_text_is_another(client, tip):
    assert CHANGED in client.get(tip.get_absolute_url(), {"sheet": "00000000"}).content.decode()


def test_the_code_still_leads_on_when_the_address_has_changed(client, tip):
    path = path_from_sheet(tip)
    tip.slug_en = "say-hello"
    tip.save()
    response = client.get(path, follow=True)
    assert response.redirect_chain[-1][0] == path_from_sheet(tip)
    assert SAME in response.content.decode()


# --- The PDF ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 3, 6])
def test_the_pdf_is_one_page_of_a4_with_all_texts_and_fonts_of_its_own(client, language, chosen, number):
    reader = read_pdf(client, language, *[advice.pk for advice in chosen[:number]])
    (page,) = reader.pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    text = words(page.extract_text())
    with override(language):
        for advice in chosen[:number]:
            assert words(advice.title) in text
            assert words(advice.action) in text
    fonts = [font.get_object()["/DescendantFonts"][0].get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)


def test_the_pdf_says_what_it_is_and_in_which_language(client, language, chosen):
    reader = read_pdf(client, language, chosen[0].pk)
    root = reader.trailer["/Root"]
    with override(language):
        assert reader.metadata.title == Page(client.get(f"/{language}/sheet/").content.decode()).text_of("title")
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_the_codes_of_the_pdf_are_links_too(client, chosen):
    (page,) = read_pdf(client, "hy", chosen[0].pk, chosen[1].pk).pages
    links = {note.get_object()["/A"]["/URI"] for note in page["/Annots"] if "/A" in note.get_object()}
    with override("hy"):
        assert {f"http://testserver{path_from_sheet(advice)}" for advice in chosen[:2]} <= links


def test_the_same_sheet_gives_the_same_bytes(client, chosen):
    query = {"advice": [advice.pk for advice in chosen]}
    first, second = client.get("/hy/sheet.pdf", query), client.get("/hy/sheet.pdf", query)
    assert first.content == second.content
    again = client.get("/hy/sheet.pdf", query, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_the_longest_texts_still_fit_on_one_page(client, article):
    wide, long = "W" * 70, "Щ" * 35 + " " + "Щ" * 34
    for title, action in ((wide, "M" * 140), (long, "Ж" * 140), ("Words " * 11 + "end.", "of many " * 17 + "end.")):
        advice = [
            Advice.objects.create(article=article, kind="tip", title_ru=title, action_ru=action) for _ in range(SIZE)
        ]
        reader = read_pdf(client, "ru", *[each.pk for each in advice])
        assert len(reader.pages) == 1
        assert unspaced(reader.pages[0].extract_text()).count(unspaced(title)) == SIZE


def test_texts_cant_speak_to_the_typesetter(client, tip):
    tip.title_en, tip.action_en = '#panic("no") *a* $x$ [b] @c <d>', '"} #read("/etc/passwd") \\u{41}'
    tip.save()
    text = unspaced(read_pdf(client, "en", tip.pk).pages[0].extract_text())
    assert unspaced(tip.title_en) in text
    assert unspaced(tip.action_en) in text


def test_a_text_that_stands_in_bears_its_language(client, tip):
    reader = read_pdf(client, "hy", tip.pk)
    assert "Greet first" in reader.pages[0].extract_text()
    numbers = range(1, reader.trailer["/Size"])
    objects = [reader.get_object(number) for number in numbers]
    spans = [each for each in objects if isinstance(each, dict) and each.get("/Type") == "/StructElem"]
    assert "en" in {span.get("/Lang") for span in spans}


def test_a_pdf_of_nothing_leads_to_the_page_that_explains(client):
    response = client.get("/fi/sheet.pdf?advice=abc")
    assert (response.status_code, response["Location"]) == (302, "/fi/sheet/?advice=abc")


def test_the_inks_of_the_pdf_are_those_of_the_pages():
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    on_pages = {ink: re.search(rf"--{ink}: light-dark\((#\w+),", tokens)[1] for ink in Ink.values}
    assert dict(re.findall(r'(\w+): "(#\w+)"', SOURCE.read_text())) == on_pages


# --- As every page ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 6])
def test_a_sheet_is_light_and_costs_few_queries(client, language, chosen, number, django_assert_max_num_queries):
    query = {"advice": [advice.pk for advice in chosen[:number]]}
    with django_assert_max_num_queries(3):
        response = client.get(f"/{language}/sheet/", query, headers={"accept-encoding": "gzip"})
    assert weight(response) < FIRST_VIEW


def test_neither_code_nor_pdf_costs_many_queries(client, chosen, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        client.get(f"/hy/sheet/{chosen[0].pk}.svg")
    with django_assert_max_num_queries(1):
        client.get("/hy/sheet.pdf", {"advice": [advice.pk for advice in chosen]})


def test_nothing_of_a_sheet_sets_a_cookie_or_forbids_to_keep_it(client, chosen):
    pk = chosen[0].pk
    for path in (f"sheet/?advice={pk}", f"sheet/{pk}.svg", f"sheet.pdf?advice={pk}"):
        response = client.get(f"/en/{path}")
        assert not response.cookies
        assert "public" in response["Cache-Control"]
        assert "Cookie" not in response.get("Vary", "")
