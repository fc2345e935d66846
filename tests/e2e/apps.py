from django.apps import AppConfig


class EndToEndConfig(AppConfig):
    """Paths of its own, so that worker, beat and test speak of the same invented people."""

    name = "tests.e2e"
    label = "tests_e2e"

    def ready(self):
        from oltreiperimetri.followups import paths
        from oltreiperimetri.reminders.kinds import Recipient

        def register(code, contact):
            paths.register(
                paths.Path(
                    code=code,
                    label="Percorso di prova",
                    contact=contact,
                    owner=lambda plan: None,
                    town=lambda plan: None,
                    is_open=lambda plan: True,
                    visible_to=lambda plans, user: plans,
                    subject_label=lambda plan: "Anna",
                    audit_subject=lambda plan: None,
                )
            )

        register("e2e.path", lambda plan: Recipient("anna@example.org", name="Anna"))
        register("e2e.crowd", lambda plan: Recipient(f"p{plan.pk}@example.org", name="Anna"))
