"""What is left of a follow-up when its person is erased: the answers that statistics count, without a word of theirs."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from oltreiperimetri.audit.trail import forget_words
from oltreiperimetri.reminders.erasure import forget_mail_about

from ..models import Answer, AnswerVersion, Checkpoint, ContactAttempt, FollowUpPlan, Witness
from .plan import stop_plan


@transaction.atomic
def forget_plans(plans: QuerySet[FollowUpPlan], *, by, now: datetime) -> Counter:
    """Nothing more is asked; free words and mail go. Returns the rows blanked or deleted by table."""
    for plan in plans.filter(state=FollowUpPlan.State.OPEN):
        stop_plan(plan, by=by, now=now, reason="erased")
    checkpoints = Checkpoint.objects.filter(plan__in=plans)
    witnesses = Witness.objects.filter(checkpoint__in=checkpoints)
    done = Counter()
    for said in (
        Answer.objects.filter(checkpoint__in=checkpoints),
        AnswerVersion.objects.filter(answer__checkpoint__in=checkpoints),
        ContactAttempt.objects.filter(checkpoint__in=checkpoints),
        witnesses,
    ):
        done[said.model._meta.label_lower] += said.update(note="")
    for rows in (plans, checkpoints, witnesses):
        forget_words(rows)
        done += forget_mail_about(rows)
    return done
