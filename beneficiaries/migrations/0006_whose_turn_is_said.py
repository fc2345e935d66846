from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0005_whose_turn")]

    operations = [
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ball__in", ["person", "caseworker", "office", "partner"]),
                        ("due_on__isnull", False),
                        ("state__in", ["received", "in_review", "info_requested", "interview", "waiting_list"]),
                    ),
                    models.Q(
                        ("ball", ""),
                        ("due_on", None),
                        models.Q(
                            ("state__in", ["received", "in_review", "info_requested", "interview", "waiting_list"]),
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="open_application_says_whose_turn",
            ),
        ),
    ]
