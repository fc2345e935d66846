import pytest

from beneficiaries.domain.search import index_person, matching, words_of
from beneficiaries.models import Person
from oltreiperimetri.shared.crypto import blind_index
from tests.factories.beneficiaries import ApplicationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_accents_case_and_apostrophes_fall():
    assert words_of("NICCOLO' Dell’Orto-De Sanctìs") == ["niccolo", "dellorto", "de", "sanctis"]


@pytest.fixture
def niccolo():
    person = PersonFactory(
        first_name="Niccolò",
        last_name="D'Angelo",
        phone="+39 333 1234567",
        email="nico@example.org",
        tax_code="DNGNCL75C10H264X",
        tax_code_index=blind_index("DNGNCL75C10H264X", purpose="tax_code"),
    )
    index_person(person)
    other = PersonFactory(first_name="Anna", last_name="Rossi", phone="+39 02 9999999", email="anna@example.org")
    index_person(other)
    return person


@pytest.mark.parametrize(
    "text",
    [
        "niccolo",
        "NICCOLO'",
        "dangelo",
        "d'angelo nic",
        "angelo",
        "D’Angelo Niccolò",
        "333 123",
        "+39 333 1234567",
        "3331234567",
        "nico@ex",
        "dngncl75c10h264x",
        " DNGNCL75 C10 H264X ",
    ],
)
def test_a_person_is_found_by_what_one_remembers(niccolo, text):
    assert list(matching(Person.objects.all(), text)) == [niccolo]


def test_a_person_is_found_by_the_number_of_the_application(niccolo):
    ApplicationFactory(person=niccolo, number="ORF-2026-0012")
    assert list(matching(Person.objects.all(), "orf 2026 12")) == [niccolo]


@pytest.mark.parametrize("text", ["iccolo", "DNGNCL75C10H264Y", "dngncl75", "°°°", "niccolo rossi"])
def test_nothing_else_is_found(niccolo, text):
    assert list(matching(Person.objects.all(), text)) == []


def test_a_changed_name_is_found_and_the_old_one_is_not(niccolo):
    niccolo.last_name = "Verdi"
    index_person(niccolo)
    assert list(matching(Person.objects.all(), "verdi")) == [niccolo]
    assert list(matching(Person.objects.all(), "dangelo")) == []
