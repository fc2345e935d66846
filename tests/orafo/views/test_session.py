"""Meetings on screen, and the register by taps."""

from datetime import timedelta

import pytest

from orafo.models import Attendance, Session
from tests.factories.orafo import TODAY, CohortFactory, MembershipFactory, SessionFactory

pytestmark = pytest.mark.django_db


def values(**fields):
    return {
        "kind": "training",
        "day": "30/11/2026",
        "start_time": "9.30",
        "end_time": "12:30",
        "place": "Via Meda 20",
        "trainer": "",
    } | fields


def test_meeting_is_planned_and_told_when_asked(staff):
    member = MembershipFactory()
    url = f"{member.cohort.get_absolute_url()}incontri/nuovo/"
    assert staff.get(url).context["form"]["place"].value() == member.cohort.place
    answer = staff.post(url, values(invite="on"))
    session = Session.objects.get()
    assert answer.url == session.get_absolute_url()
    assert (f"{session.start_time:%H:%M}", member.person.notices.count()) == ("09:30", 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": "30/2/2027"}, "day"),
        ({"day": "1/1/2020"}, "day"),
        ({"start_time": "tardi"}, "start_time"),
        ({"end_time": "9"}, "end_time"),
        ({"kind": "party"}, "kind"),
        ({"place": ""}, "place"),
    ],
)
def test_wrong_meeting_is_refused_beside_the_field(staff, wrong, field):
    form = staff.post(f"{CohortFactory().get_absolute_url()}incontri/nuovo/", values(**wrong)).context["form"]
    assert list(form.errors) == [field]
    assert form["end_time"].value()
    assert not Session.objects.exists()


def test_moved_meeting_is_told(staff):
    member = MembershipFactory()
    session = SessionFactory(cohort=member.cohort)
    staff.post(f"{session.get_absolute_url()}modifica/", values(day="1/12/2026"))
    session.refresh_from_db()
    assert (f"{session.day:%d/%m}", session.sequence, member.person.notices.count()) == ("01/12", 1, 1)


def test_meeting_is_cancelled_with_a_reason(staff):
    session = SessionFactory()
    url = f"{session.get_absolute_url()}annulla/"
    assert list(staff.post(url, {"note": ""}).context["form"].errors) == ["note"]
    staff.post(url, {"note": "Aula chiusa"})
    session.refresh_from_db()
    assert session.state == Session.State.CANCELLED
    assert staff.get(f"{session.get_absolute_url()}modifica/").url == session.get_absolute_url()


def test_everybody_is_present_until_somebody_says_otherwise(staff):
    cohort = CohortFactory()
    here, late = MembershipFactory(cohort=cohort), MembershipFactory(cohort=cohort)
    session = SessionFactory(cohort=cohort, day=TODAY)
    url = f"{session.get_absolute_url()}registro/"
    form = staff.get(url).context["form"]
    assert [field.value() for _member, field in form.rows] == ["present", "present"]
    staff.post(url, {f"posto-{here.pk}": "present", f"posto-{late.pk}": "late"})
    session.refresh_from_db()
    assert session.state == Session.State.HELD
    assert dict(Attendance.objects.values_list("membership", "mark")) == {here.pk: "present", late.pk: "late"}
    staff.post(url, {f"posto-{here.pk}": "absent", f"posto-{late.pk}": "late"})
    assert dict(Attendance.objects.values_list("membership", "mark"))[here.pk] == "absent"
    assert staff.get(session.get_absolute_url()).context["came"] == 1


def test_incomplete_register_says_who_is_missing(staff):
    member = MembershipFactory()
    session = SessionFactory(cohort=member.cohort, day=TODAY)
    answer = staff.post(f"{session.get_absolute_url()}registro/", {})
    assert list(answer.context["form"].errors) == [f"posto-{member.pk}"]
    session.refresh_from_db()
    assert session.state == Session.State.PLANNED


def test_register_waits_for_the_day(staff):
    session = SessionFactory(day=TODAY + timedelta(days=1))
    assert staff.get(f"{session.get_absolute_url()}registro/").url == session.get_absolute_url()
