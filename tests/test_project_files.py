"""What stands in the root says what the code does: variables, services, image, licence, catalogue, changes."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from django.conf import settings as django_settings

from oltreiperimetri import __version__

ROOT = Path(__file__).parent.parent
READS = re.compile(r'(?:\benv(?:\.[a-z]+)?|kept_secret|required_in_production)\(\s*"([A-Z_]+)"')
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def text(name: str) -> str:
    return (ROOT / name).read_text()


def variables_of_settings() -> set[str]:
    return set(READS.findall(text("oltreiperimetri/settings.py")))


def test_the_example_names_every_variable_and_no_other():
    named = re.findall(r"^#([A-Z_]+)=", text(".env.example"), re.MULTILINE)
    assert sorted(named) == sorted(variables_of_settings())


def test_every_variable_of_the_example_is_explained():
    lines = text(".env.example").splitlines()
    alone = [line for before, line in pairwise(lines) if re.match(r"#[A-Z_]+=", line) and not before.startswith("#")]
    assert alone == []


def test_the_example_can_be_copied_as_it_is():
    """Only comments: nothing is set by copying it."""
    assert [line for line in text(".env.example").splitlines() if line and not line.startswith("#")] == []


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load(text("compose.yaml"))


def test_compose_starts_what_the_portal_needs(compose):
    services = compose["services"]
    assert {"database", "queue", "web", "worker", "beat", "mail"} <= set(services)
    assert "postgres" in services["database"]["image"]
    assert "redis" in services["queue"]["image"]
    assert "beat" in services["beat"]["command"]
    assert "worker" in services["worker"]["command"]
    assert "oltreiperimetri" in services["worker"]["command"]
    assert "gunicorn" in text("Dockerfile").splitlines()[-1]
    assert "command" not in services["web"]


@pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate"])
def test_compose_names_only_variables_that_the_settings_read(compose, name):
    assert set(compose["services"][name]["environment"]) <= variables_of_settings()


def test_compose_gives_production_all_that_it_requires(compose):
    required = set(re.findall(r'(?:required_in_production|kept_secret)\("([A-Z_]+)"', text("oltreiperimetri/settings.py")))
    assert required | {"DJANGO_ENV", "DATABASE_URL", "REDIS_URL"} <= set(compose["services"]["web"]["environment"])
    assert compose["services"]["web"]["environment"]["DJANGO_ENV"] == "production"


def test_compose_reaches_its_own_services(compose):
    environment = compose["services"]["web"]["environment"]
    hosts = {
        variable: re.search(r"[@/-]([a-z]+):\d+", environment[variable])[1] for variable in ("DATABASE_URL", "REDIS_URL")
    }
    hosts["EMAIL_URL"] = re.search(r"//([a-z]+):\d+", environment["EMAIL_URL"])[1]
    assert hosts == {"DATABASE_URL": "database", "REDIS_URL": "queue", "EMAIL_URL": "mail"}
    assert set(hosts.values()) <= set(compose["services"])


def test_compose_keeps_its_data_on_volumes_and_tells_no_secret(compose):
    used = {mount.split(":")[0] for service in compose["services"].values() for mount in service.get("volumes", [])}
    assert used == set(compose["volumes"])
    environment = compose["services"]["web"]["environment"]
    assert all(environment[name].startswith("${") for name in ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEY"))


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, rest), continued lines joined."""
    lines = [line for line in text("Dockerfile").splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def test_the_image_is_slim_in_two_steps_and_runs_without_rights():
    bases = [rest for name, rest in instructions() if name == "FROM"]
    assert len(bases) == 2
    assert all("slim" in base for base in bases)
    after_build = instructions()[[name for name, _ in instructions()].index("FROM", 1) :]
    assert [rest for name, rest in after_build if name == "USER"] == ["portal"]
    assert "requirements-dev" not in text("Dockerfile")


def test_the_image_holds_every_app_and_nothing_that_is_not_there():
    copied = [rest.split()[:-1] for name, rest in instructions() if name == "COPY" and not rest.startswith("--from")]
    sources = {source for names in copied for source in names}
    ours = {name.split(".")[0] for name in django_settings.INSTALLED_APPS if (ROOT / name.split(".")[0]).is_dir()}
    assert ours | {"templates", "static", "locale", "manage.py"} <= sources
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_image_sets_only_variables_that_the_settings_read():
    ours = {"VAR_DIR", "MEDIA_ROOT"}
    assert ours <= variables_of_settings()
    built_with = re.search(
        r"DJANGO_ENV=production(.*?)python manage.py", re.sub(r"\\\n", " ", text("Dockerfile")), re.DOTALL
    )
    assert set(re.findall(r"([A-Z_]+)=", built_with[1])) <= variables_of_settings()


def test_one_version_everywhere():
    catalogue = yaml.safe_load(text("publiccode.yml"))
    assert {PROJECT["version"], catalogue["softwareVersion"]} == {__version__}
    assert f"## {__version__}" in text("CHANGELOG.md")


def test_the_licence_is_the_eupl():
    licence = text("LICENSE")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
    assert [f"\n{number}." in licence for number in range(1, 16)] == [True] * 15
    assert PROJECT["license"] == "EUPL-1.2"


@pytest.fixture(scope="module")
def catalogue() -> dict:
    return yaml.safe_load(text("publiccode.yml"))


class TestPubliccode:
    """The keys that version 0.4 of the standard demands, and the limits of their values."""

    CATEGORIES = {"workflow-management", "event-management", "contact-management", "talent-management"}  # of its list

    def test_the_keys_are_all_there(self, catalogue):
        mandatory = {"name", "url", "releaseDate", "platforms", "categories", "developmentStatus", "softwareType"}
        sections = {"description", "legal", "maintenance", "localisation", "publiccodeYmlVersion"}
        assert mandatory | sections <= set(catalogue)
        assert catalogue["publiccodeYmlVersion"] == "0.4"

    def test_the_values_are_of_the_lists(self, catalogue):
        assert catalogue["softwareType"] == "standalone/web"
        assert catalogue["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
        assert set(catalogue["categories"]) <= self.CATEGORIES
        assert catalogue["legal"]["license"] == "EUPL-1.2"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", catalogue["releaseDate"])
        assert catalogue["url"].startswith("https://")

    def test_maintenance_names_whom_its_kind_demands(self, catalogue):
        maintenance = catalogue["maintenance"]
        demanded = {"internal": "contacts", "community": "contacts", "contract": "contractors", "none": None}
        needed = demanded[maintenance["type"]]
        assert needed is None or maintenance[needed]

    @pytest.mark.parametrize("language", ["it", "en"])
    def test_descriptions_have_the_asked_length(self, catalogue, language):
        description = catalogue["description"][language]
        assert 0 < len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert 5 <= len(description["features"]) <= 20

    def test_languages_and_pictures_exist(self, catalogue):
        assert catalogue["localisation"]["localisationReady"] is True
        assert catalogue["localisation"]["availableLanguages"] == [code for code, _ in django_settings.LANGUAGES]
        pictures = [catalogue["logo"], *catalogue["description"]["it"]["screenshots"]]
        assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []
