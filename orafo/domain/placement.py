"""What keeps a traineeship from being agreed: every reason, as a sentence. Call it with site and tutor locked."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oltreiperimetri.shared.money import format_italian_decimal
from partners.domain.quota import quota_for

from ..models import Traineeship
from .intervals import Interval, overlap, peak
from .rules import Minimum, minimum_allowance, rules_on


def days_of(traineeships: Iterable[Traineeship]) -> list[Interval]:
    return [(traineeship.starts_on, traineeship.effective_end) for traineeship in traineeships]


def others(traineeship: Traineeship) -> QuerySet:
    """Live traineeships other than this one."""
    return Traineeship.objects.live().exclude(pk=traineeship.pk)


def problems(traineeship: Traineeship) -> list[str]:
    """Everything the law, the site and the calendar say against it."""
    return [
        *problems_of_days(traineeship),
        *problems_of_allowance(traineeship),
        *problems_of_site(traineeship),
        *problems_of_tutors(traineeship),
        *problems_of_person(traineeship),
    ]


def problems_of_days(traineeship: Traineeship) -> list[str]:
    found = []
    if traineeship.ends_on < traineeship.starts_on:
        found.append(_("The last day comes before the first."))
    if traineeship.weekly_hours > rules_on(traineeship.starts_on)["hours_week_max"]:
        found.append(_("At most 40 hours a week."))
    return found


def minimum_for(traineeship: Traineeship) -> Minimum | None:
    return minimum_allowance(
        traineeship.starts_on,
        weekly_hours=traineeship.weekly_hours,
        days_a_week=traineeship.days_a_week,
        has_meals=traineeship.has_meals,
        is_public_host=traineeship.organisation.is_public_body,
        on_income_support=traineeship.on_income_support,
    )


def problems_of_allowance(traineeship: Traineeship) -> list[str]:
    minimum = minimum_for(traineeship)
    if minimum is None or traineeship.monthly_allowance >= minimum.amount:
        return []
    return [
        _("The allowance cannot be below € %(amount)s a month (%(source)s).")
        % {"amount": format_italian_decimal(minimum.amount), "source": minimum.source}
    ]


def problems_of_site(traineeship: Traineeship) -> list[str]:
    site = traineeship.site
    quota = quota_for(site.headcount)
    within = (traineeship.starts_on, traineeship.effective_end)
    if peak(days_of(others(traineeship).filter(site=site)), within=within) < quota:
        return []
    return [
        ngettext(
            "%(site)s may host %(quota)s trainee at once, and in these days the place is taken.",
            "%(site)s may host %(quota)s trainees at once, and in these days the places are taken.",
            quota,
        )
        % {"site": site.name, "quota": quota}
    ]


def problems_of_tutors(traineeship: Traineeship) -> list[str]:
    found = []
    tutor, most = traineeship.host_tutor, rules_on(traineeship.starts_on)["tutor_host_max"]
    within = (traineeship.starts_on, traineeship.effective_end)
    if peak(days_of(others(traineeship).filter(host_tutor=tutor)), within=within) >= most:
        found.append(
            _("%(tutor)s already follows %(most)s trainees in these days: choose another tutor.")
            % {"tutor": tutor.full_name, "most": most}
        )
    if tutor.organisation_id != traineeship.organisation_id:
        found.append(_("The host tutor must work for the host."))
    if not traineeship.promoter.can_promote:
        found.append(_("%(name)s may not promote traineeships.") % {"name": traineeship.promoter.name})
    if traineeship.promoter_tutor.organisation_id != traineeship.promoter_id:
        found.append(_("The promoter's tutor must work for the promoter."))
    return found


def problems_of_person(traineeship: Traineeship) -> list[str]:
    found = []
    within = (traineeship.starts_on, traineeship.effective_end)
    own = others(traineeship).filter(person=traineeship.person_id)
    if any(overlap(days, within) for days in days_of(own)):
        found.append(_("This person already has a traineeship in these days."))
    if own.filter(organisation=traineeship.organisation_id).exists():
        found.append(_("%(name)s has already hosted this person.") % {"name": traineeship.organisation.name})
    return found
