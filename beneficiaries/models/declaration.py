from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedJSONField
from oltreiperimetri.shared.models import TimestampedModel


class Declaration(TimestampedModel):
    """The answers of a registration exactly as they were sent (encrypted), with the rules they were asked under.

    An application has one, and another each time the person sends different answers. `answers_index` is a keyed hash,
    equal for equal answers only: it tells a registration sent again unchanged.
    """

    application = models.ForeignKey(
        "beneficiaries.Application", models.CASCADE, related_name="declarations", verbose_name=_("application")
    )
    answers = EncryptedJSONField(_("answers"), null=True)
    answers_index = models.CharField(max_length=64, db_index=True, editable=False)
    rule_set = models.CharField(_("rule set"), max_length=40, blank=True)
    rule_set_version = models.PositiveIntegerField(_("version of the rules"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    seen_at = models.DateTimeField(_("looked at by the office"), null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("looked at by")
    )

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")

    def __str__(self):
        return _("Answers sent on %(day)s") % {"day": timezone.localtime(self.sent_at).strftime("%d/%m/%Y")}

    @property
    def audit_subject(self):
        return self.application.person.audit_key
