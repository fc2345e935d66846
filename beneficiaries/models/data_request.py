from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel


class DataRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=DataRequest.State.OPEN)


class DataRequest(TimestampedModel):
    """Somebody asks that what we keep is corrected or erased; the law gives a month (GDPR, art. 12.3).

    Once the person is erased the row stays without them, as the proof of what was asked, when, and how it was answered.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correct my data")
        ERASURE = "erasure", _("Erase my data")

    class State(models.TextChoices):
        OPEN = "open", _("To be answered")
        GRANTED = "granted", _("Done")
        REFUSED = "refused", _("Not possible")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    TRANSITIONS = {
        (State.OPEN, State.GRANTED): Transition(_("Done"), roles=ALL_TOWNS_ROLES),
        (State.OPEN, State.REFUSED): Transition(_("Not possible"), roles=ALL_TOWNS_ROLES, needs_reason=True),
        (State.OPEN, State.WITHDRAWN): Transition(_("Take it back")),
    }
    TONES = {State.OPEN: "wait", State.GRANTED: "ok", State.REFUSED: "no", State.WITHDRAWN: "quiet"}

    person = models.ForeignKey(
        "beneficiaries.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="data_requests",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("what is asked"), max_length=12, choices=Kind.choices)
    text = EncryptedTextField(_("in their words"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked at"))
    due_on = models.DateField(_("answer by"))
    extended_at = models.DateTimeField(_("extended at"), null=True, blank=True)
    extension_reason = EncryptedTextField(_("why it takes longer"), blank=True)
    answer = EncryptedTextField(_("our answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("request about one's data")
        verbose_name_plural = _("requests about one's data")
        indexes = [models.Index(fields=["state", "due_on"], name="data_request_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state="open"),
                name="one_open_request_of_a_kind",
                violation_error_message=_("This request is already with us."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | Q(answered_at__isnull=False) & ~Q(state="open"),
                name="a_closed_request_has_its_day",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def audit_subject(self):
        return self.person.audit_key if self.person_id else None

    def get_absolute_url(self):
        return reverse("beneficiaries:data_request", args=[self.pk])
