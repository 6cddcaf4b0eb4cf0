"""The public pages of one language, as the design promises them to readers."""

from django.urls import path, register_converter

from . import (
    accessibility,
    beside,
    calculator,
    feeds,
    posters,
    previews,
    search_pages,
    self_check_pages,
    share_pages,
    sheet_pages,
    styleguide,
    today_pages,
    views,
)
from .choices import Kind
from .days import DayConverter
from .public import public

register_converter(DayConverter, "day")

urlpatterns = [
    path("", views.home, name="home"),
    # Articles
    path("articles/", views.article_list, name="articles"),
    path("articles/<slug:slug>/", views.article_detail, name="article"),
    path("articles/<slug:slug>/with/<slug:other>/", beside.article_beside, name="article-beside"),
    # Advice
    path("tips/", views.advice_list, {"kind": Kind.TIP}, name="tips"),
    path("tips/<slug:slug>/", views.advice_detail, {"kind": Kind.TIP}, name="tip"),
    path("rules/", views.advice_list, {"kind": Kind.RULE}, name="rules"),
    path("rules/<slug:slug>/", views.advice_detail, {"kind": Kind.RULE}, name="rule"),
    path("rules/<slug:slug>/poster/", posters.poster, name="poster"),
    path("mistakes/", views.advice_list, {"kind": Kind.MISTAKE}, name="mistakes"),
    path("mistakes/<slug:slug>/", views.advice_detail, {"kind": Kind.MISTAKE}, name="mistake"),
    # Topics
    path("topics/", views.topic_list, name="topics"),
    path("topics/<slug:slug>/", views.topic_detail, name="topic"),
    # Figures
    path("figures/", views.figure_list, name="figures"),
    # What keeping customers is worth
    path("calculator/", calculator.calculator, name="calculator"),
    # Self-check
    path("check/", self_check_pages.questions_page, name="check"),
    path("check/result/", self_check_pages.result_page, name="check-result"),
    # Search
    path("search/", search_pages.results_page, name="search"),
    path("search/suggestions/", search_pages.suggestions, name="search-suggestions"),
    path("search/opensearch.xml", search_pages.description, name="search-description"),
    # The advice of the day
    path("today/", today_pages.today, name="today"),
    path("today/<day:date>/", today_pages.one_day, name="day"),
    path("today/feed/", public(feeds.DailyFeed()), name="daily-feed"),
    path("today.ics", today_pages.calendar, name="calendar"),
    # The team sheet
    path("sheet/", sheet_pages.sheet_page, name="sheet"),
    path("sheet.pdf", sheet_pages.sheet_pdf, name="sheet-pdf"),
    path("sheet/<int:pk>.svg", sheet_pages.code, name="sheet-code"),
    # Pictures beside links that are shared
    path("share.png", share_pages.site_image, name="site-image"),
    path("articles/<slug:slug>/share.png", share_pages.article_image, name="article-image"),
    # What isn't published yet, for those who were sent the link
    path("preview/<str:token>/", previews.preview, name="preview"),
    # What everyone can expect
    path("accessibility/", accessibility.statement, name="accessibility"),
    # For whoever works on the pages
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    # What is new
    path("feed/", public(feeds.LatestFeed()), name="feed"),
]
