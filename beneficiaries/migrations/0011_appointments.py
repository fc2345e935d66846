"""An interview becomes an appointment: the same rows, with whose they are and what they are for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("interview", "Interview"),
    ("talk", "Talk"),
    ("assessment", "Looking together at where you are"),
    ("papers", "Help with papers"),
    ("budget", "Family budget"),
]
STATES = [
    ("invited", "Invited, no day yet"),
    ("booked", "Booked"),
    ("honoured", "They met"),
    ("excused", "Absent, with notice"),
    ("no_show", "Did not come"),
    ("cancelled_by_person", "Cancelled by the person"),
    ("cancelled_by_office", "Cancelled by us"),
]
FIRST_AND_LAST = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
    ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
]


def colleague(name: str, on_delete=django.db.models.deletion.SET_NULL, related_name: str = "+", **null):
    return models.ForeignKey(
        on_delete=on_delete, related_name=related_name, to=settings.AUTH_USER_MODEL, verbose_name=name, **null
    )


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0010_registration"),
        ("shared", "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="interview", name="one_planned_interview"),
        migrations.RemoveIndex(model_name="interview", name="interview_state"),
        migrations.RenameModel("Interview", "Appointment"),
        migrations.AlterModelOptions(
            name="appointment",
            options={
                "ordering": ["-starts_at", "-pk"],
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
            },
        ),
        migrations.CreateModel(
            name="MeetingPlace",
            fields=[
                *FIRST_AND_LAST,
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("address", models.CharField(blank=True, max_length=150, verbose_name="address")),
                ("directions", models.CharField(blank=True, max_length=300, verbose_name="how to get there")),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shared.municipality",
                        verbose_name="town",
                    ),
                ),
            ],
            options={
                "verbose_name": "place where we meet",
                "verbose_name_plural": "places where we meet",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="FreeTime",
            fields=[
                *FIRST_AND_LAST,
                ("kind", models.CharField(choices=KINDS, max_length=12, verbose_name="what for")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                ("capacity", models.PositiveSmallIntegerField(default=1, verbose_name="places")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
                ("host", colleague("with whom", django.db.models.deletion.PROTECT, "free_times")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="free_times",
                        to="beneficiaries.meetingplace",
                        verbose_name="place",
                    ),
                ),
            ],
            options={"verbose_name": "free time", "verbose_name_plural": "free times", "ordering": ["starts_at", "pk"]},
        ),
        migrations.AddField(
            model_name="appointment",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="appointments",
                to="beneficiaries.person",
                verbose_name="person",
            ),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="interviews",
                to="beneficiaries.application",
                verbose_name="application",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="kind",
            field=models.CharField(choices=KINDS, default="interview", max_length=12, verbose_name="what for"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="appointment",
            name="state",
            field=models.CharField(choices=STATES, max_length=20, verbose_name="state"),
        ),
        migrations.AddField("appointment", "host", colleague("with whom", null=True, blank=True)),
        migrations.AddField(
            model_name="appointment",
            name="free_time",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="beneficiaries.freetime",
                verbose_name="published time",
            ),
        ),
        migrations.AddField(
            "appointment", "seat", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="seat")
        ),
        migrations.AlterField(
            "appointment", "starts_at", models.DateTimeField(blank=True, null=True, verbose_name="day and time")
        ),
        migrations.AddField("appointment", "ends_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
        migrations.AlterField("appointment", "place", models.CharField(blank=True, max_length=150, verbose_name="place")),
        migrations.AddField(
            "appointment",
            "sequence",
            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="times changed"),
        ),
        migrations.AddField(
            "appointment", "invited_at", models.DateTimeField(blank=True, null=True, verbose_name="invited at")
        ),
        migrations.AddField("appointment", "invited_by", colleague("invited by", null=True, blank=True)),
        migrations.AddField(
            "appointment", "choose_by", models.DateField(blank=True, null=True, verbose_name="last day to choose")
        ),
        migrations.AddField(
            "appointment", "booked_at", models.DateTimeField(blank=True, null=True, verbose_name="booked at")
        ),
        migrations.AddField(
            "appointment", "told_at", models.DateTimeField(blank=True, null=True, verbose_name="last written to at")
        ),
    ]
