"""The authored texts of all languages, held to one another, to the glossary, and to the marks of their language."""

import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import polib
import pytest

from articles.catalogues import own_catalogues
from articles.collection import AUTHORED, read_collection
from articles.languages import LANGUAGES

# One text in all languages, by the file and section it stands in and its name there.
Texts = dict[str, dict[str, str]]

TRANSLATIONS = tuple(language for language in LANGUAGES if language != "en")
LIMITS = {
    "title": 70,
    "name": 40,
    "summary": 160,
    "action": 140,
    "question": 140,
    "claim": 200,
    "source": 160,
    "slug": 80,
}
BODY = range(60, 161)  # words
QUOTES = {"en": "“”’", "fi": "”", "et": "„“", "ru": "«»„“", "hy": "«»"}
SENTENCE_END = {"hy": "։", **dict.fromkeys(("en", "fi", "et", "ru"), ".?!…:")}

# Names that the press of the country writes in Latin letters, and titles given in the original.
LATIN_NAMES = {
    "ru": {
        *(
            "American",
            "Express",
            "Applebee’s",
            "Conference",
            "Board",
            "Home",
            "Depot",
            "Southwest",
            "Airlines",
            "Yahoo",
        ),
        *("Facebook", "Twitter", "YouTube", "New", "Frontiers", "Natural", "Marketplace"),
        *("United", "Breaks", "Guitars", "Love", "Is", "the", "Killer", "App"),
    },
    "hy": set(),
}


def all_texts() -> Texts:
    texts: Texts = {}
    for record in read_collection(AUTHORED):
        for column, value in record.fields.items():
            name, _, language = column.rpartition("_")
            # Not every text is one that all have: only mistakes have a question.
            if language in LANGUAGES and value:
                texts.setdefault(f"{record.name}, {name}", {})[language] = str(value)
    return texts


TEXTS = all_texts()
PROSE = {place: versions for place, versions in TEXTS.items() if not place.endswith(", slug")}


def faults(check) -> list[str]:
    """Return what `check` says of each text that it finds fault with; it is given language and text."""
    return [
        f"{place} ({language}): {fault}"
        for place, versions in PROSE.items()
        for language, text in versions.items()
        for fault in [check(language, text)]
        if fault
    ]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-’][^\W_]+)*", text)


def numbers(text: str) -> Counter[str]:
    """Return the numbers in digits, a decimal comma and a decimal point being the same."""
    return Counter(number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)?", text))


def test_every_text_is_there_in_every_language():
    assert {place: set(LANGUAGES) - versions.keys() for place, versions in TEXTS.items() if len(versions) < 5} == {}
    assert Counter(place.split()[0] for place in TEXTS if place.endswith((" title", " name", " claim"))) == {
        "article": 5,
        "advice": 53,
        "topic": 8,
        "figure": 15,
    }


def test_every_item_has_all_its_texts():
    names = {"article": 5, "advice": 4, "topic": 3, "figure": 2}
    counts = Counter(place.partition(",")[0] for place in TEXTS if not place.endswith(", question"))
    assert {item: count for item, count in counts.items() if count != names[item.split()[0]]} == {}


def test_every_mistake_has_a_question():
    mistakes = {record.name for record in read_collection(AUTHORED) if record.fields.get("kind") == "mistake"}
    assert {place.partition(",")[0] for place in TEXTS if place.endswith(", question")} == mistakes


def test_a_slug_is_used_once_among_its_kind():
    slugs = Counter(
        (place.split()[0], language, slug)
        for place, versions in TEXTS.items()
        if place.endswith(", slug")
        for language, slug in versions.items()
    )
    assert [slug for slug, count in slugs.items() if count > 1] == []


def test_the_numbers_agree_in_all_languages():
    different = {
        place: {language: sorted(numbers(text)) for language, text in versions.items()}
        for place, versions in PROSE.items()
        if any(numbers(text) != numbers(versions["en"]) for text in versions.values())
    }
    assert different == {}


def test_a_claim_holds_the_number_of_its_figure():
    for path in AUTHORED.glob("*/article.toml"):
        for figure in tomllib.loads(path.read_text(), parse_float=Decimal).get("figure", []):
            wanted = {str(figure[name]) for name in ("low", "high") if name in figure}
            for text in TEXTS[f"figure {figure['key']}, claim"].values():
                assert wanted <= numbers(text).keys(), text


def test_texts_keep_to_their_limits():
    too_long = {
        f"{place} ({language})": len(text)
        for place, versions in TEXTS.items()
        for language, text in versions.items()
        if len(text) > LIMITS.get(place.rpartition(", ")[2], 10_000)
    }
    assert too_long == {}


def test_a_body_is_neither_a_note_nor_an_essay():
    lengths = {
        f"{place} ({language})": len(words(text))
        for place, versions in PROSE.items()
        if place.endswith(", body")
        for language, text in versions.items()
    }
    assert {place: length for place, length in lengths.items() if length not in BODY} == {}


def test_all_languages_have_the_same_paragraphs_and_lists():
    def structure(text: str) -> tuple[int, int]:
        return len(re.split(r"\n\s*\n", text)), len(re.findall(r"^(?:[-*]|\d+\.) ", text, re.MULTILINE))

    different = {
        place: {language: structure(text) for language, text in versions.items()}
        for place, versions in PROSE.items()
        if len({structure(text) for text in versions.values()}) > 1
    }
    assert different == {}


def test_each_language_is_written_in_its_own_script():
    def foreign(language: str, text: str) -> set[str]:
        if language in LATIN_NAMES:
            return set(re.findall(r"[A-Za-z][A-Za-z’]*", text)) - LATIN_NAMES[language]
        return set(re.findall(r"[Ѐ-ӿ԰-֏]+", text))

    assert faults(foreign) == []


def test_each_language_has_its_own_quotation_marks():
    def foreign(language: str, text: str) -> set[str]:
        text = re.sub(r"(?<=[A-Za-z])’(?=[a-z])", "", text)
        return set(re.findall(r"[\"'`´“”„‟«»‘’‚‹›]", text)) - set(QUOTES[language])

    assert faults(foreign) == []


def test_quotation_marks_come_in_pairs():
    def unpaired(language: str, text: str) -> bool:
        if language == "fi":
            return text.count("”") % 2 == 1
        opening, closing = {"en": "“”", "et": "„“", "ru": "«»", "hy": "«»"}[language]
        return text.count(opening) != text.count(closing)

    assert faults(unpaired) == []


def test_sentences_end_with_the_stop_of_the_language():
    def unfinished(language: str, text: str) -> list[str]:
        paragraphs = re.split(r"\n\s*\n|\n(?=[-*] )", text)
        long = [paragraph.strip().rstrip("*_”“»)’") for paragraph in paragraphs if len(words(paragraph)) > 12]
        return [paragraph[-20:] for paragraph in long if paragraph[-1] not in SENTENCE_END[language]]

    assert faults(unfinished) == []


def test_armenian_has_armenian_punctuation():
    def foreign(language: str, text: str) -> list[str]:
        if language != "hy":
            return []
        # A point may open an explanation or a list (միջակետ); it doesn't end a sentence.
        latin = re.findall(r"\w*[:?!;](?=\s|$)|\w+\.(?=\s+[Ա-Ֆ]|\s*\Z)", text)
        return latin + re.findall(r"\w*(?<![աեէըիոօւԱԵԷԸԻՈՕՒ])[՞՜]", text)

    assert faults(foreign) == []


def test_spaces_stand_where_they_belong():
    def wrong(language: str, text: str) -> list[str]:
        doubled = re.findall(r"[ \u00a0]{2}|[ \u00a0]$|^[ \u00a0]|[\t\u00ad\u200b\ufeff]", text, re.MULTILINE)
        return doubled + re.findall(r"[ \u00a0][,.;:!?։՝…](?=\s|$)|[«„(][ \u00a0]|[ \u00a0][»)]", text)

    assert faults(wrong) == []


def test_percentages_are_spaced_as_in_the_language():
    def wrong(language: str, text: str) -> list[str]:
        spaced = language in ("fi", "ru")
        return re.findall(r"\d(?!\u00a0)\s?%" if spaced else r"\d\s+%", text)

    assert faults(wrong) == []


def test_ranges_and_dashes_are_no_hyphens():
    def wrong(language: str, text: str) -> list[str]:
        dash = re.findall(r"\d ?- ?\d|\w - \w", text)
        return dash + (re.findall(r"\w – \w", text) if language == "ru" else re.findall(r"\w — \w", text))

    assert faults(wrong) == []


# --- The glossary -----------------------------------------------------------------------------------------------------


FOLDERS = sorted(path.parent for path in AUTHORED.glob("*/article.toml"))


def glossary_rows(heading: str) -> list[dict[str, list[str]]]:
    """Return the rows of the table that begins with the column `heading`, as stems by column."""
    lines = (AUTHORED / "GLOSSARY.md").read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    names = cells(lines[start])
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append({name: stems(cell) for name, cell in zip(names, cells(line), strict=True)})
    return rows


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def stems(cell: str) -> list[str]:
    """Return the stem of each term of a cell: what stands before its dot."""
    return [re.sub(r"·\w*", "", term.strip()).lower() for term in cell.split(",")]


def uses(text: str, terms: list[str]) -> bool:
    """Tell whether a word of `text`, or several in a row, begin with one of these stems."""
    return any(re.search(r"\b" + r"\w*\s+".join(map(re.escape, term.split())), text) for term in terms)


def article_text(folder: Path, language: str) -> str:
    """Return the texts of an article in lower case, without keys and slugs, and without marks within words."""
    text = re.sub(r"^(# |slug: ).*$", "", (folder / f"{language}.md").read_text(), flags=re.MULTILINE)
    return text.lower().translate(str.maketrans("", "", "՞՛՜"))


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("row", glossary_rows("term"), ids=lambda row: row["term"][0])
def test_each_article_uses_the_terms_of_the_glossary(row, language):
    lacking = [
        folder.name
        for folder in FOLDERS
        if uses(article_text(folder, "en"), row["term"]) and not uses(article_text(folder, language), row[language])
    ]
    assert lacking == []


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("row", glossary_rows("idiom"), ids=lambda row: row["idiom"][0])
def test_the_idioms_of_the_glossary_are_used(row, language):
    assert any(uses(article_text(folder, "en"), row["idiom"]) for folder in FOLDERS)
    assert any(uses(article_text(folder, language), row[language]) for folder in FOLDERS)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_interface_uses_the_words_of_the_glossary(language):
    catalogue = polib.pofile(str(own_catalogues()[language]))
    for row in glossary_rows("msgid"):
        (word,) = row["msgid"]
        for msgid in (word, f"{word.capitalize()}s"):
            if entry := catalogue.find(msgid):
                assert uses(entry.msgstr.lower(), row[language]), msgid
