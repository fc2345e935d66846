"""All of a person's places, meetings, proposals and traineeships, read once for every part of a page."""

from datetime import date

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from beneficiaries.models import Person

from .domain.attendance import Participation
from .enums import ATTENDED
from .models import Membership, Proposal, Session, Traineeship


def of(person: Person) -> Person:
    """The person with places, meetings, proposals and traineeships; asked again, nothing is read twice."""
    traineeships = Traineeship.objects.with_names().select_related("slot", "plan", "promoter", "promoter_tutor")
    places = Membership.objects.select_related("cohort", "plan").annotate(
        held=Count("attendances"), attended=Count("attendances", filter=Q(attendances__mark__in=ATTENDED))
    )
    prefetch_related_objects(
        [person],
        Prefetch("memberships", places.order_by("-pk")),
        Prefetch("memberships__cohort__sessions", Session.objects.order_by("day", "start_time", "pk")),
        Prefetch("proposals", Proposal.objects.select_related("slot__organisation").order_by("-pk")),
        Prefetch("traineeships", traineeships.order_by("-starts_on", "-pk")),
    )
    return person


def may_read(person: Person, viewer) -> bool:
    return viewer.is_staff_member or (person.user_id is not None and person.user_id == viewer.pk)


def is_for_staff(person: Person, viewer) -> bool:
    return viewer.is_staff_member and person.user_id != viewer.pk


def participation_of(membership: Membership) -> Participation:
    to_come = len(planned_meetings(membership)) if membership.is_holding else 0
    return Participation(membership.attended, membership.held, to_come)


def planned_meetings(membership: Membership) -> list[Session]:
    return [session for session in membership.cohort.sessions.all() if session.state == Session.State.PLANNED]


def meetings_to_come(membership: Membership, today: date) -> list[Session]:
    if not membership.is_holding:
        return []
    return [session for session in planned_meetings(membership) if session.day >= today]


def name_of(row) -> str:
    if isinstance(row, Membership):
        return _("Group “%(name)s”") % {"name": row.cohort.name}
    if isinstance(row, Proposal):
        return _("Proposal at %(firm)s") % {"firm": row.slot.organisation.name}
    return _("Traineeship at %(firm)s") % {"firm": row.organisation.name}
