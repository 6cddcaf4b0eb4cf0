"""What templates of public pages are compiled with, and which engine renders what."""

import jinja2
import pytest
from django.conf import settings
from django.template import engines, loader
from django.template.backends.django import Template as DjangoTemplate
from django.template.backends.jinja2 import Template as JinjaTemplate
from django.templatetags.static import static
from django.test import RequestFactory
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override
from jinja2 import nodes
from markupsafe import Markup

from articles.catalogues import entries_of_page
from articles.environments import FILTERS, GLOBALS, TEXTS, Environment, Environments, plural, translate, translate_into
from articles.languages import LANGUAGES

from .pages import Page

TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(str(path.relative_to(TEMPLATES / "pages")) for path in (TEMPLATES / "pages").rglob("*.*"))
DESK = sorted(str(path.relative_to(TEMPLATES)) for path in (TEMPLATES / "admin").rglob("*.*"))


def rendered(source: str, language: str = "en", **context: object) -> str:
    environment = Environment(language, autoescape=True)
    with override(language):
        return environment.from_string(source).render(context)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_readers_see_is_compiled_by_jinja(language):
    with override(language):
        assert {type(loader.get_template(name)) for name in PAGES} == {JinjaTemplate}


FAULTS = ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "500.html", "503.html"]


def test_the_desk_is_rendered_by_django():
    assert {type(loader.get_template(name)) for name in DESK} == {DjangoTemplate}
    for name in DESK:
        with pytest.raises(jinja2.TemplateNotFound):
            engines["jinja2"].env.get_template(name)


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_faults_are_told_in_the_language_of_the_reader_even_without_a_request(name, language):
    with override(language):
        html = loader.get_template(name).render()
        assert f'<html lang="{language}">' in html
        assert gettext("Skip to the content") in html
        assert loader.get_template(name).render({}, RequestFactory().get("/")) == html


def test_a_template_is_compiled_for_each_language():
    for language in (*LANGUAGES, *LANGUAGES):
        with override(language):
            html = loader.render_to_string("includes/footer.html")
            assert gettext("All figures and their sources") in html
            assert f'href="/{language}/figures/"' in html


@pytest.mark.parametrize("name", ["includes/footer.html", "includes/gather.html", "includes/stamping.html"])
def test_what_is_the_same_on_every_page_is_written_when_its_template_is_compiled(name):
    with override("fi"):
        template = engines["jinja2"].env.get_template(name)
        assert len(list(template.root_render_func(template.new_context()))) == 1


def test_while_the_site_is_worked_on_static_files_are_as_they_were_written(settings):
    def address() -> str:
        environments = Environments(autoescape=True, loader=jinja2.FileSystemLoader(TEMPLATES / "pages"))
        return Page(environments.get_template("includes/stamping.html").render()).all("script")[0]["src"]

    settings.DEBUG = True
    assert address() == "/static/js/stamps.js"
    settings.DEBUG = False
    assert address() == static("js/stamps.js") != "/static/js/stamps.js"
    settings.DEBUG = True
    assert address() == "/static/js/stamps.js"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("<b> & 'c' \"d\"", "&lt;b&gt; &amp; &#39;c&#39; &#34;d&#34;"),
        (lazystr("<b>"), "&lt;b&gt;"),
        (Markup("<b>"), "<b>"),
        (mark_safe("<b>"), "<b>"),
        (3, "3"),
    ],
)
def test_what_isnt_markup_is_escaped(value, written):
    assert rendered("{{ value }}", value=value) == written
    assert rendered("{% macro show(it) %}{{ it }}{% endmacro %}{{ show(value) }}", value=value) == written


def test_a_name_that_nothing_has_is_a_fault():
    for source in ("{{ advise }}", "{% if advise %}{% endif %}", "{{ text.nothing }}"):
        with pytest.raises(jinja2.UndefinedError):
            rendered(source, text="")


def test_values_in_a_sentence_are_escaped_and_the_sentence_is_not():
    with override("fi"):
        sentence = translate("Showing results for <b>%(query)s</b>.", query="<i>")
    assert "<b>&lt;i&gt;</b>" in sentence


def test_a_number_has_the_form_that_the_language_gives_it():
    sentences = {}
    for language in ("en", "ru"):
        with override(language):
            sentences[language] = [plural("%(counter)s result", "%(counter)s results", count) for count in (1, 2, 5)]
    assert sentences["en"] == ["1 result", "2 results", "5 results"]
    assert len({sentence.lstrip("0123456789") for sentence in sentences["ru"]}) == 3


def test_a_word_may_stand_in_another_language_than_the_page():
    with override("hy"):
        own = gettext("Today:")
    with override("et"):
        assert translate_into("Today:", "hy") == own != translate("Today:")


def test_every_string_of_a_template_is_found():
    source = """
        {{ "One"|translate }} {% set title = "Two %(name)s"|translate(name=name) if name else "Three"|translate %}
        {% macro row(each) %}{{ "%(counter)s row"|plural("%(counter)s rows", each) }}{% endmacro %}
        {{ "Four"|translate_into("hy") }} {{ "home"|url }} {{ "not this" }}
    """
    found = {(entry.msgid, entry.msgid_plural) for entry in entries_of_page(source)}
    strings = {(text, "") for text in ("One", "Two %(name)s", "Three", "Four")}
    assert found == {*strings, ("%(counter)s row", "%(counter)s rows")}


def test_templates_use_all_that_they_are_given():
    parsed = [jinja2.Environment(autoescape=True).parse((TEMPLATES / "pages" / name).read_text()) for name in PAGES]
    filters = {used.name for each in parsed for used in each.find_all(nodes.Filter)}
    names = {used.name for each in parsed for used in each.find_all(nodes.Name)}
    assert FILTERS.keys() | TEXTS.keys() <= filters
    assert GLOBALS.keys() <= names
