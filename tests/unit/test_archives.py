"""The content format as a ZIP file: out, in, and what is refused."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.db import transaction
from django.utils.translation import override

from articles import archives
from articles.loading import Outcome
from articles.models import Advice, Topic
from articles.prospects import prospects_of
from articles.units import Refused

pytestmark = pytest.mark.django_db


def zipped(files: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in files.items():
            written.writestr(name, text)
    return content.getvalue()


def exported() -> dict[str, bytes]:
    content = io.BytesIO()
    archives.written(content)
    with zipfile.ZipFile(content) as written:
        return {name: written.read(name) for name in written.namelist()}


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        archives.tried(content, overwrite=False)
    return refused.value.reasons[0]


def test_all_content_goes_out_as_the_files_that_it_came_from():
    root = Path(archives.__file__).parent / "content"
    files = exported()
    assert set(files) == {str(path.relative_to(root)) for path in root.glob("*/*.*")}
    assert all((root / name).read_bytes() == text for name, text in files.items() if name.endswith(".md"))


def test_what_went_out_comes_in_again_unchanged():
    loading = archives.tried(zipped(exported()), overwrite=False)
    assert loading.counts == [(Outcome.UNCHANGED, 81)]
    assert prospects_of(loading.loaded) == []


@pytest.mark.parametrize("overwrite", [False, True])
def test_what_went_out_comes_in_again_unchanged_where_deletions_left_gaps(overwrite):
    Advice.objects.get(key="keep-training").delete()
    Topic.objects.first().delete()
    assert archives.tried(zipped(exported()), overwrite=overwrite).counts == [(Outcome.UNCHANGED, 79)]


def test_another_order_in_the_archive_is_loaded_where_deletions_left_gaps():
    Topic.objects.get(position=3).delete()
    files = exported()
    head, first, second, *others = re.split(rb"(?=\[\[topic\]\])", files["topics/topics.toml"])
    files["topics/topics.toml"] = b"".join([head, second, first, *others])
    with transaction.atomic():
        archives.loaded_from(zipped(files), overwrite=False)
    assert exported()["topics/topics.toml"].split() == files["topics/topics.toml"].split()


def test_a_trial_changes_nothing():
    files = exported()
    files["topics/fi.md"] = files["topics/fi.md"].replace(b"name: ", b"name: Uusi ", 1)
    loading = archives.tried(zipped(files), overwrite=False)
    assert (Outcome.UPDATED, 1) in loading.counts
    assert not Topic.objects.filter(name_fi__startswith="Uusi").exists()


def test_an_archive_is_loaded():
    files = exported()
    files["topics/fi.md"] = files["topics/fi.md"].replace(b"name: ", b"name: Uusi ", 1)
    with transaction.atomic():
        archives.loaded_from(zipped(files), overwrite=False)
    assert Topic.objects.filter(name_fi__startswith="Uusi").exists()


@pytest.mark.parametrize(("overwrite", "outcome"), [(False, Outcome.KEPT), (True, Outcome.UPDATED)])
def test_what_editors_changed_stays_unless_told_otherwise(overwrite, outcome):
    content = zipped(exported())
    advice = Advice.objects.get(key="keep-training")
    advice.title_en = "Never stop training"
    advice.save()
    (prospect,) = prospects_of(archives.tried(content, overwrite=overwrite).loaded)
    assert (prospect.outcome, [change.label for change in prospect.changes + prospect.kept]) == (outcome, ["title"])


def test_a_trial_is_known_again_until_a_text_changes():
    content = zipped(exported())
    before = archives.tried(content, overwrite=True).fingerprint
    assert archives.tried(content, overwrite=True).fingerprint == before
    Advice.objects.filter(key="keep-training").update(title_en="Never stop training")
    assert archives.tried(content, overwrite=True).fingerprint != before


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "no content"),
        ({"topics/": ""}, "no content"),
        ({"../topics.toml": ""}, "“../topics.toml” has no place"),
        ({"topics/../../x.md": ""}, "has no place"),
        ({"/etc/x.toml": ""}, "has no place"),
        ({"a\\b.toml": ""}, "has no place"),
        ({"a/b/c.toml": ""}, "has no place"),
        ({"topics/x.py": ""}, "has no place"),
        ({"topics/topics.toml": "x = ["}, "topics/topics.toml:1: "),
        ({"topics/topics.toml": b"\xff"}, "topics/topics.toml:1: this is not UTF-8"),
        ({"news/article.toml": "position = 1"}, "news/article.toml:1: article news, source_language: "),
        ({"topics/topics.toml": "", "topics/sv.md": ""}, "topics/sv.md:1: no language"),
        ({"topics/topics.toml": "#" * 20_000_001}, "unpacks to more"),
    ],
)
def test_an_archive_that_cant_be_loaded_is_refused(files, reason):
    assert reason in refusal(zipped(files))


def test_an_archive_is_refused_in_the_language_of_the_desk():
    with override("fi"):
        assert "topics/topics.toml:1: tämä ei ole UTF-8:aa" in refusal(zipped({"topics/topics.toml": b"\xff"}))


ARTICLE = 'position = 1\nsource_language = "en"\nink = "pine"\nstatus = "draft"\n'
FIGURE = ARTICLE + '[[figure]]\nkey = "x"\nunit = "percent"\nfounded = "study"\n'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ARTICLE + "published_at = 0001-01-01T00:00:00+14:00", ":5: published_at: "),
        (ARTICLE + "published_at = 9999-12-31T23:59:59-12:00", ":5: published_at: "),
        (ARTICLE + "published_at = 1066-10-14T09:00:00Z", ":5: article news, published_at: "),
        (FIGURE + "low = inf", ":9: low: "),
        (FIGURE + "low = nan", ":9: low: "),
        (FIGURE + "low = -1e999999999", ":9: low: "),
        (FIGURE + "low = 1\nhigh = inf", ":10: high: "),
        (FIGURE + f"low = 0x{'f' * 5_000}", ":9: low: "),
        (ARTICLE + f"closing = {'1' * 5_000}", ":1: "),
        (ARTICLE + f"ink = [0x{'f' * 5_000}]", ":"),
        (f"x = {'[' * 5_000}{']' * 5_000}", ":1: "),
    ],
)
def test_what_no_field_can_hold_is_refused_with_its_place(text, reason):
    assert f"news/article.toml{reason}" in refusal(zipped({"news/article.toml": text}))


def test_what_macos_adds_to_an_archive_is_left_out():
    extras = {
        "__MACOSX/topics/._fi.md": b"\0",
        "__MACOSX/._topics": b"\0",
        ".DS_Store": b"\0",
        "topics/.DS_Store": b"\0",
    }
    assert archives.tried(zipped(exported() | extras), overwrite=False).counts == [(Outcome.UNCHANGED, 81)]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_what_is_compressed_in_an_unusual_way_is_refused(method):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as written:
        written.writestr("topics/topics.toml", "")
    assert "compressed in an unusual way" in refusal(content.getvalue())


def test_a_full_disk_isnt_taken_for_a_damaged_file(monkeypatch):
    def full(*_arguments):
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        archives.tried(zipped({"topics/topics.toml": ""}), overwrite=False)


def test_no_reason_names_a_folder_of_this_machine():
    assert "/tmp" not in refusal(zipped({"topics/topics.toml": "x = ["}))


def test_what_is_no_archive_is_refused():
    assert refusal(b"PK no archive") == refusal(b"") == "This file is damaged, or no ZIP file."


def test_a_damaged_archive_is_refused():
    content = zipped({"topics/topics.toml": "# " + "a comment " * 50})
    assert "damaged" in refusal(content[:60] + b"XXXX" + content[64:])


def test_a_file_that_is_there_twice_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as written:
        written.writestr("topics/topics.toml", "")
        with pytest.warns(UserWarning, match="Duplicate"):
            written.writestr("topics/topics.toml", "")
    assert "twice" in refusal(content.getvalue())


def test_too_many_files_are_refused():
    assert "unpacks to more" in refusal(zipped({f"a/b{number}.md": "" for number in range(5_001)}))


def test_a_password_is_refused():
    content = bytearray(zipped({"topics/topics.toml": ""}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert "password" in refusal(bytes(content))
