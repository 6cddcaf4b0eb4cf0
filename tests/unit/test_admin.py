"""The admin as editors use it."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from articles.models import Advice, Article, Figure, FormerSlug, Topic

from .pages import Page

pytestmark = pytest.mark.django_db

MODELS = (Topic, Article, Advice, Figure)


def url(model, action: str, *arguments) -> str:
    return reverse(f"admin:articles_{model._meta.model_name}_{action}", args=arguments)


def form_values(page: Page) -> dict[str, str]:
    """Return what a browser would send of a form as it stands, lists of choices left out."""
    inputs = {
        attributes["name"]: attributes.get("value") or ""
        for attributes in page.all("input")
        if "name" in attributes and attributes.get("type") not in ("submit", "checkbox")
    }
    return inputs | page.areas


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_form_opens(admin_client, model):
    obj = model.objects.first()
    for path in (url(model, "changelist"), url(model, "add"), url(model, "change", obj.pk)):
        assert admin_client.get(path).status_code == 200
    assert admin_client.get(url(model, "changelist"), {"q": "customer"}).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_a_form_asks_nothing_of_another_site(admin_client, model):
    page = Page(admin_client.get(url(model, "change", model.objects.first().pk)).content.decode())
    sources = [script["src"] for script in page.all("script") if "src" in script]
    sources += [link["href"] for link in page.all("link") if "href" in link]
    assert any("language-tabs" in source for source in sources)
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)


def test_no_number_stands_before_a_noun_that_many_languages_inflect_by_it(admin_client):
    assert f"Topics: {Topic.objects.count()}" in admin_client.get(url(Topic, "changelist")).content.decode()


def test_lists_cost_few_queries(admin_client, django_assert_max_num_queries):
    for model in MODELS:
        with django_assert_max_num_queries(9):
            admin_client.get(url(model, "changelist"))


def test_an_editor_adds_a_topic_in_one_language_only(admin_client):
    response = admin_client.post(url(Topic, "add"), {"name_hy": "Վստահություն", "position": "0"})
    assert response.status_code == 302
    topic = Topic.objects.get(name_hy="Վստահություն")
    assert (topic.slug_hy, topic.name_en, topic.slug_en) == ("vstahutyun", "", "")
    assert topic.position == 9


def test_an_editor_changes_a_slug_and_the_old_one_is_kept(admin_client):
    topic = Topic.objects.get(key="care")
    path = url(Topic, "change", topic.pk)
    values = form_values(Page(admin_client.get(path).content.decode()))
    old = topic.slug_en
    assert admin_client.post(path, values | {"slug_en": "warm-hearts"}).status_code == 302
    assert FormerSlug.objects.filter(model="topic", slug=old, key="care").exists()
    assert admin_client.get(f"/en/topics/{old}/")["Location"] == "/en/topics/warm-hearts/"


def test_a_form_without_any_text_is_refused_with_a_sentence(admin_client):
    response = admin_client.post(url(Topic, "add"), {"position": "0"})
    assert response.status_code == 200
    assert "Write this text in one language at least." in response.content.decode()


NO_ROWS = {f"{prefix}-{name}_FORMS": "0" for prefix in ("advice", "figures") for name in ("TOTAL", "INITIAL")}


def test_a_text_that_is_too_long_is_the_only_error(admin_client):
    values = {"title_ru": "ж" * 75, "status": "draft", "source_language": "ru", "ink": "plum", "position": "0"}
    response = admin_client.post(url(Article, "add"), values | NO_ROWS)
    assert list(response.context["adminform"].form.errors) == ["title_ru"]
    assert "ж" * 75 in response.content.decode()


def test_a_kind_that_isnt_chosen_is_the_only_error(admin_client, article, tip):
    values = {"article": article.pk, "position": "0", "title_en": "Smile", "remedies": [tip.pk]}
    response = admin_client.post(url(Advice, "add"), values)
    assert list(response.context["adminform"].form.errors) == ["kind"]


def test_an_article_that_isnt_chosen_is_the_only_error_of_a_figure(admin_client, tip):
    values = {"advice": tip.pk, "claim_en": "One.", "unit": "percent", "low": "1", "founded": "survey", "position": "0"}
    response = admin_client.post(url(Figure, "add"), values)
    assert list(response.context["adminform"].form.errors) == ["article"]


def test_a_new_row_that_was_only_moved_is_ignored(admin_client, article, tip):
    row = {"advice-TOTAL_FORMS": "2", "advice-0-position": "2", "advice-1-position": "1", "advice-1-kind": ""}
    response = admin_client.post(url(Article, "change", article.pk), article_form(admin_client, article) | row)
    assert response.status_code == 302, response.context["errors"]
    assert article.advice.get() == tip


def test_a_new_row_of_which_a_kind_was_chosen_wants_a_text(admin_client, article, tip):
    row = {"advice-TOTAL_FORMS": "2", "advice-1-position": "2", "advice-1-kind": "tip"}
    response = admin_client.post(url(Article, "change", article.pk), article_form(admin_client, article) | row)
    assert "Write this text in one language at least." in response.content.decode()


def test_a_taken_slug_is_refused_with_a_sentence(admin_client, topic):
    response = admin_client.post(url(Topic, "add"), {"position": "0", "name_en": "X", "slug_en": topic.slug_fi})
    assert "Another object has this slug already." in response.content.decode()


def test_only_a_mistake_has_remedies(admin_client, article, tip):
    values = {"article": article.pk, "position": "0", "title_en": "Smile", "remedies": [tip.pk]}
    response = admin_client.post(url(Advice, "add"), values | {"kind": "tip"})
    assert "Only a mistake has remedies." in response.content.decode()
    assert admin_client.post(url(Advice, "add"), values | {"kind": "mistake"}).status_code == 302
    assert list(Advice.objects.get(title_en="Smile").remedies.all()) == [tip]


def test_advice_is_reordered_in_its_article(admin_client, article, tip):
    second = Advice.objects.create(article=article, kind="rule", title_en="Smile.")
    path = url(Article, "change", article.pk)
    page = Page(admin_client.get(path).content.decode())
    values = form_values(page) | {
        "introduction_fi": article.introduction_fi,
        "source_language": "fi",
        "ink": "pine",
        "status": "published",
        "advice-0-kind": "tip",
        "advice-0-position": "2",
        "advice-1-kind": "rule",
        "advice-1-position": "1",
    }
    response = admin_client.post(path, values)
    assert response.status_code == 302, response.context["errors"]
    assert list(article.advice.all()) == [second, tip]


def article_form(admin_client, article) -> dict[str, str]:
    """Return what a browser would send of the form of `article`, whose advice is one tip."""
    page = Page(admin_client.get(url(Article, "change", article.pk)).content.decode())
    choices = {"source_language": "fi", "ink": "pine", "status": "published", "advice-0-kind": "tip"}
    return form_values(page) | choices | {"introduction_fi": article.introduction_fi}


def test_a_fault_in_a_field_that_isnt_shown_is_told_all_the_same(admin_client, article, tip):
    Advice.objects.filter(key="keep-training").update(slug_et=tip.slug_fi)
    response = admin_client.post(url(Article, "change", article.pk), article_form(admin_client, article))
    assert response.status_code == 200
    assert "Another object has this slug already." in response.content.decode()


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("0001-01-01", "Enter a valid date."),
        ("1066-10-14", "Give a year from 1900 to 9998."),
        ("9999-12-31", "Give a year from 1900 to 9998."),
    ],
)
def test_a_moment_of_publication_that_nobody_means_is_refused(admin_client, article, tip, date, sentence):
    form = article_form(admin_client, article) | {"published_at_0": date, "published_at_1": "00:00:00"}
    response = admin_client.post(url(Article, "change", article.pk), form)
    assert sentence in response.content.decode()


def test_a_mistake_with_remedies_doesnt_become_a_tip_in_its_article(admin_client, article, tip):
    Advice.objects.filter(pk=tip.pk).update(kind="mistake")
    tip.remedies.add(Advice.objects.get(key="keep-training"))
    response = admin_client.post(url(Article, "change", article.pk), article_form(admin_client, article))
    assert response.status_code == 200
    assert "Only a mistake has remedies." in response.content.decode()


@pytest.mark.parametrize("language", ["en", "hy"])
def test_before_deleting_nothing_is_named_in_the_words_of_a_database(admin_client, tip, language):
    mistake = Advice.objects.create(article=tip.article, kind="mistake", title_fi="Katsot pois")
    mistake.remedies.add(tip)
    admin_client.cookies["django_language"] = language
    chosen = {"action": "delete_selected", "_selected_action": [tip.pk]}
    for response in (
        admin_client.get(url(Advice, "delete", tip.pk)),
        admin_client.get(url(Article, "delete", tip.article.pk)),
        admin_client.post(url(Advice, "changelist"), chosen),
    ):
        page = response.content.decode()
        assert str(tip) in page
        assert "relationship" not in page
        assert " object (" not in page
        assert "Entry" not in page
        assert "entrys" not in page


def test_an_article_with_no_date_is_published_now(admin_client, article):
    values = {"title_en": "News", "status": "published", "source_language": "en", "ink": "plum", "position": "0"}
    assert admin_client.post(url(Article, "add"), values | NO_ROWS).status_code == 302
    assert Article.objects.get(title_en="News") in Article.objects.published()


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "artikkeli"), ("et", "artik"), ("ru", "стать"), ("hy", "հոդված"), ("en", "article")]
)
def test_the_admin_speaks_the_editors_language(admin_client, language, word):
    response = admin_client.get(reverse("admin:index"), headers={"accept-language": language})
    assert word in response.content.decode().lower()


def test_nobody_gets_in_without_signing_in(client):
    for model in MODELS:
        assert client.get(url(model, "changelist")).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"slug_en": "Bad Slug!"}, {"kind": ""}, {f"title_{code}": "" for code in ("en", "fi")}, {"position": "x"}],
)
def test_a_refused_form_comes_back_with_its_errors(admin_client, article, tip, wrong):
    path = url(Advice, "change", tip.pk)
    values = form_values(Page(admin_client.get(path).content.decode())) | {"kind": "tip", "article": article.pk}
    response = admin_client.post(path, values | wrong)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()


def test_a_draft_that_is_published_without_a_date_may_have_an_error(admin_client, article, topic, tip):
    Article.objects.filter(pk=article.pk).update(status="draft", published_at=None)
    values = article_form(admin_client, article) | {"slug_fi": "Bad Slug!"}
    response = admin_client.post(url(Article, "change", article.pk), values)
    assert "Use lower-case Latin letters" in response.content.decode()


def test_a_form_with_nothing_in_it_is_refused(admin_client, article, tip):
    for obj in (article, tip):
        response = admin_client.post(url(type(obj), "change", obj.pk), {})
        assert response.status_code in (200, 400)


def test_a_refused_form_tells_the_status_of_what_is_stored(admin_client, article, tip):
    tip.body_en = "Say good morning."
    tip.save()
    path = url(Advice, "change", tip.pk)
    values = form_values(Page(admin_client.get(path).content.decode())) | {"kind": "", "article": article.pk}
    response = admin_client.post(path, values | {"title_fi": "Toinen"})
    assert ("en", "current", True) in response.context["translations"]


def test_the_language_of_the_desk_is_chosen(admin_client):
    response = admin_client.post(reverse("admin:language"), {"language": "hy", "next": reverse("admin:work")})
    assert response["Location"] == reverse("admin:work")
    assert response.cookies["django_language"]["path"] == "/admin/"
    assert '<html lang="hy"' in admin_client.get(reverse("admin:work")).content.decode()


def test_too_much_text_at_once_is_refused_with_a_sentence(admin_client, tip):
    response = admin_client.post(url(Advice, "change", tip.pk), {"body_fi": "x" * 2_800_000})
    assert response.status_code == 413
    assert "This is too much text at once" in response.content.decode()


def test_too_many_fields_at_once_are_refused_with_a_sentence(admin_client, tip, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    assert admin_client.post(url(Advice, "change", tip.pk), dict.fromkeys("abcdefghijk", "x")).status_code == 413


@pytest.mark.parametrize(("language", "word"), [("en", "desk"), ("hy", 'lang="hy"')])
def test_who_may_not_do_something_is_told_so_in_their_language(client, django_user_model, tip, language, word):
    client.force_login(django_user_model.objects.create_user("newcomer", is_staff=True))
    client.cookies["django_language"] = language
    response = client.get(url(Advice, "change", tip.pk))
    page = response.content.decode()
    assert response.status_code == 403
    assert word in page
    assert f'href="{reverse("admin:index")}"' in page


def test_the_form_of_a_person_tells_what_is_needed_to_sign_in(admin_client, admin_user):
    page = admin_client.get(reverse("admin:auth_user_change", args=[admin_user.pk])).content.decode()
    assert "Needed to sign in at the desk" in page
    assert "Editors change all content" in page
    assert "user_permissions" not in page


def test_a_person_is_put_into_a_group(admin_client, admin_user):
    path = reverse("admin:auth_user_change", args=[admin_user.pk])
    values = form_values(Page(admin_client.get(path).content.decode()))
    group = Group.objects.get(name="Editors")
    response = admin_client.post(path, values | {"is_active": "on", "is_staff": "on", "groups": [group.pk]})
    assert response.status_code == 302
    assert admin_user.groups.get() == group
