from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from .person import OfPersonQuerySet, Person


class WorkProfile(TimestampedModel):
    """What a person can do, would like to do and when they can work, in their own words (encrypted)."""

    class Hours(models.TextChoices):
        FULL = "full", _("Full time")
        PART = "part", _("Part time")
        EITHER = "either", _("Either")

    class Italian(models.TextChoices):
        MOTHER_TONGUE = "mother_tongue", _("It is my language")
        GOOD = "good", _("I speak and write it well")
        ENOUGH = "enough", _("I manage to speak it")
        LITTLE = "little", _("I speak it a little")

    person = models.OneToOneField(Person, models.CASCADE, related_name="work_profile", verbose_name=_("person"))
    skills = EncryptedTextField(_("what the person can do"), blank=True)
    wishes = EncryptedTextField(_("what work the person would like"), blank=True)
    hours = models.CharField(_("hours"), max_length=10, choices=Hours.choices, blank=True)
    schedule_limits = EncryptedTextField(_("limits of hours and days"), blank=True)
    italian = models.CharField(_("level of Italian"), max_length=15, choices=Italian.choices, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = ["person"]
        verbose_name = _("work profile")
        verbose_name_plural = _("work profiles")

    def __str__(self):
        return str(self.person)

    @property
    def audit_subject(self):
        return self.person.audit_key
