from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import Area, Ball
from . import reach
from .person import OfPersonQuerySet, Person
from .waiting import waiting_constraint

DOERS = (Ball.PERSON, Ball.CASEWORKER, Ball.PARTNER)
IN_MAKING = Q(state__in=["draft", "proposed"])


class PactQuerySet(OfPersonQuerySet):
    def agreed(self):
        return self.filter(state=Pact.State.AGREED).select_related("person")

    def with_content(self):
        return self.select_related("drafted_by").prefetch_related("goals__actions")


class Pact(TimestampedModel):
    """What the person and the office agreed, in versions: an agreed one is never rewritten, a new one takes its place.

    `due_on` is the day by which whoever has the ball moves: of an agreed one it is `review_on`, when both look at it again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        PROPOSED = "proposed", _("The person is reading it")
        AGREED = "agreed", _("Agreed")
        REPLACED = "replaced", _("Replaced by a new one")
        ENDED = "ended", _("Ended")

    class Consent(models.TextChoices):
        PRESENT = "present", _("Said together, face to face")
        ONLINE = "online", _("Online, on their own page")
        PAPER = "paper", _("Signed on paper")

    TRANSITIONS = {
        (State.DRAFT, State.PROPOSED): Transition(_("Let the person read it")),
        (State.DRAFT, State.AGREED): Transition(_("Agreed together")),
        (State.PROPOSED, State.AGREED): Transition(_("Agreed together")),
        (State.PROPOSED, State.DRAFT): Transition(_("Back to writing")),
        (State.AGREED, State.REPLACED): Transition(_("A new one takes its place")),
        (State.AGREED, State.ENDED): Transition(_("It ends")),
        (State.DRAFT, State.ENDED): Transition(_("It ends")),
        (State.PROPOSED, State.ENDED): Transition(_("It ends")),
    }
    TONES = {
        State.DRAFT: "info",
        State.PROPOSED: "wait",
        State.AGREED: "ok",
        State.REPLACED: "quiet",
        State.ENDED: "quiet",
    }

    person = models.ForeignKey(Person, models.CASCADE, related_name="pacts", verbose_name=_("person"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))
    ball = models.CharField(_("whose turn it is"), max_length=10, choices=Ball.choices, default=Ball.CASEWORKER, blank=True)
    due_on = models.DateField(_("next step by"), null=True, blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    consent = models.CharField(_("how it was agreed"), max_length=10, choices=Consent.choices, blank=True)
    answer = EncryptedTextField(_("what the person would change"), blank=True)

    objects = PactQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("pact")
        verbose_name_plural = _("pacts")
        indexes = [models.Index(fields=["state", "due_on"], name="pact_reviews")]
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="pact_versions_are_numbered"),
            models.UniqueConstraint(fields=["person"], condition=IN_MAKING, name="one_pact_in_the_making"),
            models.UniqueConstraint(fields=["person"], condition=Q(state="agreed"), name="one_agreed_pact"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed", "ended"], agreed_on=None, consent="")
                | Q(state__in=["agreed", "replaced", "ended"], agreed_on__isnull=False) & ~Q(consent=""),
                name="an_agreed_pact_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(due_on=F("review_on")) | ~Q(state="agreed"), name="an_agreed_pact_is_looked_at_again"
            ),
            waiting_constraint(["draft", "proposed", "agreed"], name="open_pact_says_whose_turn"),
        ]

    def __str__(self):
        return _("Pact, version %(number)s") % {"number": self.version}

    @property
    def audit_subject(self):
        return self.person.audit_key

    def get_absolute_url(self):
        return reverse("beneficiaries:pact", args=[self.pk])


class PactGoalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.about_people(self, user, "pact__person")


class PactGoal(models.Model):
    """Where both want to arrive, in one area of life."""

    pact = models.ForeignKey(Pact, models.CASCADE, related_name="goals", verbose_name=_("pact"))
    area = models.CharField(_("area"), max_length=10, choices=Area.choices)
    text = EncryptedTextField(_("where we want to arrive"))

    objects = PactGoalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("goal of a pact")
        verbose_name_plural = _("goals of pacts")

    def __str__(self):
        return self.get_area_display()


class PactActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.about_people(self, user, "goal__pact__person")

    def with_pact(self):
        return self.select_related("goal__pact__person")

    def awaited(self):
        """Those the person has to do, of a pact in force."""
        return self.with_pact().filter(state=PactAction.State.TODO, ball=Ball.PERSON, goal__pact__state=Pact.State.AGREED)


class PactAction(TimestampedModel):
    """Who does what by when. Its state moves only once the pact is agreed."""

    class State(models.TextChoices):
        TODO = "todo", _("To do")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Not needed any more")

    TRANSITIONS = {
        (State.TODO, State.DONE): Transition(_("Done")),
        (State.DONE, State.TODO): Transition(_("Not done yet")),
        (State.TODO, State.DROPPED): Transition(_("Not needed any more")),
        (State.DROPPED, State.TODO): Transition(_("Needed again")),
    }
    TONES = {State.TODO: "wait", State.DONE: "ok", State.DROPPED: "quiet"}

    goal = models.ForeignKey(PactGoal, models.CASCADE, related_name="actions", verbose_name=_("goal"))
    text = EncryptedTextField(_("what is to be done"))
    ball = models.CharField(_("who does it"), max_length=10, choices=[(one.value, one.label) for one in DOERS])
    partner_name = models.CharField(_("which partner"), max_length=120, blank=True)
    due_on = models.DateField(_("by when"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.TODO)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ticked by")
    )
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("carried over from")
    )

    objects = PactActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action of a pact")
        verbose_name_plural = _("actions of pacts")
        indexes = [models.Index(fields=["due_on"], name="action_due", condition=Q(state="todo"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ball="partner") & ~Q(partner_name="") | Q(ball__in=["person", "caseworker"], partner_name=""),
                name="action_says_who_does_it",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | Q(done_on=None) & ~Q(state="done"),
                name="done_on_iff_done",
            ),
        ]

    def __str__(self):
        return _("Action by %(day)s") % {"day": self.due_on.strftime("%d/%m/%Y")}

    @property
    def audit_subject(self):
        return self.goal.pact.person.audit_key
