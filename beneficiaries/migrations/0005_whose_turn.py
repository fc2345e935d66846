"""Every open application says whose turn it is and by when; those there already learn it from their state."""

from datetime import timedelta

from django.db import migrations

TURNS = {
    "received": "caseworker",
    "in_review": "caseworker",
    "info_requested": "person",
    "interview": "person",
    "waiting_list": "office",
}
ANSWER_DAYS = 15


def say_whose_turn(apps, schema_editor):
    applications = apps.get_model("beneficiaries", "Application").objects.using(schema_editor.connection.alias)
    for state, ball in TURNS.items():
        applications.filter(state=state).update(ball=ball)
    applications.filter(state="interview").exclude(interviews__state="planned").update(ball="caseworker")
    applications.exclude(state__in=TURNS).update(ball="", due_on=None)
    for one in applications.filter(state__in=TURNS, due_on=None).only("received_at"):
        applications.filter(pk=one.pk).update(due_on=one.received_at.date() + timedelta(days=ANSWER_DAYS))


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0004_work")]

    operations = [migrations.RunPython(say_whose_turn, migrations.RunPython.noop, elidable=True)]
