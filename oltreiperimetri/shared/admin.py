from django.contrib import admin

from .models import Municipality


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    list_display = ["name", "istat_code", "postal_code", "in_programme"]
    list_filter = ["in_programme"]
    search_fields = ["name", "istat_code"]

    def has_delete_permission(self, request, obj=None):
        return False
