import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.desk import Tab
from oltreiperimetri.shared.models import Municipality, TimestampedModel

from ..enums import Language
from . import reach


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.people(self, user)


class OfPersonQuerySet(models.QuerySet):
    """Rows that belong to one person: who may see the person may see them."""

    def visible_to(self, user):
        return reach.about_people(self, user, "person")


class Person(TimestampedModel):
    class ContactBy(models.TextChoices):
        PHONE = "phone", _("By phone")
        EMAIL = "email", _("By e-mail")
        SMS = "sms", _("By text message")
        PAPER = "paper", _("By letter")

    class Sex(models.TextChoices):
        FEMALE = "F", _("Female")
        MALE = "M", _("Male")

    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    tax_code = EncryptedTextField(_("tax code"), blank=True)
    tax_code_index = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("town")
    )
    other_town = models.CharField(_("other town"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    resident_since = models.DateField(_("lives there since"), null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("account")
    )
    audit_key = models.UUIDField(_("key in the record of acts"), unique=True, null=True, default=uuid.uuid4, editable=False)
    contact_by = models.CharField(_("prefers to be reached"), max_length=10, choices=ContactBy.choices, blank=True)
    preferred_language = models.CharField(
        _("language in which to speak"), max_length=5, choices=Language.choices, blank=True
    )
    household_told_on = models.DateField(_("household told on"), null=True, blank=True)
    has_licence = models.BooleanField(_("has a driving licence"), null=True)
    has_car = models.BooleanField(_("has a car"), null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        indexes = [models.Index(fields=["birth_date"], name="person_birth_date")]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}"

    @property
    def audit_subject(self):
        return self.audit_key

    def get_absolute_url(self):
        return reverse("portal:person", args=[self.pk])

    def tab_url(self, tab: Tab) -> str:
        """The address of one sheet of the file."""
        return f"{self.get_absolute_url()}?scheda={tab.value}"
