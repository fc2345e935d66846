from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import Municipality, TimestampedModel

from ..enums import Kind


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff see all: a caseworker's towns limit people, not partners. A contact sees the own ones, others none."""
        if user.is_authenticated and user.is_staff_member:
            return self
        return self.of_contact(user)

    def of_contact(self, user):
        """Those for which the person works, whatever else the person is."""
        if not user.is_authenticated or not user.has_role(Role.FIRM_CONTACT):
            return self.none()
        return self.filter(pk__in=user.partner_contacts.values("organisation"))

    def matching(self, text: str):
        """Part of the name, or a VAT number."""
        return self.filter(Q(name__icontains=text.strip()) | Q(vat_number=text.replace(" ", "")))

    def in_town(self, municipality):
        """With a site there."""
        return self.filter(pk__in=Site.objects.filter(municipality=municipality).values("organisation"))

    def accredited(self):
        return self.filter(state=Organisation.State.ACCREDITED)

    def referrers(self):
        """Those accredited to send people: a parish centre, a municipal service, a job centre."""
        return self.accredited().filter(may_refer=True)

    def listed(self):
        """Those shown to everybody: accredited, and they agreed."""
        return self.accredited().filter(is_listed=True)


class Organisation(TimestampedModel):
    """A partner of the network. An association without VAT number gives its numeric tax code, which checks the same way."""

    class State(models.TextChoices):
        PENDING = "pending", _("To be accredited")
        ACCREDITED = "accredited", _("Accredited")
        SUSPENDED = "suspended", _("Suspended")

    TRANSITIONS = {
        (State.PENDING, State.ACCREDITED): Transition(_("Accredit"), roles=STAFF_ROLES),
        (State.PENDING, State.SUSPENDED): Transition(_("Put on hold"), roles=STAFF_ROLES, needs_reason=True),
        (State.ACCREDITED, State.SUSPENDED): Transition(_("Suspend"), roles=STAFF_ROLES, needs_reason=True),
        (State.SUSPENDED, State.ACCREDITED): Transition(_("Accredit again"), roles=STAFF_ROLES, needs_reason=True),
    }
    TONES = {State.PENDING: "wait", State.ACCREDITED: "ok", State.SUSPENDED: "no"}
    audit_subject = None

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    vat_number = models.CharField(_("VAT number or numeric tax code"), max_length=11, blank=True)
    iban = EncryptedTextField(_("IBAN"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    certified_email = models.EmailField(_("certified e-mail (PEC)"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True, validators=[URLValidator(["http", "https"])])
    is_public_body = models.BooleanField(_("public body"), default=False)
    can_promote = models.BooleanField(_("may promote traineeships"), default=False)
    may_refer = models.BooleanField(_("may send people to the programme"), default=False)
    is_listed = models.BooleanField(_("agrees to be listed on the public page"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PENDING)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["state", "name"], name="organisation_state_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["vat_number"],
                condition=~Q(vat_number=""),
                name="one_organisation_per_vat_number",
                violation_error_message=_("There is already an organisation with this VAT number."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partners:organisation", args=[self.pk])

    @property
    def is_accredited(self) -> bool:
        return self.state == self.State.ACCREDITED


class WithinOrganisationQuerySet(models.QuerySet):
    """Rows that hang on an organisation and are reached through it."""

    def visible_to(self, user):
        if user.is_authenticated and user.is_staff_member:
            return self
        if not user.is_authenticated or not user.has_role(Role.FIRM_CONTACT):
            return self.none()
        return self.filter(organisation__in=user.partner_contacts.values("organisation"))


class Site(TimestampedModel):
    """A place of work. The number of trainees is counted per site, on the people who work there."""

    audit_subject = None

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sites", verbose_name=_("organisation"))
    name = models.CharField(_("name of the site"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="partner_sites", verbose_name=_("municipality")
    )
    headcount = models.PositiveIntegerField(_("people at work"), default=0)

    objects = WithinOrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "name", "pk"]
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="a_site_name_once_per_organisation",
                violation_error_message=_("This organisation already has a site with this name."),
            )
        ]

    def __str__(self):
        return self.name
