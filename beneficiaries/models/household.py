from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import TimestampedModel

from .person import OfPersonQuerySet, Person


class HouseholdMember(TimestampedModel):
    """Somebody of a person's family. No name and no full date: a relation and a year are enough to count."""

    class Relation(models.TextChoices):
        PARTNER = "partner", _("Husband, wife or partner")
        CHILD = "child", _("Child")
        PARENT = "parent", _("Parent")
        SIBLING = "sibling", _("Brother or sister")
        RELATIVE = "relative", _("Another relative")
        OTHER = "other", _("Somebody else")

    person = models.ForeignKey(Person, models.CASCADE, related_name="household", verbose_name=_("person"))
    relation = models.CharField(_("relation"), max_length=10, choices=Relation.choices)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    is_dependant = models.BooleanField(_("supported by the person"), null=True, blank=True)
    lives_in = models.BooleanField(_("lives in the same home"), default=True)
    is_working = models.BooleanField(_("is working"), null=True, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        ordering = ["person", "birth_year", "pk"]
        verbose_name = _("member of the household")
        verbose_name_plural = _("members of the household")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(relation="partner", lives_in=True),
                name="one_partner_at_home",
                violation_error_message=_("There is already a partner who lives in the same home."),
            ),
            models.CheckConstraint(
                condition=models.Q(birth_year=None) | models.Q(birth_year__gte=1900, birth_year__lte=2200),
                name="household_birth_year_is_a_year",
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()} ({self.birth_year})" if self.birth_year else self.get_relation_display()

    @property
    def audit_subject(self):
        return self.person.audit_key
