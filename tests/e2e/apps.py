from django.apps import AppConfig


class EndToEndConfig(AppConfig):
    """A path of its own, so that worker, beat and test speak of the same invented person."""

    name = "tests.e2e"
    label = "tests_e2e"

    def ready(self):
        from oltreiperimetri.followups import paths
        from oltreiperimetri.reminders.kinds import Recipient

        paths.register(
            paths.Path(
                code="e2e.path",
                label="Percorso di prova",
                contact=lambda plan: Recipient("anna@example.org", name="Anna"),
                owner=lambda plan: None,
                town=lambda plan: None,
                is_open=lambda plan: True,
                visible_to=lambda plans, user: plans,
                subject_label=lambda plan: "Anna",
                audit_subject=lambda plan: None,
            )
        )
