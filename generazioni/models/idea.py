from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import Municipality, TimestampedModel

from ..enums import Outcome
from .edition import Edition
from .need import Need

AUTHOR_ROLES = frozenset({Role.CITIZEN, Role.BENEFICIARY})


class IdeaQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Authors see theirs. Staff see what was sent: a draft is nobody else's business."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff_member:
            return self.sent()
        return self.of_author(user)

    def of_author(self, user):
        return self.filter(author=user)

    def sent(self):
        """Sent at least once, withdrawn ones included."""
        return self.exclude(number=None)

    def in_contest(self):
        """Those that the jury reads or has read."""
        return self.exclude(state__in=[Idea.State.DRAFT, Idea.State.WITHDRAWN])

    def chosen(self):
        return self.filter(state=Idea.State.CHOSEN)

    def matching(self, text: str):
        words = text.strip()
        found = Q(title__icontains=words) | Q(author__last_name__icontains=words) | Q(author__first_name__icontains=words)
        tail = words.rsplit("-", 1)[-1]
        return self.filter(found | Q(number=int(tail)) if tail.isascii() and tail.isdigit() and len(tail) < 5 else found)


class Idea(TimestampedModel):
    """What somebody proposes. The fields hold the text being written; what was sent is kept as versions."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", pgettext_lazy("idea", "Sent")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CHOSEN = Outcome.CHOSEN.value, _("Chosen")
        FINALIST = Outcome.FINALIST.value, _("Finalist")
        NOT_CHOSEN = Outcome.NOT_CHOSEN.value, _("Not chosen")

    TRANSITIONS = {
        (State.DRAFT, State.SUBMITTED): Transition(_("Send")),
        (State.SUBMITTED, State.WITHDRAWN): Transition(_("Withdraw")),
        (State.WITHDRAWN, State.SUBMITTED): Transition(_("Send again")),
        (State.SUBMITTED, State.CHOSEN): Transition(_("Choose"), roles=STAFF_ROLES, needs_reason=True),
        (State.SUBMITTED, State.FINALIST): Transition(_("Finalist"), roles=STAFF_ROLES, needs_reason=True),
        (State.SUBMITTED, State.NOT_CHOSEN): Transition(_("Do not choose"), roles=STAFF_ROLES, needs_reason=True),
    }
    TONES = {
        State.DRAFT: "info",
        State.SUBMITTED: "ok",
        State.WITHDRAWN: "quiet",
        State.CHOSEN: "ok",
        State.FINALIST: "info",
        State.NOT_CHOSEN: "quiet",
    }
    # What the jury reads, in this order.
    TEXTS = ("summary", "problem", "solution", "customers", "first_steps")
    audit_subject = None

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="ideas", verbose_name=_("edition"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ideas", verbose_name=_("author"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("the idea in two sentences"), max_length=300, blank=True)
    problem = models.TextField(_("which problem it solves"), max_length=1500, blank=True)
    solution = models.TextField(_("how it works"), max_length=2500, blank=True)
    customers = models.TextField(_("for whom, and who would pay for it"), max_length=1200, blank=True)
    first_steps = models.TextField(_("what is needed to begin"), max_length=1200, blank=True)
    team = models.TextField(_("who is with you"), max_length=600, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="ideas", verbose_name=_("municipality")
    )
    needs = models.ManyToManyField(Need, blank=True, related_name="ideas", verbose_name=_("needs it answers"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField(_("first sent at"), null=True, blank=True)
    plan = models.OneToOneField(
        "followups.FollowUpPlan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="idea",
        verbose_name=_("follow-up plan"),
    )

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        indexes = [models.Index(fields=["edition", "state"], name="idea_edition_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                condition=Q(number__isnull=False),
                name="an_idea_number_once_per_edition",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(number__isnull=False, submitted_at__isnull=False),
                name="a_sent_idea_has_number_and_instant",
                violation_error_message=_("An idea that was sent has its number."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("generazioni:idea", args=[self.pk])

    @property
    def reference(self) -> str:
        """GI26-042: what authors quote, and all that a juror calls it."""
        return f"GI{self.edition.announced_on:%y}-{self.number:03d}" if self.number else ""

    @property
    def team_names(self) -> list[str]:
        return [line.strip() for line in self.team.splitlines() if line.strip()]

    def follow_by(self, plan) -> None:
        """The plan that asks what became of the idea; from now on it also knows its idea."""
        self.plan = plan

    @property
    def has_outcome(self) -> bool:
        return self.state in Outcome.values

    @property
    def texts(self) -> list[tuple[str, str]]:
        """(label, text) in reading order."""
        return [(str(self._meta.get_field(name).verbose_name), getattr(self, name)) for name in self.TEXTS]


class IdeaVersion(models.Model):
    """The text as it was sent: never edited. The jury reads the last one."""

    audit_subject = None

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="versions", verbose_name=_("idea"))
    number = models.PositiveSmallIntegerField(_("version"))
    texts = models.JSONField(_("texts"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        ordering = ["idea", "-number"]
        verbose_name = _("version of an idea")
        verbose_name_plural = _("versions of ideas")
        constraints = [models.UniqueConstraint(fields=["idea", "number"], name="an_idea_version_once")]

    def __str__(self):
        return f"{self.idea_id}/{self.number}"


class Decision(TimestampedModel):
    """What staff intend for an idea. Nobody else sees it until all are published together."""

    audit_subject = None

    idea = models.OneToOneField(Idea, models.PROTECT, related_name="decision", verbose_name=_("idea"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    message = models.TextField(_("what we say to the authors"), max_length=1500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self):
        return self.get_outcome_display()
