import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0012_interviews_are_appointments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="appointments",
                to="beneficiaries.person",
                verbose_name="person",
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["state", "starts_at"], name="appointment_state"),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["host", "starts_at"], name="appointment_of_host"),
        ),
        migrations.AddIndex(
            model_name="freetime",
            index=models.Index(condition=models.Q(("withdrawn_at", None)), fields=["starts_at"], name="free_time_live"),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("booked", "honoured", "excused", "no_show"))),
                fields=("free_time", "seat"),
                name="one_person_per_seat_of_a_time",
                violation_error_message="Somebody has just taken this place.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("invited", "booked"))),
                fields=("application",),
                name="one_open_interview",
                violation_error_message="There is already an open interview for this application.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("booked", "honoured", "excused", "no_show")), _negated=True),
                    models.Q(("free_time__isnull", True), ("seat__isnull", True)),
                    models.Q(("free_time__isnull", False), ("seat__gte", 1), ("seat__isnull", False), ("seat__lte", 12)),
                    _connector="OR",
                ),
                name="who_comes_at_a_published_time_has_a_seat",
                violation_error_message="A seat has a number from 1 to 12.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("booked", "honoured", "excused", "no_show")), _negated=True),
                    ("starts_at__isnull", False),
                    _connector="OR",
                ),
                name="who_is_expected_knows_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "invited"), _negated=True),
                    models.Q(("choose_by__isnull", False), ("invited_at__isnull", False), ("starts_at__isnull", True)),
                    _connector="OR",
                ),
                name="who_is_invited_has_a_day_to_choose_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="freetime",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("host", "starts_at"),
                name="a_host_is_at_one_place_at_a_time",
                violation_error_message="This colleague already has a free time at this hour.",
            ),
        ),
        migrations.AddConstraint(
            model_name="freetime",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gte", 1), ("capacity__lte", 12)),
                name="free_time_has_one_to_twelve_seats",
                violation_error_message="A free time has from 1 to 12 places.",
            ),
        ),
        migrations.AddConstraint(
            model_name="freetime",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="free_time_ends_after_it_starts"
            ),
        ),
    ]
