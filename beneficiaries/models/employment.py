from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import LossReason
from .person import OfPersonQuerySet, Person


class EmploymentSpell(TimestampedModel):
    """A stretch of work of a person, both days included; without `ended_on` it still goes on.

    Traineeships are no work and are not written here. Employer and role are free words of the person, encrypted.
    """

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", _("As an employee")
        SELF_EMPLOYED = "self_employed", _("On one's own account")

    person = models.ForeignKey(Person, models.CASCADE, related_name="spells", verbose_name=_("person"))
    kind = models.CharField(_("kind of work"), max_length=15, choices=Kind.choices, default=Kind.EMPLOYEE)
    employer = EncryptedTextField(_("firm, or kind of firm"), blank=True)
    role = EncryptedTextField(_("what the work was"), blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("to"), null=True, blank=True)
    ended_how = models.CharField(_("how it ended"), max_length=20, choices=LossReason.choices, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = [F("ended_on").desc(nulls_first=True), F("started_on").desc(nulls_last=True), "-pk"]
        verbose_name = _("stretch of work")
        verbose_name_plural = _("stretches of work")
        indexes = [models.Index(fields=["person", "ended_on"], name="spell_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="spell_ends_after_it_starts",
                violation_error_message=_("The work cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=False) | Q(ended_on__isnull=False),
                name="spell_has_a_day",
                violation_error_message=_("Write at least one of the two days: the beginning or the end."),
            ),
        ]

    def __str__(self):
        first = self.started_on.strftime("%d/%m/%Y") if self.started_on else "…"
        last = self.ended_on.strftime("%d/%m/%Y") if self.ended_on else "…"
        return f"{self.get_kind_display()}: {first} – {last}"

    @property
    def audit_subject(self):
        return self.person.audit_key
