from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedTextField

from .application import Application


class WaiverQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(application__in=Application.objects.visible_to(user))

    def granted(self):
        return self.filter(state=Waiver.State.GRANTED)


class Waiver(models.Model):
    """A requirement that need not be met in one case: one person asks, a coordinator who is another signs."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for a signature")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    TONES = {State.ASKED: "wait", State.GRANTED: "ok", State.REFUSED: "quiet"}

    application = models.ForeignKey(Application, models.CASCADE, related_name="waivers", verbose_name=_("application"))
    criterion = models.CharField(_("criterion"), max_length=30)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    reason = EncryptedTextField(_("reason"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion"], condition=~Q(state="refused"), name="one_waiver_per_criterion"
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("asked_by")), name="waiver_signed_by_a_second"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", signed_by=None)
                | Q(~Q(state="asked"), signed_by__isnull=False, signed_at__isnull=False),
                name="waiver_answered_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.criterion}"

    @property
    def audit_subject(self):
        return self.application.person.audit_key
