"""Which translations are missing, out of date, current: one object by the function, many by the annotation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.languages import LANGUAGES
from articles.models import Advice, Article, Figure, Topic
from articles.status import CURRENT, MISSING, OUTDATED, confirm, status_of

pytestmark = pytest.mark.django_db


def status(obj, language: str) -> str:
    """Return what the function says, once the annotation has been seen to say the same."""
    obj = type(obj).objects.get(pk=obj.pk)
    said = status_of(obj, language)
    row = type(obj).objects.with_status(language).get(pk=obj.pk)
    assert getattr(row, f"status_{language}") == said
    return said


def test_all_authored_texts_are_current():
    for model in (Article, Advice, Figure, Topic):
        for language in LANGUAGES:
            rows = model.objects.with_status(language).values_list("key", f"status_{language}")
            assert {key for key, said in rows if said != CURRENT} == set()


def test_function_and_annotation_agree_on_everything(article, tip, topic, figure):
    for obj in (*Article.objects.all(), *Advice.objects.all(), *Figure.objects.all(), *Topic.objects.all()):
        for language in LANGUAGES:
            status(obj, language)


def test_a_translation_without_a_text_that_the_source_has_is_missing(article):
    assert status(article, "fi") == CURRENT
    assert status(article, "ru") == MISSING
    assert status(article, "en") == MISSING  # the summary and the introduction are still lacking
    article.summary_en, article.introduction_en = "A greeting decides.", "Introduction."
    article.save()
    assert status(article, "en") == CURRENT


@pytest.fixture
def translated(tip) -> Advice:
    tip.body_en = "Say good morning."
    tip.save()
    assert status(tip, "en") == CURRENT
    return tip


def test_a_change_of_the_source_makes_translations_outdated(translated):
    translated.body_fi = "Sano huomenta ja hymyile."
    translated.save()
    assert status(translated, "en") == OUTDATED
    assert status(translated, "fi") == CURRENT


def test_a_source_that_is_changed_back_heals_them(translated):
    before = translated.body_fi
    for body in ("Sano hei.", before):
        translated.body_fi = body
        translated.save()
    assert status(translated, "en") == CURRENT


def test_a_write_that_bypasses_save_is_noticed(translated):
    Advice.objects.filter(pk=translated.pk).update(action_fi="Kokeile.", action_en="Try it.")
    assert status(translated, "en") == OUTDATED


def test_a_changed_translation_counts_as_confirmed(translated):
    translated.body_fi = "Sano huomenta ja hymyile."
    translated.save()
    translated.body_en = "Say good morning, and smile."
    translated.save()
    assert status(translated, "en") == CURRENT


def test_a_change_of_one_translation_confirms_no_other(translated):
    translated.title_ru, translated.body_ru = "Сначала поздоровайтесь", "Скажите «доброе утро»."
    translated.save()
    translated.body_fi = "Sano huomenta ja hymyile."
    translated.save()
    translated.body_ru = "Скажите «доброе утро» и улыбнитесь."
    translated.save()
    assert (status(translated, "ru"), status(translated, "en")) == (CURRENT, OUTDATED)


def test_a_translation_is_confirmed_without_a_change(translated):
    Advice.objects.filter(pk=translated.pk).update(body_fi="Sano: huomenta.")
    confirm(Advice.objects.get(pk=translated.pk), ["en"])
    assert status(translated, "en") == CURRENT


def test_a_new_slug_makes_nothing_outdated(translated):
    translated.slug_fi = "tervehdys"
    translated.save()
    assert status(translated, "en") == CURRENT


def test_texts_dont_run_into_one_another(translated):
    Advice.objects.filter(pk=translated.pk).update(title_fi="Tervehdi ensinSano", body_fi=" huomenta.")
    assert status(translated, "en") == OUTDATED


def test_texts_that_were_never_confirmed_are_outdated(article):
    Topic.objects.bulk_create([Topic(key="bulk", name_en="Bulk", name_fi="Paljon", slug_en="bulk", slug_fi="paljon")])
    topic = Topic.objects.get(key="bulk")
    assert (status(topic, "en"), status(topic, "fi"), status(topic, "hy")) == (CURRENT, OUTDATED, MISSING)


def test_a_topic_is_judged_by_english(topic):
    topic.name_en = "Hellos"
    topic.save()
    assert (status(topic, "en"), status(topic, "fi")) == (CURRENT, OUTDATED)


def test_advice_and_figures_are_judged_by_the_language_that_their_article_is_given(article, translated, figure):
    article.source_language = "en"
    article.save()
    assert (status(translated, "fi"), status(translated, "en")) == (OUTDATED, CURRENT)
    assert (status(figure, "fi"), status(figure, "en")) == (MISSING, CURRENT)


def test_a_piece_of_advice_is_judged_by_the_language_of_the_article_that_it_moves_to(translated):
    translated.article = Article.objects.create(title_en="News", source_language="en")
    translated.save()
    assert (status(translated, "fi"), status(translated, "en")) == (OUTDATED, CURRENT)


def test_a_save_with_an_article_of_before_tells_the_language_of_now(article, translated):
    assert translated.article.source_language == "fi"
    Article.objects.filter(pk=article.pk).update(source_language="en")
    translated.save()
    assert Advice.objects.get(pk=translated.pk).judged_by == "en"


def test_what_was_never_told_its_source_language_is_missing_everywhere(article):
    Advice.objects.bulk_create([Advice(key="bulk", article=article, kind="tip", title_fi="Paljon", title_en="Bulk")])
    row = Advice.objects.with_status(*LANGUAGES).get(key="bulk")
    assert {getattr(row, f"status_{language}") for language in LANGUAGES} == {MISSING}


def test_the_command_tells_what_is_to_be_done(translated):
    Advice.objects.filter(pk=translated.pk).update(confirmed_en="")
    out = StringIO()
    with pytest.raises(CommandError, match="translations are missing or out of date"):
        call_command("check_translations", stdout=out)
    assert f"outdated: advice {translated.key}" in out.getvalue()
    assert f"missing: article {translated.article.key}" in out.getvalue()


def test_the_command_is_content_with_the_authored_texts():
    out = StringIO()
    call_command("check_translations", stdout=out)
    assert out.getvalue().splitlines() == [f"{language}: 81 current" for language in LANGUAGES]
