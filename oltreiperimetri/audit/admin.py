from django.contrib import admin

from oltreiperimetri.shared.admin import ReadOnlyAdmin

from .models import AuditEntry, AuditSeal, StateChange


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "action", "object_type", "object_id"]
    list_select_related = ["actor"]
    search_fields = ["=object_type", "=request_id", "=action"]
    date_hierarchy = "at"


@admin.register(AuditSeal)
class AuditSealAdmin(ReadOnlyAdmin):
    list_display = ["first_id", "last_id", "count", "sealed_at", "hash"]


@admin.register(StateChange)
class StateChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "object_type", "object_id", "from_state", "to_state", "reason"]
    list_select_related = ["by"]
    search_fields = ["=object_type"]
