from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoMail(models.Model):
    """A mail that the demo kept instead of sending, so that a tester can read codes and reminders at /demo/."""

    to = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    html = models.TextField(_("HTML text"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("demo mail")
        verbose_name_plural = _("demo mails")

    def __str__(self):
        return self.subject


class DemoMarker(models.Model):
    """Says that this database holds demo data: only then may the demo start on it again."""

    seeded_at = models.DateTimeField(_("filled at"))

    class Meta:
        verbose_name = _("demo marker")
        verbose_name_plural = _("demo markers")

    def __str__(self):
        return str(self.seeded_at)
