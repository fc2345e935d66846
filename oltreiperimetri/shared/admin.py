from django.contrib import admin

from .models import Municipality


class KeptAdmin(admin.ModelAdmin):
    """A register that history needs: rows are corrected or closed, never deleted."""

    show_full_result_count = False
    save_on_top = True

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(KeptAdmin):
    """A register that only the portal writes."""

    save_on_top = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Municipality)
class MunicipalityAdmin(KeptAdmin):
    list_display = ["name", "istat_code", "postal_code", "in_programme"]
    list_filter = ["in_programme"]
    search_fields = ["name", "istat_code"]
