"""Registers of the household economy: states and days only; amounts, creditors and reasons are on the portal."""

from django.contrib import admin

from .admin import ReadOnlyAdmin, ReadOnlyInline
from .models import Budget, Debt, MoneyPath, MoneySession, ServiceReferral


class SessionInline(ReadOnlyInline):
    model = MoneySession
    fields = ["day", "minutes", "educator", "outcome"]
    show_change_link = False


@admin.register(MoneyPath)
class MoneyPathAdmin(ReadOnlyAdmin):
    list_display = ["person", "kind", "state", "educator", "opened_on", "ended_on", "outcome"]
    list_filter = ["kind", "state", "outcome", "person__municipality"]
    list_select_related = ["person", "educator"]
    search_fields = ["person__last_name", "person__first_name"]
    date_hierarchy = "opened_on"
    exclude = ["goals"]
    inlines = [SessionInline]


@admin.register(MoneySession)
class MoneySessionAdmin(ReadOnlyAdmin):
    list_display = ["path", "day", "minutes", "educator", "outcome"]
    list_filter = ["outcome", "path__kind"]
    list_select_related = ["path", "educator"]
    date_hierarchy = "day"
    exclude = ["note", "note_by"]


@admin.register(Budget)
class BudgetAdmin(ReadOnlyAdmin):
    list_display = ["person", "on_day", "state", "by"]
    list_filter = ["state"]
    list_select_related = ["person", "by"]
    search_fields = ["person__last_name", "person__first_name"]
    date_hierarchy = "on_day"
    exclude = ["stored_lines"]


@admin.register(Debt)
class DebtAdmin(ReadOnlyAdmin):
    list_display = ["person", "state", "ball", "due_on"]
    list_filter = ["state", "ball"]
    list_select_related = ["person"]
    search_fields = ["person__last_name", "person__first_name"]
    exclude = ["creditor", "stored_terms", "stored_offer"]


@admin.register(ServiceReferral)
class ServiceReferralAdmin(ReadOnlyAdmin):
    list_display = ["person", "service", "organisation", "other_name", "state", "sent_on", "due_on", "answered_on"]
    list_filter = ["state", "service", "sending"]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__last_name", "person__first_name", "other_name"]
    date_hierarchy = "sent_on"
    exclude = ["reason", "answer"]
