from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.shared.models import Municipality, TimestampedModel

from .person import Person


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With a person: as the person is seen. Anonymous: those of one's towns and one's own; coordinators, all."""
        if not user.is_authenticated or not user.is_staff_member:
            return self.none()
        if user.sees_all_towns:
            return self
        if not user.has_role(Role.CASEWORKER):
            return self.none()
        here = Q(person=None) & (Q(place__in=user.municipality_codes) | Q(by=user))
        return self.filter(here | Q(person__in=Person.objects.visible_to(user).values("pk")))


class ContactEntry(TimestampedModel):
    """Somebody came, called or was advised: one line, of a person or of nobody in particular; the reports count it."""

    class Kind(models.TextChoices):
        CALL = "call", _("Phone call")
        DESK = "desk", _("Visit to the desk")
        CAFE = "cafe", _("Access to an #Op cafè")
        CONSULTATION = "consultation", _("Consultation")

    class Topic(models.TextChoices):
        """The four actions of the programme; the same words as the areas of the half-year report."""

        WORK = "work", _("Work")
        SAVINGS = "savings", _("Savings")
        HOUSING = "housing", _("Home")
        FAMILY = "family", _("Family")

    class AgeBand(models.TextChoices):
        UNDER_30 = "under_30", _("Under 30")
        FROM_30 = "30_39", _("30 to 39")
        FROM_40 = "40_49", _("40 to 49")
        FROM_50 = "50_59", _("50 to 59")
        FROM_60 = "60_up", _("60 and over")

    kind = models.CharField(_("what"), max_length=15, choices=Kind.choices)
    topic = models.CharField(_("about"), max_length=10, choices=Topic.choices, blank=True)
    day = models.DateField(_("day"))
    place = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name=_("where"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="contact_entries", verbose_name=_("person")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lives in")
    )
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("line of the contact log")
        verbose_name_plural = _("lines of the contact log")
        indexes = [
            models.Index(fields=["-day", "-id"], name="contact_newest"),
            models.Index(fields=["person", "-day"], name="contact_of_person"),
            models.Index(fields=["by", "-id"], name="contact_by"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="consultation") & ~Q(topic="") | Q(topic="") & ~Q(kind="consultation"),
                name="a_consultation_says_about_what",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=600), name="contact_of_1_to_600_minutes"
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(age_band=""), name="an_age_band_is_for_nobody_in_particular"
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def what(self) -> str:
        topic = self.get_topic_display()
        return f"{self.get_kind_display()}: {topic}" if topic else self.get_kind_display()

    @property
    def audit_subject(self):
        return self.person.audit_key if self.person_id else None
