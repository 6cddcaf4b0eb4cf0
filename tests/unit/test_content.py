"""What articles, advice, figures and topics have in common."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from articles.models import Advice, Article, Figure, FormerSlug, Topic
from articles.slugs import MAX_LENGTH, slug_from

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("What’s love got to do with it?", "whats-love-got-to-do-with-it"),
        ("Älä säästä väärässä paikassa", "ala-saasta-vaarassa-paikassa"),
        ("Õpi küsima öösel", "opi-kusima-oosel"),
        ("Правило номер один", "pravilo-nomer-odin"),
        ("Լսեք, հետո խոսեք", "lsek-heto-khosek"),
        ("Վստահություն և սեր", "vstahutyun-ev-ser"),
    ],
)
def test_a_slug_is_made_from_a_title_in_any_script(title, slug):
    assert slug_from(title) == slug


def test_a_long_slug_is_cut_between_words():
    slug = slug_from("customer " * 20)
    assert len(slug) <= MAX_LENGTH
    assert slug == "-".join(["customer"] * 9)


def test_each_language_with_a_title_gets_a_slug_and_no_other(article):
    assert article.slug_fi == "hyvaa-paivaa-asiakas"
    assert article.slug_en == "good-day-customer"
    assert (article.slug_et, article.slug_ru, article.slug_hy) == ("", "", "")


def test_a_slug_that_is_taken_gets_a_number(article):
    twin = Article.objects.create(title_fi="Hyvää päivää, asiakas")
    assert twin.slug_fi == "hyvaa-paivaa-asiakas-2"
    assert twin.key == "hyvaa-paivaa-asiakas"


def test_a_slug_taken_in_another_language_counts_as_taken(article):
    twin = Article.objects.create(title_et="Good day, customer")
    assert twin.slug_et == "good-day-customer-2"


def test_the_database_refuses_a_slug_twice_in_one_language(article):
    other = Article.objects.create(title_en="Another")
    with transaction.atomic(), pytest.raises(IntegrityError):
        Article.objects.filter(pk=other.pk).update(slug_en=article.slug_en)


def test_many_objects_may_lack_a_slug_in_a_language(article):
    one, two = Article.objects.create(title_en="One"), Article.objects.create(title_en="Two")
    assert one.slug_fi == two.slug_fi == ""


def test_an_editor_is_told_of_a_slug_that_is_taken_or_malformed(article):
    other = Article(title_en="Another", slug_en=article.slug_fi, slug_ru="Правило")
    with pytest.raises(ValidationError) as caught:
        other.clean()
    assert set(caught.value.message_dict) == {"slug_en", "slug_ru"}


def test_a_text_is_needed_in_one_language():
    with pytest.raises(ValidationError) as caught:
        Topic().clean()
    assert "name_hy" in caught.value.message_dict


def test_a_key_is_given_once_and_stays(article):
    key = article.key
    article.title_en = "Something else"
    article.save()
    assert article.key == key == "good-day-customer"


def test_an_article_never_gets_the_key_of_the_folder_of_topics():
    assert Article.objects.create(title_en="Topics").key == "topics-2"


def test_the_column_without_language_is_english_whatever_the_language_of_the_editor(article):
    with override("fi"):
        article.summary_en = "A greeting decides."
        article.save()
    (stored,) = Article.objects.rewrite(False).filter(pk=article.pk, title="Good day, customer").values_list("pk")
    assert stored


def test_saving_never_fakes_a_translation(article):
    with override("ru"):
        article.save()
    article.refresh_from_db()
    assert article.title_ru == ""
    assert not article.exists_in("ru")


def test_a_missing_text_falls_back_and_tells_its_language(article):
    with override("hy"):
        assert (article.title, article.language_of("title")) == ("Good day, customer", "en")
        assert (article.summary, article.language_of("summary")) == ("Tervehdys ratkaisee.", "fi")
        assert (article.closing, article.language_of("closing")) == ("", "hy")


def test_texts_are_kept_in_one_form(article):
    article.introduction_fi = "  Yksi.\r\nKaksi.\r"
    article.title_en = None
    article.save()
    article.refresh_from_db()
    assert article.introduction_fi == "Yksi.\nKaksi."
    assert article.title_en == ""


def test_characters_that_no_database_or_feed_takes_are_put_out(article):
    article.title_fi = "Hyvää\x0bpäivää\n\x00asiakas\x1f"
    article.introduction_fi = "Yksi\x07.\n\tKaksi."
    article.save()
    assert article.title_fi == "Hyvää päivää  asiakas"
    assert article.introduction_fi == "Yksi .\n\tKaksi."


def test_a_position_has_a_highest_value(article):
    article.position = 2**31
    with pytest.raises(ValidationError, match="1000000"):
        article.clean_fields()


def test_a_former_slug_stays_with_its_object(article):
    former = article.slug_fi
    article.slug_fi = "tervehdys"
    article.save()
    assert Article.objects.create(title_fi="Hyvää päivää, asiakas").slug_fi == f"{former}-2"
    with pytest.raises(ValidationError):
        Article(title_fi="X", slug_fi=former).clean()
    article.slug_fi = former
    article.clean()
    article.delete()
    assert Article.objects.create(title_fi="Hyvää päivää, asiakas").slug_fi == former


def test_a_new_object_comes_last(article, tip):
    assert Advice.objects.create(article=article, kind="rule", title_en="Smile.").position == tip.position + 1


def test_a_replaced_slug_is_remembered(article):
    article.slug_fi = "tervehdys"
    article.save()
    former = FormerSlug.objects.get(slug="hyvaa-paivaa-asiakas")
    assert (former.model, former.key, former.language) == ("article", article.key, "fi")


def test_publishing_without_a_moment_means_now():
    before = timezone.now()
    assert Article.objects.create(title_en="News", status="published").published_at >= before


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Article, {"status": "hidden"}),
        (Article, {"source_language": "sv"}),
        (Article, {"published_at": None}),
        (Advice, {"kind": "hint"}),
        (Figure, {"unit": "miles"}),
        (Figure, {"founded": "rumour"}),
        (Figure, {"low": 30}),
        (Figure, {"unit": "ratio", "high": None}),
    ],
)
def test_the_database_refuses_what_makes_no_sense(article, tip, figure, model, values):
    with transaction.atomic(), pytest.raises(IntegrityError):
        model.objects.filter(pk=model.objects.order_by("-pk").values_list("pk")[0][0]).update(**values)
