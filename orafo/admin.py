"""Registers for Sercop. States, seats and marks move on the portal only; what history needs cannot be deleted."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.admin import KeptAdmin, ReadOnlyAdmin

from .models import Attendance, Cohort, Membership, Proposal, ReadyTick, Session, Traineeship


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


def on_portal(thing):
    return format_html('<a href="{}">{}</a>', thing.get_absolute_url(), _("See on the portal"))


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ["person", "state", "seat", "position", "enrolled_on", "left_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person")


class SessionInline(ReadOnlyInline):
    model = Session
    fields = ["kind", "day", "start_time", "end_time", "place", "state"]


@admin.register(Cohort)
class CohortAdmin(KeptAdmin):
    list_display = ["name", "municipality", "state", "starts_on", "ends_on", "capacity", "coordinator"]
    list_filter = ["state", "municipality", ("coordinator", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["municipality", "coordinator"]
    search_fields = ["name", "place"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["municipality", "coordinator"]
    readonly_fields = ["state", "capacity", "portal", "created_at", "updated_at"]
    inlines = [MembershipInline, SessionInline]

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("portal"))
    def portal(self, cohort):
        return on_portal(cohort)


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["person", "cohort", "state", "seat", "position", "offer_until", "enrolled_on", "left_on"]
    list_filter = ["state", "cohort__municipality", ("cohort", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "cohort"]
    search_fields = ["person__last_name", "person__first_name", "cohort__name"]
    search_help_text = _("Surname, name or group")
    readonly_fields = ["portal"]

    @admin.display(description=_("portal"))
    def portal(self, membership):
        return on_portal(membership)


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    list_display = ["day", "start_time", "end_time", "kind", "cohort", "place", "trainer", "state"]
    list_display_links = ["day", "kind"]
    list_filter = ["state", "kind", "cohort__municipality"]
    list_select_related = ["cohort"]
    search_fields = ["cohort__name", "place", "trainer"]
    date_hierarchy = "day"
    readonly_fields = ["portal"]

    @admin.display(description=_("portal"))
    def portal(self, session):
        return on_portal(session)


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    list_display = ["session", "person", "mark", "noted_by", "noted_at"]
    list_filter = ["mark", "session__kind"]
    list_select_related = ["session", "membership__person", "noted_by"]
    search_fields = ["membership__person__last_name", "membership__person__first_name", "session__cohort__name"]
    search_help_text = _("Surname, name or group")
    date_hierarchy = "noted_at"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("membership__cohort")

    @admin.display(description=_("person"), ordering="membership__person__last_name")
    def person(self, attendance):
        return attendance.membership.person


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["person", "slot", "state", "proposed_on", "answer_by"]
    list_filter = ["state", "slot__site__municipality"]
    list_select_related = ["person", "slot__organisation"]
    search_fields = ["person__last_name", "person__first_name", "slot__title", "slot__organisation__name"]
    search_help_text = _("Surname, name, slot or firm")
    date_hierarchy = "proposed_on"
    readonly_fields = ["portal"]

    @admin.display(description=_("portal"))
    def portal(self, proposal):
        return on_portal(proposal)


class ReadyTickInline(ReadOnlyInline):
    model = ReadyTick
    fields = ["item", "done_on", "noted_by"]
    show_change_link = False


@admin.register(Traineeship)
class TraineeshipAdmin(ReadOnlyAdmin):
    list_display = ["person", "organisation", "state", "starts_on", "ends_on", "early_end_on", "outcome", "host_tutor"]
    list_filter = ["state", "outcome", "site__municipality", "early_end_reason"]
    list_select_related = ["person", "organisation", "host_tutor"]
    search_fields = ["person__last_name", "person__first_name", "organisation__name"]
    search_help_text = _("Surname, name or firm")
    date_hierarchy = "starts_on"
    readonly_fields = ["portal"]
    inlines = [ReadyTickInline]

    @admin.display(description=_("portal"))
    def portal(self, traineeship):
        return on_portal(traineeship)
