"""All addresses but the desk's. Those of readers begin with a language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path

from articles import icons, views
from articles.public import depends_on, public
from articles.sitemaps import SITEMAPS

from . import health
from .metrics import metrics
from .security_txt import security_txt

urlpatterns = [
    # Readers, in their language
    path("", views.root, name="root"),
    *i18n_patterns(path("", include("articles.urls"))),
    # Search engines and browsers
    path("sitemap.xml", public(index), {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-part"}, name="sitemap"),
    path("sitemap-<section>.xml", public(depends_on("p")(sitemap)), {"sitemaps": SITEMAPS}, name="sitemap-part"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("apple-touch-icon.png", icons.touch_icon, name="touch-icon"),
    # Whoever finds a hole
    path(".well-known/security.txt", security_txt, name="security-txt"),
    # Operators
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
