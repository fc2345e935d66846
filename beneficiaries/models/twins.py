"""Two files that may be of one person, and two files that have become one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedJSONField
from oltreiperimetri.shared.models import TimestampedModel

from . import reach
from .person import Person


class TwinPairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pairs of which both files are in reach: of the others only the service is told."""
        return reach.about_people(self, user, "first", "second")

    def of(self, person):
        return self.filter(Q(first=person) | Q(second=person))

    def suspected(self):
        return self.filter(state=TwinPair.State.SUSPECTED)


class TwinPair(TimestampedModel):
    """Two files that look like the same person, for staff to decide; the lower number first."""

    class State(models.TextChoices):
        SUSPECTED = "suspected", _("Perhaps the same person")
        NOT_SAME = "not_same", _("Two different people")

    class Reason(models.TextChoices):
        TAX_CODE = "tax_code", _("The same tax code")
        EMAIL = "email", _("The same first name and e-mail")
        PHONE = "phone", _("The same first name and phone")
        BIRTH = "birth", _("Born on the same day, with a similar name")

    TRANSITIONS = {
        (State.SUSPECTED, State.NOT_SAME): Transition(_("They are two people"), roles=STAFF_ROLES),
        (State.NOT_SAME, State.SUSPECTED): Transition(_("Look at them again"), roles=STAFF_ROLES),
    }
    TONES = {State.SUSPECTED: "wait", State.NOT_SAME: "quiet"}

    first = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("first file"))
    second = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("second file"))
    reason = models.CharField(_("why they look alike"), max_length=10, choices=Reason.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SUSPECTED)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = TwinPairQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("pair of files that look alike")
        verbose_name_plural = _("pairs of files that look alike")
        indexes = [models.Index(fields=["state", "-id"], name="twin_pair_queue")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_in_order"),
        ]

    def __str__(self):
        return f"{self.first_id}-{self.second_id}"

    @property
    def audit_subject(self):
        return self.first.audit_key

    def other_than(self, person) -> int:
        return self.second_id if self.first_id == person.pk else self.first_id


class PersonMergeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.about_people(self, user, "kept")

    def standing(self):
        return self.filter(undone_at=None)


class PersonMerge(TimestampedModel):
    """Two files made one: under which key the acts of the other were recorded, and what it takes to go back.

    `undo_log`: what was moved, changed, deleted and created (`domain/undo_log.py`).
    """

    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges", verbose_name=_("person"))
    dropped_id = models.BigIntegerField(_("number of the other file"))
    dropped_key = models.UUIDField(_("key of the other file in the record of acts"), null=True)
    undo_log = EncryptedJSONField(_("what it takes to go back"), null=True, blank=True)
    merged_at = models.DateTimeField(_("merged at"))
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    objects = PersonMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-merged_at", "-pk"]
        verbose_name = _("merge of two files")
        verbose_name_plural = _("merges of two files")

    def __str__(self):
        return f"{self.dropped_id} → {self.kept_id}"

    @property
    def audit_subject(self):
        return self.kept.audit_key
