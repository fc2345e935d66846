from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import Municipality, TimestampedModel

from .organisation import Organisation, WithinOrganisationQuerySet


class ContactQuerySet(WithinOrganisationQuerySet):
    def tutors(self):
        return self.filter(is_tutor=True)


class Contact(TimestampedModel):
    """Somebody who works for an organisation; with an account once the invitation is accepted."""

    audit_subject = None

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts", verbose_name=_("organisation"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="partner_contacts",
        verbose_name=_("account"),
    )
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    position = models.CharField(_("position"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    is_tutor = models.BooleanField(_("can be a host tutor"), default=False)
    is_legal_representative = models.BooleanField(_("legal representative"), default=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=~Q(email=""),
                name="a_contact_once_per_organisation",
                violation_error_message=_("This address already belongs to a contact of the organisation."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(user__isnull=False),
                name="an_account_once_per_organisation",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class JoinRequestQuerySet(WithinOrganisationQuerySet):
    def open(self):
        return self.filter(handled_at=None)


class JoinRequest(TimestampedModel):
    """Somebody signed up an organisation that is already here: staff decide whether to invite them."""

    audit_subject = None

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="join_requests", verbose_name=_("organisation")
    )
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    position = models.CharField(_("position"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("handled by")
    )
    was_invited = models.BooleanField(_("was invited"), default=False)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request to join an organisation")
        verbose_name_plural = _("requests to join an organisation")

    def __str__(self):
        return f"{self.first_name} {self.last_name}"


class MentorProfile(TimestampedModel):
    """What a mentor offers, and how much time."""

    audit_subject = None

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentor_profile", verbose_name=_("account")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentors",
        verbose_name=_("organisation"),
    )
    topics = models.TextField(_("what I can help with"), max_length=600, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    hours_per_month = models.PositiveSmallIntegerField(_("hours a month"), null=True, blank=True)
    is_available = models.BooleanField(_("available now"), default=True)

    class Meta:
        ordering = ["user__last_name", "user__first_name", "pk"]
        verbose_name = _("mentor's profile")
        verbose_name_plural = _("mentors' profiles")

    def __str__(self):
        return str(self.user)
