"""What a page says of itself to whoever shares a link to it."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.share_images import HEIGHT, WIDTH

register = template.Library()


@register.inclusion_tag("includes/share_image.html", takes_context=True)
def share_image(context: Context) -> dict[str, object]:
    """Name the picture that goes with a link to the page: that of the article it belongs to, or else of the site."""
    article = context.get("article")
    path = reverse("article-image", args=[article.slug]) if article else reverse("site-image")
    return {
        "address": context["request"].build_absolute_uri(path),
        "words": article.title if article else _("Keep the customers you have"),
        "width": WIDTH,
        "height": HEIGHT,
    }
