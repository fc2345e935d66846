from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .admin_contest import KeptAdmin
from .models import Evening, Guest


@admin.register(Evening)
class EveningAdmin(KeptAdmin):
    list_display = ["title", "theme", "starts_at", "place", "municipality", "capacity", "state"]
    list_filter = ["state", "theme", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["title", "place", "speakers"]
    date_hierarchy = "starts_at"
    readonly_fields = ["starts_at", "ends_at", "place", "address", "municipality", "capacity", "state", "published_at"]
    readonly_fields += ["cancellation_reason", "created_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["title", "theme", "description", "speakers", "state", "cancellation_reason"]}),
        (
            _("When and where: changed in the portal, which tells whoever signed up"),
            {"fields": ["starts_at", "ends_at", "place", "address", "municipality", "capacity", "published_at"]},
        ),
    ]

    def has_add_permission(self, request):
        return False


@admin.register(Guest)
class GuestAdmin(KeptAdmin):
    list_display = ["name", "evening", "state", "email", "phone", "came", "call_about"]
    list_filter = ["state", "came", "call_about", "evening__municipality"]
    list_select_related = ["evening"]
    search_fields = ["name", "email", "phone", "evening__title"]
    autocomplete_fields = ["evening"]
    readonly_fields = ["evening", "state", "seat", "position", "signed_up_at", "seated_at", "call_about", "notice_version"]

    def has_add_permission(self, request):
        return False
