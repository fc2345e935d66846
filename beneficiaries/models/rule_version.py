from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RuleVersionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=RuleVersion.State.PUBLISHED)

    def update(self, **kwargs):
        raise TypeError("a published version never changes: draft a new one")

    def delete(self):
        if self.published().exists():
            raise TypeError("a published version never changes: it is not deleted either")
        return super().delete()


class RuleVersion(models.Model):
    """A version of the rules, as a draft or published for ever. Of each code there is one draft at most.

    The last day of a version is the eve of the next one and is not stored: there can be no gap and no overlap.
    `rules` is a list of parameters as plain JSON, with the names of `shared.rulesets.Rule`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    TONES = {State.DRAFT: "wait", State.PUBLISHED: "ok"}

    code = models.CharField(_("rule set"), max_length=40, default="orafo")
    version = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    rules = models.JSONField(_("rules"))
    note = models.TextField(_("why it changes"), blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    edited_at = models.DateTimeField(_("written at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("version of the rules")
        verbose_name_plural = _("versions of the rules")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="rules_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="draft"), name="rules_one_draft"),
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(state="published"), name="rules_one_version_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(valid_from__isnull=False, published_at__isnull=False),
                name="rules_published_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("edited_by")), name="rules_published_by_a_second"
            ),
        ]

    def __str__(self):
        return _("Rules, version %(version)d") % {"version": self.version}

    def save(self, *args, **kwargs):
        self.refuse_if_published()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("beneficiaries:rule_version", args=[self.version])

    def delete(self, *args, **kwargs):
        self.refuse_if_published()
        return super().delete(*args, **kwargs)

    def refuse_if_published(self) -> None:
        if self.pk and RuleVersion.objects.published().filter(pk=self.pk).exists():
            raise TypeError("a published version never changes: draft a new one")

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Rehearsal(models.Model):
    """A draft tried on what was screened, a chunk at a time: `reached` is the last application looked at."""

    rules = models.OneToOneField(RuleVersion, models.CASCADE, related_name="rehearsal", verbose_name=_("draft"))
    edited_at = models.DateTimeField(_("of the draft as written at"), null=True)
    at = models.DateTimeField(_("begun at"))
    reached = models.PositiveBigIntegerField(_("reached"), default=0)
    looked_at = models.PositiveIntegerField(_("applications looked at"), default=0)
    total = models.PositiveIntegerField(_("applications in all"), default=0)
    is_complete = models.BooleanField(_("complete"), default=False)

    class Meta:
        verbose_name = _("rehearsal of a draft")
        verbose_name_plural = _("rehearsals of drafts")

    def __str__(self):
        return str(self.rules)


class RehearsedChange(models.Model):
    """An application whose outcome would be another by the draft."""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="changes", verbose_name=_("rehearsal"))
    application = models.ForeignKey(
        "beneficiaries.Application", models.CASCADE, related_name="+", verbose_name=_("application")
    )
    before = models.CharField(_("outcome as screened"), max_length=20)
    after = models.CharField(_("outcome by the draft"), max_length=20)

    class Meta:
        ordering = ["application_id"]
        verbose_name = _("change of a rehearsal")
        verbose_name_plural = _("changes of rehearsals")
        constraints = [models.UniqueConstraint(fields=["rehearsal", "application"], name="rehearsed_once")]

    def __str__(self):
        return f"{self.application}: {self.before} > {self.after}"
