"""Which fields are texts, with a column for each language."""

from modeltranslation.translator import TranslationOptions, register

from .models import Advice, Article, Figure, Topic
from .status import keep_status


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "slug", "summary")


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("title", "slug", "summary", "introduction", "closing")


@register(Advice)
class AdviceTranslation(TranslationOptions):
    fields = ("title", "slug", "action", "question", "body")


@register(Figure)
class FigureTranslation(TranslationOptions):
    fields = ("claim", "source")


for model in (Topic, Article, Advice, Figure):
    keep_status(model)
