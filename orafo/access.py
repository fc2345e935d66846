"""Who reaches what of groups and traineeships. Out of reach is a missing object (404); not allowed is a refusal (403)."""

from collections.abc import Iterable

from beneficiaries.access import people_visible_to

from .models import Cohort, Proposal, Traineeship


def cohorts_visible_to(user):
    return Cohort.objects.visible_to(user)


def names_all(user, cohort: Cohort) -> bool:
    """Whether everybody of a group is shown by name, or only the people in the viewer's reach."""
    return user.sees_all_towns or cohort.coordinator_id == user.pk or cohort.municipality_id in user.municipality_codes


def may_run(user, cohort: Cohort) -> bool:
    """Whether somebody of the staff acts on the group: its state, its seats, its meetings and their registers."""
    return user.is_staff_member and names_all(user, cohort)


def people_named(user, cohort: Cohort, people: Iterable[int]) -> set[int]:
    """Of some people of a group (their keys), those whom the viewer may see by name."""
    people = set(people)
    if names_all(user, cohort):
        return people
    return set(people_visible_to(user).filter(pk__in=people).values_list("pk", flat=True))


def own_proposals(user):
    """Those made to the person who signs in."""
    return Proposal.objects.filter(person__user=user)


def proposals_to_firm(user):
    """Those that wait, or waited, for an answer of the firms somebody works for."""
    return Proposal.objects.at_the_firm().filter(slot__organisation__in=user.partner_contacts.values("organisation"))


def own_trainees(user):
    """Traineeships at the firms somebody works for; a void one never began and is no longer shown."""
    hosted = Traineeship.objects.filter(organisation__in=user.partner_contacts.values("organisation"))
    return hosted.exclude(state=Traineeship.State.VOID)
