from datetime import UTC, date, datetime

import pytest

from beneficiaries.domain.assignment import assign
from beneficiaries.domain.colleagues import allow_export, set_absence
from beneficiaries.domain.hand_over import TownFiles, hand_over, preview, terms_of
from beneficiaries.domain.staff import staff_for
from beneficiaries.models import Application, Note, Person, TeamMember
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DAY = date(2026, 11, 25)
PERO = "015170"


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


@pytest.fixture
def leaving():
    return UserFactory(caseworker=True, towns=[RHO, PERO])


def test_the_preview_counts_by_town_what_is_open_or_admitted(leaving):
    ApplicationFactory(owner=leaving)
    ApplicationFactory(owner=leaving, admitted=True)
    ApplicationFactory(owner=leaving, person__municipality_id=None, person__other_town="Milano")
    ApplicationFactory(owner=leaving, state="withdrawn", decided_at=NOW)
    ApplicationFactory()

    rows = preview(leaving)

    assert [(row.code, row.applications, row.admitted, row.cases) for row in rows] == [(RHO, 2, 1, 0), ("", 1, 0, 0)]
    assert isinstance(rows[0], TownFiles)


def test_files_pass_town_by_town_with_note_team_and_history(leaving, coordinator):
    taker = UserFactory(caseworker=True, towns=[RHO])
    mine, stays = ApplicationFactory(), ApplicationFactory(person__municipality_id=PERO)
    for one in (mine, stays):
        assign(one, leaving, by=coordinator, now=NOW)
    TeamMember.objects.create(person=mine.person, user=leaving, role="caseworker", since=DAY)

    done = hand_over(leaving, {RHO: taker}, "Chiamare dopo le 18.", by=coordinator, now=NOW)

    assert ([row.outcome for row in done.rows], done.left) == (["done"], 0)
    assert dict(Application.objects.values_list("pk", "owner")) == {mine.pk: taker.pk, stays.pk: leaving.pk}
    assert Note.objects.get(person=mine.person).text == "Chiamare dopo le 18."
    assert list(TeamMember.objects.now().values_list("user", flat=True)) == [taker.pk]
    terms = terms_of(Application.objects.get(pk=mine.pk))
    assert [(term.owner, term.by) for term in terms] == [(leaving, coordinator), (taker, coordinator)]
    assert terms[0].until == terms[1].since


def test_a_colleague_of_another_town_is_refused_row_by_row(leaving, coordinator):
    ApplicationFactory(owner=leaving)
    done = hand_over(leaving, {RHO: UserFactory(caseworker=True, towns=[PERO])}, "Nota", by=coordinator, now=NOW)
    assert [row.outcome for row in done.rows] == ["refused"]
    assert Application.objects.get().owner == leaving


def test_only_the_leaving_colleague_and_coordinators_hand_over(leaving):
    ApplicationFactory(owner=leaving)
    other = UserFactory(caseworker=True, towns=[RHO])
    with pytest.raises(DomainError):
        hand_over(leaving, {RHO: other}, "Nota", by=other, now=NOW)
    assert hand_over(leaving, {RHO: other}, "Nota", by=leaving, now=NOW).rows[0].outcome == "done"


def test_the_cover_sees_and_gets_what_the_absent_one_gets_until_the_last_day(leaving, coordinator):
    cover = UserFactory(caseworker=True)
    application = ApplicationFactory(owner=leaving, person__municipality_id=PERO)
    assert not Person.objects.visible_to(cover).exists()

    today = datetime.now(UTC)
    set_absence(leaving, until=today.date(), cover=cover, by=leaving, now=today)
    cover.__dict__.pop("municipality_codes", None)

    assert list(Application.objects.visible_to(cover)) == [application]
    assert staff_for(application.person) == [cover]
    leaving.refresh_from_db()
    assert leaving.answering_on(leaving.absent_until) == cover
    assert leaving.answering_on(date(9999, 1, 1)) == leaving


def test_nobody_is_covered_by_somebody_away_or_gives_the_export_right_to_themselves(leaving, coordinator):
    away = UserFactory(caseworker=True, absent_until=date(2026, 12, 31))
    with pytest.raises(DomainError):
        set_absence(leaving, until=date(2026, 12, 1), cover=away, by=leaving, now=NOW)
    with pytest.raises(DomainError):
        allow_export(coordinator, allowed=True, by=coordinator, now=NOW)
    allow_export(leaving, allowed=False, by=coordinator, now=NOW)
    leaving.refresh_from_db()
    assert leaving.may_export is False
