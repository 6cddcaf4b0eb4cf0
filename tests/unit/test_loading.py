"""load_content and dump_content."""

import shutil
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.collection import AUTHORED
from articles.languages import columns
from articles.models import Advice, Article, Figure, Topic
from articles.status import OUTDATED, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the authored content that a test may change."""
    return Path(shutil.copytree(AUTHORED, tmp_path / "content"))


def load(*arguments, **options) -> str:
    out = StringIO()
    call_command("load_content", *arguments, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.glob("*/*.*")}


def test_the_content_is_all_that_the_brief_asks_for():
    assert Counter(Advice.objects.values_list("kind", flat=True)) == {"tip": 26, "mistake": 10, "rule": 17}
    assert (Article.objects.count(), Figure.objects.count(), Topic.objects.count()) == (5, 15, 8)


def test_loading_and_dumping_gives_the_same_bytes(tmp_path):
    call_command("dump_content", tmp_path, stdout=StringIO())
    assert files_of(tmp_path) == files_of(AUTHORED)


def test_loading_twice_changes_nothing(django_assert_max_num_queries):
    before = list(Advice.objects.order_by("pk").values())
    with django_assert_max_num_queries(30):
        assert load() == "Loaded: 81 unchanged.\n"
    assert list(Advice.objects.order_by("pk").values()) == before


def test_a_new_text_of_ours_is_loaded(folder):
    replace(folder / "seven-steps" / "en.md", "title: Choose the right people", "title: Choose well")
    assert "1 updated" in load(folder)
    assert Advice.objects.get(key="choose-the-right-people").title_en == "Choose well"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("seven-steps/article.toml", "2026-09-07T06:00:00Z", "2026-09-07T09:00:00+03:00"),
        ("seven-steps/article.toml", "low = 46\n", "low = 46.50\n"),
        ("seven-steps/article.toml", "published_at = 2026-09-07T06:00:00Z\n", ""),
        ("seven-steps/en.md", "slug: choose-the-right-people\n", ""),
    ],
)
def test_a_value_written_in_another_way_is_the_same(folder, file, old, new):
    replace(folder / file, old, new)
    load(folder)
    assert load(folder) == "Loaded: 81 unchanged.\n"


def test_what_the_model_filled_in_for_the_files_isnt_an_edit(folder):
    replace(folder / "seven-steps/article.toml", "published_at = 2026-09-07T06:00:00Z\n", "")
    replace(folder / "seven-steps/en.md", "slug: choose-the-right-people\n", "")
    for model in (Article, Topic):
        model.objects.all().delete()
    load(folder, overwrite=True)
    moment = Article.objects.get(key="seven-steps").published_at
    assert load(folder, overwrite=True) == "Loaded: 81 unchanged.\n"
    assert Article.objects.get(key="seven-steps").published_at == moment


def test_a_translation_from_the_files_is_confirmed_against_their_source(folder):
    Advice.objects.filter(key="keep-training").update(title_fi="Toimittajan otsikko")
    replace(folder / "seven-steps" / "en.md", "# advice keep-training\ntitle: ", "# advice keep-training\ntitle: Ours ")
    load(folder)
    advice = Advice.objects.get(key="keep-training")
    assert advice.title_en.startswith("Ours ")
    assert status_of(advice, "en") == OUTDATED


def test_loading_waits_for_an_editor_who_is_saving(django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as queries:
        load()
    locks = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    # SQLite has no row to lock: its transactions begin with the lock on the whole database.
    assert len(locks) == 4 if connection.vendor == "postgresql" else settings.DATABASE["OPTIONS"]["transaction_mode"]


def test_an_editors_text_is_kept(folder):
    Advice.objects.filter(key="keep-training").update(title_en="Train on")
    replace(folder / "seven-steps" / "en.md", "# advice keep-training\ntitle: ", "# advice keep-training\ntitle: Ours ")
    assert "1 kept as edited" in load(folder)
    assert Advice.objects.get(key="keep-training").title_en == "Train on"


def test_an_editors_text_doesnt_hold_back_the_other_fields(folder):
    Advice.objects.filter(key="keep-training").update(title_en="Train on")
    replace(folder / "seven-steps" / "article.toml", 'topics = ["people", "standards"]', 'topics = ["care"]')
    load(folder)
    advice = Advice.objects.get(key="keep-training")
    assert advice.title_en == "Train on"
    assert [topic.key for topic in advice.topics.all()] == ["care"]


def test_overwrite_lets_the_files_win(folder):
    Advice.objects.filter(key="keep-training").update(title_en="Train on")
    load(folder, overwrite=True)
    assert Advice.objects.get(key="keep-training").title_en != "Train on"


def test_what_an_editor_deleted_stays_deleted_unless_overwritten():
    Article.objects.get(key="rule-one").delete()
    assert "left deleted" in load()
    assert not Article.objects.filter(key="rule-one").exists()
    assert not Advice.objects.filter(key="recover-well").exists()
    load(overwrite=True)
    assert Advice.objects.get(key="recover-well").article.key == "rule-one"


def test_what_an_editor_wrote_is_left_alone(tip):
    load(overwrite=True)
    tip.refresh_from_db()
    assert tip.title_en == "Greet first"


def test_a_dry_run_tells_and_changes_nothing(folder):
    replace(folder / "seven-steps" / "en.md", "title: Choose the right people", "title: Choose well")
    told = load(folder, dry_run=True)
    assert "advice choose-the-right-people updated: title_en" in told
    assert Advice.objects.get(key="choose-the-right-people").title_en == "Choose the right people"
    assert "1 updated" in load(folder)


def test_loading_never_copies_a_fallback_into_an_empty_translation(folder):
    replace(folder / "topics" / "en.md", "name: People\nslug: people\n", "")
    load(folder)
    topic = Topic.objects.get(key="people")
    assert (topic.name_en, topic.slug_en) == ("", "")


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("seven-steps/en.md", "# closing", "# clothing", "is no section"),
        ("seven-steps/en.md", "# advice keep-training", "# advice keep-straining", "no advice “keep-straining”"),
        ("seven-steps/en.md", "slug: choose-the-right-people", "slug: Choose the right", "lower-case"),
        ("seven-steps/en.md", "title: Choose the right people", "title: " + "x" * 71, "70"),
        ("seven-steps/article.toml", 'ink = "pine"', 'ink = "pink"', "pink"),
        ("seven-steps/article.toml", 'ink = "pine"', "ink = 5", "wrong type"),
        ("seven-steps/article.toml", 'ink = "pine"', 'inc = "pine"', "unknown entry “inc”"),
        ("seven-steps/article.toml", 'kind = "tip"', 'kind = "hint"', "hint"),
        ("seven-steps/article.toml", '["people"]', '["peoples"]', "no topic “peoples”"),
        ("seven-steps/article.toml", 'key = "welcome-complaints"', 'key = "keep-training"', "a second"),
        ("seven-steps/article.toml", "T06:00:00Z", "T06:00:00", "time zone"),
        ("ten-ways-to-lose/article.toml", "high = 20", "high = 20.555", "decimal"),
        ("topics/topics.toml", '[[topic]]\nkey = "people"', '[[topic]\nkey = "people"', "Expected"),
    ],
)
def test_a_broken_file_is_refused_and_nothing_is_loaded(folder, file, old, new, complaint):
    replace(folder / "best-practices" / "en.md", "title: ", "title: New ")
    replace(folder / file, old, new)
    line = (folder / file).read_text().rpartition(new)[0].count("\n") + 1
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert str(caught.value).startswith(f"{folder / file}:{line}: ")
    assert complaint in str(caught.value)
    assert str(caught.value).endswith("Nothing was loaded.")
    assert not Article.objects.filter(title_en__startswith="New ").exists()


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("seven-steps/en.md", "# article\ntitle: A\x0bB\n", "en.md:2: a control character, '\\x0b'"),
        ("seven-steps/en.md", "# article\ntitle: A\x00B\n", "en.md:2: a control character, '\\x00'"),
        ("seven-steps/en.md", "# topic people\nname: X\n", "en.md:1: no topic “people”"),
        ("topics/en.md", "# closing\n\nX\n", "en.md:1: no place for a section “closing”"),
        ("topics/topics.toml", "", "no topic “people”"),
        ("seven-steps/ee.md", "# article\ntitle: X\n", "no language of the site is called “ee”"),
        ("new/en.md", "# article\ntitle: X\n", "article.toml:1: this file is missing"),
    ],
)
def test_a_strange_file_is_refused_with_the_reason(folder, file, text, complaint):
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text)
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert complaint in str(caught.value)


def test_a_folder_in_the_place_of_a_file_is_refused(folder):
    (folder / "seven-steps" / "en.md").unlink()
    (folder / "seven-steps" / "en.md").mkdir()
    with pytest.raises(CommandError, match="can’t be read"):
        load(folder)


def test_other_folders_are_passed_over(folder):
    (folder / ".git").mkdir()
    (folder / "notes.d").mkdir()
    assert load(folder) == "Loaded: 81 unchanged.\n"


def test_the_line_ends_and_marks_of_other_editors_do_no_harm(folder):
    for path in (folder / "seven-steps").iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder) == "Loaded: 81 unchanged.\n"


def test_a_language_whose_file_is_missing_is_left_as_it_is(folder):
    (folder / "seven-steps" / "fi.md").unlink()
    assert load(folder, overwrite=True) == "Loaded: 81 unchanged.\n"


def test_an_empty_file_empties_its_language(folder):
    (folder / "seven-steps" / "fi.md").write_text("\n")
    load(folder)
    assert Article.objects.get(key="seven-steps").title_fi == ""


def test_a_remedy_that_makes_no_sense_is_refused(folder):
    path = folder / "ten-ways-to-lose" / "article.toml"
    replace(path, 'remedies = ["', 'remedies = ["untrained-staff", "')
    with pytest.raises(CommandError, match="its own remedy"):
        load(folder)
    replace(path, 'remedies = ["untrained-staff", "', 'remedies = ["')
    replace(path, 'kind = "mistake"', 'kind = "tip"')
    with pytest.raises(CommandError, match="Only a mistake"):
        load(folder)


def test_a_figure_beside_the_advice_of_another_article_is_refused(folder):
    replace(folder / "seven-steps" / "article.toml", 'advice = "welcome-complaints"', 'advice = "recover-well"')
    with pytest.raises(CommandError, match="belongs to another article"):
        load(folder)


def test_an_empty_database_never_empties_the_files(folder):
    for model in (Article, Topic):
        model.objects.all().delete()
    before = files_of(folder)
    with pytest.raises(CommandError, match="holds no content"):
        call_command("dump_content", folder)
    assert files_of(folder) == before


def test_a_file_that_isnt_utf8_is_refused(folder):
    path = folder / "rule-one" / "en.md"
    path.write_bytes(path.read_bytes().replace("“".encode(), b"\x93", 1))
    with pytest.raises(CommandError, match="not UTF-8"):
        load(folder)


def test_a_folder_that_isnt_there_is_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match="is no folder"):
        load(tmp_path / "nowhere")


def test_what_editors_write_survives_dumping_and_loading(tip, figure, tmp_path):
    tip.body_ru = "# Не заголовок\n\n\\# тоже\n\ntitle: нет"
    tip.title_hy = "«Բարև» \\ “x” 'y' \"z\""
    tip.save()
    call_command("dump_content", tmp_path, stdout=StringIO())
    before = {name: getattr(tip, name) for name in columns("title", "body")}
    tip.article.delete()
    load(tmp_path)
    again = Advice.objects.get(key=tip.key)
    assert {name: getattr(again, name) for name in before} == before
    assert [topic.key for topic in again.topics.all()] == ["greetings"]
    assert again.article.figures.get().high == 20


def test_dumping_takes_away_the_files_of_a_deleted_article(folder):
    Article.objects.get(key="rule-one").delete()
    (folder / "rule-one" / "notes.txt").write_text("mine")
    call_command("dump_content", folder, stdout=StringIO())
    assert [path.name for path in (folder / "rule-one").iterdir()] == ["notes.txt"]
