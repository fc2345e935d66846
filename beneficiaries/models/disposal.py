from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel


class HoldQuerySet(models.QuerySet):
    def on(self, day: date):
        """Those in force on a day; the last one is included."""
        return self.filter(until__gte=day, lifted_at=None)


class Hold(TimestampedModel):
    """Why the file of somebody is kept beyond its term, and until when: an appeal, an inspection, a debt to settle."""

    person = models.ForeignKey("beneficiaries.Person", models.CASCADE, related_name="holds", verbose_name=_("person"))
    reason = EncryptedTextField(_("why it is kept"))
    until = models.DateField(_("kept until"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    at = models.DateTimeField(_("decided at"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        verbose_name = _("hold on a file")
        verbose_name_plural = _("holds on files")

    def __str__(self):
        return _("Kept until %(day)s") % {"day": self.until.strftime("%d/%m/%Y")}

    @property
    def audit_subject(self):
        return self.person.audit_key


class Disposal(TimestampedModel):
    """The erasing of one person's file: proposed by one coordinator, carried out by another, kept as a proof.

    What is left afterwards names nobody: the ground, the term, who decided, and how many rows of each table went.
    """

    class Ground(models.TextChoices):
        REJECTED = "rejected", _("Application not admitted or withdrawn")
        CASE_CLOSED = "case_closed", _("Path ended")
        REQUEST = "request", _("The person asked for it")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("To be approved")
        DONE = "done", _("Erased")
        REFUSED = "refused", _("Not erased")

    TRANSITIONS = {
        (State.PROPOSED, State.DONE): Transition(_("Approve and erase"), roles=ALL_TOWNS_ROLES),
        (State.PROPOSED, State.REFUSED): Transition(_("Do not erase"), roles=ALL_TOWNS_ROLES, needs_reason=True),
    }
    TONES = {State.PROPOSED: "wait", State.DONE: "ok", State.REFUSED: "quiet"}

    person = models.ForeignKey(
        "beneficiaries.Person", models.SET_NULL, null=True, blank=True, related_name="disposals", verbose_name=_("person")
    )
    request = models.ForeignKey(
        "beneficiaries.DataRequest",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="disposals",
        verbose_name=_("asked with"),
    )
    ground = models.CharField(_("ground"), max_length=12, choices=Ground.choices)
    due_on = models.DateField(_("due since"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    erased = models.JSONField(_("rows erased"), default=dict)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("disposal")
        verbose_name_plural = _("disposals")
        indexes = [models.Index(fields=["state", "proposed_at"], name="disposal_state")]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="proposed"), name="one_open_disposal_per_person"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="a_second_person_erases",
            ),
            models.CheckConstraint(condition=~Q(state="done") | Q(person=None), name="what_is_erased_names_nobody"),
        ]

    def __str__(self):
        return _("Disposal %(number)s") % {"number": self.pk}

    @property
    def audit_subject(self):
        return self.person.audit_key if self.person_id else None

    def get_absolute_url(self):
        return reverse("beneficiaries:disposals")
