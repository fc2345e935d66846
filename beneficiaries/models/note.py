from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel


class NoteQuerySet(models.QuerySet):
    def readable_by(self, user):
        """Shared notes and the reader's own; a private note is for its author only, whatever the role."""
        return self.filter(models.Q(is_private=False) | models.Q(author=user))


class Note(TimestampedModel):
    """What the team writes down about a person's path. Title and text are encrypted and never searched."""

    person = models.ForeignKey("beneficiaries.Person", models.CASCADE, related_name="notes", verbose_name=_("person"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))
    title = EncryptedTextField(_("title"))
    text = EncryptedTextField(_("text"))
    is_private = models.BooleanField(_("only for me"), default=False)
    written_at = models.DateTimeField(_("written at"))

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index(fields=["person", "-written_at"], name="note_of_person")]

    def __str__(self):
        return _("Note of %(day)s") % {"day": timezone.localtime(self.written_at).strftime("%d/%m/%Y")}

    @property
    def audit_subject(self):
        return self.person.audit_key
