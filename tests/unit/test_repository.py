"""What stands beside the code: documents, requirements, container files."""

import re
import subprocess
import tomllib

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from dockerfile_parse import DockerfileParser

ROOT = settings.BASE_DIR
MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/operations.md")


def tracked_files() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def requirements(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-sentry.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_hashed_and_name_no_host(name):
    text = (ROOT / name).read_text()
    assert text.count("==") <= text.count("--hash=sha256:")
    assert "://" not in text
    assert "--index" not in text


def test_requirements_hold_what_the_project_declares():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = {re.match(r"[a-z0-9-]+", line)[0] for line in project["project"]["dependencies"]}
    dev = {re.match(r"[a-z0-9-]+", line)[0] for line in project["dependency-groups"]["dev"]}
    extra = {
        re.match(r"[a-z0-9-]+", line)[0]
        for lines in project["project"]["optional-dependencies"].values()
        for line in lines
    }
    assert runtime <= requirements("requirements.txt").keys()
    assert extra <= requirements("requirements-sentry.txt").keys()
    assert requirements("requirements.txt").items() <= requirements("requirements-sentry.txt").items()
    assert dev <= requirements("requirements-dev.txt").keys()
    assert requirements("requirements.txt").items() <= requirements("requirements-dev.txt").items()


def test_every_setting_from_the_environment_is_described():
    described = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    sources = [*(ROOT / "retention").glob("*.py"), ROOT / "tests/postgres.py", ROOT / "tests/chromium.py"]
    code = "\n".join(path.read_text() for path in sources)
    used = set(re.findall(r'\b(?:env|os\.environ)\.\w+\(\s*"([A-Z_]+)"', code))
    used |= set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert used - {"DJANGO_SETTINGS_MODULE"} == described


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_only_what_is_there(name):
    text = (ROOT / name).read_text()
    for target in re.findall(r"`(?:[A-Z_]+=\S+ )*make ([a-z]+)", text):
        assert target in TARGETS, target
    for command in re.findall(r"manage\.py ([a-z_]+)", text):
        assert command in get_commands(), command
    for path in re.findall(r"`((?:articles|retention|templates|static|tests|docs|locale)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
    for link in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (ROOT / link).exists(), link


def test_every_make_target_is_explained():
    readme = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    assert {target for target in TARGETS if f"make {target}" not in readme} == set()


def test_compose_gates_the_site_on_a_healthy_database():
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    services = compose["services"]
    assert services.keys() == {"prepare", "web", "proxy", "database", "cache"}
    assert services["web"]["depends_on"]["database"] == {"condition": "service_healthy"}
    assert services["web"]["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}
    for name in ("database", "cache"):
        assert services[name]["healthcheck"]["test"][0] == "CMD"
        volume = services[name]["volumes"][0].partition(":")[0]
        assert volume in compose["volumes"]
    for service in services.values():
        assert "build" in service or ":" in service["image"]


def test_compose_holds_no_secret():
    text = (ROOT / "docker-compose.yml").read_text()
    for name, value in re.findall(r"(\w*(?:PASSWORD|SECRET_KEY)\w*): (.+)", text):
        assert value.startswith(f"${{{name}:?"), name
    assert "${POSTGRES_PASSWORD:?" in re.search(r"DATABASE_URL: (.+)", text)[1]


def test_the_image_is_built_in_stages_and_runs_as_nobody_special():
    parser = DockerfileParser(str(ROOT / "Dockerfile"))
    steps = [(step["instruction"], step["value"]) for step in parser.structure]
    names = [name for name, _value in steps]
    assert names.count("FROM") == 2
    assert ("USER", "10001") in steps
    assert "HEALTHCHECK" in names
    assert names.index("USER") > len(names) - 1 - names[::-1].index("FROM")
    copied = [value.split()[0] for name, value in steps if name == "COPY" and not value.startswith("--from")]
    assert all((ROOT / path).exists() for path in copied)


def test_no_file_names_a_package_host_or_a_path_of_some_machine():
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "deb." + "debian"]
    # At the root of a machine, not within an address of the site.
    paths = [rf"(?<!\w)/{folder}/" for folder in ("work", "root")]
    named = re.compile("|".join([*map(re.escape, hosts), *paths]))
    for name in tracked_files():
        path = ROOT / name
        if path.exists() and path.suffix not in (".png", ".mo"):
            assert not named.search(path.read_text()), name
