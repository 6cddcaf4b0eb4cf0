"""Every kind of public page, by name: what is photographed, checked for accessibility, measured and weighed.

A path is that of its language without the language itself, with English slugs: each page sends them on to its own.
"""

from dataclasses import dataclass

LANGUAGES = ("en", "fi", "et", "ru", "hy")


@dataclass(frozen=True)
class Words:
    """What stands in an address and is another in each language: a word to search for, a language to read beside it."""

    complaint: str
    other: str


WORDS = {
    "en": Words("complaint", "hy"),
    "fi": Words("valitus", "en"),
    "et": Words("kaebus", "fi"),
    "ru": Words("жалоба", "et"),
    "hy": Words("բողոք", "ru"),
}

ARTICLE = "seven-steps-to-customer-loyalty"
TIP = "choose-the-right-people"
RULE = "listen-first-then-speak"
MISTAKE = "staff-who-dont-know-the-goods"
TOPIC = "people"
ANSWERS = "57gau=y&77bdi=s&amh2n=n&crdhn=y&dqsyq=n&jbzcl=n&jmiox=y&mxilv=s&q5czi=n&t7xi4=n"

PAGE_TYPES = {
    "home": "",
    "articles": "articles/",
    "article": f"articles/{ARTICLE}/",
    "article-beside": f"articles/{ARTICLE}/with/{{other}}/",
    "tips": "tips/",
    "tips-on-topic": f"tips/?topic={TOPIC}",
    "tip": f"tips/{TIP}/",
    "rules": "rules/",
    "rules-none": "rules/?topic=making-it-easy",
    "rule": f"rules/{RULE}/",
    "poster": f"rules/{RULE}/poster/",
    "mistakes": "mistakes/",
    "mistake": f"mistakes/{MISTAKE}/",
    "topics": "topics/",
    "topic": f"topics/{TOPIC}/",
    "figures": "figures/",
    "search": "search/?q={complaint}",
    "search-none": "search/?q=xyzzyqqq",
    "search-empty": "search/",
    "today": "today/",
    "day": "today/2026-10-01/",
    "sheet-empty": "sheet/",
    "sheet": "sheet/?advice=1&advice=2&advice=3",
    "check": "check/",
    "check-result": f"check/result/?{ANSWERS}",
    "check-unanswered": "check/result/",
    "calculator": "calculator/",
    "calculator-answer": "calculator/?customers=1200&spend=40&lost=20&keeping=10&dearer=6",
    "calculator-errors": "calculator/?customers=many&spend=0&lost=101&keeping=&dearer=0",
    "accessibility": "accessibility/",
    "not-found": "no-such-page/",
    "bad-request": "tips/?topic=%00",
}


def path_of(page_type: str, language: str) -> str:
    return f"/{language}/" + PAGE_TYPES[page_type].format(**vars(WORDS[language]))
