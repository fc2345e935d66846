"""The interviews of before get their person, their host and the outcomes of appointments; the #Op cafès become places."""

from datetime import timedelta

from django.conf import settings
from django.db import migrations
from django.db.models import F, OuterRef, Subquery

STATES = {"planned": "booked", "held": "honoured", "missed": "no_show", "cancelled": "cancelled_by_office"}
USUAL_LENGTH = timedelta(minutes=45)


def to_appointments(apps, schema_editor):
    Appointment, Application = (apps.get_model("beneficiaries", name) for name in ("Appointment", "Application"))
    application = Application.objects.filter(pk=OuterRef("application"))
    Appointment.objects.update(
        person=Subquery(application.values("person")[:1]),
        host=Subquery(application.values("owner")[:1]),
        ends_at=F("starts_at") + USUAL_LENGTH,
        booked_at=F("created_at"),
        told_at=F("created_at"),
    )
    rename(apps, STATES, "beneficiaries.interview", "beneficiaries.appointment")


def rename(apps, states, old_type, new_type):
    Appointment = apps.get_model("beneficiaries", "Appointment")
    StateChange = apps.get_model("audit", "StateChange")
    history = StateChange.objects.filter(object_type=old_type)
    for before, after in states.items():
        Appointment.objects.filter(state=before).update(state=after)
        history.filter(from_state=before).update(from_state=after)
        history.filter(to_state=before).update(to_state=after)
    history.update(object_type=new_type)


def to_interviews(apps, schema_editor):
    """Appointments without application or day have no place among interviews: they must not be there."""
    Appointment = apps.get_model("beneficiaries", "Appointment")
    Appointment.objects.filter(application=None).delete()
    Appointment.objects.filter(starts_at=None).delete()
    Appointment.objects.filter(state="excused").update(state="no_show")
    Appointment.objects.filter(state="cancelled_by_person").update(state="cancelled_by_office")
    back = {after: before for before, after in STATES.items()}
    rename(apps, back, "beneficiaries.appointment", "beneficiaries.interview")


def open_cafes(apps, schema_editor):
    MeetingPlace = apps.get_model("beneficiaries", "MeetingPlace")
    towns = dict(apps.get_model("shared", "Municipality").objects.values_list("name", "pk"))
    for town in settings.OP_CAFES:
        MeetingPlace.objects.get_or_create(name=f"#Op cafè {town}", defaults={"municipality_id": towns.get(town)})


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0011_appointments"),
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(to_appointments, to_interviews),
        migrations.RunPython(open_cafes, migrations.RunPython.noop),
    ]
