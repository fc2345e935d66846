from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from beneficiaries.domain.assessment import assess, courses, looks_of
from beneficiaries.enums import Area
from beneficiaries.models import Assessment, AssessmentLevel
from beneficiaries.scales import ANCHORS
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory
from tests.factories.beneficiaries_work import AssessmentFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def look(person, by, levels, *, taken_on=TODAY, is_shared=True):
    noted = {area: (level, "") for area, level in levels.items()}
    return assess(person, noted, taken_on=taken_on, is_shared=is_shared, by=by, now=NOW)


def test_every_level_of_every_area_has_its_own_words():
    words = [str(sentence) for area in Area for sentence in ANCHORS[area]]
    assert {area: len(ANCHORS[area]) for area in Area} == dict.fromkeys(Area, 5)
    assert len(set(words)) == len(words)


def test_the_course_of_an_area_says_what_changed_since_the_first(caseworker):
    person = PersonFactory()
    look(person, caseworker, {"work": 1, "home": 4}, taken_on=TODAY - timedelta(days=90))
    look(person, caseworker, {"work": 2}, taken_on=TODAY - timedelta(days=30))
    look(person, caseworker, {"work": 4, "home": 3, "social": 2})
    found = {course.area: (course.levels, course.change) for course in courses(looks_of(person))}
    assert found == {
        "work": ((1, 2, 4), 3),
        "home": ((4, None, 3), -1),
        "economy": ((None, None, None), None),
        "care": ((None, None, None), None),
        "social": ((None, None, 2), None),
    }


def test_a_second_one_on_the_same_day_corrects_the_first(caseworker):
    person = PersonFactory()
    first = look(person, caseworker, {"work": 1, "home": 2})
    second = look(person, caseworker, {"work": 3}, is_shared=False)
    assert (second.pk, second.is_shared) == (first.pk, False)
    assert [(one.area, one.level) for one in AssessmentLevel.objects.all()] == [("work", 3)]


def test_today_is_the_last_day_and_one_area_the_least(caseworker):
    person = PersonFactory()
    with pytest.raises(DomainError) as future:
        look(person, caseworker, {"work": 1}, taken_on=TODAY + timedelta(days=1))
    with pytest.raises(DomainError) as empty:
        look(person, caseworker, {})
    with pytest.raises(DomainError) as stranger:
        look(person, UserFactory(caseworker=True, towns=["015170"]), {"work": 1})
    assert [refused.value.code for refused in (future, empty, stranger)] == ["future", "empty", "not_allowed"]
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("level", [0, 6])
def test_levels_go_from_one_to_five(level, caseworker):
    person = PersonFactory()
    with pytest.raises(ValueError, match="1 to 5"):
        look(person, caseworker, {"work": level})
    assessment = AssessmentFactory(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentLevel.objects.create(assessment=assessment, area="home", level=level)


def test_the_notes_are_encrypted(caseworker):
    AssessmentFactory(levels__note="Litiga con il fratello")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM beneficiaries_assessmentlevel")
        assert "fratello" not in cursor.fetchone()[0]
