"""The forms of content in a real browser: language tabs, order, what a change does to translations."""

import pytest
from playwright.sync_api import Page, expect

from .accessibility import serious_violations
from .conftest import PASSWORD, shell
from .signing_in import sign_in

TITLES = "[id^=id_advice-][id$=-title_en]:not([id*=__prefix__])"


@pytest.fixture
def form(page: Page, editor, article) -> str:
    """The address of the form of an article with the tips One, Two and Three, which the page shows."""
    path, _tips = article
    sign_in(page, editor, path)
    expect(page.get_by_role("tablist")).to_be_visible()
    return path


def titles(page: Page) -> list[str]:
    return page.locator(TITLES).evaluate_all("fields => fields.map(field => field.value)")


def save(page: Page, button: str = "Save and continue editing") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_tabs_are_chosen_with_the_keyboard(page: Page, form):
    tabs = page.get_by_role("tablist", name="Language of the texts").get_by_role("tab")
    panel = page.get_by_role("tabpanel")
    tabs.first.focus()
    for key, language in [
        ("ArrowRight", "fi"),
        ("End", "hy"),
        ("ArrowRight", "en"),
        ("ArrowLeft", "hy"),
        ("Home", "en"),
    ]:
        page.keyboard.press(key)
        expect(page.locator(":focus")).to_have_id(f"language-tab-{language}")
        expect(page.locator(":focus")).to_have_attribute("aria-selected", "true")
        expect(page.locator(f"#id_title_{language}")).to_be_visible()
        expect(panel).to_have_attribute("aria-labelledby", f"language-tab-{language}")
    assert tabs.evaluate_all("tabs => tabs.map(tab => tab.tabIndex)") == [0, -1, -1, -1, -1]
    expect(tabs.first).to_have_attribute("aria-controls", panel.get_attribute("id"))


def test_a_tab_tells_the_original_and_how_translations_stand(page: Page, form):
    expect(page.get_by_role("tab", name="English original")).to_be_visible()
    expect(page.get_by_role("tab", name="Suomi missing")).to_be_visible()
    page.get_by_role("tab", name="Suomi").click()
    page.locator("#id_introduction_fi").fill("Hei.")
    save(page)
    expect(page.get_by_role("tab", name="Suomi current")).to_be_visible()
    page.get_by_role("tab", name="English").click()
    page.locator("#id_introduction_en").fill("Good day.")
    save(page)
    expect(page.get_by_role("tab", name="Suomi out of date")).to_be_visible()
    page.get_by_label("Source language").select_option("fi")
    expect(page.get_by_role("tab", name="Suomi original")).to_be_visible()


def test_the_first_field_of_a_new_object_has_the_focus(page: Page, editor):
    sign_in(page, editor, "/admin/")
    for model, field in [
        ("article", "#id_status"),
        ("advice", "[aria-labelledby=select2-id_article-container]"),
        ("figure", "[aria-labelledby=select2-id_article-container]"),
        ("topic", "#id_name_en"),
    ]:
        page.goto(f"/admin/articles/{model}/add/")
        expect(page.locator(field)).to_be_focused()


WRITE_IN_FINNISH = """
from articles.models import Article
Article.objects.filter(title_en="Draft").update(source_language="fi")
"""


def test_a_tab_of_a_new_object_tells_the_original(page: Page, editor, article, database_url):
    shell(database_url, WRITE_IN_FINNISH)
    sign_in(page, editor, "/admin/articles/topic/add/")
    expect(page.get_by_role("tab", name="English original")).to_be_visible()
    page.goto("/admin/articles/advice/add/")
    expect(page.get_by_role("tab", name="original")).to_have_count(0)
    page.locator("[aria-labelledby=select2-id_article-container]").click()
    page.keyboard.type("Luonnos")
    page.locator(".select2-results__option", has_text="Draft").click()
    expect(page.get_by_role("tab", name="Suomi original")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("tab", name="Suomi original")).to_be_visible()


def test_an_error_in_a_row_of_another_language_opens_its_tab(page: Page, form):
    page.get_by_role("tab", name="Eesti").click()
    page.locator("#id_advice-1-title_et").fill("õ" * 71)
    page.get_by_role("tab", name="English").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("tab", name="Eesti")).to_contain_text("with errors")
    expect(page.get_by_role("tab", name="Eesti")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#id_advice-1-title_et")).to_be_visible()


def test_a_refused_form_names_its_fields_and_leads_to_them(page: Page, form):
    page.locator("#id_summary_ru").evaluate("field => (field.value = 'ж'.repeat(161))")
    page.locator("#id_advice-1-title_et").evaluate("field => (field.value = 'õ'.repeat(71))")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("tab", name="Eesti")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".refused li")).to_have_text(["Summary [ru]", "Piece of advice 2: Title [et]"])
    page.get_by_role("link", name="Summary [ru]").click()
    expect(page.get_by_role("tab", name="Русский")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#id_summary_ru")).to_have_value("ж" * 161)
    expect(page.locator("#id_summary_ru")).to_be_in_viewport()


def test_people_who_may_only_read_have_tabs_too(page: Page, article):
    path, _tips = article
    sign_in(page, ("viewer", PASSWORD), path)
    expect(page.locator(".field-title_en").first).to_be_visible()
    expect(page.locator(".field-title_fi").first).to_be_hidden()
    page.get_by_role("tab", name="Suomi").click()
    expect(page.locator(".field-title_en").first).to_be_hidden()
    expect(page.locator(".field-title_fi").first).to_contain_text("Luonnos")
    expect(page.get_by_text("Translations stay valid")).to_have_count(0)


def test_rows_are_moved_with_buttons_and_saved(page: Page, form):
    page.get_by_role("button", name="Move down: One").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Move down: One")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="One: now number 2 of 3.")).to_have_count(1)
    page.keyboard.press("Enter")
    assert titles(page) == ["Two", "Three", "One"]
    save(page)
    assert titles(page) == ["Two", "Three", "One"]


def test_rows_are_moved_by_writing_their_number(page: Page, form):
    page.locator("#id_advice-0-position").fill("9")
    page.keyboard.press("Tab")
    assert titles(page) == ["Two", "Three", "One"]


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_rows_are_dragged_with_the_mouse(page: Page, form):
    page.locator("#advice-2").scroll_into_view_if_needed()
    page.mouse.move(*middle(page, "#advice-0 .grip"))
    page.mouse.down()
    x, y = middle(page, "#advice-2 .grip")
    page.mouse.move(x, y, steps=12)
    page.mouse.move(x, y + 25, steps=5)
    page.mouse.up()
    assert titles(page) == ["Two", "Three", "One"]
    save(page)
    assert titles(page) == ["Two", "Three", "One"]


def test_rows_are_dragged_with_a_finger(new_context, editor, article):
    context = new_context(has_touch=True, is_mobile=True, viewport={"width": 400, "height": 900})
    page = context.new_page()
    path, _tips = article
    sign_in(page, editor, path)
    page.locator("#advice-group").scroll_into_view_if_needed()
    page.locator("#advice-2 .grip").scroll_into_view_if_needed()
    x, y = middle(page, "#advice-2 .grip")
    end = page.locator("#advice-0").bounding_box()["y"] + 5
    touch = context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    send("touchStart", (x, y))
    for step in range(1, 16):
        send("touchMove", (x, y + (end - y) * step / 15))
    send("touchEnd")
    assert titles(page) == ["Three", "One", "Two"]


def test_the_order_shown_survives_an_error(page: Page, form):
    page.get_by_role("button", name="Move up: Three").click()
    page.locator("#id_title_en").fill("x" * 71)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote")).to_be_visible()
    assert titles(page) == ["One", "Three", "Two"]


def test_a_new_row_is_moved_and_another_taken_away(page: Page, form):
    for number, title in [(3, "Four"), (4, "Five")]:
        page.get_by_text("Add another Piece of advice").click()
        page.locator(f"#id_advice-{number}-kind").select_option("rule")
        page.locator(f"#id_advice-{number}-title_en").fill(title)
    for _press in range(4):
        page.get_by_role("button", name="Move up: Five").click()
    assert titles(page) == ["Five", "One", "Two", "Three", "Four"]
    page.locator("tr", has=page.locator("#id_advice-3-title_en")).get_by_text("Remove").click()
    assert titles(page) == ["Five", "One", "Two", "Three"]
    save(page)
    assert titles(page) == ["Five", "One", "Two", "Three"]


def change_source_of_translated(page: Page, editor, article) -> None:
    """Translate a tip into Finnish in its form, then change its English source there without saving that."""
    _path, tips = article
    sign_in(page, editor, tips[0])
    page.get_by_role("tab", name="Suomi").click()
    page.locator("#id_body_fi").fill("Tee se.")
    save(page)
    page.get_by_role("tab", name="English").click()
    page.locator("#id_body_en").fill("Do it well.")


def test_a_form_tells_what_a_change_does_to_translations(page: Page, editor, article):
    change_source_of_translated(page, editor, article)
    impact = page.locator("[data-impact]")
    expect(impact).to_have_text("1 translation will be out of date, 2 words changed.")
    page.locator("#id_body_en").fill("Do it.")
    expect(impact).to_have_text("")
    page.locator("#id_body_en").fill("Do it!")
    expect(impact).to_have_text("1 translation will be out of date, 1 word changed.")
    page.get_by_label("Translations stay valid").check()
    expect(impact).to_have_text("0 translations will be out of date, 1 word changed.")
    save(page)
    expect(page.get_by_role("tab", name="Suomi current")).to_be_visible()


def test_a_choice_of_another_source_language_tells_what_it_does(page: Page, form):
    page.get_by_label("Source language").select_option("fi")
    # Of the article and its tips, whose Finnish has no texts but the titles.
    expect(page.locator("[data-impact]")).to_have_text("4 translations will be out of date.")
    page.get_by_label("Source language").select_option("en")
    expect(page.locator("[data-impact]")).to_have_text("")


FINNISH = """
from articles.models import Article
Article.objects.create(source_language="fi", title_en="Written in Finland", title_fi="Suomeksi")
"""


def test_a_choice_of_an_article_in_another_language_tells_what_it_does(page: Page, editor, article, database_url):
    shell(database_url, FINNISH)
    _path, tips = article
    sign_in(page, editor, tips[0])
    page.locator(".field-article .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill("Written in Finland")
    page.locator(".select2-results__option", has_text="Written in Finland").click()
    expect(page.locator("[data-impact]")).to_have_text("1 translation will be out of date.")


def test_an_outdated_translation_stays_so_until_an_editor_says_that_it_matches(page: Page, editor, article):
    change_source_of_translated(page, editor, article)
    expect(page.get_by_label("The translations I changed match the original now")).to_have_count(0)
    save(page)
    page.get_by_role("tab", name="Suomi").click()
    page.locator("#id_body_fi").fill("Tee se!")
    save(page)
    expect(page.get_by_role("tab", name="Suomi out of date")).to_be_visible()
    page.locator("#id_body_fi").fill("Tee se hyvin.")
    page.get_by_label("The translations I changed match the original now").check()
    save(page)
    expect(page.get_by_role("tab", name="Suomi current")).to_be_visible()


def test_everything_is_saved_without_a_script(new_context, editor, article):
    page = new_context(java_script_enabled=False).new_page()
    path, _tips = article
    sign_in(page, editor, path)
    page.locator("#id_title_fi").fill("Ilman")
    page.locator("#id_advice-0-position").fill("9")
    page.get_by_label("Translations stay valid").check()
    save(page)
    expect(page.locator("#id_title_fi")).to_have_value("Ilman")
    assert titles(page) == ["Two", "Three", "One"]


PATHS = [
    "",
    "articles/",
    "auth/user/",
    "auth/user/add/",
    "auth/group/add/",
    "password_change/",
    "two-step/",
    "audit/event/",
    *(f"articles/{model}/" for model in ("article", "advice", "figure", "topic")),
    *(f"articles/{model}/add/" for model in ("article", "advice", "figure", "topic")),
    *(
        f"articles/{model}/1/{page}/"
        for model in ("article", "advice", "figure", "topic")
        for page in ("change", "history")
    ),
    "articles/topic/1/delete/",
    "work/",
    *(
        f"articles/{model}/1/translate/{code}/"
        for model in ("article", "advice", "figure", "topic")
        for code in ("fi", "hy")
    ),
    *(f"articles/{model}/recover/" for model in ("article", "advice", "figure", "topic")),
    "articles/article/export/",
    "articles/article/import/",
    "articles/article/content/",
]


def test_no_page_of_the_admin_complains(page: Page, editor):
    sign_in(page, editor, "/admin/")
    for path in PATHS:
        page.goto(f"/admin/{path}", wait_until="networkidle")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 400)])
@pytest.mark.parametrize(
    "path",
    [
        "articles/article/",
        "articles/advice/",
        "articles/article/1/change/",
        "articles/advice/1/change/",
        "articles/figure/1/change/",
        "auth/user/1/change/",
    ],
)
def test_nothing_serious_stands_in_the_way_of_anybody(page: Page, editor, complaints, scheme, width, path):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, editor, f"/admin/{path}")
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert serious_violations(page) == []
    # What axe itself does isn't allowed by our content security policy.
    complaints.clear()
