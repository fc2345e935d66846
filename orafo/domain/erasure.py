"""A person of ours is erased: seats, proposals and traineeships stay as numbers, without a word about anybody."""

from collections import Counter

from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import forget_words
from oltreiperimetri.followups.domain.erasure import forget_plans
from oltreiperimetri.followups.models import FollowUpPlan
from oltreiperimetri.reminders.erasure import forget_mail_about

from ..models import HOLDING, Membership, Proposal, Traineeship
from ..models.proposal import OPEN_PROPOSAL

OPEN_TRAINEESHIP = (Traineeship.State.DRAFT, Traineeship.State.AGREED)


def what_is_under_way(sender, *, person, today, **kwargs) -> list[str]:
    found = []
    if Membership.objects.filter(person=person, state__in=[*HOLDING, Membership.State.WAITLISTED]).exists():
        found.append(_("There is a place in a group, or on its waiting list: end it."))
    if Proposal.objects.filter(person=person, state__in=OPEN_PROPOSAL).exists():
        found.append(_("A proposal to a firm is open: close it."))
    if Traineeship.objects.filter(person=person, state__in=OPEN_TRAINEESHIP).exists():
        found.append(_("A traineeship is under way: close it."))
    return found


def forget_person(sender, *, person, by, now, **kwargs) -> Counter:
    memberships, proposals, traineeships = (
        model.objects.filter(person=person) for model in (Membership, Proposal, Traineeship)
    )
    done = Counter()
    for rows in (memberships, proposals, traineeships):
        forget_words(rows)
        done += forget_mail_about(rows)
    for lookup, rows in (("membership", memberships), ("traineeship", traineeships)):
        done += forget_plans(FollowUpPlan.objects.filter(**{f"{lookup}__in": rows}), by=by, now=now)
    return done
