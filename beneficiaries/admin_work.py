"""Registers of the case work: read here, changed on the portal only."""

from django.contrib import admin

from .admin import ReadOnlyAdmin, ReadOnlyInline
from .models import Assessment, AssessmentLevel, CaseFile, ContactEntry, Pact, PactAction, PactGoal, TeamMember


@admin.register(CaseFile)
class CaseFileAdmin(ReadOnlyAdmin):
    list_display = ["person", "state", "opened_on", "ball", "due_on", "closed_on", "closing_reason"]
    list_filter = ["state", "closing_reason", "person__municipality"]
    list_select_related = ["person"]
    search_fields = ["person__last_name", "person__first_name"]
    date_hierarchy = "opened_on"


class LevelInline(ReadOnlyInline):
    model = AssessmentLevel
    fields = ["area", "level"]
    show_change_link = False


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    list_display = ["person", "taken_on", "by", "is_shared"]
    list_select_related = ["person", "by"]
    search_fields = ["person__last_name", "person__first_name"]
    date_hierarchy = "taken_on"
    inlines = [LevelInline]


class GoalInline(ReadOnlyInline):
    model = PactGoal
    fields = ["area"]


@admin.register(Pact)
class PactAdmin(ReadOnlyAdmin):
    list_display = ["person", "version", "state", "ball", "due_on", "agreed_on", "consent", "drafted_by"]
    list_filter = ["state", "consent"]
    list_select_related = ["person", "drafted_by"]
    search_fields = ["person__last_name", "person__first_name"]
    exclude = ["answer"]
    inlines = [GoalInline]


class ActionInline(ReadOnlyInline):
    model = PactAction
    fields = ["ball", "partner_name", "due_on", "state", "done_on"]
    show_change_link = False


@admin.register(PactGoal)
class PactGoalAdmin(ReadOnlyAdmin):
    list_display = ["pact", "area"]
    list_filter = ["area"]
    list_select_related = ["pact"]
    exclude = ["text"]
    inlines = [ActionInline]


@admin.register(ContactEntry)
class ContactEntryAdmin(ReadOnlyAdmin):
    list_display = ["day", "kind", "topic", "place", "person", "municipality", "age_band", "minutes", "by"]
    list_filter = ["kind", "topic", "place"]
    list_select_related = ["place", "person", "municipality", "by"]
    date_hierarchy = "day"


@admin.register(TeamMember)
class TeamMemberAdmin(ReadOnlyAdmin):
    list_display = ["person", "user", "partner_name", "role", "since", "until"]
    list_filter = ["role"]
    list_select_related = ["person", "user"]
    search_fields = ["person__last_name", "person__first_name"]
