"""Colleagues: who is away and who covers them, and who may take lists away as files."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError, refuse_unless

from ..models import Application
from .hand_over import HANDED_STATES


def colleagues() -> QuerySet[User]:
    """Staff who work here."""
    return User.objects.active().with_role(*STAFF_ROLES)


def with_open_files(users: QuerySet[User]) -> list[User]:
    """Each with `open_files`: the applications under way or admitted that they follow; two queries however many."""
    users = list(users.select_related("covered_by").prefetch_related("role_assignments", "municipalities"))
    rows = Application.objects.filter(owner__in=users, state__in=HANDED_STATES).order_by().values("owner")
    counts = {row["owner"]: row["total"] for row in rows.annotate(total=Count("pk"))}
    for user in users:
        user.open_files = counts.get(user.pk, 0)
    return users


def may_set_absence(by, user) -> bool:
    return by.sees_all_towns or (by.is_staff_member and by.pk == user.pk)


@transaction.atomic
def set_absence(user: User, *, until: date | None, cover: User | None, by, now: datetime) -> None:
    """Until when somebody is away (the last day included; None: here) and who sees and gets their work meanwhile."""
    refuse_unless(may_set_absence(by, user))
    user.refresh_from_db(from_queryset=User.objects.select_for_update(of=("self",)))
    today = timezone.localtime(now).date()
    if until is not None and until < today:
        raise DomainError(_("This day has already passed."), code="past", field="absent_until")
    if cover is not None and (cover.pk == user.pk or not colleagues().filter(pk=cover.pk).exists()):
        raise DomainError(_("Choose another colleague who works here."), code="not_a_colleague", field="covered_by")
    if until is not None and cover is not None and cover.is_away_on(today):
        raise DomainError(
            _("%(who)s is away too, until %(day)s.") % {"who": cover, "day": cover.absent_until.strftime("%d/%m/%Y")},
            code="cover_away",
            field="covered_by",
        )
    before = [user.absent_until and str(user.absent_until), user.covered_by_id]
    user.absent_until, user.covered_by = until, cover if until else None
    user.save(update_fields=["absent_until", "covered_by"])
    after = [until and str(until), user.covered_by_id]
    record("set_absence", user, by=by, changes={"absence": [before, after]}, at=now)


@transaction.atomic
def allow_export(user: User, *, allowed: bool, by, now: datetime) -> None:
    """Give or take back the right to take lists away; nobody gives it to themselves but an administrator."""
    if not by.sees_all_towns or (by.pk == user.pk and not by.is_superuser):
        raise DomainError(_("Another coordinator gives you this right."), code="not_allowed", field="may_export")
    user.refresh_from_db(from_queryset=User.objects.select_for_update(of=("self",)))
    if user.may_export != allowed:
        user.may_export = allowed
        user.save(update_fields=["may_export"])
        record("allow_export", user, by=by, changes={"may_export": [not allowed, allowed]}, at=now)


def away_today(user: User) -> QuerySet[User]:
    """Those whom `user` covers now, for the banner of the lists."""
    return user.covered_now().order_by("last_name", "first_name", "pk")
