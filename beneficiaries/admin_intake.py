"""Registers of what people told of themselves: counted and corrected on the portal, here only looked up."""

from django.contrib import admin

from .admin import ReadOnlyAdmin
from .models import Declaration, EmploymentSpell, HouseholdMember, WorkProfile


class OfPersonAdmin(ReadOnlyAdmin):
    list_select_related = ["person"]
    search_fields = ["person__last_name", "person__first_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)


@admin.register(HouseholdMember)
class HouseholdMemberAdmin(OfPersonAdmin):
    list_display = ["person", "relation", "birth_year", "is_dependant", "lives_in"]
    list_filter = ["relation"]


@admin.register(EmploymentSpell)
class EmploymentSpellAdmin(OfPersonAdmin):
    """When somebody worked, never for whom: that is read on the person's page."""

    list_display = ["person", "kind", "started_on", "ended_on", "ended_how"]
    list_filter = ["kind", "ended_how"]
    exclude = ["employer", "role"]


@admin.register(WorkProfile)
class WorkProfileAdmin(OfPersonAdmin):
    list_display = ["person", "hours", "italian"]
    list_filter = ["hours", "italian"]
    exclude = ["skills", "wishes", "schedule_limits"]


@admin.register(Declaration)
class DeclarationAdmin(ReadOnlyAdmin):
    """That answers were sent and under which rules; what they say is read on the application."""

    list_display = ["application", "sent_at", "rule_set", "rule_set_version", "seen_at"]
    list_select_related = ["application"]
    search_fields = ["application__number"]
    date_hierarchy = "sent_at"
    exclude = ["answers"]
