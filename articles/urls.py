"""The public pages of one language, as the design promises them to readers."""

from django.urls import path

from . import feeds, search_pages, sheet_pages, views
from .choices import Kind

urlpatterns = [
    path("", views.home, name="home"),
    # Articles
    path("articles/", views.article_list, name="articles"),
    path("articles/<slug:slug>/", views.article_detail, name="article"),
    # Advice
    path("tips/", views.advice_list, {"kind": Kind.TIP}, name="tips"),
    path("tips/<slug:slug>/", views.advice_detail, {"kind": Kind.TIP}, name="tip"),
    path("rules/", views.advice_list, {"kind": Kind.RULE}, name="rules"),
    path("rules/<slug:slug>/", views.advice_detail, {"kind": Kind.RULE}, name="rule"),
    path("mistakes/", views.advice_list, {"kind": Kind.MISTAKE}, name="mistakes"),
    path("mistakes/<slug:slug>/", views.advice_detail, {"kind": Kind.MISTAKE}, name="mistake"),
    # Topics
    path("topics/", views.topic_list, name="topics"),
    path("topics/<slug:slug>/", views.topic_detail, name="topic"),
    # Figures
    path("figures/", views.figure_list, name="figures"),
    # Search
    path("search/", search_pages.results_page, name="search"),
    path("search/suggestions/", search_pages.suggestions, name="search-suggestions"),
    path("search/opensearch.xml", search_pages.description, name="search-description"),
    # The team sheet
    path("sheet/", sheet_pages.sheet_page, name="sheet"),
    path("sheet.pdf", sheet_pages.sheet_pdf, name="sheet-pdf"),
    path("sheet/<int:pk>.svg", sheet_pages.code, name="sheet-code"),
    # What isn't published yet, for those who were sent the link
    path("preview/<str:token>/", views.preview, name="preview"),
    # What is new
    path("feed/", views.public(feeds.LatestFeed()), name="feed"),
]
