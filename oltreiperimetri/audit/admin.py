from django.contrib import admin

from .models import AuditEntry, AuditSeal, StateChange


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


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
