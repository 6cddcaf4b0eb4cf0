"""What the history keeps, and the way back."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision, Version

from articles.comparison import compare
from articles.history import (
    DELETED,
    FOUND,
    LOADED,
    keep,
    last_saved,
    parts_of,
    restored,
    state_of,
    versions_of,
)
from articles.languages import LANGUAGES, columns, translated_fields
from articles.loading import fields_of
from articles.models import Advice, Article, Figure, FormerSlug, Topic
from articles.restoring import NotRestored, readdressed, recover, restore
from articles.status import status_of
from articles.unrecorded import keep_unrecorded

pytestmark = pytest.mark.django_db


def kept(obj) -> Version:
    """Keep `obj` as it is now and return the version of it."""
    keep([obj])
    return versions_of(type(obj), obj.pk).first()


@pytest.fixture
def translated(article) -> Article:
    """The article with its English translation complete and current."""
    article.summary_en, article.introduction_en = "The greeting decides.", "Introduction."
    article.save()
    return article


def everything(article: Article) -> list[dict]:
    """Return all that an article holds, and the statuses of its translations."""
    parts = [article, *article.advice.all(), *article.figures.all()]
    return [fields_of(obj) | {language: status_of(obj, language) for language in LANGUAGES} for obj in parts]


def test_an_article_is_kept_with_its_advice_and_figures(article, tip, figure):
    assert {part.object_id for part in parts_of(kept(article))} == {str(article.pk), str(tip.pk), str(figure.pk)}


def test_an_article_and_its_advice_are_kept_in_one_revision(article, tip, topic):
    assert keep([article, tip, topic]).version_set.count() == 3


def test_a_text_is_restored(article):
    version = kept(article)
    article.title_fi = "Huomenta"
    article.save()
    restore(version, None)
    article = Article.objects.get(pk=article.pk)
    assert article.title_fi == "Hyvää päivää, asiakas"
    assert Article.objects.filter(pk=article.pk).rewrite(False).values_list("title").get() == ("Good day, customer",)


def test_a_restored_article_has_the_advice_it_had(article, tip, figure):
    version = kept(article)
    before = everything(article)
    tip.title_en = "Smile"
    tip.save()
    figure.delete()
    Advice.objects.create(article=article, kind="rule", title_en="Something new")
    restore(version, None)
    assert everything(Article.objects.get(pk=article.pk)) == before


def test_restoring_is_undone_by_restoring(article, tip):
    version = kept(article)
    Advice.objects.create(article=article, kind="rule", title_en="Something new")
    after = everything(article)
    restore(version, None)
    found = versions_of(Article, article.pk)[1]
    assert found.revision.comment == FOUND
    restore(found, None)
    assert everything(Article.objects.get(pk=article.pk)) == after


def test_a_restore_is_a_revision_with_its_user(article, admin_user):
    version = kept(article)
    restore(version, admin_user)
    revision = versions_of(Article, article.pk).first().revision
    assert (revision.comment, revision.user) == (restored(version), admin_user)


def test_what_a_restore_takes_away_is_kept_with_who_deleted_it(article, tip, admin_user):
    version = kept(article)
    other = Advice.objects.create(article=article, kind="rule", title_en="Something new")
    restore(version, admin_user)
    revision = versions_of(Advice, other.pk).first().revision
    assert (revision.comment, revision.user) == (DELETED, admin_user)
    assert versions_of(Advice, tip.pk).first().revision.comment != DELETED


def test_a_translation_restored_with_its_source_is_current_again(translated):
    assert status_of(translated, "en") == "current"
    version = kept(translated)
    translated.title_fi = "Huomenta"
    translated.save()
    translated.title_en = "Good morning"
    translated.save()
    restore(version, None)
    assert status_of(Article.objects.get(pk=translated.pk), "en") == "current"


def test_a_translation_restored_as_it_was_out_of_date_is_out_of_date_again(translated):
    translated.title_fi = "Huomenta"
    translated.save()
    version = kept(translated)
    translated.title_en = "Good morning"
    translated.save()
    restore(version, None)
    assert status_of(Article.objects.get(pk=translated.pk), "en") == "outdated"
    assert Article.objects.get(pk=translated.pk).confirmed_en.startswith("Hyvää päivää, asiakas\x1f")


def test_the_slug_that_a_restore_replaces_leads_on(article):
    version = kept(article)
    article.slug_en = "good-morning"
    article.save()
    restore(version, None)
    assert Article.objects.find("good-morning", "en") == article
    assert FormerSlug.objects.filter(model="article", slug="good-morning", key=article.key).exists()


def delete(obj) -> Version:
    version = kept(obj)
    obj.delete()
    return version


def test_every_authored_article_comes_back_with_everything():
    before = [everything(article) for article in Article.objects.all()]
    for article in list(Article.objects.all()):
        recover(delete(article), None)
    assert [everything(article) for article in Article.objects.all()] == before


def test_recovered_objects_keep_their_date_and_their_place(article, tip):
    pk, created = article.pk, article.created_at
    recover(delete(article), None)
    assert Article.objects.get(pk=pk).created_at == created


def test_a_recovered_remedy_is_that_of_its_mistakes_again(article, tip):
    mistake = Advice.objects.filter(kind="mistake").first()
    mistake.remedies.add(tip)
    recover(delete(article), None)
    assert tip.pk in mistake.remedies.values_list("pk", flat=True)


def test_a_recovered_piece_of_advice_has_its_figures_again(article, tip, figure):
    figure.advice = tip
    figure.save()
    pk = tip.pk
    recover(delete(tip), None)
    assert Figure.objects.get(pk=figure.pk).advice_id == pk


def test_a_recovered_topic_has_its_advice_again(topic, tip):
    pk = topic.pk
    recover(delete(topic), None)
    assert list(Topic.objects.get(pk=pk).advice.all()) == [tip]


def test_what_lost_its_slug_and_key_meanwhile_comes_back_under_others(article, tip, figure, topic):
    slugs = article.slug_fi, tip.slug_en
    version = delete(article)
    newcomer = Article.objects.create(title_fi=article.title_fi, title_en=article.title_en)
    Advice.objects.create(article=newcomer, kind="tip", title_fi=tip.title_fi, title_en=tip.title_en)
    Figure.objects.create(article=newcomer, unit="percent", low=1, founded="estimate", key=figure.key)
    obj = recover(version, None)
    [advice], [number] = obj.advice.all(), obj.figures.all()
    assert (obj.slug_fi, advice.slug_en) == tuple(f"{slug}-2" for slug in slugs)
    assert (obj.key, advice.key, number.key) == (f"{article.key}-2", f"{tip.key}-2", f"{figure.key}-2")
    assert readdressed(version) == [obj, advice]
    assert Article.objects.find(slugs[0], "fi") == newcomer


def test_what_has_its_slugs_still_isnt_called_readdressed(article, tip):
    version = delete(article)
    recover(version, None)
    assert readdressed(version) == []


def test_what_came_back_under_another_key_keeps_that_when_an_earlier_version_is_restored(topic):
    version = delete(topic)
    Topic.objects.create(name_en="Another", key="greetings")
    recover(version, None)
    restore(version, None)
    assert Topic.objects.get(pk=version.object_id).key == "greetings-2"


def test_loading_leaves_what_came_back_under_another_key_as_it_is():
    article = Article.objects.get(key="ten-ways-to-lose")
    pk, before = article.pk, everything(article)[1:]
    version = delete(article)
    newcomer = Article.objects.create(title_en="Mine", key="ten-ways-to-lose")
    recover(version, None)
    call_command("load_content", verbosity=0)
    after = everything(Article.objects.get(pk=pk))[1:]
    assert [each | {"article": ""} for each in after] == [each | {"article": ""} for each in before]
    assert Article.objects.get(pk=newcomer.pk).title_en == "Mine"


def test_advice_whose_article_is_gone_is_refused(article, tip):
    version = delete(tip)
    article.delete()
    with pytest.raises(NotRestored, match=r"restored\. The article that it belongs to .* recover that first"):
        recover(version, None)


def test_what_is_there_isnt_recovered(article):
    with pytest.raises(NotRestored, match="there already"):
        recover(kept(article), None)


def test_a_topic_that_is_gone_is_left_out_of_what_is_restored(tip, topic):
    version = kept(tip)
    topic.delete()
    restore(version, None)
    assert not tip.topics.exists()


def test_what_the_history_has_isnt_kept_again(article, tip):
    keep([article])
    keep_unrecorded(article)
    assert versions_of(Article, article.pk).count() == 1


def test_what_was_written_past_the_desk_is_kept(article):
    keep([article])
    Article.objects.filter(pk=article.pk).update(title_fi="Ohi")
    keep_unrecorded(article)
    assert versions_of(Article, article.pk).first().revision.comment == FOUND


def test_of_many_only_those_that_arent_recorded_are_kept(article, tip, topic):
    other = Article.objects.create(title_en="Smile")
    keep([article, other, topic])
    Advice.objects.filter(pk=tip.pk).update(title_fi="Ohi")
    Topic.objects.filter(pk=topic.pk).update(name_fi="Ohi")
    keep_unrecorded(article, other, topic)
    assert [versions_of(type(obj), obj.pk).count() for obj in (article, other, topic, tip)] == [2, 1, 2, 2]


def test_what_came_into_or_went_from_an_article_past_the_desk_is_noticed(article, tip, figure):
    keep([article])
    Figure.objects.filter(pk=figure.pk).delete()
    keep_unrecorded(article)
    Advice.objects.bulk_create([Advice(article=article, key="by-hand", kind="tip")])
    keep_unrecorded(article)
    assert versions_of(Article, article.pk).count() == 3


def test_the_queries_dont_grow_with_the_objects(article, tip, figure):
    keep([article])
    with CaptureQueriesContext(connection) as few:
        keep_unrecorded(article)
    others = [Article.objects.create(title_en=f"Article {number}") for number in range(20)]
    for other in others:
        Advice.objects.create(article=other, kind="tip", title_en=f"Smile {other.pk}")
    keep([article, *others])
    with CaptureQueriesContext(connection) as many:
        keep_unrecorded(article, *others)
    assert len(many) == len(few)


def test_the_advice_on_a_topic_is_kept_with_it_but_not_read(topic, tip):
    topic.advice.add(tip)
    with CaptureQueriesContext(connection) as queries:
        revision = keep([topic])
    assert state_of(revision.version_set.get())["links"] == {"advice": [tip.pk]}
    assert not any('"articles_advice"."title_en"' in query["sql"] for query in queries)


def test_what_was_saved_alone_isnt_found_with_its_article(article, tip):
    keep([article])
    tip.title_en = "Smile"
    tip.save()
    keep([tip])
    keep_unrecorded(article)
    assert versions_of(Article, article.pk).count() == 1


def test_what_was_deleted_at_the_desk_isnt_found_missing(article, tip):
    keep([article])
    keep([tip], comment=DELETED)
    tip.delete()
    keep_unrecorded(article)
    assert versions_of(Article, article.pk).count() == 1


def test_what_was_deleted_past_the_desk_is_found_missing(article, tip):
    keep([article])
    tip.delete()
    keep_unrecorded(article)
    assert versions_of(Article, article.pk).first().revision.comment == FOUND


def test_another_order_of_topics_is_no_change_of_their_advice(tip, topic):
    tip.topics.add(Topic.objects.exclude(pk=topic.pk).first())
    keep([tip])
    Topic.objects.filter(pk=topic.pk).update(position=0)
    keep_unrecorded(tip)
    assert versions_of(Advice, tip.pk).count() == 1


def test_a_restored_article_can_be_brought_back_with_what_was_saved_alone(article, tip):
    version = kept(article)
    tip.title_en = "Smile"
    tip.save()
    keep([tip])
    before = everything(article)
    restore(version, None)
    restore(versions_of(Article, article.pk)[1], None)
    assert everything(Article.objects.get(pk=article.pk)) == before


def test_who_saved_each_field_last_is_known(article, admin_user, django_user_model):
    other = django_user_model.objects.create_user("other")
    keep([article], admin_user)
    for name, user in (("title_fi", other), ("title_en", admin_user)):
        setattr(article, name, "Huomenta")
        article.save()
        keep([article], user)
    keep([article], admin_user)
    savers = last_saved(article, ["title_fi", "title_en"])
    assert {name: revision.user for name, revision in savers.items()} == {"title_fi": other, "title_en": admin_user}


def test_who_saved_something_past_the_desk_isnt_known(article, admin_user):
    keep([article], admin_user)
    Article.objects.filter(pk=article.pk).update(title_fi="Ohi", title_en="Past")
    assert last_saved(article, ["title_fi"]) == {"title_fi": None}
    keep_unrecorded(article)
    assert last_saved(article, ["title_fi"]) == {"title_fi": None}


def test_columns_made_by_the_database_and_those_without_language_arent_kept(article):
    fields = versions_of(Article, kept(article).object_id).first().field_dict
    assert set(columns("title")) <= set(fields)
    assert not {*translated_fields(Article), "updated_at"} & set(fields)


def test_changes_are_told_by_field_and_language(article, tip, figure):
    old = kept(article)
    article.title_fi = "Hyvää huomenta, asiakas"
    article.save()
    figure.low = 12
    figure.save()
    tip.topics.clear()
    sections = compare(parts_of(old), parts_of(kept(article)))
    told = {(section.name, change.label, change.language) for section in sections for change in section.changes}
    assert told == {("article", "title", "fi"), ("figure", "number", ""), ("piece of advice", "topics", "")}
    assert [part.text for part in sections[0].changes[0].parts] == ["Hyvää", " päivää,", " huomenta,", " asiakas"]


def test_advice_that_came_and_went_is_told(article, tip):
    old = kept(article)
    tip.delete()
    Advice.objects.create(article=article, kind="rule", title_en="Smile.")
    fates = {section.title: section.fate for section in compare(parts_of(old), parts_of(kept(article)))}
    assert fates == {"Greet first": "removed", "Smile.": "added"}


def test_what_is_loaded_from_files_is_kept():
    for model in (Topic, Article, Advice, Figure):
        for obj in model.objects.all():
            assert versions_of(model, obj.pk).get().revision.comment == LOADED


def test_loading_what_is_there_already_keeps_nothing():
    count = Revision.objects.count()
    call_command("load_content", verbosity=0)
    assert Revision.objects.count() == count


def test_an_article_whose_advice_alone_was_loaded_is_kept_whole(tmp_path):
    call_command("dump_content", tmp_path, verbosity=0)
    path = tmp_path / "ten-ways-to-lose" / "en.md"
    path.write_text(path.read_text().replace(" customers", " guests"))
    call_command("load_content", tmp_path, verbosity=0)
    article = Article.objects.get(key="ten-ways-to-lose")
    assert versions_of(Article, article.pk).count() == 2
    assert (
        len(parts_of(versions_of(Article, article.pk).first())) == 1 + article.advice.count() + article.figures.count()
    )
