"""A list of people that comes from elsewhere: uploaded, looked at row by row, then written down one row at a time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedJSONField
from oltreiperimetri.shared.models import TimestampedModel

from .person import Person

DELETE = Transition(_("Delete the content"))


class PeopleImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; coordinators see all."""
        if not user.is_authenticated or not user.is_staff_member:
            return self.none()
        return self if user.sees_all_towns else self.filter(uploaded_by=user)


class PeopleImport(TimestampedModel):
    """`headers` and the cells of the rows are encrypted, and deleted some weeks after; what remains is how many."""

    class State(models.TextChoices):
        COLUMNS = "columns", _("Columns to be matched")
        PREVIEW = "preview", _("To be confirmed")
        RUNNING = "running", _("Being written down")
        DONE = "done", _("Written down")
        PURGED = "purged", _("Content deleted")

    TRANSITIONS = {
        (State.COLUMNS, State.PREVIEW): Transition(_("Match the columns"), roles=STAFF_ROLES),
        (State.PREVIEW, State.COLUMNS): Transition(_("Match the columns again"), roles=STAFF_ROLES),
        (State.PREVIEW, State.RUNNING): Transition(_("Write down the chosen rows"), roles=STAFF_ROLES),
        (State.RUNNING, State.DONE): Transition(_("All chosen rows are written")),
        (State.DONE, State.RUNNING): Transition(_("Try again those that failed"), roles=STAFF_ROLES),
        (State.COLUMNS, State.PURGED): DELETE,
        (State.PREVIEW, State.PURGED): DELETE,
        (State.DONE, State.PURGED): DELETE,
    }
    TONES = {State.COLUMNS: "wait", State.PREVIEW: "wait", State.RUNNING: "info", State.DONE: "ok", State.PURGED: "quiet"}
    audit_subject = None

    name = models.CharField(_("file"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.COLUMNS)
    headers = EncryptedJSONField(_("headers"), null=True, blank=True)
    columns = models.JSONField(_("what each column is"), default=list)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("import of a list")
        verbose_name_plural = _("imports of lists")
        indexes = [models.Index(fields=["state", "uploaded_at"], name="people_import_state")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("beneficiaries:import", args=[self.pk])


class ImportRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(people_import__in=PeopleImport.objects.visible_to(user).values("pk"))


class ImportRow(models.Model):
    """One line: what would happen to it (`verdict`), and how far it has come (`state`)."""

    class Verdict(models.TextChoices):
        CREATE = "create", _("New person")
        UPDATE = "update", _("Changes a file")
        SAME = "same", _("Already as in the file")
        ERROR = "error", _("To be corrected")

    class State(models.TextChoices):
        WAITING = "waiting", _("Not chosen")
        CHOSEN = "chosen", _("Chosen")
        WRITTEN = "written", _("Written down")
        FAILED = "failed", _("Failed")

    TONES = {State.WAITING: "quiet", State.CHOSEN: "wait", State.WRITTEN: "ok", State.FAILED: "no"}

    people_import = models.ForeignKey(PeopleImport, models.CASCADE, related_name="rows", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line of the file"))
    cells = EncryptedJSONField(_("cells"), null=True, blank=True)
    verdict = models.CharField(_("what happens"), max_length=10, choices=Verdict.choices, default=Verdict.ERROR)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    problems = EncryptedJSONField(_("what is wrong"), null=True, blank=True)
    differences = EncryptedJSONField(_("what changes"), null=True, blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="import_rows", verbose_name=_("person")
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["line"]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        indexes = [models.Index(fields=["people_import", "state"], name="import_row_state")]
        constraints = [
            models.UniqueConstraint(fields=["people_import", "line"], name="a_line_once_per_import"),
            models.CheckConstraint(
                condition=~Q(state="written") | ~Q(verdict="error"), name="a_written_row_is_not_an_error"
            ),
        ]

    def __str__(self):
        return str(self.line)
